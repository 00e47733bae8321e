"""This file knows what of a form to fill in by hand reaches the template of the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.publication.blanks import (
    Asked,
    Blank,
    EmptyTable,
    ShortFields,
    TickBoxes,
    WritingRoom,
)
from forestall.publication.pdf.texts import clean

if TYPE_CHECKING:
    from forestall.languages import Text

Data = dict[str, Any]


def blank_data(part: object) -> Data:
    """Return a block of a form.

    Raises
    ------
    TypeError
        If it is none.

    Examples
    --------
    >>> blank_data(TickBoxes(("yes", "no")))
    {'kind': 'boxes', 'boxes': ['yes', 'no']}
    """
    match part:
        case Asked():
            return {
                "kind": "asked",
                "number": clean(part.number),
                "text": clean(part.text) or "–",
                "when": clean(part.when),
                "soft": clean(part.soft),
                "level": 3 if part.inside else 2,
            }
        case TickBoxes():
            return {"kind": "boxes", "boxes": [clean(one) for one in part.boxes]}
        case WritingRoom():
            return {"kind": "room", "lead": clean(part.lead), "lines": part.lines}
        case ShortFields():
            return {
                "kind": "fields",
                "lead": clean(part.lead),
                "names": [clean(one) for one in part.names],
                "narrow": part.narrow,
            }
        case EmptyTable():
            return _table(part)
        case _:
            raise TypeError(f"The PDF has no form for {type(part).__name__}.")


def _table(table: EmptyTable) -> Data:
    return {
        "kind": "blanks",
        "title": clean(table.title),
        "heads": [
            {"text": clean(head), "box": any(row[at] is Blank.BOX for row in table.rows)}
            for at, head in enumerate(table.heads)
        ],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Text | Blank) -> Data:
    if isinstance(cell, Blank):
        return {"blank": cell.value}
    return {"blank": "", "text": clean(cell)}
