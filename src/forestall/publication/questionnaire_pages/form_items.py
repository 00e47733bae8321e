"""This file knows how the questions of a section become boxes, lines and tables to fill in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from forestall.languages import OwnWords, Sentences, message
from forestall.publication.blanks import (
    Asked,
    Blank,
    EmptyTable,
    ShortFields,
    TickBoxes,
    WritingRoom,
)
from forestall.publication.blocks import Paragraph, Source
from forestall.publication.questionnaire_pages.words import (
    asked_text,
    condition_of,
    either,
    leads_on,
    numbered,
    said,
    said_under,
)
from forestall.questionnaires import AnswerType, CellType, Choice, FollowUpType

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.questionnaires import Group, Item, Questionnaire

# Lines for an answer in words, and for what is asked after a choice; rows of an empty table.
_LINES, _FOLLOW_UP_LINES, _ROWS = 6, 3, 5
DATE_FIELDS = (message("Day"), message("Month"), message("Year"))


def form_blocks(group: Group, asked: Questionnaire) -> Iterator[Block]:
    """Yield what is printed for each question of a section, all of them in the order of asking.

    Questions that are answered with the same boxes, and nothing more, share one table.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> asked = read_definition("2006-20")
    >>> [type(one).__name__ for one in form_blocks(asked.groups[-1], asked)]
    ['Asked', 'WritingRoom', 'Asked', 'WritingRoom']
    """
    for key, run in groupby(group.items, key=lambda item: _table_of(item, asked)):
        items = list(run)
        if key is not None and items[0].type is AnswerType.MARKS:
            yield from _marks(items, asked)
        elif key is not None and len(items) > 1:
            yield from _choices(items)
        else:
            for item in items:
                yield from _question(item, asked)


def _table_of(item: Item, asked: Questionnaire) -> Hashable:
    """Return what rows of one table have in common; None for a question that stands alone."""
    if item.type is AnswerType.MARKS:
        return item.parent, item.marks, str(item.asked_if)
    plain = item.type is AnswerType.CHOICE and item.parent and not item.asked_if
    if plain and item.follow_up is None and not leads_on(item, asked):
        return item.parent
    return None


def _marks(items: list[Item], asked: Questionnaire) -> Iterator[Block]:
    titles = {one.key: OwnWords(one.title) for one in asked.marks}
    how = message("Tick what holds in each row. A row may stay empty.")
    yield EmptyTable(
        heads=(message("Question"), *(titles[key] for key in items[0].marks)),
        rows=tuple((numbered(one), *(Blank.BOX for _ in one.marks)) for one in items),
        title=Sentences((condition_of(items[0], asked), how)),
    )
    yield from _notes(items)


def _choices(items: list[Item]) -> Iterator[Block]:
    offered = [one for one in Choice if any(one in item.choices for item in items)]
    levels = all(item.level is not None for item in items)
    head = message("Level of government") if levels else message("Question")
    yield EmptyTable(
        heads=(head, *(one.words for one in offered)),
        rows=tuple(
            (
                numbered(item),
                *(Blank.BOX if one in item.choices else Blank.NOTHING for one in offered),
            )
            for item in items
        ),
        title=message("Tick one box in each row."),
    )
    yield from _notes(items)


def _notes(items: list[Item]) -> Iterator[Block]:
    notes = list(dict.fromkeys(str(sorted(one.note.items())) for one in items if one.note))
    if notes:
        first = {str(sorted(one.note.items())): OwnWords(one.note) for one in items if one.note}
        yield Source(tuple(first[note] for note in notes))


def _question(item: Item, asked: Questionnaire) -> Iterator[Block]:
    yield Asked(
        number=item.label,
        text=OwnWords(item.prompt),
        when=condition_of(item, asked),
        soft=said_under(item),
        inside=bool(item.parent),
    )
    match item.type:
        case AnswerType.CHOICE:
            yield TickBoxes(tuple(one.words for one in item.choices))
            yield from _follow_up(item, asked)
            if item.follow_up is None or item.follow_up.type is not FollowUpType.TABLE:
                yield from (Paragraph((one,)) for one in leads_on(item, asked))
        case AnswerType.TEXT:
            yield WritingRoom(lines=_LINES)
        case AnswerType.DATE:
            yield ShortFields(names=DATE_FIELDS, narrow=True)
        case AnswerType.TABLE:
            yield _own_rows(item)
        case _:
            pass


def _own_rows(item: Item) -> EmptyTable:
    heads: list[Text] = []
    for column in item.columns:
        title = OwnWords(column.title)
        dated = column.type is CellType.DATE
        heads.append(message("{title} (day, month, year)", title=title) if dated else title)
    return EmptyTable(heads=tuple(heads), rows=(tuple(Blank.ROOM for _ in heads),) * _ROWS)


def _follow_up(item: Item, asked: Questionnaire) -> Iterator[Block]:
    """Yield room for what is asked after a choice; a shared field stands under the last item."""
    follow_up = item.follow_up
    if follow_up is None:
        return
    owner = follow_up.shared_with or item.key
    sharing = [
        one
        for one in asked.items
        if one.follow_up is not None and (one.follow_up.shared_with or one.key) == owner
    ]
    if item.key != sharing[-1].key:
        return
    prompt, choices = OwnWords(follow_up.prompt), said(follow_up.when)
    lead: Text = message("If {choices}: {prompt}", choices=choices, prompt=prompt)
    if len(sharing) > 1:
        lead = message(
            "If {choices} to {items}: {prompt}",
            choices=choices,
            items=either([asked_text(one) for one in sharing]),
            prompt=prompt,
        )
    if follow_up.type is FollowUpType.TABLE:
        yield Paragraph((lead,))
        return
    yield WritingRoom(lead=lead, lines=_FOLLOW_UP_LINES)
    if follow_up.type is FollowUpType.TEXT_AND_DATE:
        yield ShortFields(names=DATE_FIELDS, narrow=True)
