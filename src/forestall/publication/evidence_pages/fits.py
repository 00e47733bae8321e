"""This file knows the sections on use: how it works, for whom, by whom, cost, side effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LineStart, Listing, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Fact,
    Facts,
    Item,
    Items,
    Paragraph,
    Section,
    Strong,
    WordTable,
)
from forestall.publication.evidence_pages.quoted import quoted_items

if TYPE_CHECKING:
    from forestall.evidence.interventions import Partner
    from forestall.languages import Message
    from forestall.publication.blocks import Block
    from forestall.publication.evidence_pages.setting import InterventionSetting


def how_section(setting: InterventionSetting) -> Section:
    """Build the section on how it is thought to work, and what the texts say of that."""
    measure = setting.intervention
    blocks: list[Block] = [
        Facts(
            (
                Fact(message("Approach"), _listed([one.words for one in measure.approaches])),
                Fact(message("What is done"), measure.what),
            )
        )
    ]
    if measure.mechanisms:
        blocks.append(Paragraph((Strong(message("It is thought to work in these ways:")),)))
        blocks.append(Items(tuple(Item(one.words) for one in measure.mechanisms)))
    blocks += quoted_items(setting.texts, "mechanism")
    return Section(
        id="how",
        number="2",
        heading=message("How does it work?"),
        question=message("By what would it change anything?"),
        blocks=tuple(blocks),
    )


def whom_section(setting: InterventionSetting) -> Section:
    """Build the section on places and groups that were studied, and on what made a difference."""
    places = dict.fromkeys(place for one in setting.texts for place in one.reading.settings)
    groups = dict.fromkeys(group for one in setting.texts for group in one.reading.populations)
    facts = [
        Fact(message("Places studied"), _listed([one.words for one in places])),
        Fact(message("Groups studied"), _listed([one.words for one in groups])),
    ]
    blocks: list[Block] = [Facts(tuple(facts))]
    helped = setting.intervention.helped_by
    if helped:
        blocks.append(Paragraph((Strong(message("It did better where:")),)))
        blocks.append(Items(tuple(Item(one.statement) for one in helped)))
    blocks += quoted_items(setting.texts, "moderators")
    return Section(
        id="whom",
        number="3",
        heading=message("For whom, and where?"),
        question=message("Where and on whom was it studied, and what made a difference?"),
        blocks=tuple(blocks),
    )


def needs_section(setting: InterventionSetting) -> Section:
    """Build the section on what it needs, from which partner, and what it costs."""
    measure = setting.intervention
    blocks: list[Block] = []
    if not setting.can_be_tried:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NO_PARTNERS,)))
    elif measure.needs:
        blocks.append(Paragraph((Strong(message("It cannot be done without:")),)))
        blocks.append(Items(tuple(Item(one.statement) for one in measure.needs)))
    tasks: dict[Partner, list[Message]] = {}
    for one in measure.partners:
        tasks.setdefault(one.partner, []).append(one.task.words)
    if tasks and setting.can_be_tried:
        blocks.append(
            WordTable(
                title=message("Who has to do what"),
                heads=(message("Partner"), message("Tasks")),
                rows=tuple(
                    (LineStart(partner.words), LineStart(_listed(told)))
                    for partner, told in tasks.items()
                ),
            )
        )
    blocks += quoted_items(setting.texts, "implementation")
    costs = quoted_items(setting.texts, "economics")
    blocks += costs or [Box(kind=BoxKind.EMPTY, sentences=(_NO_COST,))]
    return Section(
        id="needs",
        number="4",
        heading=message("What does it need, and what does it cost?"),
        question=message("What must be true here, who has to take part, and at what cost?"),
        blocks=tuple(blocks),
    )


def side_section(setting: InterventionSetting) -> Section:
    """Build the section on side effects: seen, looked for, and never measured."""
    rows = tuple(
        (LineStart(body.outcome.words), found.words, one.key)
        for body in setting.bodies
        for one, found in body.side_findings
    )
    blocks: list[Block] = []
    if rows:
        blocks.append(
            WordTable(
                title=message("What texts say besides their main outcome"),
                heads=(message("Side effect"), message("Finding"), message("Text")),
                rows=rows,
            )
        )
    blocks += quoted_items(setting.texts, "unintended")
    if setting.unmeasured:
        items = tuple(Item(LineStart(one.words)) for one in setting.unmeasured)
        blocks.append(
            Box(kind=BoxKind.CARE, title=message("Nobody in these texts measured"), items=items)
        )
    watch = setting.intervention.watch
    if watch and setting.can_be_tried:
        blocks.append(
            Box(
                kind=BoxKind.NOTE,
                title=message("Measure these when you try it"),
                items=tuple(Item(LineStart(one.words)) for one in watch),
            )
        )
    return Section(
        id="side",
        number="5",
        heading=message("What else does it do?"),
        question=message("Does it move crime elsewhere, do harm, or burden some more than others?"),
        blocks=tuple(blocks),
    )


def _listed(words: list[Message]) -> Message | Listing:
    return Listing(tuple(words)) if words else message("not stated")


_NO_PARTNERS = message("What it needs, and from whom, is told only of what a city may try.")
_NO_COST = message(
    "No text that was seen says what it costs; set your own costs against its benefits."
)
