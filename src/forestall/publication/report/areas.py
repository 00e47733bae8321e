"""This file knows how counts by area are shown: by name, never as a ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Share, message
from forestall.publication.blocks import (
    Column,
    CrossTable,
    Details,
    Heading,
    Source,
    Table,
    Unit,
)
from forestall.publication.protected.areas import ELSEWHERE
from forestall.publication.protected.months import REST
from forestall.publication.report.words import kind_words, place_name

if TYPE_CHECKING:
    from collections.abc import Hashable

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_MOST_OPEN = 30


def areas_blocks(setting: Setting) -> list[Block]:
    """Show counts by area: kinds by area when there are few, else one column that opens."""
    areas, crossed = setting.safe.areas, setting.safe.area_offences
    if areas is None:
        return _districts(setting)
    blocks: list[Block] = [Heading(message("By area"), "areas")]
    if crossed is not None:
        blocks.append(_crossed(setting, crossed, areas))
        blocks.append(
            Source(
                (
                    setting.source,
                    message(
                        "Numbers by area are rounded, because exact ones would show few crimes."
                    ),
                )
            )
        )
        return blocks
    table = _one_column(setting, areas)
    many = len(areas.row_labels) > _MOST_OPEN
    blocks.append(Details(message("Table of all areas"), (table,)) if many else table)
    note = message(
        "Areas are listed by name. They differ in size and use: the order is no ranking."
    )
    blocks.append(Source((setting.source, note)))
    return blocks


def _districts(setting: Setting) -> list[Block]:
    safe = setting.safe.district_offences
    if safe is None:
        return []
    table = CrossTable(
        title=message(
            "Recorded crimes by kind and district, {period}, rounded", period=setting.period
        ),
        safe=safe,
        row_head=message("Kind"),
        row_words={**kind_words(safe.row_labels), REST: message("All other crimes")},
        column_words={label: str(label) for label in safe.column_labels},
        total_row=message("All recorded crime"),
        total_column=message("All districts"),
    )
    note = message(
        "Numbers by district are rounded, because exact ones would show the few crimes in none "
        "of them. Districts are listed by name, as the source gives them."
    )
    return [Heading(message("By district"), "areas"), table, Source((setting.source, note))]


def area_words(areas: SafeTable) -> dict[Hashable, Text]:
    """Return code to name, and the words for what lies in no area."""
    frame = areas.frame
    named = dict(zip(frame["area"], map(place_name, frame["name"]), strict=True))
    return {**named, ELSEWHERE: message("In none of these areas, or without a place")}


def _one_column(setting: Setting, areas: SafeTable) -> Table:
    return Table(
        title=message("Recorded crimes by area, {period}", period=setting.period),
        safe=areas,
        columns=(
            Column(name="area", head=message("Area"), unit=Unit.WORDS),
            Column(name="incidents", head=message("Recorded")),
            Column(name="share", head=message("Share"), unit=Unit.SHARE, decimals=1),
        ),
        row_words=area_words(areas),
        total=message("All recorded crime"),
        total_cells={"share": Share(1.0)},
        folds=True,
    )


def _crossed(setting: Setting, crossed: SafeTable, areas: SafeTable) -> CrossTable:
    return CrossTable(
        title=message("Recorded crimes by kind and area, {period}, rounded", period=setting.period),
        safe=crossed,
        row_head=message("Kind"),
        row_words={**kind_words(crossed.row_labels), REST: message("All other crimes")},
        column_words=area_words(areas),
        total_row=message("All recorded crime"),
        total_column=message("All areas"),
    )
