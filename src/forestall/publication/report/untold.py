"""This file knows how a part of a section says that it cannot be told, and which notes are safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Sentences, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Paragraph,
)
from forestall.publication.report.words import sentences

if TYPE_CHECKING:
    from forestall.languages import Message, Text


_CANNOT = {
    "near": "Whether another incident follows soon and nearby cannot be told.",
    "places": "Whether it is the same places as before cannot be told.",
    "changed": "Whether it is the same places as the year before cannot be told.",
    "kept": "Whether it is the same places year by year cannot be told.",
}


def cannot_words(what: str) -> Text:
    """Return that something cannot be told: "near", "places", "changed" or "kept"."""
    return message(_CANNOT[what])


def paragraph_of(said: list[Text]) -> Paragraph:
    """Return sentences as one paragraph."""
    return Paragraph((Sentences(said),))


def not_told(title: Text, answers: list[object]) -> Box:
    """Say why there is no answer: the reasons of the diagnosis, or that its numbers are hidden."""
    reasons = dict.fromkeys(
        answer.reason
        if isinstance(answer, Unanswered)
        else message("Some of the numbers it is made of are hidden to protect small numbers.")
        for answer in answers
    )
    return Box(kind=BoxKind.EMPTY, title=title, sentences=sentences(reasons))


def without_counts(caveats: list[Message]) -> list[Text]:
    """Return each caveat once, but for those that count incidents: nobody protected these."""
    return list(sentences(dict.fromkeys(each for each in caveats if each.count is None)))
