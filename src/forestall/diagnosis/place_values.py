"""This file knows which number of each place is compared with its neighbours': count or rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.autocorrelation import standardised_rates
from forestall._stats.permutation import whole_numbers
from forestall.diagnosis.given import check_counts
from forestall.diagnosis.neighbourhoods import Neighbourhoods
from forestall.errors import CannotAnswer
from forestall.languages import Message, message, plural_message
from forestall.records import Areas

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.records import Counts, Places


@dataclass(frozen=True, eq=False, kw_only=True)
class PlaceValues:
    """The places that are studied, and the number compared.

    Attributes
    ----------
    kept
        Which of all places are studied.
    incidents, population, numbers
        Of each place studied; ``numbers`` are the counts, or rates on one scale; ``population`` is
        None for counts.
    """

    places: Places
    kept: NDArray[np.bool_]
    incidents: NDArray[np.int64]
    population: NDArray[np.float64] | None
    numbers: NDArray[np.float64]

    def around(self, *, neighbours: str, distance_m: float | None) -> Neighbourhoods:
        """Return the neighbours among the places studied."""
        return Neighbourhoods(
            places=self.places,
            neighbours=neighbours,
            distance_m=distance_m,
            kept=None if self.kept.all() else self.kept,
        )

    def whole(self, *, most_added: int) -> tuple[NDArray[np.int64], int]:
        """Return the numbers as whole ones that can be added exactly, and the slack of sums."""
        if self.population is None:
            return self.incidents, 0
        return whole_numbers(self.numbers, most_added=most_added)

    def frame(self) -> pd.DataFrame:
        """Return place, middle and incidents; for rates also people, rate and rate compared."""
        x, y = self.places.centres[self.kept].T
        columns = {"place": self.places.codes[self.kept], "x": x, "y": y}
        table = pd.DataFrame({**columns, "incidents": self.incidents})
        if self.population is not None:
            table["population"] = self.population
            table["rate"] = self.incidents / self.population
            table["standardised_rate"] = self.numbers
        return table

    def caveats(self) -> tuple[Message, ...]:
        """Say what was compared, and what was left out."""
        if self.population is None:
            return (
                message(
                    "Numbers of incidents are compared. More records do not mean more risk for "
                    "each person: people gather in places."
                ),
            )
        said = message(
            "Rates are compared, each in standard deviations of what so many people let one "
            "expect (Assunção and Reis), because rates of few people vary more."
        )
        left_out = int((~self.kept).sum())
        if not left_out:
            return (said,)
        return (
            said,
            plural_message(
                "{count} place without a known population is left out.",
                "{count} places without a known population are left out.",
                left_out,
            ),
        )


def values_of(counts: Counts, population: str | None) -> PlaceValues:
    """Return the number of each place that is compared.

    Raises
    ------
    CannotAnswer
        If there are no places or no such population, too few places, or all have the same number.
    """
    check_counts(counts)
    if counts.places is None:
        raise CannotAnswer(
            message("Neighbours are compared by place; count the incidents with places=... first.")
        )
    per_place, kept, people = counts.per_place(), np.ones(counts.places.size, dtype=bool), None
    if population is not None:
        everyone = _population(counts.places, population)
        kept = np.nan_to_num(everyone) > 0
        people = everyone[kept]
    incidents = per_place[kept]
    _check_enough(incidents)
    numbers = incidents.astype(float) if people is None else standardised_rates(incidents, people)
    if np.ptp(numbers) <= 1e-12 * np.abs(numbers).max():
        raise CannotAnswer(
            message("No place can stand out, because all places have the same number.")
        )
    return PlaceValues(
        places=counts.places, kept=kept, incidents=incidents, population=people, numbers=numbers
    )


def _population(places: Places, name: str) -> NDArray[np.float64]:
    known = None if not isinstance(places, Areas) else places.population
    if known is None or name not in known.columns:
        there = "none" if known is None else ", ".join(map(str, known.columns))
        raise CannotAnswer(
            f"Rates need a population of each area, but “{name}” is not known; there is: {there}."
        )
    return known[name].to_numpy(dtype=float)


def _check_enough(incidents: NDArray[np.int64]) -> None:
    if incidents.size < 4:
        raise CannotAnswer(
            f"Neighbours are compared among at least 4 places, but there are {incidents.size}."
        )
    if not incidents.any():
        raise CannotAnswer(message("No place can stand out, because none has an incident."))
