"""This file knows which effects must not be averaged, and says what stands in the way.

What is compared must be the same thing (metric, outcome), independent (no effect twice), and within
one scope: law enforcement lies outside the Guidelines (2002/13 ¶3), an association is no effect of
a measure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from forestall.errors import CannotSynthesise
from forestall.evidence.metrics import Favours
from forestall.evidence.vocabulary import Design
from forestall.languages import Listing, Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from forestall.evidence.studies import StudyEffect

T = TypeVar("T", bound="Hashable")


def check_can_be_averaged(effects: Sequence[StudyEffect]) -> None:
    """Refuse effects that have no meaningful average.

    Raises
    ------
    CannotSynthesise
        If metrics, outcomes or scopes are mixed, an effect cannot be turned, one is there twice, or
        there are fewer than two studies.
    """
    if not effects:
        raise CannotSynthesise(message("An average needs two studies or more, but there are none."))
    _check_keys(effects)
    _check_twice(effects)
    _check_scope(effects)
    _check_one_metric(effects)
    _check_one_outcome(effects)
    _check_direction(effects)
    if len({study_name(one) for one in effects}) < 2:
        raise CannotSynthesise(_only_one(effects[0]))


def study_name(effect: StudyEffect) -> str:
    """Return the name of the study without what people write differently.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> study_name(made_up_effects()[0])
    'north 2011'
    """
    letters = (letter if letter.isalnum() else " " for letter in effect.study.casefold())
    return " ".join("".join(letters).split())


def _check_keys(effects: Sequence[StudyEffect]) -> None:
    key, times = Counter(one.key for one in effects).most_common(1)[0]
    if times > 1:
        raise CannotSynthesise(
            message(
                "Each effect needs a key of its own, but “{key}” names {times}.",
                key=key,
                times=times,
            )
        )


def _check_twice(effects: Sequence[StudyEffect]) -> None:
    of_study: dict[str, list[StudyEffect]] = {}
    for second in effects:
        others = of_study.setdefault(study_name(second), [])
        for first in others:
            if _is_the_same(first, second):
                raise CannotSynthesise(_twice(first, second))
        others.append(second)


def _is_the_same(first: StudyEffect, second: StudyEffect) -> bool:
    if first.counts is not None and first.counts == second.counts:
        return True
    return _from_two_reviews(first, second) and _numbers(first) == _numbers(second)


def _from_two_reviews(first: StudyEffect, second: StudyEffect) -> bool:
    return bool(first.review and second.review and first.review != second.review)


def _numbers(effect: StudyEffect) -> tuple[float, float]:
    return round(effect.effect.number, 6), round(effect.standard_error, 6)


def find_equal_effects(effects: Sequence[StudyEffect]) -> tuple[StudyEffect, StudyEffect] | None:
    """Return the first two effects of one study that are the same number with the same error."""
    seen: dict[Hashable, StudyEffect] = {}
    for one in effects:
        first = seen.setdefault((study_name(one), *_numbers(one)), one)
        if first is not one:
            return first, one
    return None


def _twice(first: StudyEffect, second: StudyEffect) -> Message:
    if _from_two_reviews(first, second):
        return message(
            "The same effect of {study} came from two reviews, {first} and {second}; keep one.",
            study=first.study,
            first=first.review,
            second=second.review,
        )
    return message(
        "{study} is there twice with the same counts, as “{first}” and “{second}”; keep one.",
        study=first.study,
        first=first.key,
        second=second.key,
    )


def _check_scope(effects: Sequence[StudyEffect]) -> None:
    apart = _first_of_each(effects, lambda one: one.is_law_enforcement)
    if len(apart) > 1:
        raise CannotSynthesise(
            message(
                "Law enforcement is averaged apart from prevention: “{police}” is law enforcement, "
                "“{other}” is not.",
                police=apart[True].key,
                other=apart[False].key,
            )
        )
    apart = _first_of_each(effects, lambda one: one.design is Design.ASSOCIATION)
    if len(apart) > 1:
        raise CannotSynthesise(
            message(
                "Associations are averaged apart from effects of measures: “{association}” is an "
                "association, “{other}” is not.",
                association=apart[True].key,
                other=apart[False].key,
            )
        )


def _check_one_metric(effects: Sequence[StudyEffect]) -> None:
    found = _first_of_each(effects, lambda one: one.metric)
    if len(found) > 1:
        counts = Counter(one.metric for one in effects)
        raise CannotSynthesise(
            message(
                "Effects must share one metric, but there are {metrics}; convert_effect may help.",
                metrics=Listing(
                    [
                        message(
                            "{metric} ({count}, first “{key}”)",
                            metric=metric.value,
                            count=counts[metric],
                            key=first.key,
                        )
                        for metric, first in found.items()
                    ]
                ),
            )
        )


def _check_one_outcome(effects: Sequence[StudyEffect]) -> None:
    found = _first_of_each(effects, lambda one: one.outcome)
    if len(found) > 1:
        counts = Counter(one.outcome for one in effects)
        raise CannotSynthesise(
            message(
                "Effects must share one outcome, but there are {outcomes}.",
                outcomes=Listing(
                    [
                        message(
                            "{outcome} ({count}, first “{key}”)",
                            outcome=outcome.words,
                            count=counts[outcome],
                            key=first.key,
                        )
                        for outcome, first in found.items()
                    ]
                ),
            )
        )


def _check_direction(effects: Sequence[StudyEffect]) -> None:
    stuck = [
        one for one in effects if one.favours is Favours.ABOVE and not one.effect.can_be_turned
    ]
    if stuck:
        raise CannotSynthesise(
            plural_message(
                "Below no difference must be better, but {count} effect has it above and cannot be "
                "turned: “{key}” ({metric}).",
                "Below no difference must be better, but {count} effects have it above and cannot "
                "be turned, the first is “{key}” ({metric}).",
                len(stuck),
                key=stuck[0].key,
                metric=stuck[0].metric.words,
            )
        )


def _only_one(effect: StudyEffect) -> Message:
    low, high = effect.limits()
    return message(
        "There is one study only, {study}: {metric} {effect} ({low} to {high}). It is no average.",
        study=effect.study,
        metric=effect.metric.words,
        effect=effect.effect.shown(),
        low=low.shown(),
        high=high.shown(),
    )


def _first_of_each(
    effects: Sequence[StudyEffect], trait: Callable[[StudyEffect], T]
) -> dict[T, StudyEffect]:
    found: dict[T, StudyEffect] = {}
    for one in effects:
        found.setdefault(trait(one), one)
    return found
