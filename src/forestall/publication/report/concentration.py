"""This file knows section 4: how few places hold how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.languages import Share, say
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Column,
    Paragraph,
    Section,
    Source,
    Table,
    Unit,
)
from forestall.publication.pictures import ConcentrationCurves, CurveSeries
from forestall.publication.report.words import ALL_CRIME, kind_name, kind_words

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


_APART = 0.03
_MOST_CURVES = 3


def concentration_section(setting: Setting) -> Section:
    """Build the section on concentration."""
    safe = setting.safe.concentration
    blocks = (_too_few(setting),) if safe is None else _answered(setting, safe)
    return Section(
        id="concentration",
        number="4",
        heading=say("How concentrated"),
        question=say("Would work in a few places reach much of the problem?"),
        blocks=blocks,
    )


def measures(safe: SafeTable) -> pd.DataFrame:
    """Return the shown measures by kind, with the share of places that holds half."""
    table = safe.frame.set_index("group")
    table = table[table["places_50"].notna() & (table["places_with_any"] > 0)]
    table = table.assign(half=table["places_50"].astype(float) / table["places"].astype(float))
    return table


def most_concentrated(table: pd.DataFrame) -> str | None:
    """Return the kind whose half is in the fewest places against chance, if it is another one."""
    kinds = table.drop(index=ALL_CRIME, errors="ignore")
    kinds = kinds[kinds["chance_places_50"].notna()]
    if kinds.empty or len(kinds) < 2:
        return None
    ratio = kinds["places_50"].astype(float) / kinds["chance_places_50"].astype(float)
    return str(ratio.idxmin())


def _too_few(setting: Setting) -> Box:
    reason = setting.diagnosis.concentration
    return Box(
        kind=BoxKind.EMPTY,
        title=say("Not answered"),
        sentences=(
            str(reason)
            if hasattr(reason, "reason")
            else say("At least 50 located incidents of one kind are needed to say this."),
        ),
    )


def _answered(setting: Setting, safe: SafeTable) -> tuple[Block, ...]:
    table = measures(safe)
    blocks: list[Block] = [Paragraph((" ".join(_opening(setting, table)),))]
    behind = _table_behind(setting, safe)
    if setting.safe.curve is not None and not table.empty:
        blocks.append(_chart(setting, table, behind))
    else:
        blocks += [behind, Source(_source(setting, table))]
    return tuple(blocks)


def _opening(setting: Setting, table: pd.DataFrame) -> list[str]:
    first = str(table.index[0])
    row = table.loc[first]
    found = [
        say(
            "Half of {kind} was recorded in {half} of {places} {squares} ({share}).",
            kind=setting.kind(first),
            half=int(row["places_50"]),
            places=int(row["places"]),
            squares=setting.squares_words,
            share=Share(row["half"]),
        ),
        say(
            "If the same number fell on these places at random, half would be in about "
            "{chance} of them.",
            chance=round(float(row["chance_places_50"])),
        ),
    ]
    kind = most_concentrated(table)
    if kind is not None:
        chosen = table.loc[kind]
        found.append(
            say(
                "{kind} is the most concentrated against chance: half of it is in {half}, where "
                "chance alone would give about {chance}.",
                kind=kind_name(kind),
                half=int(chosen["places_50"]),
                chance=round(float(chosen["chance_places_50"])),
            )
        )
    return found


def _chart(setting: Setting, table: pd.DataFrame, behind: Table) -> Chart:
    assert setting.safe.curve is not None
    drawn = _drawn_kinds(table)
    series = tuple(
        CurveSeries(kind, _series_name(setting, kind), style, float(table.loc[kind, "half"]))
        for style, kind in enumerate(drawn, start=1)
    )
    told = [
        say("half of {kind} in {share}", kind=setting.kind(s.group), share=Share(s.half_share))
        for s in series
    ]
    alt = say(
        "Concentration curves of recorded crime, {period}. Where half is reached: {told} of "
        "{squares}. Table below.",
        period=setting.period,
        told="; ".join(told),
        squares=setting.squares_words,
    )
    first = series[0]
    return Chart(
        title=say(
            "Half of {kind} is in {share} of the {squares}",
            kind=setting.kind(first.group),
            share=Share(first.half_share),
            squares=setting.squares_words,
        ),
        subtitle=say(
            "Share of crimes recorded in the busiest {squares}; dots mark where half is reached, "
            "the dashed line an even spread",
            squares=setting.squares_words,
        ),
        alt=alt,
        picture=ConcentrationCurves(
            safe=setting.safe.curve,
            series=series,
            axis_words=say("Share of {squares}, busiest first", squares=setting.squares_words),
            half_words=say("Half is reached in"),
        ),
        behind=behind,
        behind_words=say("Table behind the chart"),
        source=_source(setting, table),
    )


def _series_name(setting: Setting, kind: str) -> str:
    return setting.only_kind if kind == ALL_CRIME and setting.only_kind else kind_name(kind)


def _drawn_kinds(table: pd.DataFrame) -> list[str]:
    """Choose up to three curves that can be told apart: all crime first, then the steepest."""
    chosen = [str(table.index[0])]
    most = most_concentrated(table)
    rest = table.drop(index=chosen)
    for kind in [*([most] if most else []), *rest.sort_values("incidents", ascending=False).index]:
        apart = all(abs(table.loc[kind, "half"] - table.loc[c, "half"]) >= _APART for c in chosen)
        if apart and len(chosen) < _MOST_CURVES:
            chosen.append(str(kind))
    return chosen


def _table_behind(setting: Setting, safe: SafeTable) -> Table:
    return Table(
        title=say("Smallest number of {squares} that hold a share", squares=setting.squares_words),
        safe=safe,
        columns=(
            Column(name="group", head=say("Kind"), unit=Unit.WORDS),
            Column(name="incidents", head=say("Incidents")),
            Column(name="places_25", head=say("hold 25 %")),
            Column(name="places_50", head=say("hold 50 %")),
            Column(name="places_80", head=say("hold 80 %")),
            Column(
                name="chance_places_50", head=say("50 % by chance"), unit=Unit.DECIMAL, decimals=0
            ),
            Column(name="gini", head=say("Gini"), unit=Unit.DECIMAL, decimals=2),
            Column(
                name="gini_generalised",
                head=say("Gini, few events allowed for"),
                unit=Unit.DECIMAL,
                decimals=2,
            ),
        ),
        row_words=kind_words(safe.row_labels),
    )


def _source(setting: Setting, table: pd.DataFrame) -> tuple[str, ...]:
    places = int(table["places"].iloc[0]) if len(table) else 0
    recorded = getattr(setting.diagnosis.concentration, "among", "recorded") == "recorded"
    among = (
        say(
            "{places} {label} with at least one record of any kind.",
            places=places,
            label=setting.places_words,
        )
        if recorded
        else say("{places} {label} studied.", places=places, label=setting.places_words)
    )
    few = say("Kinds with fewer than {least} located incidents are left out.", least=50)
    return (setting.source, among, few)
