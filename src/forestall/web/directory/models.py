"""This file knows the records of offices and experts, and who of them is shown."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404

from forestall.assistance.areas import Area
from forestall.languages import Listing, Message, message
from forestall.publication.language_names import language_name
from forestall.web.organisations.models import Jurisdiction, Membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.web.people.models import Person

# An entry that nobody looked at for this long is shown as in need of a look.
FRESH = timedelta(days=365)
# Nobody agrees for longer at once.
LONGEST_CONSENT = timedelta(days=2 * 365)


class OfficeKind(StrEnum):
    """For what an office is named."""

    FOCAL_POINT = "focal-point"
    CENTRE = "centre"
    FIREARMS = "firearms"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _KINDS[self][0]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that asks for it."""
        return _KINDS[self][1]


_KINDS = {
    OfficeKind.FOCAL_POINT: (message("Focal point for crime prevention"), "2002/13:17(a)"),
    OfficeKind.CENTRE: (message("Centre for crime prevention"), "2002/13:17(a)"),
    OfficeKind.FIREARMS: (message("Contact for the regulation of firearms"), "1997/28:2"),
}


class OfficeQuerySet(models.QuerySet["Office"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> OfficeQuerySet:
        """Return the offices of the places that the person sees; the list shows those of all."""
        return self.filter(jurisdiction__in=Jurisdiction.objects.visible_to(person))


class Office(models.Model):
    """A body or desk that can be asked; never a person.

    Attributes
    ----------
    mandate
        What it does, and in which languages it answers, as it says itself.
    confirmed_on
        When somebody last said that all this is still right.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="offices")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in OfficeKind])
    name = models.CharField(max_length=200)
    mandate = models.TextField(blank=True, max_length=2000)
    address = models.TextField(blank=True, max_length=500)
    email = models.EmailField(blank=True)
    telephone = models.CharField(blank=True, max_length=40)
    website = models.URLField(blank=True)
    languages = models.JSONField(default=list)
    more_languages = models.CharField(blank=True, max_length=200)
    confirmed_on = models.DateField()

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["jurisdiction__name", "kind", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["jurisdiction", "kind", "name"], name="one_office_a_name"
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @property
    def kind_words(self) -> Message:
        """Return for what it is named, in words."""
        return OfficeKind(self.kind).words

    @property
    def language_words(self) -> Text:
        """Return the languages in which it answers, each as it calls itself."""
        return languages_in_words(self.languages, self.more_languages)

    def is_old(self, today: date) -> bool:
        """Say whether nobody has confirmed it for a year."""
        return self.confirmed_on + FRESH < today


class ExpertQuerySet(models.QuerySet["Expert"]):
    """Who of the experts is there."""

    def agreed(self, today: date) -> ExpertQuerySet:
        """Return those who agree to be found on a day, and still take part somewhere."""
        takes_part = Membership.objects.filter(person=models.OuterRef("person_id"))
        return self.filter(
            models.Exists(takes_part), person__is_active=True, consent_until__gte=today
        )


class Expert(models.Model):
    """What somebody tells of themselves, so that others can ask them (2002/13 ¶32).

    Attributes
    ----------
    areas, languages, more_languages
        Keys of the twelve areas of assistance; tags of the languages of the workspace, and the
        names of others.
    interests
        What could be a conflict of interest, in their own words.
    available_from, available_until
        When they can go on a mission; None where they did not say.
    consented_on, consent_until
        When they agreed to be shown, and the last day on which they are.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="expert")
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="+")
    contact = models.EmailField()
    areas = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    more_languages = models.CharField(blank=True, max_length=200)
    regions = models.CharField(blank=True, max_length=300)
    about = models.TextField(max_length=2000)
    missions = models.TextField(blank=True, max_length=4000)
    interests = models.TextField(max_length=2000)
    available_from = models.DateField(null=True, blank=True)
    available_until = models.DateField(null=True, blank=True)
    consented_on = models.DateField()
    consent_until = models.DateField()

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["person__shown_as", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(consent_until__gte=models.F("consented_on")),
                name="consent_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        """Return a number; a name would stand in logs."""
        return f"expert {self.pk}"

    @property
    def area_words(self) -> list[Message]:
        """Return the areas in words, in the order of the questionnaire."""
        return [one.words for one in Area if one.value in self.areas]

    @property
    def language_words(self) -> Text:
        """Return the languages in which they work, each as it calls itself."""
        return languages_in_words(self.languages, self.more_languages)


def languages_in_words(tags: Sequence[str], more: str) -> Text:
    """Return languages as a list, each as it calls itself, then those that were typed.

    Examples
    --------
    >>> print(languages_in_words(["fr"], "Kiswahili"))
    Français and Kiswahili
    """
    return Listing([*(language_name(one) for one in tags), *([more] if more else [])])


def visible_office(person: Person, number: int) -> Office:
    """Return an office of a place that the person sees."""
    return get_object_or_404(
        Office.objects.visible_to(person).select_related("jurisdiction"), pk=number
    )
