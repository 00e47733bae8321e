"""This file knows the form of any part of a plan: made from what is asked, filled, read back.

A form edits the texts of one language; those of the others stay. Records inside a record, such as a
baseline, are asked in the same form, and are left out when nothing of them is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django import forms
from django.utils.text import slugify

from forestall.languages import Texts, in_language, say
from forestall.web.plans.choices import choices_of
from forestall.web.plans.inputs import (
    input_for,
    is_texts,
    read_as,
    shown,
    type_of,
    value_of,
)
from forestall.web.plans.part_fields import FIELDS
from forestall.web.plans.seen import seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from msgspec import Struct

    from forestall.plan.records import ActionPlan


class PartForm(forms.Form):
    """The form of one part.

    Parameters
    ----------
    record
        What the part is.
    item
        The part as it is; None for a new one.
    plan
        The whole, for what can be chosen.
    tag
        Language of the texts.
    only
        Names of the fields that are asked; all without it.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        record: type[Struct],
        item: Struct | None,
        plan: ActionPlan,
        tag: str,
        only: Sequence[str] = (),
    ) -> None:
        super().__init__(data, initial={"seen": seen(item)})
        self.record, self.item, self.tag = record, item, tag
        self.asked = tuple(one for one in FIELDS[record] if not only or one.name in only)
        for field in self.asked:
            kind = type_of(record, field.name)
            made = input_for(field, kind, choices_of(field.refers, plan))
            if is_texts(kind):
                made.widget.attrs |= {"lang": tag, "dir": "auto"}
            made.initial = self._initial(field.name)
            self.fields[field.name] = made

    def clean(self) -> dict[str, Any]:
        """Make the record, or say at which field something is missing."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._refuse_half_records(cleaned)
        return cleaned

    def made(self, item: Struct | None) -> Any:
        """Return the record as the form says; a new one gets a key from its title.

        Parameters
        ----------
        item
            The part as it is now, whose other attributes stay; None for a new one.
        """
        self.item = item
        values = self._nested_values()
        if item is not None:
            return msgspec.structs.replace(item, **values)
        if "key" in self.record.__struct_fields__:
            values["key"] = self._new_key(values)
        return self.record(**values)

    def _initial(self, name: str) -> Any:
        held = value_of(self.item, name)
        if held is None and "." not in name:
            held = _default_of(self.record, name)
        elif held is None:
            first, _, rest = name.partition(".")
            held = _default_of(type_of(self.record, first), rest)
        return shown(held, self.tag)

    def _nested_values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        inside: dict[str, dict[str, Any]] = {}
        for field in self.asked:
            kind = type_of(self.record, field.name)
            held = value_of(self.item, field.name)
            value = read_as(self.cleaned_data[field.name], kind, held, self.tag)
            first, _, rest = field.name.partition(".")
            if rest:
                inside.setdefault(first, {})[rest] = value
            elif value is None and _default_of(self.record, first) is not None:
                values[first] = _default_of(self.record, first)
            else:
                values[first] = value
        for first, given in inside.items():
            values[first] = self._inside(first, given)
        return values

    def _inside(self, name: str, given: dict[str, Any]) -> Struct | None:
        kind = type_of(self.record, name)
        if self._is_empty(kind, given) and _may_be_none(self.record, name):
            return None
        known = {
            one: value
            for one, value in given.items()
            if value is not None or _default_of(kind, one) is None
        }
        made: Struct = kind(**known)
        return made

    def _is_empty(self, kind: Any, given: dict[str, Any]) -> bool:
        return not any(
            value not in (None, "", {}, ()) and value != _default_of(kind, one)
            for one, value in given.items()
        )

    def _refuse_half_records(self, cleaned: dict[str, Any]) -> None:
        """Say what is missing of a record of which only a part is given."""
        for first in {field.name.partition(".")[0] for field in self.asked if "." in field.name}:
            kind = type_of(self.record, first)
            names = [f.name for f in self.asked if f.name.startswith(f"{first}.")]
            given = {
                name.partition(".")[2]: read_as(
                    cleaned.get(name), type_of(self.record, name), None, self.tag
                )
                for name in names
            }
            if self._is_empty(kind, given):
                continue
            for one in _needed(kind):
                if given.get(one) in (None, "", {}):
                    held = value_of(self.item, f"{first}.{one}")
                    if not held:
                        self.add_error(f"{first}.{one}", say("This is needed, too."))

    def _new_key(self, values: dict[str, Any]) -> str:
        """Return a short name from the title, which no other item of the list should have."""
        given = (values.get(name) for name in ("title", "name", "what"))
        texts: Texts = next((one for one in given if one), {})
        return slugify(in_language(texts, self.tag))[:40].strip("-")


def _default_of(kind: Any, name: str) -> Any:
    for field in msgspec.structs.fields(kind):
        if field.name == name:
            if field.default is not msgspec.NODEFAULT:
                return field.default
            if field.default_factory is not msgspec.NODEFAULT:
                return field.default_factory()
    return None


def _needed(kind: Any) -> list[str]:
    return [field.name for field in msgspec.structs.fields(kind) if field.required]


def _may_be_none(record: type[Struct], name: str) -> bool:
    return any(
        field.name == name and field.default is None for field in msgspec.structs.fields(record)
    )
