"""This file knows the records of courses, of what people say of themselves, and of bodies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404

from forestall.languages import ExactAmount, LanguageName, Listing, Message, message
from forestall.training.records import Audience, CourseDate, CourseForm
from forestall.training.skills import Skill
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation, places_seen
from forestall.web.plans.models import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.languages import Text, Words
    from forestall.web.people.models import Person

# Nobody agrees for longer at once, and no body's word counts for longer.
LONGEST_CONSENT = timedelta(days=2 * 365)


class CourseQuerySet(models.QuerySet["Course"]):
    """What exists for a person, or in a place."""

    def shared_with(self, person: Person) -> CourseQuerySet:
        """Return the courses of the places that the person sees, and of all above them."""
        return self.filter(jurisdiction_id__in=above(places_seen(person)))

    def shared_in(self, place: Jurisdiction) -> CourseQuerySet:
        """Return the courses of a place, and of all above it."""
        return self.filter(jurisdiction_id__in=above([place.pk]))


class Course(models.Model):
    """A course that a place has in its catalogue; it is shared with all places below.

    Attributes
    ----------
    skills, languages
        Keys of the skills that it teaches; tags of the languages in which it is given.
    price, currency, price_source
        For one person, and where this is said; None where it is not known.
    dates
        First and last day of each time it is given, as ISO days.
    qualification
        What it leads to, and who awards it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="courses")
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    about = models.TextField(blank=True, max_length=2000)
    website = models.URLField(blank=True)
    skills = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    form = models.CharField(max_length=20, choices=[(one.value, one.value) for one in CourseForm])
    audience = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Audience])
    hours = models.FloatField(null=True, blank=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(blank=True, max_length=3)
    price_source = models.CharField(blank=True, max_length=300)
    dates = models.JSONField(default=list, blank=True)
    qualification = models.CharField(blank=True, max_length=200)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["jurisdiction", "title", "provider"], name="one_course_a_title"
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True)
                | (~models.Q(currency="") & ~models.Q(price_source="")),
                name="a_price_has_currency_and_source",
            ),
        ]

    def __str__(self) -> str:
        """Return its title."""
        return self.title

    @property
    def skill_words(self) -> list[Message]:
        """Return the skills that it teaches, in the order of the list."""
        return words_of(self.skills)

    @property
    def language_words(self) -> Text:
        """Return the languages in which it is given."""
        return Listing([LanguageName(one) for one in self.languages])

    @property
    def form_words(self) -> Message:
        """Return how it is given, in words."""
        return CourseForm(self.form).words

    @property
    def audience_words(self) -> Message:
        """Return for whom it is, in words."""
        return Audience(self.audience).words

    @property
    def price_words(self) -> Words:
        """Return what it costs, in words; that it is not known is said too."""
        if self.price is None:
            return message("not known")
        if self.price == 0:
            return message("without a fee")
        return ExactAmount(float(self.price), self.currency)

    @property
    def days(self) -> tuple[CourseDate, ...]:
        """Return when it is given."""
        return tuple(
            CourseDate(first=date.fromisoformat(first), last=date.fromisoformat(last))
            for first, last in self.dates
        )


class AbilityQuerySet(models.QuerySet["Ability"]):
    """Who is counted."""

    def agreed(self, today: date) -> AbilityQuerySet:
        """Return those who agree on a day, and still act for the body they are counted in."""
        acts = Membership.objects.filter(
            person=models.OuterRef("person_id"), organisation=models.OuterRef("organisation_id")
        )
        return self.filter(models.Exists(acts), person__is_active=True, consent_until__gte=today)


class Ability(models.Model):
    """What somebody says that they can do, to be counted in their organisation until a day."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    skills = models.JSONField(default=list)
    consented_on = models.DateField()
    consent_until = models.DateField()

    objects = AbilityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(consent_until__gte=models.F("consented_on")),
                name="counting_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        """Return a number; a name would stand in logs."""
        return f"ability {self.pk}"


class BodySkills(models.Model):
    """What an organisation says of itself: its skills, since when, and until when that counts."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    skills = models.JSONField(default=list)
    told_on = models.DateField()
    until = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("told_on")),
                name="statement_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        """Return the key of the organisation."""
        return f"skills of organisation {self.organisation_id}"


class WantedSkill(models.Model):
    """A skill that the partners say a plan needs beyond what its fields show, and why.

    Attributes
    ----------
    action
        Key of the action that needs it; empty for the plan as a whole.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="wanted_skills")
    skill = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Skill])
    action = models.CharField(blank=True, max_length=80)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "skill", "action"], name="one_wanted_skill_an_action"
            ),
        ]

    def __str__(self) -> str:
        """Return the skill."""
        return self.skill

    @property
    def skill_words(self) -> Message:
        """Return the skill in words."""
        return Skill(self.skill).words


def above(keys: Iterable[int]) -> set[int]:
    """Return the keys of all jurisdictions above some, and themselves."""
    found, new = set(keys), set(keys)
    while new:
        parents = Jurisdiction.objects.filter(children__in=new)
        new = set(parents.values_list("pk", flat=True)) - found
        found |= new
    return found


def words_of(keys: Iterable[str]) -> list[Message]:
    """Return skills in words, in the order of the list."""
    named = set(keys)
    return [one.words for one in Skill if one.value in named]


def visible_course(person: Person, number: int) -> Course:
    """Return a course that is shared with the person."""
    return get_object_or_404(
        Course.objects.shared_with(person).select_related("jurisdiction"), pk=number
    )
