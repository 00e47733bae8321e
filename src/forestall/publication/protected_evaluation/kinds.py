"""This file knows how kinds are protected, in treated places and around them, against their totals.

The totals of the kinds stand in the table of counts, and so do the kinds that the measure aims at.
Both are taken as known when companions of a small number are chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.disclosure import PublishedSum, Status, protect_table
from forestall.errors import UnsafeToPublish
from forestall.publication.evaluation_labels import (
    AROUND,
    AROUND_COMPARISON,
    COMPARISON,
    TREATED,
    WHEN,
)
from forestall.publication.protected.coarse import shorten_columns
from forestall.publication.protected_evaluation.counts import all_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.disclosure import DisclosureRule, SafeTable
    from forestall.evaluation import Cells, DisplacementByKind, HarmComparison
    from forestall.evaluation.programmes.found import OutcomeFindings

_COMPARED = ("ratio", "low", "high", "certainty")
_MOST_KINDS = 40


def protect_kinds(found: OutcomeFindings, by: str, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect each kind before and after, with the change where all that it is made of is shown.

    ``kind`` by ``cell`` ("treated before" and so on); the change stands beside the count after.
    None where there is no answer, or no choice of hidden numbers protects the table.
    """
    counts, moved = found.kind_counts.get(by), found.by_kind.get(by)
    if counts is None or moved is None or isinstance(moved, Unanswered):
        return None
    table = _table(counts)
    kinds = list(dict.fromkeys(table["kind"]))
    if not 1 < len(kinds) <= _MOST_KINDS:
        return None
    aimed = [kind for kind in kinds if by == "offence" and kind in found.outcome.offences]
    sums = [
        PublishedSum(rows=rows, columns=[cell])
        for cell in dict.fromkeys(table["cell"])
        for rows in ([None, aimed] if aimed else [None])
    ]
    try:
        safe = _protect(table, by=by, rule=rule, sums=sums, derived=())
        return _protect(
            _with_changes(table, moved, safe), by=by, rule=rule, sums=sums, derived=_COMPARED
        )
    except UnsafeToPublish:
        return None


def protect_harm(
    harm: HarmComparison | Unanswered,
    cells: Mapping[str, Cells],
    kinds: SafeTable | None,
    *,
    rule: DisclosureRule,
) -> SafeTable | None:
    """Protect the kinds that harm was weighed from; None as soon as one of them is hidden.

    The points of all kinds together would tell the one that is hidden.
    """
    if isinstance(harm, Unanswered) or not cells:
        return None
    rows = [
        (label, f"{group} {when}", number)
        for label, one in cells.items()
        for group, both in ((TREATED, one.treated), (COMPARISON, one.comparison))
        for when, number in zip(WHEN, (both.before, both.after), strict=True)
    ]
    table = pd.DataFrame(rows, columns=["offence", "cell", "incidents"])
    points = harm.kinds.set_index("offence")
    at = table["cell"] == "treated after"
    for name in ("harm", "points"):
        table[name] = table["offence"].map(points[name]).astype(float).where(at)
    safe = protect_table(
        shorten_columns(table, ["points"]),
        rule=rule,
        rows="offence",
        columns="cell",
        derived=["points"],
        attributes=["harm"],
        margins=(),
        within={"counted": "harm"},
    )
    if not (safe.status == Status.SHOWN).all():
        return None
    for label in cells if kinds is not None else ():
        if kinds is not None and label in kinds.row_labels and not _row_shown(kinds, label):
            return None
    return safe


def _row_shown(kinds: SafeTable, label: str) -> bool:
    wanted = [f"{group} {when}" for group in (TREATED, COMPARISON) for when in WHEN]
    there = [(label, cell) for cell in wanted if cell in kinds.column_labels]
    return all_shown(kinds, there)


def _table(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of each kind in places and around them, zeros included."""
    near = counts["ring"] == 0
    where = counts["group"].where(
        near, counts["group"].map({TREATED: AROUND, COMPARISON: AROUND_COMPARISON})
    )
    rows = counts.assign(kind=counts["kind"].astype(str), cell=where + " " + counts["when"])
    sums = rows.groupby(["kind", "cell"], sort=False)["incidents"].sum()
    order = [
        f"{group} {when}"
        for group in (TREATED, COMPARISON, AROUND, AROUND_COMPARISON)
        for when in WHEN
        if (rows["cell"] == f"{group} {when}").any()
    ]
    every = pd.MultiIndex.from_product(
        [list(dict.fromkeys(rows["kind"])), order], names=["kind", "cell"]
    )
    return sums.reindex(every, fill_value=0).astype("int64").reset_index()


def _with_changes(table: pd.DataFrame, moved: DisplacementByKind, safe: SafeTable) -> pd.DataFrame:
    table = table.assign(ratio=float("nan"), low=float("nan"), high=float("nan"), certainty=None)
    for row in moved.table.to_dict("records"):
        kind, where = str(row["kind"]), str(row["where"])
        compared = [where, COMPARISON]
        if where == AROUND and f"{AROUND_COMPARISON} before" in safe.column_labels:
            compared.append(AROUND_COMPARISON)
        if not all_shown(safe, [(kind, f"{group} {when}") for group in compared for when in WHEN]):
            continue
        at = (table["kind"] == kind) & (table["cell"] == f"{where} after")
        for name in _COMPARED:
            table.loc[at, name] = row[name]
    return shorten_columns(table, ["ratio", "low", "high"])


def _protect(
    table: pd.DataFrame,
    *,
    by: str,
    rule: DisclosureRule,
    sums: Sequence[PublishedSum],
    derived: Sequence[str],
) -> SafeTable:
    return protect_table(
        table,
        rule=rule,
        rows="kind",
        columns="cell",
        derived=derived,
        margins=(),
        published_sums=sums,
        within={"counted": f"kinds by {by}"},
    )
