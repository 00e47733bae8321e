"""This file knows how the two sides answer a proposal, and how it is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from forestall.assistance import ProposalState, check_words
from forestall.errors import InvalidEntry
from forestall.languages import has_words, message
from forestall.web.assistance.models import SideAnswer
from forestall.web.assistance.moving import locked_proposal, move_proposal
from forestall.web.assistance.policies import check_acts_for
from forestall.web.assistance.sides import Side
from forestall.web.audit.services import record

if TYPE_CHECKING:
    from datetime import date

    from forestall.languages import Texts
    from forestall.web.assistance.models import AssistanceProposal
    from forestall.web.people.models import Person


@transaction.atomic
def accept_proposal(
    *, proposal: AssistanceProposal, side: Side, because: Texts, by: Person, today: date
) -> AssistanceProposal:
    """Accept a proposal for one side; it is accepted when both have.

    Raises
    ------
    NotAllowed
        If the person does not act for the side.
    InvalidEntry
        If the side has answered, or the proposal is no longer open.
    """
    found = _answered(proposal, side, because, accepts=True, by=by, today=today)
    other = found.answer_of(side.other)
    if other is not None and other.accepts:
        move_proposal(found, ProposalState.ACCEPTED, on=today)
    _log("accept proposal", found, side, by)
    return locked_proposal(found)


@transaction.atomic
def decline_proposal(
    *, proposal: AssistanceProposal, side: Side, because: Texts, by: Person, today: date
) -> AssistanceProposal:
    """Decline a proposal for one side, with a reason; the need waits on since its own day.

    Raises
    ------
    NotAllowed, InvalidEntry
        As in `accept_proposal`; also if there is no reason.
    """
    if not has_words(because):
        raise InvalidEntry(message("Say why, so that the other side understands it."))
    found = _answered(proposal, side, because, accepts=False, by=by, today=today)
    move_proposal(found, ProposalState.DECLINED, on=today, because=because)
    _log("decline proposal", found, side, by)
    return locked_proposal(found)


@transaction.atomic
def withdraw_proposal(
    *, proposal: AssistanceProposal, because: Texts, by: Person, today: date
) -> AssistanceProposal:
    """Withdraw a proposal that was made, accepted or begun; the need is open again.

    Raises
    ------
    NotAllowed
        If the person acts for neither side.
    InvalidEntry
        If there is no reason.
    MoveNotAllowed
        If it was declined, withdrawn or has ended.
    """
    check_acts_for(by, proposal, *Side)
    check_words("because", because)
    if not has_words(because):
        raise InvalidEntry(message("Say why, so that the other side understands it."))
    found = locked_proposal(proposal)
    move_proposal(found, ProposalState.WITHDRAWN, on=today, because=because)
    _log("withdraw proposal", found, None, by)
    return found


def _answered(
    proposal: AssistanceProposal,
    side: Side,
    because: Texts,
    *,
    accepts: bool,
    by: Person,
    today: date,
) -> AssistanceProposal:
    check_acts_for(by, proposal, side)
    check_words("because", because)
    found = locked_proposal(proposal)
    if found.state != ProposalState.PROPOSED:
        raise InvalidEntry(
            message("This proposal is “{state}” and cannot be answered.", state=found.state_words)
        )
    if found.answer_of(side) is not None:
        raise InvalidEntry(message("This side has answered already."))
    SideAnswer.objects.create(
        proposal=found, side=side.value, accepts=accepts, because=because, on=today, by=by
    )
    return found


def _log(verb: str, found: AssistanceProposal, side: Side | None, by: Person) -> None:
    place = found.place_of(side or Side.NEED)
    facts = {"side": side.value} if side is not None else {}
    record(verb, by=by, about=f"proposal {found.pk}", jurisdiction=place, **facts)
