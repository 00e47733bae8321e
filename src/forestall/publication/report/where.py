"""This file knows section 3: the map, the areas that stand out, and what misleads about places."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Hotspots
from forestall.languages import LineStart, Listing, Sentences, Share, Span, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Map,
    Paragraph,
    Section,
)
from forestall.publication.pictures import MapPicture, MapWords
from forestall.publication.protected.places import NO_AREA
from forestall.publication.report.areas import areas_blocks
from forestall.publication.report.misleading import misleading_blocks
from forestall.publication.report.near_repeats import near_blocks
from forestall.publication.report.same_places import same_places_blocks
from forestall.publication.report.standing_out import standing_out_blocks
from forestall.publication.report.surface import surface_blocks
from forestall.records import Areas

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.drawing.map_shapes import Window
    from forestall.publication.report.setting import Setting
    from forestall.records import Places

_STEPS = (5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
_MOST_CLASSES = 6
_TAIL = 0.001
_WORTH_CUTTING = 0.6


def where_section(setting: Setting) -> Section:
    """Build the section on places."""
    if setting.drawn_places is None or setting.safe.squares is None:
        blocks: tuple[Block, ...] = (_no_places(setting), *areas_blocks(setting))
    else:
        blocks = (
            *_precision(setting),
            _map(setting, setting.drawn_places, setting.safe.squares),
            *_surface(setting, setting.drawn_places, setting.safe.squares),
            *standing_out_blocks(setting),
            *misleading_blocks(setting),
            *near_blocks(setting),
            *same_places_blocks(setting),
            *areas_blocks(setting),
        )
    return Section(
        id="where",
        number="3",
        heading=message("Where"),
        question=message("In which places was crime recorded?"),
        blocks=blocks,
    )


def map_breaks(largest: int, threshold: int) -> tuple[int, ...]:
    """Return class limits in fixed steps that about double, at most six classes.

    The steps start at the smallest number that may be shown, so that no class tells a hidden one.

    Examples
    --------
    >>> map_breaks(480, 5)
    (5, 10, 25, 50, 100, 200)
    >>> map_breaks(31, 10)
    (10, 25)
    """
    steps = [step for step in _STEPS if step > threshold and step <= max(largest, threshold)]
    breaks = [threshold, *steps]
    while len(breaks) > _MOST_CLASSES:
        if largest >= 2 * breaks[_MOST_CLASSES]:
            breaks = [breaks[0], *breaks[2:]]
        else:
            breaks = breaks[:_MOST_CLASSES]
    return tuple(breaks)


def _no_places(setting: Setting) -> Box:
    reason = getattr(setting.diagnosis.hotspots, "reason", "")
    return Box(
        kind=BoxKind.EMPTY,
        title=message("No map can be drawn"),
        sentences=(reason or message("No record in the file has a place."),),
    )


def _precision(setting: Setting) -> list[Block]:
    if not setting.snapped:
        return []
    return [
        Paragraph(
            (
                message(
                    "The publisher moves each record to the middle of a nearby street or to a "
                    "nearby landmark. The map uses {places} and is not exact inside them.",
                    places=setting.places_words,
                ),
            )
        )
    ]


def _map(setting: Setting, places: Places, squares: SafeTable) -> Map:
    threshold = setting.safe.rule.threshold
    shown = pd.to_numeric(squares.frame["incidents"], errors="coerce").dropna()
    breaks = map_breaks(int(shown.max()) if len(shown) else threshold, threshold)
    areas = area_members(setting)
    hidden = squares.record.hidden
    window = map_window(places, squares)
    borders = setting.drawn_borders
    picture = MapPicture(
        safe=squares,
        places=places,
        breaks=breaks,
        words=_map_words(setting, breaks, hidden, stands_out=bool(areas), borders=borders),
        areas=areas,
        borders=borders,
        window=window,
        boundaries=setting.base.boundaries,
        streets=setting.base.streets,
    )
    return Map(
        title=_map_title(setting, squares, areas),
        subtitle=message(
            "Recorded incidents in {places}, {period}",
            places=setting.places_words,
            period=setting.period,
        )
        if setting.only_kind
        else message(
            "Recorded crimes in {places}, {period}",
            places=setting.places_words,
            period=setting.period,
        ),
        alt=_map_alt(setting, areas, hidden),
        picture=picture,
        source=(
            *_map_source(setting, places, squares, areas=bool(areas), breaks=breaks),
            *_far_away(setting, places, squares, window),
            *setting.base.source,
        ),
    )


def _surface(setting: Setting, places: Places, squares: SafeTable) -> list[Block]:
    return surface_blocks(
        setting,
        squares,
        breaks=map_breaks,
        method=classes_source,
        window=map_window(places, squares),
        borders=setting.drawn_borders,
    )


def map_window(places: Places, squares: SafeTable) -> Window | None:
    """Return the part of the map to draw where a few far places would make the rest too small.

    The window holds nearly all that was recorded, with a margin; None when all fits well.
    """
    frame = squares.frame
    at = places.positions(frame["place"].to_numpy())
    points = places.centres[at]
    weight = pd.to_numeric(frame["incidents"], errors="coerce").fillna(1).to_numpy(float)
    low, high = (_weighted(points, weight, share) for share in (_TAIL, 1 - _TAIL))
    margin = (high - low).max() * 0.08
    low, high = low - margin, high + margin
    span = places.centres.max(axis=0) - places.centres.min(axis=0)
    if ((high - low) >= span * _WORTH_CUTTING).all():
        return None
    west, south, east, north = np.round([*low, *high], 1).tolist()
    return west, south, east, north


def _weighted(
    points: NDArray[np.float64], weight: NDArray[np.float64], share: float
) -> NDArray[np.float64]:
    found = []
    for axis in (0, 1):
        order = np.argsort(points[:, axis], kind="stable")
        reached = np.cumsum(weight[order]) >= share * weight.sum()
        found.append(points[order[int(np.argmax(reached))], axis])
    return np.array(found)


def _far_away(
    setting: Setting, places: Places, squares: SafeTable, window: Window | None
) -> tuple[Text, ...]:
    if window is None:
        return ()
    frame = squares.frame
    x, y = places.centres[places.positions(frame["place"].to_numpy())].T
    outside = (x < window[0]) | (y < window[1]) | (x > window[2]) | (y > window[3])
    return (
        plural_message(
            "{count} of the {squares} lies far from the others and is not drawn; it is in "
            "map.geojson.",
            "{count} of the {squares} lie far from the others and are not drawn; they are in "
            "map.geojson.",
            int(outside.sum()),
            squares=setting.squares_words,
        ),
    )


def area_members(setting: Setting) -> dict[str, tuple[object, ...]]:
    """Return the places of each area that stands out, by letter."""
    hotspots = setting.diagnosis.hotspots
    if not isinstance(hotspots, Hotspots):
        return {}
    members = hotspots.table[hotspots.table["area"] != NO_AREA]
    return {
        str(letter): tuple(rows["place"]) for letter, rows in members.groupby("area", sort=True)
    }


def _map_words(
    setting: Setting,
    breaks: tuple[int, ...],
    hidden: int,
    *,
    stands_out: bool,
    borders: Places | None,
) -> MapWords:
    classes: list[Text] = [Span(low, high - 1) for low, high in itertools.pairwise(breaks)]
    classes.append(message("{number} or more", number=breaks[-1]))
    return MapWords(
        classes=tuple(classes),
        empty=message("none recorded, studied"),
        hidden=_hidden_words(setting) if hidden else "",
        stands_out=message("stands out beyond chance") if stands_out else "",
        border=message("border of an area") if borders is not None else "",
        north=message("North ↑"),
    )


def _hidden_words(setting: Setting) -> Text:
    squares = setting.safe.squares
    assert squares is not None
    if squares.record.secondary:
        return message("number not shown")
    return message("1 to {most} (number not shown)", most=setting.safe.rule.threshold - 1)


def _map_title(setting: Setting, squares: SafeTable, areas: dict[str, tuple[object, ...]]) -> Text:
    # An area can stand out without a square of its own that holds records.
    known = {str(letter): letter for letter in squares.column_labels}
    held = [
        squares.margin_column(known[letter]).number if letter in known else None for letter in areas
    ]
    total = squares.total
    if areas and total and all(number is not None for number in held):
        return plural_message(
            "{count} area stands out; it holds {share} of what was recorded",
            "{count} areas stand out; together they hold {share} of what was recorded",
            len(areas),
            share=Share(sum(n for n in held if n is not None) / total),
        )
    if areas:
        return plural_message("{count} area stands out", "{count} areas stand out", len(areas))
    return message("Where it was recorded; no area stands out beyond chance")


def _map_alt(setting: Setting, areas: dict[str, tuple[object, ...]], hidden: int) -> Text:
    parts = [
        message("Map of what was recorded in {places}.", places=setting.places_words)
        if not setting.place
        else message(
            "Map of what was recorded in {place}, in {places}.",
            place=setting.place,
            places=setting.places_words,
        )
    ]
    if areas:
        parts.append(
            message(
                "Outlined areas that stand out beyond chance: {letters}; see the table below.",
                letters=Listing(list(areas)),
            )
        )
    if hidden:
        parts.append(
            plural_message(
                "{count} place with a hidden number is hatched.",
                "{count} places with hidden numbers are hatched.",
                hidden,
            )
        )
    return Sentences(tuple(parts))


def classes_source(breaks: tuple[int, ...]) -> tuple[Text, ...]:
    """Say by which method the classes of a map were made, and where they begin."""
    return (
        message("Classes: fixed steps, each about double the one before."),
        message("They begin at {breaks}.", breaks=Listing(breaks)),
    )


def _map_source(
    setting: Setting,
    places: Places,
    squares: SafeTable,
    *,
    areas: bool,
    breaks: tuple[int, ...],
) -> tuple[Text, ...]:
    lines: list[Text] = [setting.source, *classes_source(breaks)]
    if isinstance(places, Areas):
        lines.append(message("Areas studied: {count}.", count=places.size))
    else:
        lines.append(
            message(
                "{squares} studied: {count} (those with any record, and those touching them).",
                squares=LineStart(setting.squares_words),
                count=places.size,
            )
        )
    if areas:
        lines.append(
            message(
                "Places stand out when their sum with their neighbours is high beyond chance "
                "(Getis-Ord Gi*, {permutations} permutations of all counts, false discovery rate "
                "{rate}).",
                permutations=getattr(setting.diagnosis.hotspots, "permutations", 0),
                rate=Share(getattr(setting.diagnosis.hotspots, "level", 0.05)),
            )
        )
    return (*lines, *_hatched(squares))


def _hatched(squares: SafeTable) -> list[Text]:
    """Say how many places are hatched, and what they hold together where that is known anyway."""
    record = squares.record
    lines: list[Text] = []
    if record.hidden:
        lines.append(
            plural_message(
                "{count} place is hatched: its number is not shown, to protect the people "
                "behind it.",
                "{count} places are hatched: their numbers are not shown, to protect the "
                "people behind them.",
                record.hidden,
            )
        )
    if record.hidden_sum:
        lines.append(message("Together they hold {sum} incidents.", sum=record.hidden_sum))
    return lines
