"""This file knows how the outcomes of a trial are laid out for the analysis of its design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.assignments import other_assignments
from forestall._stats.place_ratios import (
    PlaceRatio,
    ratio_of_four_sums,
    ratio_of_places_and_months,
)
from forestall._stats.randomisation import FourSums, StaggeredStarts, Statistic, least_p_value
from forestall._stats.start_lots import other_starts
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.interruptions import month_starts
from forestall.evaluation.randomised_places import LEFT_OUT, RandomisedPlaces, lies_within
from forestall.evaluation.trial_designs import MatchedPairs, SteppedWedge
from forestall.languages import message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.place_months import PlaceMonths

    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

# With a balance to keep, more lots are drawn than needed, because some are turned down.
_ROUNDS_FOR_BALANCE = 50
# A look at each month costs more than one at two sums; so many lots bear the limits well enough.
_LOTS_OF_WEDGES = 4_999


@dataclass(frozen=True, eq=False, kw_only=True)
class TrialReading:
    """A trial ready for analysis."""

    statistic: Statistic
    ratio: PlaceRatio
    freedom: int
    method: str
    lots: int
    exact: bool
    places: int
    treated_places: int
    observations: int
    incidents: float
    attrition: pd.DataFrame
    months_before: int
    analysed: tuple[str, ...]

    @property
    def least_p_value(self) -> float:
        """Return the smallest p-value that any of the lots could have given."""
        return least_p_value(self.statistic.at(0.0))


def read_parallel(
    trial: RandomisedPlaces, matrix: PlaceMonths, *, start: pd.Timestamp, draws: int, seed: int
) -> TrialReading:
    """Lay out a trial in which all treated places start at once."""
    if isinstance(trial.design, SteppedWedge):
        raise InvalidRecords("A stepped wedge has its own dates; leave out start.")
    first = month_starts([start])[0]
    rows, strata, counts = _analysed(trial, matrix)
    treated = (rows["arm"] == "treated").to_numpy()
    months = matrix.months[_covered(matrix)]
    is_after = np.asarray(months >= first)
    if not is_after.any():
        raise CannotAnswer(message(_NO_MONTHS_AFTER))
    after = counts[:, is_after].sum(axis=1)
    before = counts[:, ~is_after].sum(axis=1)
    has_before = bool((~is_after).any())
    if not has_before:
        before = np.full(len(rows), float(is_after.sum()))
    for arm in (treated, ~treated):
        if not (arm.any() and after[arm].sum() and before[arm].sum()):
            raise CannotAnswer(message(_EMPTY_ARM))
    lots, exact = _kept_assignments(trial, rows, treated, strata, draws=draws, seed=seed)
    sizes = np.unique(strata, return_counts=True)[1]
    is_paired = bool((sizes == 2).all())
    return TrialReading(
        statistic=FourSums(before, after, lots),
        ratio=ratio_of_four_sums(before, after, treated, strata),
        freedom=max(sizes.size - 1 if is_paired else len(rows) - sizes.size - 1, 1),
        method="ratio of four sums" if has_before else "ratio of the levels after",
        lots=len(lots),
        exact=exact,
        places=len(rows),
        treated_places=int(treated.sum()),
        observations=counts.size,
        incidents=float(counts.sum()),
        attrition=_attrition(trial, rows),
        months_before=int((~is_after).sum()),
        analysed=tuple(rows["place"]),
    )


def read_wedge(
    trial: RandomisedPlaces, matrix: PlaceMonths, *, draws: int, seed: int
) -> TrialReading:
    """Lay out a trial in which places start one after another."""
    if not isinstance(trial.design, SteppedWedge):
        raise InvalidRecords("This trial needs the day on which the measure began: start=...")
    rows, strata, counts = _analysed(trial, matrix)
    months = matrix.months[_covered(matrix)]
    firsts = np.array([month_starts([day])[0].to_datetime64() for day in rows["start"]])
    starts = np.searchsorted(months.to_numpy(), firsts).astype(np.int64)
    ratio = ratio_of_places_and_months(counts, np.arange(len(months)) >= starts[:, None])
    if ratio is None:
        raise CannotAnswer(message(_NO_WEDGE))
    found = other_starts(starts, strata, draws=min(draws, _LOTS_OF_WEDGES), seed=seed)
    lots = found.starts
    if trial.balance is not None:
        dates = np.unique(starts)
        early = np.searchsorted(dates, lots) < len(dates) / 2
        lots = lots[_balanced(trial, rows, early)]
    return TrialReading(
        statistic=StaggeredStarts(counts, lots),
        ratio=ratio,
        freedom=len(rows) - 1,
        method="fixed-effects Poisson ratio of places and months",
        lots=len(lots),
        exact=found.exact,
        places=len(rows),
        treated_places=len(rows),
        observations=counts.size,
        incidents=float(counts.sum()),
        attrition=_attrition(trial, rows),
        months_before=int(starts.min()),
        analysed=tuple(rows["place"]),
    )


_NO_MONTHS_AFTER = "There is no month after the start of the measure."
_EMPTY_ARM = (
    "A trial needs places with incidents in both arms, before and after, but one arm has none."
)
_NO_WEDGE = (
    "A stepped wedge needs incidents in months with and without the measure, but there are none."
)
_TOO_FEW_PLACES = "A trial needs 4 places with every month counted, but there are {count}."


def _covered(matrix: PlaceMonths) -> BoolArray:
    """Return the months that at least one place has; one that nobody has is missing for all."""
    return np.asarray(~np.isnan(matrix.counts).all(axis=0))


def _analysed(
    trial: RandomisedPlaces, matrix: PlaceMonths
) -> tuple[pd.DataFrame, IntArray, NDArray[np.float64]]:
    """Return the places with every month counted; of a broken pair, neither."""
    rows = trial.table[trial.table["arm"] != LEFT_OUT].reset_index(drop=True)
    strata = trial.strata
    counts = matrix.of(rows["place"].tolist())[:, _covered(matrix)]
    kept = ~np.isnan(counts).any(axis=1)
    if isinstance(trial.design, MatchedPairs):
        whole = np.bincount(strata, kept) == 2
        kept &= whole[strata]
    if kept.sum() < 4:
        raise CannotAnswer(message(_TOO_FEW_PLACES, count=int(kept.sum())))
    inside = rows.iloc[np.flatnonzero(kept)].reset_index(drop=True)
    return inside, np.unique(strata[kept], return_inverse=True)[1].astype(np.int64), counts[kept]


def _kept_assignments(
    trial: RandomisedPlaces,
    rows: pd.DataFrame,
    treated: BoolArray,
    strata: IntArray,
    *,
    draws: int,
    seed: int,
) -> tuple[BoolArray, bool]:
    found = other_assignments(treated, strata, draws=draws, seed=seed)
    if trial.balance is None:
        return found.treated, found.exact
    kept = [found.treated[_balanced(trial, rows, found.treated)]]
    for more in range(1, _ROUNDS_FOR_BALANCE):
        if found.exact or sum(map(len, kept)) > draws:
            break
        again = other_assignments(treated, strata, draws=draws, seed=seed + more).treated[1:]
        kept.append(again[lies_within(trial, rows, again)])
    return np.concatenate(kept)[: draws + 1], found.exact


def _balanced(trial: RandomisedPlaces, rows: pd.DataFrame, treated: BoolArray) -> BoolArray:
    """Return which lots are as balanced as asked; the drawn one is, whatever was lost since."""
    kept = lies_within(trial, rows, treated)
    kept[0] = True
    return kept


def _attrition(trial: RandomisedPlaces, rows: pd.DataFrame) -> pd.DataFrame:
    drawn = trial.table.loc[trial.table["arm"] != LEFT_OUT, "arm"].value_counts().sort_index()
    analysed = rows["arm"].value_counts().reindex(drawn.index, fill_value=0)
    return pd.DataFrame(
        {"arm": drawn.index, "drawn": drawn.to_numpy(), "analysed": analysed.to_numpy()}
    )
