"""This file knows what makes a plan contradict itself, so that it can be no plan at all.

A plan that lacks something is still sound: what it lacks is told by `check_plan`. Here is what no
reader could make sense of, such as an action that refers to an objective which does not exist.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.errors import InvalidPlan
from forestall.evidence.practices.forms import COUNTRY, CURRENCY, LANGUAGE
from forestall.languages import LanguageName, Listing, Message, available_languages, message
from forestall.plan.sound_contents import faults_of_contents
from forestall.plan.sound_keys import faults_of_keys
from forestall.plan.sound_values import faults_of_values
from forestall.plan.spoken_places import spoken_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.plan.records import ActionPlan

FORMAT = 1


def check_sound(plan: ActionPlan) -> None:
    """Make sure that a plan does not contradict itself.

    Raises
    ------
    InvalidPlan
        With the first contradiction and its place: keys, references, dates, amounts, intervals,
        languages, texts too long or with control characters, a target on the wrong side.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> check_sound(example_plan())
    >>> check_sound(replace(example_plan(), accountable="nobody"))
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidPlan: Partner that answers for it: the plan has no partner “nobody”.
    """
    fault = next(_faults(plan), None)
    if fault is None:
        return
    pointer = str(fault.values.get("place", ""))
    place = spoken_place(pointer, plan, type(plan))
    raise InvalidPlan(fault.filled(place=place), at=pointer)


def _faults(plan: ActionPlan) -> Iterator[Message]:
    yield from _faults_of_head(plan)
    yield from faults_of_values(plan)
    yield from faults_of_keys(plan)
    yield from faults_of_contents(plan)


def _faults_of_head(plan: ActionPlan) -> Iterator[Message]:
    if plan.format != FORMAT:
        yield message(
            "The plan is of format {found}, but this program reads format {known}.",
            found=plan.format,
            known=FORMAT,
        )
    if plan.version < 1:
        yield message("The versions of a plan are counted from 1.")
    yield from _faults_of_languages(plan)
    if not re.fullmatch(COUNTRY, plan.place.country):
        yield message("The country needs its two capital letters (ISO 3166), such as FR.")
    if not re.fullmatch(CURRENCY, plan.currency):
        yield message("The currency needs its three capital letters (ISO 4217), such as EUR.")
    if plan.ends < plan.starts:
        yield message(
            "The plan ends on {ends}, before it starts on {starts}.",
            ends=plan.ends,
            starts=plan.starts,
        )


def _faults_of_languages(plan: ActionPlan) -> Iterator[Message]:
    if not plan.languages:
        yield message("A plan needs a language in which it is written.")
    for tag in plan.languages:
        if not re.fullmatch(LANGUAGE, tag):
            yield message("The plan names a language that has no tag such as “fr” or “zh-Hans”.")
    if len(set(plan.languages)) < len(plan.languages):
        yield message("The plan names a language twice.")
    known = available_languages()
    if plan.languages and not _has_catalogue(plan.languages[0], known):
        yield message(
            "The first language of a plan needs a catalogue; “{language}” has none, these have: "
            "{known}.",
            language=LanguageName(plan.languages[0]),
            known=Listing([LanguageName(one) for one in known]),
        )


def _has_catalogue(tag: str, known: tuple[str, ...]) -> bool:
    return any(tag == one or tag.startswith(f"{one}-") for one in known)
