"""This file knows how many states answered an item, and what: counts with those they are out of.

Only answers that may be read are counted, so that no confidential one can be had by subtraction.
How many were held back is told nowhere: whoever looks at two items, or twice, could tell whose.
An answer that was held back counts as none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from forestall.questionnaires.together.states import region_of, regions
from forestall.questionnaires.vocabulary import Choice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from forestall.questionnaires.records import Item
    from forestall.questionnaires.together.answers import OpenAnswer

FEW = 5


class AnswerKind(NamedTuple):
    """What of an answer is counted."""

    applies: bool
    choice: Choice | None
    marks: tuple[str, ...]
    has_words: bool
    has_day: bool


@dataclass(frozen=True, kw_only=True)
class ItemCounts:
    """How many answered an item, and what.

    Attributes
    ----------
    asked, replied, answered
        How many states were asked the questionnaire, replied to it, and answered this item openly.
    choices, marks
        From what could be chosen or marked to how many did.
    not_applicable
        How many said that the question does not fit them.
    with_words, with_days
        How many gave words that can be quoted, and how many a day.
    """

    item: Item
    asked: int
    replied: int
    answered: int
    choices: dict[Choice, int]
    marks: dict[str, int]
    not_applicable: int
    with_words: int
    with_days: int

    @property
    def unanswered(self) -> int:
        """Return how many replies hold no answer that may be shown, for whatever reason."""
        return self.replied - self.answered

    @property
    def are_few(self) -> bool:
        """Return whether so few answered that it says little about others."""
        return self.answered < FEW

    @property
    def is_conditional(self) -> bool:
        """Return whether it is asked only after certain answers."""
        return bool(self.item.asked_if)


@dataclass(frozen=True, kw_only=True)
class RegionCounts:
    """The counts of one region."""

    region: str
    counts: ItemCounts


def kind_of(answer: OpenAnswer) -> AnswerKind:
    """Return what of an answer is counted.

    Examples
    --------
    >>> from forestall.questionnaires.together.answers import OpenAnswer
    >>> kind_of(OpenAnswer(state="KE", item="Q3", words="The ministry")).has_words
    True
    """
    return AnswerKind(
        applies=answer.applies,
        choice=answer.choice,
        marks=answer.marks,
        has_words=answer.has_words,
        has_day=answer.day is not None,
    )


def count_item(
    item: Item, answers: Iterable[OpenAnswer], *, asked: int, replied: int
) -> ItemCounts:
    """Count the answers to one item.

    Parameters
    ----------
    answers
        Of any items; only those to this one are counted.
    asked, replied
        How many states were asked, and how many replied.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> from forestall.questionnaires.together.answers import OpenAnswer
    >>> given = [OpenAnswer(state=code, item="Q6", choice=Choice.YES) for code in ("KE", "DE")]
    >>> counted = count_item(read_definition("2006-20").item("Q6"), given, asked=195, replied=3)
    >>> counted.choices[Choice.YES], counted.answered, counted.unanswered
    (2, 2, 1)
    """
    kinds = Counter(kind_of(one) for one in answers if one.item == item.key)
    return count_kinds(item, kinds, asked=asked, replied=replied)


def count_kinds(
    item: Item, kinds: Mapping[AnswerKind, int], *, asked: int, replied: int
) -> ItemCounts:
    """Count the answers to one item, given how many there are of each kind.

    Raises
    ------
    ValueError
        If more states answered than replied.

    Examples
    --------
    See `count_item`.
    """
    answered = sum(kinds.values())
    if answered > replied:
        raise ValueError("More states answered than replied.")
    choices: dict[Choice, int] = {
        one: 0 for one in item.choices if one is not Choice.NOT_APPLICABLE
    }
    marks = dict.fromkeys(item.marks, 0)
    fits_not = with_words = with_days = 0
    for kind, number in kinds.items():
        with_words += number * kind.has_words
        if not kind.applies or kind.choice is Choice.NOT_APPLICABLE:
            fits_not += number
            continue
        with_days += number * kind.has_day
        if kind.choice in choices:
            choices[kind.choice] += number
        for mark in set(kind.marks) & set(marks):
            marks[mark] += number
    return ItemCounts(
        item=item,
        asked=asked,
        replied=replied,
        answered=answered,
        choices=choices,
        marks=marks,
        not_applicable=fits_not,
        with_words=with_words,
        with_days=with_days,
    )


def count_by_region(
    item: Item,
    answers: Iterable[OpenAnswer],
    *,
    asked: Collection[str],
    replied: Collection[str],
) -> tuple[RegionCounts, ...]:
    """Count the answers to one item in each region, in the order in which M49 lists them.

    Parameters
    ----------
    asked, replied
        Codes of the states that were asked, and of those that replied.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> from forestall.questionnaires.together.answers import OpenAnswer
    >>> given = [OpenAnswer(state="KE", item="Q6", choice=Choice.YES)]
    >>> item = read_definition("2006-20").item("Q6")
    >>> [one.region for one in count_by_region(item, given, asked=["KE", "DE"], replied=["KE"])]
    ['002', '150']
    """
    of_item = [one for one in answers if one.item == item.key]
    there = Counter(region_of(code) for code in asked)
    came = Counter(region_of(code) for code in replied)
    return tuple(
        RegionCounts(
            region=region,
            counts=count_item(
                item,
                (one for one in of_item if region_of(one.state) == region),
                asked=there[region],
                replied=came[region],
            ),
        )
        for region in regions()
        if there[region]
    )
