"""This file knows what must be said beside a synthetic control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evaluation.panels import Measure
from forestall.evaluation.synthetic.expected_effects import CHOSEN_AT_A_PEAK, FEW_INCIDENTS
from forestall.languages import Decimal, Message, Share, message, plural_message

if TYPE_CHECKING:
    import pandas as pd

    from forestall._stats.placebo import AmongPlacebos
    from forestall.evaluation.synthetic.control_fit import FitBefore
    from forestall.evaluation.synthetic.roles import Roles

_OFF, _TIMES_CHANCE, _ZEROS, _SOME = 0.1, 1.5, 0.2, 0.1


def control_caveats(
    roles: Roles,
    fit: FitBefore,
    among: AmongPlacebos,
    sums: tuple[float, float],
    earlier: pd.DataFrame,
) -> tuple[Message, ...]:
    """Say how the mixture fits, how fine the p-value can be, and what weakens both."""
    donors = len(roles.comparison)
    said = [
        message(_FITS, share=Share(fit.error_share)),
        plural_message(*_FINEST, donors, least=Decimal(1 / (donors + 1), 3)),
        message(_NOT_BY_LOT),
        message(CHOSEN_AT_A_PEAK),
    ]
    said += roles.caveats()
    said += _on_fit(roles, fit)
    if not among.by_rank[1]:
        said.append(message(_FEW_DONORS))
    elif not among.by_rank[2]:
        said.append(message(_NO_99))
    if roles.panel.measure is Measure.COUNTS and min(sums) < FEW_INCIDENTS:
        said.append(message(_FEW_INCIDENTS, most=FEW_INCIDENTS))
    found = int((earlier["p_value"] <= 0.05).sum())
    if found:
        said.append(plural_message(*_FOUND_BEFORE, found, every=len(earlier)))
    return tuple(said)


def _on_fit(roles: Roles, fit: FitBefore) -> list[Message]:
    said = []
    is_far = fit.times_chance is not None and fit.times_chance > _TIMES_CHANCE
    if abs(fit.off_share) > _OFF or is_far:
        said.append(message(_POOR_FIT))
    if fit.outside > _SOME * fit.periods:
        said.append(plural_message(*_OUTSIDE, fit.outside, every=fit.periods))
    if fit.zero_share > _ZEROS:
        said.append(message(_ZERO_PERIODS, share=Share(fit.zero_share)))
    if len(roles.comparison) >= fit.periods:
        said.append(message(_MANY_DONORS, donors=len(roles.comparison), periods=fit.periods))
    return said


_FITS = (
    "Before the measure the mixture was {share} off in a typical period; the effect rests on its "
    "going on as before."
)
_FINEST = (
    "With {count} comparison place no p-value can be below {least}, however large the effect.",
    "With {count} comparison places no p-value can be below {least}, however large the effect.",
)
_NOT_BY_LOT = (
    "The p-value says how unusual the place is among all places; the place was not chosen by lot."
)
_FEW_DONORS = (
    "For a 95 % interval 19 comparison places are needed; this one supposes that differences "
    "without an effect are bell-shaped."
)
_NO_99 = (
    "For a 99 % interval 99 comparison places are needed; this one supposes that differences "
    "without an effect are bell-shaped."
)
_POOR_FIT = (
    "The mixture follows the place poorly before the measure; do not rely on this effect alone."
)
_OUTSIDE = (
    "In {count} of {every} periods before the measure the place lay above or below every "
    "comparison place, where no mixture reaches.",
    "In {count} of {every} periods before the measure the place lay above or below every "
    "comparison place, where no mixture reaches.",
)
_ZERO_PERIODS = (
    "The place had no incidents in {share} of periods before; a mixture follows chance then, so "
    "count in longer periods."
)
_MANY_DONORS = (
    "There are {donors} comparison places for {periods} periods before; the mixture can follow "
    "chance, and other weights may fit as well."
)
_FEW_INCIDENTS = (
    "Fewer than {most} incidents were recorded or expected with the measure; chance alone moves "
    "such numbers much."
)
_FOUND_BEFORE = (
    "At {count} of {every} earlier dates, when nothing was done, an effect is found too.",
    "At {count} of {every} earlier dates, when nothing was done, an effect is found too.",
)
