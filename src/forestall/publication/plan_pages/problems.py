"""This file knows the section on problems: what happens, how it is known, what feeds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LineStart, Listing, Sentences, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Section,
    Source,
    WordTable,
)
from forestall.publication.plan_pages.setting import NOTHING
from forestall.publication.plan_pages.words import in_unit, with_interval

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.records import Figure, PlanProblem
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def problems_section(setting: PlanSetting) -> Section:
    """Build the section with each problem, its figures and the background that was looked at."""
    blocks: list[Block] = []
    if not setting.plan.problems:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NONE, _FIRST)))
    for problem in setting.plan.problems:
        blocks += _problem(problem, setting)
    if any(problem.figures for problem in setting.plan.problems):
        blocks.append(Source((TYPED,)))
    return Section(
        id="problems",
        heading=message("Problems"),
        question=message("What happens, how is it known, and what feeds it?"),
        blocks=tuple(blocks),
    )


def _problem(problem: PlanProblem, setting: PlanSetting) -> list[Block]:
    blocks: list[Block] = [Heading(setting.text(problem.title), id=f"problem-{problem.key}")]
    if problem.description:
        blocks.append(Paragraph((setting.text(problem.description),)))
    facts = [Fact(message("Kind"), LineStart(problem.kind.words))]
    facts += [
        Fact(term, setting.text(texts))
        for term, texts in ((message("Where and when"), problem.where),)
        if setting.text(texts)
    ]
    facts.append(Fact(message("Whom it touches"), _affected(problem, setting)))
    facts.append(Fact(message("Background that was looked at"), _factors(problem, setting)))
    if not problem.figures:
        known = setting.text(problem.known_from) or message("Not told yet.")
        facts.append(Fact(message("How it is known"), known))
    blocks.append(Facts(tuple(facts)))
    if problem.figures:
        blocks.append(_figures(problem.figures, setting))
    return blocks


def _affected(problem: PlanProblem, setting: PlanSetting) -> Text:
    groups = Listing([one.words for one in problem.affected]) if problem.affected else ""
    return _start(groups, setting.text(problem.affected_words))


def _factors(problem: PlanProblem, setting: PlanSetting) -> Text:
    named = Listing([one.words for one in problem.factors]) if problem.factors else ""
    return _start(named, setting.text(problem.factors_words))


def _start(named: Text, words: Text) -> Text:
    """Return a list as a sentence, and what was written besides."""
    if not named and not words:
        return message("Not told yet.")
    listed = message("{list}.", list=LineStart(named)) if named else ""
    return Sentences((listed, words))


def _figures(figures: tuple[Figure, ...], setting: PlanSetting) -> WordTable:
    rows = tuple(
        (
            setting.text(one.said),
            in_unit(with_interval(one), setting.text(one.unit)) or NOTHING,
            setting.told(one.period),
            setting.told(one.source),
        )
        for one in figures
    )
    return WordTable(
        title=message("Figures"),
        heads=(message("Finding"), message("Number"), message("Time"), message("Source")),
        rows=rows,
        labelled=True,
    )


_NONE = message("This plan names no problem yet.")
_FIRST = message("A plan begins with a problem, how it is known and whom it touches (1995/9 ¶2).")
TYPED = message(
    "Figures stand as the plan gives them; its sources tell where each was counted or estimated."
)
