"""This file knows how the figure of a review or a study is said in plain words, and no more.

A percentage is told as a percentage, an odds ratio as odds, a standardised difference as what it
is. A range, a count of studies or a raw change is never told as if it were an effect.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.evidence.metrics import EffectSize, Favours, Metric
from forestall.evidence.reviews import Net, ReviewFinding
from forestall.evidence.vocabulary import Kind
from forestall.languages import Decimal, Message, Share, decimals_of_limit, message, plural_message

if TYPE_CHECKING:
    from forestall.languages import Text

_RATIOS = {Metric.RISK_RATIO, Metric.RATE_RATIO, Metric.PERCENT_CHANGE}
_ODDS = {Metric.ODDS_RATIO, Metric.ODDS_CHANGE}


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
    if effect.metric in _RATIOS:
        return _share(effect, message("{share} lower"), message("{share} higher"))
    if effect.metric in _ODDS:
        return _share(effect, message("odds {share} lower"), message("odds {share} higher"))
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


def studies_in_words(finding: ReviewFinding) -> Message:
    """Return how many studies stand behind a text, in words.

    Examples
    --------
    >>> from forestall.evidence.packaged_tables import packaged_reviews
    >>> found = {one.key: one for one in packaged_reviews()}
    >>> str(studies_in_words(found["lighting-2022"]))
    '21 studies'
    """
    if finding.reading.kind is Kind.SINGLE_STUDY and finding.studies in (None, 1):
        return message("one study")
    if finding.studies is None:
        return message("number of studies not stated")
    if finding.studies == 0:
        return message("no study found")
    return plural_message("{count} study", "{count} studies", finding.studies)


def _other(finding: ReviewFinding) -> Message:
    assert finding.other is not None
    return message(
        "{number} ({metric}), which is no size of an effect",
        number=_plain(finding.other.value),
        metric=finding.other.metric,
    )


def _range(found: tuple[EffectSize | None, EffectSize | None]) -> Message:
    low, high = found
    if low is None or high is None:
        only = low if low is not None else high
        assert only is not None
        return message("at most {effect}", effect=effect_in_words(only, favours=None))
    return message(
        "between {low} and {high}, a range and no interval",
        low=effect_in_words(low, favours=None),
        high=effect_in_words(high, favours=None),
    )


def _share(effect: EffectSize, lower: Message, higher: Message) -> Message:
    change = math.expm1(effect.number)
    shown = Share(abs(change), decimals=decimals_of_limit(change))
    return (lower if change < 0 else higher).filled(share=shown)


def _limit(effect: EffectSize, favours: Favours | None) -> Text:
    if effect.metric in _RATIOS or effect.metric in _ODDS:
        return _share(effect, message("{share} lower"), message("{share} higher"))
    return effect_in_words(effect, favours=favours)


def _plain(value: float) -> Text:
    return Decimal(value, 0 if value == round(value) else 1)
