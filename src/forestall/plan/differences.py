"""This file knows what changed between two versions of a plan, in words that a reader follows.

Things are the same by their key, so what only moved is no change. A text is compared in each
language, and numbers, days and choices are told as they were and as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from forestall.languages import Message, OwnWords, has_words, in_language, message, plural_message
from forestall.plan.checking.points import PlanPart
from forestall.plan.field_labels import field_label
from forestall.plan.same_things import paired
from forestall.plan.told_values import Teller, is_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from forestall.languages import Text, Texts
    from forestall.plan.records import ActionPlan

_NEVER_TOLD = frozenset({"format", "version"})
_PARTS = {
    "partners": PlanPart.PARTNERS,
    "problems": PlanPart.PROBLEMS,
    "objectives": PlanPart.OBJECTIVES,
    "actions": PlanPart.ACTIONS,
    "omissions": PlanPart.APPROACHES,
    "reviews": PlanPart.REVIEWS,
    "consultations": PlanPart.CONSULTATION,
}


class Change(StrEnum):
    """What happened to a thing or a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _CHANGES[self]


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """One change.

    Attributes
    ----------
    part, key, title
        Where it is: the part of the plan, the key and title of the thing; "" for the plan itself.
    change
        Whether something was added, removed or changed.
    label
        What the field is called, with the thing inside that it belongs to, such as a step.
    old, new
        As it was and as it is; "" for nothing.
    language
        Of a text; "" for all else.
    """

    part: PlanPart
    key: str
    change: Change
    label: Text
    old: Text
    new: Text
    title: Texts = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanDifferences:
    """All changes between two versions of a plan, part by part."""

    changes: tuple[PlanChange, ...]
    old_version: int
    new_version: int

    def of(self, part: PlanPart, key: str | None = None) -> tuple[PlanChange, ...]:
        """Return the changes in a part, or only those of the one thing with a key."""
        return tuple(one for one in self.changes if one.part is part and key in (None, one.key))

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each change, in the language in force.

        Columns: ``part``, ``key``, ``title``, ``change``, ``field``, ``language``, ``old``,
        ``new``.
        """
        import pandas as pd

        columns = ["part", "key", "title", "change", "field", "language", "old", "new"]
        rows = [
            (
                one.part.value,
                one.key,
                in_language(one.title),
                one.change.value,
                str(one.label),
                one.language,
                str(one.old),
                str(one.new),
            )
            for one in self.changes
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in one plain sentence how much changed."""
        if not self.changes:
            return str(message("Nothing changed."))
        return str(plural_message("{count} change.", "{count} changes.", len(self.changes)))


def compare_plans(old: ActionPlan, new: ActionPlan) -> PlanDifferences:
    """Compare two versions of a plan.

    The number of the version itself is no change. Two plans of different cities can be compared,
    but most things will then be removed and added.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> plan = example_plan()
    >>> dearer = replace(plan.actions[3].money[1], amount=64000.0)
    >>> light = replace(plan.actions[3], money=(plan.actions[3].money[0], dearer))
    >>> found = compare_plans(plan, replace(plan, actions=(light, *plan.actions[:3])))
    >>> for one in found.changes:
    ...     print(one.key, "|", one.label, "|", one.old, "|", one.new)
    light | sum “Lamps and cables”: amount | EUR 60,000 | EUR 64,000
    """
    comparison = _Comparison(Teller(old), Teller(new))
    return PlanDifferences(
        changes=tuple(_of_plan(old, new, comparison)),
        old_version=old.version,
        new_version=new.version,
    )


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A change before it is known where in the plan it is."""

    change: Change
    label: Text
    old: Text
    new: Text
    language: str = ""

    def inside(self, outer: Message, name: Text) -> _Found:
        """Return it as a change of a thing inside another."""
        label = (
            message("{thing} “{name}”: {field}", thing=outer, name=name, field=self.label)
            if str(name)
            else message("{title}: {point}", title=outer, point=self.label)
        )
        return _Found(
            change=self.change, label=label, old=self.old, new=self.new, language=self.language
        )


def _of_plan(old: ActionPlan, new: ActionPlan, comparison: _Comparison) -> Iterator[PlanChange]:
    for name in type(new).__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if name in _PARTS:
            yield from _of_list(name, before, after, comparison)
        elif name not in _NEVER_TOLD:
            label = field_label(type(new), name)
            for found in comparison.values(name, label, before, after):
                yield _placed(found, PlanPart.PLAN, "", {})


def _of_list(
    name: str,
    old: tuple[Struct, ...],
    new: tuple[Struct, ...],
    comparison: _Comparison,
) -> Iterator[PlanChange]:
    """Yield the changes in one of the lists of the plan, each with the thing it is about."""
    for key, before, after in paired(old, new):
        thing = after if after is not None else before
        title = getattr(thing, "title", None) or getattr(thing, "name", None) or {}
        if before is not None and after is not None:
            changes = comparison.records(before, after)
        else:
            changes = comparison.one_sided(name, field_label_of_list(name), before, after)
        for found in changes:
            yield _placed(found, _PARTS[name], key, title)


def field_label_of_list(name: str) -> Message:
    """Return what one thing of a list of the plan is called.

    Examples
    --------
    >>> str(field_label_of_list("actions"))
    'action'
    """
    from forestall.plan.records import ActionPlan

    return field_label(ActionPlan, name)


def _placed(found: _Found, part: PlanPart, key: str, title: Mapping[str, str]) -> PlanChange:
    return PlanChange(
        part=part,
        key=key,
        title=dict(title),
        change=found.change,
        label=found.label,
        old=found.old,
        new=found.new,
        language=found.language,
    )


class _Comparison:
    """Compares values of two plans; each plan tells its own."""

    def __init__(self, old: Teller, new: Teller) -> None:
        self._old, self._new = old, new

    def records(self, old: Struct, new: Struct) -> Iterator[_Found]:
        """Yield the changes between two records of one kind."""
        for name in type(new).__struct_fields__:
            before, after = getattr(old, name), getattr(new, name)
            yield from self.values(name, field_label(type(new), name), before, after)

    def values(self, name: str, label: Message, old: object, new: object) -> Iterator[_Found]:
        """Yield the changes between two values of one field."""
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _texts(label, old, new)
        elif isinstance(old, tuple) and isinstance(new, tuple):
            yield from self._lists(name, label, old, new)
        elif isinstance(old, Struct) and isinstance(new, Struct):
            yield from (one.inside(label, "") for one in self.records(old, new))
        else:
            yield from self.one_sided(name, label, old, new)

    def one_sided(self, name: str, label: Message, old: object, new: object) -> Iterator[_Found]:
        """Yield a change that is told as a whole: a single value, or a thing come or gone."""
        before, after = self._old.value(name, old), self._new.value(name, new)
        yield _Found(change=_kind(old, new), label=label, old=before, new=after)

    def _lists(
        self, name: str, label: Message, old: tuple[object, ...], new: tuple[object, ...]
    ) -> Iterator[_Found]:
        if any(isinstance(one, Struct) for one in (*old, *new)):
            things = [one for one in old if isinstance(one, Struct)]
            after = [one for one in new if isinstance(one, Struct)]
            yield from self._things(name, label, tuple(things), tuple(after))
        elif name == "languages" or set(old) != set(new):
            yield from self.one_sided(name, label, old, new)

    def _things(
        self, name: str, label: Message, old: tuple[Struct, ...], new: tuple[Struct, ...]
    ) -> Iterator[_Found]:
        for _, before, after in paired(old, new):
            if before is not None and after is not None:
                for one in self.records(before, after):
                    yield one.inside(label, _short_name(after, self._new))
            else:
                yield from self.one_sided(name, label, before, after)


def _texts(label: Message, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[_Found]:
    for tag in dict.fromkeys((*new, *old)):
        before, after = old.get(tag, ""), new.get(tag, "")
        if before != after:
            yield _Found(
                change=_kind(before, after), label=label, old=before, new=after, language=tag
            )


def _kind(old: object, new: object) -> Change:
    if is_nothing(old):
        return Change.ADDED
    return Change.REMOVED if is_nothing(new) else Change.CHANGED


def _short_name(thing: Struct, teller: Teller) -> Text:
    for name in ("title", "what"):
        texts = getattr(thing, name, None)
        if isinstance(texts, dict) and has_words(texts):
            return OwnWords(texts)
    return teller.item(thing)


_CHANGES = {
    Change.ADDED: message("added"),
    Change.REMOVED: message("removed"),
    Change.CHANGED: message("changed"),
}
