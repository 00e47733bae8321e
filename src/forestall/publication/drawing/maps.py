"""This file knows how to draw a map of counts: classes, hatch, outlines, letters, scale, north."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import Quantity, right_to_left
from forestall.publication.drawing.legends import map_entries
from forestall.publication.drawing.map_pins import RADIUS, Sheet, empty_corner, place_pins
from forestall.publication.drawing.map_shapes import WIDTH, base_path, every_outline, shapes_of
from forestall.publication.drawing.svg import axes, short

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.languages import Text
    from forestall.publication.drawing.map_shapes import Shapes
    from forestall.publication.pictures import MapPicture
    from forestall.publication.smooth import SmoothMap

_CORNER = (200.0, 110.0)
HIDDEN, EMPTY = -1, 0


def draw_map(picture: MapPicture, *, alt: Text, id: str = "map") -> str:  # noqa: A002
    """Draw a map; the letters are those of ``picture.areas``."""
    shapes = shapes_of(picture.places, window=picture.window)
    classes = classes_of_places(picture, shapes.codes)
    half_cell = _half_cell(shapes)
    areas = {
        letter: shapes.centres[np.isin(shapes.codes, np.asarray(codes))]
        for letter, codes in picture.areas.items()
    }
    height = shapes.frame.height
    weight = np.where(classes == EMPTY, 0.2, np.abs(classes) + 1.0)
    pins = place_pins(
        areas,
        sheet=Sheet(
            middles=shapes.centres,
            weight=weight,
            half_cell=half_cell,
            width=WIDTH,
            height=height,
        ),
    )
    corner = empty_corner(shapes.centres, pins, width=WIDTH, height=height, box=_CORNER)
    if corner is None:
        corner, height = (WIDTH - _CORNER[0], height), height + _CORNER[1]
    parts = [
        _pattern(id, shapes.unit),
        _cells(shapes, classes, id=id),
        *_base(picture, shapes),
        _borders(picture, shapes),
        _outlines(picture, shapes),
        *(_pin(letter, *at) for letter, at in pins.items()),
        _scale_and_north(shapes.frame.pixels_per_metre, corner, picture.words.north),
    ]
    box = f"0 0 {short(WIDTH)} {short(height)}"
    head = f'<svg viewBox="{box}" width="850" height="{short(height)}" role="img"'
    return f'{head}{axes()} aria-label="{escape(str(alt))}">{"".join(parts)}</svg>'


def draw_smooth_map(picture: SmoothMap, *, alt: Text, id: str = "map") -> str:  # noqa: A002
    """Draw a smooth surface in classes."""
    shapes = shapes_of(picture.parts, window=picture.window)
    drawn = pd.Series(picture.classes, index=picture.parts.codes)
    classes = drawn.reindex(shapes.codes).to_numpy()
    height = shapes.frame.height
    corner = empty_corner(shapes.centres, {}, width=WIDTH, height=height, box=_CORNER)
    if corner is None:
        corner, height = (WIDTH - _CORNER[0], height), height + _CORNER[1]
    parts = [
        _cells(shapes, classes, id=id),
        *_base(picture, shapes),
        _borders(picture, shapes),
        _scale_and_north(shapes.frame.pixels_per_metre, corner, picture.words.north),
    ]
    box = f"0 0 {short(WIDTH)} {short(height)}"
    head = f'<svg viewBox="{box}" width="850" height="{short(height)}" role="img"'
    return f'{head}{axes()} aria-label="{escape(str(alt))}">{"".join(parts)}</svg>'


def draw_legend(picture: MapPicture | SmoothMap) -> str:
    """Draw the legend as a list of words with their patches."""
    items = "".join(f"<li>{entry.svg}{escape(entry.words)}</li>" for entry in map_entries(picture))
    return f'<ul class="legend">{items}</ul>'


def classes_of_places(picture: MapPicture, codes: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return the class of each place: 1 and up, 0 for empty, −1 for a hidden count."""
    table = picture.safe.frame
    counts = pd.Series(
        pd.to_numeric(table["incidents"], errors="coerce").to_numpy(float, na_value=np.nan),
        index=table["place"],
    )
    known = pd.Index(codes).isin(counts.index)
    values = counts.reindex(codes).to_numpy()
    classes = np.digitize(np.nan_to_num(values), np.asarray(picture.breaks))
    classes = np.where((values > 0) & (classes == 0), 1, classes)
    return np.where(known & np.isnan(values), HIDDEN, classes).astype(np.int64)


def _half_cell(shapes: Shapes) -> float:
    if shapes.transform:
        return shapes.unit / 2
    return 6.0


def _pattern(id: str, unit: float) -> str:  # noqa: A002
    return (
        f'<defs><pattern id="{id}-hidden" patternUnits="userSpaceOnUse" width="5" height="5" '
        f'patternTransform="scale({1 / unit:.4f}) rotate(45)">'
        '<path class="hatch" d="M1 0V5"/></pattern></defs>'
    )


def _cells(shapes: Shapes, classes: NDArray[np.int64], *, id: str) -> str:  # noqa: A002
    ground = (classes == EMPTY) | (classes == HIDDEN)
    paths = [f'<path class="ground" d="{shapes.fill(ground)}"/>'] if ground.any() else []
    if (classes == HIDDEN).any():
        paths.append(f'<path fill="url(#{id}-hidden)" d="{shapes.fill(classes == HIDDEN)}"/>')
    paths += [
        f'<path class="m{k}" d="{shapes.fill(classes == k)}"/>'
        for k in range(1, int(classes.max()) + 1)
        if (classes == k).any()
    ]
    moved = f' transform="{shapes.transform}" shape-rendering="crispEdges"'
    return f"<g{moved if shapes.transform else ''}>{''.join(paths)}</g>"


def _base(picture: MapPicture | SmoothMap, shapes: Shapes) -> list[str]:
    """Draw streets and boundaries over the places and under all outlines."""
    layers = {"street": picture.streets, "boundary": picture.boundaries}
    return [
        f'<path class="{name}" d="{base_path(lines, frame=shapes.frame)}"/>'
        for name, lines in layers.items()
        if lines is not None
    ]


def _borders(picture: MapPicture | SmoothMap, shapes: Shapes) -> str:
    if picture.borders is None:
        return ""
    return f'<path class="border" d="{every_outline(picture.borders, frame=shapes.frame)}"/>'


def _outlines(picture: MapPicture, shapes: Shapes) -> str:
    if not picture.areas:
        return ""
    members = np.concatenate([np.asarray(codes) for codes in picture.areas.values()])
    outline = shapes.outline(np.isin(shapes.codes, members))
    moved = f' transform="{shapes.transform}"' if shapes.transform else ""
    return f'<g{moved}><path class="hot-under" d="{outline}"/><path class="hot" d="{outline}"/></g>'


def _pin(letter: str, x: float, y: float) -> str:
    return (
        f'<circle class="pin" cx="{short(x)}" cy="{short(y)}" r="{short(RADIUS)}"/>'
        f'<text class="key" x="{short(x)}" y="{short(y)}" dy=".36em">{escape(letter)}</text>'
    )


def _scale_and_north(pixels_per_metre: float, corner: tuple[float, float], north: Text) -> str:
    metres = next(
        (m for m in _BAR_LENGTHS if m * pixels_per_metre <= _CORNER[0] * 0.8), _BAR_LENGTHS[-1]
    )
    length = metres * pixels_per_metre
    middle, top = corner[0] + _CORNER[0] / 2, corner[1] + 34
    bar = f"M{short(middle - length / 2)} {short(top)}v10h{short(length)}v-10"
    long = Quantity(metres // 1000, "km") if metres >= 1000 else Quantity(metres, "m")
    words, up = (escape(right_to_left(str(text))) for text in (long, north))
    return (
        f'<path class="nil" d="{bar}"/>'
        f'<text class="scale mid halo" x="{short(middle)}" y="{short(top - 8)}">{words}</text>'
        f'<text class="scale mid halo" x="{short(middle)}" y="{short(top + 46)}">{up}</text>'
    )


_BAR_LENGTHS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50)
