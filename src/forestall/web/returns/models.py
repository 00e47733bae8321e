"""This file knows how national replies are kept: one document each, with every version of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse

from forestall.errors import NotAllowed
from forestall.languages import in_language, message
from forestall.questionnaires import read_definition, reply_from_json
from forestall.web.organisations.models import Jurisdiction, Organisation, places_seen
from forestall.web.returns.states import ReturnState

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.questionnaires import Questionnaire, Reply
    from forestall.web.people.models import Person


class ReturnQuerySet(models.QuerySet["Return"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> ReturnQuerySet:
        """Return the replies of jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))

    def update(self, **kwargs: Any) -> int:
        """Change columns of many replies, but no document: it is changed by `save` only."""
        if {"document", "frozen", "state"} & set(kwargs):
            raise ValueError("A reply is changed by saving it, which keeps what is frozen.")
        return super().update(**kwargs)


class Return(models.Model):
    """A national reply as it is now.

    Attributes
    ----------
    questionnaire, version
        To what it replies.
    document
        The reply as JSON, in the form in which it is exported.
    earlier
        The earlier reply as JSON, which stays beside it; "" where there is none.
    revision
        Counts every saved change, from 1.
    frozen
        SHA-256 of the document when it was submitted; "" before.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="returns")
    questionnaire = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    document = models.TextField()
    earlier = models.TextField(blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in ReturnState],
        default=ReturnState.DRAFTING,
    )
    revision = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    frozen = models.CharField(max_length=64, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    state=ReturnState.SUBMITTED.value,
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                )
                & ~models.Q(frozen="")
                | models.Q(frozen="", submitted_at__isnull=True, submitted_by__isnull=True)
                & ~models.Q(state=ReturnState.SUBMITTED.value),
                name="what_is_submitted_is_frozen",
            )
        ]

    def __str__(self) -> str:
        """Return to what it replies."""
        return f"{self.questionnaire}, {self.jurisdiction_id}"

    def get_absolute_url(self) -> str:
        """Return the address of its first page."""
        return reverse("return", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the reply; one that is frozen stays as it is.

        Raises
        ------
        NotAllowed
            If it was submitted before.
        """
        if self.pk is not None and Return.objects.filter(pk=self.pk).exclude(frozen="").exists():
            raise frozen_refusal()
        super().save(*args, **kwargs)

    @property
    def asked(self) -> Questionnaire:
        """Return the questionnaire."""
        return read_definition(self.questionnaire, version=self.version)

    @property
    def reply(self) -> Reply:
        """Return the reply as a record."""
        return reply_from_json(self.document.encode())

    @property
    def earlier_reply(self) -> Reply | None:
        """Return the earlier reply as a record; None where there is none."""
        return reply_from_json(self.earlier.encode()) if self.earlier else None

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the document, which is that of its file."""
        return digest_of(self.document)

    @property
    def title(self) -> str:
        """Return the title of the questionnaire."""
        return in_language(self.asked.title)

    @property
    def state_words(self) -> Message:
        """Return the words for its state."""
        return ReturnState(self.state).words


class ReturnRevision(models.Model):
    """A national reply as it was after one change."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    state = models.CharField(max_length=10)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    what = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "number"], name="one_return_revision_a_number")
        ]

    def __str__(self) -> str:
        """Return the reply and the number."""
        return f"{self.of_id}, {self.number}"


class Assignment(models.Model):
    """That an organisation writes a section of a reply."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="assignments")
    section = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["section", "organisation__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["of", "section", "organisation"], name="one_assignment_a_section"
            )
        ]

    def __str__(self) -> str:
        """Return the section and the organisation."""
        return f"{self.section}, {self.organisation}"


class SignOff(models.Model):
    """That a person stands by a reply as it was, recognised by its hash."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="sign_offs")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["of", "person", "digest"], name="nobody_signs_twice_for_one_text"
            )
        ]

    def __str__(self) -> str:
        """Return a number; a name would stand in logs."""
        return f"sign-off {self.pk}"


class FilledIn(models.Model):
    """A workbook that somebody sent, until they have looked at its differences and taken some.

    Attributes
    ----------
    document
        The reply that it holds, as JSON.
    """

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="filled_in")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    document = models.TextField()
    sent_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "person"], name="one_workbook_a_person")
        ]

    def __str__(self) -> str:
        """Return a number."""
        return f"workbook {self.pk}"

    @property
    def reply(self) -> Reply:
        """Return what it holds as a record."""
        return reply_from_json(self.document.encode())


class Evidence(models.Model):
    """A file that shows what an answer says; the answer names it by its SHA-256.

    It stays when it is taken off an answer, because earlier revisions name it.
    """

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="evidence")
    item = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["item", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "item", "sha256"], name="one_file_an_answer")
        ]

    def __str__(self) -> str:
        """Return a number; a name can tell what is confidential."""
        return f"evidence {self.pk}"


class Remark(models.Model):
    """What somebody who writes a reply says about an answer to the others; never exported.

    Attributes
    ----------
    settled_at, settled_by
        Since when nobody has to do anything about it, and who said so.
    """

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="remarks")
    item = models.CharField(max_length=60)
    text = models.TextField(max_length=2000)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=False) | models.Q(settled_by__isnull=True),
                name="who_settles_a_remark_does_so_at_a_time",
            )
        ]

    def __str__(self) -> str:
        """Return a number."""
        return f"remark {self.pk}"


def digest_of(document: str) -> str:
    """Return the hash by which a document is known again (SHA-256)."""
    return hashlib.sha256(document.encode()).hexdigest()


def frozen_refusal() -> NotAllowed:
    """Return why a reply cannot be changed any more."""
    return NotAllowed(message("This reply was submitted; it is frozen and stays as it is."))


def visible_return(person: Person, number: int) -> Return:
    """Return a reply of a place that the person sees."""
    return get_object_or_404(
        Return.objects.visible_to(person).select_related("jurisdiction", "begun_by"), pk=number
    )
