"""This file knows what a form asks about the reply itself, and about single answers.

An answer has more than its words: how far it is, its language, where it comes from and who stands
by it. One repeat at the end takes that for those answers that need it, so that the questions stay
alone; sources and files stand in repeats of their own within it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.questionnaires.vocabulary import AnswerState, SourceKind
from forestall.questionnaires.xlsform.form import OWN, Field, Part, Section
from forestall.questionnaires.xlsform.names import in_each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.languages import Message, Texts
    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.xlsform.form import FormPart

HEAD, DETAILS, SOURCES, FILES = (f"{OWN}{one}" for one in ("reply", "details", "sources", "files"))
COUNTRY, OFFICE, ON = (f"{OWN}{one}" for one in ("country", "office", "on"))
ITEM, STATE, TEXT, LANGUAGE, CONFIDENTIAL, CONFIRMED_BY, CONFIRMED_ON = (
    f"{OWN}{one}"
    for one in (
        "item", "state", "text", "language", "confidential", "confirmed_by", "confirmed_on",
    )
)  # fmt: skip
KIND, NAME, REFERENCE, DATED = (f"{OWN}source_{one}" for one in ("kind", "name", "place", "day"))
FILE, CHECKSUM = f"{OWN}file_name", f"{OWN}file_sha256"
CARRIED = f"{OWN}carried"
MARKED = "yes"

_LISTS = {"items": f"{OWN}items", "states": f"{OWN}states", "kinds": f"{OWN}kinds"}
_MARK_LIST = f"{OWN}mark"
_LETTERS = {"constraint": "regex(., '^[A-Z][A-Z]$')"}


def about_parts(tags: Sequence[str]) -> tuple[Section, tuple[FormPart, ...]]:
    """Return what stands before all questions, and what stands after them.

    Examples
    --------
    >>> before, after = about_parts(["en"])
    >>> before.parts[0].label, [one.name for one in after]
    ({'en': 'Country, by its two letters'}, ['forestall_details', 'forestall_carried'])
    """

    def ask(part: Part, name: str, kind: str, words: Message, **logic: str) -> Field:
        return Field(name=name, type=kind, label=in_each(words, tags), part=part, logic=logic)

    def section(name: str, words: Message, *parts: FormPart, repeats: bool) -> Section:
        part = parts[0].part
        label = in_each(words, tags)
        return Section(name=name, repeats=repeats, label=label, part=part, parts=parts)

    about, more = Part.HEAD, Part.DETAILS
    head = section(
        HEAD,
        message("About this reply"),
        ask(about, COUNTRY, "text", message("Country, by its two letters"), **_LETTERS),
        ask(about, OFFICE, "text", message("Office that replies")),
        ask(about, ON, "date", message("Day as of which the answers hold")),
        repeats=False,
    )
    sources = section(
        SOURCES,
        message("Source"),
        ask(more, KIND, f"select_one {_LISTS['kinds']}", message("Kind of source")),
        ask(more, NAME, "text", message("Source")),
        ask(more, REFERENCE, "text", message("Address, key or page")),
        ask(more, DATED, "date", message("Dated")),
        repeats=True,
    )
    files = section(
        FILES,
        message("File"),
        ask(more, FILE, "text", message("File")),
        ask(more, CHECKSUM, "text", message("Checksum (SHA-256)")),
        repeats=True,
    )
    details = section(
        DETAILS,
        message("More about an answer"),
        ask(more, ITEM, f"select_one {_LISTS['items']}", message("Item")),
        ask(more, STATE, f"select_one {_LISTS['states']}", message("How far it is")),
        ask(more, TEXT, "text", message("Answer in words")),
        ask(more, LANGUAGE, "text", message("Language of the answer")),
        ask(more, CONFIDENTIAL, f"select_multiple {_MARK_LIST}", message("Confidential")),
        ask(more, CONFIRMED_BY, "text", message("Office that confirms it")),
        ask(more, CONFIRMED_ON, "date", message("Confirmed on")),
        sources,
        files,
        repeats=True,
    )
    carried = Field(name=CARRIED, type="hidden", label={}, part=more)
    return head, (details, carried)


def own_lists(asked: Questionnaire, names: Mapping[str, str]) -> dict[str, dict[str, Texts]]:
    """Return the lists of choices that are about answers: items, states, sources, marks.

    Parameters
    ----------
    names
        From the key of an item to its name in the form.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> asked = read_definition("1997-34")
    >>> own_lists(asked, {one.key: "x" for one in asked.items})["forestall_items"]["x"]["en"]
    '2(f)'
    """
    tags = asked.languages
    return {
        _LISTS["items"]: {
            names[one.key]: dict.fromkeys(tags, one.label.strip() or one.key) for one in asked.items
        },
        _LISTS["states"]: {one.value: in_each(one.words, tags) for one in AnswerState},
        _LISTS["kinds"]: {one.value: in_each(one.words, tags) for one in SourceKind},
        _MARK_LIST: {MARKED: in_each(message("yes"), tags)},
    }
