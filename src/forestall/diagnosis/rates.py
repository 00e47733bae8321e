"""This file knows how many incidents there are for how many people, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.overdispersion import funnel_limits, rank_intervals, winsorised_dispersion
from forestall._stats.poisson import poisson_interval
from forestall.diagnosis.groups import group_of, group_words
from forestall.errors import CannotAnswer
from forestall.languages import Decimal, Message, message, plural_message, say, say_plural
from forestall.records import Areas
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.records import Counts

    FloatArray = NDArray[np.float64]

_SEED = 20190502
_FUNNEL_POINTS = 60
_LEVELS = {"95": 0.95, "998": 0.998}


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

    def summary(self) -> str:
        """Return how many areas differ from the rest by more than chance, in one sentence."""
        beyond = int(self.table["state"].isin(["higher", "lower"]).sum())
        if beyond:
            return say_plural(
                "{what}: {rate} per {per}; {count} area differs more than chance, also in how many "
                "people use it by day.",
                "{what}: {rate} per {per}; {count} areas differ more than chance; they also differ "
                "in how many people use them by day.",
                beyond,
                what=group_words(self.group),
                rate=Decimal(self.overall_rate, 1),
                per=self.per,
            )
        return say(
            "{what}: {rate} per {per}; no area differs from that by more than chance.",
            what=group_words(self.group),
            rate=Decimal(self.overall_rate, 1),
            per=self.per,
        )

    def plot(self) -> alt.LayerChart:
        """Return the funnel: rate by population, limits of chance dashed."""
        from forestall._charts import funnel_chart

        return funnel_chart(
            self.table,
            self.funnel,
            overall=self.overall_rate,
            x_title=str(message("{population}", population=self.population)),
            y_title=say("Recorded per {per}", per=self.per),
        )


def measure_rates(counts: Counts, *, population: str, per: int = 1000, seed: int = _SEED) -> Rates:
    """Measure incidents per so many people or households in each area, with all that is unsure.

    Parameters
    ----------
    counts
        Incidents by area; kinds and periods are added up, so select first.
    population
        Name of a column of ``Areas.population``.
    per
        The rate is per so many, over the whole period counted.
    seed
        Of the draws behind the rank intervals.

    Raises
    ------
    CannotAnswer
        If the places are not areas with this population, or none of it is above zero.

    Notes
    -----
    Intervals are exact for Poisson counts (Garwood). Funnel limits follow Spiegelhalter (2005):
    interpolated Poisson limits, widened by the root of the winsorised dispersion between areas.
    Rank intervals come from draws of each rate's gamma posterior under Jeffreys' prior. Areas
    without a population have no rate and no rank.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> from forestall.records import Counts, areas_from_frame
    >>> towns = gpd.GeoDataFrame(
    ...     {"code": ["E", "W"], "name": ["East", "West"], "homes": [4000, 2500]},
    ...     geometry=[box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)], crs="EPSG:27700")
    >>> areas = areas_from_frame(towns, code="code", name="name", population="homes")
    >>> thefts = pd.DataFrame({"place": ["E", "W"], "incidents": [20, 12]})
    >>> rates = measure_rates(Counts.from_frame(thefts, places=areas), population="homes")
    >>> rates.table[["name", "rate", "low", "high"]].round(1)
       name  rate  low  high
    0  East   5.0  3.1   7.7
    1  West   4.8  2.5   8.4
    """
    areas, people = _population(counts, population)
    if per <= 0:
        raise ValueError("A rate is per a positive number.")
    incidents = counts.per_place()
    known = people > 0
    overall = float(incidents[known].sum() / people[known].sum())
    expected = np.where(known, people, np.nan) * overall
    dispersion = winsorised_dispersion(incidents[known], expected[known]) if overall else 1.0
    table = _rate_table(areas, people, incidents, per)
    for name, level in _LEVELS.items():
        low, high = funnel_limits(expected, level=level, dispersion=dispersion)
        table[f"funnel_low_{name}"] = low / people * per
        table[f"funnel_high_{name}"] = high / people * per
    table = table.assign(**_ranks(incidents, people, known, seed))
    table["state"] = np.select(
        [~known, table["rate"] > table["funnel_high_998"], table["rate"] < table["funnel_low_998"]],
        ["unknown", "higher", "lower"],
        "within",
    )
    days = float(np.sum(counts.periods.days)) if counts.periods is not None else np.nan
    return Rates(
        table=table.sort_values(["name", "place"], ignore_index=True),
        caveats=_caveats(int((~known).sum()), dispersion, population, counts, days),
        made_by=f"measure_rates(population='{population}', per={per}, seed={seed})",
        funnel=_funnel_table(people[known], overall, dispersion, per),
        group=group_of(counts),
        population=population,
        per=per,
        days=days,
        overall_rate=overall * per,
        dispersion=dispersion,
    )


def _population(counts: Counts, population: str) -> tuple[Areas, FloatArray]:
    areas = counts.places
    if not isinstance(areas, Areas) or areas.population is None:
        raise CannotAnswer(
            message(
                "Rates need areas with a population; read them with "
                "areas_from_file(..., population=...)."
            )
        )
    if population not in areas.population.columns:
        there = ", ".join(map(str, areas.population.columns))
        raise CannotAnswer(
            message(
                "The areas have no population “{population}”; there is: {there}.",
                population=population,
                there=there,
            )
        )
    people = pd.to_numeric(areas.population[population], errors="coerce").to_numpy(float)
    if not (people > 0).any():
        raise CannotAnswer(
            message("No area has a population above zero in “{population}”.", population=population)
        )
    return areas, np.where(people > 0, people, np.nan)


def _rate_table(
    areas: Areas, people: FloatArray, incidents: NDArray[np.int64], per: int
) -> pd.DataFrame:
    low, high = poisson_interval(incidents)
    return pd.DataFrame(
        {
            "place": areas.codes,
            "name": areas.names,
            "population": people,
            "incidents": incidents,
            "rate": incidents / people * per,
            "low": low / people * per,
            "high": high / people * per,
        }
    )


def _ranks(
    incidents: NDArray[np.int64], people: FloatArray, known: NDArray[np.bool_], seed: int
) -> dict[str, pd.Series[float]]:
    rates = pd.Series(incidents / people)
    low, high = rank_intervals(incidents[known], people[known], seed=seed)
    limits = pd.DataFrame({"low": low, "high": high}, index=np.flatnonzero(known))
    limits = limits.reindex(rates.index)
    return {
        "rank": rates.rank(ascending=False, method="min"),
        "rank_low": limits["low"],
        "rank_high": limits["high"],
    }


def _funnel_table(people: FloatArray, overall: float, dispersion: float, per: int) -> pd.DataFrame:
    sizes = np.geomspace(people.min(), max(people.max(), people.min() * 1.01), _FUNNEL_POINTS)
    columns: dict[str, FloatArray] = {"population": sizes}
    for prefix, factor in (("chance_", 1.0), ("", dispersion)):
        for name, level in _LEVELS.items():
            low, high = funnel_limits(sizes * overall, level=level, dispersion=factor)
            columns[f"{prefix}low_{name}"] = low / sizes * per
            columns[f"{prefix}high_{name}"] = high / sizes * per
    return pd.DataFrame(columns)


def _caveats(
    unknown: int, dispersion: float, population: str, counts: Counts, days: float
) -> tuple[Message, ...]:
    said = [
        _period_caveat(population, days),
        message("Areas differ in how many people use them by day, not only in who lives there."),
        message("The order is by name; ranks are unsure and no ranking of safety."),
    ]
    if dispersion > 1:
        said.append(
            message(
                "Areas vary {times} times as much as chance alone; the funnel allows for that.",
                times=Decimal(dispersion, 1),
            )
        )
    if unknown:
        said.append(
            plural_message(
                "{count} area has no population and no rate; its count is in the table.",
                "{count} areas have no population and no rate; their counts are in the table.",
                unknown,
            )
        )
    if counts.outside:
        said.append(
            plural_message(
                "{count} located incident lies in no area.",
                "{count} located incidents lie in no area.",
                counts.outside,
            )
        )
    return tuple(said)


def _period_caveat(population: str, days: float) -> Message:
    if np.isnan(days):
        return message(
            "Rates are for the whole period, not for a year; they are per “{population}”.",
            population=population,
        )
    return message(
        "Rates are for the whole period of {days} days, not for a year; "
        "they are per “{population}”.",
        days=days,
        population=population,
    )
