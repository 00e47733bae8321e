"""This file knows section 2: what was planned beforehand, and what was done otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Details,
    Fact,
    Facts,
    Paragraph,
    Section,
    WordTable,
)
from forestall.publication.evaluation_report.words import plan_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def planned_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there: no plan is told as well."""
    plan = setting.evaluation.plan
    blocks: list[Block]
    if plan.record is None:
        blocks = [Box(kind=BoxKind.CARE, title=_NO_PLAN, sentences=(_WHY_PLAN,), command=_COMMAND)]
    else:
        blocks = [
            Paragraph((_kept(setting),)),
            *_changes(setting),
            Facts(
                (
                    Fact(message("Plan made on"), Day(plan.record.made_on)),
                    Fact(message("Made with"), plan.record.made_with),
                    Fact(message("Checksum of the plan (SHA-256)"), code=plan.record.sha256),
                )
            ),
            Details(
                message("The plan, point by point"),
                (plan_table(plan.record.analysis),),
            ),
        ]
    return Section(
        id="planned",
        number="2",
        heading=message("What was planned beforehand"),
        question=message("Was it settled before the counts were known how to judge?"),
        blocks=tuple(blocks),
    )


def plan_table(analysis: Mapping[str, object]) -> WordTable:
    """Return the points that a plan binds, with their values."""
    return WordTable(
        title=message("What the plan binds"),
        heads=(message("Point"), message("Planned")),
        rows=tuple((plan_key(key), shown_value(value)) for key, value in analysis.items()),
    )


def shown_value(value: object) -> str:
    """Return a value of a plan as it is read, letter by letter as it was written.

    Examples
    --------
    >>> shown_value({"Burglary": {"least_effect": 0.2}}), shown_value([150, 150]), shown_value(None)
    ('Burglary (least_effect: 0.2)', '150, 150', '–')
    """
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(shown_value(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(
            f"{key} ({shown_value(one)})" if isinstance(one, dict) else f"{key}: {shown_value(one)}"
            for key, one in value.items()
        )
    return str(value)


def _kept(setting: EvaluationSetting) -> Text:
    plan = setting.evaluation.plan
    if plan.is_late:
        return _LATE
    if plan.changes:
        return plural_message(*_CHANGED, len(plan.changes))
    return _KEPT


def _changes(setting: EvaluationSetting) -> list[Block]:
    changes = setting.evaluation.plan.changes
    if not changes:
        return []
    return [
        WordTable(
            title=message("Done otherwise than planned"),
            heads=(message("Point"), message("Planned"), message("Done")),
            rows=tuple((plan_key(one.key), one.planned, one.done) for one in changes),
        )
    ]


_NO_PLAN = message("No plan was registered before the measure")
_WHY_PLAN = message(
    "Nobody can check whether places, times and outcomes were chosen before the counts were seen. "
    "Next time, write the plan first:"
)
_COMMAND = "forestall plan-evaluation SPEC.toml"
_KEPT = message("The plan was written beforehand, and it was kept in every point.")
_LATE = message(
    "The plan was written after the time after had begun. It is weaker than one written before."
)
_CHANGED = (
    "The plan was written beforehand. {count} point was done otherwise.",
    "The plan was written beforehand. {count} points were done otherwise.",
)
