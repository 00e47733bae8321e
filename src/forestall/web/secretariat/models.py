"""This file knows how many replies are kept to be read together: one row for each open answer.

What is confidential is taken out when a reply is received, so nothing here holds it. The file is
not kept; its SHA-256 says which one it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse

from forestall.languages import Message, message
from forestall.questionnaires import Choice, read_definition
from forestall.questionnaires.together import Chapter, OpenAnswer, StateName
from forestall.web.organisations.models import Jurisdiction, places_seen

if TYPE_CHECKING:
    from forestall.questionnaires import Questionnaire
    from forestall.web.people.models import Person


class ReadingQuerySet(models.QuerySet["Reading"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> ReadingQuerySet:
        """Return the readings of jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class Reading(models.Model):
    """Replies of many states to one version of a questionnaire, gathered to be read together.

    Attributes
    ----------
    asked
        Codes of the states that were asked.
    code
        Whoever writes a reply in this workspace hands it over by this code.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="readings"
    )
    title = models.CharField(max_length=200)
    questionnaire = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    asked = models.JSONField(default=list)
    code = models.CharField(max_length=40, unique=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """Return its title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its first page."""
        return reverse("reading", args=[self.pk])

    @property
    def definition(self) -> Questionnaire:
        """Return the questionnaire."""
        return read_definition(self.questionnaire, version=self.version)


class Received(models.TextChoices):
    """How a reply came."""

    JSON = "json"
    WORKBOOK = "workbook"
    HANDED_OVER = "handed-over"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _RECEIVED[self]


class ReceivedReply(models.Model):
    """The reply of one state, without what is confidential.

    Attributes
    ----------
    on, office
        The day as of which the answers hold, and the office that replies.
    how, name, sha256
        How it came, the name of its file, and the SHA-256 by which others know it.
    from_place
        Which place of this workspace handed it over; None where it came as a file.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="replies")
    state = models.CharField(max_length=2)
    on = models.DateField()
    office = models.CharField(max_length=300, blank=True)
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Received])
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    from_place = models.ForeignKey(
        Jurisdiction, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["state"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reading", "state"], name="one_reply_a_state")
        ]

    def __str__(self) -> str:
        """Return the state."""
        return self.state

    @property
    def state_name(self) -> StateName:
        """Return the name of the state."""
        return StateName(self.state)

    @property
    def how_words(self) -> Message:
        """Return the words for how it came."""
        return Received(self.how).words


class ReceivedAnswer(models.Model):
    """One open answer of one state.

    Attributes
    ----------
    marks
        Keys of the boxes that are marked, each with a comma before and after it.
    folded
        Its words as they are compared in a search.
    """

    reply = models.ForeignKey(ReceivedReply, on_delete=models.CASCADE, related_name="answers")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=2)
    item = models.CharField(max_length=60)
    applies = models.BooleanField(default=True)
    choice = models.CharField(max_length=20, blank=True)
    marks = models.CharField(max_length=300, blank=True)
    has_words = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=20, blank=True)
    folded = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reply", "item"], name="one_answer_an_item")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["reading", "item", "has_words", "state", "choice", "applies", "marks"],
                name="answers_counted",
            )
        ]

    def __str__(self) -> str:
        """Return the item."""
        return self.item

    @property
    def record(self) -> OpenAnswer:
        """Return it as a record."""
        return OpenAnswer(
            state=self.state,
            item=self.item,
            applies=self.applies,
            choice=Choice(self.choice) if self.choice else None,
            marks=marks_of(self.marks),
            words=self.words,
            follow_up=self.follow_up,
            day=self.day,
            language=self.language,
        )


class ChapterText(models.Model):
    """The text of one chapter of the report as it is now."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="chapters")
    chapter = models.CharField(max_length=1, choices=[(one.value, one.value) for one in Chapter])
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["chapter"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reading", "chapter"], name="one_text_a_chapter")
        ]

    def __str__(self) -> str:
        """Return the reading and the chapter."""
        return f"{self.reading_id}, {self.chapter}"


class ChapterRevision(models.Model):
    """The text of a chapter as it was after one change."""

    of = models.ForeignKey(ChapterText, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "number"], name="one_chapter_revision_a_number")
        ]

    def __str__(self) -> str:
        """Return the chapter and the number."""
        return f"{self.of_id}, {self.number}"


def marks_of(kept: str) -> tuple[str, ...]:
    """Return the keys of boxes as they were kept.

    Examples
    --------
    >>> marks_of(",need,can-provide,"), marks_of("")
    (('need', 'can-provide'), ())
    """
    return tuple(one for one in kept.split(",") if one)


def visible_reading(person: Person, number: int) -> Reading:
    """Return a reading of a place that the person sees."""
    return get_object_or_404(
        Reading.objects.visible_to(person).select_related("jurisdiction"), pk=number
    )


_RECEIVED = {
    Received.JSON: message("file of a reply (JSON)"),
    Received.WORKBOOK: message("workbook (XLSX)"),
    Received.HANDED_OVER: message("handed over in this workspace"),
}
