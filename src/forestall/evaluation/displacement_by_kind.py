"""This file knows whether incidents moved to other offences, other times or other targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.detectable import detectable_fall
from forestall._stats.multiplicity import adjust_holm
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.at_variance import headline, scale_limit
from forestall.evaluation.group_counts import (
    cells_of,
    check_group_counts,
    has_own_comparison,
    rings_around,
)
from forestall.evaluation.group_ratios import PLACES_AS_COMPARISON, ratio_row, ratios_of
from forestall.languages import Listing, Message, Share, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import altair as alt

    from forestall.estimates.effects import LogRatio
    from forestall.evaluation.at_variance import AtVariance
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.extra_variance import ExtraVariance

_PROBABLE, _POWER = 0.05, 0.8


@dataclass(frozen=True, eq=False, kw_only=True)
class DisplacementByKind(Result):
    """The change of each kind of incident, in the treated places and around them.

    ``table``: ``kind``, ``where`` ("treated", "around"), ``aimed_at`` (whether the measure was
    meant for this kind), ``before``, ``after``, ``expected``, ``difference``, ``ratio``, ``low``,
    ``high`` (95 %), ``p_value`` (two-sided), ``detectable`` (the smallest fall found four times in
    five, as a share, were it the only row), ``p_holm`` (over all rows of kinds that were not aimed
    at), ``certainty``.

    Attributes
    ----------
    estimates
        Kind and where to the ratio at each variance of the counts.
    """

    estimates: Mapping[tuple[str, str], tuple[AtVariance[LogRatio], ...]]

    def summary(self) -> str:
        """Return which other kinds probably changed, allowing for all that were looked at."""
        looked_at = self.table[~self.table["aimed_at"]]
        if looked_at.empty:
            return str(_NO_OTHER_KIND)
        others = looked_at[looked_at["p_holm"] <= _PROBABLE]
        more = list(dict.fromkeys(others.loc[others["ratio"] > 1, "kind"]))
        fewer = list(dict.fromkeys(others.loc[others["ratio"] < 1, "kind"]))
        kinds = {"more": Listing(more), "fewer": Listing(fewer)}
        if more and fewer:
            return say("More than expected: {more}. Fewer than expected: {fewer}.", **kinds)
        if more:
            return say("More than expected, as if moved: {more}.", **kinds)
        if fewer:
            return say("Fewer than expected, as if the benefit spread: {fewer}.", **kinds)
        return say(_NO_CHANGE, share=Share(self._could_go_unseen(looked_at)))

    def _could_go_unseen(self, looked_at: pd.DataFrame) -> float:
        """Return the largest of the smallest falls that are found, after allowing for all rows."""
        level = 1 - _PROBABLE / len(looked_at)
        found = []
        for kind, where in zip(looked_at["kind"], looked_at["where"], strict=True):
            told = headline(self.estimates[kind, where]).estimate
            assert told.standard_error is not None
            found.append(
                detectable_fall(
                    told.standard_error,
                    power=_POWER,
                    level=level,
                    freedom=told.degrees_of_freedom,
                )
            )
        return max(found)

    def plot(self) -> alt.LayerChart:
        """Return the ratio of each kind in the treated places with its 95 % interval."""
        from forestall._charts import interval_chart

        shown = self.table[self.table["where"] == "treated"]
        return interval_chart(
            shown, label="kind", limit=scale_limit(shown), title=say("fewer | more")
        )


def assess_displacement_by_kind(
    counts: pd.DataFrame,
    *,
    outcome: str,
    aimed_at: Iterable[str] = (),
    repeated: ExtraVariance | None = None,
) -> DisplacementByKind:
    r"""Assess whether incidents moved to other kinds: offences, times, weekdays or targets.

    Each kind in the treated places, and in all rings together, is compared with the same kind in
    the comparison.

    Parameters
    ----------
    counts
        From `count_in_rings` with ``by``, or any table with ``group``, ``ring``, ``when``, ``kind``
        and ``incidents``.
    outcome
        What was counted.
    aimed_at
        The kinds that the measure was meant for; a change in others is a side effect.
    repeated
        As in `compare_before_after`.

    Raises
    ------
    InvalidRecords
        If a column is missing or holds something else, or a kind does not exist.
    CannotAnswer
        If no kind has incidents in both the treated and the comparison places.

    Examples
    --------
    >>> rows = [("treated", "Burglary", 90, 40), ("treated", "Theft", 60, 95),
    ...     ("comparison", "Burglary", 300, 310), ("comparison", "Theft", 200, 190)]
    >>> counts = pd.DataFrame(
    ...     [(group, 0, when, kind, number) for group, kind, *both in rows
    ...      for when, number in zip(("before", "after"), both)],
    ...     columns=["group", "ring", "when", "kind", "incidents"])
    >>> found = assess_displacement_by_kind(counts, outcome="crime", aimed_at=["Burglary"])
    >>> found.summary().replace("\xa0", " ")
    'No change of another kind can be told from chance; a fall of less than 54 % could go unseen.'
    """
    check_group_counts(counts, more=("kind",))
    aims = frozenset(aimed_at)
    kinds = list(dict.fromkeys(counts["kind"]))
    lost = sorted(aims - set(kinds))
    if lost:
        raise InvalidRecords(
            f"The measure aims at kinds of the table, but “{lost[0]}” is not there."
        )
    around = rings_around(counts)
    estimates, rows = {}, []
    for kind in kinds:
        for where, rings in (("treated", [0]), ("around", around)):
            cells = _cells(counts[counts["kind"] == kind], rings)
            if cells is not None:
                estimates[kind, where] = ratios_of(
                    cells, estimand=_ONE_KIND, outcome=outcome, repeated=repeated
                )
                named = {"kind": kind, "where": where, "aimed_at": kind in aims}
                rows.append({**named, **ratio_row(cells, estimates[kind, where])})
    if not rows:
        raise CannotAnswer(message("No kind has incidents in treated and comparison places."))
    return DisplacementByKind(
        table=_with_holm(pd.DataFrame(rows)),
        caveats=_caveats(counts, kinds, around),
        made_by=f"assess_displacement_by_kind(outcome={outcome!r}, aimed_at={sorted(aims)!r})",
        estimates=estimates,
    )


def _cells(rows: pd.DataFrame, rings: list[int]) -> Cells | None:
    """Return the four counts of one kind, None where there is nothing to compare."""
    groups = set(rows.loc[rows["ring"] == 0, "group"])
    if not rings or "comparison" not in groups or not rows["ring"].isin(rings).any():
        return None
    if not ((rows["group"] == "treated") & rows["ring"].isin(rings)).any():
        return None
    cells = cells_of(rows, rings)
    some = (cells.treated, cells.comparison)
    return cells if all(group.before + group.after for group in some) else None


def _caveats(counts: pd.DataFrame, kinds: list[str], around: list[int]) -> tuple[Message, ...]:
    found = [_NEAR_KINDS, *([_MANY] if len(kinds) > 1 else [])]
    if around and not all(
        has_own_comparison(counts[counts["kind"] == kind], around) for kind in kinds
    ):
        found.append(PLACES_AS_COMPARISON)
    return tuple(found)


def _with_holm(table: pd.DataFrame) -> pd.DataFrame:
    others = ~table["aimed_at"].to_numpy(dtype=bool)
    adjusted = np.full(len(table), np.nan)
    if others.any():
        adjusted[others] = adjust_holm(table.loc[others, "p_value"].to_numpy())
    table.insert(table.shape[1] - 1, "p_holm", adjusted)
    return table


_NO_OTHER_KIND = message("No other kind of incident was looked at.")
_NO_CHANGE = (
    "No change of another kind can be told from chance; a fall of less than {share} could go "
    "unseen."
)
_ONE_KIND = message("incidents of one kind over those expected from the comparison")
_NEAR_KINDS: Message = message(
    "A change of kind can also be one of recording: the same act under another name."
)
_MANY = message("Several kinds were looked at; p_holm allows for all of them together.")
