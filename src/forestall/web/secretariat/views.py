"""This file knows the pages on which many replies are read together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render

from forestall.questionnaires import AnswerType
from forestall.questionnaires.together import (
    RegionName,
    StateName,
    StateOrder,
    paragraphs_of,
    themes_of,
)
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, places_where
from forestall.web.secretariat.forms import SearchForm
from forestall.web.secretariat.models import Reading
from forestall.web.secretariat.pages import about, gathered_for, quoted, reading_page
from forestall.web.secretariat.shown import replied_words, said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from forestall.questionnaires import Item
    from forestall.web.pages import SignedInRequest


@list_page(Verb.STUDY_REPLIES)
def readings(request: SignedInRequest) -> HttpResponse:
    """Show the readings that exist for the person."""
    places = places_where(request.user, Verb.STUDY_REPLIES)
    found = Reading.objects.filter(jurisdiction__in=places).select_related("jurisdiction")
    may_begin = bool(places_where(request.user, Verb.GATHER_REPLIES))
    return render(
        request, "secretariat/list.html", {"readings": found[:200], "may_begin": may_begin}
    )


@reading_page(Verb.STUDY_REPLIES)
def reading(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Show how many replied, who is missing, and what each section holds."""
    gathered = gathered_for(request, reading)
    response = gathered.response
    shared = about(request, reading, "reading")
    shared |= {
        "response": response,
        "replied": replied_words(response[0]),
        "region_name": RegionName,
        "state_name": StateName,
        "by_region": gathered.order is StateOrder.REGION,
        "counts": {one.item.key: one for one in gathered.counts(_answered(shared["asked"].items))},
    }
    return render(request, "secretariat/reading.html", shared)


@reading_page(Verb.STUDY_REPLIES)
def item(request: SignedInRequest, reading: Reading, item: str) -> HttpResponse:
    """Show how many answered one item and what, by region, and their words."""
    shared = about(request, reading, "themes")
    found = shared["asked"].item(item)
    if found is None or found.type is AnswerType.HEADING:
        raise Http404
    gathered = gathered_for(request, reading)
    shared |= quoted(request, gathered, [found])
    shared |= {
        "item": found,
        "counts": gathered.counts([found])[0],
        "regions": gathered.counts_by_region(found),
        "region_name": RegionName,
        "said_in": lambda counts, row: said_by(counts)[row.key],
        "parent": shared["asked"].item(found.parent) if found.parent else None,
    }
    return render(request, "secretariat/item.html", shared)


@reading_page(Verb.STUDY_REPLIES)
def themes(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Show by what answers can be read together."""
    shared = about(request, reading, "themes")
    shared |= {
        "themes": themes_of(shared["asked"]),
        "paragraphs": paragraphs_of(shared["asked"]),
    }
    return render(request, "secretariat/themes.html", shared)


@reading_page(Verb.STUDY_REPLIES)
def theme(request: SignedInRequest, reading: Reading, theme: str) -> HttpResponse:
    """Show what states answered on one theme."""
    shared = about(request, reading, "themes")
    found = next((one for one in themes_of(shared["asked"]) if one.key == theme), None)
    if found is None:
        raise Http404
    shared |= {"theme": found, "paragraph": ""}
    return render(request, "secretariat/theme.html", shared | _read(request, reading, found.items))


@reading_page(Verb.STUDY_REPLIES)
def paragraph(request: SignedInRequest, reading: Reading, paragraph: str) -> HttpResponse:
    """Show what states answered on one paragraph of an instrument."""
    shared = about(request, reading, "themes")
    items = paragraphs_of(shared["asked"]).get(paragraph)
    if items is None:
        raise Http404
    shared |= {"theme": None, "paragraph": paragraph}
    return render(request, "secretariat/theme.html", shared | _read(request, reading, items))


@reading_page(Verb.STUDY_REPLIES)
def search(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Find words in what states wrote."""
    shared = about(request, reading, "search")
    form = SearchForm(request.GET)
    wanted = form.cleaned_data.get("words", "") if form.is_valid() else ""
    shared |= {"form": form, "wanted": wanted}
    if wanted:
        items = _answered(shared["asked"].items)
        shared |= quoted(request, gathered_for(request, reading), items, wanted)
    return render(request, "secretariat/search.html", shared)


def _read(request: SignedInRequest, reading: Reading, items: Sequence[Item]) -> dict[str, Any]:
    gathered = gathered_for(request, reading)
    return quoted(request, gathered, items) | {"counts": gathered.counts(items)}


def _answered(items: Sequence[Item]) -> list[Item]:
    return [one for one in items if one.type is not AnswerType.HEADING]
