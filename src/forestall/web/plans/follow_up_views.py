"""This file knows the pages on which plans are followed across a jurisdiction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from forestall.web.indicators.shown import failed_sources
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page
from forestall.web.plans.models import Plan
from forestall.web.plans.waiting import duties_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest


@list_page(Verb.READ)
def follow_up(request: SignedInRequest) -> HttpResponse:
    """Show what is late and what is due within 30 days, and the plans that are followed."""
    plans = Plan.objects.visible_to(request.user).followed()
    plans = plans.select_related("jurisdiction").defer("document")
    return render(
        request,
        "plans/follow_up.html",
        {
            "duties": duties_for(request.user, today=timezone.localdate()),
            "plans": plans,
            "failed": failed_sources(list(plans)),
        },
    )
