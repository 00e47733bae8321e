"""This file knows section 4: what happened around the places, and to other kinds of incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Ended, Sentences, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    ChangeTable,
    CrossTable,
    Details,
    Heading,
    Paragraph,
    Section,
    Source,
    Sure,
)
from forestall.publication.evaluation_labels import TREATED
from forestall.publication.evaluation_report.kinds import kinds_blocks
from forestall.publication.evaluation_report.words import where_words

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def elsewhere_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there."""
    return Section(
        id="elsewhere",
        number="4",
        heading=message("Where else"),
        question=message("Did incidents move away, or did others benefit too?"),
        blocks=(*_around(setting), *kinds_blocks(setting)),
    )


def around_finding(setting: EvaluationSetting) -> Text | None:
    """Say what happened around the places; None where it may not be told."""
    found = setting.displacement
    if found is None or not setting.told.may_tell("net"):
        return None
    return found.around_in_words()


def _around(setting: EvaluationSetting) -> list[Block]:
    found = setting.displacement
    if found is None:
        answer = setting.primary.displacement
        why = answer.reason if isinstance(answer, Unanswered) else ""
        return [Box(kind=BoxKind.EMPTY, title=_NOT_LOOKED, sentences=(Ended(why),))]
    safe = setting.safe.counts
    told = around_finding(setting)
    blocks: list[Block] = [Heading(message("Around the places"), "rings")]
    blocks.append(Paragraph((told or setting.told.why("net"),)))
    spans = _spans(safe)
    rings = tuple(label for label in safe.row_labels if str(label).startswith("ring "))
    blocks.append(
        ChangeTable(
            title=message("Ring by ring, against the comparison"),
            safe=safe,
            kind_head=message("Distance from the places"),
            before_head=message("Before"),
            after_head=message("After"),
            row_words=where_words(safe.row_labels, spans=spans),
            reach=setting.reach,
            shown="incidents",
            labels=(TREATED, *rings),
        )
    )
    everything = message("All counts, with those of the comparison")
    blocks.append(Details(everything, (_all(setting, spans),)))
    return [*blocks, *_net(setting), Source(_caveats(setting))]


def _net(setting: EvaluationSetting) -> list[Block]:
    found = setting.displacement
    if found is None or not setting.told.may_tell("net"):
        return []
    estimate = found.net.estimate
    low, high = estimate.limits(0.95)
    said = message(
        "Places and rings together: {effect} (95 % interval: {low} to {high}).",
        effect=estimate.effect.in_words(),
        low=low.in_words(),
        high=high.in_words(),
    )
    return [
        Heading(message("All together"), "net"),
        Paragraph((said, Sure(estimate.certainty))),
        Paragraph((found.trend_in_words(),)),
    ]


def _all(setting: EvaluationSetting, spans: dict[str, tuple[float, float]]) -> CrossTable:
    safe = setting.safe.counts
    return CrossTable(
        title=message("Incidents before and after, everywhere"),
        safe=safe,
        row_head=message("Places"),
        row_words=where_words(safe.row_labels, spans=spans),
        column_words={"before": message("Before"), "after": message("After")},
        total_row="",
        total_column="",
    )


def _spans(safe: SafeTable) -> dict[str, tuple[float, float]]:
    rows = safe.frame.dropna(subset=["inner_m", "outer_m"]).drop_duplicates("where")
    return {
        str(row["where"]): (float(row["inner_m"]), float(row["outer_m"]))
        for row in rows.to_dict("records")
    }


def _caveats(setting: EvaluationSetting) -> tuple[Text, ...]:
    found = setting.displacement
    assert found is not None
    unlike = [one for one in found.caveats if not one.values]
    own = {*setting.evaluation.caveats}
    return (Sentences(tuple(one for one in unlike if one not in own)),)


_NOT_LOOKED = message("Nobody looked around the places")
