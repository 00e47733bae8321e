"""This file knows how many incidents there are for how many people, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import Result

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, kw_only=True)
class Rates(Result):
    """Incidents per so many people or households in each area, ordered by name.

    ``table``: ``place``, ``name``, ``population``, ``incidents``, ``rate``, ``low``, ``high``
    (exact 95 % Poisson interval), ``funnel_low_95``, ``funnel_high_95``, ``funnel_low_998``,
    ``funnel_high_998`` (limits of chance around the rate of all areas, widened by the
    dispersion), ``rank``, ``rank_low``, ``rank_high`` (95 %; 1 = highest rate), ``state``
    ("higher", "lower": beyond the 99.8 % limits; "within"; "unknown": no population).

    Attributes
    ----------
    funnel
        ``population``, ``chance_low_95``, ``chance_high_95``, ``chance_low_998``,
        ``chance_high_998``, ``low_95``, ``high_95``, ``low_998``, ``high_998``: limits by size,
        without and with the dispersion, for drawing.
    group
        The kind of offence, or "all".
    population
        The column that was used.
    per
        The rate is per so many.
    days
        Days the incidents were counted over; the rate is for all of them, not for a year.
    overall_rate
        Rate of all areas with a population.
    dispersion
        Variance between areas as a multiple of pure chance (at least 1).
    """

    funnel: pd.DataFrame
    group: str
    population: str
    per: int
    days: float
    overall_rate: float
    dispersion: float
