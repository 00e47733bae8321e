"""This file knows the files of assistance: what leaves the workspace, and what is brought into it.

Both are the files of the library, so that the command line and other workspaces read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from msgspec.structs import replace

from forestall.assistance import (
    Need,
    NeedsFile,
    Offer,
    OffersFile,
    Proposal,
    ProposalsFile,
    ProposalState,
    assistance_from_json,
    obstacles_between,
)
from forestall.assistance.spelling import compared_name
from forestall.errors import InvalidAssistance
from forestall.languages import message, say
from forestall.web.assistance.models import (
    HOLDING,
    AssistanceMission,
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    plain,
)
from forestall.web.assistance.policies import check_may_match
from forestall.web.audit.services import record
from forestall.web.organisations.in_turn import wait_for_all_places
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forestall.web.organisations.models import Jurisdiction, Organisation
    from forestall.web.people.models import Person

FILES = ("needs", "offers", "proposals")
Row = TypeVar("Row", AssistanceNeed, AssistanceOffer)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """How many records of a file were added, changed something here, or were left out."""

    added: int = 0
    changed: int = 0
    left_out: int = 0

    def summary(self) -> str:
        """Return it in one sentence."""
        return say(
            "Added: {added}. Changed: {changed}. Left as it was, or left out: {left_out}.",
            added=self.added,
            changed=self.changed,
            left_out=self.left_out,
        )


def file_of(form: str) -> NeedsFile | OffersFile | ProposalsFile:
    """Return what is open, or was proposed, as a file of the library.

    Parameters
    ----------
    form
        One of `FILES`.
    """
    if form == "needs":
        needs = AssistanceNeed.objects.filter(withdrawn_on=None)
        return NeedsFile(needs=tuple(one.content for one in needs))
    if form == "offers":
        offers = AssistanceOffer.objects.filter(withdrawn_on=None)
        return OffersFile(offers=tuple(one.content for one in offers))
    stands = {"need__withdrawn_on": None, "offer__withdrawn_on": None}
    proposals = AssistanceProposal.objects.filter(**stands).order_by("pk")
    missions = AssistanceMission.objects.filter(proposal__in=proposals).order_by("pk")
    return ProposalsFile(
        proposals=tuple(one.content for one in proposals),
        missions=tuple(one.content for one in missions),
    )


def bring(
    *, holds: str, jurisdiction: Jurisdiction, read: bytes, name: str, by: Person, today: date
) -> Brought:
    """Take a file of ``needs``, ``offers`` or ``proposals``.

    Raises
    ------
    NotAllowed, InvalidAssistance
        As `bring_needs`, `bring_offers` and `bring_proposals`.
    """
    if holds == "offers":
        return bring_offers(jurisdiction=jurisdiction, read=read, name=name, by=by)
    taken = bring_needs if holds == "needs" else bring_proposals
    return taken(jurisdiction=jurisdiction, read=read, name=name, by=by, today=today)


@transaction.atomic
def bring_needs(
    *, jurisdiction: Jurisdiction, read: bytes, name: str, by: Person, today: date
) -> Brought:
    """Take needs from a file, all or none; the place answers for them here.

    A need that is here as in the file is left as it is. Since when a need waits is no matter of the
    file: from today if it is new here or is about another area now, else as it is here.

    Raises
    ------
    NotAllowed
        If the person may not state needs of the place.
    InvalidAssistance
        If the file cannot be used, a need has the key of another place, was withdrawn here, has a
        proposal resting on it, or was asked for on a day that lies ahead.
    """
    check_may(by, Verb.STATE_ASSISTANCE, jurisdiction)
    wait_for_all_places()
    needs = assistance_from_json(read, NeedsFile, name=name).needs
    late = next((one for one in needs if one.asked > today), None)
    if late is not None:
        raise InvalidAssistance(
            message("The need “{key}” was stated on a day that lies ahead.", key=late.key)
        )
    brought = _bring(AssistanceNeed, _with_days_of_here(needs, today), jurisdiction, name)
    _log(brought, "needs", jurisdiction, by)
    return brought


@transaction.atomic
def bring_offers(*, jurisdiction: Jurisdiction, read: bytes, name: str, by: Person) -> Brought:
    """Take offers from a file, all or none; the place answers for them here.

    Raises
    ------
    NotAllowed, InvalidAssistance
        As in `bring_needs`, or if the owner of an offer is no organisation of the place.
    """
    check_may(by, Verb.STATE_ASSISTANCE, jurisdiction)
    wait_for_all_places()
    offers = assistance_from_json(read, OffersFile, name=name).offers
    brought = _bring(AssistanceOffer, offers, jurisdiction, name)
    _log(brought, "offers", jurisdiction, by)
    return brought


@transaction.atomic
def bring_proposals(
    *, jurisdiction: Jurisdiction, read: bytes, name: str, by: Person, today: date
) -> Brought:
    """Take proposals from a file; both sides answer them here.

    Only those that are open, of needs and offers that are here, fit and are free. Answers are left
    out, because nobody accepts or declines for others by a file.

    Raises
    ------
    NotAllowed
        If the person may not start a round there.
    InvalidAssistance
        If the file cannot be used.
    """
    check_may_match(by, jurisdiction)
    wait_for_all_places()
    proposals = assistance_from_json(read, ProposalsFile, name=name).proposals
    added = sum(_taken(one, today) for one in proposals)
    brought = Brought(added=added, left_out=len(proposals) - added)
    _log(brought, "proposals", jurisdiction, by)
    return brought


def _with_days_of_here(needs: tuple[Need, ...], today: date) -> tuple[Need, ...]:
    """Return needs with the day from which they wait in this workspace."""
    there = AssistanceNeed.objects.filter(key__in=[one.key for one in needs])
    since = {(one.key, one.content.area): one.content.asked for one in there}
    return tuple(replace(one, asked=since.get((one.key, one.area), today)) for one in needs)


def _bring(
    kind: type[Row], records: tuple[Need, ...] | tuple[Offer, ...], place: Jurisdiction, name: str
) -> Brought:
    here = {one.key: one for one in kind.objects.filter(key__in=[one.key for one in records])}
    own = list(place.organisations.all())
    added = changed = 0
    for one in records:
        found, document = here.get(one.key), plain(one)
        if found is None:
            kind.objects.create(
                jurisdiction=place,
                key=one.key,
                document=document,
                origin={"file": name[-200:]},
                **_owner_in(own, one),
            )
            added += 1
        elif found.content != one or found.withdrawn_on is not None:
            _check_can_change(found, one, place)
            for field, owner in _owner_in(own, one).items():
                setattr(found, field, owner)
            found.document = document
            found.revision += 1
            found.save()
            changed += 1
    return Brought(added=added, changed=changed, left_out=len(records) - added - changed)


def _owner_in(own: Sequence[Organisation], one: Need | Offer) -> dict[str, Organisation]:
    """Return the organisation of an offer; every name that the file gives has to be its name."""
    if isinstance(one, Need):
        return {}
    found = {_named(name, own) for name in one.owner.values()}
    owner = found.pop() if len(found) == 1 else None
    if owner is None:
        raise InvalidAssistance(
            message("The owner of “{key}” is no organisation of your place.", key=one.key)
        )
    return {"organisation": owner}


def _named(name: str, own: Sequence[Organisation]) -> Organisation | None:
    """Return the organisation of a name, however spelled; of several, the one to the letter."""
    alike = [one for one in own if compared_name(one.name) == compared_name(name)]
    if len(alike) > 1:
        alike = [one for one in alike if one.name == name]
    return alike[0] if len(alike) == 1 else None


def _check_can_change(
    found: AssistanceNeed | AssistanceOffer, one: Need | Offer, place: Jurisdiction
) -> None:
    if found.jurisdiction_id != place.pk:
        raise InvalidAssistance(
            message("Another place has “{key}” here, and says otherwise.", key=found.key)
        )
    if found.withdrawn_on is not None:
        raise InvalidAssistance(message("“{key}” was withdrawn here.", key=found.key))
    resting = found.proposals.filter(state__in=HOLDING).count()
    if resting > (one.capacity if isinstance(one, Offer) else 0):
        raise InvalidAssistance(
            message("A proposal rests on “{key}” as it is here.", key=found.key)
        )


def _taken(one: Proposal, today: date) -> bool:
    """Keep an open proposal whose need and offer are here, fit and are free."""
    need = AssistanceNeed.objects.filter(key=one.need, withdrawn_on=None).first()
    offer = AssistanceOffer.objects.filter(key=one.offer, withdrawn_on=None).first()
    if need is None or offer is None or one.state is not ProposalState.PROPOSED:
        return False
    pair = AssistanceProposal.objects.filter(need=need, offer=offer)
    declined = pair.filter(state=ProposalState.DECLINED).exists()
    lent = offer.proposals.filter(state__in=HOLDING).count()
    if (
        need.proposals.filter(state__in=HOLDING).exists()
        or lent >= offer.content.capacity
        or obstacles_between(need.content, offer.content, was_declined=declined)
    ):
        return False
    kept = replace(one, proposed=min(one.proposed, today))
    AssistanceProposal.objects.create(need=need, offer=offer, document=plain(kept))
    return True


def _log(brought: Brought, what: str, place: Jurisdiction, by: Person) -> None:
    record(
        "bring assistance",
        by=by,
        about=what,
        jurisdiction=place,
        added=brought.added,
        changed=brought.changed,
        left_out=brought.left_out,
    )
