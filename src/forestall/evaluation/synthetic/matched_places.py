"""This file knows comparison places weighted so that their totals equal those of treated places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.calibration import calibrate
from forestall.errors import CannotAnswer
from forestall.evaluation.panels import Measure
from forestall.evaluation.synthetic.expected_effects import CHOSEN_AT_A_PEAK
from forestall.evaluation.synthetic.match_totals import read_totals
from forestall.evaluation.synthetic.roles import find_roles
from forestall.languages import Decimal, Message, Share, message, say, say_plural
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Collection

    import altair as alt
    from numpy.typing import NDArray

    from forestall._stats.calibration import Calibrated
    from forestall.evaluation.panels import Panel
    from forestall.evaluation.synthetic.match_totals import Totals
    from forestall.evaluation.synthetic.roles import Roles

    FloatArray = NDArray[np.float64]

_LEAST_COMPARISON = 20
_HEAVY, _THIN, _UNEQUAL, _MOST_UNEQUAL = 0.1, 2.0, 0.1, 0.25


class Equality(StrEnum):
    """How near the totals of the comparison come to those of the treated places."""

    EXACT = "equal"
    NEAR = "nearly equal"

    @property
    def give(self) -> float:
        """Return how much totals may give way, as `calibrate` takes it."""
        return 0.01 if self is Equality.NEAR else 0.0


@dataclass(frozen=True, eq=False, kw_only=True)
class MatchedPlaces(Result):
    """Weighted comparison places, and how far their totals are from those of the treated ones.

    ``table`` has one row per total: ``total`` (first period of a lot, or a covariate), ``treated``,
    ``weighted``, ``unweighted`` (as many average comparison places), ``slack`` (weighted less
    treated), ``difference_before`` and ``difference_after`` (of means, in standard deviations of
    the comparison places, without and with weights).

    Attributes
    ----------
    weights
        ``place`` and ``weight`` of every comparison place; the sum is the number of treated places.
    effective_places
        As how many places of one weight the comparison counts: (sum of weights)² / sum of squares.
    largest_share
        Share of all weight that the heaviest place has.
    roles, totals, equality
        What was matched, for `estimate_with_matched_places`.
    """

    weights: pd.DataFrame
    effective_places: float
    largest_share: float
    roles: Roles
    totals: Totals
    equality: Equality

    @property
    def largest_slack(self) -> float:
        """Return the largest difference of means left, in standard deviations."""
        return float(self.table["difference_after"].abs().max())

    def summary(self) -> str:
        """Return how many places are matched, and how equal they are."""
        return say_plural(
            *_SUMMARY,
            len(self.roles.treated),
            others=len(self.weights),
            effective=Decimal(self.effective_places, 0),
            slack=Decimal(self.largest_slack, 2),
        )

    def plot(self) -> alt.LayerChart:
        """Return the differences that weights leave, in standard deviations, as bars."""
        from forestall._charts import bar_chart

        return bar_chart(
            self.table,
            label="total",
            number="difference_after",
            number_title=say("difference in standard deviations"),
        )


def match_comparison_places(
    panel: Panel,
    *,
    equality: Equality = Equality.EXACT,
    leave_out: Collection[str] = (),
    periods_together: int = 1,
) -> MatchedPlaces:
    """Weight comparison places so that their totals equal those of the treated places.

    The totals are those of the outcome in every period before the measure, of the exposure and of
    each covariate of the panel. Among all weights above 0 that make them equal, those nearest to
    equal weights are taken, by the sum of ``w log w``; it is strictly convex, so that no other
    weights would do as well.

    Parameters
    ----------
    panel
        Counts of many small places; the measure came to the treated ones at the same time.
    equality
        EXACT, or NEAR: totals may then give way where weights would have to be very unequal. The
        squared differences of means, in standard deviations, over 0.02 join what is minimised.
    leave_out
        Names of places that are not compared, such as those next to treated places.
    periods_together
        How many periods one total adds up; more where there are few incidents.

    Raises
    ------
    CannotAnswer
        If no weights make the totals equal (or bring them within a quarter of a standard
        deviation), with the total that is farthest; if the weighted comparison counts as fewer
        places than there are totals or treated places; if there are fewer than 20 comparison
        places or 6 periods before.

    Notes
    -----
    After Robbins, Saunders & Kilmer (2017), Journal of the American Statistical Association 112;
    weights by Hainmueller (2012), Political Analysis 20.

    Examples
    --------
    >>> from forestall.evaluation.synthetic.example import example_panel
    >>> matched = match_comparison_places(example_panel(treated=8, places=200), periods_together=3)
    >>> matched.table[["treated", "weighted"]].head(2).round(6).values.tolist()
    [[544.0, 544.0], [492.0, 492.0]]
    >>> round(matched.effective_places, 1), round(matched.largest_share, 3)
    (58.2, 0.046)
    """
    if panel.measure is not Measure.COUNTS:
        raise CannotAnswer("Places are matched by totals of counts; rates have no totals.")
    if periods_together < 1:
        raise ValueError("periods_together is 1 or more.")
    roles = find_roles(panel, leave_out=leave_out, least_comparison=_LEAST_COMPARISON)
    totals = read_totals(roles, periods_together=periods_together)
    weights = _weigh(roles, totals, equality)
    table = _balance_table(roles, totals, weights)
    effective = float(effective_places(weights[None])[0])
    largest = float(weights.max() / weights.sum())
    return MatchedPlaces(
        table=table,
        caveats=_caveats(roles, table, effective, largest),
        made_by=f"match_comparison_places(equality={equality.name}, "
        f"leave_out={sorted(leave_out)!r}, periods_together={periods_together})",
        weights=pd.DataFrame({"place": roles.names(roles.comparison), "weight": weights}),
        effective_places=effective,
        largest_share=largest,
        roles=roles,
        totals=totals,
        equality=equality,
    )


def _weigh(roles: Roles, totals: Totals, equality: Equality) -> FloatArray:
    columns = totals.of(roles.comparison)
    aims = totals.of(roles.treated).sum(axis=0)[None]
    size = float(len(roles.treated))
    everyone = np.ones((1, len(columns)), dtype=bool)
    found = calibrate(columns, aims, size=size, open_to=everyone, give=equality.give)
    if is_equal(found, columns, aims, size=size)[0]:
        _check_places_enough(found.weights, columns.shape[1], len(roles.treated))
        return np.asarray(found.weights[0])
    near = calibrate(columns, aims, size=size, open_to=everyone, give=Equality.NEAR.give)
    off = near.weights[0] @ columns - aims[0]
    worst = int(np.argmax(np.abs(off) / np.maximum(columns.std(axis=0), 1e-12)))
    raise CannotAnswer(
        message(
            _NOT_EQUAL if equality is Equality.EXACT else _NOT_NEAR,
            name=totals.names[worst],
            off=Decimal(abs(float(off[worst])), 1),
            treated=Decimal(float(aims[0, worst]), 1),
        )
    )


def is_equal(
    found: Calibrated, columns: FloatArray, aims: FloatArray, *, size: float
) -> NDArray[np.bool_]:
    """Say for which targets weights were found that leave no large difference of means."""
    spread = columns.std(axis=0)
    unit = np.where(spread > 0, spread, 1.0) * size
    off = np.abs(found.weights @ columns - aims) / unit
    return np.asarray(found.solved & (off.max(axis=1) <= _MOST_UNEQUAL))


def effective_places(weights: FloatArray) -> FloatArray:
    """Return as how many places of one weight each row of weights counts."""
    squares = (weights**2).sum(axis=1)
    return np.asarray(weights.sum(axis=1) ** 2 / np.maximum(squares, 1e-300))


def least_effective_places(totals: int, treated: int) -> int:
    """Return as how many places a comparison must count: no fewer than totals, or treated places.

    With fewer, weights fit the chance in the totals, and places chosen at a peak seem to fall.
    """
    return max(totals, treated)


def _check_places_enough(weights: FloatArray, totals: int, treated: int) -> None:
    effective, least = float(effective_places(weights)[0]), least_effective_places(totals, treated)
    if effective < least:
        raise CannotAnswer(
            message(_TOO_FEW_EFFECTIVE, places=Decimal(effective, 1), least=least, totals=totals)
        )


def _balance_table(roles: Roles, totals: Totals, weights: FloatArray) -> pd.DataFrame:
    columns, count = totals.of(roles.comparison), len(roles.treated)
    treated = totals.of(roles.treated).sum(axis=0)
    weighted, unweighted = weights @ columns, count * columns.mean(axis=0)
    spread = columns.std(axis=0)
    # A total in which all comparison places are alike has no spread to be measured by.
    unit = np.where(spread > 0, spread, np.nan) * count
    return pd.DataFrame(
        {
            "total": totals.names,
            "treated": treated,
            "weighted": weighted,
            "unweighted": unweighted,
            "slack": weighted - treated,
            "difference_before": (unweighted - treated) / unit,
            "difference_after": (weighted - treated) / unit,
        }
    )


def _caveats(
    roles: Roles, table: pd.DataFrame, effective: float, largest: float
) -> tuple[Message, ...]:
    said = [message(_CRITERION), message(CHOSEN_AT_A_PEAK), *roles.caveats()]
    slack = float(table["difference_after"].abs().max())
    if slack > _UNEQUAL:
        said.append(message(_UNEQUAL_STILL, slack=Decimal(slack, 2)))
    if largest > _HEAVY:
        said.append(message(_HEAVY_PLACE, share=Share(largest)))
    if effective < _THIN * len(table):
        said.append(message(_FEW_EFFECTIVE, places=Decimal(effective, 0), totals=len(table)))
    return tuple(said)


_SUMMARY = (
    "{count} treated place is matched by {others} comparison places that count as {effective}; the "
    "largest difference left is {slack} standard deviations.",
    "{count} treated places are matched by {others} comparison places that count as {effective}; "
    "the largest difference left is {slack} standard deviations.",
)
_CRITERION = (
    "Many sets of weights make the totals equal; these are the ones nearest to equal weights."
)
_NOT_EQUAL = (
    "No weights make the totals equal: nearly equal ones are still {off} off in {name}, of "
    "{treated}; use equality=Equality.NEAR, or more periods_together."
)
_NOT_NEAR = (
    "No weights bring the totals near: the best are {off} off in {name}, of {treated}; use more "
    "periods_together, fewer covariates or other places."
)
_TOO_FEW_EFFECTIVE = (
    "To match {totals} totals the comparison would count as {places} places, but {least} are "
    "needed; the treated places are too unlike the others."
)
_UNEQUAL_STILL = (
    "Totals of treated and comparison places still differ by up to {slack} standard deviations."
)
_HEAVY_PLACE = (
    "One comparison place has {share} of all weight; what happened there moves the comparison much."
)
_FEW_EFFECTIVE = (
    "The comparison counts as {places} places for {totals} totals; it may follow chance more than "
    "the places."
)
