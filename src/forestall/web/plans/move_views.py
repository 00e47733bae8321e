"""This file knows the pages on which a plan begins, goes to its next state, and is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError
from forestall.languages import say
from forestall.plan.differences import compare_plans
from forestall.plan.states import MOVES, PlanState
from forestall.web.design.written import WrittenField
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.plans.beginning import begun_plan, plan_of_file
from forestall.web.plans.mending import place_to_mend
from forestall.web.plans.moving import comments_in_the_way, in_the_way, move
from forestall.web.plans.services import add_plan
from forestall.web.plans.views import about, open_plan, visible_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan

MOST_BYTES = 5_000_000


class BeginForm(forms.Form):
    """How a plan begins: with a title and a period, or from a file of another city."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        places: list[Jurisdiction],
    ) -> None:
        super().__init__(data, files)
        self.fields["place"] = forms.ChoiceField(
            label=say("For which place"), choices=[(one.pk, one.name) for one in places]
        )
        self.fields["title"] = WrittenField(label=say("Title"), max_length=300, required=False)
        for name, label in (("starts", say("First day")), ("ends", say("Last day"))):
            self.fields[name] = forms.DateField(
                label=label,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d"],
                required=False,
            )
        self.fields["file"] = forms.FileField(
            label=say("Or a plan as a file (JSON)"),
            help_text=say("One that was exported here or in another city."),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a file, or for title and period."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("file"):
            for name in ("title", "starts", "ends"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, say("This is needed without a file."))
        elif cleaned["file"].size > MOST_BYTES:
            self.add_error("file", say("The file is larger than 5 MB; no plan is."))
        return cleaned


@require_http_methods(["GET", "POST"])
@list_page(Verb.EDIT_PLAN)
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a plan."""
    places = places_where(request.user, Verb.EDIT_PLAN)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BeginForm(*sent, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = next(one for one in places if str(one.pk) == given["place"])
        try:
            content = (
                plan_of_file(given["file"].read())
                if given["file"]
                else begun_plan(
                    place, title=given["title"], starts=given["starts"], ends=given["ends"]
                )
            )
            return redirect(add_plan(content=content, jurisdiction=place, by=request.user))
        except ForestallError as wrong:
            form.add_error("file" if given["file"] else None, str(wrong))
    return render(request, "plans/begin.html", {"form": form})


@require_http_methods(["GET", "POST"])
@page(Verb.MOVE_PLAN, about=open_plan)
def take(request: SignedInRequest, plan: Plan, to: str) -> HttpResponse:
    """Say what stands between a plan and a state; take it there when nothing does."""
    content = plan.content
    if to not in set(MOVES[content.state]):
        raise Http404
    wanted = PlanState(to)
    today = timezone.localdate()
    if request.method == "POST":
        try:
            move(plan=plan, to=wanted, by=request.user, today=today)
        except ForestallError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, say("The plan is now “{state}”.", state=wanted.words))
            return redirect(plan)
    shared = about(request, plan) | {"here": "plan", "wanted": wanted}
    points = in_the_way(plan, wanted, today=today)
    shared["points"] = [(one, place_to_mend(one, content)) for one in points]
    shared["waiting"] = comments_in_the_way(plan, wanted)
    return render(request, "plans/move.html", shared)


@page(Verb.READ, about=visible_plan)
def versions(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show every revision of a plan, the newest first, to compare any two."""
    revisions = plan.revisions.select_related("saved_by").defer("document")
    shared = about(request, plan) | {"here": "versions", "revisions": revisions[:500]}
    return render(request, "plans/versions.html", shared)


@page(Verb.READ, about=visible_plan)
def difference(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show what changed between two revisions, field by field."""
    chosen = []
    for name in ("old", "new"):
        number = request.GET.get(name, "")
        # A number of thousands of digits, or a raised one, counts no revision.
        if not number.isdecimal() or len(number) > 9:
            return redirect("plan-versions", plan.pk)
        chosen.append(get_object_or_404(plan.revisions, number=int(number)))
    old, new = sorted(chosen, key=lambda one: one.number)
    shared = about(request, plan) | {"here": "versions", "old": old, "new": new}
    shared["found"] = compare_plans(old.content, new.content)
    return render(request, "plans/difference.html", shared)
