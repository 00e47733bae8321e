"""This file knows the picture of all studies of an intervention, and the table behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.metrics import Metric
from forestall.languages import Share, message
from forestall.publication.blocks import Chart, Details, Item, Items, WordTable
from forestall.publication.evidence_pictures import (
    ForestAxis,
    ForestRow,
    ForestRows,
    Mark,
    forest_parts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis import EffectSynthesis
    from forestall.languages import Message, Text
    from forestall.publication.blocks import Block

_ON_LOGARITHMS = {
    Metric.ODDS_RATIO,
    Metric.RISK_RATIO,
    Metric.RATE_RATIO,
    Metric.PERCENT_CHANGE,
    Metric.ODDS_CHANGE,
}
_ROWS_A_PICTURE = 30


def forest_blocks(synthesis: EffectSynthesis) -> list[Block]:
    """Return the forest plot in pictures of one page each, with the table and the caveats."""
    parts = forest_parts(_picture(synthesis), rows=_ROWS_A_PICTURE)
    charts = [
        Chart(
            title=message("All studies and what they say together"),
            subtitle=_SUBTITLE,
            alt=synthesis.summary(),
            picture=part,
            behind=_table(synthesis) if number == len(parts) - 1 else None,
            behind_words=message("The studies as a table"),
        )
        for number, part in enumerate(parts)
    ]
    caveats = Items(tuple(Item(one) for one in synthesis.caveats))
    return [*charts, Details(message("What to know about this average"), (caveats,))]


def _picture(synthesis: EffectSynthesis) -> ForestRows:
    on_ratio = synthesis.effects[0].metric in _ON_LOGARITHMS
    rows = [_study(one, share) for one, share in _weighed(synthesis)]
    average = synthesis.average
    low, high = average.limits()
    rows.append(
        ForestRow(
            words=message("All studies together"),
            shown=_shown(average.effect, low, high),
            mark=Mark.POOLED,
            low=_at(low),
            high=_at(high),
            number=_at(average.effect),
        )
    )
    if synthesis.prediction is not None:
        low, high = synthesis.prediction.low, synthesis.prediction.high
        rows.append(
            ForestRow(
                words=message("A new place"),
                shown=message("{low} to {high}", low=low.shown(), high=high.shown()),
                mark=Mark.PREDICTION,
                low=_at(low),
                high=_at(high),
            )
        )
    return ForestRows(
        axis=ForestAxis.RATIO if on_ratio else ForestAxis.DIFFERENCE,
        rows=tuple(rows),
        low_words=message("better with the measure"),
        high_words=message("worse with the measure"),
        axis_words=average.effect.metric.words,
        has_key=True,
        rows_head=message("Study"),
        shown_head=message("Estimate (95 % interval)"),
    )


def _weighed(synthesis: EffectSynthesis) -> list[tuple[StudyEffect, float]]:
    return list(zip(synthesis.effects, synthesis.averaged.weights, strict=True))


def _study(one: StudyEffect, share: float) -> ForestRow:
    low, high = _turned_limits(one)
    return ForestRow(
        words=one.study,
        shown=_shown(one.favourable, low, high),
        mark=Mark.LOCAL if one.is_local else Mark.STUDY,
        low=_at(low),
        high=_at(high),
        number=_at(one.favourable),
        weight=share,
    )


def _turned_limits(one: StudyEffect) -> tuple[EffectSize, EffectSize]:
    found = one.favourable
    low, high = one.limits()
    half = (high.number - low.number) / 2
    return found.moved_to(found.number - half), found.moved_to(found.number + half)


def _at(effect: EffectSize) -> float:
    """Return where an effect lies on the axis: a percentage as the ratio that is left."""
    if effect.metric in (Metric.PERCENT_CHANGE, Metric.ODDS_CHANGE):
        return 1 + effect.published / 100
    return effect.published


def _shown(effect: EffectSize, low: EffectSize, high: EffectSize) -> Message:
    return message(
        "{effect} ({low} to {high})", effect=effect.shown(), low=low.shown(), high=high.shown()
    )


def _table(synthesis: EffectSynthesis) -> WordTable:
    rows: Sequence[tuple[Text, ...]] = [
        (
            one.study,
            _shown(one.favourable, *_turned_limits(one)),
            Share(share, decimals=1),
            one.design.words,
            "" if one.year is None else str(one.year),
        )
        for one, share in _weighed(synthesis)
    ]
    return WordTable(
        heads=(
            message("Study"),
            message("Estimate (95 % interval)"),
            message("Weight"),
            message("Design"),
            message("Year"),
        ),
        rows=tuple(rows),
        number_columns=(1, 2, 4),
    )


_SUBTITLE = message("Left of the line is better with the measure, right of it is worse")
