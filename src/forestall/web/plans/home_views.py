"""This file knows the first page: what waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from forestall.web.plans.also_waiting import also_waiting
from forestall.web.plans.models import Plan
from forestall.web.plans.waiting import decisions_for, duties_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest


# Of each kind; the pages on follow-up and on rights show all.
MOST = 10


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the person: of much, what is due first."""
    today = timezone.localdate()
    duties, decisions = duties_for(request.user, today=today), decisions_for(request.user)
    return render(
        request,
        "plans/home.html",
        {
            "duties": duties[:MOST],
            "all_duties": len(duties),
            "decisions": decisions[:MOST],
            "all_decisions": len(decisions),
            "also": also_waiting(request.user, today=today),
            "plans": Plan.objects.visible_to(request.user).defer("document")[:10],
        },
    )
