"""This file knows which input a field needs, by the type of the attribute it stands for."""

from __future__ import annotations

import types
import typing
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import Texts, in_language, say
from forestall.web.design.written import WrittenField

if TYPE_CHECKING:
    from msgspec import Struct

    from forestall.web.plans.fields import Field

Choices = list[tuple[str, str]]
MOST_CHARACTERS = 5000


def type_of(record: type[Struct], name: str) -> Any:
    """Return the type of an attribute; of one inside for "baseline.value"; without None."""
    first, _, rest = name.partition(".")
    kind = _without_none(typing.get_type_hints(record)[first])
    return type_of(kind, rest) if rest else kind


def value_of(record: Struct | None, name: str) -> Any:
    """Return the value of an attribute, or of one inside; None where there is no record."""
    if record is None:
        return None
    first, _, rest = name.partition(".")
    held = getattr(record, first)
    return value_of(held, rest) if rest else held


def is_texts(kind: Any) -> bool:
    """Return whether a type is a text in several languages."""
    return bool(kind == Texts)


def input_for(field: Field, kind: Any, choices: Choices) -> forms.Field:
    """Return the input for a field.

    Parameters
    ----------
    kind
        The type of the attribute.
    choices
        What can be chosen, for a field that refers to other parts.
    """
    common: dict[str, Any] = {
        "label": str(field.label),
        "help_text": str(field.hint) if field.hint is not None else "",
        "required": field.needed,
    }
    if field.refers:
        return _choice(kind, choices, common)
    if is_texts(kind) or kind is str:
        return _text(field, common)
    if typing.get_origin(kind) is tuple:
        words = _words_of(typing.get_args(kind)[0])
        return forms.MultipleChoiceField(
            choices=words, widget=forms.CheckboxSelectMultiple, **common
        )
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return forms.ChoiceField(choices=_words_of(kind), **{**common, "required": True})
    return _plain(kind, common)


def shown(value: Any, tag: str) -> Any:
    """Return a value as an input shows it; a text in one language."""
    if isinstance(value, dict):
        return value.get(tag, "")
    return list(value) if isinstance(value, tuple) else value


def read_as(value: Any, kind: Any, held: Any, tag: str) -> Any:
    """Return what was typed, as the attribute keeps it; a text keeps its other languages."""
    if is_texts(kind):
        texts = {**(held or {}), tag: str(value).strip()}
        return {one: text for one, text in texts.items() if text}
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        chosen = tuple(inner(one) for one in value)
        # A list of boxes has an order of its own; the order that somebody wrote stays.
        return held if held is not None and set(held) == set(chosen) else chosen
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value


def title_of(record: Struct, *tags: str) -> str:
    """Return by which words an item is known: its title, or the first text it has."""
    for name in ("title", "name", "what", "said", "how", "words"):
        held = getattr(record, name, None)
        if isinstance(held, dict) and held:
            return in_language(held, *tags)
    return ""


def _choice(kind: Any, choices: Choices, common: dict[str, Any]) -> forms.Field:
    if typing.get_origin(kind) is tuple:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        )
    return forms.ChoiceField(choices=[("", say("– none –")), *choices], **common)


def _text(field: Field, common: dict[str, Any]) -> forms.Field:
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": field.rows}) if field.rows > 1 else forms.TextInput()
    )
    return WrittenField(max_length=MOST_CHARACTERS, widget=widget, **common)


def _plain(kind: Any, common: dict[str, Any]) -> forms.Field:
    if kind is bool:
        return forms.BooleanField(**{**common, "required": False})
    if kind is date:
        return forms.DateField(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            **common,
        )
    if kind is int:
        return forms.IntegerField(**common)
    return forms.FloatField(widget=forms.NumberInput(attrs={"step": "any"}), **common)


def _words_of(kind: Any) -> Choices:
    return [(one.value, str(one.words)) for one in kind]


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return next(one for one in typing.get_args(kind) if one is not types.NoneType)
    return kind
