"""This file knows the pages on which everybody reads a draft, comments on it, and ranks problems.

They need no account and set no cookie for who only reads. They are in the language that the address
names, so that a link can be sent in it, else in that of the browser.
"""

from __future__ import annotations

import secrets
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from forestall.errors import InvalidConsultation
from forestall.languages import available_languages, language, message, use_language
from forestall.publication.language_names import language_name
from forestall.web.consultation.comments import add_comment
from forestall.web.consultation.differences import changed_parts
from forestall.web.consultation.draft import actions_of, parts_of, problems_of, text_of
from forestall.web.consultation.forms import CommentForm, GuardedForm, RankingForm
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.consultation.policies import check_not_too_often, check_stamp
from forestall.web.consultation.rankings import add_ranking, counts_of
from forestall.web.organisations.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from forestall.languages import OwnWords

WHOLE = "whole"
_BALLOT = "ballot"
_OF_DJANGO = {"zh": "zh-hans"}
_ON_A_PAGE = 50
_COUNTED = message("Your answer is counted already; one browser answers once.")


def in_named_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language that the address names, where there is one of this name."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        tag = request.GET.get("in", "")
        if tag not in available_languages():
            return view(request, *args, **options)
        with use_language(tag), translation.override(_OF_DJANGO.get(tag, tag)):
            answer = view(request, *args, **options)
        answer.headers["Content-Language"] = tag
        return answer

    return answered


@require_safe
@in_named_language
def take_part_list(request: HttpRequest) -> HttpResponse:
    """Show where people can take part now, and what was asked before."""
    today = timezone.localdate()
    found = Consultation.objects.public_on(today).select_related("plan__jurisdiction", "revision")
    return render(
        request,
        "consultation/public_list.html",
        {
            "open": [_told(one) for one in found if one.takes_comments(today)],
            "ended": [_told(one) for one in found if not one.takes_comments(today)][:50],
            **_frame(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_named_language
def take_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a draft to everybody; take which problems come first."""
    consultation = _public(slug)
    content = consultation.revision.content
    problems = problems_of(content)
    form = RankingForm(request.POST or None, problems=problems)
    if request.method == "POST":
        sent = _sent(request, slug, form, lambda: _rank(request, consultation, form))
        if sent is not None:
            return sent
    counts = dict(
        consultation.comments.shown()
        .order_by()
        .values_list("about")
        .annotate(number=Count("pk"))
        .values_list("about", "number")
    )
    return _page(
        request,
        "consultation/public.html",
        consultation,
        problems=problems,
        actions=actions_of(content),
        counts=counts,
        rankings=counts_of(consultation),
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_named_language
def take_part_on(request: HttpRequest, slug: str, where: str) -> HttpResponse:
    """Show one part of a draft with what was said about it; take a comment."""
    consultation = _public(slug)
    part = parts_of(consultation.revision.content).get(where)
    if part is None and where != WHOLE:
        raise Http404
    about = "" if part is None else where
    organisation = _speaks_for(request, consultation)
    form = CommentForm(request.POST or None)

    def save() -> HttpResponse:
        add_comment(
            consultation=consultation,
            about=about,
            text=form.cleaned_data["text"],
            organisation=organisation,
        )
        return _thanks(slug, request)

    if request.method == "POST":
        sent = _sent(request, slug, form, save)
        if sent is not None:
            return sent
    shown = consultation.comments.shown().filter(about=about)
    shown = shown.select_related("organisation", "changed_in")
    return _page(
        request,
        "consultation/public_part.html",
        consultation,
        part=part,
        form=form,
        organisation=organisation,
        comments=Paginator(shown, _ON_A_PAGE).get_page(request.GET.get("page")),
    )


@require_safe
@in_named_language
def take_part_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what becomes of what was sent."""
    return _page(request, "consultation/public_thanks.html", _public(slug))


@require_safe
@in_named_language
def take_part_changes(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """Show what was changed between the draft and a revision that a reply names."""
    consultation = _public(slug)
    named = consultation.comments.exclude(reply="").filter(
        state=Comment.State.SHOWN, changed_in__number=revision
    )
    comment = named.select_related("changed_in").first()
    if comment is None or comment.changed_in is None:
        raise Http404
    return _page(
        request,
        "consultation/public_changes.html",
        consultation,
        changed=changed_parts(consultation.revision.content, comment.changed_in.content),
        saved_on=comment.changed_in.saved_at.date(),
    )


def _public(slug: str) -> Consultation:
    found = Consultation.objects.public_on(timezone.localdate()).select_related(
        "plan__jurisdiction", "revision"
    )
    return get_object_or_404(found, slug=slug)


def _page(
    request: HttpRequest, template: str, consultation: Consultation, **more: Any
) -> HttpResponse:
    content = consultation.revision.content
    form = more.get("form")
    wrong = form is not None and form.is_bound
    return render(
        request,
        template,
        {
            "consultation": consultation,
            "title": text_of(content.title, content),
            "summary": text_of(content.summary, content),
            "place": text_of(content.place.name, content),
            "open": consultation.takes_comments(timezone.localdate()),
            "voices": [
                (text_of(one["said"], content), text_of(one["changed"], content))
                for one in consultation.voices
            ],
            "whole": WHOLE,
            **_frame(request),
            **more,
        },
        status=400 if wrong else 200,
    )


def _told(consultation: Consultation) -> tuple[Consultation, OwnWords, OwnWords]:
    content = consultation.revision.content
    return consultation, text_of(content.title, content), text_of(content.place.name, content)


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return the languages of a page, and how its links stay in the one that was named."""
    return {
        "tongues": [(tag, language_name(tag)) for tag in available_languages()],
        "named": f"?in={language()}" if request.GET.get("in") else "",
    }


def _sent(
    request: HttpRequest, slug: str, form: GuardedForm, save: Callable[[], HttpResponse]
) -> HttpResponse | None:
    """Save what was sent, or put the reason on the form, which keeps what was typed."""
    if form.is_of_a_machine():
        return _thanks(slug, request)
    if not form.is_valid():
        return None
    try:
        check_stamp(form.cleaned_data["shown_at"])
        check_not_too_often(request, form.what)
        return save()
    except InvalidConsultation as wrong:
        form.add_error(None, str(wrong))
        form.show_again()
        return None


def _rank(request: HttpRequest, consultation: Consultation, form: RankingForm) -> HttpResponse:
    ballot = request.get_signed_cookie(_BALLOT, "") or secrets.token_urlsafe(16)
    first = add_ranking(consultation=consultation, ballot=str(ballot), order=form.order)
    if not first:
        raise InvalidConsultation(_COUNTED)
    answer = _thanks(consultation.slug, request)
    answer.set_signed_cookie(
        _BALLOT,
        str(ballot),
        max_age=31_536_000,
        path=reverse("take-part-list"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


def _thanks(slug: str, request: HttpRequest) -> HttpResponse:
    return redirect(reverse("take-part-thanks", args=[slug]) + _frame(request)["named"])


def _speaks_for(request: HttpRequest, consultation: Consultation) -> Organisation | None:
    if not request.user.is_authenticated:
        return None
    return (
        Organisation.objects.filter(
            jurisdiction=consultation.jurisdiction, memberships__person=request.user
        )
        .order_by("pk")
        .first()
    )
