"""This file knows how the codes in a table are said in words, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.publication.protected.areas import ELSEWHERE
from forestall.publication.protected.months import REST
from forestall.records.kinds import Kind
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.languages import Text

_KINDS = ("offence", "group")
_CODES: dict[tuple[str, str], Message] = {
    ("area", ELSEWHERE): message("In none of these areas, or without a place"),
    ("when", "before"): message("before"),
    ("when", "after"): message("after"),
    ("where", "treated"): message("Treated places"),
    ("where", "comparison"): message("Comparison places"),
    ("side", "before"): message("before"),
    ("side", "after"): message("after"),
    ("state", "higher"): message("higher"),
    ("state", "lower"): message("lower"),
    ("state", "similar"): message("similar"),
    ("state", "within"): message("within the limits of chance"),
    ("state", "unknown"): message("not known"),
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
    if column in _CERTAINTY and value in _SURE:
        return _SURE[value]
    return _CODES.get((column, value), value)
