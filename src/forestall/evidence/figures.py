"""This file knows how the figure of a review or a study is said in plain words, and no more.

A percentage is told as a percentage, an odds ratio as odds, a standardised difference as what it
is. A range, a count of studies or a raw change is never told as if it were an effect.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.evidence.metrics import EffectSize, Favours, Metric
from forestall.evidence.reviews import Net, Reading, ReviewFinding
from forestall.evidence.vocabulary import Outcome
from forestall.languages import (
    Decimal,
    Listing,
    Message,
    Share,
    decimals_of_limit,
    message,
    plural_message,
)

if TYPE_CHECKING:
    from forestall.languages import Text

_RATIOS = {Metric.RISK_RATIO, Metric.RATE_RATIO, Metric.PERCENT_CHANGE}
_ODDS = {Metric.ODDS_RATIO, Metric.ODDS_CHANGE}
_HIGHER_IS_BETTER = message("{effect}, where higher is better")


def figure_in_words(finding: ReviewFinding) -> Message:
    r"""Return what a text gives as its number, in words; the words of the finding without one.

    Examples
    --------
    >>> from forestall.evidence.packaged_tables import packaged_reviews
    >>> found = {one.key: one for one in packaged_reviews()}
    >>> str(figure_in_words(found["lighting-2022"])).replace("\xa0", " ")
    '14 % lower'
    >>> str(figure_in_words(found["scared-straight-2013"])).replace("\xa0", " ")
    'odds 68 % higher (95 % interval: 20 % higher to 136 % higher)'
    """
    if finding.other is not None:
        return _other(finding)
    if finding.effect is None:
        if finding.published_range is not None:
            return _range(finding.published_range)
        return message("{finding}; no number in the text", finding=finding.reading.finding.words)
    told = effect_in_words(finding.effect, favours=finding.reading.favours)
    if finding.interval is not None:
        low, high = finding.interval
        return message(
            "{effect} (95 % interval: {low} to {high})",
            effect=told,
            low=_limit(low, finding.reading.favours),
            high=_limit(high, finding.reading.favours),
        )
    if finding.reading.net is Net.NO:
        return message("{effect} than before, with no comparison taken off", effect=told)
    return told


def effect_in_words(effect: EffectSize, *, favours: Favours | None) -> Message:
    """Return an effect in words, by its metric.

    Examples
    --------
    >>> from forestall.evidence.metrics import effect_size
    >>> str(effect_in_words(effect_size("d", 0.37), favours=Favours.ABOVE))
    '0.37 standard deviations better'
    >>> str(effect_in_words(effect_size("% points", -12), favours=Favours.BELOW))
    '12.0 percentage points lower'
    """
    if effect.metric in _RATIOS | _ODDS:
        told = _ratio(effect)
        # Only where more is better need a reader be told; fewer crimes speak for themselves.
        if favours is Favours.ABOVE:
            return _HIGHER_IS_BETTER.filled(effect=told)
        return told
    if effect.metric is Metric.POINTS:
        words = (
            message("{number} percentage points lower"),
            message("{number} percentage points higher"),
        )
        return words[effect.number > 0].filled(number=Decimal(abs(effect.published), 1))
    if effect.metric is Metric.CORRELATION:
        return message("a correlation of {number}", number=Decimal(effect.published, 2))
    better = (effect.number > 0) is (favours is Favours.ABOVE)
    words = (
        message("{number} standard deviations worse"),
        message("{number} standard deviations better"),
    )
    return words[better].filled(number=Decimal(abs(effect.published), 2))


def kind_in_words(finding: ReviewFinding) -> Message:
    """Return what kind of text it is, how many studies stand behind it, and its year.

    Examples
    --------
    >>> from forestall.evidence.packaged_tables import packaged_reviews
    >>> found = {one.key: one for one in packaged_reviews()}
    >>> for key in ("lighting-2022", "alley-gating-2018", "trafficking-2011"):
    ...     print(kind_in_words(found[key]))
    review with a pooled effect (21 studies, 2022)
    review with a pooled effect (2018)
    review without a pooled effect (no study found, 2011)
    """
    kind, studies = finding.reading.kind.words, _studies(finding)
    year = None if finding.year is None else str(finding.year)
    if studies is None and year is None:
        return kind
    if studies is None or year is None:
        return message("{kind} ({more})", kind=kind, more=studies or year)
    return message("{kind} ({studies}, {year})", kind=kind, studies=studies, year=year)


def outcome_in_words(reading: Reading) -> Listing:
    """Return what was measured, in words: the problems, and the outcome where it is another.

    Examples
    --------
    >>> from forestall.evidence.packaged_tables import packaged_reviews
    >>> found = {one.key: one for one in packaged_reviews()}
    >>> str(outcome_in_words(found["bullying-victimisation-2019"].reading))
    'bullying (victimization)'
    """
    problems = [one.words for one in reading.problems[:2]]
    if reading.outcome is Outcome.CRIME and problems:
        return Listing(tuple(problems))
    if not problems or reading.outcome is Outcome.FEAR:
        return Listing((reading.outcome.words,))
    return Listing(
        (
            *problems[:-1],
            message("{problem} ({outcome})", problem=problems[-1], outcome=reading.outcome.words),
        )
    )


def _studies(finding: ReviewFinding) -> Message | None:
    if finding.studies is None or finding.studies == 1:
        return None
    if finding.studies == 0:
        return message("no study found")
    return plural_message("{count} study", "{count} studies", finding.studies)


def _other(finding: ReviewFinding) -> Message:
    assert finding.other is not None
    return message(
        "{number} ({metric}); this does not say how large the effect is",
        number=_plain(finding.other.value),
        metric=finding.other.metric,
    )


def _range(found: tuple[EffectSize | None, EffectSize | None]) -> Message:
    low, high = found
    if low is None or high is None:
        only = low if low is not None else high
        assert only is not None
        return message("at most {effect}", effect=effect_in_words(only, favours=None))
    if low.metric in _RATIOS and low.number < high.number <= 0:
        return message(
            "{least} to {most} lower across results",
            least=_change(high),
            most=_change(low),
        )
    return message(
        "from {low} to {high} across results",
        low=effect_in_words(low, favours=None),
        high=effect_in_words(high, favours=None),
    )


def _share(effect: EffectSize, lower: Message, higher: Message) -> Message:
    return (lower if effect.number < 0 else higher).filled(share=_change(effect))


def _change(effect: EffectSize) -> Share:
    change = math.expm1(effect.number)
    return Share(abs(change), decimals=decimals_of_limit(change))


def _ratio(effect: EffectSize) -> Message:
    if effect.metric in _ODDS:
        return _share(effect, message("odds {share} lower"), message("odds {share} higher"))
    return _share(effect, message("{share} lower"), message("{share} higher"))


def _limit(effect: EffectSize, favours: Favours | None) -> Text:
    if effect.metric in _RATIOS or effect.metric in _ODDS:
        return _share(effect, message("{share} lower"), message("{share} higher"))
    return effect_in_words(effect, favours=favours)


def _plain(value: float) -> Text:
    return Decimal(value, 0 if value == round(value) else 1)
