"""This file knows how change over time is said in one finding, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Trend
from forestall.diagnosis.comparisons import Comparison
from forestall.languages import Share, say
from forestall.publication.blocks import Finding, IntervalBar, Link
from forestall.publication.report.when import trend_sentence
from forestall.publication.report.words import interval_caption, kind_inside, months_words
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.diagnosis.comparisons import ComparedPeriods
    from forestall.publication.report.setting import Setting
    from forestall.results import RatioComparison


def change_finding(setting: Setting) -> list[Finding]:
    """Say whether more or less was recorded than before, and how sure that is."""
    trend = setting.diagnosis.trend
    if not isinstance(trend, Trend) or trend.comparison is None or trend.compared is None:
        return []
    change, compared = trend.comparison, trend.compared
    if min(change.before_count, change.after_count) < setting.safe.rule.threshold:
        return []
    return [
        Finding(
            bold=_sentence(setting, change, compared),
            then=_why_not(setting, compared),
            interval=interval_bar(change, reach=setting.interval_reach),
            more=(Link(say("When"), "#when"),),
        )
    ]


def trend_finding(setting: Setting) -> list[Finding]:
    """Say the change a year, where the series is long enough for a trend."""
    trend = setting.diagnosis.trend
    if not isinstance(trend, Trend) or trend.annual_change is None:
        return []
    kind = kind_inside(setting.only_kind) if setting.only_kind else say("recorded crime")
    return [
        Finding(
            bold=trend_sentence(trend, kind=kind),
            then=_certainty_sentence(trend.annual_change.certainty),
            more=(Link(say("When"), "#when"),),
        )
    ]


def interval_bar(change: RatioComparison, *, reach: float) -> IntervalBar:
    """Return the drawing of a comparison."""
    return IntervalBar(
        change=change.ratio - 1,
        low=change.interval_95.low - 1,
        high=change.interval_95.high - 1,
        reach=reach,
        caption=interval_caption(change),
        certainty=change.certainty,
    )


def _sentence(setting: Setting, change: RatioComparison, compared: ComparedPeriods) -> str:
    what = kind_inside(setting.only_kind) if setting.only_kind else say("crime")
    values = {
        "what": what,
        "after": months_words(compared.after_months),
        "before": months_words(compared.before_months),
        "change": Share(abs(change.ratio - 1)),
    }
    if change.certainty is Certainty.LITTLE_CHANGED:
        return say("Recorded {what} little changed from {before} to {after}.", **values)
    if change.certainty is Certainty.CHANCE:
        return say(
            "Whether recorded {what} changed from {before} to {after} cannot be told from chance.",
            **values,
        )
    if change.ratio < 1:
        return say(
            "In {after} about {change} less {what} was recorded a day than in {before}.", **values
        )
    return say(
        "In {after} about {change} more {what} was recorded a day than in {before}.", **values
    )


def _why_not(setting: Setting, compared: ComparedPeriods) -> str:
    if compared.kind is Comparison.EDGES:
        return say(
            "The season may explain this: {months} months cannot tell season from change.",
            months=setting.months,
        )
    return ""


def _certainty_sentence(certainty: Certainty) -> str:
    return {
        Certainty.CLEAR: say("This is clear."),
        Certainty.PROBABLE: say("This is probable."),
        Certainty.SIGN: say("This is a sign, not sure."),
        Certainty.CHANCE: say("This cannot be told from chance."),
        Certainty.LITTLE_CHANGED: "",
    }[certainty]
