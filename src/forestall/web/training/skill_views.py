"""This file knows the pages of skills: of bodies, of oneself, and what a plan still lacks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from forestall.errors import InvalidEntry
from forestall.languages import in_language, say
from forestall.training import skill_gaps
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.partner_views import visible_organisation
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.plans.views import about, visible_plan
from forestall.web.training import services
from forestall.web.training.forms import AbilityForm, BodySkillsForm, WantedSkillForm
from forestall.web.training.holding import bodies_now, catalogue_of, holdings_for
from forestall.web.training.models import Ability, BodySkills, Course

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from forestall.training import SkillGaps
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan


@list_page(Verb.READ)
def skills(request: SignedInRequest) -> HttpResponse:
    """Show which organisation of the person's places has which skill today."""
    places = list(Jurisdiction.objects.visible_to(request.user))
    bodies = bodies_now(places, timezone.localdate())
    by_place = {
        key: list(some)
        for key, some in groupby(
            sorted(bodies, key=lambda one: one.organisation.jurisdiction_id),
            key=lambda one: one.organisation.jurisdiction_id,
        )
    }
    return render(
        request,
        "training/skills.html",
        {
            "register": [(one, by_place.get(one.pk, [])) for one in places],
            "editable": {one.pk for one in places_where(request.user, Verb.EDIT_PARTNERS)},
        },
    )


@require_http_methods(["GET", "POST"])
@list_page(Verb.READ)
def oneself(request: SignedInRequest) -> HttpResponse:
    """Show and change what one says of oneself."""
    today = timezone.localdate()
    own = Ability.objects.filter(person=request.user).select_related("organisation").first()
    bodies = list(Organisation.objects.filter(memberships__person=request.user).distinct())
    begun = (
        {"skills": own.skills, "until": own.consent_until, "organisation": own.organisation_id}
        if own
        else None
    )
    form = AbilityForm(request.POST or None, initial=begun, today=today, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        services.say_skills(
            person=request.user,
            organisation=form.cleaned_data.get("organisation", bodies[0]),
            skills=form.cleaned_data["skills"],
            until=form.cleaned_data["until"],
            today=today,
        )
        messages.success(request, say("Your entry is saved."))
        return redirect("skills")
    return render(request, "training/oneself.html", {"form": form, "own": own, "bodies": bodies})


@require_POST
@login_required
def leave(request: SignedInRequest) -> HttpResponse:
    """Take back what one said of oneself; no role is needed for that."""
    services.withdraw_skills(person=request.user)
    messages.success(request, say("Your entry is deleted."))
    return redirect("profile")


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PARTNERS, about=visible_organisation)
def body_skills(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Change what an organisation says of itself."""
    today = timezone.localdate()
    told = BodySkills.objects.filter(organisation=organisation).first()
    begun = {"skills": told.skills, "until": told.until} if told else None
    form = BodySkillsForm(request.POST or None, initial=begun, today=today)
    if request.method == "POST" and form.is_valid():
        services.say_of_body(
            organisation=organisation,
            skills=form.cleaned_data["skills"],
            until=form.cleaned_data["until"],
            today=today,
            by=request.user,
        )
        messages.success(request, say("The skills are saved."))
        return redirect("skills")
    return render(
        request, "training/body_skills.html", {"form": form, "organisation": organisation}
    )


@page(Verb.READ, about=visible_plan)
def plan_skills(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show which skills a plan calls for, who has them, and which courses teach them."""
    shared = about(request, plan) | {"here": "skills"}
    shared["found"] = gaps_of(plan, today=timezone.localdate())
    shared["may_want"] = may(request.user, Verb.EDIT_PLAN, plan.jurisdiction)
    titles = dict(actions_of(plan))
    shared["wanted"] = [(one, titles.get(one.action)) for one in plan.wanted_skills.all()]
    return render(request, "training/plan_skills.html", shared)


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PLAN, about=visible_plan)
def plan_skill_add(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Add a skill that the plan needs beyond what its fields show."""
    form = WantedSkillForm(request.POST or None, actions=actions_of(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.want_skill(plan=plan, facts=form.cleaned_data, by=request.user)
        except InvalidEntry as wrong:
            form.add_error("skill", str(wrong))
        else:
            messages.success(request, say("The skill is added."))
            return redirect("plan-skills", plan.pk)
    shared = about(request, plan) | {"here": "skills", "form": form}
    return render(request, "training/plan_skill_add.html", shared)


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PLAN, about=visible_plan)
def plan_skill_remove(request: SignedInRequest, plan: Plan, wanted: int) -> HttpResponse:
    """Take a skill out that was added, after a question."""
    found = get_object_or_404(plan.wanted_skills.select_related("plan__jurisdiction"), pk=wanted)
    if not request.POST.get("confirmed"):
        shared = about(request, plan) | {"here": "skills", "wanted": found}
        return render(request, "training/plan_skill_remove.html", shared)
    services.want_no_longer(wanted=found, by=request.user)
    messages.success(request, say("The skill is taken out."))
    return redirect("plan-skills", plan.pk)


def actions_of(plan: Plan) -> list[tuple[str, str]]:
    """Return the keys and titles of the actions of a plan."""
    return [(one.key, in_language(one.title)) for one in plan.content.actions]


def gaps_of(plan: Plan, *, today: date) -> SkillGaps:
    """Compare what a plan calls for with the skills of its place, and the courses shared there."""
    prefetch_related_objects([plan], "wanted_skills")
    courses = Course.objects.shared_in(plan.jurisdiction).select_related("jurisdiction")
    return skill_gaps(
        plan.content,
        holdings_for(plan, today),
        courses=catalogue_of(list(courses)),
        today=today,
    )
