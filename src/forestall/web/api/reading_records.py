"""This file knows what programs read and send about replies of many states."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.questionnaires.together import Chapter  # noqa: TC001
from forestall.web.api.data_records import Content, Short  # noqa: TC001
from forestall.web.secretariat.models import Received

_Text = Annotated[str, Meta(max_length=100_000)]
_How = Annotated[str, Meta(extra_json_schema={"enum": [one.value for one in Received]})]


class NewReading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is gathered: replies to the newest version of a questionnaire."""

    title: Short
    questionnaire: Short


class ReadingRow(Struct, frozen=True, kw_only=True):
    """A reading in a list."""

    number: int
    title: str
    questionnaire: str
    version: int
    made_at: datetime


class AskedStates(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The states that were asked, by ISO 3166-1 alpha-2."""

    asked: Annotated[list[str], Meta(max_length=300)]


class ResponseRow(Struct, frozen=True, kw_only=True):
    """Who replied and who is missing, in the order of names; region "" is all of them."""

    region: str
    asked: int
    replied: list[str]
    missing: list[str]


class CountRow(Struct, frozen=True, kw_only=True):
    """How many answered an item and what; confidential answers are not counted.

    Attributes
    ----------
    said
        From a choice, the key of a box, "words" or "not-applicable" to how many said so.
    """

    item: str
    region: str
    asked: int
    replied: int
    answered: int
    said: dict[str, int]


class ThemeRow(Struct, frozen=True, kw_only=True):
    """A theme, and the items that are read together in it."""

    key: str
    title: str
    items: list[str]


class Themes(Struct, frozen=True, kw_only=True):
    """By what answers can be read together: themes, and paragraphs with their items."""

    themes: list[ThemeRow]
    paragraphs: dict[str, list[str]]


class QuotationRow(Struct, frozen=True, kw_only=True):
    """What one state wrote."""

    item: str
    state: str
    name: str
    choice: str
    words: str
    follow_up: str
    language: str


class Quotations(Struct, frozen=True, kw_only=True):
    """Quotations by item and then by state, and how many there are in all."""

    total: int
    quotations: list[QuotationRow]


class GatheredReply(Struct, frozen=True, kw_only=True):
    """A reply that is here, and where it came from."""

    state: str
    name: str
    on: date
    office: str
    how: _How
    file: str
    sha256: str
    received_at: datetime


class BroughtReply(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply as a file, sent as a form.

    Attributes
    ----------
    told
        SHA-256 that the file has to have; empty for any.
    replaces
        "on" where it takes the place of a reply of the same state.
    """

    files: Content
    told: Short = ""
    replaces: Short = ""


class HandedOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom a reply is handed over: the code that they gave."""

    code: Short


class ReplyTaken(Struct, frozen=True, kw_only=True):
    """Who took a reply."""

    title: str


class ChapterRow(Struct, frozen=True, kw_only=True):
    """A chapter of the report: its text, and the items whose answers belong into it."""

    chapter: Chapter
    title: str
    paragraph: str
    items: list[str]
    text: str
    revision: int


class WrittenChapter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The text of a chapter, and the revision that was read before it was written."""

    text: _Text
    was: Annotated[int, Meta(ge=0)]


class ChapterVersion(Struct, frozen=True, kw_only=True):
    """The text of a chapter as it was after one change."""

    number: int
    text: str
    saved_at: datetime
