"""This file knows which published numbers share kinds of incident, so that one follows from others.

An outcome is the sum of its kinds, and so are its parts in other tables. What is in one number and
not in another can be small, though neither is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import Link
from forestall.publication.evaluation_labels import COMPARISON, TREATED, WHEN

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from forestall.disclosure import SafeTable
    from forestall.evaluation import Cells
    from forestall.evaluation.programmes.found import ProgrammeEvaluation

    Labels = dict[str, Hashable]
    # A number, and the kinds that it counts; every kind where none is named.
    Counting = tuple[Labels, tuple[str, ...]]

_EVERY_OTHER = ""


def links_of_offences(
    tables: Mapping[str, SafeTable], evaluation: ProgrammeEvaluation
) -> Iterator[Link]:
    """Return what binds outcomes, kinds and the kinds of harm in whole places."""
    for group in (TREATED, COMPARISON):
        for when in WHEN:
            named = [*_outcomes(tables, evaluation, group, when)]
            named += _harm(tables, evaluation, group, when)
            kinds = [*_kinds(tables, evaluation, group, when)]
            every = {kind for _, counted in kinds or named for kind in counted}
            yield from _bound(
                [*named, *kinds],
                every=every if kinds else every | {_EVERY_OTHER},
                cell=f"{group} {when}",
            )


def _bound(numbers: Sequence[Counting], *, every: set[str], cell: str) -> Iterator[Link]:
    """Bind numbers by the lots of kinds that no number tells apart."""
    lots: dict[tuple[bool, ...], list[str]] = {}
    for kind in sorted(every):
        within = tuple(not counted or kind in counted for _, counted in numbers)
        lots.setdefault(within, []).append(kind)
    label_of: dict[tuple[bool, ...], Labels] = {
        within: {"lot of kinds": tuple(kinds), "cell": cell} for within, kinds in lots.items()
    }
    for place, (whole, _) in enumerate(numbers):
        parts = [label for within, label in label_of.items() if within[place]]
        if parts:
            yield Link(whole=whole, parts=parts)
    # What is left beside all kinds that are named may be nothing, for all that a reader knows.
    rest = next((one for one, kinds in lots.items() if _EVERY_OTHER in kinds), None)
    for within, label in label_of.items():
        if rest is not None and within != rest:
            both: Labels = {"lot of kinds": "with every other", "of": label["lot of kinds"]}
            yield Link(whole={**both, "cell": cell}, parts=[label, label_of[rest]])


def _outcomes(
    tables: Mapping[str, SafeTable], evaluation: ProgrammeEvaluation, group: str, when: str
) -> Iterator[Counting]:
    counts, outcomes = tables["evaluated_counts"], tables.get("evaluated_outcomes")
    yield {**counts.within, "where": group, "when": when}, evaluation.primary.outcome.offences
    for one in evaluation.outcomes:
        if outcomes is not None and one.outcome.name in outcomes.row_labels:
            cell = {"outcome": one.outcome.name, "cell": f"{group} {when}"}
            yield {**outcomes.within, **cell}, one.outcome.offences


def _harm(
    tables: Mapping[str, SafeTable], evaluation: ProgrammeEvaluation, group: str, when: str
) -> Iterator[Counting]:
    harm = tables.get("harm_kinds")
    for label in () if harm is None else harm.row_labels:
        number = _number(evaluation.harm_cells[str(label)], group, when)
        same = [one for one in evaluation.outcomes if one.outcome.offences == (str(label),)]
        if harm is not None and all(_number(one.cells, group, when) == number for one in same):
            yield {**harm.within, "offence": label, "cell": f"{group} {when}"}, (str(label),)


def _kinds(
    tables: Mapping[str, SafeTable], evaluation: ProgrammeEvaluation, group: str, when: str
) -> Iterator[Counting]:
    """Return the kinds where they add up to all outcomes; counted otherwise, they tell nothing."""
    kinds = tables.get("moved_kinds")
    if kinds is None:
        return
    counts = evaluation.primary.kind_counts["offence"]
    rows = counts[(counts["group"] == group) & (counts["when"] == when) & (counts["ring"] == 0)]
    number_of = rows.groupby(rows["kind"].astype(str))["incidents"].sum()
    for one in evaluation.outcomes:
        counted = number_of[number_of.index.isin(one.outcome.offences or number_of.index)]
        if int(counted.sum()) != _number(one.cells, group, when):
            return
    for label in kinds.row_labels:
        yield {**kinds.within, "kind": label, "cell": f"{group} {when}"}, (str(label),)


def _number(cells: Cells, group: str, when: str) -> int:
    both = cells.treated if group == TREATED else cells.comparison
    return both.before if when == WHEN[0] else both.after
