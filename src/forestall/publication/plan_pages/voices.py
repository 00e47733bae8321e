"""This file knows the sections on consultation and reviews: what was said, found and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, Period, message
from forestall.publication.blocks import Box, BoxKind, Heading, Paragraph, Section, WordTable
from forestall.publication.plan_pages.words import day_or_dash

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.records import ConsultationRecord
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def consultation_section(setting: PlanSetting) -> Section:
    """Build the section on what residents and partners said, and what was changed."""
    blocks: list[Block] = []
    if not setting.plan.consultations:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NO_CONSULTATION, _RESIDENTS)))
    for one in setting.plan.consultations:
        blocks += _consultation(one, setting)
    return Section(
        id="consultation",
        heading=message("Consultation"),
        question=message("What did residents and partners say, and what was changed?"),
        blocks=tuple(blocks),
    )


def _consultation(one: ConsultationRecord, setting: PlanSetting) -> list[Block]:
    blocks: list[Block] = [Heading(_when(one))]
    if setting.text(one.how):
        blocks.append(Paragraph((setting.text(one.how),)))
    if not one.voices:
        blocks.append(Paragraph((message("Nothing that was said has been written down yet."),)))
        return blocks
    rows = tuple(
        (
            setting.text(voice.said),
            setting.text(voice.changed) or message("no answer yet"),
        )
        for voice in one.voices
    )
    blocks.append(
        WordTable(
            heads=(message("What was said"), message("What was changed, or why not")),
            rows=rows,
            labelled=True,
        )
    )
    return blocks


def _when(one: ConsultationRecord) -> Text:
    if one.closed is None:
        return message("Open since {day}", day=Day(one.opened))
    return Period(one.opened, one.closed)


def reviews_section(setting: PlanSetting) -> Section:
    """Build the section on the days on which the plan is looked at again."""
    rows = tuple(
        (
            Day(one.on),
            day_or_dash(one.held),
            setting.text(one.found) or _found(setting, is_held=one.held is not None),
        )
        for one in sorted(setting.plan.reviews, key=lambda one: one.on)
    )
    if not rows:
        blocks: tuple[Block, ...] = (Box(kind=BoxKind.EMPTY, sentences=(_NO_REVIEW, _AGAIN)),)
    else:
        blocks = (
            WordTable(
                heads=(message("Planned for"), message("Held on"), message("What came of it")),
                rows=rows,
                labelled=True,
            ),
        )
    return Section(
        id="reviews",
        heading=message("Reviews"),
        question=message("When is the plan looked at again, and what came of it?"),
        blocks=blocks,
    )


def _found(setting: PlanSetting, *, is_held: bool) -> Text:
    return message("Nothing has been written down yet.") if is_held else "–"


_NO_CONSULTATION = message("Nobody has been asked about this plan yet.")
_RESIDENTS = message("Residents take part in what concerns them (2002/13 ¶16).")
_NO_REVIEW = message("No review has been set yet.")
_AGAIN = message("A plan is looked at again regularly, and changed (1995/9 ¶5(d)).")
