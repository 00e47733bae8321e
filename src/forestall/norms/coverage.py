"""This file knows which provision is served by which part of the software, and what shows it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

_TABLE = Path(__file__).parent / "coverage.csv"
_PAGE = "page "


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One provision and one feature that serves it.

    Attributes
    ----------
    provision
        Instrument and paragraph, such as ``2002/13:22(a)``.
    paraphrase
        What it asks for, in our own words.
    feature
        What the software does for it.
    not_covered
        What the provision asks for beyond that; empty if nothing.
    command
        The command, function or page that shows it; several are parted by a semicolon. A page of
        the workspace is written ``page /training/``.
    test
        The test that holds it, as file and name.
    """

    provision: str
    paraphrase: str
    feature: str
    not_covered: str
    command: str
    test: str

    @property
    def commands(self) -> tuple[str, ...]:
        """Return the commands and functions that show it, one by one."""
        return tuple(one for one in self._shown_by if not one.startswith(_PAGE))

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the addresses of the pages of the workspace that show it."""
        return tuple(one.removeprefix(_PAGE) for one in self._shown_by if one.startswith(_PAGE))

    @property
    def _shown_by(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.command.split(";"))


def read_coverage() -> tuple[Coverage, ...]:
    """Read which provisions the software serves today, in the order of the instruments.

    Examples
    --------
    >>> {row.provision.split(":")[0] for row in read_coverage()} >= {"1995/9", "2002/13"}
    True
    """
    with _TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(Coverage(**row) for row in csv.DictReader(stream))
