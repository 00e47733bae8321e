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
_STEP_PT = 4.0
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

    Short texts stay on one line where they can; what is left over goes where it lowers most rows.

    Parameters
    ----------
    rows
        The heads first, then all rows.
    whole
        Columns whose cells are never broken, such as those of numbers; their heads may be.

    Examples
    --------
    >>> fit = fit_words([["Gap", "Neighbourhood-watch"], ["none", "it was studied " * 20]])
    >>> fit.size_pt, fit.widths_pt[0] < fit.widths_pt[1]
    (9.0, True)
    """
    columns = [list(cells) for cells in zip(*rows, strict=True)]
    least = [
        max(text_width(_pieces(cells)), text_width(cells[1:]) if at in whole else 0)
        for at, cells in enumerate(columns)
    ]
    told = [[text_width([cell]) for cell in row] for row in rows]
    for size in _SIZES:
        needed = [_points(width, size) for width in least]
        if sum(needed) <= PAGE_PT:
            wanted = [[_points(width, size) for width in row] for row in told]
            return _fit(size, _shared(needed, wanted), breaks_words=False)
    shrunk = [width * PAGE_PT / sum(needed) for width in needed]
    return _fit(_SIZES[-1], shrunk, breaks_words=True)


def _fit(size: float, widths: Sequence[float], *, breaks_words: bool) -> WordFit:
    return WordFit(
        size_pt=size,
        widths_pt=tuple(round(width, 1) for width in widths),
        breaks_words=breaks_words,
    )


def _shared(needed: list[float], wanted: list[list[float]]) -> list[float]:
    """Give columns of short texts what keeps them on one line, then those that lower most rows."""
    widths = _with_short_on_one_line(needed, wanted)
    left = PAGE_PT - sum(widths)
    while left > _STEP_PT and (wins := _wins(widths, wanted)):
        at = max(wins, key=wins.__getitem__)
        widths[at] += _STEP_PT
        left -= _STEP_PT
    return [width + left / len(needed) for width in widths]


def _with_short_on_one_line(needed: list[float], wanted: list[list[float]]) -> list[float]:
    """Return widths in which a column has what its rows want, if that is no more than its share."""
    widths, left = list(needed), PAGE_PT - sum(needed)
    wishes = [
        max(0.0, *(row[at] - least for row in wanted[1:] or wanted))
        for at, least in enumerate(needed)
    ]
    for done, at in enumerate(sorted(range(len(needed)), key=wishes.__getitem__)):
        if wishes[at] > left / (len(needed) - done):
            break
        widths[at] += wishes[at]
        left -= wishes[at]
    return widths


def _wins(widths: list[float], wanted: list[list[float]]) -> dict[int, float]:
    """Return how many lines one more step saves, by the column that gets it.

    A row is as high as its cell that needs most lines; only that cell makes it lower.
    """
    wins: dict[int, float] = {}
    for row in wanted:
        lines = [_lines(want, width) for want, width in zip(row, widths, strict=True)]
        at = lines.index(max(lines))
        if lines[at] > 1:
            wins[at] = wins.get(at, 0) + lines[at] - _lines(row[at], widths[at] + _STEP_PT)
    return wins


def _lines(want: float, width: float) -> float:
    """Return how many lines a text takes, in parts of lines, so that each step counts.

    A column without any text is as wide as its gap, and takes none.
    """
    if want <= _GAP_PT:
        return 0.0
    return (want - _GAP_PT) / max(width - _GAP_PT, _STEP_PT)


def _points(width: float, size: float) -> float:
    return width * _NARROWER / 13 * size + _GAP_PT


def _pieces(cells: list[str]) -> list[str]:
    return [piece for cell in cells for piece in _BREAKS.split(cell) if piece]
