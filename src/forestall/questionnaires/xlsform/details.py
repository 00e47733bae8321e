"""This file knows what one record about an answer says: how far it is, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import message
from forestall.questionnaires.replies import Attachment, Confirmation, Source
from forestall.questionnaires.vocabulary import AnswerState, SourceKind
from forestall.questionnaires.xlsform import about

if TYPE_CHECKING:
    from enum import StrEnum

    from forestall.questionnaires.xlsform.submission import Record


def details_in(row: Record) -> dict[str, Any]:
    """Return what a record says about an answer; what it does not say is left out.

    A record without the field of the mark says nothing about it: only an empty field takes it away.
    What else a tool left out stands nowhere beside, so that it counts as empty: then an answer is
    drafted and not confirmed, which shows nobody more.

    Raises
    ------
    InvalidQuestionnaire
        If a field holds what cannot be there; with its name.
    """
    found: dict[str, Any] = {
        "state": _one_of(row, about.STATE, AnswerState, AnswerState.DRAFTED),
        "language": row.value(about.LANGUAGE),
        "confirmed": _confirmed(row),
        "sources": tuple(_source(one) for one in row.repeats.get(about.SOURCES, [])),
        "attachments": tuple(_file(one) for one in row.repeats.get(about.FILES, [])),
    }
    if about.CONFIDENTIAL in row.values:
        found["confidential"] = _is_confidential(row)
    if text := row.value(about.TEXT):
        found["text"] = text
    return found


def _one_of(row: Record, name: str, words: type[StrEnum], otherwise: StrEnum) -> StrEnum:
    text = row.value(name).strip()
    if not text:
        return otherwise
    try:
        return words(text)
    except ValueError:
        raise row.refused(name, message("this is not in its list.")) from None


def _is_confidential(row: Record) -> bool:
    """Say whether an answer is confidential; what nobody understands is never taken for “no”."""
    text = row.value(about.CONFIDENTIAL).strip()
    if text not in ("", about.MARKED):
        raise row.refused(about.CONFIDENTIAL, message("this is not in its list."))
    return bool(text)


def _confirmed(row: Record) -> Confirmation | None:
    by, on = row.value(about.CONFIRMED_BY), row.day(about.CONFIRMED_ON)
    if on is None:
        if by:
            raise row.refused(
                about.CONFIRMED_ON, message("the day on which the office confirmed is needed.")
            )
        return None
    return Confirmation(by=by, on=on)


def _source(row: Record) -> Source:
    return Source(
        kind=SourceKind(_one_of(row, about.KIND, SourceKind, SourceKind.DOCUMENT)),
        name=row.value(about.NAME),
        reference=row.value(about.REFERENCE),
        dated=row.day(about.DATED),
    )


def _file(row: Record) -> Attachment:
    return Attachment(name=row.value(about.FILE), sha256=row.value(about.CHECKSUM).strip())
