"""This file knows what must be said beside a trial: places lost, mixed up, and too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evaluation.trial_designs import SteppedWedge
from forestall.languages import Decimal, Message, message, plural_message

if TYPE_CHECKING:
    from forestall.evaluation.randomised_places import RandomisedPlaces
    from forestall.evaluation.trial_reading import TrialReading

_LEAST_LOTS = 100


def trial_caveats(
    reading: TrialReading, trial: RandomisedPlaces, *, received: set[str] | None
) -> tuple[Message, ...]:
    """Say how the trial was analysed, and what weakens it."""
    said = [message("Every place is counted where the lot put it, whatever was done there.")]
    lost = int(reading.attrition["drawn"].sum() - reading.attrition["analysed"].sum())
    if lost:
        said.append(
            plural_message(
                "{count} place that was drawn is left out, because months of it or its pair are "
                "missing.",
                "{count} places that were drawn are left out, because months of them or their "
                "pairs are missing.",
                lost,
            )
        )
        shares = reading.attrition["analysed"] / reading.attrition["drawn"]
        if shares.max() - shares.min() > 0.1:
            said.append(message("More places were lost in one arm than in another."))
    if received is not None:
        said += _on_contamination(trial, received)
    if reading.lots < _LEAST_LOTS:
        said.append(message(_FEW_LOTS, count=reading.lots, least=Decimal(reading.least_p_value, 3)))
    if reading.months_before == 0 and not isinstance(trial.design, SteppedWedge):
        said.append(message("There are no months before, so that levels after are compared."))
    return tuple(said)


def _on_contamination(trial: RandomisedPlaces, received: set[str]) -> list[Message]:
    if isinstance(trial.design, SteppedWedge):
        due = set(trial.table["place"])
    else:
        due = set(trial.table.loc[trial.table["arm"] == "treated", "place"])
    inside = set(trial.table["place"])
    without, beyond = len(due - received), len((received & inside) - due)
    said = []
    if without:
        said.append(
            plural_message(
                "{count} place did not get the measure that the lot gave it; the true effect "
                "may be larger.",
                "{count} places did not get the measure that the lot gave them; the true effect "
                "may be larger.",
                without,
            )
        )
    if beyond:
        said.append(
            plural_message(
                "{count} place got the measure against the lot; the true effect may be larger.",
                "{count} places got the measure against the lot; the true effect may be larger.",
                beyond,
            )
        )
    return said


_FEW_LOTS = (
    "Only {count} lots could have been drawn, so that no p-value can be below {least}; plan for "
    "more places."
)
