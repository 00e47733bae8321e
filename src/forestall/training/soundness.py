"""This file knows what makes courses and holdings contradict themselves or a plan."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from forestall.errors import InvalidTraining
from forestall.evidence.practices.forms import CURRENCY, EMAIL, KEY, LANGUAGE
from forestall.languages import Message, has_words, message
from forestall.training.skills import Skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from forestall.plan.records import ActionPlan
    from forestall.training.records import (
        Body,
        Course,
        Courses,
        Holdings,
        OwnSkill,
        Price,
        Qualification,
    )

MOST_LETTERS = 5000
MOST_PEOPLE = 1_000_000
MOST_HOURS = 100_000
_MOST_OF_KEY = 80
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_courses(content: Courses) -> None:
    """Make sure that a catalogue does not contradict itself.

    Raises
    ------
    InvalidTraining
        With the first contradiction and its place.

    Examples
    --------
    >>> from forestall.training.example import example_courses
    >>> check_courses(example_courses())
    """
    _refuse(faults_of_courses(content))


def check_holdings(content: Holdings, *, plan: ActionPlan | None = None) -> None:
    """Make sure that holdings do not contradict themselves, nor name what a plan has not.

    Parameters
    ----------
    plan
        The plan whose partners and actions they name; None where that is not known.

    Raises
    ------
    InvalidTraining
        With the first contradiction and its place.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from forestall.training.example import example_holdings
    >>> check_holdings(example_holdings(), plan=example_plan())
    """
    _refuse(faults_of_holdings(content))
    if plan is not None:
        _refuse(_faults_beside(content, plan))


def faults_of_courses(content: Courses) -> Iterator[Message]:
    """Yield what a catalogue contradicts."""
    yield from _faults_of_own(content.skills)
    known = _known(content.skills)
    yield from _faults_of_keys("qualifications", content.qualifications)
    for number, award in enumerate(content.qualifications):
        place = f"qualifications[{number}]"
        yield from _faults_of_texts(
            place, title=award.title, body=award.body, may_lack={"source": award.source}
        )
        yield from _faults_of_skills(award.skills, known, f"{place}.skills")
    awards = {one.key for one in content.qualifications}
    yield from _faults_of_keys("courses", content.courses)
    for number, course in enumerate(content.courses):
        yield from _faults_of_course(course, known, awards, f"courses[{number}]")


def faults_of_holdings(content: Holdings) -> Iterator[Message]:
    """Yield what holdings contradict."""
    yield from _faults_of_own(content.skills)
    known = _known(content.skills)
    yield from _faults_of_keys("organisations", content.organisations)
    for number, body in enumerate(content.organisations):
        yield from _faults_of_texts(f"organisations[{number}]", name=body.name)
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(content.holdings):
        place = f"holdings[{number}]"
        yield from _faults_of_skills((one.skill,), known, f"{place}.skill")
        yield from _faults_of_days(one.told, one.until, place)
        if one.people is not None and not 0 <= one.people <= MOST_PEOPLE:
            yield message("The number at {place} cannot be.", place=f"{place}.people")
        if (one.organisation, one.skill) in seen:
            yield message("The same body and skill stand twice, again at {place}.", place=place)
        seen.add((one.organisation, one.skill))
    for number, more in enumerate(content.wanted):
        place = f"wanted[{number}]"
        yield from _faults_of_skills((more.skill,), known, f"{place}.skill")
        yield from _faults_of_texts(place, reason=more.reason)


def _refuse(faults: Iterator[Message]) -> None:
    fault = next(faults, None)
    if fault is not None:
        raise InvalidTraining(fault)


def _faults_beside(content: Holdings, plan: ActionPlan) -> Iterator[Message]:
    bodies = {one.key for one in plan.partners} | {one.key for one in content.organisations}
    for number, one in enumerate(content.holdings):
        if one.organisation not in bodies:
            yield message(
                "The plan has no partner of the key at {place}; add it, or name it under "
                "“organisations”.",
                place=f"holdings[{number}].organisation",
            )
    actions = {"", *(one.key for one in plan.actions)}
    for number, more in enumerate(content.wanted):
        if more.action not in actions:
            yield message(
                "The plan has no action of the key at {place}.", place=f"wanted[{number}].action"
            )


def _faults_of_course(
    course: Course, known: set[str], awards: set[str], place: str
) -> Iterator[Message]:
    yield from _faults_of_texts(
        place, title=course.title, provider=course.provider, may_lack={"source": course.source}
    )
    yield from _faults_of_skills(course.skills, known, f"{place}.skills")
    yield from _faults_of_tags(course.languages, f"{place}.languages")
    if course.hours is not None and not 0 < course.hours <= MOST_HOURS:
        yield message("The number at {place} cannot be.", place=f"{place}.hours")
    if course.price is not None:
        yield from _faults_of_price(course.price, f"{place}.price")
    for number, one in enumerate(course.dates):
        yield from _faults_of_days(one.first, one.last, f"{place}.dates[{number}]")
        yield from _faults_of_texts(f"{place}.dates[{number}]", may_lack={"place": one.place})
    if course.qualification and course.qualification not in awards:
        yield message(
            "There is no qualification of the key at {place}.", place=f"{place}.qualification"
        )


def _faults_of_price(price: Price, place: str) -> Iterator[Message]:
    if not (math.isfinite(price.amount) and price.amount >= 0):
        yield message("The number at {place} cannot be.", place=f"{place}.amount")
    if not re.fullmatch(CURRENCY, price.currency):
        yield message("A currency such as “EUR” is needed at {place}.", place=f"{place}.currency")
    yield from _faults_of_texts(place, source=price.source)


def _faults_of_own(own: Sequence[OwnSkill]) -> Iterator[Message]:
    yield from _faults_of_keys("skills", own)
    for number, one in enumerate(own):
        if one.key in _known(()):
            yield message(
                "The key at {place} is one of the list; choose another.",
                place=f"skills[{number}].key",
            )
        yield from _faults_of_texts(f"skills[{number}]", name=one.name)


def _faults_of_keys(
    kind: str, records: Sequence[Course | Qualification | OwnSkill | Body]
) -> Iterator[Message]:
    seen: set[str] = set()
    for number, one in enumerate(records):
        place = f"{kind}[{number}].key"
        if not re.fullmatch(KEY, one.key) or len(one.key) > _MOST_OF_KEY:
            yield message(
                "The key at {place} needs small letters, digits and hyphens, such as "
                "“victim-support”.",
                place=place,
            )
        if one.key in seen:
            yield message(
                "The key “{key}” at {place} stands there twice.", key=one.key, place=place
            )
        seen.add(one.key)


def _faults_of_skills(keys: Iterable[str], known: set[str], place: str) -> Iterator[Message]:
    if not keys:
        yield message("A skill is needed at {place}.", place=place)
    for key in keys:
        if key not in known:
            yield message(
                "There is no skill of the key at {place}; “forestall training skills” lists them.",
                place=place,
            )


def _faults_of_days(first: date, last: date, place: str) -> Iterator[Message]:
    if last < first:
        yield message("The time at {place} ends before it begins.", place=place)


def _faults_of_tags(tags: Sequence[str], place: str) -> Iterator[Message]:
    if not tags:
        yield message("A language is needed at {place}.", place=place)
    for tag in tags:
        if not re.fullmatch(LANGUAGE, tag):
            yield message(
                "A language at {place} has no tag such as “fr” or “zh-Hans”.", place=place
            )


def _faults_of_texts(
    place: str, *, may_lack: Mapping[str, Mapping[str, str]] = {}, **needed: Mapping[str, str]
) -> Iterator[Message]:
    for name, texts in needed.items():
        if not has_words(texts):
            yield message("Words are needed at {place}.", place=f"{place}.{name}")
    for name, texts in (*needed.items(), *may_lack.items()):
        for tag, text in texts.items():
            yield from _faults_of_text(tag, text, f"{place}.{name}")


def _faults_of_text(tag: str, text: str, place: str) -> Iterator[Message]:
    if not re.fullmatch(LANGUAGE, tag):
        yield message("The text at {place} has a language without a tag.", place=place)
    if len(text) > MOST_LETTERS:
        yield message(
            "The text at {place} has more than {most} characters.", place=place, most=MOST_LETTERS
        )
    if _UNWRITABLE.search(text):
        yield message("The text at {place} holds a sign that cannot be written.", place=place)
    if re.search(EMAIL, text):
        yield message("The text at {place} holds an address; name a body only.", place=place)


def _known(own: Iterable[OwnSkill]) -> set[str]:
    return {*(one.value for one in Skill), *(one.key for one in own)}
