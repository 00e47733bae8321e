"""This file knows how the codes in a table are said in words, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.publication.evaluation_labels import (
    cell_in_words,
    is_weekday,
    weekday_in_words,
    where_in_words,
)
from forestall.publication.protected.areas import ELSEWHERE
from forestall.publication.protected.months import REST
from forestall.records.kinds import Kind
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.languages import Text

_KINDS = ("offence", "group")
_CODES: dict[tuple[str, str], Message] = {
    ("area", ELSEWHERE): message("In none of these areas, or without a place"),
    ("when", "before"): message("before"),
    ("when", "after"): message("after"),
    ("side", "before"): message("before"),
    ("side", "after"): message("after"),
    ("state", "higher"): message("higher"),
    ("state", "lower"): message("lower"),
    ("state", "similar"): message("similar"),
    ("state", "within"): message("within the limits of chance"),
    ("state", "unknown"): message("not known"),
}
_OF_EVALUATIONS: dict[str, Callable[[str], Text]] = {
    "where": where_in_words,
    "cell": cell_in_words,
    "kind": lambda value: weekday_in_words(value) if is_weekday(value) else Kind(value),
}
_CERTAINTY = ("certainty", "change_certainty")
_SURE = {certainty.value: certainty.words for certainty in Certainty}


def shown_text(column: str, value: str) -> Text:
    """Return what a code of a report's table means; a name stays as it is.

    Examples
    --------
    >>> str(shown_text("offence", "BURGLARY")), str(shown_text("state", "within"))
    ('Burglary', 'within the limits of chance')
    >>> str(shown_text("name", "Hill Town"))
    'Hill Town'
    """
    if column in _KINDS:
        return message("All other kinds") if value == REST else Kind(value)
    if column in _OF_EVALUATIONS:
        return _OF_EVALUATIONS[column](value)
    if column in _CERTAINTY and value in _SURE:
        return _SURE[value]
    return _CODES.get((column, value), value)
