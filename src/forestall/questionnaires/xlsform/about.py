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
SECRET, CARRIED = f"{OWN}confidential_items", f"{OWN}carried"
MARKED = "yes"

_LISTS = {"items": f"{OWN}items", "states": f"{OWN}states", "kinds": f"{OWN}kinds"}
_MARK_LIST = f"{OWN}mark"
_NEEDED = {"required": "yes"}
_LETTERS = {"constraint": "regex(., '^[A-Z][A-Z]$')"}


def about_parts(tags: Sequence[str]) -> tuple[Section, tuple[FormPart, ...]]:
    """Return what stands before all questions, and what stands after them.

    Examples
    --------
    >>> before, after = about_parts(["en"])
    >>> before.parts[0].label["en"], [one.name for one in after]
    ('Country, by its two letters', ['forestall_details', 'forestall_confidential_items', \
'forestall_carried'])
    """
    hidden = (
        Field(name=one, type="hidden", label={}, part=Part.DETAILS) for one in (SECRET, CARRIED)
    )
    return _head(tags), (_details(tags), *hidden)


def _head(tags: Sequence[str]) -> Section:
    about = _Asker(tags, Part.HEAD)
    return about.section(
        HEAD,
        message("About this reply"),
        about.ask(COUNTRY, "text", message("Country, by its two letters"), **_NEEDED, **_LETTERS),
        about.ask(OFFICE, "text", message("Office that replies")),
        about.ask(ON, "date", message("Day as of which the answers hold"), **_NEEDED),
        repeats=False,
    )


def _details(tags: Sequence[str]) -> Section:
    more = _Asker(tags, Part.DETAILS)
    return more.section(
        DETAILS,
        message("More about an answer"),
        more.ask(
            ITEM,
            f"select_one {_LISTS['items']}",
            message("Item"),
            appearance="minimal",
            **_needed_with(STATE, TEXT, LANGUAGE, CONFIDENTIAL, CONFIRMED_BY),
        ),
        more.ask(STATE, f"select_one {_LISTS['states']}", message("How far it is")),
        more.ask(TEXT, "text", message("Answer in words")),
        more.ask(LANGUAGE, "text", message("Language of the answer")),
        more.ask(CONFIDENTIAL, f"select_multiple {_MARK_LIST}", message("Confidential")),
        more.ask(CONFIRMED_BY, "text", message("Office that confirms it")),
        more.ask(CONFIRMED_ON, "date", message("Confirmed on"), **_needed_with(CONFIRMED_BY)),
        *_sources_and_files(more),
        repeats=True,
    )


def _sources_and_files(more: _Asker) -> tuple[Section, Section]:
    sources = more.section(
        SOURCES,
        message("Source"),
        more.ask(KIND, f"select_one {_LISTS['kinds']}", message("Kind of source")),
        more.ask(NAME, "text", message("Source")),
        more.ask(REFERENCE, "text", message("Address, key or page")),
        more.ask(DATED, "date", message("Dated")),
        repeats=True,
    )
    files = more.section(
        FILES,
        message("File"),
        more.ask(FILE, "text", message("File")),
        more.ask(CHECKSUM, "text", message("Checksum (SHA-256)"), **_needed_with(FILE)),
        repeats=True,
    )
    return sources, files


def _needed_with(*names: str) -> dict[str, str]:
    """Return the rule that a field is needed as soon as one of others is filled."""
    return {"required": " or ".join(f"${{{name}}} != ''" for name in names)}


class _Asker:
    """What words of the package are asked with, in each language of a form."""

    def __init__(self, tags: Sequence[str], part: Part) -> None:
        self._tags, self._part = tags, part

    def ask(self, name: str, kind: str, words: Message, **logic: str) -> Field:
        label = in_each(words, self._tags)
        return Field(name=name, type=kind, label=label, part=self._part, logic=logic)

    def section(self, name: str, words: Message, *parts: FormPart, repeats: bool) -> Section:
        label = in_each(words, self._tags)
        return Section(name=name, repeats=repeats, label=label, part=self._part, parts=parts)


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
