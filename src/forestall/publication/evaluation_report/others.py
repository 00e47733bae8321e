"""This file knows the other outcomes, which are exploratory, with the p-value for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Decimal, Ended, Share, message
from forestall.publication.blocks import Heading, Sure, WordTable
from forestall.publication.evaluation_report.words import interval_words

if TYPE_CHECKING:
    from forestall.evaluation.programmes.found import OutcomeFindings
    from forestall.languages import Text
    from forestall.publication.blocks import Block, Run
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def outcomes_blocks(setting: EvaluationSetting) -> list[Block]:
    """Return every outcome that was looked at, where there are several."""
    outcomes = setting.evaluation.outcomes
    if len(outcomes) < 2:
        return []
    return [
        Heading(message("All outcomes that were looked at"), "outcomes"),
        WordTable(
            heads=(
                message("Outcome"),
                message("Change"),
                message("95 % interval"),
                message("How sure"),
                message("p-value, allowing for all"),
            ),
            rows=tuple(_row(setting, one) for one in outcomes),
            number_columns=(1, 4),
        ),
    ]


def _row(setting: EvaluationSetting, one: OutcomeFindings) -> tuple[Run, ...]:
    found, name = one.comparison, one.outcome.name
    if isinstance(found, Unanswered):
        return (name, "–", Ended(found.reason), "–", "–")
    if not setting.told.may_tell(("outcome", name)):
        return (name, "–", setting.told.why(name), "–", "–")
    return (
        name,
        Share(found.ratio.effect.ratio - 1, signed=True),
        interval_words(found.ratio),
        Sure(found.ratio.certainty),
        _p_value(one.p_holm if setting.told.may_tell("holm") else None),
    )


def _p_value(value: float | None) -> Text:
    return "–" if value is None else Decimal(value, 2 if value >= 0.01 else 3)
