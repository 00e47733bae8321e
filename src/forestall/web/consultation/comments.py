"""This file knows how comments come in, are decided on and answered; and which wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forestall.errors import InvalidConsultation
from forestall.languages import OwnWords, language, message, plural_message
from forestall.web.audit.services import record
from forestall.web.consultation.draft import parts_of
from forestall.web.consultation.models import LONGEST_COMMENT, Comment
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.web.consultation.models import Consultation
    from forestall.web.organisations.models import Organisation
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan, PlanRevision


@transaction.atomic
def add_comment(
    *, consultation: Consultation, about: str, text: str, organisation: Organisation | None
) -> Comment:
    """Take a comment, which nobody reads before it was decided on.

    Parameters
    ----------
    about
        Address of the part of the draft; "" for the whole.
    organisation
        For which a partner speaks; None for a resident.

    Raises
    ------
    InvalidConsultation
        If comments are not taken today, there is no such part, or the text does not fit.
    """
    check_takes_comments(consultation)
    if about and about not in parts_of(consultation.revision.content):
        raise InvalidConsultation(message("The draft has no such part."))
    written = str(OwnWords({"": text}))
    if not 3 <= len(written) <= LONGEST_COMMENT:
        raise InvalidConsultation(
            message("A comment has between 3 and {most} characters.", most=LONGEST_COMMENT)
        )
    comment = Comment.objects.create(
        consultation=consultation,
        about=about,
        text=written,
        language=language(),
        organisation=organisation,
        made_on=timezone.localdate(),
    )
    _record("comment", comment, None)
    return comment


def check_takes_comments(consultation: Consultation) -> None:
    """Make sure that people can take part today.

    Raises
    ------
    InvalidConsultation
        If the consultation has not begun or has ended.
    """
    if not consultation.takes_comments(timezone.localdate()):
        raise InvalidConsultation(message("This consultation has ended; it takes no comments."))


@transaction.atomic
def show_comment(*, comment: Comment, by: Person) -> Comment:
    """Let everybody read a comment.

    Raises
    ------
    NotAllowed
        If the person may not moderate there.
    """
    return _decide(comment, Comment.State.SHOWN, reason="", by=by)


@transaction.atomic
def withhold_comment(*, comment: Comment, reason: str, by: Person) -> Comment:
    """Keep a comment from being read, and say why.

    Raises
    ------
    NotAllowed
        If the person may not moderate there.
    InvalidConsultation
        If no reason is given.
    """
    written = str(OwnWords({"": reason}))
    if not written:
        raise InvalidConsultation(message("Say why the comment is not shown."))
    return _decide(comment, Comment.State.NOT_SHOWN, reason=written, by=by)


@transaction.atomic
def reply_to_comment(
    *, comment: Comment, reply: str, changed_in: PlanRevision | None, by: Person
) -> Comment:
    """Answer a comment for everybody to read.

    Parameters
    ----------
    changed_in
        A later revision of the plan, in which something was changed because of the comment.

    Raises
    ------
    NotAllowed
        If the person may not moderate there.
    InvalidConsultation
        If the comment is not shown, the reply is empty, or the revision is not a later one.
    """
    check_may(by, Verb.MODERATE, comment.jurisdiction)
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    written = str(OwnWords({"": reply}))
    if locked.state != Comment.State.SHOWN or not written:
        raise InvalidConsultation(message("Show the comment first, then write a reply to it."))
    consulted = locked.consultation.revision
    if changed_in is not None and (
        changed_in.plan_id != consulted.plan_id or changed_in.number <= consulted.number
    ):
        raise InvalidConsultation(
            message("What was changed is in a later revision of the same plan.")
        )
    locked.reply, locked.reply_language = written, language()
    locked.replied_at, locked.changed_in = timezone.now(), changed_in
    locked.save(update_fields=["reply", "reply_language", "replied_at", "changed_in"])
    _record("reply to comment", locked, by)
    return locked


def unanswered(plan: Plan) -> int:
    """Return how many comments on a plan wait for a decision or a reply."""
    return Comment.objects.unanswered().filter(consultation__plan=plan).count()


def unanswered_said(plan: Plan) -> Message | None:
    """Return the sentence on them for the checks of a plan (2002/13 ¶16); None without any."""
    count = unanswered(plan)
    if not count:
        return None
    return plural_message(
        "{count} comment on the draft waits for a reply.",
        "{count} comments on the draft wait for a reply.",
        count,
    )


def _decide(comment: Comment, state: Comment.State, *, reason: str, by: Person) -> Comment:
    check_may(by, Verb.MODERATE, comment.jurisdiction)
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    locked.state, locked.reason = state, reason
    locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    _record("decide on comment", locked, by)
    return locked


def _record(verb: str, comment: Comment, by: Person | None) -> None:
    record(
        verb,
        by=by,
        about=f"comment {comment.pk}",
        jurisdiction=comment.jurisdiction,
        consultation=comment.consultation_id,
        state=str(comment.state),
    )
