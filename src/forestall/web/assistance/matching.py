"""This file knows a round of matching: what goes in, how it is worked out, what is proposed.

A small round is worked out at once, a large one in the background. In both cases what went in is
kept first, and only pairs that did not change meanwhile become proposals.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from django.db import transaction

from forestall.assistance import (
    Need,
    Offer,
    Proposal,
    Window,
    match_assistance,
    matching_file,
    proposals_of,
)
from forestall.errors import InvalidEntry
from forestall.languages import available_languages, message
from forestall.web.assistance.models import (
    HOLDING,
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    MatchingRound,
    RoundState,
    is_over,
    plain,
)
from forestall.web.assistance.policies import check_may_match
from forestall.web.audit.services import record
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.in_turn import wait_for_all_places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

Record = TypeVar("Record", Need, Offer)
MATCH = "match assistance"
# A round with at most so many pairs to look at takes less than a second.
MOST_AT_ONCE = 5000


def start_round(*, jurisdiction: Jurisdiction, by: Person, today: date) -> MatchingRound:
    """Match all open needs and offers of the workspace, and propose what fits.

    Raises
    ------
    NotAllowed
        If the person may not start a round there.
    InvalidEntry
        If no need is open, or a round is worked out just now.
    """
    check_may_match(by, jurisdiction)
    with transaction.atomic():
        wait_for_all_places()
        new = _begun(jurisdiction, by, today)
        record(
            "start matching",
            by=by,
            about=f"round {new.pk}",
            jurisdiction=jurisdiction,
            needs=len(new.inputs["needs"]),
            offers=len(new.inputs["offers"]),
        )
        pairs = len(new.inputs["needs"]) * len(new.inputs["offers"])
        if pairs <= MOST_AT_ONCE:
            work_out(new)
        else:
            new.job = start_job(kind=MATCH, jurisdiction=jurisdiction, by=by, number=new.pk)
            new.save(update_fields=["job"])
    return MatchingRound.objects.select_related("job").get(pk=new.pk)


def _begun(jurisdiction: Jurisdiction, by: Person, today: date) -> MatchingRound:
    working = MatchingRound.objects.filter(state=RoundState.WORKING.value).select_related("job")
    if any(one.is_open for one in working):
        raise InvalidEntry(message("A round is being worked out; wait until it has ended."))
    working.update(state=RoundState.FAILED.value)
    inputs = _inputs(today)
    if not inputs["needs"]:
        raise InvalidEntry(message("No need is open, so there is nothing to match."))
    return MatchingRound.objects.create(
        jurisdiction=jurisdiction, made_by=by, on=today, inputs=inputs
    )


def _inputs(today: date) -> dict[str, Any]:
    """Return what is matched: what is open, and what holds a place already."""
    rows = list(AssistanceProposal.objects.select_related("need", "offer").order_by("pk"))
    held = [one for one in rows if one.state in HOLDING]
    bound = {one.need.key: one.need for one in held}
    lent = Counter(one.offer.key for one in held)
    needs, offers = dict(bound), {one.offer.key: one.offer for one in held}
    needs |= {
        one.key: one
        for one in AssistanceNeed.objects.filter(withdrawn_on=None)
        if _fits_from(one.content, today)
    }
    open_offers = {
        one.key: one
        for one in AssistanceOffer.objects.filter(withdrawn_on=None)
        if not is_over(one, today)
    }
    offers |= open_offers
    return {
        "needs": [
            plain(one.content if key in bound else _from(one.content, today))
            for key, one in needs.items()
        ],
        "offers": [
            plain(
                _from(one.content, today)
                if key in open_offers
                else msgspec.structs.replace(one.content, capacity=lent[key])
            )
            for key, one in offers.items()
        ],
        "proposals": [
            one.document for one in rows if one.need.key in needs and one.offer.key in offers
        ],
        "revisions": {
            "needs": {key: one.revision for key, one in needs.items()},
            "offers": {key: one.revision for key, one in offers.items()},
        },
    }


def _fits_from(need: Need, today: date) -> bool:
    """Say whether so many days are left as the need takes."""
    first = max(need.window.first, today)
    return (need.window.last - first).days + 1 >= need.days


def _from(content: Record, today: date) -> Record:
    """Return a record whose days begin today at the earliest: help takes place from now on."""
    window = Window(first=max(content.window.first, today), last=content.window.last)
    return msgspec.structs.replace(content, window=window)


def work_out(found: MatchingRound) -> None:
    """Match what went into a round, keep the result, and propose what did not change meanwhile.

    A round that ended is not worked out again.

    Raises
    ------
    InvalidAssistance
        If what went in contradicts itself.
    """
    if found.state != RoundState.WORKING:
        return
    languages = available_languages()
    matched = match_assistance(
        msgspec.convert(found.inputs["needs"], list[Need]),
        msgspec.convert(found.inputs["offers"], list[Offer]),
        proposals=msgspec.convert(found.inputs["proposals"], list[Proposal]),
    )
    made = proposals_of(matched, on=found.on, languages=languages)
    with transaction.atomic():
        wait_for_all_places()
        locked = MatchingRound.objects.select_for_update().get(pk=found.pk)
        if locked.state != RoundState.WORKING:
            return
        locked.result = plain(matching_file(matched, languages=languages))
        locked.left_out = _propose(locked, made)
        locked.state = RoundState.DONE.value
        locked.save(update_fields=["result", "left_out", "state"])
        record(
            "end matching",
            by=None,
            about=f"round {locked.pk}",
            jurisdiction=locked.jurisdiction,
            proposed=len(made) - len(locked.left_out),
        )


def _propose(found: MatchingRound, made: tuple[Proposal, ...]) -> list[str]:
    """Keep proposals, and return the needs of those that no longer hold."""
    revisions = found.inputs["revisions"]
    needs = _as_matched(AssistanceNeed.objects.all(), revisions["needs"])
    offers = _as_matched(AssistanceOffer.objects.all(), revisions["offers"])
    held = AssistanceProposal.objects.filter(state__in=HOLDING)
    bound = set(held.values_list("need__key", flat=True))
    lent = Counter(held.values_list("offer__key", flat=True))
    left_out = []
    for one in made:
        need, offer = needs.get(one.need), offers.get(one.offer)
        if (
            need is None
            or offer is None
            or one.need in bound
            or lent[one.offer] >= offer.content.capacity
        ):
            left_out.append(one.need)
        else:
            lent[one.offer] += 1
            AssistanceProposal.objects.create(
                round=found, need=need, offer=offer, document=plain(one)
            )
    return left_out


def _as_matched(rows: Any, revisions: Mapping[str, int]) -> dict[str, Any]:
    return {
        one.key: one
        for one in rows.filter(withdrawn_on=None)
        if revisions.get(one.key) == one.revision
    }
