"""This file knows the pages on which reports are prepared: a diagnosis, an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError
from forestall.languages import say, use_language
from forestall.web.data.arriving import refused_upload
from forestall.web.data.diagnosis_views import visible_diagnosis
from forestall.web.data.folders import report_folder
from forestall.web.data.models import SafetyDiagnosis, WorkState
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place
from forestall.web.pages import page
from forestall.web.publishing import services
from forestall.web.publishing.forms import EvaluationForm, ReportForm
from forestall.web.publishing.models import MOST_TITLE

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.pages import SignedInRequest
    from forestall.web.publishing.models import Release


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_diagnosis)
def diagnosis_prepare(request: SignedInRequest, one: SafetyDiagnosis) -> HttpResponse:
    """Prepare a publication of a finished diagnosis."""
    if one.state != WorkState.DONE.value:
        return redirect(one)
    own = one.jurisdiction.language
    with use_language(own):
        title = one.title[:MOST_TITLE]
    usual = {
        "title": title,
        "languages": one.options.get("languages") or [own],
        "formats": one.options.get("formats", []),
    }
    form = ReportForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare_diagnosis(
                jurisdiction=one.jurisdiction,
                folder=report_folder(one),
                title=form.cleaned_data["title"],
                diagnosis=one,
                by=request.user,
                address=request.build_absolute_uri("/"),
                languages=form.languages(own),
                formats=form.cleaned_data["formats"],
            )
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            return _begun(request, made)
    return _page(request, "publishing/prepare_diagnosis.html", form, {"one": one})


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_place)
def evaluation_prepare(request: SignedInRequest, place: Jurisdiction) -> HttpResponse:
    """Take the file of an evaluation, and prepare its publication."""
    posted = request.method == "POST"
    form = EvaluationForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"languages": [place.language]},
    )
    dropped = refused_upload(request)
    if dropped is not None:
        form.add_error("file", str(dropped))
    elif posted and form.is_valid():
        try:
            made = services.prepare_evaluation(
                jurisdiction=place,
                stored=form.cleaned_data["file"].read(),
                by=request.user,
                address=request.build_absolute_uri("/"),
                languages=form.languages(place.language),
                formats=form.cleaned_data["formats"],
            )
        except ForestallError as wrong:
            form.add_error("file", str(wrong))
        else:
            return _begun(request, made)
    return _page(request, "publishing/prepare_evaluation.html", form, {"place": place})


def _begun(request: SignedInRequest, made: Release) -> HttpResponse:
    messages.success(request, say("The publication is being made. This is its page."))
    return redirect(made)


def _page(
    request: SignedInRequest,
    template: str,
    form: ReportForm | EvaluationForm,
    about: dict[str, object],
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {**about, "form": form}, status=status)
