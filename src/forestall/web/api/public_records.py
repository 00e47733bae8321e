"""This file knows the records of diagnoses, consultations and publications for programs."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.plan.records import Figure  # noqa: TC001
from forestall.web.api.data_records import Content  # noqa: TC001

Reason = Annotated[str, Meta(max_length=500)]
Written = Annotated[str, Meta(max_length=2000)]
Reply = Annotated[str, Meta(max_length=3000)]


class StoreRow(Struct, frozen=True, kw_only=True):
    """A store of incidents."""

    number: int
    name: str
    made_at: datetime


class DiagnosisRow(Struct, frozen=True, kw_only=True):
    """A diagnosis: how far it is, and once it is done, what it found; all protected.

    Attributes
    ----------
    job
        Number of the work in the background; None before it is queued.
    reason
        Why it was not done; "" otherwise.
    figures
        What can stand behind a problem of a plan.
    """

    number: int
    store: int
    title: str
    state: str
    reason: str
    job: int | None
    first_day: date | None
    last_day: date | None
    findings: list[str]
    figures: list[Figure]


class Taking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which findings of a diagnosis are taken: their places among its figures, from 0."""

    diagnosis: int
    findings: list[int]


class Asked(Struct, frozen=True, kw_only=True):
    """A consultation on a plan as it was at one revision."""

    number: int
    plan: int
    revision: int
    opens: date
    ends: date
    closed_at: datetime | None
    waiting: int
    unanswered: int


class Asking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On which plan, and on which days, comments are asked for."""

    plan: int
    opens: date
    ends: date


class RankedRow(Struct, frozen=True, kw_only=True):
    """A problem by its key, and how many named it; None where fewer than five did."""

    problem: str
    title: str
    named: int | None


class Ranked(Struct, frozen=True, kw_only=True):
    """How many people answered, in full groups of five, and which problems they named."""

    answers: int
    problems: list[RankedRow]


class Heard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was said, summed up, and what was changed because of it, or why nothing was."""

    said: Written
    changed: Written = ""


class Noted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How people were asked, and what they said."""

    how: Written
    voices: Annotated[list[Heard], Meta(max_length=200)] = []


class CommentRow(Struct, frozen=True, kw_only=True):
    """What somebody said on a part of a draft, and what was answered; it names no resident."""

    number: int
    about: str
    text: str
    language: str
    organisation: int | None
    made_on: date
    state: str
    reason: str
    reply: str
    reply_language: str


class Because(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason for what is done; everybody can read it."""

    reason: Reason


class Answered(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply, and the later revision of the plan in which something was changed."""

    reply: Reply
    changed_in: int | None = None


class ReleaseRow(Struct, frozen=True, kw_only=True):
    """A publication: what it is, how far it is, and why it was withdrawn."""

    number: int
    kind: str
    title: str
    plan: int | None
    diagnosis: int | None
    languages: list[str]
    formats: list[str]
    state: str
    job: int | None
    prepared_at: datetime
    released_at: datetime | None
    withdrawn_at: datetime | None
    reason: str


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which languages and formats a plan is published."""

    languages: tuple[str, ...]
    formats: tuple[str, ...] = ()


class WantedReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Under which title, in which languages and formats a diagnosis is published."""

    title: str
    languages: tuple[str, ...]
    formats: tuple[str, ...] = ()


class BroughtEvaluation(Struct, frozen=True, kw_only=True):
    """The file “publication.json” of an evaluation, and the languages and formats to publish."""

    file: Content
    languages: list[str]
    formats: list[str] = []
