"""This file knows what is said of one measure as an answer to one problem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from forestall.evidence.bodies import BodyOfEvidence, nearest_to, strongest_first
from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.closeness import Closeness, closeness, settings_in_common
from forestall.evidence.figures import figure_in_words, studies_in_words
from forestall.evidence.interventions import Role
from forestall.evidence.transfer import TransferArgument, assess_transfer
from forestall.evidence.reviews import Net
from forestall.evidence.vocabulary import Finding, Outcome
from forestall.languages import LineStart, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.appraisal import CertaintyOfEvidence
    from forestall.evidence.interventions import Intervention
    from forestall.evidence.library import Evidence
    from forestall.evidence.profiles import ProblemProfile
    from forestall.evidence.reviews import ReviewFinding

_ABOUT_THE_PROBLEM = (Outcome.CRIME, Outcome.VICTIMIZATION, Outcome.HARM, Outcome.FEAR)


class Answer(IntEnum):
    """What is said of a measure as an answer to a problem, in the order in which it is read."""

    HARMFUL = 0
    CANDIDATE = 1
    UNTESTED = 2
    NOT_SEEN_TO_HELP = 3
    RULED_OUT = 4
    OUTSIDE = 5

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _ANSWERS[self]


@dataclass(frozen=True, eq=False, kw_only=True)
class Candidate:
    """One measure as an answer to one problem.

    Attributes
    ----------
    intervention
        The measure.
    answer
        What is said of it.
    close
        How near the problem that was studied is.
    settings
        How many of the settings asked were studied, or are like one that was.
    findings
        The texts that the answer rests on, the strongest first.
    certainty
        How sure the strongest outcome is, with the reasons; None where nothing was measured.
    argument
        Whether it fits here; None for what is not suggested on principle.
    why
        Why it is in the list, in sentences.
    against
        What speaks against it: harms, null findings elsewhere, limits.
    """

    intervention: Intervention
    answer: Answer
    close: Closeness
    settings: int
    findings: tuple[ReviewFinding, ...]
    certainty: CertaintyOfEvidence | None
    argument: TransferArgument | None
    why: tuple[Message, ...]
    against: tuple[Message, ...]

    @property
    def lead(self) -> ReviewFinding | None:
        """Return the strongest text."""
        return self.findings[0] if self.findings else None

    @property
    def costs(self) -> tuple[ReviewFinding, ...]:
        """Return the texts that say something of costs."""
        return tuple(one for one in self.findings if one.notes.economics)


def candidate_for(
    intervention: Intervention, profile: ProblemProfile, evidence: Evidence
) -> Candidate | None:
    """Return what is said of a measure as an answer to a problem; None if it was studied on others.

    Circumstances and side effects of measures are no answers, and give None.
    """
    if intervention.role in (Role.FACTOR, Role.SIDE_EFFECTS):
        return None
    findings = _findings_for(intervention, profile, evidence)
    if not findings:
        return None
    is_measure = intervention.role is Role.MEASURE and not intervention.is_law_enforcement
    argument = assess_transfer(intervention.key, profile, evidence=evidence) if is_measure else None
    body = BodyOfEvidence(
        intervention=intervention.key,
        outcome=findings[0].reading.outcome,
        findings=findings,
        side_findings=(),
        effects=(),
    )
    return Candidate(
        intervention=intervention,
        answer=_answer(intervention, body, argument),
        close=min(closeness(profile.problem, one.reading.problems) for one in findings),
        settings=len(_common(findings, profile)),
        findings=findings,
        certainty=certainty_of_body(body),
        argument=argument,
        why=_why(findings, profile),
        against=_against(intervention, findings),
    )


def in_reading_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return harm first, then by relevance (problem, setting), then by certainty."""

    def place(one: Candidate) -> tuple[int, int, int, int, str]:
        level = 0 if one.certainty is None else int(one.certainty.level)
        return one.answer, one.close, -one.settings, -level, one.intervention.key

    return tuple(sorted(candidates, key=place))


def _findings_for(
    intervention: Intervention, profile: ProblemProfile, evidence: Evidence
) -> tuple[ReviewFinding, ...]:
    about = [
        one
        for one in evidence.reviews_of(intervention.key)
        if one.reading.outcome in _ABOUT_THE_PROBLEM
    ]
    ordered = strongest_first(nearest_to(profile.problem, about))
    there = [one for one in ordered if settings_in_common(profile.settings, one.reading.settings)]
    return (*there, *(one for one in ordered if one not in there))


def _common(findings: tuple[ReviewFinding, ...], profile: ProblemProfile) -> set[str]:
    return {
        setting.value
        for one in findings
        for setting in settings_in_common(profile.settings, one.reading.settings)
    }


def _answer(
    intervention: Intervention, body: BodyOfEvidence, argument: TransferArgument | None
) -> Answer:
    if intervention.is_law_enforcement:
        return Answer.OUTSIDE
    if body.finding is Finding.HARMFUL or intervention.role is Role.REVERSAL:
        return Answer.HARMFUL
    if argument is not None and argument.is_ruled_out:
        return Answer.RULED_OUT
    if body.finding is Finding.NO_CLEAR_DIFFERENCE:
        return Answer.NOT_SEEN_TO_HELP
    compared = [one for one in body.findings if one.is_compared]
    if body.finding is Finding.DESIRABLE and compared:
        return Answer.CANDIDATE
    return Answer.UNTESTED


def _why(findings: tuple[ReviewFinding, ...], profile: ProblemProfile) -> tuple[Message, ...]:
    near = min(closeness(profile.problem, one.reading.problems) for one in findings)
    said = [_NEAR[near].filled(problem=profile.problem.words), text_in_words(findings[0])]
    common = [
        one
        for one in profile.settings
        if any(settings_in_common([one], found.reading.settings) for found in findings)
    ]
    said += [message("Studied in such places: {setting}.", setting=one.words) for one in common]
    return tuple(said)


def text_in_words(finding: ReviewFinding) -> Message:
    r"""Return what a text says in one sentence: what kind of text, how many studies, the figure.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> found = packaged_evidence().review_named("lighting-2022")
    >>> str(text_in_words(found)).replace("\xa0", " ")
    'Review with a pooled effect, 21 studies, 2022: 14 % lower.'
    """
    words = {
        "kind": LineStart(finding.reading.kind.words),
        "studies": studies_in_words(finding),
        "figure": figure_in_words(finding),
    }
    if finding.year is None:
        return message("{kind}, {studies}, year not stated: {figure}.", **words)
    return message("{kind}, {studies}, {year}: {figure}.", **words, year=str(finding.year))


def _against(
    intervention: Intervention, findings: tuple[ReviewFinding, ...]
) -> tuple[Message, ...]:
    said = list(intervention.limits)
    for finding, words in _OTHERWISE.items():
        others = sum(one.reading.finding is finding for one in findings[1:])
        if others:
            said.append(words.filled(count=others, total=len(findings)))
    lead = findings[0]
    if lead.reading.is_restated:
        said.append(_RESTATED)
    if lead.reading.net is Net.NO:
        said.append(_RAW)
    harmed = {
        side.words
        for one in findings
        for side, found in one.reading.side_effects
        if found is Finding.HARMFUL
    }
    said += [message("A side effect was seen: {outcome}.", outcome=one) for one in harmed]
    return tuple(said)


_ANSWERS = {
    Answer.HARMFUL: message("did harm: do not do it"),
    Answer.CANDIDATE: message("helped elsewhere: test it here"),
    Answer.UNTESTED: message("untested: plan the evaluation first"),
    Answer.NOT_SEEN_TO_HELP: message("was not seen to help"),
    Answer.RULED_OUT: message("ruled out here"),
    Answer.OUTSIDE: message("law enforcement: for comparison only"),
}
_NEAR = {
    Closeness.SAME_PROBLEM: message("Studied on this problem: {problem}."),
    Closeness.RELATED_PROBLEM: message("Studied on a problem related to this one: {problem}."),
    Closeness.ALL_CRIME: message("Studied on all crime together, {problem} among it."),
    Closeness.OTHER: message("Not studied on this problem: {problem}."),
}
_OTHERWISE = {
    Finding.HARMFUL: message("{count} of {total} texts found it worse with the measure."),
    Finding.NO_CLEAR_DIFFERENCE: message("{count} of {total} texts found no clear difference."),
    Finding.MIXED: message("{count} of {total} texts found mixed results."),
}
_RESTATED = message("The figure was read in a text that restates another; look it up first.")
_RAW = message("The figure is a change in the place alone; how much of it is the measure is open.")
