"""This file knows section 3: what happened in the treated places against the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evaluation.at_variance import headline
from forestall.evaluation.extra_variance import VarianceSource
from forestall.languages import Decimal, Sentences, Share, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    ChangeTable,
    Chart,
    CrossTable,
    Details,
    Heading,
    Paragraph,
    Section,
    Source,
    Sure,
    WordTable,
)
from forestall.publication.evaluation_labels import COMPARISON, TREATED
from forestall.publication.evaluation_report.expected import expected_blocks
from forestall.publication.evaluation_report.ways import ways_blocks
from forestall.publication.evaluation_report.words import (
    change_of,
    count_words,
    interval_words,
    times_words,
    where_words,
)
from forestall.publication.pictures import Axis, IntervalRow, IntervalRows
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.evaluation import AtVariance, BeforeAfterComparison, CountDifference, LogRatio
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting

_UNSURE = (Certainty.CHANCE, Certainty.SIGN)


def happened_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there."""
    return Section(
        id="happened",
        number="3",
        heading=message("What happened"),
        question=message("Did the treated places change otherwise than the comparison places?"),
        blocks=(
            *_counts(setting),
            *_comparison(setting),
            *expected_blocks(setting),
            *ways_blocks(setting),
        ),
    )


def _counts(setting: EvaluationSetting) -> list[Block]:
    safe = setting.safe.counts
    words = where_words((TREATED, COMPARISON), spans={})
    return [
        CrossTable(
            title=message("{outcome}: incidents before and after", outcome=setting.outcome),
            safe=safe,
            row_head=message("Places"),
            row_words=words,
            column_words={
                "before": message("Before, {period}", period=setting.before),
                "after": message("After, {period}", period=setting.after),
            },
            total_row="",
            total_column="",
            labels=(TREATED, COMPARISON),
        )
    ]


def _comparison(setting: EvaluationSetting) -> list[Block]:
    found = setting.comparison
    if found is None:
        why = setting.why_not(setting.primary.comparison)
        return [Box(kind=BoxKind.EMPTY, title=_NO_COMPARISON, sentences=(why,))]
    told = headline(found.ratios)
    blocks: list[Block] = [
        Paragraph(_story(setting, found)),
        ChangeTable(
            title=message("Change against the comparison"),
            safe=setting.safe.counts,
            kind_head=message("Places"),
            before_head=message("Before"),
            after_head=message("After"),
            row_words=where_words((TREATED,), spans={}),
            reach=setting.reach,
            shown="incidents",
            labels=(TREATED,),
        ),
    ]
    if told.estimate.certainty in _UNSURE:
        blocks.append(
            Box(kind=BoxKind.NOTE, title=_TOO_SMALL, sentences=(told.what_could_be_seen(),))
        )
    return [*blocks, Heading(_AT_VARIANCES, "variances"), *_variances(setting, found)]


def _story(setting: EvaluationSetting, found: BeforeAfterComparison) -> tuple[Text | Sure, ...]:
    cells = setting.safe.counts
    ratio = found.ratio
    expected = _expected(setting)
    counted = message(
        "In the treated places {before} incidents were recorded before and {after} after.",
        before=count_words(cells.cell(TREATED, "before")),
        after=count_words(cells.cell(TREATED, "after")),
    )
    said: list[Text] = [counted]
    if expected is not None:
        said.append(
            message(
                "Had they changed by the same share as the comparison, {expected} would have been "
                "recorded.",
                expected=Decimal(expected, 0),
            )
        )
    said.append(
        message(
            "That is {effect} (95 % interval: {interval}).",
            effect=ratio.effect.in_words(),
            interval=interval_words(ratio),
        )
    )
    return (Sentences(said), Sure(ratio.certainty))


def _expected(setting: EvaluationSetting) -> float | None:
    frame = setting.safe.counts.frame
    rows = frame[(frame["where"] == TREATED) & (frame["when"] == "after")]
    value = rows["expected"].dropna()
    return float(value.iloc[0]) if len(value) else None


def _variances(setting: EvaluationSetting, found: BeforeAfterComparison) -> list[Block]:
    told = headline(found.ratios)
    rows = tuple(_drawn(at, is_told=at is told) for at in found.ratios)
    chart = Chart(
        title=message("The more the counts vary by themselves, the less sure is the change"),
        subtitle=message("Change against the comparison, 95 % interval, by variance of the counts"),
        alt=message(
            "Intervals of the change at {count} variances of the counts. At the one that is told, "
            "{change}, 95 % interval {interval}. Table below.",
            count=len(rows),
            change=told.estimate.effect.in_words(),
            interval=interval_words(told.estimate),
        ),
        picture=IntervalRows(
            axis=Axis.CHANGE,
            rows=rows,
            low_words=message("fewer"),
            high_words=message("more"),
        ),
        behind=_ratio_table(found.ratios),
        behind_words=message("Table behind the chart"),
        source=(told.variance.in_words(), told.what_could_be_seen()),
    )
    differences = Details(
        message("The same as numbers of incidents"), (_difference_table(found.differences),)
    )
    around = () if setting.primary.cells.buffer is None else (_WITH_RINGS,)
    return [chart, differences, Source((_TWO_MEASURES, *around))]


def _drawn(at: AtVariance[LogRatio], *, is_told: bool) -> IntervalRow:
    change, low, high = change_of(at.estimate)
    return IntervalRow(
        words=message(_VARIANCES[at.variance.source], factor=times_words(at.variance.factor)),
        shown=interval_words(at.estimate),
        number=change,
        low=low,
        high=high,
        style=1 if is_told else 0,
    )


def _ratio_table(found: tuple[AtVariance[LogRatio], ...]) -> WordTable:
    return WordTable(
        heads=(
            message("Variance, times that of chance"),
            message("Where it is from"),
            message("Change"),
            message("95 % interval"),
            message("Smallest fall found four times in five"),
            message("How sure"),
        ),
        rows=tuple(
            (
                times_words(at.variance.factor),
                _SOURCES[at.variance.source],
                Share(at.estimate.effect.ratio - 1, signed=True),
                interval_words(at.estimate),
                Share(at.detectable),
                Sure(at.estimate.certainty),
            )
            for at in found
        ),
        number_columns=(2, 4),
    )


def _difference_table(found: tuple[AtVariance[CountDifference], ...]) -> WordTable:
    return WordTable(
        heads=(
            message("Variance, times that of chance"),
            message("Incidents more or fewer"),
            message("95 % interval"),
            message("Smallest fall found four times in five"),
            message("How sure"),
        ),
        rows=tuple(
            (
                times_words(at.variance.factor),
                Decimal(at.estimate.effect.number, 0, signed=True),
                message(
                    "{low} to {high}",
                    low=Decimal(at.estimate.interval(0.95).low, 0, signed=True),
                    high=Decimal(at.estimate.interval(0.95).high, 0, signed=True),
                ),
                Decimal(at.detectable, 0),
                Sure(at.estimate.certainty),
            )
            for at in found
        ),
        number_columns=(1, 2, 3),
    )


_SOURCES = {
    VarianceSource.CHANCE: message("chance alone"),
    VarianceSource.ESTIMATED: message("estimated from the months"),
    VarianceSource.ASSUMED: message("assumed"),
}
_VARIANCES = {
    VarianceSource.CHANCE: "By chance alone",
    VarianceSource.ESTIMATED: "As estimated from the months: {factor} times chance",
    VarianceSource.ASSUMED: "If it were {factor} times chance",
}
_NO_COMPARISON = message("The change cannot be told")
_TOO_SMALL = message("What could have been seen")
_AT_VARIANCES = message("How much hangs on the variance")
_TWO_MEASURES = message(
    "The share supposes that all places would have changed by the same share, the number that they "
    "would have changed by as many incidents."
)
_WITH_RINGS = message("The number, unlike the share, counts the rings too.")
