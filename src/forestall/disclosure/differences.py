"""This file knows what a reader can work out by comparing everything that was published.

It sees nothing but protected tables: what it finds, any reader can find. Each number stands for
the incidents that its labels describe, such as ``{offence: Burglary, month: October}``. Numbers
with the same labels are the same number wherever they are printed; a number is the sum over a
dimension that some table lists completely; and where only some parts are printed, the rest is
a number as well, one that nobody printed and that a subtraction may give away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from forestall.disclosure.margins import UNLIMITED
from forestall.disclosure.rules import Status
from forestall.disclosure.sums import equations, few_values

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from forestall.disclosure.safe_table import SafeCell, SafeTable

Labels = frozenset[tuple[str, "Hashable"]]
REST = "everything else"


@dataclass(frozen=True, kw_only=True)
class Link:
    """One number that is the sum of others, where the labels alone do not say so.

    Such as an area that stands out and its squares, or "other crime" and the kinds in it.
    """

    whole: Mapping[str, Hashable]
    parts: Sequence[Mapping[str, Hashable]]


@dataclass(frozen=True)
class Difference:
    """A hidden or small number that a reader can work out: never print it.

    Attributes
    ----------
    labels
        What the number counts; `REST` stands for all labels that no table shows.
    possible
        The few values it can still have.
    """

    labels: Mapping[str, Hashable]
    possible: tuple[int, ...]


def search_differences(
    tables: Sequence[SafeTable], *, links: Sequence[Link] = ()
) -> tuple[Difference, ...]:
    """Search everything published together for numbers that can be worked out.

    Parameters
    ----------
    tables
        All tables that readers will see. Columns with the same name are the same dimension, and a
        table counts the incidents that its ``within`` describes. Give a table that covers only
        a part (located incidents, say) a ``within`` of its own.
    links
        What readers know of numbers that are sums of others beyond that.

    Returns
    -------
    One `Difference` for each hidden number, and each small number that was never printed, with
    fewer possible values than the strictest rule asks for; nothing when nothing is found.

    Raises
    ------
    ValueError
        If tables contradict each other: then one of them covers a part and does not say so.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> kinds = pd.DataFrame({"kind": ["theft", "arson"], "incidents": [60, 40]})
    >>> towns = pd.DataFrame({"town": ["A", "B"], "incidents": [50, 48]})
    >>> all_kinds = protect_table(kinds, rule="threshold-5", rows="kind")
    >>> in_towns = protect_table(
    ...     towns, rule="threshold-5", rows="town", within={"in a town": "yes"}
    ... )
    >>> search_differences([all_kinds, in_towns])
    (Difference(labels={'in a town': 'everything else'}, possible=(2,)),)
    """
    if not tables:
        return ()
    rules = [table.record.rule for table in tables]
    threshold = max(rule.threshold for rule in rules)
    known = _Known()
    for table in tables:
        known.add_table(table)
    known.add_rests()
    for within, dimensions in _rings(tables):
        known.add_joint(within, dimensions)
    for link in links:
        known.add_sum(_labels(link.whole), [_labels(part) for part in link.parts])
    few = known.few_values(enough=max(rule.least_possible_values for rule in rules))
    return tuple(
        Difference(dict(sorted(labels)), values)
        for labels, values in few.items()
        if labels in known.hidden or all(0 < value < threshold for value in values)
    )


@dataclass(eq=False)
class _Known:
    """The numbers, their limits, and the sums that bind them."""

    place_of: dict[Labels, int] = field(default_factory=dict)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    printed: set[Labels] = field(default_factory=set)
    hidden: set[Labels] = field(default_factory=set)
    sums: list[tuple[Labels, tuple[Labels, ...]]] = field(default_factory=list)
    listed: set[tuple[Labels, str]] = field(default_factory=set)

    def add_table(self, table: SafeTable) -> None:
        within = _labels(table.within)
        for labels, cell in _numbers(table):
            self._see(within | labels, cell, table)
        for whole, dimension, parts in _line_sums(table):
            self.listed.add((within | whole, dimension))
            self.add_sum(within | whole, [within | part for part in parts])

    def add_rests(self) -> None:
        """Add the rest of each number of which only some parts are printed."""
        parts_of: dict[tuple[Labels, str], list[Labels]] = {}
        for labels in list(self.place_of):
            for dimension, label in labels:
                key = (labels - {(dimension, label)}, dimension)
                parts_of.setdefault(key, []).append(labels)
        for (whole, dimension), parts in parts_of.items():
            if whole in self.place_of and (whole, dimension) not in self.listed:
                self.add_sum(whole, [*parts, whole | {(dimension, REST)}])

    def add_joint(self, within: Labels, labels_of: Mapping[str, Sequence[Hashable]]) -> None:
        """Bind three two-way tables by the three-way table that nobody printed."""
        for third in labels_of:
            first, second = (name for name in labels_of if name != third)
            for one, other in product(labels_of[first], labels_of[second]):
                whole = within | {(first, one), (second, other)}
                self.add_sum(whole, [whole | {(third, label)} for label in labels_of[third]])

    def add_sum(self, whole: Labels, parts: Sequence[Labels]) -> None:
        for labels in (whole, *parts):
            self._place(labels)
        self.sums.append((whole, tuple(parts)))

    def few_values(self, *, enough: int) -> dict[Labels, tuple[int, ...]]:
        names = list(self.place_of)
        system = equations(
            np.array(self.low), np.array(self.high), [self._term(*each) for each in set(self.sums)]
        )
        unprinted = [place for place, labels in enumerate(names) if labels not in self.printed]
        found = few_values(system, np.array(unprinted, dtype=np.intp), enough=enough)
        return {names[place]: values for place, values in found.items()}

    def _term(
        self, whole: Labels, parts: tuple[Labels, ...]
    ) -> tuple[NDArray[np.intp], NDArray[np.int64], int]:
        places = np.array([self.place_of[labels] for labels in (whole, *parts)])
        weights = np.ones(len(places), dtype=np.int64)
        weights[0] = -1
        return places, weights, 0

    def _see(self, labels: Labels, cell: SafeCell, table: SafeTable) -> None:
        place = self._place(labels)
        low, high = table.record.rule.readers_limits(cell.status, cell.number)
        self.low[place] = max(self.low[place], low)
        self.high[place] = min(self.high[place], UNLIMITED if high is None else high)
        if self.low[place] > self.high[place]:
            raise ValueError(
                f"Two tables contradict each other on {dict(sorted(labels)) or 'the total'}; "
                "say by within= which of them covers only a part."
            )
        if cell.status is Status.SHOWN:
            self.printed.add(labels)
        if cell.status in (Status.SMALL, Status.SECONDARY):
            self.hidden.add(labels)

    def _place(self, labels: Labels) -> int:
        if labels not in self.place_of:
            self.place_of[labels] = len(self.low)
            self.low.append(0)
            self.high.append(UNLIMITED)
        return self.place_of[labels]


def _rings(tables: Sequence[SafeTable]) -> Iterator[tuple[Labels, dict[str, Sequence[Hashable]]]]:
    """Find three two-way tables that pair the same three dimensions.

    Other sets of tables need no such care: whatever agrees in each of them agrees in all.
    """
    two_way = [table for table in tables if table.columns is not None]
    for three in combinations(two_way, 3):
        labels_of: dict[str, Sequence[Hashable]] = {}
        for table in three:
            assert table.columns is not None
            labels_of |= {table.rows: table.row_labels, table.columns: table.column_labels}
        pairs = {frozenset((table.rows, table.columns)) for table in three}
        if len(labels_of) == len(pairs) == 3 and len({_labels(t.within) for t in three}) == 1:
            yield _labels(three[0].within), labels_of


def _numbers(table: SafeTable) -> Iterator[tuple[Labels, SafeCell]]:
    yield frozenset(), table.grand_total
    for row in table.row_labels:
        in_row = (table.rows, row)
        if table.columns is None:
            yield frozenset({in_row}), table.cell(row)
            continue
        yield frozenset({in_row}), table.margin_row(row)
        for column in table.column_labels:
            yield frozenset({in_row, (table.columns, column)}), table.cell(row, column)
    if table.columns is not None:
        for column in table.column_labels:
            yield frozenset({(table.columns, column)}), table.margin_column(column)


def _line_sums(table: SafeTable) -> Iterator[tuple[Labels, str, list[Labels]]]:
    rows = [(table.rows, row) for row in table.row_labels]
    yield frozenset(), table.rows, [frozenset({row}) for row in rows]
    if table.columns is None:
        return
    columns = [(table.columns, column) for column in table.column_labels]
    yield frozenset(), table.columns, [frozenset({column}) for column in columns]
    for row in rows:
        yield frozenset({row}), table.columns, [frozenset({row, column}) for column in columns]
    for column in columns:
        yield frozenset({column}), table.rows, [frozenset({row, column}) for row in rows]


def _labels(labels: Mapping[str, Hashable]) -> Labels:
    return frozenset(labels.items())
