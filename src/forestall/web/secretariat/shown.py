"""This file knows how counts and quotations are put into words, on a page and in print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import Share, in_language, message
from forestall.questionnaires import AnswerType
from forestall.questionnaires.checking import label_of

if TYPE_CHECKING:
    from forestall.languages import Message, Text
    from forestall.questionnaires import Item, Questionnaire
    from forestall.questionnaires.together import ItemCounts, Response


@dataclass(frozen=True, kw_only=True)
class Row:
    """How many of those who answered said one thing.

    Attributes
    ----------
    key
        A choice, the key of a box, "words", "day", or "not-applicable".
    share
        For the length of a bar only; a page writes the number with what it is out of.
    """

    key: str
    words: Text
    number: int
    out_of: int

    @property
    def share(self) -> float:
        """Return the share; 0 where nobody answered."""
        return self.number / self.out_of if self.out_of else 0.0

    @property
    def amount(self) -> Message:
        """Return the number with what it is out of."""
        return message("{number} of {total}", number=self.number, total=self.out_of)


def rows_of(counts: ItemCounts, asked: Questionnaire) -> tuple[Row, ...]:
    """Return what was answered and by how many, in the order of the questionnaire."""
    titles = {one.key: in_language(one.title) for one in asked.marks}
    words: dict[str, Text] = {one.value: one.words for one in counts.choices}
    words |= {one: titles.get(one, one) for one in counts.marks}
    if counts.item.type is AnswerType.DATE:
        words["day"] = message("a date")
    elif not words:
        words["words"] = message("in words")
    if counts.not_applicable:
        words["not-applicable"] = message("not applicable")
    said = said_by(counts)
    return tuple(
        Row(key=key, words=text, number=said[key], out_of=counts.answered)
        for key, text in words.items()
    )


def said_by(counts: ItemCounts) -> dict[str, int]:
    """Return from the key of a row to how many said so."""
    return {
        **{one.value: number for one, number in counts.choices.items()},
        **counts.marks,
        "words": counts.with_words,
        "day": counts.with_days,
        "not-applicable": counts.not_applicable,
    }


def replied_words(response: Response) -> Message:
    """Return how many of those asked replied, with the share."""
    return message(
        "{replied} of {asked} states replied ({share}).",
        replied=len(response.replied),
        asked=response.asked,
        share=Share(response.share),
    )


def named(item: Item) -> Message:
    """Return the number of an item in print and what it asks."""
    return message("{item} {question}", item=label_of(item), question=in_language(item.prompt))
