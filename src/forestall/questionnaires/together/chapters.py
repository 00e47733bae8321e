"""This file knows the four chapters of the report on the replies, as 2006/20 ¶10 names them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.questionnaires.vocabulary import AnswerType

if TYPE_CHECKING:
    from forestall.questionnaires.records import Item, Questionnaire


class Chapter(StrEnum):
    """A chapter of the report on the use and application of the standards and norms."""

    DIFFICULTIES = "a"
    ASSISTANCE = "b"
    PRACTICES = "c"
    SUGGESTIONS = "d"

    @property
    def words(self) -> Message:
        """Return what it is about, translated when written."""
        return _CHAPTERS[self]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that names it."""
        return f"2006/20:10({self.value})"


def chapter_items(chapter: Chapter, questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Return the items whose answers belong into a chapter; none where no item asks for that.

    The instrument of 2006/20 asks for no suggestions; states send those beside it (2006/20 ¶5).

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> asked = read_definition("2006-20")
    >>> [one.key for one in chapter_items(Chapter.DIFFICULTIES, asked)]
    ['Q23', 'Q28']
    >>> chapter_items(Chapter.SUGGESTIONS, asked)
    ()
    """
    named = _ITEMS.get(questionnaire.key, {}).get(chapter, ((), ()))
    groups, items = named
    return tuple(
        item
        for group in questionnaire.groups
        for item in group.items
        if item.type is not AnswerType.HEADING and (group.key in groups or item.key in items)
    )


_CHAPTERS = {
    Chapter.DIFFICULTIES: message("Difficulties in applying the standards and norms"),
    Chapter.ASSISTANCE: message("How technical assistance can help to overcome them"),
    Chapter.PRACTICES: message("Useful practices for existing and emerging challenges"),
    Chapter.SUGGESTIONS: message("Suggestions of states for better standards and norms"),
}
_AREAS = tuple(f"Q26({letter})" for letter in "abcdefghijklm")
# By the key of a questionnaire: sections, and single items.
_ITEMS: dict[str, dict[Chapter, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "2006-20": {
        Chapter.DIFFICULTIES: ((), ("Q23", "Q28")),
        Chapter.ASSISTANCE: ((), ("Q25", "Q26", *_AREAS)),
        Chapter.PRACTICES: (("I", "II", "III"), ("Q22", "Q24", "Q27")),
    }
}
