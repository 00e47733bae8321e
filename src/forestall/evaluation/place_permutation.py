"""This file knows how rare the difference is when other places might have been treated.

Source: Fisher (1935), The Design of Experiments; Besag & Clifford (1989), Biometrika 76, for drawn
assignments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri

from forestall import __version__
from forestall._stats.assignments import Assignments, other_assignments
from forestall._stats.four_cells import log_ratio_of_ratios, total_net_difference, without_zeros
from forestall._stats.randomisation import rank_p_value
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.estimates.effects import CountDifference, LogRatio
from forestall.estimates.estimates import E_co, Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.could_be_seen import NOT_TOLD_ALONE, what_could_be_seen
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Message, Sentences, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

_NEEDED = ("place", "treated", "before", "after")
_AROUND = ("before_around", "after_around")
LEAST_ASSIGNMENTS = 20


@dataclass(frozen=True, eq=False, kw_only=True)
class PlacePermutation(Result):
    """The observed difference among those that other choices of places would have given.

    ``table``: ``measure`` ("treated", "around": ratios; "total": incidents), ``effect``,
    ``p_value`` (two-sided), ``assignments`` (the observed one included), ``exact`` (whether these
    are all there are).

    Attributes
    ----------
    direct
        The ratio in the treated places.
    around
        The ratio around them; None without counts around.
    total
        Incidents more or fewer in both together; None without counts around.
    """

    direct: Estimate[LogRatio]
    around: Estimate[LogRatio] | None
    total: Estimate[CountDifference] | None

    def summary(self) -> str:
        """Return the effect, how many choices gave as large a one, and what could be seen."""
        row = self.table.iloc[0]
        every = int(row["assignments"])
        told = plural_message(
            *_AS_FAR,
            round(float(row["p_value"]) * every),
            every=every,
            effect=self.direct.effect.in_words(),
        )
        if self.direct.certainty in NOT_TOLD_ALONE:
            return str(Sentences((told, what_could_be_seen(self.direct))))
        return str(told)

    def plot(self) -> alt.LayerChart:
        """Return the p-values as bars."""
        from forestall._charts import bar_chart

        return bar_chart(self.table, label="measure", number="p_value", number_title=say("p-value"))


def permute_places(
    places: pd.DataFrame,
    *,
    outcome: str,
    chosen: PlaceChoice,
    permutations: int = 9999,
    seed: int,
) -> PlacePermutation:
    """Set the observed difference against those of other choices of as many places.

    The test holds whatever the counts are like, dependent over time or not, if the places were
    chosen by lot within their strata. Where they were not, it says how unusual the treated places
    are, and no more. Intervals rest on the spread of all choices, and are widened where they would
    be surer than the p-value.

    Parameters
    ----------
    places
        A row for each place: ``place``, ``treated`` (true or false), ``before``, ``after``; with
        ``before_around`` and ``after_around`` the surroundings too, which do not overlap; with
        ``stratum`` only places of one stratum (or pair) change roles.
    outcome
        What was counted.
    chosen
        How the treated places were chosen.
    permutations
        How many choices to draw where there are more than these; else all are used.
    seed
        Of the draws.

    Raises
    ------
    CannotAnswer
        If fewer than 20 choices are possible, or places chosen for many recent incidents would be
        shuffled among all without strata of places like them.
    InvalidRecords
        If a column is missing or holds something else.

    Examples
    --------
    >>> places = pd.DataFrame({"place": range(8), "treated": [True] * 4 + [False] * 4,
    ...     "before": [20, 18, 25, 22, 19, 21, 24, 20], "after": [9, 8, 12, 10, 20, 22, 25, 19]})
    >>> found = permute_places(places, outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)
    >>> found.table[["assignments", "exact"]].values.tolist(), round(found.direct.p_value, 4)
    ([[70, True]], 0.0286)
    """
    treated, strata = _checked(places)
    if chosen is PlaceChoice.RECENT_COUNTS and "stratum" not in places.columns:
        raise CannotAnswer(NEEDS_STRATA)
    choices = other_assignments(treated, strata, draws=permutations, seed=seed)
    if len(choices.treated) < LEAST_ASSIGNMENTS:
        raise CannotAnswer(message(TOO_FEW, least=LEAST_ASSIGNMENTS, found=len(choices.treated)))
    caveats = _caveats(chosen, choices)
    direct = _log_ratios(_cells(places, choices.treated, ("before", "after")))
    inside = _estimate(LogRatio(float(direct[0])), direct, places, outcome, caveats)
    rows = [("treated", inside.effect.ratio, inside.p_value)]
    around: Estimate[LogRatio] | None = None
    total: Estimate[CountDifference] | None = None
    if set(_AROUND) <= set(places.columns):
        near, both = _near_and_both(places, choices.treated)
        around = _estimate(LogRatio(float(near[0])), near, places, outcome, caveats)
        total = _estimate(CountDifference(float(both[0])), both, places, outcome, caveats)
        rows += [
            ("around", around.effect.ratio, around.p_value),
            ("total", total.effect.incidents, total.p_value),
        ]
    table = pd.DataFrame(rows, columns=["measure", "effect", "p_value"])
    return PlacePermutation(
        table=table.assign(assignments=len(choices.treated), exact=choices.exact),
        caveats=caveats,
        made_by=f"permute_places(outcome={outcome!r}, chosen={chosen.name}, "
        f"permutations={permutations}, seed={seed})",
        direct=inside,
        around=around,
        total=total,
    )


def _cells(
    places: pd.DataFrame, choices: NDArray[np.bool_], columns: tuple[str, str]
) -> FloatArray:
    """Return T0, T1, C0, C1 of every choice."""
    counts = places[list(columns)].to_numpy(dtype=float)
    inside = choices.astype(float) @ counts
    return np.concatenate([inside, counts.sum(axis=0) - inside], axis=1)


def _log_ratios(cells: FloatArray) -> FloatArray:
    raised = without_zeros(cells)
    return log_ratio_of_ratios(raised, raised, np.ones(4)).number


def _near_and_both(
    places: pd.DataFrame, choices: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    own = _cells(places, choices, ("before", "after"))
    near = _cells(places, choices, _AROUND)
    parts = [
        total_net_difference(cells[:, :2], without_zeros(cells)[:, 2:]) for cells in (own, near)
    ]
    return _log_ratios(near), parts[0].number + parts[1].number


def _estimate(
    effect: E_co,
    drawn: FloatArray,
    places: pd.DataFrame,
    outcome: str,
    caveats: tuple[Message, ...],
) -> Estimate[E_co]:
    treated = int(places["treated"].sum())
    p_value = rank_p_value(drawn)
    return Estimate(
        estimand=_ESTIMAND,
        outcome=outcome,
        effect=effect,
        standard_error=_error_of(drawn, p_value),
        error_kind=ErrorKind.PERMUTATION,
        p_value=p_value,
        sample=Sample(
            treated_places=treated,
            comparison_places=len(places) - treated,
            observations=2 * len(places),
            incidents=float(places[["before", "after"]].to_numpy().sum()),
        ),
        engine=Engine(method="permutation of places", software="forestall", version=__version__),
        caveats=caveats,
    )


def _error_of(drawn: FloatArray, p_value: float) -> float:
    """Return the spread of all choices, or more, so that no interval is surer than the p-value."""
    quantile = -float(ndtri(p_value / 2))
    spread = float(drawn.std())
    return max(spread, abs(float(drawn[0])) / quantile) if quantile > 0 else spread


def _checked(places: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    missing = [column for column in _NEEDED if column not in places.columns]
    if missing:
        raise InvalidRecords(
            f"A permutation needs the columns {', '.join(_NEEDED)}, but there is no “{missing[0]}”."
        )
    if places["place"].duplicated().any():
        twice = places.loc[places["place"].duplicated(), "place"].iloc[0]
        raise InvalidRecords(f"Each place has one row, but “{twice}” has several.")
    for column in ("before", "after", *(name for name in _AROUND if name in places.columns)):
        numbers = places[column].to_numpy(dtype=float)
        if not ((numbers >= 0) & (numbers == np.floor(numbers))).all():
            raise InvalidRecords(
                f"The column “{column}” holds whole numbers from 0, but not all are."
            )
    if not places["treated"].isin([True, False]).all():
        raise InvalidRecords("The column “treated” is true or false, but some rows are neither.")
    strata = (
        np.zeros(len(places), dtype=np.int64)
        if "stratum" not in places.columns
        else pd.factorize(places["stratum"], use_na_sentinel=False)[0].astype(np.int64)
    )
    return places["treated"].to_numpy(dtype=bool), strata


def _caveats(chosen: PlaceChoice, choices: Assignments) -> tuple[Message, ...]:
    found = [] if chosen is PlaceChoice.RANDOM else [NOT_BY_LOT]
    if len(choices.treated) < 1000 and choices.exact:
        found.append(message(COARSE, number=len(choices.treated)))
    return tuple(found)


_AS_FAR = (
    "{effect} in the treated places; {count} of {every} choices of places, the real one included, "
    "differs at least as much.",
    "{effect} in the treated places; {count} of {every} choices of places, the real one included, "
    "differ at least as much.",
)
_ESTIMAND = message("treated places against the places that might have been treated instead")
NEEDS_STRATA = message(
    "Places chosen for many recent incidents are not like the others; a permutation needs strata "
    "of places with similar counts before."
)
TOO_FEW = "A permutation needs at least {least} possible choices of places, but there are {found}."
NOT_BY_LOT = message(
    "The places were not chosen by lot; the permutation says how unusual they are, not what made "
    "them so."
)
COARSE = "There are only {number} possible choices, so that the p-value comes in coarse steps."
