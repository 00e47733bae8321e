"""This file knows section 4: how few places hold how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Clauses, Sentences, Share, message
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
from forestall.publication.report.untold import without_counts
from forestall.publication.report.words import kind_name
from forestall.records.kinds import ALL_CRIME

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
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
        heading=message("How concentrated"),
        question=message("Would work in a few places reach much of the problem?"),
        blocks=blocks,
    )


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How few places hold half of a kind, where that can be shown."""

    group: str
    incidents: int
    places: int
    half: int
    chance: int

    @property
    def half_share(self) -> float:
        """Return the share of places that holds half."""
        return self.half / self.places


def measures(safe: SafeTable | None) -> list[Measured]:
    """Return the shown measures, all crime first."""
    if safe is None:
        return []
    return [
        Measured(
            group=str(record["group"]),
            incidents=int(str(record["incidents"])),
            places=int(str(record["places"])),
            half=int(float(str(record["places_50"]))),
            chance=round(float(str(record["chance_places_50"]))),
        )
        for record in safe.records()
        if record["places_50"] is not None and record["chance_places_50"] is not None
    ]


def most_concentrated(found: list[Measured]) -> Measured | None:
    """Return the kind whose half is in the fewest places against chance, if there are several."""
    kinds = [one for one in found if one.group != ALL_CRIME and one.chance]
    return min(kinds, key=lambda one: one.half / one.chance) if len(kinds) > 1 else None


def _too_few(setting: Setting) -> Box:
    reason = setting.diagnosis.concentration
    return Box(
        kind=BoxKind.EMPTY,
        title=message("Not answered"),
        sentences=(
            reason.reason
            if isinstance(reason, Unanswered)
            else message("At least 50 located incidents of one kind are needed to say this."),
        ),
    )


def _answered(setting: Setting, safe: SafeTable) -> tuple[Block, ...]:
    found = measures(safe)
    behind = _table_behind(setting, safe)
    if not found or setting.safe.curve is None:
        return (behind, Source(_source(setting)))
    opening = Paragraph((Sentences(_opening(setting, found)),))
    return (opening, _chart(setting, setting.safe.curve, found, behind=behind))


def _opening(setting: Setting, found: list[Measured]) -> list[Text]:
    first, most = found[0], most_concentrated(found)
    lines: list[Text] = [
        message(
            "Half of {kind} was recorded in {half} of {places} {squares} ({share}).",
            kind=setting.kind(first.group),
            half=first.half,
            places=first.places,
            squares=setting.squares_words,
            share=Share(first.half_share),
        ),
        message(
            "If the same number fell on these places at random, half would be in about "
            "{chance} of them.",
            chance=first.chance,
        ),
    ]
    if most is not None:
        lines.append(
            message(
                "{kind} is the most concentrated against chance: half of it is in {half} "
                "{squares}, where chance alone would give about {chance}.",
                kind=kind_name(most.group),
                half=most.half,
                squares=setting.squares_words,
                chance=most.chance,
            )
        )
    return lines


def _chart(setting: Setting, curve: SafeTable, found: list[Measured], *, behind: Table) -> Chart:
    squares = setting.squares_words
    series = tuple(
        CurveSeries(one.group, _series_name(setting, one.group), style, round(one.half_share, 4))
        for style, one in enumerate(_drawn(found), start=1)
    )
    first = series[0]
    return Chart(
        title=message(
            "Half of {kind} is in {share} of the {squares}",
            kind=setting.kind(first.group),
            share=Share(first.half_share),
            squares=squares,
        ),
        subtitle=message(
            "Share of crimes recorded in the busiest {squares}; dots mark where half is reached, "
            "the dashed line an even spread",
            squares=squares,
        ),
        alt=_alt(setting, series),
        picture=ConcentrationCurves(
            safe=curve,
            series=series,
            axis_words=message("Share of {squares}, busiest first", squares=squares),
            half_words=message("Half is reached in"),
        ),
        behind=behind,
        behind_words=message("Table behind the chart"),
        source=_source(setting),
    )


def _alt(setting: Setting, series: tuple[CurveSeries, ...]) -> Text:
    told = [
        message("half of {kind} in {share}", kind=setting.kind(s.group), share=Share(s.half_share))
        for s in series
    ]
    return message(
        "Concentration curves of recorded crime, {period}. Where half is reached: {told} of "
        "{squares}. Table below.",
        period=setting.period,
        told=Clauses(told),
        squares=setting.squares_words,
    )


def _series_name(setting: Setting, kind: str) -> Text:
    return kind_name(setting.only_kind if kind == ALL_CRIME and setting.only_kind else kind)


def _drawn(found: list[Measured]) -> list[Measured]:
    """Choose up to three curves that can be told apart: all crime, the steepest, then by size."""
    chosen, most = [found[0]], most_concentrated(found)
    by_size = sorted(found[1:], key=lambda one: -one.incidents)
    for one in [*([most] if most else []), *by_size]:
        apart = all(abs(one.half_share - other.half_share) >= _APART for other in chosen)
        if apart and len(chosen) < _MOST_CURVES:
            chosen.append(one)
    return chosen


def _table_behind(setting: Setting, safe: SafeTable) -> Table:
    return Table(
        title=message(
            "Smallest number of {squares} that hold a share", squares=setting.squares_words
        ),
        safe=safe,
        columns=(
            Column(name="group", head=message("Kind"), unit=Unit.WORDS),
            Column(name="incidents", head=message("Incidents")),
            Column(name="places_25", head=message("hold 25 %")),
            Column(name="places_50", head=message("hold 50 %")),
            Column(name="places_80", head=message("hold 80 %")),
            Column(
                name="chance_places_50",
                head=message("50 % by chance"),
                unit=Unit.DECIMAL,
                decimals=0,
            ),
            Column(name="gini", head=message("Gini"), unit=Unit.DECIMAL, decimals=2),
            Column(
                name="gini_generalised",
                head=message("Gini, few events allowed for"),
                unit=Unit.DECIMAL,
                decimals=2,
            ),
        ),
        row_words={label: _series_name(setting, str(label)) for label in safe.row_labels},
    )


def _source(setting: Setting) -> tuple[Text, ...]:
    # How many lie in no place is in the table of areas, protected.
    caveats = without_counts(list(getattr(setting.diagnosis.concentration, "caveats", ())))
    few = message("Kinds with fewer than {least} located incidents are left out.", least=50)
    return (setting.source, *caveats, few)
