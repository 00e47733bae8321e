"""This file knows what the pages of a reading share: their guard, their order, their frame.

Every page looks first in which order it is asked to put states. Any other than by name or by
region is refused with the reason.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from forestall.errors import RankingRefused
from forestall.questionnaires.checking import label_of
from forestall.questionnaires.together import StateOrder, regions, state_order_named
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page
from forestall.web.secretariat.forms import RegionForm
from forestall.web.secretariat.gathered import MOST_ON_A_PAGE, Gathered
from forestall.web.secretariat.models import visible_reading
from forestall.web.secretariat.shown import named, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from forestall.questionnaires import Item
    from forestall.web.pages import SignedInRequest
    from forestall.web.secretariat.models import Reading

Rest = ParamSpec("Rest")
_ASKS_FOR_AN_ORDER = ("order", "order_by", "ordering", "rank", "ranking", "sort", "sort_by")


def reading_page(
    verb: Verb,
) -> Callable[
    [Callable[Concatenate[SignedInRequest, Reading, Rest], HttpResponse]],
    Callable[..., HttpResponseBase],
]:
    """Guard a page on a reading: it exists for the person, whose role allows it, in a fit order."""

    def guard(
        view: Callable[Concatenate[SignedInRequest, Reading, Rest], HttpResponse],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def ordered(
            request: SignedInRequest, reading: Reading, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponse:
            try:
                order_of(request)
            except RankingRefused as refusal:
                shared = {"reading": reading, "reason": str(refusal)}
                return render(request, "secretariat/no_order.html", shared, status=400)
            return view(request, reading, *args, **kwargs)

        return page(verb, about=visible_reading)(ordered)

    return guard


def order_of(request: HttpRequest) -> StateOrder:
    """Return in which order states are asked for.

    Raises
    ------
    RankingRefused
        If it is any other than by name or by region.
    """
    asked = [one for name in _ASKS_FOR_AN_ORDER for one in request.GET.getlist(name)]
    named = [state_order_named(one) for one in asked]
    return named[0] if named else StateOrder.NAME


def gathered_for(request: HttpRequest, reading: Reading) -> Gathered:
    """Return what a reading holds, of the region and in the order that is asked for."""
    region = request.GET.get("region", "")
    if region and region not in regions():
        raise Http404
    return Gathered(reading=reading, region=region, order=order_of(request))


def about(request: SignedInRequest, reading: Reading, part: str) -> dict[str, Any]:
    """Return what every page on a reading needs."""
    return {
        "reading": reading,
        "asked": reading.definition,
        "part": part,
        "gathers": may(request.user, Verb.GATHER_REPLIES, reading.jurisdiction),
        "named": named,
        "label_of": label_of,
        "rows_of": rows_of,
    }


def quoted(
    request: SignedInRequest, gathered: Gathered, items: Iterable[Item], wanted: str = ""
) -> dict[str, Any]:
    """Return a page of quotations, with how many there are."""
    known = list(items)
    pages = Paginator(gathered.places(known, wanted), MOST_ON_A_PAGE)
    one = pages.get_page(request.GET.get("page"))
    return {
        "page": one,
        "quotations": gathered.quotations(known, list(one.object_list), wanted),
        "quotations_total": pages.count,
        "region_form": RegionForm(request.GET),
        "gathered": gathered,
    }
