"""This file knows what is said of one measure as an answer to one problem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from forestall.evidence.averaged import average_of, first_in_numbers
from forestall.evidence.bodies import BodyOfEvidence, nearest_to, strongest_first
from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.closeness import Closeness, closeness, settings_in_common
from forestall.evidence.figures import (
    effect_in_words,
    figure_in_words,
    kind_in_words,
    outcome_in_words,
)
from forestall.evidence.interventions import Role
from forestall.evidence.reviews import Net
from forestall.evidence.transfer import TransferArgument, assess_transfer
from forestall.evidence.vocabulary import Approach, Finding, Outcome, Population
from forestall.languages import LineStart, Message, message
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.appraisal import CertaintyOfEvidence
    from forestall.evidence.interventions import Intervention
    from forestall.evidence.library import Evidence
    from forestall.evidence.profiles import ProblemProfile
    from forestall.evidence.reviews import ReviewFinding
    from forestall.evidence.studies import StudyEffect
    from forestall.languages import Text

_SURE = (Certainty.CLEAR, Certainty.PROBABLE)
_IN_PLACES = {Approach.SITUATIONAL, Approach.COMMUNITY}
_ABOUT_THE_PROBLEM = (Outcome.CRIME, Outcome.VICTIMIZATION, Outcome.HARM, Outcome.FEAR)


class Answer(IntEnum):
    """What is said of a measure as an answer to a problem, in the order in which it is read."""

    HARMFUL = 0
    CANDIDATE = 1
    MIXED = 2
    UNTESTED = 3
    NOT_SEEN_TO_HELP = 4
    RULED_OUT = 5
    OUTSIDE = 6

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
    groups
        How many of the groups asked were studied.
    findings
        The texts that the answer rests on, the strongest first.
    certainty
        How sure the strongest text makes us, with the reasons.
    argument
        Whether it fits here; None for what is not suggested on principle.
    local
        Effects that the city's own evaluations found, on this problem or without one.
    why
        Why it is in the list, in sentences.
    against
        What speaks against it: harms, null findings elsewhere, limits.
    """

    intervention: Intervention
    answer: Answer
    close: Closeness
    settings: int
    groups: int
    findings: tuple[ReviewFinding, ...]
    certainty: CertaintyOfEvidence
    argument: TransferArgument | None
    local: tuple[StudyEffect, ...]
    why: tuple[Text, ...]
    against: tuple[Message, ...]

    @property
    def lead(self) -> ReviewFinding:
        """Return the strongest text."""
        return self.findings[0]

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
        effects=_effects_for(intervention, profile, evidence, findings[0].reading.outcome),
    )
    certainty = certainty_of_body(body)
    assert certainty is not None
    return Candidate(
        intervention=intervention,
        answer=_answer(intervention, body, argument),
        close=min(closeness(profile.problem, one.reading.problems) for one in findings),
        settings=len(_common(findings, profile)),
        groups=sum(
            any(group in one.reading.populations for one in findings)
            for group in profile.populations
        ),
        findings=findings,
        certainty=certainty,
        argument=argument,
        local=_local(intervention, profile, evidence),
        why=(*_why(findings, profile), *_averaged(body)),
        against=_against(intervention, findings),
    )


def in_reading_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return harm first, then by relevance (problem, setting), then by certainty.

    What helped and what had mixed results stand in one order.
    """

    def place(one: Candidate) -> tuple[int, int, int, int, str]:
        answer = Answer.CANDIDATE if one.answer is Answer.MIXED else one.answer
        return (
            answer,
            one.close,
            -one.settings - one.groups,
            -int(one.certainty.level),
            one.intervention.key,
        )

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
    there = [
        one
        for one in ordered
        if one.is_compared and settings_in_common(profile.settings, one.reading.settings)
    ]
    found = (*there, *(one for one in ordered if one not in there))
    return found if _bears_on(intervention, found, profile) else ()


def _effects_for(
    intervention: Intervention, profile: ProblemProfile, evidence: Evidence, outcome: Outcome
) -> tuple[StudyEffect, ...]:
    return tuple(
        one
        for one in evidence.effects_of(intervention.key)
        if one.outcome is outcome
        and (not one.problems or closeness(profile.problem, one.problems) < Closeness.OTHER)
    )


def _averaged(body: BodyOfEvidence) -> tuple[Text, ...]:
    average = average_of(body.effects)
    return () if average is None else (first_in_numbers(average),)


def _local(
    intervention: Intervention, profile: ProblemProfile, evidence: Evidence
) -> tuple[StudyEffect, ...]:
    return tuple(
        one
        for one in evidence.effects_of(intervention.key)
        if one.is_local
        and (not one.problems or closeness(profile.problem, one.problems) < Closeness.OTHER)
    )


def elsewhere_in_words(effect: StudyEffect) -> Message:
    """Return what an evaluation found that another city made and gave, with where it was read."""
    low, high = (effect_in_words(one, favours=effect.favours) for one in effect.limits())
    return message(
        "Evaluated elsewhere, {study}: {effect} (95 % interval: {low} to {high}); from {address}.",
        study=effect.study,
        effect=effect_in_words(effect.effect, favours=effect.favours),
        low=low,
        high=high,
        address=effect.source.address,
    )


def local_in_words(effect: StudyEffect) -> Message:
    """Return what a city's own evaluation found, in one sentence."""
    low, high = (effect_in_words(one, favours=effect.favours) for one in effect.limits())
    return message(
        "Evaluated in the city itself, {study}: {effect} (95 % interval: {low} to {high}).",
        study=effect.study,
        effect=effect_in_words(effect.effect, favours=effect.favours),
        low=low,
        high=high,
    )


def _bears_on(
    intervention: Intervention, findings: tuple[ReviewFinding, ...], profile: ProblemProfile
) -> bool:
    """Say whether evidence on another problem says something of this one.

    Evidence on all crime does for measures in places only, and not where only former victims were
    served: what befell them again is not what befalls a place. Where the city names settings,
    evidence on a related problem must be of a measure in places, and not of settings of another
    kind alone.
    """
    near = min(
        (closeness(profile.problem, one.reading.problems) for one in findings),
        default=Closeness.OTHER,
    )
    if near is Closeness.SAME_PROBLEM or not findings:
        return True
    if near is Closeness.ALL_CRIME and all(_of_victims(one) for one in findings):
        return False
    is_of_places = bool(_IN_PLACES & set(intervention.approaches))
    if not is_of_places and (profile.settings or near is Closeness.ALL_CRIME):
        return False
    elsewhere = all(one.reading.settings for one in findings) and not _common(findings, profile)
    return not (profile.settings and elsewhere)


def _of_victims(finding: ReviewFinding) -> bool:
    return finding.reading.populations == (Population.VICTIMS,)


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
    lead = body.findings[0]
    if lead.is_harmful or intervention.role is Role.REVERSAL:
        return Answer.HARMFUL
    if argument is not None and argument.is_ruled_out:
        return Answer.RULED_OUT
    average = average_of(body.effects)
    if average is not None and average.average.is_harmful:
        return Answer.HARMFUL if average.certainty in _SURE else Answer.MIXED
    return _answer_of_findings(body, lead)


def _answer_of_findings(body: BodyOfEvidence, lead: ReviewFinding) -> Answer:
    found = {one.reading.finding for one in body.findings if one.is_compared}
    if body.finding in (Finding.NO_CLEAR_DIFFERENCE, Finding.HARMFUL):
        return Answer.NOT_SEEN_TO_HELP
    if body.finding is Finding.DESIRABLE and lead.is_compared:
        return Answer.CANDIDATE
    if body.finding is Finding.MIXED and Finding.DESIRABLE in found:
        return Answer.MIXED
    if body.finding is Finding.MIXED and Finding.NO_CLEAR_DIFFERENCE in found:
        return Answer.NOT_SEEN_TO_HELP
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
    'Review with a pooled effect (21 studies, 2022). Theft and all crime: 14 % lower.'
    """
    read = finding.reading
    return message(
        "{text}. {outcome}: {figure}.",
        text=LineStart(kind_in_words(finding)),
        outcome=LineStart(outcome_in_words(read)),
        figure=figure_in_words(finding),
    )


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
    Answer.MIXED: message("results differ elsewhere: find out why, and test it here"),
    Answer.UNTESTED: message("not soundly tested: plan the evaluation first"),
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
