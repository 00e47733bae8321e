"""This file knows how a city with something of each kind of the exchange is made."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from forestall.evidence.practices import example_practice, practice_record
from forestall.exchange.example import example_bundle
from forestall.web.exchange.folders import keep_prepared
from forestall.web.exchange.models import SharedBundle, Subscription, TrustedKey
from forestall.web.exchange.taking import receive_bundle
from forestall.web.people.models import Person

if TYPE_CHECKING:
    from forestall.web.organisations.models import Jurisdiction


def shared_of(city: Jurisdiction) -> int:
    """Return a practice that waits for a second person."""
    found = SharedBundle.objects.filter(jurisdiction=city).first()
    if found is None:
        author = Person.objects.create_user(f"shares-{city.slug}@example.org")
        record = {**practice_record(example_practice())}
        name, sha256 = keep_prepared({"practice.json": json.dumps(record).encode()})
        found = SharedBundle.objects.create(
            jurisdiction=city,
            kind="practice",
            key="alley-gates",
            title=record["title"],
            publisher=city.name,
            licence="CC-BY-4.0",
            translations=[{"language": "fr", "state": "part", "texts": 1, "of": 9}],
            contents=name,
            contents_sha256=sha256,
            prepared_by=author,
        )
    return found.pk


def received_of(city: Jurisdiction) -> int:
    """Return a plan of another city that waits for a decision."""
    found, _ = receive_bundle(
        example_bundle(publisher="Long Mere", seed=9),
        jurisdiction=city,
        source="alder.bundle.zip",
        by=None,
    )
    return found.pk


def trusted_key_of(city: Jurisdiction) -> int:
    person, _ = Person.objects.get_or_create(email=f"trusts-{city.slug}@example.org")
    found, _ = TrustedKey.objects.get_or_create(
        jurisdiction=city,
        public_key="00" * 32,
        defaults={"publisher": "Far Mere", "trusted_by": person, "trusted_on": date(2026, 3, 2)},
    )
    return found.pk


def subscription_of(city: Jurisdiction) -> int:
    """Return a subscription that could not be read."""
    person, _ = Person.objects.get_or_create(email=f"subscribes-{city.slug}@example.org")
    found, _ = Subscription.objects.get_or_create(
        jurisdiction=city,
        address="inbox:bundles",
        defaults={"made_by": person, "said": "{host} answered.", "said_values": {"host": "x"}},
    )
    return found.pk
