"""This file knows how wide the columns of a table of words are, so that no word leaves its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.drawing.svg import text_width
from forestall.publication.pdf.fit import PAGE_PT

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIZES = (9.0, 8.0, 7.0)
_GAP_PT = 10.0
# Widths are known for the widest font of a page; that of the PDF is narrower.
_NARROWER = 0.88
# A line may end at a space, after a hyphen or a stroke before a letter, and beside a sign of
# scripts that leave no spaces between words.
_SIGNS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_BREAKS = re.compile(rf"[ \n]+|(?<=[-–/_])(?=[^\W\d])|(?<=[{_SIGNS}])|(?=[{_SIGNS}])")


@dataclass(frozen=True, kw_only=True)
class WordFit:
    """How a table of words is set.

    Attributes
    ----------
    size_pt
        Size of its type.
    widths_pt
        Width of each column; together they fill the page.
    breaks_words
        Whether words have to be broken, because even the smallest type is too large for them.
    """

    size_pt: float
    widths_pt: tuple[float, ...]
    breaks_words: bool


def fit_words(rows: Sequence[Sequence[str]], *, whole: Sequence[int] = ()) -> WordFit:
    """Choose the largest type in which each column holds its longest word.

    Short texts stay on one line where they can; what is left over goes to longer ones.

    Parameters
    ----------
    rows
        The heads and all rows.
    whole
        Columns whose cells are never broken, such as those of numbers.

    Examples
    --------
    >>> fit = fit_words([["Gap", "Neighbourhood-watch"], ["none", "it was studied " * 20]])
    >>> fit.size_pt, fit.widths_pt[0] < fit.widths_pt[1]
    (9.0, True)
    """
    columns = [list(cells) for cells in zip(*rows, strict=True)]
    least = [
        text_width(cells if at in whole else _pieces(cells)) for at, cells in enumerate(columns)
    ]
    most = [text_width(cells) for cells in columns]
    for size in _SIZES:
        needed = [_points(width, size) for width in least]
        if sum(needed) <= PAGE_PT:
            wanted = [_points(width, size) for width in most]
            return _fit(size, _shared(needed, wanted), breaks_words=False)
    shrunk = [width * PAGE_PT / sum(needed) for width in needed]
    return _fit(_SIZES[-1], shrunk, breaks_words=True)


def _fit(size: float, widths: Sequence[float], *, breaks_words: bool) -> WordFit:
    return WordFit(
        size_pt=size,
        widths_pt=tuple(round(width, 1) for width in widths),
        breaks_words=breaks_words,
    )


def _shared(needed: list[float], wanted: list[float]) -> list[float]:
    """Give each column what it wants while that is no more than its share of what is left."""
    widths, left = list(needed), PAGE_PT - sum(needed)
    by_wish = sorted(range(len(needed)), key=lambda at: wanted[at] - needed[at])
    for done, at in enumerate(by_wish):
        more = min(wanted[at] - needed[at], left / (len(needed) - done))
        widths[at] += more
        left -= more
    return [width + left / len(needed) for width in widths]


def _points(width: float, size: float) -> float:
    return width * _NARROWER / 13 * size + _GAP_PT


def _pieces(cells: list[str]) -> list[str]:
    return [piece for cell in cells for piece in _BREAKS.split(cell) if piece]
