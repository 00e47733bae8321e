"""This file knows section 5: the harm of what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.at_variance import headline
from forestall.languages import Ended, Number, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    CrossTable,
    Details,
    Paragraph,
    Section,
    Source,
    WordTable,
)
from forestall.publication.evaluation_labels import cell_in_words
from forestall.publication.report.words import kind_words

if TYPE_CHECKING:
    from forestall.evaluation import HarmComparison
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def harm_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there: harm, or why it is not weighed."""
    found = setting.evaluation.harm
    if isinstance(found, Unanswered) or setting.safe.harm is None:
        why = found.reason if isinstance(found, Unanswered) else setting.told.why("harm")
        blocks: tuple[Block, ...] = (
            Box(kind=BoxKind.EMPTY, title=_NO_HARM, sentences=(Ended(why),)),
        )
    else:
        blocks = tuple(_harm(setting, found))
    return Section(
        id="harm",
        number="5",
        heading=message("How grave it was"),
        question=message("Did the harm of what was recorded change too?"),
        blocks=blocks,
    )


def harm_finding(setting: EvaluationSetting) -> Text | None:
    """Say how harm changed; None where it may not be told."""
    found = setting.evaluation.harm
    if isinstance(found, Unanswered) or setting.safe.harm is None:
        return None
    estimate = found.difference
    low, high = estimate.limits(0.95)
    return message(
        "Weighed by harm: {effect} than expected (95 % interval: {low} to {high}); {certainty}.",
        effect=estimate.effect.in_words(),
        low=low.in_words(),
        high=high.in_words(),
        certainty=estimate.certainty.words,
    )


def _harm(setting: EvaluationSetting, found: HarmComparison) -> list[Block]:
    safe, weights = setting.safe.harm, setting.spec.harm
    assert safe is not None
    told = harm_finding(setting)
    assert told is not None
    names = kind_words(safe.row_labels)
    points = dict(zip(found.kinds["offence"], found.kinds["harm"], strict=True))
    blocks: list[Block] = [
        Paragraph((told,)),
        Paragraph((headline(found.differences).what_could_be_seen(),)),
        WordTable(
            title=message("Points of harm for one incident"),
            heads=(message("Kind"), message("Points")),
            rows=tuple((names[label], Number(float(points[label]))) for label in safe.row_labels),
            number_columns=(1,),
        ),
        Details(message("The counts that were weighed"), (_counts(setting),)),
    ]
    if weights is not None:
        said = message("Points: {index}, {source}.", index=weights.index, source=weights.source)
        blocks.append(Source((said, _FEW_GRAVE)))
    return blocks


def _counts(setting: EvaluationSetting) -> CrossTable:
    safe = setting.safe.harm
    assert safe is not None
    return CrossTable(
        title=message("Incidents that were weighed by harm"),
        safe=safe,
        row_head=message("Kind"),
        row_words=kind_words(safe.row_labels),
        column_words={cell: cell_in_words(str(cell)) for cell in safe.column_labels},
        total_row="",
        total_column="",
    )


_NO_HARM = message("Harm was not weighed")
_FEW_GRAVE = message("A few grave incidents can make most of the points.")
