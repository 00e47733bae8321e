"""This file knows how two people sign a national reply, and how it is then frozen.

A signature holds for the reply as it was: whoever signs says which one they read, by its hash, and
a later change needs two signatures again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forestall.errors import AnswerChanged, NotAllowed
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.leaving import digest_of_what_leaves
from forestall.web.returns.models import SignOff
from forestall.web.returns.services import locked_return
from forestall.web.returns.states import ReturnState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return

SIGNATURES_NEEDED = 2


def signatures(found: Return) -> QuerySet[SignOff]:
    """Return the signatures that hold for a reply as it is now."""
    return found.sign_offs.filter(digest=found.digest).select_related("person")


@transaction.atomic
def sign_return(*, found: Return, was: str, by: Person) -> Return:
    """Sign a reply as the person read it.

    Parameters
    ----------
    was
        The hash of the reply that they read.

    Raises
    ------
    NotAllowed
        If their role does not sign, they have signed it already, or it was submitted.
    AnswerChanged
        If it changed since.
    """
    check_may(by, Verb.SIGN_RETURN, found.jurisdiction)
    locked = locked_return(found)
    if was != locked.digest:
        raise AnswerChanged(
            message("Somebody changed the reply meanwhile; read it again, then sign.")
        )
    if signatures(locked).filter(person=by).exists():
        raise NotAllowed(message("You have signed this reply; another person signs as well."))
    SignOff.objects.create(of=locked, person=by, digest=locked.digest)
    record(
        "sign return",
        by=by,
        about=f"return {locked.pk}",
        jurisdiction=locked.jurisdiction,
        sha256=_told_to_the_log(locked),
    )
    if signatures(locked).count() >= SIGNATURES_NEEDED:
        locked.state = ReturnState.SIGNED
        locked.save()
    return locked


@transaction.atomic
def submit_return(*, found: Return, by: Person) -> Return:
    """Submit a reply, which freezes it with its hash.

    Raises
    ------
    NotAllowed
        If the person does not lead it, two people have not signed it, or it was submitted.
    """
    check_may(by, Verb.LEAD_RETURN, found.jurisdiction)
    locked = locked_return(found)
    if signatures(locked).count() < SIGNATURES_NEEDED:
        raise NotAllowed(message("Two people sign the reply as it is before it is submitted."))
    locked.state = ReturnState.SUBMITTED
    locked.frozen = locked.digest
    locked.submitted_at = timezone.now()
    locked.submitted_by = by
    locked.save()
    record(
        "submit return",
        by=by,
        about=f"return {locked.pk}",
        jurisdiction=locked.jurisdiction,
        sha256=_told_to_the_log(locked),
    )
    locked.filled_in.all().delete()
    return locked


def _told_to_the_log(found: Return) -> str:
    """Return the hash of what leaves: the log is exported, so none of a secret is in it."""
    return digest_of_what_leaves(found.reply, found.asked)
