"""This file knows which pictures of a document can have an interactive page, and its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.blocks import Chart, Details, Map, Multiples
from forestall.publication.pictures import (
    ConcentrationCurves,
    Funnel,
    MapPicture,
    MonthColumns,
    MonthLine,
    SeasonColumns,
    SmallLine,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forestall.publication.blocks import Block, Document, Section

_NAMES = {
    MonthLine: "months",
    MonthColumns: "kinds",
    SmallLine: "kinds",
    SeasonColumns: "season",
    ConcentrationCurves: "concentration",
    Funnel: "rates",
    MapPicture: "map",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class InteractivePicture:
    """A picture that can be opened on a page of its own, and where in the document it stands."""

    file: str
    section: Section
    block: Chart | Multiples | Map


def interactive_pictures(document: Document) -> tuple[InteractivePicture, ...]:
    """Return the pictures of a document in their order; each has a file name of its own.

    A smooth surface has none: it is made of the same numbers as the map of places.

    Examples
    --------
    >>> from forestall.publication.example import example_report
    >>> [picture.file for picture in interactive_pictures(example_report())]
    ['kinds.html', 'map.html', 'concentration.html']
    """
    found: list[InteractivePicture] = []
    used: dict[str, int] = {}
    for section in document.sections:
        for block in _pictures(section.blocks):
            name = _name(block)
            if not name:
                continue
            used[name] = used.get(name, 0) + 1
            again = f"-{used[name]}" if used[name] > 1 else ""
            found.append(
                InteractivePicture(file=f"{name}{again}.html", section=section, block=block)
            )
    return tuple(found)


def _pictures(blocks: Iterable[Block]) -> Iterator[Chart | Multiples | Map]:
    for block in blocks:
        if isinstance(block, Details):
            yield from _pictures(block.blocks)
        elif isinstance(block, Chart | Multiples | Map):
            yield block


def _name(block: Chart | Multiples | Map) -> str:
    if isinstance(block, Multiples):
        return _NAMES.get(type(block.charts[0].picture), "") if block.charts else ""
    return _NAMES.get(type(block.picture), "")
