"""This file knows the pages on which the report is drafted: four chapters beside what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from forestall.errors import AnswerChanged, ForestallError
from forestall.languages import say
from forestall.questionnaires.together import Chapter, chapter_items
from forestall.web.organisations.roles import Verb
from forestall.web.secretariat.forms import ChapterForm
from forestall.web.secretariat.gathered import Gathered
from forestall.web.secretariat.pages import about, gathered_for, order_of, quoted, reading_page
from forestall.web.secretariat.printed import FORMS
from forestall.web.secretariat.services import write_chapter

if TYPE_CHECKING:
    from forestall.web.pages import SignedInRequest
    from forestall.web.secretariat.models import ChapterText, Reading


@reading_page(Verb.STUDY_REPLIES)
def draft(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Show the four chapters, and how far each is."""
    shared = about(request, reading, "draft")
    texts = {one.chapter: one for one in reading.chapters.all()}
    shared["chapters"] = [(one, texts.get(one.value)) for one in Chapter]
    return render(request, "secretariat/draft.html", shared)


@require_http_methods(["GET", "POST"])
@reading_page(Verb.STUDY_REPLIES)
def chapter(request: SignedInRequest, reading: Reading, chapter: str) -> HttpResponse:
    """Write one chapter, with counts and quotations beside it."""
    wanted = _named(chapter)
    found = _text(reading, wanted)
    form = ChapterForm(initial=_initial(found))
    collided = False
    if request.method == "POST":
        form = ChapterForm(request.POST)
        if form.is_valid():
            try:
                _save(request, reading, wanted, form.cleaned_data)
            except AnswerChanged as changed:
                collided = True
                found = _text(reading, wanted)
                form = _again(request, found, str(changed))
            except ForestallError as wrong:
                form.add_error("text", str(wrong))
            else:
                messages.success(request, say("Saved."))
                return redirect("reading-chapter", reading.pk, chapter)
    shared = about(request, reading, "draft")
    items = chapter_items(wanted, shared["asked"])
    gathered = gathered_for(request, reading)
    shared |= quoted(request, gathered, items)
    shared |= {
        "chapter": wanted,
        "form": form,
        "found": found,
        "collided": collided,
        "counts": gathered.counts(items),
    }
    return render(request, "secretariat/chapter.html", shared)


def _save(
    request: SignedInRequest, reading: Reading, chapter: Chapter, given: dict[str, Any]
) -> None:
    write_chapter(
        reading=reading, chapter=chapter, text=given["text"], was=given["was"], by=request.user
    )


def _again(request: SignedInRequest, found: ChapterText | None, why: str) -> ChapterForm:
    """Return the form with what was typed, to be saved over what is there now."""
    sent = request.POST.copy()
    sent["was"] = str(found.revision if found else 0)
    form = ChapterForm(sent)
    form.add_error(None, why)
    return form


def _initial(found: ChapterText | None) -> dict[str, Any]:
    return {"was": found.revision if found else 0, "text": found.text if found else ""}


def _text(reading: Reading, chapter: Chapter) -> ChapterText | None:
    return reading.chapters.filter(chapter=chapter.value).first()


@reading_page(Verb.STUDY_REPLIES)
def versions(request: SignedInRequest, reading: Reading, chapter: str) -> HttpResponse:
    """Show every saved text of a chapter, the newest first."""
    wanted = _named(chapter)
    found = _text(reading, wanted)
    revisions = found.revisions.select_related("saved_by")[:100] if found else ()
    shared = about(request, reading, "draft") | {"chapter": wanted, "revisions": revisions}
    return render(request, "secretariat/versions.html", shared)


@reading_page(Verb.STUDY_REPLIES)
def draft_file(request: SignedInRequest, reading: Reading, form: str) -> HttpResponse:
    """Give the draft as a file: the texts, with counts and quotations."""
    if form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    gathered = Gathered(reading=reading, order=order_of(request))
    return HttpResponse(
        write(gathered),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="report-{reading.pk}.{form}"'},
    )


def _named(chapter: str) -> Chapter:
    try:
        return Chapter(chapter)
    except ValueError:
        raise Http404 from None
