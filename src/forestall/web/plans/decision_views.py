"""This file knows the pages on which rights assessments wait for the two who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError, NotAllowed
from forestall.languages import in_language, say
from forestall.safeguards import check_rights
from forestall.web.design.written import WrittenField
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, refused
from forestall.web.plans.deciding import Said, check_may_decide, decide_rights, read_by
from forestall.web.plans.drafting import drafters
from forestall.web.plans.shown import shown_item
from forestall.web.plans.views import about, open_plan
from forestall.web.plans.waiting import assessments_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.plan.actions import Action
    from forestall.safeguards.gate import RightsCheck
    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan


class DecisionForm(forms.Form):
    """What one of the two says, and on which assessment."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, was: str = "") -> None:
        super().__init__(data)
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, initial=was, required=False)
        self.fields["agrees"] = forms.ChoiceField(
            label=say("May the action go on?"),
            choices=[("yes", say("Yes, it may go on")), ("no", say("No, it may not"))],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = WrittenField(
            label=say("Why"),
            help_text=say("Residents read it; it is kept."),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=5000,
        )
        self.fields["conditions"] = WrittenField(
            label=say("What has to be kept to"),
            help_text=say("Leave it empty if there is no condition."),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=5000,
            required=False,
        )


@list_page(Verb.READ)
def safeguards(request: SignedInRequest) -> HttpResponse:
    """Show the assessments of all plans that are open, and what each waits for."""
    waiting = waiting_for(request.user)
    return render(request, "plans/safeguards.html", {"waiting": waiting})


def waiting_for(person: Person) -> list[tuple[Plan, Action, str, RightsCheck]]:
    """Return the assessments of open plans with points, each with its plan, action and title."""
    return [
        (one.plan, one.action, in_language(one.action.title), one.found)
        for one in assessments_for(person)
        if one.found.points
    ]


@require_http_methods(["GET", "POST"])
@page(Verb.DECIDE_RIGHTS, about=open_plan)
def decide(request: SignedInRequest, plan: Plan, action: str) -> HttpResponse:
    """Show an assessment to somebody who decides, and keep the decision."""
    shared = about(request, plan)
    content = shared["content"]
    found = next((one for one in content.actions if one.key == action), None)
    if found is None or found.assessment is None:
        raise Http404
    try:
        check_may_decide(plan=plan, action=action, by=request.user)
    except NotAllowed as refusal:
        return refused(request, refusal)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, was=read_by(found.assessment)
    )
    if request.method == "POST" and form.is_valid() and _decided(request, plan, action, form):
        return redirect("plan-part", plan.pk, f"actions/{action}")
    shared |= {
        "here": "actions",
        "action": found,
        "form": form,
        "item": shown_item(found.assessment, f"actions/{action}/assessment", content),
        "found": check_rights(found.assessment, drafted_by=drafters(plan)[action]),
    }
    return render(request, "plans/decide.html", shared)


def _decided(request: SignedInRequest, plan: Plan, action: str, form: DecisionForm) -> bool:
    """Keep the decision, or put the reason why not on the form."""
    try:
        decide_rights(
            plan=plan,
            action=action,
            said=Said(
                agrees=form.cleaned_data["agrees"] == "yes",
                reason=form.cleaned_data["reason"],
                conditions=form.cleaned_data["conditions"],
            ),
            by=request.user,
            today=timezone.localdate(),
            was=form.cleaned_data["seen"] or None,
        )
    except ForestallError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, say("Your decision is kept."))
    return True
