"""This file knows how concentration is protected: its measures tell of all places at once.

A Gini coefficient or a curve with all its digits leaves only few sets of numbers that the places
with hidden numbers can have. So up to the first place whose number is hidden everything is exact,
and readers can work it out from the map; beyond it, numbers of places are rounded to fives, shares
and coefficients have two decimals, and the curve has no steps but those numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Concentration
from forestall.disclosure import Status, protect_table
from forestall.publication.protected.coarse import round_columns

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from forestall.diagnosis import Diagnosis
    from forestall.disclosure import DisclosureRule, SafeTable

ALL = "all"
_LEAST_INCIDENTS = 50
_CURVE_POINTS = 60
_COARSE_PLACES = 5
_LEAST_HIDDEN = 6
_LEAST_SPREAD = 800
_HOLDING = {"places_25": 0.25, "places_50": 0.50, "places_80": 0.80}
_TOP = {"share_top_1": 0.01, "share_top_5": 0.05, "share_top_10": 0.10}
_COEFFICIENTS = ("gini", "gini_generalised")


def protect_concentration(
    diagnosis: Diagnosis,
    *,
    rule: DisclosureRule,
    squares: SafeTable | None,
    kinds: Sequence[SafeTable | None],
) -> SafeTable | None:
    """Protect how few places hold how much, for kinds with enough incidents.

    Parameters
    ----------
    squares
        The places as they are published.
    kinds
        The kinds as they are published, crimes first: where the number of one is hidden there, or
        that of all, it is not shown here.
    """
    found = diagnosis.concentration
    if not isinstance(found, Concentration):
        return None
    labels = _shown_groups(kinds)
    table = found.table
    table = table[(table["incidents"] >= _LEAST_INCIDENTS) & table["group"].isin(labels)]
    if table.empty:
        return None
    steps = _steps_of(found, rule=rule, squares=squares)
    rows = [_coarse_row(row, steps[str(row["group"])]) for row in table.to_dict("records")]
    decimals = dict.fromkeys([*_COEFFICIENTS, *_TOP], 2) | {"chance_places_50": 0}
    coarse = round_columns(pd.DataFrame(rows).drop(columns="counts_as_crime"), decimals)
    derived = [name for name in coarse.columns if name not in ("group", "incidents", "places")]
    return protect_table(
        coarse, rule=rule, rows="group", derived=derived, attributes=["places"], margins=()
    )


def protect_curve(
    diagnosis: Diagnosis,
    *,
    rule: DisclosureRule,
    squares: SafeTable | None,
    shown: SafeTable | None,
) -> SafeTable | None:
    """Protect the curves of the groups whose measures are shown."""
    found = diagnosis.concentration
    if not isinstance(found, Concentration) or shown is None:
        return None
    steps = _steps_of(found, rule=rule, squares=squares)
    table = pd.concat(
        [_curve_of(steps[str(group)], rule=rule) for group in shown.row_labels], ignore_index=True
    )
    derived = ["share_of_places", "share_of_incidents"]
    return protect_table(
        table, rule=rule, rows="step", columns="group", derived=derived, margins=()
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Steps:
    """The places of one group, busiest first, and how far down readers know each of them.

    Attributes
    ----------
    counts
        Incidents by place, the largest first.
    exact
        So many places from the first have numbers that are shown.
    hidden
        Places with anything whose number is not shown.
    on_the_map
        Whether nearly the same numbers stand on the map.
    """

    group: str
    counts: NDArray[np.int64]
    exact: int
    hidden: int
    on_the_map: bool

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    @property
    def many_sets(self) -> bool:
        """Say whether many sets of hidden numbers have the same coefficients to two decimals.

        One incident more in one hidden place and one less in another moves the sum behind the Gini
        coefficient by at most twice the number of hidden places; two decimals are a hundredth of
        places times incidents.
        """
        if not self.hidden:
            return True
        spread = len(self.counts) * self.total
        enough = spread >= _LEAST_SPREAD * self.hidden or not self.on_the_map
        return self.hidden >= _LEAST_HIDDEN and enough

    def places_holding(self, share: float) -> int:
        """Return the smallest number of places with the share, in fives beyond the exact ones."""
        number = 1 + int(np.argmax(np.cumsum(self.counts) >= share * self.total - 1e-9))
        if number <= self.exact:
            return number
        coarse = round(number / _COARSE_PLACES) * _COARSE_PLACES
        return min(max(coarse, _COARSE_PLACES), len(self.counts))


def _shown_groups(kinds: Sequence[SafeTable | None]) -> set[str]:
    there = [safe for safe in kinds if safe is not None]
    labels = {
        str(label)
        for safe in there
        for label in safe.row_labels
        if safe.cell(label).number is not None
    }
    return labels | ({ALL} if there and there[0].total is not None else set())


def _steps_of(
    found: Concentration, *, rule: DisclosureRule, squares: SafeTable | None
) -> dict[str, _Steps]:
    counts = {
        str(row["group"]): _place_counts(
            found.curve[found.curve["group"] == row["group"]],
            places=int(row["places"]),
            total=int(row["incidents"]),
        )
        for row in found.table.to_dict("records")
    }
    on_show = _counts_on_show(squares)
    every = counts.get(ALL)
    seen = _same_from_the_first(every, on_show) if every is not None else 0
    steps = {}
    for group, of_places in counts.items():
        mapped = every is not None and 2 * of_places.sum() >= every.sum()
        exact = int((of_places >= rule.threshold).sum())
        hidden = int((of_places > 0).sum()) - exact
        steps[group] = _Steps(
            group=group,
            counts=of_places,
            exact=min(exact, seen) if mapped else exact,
            hidden=max(hidden, _hidden_on_map(every, on_show)) if mapped else hidden,
            on_the_map=mapped,
        )
    return steps


def _place_counts(curve: pd.DataFrame, *, places: int, total: int) -> NDArray[np.int64]:
    """Read the number of each place from the curve, whose steps join places of one number."""
    across = np.rint(curve["share_of_places"].to_numpy(float) * places).astype(np.int64)
    held = np.rint(curve["share_of_incidents"].to_numpy(float) * total).astype(np.int64)
    wide = np.diff(across)
    each = np.diff(held)[wide > 0] // wide[wide > 0]
    return np.repeat(each, wide[wide > 0])


def _counts_on_show(squares: SafeTable | None) -> NDArray[np.int64]:
    if squares is None:
        return np.array([], dtype=np.int64)
    shown = squares.frame.loc[squares.status == Status.SHOWN, "incidents"].to_numpy(dtype=np.int64)
    return np.sort(shown[shown > 0])[::-1]


def _same_from_the_first(every: NDArray[np.int64], on_show: NDArray[np.int64]) -> int:
    """Return how many of the busiest places are all on show."""
    shorter = min(len(every), len(on_show))
    differs = every[:shorter] != on_show[:shorter]
    return int(np.argmax(differs)) if differs.any() else shorter


def _hidden_on_map(every: NDArray[np.int64] | None, on_show: NDArray[np.int64]) -> int:
    return 0 if every is None else int((every > 0).sum()) - len(on_show)


def _coarse_row(row: dict[Hashable, object], steps: _Steps) -> dict[Hashable, object]:
    """Return the measures of one group, as coarse as hidden places ask for."""
    coarse: dict[Hashable, object] = row | {
        name: steps.places_holding(share) for name, share in _HOLDING.items()
    }
    for name, share in _TOP.items():
        if int(np.ceil(share * len(steps.counts) - 1e-9)) > steps.exact and not steps.many_sets:
            coarse[name] = np.nan
    if not steps.many_sets:
        coarse |= dict.fromkeys(_COEFFICIENTS, np.nan)
    return coarse


def _curve_of(steps: _Steps, *, rule: DisclosureRule) -> pd.DataFrame:
    """Return the steps of one curve: exact, then coarse, then all places with anything, all."""
    held = np.append(0, np.cumsum(steps.counts))
    total, places = steps.total, len(steps.counts)
    fine = np.linspace(0, 1, _CURVE_POINTS + 1) ** 1.7
    kept = [(0, 0)]
    for at in np.unique(np.rint(fine * places).astype(int)):
        if at <= steps.exact and rule.threshold <= held[at] - kept[-1][1]:
            kept.append((int(at), int(held[at])))
    corner = int((steps.counts > 0).sum())
    while len(kept) > 1 and total - kept[-1][1] < rule.threshold:
        kept.pop()
    for share in _HOLDING.values():
        at, least = steps.places_holding(share), int(np.ceil(share * total - 1e-9))
        if steps.exact < at < corner and at > kept[-1][0]:
            kept += (
                [(at, least)] if rule.threshold <= min(least - kept[-1][1], total - least) else []
            )
    kept = [*kept, (corner, total), *([(places, total)] if corner < places else [])]
    across, sums = np.array(kept).T
    return pd.DataFrame(
        {
            "step": range(len(kept)),
            "group": steps.group,
            "incidents": sums,
            "share_of_places": np.round(across / places, 3),
            "share_of_incidents": np.round(sums / max(total, 1), 3),
        }
    )
