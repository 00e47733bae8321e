"""This file knows how certain a body of evidence makes us of one effect on one outcome.

After GRADE (Guyatt et al. 2011, Journal of Clinical Epidemiology 64: 383 and the series that
follows), by fixed rules. Each step carries its reason, and the level is the start plus the steps.

Start: high for studies drawn by lot, low for all others (GRADE 3). Several designs together count
as others (ours).

Down, two steps at most for each of the five reasons: see ``certainty_steps``.

Up, only for comparisons and series without lot that nothing was held against (GRADE 9): an interval
wholly beyond a ratio of 2 or 0.5 (one step), of 5 or 0.2 (two); more of it with more effect (one).

Ceilings (ours): very low for a count of studies, an association, a direction that is not stated,
or no study. For a single study moderate if drawn by lot and precise, otherwise low.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from forestall.evidence.appraisal.body_facts import Concern, EffectScale, Trait
from forestall.evidence.appraisal.certainty_steps import CertaintyStep, steps_down, things_not_known
from forestall.evidence.vocabulary import Design, Kind
from forestall.languages import Message, Sentences, message

if TYPE_CHECKING:
    from forestall.evidence.appraisal.body_facts import BodyFacts, EffectLimits


LARGE_RATIO, VERY_LARGE_RATIO = 2.0, 5.0
_COMPARED_WITHOUT_LOT = (Design.CONTROLLED, Design.SERIES)


class EvidenceCertainty(IntEnum):
    """The four levels; how sure one comparison is, is `forestall.results.Certainty`."""

    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _LEVELS[self][0]

    @property
    def means(self) -> Message:
        """Return what it says about the effect, in one sentence.

        Examples
        --------
        >>> str(EvidenceCertainty.VERY_LOW.means)
        'The effect is not known; any estimate of it is very unsure.'
        """
        return _LEVELS[self][1]


class Strength(StrEnum):
    """The reasons to be more certain of a comparison without lot."""

    LARGE_EFFECT = "large effect"
    DOSE = "dose"


class Ceiling(StrEnum):
    """What keeps certainty from being higher, whatever else is known."""

    NO_STUDY = "no study"
    VOTE_COUNT = "vote count"
    ASSOCIATION = "association"
    DIRECTION = "direction not stated"
    ONE_STUDY = "one study"


@dataclass(frozen=True, kw_only=True)
class CertaintyOfEvidence:
    """How certain the evidence is, and every reason for it.

    Attributes
    ----------
    level, start
        Where it ends, and where it began by its design.
    start_why
        Why it began there.
    reasons
        The steps down and up, then every ceiling; one that took nothing away has 0 steps.
    not_known
        What the texts do not tell, so that no step was taken for it.
    """

    level: EvidenceCertainty
    start: EvidenceCertainty
    start_why: Message
    reasons: tuple[CertaintyStep, ...]
    not_known: tuple[Message, ...]

    @property
    def concerns(self) -> frozenset[Concern]:
        """Return the reasons of the five for which it went down."""
        found = (one.about for one in self.reasons if one.steps < 0)
        return frozenset(about for about in found if isinstance(about, Concern))

    def in_words(self) -> Message:
        """Return the level and its meaning in one sentence.

        Examples
        --------
        >>> from forestall.evidence.appraisal.body_facts import BodyFacts
        >>> votes = BodyFacts(design=Design.CONTROLLED, kind=Kind.VOTE_COUNT, studies=12)
        >>> str(judge_certainty(votes).in_words())
        'Certainty of the evidence: very low. The effect is not known; any estimate of it is very
        unsure.'
        """
        return message(
            "Certainty of the evidence: {level}. {means}",
            level=self.level.words,
            means=self.level.means,
        )

    def text(self) -> Sentences:
        """Return the start and every reason, as sentences."""
        return Sentences((self.start_why, *(one.why for one in self.reasons), *self.not_known))


def judge_certainty(facts: BodyFacts) -> CertaintyOfEvidence:
    """Judge how certain the evidence makes us of the effect on one outcome.

    Parameters
    ----------
    facts
        What is known of it. What is not known brings no step, except a missing interval (chance
        cannot be judged) and a missing design; the rest is listed.

    Examples
    --------
    >>> from forestall.evidence.appraisal.body_facts import BodyFacts, EffectLimits
    >>> trials = BodyFacts(design=Design.RANDOMISED, kind=Kind.META_ANALYSIS, studies=12,
    ...     interval=EffectLimits(low=0.7, high=0.9, scale=EffectScale.RATIO),
    ...     prediction=EffectLimits(low=0.5, high=1.2, scale=EffectScale.RATIO), egger_p=0.6)
    >>> judged = judge_certainty(trials)
    >>> judged.level.name, [(one.about.value, one.steps) for one in judged.reasons]
    ('MODERATE', [('inconsistency', -1)])
    """
    start, start_why = _start(facts)
    down = steps_down(facts)
    held_against = any(one.steps for one in down)
    reasons = [*down, *(() if held_against else _steps_up(facts))]
    level = _bounded(start + sum(one.steps for one in reasons))
    for about, highest, why in _ceilings(facts, down):
        reasons.append(CertaintyStep(about=about, steps=min(highest - level, 0), why=why))
        level = min(level, highest)
    return CertaintyOfEvidence(
        level=level,
        start=start,
        start_why=start_why,
        reasons=tuple(reasons),
        not_known=things_not_known(facts),
    )


def _bounded(level: int) -> EvidenceCertainty:
    return EvidenceCertainty(min(max(level, EvidenceCertainty.VERY_LOW), EvidenceCertainty.HIGH))


def _start(facts: BodyFacts) -> tuple[EvidenceCertainty, Message]:
    if facts.design is Design.RANDOMISED:
        return EvidenceCertainty.HIGH, message("Drawn by lot, so certainty starts high.")
    if facts.design is Design.MIXED:
        return EvidenceCertainty.LOW, message("Not all studies drew lots: certainty starts low.")
    return EvidenceCertainty.LOW, message("Not drawn by lot, so certainty starts low.")


def _steps_up(facts: BodyFacts) -> tuple[CertaintyStep, ...]:
    if facts.design not in _COMPARED_WITHOUT_LOT:
        return ()
    found = []
    large = 0 if facts.interval is None else _size_steps(facts.interval)
    if large:
        why = (
            message("The whole interval lies beyond five times or a fifth, a very large effect.")
            if large == 2
            else message("The whole interval lies beyond double or half, a large effect.")
        )
        found.append(CertaintyStep(about=Strength.LARGE_EFFECT, steps=large, why=why))
    if Trait.DOSE in facts.traits:
        why = message("More of the measure goes with more effect.")
        found.append(CertaintyStep(about=Strength.DOSE, steps=1, why=why))
    return tuple(found)


def _size_steps(interval: EffectLimits) -> int:
    if interval.scale.null != 1 or interval.holds_null:
        return 0
    nearest = interval.low if interval.low > 1 else interval.high
    ratio = nearest if nearest > 1 else 1 / max(nearest, 1e-9)
    if interval.scale is EffectScale.ODDS_RATIO:
        # Odds of common outcomes overstate risks; the root is the usual guard (VanderWeele 2017).
        ratio **= 0.5
    return (ratio > LARGE_RATIO) + (ratio > VERY_LARGE_RATIO)


def _ceilings(
    facts: BodyFacts, down: tuple[CertaintyStep, ...]
) -> list[tuple[Ceiling, EvidenceCertainty, Message]]:
    found = []
    lowest = EvidenceCertainty.VERY_LOW
    if facts.studies == 0:
        found.append((Ceiling.NO_STUDY, lowest, message("No study was found.")))
    if facts.kind is Kind.VOTE_COUNT:
        why = message("Counting studies that found a reduction gives no size of an effect.")
        found.append((Ceiling.VOTE_COUNT, lowest, why))
    associated = facts.kind is Kind.ASSOCIATION or facts.design is Design.ASSOCIATION
    if associated or Trait.ASSOCIATION in facts.traits:
        why = message("It is an association, which may have other causes than the measure.")
        found.append((Ceiling.ASSOCIATION, lowest, why))
    if Trait.DIRECTION_UNKNOWN in facts.traits:
        why = message("The text does not tell which direction is better.")
        found.append((Ceiling.DIRECTION, lowest, why))
    if facts.kind is Kind.SINGLE_STUDY or facts.studies == 1:
        found.append(_one_study(facts, down))
    return found


def _one_study(
    facts: BodyFacts, down: tuple[CertaintyStep, ...]
) -> tuple[Ceiling, EvidenceCertainty, Message]:
    vague = any(one.about is Concern.IMPRECISION and one.steps for one in down)
    if facts.design is Design.RANDOMISED and not vague:
        why = message("It is one study, drawn by lot and precise: moderate at most.")
        return Ceiling.ONE_STUDY, EvidenceCertainty.MODERATE, why
    why = message("It is one study, not both drawn by lot and precise: low at most.")
    return Ceiling.ONE_STUDY, EvidenceCertainty.LOW, why


_LEVELS = {
    EvidenceCertainty.HIGH: (
        message("high"),
        message("The effect is likely close to the estimate."),
    ),
    EvidenceCertainty.MODERATE: (
        message("moderate"),
        message("The effect is probably close to the estimate, but may differ."),
    ),
    EvidenceCertainty.LOW: (
        message("low"),
        message("The effect may differ much from the estimate."),
    ),
    EvidenceCertainty.VERY_LOW: (
        message("very low"),
        message("The effect is not known; any estimate of it is very unsure."),
    ),
}
