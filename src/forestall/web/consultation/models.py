"""This file knows what is kept of a consultation: comments, replies, and what comes first.

Of a resident nothing is kept but the words, the day and the language. Of a partner, the
organisation for which somebody spoke.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse

from forestall.web.organisations.models import Organisation, places_seen
from forestall.web.plans.models import Plan, PlanRevision

if TYPE_CHECKING:
    from datetime import date

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

LONGEST_COMMENT = 1500
MOST_RANKED = 3


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """What exists for whom."""

    def visible_to(self, person: Person) -> ConsultationQuerySet:
        """Return the consultations of jurisdictions that the person sees."""
        return self.filter(plan__jurisdiction_id__in=places_seen(person))

    def public_on(self, today: date) -> ConsultationQuerySet:
        """Return those that everybody can read: they have begun, whether or not they have ended."""
        return self.filter(opens__lte=today)


class Consultation(models.Model):
    """That residents and partners are asked about a plan as it was at one revision.

    Attributes
    ----------
    revision
        The draft as everybody reads it here, whatever becomes of the plan meanwhile.
    opens, ends
        First and last day on which comments are taken.
    closed_at, closed_by
        When a coordinator closed it; None while it goes on.
    recorded_at
        When it was noted in the plan.
    voices
        What was said and what was changed, summed up: as it was noted in the plan.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations")
    revision = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    opens = models.DateField()
    ends = models.DateField()
    opened_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    voices = models.JSONField(default=list)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opens", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("opens")),
                name="consultation_ends_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__isnull=True) | models.Q(closed_at__isnull=False),
                name="consultation_is_recorded_once_closed",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_consultation_a_plan",
            ),
        ]

    def __str__(self) -> str:
        """Return the title of the plan."""
        return self.plan.title

    def get_absolute_url(self) -> str:
        """Return the address of the page on which it is moderated."""
        return reverse("consultation", args=[self.pk])

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return where it belongs."""
        return self.plan.jurisdiction

    def takes_comments(self, today: date) -> bool:
        """Return whether comments are taken on a day."""
        return self.closed_at is None and self.opens <= today <= self.ends


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments by what became of them."""

    def waiting(self) -> CommentQuerySet:
        """Return those on which nobody has decided."""
        return self.filter(state=Comment.State.WAITING)

    def shown(self) -> CommentQuerySet:
        """Return those that everybody can read."""
        return self.filter(state=Comment.State.SHOWN)

    def unanswered(self) -> CommentQuerySet:
        """Return those that wait for a decision or, once shown, for a reply."""
        return self.exclude(state=Comment.State.NOT_SHOWN).filter(reply="")


class Comment(models.Model):
    """What somebody said about a part of the draft, and what was answered.

    Attributes
    ----------
    about
        Address of the part, such as "problems/burglary"; "" for the draft as a whole.
    language, reply_language
        In which it was written.
    organisation
        For which a partner spoke; None for a resident.
    reason
        Why it is not shown.
    changed_in
        A later revision of the plan, whose difference shows what was changed.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        SHOWN = "shown"
        NOT_SHOWN = "not-shown"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="comments"
    )
    about = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=LONGEST_COMMENT)
    language = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    made_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    reply = models.TextField(max_length=3000, blank=True)
    reply_language = models.CharField(max_length=10, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    changed_in = models.ForeignKey(
        PlanRevision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="a_decision_on_a_comment_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not-shown") | ~models.Q(reason=""),
                name="a_comment_not_shown_has_its_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(reply="", replied_at__isnull=True)
                | (~models.Q(reply="") & models.Q(replied_at__isnull=False)),
                name="a_reply_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about, never what it says."""
        return f"comment {self.pk} on {self.about or 'the whole'}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return where it belongs."""
        return self.consultation.jurisdiction


class Ranking(models.Model):
    """Which problems somebody would take up first.

    Attributes
    ----------
    ballot
        Hash of a number that only the browser keeps, so that one browser answers once.
    order
        Keys of up to three problems, the first one first.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="rankings"
    )
    ballot = models.CharField(max_length=64)
    order = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["consultation", "ballot"], name="one_ranking_a_browser")
        ]

    def __str__(self) -> str:
        """Return that it is one, never what it says."""
        return f"ranking {self.pk}"
