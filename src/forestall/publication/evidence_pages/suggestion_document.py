"""This file knows how suggestions for a problem become a document: harm first, then reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.candidates import Answer, Candidate, local_in_words
from forestall.evidence.claims import Standing
from forestall.languages import LineStart, Sentences, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Details,
    Document,
    Finding,
    Findings,
    Heading,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Strong,
    WordTable,
)
from forestall.publication.evidence_pages.conditions import listed, open_conditions
from forestall.publication.evidence_pages.made import made_section
from forestall.publication.report.frame import translation_line

if TYPE_CHECKING:
    from datetime import date

    from forestall.evidence.suggestions import Suggestions
    from forestall.evidence.transfer import TransferArgument
    from forestall.publication.blocks import Block


def build_suggestion_page(found: Suggestions, *, made_on: date, command: str) -> Document:
    """Build the document of suggestions, to be written in any language.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.evidence.profiles import ProblemProfile
    >>> from forestall.evidence.suggestions import suggest_interventions
    >>> from forestall.evidence.vocabulary import Problem
    >>> page = build_suggestion_page(
    ...     suggest_interventions(ProblemProfile(problem=Problem.BULLYING)),
    ...     made_on=date(2026, 1, 5), command="forestall evidence suggest bullying")
    >>> [section.id for section in page.sections]
    ['brief', 'test', 'mixed', 'made']
    """
    made = message("Made on {day} ·", day=made_on)
    sections = [
        _brief(found),
        _harmful(found),
        _helped(found),
        _mixed(found),
        _untested(found),
        _others(found),
    ]
    return Document(
        title=message("What could be done: {problem}", problem=found.profile.in_words()),
        kicker=message("Measures that were studied elsewhere"),
        lead=message("What has helped elsewhere, what has harmed, and what would it need here?"),
        made_line=(made, Link(message("How this was made"), "#made")),
        sections=(
            *(one for one in sections if one is not None),
            made_section(made_on=made_on, command=command, caveats=found.caveats),
        ),
        foot=(Sentences((translation_line(),)),),
    )


def _brief(found: Suggestions) -> Section:
    told = [
        Finding(bold=_SAID[one.answer].filled(measure=one.intervention.name), then=one.why[1])
        for one in (*found.of(Answer.HARMFUL), *found.to_test[:_FIRST])
    ]
    if not found.of(Answer.CANDIDATE):
        told.append(Finding(bold=_NOTHING, then=_PLAN))
    return Section(
        id="brief",
        heading=message("In brief"),
        blocks=(
            Findings(tuple(told)),
            Box(
                kind=BoxKind.CANNOT,
                title=message("What cannot be said"),
                items=tuple(Item(one) for one in found.caveats),
            ),
        ),
    )


def _harmful(found: Suggestions) -> Section | None:
    harmful = found.of(Answer.HARMFUL)
    if not harmful:
        return None
    return Section(
        id="harm",
        heading=message("Do not do this"),
        question=message("What made things worse elsewhere?"),
        blocks=tuple(block for one in harmful for block in _short(one)),
    )


def _helped(found: Suggestions) -> Section | None:
    helped = found.of(Answer.CANDIDATE)
    if not helped:
        return None
    return Section(
        id="test",
        heading=message("Helped elsewhere: test it here"),
        question=message("Why is it here, what would rule it out, and who would have to do what?"),
        blocks=tuple(block for one in helped for block in _full(one)),
    )


def _mixed(found: Suggestions) -> Section | None:
    mixed = found.of(Answer.MIXED)
    if not mixed:
        return None
    return Section(
        id="mixed",
        heading=message("Results differ elsewhere: find out why"),
        question=message("What helped in one place and not in another?"),
        blocks=tuple(block for one in mixed for block in _full(one)),
    )


def _untested(found: Suggestions) -> Section | None:
    untested = found.of(Answer.UNTESTED)
    if not untested:
        return None
    return Section(
        id="untested",
        heading=message("Not soundly tested: plan the evaluation first"),
        question=message("What may help, but nobody can tell yet?"),
        blocks=(
            Box(kind=BoxKind.NOTE, title=_PLAN, command="forestall plan-evaluation SPEC -o plan"),
            *(block for one in untested for block in _full(one)),
        ),
    )


def _others(found: Suggestions) -> Section | None:
    kinds = (Answer.NOT_SEEN_TO_HELP, Answer.RULED_OUT, Answer.OUTSIDE)
    rows = tuple(
        (LineStart(one.intervention.name), one.answer.words, one.why[1])
        for kind in kinds
        for one in found.of(kind)
    )
    if not rows:
        return None
    return Section(
        id="others",
        heading=message("Not suggested, and why"),
        blocks=(
            WordTable(
                heads=(message("Measure"), message("Why not"), message("What was found")),
                rows=rows,
            ),
        ),
    )


def _short(one: Candidate) -> list[Block]:
    lead = one.findings[0]
    return [
        Heading(LineStart(one.intervention.name)),
        Paragraph((one.intervention.what,)),
        *listed(_FOR, one.why),
        *(listed(_AGAINST, one.against) or [Paragraph((_NOTHING_AGAINST,))]),
        Paragraph((Link(message("Source: {key}", key=lead.key), lead.source.address),)),
    ]


def _full(one: Candidate) -> list[Block]:
    blocks = _short(one)
    blocks.insert(2, Paragraph((Strong(LineStart(one.answer.words)),)))
    blocks.insert(3, Paragraph((one.certainty.in_words(),)))
    if one.local:
        blocks.append(Items(tuple(Item(local_in_words(effect)) for effect in one.local)))
    blocks += open_conditions(one)
    if one.argument is not None:
        if one.answer is Answer.UNTESTED:
            blocks += listed(_EVALUATION, (*one.argument.to_pilot, *one.argument.to_measure))
        argument = tuple(_argument(one.answer, one.argument))
        blocks.append(Details(message("Does it fit here? The argument"), argument))
    return blocks


def _argument(answer: Answer, argument: TransferArgument) -> list[Block]:
    rows = tuple(
        (claim.standing.words, LineStart(claim.ground.words), claim.sentence)
        for standing in Standing
        for claim in argument.of(standing)
    )
    blocks: list[Block] = [
        WordTable(
            heads=(message("Here"), message("About"), message("Claim")),
            rows=rows,
        ),
        *listed(message("Find out"), argument.to_find_out),
    ]
    if answer is not Answer.UNTESTED:
        blocks += listed(message("Try it like this"), argument.to_pilot)
        blocks += listed(message("Measure"), argument.to_measure)
    return blocks


_FIRST = 4
_NOTHING = message("No measure is known to have helped on this problem.")
_PLAN = message("Whatever is tried, plan its evaluation before it starts.")
_FOR = message("What speaks for it")
_AGAINST = message("What speaks against it")
_NOTHING_AGAINST = message("No text that was seen speaks against it; they may not have looked.")
_EVALUATION = message("Plan the evaluation")
_SAID = {
    Answer.HARMFUL: message("Do not: {measure}."),
    Answer.CANDIDATE: message("Helped elsewhere: {measure}."),
    Answer.MIXED: message("Results differ: {measure}."),
}
