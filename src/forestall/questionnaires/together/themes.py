"""This file knows by what answers are read together: sections, areas of assistance, paragraphs.

The areas are those that a questionnaire lists for assistance, such as the twelve of 2006/20 Q26;
an item belongs to an area if both are about the same paragraph, or one about a part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.questionnaires.vocabulary import AnswerType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.languages import Texts
    from forestall.questionnaires.records import Item, Questionnaire


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Items that are read together.

    Attributes
    ----------
    key, title
        Its short name and its words.
    is_area
        Whether it is an area of assistance; else it is a section.
    items
        Without headings, in the order of the questionnaire.
    """

    key: str
    title: Texts
    is_area: bool
    items: tuple[Item, ...]


def themes_of(questionnaire: Questionnaire) -> tuple[Theme, ...]:
    """Return the sections of a questionnaire, then its areas of assistance.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> themes = themes_of(read_definition("2006-20"))
    >>> sum(one.is_area for one in themes), themes[0].key
    (12, 'I')
    """
    sections = (
        Theme(key=one.key, title=one.title, is_area=False, items=_answered(one.items))
        for one in questionnaire.groups
    )
    areas = (
        Theme(
            key=one.key,
            title=one.prompt,
            is_area=True,
            items=tuple(
                item
                for item in _answered(questionnaire.items)
                if item is one
                or (item.type is not AnswerType.MARKS and _about(item, one.paragraphs))
            ),
        )
        for one in questionnaire.items
        if one.type is AnswerType.MARKS
    )
    return (*sections, *areas)


def paragraphs_of(questionnaire: Questionnaire) -> dict[str, tuple[Item, ...]]:
    """Return from each paragraph to the items about it or a part of it.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> paragraphs = paragraphs_of(read_definition("2006-20"))
    >>> [one.key for one in paragraphs["2002/13:18(a)"]]
    ['Q5(a)']
    >>> list(paragraphs)[:2]
    ['2002/13:1', '2002/13:2']
    """
    items = _answered(questionnaire.items)
    named = {one for item in items for one in item.paragraphs}
    return {
        paragraph: tuple(item for item in items if _about(item, (paragraph,)))
        for paragraph in sorted(named, key=_place)
    }


def _answered(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(one for one in items if one.type is not AnswerType.HEADING)


def _about(item: Item, paragraphs: Iterable[str]) -> bool:
    return any(
        own == one or own.startswith(f"{one}(") for own in item.paragraphs for one in paragraphs
    )


def _place(paragraph: str) -> tuple[tuple[int, str], ...]:
    """Return the place of a paragraph among others: numbers by size, letters by the alphabet."""
    parts = re.findall(r"\d+|[^\d]+", paragraph)
    return tuple((int(one), "") if one.isdigit() else (-1, one) for one in parts)
