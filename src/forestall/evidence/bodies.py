"""This file knows what is known of one intervention and one outcome, taken together.

A body of evidence is told by its strongest text: a pooled effect before single studies, a text of
one's own before one that restates, a figure net of comparison before a raw one, the newer before
the older. Texts as strong as it that disagree are told as mixed; nobody counts them up.
Effects of studies that can be averaged are synthesised, a city's own among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evidence.closeness import Closeness, closeness
from forestall.evidence.reviews import Net, ReviewFinding
from forestall.evidence.vocabulary import Design, Finding, Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.library import Evidence
    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.vocabulary import Problem

_KINDS = (Kind.META_ANALYSIS, Kind.REVIEW, Kind.SINGLE_STUDY, Kind.VOTE_COUNT, Kind.ASSOCIATION)
_DESIGNS = tuple(Design)


@dataclass(frozen=True, eq=False, kw_only=True)
class BodyOfEvidence:
    """What is known of one intervention and one outcome.

    Attributes
    ----------
    intervention
        Key in the catalogue.
    outcome
        What was measured.
    findings
        What texts say, the strongest first.
    side_findings
        What texts on other outcomes say of this one besides; displacement, mostly.
    effects
        Effects of single studies that can be averaged.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> found = body_of(packaged_evidence(), "alley-gating", Outcome.CRIME)
    >>> found.lead.key, found.finding
    ('alley-gating-2018', <Finding.DESIRABLE: 'desirable'>)
    """

    intervention: str
    outcome: Outcome
    findings: tuple[ReviewFinding, ...]
    side_findings: tuple[tuple[ReviewFinding, Finding], ...]
    effects: tuple[StudyEffect, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nobody has measured this outcome."""
        return not (self.findings or self.side_findings or self.effects)

    @property
    def lead(self) -> ReviewFinding | None:
        """Return the strongest text, None if no text is about this outcome."""
        return self.findings[0] if self.findings else None

    @property
    def finding(self) -> Finding:
        """Return what the texts say together."""
        if self.lead is None:
            return _agreed([found for _, found in self.side_findings]) or Finding.UNKNOWN
        first = self.lead.reading
        alike = [
            one
            for one in self.findings
            if (one.reading.kind, one.reading.is_restated) == (first.kind, first.is_restated)
        ]
        return _agreed([one.reading.finding for one in alike]) or Finding.UNKNOWN

    @property
    def harmful(self) -> tuple[ReviewFinding, ...]:
        """Return the texts that found the outcome worse, markers and associations left out."""
        return tuple(one for one in self.findings if one.is_harmful)

    @property
    def reviews(self) -> tuple[ReviewFinding, ...]:
        """Return the texts on several studies."""
        return tuple(
            one for one in self.findings if one.reading.kind in (Kind.META_ANALYSIS, Kind.REVIEW)
        )

    @property
    def number_of_studies(self) -> int:
        """Return the most studies that one text or the effects rest on; texts share studies."""
        told = [one.studies or 1 for one in self.findings]
        return max([*told, len({one.study for one in self.effects}), 0])


def body_of(
    evidence: Evidence, intervention: str, outcome: Outcome, *, problem: Problem | None = None
) -> BodyOfEvidence:
    """Return what is known of an intervention and an outcome.

    Parameters
    ----------
    problem
        Texts on this problem, or the nearest to it that there are; all texts when None.
    """
    about = nearest_to(problem, evidence.reviews_of(intervention))
    effects = [one for one in evidence.effects_of(intervention) if one.outcome is outcome]
    if problem is not None:
        effects = [one for one in effects if closeness(problem, one.problems) < Closeness.OTHER]
    return BodyOfEvidence(
        intervention=intervention,
        outcome=outcome,
        findings=strongest_first(one for one in about if one.reading.outcome is outcome),
        side_findings=tuple(
            (one, found)
            for one in about
            for side, found in one.reading.side_effects
            if side is outcome
        ),
        effects=tuple(effects),
    )


def bodies_of(evidence: Evidence, intervention: str) -> tuple[BodyOfEvidence, ...]:
    """Return what is known of an intervention, outcome by outcome; empty ones are among them."""
    return tuple(body_of(evidence, intervention, outcome) for outcome in Outcome)


def nearest_to(
    problem: Problem | None, findings: Iterable[ReviewFinding]
) -> tuple[ReviewFinding, ...]:
    """Return the texts that are nearest to a problem; all of them without one.

    Texts on another problem are never among them.
    """
    kept = tuple(findings)
    if problem is None:
        return kept
    near = {one.key: closeness(problem, one.reading.problems) for one in kept}
    best = min(near.values(), default=Closeness.OTHER)
    if best is Closeness.OTHER:
        return ()
    return tuple(one for one in kept if near[one.key] is best)


def strongest_first(findings: Iterable[ReviewFinding]) -> tuple[ReviewFinding, ...]:
    """Return texts in the order in which they are believed."""
    return tuple(sorted(findings, key=_strength))


def _strength(
    finding: ReviewFinding,
) -> tuple[bool, int, bool, bool, int, bool, int, str]:
    read = finding.reading
    return (
        read.finding is Finding.UNKNOWN,
        _KINDS.index(read.kind),
        read.is_restated,
        read.net is Net.NO,
        _DESIGNS.index(read.design),
        finding.effect is None,
        -(finding.year or 0),
        finding.key,
    )


def _agreed(findings: Iterable[Finding]) -> Finding | None:
    told = {one for one in findings if one is not Finding.UNKNOWN}
    if len(told) > 1:
        return Finding.MIXED
    return next(iter(told), None)
