"""This file knows the smooth map of section 3, which is drawn when the reader asks."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.languages import Quantity, Span, message, plural_message
from forestall.publication.blocks import Details, Map
from forestall.publication.pictures import MapWords
from forestall.publication.smooth import SmoothMap
from forestall.records import SquareGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.drawing.map_shapes import Window
    from forestall.publication.report.setting import Setting
    from forestall.records import Places

_MOST_PARTS = 200_000
_LEAST_SQUARES = 30


def surface_blocks(
    setting: Setting,
    squares: SafeTable,
    *,
    breaks: Callable[[int, int], tuple[int, ...]],
    method: Callable[[tuple[int, ...]], tuple[Text, ...]],
    window: Window | None,
    borders: Places | None,
) -> list[Block]:
    """Draw what was recorded as a smooth surface; nothing where there are few or no squares."""
    places = setting.drawn_places
    if not isinstance(places, SquareGrid) or places.size < _LEAST_SQUARES:
        return []
    if places.columns * places.rows > _MOST_PARTS:
        return []
    plain = SmoothMap(
        safe=squares,
        places=places,
        hidden_as=_hidden_as(squares, setting.safe.rule.threshold),
        words=MapWords(classes=(), empty="", hidden=""),
        borders=borders,
        window=window,
        boundaries=setting.base.boundaries,
        streets=setting.base.streets,
    )
    highest = int(plain.density.max())
    if highest <= setting.safe.rule.threshold:
        return []
    limits = breaks(highest, setting.safe.rule.threshold)
    picture = replace(plain, breaks=limits, words=_words(limits, borders=borders))
    picture = replace(picture, drawn=tuple(picture.classes.tolist()))
    title = message("The same as a smooth surface")
    source = (setting.source, *method(limits), *_source(picture, squares), *setting.base.source)
    return [Details(title, (_block(setting, picture, title, source, highest=highest),))]


def _block(
    setting: Setting, picture: SmoothMap, title: Text, source: tuple[Text, ...], *, highest: int
) -> Map:
    return Map(
        title=title,
        subtitle=message("Recorded per square kilometre, {period}", period=setting.period),
        alt=message(
            "Map of how densely it was recorded, smoothed. At most about {highest} per square "
            "kilometre. The numbers are those of the squares above.",
            highest=_rounded(highest),
        ),
        picture=picture,
        source=source,
    )


def _hidden_as(squares: SafeTable, threshold: int) -> int:
    """Return one number for all hidden ones: their published mean, or the middle of what is small.

    Either is known to every reader, so that the surface tells nothing of a single square.
    """
    record = squares.record
    if record.hidden and record.hidden_sum:
        return max(1, round(record.hidden_sum / record.hidden))
    return max(1, threshold // 2)


def _words(limits: tuple[int, ...], *, borders: Places | None) -> MapWords:
    classes: list[Text] = [Span(low, high - 1) for low, high in itertools.pairwise(limits)]
    classes.append(message("{number} or more", number=limits[-1]))
    return MapWords(
        classes=tuple(classes),
        empty=message("fewer than {number}", number=limits[0]),
        hidden="",
        border=message("border of an area") if borders is not None else "",
        north=message("North ↑"),
    )


def _source(picture: SmoothMap, squares: SafeTable) -> tuple[Text, ...]:
    lines: list[Text] = [
        message(
            "Made of the numbers of the squares: each is spread by a Gaussian kernel with a "
            "standard deviation of {bandwidth}. Nothing is added at the edges for what lies "
            "beyond.",
            bandwidth=Quantity(round(picture.bandwidth_m), "m"),
        ),
        message("Where few records lie, the surface is made by single squares."),
    ]
    if squares.record.hidden:
        lines.append(
            plural_message(
                "The hidden number counts as {as_number}.",
                "Each of the {count} hidden numbers counts as {as_number}.",
                squares.record.hidden,
                as_number=picture.hidden_as,
            )
        )
    return tuple(lines)


def _rounded(number: int) -> int:
    return round(number, 2 - len(str(number)))
