"""This file knows what lies around a page: other pages, tables as files, interactive pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block

MOST_ROWS = 200
_ELSEWHERE = re.compile(r"(https?|mailto):", re.IGNORECASE)


@dataclass(frozen=True, eq=False, kw_only=True)
class Surroundings:
    """What a page can lead to, seen from that page.

    Attributes
    ----------
    root
        The way from the page to the folder of the report, such as ``../``; empty inside it.
    here
        The file of the page.
    files
        Section or heading (its ``id``) to its address, where there are several pages.
    tables
        Name to table, as they lie in ``tables/`` as CSV.
    interactive
        The ``id()`` of a picture to the address of its interactive page.
    more
        The ``id()`` of a table too long for one page to the address of its second page.
    """

    root: str = ""
    here: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, SafeTable] = field(default_factory=dict)
    interactive: Mapping[int, str] = field(default_factory=dict)
    more: Mapping[int, str] = field(default_factory=dict)

    def address(self, target: object) -> str:
        """Return where a link of the document leads to from this page.

        Examples
        --------
        >>> page = Surroundings(root="../", here="when.html",
        ...     files={"when": "when.html", "hours": "when.html#hours", "where": "where.html"})
        >>> [page.address(target) for target in ("#where", "#hours", "tables/months.csv")]
        ['where.html', '#hours', '../tables/months.csv']

        Anything but a page or an address for mail is a file of the report.

        >>> page.address("javascript:alert(1)")
        '.././javascript:alert(1)'
        """
        words = str(target)
        if words.startswith("#"):
            there = self.files.get(words[1:], self.here)
            return words if there.partition("#")[0] == self.here else there
        # "./" keeps a browser from taking a name before a colon for a scheme.
        return words if _ELSEWHERE.match(words) else f"{self.root}{_as_file(words)}"

    def csv_of(self, safe: SafeTable) -> str:
        """Return the address of a table as CSV, or "" where it is in no file."""
        found = [name for name, table in self.tables.items() if table is safe]
        return f"{self.root}tables/{found[0]}.csv" if found else ""

    def interactive_page(self, block: Block) -> str:
        """Return the address of the interactive page of a picture, or "" where there is none."""
        return self.interactive.get(id(block), "")

    def second_page(self, block: Block) -> str:
        """Return the address where a long table goes on, or ""."""
        return self.more.get(id(block), "")


def _as_file(name: str) -> str:
    return f"./{name}" if ":" in name or name.startswith("/") else name
