"""This file knows what takes the certainty of evidence down, with a reason for each step.

Thresholds. Sourced: no effect inside the interval together with a ratio below 0.75 or above 1.25
(GRADE 6; Guyatt et al. 2011, Journal of Clinical Epidemiology 64: 1283); variation that is not
chance of 75 % or more (Cochrane Handbook 10.10.2); the funnel test read only from ten studies on
(Sterne et al. 2011, BMJ 343: d4002) and at 0.1 (Egger et al. 1997, BMJ 315: 629).
Ours: a standardised difference matters from 0.2 on; a missing interval is one step; an interval
that reaches both ways is two; a number that another text restates is one step; more than half of
the studies at high risk of bias are one step, at critical two; a prediction interval that holds no
effect where the mean does not is one step, and speaks before the share of variation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evidence.appraisal.bias_questions import BiasRisk
from forestall.evidence.appraisal.body_facts import Concern, EffectScale, Trait
from forestall.evidence.vocabulary import Design, Kind
from forestall.languages import Message, message

if TYPE_CHECKING:
    from enum import StrEnum

    from forestall.evidence.appraisal.body_facts import BodyFacts, EffectLimits

SMALLEST_RATIOS_THAT_MATTER = (0.75, 1.25)
SMALLEST_DIFFERENCE_THAT_MATTERS = 0.2
CONSIDERABLE_VARIATION = 0.75
FUNNEL_P, FUNNEL_STUDIES = 0.1, 10
MOST_STEPS = 2
_ONE_HIGH = message("The study has a high risk of bias.")
_ONE_CRITICAL = message("The study has a critical risk of bias.")
_MOST_HIGH = message("Most studies have a high risk of bias.")
_MOST_CRITICAL = message("Most studies have a critical risk of bias.")


@dataclass(frozen=True, kw_only=True)
class CertaintyStep:
    """One step down (−1, −2) or up, with its reason; 0 for what was looked at and took nothing.

    Attributes
    ----------
    about
        Which of the five reasons, which strength, or which ceiling.
    steps
        How many levels; negative is down.
    why
        The reason, in a sentence.
    """

    about: StrEnum
    steps: int
    why: Message


def steps_down(facts: BodyFacts) -> tuple[CertaintyStep, ...]:
    """Return the steps down, in the order of the five reasons, two at most for each.

    Examples
    --------
    >>> from forestall.evidence.appraisal.body_facts import BodyFacts, EffectLimits
    >>> facts = BodyFacts(design=Design.BEFORE_AFTER, kind=Kind.SINGLE_STUDY, studies=1)
    >>> for step in steps_down(facts):
    ...     print(step.steps, step.why)
    -1 Without a comparison, nobody knows what would have happened anyway.
    -1 The text gives no interval, so chance cannot be judged.
    """
    found = [
        *_of_bias(facts),
        *_of_inconsistency(facts),
        *_of_indirectness(facts),
        *_of_imprecision(facts),
        *_of_publication(facts),
    ]
    return tuple(
        step
        for concern in Concern
        for step in _capped(
            [*_appraised(facts, concern), *(s for s in found if s.about is concern)]
        )
    )


def things_not_known(facts: BodyFacts) -> tuple[Message, ...]:
    """Return what the texts do not tell and for which no step was taken.

    Examples
    --------
    >>> from forestall.evidence.appraisal.body_facts import BodyFacts
    >>> facts = BodyFacts(design=Design.MIXED, kind=Kind.META_ANALYSIS, studies=6)
    >>> [str(one) for one in things_not_known(facts)]
    ['It is not told how much the studies differ.', 'With fewer than 10 studies, a funnel cannot
    show whether results went missing.', 'No appraisal of the risk of bias of the studies was
    given.']
    """
    told = []
    several = facts.kind is not Kind.SINGLE_STUDY and (facts.studies is None or facts.studies > 1)
    if facts.studies is None and several:
        told.append(message("It is not told how many studies stand behind it."))
    if several and facts.prediction is None and facts.i_squared is None:
        told.append(message("It is not told how much the studies differ."))
    if several and (facts.studies or FUNNEL_STUDIES) < FUNNEL_STUDIES:
        told.append(
            message(
                "With fewer than {number} studies, a funnel cannot show whether results went "
                "missing.",
                number=FUNNEL_STUDIES,
            )
        )
    elif several and facts.egger_p is None:
        told.append(message("It is not told whether small studies without effect are missing."))
    unread = facts.bias_risks is None
    if unread and Concern.RISK_OF_BIAS not in facts.concerns | facts.grave_concerns:
        told.append(message("No appraisal of the risk of bias of the studies was given."))
    return tuple(told)


def _capped(steps: list[CertaintyStep]) -> list[CertaintyStep]:
    kept: list[CertaintyStep] = []
    for step in steps:
        room = MOST_STEPS + sum(one.steps for one in kept)
        kept.append(CertaintyStep(about=step.about, steps=-min(room, -step.steps), why=step.why))
    return kept


def _appraised(facts: BodyFacts, concern: Concern) -> list[CertaintyStep]:
    if concern in facts.grave_concerns:
        why = message("The appraiser holds it to be grave: {concern}.", concern=concern.words)
        return [CertaintyStep(about=concern, steps=-2, why=why)]
    if concern in facts.concerns:
        why = message("The appraiser has a concern: {concern}.", concern=concern.words)
        return [CertaintyStep(about=concern, steps=-1, why=why)]
    return []


def _of_bias(facts: BodyFacts) -> list[CertaintyStep]:
    found = _of_studies(facts.bias_risks or ())
    why = None
    if facts.design is Design.BEFORE_AFTER or Trait.NOT_NET in facts.traits:
        why = message("Without a comparison, nobody knows what would have happened anyway.")
    elif facts.design is Design.NOT_STATED:
        why = message("The text does not tell how treated and untreated were compared.")
    return found if why is None else [_one(Concern.RISK_OF_BIAS, why), *found]


def _of_studies(risks: tuple[BiasRisk, ...]) -> list[CertaintyStep]:
    grave = sum(risk >= BiasRisk.HIGH for risk in risks)
    critical = sum(risk is BiasRisk.CRITICAL for risk in risks)
    if 2 * critical > len(risks):
        why = _MOST_CRITICAL if len(risks) > 1 else _ONE_CRITICAL
        return [CertaintyStep(about=Concern.RISK_OF_BIAS, steps=-2, why=why)]
    if 2 * grave > len(risks):
        why = _MOST_HIGH if len(risks) > 1 else _ONE_HIGH
        return [_one(Concern.RISK_OF_BIAS, why)]
    return []


def _of_inconsistency(facts: BodyFacts) -> list[CertaintyStep]:
    varied = facts.i_squared is not None and facts.i_squared >= CONSIDERABLE_VARIATION
    sure = facts.interval is not None and not facts.interval.holds_null
    if sure and facts.prediction is not None:
        if facts.prediction.holds_null:
            why = message("The mean effect is clear; in another place there may be none.")
            return [_one(Concern.INCONSISTENCY, why)]
        why = message("The studies differ in how large the effect is, not in its direction.")
        return [CertaintyStep(about=Concern.INCONSISTENCY, steps=0, why=why)] if varied else []
    why = message("The studies differ far more than chance would make them.")
    return [_one(Concern.INCONSISTENCY, why)] if varied else []


def _of_indirectness(facts: BodyFacts) -> list[CertaintyStep]:
    found = []
    if Trait.NOT_CRIME in facts.traits:
        why = message("What was measured is not crime or victimization itself.")
        found.append(_one(Concern.INDIRECTNESS, why))
    if Trait.RESTATED in facts.traits:
        why = message("The number comes from a text that restates another one.")
        found.append(_one(Concern.INDIRECTNESS, why))
    return found


def _of_imprecision(facts: BodyFacts) -> list[CertaintyStep]:
    if facts.interval is None:
        return [
            _one(
                Concern.IMPRECISION,
                message("The text gives no interval, so chance cannot be judged."),
            )
        ]
    if not facts.interval.holds_null:
        return []
    benefit, harm = _reaches(facts.interval)
    if benefit and harm:
        why = message("The interval holds both a gain and a harm that would matter.")
        return [CertaintyStep(about=Concern.IMPRECISION, steps=-2, why=why)]
    if benefit or harm:
        return [
            _one(
                Concern.IMPRECISION,
                message("The interval holds both no effect and one that matters."),
            )
        ]
    return []


def _reaches(interval: EffectLimits) -> tuple[bool, bool]:
    if interval.scale.null == 1:
        low, high = SMALLEST_RATIOS_THAT_MATTER
        return interval.low < low, interval.high > high
    if interval.scale is EffectScale.STANDARDISED:
        matters = SMALLEST_DIFFERENCE_THAT_MATTERS
        return interval.low < -matters, interval.high > matters
    # On a scale of its own nobody can say what matters; one side is taken to, not both.
    return True, False


def _of_publication(facts: BodyFacts) -> list[CertaintyStep]:
    enough = facts.studies is not None and facts.studies >= FUNNEL_STUDIES
    if enough and facts.egger_p is not None and facts.egger_p < FUNNEL_P:
        why = message("Small studies found more than large ones; some results may be missing.")
        return [_one(Concern.PUBLICATION_BIAS, why)]
    return []


def _one(concern: Concern, why: Message) -> CertaintyStep:
    return CertaintyStep(about=concern, steps=-1, why=why)
