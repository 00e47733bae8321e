"""This file knows how the areas that stand out are listed, without ranking them by safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Hotspots
from forestall.languages import LineStart, Listing, Number, Quantity, Share, message, plural_message
from forestall.publication.blocks import BarTable, Column, Heading, Paragraph, Source, Unit
from forestall.publication.protected.places import NO_AREA
from forestall.publication.report.words import place_name

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_NEAR_M = 1000
# Counter-clockwise from the east, as angles run.
_SEEN_FROM = (
    message("{distance} east of {origin}"),
    message("{distance} north-east of {origin}"),
    message("{distance} north of {origin}"),
    message("{distance} north-west of {origin}"),
    message("{distance} west of {origin}"),
    message("{distance} south-west of {origin}"),
    message("{distance} south of {origin}"),
    message("{distance} south-east of {origin}"),
)


def standing_out_blocks(setting: Setting) -> list[Block]:
    """List the areas that stand out with their counts, or say that there are none."""
    hotspots = setting.diagnosis.hotspots
    if not isinstance(hotspots, Hotspots):
        return [
            Paragraph(
                (message("Areas that stand out cannot be told: {reason}", reason=hotspots.reason),)
            )
        ]
    if hotspots.areas.empty:
        return [Paragraph((_none(setting),))]
    safe = setting.safe.standing_out
    letters = len(hotspots.areas)
    head = plural_message("The area that stands out", "The {count} areas that stand out", letters)
    blocks: list[Block] = [Heading(head, "hot")]
    if safe is not None:
        blocks.append(_table(setting, hotspots, safe))
        blocks.append(Source((setting.source, *_below(setting, hotspots, safe))))
    return blocks


def _below(setting: Setting, hotspots: Hotspots, safe: SafeTable) -> list[Text]:
    caution = message(
        "The order is by count, not by safety: areas differ in size and in how many people use "
        "them."
    )
    middle = message("The middle is that of all records, weighted by their number.")
    named = bool(_named(setting, hotspots))
    hidden = _hidden(len(hotspots.areas) - len(safe.row_labels))
    return [*hidden, caution, *([] if named else [middle])]


def _hidden(count: int) -> list[Text]:
    if not count:
        return []
    return [
        plural_message(
            "{count} area is not in the table, to protect the people behind its number.",
            "{count} areas are not in the table, to protect the people behind their numbers.",
            count,
        )
    ]


def _none(setting: Setting) -> Text:
    total = setting.safe.squares.total if setting.safe.squares is not None else None
    if total is not None and total < 200:
        return message(
            "No area stands out beyond chance. With {total} incidents, only very strong patterns "
            "could be seen.",
            total=total,
        )
    return message("No area stands out beyond chance.")


def _table(setting: Setting, hotspots: Hotspots, safe: SafeTable) -> BarTable:
    frame = safe.frame
    share = frame["part"].sum() if frame["part"].notna().all() else None
    where = _named(setting, hotspots) or _whereabouts(hotspots)
    words: dict[Hashable, Text] = {
        a: message("{letter}: {where}", letter=a, where=where[a]) for a in frame["letter"]
    }
    return BarTable(
        title=message("Areas that stand out, by number of recorded incidents"),
        safe=safe,
        columns=(
            Column(name="letter", head=message("Area"), unit=Unit.WORDS),
            Column(name="squares", head=LineStart(setting.squares_words)),
            Column(name="incidents", head=message("Recorded")),
            Column(name="part", head=message("Share of all"), unit=Unit.SHARE, decimals=1),
        ),
        row_words=words,
        total=_total_words(len(frame), len(hotspots.areas)),
        total_cells={
            "squares": Number(int(frame["squares"].sum())),
            "part": Share(float(share), decimals=1) if share is not None else "",
        },
    )


def _total_words(shown: int, found: int) -> Text:
    if shown < 2:
        return ""
    return message("All of them") if shown == found else message("All that are shown")


def _named(setting: Setting, hotspots: Hotspots) -> dict[str, Text]:
    """Name the given area in which most places of each area that stands out lie."""
    by_area = setting.diagnosis.by_area
    areas = by_area.places if by_area is not None else None
    if areas is None or areas is setting.diagnosis.places:
        return _districts(setting, hotspots)
    members = hotspots.table[hotspots.table["area"] != NO_AREA]
    position = areas.locate(members["x"].to_numpy(), members["y"].to_numpy()).position
    names = np.where(position >= 0, np.asarray(areas.names)[position], "")
    found: dict[str, Text] = {}
    for letter, rows in pd.Series(names, index=members["area"]).groupby(level=0):
        common = rows[rows != ""].value_counts().head(2)
        found[str(letter)] = (
            Listing([place_name(str(name)) for name in common.index])
            if len(common)
            else message("outside")
        )
    return found


def _districts(setting: Setting, hotspots: Hotspots) -> dict[str, Text]:
    """Name the districts of each area; where an earlier one has the same, say how it lies to it."""
    named = setting.diagnosis.districts_of_areas
    if any(not named.get(letter) for letter in hotspots.areas["area"]):
        return {}
    centres = dict(
        zip(hotspots.areas["area"], hotspots.areas[["x", "y"]].to_numpy(float), strict=True)
    )
    first: dict[str, str] = {}
    found: dict[str, Text] = {}
    for letter, names in named.items():
        name = Listing(list(names))
        earlier = first.setdefault(names[0], letter)
        if earlier == letter:
            found[letter] = name
        else:
            where = _seen_from(centres[letter], centres[earlier], earlier)
            found[letter] = message("{district}, {where}", district=name, where=where)
    return found


def _whereabouts(hotspots: Hotspots) -> dict[str, Text]:
    """Say where each area lies, seen from the middle of what was recorded."""
    weights = hotspots.table["incidents"].to_numpy(float)
    middle = np.average(hotspots.table[["x", "y"]].to_numpy(float), axis=0, weights=weights)
    centres = hotspots.areas[["x", "y"]].to_numpy(float)
    return {
        letter: message("at the middle of what was recorded")
        if np.hypot(*(centre - middle)) < _NEAR_M
        else _seen_from(centre, middle, message("the middle"))
        for letter, centre in zip(hotspots.areas["area"], centres, strict=True)
    }


def _seen_from(point: NDArray[np.float64], origin: NDArray[np.float64], name: Text) -> Text:
    east, north = point - origin
    metres = float(np.hypot(east, north))
    sector = round(np.degrees(np.arctan2(north, east)) / 45) % 8
    distance = Quantity(max(1, round(metres / 1000)), "km")
    return _SEEN_FROM[sector].filled(distance=distance, origin=name)
