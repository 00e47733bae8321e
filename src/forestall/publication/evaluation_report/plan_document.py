"""This file knows how the plan of an evaluation becomes a document, before the measure comes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.evaluation.schemes import Design
from forestall.languages import Day, Ended, Listing, Period, Sentences, Share, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Document,
    Fact,
    Facts,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Source,
    WordTable,
)
from forestall.publication.evaluation_report.planned import plan_table
from forestall.publication.evaluation_report.words import APPROACHES, CHOSEN
from forestall.publication.provenance import MADE_WITH
from forestall.publication.report.frame import translation_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from forestall.evaluation import EvaluationPlan
    from forestall.evaluation.programmes.plans import PlanRecord
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.languages import Text
    from forestall.publication.blocks import Block


def build_plan_report(
    plan: PlanRecord, spec: EvaluationSpec, *, power: EvaluationPlan | None, command: str
) -> Document:
    """Build the document of a plan: what will be done, how it is judged, what could be told.

    Parameters
    ----------
    power
        What the designs could tell; None where no counts were given.

    Examples
    --------
    >>> from forestall.publication.evaluation_example import example_plan, example_specification
    >>> document = build_plan_report(example_plan(), example_specification(), power=None,
    ...     command="forestall plan-evaluation spec.toml -o plan")
    >>> str(document.title)
    'Plan: Gates in the alleys of Hill Town'
    """
    made = message("Made on {day} ·", day=Day(plan.made_on))
    return Document(
        title=message("Plan: {title}", title=plan.title),
        kicker=message("Plan of an evaluation, written beforehand"),
        lead=spec.question,
        made_line=(made, Link(message("How this was made"), "#made")),
        sections=(
            _brief(plan, spec, power),
            _done(spec),
            _judged(plan),
            _told(power),
            _made(plan, command),
        ),
        foot=(Sentences((translation_line(),)),),
    )


def _brief(plan: PlanRecord, spec: EvaluationSpec, power: EvaluationPlan | None) -> Section:
    boxes: list[Block] = []
    if spec.is_placebo:
        boxes.append(Box(kind=BoxKind.CARE, title=message("This is a placebo")))
    if spec.is_outside_guidelines:
        boxes.append(Box(kind=BoxKind.CARE, title=_OUTSIDE))
    said = message(
        "{outcome} is what decides: {before} against {after}. The least fall worth having is "
        "{fall}.",
        outcome=spec.primary.name,
        before=Period(spec.times.before.first, spec.times.before.last),
        after=Period(spec.times.after.first, spec.times.after.last),
        fall=Share(spec.primary.least_effect),
    )
    advice = () if power is None else tuple(Item(Ended(one)) for one in power.advice)
    return Section(
        id="brief",
        heading=message("In brief"),
        blocks=(
            *boxes,
            Paragraph((said,)),
            *((Items(advice),) if advice else ()),
            Box(kind=BoxKind.NOTE, title=_CHECKSUM, sentences=(_SHOW_IT,), command=plan.sha256),
        ),
    )


def _done(spec: EvaluationSpec) -> Section:
    done, places = spec.intervention, spec.places
    facts = [
        Fact(message("Measure"), done.what),
        Fact(message("Who does it"), done.by),
        Fact(message("Sort of measure"), APPROACHES[done.approach]),
        Fact(message("Since"), Listing([Day(day) for day in done.since])),
        Fact(message("How the places were chosen"), CHOSEN[places.chosen]),
    ]
    if places.how:
        facts.append(Fact(message("The story of the choice"), places.how))
    return Section(
        id="done",
        number="1",
        heading=message("What will be done"),
        blocks=(Facts(tuple(facts)),),
    )


def _judged(plan: PlanRecord) -> Section:
    return Section(
        id="planned",
        number="2",
        heading=message("How it will be judged"),
        question=message("What is settled now, so that nobody can choose it later?"),
        blocks=(plan_table(plan.analysis), Source((_NOT_BOUND,))),
    )


def _told(power: EvaluationPlan | None) -> Section:
    if power is None:
        blocks: tuple[Block, ...] = (
            Box(kind=BoxKind.EMPTY, title=_NO_COUNTS, sentences=(_GIVE_COUNTS,)),
        )
    else:
        rows = power.table.to_dict("records")
        blocks = (
            WordTable(
                title=message("Smallest fall that each design would find"),
                heads=(
                    message("Design"),
                    message("Smallest fall found"),
                    message("How often the least fall worth having is found"),
                    message("The same in the city's own counts"),
                    message("Enough?"),
                ),
                rows=tuple(_power_row(row) for row in rows),
                number_columns=(1, 2, 3),
            ),
            Items(tuple(Item(Ended(caveat)) for caveat in power.caveats)),
        )
    return Section(
        id="power",
        number="3",
        heading=message("What could be told"),
        question=message("How large must an effect be, so that these counts show it?"),
        blocks=blocks,
    )


def _power_row(row: Mapping[Any, Any]) -> tuple[Text, ...]:
    name = Design(str(row["design"])).words
    if not row["possible"]:
        return (name, "–", "–", "–", message("not possible here"))
    return (
        name,
        _share(row["detectable"]),
        _share(row["power"]),
        _share(row.get("simulated_power")),
        message("yes") if row["answers"] else message("no"),
    )


def _share(value: Any) -> Text:
    return "–" if _is_missing(value) else Share(float(value))


def _is_missing(value: Any) -> bool:
    return value is None or math.isnan(float(value))


def _made(plan: PlanRecord, command: str) -> Section:
    facts = (
        Fact(message("Command"), code=command),
        Fact(message("Made with"), MADE_WITH),
        Fact(message("Plan made on"), Day(plan.made_on)),
        Fact(message("Checksum of the plan (SHA-256)"), code=plan.sha256),
    )
    return Section(
        id="made", number="4", heading=message("How this was made"), blocks=(Facts(facts),)
    )


_OUTSIDE = message("Law enforcement is outside the Guidelines")
_CHECKSUM = message("The checksum of this plan")
_SHOW_IT = message(
    "Put it where others can see it, such as minutes or a web page. The report will show every "
    "point that was done otherwise."
)
_NOT_BOUND = message("Wording, contacts and costs are not bound by the plan.")
_NO_COUNTS = message("What these counts could show was not worked out")
_GIVE_COUNTS = message("Give the city's own counts with --store, and the plan will say it.")
