"""This file knows which form a questionnaire is: its items in their order, as they are asked.

What the instrument does not ask everybody stays unasked: choices, levels and follow-ups are those
of each item. No answer is required, because a reply may stay open.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from forestall.languages import message
from forestall.questionnaires.records import Condition
from forestall.questionnaires.vocabulary import (
    AnswerType,
    Basis,
    CellType,
    Choice,
    FollowUpType,
)
from forestall.questionnaires.xlsform.about import about_parts, own_lists
from forestall.questionnaires.xlsform.conditions import both, expression_of
from forestall.questionnaires.xlsform.form import PARENT_ROW, Field, Form, Part, Section
from forestall.questionnaires.xlsform.names import Names, in_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forestall.languages import Texts
    from forestall.questionnaires.records import Column, FollowUp, Group, Item, Questionnaire
    from forestall.questionnaires.xlsform.form import FormPart

DAY_OF_FOLLOW_UP = message("Day of the follow-up")
_TYPES = {AnswerType.HEADING: "note", AnswerType.TEXT: "text", AnswerType.DATE: "date"}
_MULTILINE = {"appearance": "multiline"}


def form_of(questionnaire: Questionnaire) -> Form:
    """Return the form of a questionnaire.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> form = form_of(read_definition("2006-20"))
    >>> form.items["Q4(c)(ii)"], form.follow_ups["Q2(a)"]
    ('Q4_c_ii', ('Q2_a_follow_up', 'Q2_a_follow_up_day'))
    """
    return _Builder(questionnaire).form()


def fields_of(questionnaire: Questionnaire) -> Form:
    """Return the form of a questionnaire for submissions: names without words of the package.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> fields_of(read_definition("2006-20")).parts[0].label
    {}
    """
    return form_of(structs.replace(questionnaire, languages=()))


def is_nested(item: Item, above: Item) -> bool:
    """Say whether the rows of a table stand under rows of another.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> table = read_definition("1997-34").item("2(d)")
    >>> is_nested(table, table)
    False
    """
    return (
        item.type is above.type is AnswerType.TABLE
        and item.parent == above.key
        and (item.columns[0].key, item.columns[0].type) == (PARENT_ROW, CellType.TEXT)
    )


def choice_list(choices: Sequence[Choice]) -> str:
    """Return the name of a list of choices.

    Examples
    --------
    >>> choice_list([Choice.YES, Choice.PARTLY])
    'yes_yes-in-part'
    """
    return "_".join(one.value for one in choices)


def as_json(value: object) -> str:
    """Return what an own column holds, in one line.

    Examples
    --------
    >>> as_json(("2002/13:17(b)",))
    '["2002/13:17(b)"]'
    """
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)


class _Builder:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self._asked = questionnaire
        self._names = Names()
        give = self._names.give
        self._items = {one.key: give(one.key, otherwise="item") for one in questionnaire.items}
        self._follow_ups = {
            one.key: self._named_follow_up(one)
            for one in questionnaire.items
            if one.follow_up is not None
            and one.follow_up.type is not FollowUpType.TABLE
            and not one.follow_up.shared_with
        }
        self._columns = {
            item.key: {one.key: give(one.key, otherwise="column") for one in item.columns}
            for item in questionnaire.items
        }
        self._marks: dict[tuple[str, ...], str] = {
            tuple(one.key for one in questionnaire.marks): "marks"
        }
        self._relevant = self._relevants()
        self._last_sharer = {
            (one.follow_up.shared_with or one.key): one.key
            for one in questionnaire.items
            if one.follow_up is not None
        }

    def form(self) -> Form:
        groups = tuple(
            self._group(group, at) for at, group in enumerate(self._asked.groups, start=1)
        )
        head, details = about_parts(self._asked.languages)
        return Form(
            parts=(head, *groups, *details),
            lists={**self._lists(), **own_lists(self._asked, self._items)},
            items=self._items,
            follow_ups=self._follow_ups,
            columns=self._columns,
        )

    def _named_follow_up(self, item: Item) -> tuple[str, str]:
        name = self._names.give(f"{self._items[item.key]}_follow_up", otherwise="")
        assert item.follow_up is not None
        if item.follow_up.type is FollowUpType.TEXT:
            return name, ""
        return name, self._names.give(f"{self._items[item.key]}_follow_up_day", otherwise="")

    def _relevants(self) -> dict[str, str]:
        """Return when each item is asked; an answer that is not asked for is none in a form."""
        found: dict[str, str] = {}
        for item in self._asked.items:
            own = expression_of(item.asked_if, self._items)
            found[item.key] = both(found.get(item.parent, ""), own)
        return found

    def _group(self, group: Group, at: int) -> FormPart:
        parts: list[FormPart] = []
        items = list(group.items)
        while items:
            parts.extend(self._parts_of(items))
        name, own = self._names.give(f"section_{at}", otherwise=""), {"key": group.key}
        if not parts:  # ODK refuses a group without questions
            return Field(name=name, type="note", label=group.title, part=Part.GROUP, own=own)
        return Section(
            name=name,
            repeats=False,
            label=group.title,
            part=Part.GROUP,
            own=own,
            parts=tuple(parts),
        )

    def _parts_of(self, items: list[Item]) -> Iterator[FormPart]:
        item = items.pop(0)
        if item.type is AnswerType.TABLE:
            yield self._table(item, items)
            return
        yield Field(
            name=self._items[item.key],
            type=self._type(item),
            label=_numbered(item),
            hint=item.note,
            logic=self._logic(item) | (_MULTILINE if item.type is AnswerType.TEXT else {}),
            part=Part.ITEM,
            own=self._own(item),
        )
        if item.follow_up is not None:
            yield from self._follow_up(item.follow_up.shared_with or item.key, after=item)

    def _type(self, item: Item) -> str:
        if item.type is AnswerType.CHOICE:
            return f"select_one {choice_list(item.choices)}"
        if item.type is AnswerType.MARKS:
            at = len(self._marks) + 1
            return f"select_multiple {self._marks.setdefault(item.marks, f'marks_{at}')}"
        return _TYPES[item.type]

    def _logic(self, item: Item) -> dict[str, str]:
        relevant = self._relevant[item.key]
        return {"relevant": relevant} if relevant else {}

    def _table(self, item: Item, later: list[Item], *, nested: bool = False) -> Section:
        columns: list[FormPart] = [self._column(item, one) for one in item.columns]
        if nested:
            columns[0] = replace(
                self._column(item, item.columns[0]),
                type="calculate",
                logic={"calculation": "position(../..)"},
            )
        while later and is_nested(later[0], item):
            columns.append(self._table(later.pop(0), later, nested=True))
        return Section(
            name=self._items[item.key],
            repeats=True,
            label=_numbered(item),
            hint=item.note,
            logic=self._logic(item),
            part=Part.ITEM,
            own=self._own(item),
            parts=tuple(columns),
        )

    def _column(self, item: Item, column: Column) -> Field:
        return Field(
            name=self._columns[item.key][column.key],
            type="date" if column.type is CellType.DATE else "text",
            label=column.title,
            part=Part.COLUMN,
            own={"key": column.key},
        )

    def _follow_up(self, key: str, *, after: Item) -> Iterator[Field]:
        """Yield the field of a follow-up, after the last of the items that share it."""
        if self._last_sharer[key] != after.key or key not in self._follow_ups:
            return
        item = self._asked.item(key)
        assert item is not None
        assert item.follow_up is not None
        name, day = self._follow_ups[key]
        own = {"key": key}
        logic = {"relevant": self._when_followed(key)}
        label = item.follow_up.prompt
        yield Field(
            name=name,
            type="text",
            label=label,
            logic=logic | _MULTILINE,
            part=Part.FOLLOW_UP,
            own=own,
        )
        if day:
            words = in_each(DAY_OF_FOLLOW_UP, self._asked.languages)
            yield Field(
                name=day, type="date", label=words, logic=logic, part=Part.FOLLOW_UP, own=own
            )

    def _when_followed(self, key: str) -> str:
        sharers = {
            one.key: one.follow_up.when
            for one in self._asked.items
            if one.follow_up is not None and (one.follow_up.shared_with or one.key) == key
        }
        chosen = (Condition(item=one, choices=when) for one, when in sharers.items())
        expression = expression_of(chosen, self._items)
        # What is not asked is no “yes”; but another item can share the follow-up of one of those.
        return expression if list(sharers) == [key] else both(self._relevant[key], expression)

    def _own(self, item: Item) -> dict[str, str]:
        found = {
            "key": item.key,
            "label": item.label,
            "parent": item.parent,
            "level": item.level.value if item.level else "",
            "paragraphs": as_json(item.paragraphs) if item.paragraphs else "",
            "basis": item.basis.value if item.basis is not Basis.JUDGEMENT else "",
            "asked_if": as_json(item.asked_if) if item.asked_if else "",
            "follow_up": _follow_up_as_json(item.follow_up) if item.follow_up else "",
        }
        return {name: value for name, value in found.items() if value}

    def _lists(self) -> dict[str, dict[str, Texts]]:
        tags = self._asked.languages
        titles = {one.key: one.title for one in self._asked.marks}
        found: dict[str, dict[str, Texts]] = {
            choice_list(choices): {one.value: in_each(one.words, tags) for one in choices}
            for choices in dict.fromkeys(one.choices for one in self._asked.items)
            if choices
        }
        for keys, name in self._marks.items():
            if keys:
                found[name] = {key: titles[key] for key in keys}
        return found


def _numbered(item: Item) -> Texts:
    """Return what is asked with its number in print before it, as a reader of the print looks."""
    if not item.label:
        return item.prompt
    return {tag: f"{item.label} {text}" for tag, text in item.prompt.items()}


def _follow_up_as_json(follow_up: FollowUp) -> str:
    """Return what the row of a follow-up does not say; some follow-ups have no row of their own."""
    content = msgspec.to_builtins(follow_up)
    if follow_up.type is not FollowUpType.TABLE and not follow_up.shared_with:
        del content["prompt"]
    return as_json(content)
