"""This file knows how tests write files of studies."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "study": "Example (2020)",
    "year": "2020",
    "intervention": "alley-gating",
    "outcome": "crime",
    "outcome_words": "burglaries",
    "design": "controlled",
    "metric": "OR",
    "effect": "0.65",
    "low": "0.5",
    "high": "0.845",
    "favours": "below",
    "direction": "below 1 = fewer burglaries",
    "source": "https://example.org/study",
    "quotation": "an odds ratio of 0.65",
    "problems": "burglary",
}


def row(**changes):
    """Return a good row with some cells changed; None leaves the column out."""
    changed = {
        **ROW,
        **{name.replace("moderator_", "moderator:"): v for name, v in changes.items()},
    }
    return {name: value for name, value in changed.items() if value is not None}


def without_figures(**changes):
    """Return a row without an effect and its interval."""
    return row(**{**dict.fromkeys(("metric", "effect", "low", "high")), **changes})


def write_csv(path: Path, *rows, separator=",", encoding="utf-8") -> Path:
    heads = list(dict.fromkeys(name for one in rows for name in one))
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, heads, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, *rows, title="effects") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    heads = list(dict.fromkeys(name for one in rows for name in one))
    sheet.append(heads)
    for one in rows:
        sheet.append([one.get(name) for name in heads])
    book.save(path)
    return path
