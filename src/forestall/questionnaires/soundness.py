"""This file knows which questionnaires can be used: whole, in every language, only backwards.

A condition refers to an earlier item that can be chosen; otherwise nobody could say which items
are asked. What a definition says, it says in each of its languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Message, message
from forestall.questionnaires.sound_items import faults_of_items
from forestall.questionnaires.sound_steps import faults_of_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forestall.questionnaires.records import Questionnaire

FORMAT = 1
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST_LETTERS = 60
# Control characters but the ends of lines and tabs, and halves of signs.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def check_sound(questionnaire: Questionnaire) -> None:
    """Refuse a questionnaire that contradicts itself, with the first fault.

    Raises
    ------
    InvalidQuestionnaire
        If a key is malformed or stands twice, a condition names no earlier item, a text lacks a
        language, or a step names an item that is not there.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> check_sound(read_definition("2006-20"))
    """
    for fault in _faults(questionnaire):
        raise InvalidQuestionnaire(fault)


def _faults(questionnaire: Questionnaire) -> Iterator[Message]:
    yield from _faults_of_itself(questionnaire)
    yield from _faults_of_texts(questionnaire)
    yield from faults_of_items(questionnaire)
    yield from faults_of_steps(questionnaire)


def _faults_of_itself(questionnaire: Questionnaire) -> Iterator[Message]:
    keys = [("key", questionnaire.key)]
    keys += [(f"marks[{at}].key", one.key) for at, one in enumerate(questionnaire.marks)]
    for place, key in keys:
        if not _KEY.fullmatch(key) or len(key) > _MOST_LETTERS:
            yield message(
                "The key at {place} needs small letters, digits and hyphens, such as “2006-20”.",
                place=place,
            )
    yield from faults_of_twice("marks", (one.key for one in questionnaire.marks))
    yield from faults_of_twice("languages", questionnaire.languages)
    yield from faults_of_twice("groups", (one.key for one in questionnaire.groups))
    if questionnaire.version < 1:
        yield message("The version of a questionnaire counts from 1.")
    if not questionnaire.items:
        yield message("The questionnaire has no item.")
    if not questionnaire.languages or not all(map(_TAG.fullmatch, questionnaire.languages)):
        yield message("The languages of a questionnaire are tags such as “en” and “fr”.")


def faults_of_twice(place: str, keys: Iterable[str]) -> Iterator[Message]:
    """Yield which key stands in a list twice.

    Examples
    --------
    >>> [str(one) for one in faults_of_twice("marks", ["need", "need"])]
    ['The key “need” stands twice in marks.']
    """
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield message(
                "The key “{key}” stands twice in {place}.", key=key[:_MOST_LETTERS], place=place
            )
        seen.add(key)


def _faults_of_texts(questionnaire: Questionnaire) -> Iterator[Message]:
    for place, texts in _texts_of(questionnaire, ""):
        if not texts and place.rpartition(".")[2] in _MAY_LACK:
            continue
        for tag in questionnaire.languages:
            if not texts.get(tag, "").strip():
                yield message(
                    "The text at {place} is missing in the language {tag}.", place=place, tag=tag
                )
        if more := sorted(set(texts) - set(questionnaire.languages)):
            yield message(
                "The text at {place} has the language {tag}, which the questionnaire does not.",
                place=place,
                tag=more[0][:_MOST_LETTERS],
            )
        if any(UNWRITABLE.search(text) for text in texts.values()):
            yield message("The text at {place} holds a sign that cannot be written.", place=place)


_MAY_LACK = frozenset({"addressed_to", "incomplete", "note", "why"})


def _texts_of(record: Struct, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name in type(record).__struct_fields__:
        value, where = getattr(record, name), f"{place}.{name}" if place else name
        if isinstance(value, dict):
            yield where, value
        elif isinstance(value, Struct):
            yield from _texts_of(value, where)
        elif isinstance(value, tuple):
            for at, one in enumerate(value):
                if isinstance(one, Struct):
                    yield from _texts_of(one, f"{where}[{at}]")
