"""This file knows how needs and offers are stated, changed and withdrawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from django.db import transaction

from forestall.assistance import Need, Offer, ProposalState, check_assistance, check_words
from forestall.errors import InvalidEntry
from forestall.languages import has_words, message
from forestall.web.assistance.models import (
    HOLDING,
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    plain,
)
from forestall.web.assistance.moving import move_proposal
from forestall.web.audit.services import record
from forestall.web.organisations.in_turn import wait_for_all_places
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.languages import Texts
    from forestall.web.organisations.models import Jurisdiction, Organisation
    from forestall.web.people.models import Person

Row = TypeVar("Row", AssistanceNeed, AssistanceOffer)


@transaction.atomic
def state_need(
    *,
    jurisdiction: Jurisdiction,
    parts: Mapping[str, Any],
    asked: date,
    by: Person,
    origin: Mapping[str, Any] | None = None,
) -> AssistanceNeed:
    """State a need of a place; all members of the workspace see it.

    Parameters
    ----------
    parts
        The fields of the record of the library, without key, owner and day.
    asked
        From when it waits.
    origin
        The answer of a national reply that it was drawn from.

    Raises
    ------
    NotAllowed
        If the person may not state needs of the place.
    InvalidAssistance
        If the parts contradict themselves.
    """
    check_may(by, Verb.STATE_ASSISTANCE, jurisdiction)
    wait_for_all_places()
    need = Need(
        key=free_key(AssistanceNeed, f"{jurisdiction.slug}-{parts['area']}"),
        owner={jurisdiction.language: jurisdiction.name},
        asked=asked,
        **parts,
    )
    check_assistance([need], [])
    new = AssistanceNeed.objects.create(
        jurisdiction=jurisdiction, key=need.key, document=plain(need), origin=dict(origin or {})
    )
    _log("state need", new, by)
    return new


@transaction.atomic
def state_offer(
    *,
    organisation: Organisation,
    parts: Mapping[str, Any],
    by: Person,
    origin: Mapping[str, Any] | None = None,
) -> AssistanceOffer:
    """State an offer of an organisation; all members of the workspace see it.

    Raises
    ------
    NotAllowed, InvalidAssistance
        As in `state_need`.
    """
    place = organisation.jurisdiction
    check_may(by, Verb.STATE_ASSISTANCE, place)
    wait_for_all_places()
    offer = Offer(
        key=free_key(AssistanceOffer, f"{place.slug}-{organisation.key}"[:70]),
        owner={place.language: organisation.name},
        **parts,
    )
    check_assistance([], [offer])
    new = AssistanceOffer.objects.create(
        jurisdiction=place,
        organisation=organisation,
        key=offer.key,
        document=plain(offer),
        origin=dict(origin or {}),
    )
    _log("state offer", new, by)
    return new


@transaction.atomic
def change_need(*, need: AssistanceNeed, parts: Mapping[str, Any], by: Person) -> AssistanceNeed:
    """Change a need; its area stays, and since when it waits.

    Raises
    ------
    NotAllowed, InvalidAssistance
        As in `state_need`.
    InvalidEntry
        If it was withdrawn, or a proposal rests on it.
    """
    check_may(by, Verb.STATE_ASSISTANCE, need.jurisdiction)
    locked = _open(AssistanceNeed, need)
    if locked.proposals.filter(state__in=HOLDING).exists():
        raise InvalidEntry(
            message("A proposal rests on this need as it is; decline or withdraw that first.")
        )
    changed = msgspec.structs.replace(locked.content, **_but(parts, "area"))
    check_assistance([changed], [])
    return _changed(locked, changed, "change need", by)


@transaction.atomic
def change_offer(
    *, offer: AssistanceOffer, parts: Mapping[str, Any], by: Person
) -> AssistanceOffer:
    """Change an offer; proposals that were made stay.

    Raises
    ------
    NotAllowed, InvalidAssistance
        As in `state_need`.
    InvalidEntry
        If it was withdrawn, or more proposals rest on it than it could answer.
    """
    check_may(by, Verb.STATE_ASSISTANCE, offer.jurisdiction)
    locked = _open(AssistanceOffer, offer)
    changed = msgspec.structs.replace(locked.content, **parts)
    check_assistance([], [changed])
    resting = locked.proposals.filter(state__in=HOLDING).count()
    if changed.capacity < resting:
        raise InvalidEntry(
            message(
                "{count} proposals rest on this offer; it has to answer as many.", count=resting
            )
        )
    return _changed(locked, changed, "change offer", by)


@transaction.atomic
def withdraw_stated(*, stated: Row, because: Texts, by: Person, today: date) -> Row:
    """Withdraw a need or an offer, and the proposals that rest on it and have not begun.

    What is returned is as it was kept; what was given is as it was read before.

    Raises
    ------
    NotAllowed
        If the person may not state for the place.
    InvalidEntry
        If there is no reason, it was withdrawn, or a mission is under way.
    """
    check_may(by, Verb.STATE_ASSISTANCE, stated.jurisdiction)
    check_words("because", because)
    if not has_words(because):
        raise InvalidEntry(message("Say why, so that others understand it."))
    locked = _open(type(stated), stated)
    # Who answers one just now is waited for, so that no mission that began is withdrawn unseen.
    resting = list(
        AssistanceProposal.objects.select_for_update()
        .filter(pk__in=locked.proposals.values("pk"))
        .order_by("pk")
    )
    if any(one.state == ProposalState.UNDER_WAY for one in resting):
        raise InvalidEntry(message("A mission is under way; end it first."))
    for one in resting:
        if one.state in (ProposalState.PROPOSED, ProposalState.ACCEPTED):
            move_proposal(one, ProposalState.WITHDRAWN, on=today, because=because)
    locked.withdrawn_on, locked.withdrawn_because = today, because
    locked.revision += 1
    locked.save()
    verb = "withdraw need" if isinstance(locked, AssistanceNeed) else "withdraw offer"
    _log(verb, locked, by)
    return locked


def free_key(kind: type[Row], wanted: str) -> str:
    """Return a key that no row has yet."""
    base = re.sub("[^a-z0-9]+", "-", wanted.lower()).strip("-") or "assistance"
    taken = set(kind.objects.filter(key__startswith=base).values_list("key", flat=True))
    if base not in taken:
        return base
    return next(
        key for number in range(2, len(taken) + 3) if (key := f"{base}-{number}") not in taken
    )


def _open(kind: type[Row], stated: AssistanceNeed | AssistanceOffer) -> Row:
    wait_for_all_places()
    locked = kind.objects.select_for_update().get(pk=stated.pk)
    if locked.withdrawn_on is not None:
        raise InvalidEntry(message("This was withdrawn and stays so; state it anew."))
    return locked


def _changed(locked: Row, content: Need | Offer, verb: str, by: Person) -> Row:
    if content != locked.content:
        locked.document = plain(content)
        locked.revision += 1
        locked.save(update_fields=["document", "revision"])
        _log(verb, locked, by)
    return locked


def _log(verb: str, one: AssistanceNeed | AssistanceOffer, by: Person) -> None:
    record(verb, by=by, about=one.key, jurisdiction=one.jurisdiction, revision=one.revision)


def _but(parts: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if key != name}
