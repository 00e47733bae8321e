"""This file knows how change over time is said in one finding, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Trend
from forestall.diagnosis.comparisons import Comparison
from forestall.languages import LineStart, Month, Share, Text, message
from forestall.publication.blocks import Finding, IntervalBar, Link, Sure
from forestall.publication.report.when import trend_certainty, trend_sentence
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
            more=(Link(message("When"), "#when"),),
        )
    ]


def trend_finding(setting: Setting) -> list[Finding]:
    """Say the change a year, where the series is long enough for a trend."""
    trend = setting.diagnosis.trend
    if not isinstance(trend, Trend) or trend.annual_change is None:
        return []
    kind = kind_inside(setting.only_kind) if setting.only_kind else message("recorded crime")
    return [
        Finding(
            bold=trend_sentence(trend, kind=kind),
            more=(Sure(trend_certainty(trend)), Link(message("When"), "#when")),
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


def _sentence(setting: Setting, change: RatioComparison, compared: ComparedPeriods) -> Text:
    values = {
        "what": kind_inside(setting.only_kind) if setting.only_kind else message("crime"),
        "after": months_words(compared.after_months),
        "before": months_words(compared.before_months),
        "month": Month(compared.after_months[-1].date()),
        "change": Share(abs(change.ratio - 1)),
    }
    # Months are written with a small letter in some languages, also where they come first.
    return LineStart(message(_sentences(compared.kind)[_outcome(change)], **values))


def _outcome(change: RatioComparison) -> str:
    if change.certainty is Certainty.LITTLE_CHANGED:
        return "little"
    if change.certainty is Certainty.CHANCE:
        return "chance"
    return "less" if change.ratio < 1 else "more"


def _sentences(kind: Comparison) -> dict[str, str]:
    return {
        Comparison.LAST_YEAR: _LAST_YEAR,
        Comparison.TWIN_MONTHS: _TWIN_MONTHS,
        Comparison.EDGES: _EDGES,
    }[kind]


_LAST_YEAR = {
    "less": "In the 12 months to {month} about {change} less {what} was recorded a day than in the "
    "12 months before.",
    "more": "In the 12 months to {month} about {change} more {what} was recorded a day than in the "
    "12 months before.",
    "little": "In the 12 months to {month} recorded {what} little changed against the 12 months "
    "before.",
    "chance": "The change in recorded {what} in the 12 months to {month} cannot be told from "
    "chance.",
}
_TWIN_MONTHS = {
    "less": "{after}: about {change} less {what} was recorded a day than in the same months a year "
    "before.",
    "more": "{after}: about {change} more {what} was recorded a day than in the same months a year "
    "before.",
    "little": "{after}: recorded {what} little changed against the same months a year before.",
    "chance": "{after}: the change in recorded {what} against the same months a year before cannot "
    "be told from chance.",
}
_EDGES = {
    "less": "In {after} about {change} less {what} was recorded a day than in {before}.",
    "more": "In {after} about {change} more {what} was recorded a day than in {before}.",
    "little": "Recorded {what} little changed between {before} and {after}.",
    "chance": "The change in recorded {what} between {before} and {after} cannot be told from "
    "chance.",
}


def _why_not(setting: Setting, compared: ComparedPeriods) -> Text:
    if compared.kind is Comparison.EDGES:
        if setting.months_missing:
            return message("The season may explain this: the file lacks months to tell it by.")
        return message(
            "The season may explain this: {months} months cannot tell season from change.",
            months=setting.months,
        )
    return ""
