"""This file knows which pictures of a document can have an interactive page, and its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forestall.publication.blocks import Chart, Details, Map, Multiples
from forestall.publication.evidence_pictures import GapGrid
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
    from collections.abc import Iterable, Iterator, Sequence

    from forestall.publication.blocks import Block, Document, Section

_NAMES = {
    MonthLine: "months",
    MonthColumns: "kinds",
    SmallLine: "kinds",
    SeasonColumns: "season",
    ConcentrationCurves: "concentration",
    Funnel: "rates",
    MapPicture: "map",
    GapGrid: "gaps",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class InteractivePicture:
    """A picture that can be opened on a page of its own, and where in the document it stands.

    ``parts`` are further pictures on the same page: a map of gaps has one a group.
    """

    file: str
    section: Section
    block: Chart | Multiples | Map
    parts: tuple[Chart, ...] = ()


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
            at = _map_before(block, found)
            if at is not None and isinstance(block, Chart):
                found[at] = replace(found[at], parts=(*found[at].parts, block))
                continue
            used[name] = used.get(name, 0) + 1
            again = f"-{used[name]}" if used[name] > 1 else ""
            found.append(
                InteractivePicture(file=f"{name}{again}.html", section=section, block=block)
            )
    return tuple(found)


def _map_before(block: Chart | Multiples | Map, found: Sequence[InteractivePicture]) -> int | None:
    """Return which page shows the map of gaps that a picture is one more group of."""
    pages = (at for at, one in enumerate(found) if is_gap_map(block, one.block))
    return next(pages, None)


def is_gap_map(*blocks: Chart | Multiples | Map) -> bool:
    """Return whether all of some pictures are maps of gaps."""
    return all(isinstance(one, Chart) and isinstance(one.picture, GapGrid) for one in blocks)


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
