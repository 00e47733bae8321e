"""This file knows the addresses at which surveys are begun and their waves come in."""

from __future__ import annotations

from django.http import HttpResponse  # noqa: TC002 - the library reads the types

from forestall.languages import message
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.survey_records import NewSurvey, NewWave, SurveyHeld, SurveyRow, WaveRow
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.surveys.forms import SurveyForm, WaveForm
from forestall.web.surveys.models import Survey, SurveyWave
from forestall.web.surveys.services import add_survey, add_wave
from forestall.web.surveys.views import visible_survey

_survey_for = reached_by(visible_survey)


@endpoint(
    "GET",
    "/surveys",
    says=message("List the surveys."),
    needs=Verb.LOAD_DATA,
    answer=list[SurveyRow],
)
def list_surveys(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return them by name, each with how many waves it has."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    found = Survey.objects.filter(jurisdiction=place).prefetch_related("waves")
    return answer([_row(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/surveys",
    says=message("Begin a survey."),
    needs=Verb.LOAD_DATA,
    body=NewSurvey,
    answer=SurveyRow,
    status=201,
)
def begin_survey(request: TokenRequest) -> HttpResponse:
    """Say how people are drawn; the waves are brought afterwards."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    form = filled(SurveyForm([place], fields_of(read_record(request, NewSurvey))))
    new = add_survey(
        jurisdiction=place,
        name=form.cleaned_data["name"],
        columns=form.columns,
        by=request.auth,
    )
    return answer_new(request, _row(new), new.pk)


@endpoint(
    "GET",
    "/surveys/{number}",
    says=message("Read the waves of a survey."),
    needs=Verb.LOAD_DATA,
    answer=SurveyHeld,
)
def read_survey(request: TokenRequest, number: int) -> HttpResponse:
    """Return how many people answered, and which codes there are; no answer of a person."""
    one = _survey_for(request.auth, number, Verb.LOAD_DATA)
    return answer(
        SurveyHeld(
            number=one.pk,
            name=one.name,
            weights=one.weights,
            strata=one.strata,
            clusters=one.clusters,
            made_at=one.made_at,
            waves=[_wave(wave) for wave in one.waves.all()],
        )
    )


@endpoint(
    "POST",
    "/surveys/{number}/waves",
    says=message("Bring a wave of a survey."),
    needs=Verb.LOAD_DATA,
    body=NewWave,
    answer=WaveRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def bring_wave(request: TokenRequest, number: int) -> HttpResponse:
    """Keep it once it was read, and compute what is linked to the survey."""
    one = _survey_for(request.auth, number, Verb.LOAD_DATA)
    form = filled(WaveForm(one, *read_form(request)))
    new = add_wave(
        survey=one,
        arrived=form.cleaned_data["file"],
        first_day=form.cleaned_data["first_day"],
        last_day=form.cleaned_data["last_day"],
        by=request.auth,
    )
    return answer(_wave(new), status=201)


def _row(one: Survey) -> SurveyRow:
    return SurveyRow(
        number=one.pk,
        name=one.name,
        weights=one.weights,
        strata=one.strata,
        clusters=one.clusters,
        made_at=one.made_at,
        waves=len(one.waves.all()),
    )


def _wave(one: SurveyWave) -> WaveRow:
    return WaveRow(
        number=one.pk,
        first_day=one.first_day,
        last_day=one.last_day,
        people=one.people,
        answers=one.answers,
        sha256=one.sha256,
        made_at=one.made_at,
    )
