"""This file knows what is given on a questionnaire alone: its form, and what others ask too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from forestall.errors import InvalidQuestionnaire
from forestall.languages import language
from forestall.publication.docx import write_docx
from forestall.publication.pdf import write_pdf
from forestall.publication.questionnaire_pages import build_form
from forestall.questionnaires import read_definition
from forestall.questionnaires.checking import label_of
from forestall.questionnaires.duplication import INCOMPLETE
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page
from forestall.web.returns.leaving import PRINTED
from forestall.web.returns.overlaps import overlaps_of

if TYPE_CHECKING:
    from forestall.questionnaires import Questionnaire
    from forestall.web.pages import SignedInRequest


@require_safe
@list_page(Verb.READ)
def empty_form(
    request: SignedInRequest, questionnaire: str, version: int, form: str
) -> HttpResponse:
    """Give an empty form in the language of the person, with the address of the workspace on it."""
    asked = _asked(questionnaire, version)
    if form not in PRINTED:
        raise Http404
    made = build_form(asked, address=request.build_absolute_uri(reverse("returns")))
    content = write_docx(made) if form == "docx" else write_pdf(made, made_on=asked.dated).data
    name = f"form-{asked.key}-v{asked.version}-{language()}.{form}"
    return HttpResponse(
        content,
        content_type=PRINTED[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@list_page(Verb.READ)
def duplicates(request: SignedInRequest, questionnaire: str, version: int) -> HttpResponse:
    """Show which questions other mechanisms ask too, with the source of each."""
    asked = _asked(questionnaire, version)
    found = overlaps_of(asked)
    items = [
        (label_of(one), one, found.by_item[one.key])
        for one in asked.items
        if one.key in found.by_item
    ]
    shared = {"asked": asked, "items": items, "incomplete": INCOMPLETE, "fault": found.fault}
    return render(request, "returns/duplicates.html", shared)


def _asked(questionnaire: str, version: int) -> Questionnaire:
    try:
        return read_definition(questionnaire, version=version)
    except InvalidQuestionnaire:
        raise Http404 from None
