"""This file knows how a table that is too long for one page goes on, page after page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.blocks import BarTable, Chart, CrossTable, Details, Multiples, Table
from forestall.publication.cells import cross_rows, grid_rows
from forestall.publication.html.surroundings import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forestall.publication.blocks import Block, Document, Section
    from forestall.publication.cells import GridRows, Row

ROWS_A_PAGE = 500
LongTable = Table | BarTable | CrossTable


@dataclass(frozen=True, eq=False, kw_only=True)
class Continued:
    """One page of a long table; ``before`` and ``after`` are the files around it.

    Attributes
    ----------
    first, last, count
        The rows of this page, counted from 1, and how many there are in all.
    """

    file: str
    section: Section
    table: LongTable
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    first: int
    last: int
    count: int
    before: str
    after: str


def continued_tables(document: Document) -> tuple[Continued, ...]:
    """Return the pages on which long tables go on after the rows of the section's own page."""
    return tuple(
        page
        for section in document.sections
        for number, table in enumerate(_long_tables(section), start=1)
        for page in _pages(section, table, number)
    )


def _long_tables(section: Section) -> list[LongTable]:
    return [table for table in _tables(section.blocks) if len(table.safe.row_labels) > MOST_ROWS]


def _tables(blocks: Iterable[Block]) -> Iterator[LongTable]:
    for block in blocks:
        if isinstance(block, Details):
            yield from _tables(block.blocks)
        elif isinstance(block, Chart):
            yield from _tables([block.behind] if block.behind is not None else [])
        elif isinstance(block, Multiples):
            yield from _tables(block.behind)
        elif isinstance(block, Table | CrossTable):
            yield block


def _pages(section: Section, table: LongTable, number: int) -> Iterator[Continued]:
    written = _written(table)
    count = len(written.rows)
    starts = range(MOST_ROWS, count, ROWS_A_PAGE)
    files = [f"table-{section.id}-{number}-{page}.html" for page in range(2, len(starts) + 2)]
    around = [f"{section.id}.html", *files, ""]
    for place, start in enumerate(starts):
        rows = written.rows[start : start + ROWS_A_PAGE]
        yield Continued(
            file=files[place],
            section=section,
            table=table,
            rows=rows,
            totals=written.totals,
            first=start + 1,
            last=start + len(rows),
            count=count,
            before=around[place],
            after=around[place + 2],
        )


def _written(table: LongTable) -> GridRows:
    return cross_rows(table) if isinstance(table, CrossTable) else grid_rows(table)
