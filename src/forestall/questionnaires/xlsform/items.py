"""This file knows which item of a questionnaire each row of a form is, and which rows are none.

What has a counterpart is read: questions of text, day, choice and boxes, groups, and repeats as
tables. A repeat within a repeat is a table whose rows say under which row of the other they stand.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from forestall.languages import Message, message
from forestall.questionnaires.records import Column, Condition, FollowUp, Group, Item
from forestall.questionnaires.vocabulary import AnswerType, Basis, CellType, Level
from forestall.questionnaires.xlsform.conditions import (
    NoCondition,
    comparisons_in,
    conditions_in,
)
from forestall.questionnaires.xlsform.form import PARENT_ROW, Part
from forestall.questionnaires.xlsform.names import in_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forestall.languages import Texts
    from forestall.questionnaires.vocabulary import Choice
    from forestall.questionnaires.xlsform.languages import FormLanguages
    from forestall.questionnaires.xlsform.lists import ChoiceLists
    from forestall.questionnaires.xlsform.survey import Node

    Kind = TypeVar("Kind")

_OTHER = re.compile("[^A-Za-z0-9.()]+")
_KINDS = {
    "note": AnswerType.HEADING,
    "text": AnswerType.TEXT,
    "date": AnswerType.DATE,
    "integer": AnswerType.TEXT,
    "decimal": AnswerType.TEXT,
    "select_one": AnswerType.CHOICE,
    "select_multiple": AnswerType.MARKS,
}
_CELLS = {"text": CellType.TEXT, "date": CellType.DATE}
_NUMBERS = frozenset({"integer", "decimal"})
# What a tool notes by itself, or works out: nobody is asked.
_UNASKED = frozenset(
    (
        "start", "end", "today", "deviceid", "username", "phonenumber", "email", "subscriberid",
        "simserial", "audit", "calculate", "hidden", "start-geopoint", "background-audio",
    )
)  # fmt: skip
_LOST = ("constraint", "required", "default", "choice_filter", "repeat_count", "calculation")
_WITHOUT_LOSS = frozenset({"", "no", "false", "false()"})
_LOOSE = "questions"


class FormItems:
    """The items of a form, as far as they were read.

    Attributes
    ----------
    keys
        From the name of an item in the form to its key.
    choices
        From the name of an item to its choices by their names in the form.
    rows
        From the key of an item, where forestall wrote the form, to its row.
    caveats
        What was read as something else, or left out.
    """

    def __init__(self, languages: FormLanguages, lists: ChoiceLists, title: Texts) -> None:
        self._languages, self._lists, self._title = languages, lists, title
        self.keys: dict[str, str] = {}
        self.choices: dict[str, dict[str, Choice]] = {}
        self.rows: dict[str, Node] = {}
        self.follow_ups: list[Node] = []
        self.caveats: list[Message] = []

    def groups(self, nodes: Sequence[Node]) -> tuple[Group, ...]:
        """Return the groups of a form; questions outside of groups become groups of their own.

        Raises
        ------
        InvalidQuestionnaire
            If a row has no counterpart; with the place.
        """
        found: list[Group] = []
        loose: list[Item] = []
        for node in nodes:
            if node.part in (Part.HEAD, Part.DETAILS):
                continue
            is_empty = node.part == Part.GROUP and node.type == "note"
            if node.type != "group" and not is_empty:
                loose.extend(self._items(node, ""))
                continue
            self._close(found, loose)
            found.append(self._group(node))
        self._close(found, loose)
        return tuple(found)

    def _close(self, found: list[Group], loose: list[Item]) -> None:
        if not loose:
            return
        key, at = _LOOSE, 1
        while key in {one.key for one in found}:
            at += 1
            key = f"{_LOOSE}-{at}"
        found.append(Group(key=key, title=self._title, items=tuple(loose)))
        loose.clear()

    def _group(self, node: Node) -> Group:
        title = self._words(node)
        if node.row.text("relevant").strip():  # only an item has a condition
            if node.part:
                raise node.row.refused("relevant", message("a section has no condition."))
            return Group(key=node.name, title=title, items=tuple(self._items(node, "")))
        items = [item for child in node.children for item in self._items(child, "")]
        return Group(
            key=node.own("key") if node.part else node.name, title=title, items=tuple(items)
        )

    def _items(self, node: Node, parent: str) -> Iterator[Item]:
        if node.part == Part.FOLLOW_UP:
            self.follow_ups.append(node)
        elif node.type == "group":
            heading = self._item(node, parent, type=AnswerType.HEADING)
            yield heading
            for child in node.children:
                yield from self._items(child, heading.key)
        elif node.type == "repeat":
            yield from self._tables(node, parent, nested=False)
        elif node.type in _UNASKED:
            self._tell(node, message("nobody is asked for this, so it is left out."))
        elif node.type in _KINDS:
            yield self._question(node, parent)
        else:
            raise _no_counterpart(node)

    def _question(self, node: Node, parent: str) -> Item:
        kind = _KINDS[node.type]
        if node.type in _NUMBERS:
            self._tell(node, message("a number is read as a text."))
        if kind is AnswerType.CHOICE:
            self.choices[node.name] = self._lists.choices_of(node)
            offered = tuple(self.choices[node.name].values())
            return self._item(node, parent, type=kind, choices=offered)
        if kind is AnswerType.MARKS:
            return self._item(node, parent, type=kind, marks=self._lists.marks_of(node))
        return self._item(node, parent, type=kind)

    def _tables(self, node: Node, parent: str, *, nested: bool) -> Iterator[Item]:
        inner: list[Node] = []
        columns = list(self._columns(node.children, inner))
        if nested and PARENT_ROW not in {one.key for one in columns}:
            above = in_each(message("Row of the table above"), self._languages.tags)
            columns.insert(0, Column(key=PARENT_ROW, title=above))
        if not columns:
            raise node.row.refused("type", message("a repeat needs a question of text or day."))
        item = self._item(node, parent, type=AnswerType.TABLE, columns=tuple(columns))
        yield item
        for child in inner:
            yield from self._tables(child, item.key, nested=True)

    def _columns(self, nodes: Sequence[Node], inner: list[Node]) -> Iterator[Column]:
        for node in nodes:
            is_column = node.part == Part.COLUMN
            if node.type == "repeat":
                inner.append(node)
            elif node.type == "group":
                yield from self._columns(node.children, inner)
            elif node.type == "note" or (node.type in _UNASKED and not is_column):
                self._tell(node, message("nobody is asked for this, so it is left out."))
            elif node.type in _CELLS or node.type in _NUMBERS or is_column:
                if node.type in _NUMBERS:
                    self._tell(node, message("a number is read as a text."))
                self._tell_lost(node, ("relevant", *_LOST) if not is_column else ())
                yield Column(
                    key=node.own("key") if is_column else node.name,
                    title=self._languages.needed(node.row, "label"),
                    type=_CELLS.get(node.type, CellType.TEXT),
                )
            else:
                raise _no_counterpart(node)

    def _item(self, node: Node, parent: str, **fields: Any) -> Item:
        key = node.own("key") or _key_of(node)
        label = node.own("label")
        if node.part:
            self.rows[key] = node
        else:
            self._tell_lost(node, _LOST)
        item = Item(
            key=key,
            prompt=_without(label, self._words(node)),
            label=label,
            parent=node.own("parent") if node.part else parent,
            level=_own(node, "level", Level) if node.own("level") else None,
            asked_if=self._asked_if(node),
            follow_up=self._follow_up(node),
            paragraphs=_json(node, "paragraphs", tuple[str, ...], ()),
            basis=_own(node, "basis", Basis) if node.own("basis") else Basis.JUDGEMENT,
            note=self._languages.texts(node.row, "hint"),
            **fields,
        )
        self.keys[node.name] = key
        return item

    def _asked_if(self, node: Node) -> tuple[Condition, ...]:
        if node.part:
            return _json(node, "asked_if", tuple[Condition, ...], ())
        return self.conditions_of(node)

    def conditions_of(self, node: Node) -> tuple[Condition, ...]:
        """Return the conditions in the expression of a row.

        Raises
        ------
        InvalidQuestionnaire
            If it says something that no conditions can say, or refers to no earlier choice.
        """
        expression = node.row.text("relevant")
        if not expression.strip():
            return ()
        try:
            return conditions_in(comparisons_in(expression), self.keys, self.choices)
        except NoCondition:
            raise node.row.refused(
                "relevant",
                message(
                    "a condition compares choices of earlier questions, such as "
                    "“{example}”, joined by “or”.",
                    example="${q1} = 'yes'",
                ),
            ) from None

    def _follow_up(self, node: Node) -> FollowUp | None:
        if not node.own("follow_up"):
            return None
        content = _json(node, "follow_up", dict[str, Any], {})
        content.setdefault("prompt", {})  # stands in a row of its own
        return _converted(node, "follow_up", content, FollowUp)

    def _words(self, node: Node) -> Texts:
        found = self._languages.texts(node.row, "label")
        if found or node.type not in ("group", "repeat"):
            return found or self._languages.needed(node.row, "label")
        return dict.fromkeys(self._languages.tags, node.name)

    def _tell(self, node: Node, said: Message) -> None:
        place = node.row.place("type")
        self.caveats.append(message("{place}: {fault}", place=place, fault=said))

    def _tell_lost(self, node: Node, columns: Sequence[str]) -> None:
        for column in columns:
            if node.row.text(column).strip().casefold() not in _WITHOUT_LOSS:
                self.caveats.append(
                    message(
                        "{place}: {fault}",
                        place=node.row.place(column),
                        fault=message("a questionnaire has no such rule, so it is left out."),
                    )
                )


def _key_of(node: Node) -> str:
    key = _OTHER.sub("-", node.name).strip("-.(")
    if not key:
        raise node.row.refused("name", message("a name needs Latin letters or digits."))
    return key


def _without(label: str, texts: Texts) -> Texts:
    """Return words without the number in print before them."""
    if not label:
        return texts
    return {tag: text.removeprefix(f"{label} ") for tag, text in texts.items()}


def _no_counterpart(node: Node) -> Exception:
    return node.row.refused(
        "type",
        message("a questionnaire has nothing like “{type}”.", type=node.type[:60]),
    )


def _own(node: Node, column: str, kind: type[Kind]) -> Kind:
    return _converted(node, column, node.own(column), kind)


def _json(node: Node, column: str, kind: type[Kind], otherwise: Kind) -> Kind:
    if not node.own(column):
        return otherwise
    try:
        content = json.loads(node.own(column))
    except (ValueError, RecursionError):
        content = None
    return _converted(node, column, content, kind)


def _converted(node: Node, column: str, content: object, kind: type[Kind]) -> Kind:
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError:
        raise node.row.refused(
            f"forestall_{column}", message("this is not what was written there.")
        ) from None
