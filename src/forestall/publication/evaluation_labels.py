"""This file knows the labels of the tables of an evaluation, and how each is said in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.languages import Number, Weekday, message

if TYPE_CHECKING:
    from forestall.languages import Text

TREATED, COMPARISON = "treated", "comparison"
AROUND, AROUND_COMPARISON = "around", "comparison around"
WHEN = ("before", "after")
_RING = re.compile(r"(comparison )?ring ([0-9]+)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ring_label(ring: int, *, group: str = TREATED) -> str:
    """Return the label of a ring around the treated or the comparison places.

    Examples
    --------
    >>> ring_label(2), ring_label(1, group="comparison")
    ('ring 2', 'comparison ring 1')
    """
    return f"ring {ring}" if group == TREATED else f"{group} ring {ring}"


def where_in_words(label: str, span: tuple[float, float] | None = None) -> Text:
    """Return the name of places or of a ring.

    Parameters
    ----------
    span
        The nearest and the farthest distance of a ring, in metres.

    Examples
    --------
    >>> str(where_in_words("treated")), str(where_in_words("ring 1", (0.0, 100.0)))
    ('Treated places', '0 to 100 m away')
    >>> str(where_in_words("comparison ring 2"))
    'Ring 2 of the comparison'
    """
    found = _RING.fullmatch(label)
    if found is None:
        return _WHERE.get(label, label)
    text = _RINGS[bool(found[1]), span is not None]
    if span is None:
        return message(text, number=int(found[2]))
    inner, outer = (Number(round(end)) for end in span)
    return message(text, inner=inner, outer=outer)


def cell_in_words(cell: str) -> Text:
    """Return where and when of a column of counts.

    Examples
    --------
    >>> str(cell_in_words("comparison around after"))
    'Around the comparison, after'
    """
    return _CELLS.get(cell, cell)


def is_weekday(label: str) -> bool:
    """Say whether a label is a day of the week.

    Examples
    --------
    >>> is_weekday("Monday"), is_weekday("Theft")
    (True, False)
    """
    return label in _DAYS


def weekday_in_words(day: str) -> Text:
    """Return a weekday; what is none stays as it is.

    Examples
    --------
    >>> str(weekday_in_words("Monday")), str(weekday_in_words("00:00–05:59"))
    ('Mon', '00:00–05:59')
    """
    if day in _DAYS:
        return Weekday(_DAYS.index(day))
    return message("not known") if day == "not known" else day


_WHERE: dict[str, Text] = {
    TREATED: message("Treated places"),
    COMPARISON: message("Comparison places"),
}
_RINGS = {
    (False, False): "Ring {number}",
    (True, False): "Ring {number} of the comparison",
    (False, True): "{inner} to {outer} m away",
    (True, True): "Comparison, {inner} to {outer} m away",
}
_CELLS: dict[str, Text] = {
    "treated before": message("Treated, before"),
    "treated after": message("Treated, after"),
    "comparison before": message("Comparison, before"),
    "comparison after": message("Comparison, after"),
    "around before": message("Around, before"),
    "around after": message("Around, after"),
    "comparison around before": message("Around the comparison, before"),
    "comparison around after": message("Around the comparison, after"),
}
