"""This file knows the pages on which a consultation is opened, moderated, closed and noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forestall.errors import ForestallError
from forestall.languages import say
from forestall.web.consultation import comments as commenting
from forestall.web.consultation import services
from forestall.web.consultation.draft import parts_of, text_of
from forestall.web.consultation.forms import OpenForm, RecordForm, ReplyForm, WithholdForm
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.consultation.rankings import counts_of
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.plans.models import Plan
from forestall.web.plans.views import visible_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person


def visible_consultation(person: Person, number: int) -> Consultation:
    """Return a consultation that exists for the person."""
    found = Consultation.objects.visible_to(person)
    return get_object_or_404(found.select_related("plan__jurisdiction", "revision"), pk=number)


def visible_comment(person: Person, number: int) -> Comment:
    """Return a comment of a consultation that exists for the person."""
    found = Comment.objects.filter(consultation__in=Consultation.objects.visible_to(person))
    related = ("consultation__plan__jurisdiction", "consultation__revision", "organisation")
    return get_object_or_404(found.select_related(*related), pk=number)


@require_safe
@list_page(Verb.READ)
def consultations(request: SignedInRequest) -> HttpResponse:
    """Show the consultations that exist for the person, and the drafts they could ask about."""
    today = timezone.localdate()
    found = Consultation.objects.visible_to(request.user).select_related("plan", "revision")
    found = found.defer("plan__document", "revision__document")
    moderated = places_where(request.user, Verb.MODERATE)
    drafts = Plan.objects.defer("document").filter(
        jurisdiction__in=moderated, state__in=("draft", "consulted", "revised")
    )
    drafts = drafts.exclude(consultations__closed_at__isnull=True, consultations__isnull=False)
    shown = [(one, one.takes_comments(today), one.jurisdiction in moderated) for one in found]
    return render(request, "consultation/list.html", {"shown": shown, "drafts": drafts})


@require_http_methods(["GET", "POST"])
@page(Verb.MODERATE, about=visible_plan)
def consultation_open(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Open a consultation on a plan as it is now."""
    form = OpenForm(request.POST or None, initial={"opens": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made: list[Consultation] = []

        def save() -> None:
            made.append(
                services.open_consultation(
                    plan=plan,
                    opens=form.cleaned_data["opens"],
                    ends=form.cleaned_data["ends"],
                    by=request.user,
                )
            )

        if _saved(form, save):
            messages.success(request, say("The consultation is set. This is its page."))
            return redirect(made[0])
    return render(request, "consultation/open.html", {"plan": plan, "form": form})


@require_safe
@page(Verb.MODERATE, about=visible_consultation)
def consultation(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Show what waits for a decision or a reply."""
    found = consultation.comments.select_related("organisation")
    titles = _titles(consultation)

    def with_titles(some: Any) -> list[tuple[Comment, str]]:
        return [(one, titles.get(one.about, one.about)) for one in some]

    return render(
        request,
        "consultation/moderate.html",
        {
            **_about(consultation),
            "waiting": with_titles(found.waiting()),
            "unanswered": with_titles(found.shown().filter(reply="")),
            "answered": with_titles(found.shown().exclude(reply="")),
            "withheld": with_titles(found.filter(state=Comment.State.NOT_SHOWN)),
            "rankings": counts_of(consultation),
            "address": request.build_absolute_uri(f"/take-part/{consultation.slug}/"),
        },
    )


@require_http_methods(["GET", "POST"])
@page(Verb.MODERATE, about=visible_consultation)
def consultation_close(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Ask once, then close a consultation."""
    if request.method == "POST":
        services.close_consultation(consultation=consultation, by=request.user)
        messages.success(request, say("The consultation is closed. Its page stays readable."))
        return redirect(consultation)
    return render(request, "consultation/close.html", _about(consultation))


@require_http_methods(["GET", "POST"])
@page(Verb.MODERATE, about=visible_consultation)
def consultation_record(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Note in the plan what was said and what was changed."""
    titles = _titles(consultation)
    said_on = set(consultation.comments.shown().values_list("about", flat=True))
    parts = [(about, title) for about, title in titles.items() if about in said_on or not about]
    form = RecordForm(request.POST or None, parts=parts)
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            services.record_in_plan(
                consultation=consultation,
                how=form.cleaned_data["how"],
                voices=form.voices,
                by=request.user,
            )

        if _saved(form, save):
            messages.success(request, say("Noted in the plan, and shown to everybody."))
            return redirect(consultation)
    return render(request, "consultation/record.html", {**_about(consultation), "form": form})


@require_safe
@page(Verb.MODERATE, about=visible_comment)
def comment(request: SignedInRequest, comment: Comment) -> HttpResponse:
    """Show one comment with all that can be done about it."""
    return _comment_page(request, comment)


@require_POST
@page(Verb.MODERATE, about=visible_comment)
def comment_show(request: SignedInRequest, comment: Comment) -> HttpResponse:
    """Let everybody read a comment."""
    commenting.show_comment(comment=comment, by=request.user)
    messages.success(request, say("Everybody can read the comment now. Please reply to it."))
    if request.POST.get("then") == "list":
        return redirect(comment.consultation)
    return redirect("comment", comment.pk)


@require_POST
@page(Verb.MODERATE, about=visible_comment)
def comment_withhold(request: SignedInRequest, comment: Comment) -> HttpResponse:
    """Keep a comment from being read, with the reason."""
    form = WithholdForm(request.POST, prefix="withhold")

    def save() -> None:
        reason = form.cleaned_data["reason"]
        commenting.withhold_comment(comment=comment, reason=reason, by=request.user)

    if form.is_valid() and _saved(form, save):
        messages.success(request, say("The comment is not shown; the reason is kept."))
        return redirect(comment.consultation)
    return _comment_page(request, comment, withhold=form)


@require_POST
@page(Verb.MODERATE, about=visible_comment)
def comment_reply(request: SignedInRequest, comment: Comment) -> HttpResponse:
    """Answer a comment for everybody to read."""
    form = ReplyForm(request.POST, consultation=comment.consultation, prefix="reply")

    def save() -> None:
        commenting.reply_to_comment(
            comment=comment,
            reply=form.cleaned_data["reply"],
            changed_in=form.cleaned_data["changed_in"],
            by=request.user,
        )

    if form.is_valid() and _saved(form, save):
        messages.success(request, say("Everybody can read your reply now."))
        return redirect(comment.consultation)
    return _comment_page(request, comment, reply=form)


def _comment_page(request: SignedInRequest, comment: Comment, **forms: Form) -> HttpResponse:
    consultation = comment.consultation
    titles = _titles(consultation)
    if comment.about not in titles:
        raise Http404
    number = comment.changed_in.number if comment.changed_in else ""
    usual = {
        "withhold": WithholdForm(initial={"reason": comment.reason}, prefix="withhold"),
        "reply": ReplyForm(
            initial={"reply": comment.reply, "changed_in": number},
            consultation=consultation,
            prefix="reply",
        ),
    }
    context = {**_about(consultation), "comment": comment, "part": titles[comment.about]}
    return render(request, "consultation/comment.html", {**context, **usual, **forms})


def _about(consultation: Consultation) -> dict[str, Any]:
    content = consultation.revision.content
    return {
        "consultation": consultation,
        "title": text_of(content.title, content),
        "open": consultation.takes_comments(timezone.localdate()),
    }


def _titles(consultation: Consultation) -> dict[str, str]:
    parts = parts_of(consultation.revision.content)
    return {"": say("The draft as a whole")} | {
        where: str(one.title) for where, one in parts.items()
    }


def _saved(form: Form, save: Callable[[], object]) -> bool:
    """Save, or put the reason on the form, which keeps what was typed."""
    try:
        save()
    except ForestallError as wrong:
        form.add_error(None, str(wrong))
        return False
    return True
