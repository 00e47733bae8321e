"""This file knows what a page with an interactive map holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from forestall.disclosure import SafeCell, Status
from forestall.errors import InvalidFile
from forestall.languages import say
from forestall.publication.drawing.maps import draw_legend, draw_map
from forestall.publication.explore.compiled import script_json
from forestall.publication.explore.map_data import areas_table, map_data, place_rows
from forestall.publication.pictures import MapPicture

if TYPE_CHECKING:
    from forestall.publication.blocks import Map
    from forestall.publication.explore.basemap import Basemap
    from forestall.publication.html.surroundings import Surroundings
    from forestall.publication.interactive import InteractivePicture
    from forestall.publication.pictures import BaseLines


def map_parts(
    picture: InteractivePicture, *, near: Surroundings, basemap: Basemap | None
) -> dict[str, Any]:
    """Return what the template of a map page shows, in the language in force.

    Raises
    ------
    InvalidFile
        If the base map shows another part of the world.
    """
    block: Map = picture.block  # type: ignore[assignment]
    drawn = block.picture
    assert isinstance(drawn, MapPicture)
    data = map_data(drawn, picture.section.blocks)
    for area in data["areas"]:
        area["inside"] = say(
            "Part of area {letter}, which stands out beyond chance.", letter=area["letter"]
        )
    data["words"] = _script_words(drawn)
    if basemap is not None and not basemap.covers(data["window"]):
        raise InvalidFile(
            f"The base map “{basemap.name}” shows another part of the world than the incidents."
        )
    data["basemap"] = {"layers": list(basemap.layers)} if basemap is not None else None
    return {
        "data": Markup(script_json(data)),  # noqa: S704 - "<" is escaped
        "legend": Markup(draw_legend(drawn)),  # noqa: S704 - our own drawing
        "drawing": Markup(draw_map(drawn, alt=block.alt)),  # noqa: S704 - our own drawing
        "areas": data["areas"],
        "layers": [
            *([("base", say("Base map"))] if basemap is not None else []),
            *((name, str(lines.words)) for name, lines in _lines(drawn) if lines is not None),
        ],
        "credit": basemap.attribution if basemap is not None else "",
        "basemap": basemap is not None,
        "table": areas_table(picture.section.blocks),
        "rows": [row for row in place_rows(drawn) if row.number != "0"],
        "csv": near.csv_of(drawn.safe),
    }


def _lines(picture: MapPicture) -> tuple[tuple[str, BaseLines | None], ...]:
    return (("boundaries", picture.boundaries), ("streets", picture.streets))


def map_words() -> dict[str, str]:
    """Return the words of a map page."""
    return {
        "how_map": say(
            "Point at a place, choose an area from the list, or use the arrow keys on the map."
        ),
        "no_map": say("This browser cannot draw the interactive map; the picture shows the same."),
        "zoom_in": say("Zoom in"),
        "zoom_out": say("Zoom out"),
        "whole": say("Show the whole map"),
        "areas": say("Areas that stand out"),
        "place": say("Place"),
        "recorded": say("Recorded"),
        "places_behind": say("Table behind the map"),
    }


def _script_words(picture: MapPicture) -> dict[str, Any]:
    threshold = picture.safe.record.rule.threshold
    small, secondary = (
        str(SafeCell(None, status, threshold).explanation)
        for status in (Status.SMALL, Status.SECONDARY)
    )
    return {
        "recorded": say("Recorded"),
        "empty": str(picture.words.empty),
        "small": small,
        "secondary": secondary,
        "hint": say("No place is chosen."),
        "locale": {
            "Map.Title": say(
                "Map. Arrow keys go from place to place, plus and minus zoom, Escape ends."
            ),
            "CooperativeGesturesHandler.WindowsHelpText": say(
                "Hold Ctrl and scroll to zoom the map."
            ),
            "CooperativeGesturesHandler.MacHelpText": say(
                "Hold Command and scroll to zoom the map."
            ),
            "CooperativeGesturesHandler.MobileHelpText": say("Use two fingers to move the map."),
        },
    }
