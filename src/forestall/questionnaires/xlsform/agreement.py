"""This file knows what somebody changed in a form of ours: words of follow-ups, and conditions.

Our own columns say when an item is asked, and XLSForm says it too. Where the two differ, somebody
changed the expression, and that counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from forestall.languages import message
from forestall.questionnaires.xlsform.building import form_of
from forestall.questionnaires.xlsform.form import OWN, Part, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from forestall.languages import Texts
    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.xlsform.form import FormPart
    from forestall.questionnaires.xlsform.items import FormItems
    from forestall.questionnaires.xlsform.languages import FormLanguages

_REFERENCE = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")


def with_follow_ups(
    asked: Questionnaire, items: FormItems, tongues: FormLanguages
) -> Questionnaire:
    """Return the questionnaire with the words of follow-ups, which stand in rows of their own."""
    prompts: dict[str, Texts] = {}
    for node in items.follow_ups:
        prompts.setdefault(node.own("key"), tongues.needed(node.row, "label"))

    def worded(item: Item) -> Item:
        if item.follow_up is None or item.key not in prompts:
            return item
        return replace(item, follow_up=replace(item.follow_up, prompt=prompts[item.key]))

    return _with_items(asked, worded)


def with_changed_conditions(asked: Questionnaire, items: FormItems) -> Questionnaire:
    """Return the questionnaire with the conditions that somebody changed in its form.

    Raises
    ------
    InvalidQuestionnaire
        If a condition was changed to one that no questionnaire can say, or that of a follow-up.
    """
    form = form_of(asked)
    keys = {name: key for key, name in form.items.items()}
    meant: dict[tuple[str, str], str] = {
        (part.part, part.own["key"]): _by_keys(part.logic.get("relevant", ""), keys)
        for part in _parts(form.parts)
        if part.part in (Part.ITEM, Part.FOLLOW_UP)
    }
    changed = {
        key: items.conditions_of(node)
        for key, node in items.rows.items()
        if _by_keys(node.row.text("relevant"), items.keys) != meant[Part.ITEM, key]
    }
    for node in items.follow_ups:
        expected = meant.get((Part.FOLLOW_UP, node.own("key")))
        if _by_keys(node.row.text("relevant"), items.keys) != expected:
            raise node.row.refused(
                "relevant",
                message(
                    "when a follow-up is asked stands in the column “{column}” of its question.",
                    column=f"{OWN}follow_up",
                ),
            )
    return _with_items(asked, lambda one: replace(one, asked_if=changed.get(one.key, one.asked_if)))


def _with_items(asked: Questionnaire, change: Callable[[Item], Item]) -> Questionnaire:
    groups = (replace(group, items=tuple(map(change, group.items))) for group in asked.groups)
    return replace(asked, groups=tuple(groups))


def _by_keys(expression: str, keys: Mapping[str, str]) -> str:
    """Return an expression with the keys of items, because names can be changed in a form."""
    named = _REFERENCE.sub(lambda found: f"${{{keys.get(found[1], found[1])}}}", expression)
    return " ".join(named.split())


def _parts(parts: Iterable[FormPart]) -> Iterator[FormPart]:
    for part in parts:
        yield part
        if isinstance(part, Section):
            yield from _parts(part.parts)
