"""This file knows the records of jurisdictions, organisations and memberships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.plan.vocabulary import Sector
from forestall.web.organisations.once import once
from forestall.web.organisations.roles import Role

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.web.people.models import Person


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> JurisdictionQuerySet:
        """Return those in which the person is a member, and those below one they administer."""
        return self.filter(pk__in=places_seen(person))


class Jurisdiction(models.Model):
    """A country, region or city; each belongs to one above it, so that they make a tree."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    country = models.CharField(max_length=2)
    level = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Level])
    currency = models.CharField(max_length=3, default="EUR")
    language = models.CharField(max_length=10, default="en")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return itself, so that pages on a place are guarded as those on what is in it."""
        return self

    def above(self) -> list[int]:
        """Return the keys of all above it, itself first."""
        keys, one = [self.pk], self.parent
        while one is not None and one.pk not in keys:
            keys.append(one.pk)
            one = one.parent
        return keys


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> OrganisationQuerySet:
        """Return the organisations of jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class Organisation(models.Model):
    """A body that takes part in a jurisdiction.

    Attributes
    ----------
    role
        Its part in prevention, made plain to everybody.
    contact
        The address of an office, never of a person.
    agreement, agreed_on, agreed_until
        What it agreed to, and from when to when.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="organisations"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Sector])
    role = models.TextField(blank=True, max_length=2000)
    contact = models.CharField(max_length=300, blank=True)
    agreement = models.TextField(blank=True, max_length=2000)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_until = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="one_organisation_a_key"),
            models.CheckConstraint(
                condition=models.Q(agreed_until__isnull=True)
                | models.Q(agreed_until__gte=models.F("agreed_on")),
                name="agreement_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @property
    def sector_words(self) -> Message:
        """Return the words for its sector, translated when written."""
        return Sector(self.sector).words


class MembershipQuerySet(models.QuerySet["Membership"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> MembershipQuerySet:
        """Return the memberships in jurisdictions that the person sees."""
        return self.filter(organisation__in=Organisation.objects.visible_to(person))


class Membership(models.Model):
    """That a person acts for an organisation, in one role."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Role])
    since = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], name="one_membership_a_role"
            )
        ]

    def __str__(self) -> str:
        """Return the role and the organisation."""
        return f"{self.role}, {self.organisation}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return where it holds."""
        return self.organisation.jurisdiction


class Invitation(models.Model):
    """A link by which somebody sets a password and becomes a member; used once.

    Only a hash of the link is kept.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", null=True
    )
    role = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Role])
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the role, never the address."""
        return f"invitation as {self.role}"


@dataclass(frozen=True)
class Held:
    """A membership of a person.

    Attributes
    ----------
    jurisdiction, organisation
        The key of the place, and the key of the organisation in its register.
    """

    jurisdiction: int
    organisation: str
    role: Role


def held_by(person: Person) -> tuple[Held, ...]:
    """Return what a person is, and where; a token takes nothing away from it."""

    def read() -> tuple[Held, ...]:
        rows = Membership.objects.filter(person_id=person.pk).values_list(
            "organisation__jurisdiction_id", "organisation__key", "role"
        )
        return tuple(Held(place, organisation, Role(role)) for place, organisation, role in rows)

    return once(("memberships", person.pk), read)


def places_seen(person: Person) -> list[int]:
    """Return the keys of the places that exist for a person: their own, and those below them.

    Of somebody who acts by a token, only the one to which it is limited.
    """
    held = held_by(person)
    administered = frozenset(one.jurisdiction for one in held if one.role is Role.ADMINISTRATOR)
    seen = {one.jurisdiction for one in held}
    seen |= once(("below", administered), lambda: below(set(administered)))
    if person.limits is not None:
        seen &= {person.limits.jurisdiction}
    return sorted(seen)


def below(keys: set[int]) -> set[int]:
    """Return the keys of all jurisdictions under some, and themselves."""
    found, new = set(keys), set(keys)
    while new:
        children = Jurisdiction.objects.filter(parent_id__in=new)
        new = set(children.values_list("pk", flat=True)) - found
        found |= new
    return found
