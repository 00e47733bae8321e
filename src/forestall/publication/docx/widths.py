"""This file knows how wide the columns of a table must be, so that it fits the page.

Nobody measures letters here: the reader's fonts are not known. Widths are those of Arial with some
room, which holds for the fonts that stand in for it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NARROW = frozenset(" \u00a0\u202f.,:;!'|ijlftrI()[]-")
_WIDE = frozenset("mwMWШЩЖЮшщжюЫыФф%@—+−=<>")
_EM = {"narrow": 0.33, "usual": 0.58, "joined": 0.63, "wide": 0.88, "whole": 1.0}
_BOLD = 1.1
# Marks on letters, and marks of direction.
_WITHOUT_WIDTH = frozenset({"Mn", "Cf"})
# Cells are padded on both sides.
_PADDING = 190
_TWIPS_PER_POINT = 20
# No column makes others unreadable for the sake of one long word.
_LONGEST_WORD = 0.4
# Nor are words broken after each while there is room.
_ROOM_FOR_WORDS = 0.18
_LARGEST_GROWTH = 1.5


@dataclass(frozen=True)
class ColumnTexts:
    """What stands in a column: its head may be broken at spaces, its numbers may not."""

    head: str
    cells: tuple[str, ...]
    number: bool = False


def text_points(text: str, size: float) -> float:
    """Return about how wide a text of a size in points is, in points.

    Examples
    --------
    >>> text_points("1,234", 9) < text_points("12,345", 9) < text_points("警察警察", 9)
    True
    """
    return sum(map(_em, text)) * size


def column_widths(columns: Sequence[ColumnTexts], *, size: float, total: int) -> list[int] | None:
    """Return widths in twips that fit into ``total``, or None where not even words fit.

    In a language from right to left they fill it: programs differ on where a narrow table stands.

    Examples
    --------
    >>> words, number = ColumnTexts("Kind", ("Theft",)), ColumnTexts("Crimes", ("40",), number=True)
    >>> sum(column_widths([words, number], size=9, total=9866)) <= 9866
    True
    """
    least = [_least(column, size, total) for column in columns]
    whole = [_whole(column, size) for column in columns]
    if sum(least) > total:
        return None
    if sum(whole) <= total:
        filled = total / sum(whole)
        growth = filled if direction() == "rtl" else min(_LARGEST_GROWTH, filled)
        return [int(width * growth) for width in whole]
    two_lined = [_whole(column, size, head_lines=2) for column in columns]
    wanted = [max(w - m, 0) for w, m in zip(two_lined, least, strict=True)]
    room = (total - sum(least)) / (sum(wanted) or 1)
    return [int(m + more * room) for m, more in zip(least, wanted, strict=True)]


def whole_width(columns: Sequence[ColumnTexts], *, size: float) -> int:
    """Return the width in twips of columns in which no line is broken."""
    return sum(_whole(column, size) for column in columns)


def fitting_groups(columns: Sequence[ColumnTexts], *, size: float, total: int) -> list[list[int]]:
    """Return groups of columns that fit beside the first, which every group repeats.

    Examples
    --------
    >>> wide = [ColumnTexts("x", ("1" * 40,), number=True)] * 4
    >>> fitting_groups(wide, size=9, total=9866)
    [[0, 1], [0, 2], [0, 3]]
    """
    least = [_least(column, size, total) for column in columns]
    groups: list[list[int]] = []
    width = total + 1
    for at in range(1, len(columns)):
        if width + least[at] > total and (not groups or len(groups[-1]) > 1):
            groups.append([0])
            width = least[0]
        groups[-1].append(at)
        width += least[at]
    return groups or [[0]]


def _least(column: ColumnTexts, size: float, total: int) -> int:
    heads = [text_points(word, size) * _BOLD for word in _words(column.head)]
    cells = column.cells if column.number else [w for text in column.cells for w in _words(text)]
    widest = max([*heads, *(text_points(text, size) for text in cells)], default=0.0)
    least = min(_twips(widest), int(total * _LONGEST_WORD))
    if column.number:
        return least
    return max(least, min(_whole(column, size), int(total * _ROOM_FOR_WORDS)))


def _whole(column: ColumnTexts, size: float, *, head_lines: int = 1) -> int:
    head = text_points(column.head, size) * _BOLD / head_lines
    return _twips(max(head, *(text_points(text, size) for text in column.cells), 0.0))


def _words(text: str) -> Iterable[str]:
    """Cut where Word breaks lines: at spaces, after hyphens, between Chinese characters."""
    spaced = "".join(
        f"{letter} " if letter in "-/" or _is_whole(letter) else letter for letter in text
    )
    return spaced.split(" ")


def _twips(points: float) -> int:
    return int(points * _TWIPS_PER_POINT) + _PADDING


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _EM["narrow"]
    if letter in _WIDE:
        return _EM["wide"]
    if _is_whole(letter):
        return _EM["whole"]
    if unicodedata.category(letter) in _WITHOUT_WIDTH:
        return 0.0
    if "\u0590" <= letter <= "\u08ff":
        return _EM["joined"]
    return _EM["wide"] if letter.isupper() else _EM["usual"]


def _is_whole(letter: str) -> bool:
    return ord(letter) > 0x2E7F
