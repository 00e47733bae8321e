"""This file knows the pages of the catalogue of courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.errors import InvalidEntry
from forestall.languages import say
from forestall.training.teaching import next_date
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.training import services
from forestall.web.training.finding import courses_found
from forestall.web.training.forms import CourseEntryForm, CourseSearch
from forestall.web.training.models import Course, visible_course

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest

ON_A_PAGE = 30


@list_page(Verb.READ)
def training(request: SignedInRequest) -> HttpResponse:
    """Show the courses of the person's places and of those above, in the order of titles."""
    form = CourseSearch(request.GET)
    found = courses_found(request.user, wanted=form.cleaned_data if form.is_valid() else {})
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    return render(
        request,
        "training/courses.html",
        {
            "form": form,
            "page": shown,
            "count": len(found),
            "rows": [(one, next_date(one.days, today)) for one in shown.object_list],
            "editable": {one.pk for one in places_where(request.user, Verb.EDIT_PARTNERS)},
        },
    )


@require_http_methods(["GET", "POST"])
@list_page(Verb.EDIT_PARTNERS)
def course_add(request: SignedInRequest) -> HttpResponse:
    """Write a course down."""
    places = places_where(request.user, Verb.EDIT_PARTNERS)
    form = CourseEntryForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        place = facts.pop("place", places[0])
        try:
            services.add_course(jurisdiction=place, facts=facts, by=request.user)
        except InvalidEntry as wrong:
            form.add_error("title", str(wrong))
        else:
            messages.success(request, say("The course is in the catalogue."))
            return redirect("training")
    return render(request, "training/course_form.html", {"form": form, "course": None, "title": ""})


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PARTNERS, about=visible_course)
def course_edit(request: SignedInRequest, course: Course) -> HttpResponse:
    """Change a course."""
    title = course.title
    form = CourseEntryForm(request.POST or None, instance=course)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_course(course=course, facts=form.cleaned_data, by=request.user)
        except InvalidEntry as wrong:
            form.add_error("title", str(wrong))
        else:
            messages.success(request, say("The course is saved."))
            return redirect("training")
    return render(
        request, "training/course_form.html", {"form": form, "course": course, "title": title}
    )


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PARTNERS, about=visible_course)
def course_remove(request: SignedInRequest, course: Course) -> HttpResponse:
    """Take a course out of the catalogue, after a question."""
    if not request.POST.get("confirmed"):
        return render(request, "training/course_remove.html", {"course": course})
    services.remove_course(course=course, by=request.user)
    messages.success(request, say("The course is no longer in the catalogue."))
    return redirect("training")
