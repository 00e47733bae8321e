"""This file knows the records of needs, offers, rounds of matching, proposals and missions.

What the library knows of each stands in ``document``, in the form of its file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from django.db import models
from django.db.models import Q

from forestall.assistance import Mission, Need, Offer, Proposal, ProposalState
from forestall.languages import Message, message
from forestall.web.assistance.sides import Side
from forestall.web.operations.models import Job
from forestall.web.organisations.models import Jurisdiction, Organisation, places_seen

if TYPE_CHECKING:
    from datetime import date

    from forestall.web.people.models import Person

HOLDING = tuple(one.value for one in ProposalState if one.holds)
MOST_WORDS = 2000


class NeedQuerySet(models.QuerySet["AssistanceNeed"]):
    """What exists for a person to change."""

    def visible_to(self, person: Person) -> NeedQuerySet:
        """Return the needs of the places that the person sees; the list shows those of all."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class OfferQuerySet(models.QuerySet["AssistanceOffer"]):
    """What exists for a person to change."""

    def visible_to(self, person: Person) -> OfferQuerySet:
        """Return the offers from places that the person sees; the list shows those of all."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class Stated(models.Model):
    """What a need and an offer have in common.

    Attributes
    ----------
    key
        Under which it is known, also in files and in other workspaces.
    origin
        Where it came from if nobody wrote it here: an answer of a national reply, or a file.
    revision
        Counts the changes; a round of matching knows by it what changed meanwhile.
    withdrawn_on, withdrawn_because
        When it was taken back, and why.
    """

    key = models.CharField(max_length=80, unique=True)
    document = models.JSONField()
    origin = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Return its key."""
        return self.key

    @property
    def origin_words(self) -> Message | None:
        """Return where it came from; None if it was written here."""
        if "item" in self.origin:
            return message(
                "From the answer to {item} in the national reply of {place}, revision {revision}.",
                item=self.origin["item"].removeprefix("Q"),
                place=self.origin["place"],
                revision=self.origin["revision"],
            )
        if "file" in self.origin:
            return message("Brought in a file.")
        return None


class AssistanceNeed(Stated):
    """Help that a place asks for."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="assistance_needs"
    )

    objects = NeedQuerySet.as_manager()

    class Meta(Stated.Meta):
        ordering: ClassVar[list[str]] = ["key"]

    @property
    def content(self) -> Need:
        """Return the record of the library."""
        return msgspec.convert(self.document, Need)


class AssistanceOffer(Stated):
    """Help that an organisation can give; only some that came in a file long ago lack it."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="assistance_offers"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assistance_offers", null=True
    )

    objects = OfferQuerySet.as_manager()

    class Meta(Stated.Meta):
        ordering: ClassVar[list[str]] = ["key"]

    @property
    def content(self) -> Offer:
        """Return the record of the library."""
        return msgspec.convert(self.document, Offer)


class RoundState(StrEnum):
    """How far a round of matching is."""

    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class MatchingRound(models.Model):
    """One matching of all open needs and offers: what went in, what came out, and why.

    Attributes
    ----------
    jurisdiction
        The place, with none above it, whose people started it.
    inputs
        ``needs``, ``offers`` and ``proposals`` as in their files, and ``revisions`` of the first
        two by their keys.
    result
        The matching as in its file, with its reasons in all languages.
    left_out
        Keys of needs whose pair changed while the matching was worked out.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    on = models.DateField()
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in RoundState],
        default=RoundState.WORKING.value,
    )
    inputs = models.JSONField()
    result = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        """Return its number."""
        return f"round {self.pk}"

    @property
    def is_open(self) -> bool:
        """Return whether it is still worked out; a job that was cut off ends it."""
        waits = self.job is None or self.job.is_open
        return self.state == RoundState.WORKING and waits


class ProposalQuerySet(models.QuerySet["AssistanceProposal"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> ProposalQuerySet:
        """Return those of which the person sees a side."""
        seen = places_seen(person)
        return self.filter(Q(need__jurisdiction_id__in=seen) | Q(offer__jurisdiction_id__in=seen))

    def whole(self) -> ProposalQuerySet:
        """Return them with all that a page tells of them."""
        return self.select_related(
            "need__jurisdiction", "offer__jurisdiction", "mission"
        ).prefetch_related("answers")


class AssistanceProposal(models.Model):
    """One offer proposed for one need, until both sides have answered, and after."""

    round = models.ForeignKey(
        MatchingRound, on_delete=models.PROTECT, related_name="proposals", null=True
    )
    need = models.ForeignKey(AssistanceNeed, on_delete=models.PROTECT, related_name="proposals")
    offer = models.ForeignKey(AssistanceOffer, on_delete=models.PROTECT, related_name="proposals")
    document = models.JSONField()
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in ProposalState],
        default=ProposalState.PROPOSED.value,
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(state__in=HOLDING), name="one_proposal_holds_a_need"
            )
        ]

    def __str__(self) -> str:
        """Return both keys."""
        return f"{self.need_id} from {self.offer_id}, {self.state}"

    @property
    def content(self) -> Proposal:
        """Return the record of the library."""
        return msgspec.convert(self.document, Proposal)

    @property
    def state_words(self) -> Message:
        """Return the words for its state."""
        return ProposalState(self.state).words

    def place_of(self, side: Side) -> Jurisdiction:
        """Return the place of a side."""
        stated = self.need if side is Side.NEED else self.offer
        return stated.jurisdiction

    def answer_of(self, side: Side) -> SideAnswer | None:
        """Return how a side answered; None while it has not."""
        return next((one for one in self.answers.all() if one.side == side), None)


class SideAnswer(models.Model):
    """That one side accepts a proposal or declines it, and why."""

    proposal = models.ForeignKey(
        AssistanceProposal, on_delete=models.CASCADE, related_name="answers"
    )
    side = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Side])
    accepts = models.BooleanField()
    because = models.JSONField(default=dict)
    on = models.DateField()
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "side"], name="one_answer_a_side")
        ]

    def __str__(self) -> str:
        """Return the side."""
        return f"{self.side} of {self.proposal_id}"


class AssistanceMission(models.Model):
    """The help that takes place after both sides have accepted."""

    proposal = models.OneToOneField(
        AssistanceProposal, on_delete=models.CASCADE, related_name="mission"
    )
    document = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        """Return its number."""
        return f"mission {self.pk}"

    @property
    def content(self) -> Mission:
        """Return the record of the library."""
        return msgspec.convert(self.document, Mission)


def is_over(stated: AssistanceNeed | AssistanceOffer, today: date) -> bool:
    """Say whether the days of a need or an offer are over."""
    return bool(stated.content.window.last < today)


def plain(record: Any) -> Any:
    """Return a record of the library as it is kept in a column."""
    return msgspec.to_builtins(record)
