"""This file knows the section of a draft on what is still missing, and which paragraph asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LineStart, message
from forestall.plan.checking.points import PlanPart
from forestall.plan.checks import check_plan
from forestall.plan.states import PlanState
from forestall.publication.blocks import Heading, Link, Paragraph, Section, Source, WordTable
from forestall.publication.plan_pages.words import in_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Message
    from forestall.plan.checking.points import PlanPoint
    from forestall.publication.blocks import Block, Run
    from forestall.publication.plan_pages.setting import PlanSetting


def missing_section(setting: PlanSetting) -> Section:
    """Build the list of what is to be settled before which state, and of advice."""
    found = check_plan(setting.plan, today=setting.today)
    first = found.before(PlanState.CONSULTED)
    later = tuple(one for one in found.before(PlanState.ADOPTED) if one not in first)
    blocks: list[Block] = []
    for words, points in (
        (message("Before residents are asked"), first),
        (message("Before the plan is adopted"), later),
        (message("Advice"), found.advice),
    ):
        blocks += _points(words, points, setting)
    if not blocks:
        blocks.append(Paragraph((_COMPLETE,)))
    blocks.append(Source((_NO_SCORE,)))
    return Section(
        id="missing",
        heading=message("What is still missing"),
        question=message("What has to be settled, and which paragraph asks for it?"),
        blocks=tuple(blocks),
    )


def _points(words: Message, points: Sequence[PlanPoint], setting: PlanSetting) -> list[Block]:
    if not points:
        return []
    rows = tuple((_about(one, setting), one.said, in_short(one.paragraph)) for one in points)
    heads = (message("Part"), message("What is missing"), message("Paragraph"))
    return [Heading(words), WordTable(heads=heads, rows=rows, labelled=True)]


def _about(one: PlanPoint, setting: PlanSetting) -> Run:
    """Return what the point is about, with a link to where it stands."""
    words = setting.text(one.title) or LineStart(one.part.words)
    return Link(words, f"#{_place(one, setting)}")


def _place(one: PlanPoint, setting: PlanSetting) -> str:
    listed, known = _THINGS.get(one.part, ("", ""))
    if one.about in {each.key for each in getattr(setting.plan, listed, ())}:
        return f"{known}-{one.about}"
    return _SECTIONS[one.part]


# Where the keys of a part are found, and how the place of one is called on the page.
_THINGS = {
    PlanPart.PROBLEMS: ("problems", "problem"),
    PlanPart.OBJECTIVES: ("objectives", "objective"),
    PlanPart.ACTIONS: ("actions", "action"),
    PlanPart.MONEY: ("actions", "action"),
    PlanPart.RIGHTS: ("actions", "action"),
}
_SECTIONS = {
    PlanPart.PLAN: "brief",
    PlanPart.PROBLEMS: "problems",
    PlanPart.OBJECTIVES: "objectives",
    PlanPart.ACTIONS: "actions",
    PlanPart.MONEY: "money",
    PlanPart.RIGHTS: "actions",
    PlanPart.APPROACHES: "left-out",
    PlanPart.PARTNERS: "partners",
    PlanPart.CONSULTATION: "consultation",
    PlanPart.REVIEWS: "reviews",
}
_COMPLETE = message("The plan has all that the two texts ask for.")
_NO_SCORE = message("These are explanations and no score; work on every part can go on meanwhile.")
