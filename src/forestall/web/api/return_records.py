"""This file knows what programs read and send about national replies."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.questionnaires import (  # noqa: TC001
    Answer,
    AnswerType,
    Choice,
    FindingKind,
    Reply,
)
from forestall.web.api.data_records import Content  # noqa: TC001
from forestall.web.returns.states import ReturnState  # noqa: TC001


class ReturnRow(Struct, frozen=True, kw_only=True):
    """A national reply in a list.

    Attributes
    ----------
    questionnaire, version
        To what it replies.
    revision
        Counts every saved change.
    sha256
        When it was submitted, "" before: of the working copy as JSON for those who lead or sign
        it, and of the JSON that leaves for others.
    """

    number: int
    jurisdiction: int
    questionnaire: str
    version: int
    title: str
    state: ReturnState
    revision: int
    changed_at: datetime
    sha256: str


class SectionHeld(Struct, frozen=True, kw_only=True):
    """A section, the numbers of the organisations that write it, and whether the person does."""

    key: str
    title: str
    organisations: list[int]
    writes: bool


class Signature(Struct, frozen=True, kw_only=True):
    """A signature that holds for the reply as it is; `by` tells nobody who it is."""

    by: str
    signed_at: datetime


class ReturnHeld(ReturnRow, frozen=True, kw_only=True):
    """A national reply: how far it is, who writes it and who signed it.

    Attributes
    ----------
    on, office
        The day as of which the answers hold, and the office that replies.
    confidential
        How many answers are confidential; where the person does not read them, only those to
        questions that the answers they read lead to.
    summary
        What is worth a look, in sentences.
    earlier
        Whether the earlier reply stands beside it.
    workbook
        Whether the person sent a workbook and has not taken from it yet.
    to_sign
        The hash that a signature names, for those who sign; "" for others.
    """

    on: date
    office: str
    confidential: int
    summary: str
    sections: list[SectionHeld]
    signatures: list[Signature]
    earlier: bool
    workbook: bool
    to_sign: str


class NewReturn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply that begins with nothing in it.

    Attributes
    ----------
    questionnaire
        Its key, such as "2006-20"; the newest version is replied to.
    on, office
        The day as of which the answers hold, and the office that replies, never a person.
    before
        The number of the earlier reply, where it was written here.
    earlier
        The earlier reply itself, where it was not.
    """

    questionnaire: str
    on: date
    office: str = ""
    before: int | None = None
    earlier: Reply | None = None


class ChangeBeside(Struct, frozen=True, kw_only=True):
    """A part of an answer that is not as it was in the earlier reply, in words."""

    item: str
    label: str
    field: str
    old: str
    new: str


class PointOfReply(Struct, frozen=True, kw_only=True):
    """Something worth a look, which stands in the way of nothing; "" for the reply itself."""

    kind: FindingKind
    section: str
    item: str
    label: str
    said: str


class CheckedReply(Struct, frozen=True, kw_only=True):
    """What is worth a look, in sentences and one by one; there is no score."""

    summary: str
    points: list[PointOfReply]


class QuestionHeld(Struct, frozen=True, kw_only=True):
    """A question that is asked, given the answers so far.

    Attributes
    ----------
    prompt
        The question in the language that was asked for.
    answer, before
        What the person may read of the answer, and of the one in the earlier reply.
    secret
        Whether there is an answer that the person may not read.
    points
        What is worth a look.
    """

    item: str
    label: str
    prompt: str
    type: AnswerType
    choices: list[Choice]
    answer: Answer | None
    before: Answer | None
    secret: bool
    points: list[str]


class SavedChange(Struct, frozen=True, kw_only=True):
    """One saved change.

    Attributes
    ----------
    by
        A key that tells nobody who it is.
    what
        The items, without those whose answers the person may not read.
    """

    number: int
    state: ReturnState
    saved_at: datetime
    by: str
    what: str


class Answers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers by the keys of their items; the others stay as they are.

    The office that confirms an answer is that of the sender; files are attached at their own
    address. An answer that says nothing takes away the one that is there.
    """

    answers: Annotated[dict[str, Answer], Meta(min_length=1)]


class WrittenBy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers of the organisations that write a section, instead of those that did."""

    organisations: list[int]


class EvidenceRow(Struct, frozen=True, kw_only=True):
    """A file that shows what an answer says."""

    number: int
    item: str
    name: str
    sha256: str
    added_at: datetime


class NewEvidence(Struct, frozen=True, kw_only=True):
    """A file that shows what an answer says; at most 5 MB."""

    file: Content


class NewRemark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said about an answer to the others who write it."""

    text: str


class RemarkRow(Struct, frozen=True, kw_only=True):
    """A remark on an answer; `by` is a key that tells nobody who it is.

    Attributes
    ----------
    settled_at
        Since when nothing is left to do about it; None before.
    """

    number: int
    item: str
    text: str
    by: str
    made_at: datetime
    settled_at: datetime | None


class Proposed(Struct, frozen=True, kw_only=True):
    """What the workspace proposes as a draft, with its sources.

    Attributes
    ----------
    seen
        Sent back when it is taken, so that nobody's answer is overwritten.
    """

    item: str
    label: str
    answer: Answer
    seen: str


class FilledWorkbook(Struct, frozen=True, kw_only=True):
    """A workbook (XLSX) that was exported here and filled in; at most 5 MB."""

    file: Content


class Differing(Struct, frozen=True, kw_only=True):
    """An answer of a workbook that is not the answer here.

    Attributes
    ----------
    now, sent
        The answer here, and the one that can be taken.
    seen
        Sent back when it is taken, so that nobody's answer is overwritten.
    """

    item: str
    label: str
    now: Answer | None
    sent: Answer
    seen: str


class Taken(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which answers are taken: from the keys of their items to what was told as `seen`."""

    answers: Annotated[dict[str, str], Meta(min_length=1)]


class Signing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which text is signed: the hash that was told as `to_sign`."""

    sha256: str
