"""This file knows how a rights assessment is told in short: what it touches, and who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, LineStart, Sentences, message, plural_message
from forestall.publication.blocks import Box, BoxKind, Fact, Facts, Heading, Paragraph, WordTable
from forestall.publication.plan_pages.words import in_short
from forestall.safeguards.gate import DECIDERS, check_rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting
    from forestall.safeguards.assessment import Decision, PersonalData, RightsAssessment
    from forestall.safeguards.gate import RightsCheck, RightsPoint


def rights_in_short(assessment: RightsAssessment | None) -> Text:
    """Return where the assessment stands, in a few words."""
    if assessment is None:
        return message("not looked at yet")
    found = check_rights(assessment)
    if found.refused:
        return message("refused: it cannot be carried out like this")
    if any(not one.agrees for one in found.decisions):
        return message("returned with reasons")
    if len(found.decisions) < DECIDERS:
        return plural_message(
            "waits for {count} more person to decide",
            "waits for {count} more people to decide",
            DECIDERS - len(found.decisions),
        )
    return _agreed(found)


def _agreed(found: RightsCheck) -> Text:
    if found.missing:
        return message("something is not written down yet")
    if found.conditions:
        return message("agreed with conditions")
    return message("agreed by two people")


def rights_blocks(assessment: RightsAssessment | None, setting: PlanSetting) -> list[Block]:
    """Return the assessment of an action in short; who decided is told by office only."""
    head = Heading(message("Rights"))
    if assessment is None:
        return [head, Paragraph((_NOBODY,))]
    blocks: list[Block] = [head]
    found = check_rights(assessment)
    if found.refused:
        told = tuple(_with_paragraph(one) for one in found.refused)
        blocks.append(Box(kind=BoxKind.CARE, sentences=told))
    blocks.append(Facts(tuple(_facts(assessment, setting))))
    blocks += _decisions(found.decisions, setting)
    return blocks


def _facts(assessment: RightsAssessment, setting: PlanSetting) -> list[Fact]:
    told = [Fact(message("Standing"), LineStart(rights_in_short(assessment)))]
    told += [
        Fact(LineStart(one.right.words), setting.text(one.how) or message("touched"))
        for one in assessment.touches
    ]
    if not assessment.touches:
        because = setting.text(assessment.none_touched_because)
        told.append(Fact(message("Touches no right"), because or message("No reason given yet.")))
    told += [
        Fact(term, setting.text(texts))
        for term, texts in (
            (message("Law it rests on"), assessment.legal_basis),
            (message("Why it is needed"), assessment.necessity),
            (message("Why it is in proportion"), assessment.proportionality),
            (message("What milder was looked at"), assessment.alternatives),
            (message("Who could be at a disadvantage"), assessment.equality),
            (message("Who could be marked"), assessment.stigma),
            (message("Who reviews it"), assessment.review_body),
            (message("Limits of private security"), assessment.private_security_limits),
        )
        if setting.text(texts)
    ]
    if assessment.personal_data is not None:
        told += _data(assessment.personal_data, setting)
    told.append(Fact(message("Police"), assessment.police.words))
    if setting.text(assessment.police_part):
        told.append(Fact(message("Part of the police"), setting.text(assessment.police_part)))
    return told


def _data(data: PersonalData, setting: PlanSetting) -> list[Fact]:
    told = [
        Fact(term, setting.text(texts) or message("Not told yet."))
        for term, texts in (
            (message("Personal data"), data.what),
            (message("For which purpose"), data.purpose),
            (message("Shared with"), data.shared_with),
        )
    ]
    kept = data.kept_months
    words = (
        message("Not told yet.")
        if kept is None
        else plural_message(
            "Destroyed after {count} month.", "Destroyed after {count} months.", kept
        )
    )
    return [*told, Fact(message("Kept for how long"), words)]


def _decisions(decided: Sequence[Decision], setting: PlanSetting) -> list[Block]:
    if not decided:
        return []
    rows = tuple(
        (
            setting.text(one.office),
            Day(one.on),
            message("agrees") if one.agrees else message("does not agree"),
            setting.told(one.reason),
            setting.told(one.conditions),
        )
        for one in decided
    )
    return [
        WordTable(
            title=message("Decisions"),
            heads=(
                message("Office"),
                message("Day"),
                message("Decision"),
                message("Reason"),
                message("Conditions"),
            ),
            rows=rows,
            labelled=True,
        )
    ]


def _with_paragraph(one: RightsPoint) -> Text:
    return Sentences((one.said, f"({in_short(one.paragraph)})"))


_NOBODY = message("Nobody has looked yet at the rights that this action touches (1997/33 ¶4–13).")
