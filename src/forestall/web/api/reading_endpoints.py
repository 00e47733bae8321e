"""This file knows the addresses at which replies of many states are read together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from django.http import Http404, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from forestall.languages import in_language, message
from forestall.questionnaires import AnswerType
from forestall.questionnaires.together import in_state_order, paragraphs_of, themes_of
from forestall.web.api.bodies import answer
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.reading_records import (
    CountRow,
    GatheredReply,
    QuotationRow,
    Quotations,
    ReadingRow,
    ResponseRow,
    ThemeRow,
    Themes,
)
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.secretariat.models import Reading, ReceivedReply, visible_reading
from forestall.web.secretariat.pages import gathered_for, order_of
from forestall.web.secretariat.shown import rows_of, said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.questionnaires import Item, Questionnaire
    from forestall.questionnaires.together import ItemCounts
    from forestall.web.secretariat.gathered import Quotation

reading_for = reached_by(visible_reading)
_Some = Annotated[str, Field(max_length=200)]


class InOrder(Schema):
    """In which order states stand, and of which region.

    Attributes
    ----------
    order
        "name" or "region"; any order by an answer is refused.
    region
        Code of a region of M49; empty for all.
    """

    order: _Some = "name"
    region: Literal["", "002", "019", "142", "150", "009"] = ""


class Quoted(InOrder):
    """Which quotations are looked for; what is empty leaves nothing out.

    Attributes
    ----------
    item, theme, paragraph
        On what they are.
    words
        All of them have to stand in a quotation.
    """

    item: _Some = ""
    theme: _Some = ""
    paragraph: _Some = ""
    words: _Some = ""


def reading_row(one: Reading) -> ReadingRow:
    """Return a reading as a row of a list."""
    return ReadingRow(
        number=one.pk,
        title=one.title,
        questionnaire=one.questionnaire,
        version=one.version,
        made_at=one.made_at,
    )


def gathered_reply(one: ReceivedReply) -> GatheredReply:
    """Return a reply that is here as a row of a list."""
    return GatheredReply(
        state=one.state,
        name=str(one.state_name),
        on=one.on,
        office=one.office,
        how=one.how,
        file=one.name,
        sha256=one.sha256,
        received_at=one.received_at,
    )


@endpoint(
    "GET",
    "/readings",
    says=message("List where replies of many states are gathered."),
    needs=Verb.STUDY_REPLIES,
    answer=list[ReadingRow],
)
def list_readings(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the last begun first."""
    place = place_for(request.auth, Verb.STUDY_REPLIES)
    found = Reading.objects.filter(jurisdiction=place)
    return answer([reading_row(one) for one in found[offset : offset + limit]])


@endpoint(
    "GET",
    "/readings/{number}",
    says=message("Read who replied and who is missing."),
    needs=Verb.STUDY_REPLIES,
    answer=list[ResponseRow],
)
def read_response(request: TokenRequest, number: int, wanted: Query[InOrder]) -> HttpResponse:
    """Return all states first, then each region."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    return answer(
        [
            ResponseRow(
                region=one.region,
                asked=one.asked,
                replied=list(one.replied),
                missing=list(one.missing),
            )
            for one in gathered_for(request, reading).response
        ]
    )


@endpoint(
    "GET",
    "/readings/{number}/counts",
    says=message("Read how many states answered each item, and what."),
    needs=Verb.STUDY_REPLIES,
    answer=list[CountRow],
)
def read_counts(request: TokenRequest, number: int, wanted: Query[InOrder]) -> HttpResponse:
    """Return every item in the order of the questionnaire; no confidential answer is counted."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    gathered = gathered_for(request, reading)
    asked = reading.definition
    return answer(
        [_counted(one, gathered.region, asked) for one in gathered.counts(_answered(asked.items))]
    )


@endpoint(
    "GET",
    "/readings/{number}/items/{item}",
    says=message("Read how many states answered one item, and what, by region."),
    needs=Verb.STUDY_REPLIES,
    answer=list[CountRow],
)
def read_item(
    request: TokenRequest, number: int, item: str, wanted: Query[InOrder]
) -> HttpResponse:
    """Return all states first, then each region."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    asked = reading.definition
    found = _item(asked, item)
    gathered = gathered_for(request, reading)
    whole = _counted(gathered.counts([found])[0], gathered.region, asked)
    parts = gathered.counts_by_region(found)
    return answer([whole, *(_counted(one.counts, one.region, asked) for one in parts)])


@endpoint(
    "GET",
    "/readings/{number}/themes",
    says=message("List by which themes and paragraphs replies can be read."),
    needs=Verb.STUDY_REPLIES,
    answer=Themes,
)
def read_themes(request: TokenRequest, number: int) -> HttpResponse:
    """Return them with the items that are read together in each."""
    asked = reading_for(request.auth, number, Verb.STUDY_REPLIES).definition
    paragraphs = paragraphs_of(asked)
    return answer(
        Themes(
            themes=[
                ThemeRow(key=one.key, title=in_language(one.title), items=_keys(one.items))
                for one in themes_of(asked)
            ],
            paragraphs={paragraph: _keys(items) for paragraph, items in paragraphs.items()},
        )
    )


@endpoint(
    "GET",
    "/readings/{number}/quotations",
    says=message("Find what states wrote, by item, theme, paragraph, region or words."),
    needs=Verb.STUDY_REPLIES,
    answer=Quotations,
)
def read_quotations(
    request: TokenRequest,
    number: int,
    wanted: Query[Quoted],
    limit: Limit = 50,
    offset: Offset = 0,
) -> HttpResponse:
    """Return them by item and then by state, as the pages show them."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    items = _wanted(reading.definition, wanted)
    gathered = gathered_for(request, reading)
    keys = gathered.places(items, wanted.words)
    found = gathered.quotations(items, keys[offset : offset + limit])
    return answer(Quotations(total=len(keys), quotations=[_quotation(one) for one in found]))


@endpoint(
    "GET",
    "/readings/{number}/replies",
    says=message("List which replies are here, and where each came from."),
    needs=Verb.STUDY_REPLIES,
    answer=list[GatheredReply],
)
def list_gathered(request: TokenRequest, number: int, wanted: Query[InOrder]) -> HttpResponse:
    """Return them in the order of states."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    found = {one.state: one for one in reading.replies.all()}
    return answer(
        [gathered_reply(found[code]) for code in in_state_order(found, by=order_of(request))]
    )


def _item(asked: Questionnaire, key: str) -> Item:
    found = asked.item(key)
    if found is None or found.type is AnswerType.HEADING:
        raise Http404
    return found


def _wanted(asked: Questionnaire, wanted: Quoted) -> list[Item]:
    """Return the items on which every filter agrees."""
    items = _answered(asked.items)
    if wanted.item:
        items = [one for one in items if one is _item(asked, wanted.item)]
    if wanted.theme:
        named = {one.key: one.items for one in themes_of(asked)}.get(wanted.theme)
        items = _both(items, named)
    if wanted.paragraph:
        items = _both(items, paragraphs_of(asked).get(wanted.paragraph))
    return items


def _both(items: list[Item], named: Sequence[Item] | None) -> list[Item]:
    if named is None:
        raise Http404
    return [one for one in items if one in named]


def _answered(items: Sequence[Item]) -> list[Item]:
    return [one for one in items if one.type is not AnswerType.HEADING]


def _keys(items: Sequence[Item]) -> list[str]:
    return [one.key for one in items]


def _counted(one: ItemCounts, region: str, asked: Questionnaire) -> CountRow:
    said = said_by(one)
    return CountRow(
        item=one.item.key,
        region=region,
        asked=one.asked,
        replied=one.replied,
        answered=one.answered,
        said={row.key: said[row.key] for row in rows_of(one, asked)},
    )


def _quotation(one: Quotation) -> QuotationRow:
    return QuotationRow(
        item=one.item.key,
        state=one.answer.state,
        name=str(one.name),
        choice=one.answer.choice.value if one.answer.choice else "",
        words=one.answer.words,
        follow_up=one.answer.follow_up,
        language=one.answer.language,
    )
