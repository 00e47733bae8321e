"""This file knows how an average is told in people and incidents instead of ratios.

Source: Gigerenzer, Gaissmaier, Kurz-Milcke, Schwartz & Woloshin (2007), Psychological Science in
the Public Interest 8, for natural frequencies; the conversions name their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from forestall.errors import CannotSynthesise
from forestall.evidence.conversions import convert_effect
from forestall.evidence.metrics import (
    Correlation,
    Favours,
    HedgesDifference,
    Metric,
    PointsDifference,
    RiskRatio,
    StandardisedDifference,
)
from forestall.evidence.studies import PeopleCounts
from forestall.evidence.synthesis.effect_synthesis import outcome_of, worse_in_words
from forestall.evidence.vocabulary import Design
from forestall.languages import Decimal, Sentences, Share, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis
    from forestall.languages import Message

_COUNTED = (Metric.RATE_RATIO, Metric.PERCENT_CHANGE)
_ENOUGH_FOR_WHOLE_NUMBERS = 50


@dataclass(frozen=True, kw_only=True)
class NaturalTerms:
    """An average in numbers out of so many.

    Attributes
    ----------
    without, with_measure
        How many of ``expected`` without the measure, and with it on average.
    low, high
        The interval of ``with_measure``.
    new_low, new_high
        Where it would lie in a new place; None where one common effect is supposed.
    words
        All of it in sentences, harm first.
    caveats
        What the change of metric assumes.
    """

    expected: float
    without: float
    with_measure: float
    low: float
    high: float
    new_low: float | None
    new_high: float | None
    words: Sentences
    caveats: tuple[Message, ...]

    def summary(self) -> str:
        """Return it in plain sentences."""
        return str(self.words)


def in_natural_terms(
    synthesis: EffectSynthesis, *, expected: float = 100, comparison_risk: float | None = None
) -> NaturalTerms:
    """Tell an average as numbers of incidents, or of people.

    Parameters
    ----------
    expected
        Incidents expected without the measure, or people served.
    comparison_risk
        Share of people (0 to 1) who would have the outcome anyway; of the good outcome if all
        effects are better above no difference. The median of the studies' comparison groups if
        none is given; ratios of incidents need none.

    Raises
    ------
    CannotSynthesise
        If no share is given and no study has counts, or the effects are associations.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> from forestall.evidence.synthesis.effect_synthesis import synthesise_effects
    >>> print(in_natural_terms(synthesise_effects(made_up_effects())).summary())
    Of 100 incidents expected (burglaries), about 82 (67 to 102) would happen with the measure. In a
    new place it would be between 52 and 131.
    """
    if not expected > 0:
        raise ValueError(f"A number out of {expected:g} cannot be told.")
    if synthesis.effects[0].design is Design.ASSOCIATION:
        raise CannotSynthesise(
            message("Associations say nothing about what a measure would do to numbers of people.")
        )
    if synthesis.average.effect.metric in _COUNTED:
        return _of_incidents(synthesis, expected)
    return _of_people(synthesis, expected, comparison_risk)


def _of_incidents(synthesis: EffectSynthesis, expected: float) -> NaturalTerms:
    numbers = [expected * math.exp(effect.number) for effect in _effects(synthesis)]
    sentence = message(
        "Of {expected} incidents expected ({outcome}), about {number} ({low} to {high}) would "
        "happen with the measure.",
        expected=_shown(expected, expected),
        outcome=outcome_of(synthesis.effects),
        number=_shown(numbers[0], expected),
        low=_shown(numbers[1], expected),
        high=_shown(numbers[2], expected),
    )
    return _told(synthesis, expected, without=expected, numbers=numbers, said=[sentence])


def _of_people(
    synthesis: EffectSynthesis, expected: float, comparison_risk: float | None
) -> NaturalTerms:
    good = all(one.favours is Favours.ABOVE for one in synthesis.effects)
    risk, groups = _risk(synthesis.effects, comparison_risk, good=good)
    found = _effects(synthesis)
    if good:
        found = [effect.moved_to(-effect.number) for effect in found]
        found = [found[0], found[2], found[1], *reversed(found[3:])]
    numbers = [expected * _risk_with(effect, risk) for effect in found]
    sentence = message(
        "Of {expected} people, about {without} would have the outcome ({outcome}) without the "
        "measure, and {number} ({low} to {high}) with it.",
        expected=_shown(expected, expected),
        without=_shown(expected * risk, expected),
        outcome=outcome_of(synthesis.effects),
        number=_shown(numbers[0], expected),
        low=_shown(numbers[1], expected),
        high=_shown(numbers[2], expected),
    )
    return _told(
        synthesis,
        expected,
        without=expected * risk,
        numbers=numbers,
        said=[sentence],
        after=_where_from(risk, groups),
    )


def _told(
    synthesis: EffectSynthesis,
    expected: float,
    *,
    without: float,
    numbers: list[float],
    said: list[Message],
    after: Message | None = None,
) -> NaturalTerms:
    new = (numbers[3], numbers[4]) if len(numbers) > 3 else None
    if synthesis.average.is_harmful:
        said = [worse_in_words(synthesis.effects, synthesis.average), *said]
    if new is not None:
        said.append(
            message(
                "In a new place it would be between {low} and {high}.",
                low=_shown(new[0], expected),
                high=_shown(new[1], expected),
            )
        )
    if after is not None:
        said.append(after)
    return NaturalTerms(
        expected=expected,
        without=without,
        with_measure=numbers[0],
        low=numbers[1],
        high=numbers[2],
        new_low=None if new is None else new[0],
        new_high=None if new is None else new[1],
        words=Sentences(tuple(said)),
        caveats=_assumptions(synthesis.average.effect),
    )


def _effects(synthesis: EffectSynthesis) -> list[EffectSize]:
    """Return the average, its limits, and those for a new place if there are any."""
    new = synthesis.prediction
    beyond = [] if new is None else [new.low, new.high]
    return [synthesis.average.effect, *synthesis.average.limits(), *beyond]


def _risk(effects: Sequence[StudyEffect], given: float | None, *, good: bool) -> tuple[float, int]:
    """Return the share with the outcome told, and from how many studies it comes."""
    if given is not None:
        if not 0 < given < 1:
            raise ValueError(f"A risk lies between 0 and 1, but it is {given}.")
        return given, 0
    risks, studies = [], set()
    for one in effects:
        if isinstance(one.counts, PeopleCounts):
            risk = one.counts.compared_events / one.counts.compared
            turned = one.favours is Favours.ABOVE and not good
            risks.append(1 - risk if turned else risk)
            studies.add(one.study)
    if not risks or not 0 < median(risks) < 1:
        raise CannotSynthesise(
            message(
                "Numbers of people need the share who would have the outcome anyway; give "
                "comparison_risk, between 0 and 1."
            )
        )
    return median(risks), len(studies)


def _risk_with(effect: EffectSize, risk: float) -> float:
    if isinstance(effect, PointsDifference):
        return min(max(risk + effect.published / 100, 0.0), 1.0)
    if isinstance(effect, RiskRatio):
        return min(risk * effect.published, 1.0)
    odds = risk / (1 - risk) * math.exp(_as_log_odds(effect).number)
    return odds / (1 + odds)


def _as_log_odds(effect: EffectSize) -> EffectSize:
    for step in _steps(effect):
        effect = convert_effect(step, _NEXT[step.metric]).effect
    return effect


def _steps(effect: EffectSize) -> list[EffectSize]:
    """Return what is converted on the way to an odds ratio, in order."""
    if isinstance(effect, HedgesDifference):
        # g is d less a small bias; both are differences in standard deviations.
        return [StandardisedDifference(effect.number)]
    if isinstance(effect, Correlation):
        return [effect, convert_effect(effect, Metric.MEAN_DIFFERENCE).effect]
    return [effect] if effect.metric in _NEXT else []


_NEXT = {
    Metric.CORRELATION: Metric.MEAN_DIFFERENCE,
    Metric.MEAN_DIFFERENCE: Metric.ODDS_RATIO,
    Metric.ODDS_CHANGE: Metric.ODDS_RATIO,
}


def _assumptions(effect: EffectSize) -> tuple[Message, ...]:
    return tuple(convert_effect(step, _NEXT[step.metric]).assumption for step in _steps(effect))


def _where_from(risk: float, groups: int) -> Message:
    if not groups:
        return message("It is supposed that {share} would have it anyway.", share=Share(risk))
    return plural_message(
        "That {share} would have it anyway was seen in the comparison group of {count} study.",
        "That {share} would have it anyway is the median of the comparison groups of {count} "
        "studies.",
        groups,
        share=Share(risk),
    )


def _shown(number: float, expected: float) -> Decimal:
    return Decimal(number, 0 if expected >= _ENOUGH_FOR_WHOLE_NUMBERS else 1)
