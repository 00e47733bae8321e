"""This file knows which texts a cell and a tab of a workbook can hold."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from forestall.languages import END_ISOLATE, LEFT_TO_RIGHT, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_CHARACTERS = 32_767
LINE_POINTS = 13.5
_MOST_ON_TAB = 31
# Part of a line that words fill before they go on in the next.
_FILLED = 0.95
# What XML cannot hold, half a character included; and what a workbook reads as an escape.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_ON_TAB = re.compile(r"[\\/*?:\[\]\x00-\x1f\u2066-\u2069]")
# A mark has no glyph in any program, but isolates show as boxes in some.
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_MARKS = str.maketrans(
    {
        LEFT_TO_RIGHT: _LEFT_TO_RIGHT_MARK,
        RIGHT_TO_LEFT: _RIGHT_TO_LEFT_MARK,
        END_ISOLATE: _LEFT_TO_RIGHT_MARK,
    }
)


def cell_text(text: str) -> str:
    r"""Return a text as a cell can hold it: without impossible characters, cut where too long.

    Examples
    --------
    >>> cell_text("a\x00b"), len(cell_text("x" * 40_000)), cell_text("_x0041_")
    ('ab', 32767, '_x005F_x0041_')
    """
    clean = _clean(text)
    return clean if len(clean) <= MOST_CHARACTERS else clean[: MOST_CHARACTERS - 1] + "…"


def is_too_long(text: str) -> bool:
    """Say whether a cell cannot hold all of a text."""
    return len(_clean(text)) > MOST_CHARACTERS


def without_impossible(text: str) -> str:
    r"""Return a text without characters that XML cannot hold.

    Examples
    --------
    >>> without_impossible("a\x00b")
    'ab'
    """
    return _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _clean(text: str) -> str:
    return _ESCAPE.sub("_x005F_", without_impossible(text).translate(_MARKS))


def tab_name(name: str, *, taken: Collection[str]) -> str:
    """Return a name for a sheet that no other sheet has.

    Examples
    --------
    >>> tab_name("Kinds: a/b", taken=[]), tab_name("Areas", taken=["areas"])
    ('Kinds a b', 'Areas 2')
    >>> tab_name("Kinds of crime that the source does not count", taken=[])
    'Kinds of crime that the source'
    """
    clean = " ".join(_NOT_ON_TAB.sub(" ", _IMPOSSIBLE.sub("", name)).split()).strip("' ")
    # "History" is reserved by one program.
    clean = clean if clean and clean.casefold() != "history" else f"{clean} -".strip()
    found, number = _cut(clean, _MOST_ON_TAB), 1
    known = {one.casefold() for one in taken}
    while found.casefold() in known:
        number += 1
        found = f"{_cut(clean, _MOST_ON_TAB - len(str(number)) - 1)} {number}"
    return found


def width_of(text: str) -> int:
    r"""Return how wide the widest line of a text is, in digits; a Chinese character takes two.

    Examples
    --------
    >>> width_of("abc"), width_of("盗窃"), width_of("a\nbcd")
    (3, 4, 3)
    """
    return max((sum(_digits(sign) for sign in line) for line in text.split("\n")), default=0)


def height_of(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row of wrapped texts, in points.

    Examples
    --------
    >>> height_of(("a", "b" * 25), (10, 20))
    27.0
    """
    lines = [
        sum(math.ceil(max(width_of(line), 1) / (width * _FILLED)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return max(lines) * LINE_POINTS


def _digits(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _cut(text: str, most: int) -> str:
    """Return the words that fit; Excel counts characters outside the first plane twice."""
    while len(text.encode("utf-16-le")) > most * 2:
        shorter = text.rpartition(" ")[0]
        text = shorter if len(shorter) >= most // 2 else text[:-1].rstrip()
    return text.strip("' ")
