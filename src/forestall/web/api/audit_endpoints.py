"""This file knows the addresses at which the log is read, taken along and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Query, Schema
from pydantic import Field

from forestall.languages import message
from forestall.web.api.bodies import answer
from forestall.web.api.description import endpoint
from forestall.web.api.filled import filled
from forestall.web.api.place_records import Checked
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.records import Entry
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.audit import reading
from forestall.web.audit.forms import FilterForm
from forestall.web.audit.models import AuditEntry
from forestall.web.audit.services import first_broken, record
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from django.db.models import QuerySet

LINES = "application/jsonl"
_Some = Annotated[str, Field(max_length=120)]


class Asked(Schema):
    """Which entries are asked for; what is empty leaves none out."""

    verb: _Some = ""
    about: _Some = ""
    actor: _Some = ""
    since: _Some = ""
    until: _Some = ""


@endpoint(
    "GET",
    "/audit",
    says=message("Read the audit log."),
    needs=Verb.READ_AUDIT,
    answer=list[Entry],
)
def read_audit(
    request: TokenRequest,
    asked: Query[Asked],
    limit: Limit = 50,
    offset: Offset = 0,
) -> HttpResponse:
    """Of the jurisdiction, in the order in which things were done; all of it, or what is chosen.

    Chosen by what was done, to what (such as “plan 3”), by whom, and by first and last day.
    """
    found = _chosen(request, asked)[offset : offset + limit]
    return answer(
        [
            Entry(
                number=one.number,
                at=one.at,
                actor=one.actor,
                verb=one.verb,
                about=one.about,
                facts=one.facts,
            )
            for one in found
        ]
    )


@endpoint(
    "GET",
    "/audit/export",
    says=message("Take the audit log along as JSON lines."),
    needs=Verb.READ_AUDIT,
    options={"given_as": (LINES,)},
)
def export_audit(request: TokenRequest, asked: Query[Asked]) -> StreamingHttpResponse:
    """One entry a line, with the hashes of the chain; that it was taken stands in the log, too."""
    entries = _chosen(request, asked)
    own = record("export audit log", by=request.auth, about="audit log", form="jsonl")
    before = entries.filter(number__lt=own.number).order_by("number")
    told = StreamingHttpResponse(reading.lines_of_json(before.iterator()), content_type=LINES)
    told.headers["Content-Disposition"] = 'attachment; filename="audit.jsonl"'
    return told


@endpoint(
    "GET",
    "/audit/check",
    says=message("Check the chain of the whole audit log."),
    needs=Verb.READ_AUDIT,
    answer=Checked,
)
def check_audit(request: TokenRequest) -> HttpResponse:
    """Say which entry is the first that was changed or is missing; none where all hold."""
    place_for(request.auth, Verb.READ_AUDIT)
    return answer(Checked(entries=AuditEntry.objects.count(), first_broken=first_broken()))


def _chosen(request: TokenRequest, asked: Asked) -> QuerySet[AuditEntry]:
    """Return the entries that somebody may read and chose, by the rules of the page."""
    place_for(request.auth, Verb.READ_AUDIT)
    entries = reading.readable_entries(request.auth)
    verbs = sorted(set(entries.order_by().values_list("verb", flat=True)))
    form = filled(FilterForm(asked.dict(), verbs=verbs))
    return reading.filtered(entries, form.cleaned_data)
