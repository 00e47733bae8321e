"""This file knows the pages on which plans are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from forestall.errors import InvalidPlan, NotAllowed
from forestall.languages import say
from forestall.plan.states import EDITABLE, PlanState
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page, refused
from forestall.web.plans.editing import (
    FOLLOW_UP,
    add_part,
    from_form,
    remove_part,
    save_part,
    verb_for,
)
from forestall.web.plans.forms import PartForm
from forestall.web.plans.offering import FindingsOffer
from forestall.web.plans.parts import item_at, part_at
from forestall.web.plans.seen import seen
from forestall.web.plans.shown import shown_item
from forestall.web.plans.views import about, open_plan, visible_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from msgspec import Struct

    from forestall.plan.records import ActionPlan
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PLAN, about=open_plan)
def edit_head(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Change what a plan says as a whole: title, period, who answers for it."""
    return _edited(request, plan, "")


@require_http_methods(["GET", "POST"])
@page(Verb.REPORT_PROGRESS, about=visible_plan)
def edit(request: SignedInRequest, plan: Plan, where: str) -> HttpResponse:
    """Change one part of a plan."""
    return _edited(request, plan, where)


def _edited(request: SignedInRequest, plan: Plan, where: str) -> HttpResponse:
    content = plan.content
    item = content if not where else _found(content, where)
    form = _form(request, plan, item=item, record=type(item))
    refusal = _refusal(request, plan, type(item), whole=False)
    if refusal is not None:
        return refusal
    if request.method == "POST" and form.is_valid():
        written = from_form(form)
        saved = _saved(
            form, lambda: save_part(plan=plan, where=where, written=written, by=request.user)
        )
        if saved:
            messages.success(request, say("Saved."))
            return redirect("plan-part", plan.pk, where) if where else redirect(plan)
    title = _title(item, content, where)
    offer = FindingsOffer.on(request, plan, where)
    return _form_page(request, plan, form=form, where=where, title=title, offer=offer)


@require_http_methods(["GET", "POST"])
@page(Verb.REPORT_PROGRESS, about=visible_plan)
def add(request: SignedInRequest, plan: Plan, where: str) -> HttpResponse:
    """Add one part to a list of a plan."""
    try:
        part = part_at(where)
        there = item_at(plan.content, where)
    except InvalidPlan:
        raise Http404 from None
    if part.single and there is not None:
        return redirect("plan-edit", plan.pk, where)
    refusal = _refusal(request, plan, part.record, whole=True)
    if refusal is not None:
        return refusal
    form = _form(request, plan, item=None, record=part.record)
    offer = FindingsOffer.on(request, plan, where)
    if request.method == "POST" and form.is_valid() and offer.is_valid():
        added: list[str] = []

        def save() -> None:
            written = offer.with_findings(from_form(form))
            added.append(add_part(plan=plan, where=where, written=written, by=request.user)[1])

        if _saved(form, save):
            messages.success(request, say("Saved."))
            return redirect("plan-part", plan.pk, added[0])
    return _form_page(request, plan, form=form, where=where, title=str(part.one), offer=offer)


@require_http_methods(["GET", "POST"])
@page(Verb.REPORT_PROGRESS, about=visible_plan)
def remove(request: SignedInRequest, plan: Plan, where: str) -> HttpResponse:
    """Ask once, then take a part out; earlier revisions keep it."""
    item = _found(plan.content, where)
    refusal = _refusal(request, plan, type(item), whole=True)
    if refusal is not None:
        return refusal
    if request.method == "POST":
        try:
            was = request.POST.get("seen", "")
            remove_part(
                plan=plan, where=where, unchanged=lambda there: seen(there) == was, by=request.user
            )
        except InvalidPlan as wrong:
            messages.error(request, str(wrong))
            return redirect("plan-part", plan.pk, where)
        messages.success(request, say("Taken out. Earlier versions keep it."))
        above = where.rpartition("/")[0]
        return redirect("plan-part", plan.pk, above if "/" in where else where)
    shared = about(request, plan)
    return render(
        request,
        "plans/remove.html",
        {
            **shared,
            "here": where.partition("/")[0],
            "where": where,
            "seen": seen(item),
            "item": shown_item(item, where, shared["content"]),
        },
    )


def _found(content: ActionPlan, where: str) -> Struct:
    try:
        item = item_at(content, where)
    except InvalidPlan:
        raise Http404 from None
    if item is None or isinstance(item, tuple):
        raise Http404
    return item


def _form(
    request: SignedInRequest, plan: Plan, *, item: Struct | None, record: type[Struct]
) -> PartForm:
    content = plan.content
    wanted = request.GET.get("in", "")
    adopted = content.state not in EDITABLE
    return PartForm(
        request.POST if request.method == "POST" else None,
        record=record,
        item=item,
        plan=content,
        tag=wanted if wanted in content.languages else content.languages[0],
        only=FOLLOW_UP.get(record, ()) if adopted else (),
    )


def _refusal(
    request: SignedInRequest, plan: Plan, record: type[Struct], *, whole: bool
) -> HttpResponse | None:
    """Return the page that says why somebody may not; None where they may."""
    try:
        verb = verb_for(PlanState(plan.state), record, whole=whole)
        check_may(request.user, verb, plan.jurisdiction)
    except NotAllowed as refusal:
        return refused(request, refusal)
    return None


def _saved(form: PartForm, save: Callable[[], object]) -> bool:
    """Save, or put the reason on the form, which keeps what was typed."""
    try:
        save()
    except InvalidPlan as wrong:
        form.add_error(None, str(wrong))
        return False
    return True


def _title(item: Struct, content: ActionPlan, where: str) -> str:
    if not where:
        return say("The plan as a whole")
    return shown_item(item, where, content).title or str(part_at(where).one)


def _form_page(
    request: SignedInRequest,
    plan: Plan,
    *,
    form: PartForm,
    where: str,
    title: str,
    offer: FindingsOffer,
) -> HttpResponse:
    shared: dict[str, Any] = about(request, plan)
    return render(
        request,
        "plans/edit.html",
        {
            **shared,
            "here": where.partition("/")[0] or "plan",
            "where": where,
            "form": form,
            "title": title,
            "tag": form.tag,
            "offer": offer,
        },
    )
