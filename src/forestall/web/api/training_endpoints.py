"""This file knows the addresses of courses, of skills, and of what a plan still lacks."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from forestall.languages import language, message
from forestall.training import Gaps, gaps_file
from forestall.training.records import Audience, CourseForm
from forestall.training.skills import Skill
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.partner_endpoints import office_for
from forestall.web.api.plan_endpoints import Limit, Offset, place_for, plan_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.api.training_records import (
    BodyEntry,
    CourseEntry,
    CourseFacts,
    SkillHeld,
    SkillsOfBody,
    WantedEntry,
    WantedFacts,
)
from forestall.web.organisations.roles import Verb
from forestall.web.training import services
from forestall.web.training.finding import courses_found
from forestall.web.training.forms import (
    BodySkillsForm,
    CourseEntryForm,
    CourseSearch,
    WantedSkillForm,
)
from forestall.web.training.holding import BodyNow, bodies_now
from forestall.web.training.models import Course, visible_course
from forestall.web.training.skill_views import actions_of, gaps_of

_course_for = reached_by(visible_course)
_Some = Annotated[str, Field(max_length=100)]


class Sought(Schema):
    """Which courses are looked for, as on the page; what is empty leaves none out.

    Attributes
    ----------
    skill, language
        The key of a skill, and the tag of a language.
    """

    skill: _Some = ""
    language: _Some = ""


@endpoint(
    "GET",
    "/training/courses",
    says=message("List the courses that are shared with the place."),
    needs=Verb.READ,
    answer=list[CourseEntry],
)
def list_courses(
    request: TokenRequest, sought: Query[Sought], limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """Courses of the place and of those above, by title; chosen by skill and language."""
    place_for(request.auth, Verb.READ)
    form = filled(CourseSearch(sought.dict()))
    found = courses_found(request.auth, wanted=form.cleaned_data)
    return answer([_course(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/training/courses",
    says=message("Write a course down in the catalogue."),
    needs=Verb.EDIT_PARTNERS,
    body=CourseFacts,
    answer=CourseEntry,
    status=201,
)
def add_to_catalogue(request: TokenRequest) -> HttpResponse:
    """Name a body as provider, never a person."""
    place = place_for(request.auth, Verb.EDIT_PARTNERS)
    form = filled(CourseEntryForm(fields_of(read_record(request, CourseFacts))))
    new = services.add_course(jurisdiction=place, facts=form.cleaned_data, by=request.auth)
    return answer_new(request, _course(new), new.pk)


@endpoint(
    "PUT",
    "/training/courses/{number}",
    says=message("Change a course of the catalogue."),
    needs=Verb.EDIT_PARTNERS,
    body=CourseFacts,
    answer=CourseEntry,
)
def change_in_catalogue(request: TokenRequest, number: int) -> HttpResponse:
    """All of it is sent; what is left out becomes empty."""
    course = _course_for(request.auth, number, Verb.EDIT_PARTNERS)
    sent = fields_of(read_record(request, CourseFacts))
    form = filled(CourseEntryForm(sent, instance=course))
    changed = services.change_course(course=course, facts=form.cleaned_data, by=request.auth)
    return answer(_course(changed))


@endpoint(
    "DELETE",
    "/training/courses/{number}",
    says=message("Take a course out of the catalogue."),
    needs=Verb.EDIT_PARTNERS,
    status=204,
)
def remove_from_catalogue(request: TokenRequest, number: int) -> HttpResponse:
    """Nobody finds it any more."""
    course = _course_for(request.auth, number, Verb.EDIT_PARTNERS)
    services.remove_course(course=course, by=request.auth)
    return HttpResponse(status=204)


@endpoint(
    "GET",
    "/training/skills",
    says=message("List which organisation has which skill today."),
    needs=Verb.READ,
    answer=list[BodyEntry],
)
def list_skills(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Organisations of the place, by name; persons are counted and never named."""
    place = place_for(request.auth, Verb.READ)
    found = bodies_now([place], timezone.localdate())
    return answer([_body(one) for one in found[offset : offset + limit]])


@endpoint(
    "PUT",
    "/organisations/{number}/skills",
    says=message("Change what an organisation says of its skills."),
    needs=Verb.EDIT_PARTNERS,
    body=SkillsOfBody,
    answer=SkillsOfBody,
)
def change_skills(request: TokenRequest, number: int) -> HttpResponse:
    """All of it is sent; it counts from today to the day that is named."""
    one, today = office_for(request.auth, number, Verb.EDIT_PARTNERS), timezone.localdate()
    sent = fields_of(read_record(request, SkillsOfBody))
    form = filled(BodySkillsForm(sent, today=today))
    services.say_of_body(
        organisation=one,
        skills=form.cleaned_data["skills"],
        until=form.cleaned_data["until"],
        today=today,
        by=request.auth,
    )
    return answer(SkillsOfBody(**form.cleaned_data))


@endpoint(
    "GET",
    "/plans/{number}/skills",
    says=message("Read which skills a plan calls for, and who has them."),
    needs=Verb.READ,
    answer=Gaps,
)
def read_skills(request: TokenRequest, number: int) -> HttpResponse:
    """Each with its reasons and the courses that teach it; no score."""
    plan = plan_for(request.auth, number, Verb.READ)
    return answer(gaps_file(gaps_of(plan, today=timezone.localdate()), languages=(language(),)))


@endpoint(
    "POST",
    "/plans/{number}/skills",
    says=message("Add a skill that a plan needs."),
    needs=Verb.EDIT_PLAN,
    body=WantedFacts,
    answer=WantedEntry,
    status=201,
)
def want_skill(request: TokenRequest, number: int) -> HttpResponse:
    """For what the fields of the plan do not show."""
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    sent = fields_of(read_record(request, WantedFacts))
    form = filled(WantedSkillForm(sent, actions=actions_of(plan)))
    new = services.want_skill(plan=plan, facts=form.cleaned_data, by=request.auth)
    wanted = WantedEntry(
        number=new.pk, skill=Skill(new.skill), reason=new.reason, action=new.action
    )
    return answer_new(request, wanted, new.pk)


@endpoint(
    "DELETE",
    "/plans/{number}/skills/{other}",
    says=message("Take out a skill that was added to those that a plan needs."),
    needs=Verb.EDIT_PLAN,
    status=204,
)
def want_no_longer(request: TokenRequest, number: int, other: int) -> HttpResponse:
    """Leave the plan to call for it only where its fields do."""
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    found = get_object_or_404(plan.wanted_skills.select_related("plan__jurisdiction"), pk=other)
    services.want_no_longer(wanted=found, by=request.auth)
    return HttpResponse(status=204)


def _course(one: Course) -> CourseEntry:
    return CourseEntry(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        title=one.title,
        provider=one.provider,
        skills=list(one.skills),
        form=CourseForm(one.form),
        audience=Audience(one.audience),
        about=one.about,
        website=one.website,
        languages=list(one.languages),
        hours=one.hours,
        price=None if one.price is None else float(one.price),
        currency=one.currency,
        price_source=one.price_source,
        dates=[list(pair) for pair in one.dates],
        qualification=one.qualification,
    )


def _body(one: BodyNow) -> BodyEntry:
    return BodyEntry(
        organisation=one.organisation.pk,
        name=one.organisation.name,
        skills=[SkillHeld(skill=each.skill, people=each.people) for each in one.skills],
        until=one.until,
    )
