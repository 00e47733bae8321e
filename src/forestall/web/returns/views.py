"""This file knows the pages on which national replies are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from forestall.questionnaires import FindingKind
from forestall.web.organisations.policies import may, may_somewhere
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.returns.leaving import FORMS, what_leaves
from forestall.web.returns.models import Return, frozen_refusal, visible_return
from forestall.web.returns.overlaps import overlaps_of
from forestall.web.returns.policies import sections_written
from forestall.web.returns.reading import ReplyAsRead
from forestall.web.returns.signing import signatures
from forestall.web.returns.states import ReturnState

if TYPE_CHECKING:
    from forestall.questionnaires import Group, Questionnaire
    from forestall.web.pages import SignedInRequest


def about(request: SignedInRequest, found: Return) -> dict[str, Any]:
    """Return what every page on a reply needs."""
    reading, place = ReplyAsRead(found, request.user), found.jurisdiction
    return {
        "reading": reading,
        "found": found,
        "asked": reading.asked,
        "is_open": found.state != ReturnState.SUBMITTED,
        "written": sections_written(request.user, found),
        "leads": may(request.user, Verb.LEAD_RETURN, place),
        "signs": may(request.user, Verb.SIGN_RETURN, place),
        "read": reading.reply,
    }


def frozen(request: SignedInRequest, found: Return) -> HttpResponse:
    """Answer 403 where somebody would change a reply that was submitted."""
    shared = about(request, found) | {"here": "", "reason": str(frozen_refusal())}
    return render(request, "returns/frozen.html", shared, status=403)


def group_of(asked: Questionnaire, section: str) -> Group:
    """Return a section of a questionnaire, or answer that there is none."""
    for group in asked.groups:
        if group.key == section:
            return group
    raise Http404


@list_page(Verb.READ)
def returns(request: SignedInRequest) -> HttpResponse:
    """Show the replies that exist for the person."""
    found = Return.objects.visible_to(request.user).select_related("jurisdiction")
    may_begin = bool(places_where(request.user, Verb.LEAD_RETURN))
    may_study = may_somewhere(request.user, Verb.STUDY_REPLIES)
    shared = {"returns": found, "may_begin": may_begin, "may_study": may_study}
    return render(request, "returns/list.html", shared)


@page(Verb.READ, about=visible_return)
def one_return(request: SignedInRequest, found: Return) -> HttpResponse:
    """Show one reply: its sections, who writes them, and what is worth a look."""
    shared = about(request, found)
    reading: ReplyAsRead = shared["reading"]
    assigned: dict[str, list[str]] = {}
    for one in found.assignments.select_related("organisation"):
        assigned.setdefault(one.section, []).append(one.organisation.name)
    check = reading.check(timezone.localdate())
    shared |= {
        "here": "return",
        "assigned": assigned,
        "summary": check.summary(),
        "findings": check.findings,
        "still_open": {
            one.key: len(check.of(FindingKind.OPEN, one.key)) for one in found.asked.groups
        },
        "signatures": list(signatures(found)),
        "has_signed": signatures(found).filter(person=request.user).exists(),
        "hidden": reading.hidden,
        "sent_to": found.filled_in.filter(person=request.user).exists(),
    }
    return render(request, "returns/return.html", shared)


@page(Verb.READ, about=visible_return)
def section(request: SignedInRequest, found: Return, section: str) -> HttpResponse:
    """Show the questions of a section that are asked, with what was answered before."""
    shared = about(request, found)
    reading: ReplyAsRead = shared["reading"]
    shared |= {
        "here": section,
        "group": group_of(reading.asked, section),
        "earlier": reading.earlier,
        "questions": reading.questions(section, timezone.localdate()),
        "writes": shared["is_open"] and section in shared["written"],
        "elsewhere": overlaps_of(reading.asked).by_item,
    }
    return render(request, "returns/section.html", shared)


@page(Verb.READ, about=visible_return)
def leaving(request: SignedInRequest, found: Return, form: str) -> HttpResponse:
    """Give the reply as a file that leaves: without confidential answers."""
    return file_of(found, form, working_copy=False)


@page(Verb.LEAD_RETURN, about=visible_return)
def working_copy(request: SignedInRequest, found: Return, form: str) -> HttpResponse:
    """Give the reply as the office's own working copy, with all answers."""
    return file_of(found, form, working_copy=True)


def file_of(found: Return, form: str, *, working_copy: bool) -> HttpResponse:
    """Answer with a reply as a file, or that there is no such form of file."""
    if form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    reply = found.reply if working_copy else what_leaves(found.reply, found.asked)
    name = f"{'working-copy' if working_copy else 'reply'}-{found.questionnaire}-{found.pk}.{form}"
    return HttpResponse(
        write(found.asked, reply),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
