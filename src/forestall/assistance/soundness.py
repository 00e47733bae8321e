"""This file knows what makes needs, offers and proposals contradict themselves or each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.assistance.spelling import compared_name
from forestall.errors import InvalidAssistance
from forestall.evidence.practices.forms import EMAIL, KEY, LANGUAGE
from forestall.languages import Message, has_words, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from forestall.assistance.proposals import Proposal
    from forestall.assistance.records import Need, Offer

MOST_LETTERS = 5000
MOST_REGIONS = 30
MOST_OF_NAME = 80
_MOST_OF_KEY = 80
_MOST_ANSWERED = 1000
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_assistance(
    needs: Sequence[Need], offers: Sequence[Offer], proposals: Sequence[Proposal] = ()
) -> None:
    """Make sure that records do not contradict themselves or each other.

    Raises
    ------
    InvalidAssistance
        With the first contradiction and its place.

    Examples
    --------
    >>> from forestall.assistance.example import example_needs, example_offers
    >>> check_assistance(example_needs(), example_offers())
    >>> check_assistance([*example_needs(), example_needs()[0]], example_offers())
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidAssistance: The key “harbour-evaluation” at needs[4].key stands there
    twice.
    """
    fault = next(_faults(needs, offers, proposals), None)
    if fault is not None:
        raise InvalidAssistance(fault)


def check_words(name: str, texts: Mapping[str, str]) -> None:
    """Make sure that words that somebody wrote can be kept and shown, and hold no address.

    Parameters
    ----------
    name
        What they are, for the sentence of an error.

    Raises
    ------
    InvalidAssistance
        If a language has no tag, a text is too long, or holds an address or a sign that cannot be
        written.

    Examples
    --------
    >>> check_words("because", {"en": "We are few this spring."})
    >>> check_words("because", {"en": "Ask ann@example.org"})
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidAssistance: The text at because holds an address; name a body only.
    """
    fault = next(_faults_of_texts(name, texts), None)
    if fault is not None:
        raise InvalidAssistance(fault)


def faults_of_needs(needs: Sequence[Need]) -> Iterator[Message]:
    """Yield what needs contradict."""
    yield from _faults_of_keys("needs", needs)
    for number, one in enumerate(needs):
        place = f"needs[{number}]"
        yield from _faults_of_both(one, place)
        if not one.regions:
            yield message("The need at {place} has to name a region.", place=place)
        if not 1 <= one.days <= one.window.days:
            yield message(
                "The need at {place} takes {days} days, but its window has {has}.",
                place=place,
                days=one.days,
                has=one.window.days,
            )


def faults_of_offers(offers: Sequence[Offer]) -> Iterator[Message]:
    """Yield what offers contradict."""
    yield from _faults_of_keys("offers", offers)
    for number, one in enumerate(offers):
        place = f"offers[{number}]"
        yield from _faults_of_both(one, place)
        if not one.areas:
            yield message("The offer at {place} has to name an area.", place=place)
        if not 1 <= one.capacity <= _MOST_ANSWERED:
            yield message(
                "The offer at {place} needs a capacity from 1 to {most}.",
                place=place,
                most=_MOST_ANSWERED,
            )


def faults_of_proposals(proposals: Sequence[Proposal]) -> Iterator[Message]:
    """Yield what proposals contradict, each for itself and among each other."""
    held: set[str] = set()
    for number, one in enumerate(proposals):
        place = f"proposals[{number}]"
        if one.answers and one.answers[-1].state is not one.state:
            yield message("The state at {place} is not that of its last answer.", place=place)
        if one.state.holds:
            if one.need in held:
                yield message(
                    "Two proposals hold the need “{need}”; the second is at {place}.",
                    need=one.need[:_MOST_OF_KEY],
                    place=place,
                )
            held.add(one.need)


def _faults(
    needs: Sequence[Need], offers: Sequence[Offer], proposals: Sequence[Proposal]
) -> Iterator[Message]:
    yield from faults_of_needs(needs)
    yield from faults_of_offers(offers)
    yield from faults_of_proposals(proposals)
    known_needs, known_offers = {one.key for one in needs}, {one.key for one in offers}
    for number, one in enumerate(proposals):
        place = f"proposals[{number}]"
        if one.need not in known_needs:
            yield message(
                "The proposal at {place} names “{key}”, but no such need.",
                place=place,
                key=one.need[:_MOST_OF_KEY],
            )
        if one.offer not in known_offers:
            yield message(
                "The proposal at {place} names “{key}”, but no such offer.",
                place=place,
                key=one.offer[:_MOST_OF_KEY],
            )


def _faults_of_keys(kind: str, records: Sequence[Need | Offer]) -> Iterator[Message]:
    seen: set[str] = set()
    for number, one in enumerate(records):
        place = f"{kind}[{number}].key"
        if not re.fullmatch(KEY, one.key) or len(one.key) > _MOST_OF_KEY:
            yield message(
                "The key at {place} needs small letters, digits and hyphens, such as "
                "“harbour-evaluation”.",
                place=place,
            )
        if one.key in seen:
            yield message(
                "The key “{key}” at {place} stands there twice.", key=one.key, place=place
            )
        seen.add(one.key)


def _faults_of_both(one: Need | Offer, place: str) -> Iterator[Message]:
    if not has_words(one.owner):
        yield message("Who it is for or from has to be named at {place}.", place=f"{place}.owner")
    yield from _faults_of_texts(f"{place}.owner", one.owner)
    yield from _faults_of_texts(f"{place}.title", one.title)
    if one.title and not has_words(one.title):
        yield message("The title at {place} has no words.", place=f"{place}.title")
    if not one.languages:
        yield message("A language is needed at {place}.", place=f"{place}.languages")
    for tag in one.languages:
        if not re.fullmatch(LANGUAGE, tag):
            yield message(
                "A language at {place} has no tag such as “fr” or “zh-Hans”.",
                place=f"{place}.languages",
            )
    yield from _faults_of_regions(one, f"{place}.regions")
    if one.window.last < one.window.first:
        yield message("The window at {place} ends before it begins.", place=f"{place}.window")


def _faults_of_regions(one: Need | Offer, place: str) -> Iterator[Message]:
    if len(one.regions) > MOST_REGIONS:
        yield message(
            "More than {most} regions are named at {place}.", most=MOST_REGIONS, place=place
        )
    for region in one.regions:
        if not compared_name(region) or len(region) > MOST_OF_NAME or _UNWRITABLE.search(region):
            yield message("A region at {place} has no name.", place=place)


def _faults_of_texts(place: str, texts: Mapping[str, str]) -> Iterator[Message]:
    for tag, text in texts.items():
        if not re.fullmatch(LANGUAGE, tag):
            yield message("The text at {place} has a language without a tag.", place=place)
        if len(text) > MOST_LETTERS:
            yield message(
                "The text at {place} has more than {most} characters.",
                place=place,
                most=MOST_LETTERS,
            )
        if _UNWRITABLE.search(text):
            yield message("The text at {place} holds a sign that cannot be written.", place=place)
        if re.search(EMAIL, text):
            yield message("The text at {place} holds an address; name a body only.", place=place)
