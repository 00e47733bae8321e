"""This file knows how a part of a plan is read on a page: what was asked, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from forestall.languages import Day, Number, in_language, language, say, written_in
from forestall.web.plans.choices import choices_of
from forestall.web.plans.inputs import title_of, value_of
from forestall.web.plans.part_fields import FIELDS
from forestall.web.plans.parts import PARTS

if TYPE_CHECKING:
    from msgspec import Struct

    from forestall.plan.records import ActionPlan
    from forestall.web.plans.parts import Part


@dataclass(frozen=True)
class Fact:
    """One answer: what was asked, the answers, and the language they are in ("" for ours)."""

    label: str
    said: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True)
class ShownItem:
    """An item of a list: its address, the words by which it is known, and its facts."""

    where: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ShownList:
    """A list inside a part: its address, what it is, its items."""

    where: str
    part: Part
    items: tuple[ShownItem, ...]


def facts_of(item: Struct, plan: ActionPlan) -> tuple[Fact, ...]:
    """Return what is known of a part, without what was not answered."""
    facts = (
        _fact(str(field.label), _told(item, field.name), dict(choices_of(field.refers, plan)))
        for field in FIELDS[type(item)]
        if field.name != "title"
    )
    return tuple(fact for fact in facts if any(fact.said))


def shown_item(item: Struct, where: str, plan: ActionPlan) -> ShownItem:
    """Return an item with its facts."""
    title = title_of(item, language(), *plan.languages) or _words_of(item)
    return ShownItem(where=where, title=title, facts=facts_of(item, plan))


def shown_list(record: Struct, name: str, where: str, plan: ActionPlan) -> ShownList:
    """Return a list of a record; one record alone is a list of it, or an empty one.

    Parameters
    ----------
    where
        Address of the list.
    """
    held = getattr(record, name)
    part = PARTS[type(record)][name]
    if part.single:
        items = () if held is None else (shown_item(held, where, plan),)
        return ShownList(where=where, part=part, items=items)
    return ShownList(
        where=where,
        part=part,
        items=tuple(
            shown_item(one, f"{where}/{getattr(one, 'key', place)}", plan)
            for place, one in enumerate(held)
        ),
    )


def lists_of(record: Struct, where: str, plan: ActionPlan) -> tuple[ShownList, ...]:
    """Return the lists inside a part."""
    prefix = f"{where}/" if where else ""
    return tuple(
        shown_list(record, name, f"{prefix}{name}", plan) for name in PARTS.get(type(record), {})
    )


def _told(item: Struct, name: str) -> Any:
    """Return the value of a field; a year is a name, whose thousands nobody sets apart."""
    value = value_of(item, name)
    return str(value) if name == "year" and value is not None else value


def _fact(label: str, value: Any, chosen: dict[str, str]) -> Fact:
    if isinstance(value, dict):
        return Fact(label, (in_language(value),), written_in(value))
    if isinstance(value, tuple):
        return Fact(label, tuple(_written(one, chosen) for one in value))
    return Fact(label, (_written(value, chosen),))


def _written(value: Any, chosen: dict[str, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, StrEnum):
        return str(getattr(value, "words", value.value))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, date):
        return str(Day(value))
    if isinstance(value, int | float):
        return str(Number(value))
    return chosen.get(str(value), str(value))


def _words_of(item: Struct) -> str:
    for name in ("right", "part", "what", "on", "opened"):
        held = getattr(item, name, None)
        if held:
            return _written(held, {})
    return ""
