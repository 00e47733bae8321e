"""This file knows how the burden of incidents is shared among groups of areas, before and after."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from scipy import stats

from forestall import __version__
from forestall.errors import InvalidRecords
from forestall.estimates.effects import RateDifference
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.extra_variance import VarianceSource
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evaluation.cells import BeforeAfter
    from forestall.evaluation.extra_variance import ExtraVariance
    from forestall.languages import Message

_PER = 1000.0


@dataclass(frozen=True, kw_only=True)
class Burden:
    """Incidents of a group of areas, and those who live there.

    Attributes
    ----------
    incidents
        Before and after.
    residents
        All who live in the areas of the group.
    """

    incidents: BeforeAfter
    residents: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.residents) and self.residents > 0):
            raise InvalidRecords(f"Residents are a number above 0, but it is {self.residents}.")

    @property
    def rates(self) -> tuple[float, float]:
        """Return incidents per 1,000 residents over the length of the time after."""
        before, after = self._scales
        return self.incidents.before * before, self.incidents.after * after

    @property
    def variances(self) -> tuple[float, float]:
        """Return the variances of both rates under chance; a count of 0 has that of 1."""
        before, after = self._scales
        counts = (max(self.incidents.before, 1), max(self.incidents.after, 1))
        return counts[0] * before**2, counts[1] * after**2

    @property
    def _scales(self) -> tuple[float, float]:
        after = _PER / self.residents
        return after * self.incidents.after_days / self.incidents.before_days, after


@dataclass(frozen=True, eq=False, kw_only=True)
class BurdenGap:
    """How far apart the most and the least burdened group are, before and after.

    Attributes
    ----------
    most, least
        Which groups.
    before, after
        Incidents per 1,000 residents that the first has more than the second.
    change
        After less before: below 0 where the gap became smaller.
    """

    most: str
    least: str
    before: Estimate[RateDifference]
    after: Estimate[RateDifference]
    change: Estimate[RateDifference]


def burden_table(burdens: Mapping[str, Burden], variance: ExtraVariance) -> pd.DataFrame:
    """Return the rates of each group with intervals, and its share of all incidents."""
    totals = [
        sum(one.incidents.before for one in burdens.values()),
        sum(one.incidents.after for one in burdens.values()),
    ]
    rows = []
    for group, burden in burdens.items():
        row: dict[str, object] = {"group": group, "residents": burden.residents}
        counts = (burden.incidents.before, burden.incidents.after)
        for place, when in enumerate(("before", "after")):
            half = _quantile(variance) * math.sqrt(variance.factor * burden.variances[place])
            row |= {
                f"{when}_per_1000": burden.rates[place],
                f"{when}_low_95": max(0.0, burden.rates[place] - half),
                f"{when}_high_95": burden.rates[place] + half,
                f"{when}_share": counts[place] / totals[place] if totals[place] else 0.0,
            }
        rows.append(row)
    return pd.DataFrame(rows)


def burden_gap(
    burdens: Mapping[str, Burden],
    *,
    ends: tuple[str, str] | None,
    variance: ExtraVariance,
    outcome: str,
    caveats: tuple[Message, ...],
) -> BurdenGap:
    """Return the gap between two groups, the most and the least burdened before if none are named.

    Raises
    ------
    InvalidRecords
        If a group that is named has no burden.
    """
    ordered = sorted(burdens, key=lambda group: burdens[group].rates[0])
    most, least = (ordered[-1], ordered[0]) if ends is None else ends
    for named in (most, least):
        if named not in burdens:
            raise InvalidRecords(f"A gap is between two groups with residents; “{named}” is none.")
    if most == least:
        raise InvalidRecords(f"A gap is between two groups, but “{most}” is named twice.")
    high, low = burdens[most], burdens[least]
    gaps = [one - other for one, other in zip(high.rates, low.rates, strict=True)]
    spread = [one + other for one, other in zip(high.variances, low.variances, strict=True)]
    incidents = float(sum(one.incidents.before + one.incidents.after for one in (high, low)))
    told = _Told(outcome, variance, incidents, caveats)
    return BurdenGap(
        most=most,
        least=least,
        before=told.estimate(gaps[0], spread[0], _GAP_BEFORE),
        after=told.estimate(gaps[1], spread[1], _GAP_AFTER),
        change=told.estimate(gaps[1] - gaps[0], sum(spread), _GAP_CHANGE),
    )


@dataclass(frozen=True, eq=False)
class _Told:
    outcome: str
    variance: ExtraVariance
    incidents: float
    caveats: tuple[Message, ...]

    def estimate(self, number: float, chance: float, estimand: Message) -> Estimate[RateDifference]:
        error = math.sqrt(self.variance.factor * chance)
        return Estimate(
            estimand=estimand,
            outcome=self.outcome,
            effect=RateDifference(number, per=_PER),
            standard_error=error,
            error_kind=_kind(self.variance),
            degrees_of_freedom=self.variance.degrees_of_freedom,
            p_value=2 * _tail(abs(number) / error, self.variance),
            sample=Sample(
                treated_places=2, comparison_places=0, observations=4, incidents=self.incidents
            ),
            engine=Engine(
                method="difference of rates between groups of areas",
                software="forestall",
                version=__version__,
            ),
            caveats=self.caveats,
        )


def _kind(variance: ExtraVariance) -> ErrorKind:
    chance = variance.source is VarianceSource.CHANCE
    return ErrorKind.POISSON if chance else ErrorKind.QUASI_POISSON


def _quantile(variance: ExtraVariance) -> float:
    freedom = variance.degrees_of_freedom
    return float(stats.norm.ppf(0.975) if freedom is None else stats.t.ppf(0.975, freedom))


def _tail(distance: float, variance: ExtraVariance) -> float:
    freedom = variance.degrees_of_freedom
    return float(stats.norm.sf(distance) if freedom is None else stats.t.sf(distance, freedom))


_GAP_BEFORE = message("incidents per resident before, the most less the least burdened group")
_GAP_AFTER = message("incidents per resident after, the most less the least burdened group")
_GAP_CHANGE = message(
    "change of the gap in incidents per resident between the most and the least burdened group"
)
