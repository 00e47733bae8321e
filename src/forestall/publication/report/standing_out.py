"""This file knows how the areas that stand out are listed, without ranking them by safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Hotspots
from forestall.languages import Listing, Quantity, Share, plural_message, say, write
from forestall.publication.blocks import BarTable, Column, Heading, Paragraph, Source, Unit
from forestall.publication.protected.places import NO_AREA
from forestall.publication.report.words import place_name

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_SECTORS = (
    "east",
    "north-east",
    "north",
    "north-west",
    "west",
    "south-west",
    "south",
    "south-east",
)


def standing_out_blocks(setting: Setting) -> list[Block]:
    """List the areas that stand out with their counts, or say that there are none."""
    hotspots = setting.diagnosis.hotspots
    if not isinstance(hotspots, Hotspots):
        return [
            Paragraph(
                (say("Areas that stand out cannot be told: {reason}", reason=hotspots.reason),)
            )
        ]
    if hotspots.areas.empty:
        return [Paragraph((_none(setting),))]
    safe = setting.safe.standing_out
    letters = len(hotspots.areas)
    head = plural_message("The area that stands out", "The {count} areas that stand out", letters)
    blocks: list[Block] = [Heading(str(head), "hot")]
    if safe is not None:
        blocks.append(_table(setting, hotspots, safe))
        caution = say(
            "The order is by count, not by safety: areas differ in size and in how many people "
            "use them."
        )

        middle = say("The middle is that of all records, weighted by their number.")
        named = bool(_named(setting, hotspots))
        blocks.append(Source((setting.source, caution, *([] if named else [middle]))))
    return blocks


def _none(setting: Setting) -> str:
    total = setting.safe.squares.total if setting.safe.squares is not None else None
    if total is not None and total < 200:
        return say(
            "No area stands out beyond chance. With {total} incidents, only very strong patterns "
            "could be seen.",
            total=total,
        )
    return say("No area stands out beyond chance.")


def _table(setting: Setting, hotspots: Hotspots, safe: SafeTable) -> BarTable:
    frame = safe.frame
    share = frame["part"].sum() if frame["part"].notna().all() else None
    where = _named(setting, hotspots) or _whereabouts(hotspots)
    words = {a: say("{letter}: {where}", letter=a, where=where[a]) for a in frame["letter"]}
    return BarTable(
        title=say("Areas that stand out, by number of recorded incidents"),
        safe=safe,
        columns=(
            Column(name="letter", head=say("Area"), unit=Unit.WORDS),
            Column(name="squares", head=setting.squares_words.capitalize()),
            Column(name="incidents", head=say("Recorded")),
            Column(name="part", head=say("Share of all"), unit=Unit.SHARE, decimals=1),
        ),
        row_words=words,
        total=say("All of them") if len(frame) > 1 else "",
        total_cells={
            "squares": write(int(frame["squares"].sum())),
            "part": str(Share(float(share), decimals=1)) if share is not None else "",
        },
    )


def _named(setting: Setting, hotspots: Hotspots) -> dict[str, str]:
    """Name the given area in which most places of each area that stands out lie."""
    by_area = setting.diagnosis.by_area
    areas = by_area.places if by_area is not None else None
    if areas is None or areas is setting.diagnosis.places:
        return {}
    members = hotspots.table[hotspots.table["area"] != NO_AREA]
    position = areas.locate(members["x"].to_numpy(), members["y"].to_numpy()).position
    names = np.where(position >= 0, np.asarray(areas.names)[position], "")
    found = {}
    for letter, rows in pd.Series(names, index=members["area"]).groupby(level=0):
        common = rows[rows != ""].value_counts().head(2)
        found[str(letter)] = (
            str(Listing([place_name(str(name)) for name in common.index]))
            if len(common)
            else say("outside")
        )
    return found


def _whereabouts(hotspots: Hotspots) -> dict[str, str]:
    """Say where each area lies, seen from the middle of what was recorded."""
    weights = hotspots.table["incidents"].to_numpy(float)
    middle = np.average(hotspots.table[["x", "y"]].to_numpy(float), axis=0, weights=weights)
    found = {}
    for letter, (x, y) in zip(
        hotspots.areas["area"], hotspots.areas[["x", "y"]].to_numpy(float), strict=True
    ):
        metres = float(np.hypot(x - middle[0], y - middle[1]))
        sector = round(np.degrees(np.arctan2(y - middle[1], x - middle[0])) / 45) % 8
        found[letter] = _direction(_SECTORS[int(sector)], metres)
    return found


def _direction(sector: str, metres: float) -> str:
    if metres < 1000:
        return say("at the middle of what was recorded")
    return say(
        {
            "north": "{distance} north of the middle",
            "north-east": "{distance} north-east of the middle",
            "east": "{distance} east of the middle",
            "south-east": "{distance} south-east of the middle",
            "south": "{distance} south of the middle",
            "south-west": "{distance} south-west of the middle",
            "west": "{distance} west of the middle",
            "north-west": "{distance} north-west of the middle",
        }[sector],
        distance=Quantity(round(metres / 1000), "km"),
    )
