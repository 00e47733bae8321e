"""This file knows the addresses at which an import is followed, answered, tried again and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, StreamingHttpResponse

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.checks import describe_rejected
from forestall.web.api.bodies import answer, read_record
from forestall.web.api.data_records import (
    Again,
    Columns,
    ImportRow,
    Question,
    ReadFile,
    RejectedFor,
)
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.refusals import Refused
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.data.answers import ColumnsForm
from forestall.web.data.models import FileImport
from forestall.web.data.services import answer_import, drop_import, stop_work
from forestall.web.data.told import told_of_import
from forestall.web.data.views import rejected_as_csv, visible_import
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from typing import Any

    from forestall.web.people.models import Person


@endpoint(
    "GET",
    "/imports",
    says=message("List imports of incidents."),
    needs=Verb.LOAD_DATA,
    answer=list[ImportRow],
)
def list_imports(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the newest first."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    seen = FileImport.objects.visible_to(request.auth).filter(jurisdiction=place)
    found = seen.select_related("store", "job")[offset : offset + limit]
    return answer([import_row(one) for one in found])


@endpoint(
    "GET",
    "/imports/{number}",
    says=message("Read how far an import is, or what became of the rows."),
    needs=Verb.LOAD_DATA,
    answer=ImportRow,
)
def read_import(request: TokenRequest, number: int) -> HttpResponse:
    """Return counts and reasons; never a value of the file."""
    return answer(import_row(_import_for(request.auth, number)))


@endpoint(
    "GET",
    "/imports/{number}/rejected",
    says=message("Download the rows that were rejected, with the reasons."),
    needs=Verb.LOAD_DATA,
    options={"given_as": ("text/csv",)},
)
def read_rejected(request: TokenRequest, number: int) -> StreamingHttpResponse:
    """As CSV, in which nothing is a formula; that it was downloaded stands in the audit log."""
    return rejected_as_csv(_import_for(request.auth, number), by=request.auth)


@endpoint(
    "POST",
    "/imports/{number}/answer",
    says=message("Say what the columns of a file mean."),
    needs=Verb.LOAD_DATA,
    body=Columns,
    answer=ImportRow,
)
def answer_columns(request: TokenRequest, number: int) -> HttpResponse:
    """Go on with an import that asked; its store keeps the answers for later files."""
    one = _import_for(request.auth, number)
    said = read_record(request, Columns)
    if not one.questions.get("columns"):
        raise Refused(409, message("This import asks for nothing."))
    form = filled(ColumnsForm(one.questions, fields_of(said)))
    return answer(_once_more(one, mapping=form.mapping(), settings={}, by=request.auth))


@endpoint(
    "POST",
    "/imports/{number}/again",
    says=message("Try an import that was not done once more."),
    needs=Verb.LOAD_DATA,
    body=Again,
    answer=ImportRow,
)
def import_again(request: TokenRequest, number: int) -> HttpResponse:
    """Without the columns that identify persons, where that is said."""
    one = _import_for(request.auth, number)
    settings = {"drop_personal": True} if read_record(request, Again).drop_personal else {}
    return answer(_once_more(one, mapping="", settings=settings, by=request.auth))


@endpoint(
    "POST",
    "/imports/{number}/stop",
    says=message("Stop an import."),
    needs=Verb.LOAD_DATA,
    answer=ImportRow,
)
def stop_import(request: TokenRequest, number: int) -> HttpResponse:
    """Stop it, for who began it and for administrators; the store stays as it was."""
    stop_work(one=_import_for(request.auth, number), by=request.auth)
    return answer(import_row(_import_for(request.auth, number)))


@endpoint(
    "DELETE",
    "/imports/{number}",
    says=message("Remove an import that was not done, with its files."),
    needs=Verb.LOAD_DATA,
    status=204,
)
def remove_import(request: TokenRequest, number: int) -> HttpResponse:
    """One that is done stays, because the store holds its rows."""
    one = _import_for(request.auth, number)
    try:
        drop_import(one=one, by=request.auth)
    except InvalidFile as refusal:
        raise Refused(409, refusal.args[0]) from None
    return HttpResponse(status=204)


def import_row(one: FileImport) -> ImportRow:
    """Return an import as programs read it."""
    questions, rejected = one.questions, one.outcome.get("rejected", {})
    found = sorted(((why, rows) for why, rows in rejected.items() if rows), key=lambda r: -r[1])
    return ImportRow(
        number=one.pk,
        store=one.store_id,
        state=one.shown_state,
        job=one.job_id,
        made_at=one.made_at,
        names=[file["name"] for file in one.files],
        reason=one.reason,
        on_persons=bool(questions.get("on_persons")),
        question=_question(questions) if questions.get("columns") else None,
        said=[str(said) for said in told_of_import(one)],
        files=[_read(file) for file in one.outcome.get("files", [])],
        rejected=[
            RejectedFor(reason=why, said=str(describe_rejected({why: rows})[0]), rows=rows)
            for why, rows in found
        ],
    )


def _import_for(person: Person, number: int) -> FileImport:
    found = visible_import(person, number)
    check_may(person, Verb.LOAD_DATA, found.jurisdiction)
    return found


def _once_more(one: FileImport, *, mapping: str, settings: dict[str, Any], by: Person) -> ImportRow:
    try:
        begun = answer_import(one=one, mapping=mapping, settings=settings, by=by)
    except InvalidFile as refusal:
        raise Refused(409, refusal.args[0]) from None
    return import_row(begun)


def _question(asked: dict[str, Any]) -> Question:
    return Question(file=asked["file"], columns=asked["columns"], personal=asked["personal"])


def _read(file: dict[str, Any]) -> ReadFile:
    return ReadFile(**{name: file[name] for name in ReadFile.__struct_fields__})
