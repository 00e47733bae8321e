"""This file knows what stands beside an answer: its evidence, remarks on it, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError, InvalidQuestionnaire, NotAllowed
from forestall.languages import say
from forestall.questionnaires.checking import label_of
from forestall.web.design.written import WrittenField
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page, refused
from forestall.web.returns.answering import section_of
from forestall.web.returns.begin_form import FileSized
from forestall.web.returns.evidence import (
    attach_evidence,
    detach_evidence,
    evidence_of,
    may_read_evidence,
    remark_on,
    settle_remark,
)
from forestall.web.returns.models import visible_return
from forestall.web.returns.policies import check_may_write
from forestall.web.returns.views import about, group_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Remark, Return


class EvidenceForm(FileSized):
    """A file that shows what an answer says."""

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"] = forms.FileField(
            label=say("The file"),
            help_text=say("At most 5 MB. The reply names it, with its SHA-256."),
        )


class RemarkForm(forms.Form):
    """A remark on an answer."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["text"] = WrittenField(
            label=say("Your remark"),
            help_text=say("Those who write this section read it. It leaves with no file."),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        )


@require_http_methods(["GET", "POST"])
@page(Verb.WRITE_RETURN, about=visible_return)
def beside(request: SignedInRequest, found: Return, item: str) -> HttpResponse:
    """Show the evidence of an answer and the remarks on it; add to both."""
    question = found.asked.item(item)
    try:
        section = section_of(found.asked, item)
    except InvalidQuestionnaire:
        raise Http404 from None
    try:
        check_may_write(request.user, found, section)
    except NotAllowed as refusal:
        return refused(request, refusal)
    assert question is not None  # because it stands in a section
    evidence, remark = _forms(request)
    if request.method == "POST" and _done(request, found, item, evidence, remark):
        return redirect("return-beside", found.pk, item)
    shared = about(request, found) | {"here": section, "group": group_of(found.asked, section)}
    shared |= {
        "item": question,
        "label": label_of(question),
        "evidence_form": evidence,
        "remark_form": remark,
        "evidence": evidence_of(found, item),
        "remarks": found.remarks.filter(item=item).select_related("made_by"),
    }
    return render(request, "returns/beside.html", shared)


def _forms(request: SignedInRequest) -> tuple[EvidenceForm, RemarkForm]:
    attached = request.method == "POST" and "attach" in request.POST
    remarked = request.method == "POST" and "remark" in request.POST
    return (
        EvidenceForm(request.POST, request.FILES) if attached else EvidenceForm(),
        RemarkForm(request.POST) if remarked else RemarkForm(),
    )


def _done(
    request: SignedInRequest, found: Return, item: str, evidence: EvidenceForm, remark: RemarkForm
) -> bool:
    """Do what was asked for, or put the reason on its form."""
    by = request.user
    try:
        if evidence.is_bound and evidence.is_valid():
            file = evidence.cleaned_data["file"]
            attach_evidence(found=found, item=item, name=file.name, content=file.read(), by=by)
        elif remark.is_bound and remark.is_valid():
            remark_on(found=found, item=item, text=remark.cleaned_data["text"], by=by)
        elif "detach" in request.POST:
            detach_evidence(found=found, item=item, sha256=request.POST["detach"], by=by)
        elif "settle" in request.POST:
            settle_remark(remark=_remark(found, item, request.POST["settle"]), by=by)
        else:
            return False
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return True
    messages.success(request, say("Saved."))
    return True


def _remark(found: Return, item: str, number: str) -> Remark:
    for one in found.remarks.filter(item=item):
        if str(one.pk) == number:
            return one
    raise Http404


@page(Verb.READ, about=visible_return)
def evidence_file(request: SignedInRequest, found: Return, piece: int) -> HttpResponse:
    """Give a file of evidence to those who read the answer; a browser only keeps it."""
    return evidence_file_for(request.user, found, piece)


def evidence_file_for(person: Person, found: Return, piece: int) -> HttpResponse:
    """Answer with a file of evidence, or that it does not exist for the person."""
    one = get_object_or_404(found.evidence, pk=piece)
    if not may_read_evidence(person, one):
        raise Http404
    return HttpResponse(
        bytes(one.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="evidence-{one.pk}{_end(one.name)}"'
        },
    )


def _end(name: str) -> str:
    """Return the ending of a name, where it is an ordinary one."""
    end = name.rpartition(".")[2].lower()
    return f".{end}" if end.isascii() and end.isalnum() and len(end) <= 5 else ""


@page(Verb.READ, about=visible_return)
def versions(request: SignedInRequest, found: Return) -> HttpResponse:
    """Show every saved change of a reply, the newest first."""
    revisions = found.revisions.select_related("saved_by").defer("document")
    shared = about(request, found) | {"here": "versions", "revisions": revisions[:500]}
    return render(request, "returns/versions.html", shared)
