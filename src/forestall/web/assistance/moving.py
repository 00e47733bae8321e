"""This file knows how the state of a proposal is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.assistance import answer_proposal
from forestall.web.assistance.models import AssistanceProposal, plain

if TYPE_CHECKING:
    from datetime import date

    from forestall.assistance import ProposalState
    from forestall.languages import Texts


def locked_proposal(proposal: AssistanceProposal) -> AssistanceProposal:
    """Return a proposal as it is now, which nobody else changes until the transaction ends."""
    AssistanceProposal.objects.select_for_update().get(pk=proposal.pk)
    return AssistanceProposal.objects.whole().get(pk=proposal.pk)


def move_proposal(
    proposal: AssistanceProposal, to: ProposalState, *, on: date, because: Texts | None = None
) -> None:
    """Bring a proposal into its next state.

    Raises
    ------
    MoveNotAllowed
        If there is no such move, or no reason where one is needed.
    """
    moved = answer_proposal(proposal.content, to, on=on, because=because)
    proposal.document, proposal.state = plain(moved), moved.state.value
    proposal.save(update_fields=["document", "state"])
