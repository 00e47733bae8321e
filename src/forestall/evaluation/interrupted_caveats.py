"""This file knows what must be said beside an interrupted series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evaluation.interrupted_checks import POISSON_INSTEAD
from forestall.languages import Decimal, Message, Share, message, plural_message

if TYPE_CHECKING:
    import pandas as pd

    from forestall.evaluation.interrupted_model import Fitted
    from forestall.evaluation.interruptions import Interruption

_MANY_PLACEBOS = 0.10


def series_caveats(
    model: Fitted,
    interruption: Interruption,
    others: pd.DataFrame,
    placebos: pd.DataFrame,
) -> tuple[Message, ...]:
    """Say what the effect rests on, what was left out, and what else was tried."""
    said = [
        message("The effect rests on the months before going on as they did."),
        message("There is no comparison: whatever else changed then is in this effect too."),
        message(_VARIATION, times=Decimal(max(1.0, model.fit.dispersion), 1)),
    ]
    missing = int(model.months.missing.sum())
    if missing:
        said.append(
            plural_message(
                "{count} month is not or only partly covered and is left out.",
                "{count} months are not or only partly covered and are left out.",
                missing,
            )
        )
    if interruption.settling_months:
        said.append(
            plural_message(
                "{count} month while the measure was put in place is left out.",
                "{count} months while the measure was put in place are left out.",
                interruption.settling_months,
            )
        )
    if (others["model"] == POISSON_INSTEAD).any():
        said.append(message(_NO_NEGATIVE_BINOMIAL))
    said.append(_on_placebos(placebos))
    return tuple(said)


def _on_placebos(placebos: pd.DataFrame) -> Message:
    if not len(placebos):
        return message("There are too few months before to try dates at which nothing was done.")
    share = float((placebos["p_value"] <= 0.05).mean())
    text = _PLACEBOS_FOUND if share > _MANY_PLACEBOS else _PLACEBOS_FEW
    return message(text, share=Share(share), count=len(placebos))


_VARIATION = (
    "Intervals allow for month-to-month variation {times} times that of chance, and for "
    "neighbouring months being alike."
)
_NO_NEGATIVE_BINOMIAL = (
    "The counts vary no more than by chance, so that no negative binomial model fits; a Poisson "
    "model stands in its place."
)
_PLACEBOS_FEW = (
    "At {share} of {count} dates before the measure the model finds a change too; 5 % are to be "
    "expected."
)
_PLACEBOS_FOUND = (
    "At {share} of {count} dates before the measure the model finds a change too, far more than "
    "5 %; do not trust it alone."
)
