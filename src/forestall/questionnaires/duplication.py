"""This file knows which items another mechanism asks as well, so that no State answers twice.

A proposed questionnaire comes with a report on whether existing mechanisms could give the
information, so as to avoid duplication and overlap (2006/20 ¶9). Some of it is written down, with
the source that was read; some is found by program among our own questionnaires.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Day, OwnWords, Sentences, message
from forestall.questionnaires.definitions import read_definitions
from forestall.questionnaires.mechanisms import (
    Confidence,
    Nearness,
    read_links,
    read_mechanisms,
)
from forestall.questionnaires.vocabulary import AnswerType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from forestall.languages import Message, Text
    from forestall.questionnaires.mechanisms import MechanismItem
    from forestall.questionnaires.records import Item, Questionnaire

# A paragraph that more items of one questionnaire are about is too general to link two of them.
MOST_ITEMS_OF_A_PARAGRAPH = 3
# Every questionnaire but one asks about these, so they alone do not make two questions alike.
_GUIDELINES = "2002/13:"
INCOMPLETE = message(
    "This list is not complete: it holds what could be read. Nobody is rated by it."
)
_ANSWERED_APART = frozenset({AnswerType.HEADING, AnswerType.MARKS})


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """That an item is asked by a mechanism too.

    Attributes
    ----------
    item
        Key of the item of the questionnaire that was checked.
    mechanism, asks
        Who asks, and what, in our own words.
    near
        How near the two questions are.
    document, place, address
        Where that stands; the address is that of the copy that was read.
    confidence
        How sure the link is.
    read_on
        The day on which the source was read; None for our own questionnaires.
    note
        What differs, or what was not read.
    found_by
        The paragraph by which a program found it; empty where a person wrote it down.
    questionnaire, other
        Our own questionnaire and its item that asks it; empty for other mechanisms.
    """

    item: str
    mechanism: Text
    asks: Text
    near: Nearness
    document: str
    place: str
    confidence: Confidence
    address: str = ""
    read_on: date | None = None
    note: Text = ""
    found_by: str = ""
    questionnaire: str = ""
    other: str = ""

    @property
    def source(self) -> Message:
        """Return where it stands, how sure the link is, and when it was read."""
        if self.read_on is None:
            return message(
                "{document}, {place}; found by program, both are about {paragraph}.",
                document=self.document,
                place=self.place,
                paragraph=self.found_by.replace(":", " ¶", 1),
            )
        return message(
            "{document}, {place}; confidence: {confidence}; read on {day}.",
            document=self.document,
            place=self.place,
            confidence=self.confidence.words,
            day=Day(self.read_on),
        )

    @property
    def said(self) -> Message:
        """Return in one sentence what can be done with it."""
        if self.near is Nearness.SAME:
            return message(
                "Already asked: {mechanism}. The answer given there can be taken over.",
                mechanism=self.mechanism,
            )
        if self.near is Nearness.IN_PART:
            return message(
                "Already asked in part: {mechanism}. What was answered there can be taken over.",
                mechanism=self.mechanism,
            )
        return message(
            "Asked nearby: {mechanism}. What was reported there can help.",
            mechanism=self.mechanism,
        )


def check_duplication(
    questionnaire: Questionnaire, *, mechanisms: Iterable[MechanismItem] = ()
) -> tuple[Overlap, ...]:
    """Find which items of a questionnaire are asked elsewhere, in the order of its items.

    The list of known mechanisms is not complete: it holds what could be read and is named with its
    source. That nothing is found for an item does not mean that nobody asks it. Nothing here rates
    a mechanism, a questionnaire or a State.

    Parameters
    ----------
    mechanisms
        Rows of your own, beside those that are packaged.

    Raises
    ------
    InvalidQuestionnaire
        If a row of your own names an item that the questionnaire does not have.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> found = check_duplication(read_definition("2006-20"))
    >>> for one in found:
    ...     if one.item == "Q4(a)":
    ...         print(one.mechanism, one.place, one.near.value)
    Notices of focal points to UNODC paragraph 7 in-part
    """
    own = [one for one in mechanisms if one.questionnaire == questionnaire.key]
    _check_items(questionnaire, own)
    known = [one for one in read_mechanisms() if one.questionnaire == questionnaire.key]
    written = [_of_row(one) for one in (*known, *own)]
    found = [*written, *_among_ours(questionnaire)]
    at = {item.key: place for place, item in enumerate(questionnaire.items)}
    order = list(Nearness)
    kept = [one for one in found if one.item in at]
    return tuple(sorted(kept, key=lambda one: (at[one.item], order.index(one.near))))


def _check_items(questionnaire: Questionnaire, rows: Iterable[MechanismItem]) -> None:
    for row in rows:
        if questionnaire.item(row.item) is None:
            raise InvalidQuestionnaire(
                message(
                    "A row on “{mechanism}” names the item “{item}”, which {key} does not have.",
                    mechanism=str(OwnWords(row.mechanism))[:80],
                    item=row.item[:60],
                    key=questionnaire.key,
                )
            )


def _of_row(row: MechanismItem) -> Overlap:
    return Overlap(
        item=row.item,
        mechanism=OwnWords(row.mechanism),
        asks=OwnWords(row.asks),
        near=row.near,
        document=row.document,
        place=row.place,
        confidence=row.confidence,
        address=row.address,
        read_on=row.read_on,
        note=OwnWords(row.note),
    )


def _among_ours(questionnaire: Questionnaire) -> Iterator[Overlap]:
    """Yield items of our other questionnaires that are about the same thing."""
    mine = _abouts(questionnaire)
    for other in read_definitions():
        if other.key == questionnaire.key:
            continue
        theirs = _abouts(other)
        general = _general(mine.values()) | _general(theirs.values())
        for key, about in mine.items():
            for one, their_about in theirs.items():
                found = _link(
                    {_name(questionnaire, key), *about}, {_name(other, one), *their_about}
                )
                linked = sorted(paragraph for paragraph in found if paragraph not in general)
                if linked:
                    asked = other.item(one)
                    assert asked is not None  # because its key came from there
                    yield _of_ours(key, asked, other, linked)


def _abouts(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """Return what each item that is answered is about, and what the norms link to that."""
    links = read_links()
    return {
        item.key: frozenset(
            one for paragraph in item.paragraphs for one in (paragraph, *links.get(paragraph, ()))
        )
        for item in questionnaire.items
        if item.type not in _ANSWERED_APART
    }


def _general(abouts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the paragraphs that too many items are about."""
    counts = Counter(paragraph for about in abouts for paragraph in about)
    return frozenset(one for one, count in counts.items() if count > MOST_ITEMS_OF_A_PARAGRAPH)


def _link(mine: set[str], theirs: set[str]) -> set[str]:
    """Return what links two items: each other's name, or a paragraph with a letter."""
    return {one for one in mine & theirs if "(" in one or ":Q" in one}


def _name(questionnaire: Questionnaire, key: str) -> str:
    """Return an item as the norms refer to it, such as "2006/20:Q17(a)"."""
    return f"{questionnaire.instrument.rpartition(' ')[2]}:{key}"


def _of_ours(key: str, one: Item, other: Questionnaire, linked: list[str]) -> Overlap:
    """Return an overlap; items that the norms name are nearer than a paragraph they share."""
    named = [paragraph for paragraph in linked if not paragraph.startswith(_GUIDELINES)]
    return Overlap(
        item=key,
        mechanism=other.instrument,
        asks=_in_full(one, other),
        near=Nearness.IN_PART if named else Nearness.BACKGROUND,
        document=other.instrument,
        place=one.label or one.key,
        confidence=Confidence.MEDIUM if named else Confidence.LOW,
        found_by=(named or linked)[0],
        questionnaire=other.key,
        other=one.key,
    )


def _in_full(one: Item, questionnaire: Questionnaire) -> Text:
    """Return what an item asks, with the heading without which it cannot be understood."""
    above = questionnaire.item(one.parent)
    if above is None or above.type is not AnswerType.HEADING:
        return OwnWords(one.prompt)
    return Sentences((OwnWords(above.prompt), OwnWords(one.prompt)))
