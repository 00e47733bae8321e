"""This file knows the words that an empty form and a reply share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Listing, OwnWords, Sentences, message
from forestall.questionnaires.checking import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Message, Text
    from forestall.questionnaires import Choice, Item, Questionnaire

NO_SCORECARD = message("What a state replies is no scorecard, and states are not ranked by it.")


def asked_text(item: Item) -> Text:
    """Return an item as it is named in a sentence: its number, or its words where it has none.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> asked = read_definition("2006-20")
    >>> print(asked_text(asked.item("Q2(a)")), asked_text(asked.item("Q2(a).leg")))
    2(a) “Is it set in law?”
    """
    return item.label or message("“{question}”", question=OwnWords(item.prompt))


def either(parts: Sequence[Text]) -> Text:
    """Return things of which one suffices, as one text.

    Examples
    --------
    >>> print(either(("25", "26")))
    25 or 26
    """
    first, *rest = parts
    for one in rest:
        first = message("{one} or {other}", one=first, other=one)
    return first


def said(choices: Sequence[Choice]) -> Text:
    """Return choices as somebody may have ticked them.

    Examples
    --------
    >>> from forestall.questionnaires import Choice
    >>> print(said((Choice.YES, Choice.PARTLY)))
    “yes” or “yes, in part”
    """
    return either([message("“{choice}”", choice=one.words) for one in choices])


def paragraphs_text(item: Item) -> Text:
    """Return the paragraphs that an item is about, the instrument named once.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> print(paragraphs_text(read_definition("2006-20").item("Q2(a)")))
    2002/13 ¶7 and ¶17(b)
    """
    told, before = [], ""
    for one in item.paragraphs:
        instrument, _, paragraph = one.partition(":")
        told.append(f"¶{paragraph}" if instrument == before else f"{instrument} ¶{paragraph}")
        before = instrument
    return Listing(told) if told else ""


def condition_of(item: Item, asked: Questionnaire) -> Text:
    """Return when an item is asked; nothing where it always is.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> asked = read_definition("2006-20")
    >>> print(condition_of(asked.item("Q2(a).leg"), asked))
    Only if 2(a) is answered with “yes”.
    """
    if not item.asked_if:
        return ""
    named = {one.key: one for one in asked.items}
    conditions = [
        message(
            "{item} is answered with {choices}",
            item=asked_text(named[one.item]),
            choices=said(one.choices),
        )
        for one in item.asked_if
    ]
    return message("Only if {conditions}.", conditions=either(conditions))


def said_under(item: Item) -> Text:
    """Return what stands in small letters under a question; nothing where there is nothing.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> print(said_under(read_definition("2006-20").item("Q8")))
    Paragraphs: 2002/13 ¶8.
    """
    about = paragraphs_text(item)
    parts = (
        OwnWords(item.note) if item.note else "",
        message("Paragraphs: {paragraphs}.", paragraphs=about) if about else "",
    )
    return Sentences(parts) if any(parts) else ""


def leads_on(item: Item, asked: Questionnaire) -> tuple[Message, ...]:
    """Return with which items to go on after which answers to an item.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> asked = read_definition("2006-20")
    >>> for one in leads_on(asked.item("Q25"), asked):
    ...     print(one)
    If “yes”, go on with 26(a) to 26(m) as well.
    """
    waiting: dict[tuple[Choice, ...], list[Item]] = {}
    for one in asked.items:
        for condition in one.asked_if:
            if condition.item == item.key:
                waiting.setdefault(condition.choices, []).append(one)
    return tuple(
        message(
            "If {choices}, go on with {items} as well.", choices=said(choices), items=_span(items)
        )
        for choices, items in waiting.items()
    )


def _span(items: list[Item]) -> Text:
    if len(items) < 3:
        return Listing([asked_text(one) for one in items])
    return message("{first} to {last}", first=asked_text(items[0]), last=asked_text(items[-1]))


def numbered(item: Item) -> Text:
    """Return a question with its number in front, and the paragraphs that it is about behind.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> print(numbered(read_definition("2006-20").item("Q5(a)")))
    5(a) Professional development? (2002/13 ¶18(a))
    """
    question, about = OwnWords(item.prompt), paragraphs_text(item)
    if not about:
        return message("{item} {question}", item=label_of(item), question=question)
    return message(
        "{item} {question} ({paragraphs})",
        item=label_of(item),
        question=question,
        paragraphs=about,
    )
