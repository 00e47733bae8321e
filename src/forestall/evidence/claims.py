"""This file knows the claims of an argument whether something fits: known, unknown, contradicted.

There is no sum of claims and no score: a single contradicted need outweighs ten known ones, and
which unknown matters most is for the partners to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.evidence.closeness import Closeness, closeness, settings_in_common
from forestall.evidence.vocabulary import Finding
from forestall.languages import Listing, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.evidence.interventions import Intervention, Partner
    from forestall.evidence.profiles import ProblemProfile
    from forestall.evidence.reviews import ReviewFinding
    from forestall.languages import Message


class Standing(StrEnum):
    """How a claim stands in the city."""

    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"
    KNOWN = "known"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STANDINGS[self]


class Ground(StrEnum):
    """What a claim is about."""

    PROBLEM = "problem"
    SETTING = "setting"
    POPULATION = "population"
    MECHANISM = "mechanism"
    NEED = "need"
    MODERATOR = "moderator"
    PARTNER = "partner"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _GROUNDS[self]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim with what it rests on.

    Attributes
    ----------
    sentence
        The claim in words.
    texts
        Keys of the texts that it rests on; empty where it is our reading of the measure.
    question
        What to find out; None where there is nothing to find out.
    rules_out
        Whether the measure cannot be taken while the claim stands as it does.
    """

    ground: Ground
    standing: Standing
    sentence: Message
    texts: tuple[str, ...] = ()
    question: Message | None = None
    rules_out: bool = False


def claims_about(
    intervention: Intervention, findings: Sequence[ReviewFinding], profile: ProblemProfile
) -> tuple[Claim, ...]:
    """Return the claims on which it rests whether a measure fits a problem.

    Contradicted ones come first, then unknown, then known; within them in the order of `Ground`.
    """
    found = [
        _problem(findings, profile),
        *_settings(findings, profile),
        *_populations(findings, profile),
        *_mechanisms(intervention, findings),
        *_needs(intervention, profile),
        *_moderators(intervention, findings, profile),
        *_partners(intervention, profile),
    ]
    order = list(Standing)
    return tuple(sorted(found, key=lambda claim: order.index(claim.standing)))


def _problem(findings: Sequence[ReviewFinding], profile: ProblemProfile) -> Claim:
    near = {one.key: closeness(profile.problem, one.reading.problems) for one in findings}
    best = min(near.values(), default=Closeness.OTHER)
    keys = tuple(key for key, close in near.items() if close is best)
    words = {
        Closeness.SAME_PROBLEM: message("It was studied on this problem: {problem}."),
        Closeness.RELATED_PROBLEM: message(
            "It was studied on a related problem, not on this one: {problem}."
        ),
        Closeness.ALL_CRIME: message(
            "It was studied on all crime together, not on this problem alone: {problem}."
        ),
        Closeness.OTHER: message("No text studied it on this problem: {problem}."),
    }
    return Claim(
        ground=Ground.PROBLEM,
        standing=Standing.KNOWN if best is Closeness.SAME_PROBLEM else Standing.UNKNOWN,
        sentence=words[best].filled(problem=profile.problem.words),
        texts=keys if best is not Closeness.OTHER else (),
    )


def _settings(findings: Sequence[ReviewFinding], profile: ProblemProfile) -> Iterable[Claim]:
    for asked in profile.settings:
        same = [one for one in findings if asked in one.reading.settings]
        like = [one for one in findings if settings_in_common([asked], one.reading.settings)]
        against = [one for one in same if one.reading.finding in _AGAINST]
        if same and len(against) == len(same):
            standing = Standing.CONTRADICTED
            words = message("Where it was studied in such a place, it did not help: {setting}.")
        elif same:
            standing = Standing.KNOWN
            words = message("It was studied in such a place: {setting}.")
        elif like:
            standing = Standing.UNKNOWN
            words = message("It was studied in places that are like these: {setting}.")
        else:
            standing = Standing.UNKNOWN
            words = message("No text studied it in such a place: {setting}.")
        yield Claim(
            ground=Ground.SETTING,
            standing=standing,
            sentence=words.filled(setting=asked.words),
            texts=_keys(against or same or like),
        )


def _populations(findings: Sequence[ReviewFinding], profile: ProblemProfile) -> Iterable[Claim]:
    for asked in profile.populations:
        same = [one for one in findings if asked in one.reading.populations]
        against = [one for one in same if one.reading.finding in _AGAINST]
        if same and len(against) == len(same):
            standing = Standing.CONTRADICTED
            words = message("Where it was studied on this group, it did not help: {group}.")
        elif same:
            standing = Standing.KNOWN
            words = message("It was studied on this group: {group}.")
        else:
            standing = Standing.UNKNOWN
            words = message("No text studied it on this group: {group}.")
        yield Claim(
            ground=Ground.POPULATION,
            standing=standing,
            sentence=words.filled(group=asked.words),
            texts=_keys(against or same),
        )


def _mechanisms(intervention: Intervention, findings: Sequence[ReviewFinding]) -> Iterable[Claim]:
    told = _keys(one for one in findings if one.notes.mechanism)
    for mechanism in intervention.mechanisms:
        yield Claim(
            ground=Ground.MECHANISM,
            standing=Standing.UNKNOWN,
            sentence=message(
                "It is thought to work in this way: {mechanism}.", mechanism=mechanism.words
            ),
            texts=told,
            question=message("Would it work in this way here, too?"),
        )


def _needs(intervention: Intervention, profile: ProblemProfile) -> Iterable[Claim]:
    for need in intervention.needs:
        answer = profile.conditions.get(need)
        yield Claim(
            ground=Ground.NEED,
            standing=_STANDING_OF[answer],
            sentence=_NEEDED[answer].filled(statement=need.statement),
            question=need.question if answer is None else None,
            rules_out=answer is False,
        )


def _moderators(
    intervention: Intervention, findings: Sequence[ReviewFinding], profile: ProblemProfile
) -> Iterable[Claim]:
    told = _keys(one for one in findings if one.notes.moderators or one.notes.implementation)
    for helper in intervention.helped_by:
        answer = profile.conditions.get(helper)
        yield Claim(
            ground=Ground.MODERATOR,
            standing=_STANDING_OF[answer],
            sentence=_HELPED[answer].filled(statement=helper.statement),
            texts=told,
            question=helper.question if answer is None else None,
        )


def _partners(intervention: Intervention, profile: ProblemProfile) -> Iterable[Claim]:
    by_partner: dict[Partner, list[Message]] = {one.partner: [] for one in intervention.partners}
    for one in intervention.partners:
        by_partner[one.partner].append(one.task.words)
    for partner, tasks in by_partner.items():
        answer = None if profile.partners is None else partner in profile.partners
        yield Claim(
            ground=Ground.PARTNER,
            standing=_STANDING_OF[answer],
            sentence=_PARTNERS[answer].filled(partner=partner.words, tasks=Listing(tuple(tasks))),
        )


def _keys(findings: Iterable[ReviewFinding]) -> tuple[str, ...]:
    return tuple(one.key for one in findings)


_AGAINST = (Finding.HARMFUL, Finding.NO_CLEAR_DIFFERENCE)
_STANDING_OF = {True: Standing.KNOWN, False: Standing.CONTRADICTED, None: Standing.UNKNOWN}
_NEEDED = {
    True: message("It needs this, and it is so here: {statement}"),
    False: message("It needs this, and it is not so here: {statement}"),
    None: message("It needs this, and nobody has said yet whether it is so here: {statement}"),
}
_HELPED = {
    True: message("It does better where this is so, as it is here: {statement}"),
    False: message("It does better where this is so, which it is not here: {statement}"),
    None: message("It does better where this is so; find out whether it is: {statement}"),
}
_PARTNERS = {
    True: message("At the table: {partner}, to {tasks}."),
    False: message("Not at the table, but needed: {partner}, to {tasks}."),
    None: message("Needed: {partner}, to {tasks}."),
}
_STANDINGS = {
    Standing.CONTRADICTED: message("contradicted here"),
    Standing.UNKNOWN: message("not known here"),
    Standing.KNOWN: message("known"),
}
_GROUNDS = {
    Ground.PROBLEM: message("problem"),
    Ground.SETTING: message("place"),
    Ground.POPULATION: message("people it serves"),
    Ground.MECHANISM: message("how it works"),
    Ground.NEED: message("what it needs"),
    Ground.MODERATOR: message("what helps it"),
    Ground.PARTNER: message("partners"),
}
