"""This file knows how rows are downloaded as CSV: line by line, each cell made plain."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from forestall.disclosure.plain_cells import plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield rows as lines of CSV, each cell made plain."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([plain_cell(one) for one in row])
        yield line.getvalue()


def plain_csv(text: str) -> str:
    r"""Return CSV once more with each cell made plain.

    Examples
    --------
    >>> print(plain_csv("kind,n\n=cmd(),3\n"), end="")
    kind,n
    '=cmd(),3
    """
    return "".join(csv_lines(csv.reader(io.StringIO(text))))
