"""This file knows what was changed in a draft after people were asked, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from re import findall
from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.web.consultation.draft import DraftPart, parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Text
    from forestall.plan.records import ActionPlan


@dataclass(frozen=True)
class Stretch:
    """Words that stayed, were added or were removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class ChangedFact:
    """One thing that reads otherwise now: what it is about, and its stretches of words."""

    label: Text
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class ChangedPart:
    """A problem or an action that was changed, added or taken out."""

    title: Text
    facts: tuple[ChangedFact, ...]


def changed_parts(before: ActionPlan, after: ActionPlan) -> tuple[ChangedPart, ...]:
    """Return what reads otherwise, in the language of the reader.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> changed_parts(example_plan(), example_plan())
    ()
    """
    old, new = parts_of(before), parts_of(after)
    found = (
        _changed(old.get(where), new.get(where), after) for where in dict.fromkeys((*old, *new))
    )
    return tuple(one for one in found if one is not None)


def words_changed(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the stretches of words of two texts.

    Examples
    --------
    >>> [(one.kind, one.words) for one in words_changed("a gate with a key", "a gate with a card")]
    [('same', 'a gate with a '), ('removed', 'key'), ('added', 'card')]
    """
    old, new = findall(r"\s+|[^\s]+", before), findall(r"\s+|[^\s]+", after)
    found: list[Stretch] = []
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, came = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if gone == came:
            found.append(Stretch("same", gone))
            continue
        found += [
            Stretch(kind, words) for kind, words in (("removed", gone), ("added", came)) if words
        ]
    return tuple(found)


def _changed(old: DraftPart | None, new: DraftPart | None, plan: ActionPlan) -> ChangedPart | None:
    one = new or old
    assert one is not None
    facts = tuple(_facts(_told(old, plan), _told(new, plan)))
    return ChangedPart(one.title, facts) if facts else None


def _told(part: DraftPart | None, plan: ActionPlan) -> dict[tuple[str, int], tuple[Text, str]]:
    """Return what is told of a part: by its label and its place among those of one label."""
    if part is None:
        return {}
    told: dict[tuple[str, int], tuple[Text, str]] = {}
    title = text_of(dict(part.title.texts), plan)
    for label, said in ((message("Title"), title), *_texts(part)):
        place = sum(1 for known, _ in told if known == str(label))
        told[str(label), place] = (label, str(said))
    return told


def _texts(part: DraftPart) -> Iterator[tuple[Text, Text]]:
    return ((fact.label, said) for fact in part.facts for said in fact.said)


def _facts(
    old: dict[tuple[str, int], tuple[Text, str]], new: dict[tuple[str, int], tuple[Text, str]]
) -> Iterator[ChangedFact]:
    for key in dict.fromkeys((*old, *new)):
        label, before = old.get(key, (new.get(key, ("", ""))[0], ""))
        after = new[key][1] if key in new else ""
        if before != after:
            yield ChangedFact(label, words_changed(before, after))
