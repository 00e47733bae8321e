"""This file knows which facts about a body of evidence its certainty is judged by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.evidence.appraisal import (
    BodyFacts,
    CertaintyOfEvidence,
    Concern,
    EffectLimits,
    EffectScale,
    Trait,
    judge_certainty,
)
from forestall.evidence.metrics import EffectSize, Metric
from forestall.evidence.reviews import Net
from forestall.evidence.vocabulary import Finding, Kind, Outcome

if TYPE_CHECKING:
    from forestall.evidence.bodies import BodyOfEvidence
    from forestall.evidence.reviews import ReviewFinding

_SCALES = {
    Metric.ODDS_RATIO: EffectScale.ODDS_RATIO,
    Metric.ODDS_CHANGE: EffectScale.ODDS_RATIO,
    Metric.RISK_RATIO: EffectScale.RATIO,
    Metric.RATE_RATIO: EffectScale.RATIO,
    Metric.PERCENT_CHANGE: EffectScale.RATIO,
    Metric.MEAN_DIFFERENCE: EffectScale.STANDARDISED,
    Metric.HEDGES_G: EffectScale.STANDARDISED,
}
_PERCENTAGES = {Metric.PERCENT_CHANGE, Metric.ODDS_CHANGE}


def certainty_of_body(body: BodyOfEvidence) -> CertaintyOfEvidence | None:
    """Judge how certain a body of evidence makes us, by its strongest text.

    Single studies on the same outcome that disagree are a grave inconsistency. None where no text
    is about the outcome.

    Examples
    --------
    >>> from forestall.evidence.bodies import body_of
    >>> from forestall.evidence.library import packaged_evidence
    >>> found = certainty_of_body(body_of(packaged_evidence(), "scared-straight", Outcome.CRIME))
    >>> found.level.name
    'MODERATE'
    """
    if body.lead is None:
        return None
    facts = facts_of(body.lead)
    if body.finding is Finding.MIXED and body.lead.reading.finding is not Finding.MIXED:
        concerns = facts.grave_concerns | {Concern.INCONSISTENCY}
        facts = replace(facts, grave_concerns=concerns)
    return judge_certainty(facts)


def facts_of(finding: ReviewFinding) -> BodyFacts:
    """Return the facts that one text tells about its evidence.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> facts = facts_of(packaged_evidence().review_named("cardiff-wounding-2011"))
    >>> round(facts.interval.low, 2), facts.interval.scale.name
    (0.61, 'RATIO')
    """
    read = finding.reading
    return BodyFacts(
        design=read.design,
        kind=read.kind,
        studies=1 if read.kind is Kind.SINGLE_STUDY else finding.studies,
        interval=_limits(finding.interval),
        concerns=frozenset(read.concerns),
        traits=frozenset(_traits(finding)),
    )


def _traits(finding: ReviewFinding) -> list[Trait]:
    read = finding.reading
    found = []
    if read.is_restated:
        found.append(Trait.RESTATED)
    if read.net is Net.NO:
        found.append(Trait.NOT_NET)
    if read.kind is Kind.ASSOCIATION:
        found.append(Trait.ASSOCIATION)
    if read.outcome is Outcome.OTHER:
        found.append(Trait.NOT_CRIME)
    return found


def _limits(interval: tuple[EffectSize, EffectSize] | None) -> EffectLimits | None:
    if interval is None:
        return None
    low, high = interval
    scale = _SCALES.get(low.metric, EffectScale.OTHER_DIFFERENCE)
    numbers = [
        1 + one.published / 100 if one.metric in _PERCENTAGES else one.published
        for one in (low, high)
    ]
    return EffectLimits(low=numbers[0], high=numbers[1], scale=scale)
