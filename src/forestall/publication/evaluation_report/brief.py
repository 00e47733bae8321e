"""This file knows the summary of an evaluation: key numbers, five to seven findings, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.at_variance import headline
from forestall.evaluation.costs.answers import probability_words
from forestall.evaluation.effects_register import NotLookedFor
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Ended, Number, Share, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Finding,
    Findings,
    IntervalBar,
    KeyNumber,
    KeyNumbers,
    Link,
    Section,
)
from forestall.publication.evaluation_labels import COMPARISON, TREATED, WHEN
from forestall.publication.evaluation_report.burden import harm_finding
from forestall.publication.evaluation_report.elsewhere import around_finding
from forestall.publication.evaluation_report.money import money_finding
from forestall.publication.evaluation_report.people import people_finding
from forestall.publication.evaluation_report.side import register_finding
from forestall.publication.evaluation_report.ways import ways_finding
from forestall.publication.evaluation_report.words import (
    change_caption,
    change_of,
    count_words,
    interval_words,
)
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.evaluation import BeforeAfterComparison
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting

_UNSURE = (Certainty.CHANCE, Certainty.SIGN)


def brief_section(setting: EvaluationSetting) -> Section:
    """Build the summary."""
    return Section(
        id="brief",
        heading=message("In brief"),
        blocks=(
            *_first_boxes(setting),
            _key_numbers(setting),
            Findings(_findings(setting)),
            Box(kind=BoxKind.CANNOT, title=_CANNOT, sentences=tuple(_limits(setting))),
        ),
    )


def _first_boxes(setting: EvaluationSetting) -> list[Block]:
    boxes: list[Block] = []
    if setting.spec.is_placebo:
        boxes.append(Box(kind=BoxKind.CARE, title=_PLACEBO, sentences=(_INVENTED,)))
    if setting.spec.is_outside_guidelines:
        boxes.append(Box(kind=BoxKind.CARE, title=_OUTSIDE, sentences=(_NOT_RECOMMENDED,)))
    return boxes


def _key_numbers(setting: EvaluationSetting) -> KeyNumbers:
    counts = setting.safe.counts
    numbers = [
        KeyNumber(
            count_words(counts.cell(TREATED, when)),
            message(text, period=period),
        )
        for when, text, period in (
            ("before", "incidents in the treated places before ({period})", setting.before),
            ("after", "incidents there after ({period})", setting.after),
        )
    ]
    found = setting.comparison
    if found is not None:
        change, _, _ = change_of(found.ratio)
        numbers.append(
            KeyNumber(
                Share(change, signed=True),
                message(
                    "against the comparison (95 % interval: {interval})",
                    interval=interval_words(found.ratio),
                ),
            )
        )
    costs = setting.evaluation.costs
    if not isinstance(costs, Unanswered) and setting.told.may_tell("costs"):
        numbers.append(
            KeyNumber(
                probability_words(costs.net_value.probability),
                message("probability that benefits exceed costs"),
            )
        )
    return KeyNumbers(tuple(numbers))


def _findings(setting: EvaluationSetting) -> tuple[Finding, ...]:
    """Return five to seven findings where there is so much to say; the last is a limit."""
    found = [
        _effect(setting),
        _linked(ways_finding(setting), message("Other methods"), "#ways"),
        _linked(around_finding(setting) or _AROUND_UNKNOWN, message("Where else"), "#elsewhere"),
        *[_linked(text, message("Harm"), "#harm") for text in _maybe(harm_finding(setting))],
        *[
            _linked(text, message("What people said"), "#people")
            for text in _maybe(people_finding(setting))
        ],
        *[_linked(text, message("Money"), "#money") for text in _maybe(money_finding(setting))],
        _linked(register_finding(setting), message("Side effects"), "#side"),
        _reason(setting),
    ]
    return tuple(found)


def _maybe(text: Text | None) -> list[Text]:
    return [] if text is None else [text]


def _linked(bold: Text, words: Text, target: str) -> Finding:
    return Finding(bold=Ended(bold), more=(Link(words, target),))


def _effect(setting: EvaluationSetting) -> Finding:
    found = setting.comparison
    link = Link(message("What happened"), "#happened")
    if found is None:
        why = setting.why_not(setting.primary.comparison)
        return Finding(bold=_NO_EFFECT, then=why, more=(link,))
    ratio = found.ratio
    change, low, high = change_of(ratio)
    bar = IntervalBar(
        change=change,
        low=low,
        high=high,
        reach=setting.reach,
        caption=change_caption(ratio),
        certainty=ratio.certainty,
    )
    then = _size(setting, found)
    return Finding(bold=_verdict(setting, found), then=then, interval=bar, more=(link,))


def _verdict(setting: EvaluationSetting, found: BeforeAfterComparison) -> Text:
    certainty, change = found.ratio.certainty, found.ratio.effect.ratio - 1
    values = {"outcome": setting.outcome, "effect": found.ratio.effect.in_words()}
    if certainty is Certainty.LITTLE_CHANGED:
        return message("{outcome}: little changed against the comparison.", **values)
    if certainty is Certainty.CHANCE:
        return message("{outcome}: a change cannot be told from chance.", **values)
    if certainty is Certainty.SIGN:
        return message("{outcome}: {effect} than expected; a sign, not sure.", **values)
    if certainty is Certainty.PROBABLE:
        return message("{outcome}: probably {effect} than expected.", **values)
    text = "{outcome}: clearly {effect} than expected."
    return message(text if change else "{outcome}: no change.", **values)


def _size(setting: EvaluationSetting, found: BeforeAfterComparison) -> Text:
    told = headline(found.ratios)
    if told.estimate.certainty in _UNSURE:
        return told.what_could_be_seen()
    counts = setting.safe.counts
    numbers = {
        f"{group}_{when}": count_words(counts.cell(group, when))
        for group in (TREATED, COMPARISON)
        for when in WHEN
    }
    return message(_COUNTED, **numbers)


def _reason(setting: EvaluationSetting) -> Finding:
    """Say how far the measure itself can be named as the reason."""
    link = Link(message("How sure we are"), "#sure")
    if setting.spec.is_placebo:
        return Finding(bold=_NO_MEASURE, then=_SHOWS_METHOD, more=(link,))
    if setting.spec.places.chosen is PlaceChoice.RANDOM:
        return Finding(bold=_BY_LOT, then=_STILL_CHANCE, more=(link,))
    if setting.spec.places.chosen is PlaceChoice.RECENT_COUNTS:
        return Finding(bold=_NOT_BY_LOT, then=_FALL_BY_ITSELF, more=(link,))
    return Finding(bold=_NOT_BY_LOT, then=_OTHER_REASONS, more=(link,))


def _limits(setting: EvaluationSetting) -> list[Text]:
    blind = len(setting.evaluation.register.of_state(NotLookedFor))
    said: list[Text] = [_RECORDED, _ELSEWHERE]
    if blind:
        said.append(plural_message(*_BLIND, blind))
    changes = len(setting.evaluation.plan.changes)
    if setting.evaluation.plan.record is None:
        said.append(_UNPLANNED)
    elif changes:
        said.append(plural_message(*_CHANGED, changes, number=Number(changes)))
    return said


_COUNTED = (
    "Recorded there: {treated_before} before, {treated_after} after. In the comparison places: "
    "{comparison_before} and {comparison_after}."
)
_PLACEBO = message("This is a placebo")
_INVENTED = message(
    "Nothing was done in these places on that day. The date is invented, to see what the method "
    "finds where there is nothing to find."
)
_OUTSIDE = message("Law enforcement is outside the Guidelines")
_NOT_RECOMMENDED = message(
    "The Guidelines for the Prevention of Crime leave it out (2002/13, paragraph 3). It is "
    "evaluated for comparison, and not recommended here."
)
_CANNOT = message("What this evaluation cannot say")
_NO_EFFECT = message("The effect cannot be told.")
_AROUND_UNKNOWN = message("Whether incidents moved nearby cannot be told.")
_NO_MEASURE = message("There was no measure, so there is no effect to explain.")
_SHOWS_METHOD = message("A change that looks sure here would be a false alarm.")
_BY_LOT = message("Places were chosen by lot, so a difference is likely to come from the measure.")
_STILL_CHANCE = message("Chance remains, as far as the interval says.")
_NOT_BY_LOT = message("Whether the measure is the reason is not proven by these counts.")
_FALL_BY_ITSELF = message(
    "Places were chosen for many recent incidents; such counts fall by themselves afterwards."
)
_OTHER_REASONS = message("Places were not chosen by lot, so something else may be the reason.")
_RECORDED = message("It counts what was recorded. What nobody reported is not in it.")
_ELSEWHERE = message("It does not say whether the same would happen in another place or year.")
_BLIND = (
    "Nobody looked for {count} of the side effects that one should look for.",
    "Nobody looked for {count} of the side effects that one should look for.",
)
_UNPLANNED = message("Without a plan made beforehand, a lucky choice cannot be ruled out.")
_CHANGED = (
    "{number} point was done otherwise than planned.",
    "{number} points were done otherwise than planned.",
)
