"""This file knows the pages on the log: reading it, checking its chain, taking it along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forestall.web.audit import reading
from forestall.web.audit.forms import FilterForm
from forestall.web.audit.models import AuditEntry
from forestall.web.audit.services import first_broken, record
from forestall.web.audit.words import verb_words
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page
from forestall.web.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from forestall.web.pages import SignedInRequest

_ON_A_PAGE = 50
_FORMS = {
    "csv": (reading.csv_lines, "text/csv; charset=utf-8"),
    "json": (reading.json_lines, "application/json"),
}


@require_safe
@list_page(Verb.READ_AUDIT)
def audit(request: SignedInRequest) -> HttpResponse:
    """Show the entries that somebody may read, the newest first."""
    form, entries = _chosen(request)
    page = Paginator(entries.order_by("-number"), _ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    return render(
        request,
        "audit/audit.html",
        {
            "form": form,
            "page": page,
            "entries": shown,
            "names": _names(shown),
            "words": verb_words,
        },
    )


@require_safe
@list_page(Verb.READ_AUDIT)
def audit_check(request: SignedInRequest) -> HttpResponse:
    """Check the chain of the whole log."""
    found = {"broken": first_broken(), "checked": AuditEntry.objects.count()}
    return render(request, "audit/audit_check.html", found)


@require_safe
@list_page(Verb.READ_AUDIT)
def audit_export(request: SignedInRequest, form: str) -> StreamingHttpResponse:
    """Give the chosen entries as a file, in the order of the log."""
    if form not in _FORMS:
        raise Http404
    lines, kind = _FORMS[form]
    _, entries = _chosen(request)
    own = record("export audit log", by=request.user, about="audit log", form=form)
    before = entries.filter(number__lt=own.number).order_by("number")
    answer = StreamingHttpResponse(lines(before.iterator()), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="audit.{form}"'
    return answer


def _chosen(request: SignedInRequest) -> tuple[FilterForm, QuerySet[AuditEntry]]:
    entries = reading.readable_entries(request.user)
    verbs = sorted(set(entries.order_by().values_list("verb", flat=True)))
    form = FilterForm(request.GET or None, verbs=verbs)
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return form, reading.filtered(entries, chosen)


def _names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Return what colleagues call the people who did something, by their key."""
    numbers = {one.actor.removeprefix("member-") for one in entries}
    people = Person.objects.filter(pk__in=[int(one) for one in numbers if one.isdecimal()])
    return {one.key: str(one) for one in people}
