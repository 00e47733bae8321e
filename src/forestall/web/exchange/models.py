"""This file knows what is kept of bundles: what is given, what came, whose keys are trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse

from forestall.exchange.keys import fingerprint_of
from forestall.exchange.manifest import Kind, TranslationState
from forestall.languages import Message, OwnWords, message
from forestall.web.operations.models import Job
from forestall.web.organisations.models import Jurisdiction, places_seen
from forestall.web.plans.models import Plan, PlanRevision

if TYPE_CHECKING:
    from forestall.web.people.models import Person

_KINDS = [(one.value, one.value) for one in Kind]
_RELATED = ("jurisdiction", "prepared_by", "released_by", "revision", "plan")


class SigningKey(models.Model):
    """The key with which a place signs; the secret part lies in a file for its owner only.

    Attributes
    ----------
    publisher
        The body that signs, as others know it; a key belongs to one name.
    file
        Name of the file with the secret, in the folder of keys.
    """

    jurisdiction = models.OneToOneField(
        Jurisdiction, on_delete=models.PROTECT, related_name="signing_key"
    )
    publisher = models.CharField(max_length=200)
    public_key = models.CharField(max_length=64)
    file = models.CharField(max_length=60)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return who signs."""
        return self.publisher

    @property
    def fingerprint(self) -> str:
        """Return what people compare."""
        return fingerprint_of(self.public_key)


class BundleRow(models.Model):
    """What both kinds of bundles have.

    Attributes
    ----------
    key, version
        A short name that stays, and the number of the version; None before it is signed.
    title
        In the languages that the publisher gives.
    translations
        How far it is written in each language: language, state, texts, of.
    """

    kind = models.CharField(max_length=10, choices=_KINDS)
    key = models.CharField(max_length=80)
    title = models.JSONField(default=dict)
    publisher = models.CharField(max_length=500)
    licence = models.CharField(max_length=500)
    translations = models.JSONField(default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Return its title."""
        return str(OwnWords(self.title)) or self.key

    @property
    def kind_words(self) -> Message:
        """Return the words for its kind, translated when written."""
        return Kind(self.kind).words

    @property
    def languages(self) -> list[tuple[str, Message, int, int]]:
        """Return each language, how far it is written in it, and how many texts of how many."""
        return [
            (one["language"], TranslationState(one["state"]).words, one["texts"], one["of"])
            for one in self.translations
        ]


class SharedQuerySet(models.QuerySet["SharedBundle"]):
    """What exists for whom."""

    def visible_to(self, person: Person) -> SharedQuerySet:
        """Return the bundles that places give which the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class SharedBundle(BundleRow):
    """Something that a place gives to others.

    Attributes
    ----------
    plan, revision
        Which plan, as it was at which revision; None for a practice and an evaluation.
    contents, contents_sha256
        Name of the file with what is signed, as it was looked at, and its checksum.
    sha256, size, public_key
        Of the bundle; empty before it is signed.
    reason
        Why it was withdrawn; those who subscribe read it.
    """

    class State(models.TextChoices):
        """How far it is."""

        READY = "ready"
        RELEASED = "released"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="shared")
    version = models.PositiveIntegerField(null=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="shared", null=True)
    revision = models.ForeignKey(
        PlanRevision, on_delete=models.PROTECT, related_name="+", null=True
    )
    contents = models.CharField(max_length=60)
    contents_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    public_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    prepared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    released_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    released_by__isnull=True, released_at__isnull=True, version__isnull=True
                )
                | models.Q(
                    released_by__isnull=False, released_at__isnull=False, version__isnull=False
                ),
                name="who_signed_which_version_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("prepared_by")),
                name="two_people_before_a_bundle",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "key", "version"], name="one_bundle_a_version"
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("shared", args=[self.pk])

    @property
    def words(self) -> Message:
        """Return the words for its state, translated when written."""
        return _SHARED[self.State(self.state)]

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the key that signed it; "" before."""
        return fingerprint_of(self.public_key) if self.public_key else ""


class TrustedKey(models.Model):
    """A key of a publisher elsewhere that somebody of a place decided to trust."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.CASCADE, related_name="trusted_keys"
    )
    publisher = models.CharField(max_length=500)
    public_key = models.CharField(max_length=64)
    trusted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    trusted_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["publisher"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["jurisdiction", "public_key"], name="one_publisher_a_key"
            )
        ]

    def __str__(self) -> str:
        """Return whose it is."""
        return self.publisher

    @property
    def fingerprint(self) -> str:
        """Return what people compare."""
        return fingerprint_of(self.public_key)


class Subscription(models.Model):
    """A web address, or a folder of the inbox, in which new bundles are looked for.

    Attributes
    ----------
    address
        Begins with https://, or with inbox: and a folder in the inbox of the server.
    checked_at, found
        When it was last looked at, and how many new bundles came then.
    said, said_values
        Why it could not be read; empty where it could.
    refused
        Bundles that were refused the last time: name, said, said_values.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.CASCADE, related_name="subscriptions"
    )
    address = models.CharField(max_length=500)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(default=0)
    said = models.TextField(blank=True)
    said_values = models.JSONField(default=dict)
    refused = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["address"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["jurisdiction", "address"], name="one_subscription_an_address"
            )
        ]

    def __str__(self) -> str:
        """Return its address."""
        return self.address

    @property
    def words(self) -> Message:
        """Return why it could not be read; written when read."""
        return Message(self.said, self.said_values)

    @property
    def refused_words(self) -> list[tuple[str, Message]]:
        """Return the name of each bundle that was refused, and why."""
        return [(one["name"], Message(one["said"], one["said_values"])) for one in self.refused]


class ReceivedQuerySet(models.QuerySet["ReceivedBundle"]):
    """What exists for whom."""

    def visible_to(self, person: Person) -> ReceivedQuerySet:
        """Return the bundles that came to places which the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class ReceivedBundle(BundleRow):
    """A bundle of somebody else, with where it is from.

    Attributes
    ----------
    source
        The name of its file, or the web address that it was fetched from.
    subscription
        By which it came; None where somebody brought it.
    withdrawn_on, withdrawn_because
        When its publisher took it back, and why, as the index that it came from says.
    plan
        The draft that was last begun from it here.
    """

    class State(models.TextChoices):
        """Whether it is used here."""

        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        SUPERSEDED = "superseded"

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="received"
    )
    version = models.PositiveIntegerField()
    public_key = models.CharField(max_length=64)
    created = models.DateField()
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=700)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, related_name="received", null=True
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    received_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    received_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    plan = models.ForeignKey(Plan, on_delete=models.SET_NULL, related_name="+", null=True)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["jurisdiction", "public_key", "key", "version"],
                name="one_received_a_version",
            )
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("received", args=[self.pk])

    @property
    def words(self) -> Message:
        """Return the words for its state, translated when written."""
        return _RECEIVED[self.State(self.state)]

    @property
    def fingerprint(self) -> str:
        """Return what people compare."""
        return fingerprint_of(self.public_key)


def visible_shared(person: Person, number: int) -> SharedBundle:
    """Return a bundle that a place gives which the person sees."""
    found = SharedBundle.objects.visible_to(person).select_related(*_RELATED)
    return get_object_or_404(found, pk=number)


def visible_received(person: Person, number: int) -> ReceivedBundle:
    """Return a bundle that came to a place which the person sees."""
    related = ("jurisdiction", "received_by", "decided_by", "plan")
    found = ReceivedBundle.objects.visible_to(person).select_related(*related)
    return get_object_or_404(found, pk=number)


def visible_key(person: Person, number: int) -> TrustedKey:
    """Return a key that is trusted in a place which the person sees."""
    found = TrustedKey.objects.filter(jurisdiction_id__in=places_seen(person))
    return get_object_or_404(found.select_related("jurisdiction"), pk=number)


def visible_subscription(person: Person, number: int) -> Subscription:
    """Return a subscription of a place which the person sees."""
    found = Subscription.objects.filter(jurisdiction_id__in=places_seen(person))
    return get_object_or_404(found.select_related("jurisdiction"), pk=number)


_SHARED = {
    SharedBundle.State.READY: message("waits for a second person"),
    SharedBundle.State.RELEASED: message("given to others"),
    SharedBundle.State.SUPERSEDED: message("replaced by a later one"),
    SharedBundle.State.WITHDRAWN: message("withdrawn"),
}
_RECEIVED = {
    ReceivedBundle.State.WAITING: message("waits for a decision"),
    ReceivedBundle.State.ACCEPTED: message("used here"),
    ReceivedBundle.State.DECLINED: message("declined"),
    ReceivedBundle.State.SUPERSEDED: message("replaced by a later one"),
}
