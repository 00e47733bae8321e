"""This file knows what must be known of a measure before a method is chosen to evaluate it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import comb
from typing import TYPE_CHECKING

from forestall.evaluation.schemes import Scheme

if TYPE_CHECKING:
    from datetime import date

    from forestall.evaluation.place_choice import PlaceChoice


class Arrival(StrEnum):
    """When the measure came to the places."""

    ONE_DATE = "on one date"
    STAGGERED = "on several dates"
    ENDED = "on one date, and it ended"


class Reach(StrEnum):
    """Which places something else that changed could touch."""

    EVERYWHERE = "all places"
    TREATED = "treated places"
    COMPARISON = "comparison places"


@dataclass(frozen=True, kw_only=True)
class OtherChange:
    """Something else that changed and could move the same counts.

    Attributes
    ----------
    on
        Its day.
    what
        What changed, such as "reports can be filed online".
    reach
        Which places it could touch.
    """

    on: date
    what: str
    reach: Reach = Reach.EVERYWHERE

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise ValueError("What else changed is said in words, but nothing was written.")


@dataclass(frozen=True, kw_only=True)
class DesignFacts:
    """How a measure came to its places, and what is counted there.

    Attributes
    ----------
    chosen
        How the treated places were chosen.
    arrival
        When the measure came.
    treated_places, comparison_places
        Places that had the measure at some time, and places that never had it.
    periods_before, periods_after
        Periods counted before the measure (before the first start) and with it (after the last).
    period_months
        Months in a period: 1 for months, 12 for years.
    incidents_per_period
        Incidents of a place in a period before the measure, on average; None where not known.
    treated_clusters, comparison_clusters
        Units that were assigned as a whole, such as beats of several streets; None where each place
        was assigned by itself.
    other_changes
        What else changed while incidents were counted.
    rings
        Rings around the treated places in which incidents are counted too; 0 for none.
    survey_rounds
        Rounds of a survey of residents; 2 are one before and one after.
    dispersion
        Variance of counts as a multiple of that of chance.

    Examples
    --------
    >>> from forestall.evaluation import PlaceChoice
    >>> facts = DesignFacts(
    ...     chosen=PlaceChoice.CONVENIENCE, arrival=Arrival.ONE_DATE, treated_places=2,
    ...     comparison_places=6, periods_before=36, periods_after=12)
    >>> facts.choices
    28
    """

    chosen: PlaceChoice
    arrival: Arrival
    treated_places: int
    comparison_places: int
    periods_before: int
    periods_after: int
    period_months: float = 1
    incidents_per_period: float | None = None
    treated_clusters: int | None = None
    comparison_clusters: int | None = None
    other_changes: tuple[OtherChange, ...] = ()
    rings: int = 0
    survey_rounds: int = 0
    dispersion: float = 2.0

    def __post_init__(self) -> None:
        if self.treated_places < 1 or self.comparison_places < 0:
            raise ValueError("A design has 1 treated place or more, and no fewer than 0 others.")
        if self.periods_before < 0 or self.periods_after < 1:
            raise ValueError("A design has 1 period with the measure or more; 0 may be before it.")
        if not self.period_months > 0:
            raise ValueError("A period is longer than 0 months.")
        if self.incidents_per_period is not None and not self.incidents_per_period > 0:
            raise ValueError("Incidents in a period are more than 0, or None where not known.")
        if self.rings < 0 or self.survey_rounds < 0:
            raise ValueError("Rings and rounds of a survey are counted from 0.")
        if not self.dispersion >= 1:
            raise ValueError("Counts vary as much as chance or more: the dispersion is 1 or more.")
        for clusters, places in (
            (self.treated_clusters, self.treated_places),
            (self.comparison_clusters, self.comparison_places),
        ):
            if clusters is not None and not min(places, 1) <= clusters <= places:
                raise ValueError("Each cluster has 1 place or more, and each place 1 cluster.")

    @property
    def treated_units(self) -> int:
        """Return how many units with the measure were assigned as a whole."""
        return self.treated_places if self.treated_clusters is None else self.treated_clusters

    @property
    def comparison_units(self) -> int:
        """Return how many units without it were assigned as a whole."""
        if self.comparison_clusters is None:
            return self.comparison_places
        return self.comparison_clusters

    @property
    def units(self) -> int:
        """Return the number of units of assignment."""
        return self.treated_units + self.comparison_units

    @property
    def choices(self) -> int:
        """Return how many ways there are to choose as many treated units."""
        return comb(self.units, self.treated_units)

    @property
    def has_comparison(self) -> bool:
        """Say whether some place never had the measure."""
        return self.comparison_places > 0

    @property
    def is_monthly(self) -> bool:
        """Say whether a period is a month."""
        return self.period_months == 1

    @property
    def months_before(self) -> int:
        """Return the months counted before the measure."""
        return round(self.periods_before * self.period_months)

    def scheme(self) -> Scheme | None:
        """Return the scheme whose power can be worked out; None where the counts are not known."""
        if self.incidents_per_period is None or self.months_before < 1:
            return None
        return Scheme(
            monthly_incidents=self.incidents_per_period / self.period_months,
            treated_places=self.treated_places,
            comparison_places=self.comparison_places,
            months_before=self.months_before,
            months_after=max(1, round(self.periods_after * self.period_months)),
            dispersion=self.dispersion,
        )
