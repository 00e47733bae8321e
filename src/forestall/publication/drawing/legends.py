"""This file knows the patches of legends, and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.publication.pictures import MapPicture
    from forestall.publication.smooth import SmoothMap

_HATCH = "M1 9l8-8M1 15l14-14M7 15l14-14M13 15l10-10M19 15l4-4"
_GROUND = '<rect class="ground key-box" width="24" height="16"/>'
_HIDDEN = f'{_GROUND}<path class="hatch" d="{_HATCH}"/>'


@dataclass(frozen=True)
class LegendEntry:
    """What is drawn in a patch of 24 by 16 pixels, and what it means."""

    shapes: str
    words: str

    @property
    def svg(self) -> str:
        """The patch as a drawing of its own; the words beside it say what it is."""
        return f'<svg viewBox="0 0 24 16" aria-hidden="true">{self.shapes}</svg>'


def map_entries(picture: MapPicture | SmoothMap) -> tuple[LegendEntry, ...]:
    """Return the legend of a map: ground, hatch, classes, outline, lines."""
    words = picture.words
    entries = [LegendEntry(_GROUND, str(words.empty))]
    if words.hidden:
        entries.append(LegendEntry(_HIDDEN, str(words.hidden)))
    entries += [LegendEntry(_class(k), str(name)) for k, name in enumerate(words.classes, start=1)]
    if words.stands_out:
        outline = '<rect class="hot" x="2" y="2" width="20" height="12"/>'
        entries.append(LegendEntry(outline, str(words.stands_out)))
    if words.border:
        entries.append(LegendEntry('<path class="border" d="M0 8H24"/>', str(words.border)))
    for name, lines in (("boundary", picture.boundaries), ("street", picture.streets)):
        if lines is not None:
            path = f'<path class="{name}" d="M0 8H24"/>'
            entries.append(LegendEntry(path, str(lines.words)))
    return tuple(entries)


def heat_entries(classes: Sequence[str], *, hidden: str) -> tuple[LegendEntry, ...]:
    """Return the legend of the hours of the week; ``hidden`` is empty when no number is."""
    entries = [LegendEntry(_class(k), name) for k, name in enumerate(classes, start=1)]
    return (*entries, *([LegendEntry(_HIDDEN, hidden)] if hidden else []))


def _class(number: int) -> str:
    return f'<rect class="m{number} key-box" width="24" height="16"/>'
