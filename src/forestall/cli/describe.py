"""This file knows the command ``forestall describe``: what is in a file, and a mapping to edit."""

from __future__ import annotations

import unicodedata
from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from forestall.records.describe import ColumnDescription

_WIDEST = 32


def describe(file: Annotated[Path, Parameter(name="FILE")]) -> None:
    """Show the columns of a file with incidents, and a mapping to edit.

    The answer is a mapping, with what is said about the columns in comments: forestall describe
    FILE > mapping.toml begins one.

    Parameters
    ----------
    file
        CSV, Parquet, GeoJSON, GeoPackage or zip file.
    """
    from forestall.records import describe_file

    described = describe_file(file)
    for line in (*_lines(described.columns), "", described.extent(), described.summary()):
        print(f"# {line}".rstrip())
    if described.mapping:
        print()
        print(described.mapping, end="")


def _lines(columns: tuple[ColumnDescription, ...]) -> list[str]:
    from forestall.languages import Share, say

    rows = [
        [say("column"), say("filled"), say("values"), say("example"), say("may be")],
        *(
            [
                _short(one.name),
                str(Share(one.filled)),
                str(one.values),
                _short(one.example or ""),
                say("personal, not read") if one.personal else one.meaning or "",
            ]
            for one in columns
        ),
    ]
    widths = [max(_columns(row[cell]) for row in rows) for cell in range(len(rows[0]))]
    return [
        "  ".join(
            text + " " * (width - _columns(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two a Chinese sign, none a mark."""
    unseen = {"Mn", "Me", "Cf"}
    shown = [sign for sign in text if unicodedata.category(sign) not in unseen]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in shown)


def _short(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(text.split()))
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"
