"""This file knows the pages on surveys: which there are, and the waves of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render

from forestall.errors import ForestallError, InvalidFile
from forestall.languages import say
from forestall.web.data.arriving import refused_upload
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.surveys import services
from forestall.web.surveys.forms import SurveyForm, WaveForm
from forestall.web.surveys.models import Survey

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person


def visible_survey(person: Person, number: int) -> Survey:
    """Return a survey that exists for the person."""
    return get_object_or_404(
        Survey.objects.visible_to(person).select_related("jurisdiction"), pk=number
    )


@list_page(Verb.LOAD_DATA)
def surveys(request: SignedInRequest) -> HttpResponse:
    """Show the surveys, each with how many waves it has."""
    places = places_where(request.user, Verb.LOAD_DATA)
    found = Survey.objects.filter(jurisdiction__in=places).annotate(held=Count("waves"))
    return render(request, "surveys/list.html", {"surveys": found})


@list_page(Verb.LOAD_DATA)
def survey_add(request: SignedInRequest) -> HttpResponse:
    """Begin a survey."""
    form = SurveyForm(places_where(request.user, Verb.LOAD_DATA), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = services.add_survey(
                jurisdiction=form.jurisdiction,
                name=form.cleaned_data["name"],
                columns=form.columns,
                by=request.user,
            )
        except InvalidFile as taken:
            form.add_error("name", str(taken))
        else:
            return redirect(begun)
    return render(request, "surveys/add.html", {"form": form}, status=422 if form.errors else 200)


@page(Verb.LOAD_DATA, about=visible_survey)
def survey(request: SignedInRequest, survey: Survey) -> HttpResponse:
    """Show a survey with its waves, and take another one."""
    posted = request.method == "POST"
    form = WaveForm(survey, request.POST if posted else None, request.FILES if posted else None)
    dropped = refused_upload(request)
    if dropped is not None:
        form.add_error("file", str(dropped))
    elif posted and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_wave(
                survey=survey,
                arrived=given["file"],
                first_day=given["first_day"],
                last_day=given["last_day"],
                by=request.user,
            )
        except ForestallError as reason:
            form.add_error("file", str(reason))
        else:
            messages.success(request, say("The wave is kept; what is linked to it is computed."))
            return redirect(survey)
    shown = {"form": form, "survey": survey, "waves": survey.waves.all()}
    return render(request, "surveys/survey.html", shown, status=422 if form.errors else 200)
