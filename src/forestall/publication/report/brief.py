"""This file knows the summary: key numbers, five to seven findings, how to read with care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.diagnosis import Hotspots, Timing
from forestall.languages import Number, Quantity, Sentences, Share, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Finding,
    Findings,
    KeyNumber,
    KeyNumbers,
    Link,
    Section,
)
from forestall.publication.report.change import change_finding, trend_finding
from forestall.publication.report.concentration import measures, most_concentrated
from forestall.publication.report.hours import busiest_hours
from forestall.publication.report.near_repeats import near_finding
from forestall.publication.report.rates import rates_sentence
from forestall.publication.report.same_places import kept_finding
from forestall.publication.report.sure import stragglers_sentence
from forestall.publication.report.words import kind_inside, kind_name

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Runs
    from forestall.publication.report.setting import Setting

_MOST_FINDINGS = 7


@dataclass(frozen=True)
class _Ranked:
    """A finding, and when it gives way: the largest number goes first."""

    gives_way: int
    finding: Finding


def brief_section(setting: Setting) -> Section:
    """Build the summary."""
    return Section(
        id="brief",
        heading=message("In brief"),
        blocks=(key_numbers(setting), Findings(findings(setting)), _care(setting)),
    )


def findings(setting: Setting) -> tuple[Finding, ...]:
    """Return five to seven findings where there is enough to say, never more."""
    found = [
        _Ranked(0, _amount(setting)),
        *([_Ranked(2, _kinds(setting))] if setting.several_kinds else []),
        *[_Ranked(1, f) for f in change_finding(setting)],
        *[_Ranked(4, f) for f in trend_finding(setting)],
        *[_Ranked(1, f) for f in _concentration(setting)],
        *[_Ranked(5, f) for f in _most_concentrated(setting)],
        *[_Ranked(1, f) for f in _standing_out(setting)],
        *[_Ranked(3, f) for f in near_finding(setting)],
        *[_Ranked(5, f) for f in kept_finding(setting)],
        *[_Ranked(3, f) for f in _hours(setting)],
        *[_Ranked(2, f) for f in _rates(setting)],
        _Ranked(0, _cannot(setting)),
    ]
    while len(found) > _MOST_FINDINGS:
        found.remove(max(found, key=lambda ranked: ranked.gives_way))
    return tuple(ranked.finding for ranked in found)


def key_numbers(setting: Setting) -> KeyNumbers:
    """Return three or four numbers that open the report."""
    kind = kind_inside(setting.only_kind) if setting.only_kind else ""
    recorded = message("incidents of {kind} recorded", kind=kind) if kind else _crimes_in(setting)
    numbers = [KeyNumber(setting.safe.crimes, recorded)]
    if setting.per_day is not None:
        numbers.append(KeyNumber(_per_day(setting.per_day), message("recorded a day, on average")))
    apart = setting.safe.apart_offences
    if apart is not None:
        kinds = kind_inside(str(apart.row_labels[0]))
        numbers.append(
            KeyNumber(
                setting.safe.apart, message("incidents of {kinds}, counted apart", kinds=kinds)
            )
        )
    half = _half(setting)
    if half is not None:
        squares = setting.squares_words
        words = (
            message("of {squares} hold half of it", squares=squares)
            if kind
            else message("of {squares} hold half of recorded crime", squares=squares)
        )
        numbers.append(KeyNumber(Share(half), words))
    return KeyNumbers(tuple(numbers))


def _crimes_in(setting: Setting) -> Text:
    if setting.whole_months:
        return plural_message(
            "recorded crimes in {count} month", "recorded crimes in {count} months", setting.months
        )
    return plural_message(
        "recorded crimes in {count} day", "recorded crimes in {count} days", setting.day_count
    )


def _per_day(number: float) -> Number:
    return Number(round(number) if number >= 20 else round(number, 1))


def _half(setting: Setting) -> float | None:
    found = measures(setting.safe.concentration)
    return found[0].half_share if found else None


def _amount(setting: Setting) -> Finding:
    values = {
        "period": setting.period,
        "crimes": setting.safe.crimes,
        "place": setting.place,
        "kind": kind_inside(setting.only_kind),
    }
    if setting.only_kind and setting.place:
        bold = message("{period}: {crimes} incidents of {kind} were recorded in {place}.", **values)
    elif setting.only_kind:
        bold = message("{period}: {crimes} incidents of {kind} were recorded.", **values)
    elif setting.place:
        bold = message("{period}: {crimes} crimes were recorded in {place}.", **values)
    else:
        bold = message("{period}: {crimes} crimes were recorded.", **values)
    return Finding(
        bold=bold,
        then=Sentences(
            [*_each_day(setting), *_counted_apart(setting), *stragglers_sentence(setting)]
        ),
        more=(message("Only what was recorded."), Link(message("What is missing"), "#cannot")),
    )


def _each_day(setting: Setting) -> list[Text]:
    if setting.per_day is None:
        return []
    return [message("That is about {number} a day.", number=_per_day(setting.per_day))]


def _counted_apart(setting: Setting) -> list[Text]:
    apart = setting.safe.apart_offences
    if apart is None:
        return []
    return [
        message(
            "{number} incidents of {kinds} are counted apart.",
            number=setting.safe.apart,
            kinds=kind_inside(str(apart.row_labels[0])),
        )
    ]


def _kinds(setting: Setting) -> Finding:
    frame = setting.safe.offences.frame.dropna(subset=["share"])
    first = frame.head(3)
    rows = [
        (str(label), Share(float(share)))
        for label, share in zip(first["offence"], first["share"].astype(float), strict=True)
    ]
    then: Text = ""
    if len(rows) == 3:
        then = message(
            "{second} ({second_share}) and {third} ({third_share}) come next.",
            second=kind_name(rows[1][0]),
            second_share=rows[1][1],
            third=kind_inside(rows[2][0]),
            third_share=rows[2][1],
        )
    bold = (
        message(
            "{share} of recorded crime was {kind}.", kind=kind_inside(rows[0][0]), share=rows[0][1]
        )
        if rows
        else message("Too few crimes of each kind were recorded to show them.")
    )
    return Finding(bold=bold, then=then, more=(Link(message("What was recorded"), "#what"),))


def _concentration(setting: Setting) -> list[Finding]:
    found = measures(setting.safe.concentration)
    if not found:
        return []
    first = found[0]
    bold = message(
        "Half of {kind} was in {half} of {places} {squares} ({share}).",
        kind=setting.kind(first.group),
        half=first.half,
        places=first.places,
        squares=setting.squares_words,
        share=Share(first.half_share),
    )
    then = message("Chance alone would give about {chance}.", chance=first.chance)
    wide = getattr(setting.diagnosis.places, "cell_m", None)
    sized: Runs = (message("Each is {size} wide.", size=Quantity(wide, "m")),) if wide else ()
    more: Runs = (*sized, Link(message("How concentrated"), "#concentration"))
    return [Finding(bold=bold, then=then, more=more)]


def _most_concentrated(setting: Setting) -> list[Finding]:
    most = most_concentrated(measures(setting.safe.concentration))
    if most is None:
        return []
    bold = message("{kind} is the most concentrated kind.", kind=kind_name(most.group))
    then = message(
        "Half of it was in {half} {squares}, where chance alone would give about {chance}.",
        half=most.half,
        squares=setting.squares_words,
        chance=most.chance,
    )
    return [
        Finding(bold=bold, then=then, more=(Link(message("How concentrated"), "#concentration"),))
    ]


def _standing_out(setting: Setting) -> list[Finding]:
    hotspots = setting.diagnosis.hotspots
    if not isinstance(hotspots, Hotspots):
        return []
    link = (Link(message("Where"), "#where"),)
    count = len(hotspots.areas)
    if not count:
        return [Finding(bold=message("No area stands out beyond chance."), more=link)]
    bold = plural_message(
        "{count} area stands out beyond chance.", "{count} areas stand out beyond chance.", count
    )
    then = [
        *_share_held(setting, count),
        message(
            "Where many people shop, travel or go out, a high count is not a high risk for each."
        ),
    ]
    return [Finding(bold=bold, then=Sentences(then), more=link)]


def _share_held(setting: Setting, count: int) -> list[Text]:
    safe = setting.safe.standing_out
    if safe is None or len(safe.row_labels) < count or safe.frame["part"].isna().any():
        return []
    share = Share(float(safe.frame["part"].sum()))
    return [
        plural_message(
            "It holds {share} of what was recorded.",
            "Together they hold {share} of what was recorded.",
            count,
            share=share,
        )
    ]


def _hours(setting: Setting) -> list[Finding]:
    if setting.safe.day is None:
        return []
    sentence = busiest_hours(setting.safe.day)
    if not sentence:
        return []
    return [Finding(bold=sentence, more=(Link(message("Hours and weekdays"), "#hours"),))]


def _rates(setting: Setting) -> list[Finding]:
    safe = setting.safe.rates
    if safe is None:
        return []
    return [
        Finding(
            bold=rates_sentence(setting, safe),
            then=message("They also differ in how many people use them by day."),
            more=(Link(message("For how many people"), "#rates"),),
        )
    ]


def _cannot(setting: Setting) -> Finding:
    link = (Link(message("What these data cannot say"), "#cannot"),)
    if isinstance(setting.diagnosis.timing, Timing):
        bold = message(
            "This diagnosis cannot say how much is never reported, or why crime happens."
        )
        return Finding(bold=bold, then=message("Partners and residents know more."), more=link)
    bold = message(
        "This diagnosis cannot say at what hour crime happens, or how much is never reported."
    )
    months = "month" in setting.diagnosis.manifest.time_precisions
    then = (
        message("The file holds months only.")
        if months
        else message("The file holds no time of day.")
    )
    return Finding(bold=bold, then=then, more=link)


def _care(setting: Setting) -> Box:
    return Box(
        kind=BoxKind.CANNOT,
        title=message("Please read this with care"),
        sentences=(
            Sentences(
                [
                    message(
                        "Recorded crime shows what was reported and how it was recorded. It is not "
                        "all crime, and a place with more records is not a place with worse people."
                    ),
                    setting.safe.rule.words,
                ]
            ),
        ),
    )
