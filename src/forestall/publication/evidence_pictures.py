"""This file knows the pictures of what is published elsewhere: a map of gaps, and a forest plot.

They show figures of the literature and hold no count of incidents of the city. So they carry plain
values, and need no protected table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.publication.seen_digits import shown_digits

if TYPE_CHECKING:
    from forestall.languages import Text


class Found(StrEnum):
    """What texts say of an outcome; what is worse is never mixed with what is better."""

    BETTER = "better"
    WORSE = "worse"
    NONE = "none"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """What texts say of one row and one column.

    Attributes
    ----------
    texts
        How many there are; 0 is a gap that is drawn as an empty box.
    certainty
        1 very low, 2 low, 3 moderate, 4 high; 0 where nobody judged.
    is_synthesis_gap
        Whether there are texts, but no recent review of good quality.
    told
        A line on each text, for the interactive page.
    """

    texts: int = 0
    certainty: int = 0
    found: Found = Found.UNKNOWN
    is_synthesis_gap: bool
    told: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One measure with a cell for each column.

    Attributes
    ----------
    group
        What it belongs to, such as an approach; written above the first row of each group.
    is_law_enforcement
        Whether it is shown for comparison only, in fainter type and with a mark.
    problems
        What it is meant to prevent: words to search for on the interactive page.
    """

    words: Text
    cells: tuple[GridCell, ...]
    is_law_enforcement: bool
    group: Text = ""
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GridKey:
    """What the marks of a map of gaps mean.

    Attributes
    ----------
    sizes
        For circles that are small, of middle size and large, see `SIZES`.
    certainties
        From "not judged" to "high".
    found
        For each of `Found`, in its order.
    """

    sizes: tuple[Text, ...]
    certainties: tuple[Text, ...]
    found: tuple[Text, ...]
    empty: Text
    synthesis_gap: Text
    law_enforcement: Text


SIZES = (1, 2, 5)


@dataclass(frozen=True, kw_only=True)
class GapGrid:
    """What is known of measures by outcomes, and where nobody looked: empty boxes stay visible.

    A picture holds about twenty rows, so that it stands on one page of paper: one a group. It shows
    figures of the literature, no counts of incidents of the city.

    Attributes
    ----------
    columns
        The outcomes; ten at most.
    key
        What the marks mean; None where another picture beside it says so.
    """

    columns: tuple[Text, ...]
    rows: tuple[GridRow, ...]
    key: GridKey | None = None


def grid_key() -> GridKey:
    """Return the usual words for the marks of a map of gaps.

    Examples
    --------
    >>> str(grid_key().certainties[4]), str(grid_key().sizes[1])
    ('high certainty', '2 to 4 texts')
    """
    return GridKey(
        sizes=(message("1 text"), message("2 to 4 texts"), message("5 texts or more")),
        certainties=(
            message("certainty not judged"),
            message("very low certainty"),
            message("low certainty"),
            message("moderate certainty"),
            message("high certainty"),
        ),
        found=(
            message("better with the measure"),
            message("worse with the measure"),
            message("no clear difference"),
            message("texts disagree"),
            message("direction not told"),
        ),
        empty=message("no text found"),
        synthesis_gap=message("no recent review of good quality"),
        law_enforcement=message("law enforcement, for comparison only"),
    )


class ForestAxis(StrEnum):
    """What the axis measures: ratios on a log axis around 1, or differences around 0."""

    RATIO = "ratio"
    DIFFERENCE = "difference"


class Mark(StrEnum):
    """What a row of a forest plot is."""

    STUDY = "study"
    LOCAL = "local"
    POOLED = "pooled"
    PREDICTION = "prediction"

    @property
    def words(self) -> Text:
        """Return what the mark of such rows means, for the key."""
        return {
            Mark.STUDY: message("study; the larger, the more it weighs"),
            Mark.LOCAL: message("own evaluation"),
            Mark.POOLED: message("all together, with its interval"),
            Mark.PREDICTION: message("where a new place would lie"),
        }[self]


@dataclass(frozen=True, kw_only=True)
class ForestRow:
    """One estimate with its interval.

    Attributes
    ----------
    shown
        The estimate and its interval, as they are printed.
    number
        The estimate; None for a prediction, which has an interval only.
    weight
        Its share in the whole, from 0 to 1; None where it has none.
    """

    words: Text
    shown: Text
    mark: Mark
    low: float
    high: float
    number: float | None = None
    weight: float | None = None

    def __post_init__(self) -> None:
        """Keep the digits that can be seen in the drawing."""
        for name in ("number", "low", "high", "weight"):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, shown_digits(float(given)))


@dataclass(frozen=True, kw_only=True)
class ForestRows:
    """Estimates of studies under each other on one axis, and what they give together.

    It shows figures of the literature, no counts of incidents of the city. About thirty rows stand
    on a page of paper; `forest_parts` cuts a longer one.

    Attributes
    ----------
    low_words, high_words
        What lies left and right of no difference, such as "better with the measure".
    axis_words
        What the axis measures.
    rows_head, shown_head
        What stands above the names and above the printed estimates.
    window
        The part of the axis that is drawn; None for what the rows need.
    has_key
        Whether the marks are explained below.
    """

    axis: ForestAxis
    rows: tuple[ForestRow, ...]
    low_words: Text
    high_words: Text
    axis_words: Text
    has_key: bool
    rows_head: Text = ""
    shown_head: Text = ""
    window: tuple[float, ...] | None = field(default=None)


# More than sixteenfold is drawn as an arrow: on such an axis all else would be a dot.
_FARTHEST = {ForestAxis.RATIO: (1 / 16, 16.0), ForestAxis.DIFFERENCE: (-4.0, 4.0)}


def forest_window(picture: ForestRows) -> tuple[float, float]:
    """Return the part of the axis that the rows need, with no difference inside.

    Examples
    --------
    >>> row = ForestRow(words="a", shown="", mark=Mark.STUDY, low=0.4, high=90, number=0.8)
    >>> forest_window(ForestRows(axis=ForestAxis.RATIO, rows=(row,), low_words="better",
    ...     high_words="worse", axis_words="odds ratio", has_key=False))
    (0.4, 16.0)
    """
    least, most = _FARTHEST[picture.axis]
    if picture.window:
        return picture.window[0], picture.window[-1]
    none = 1.0 if picture.axis is ForestAxis.RATIO else 0.0
    ends = [end for row in picture.rows for end in (row.low, row.high, row.number)]
    known = [none, *(end for end in ends if end is not None)]
    return max(min(known), least), min(max(known), most)


def forest_parts(picture: ForestRows, *, rows: int) -> tuple[ForestRows, ...]:
    """Cut a forest plot into parts for pages of paper, all on the same axis.

    Only the last has the key.

    Parameters
    ----------
    rows
        The most that a part holds.

    Raises
    ------
    ValueError
        If a part is to hold no row.

    Examples
    --------
    >>> row = ForestRow(words="a", shown="", mark=Mark.STUDY, low=0.5, high=1.0, number=0.8)
    >>> whole = ForestRows(axis=ForestAxis.RATIO, rows=(row,) * 5, low_words="better",
    ...     high_words="worse", axis_words="odds ratio", has_key=True)
    >>> [(len(part.rows), part.has_key) for part in forest_parts(whole, rows=3)]
    [(3, False), (2, True)]
    """
    if rows < 1:
        raise ValueError(f"A part holds one row at least, not {rows}.")
    window = forest_window(picture)
    starts = range(0, max(len(picture.rows), 1), rows)
    return tuple(
        replace(
            picture,
            rows=picture.rows[at : at + rows],
            window=window,
            has_key=picture.has_key and at == starts[-1],
        )
        for at in starts
    )
