"""One object of each kind that a page can be about, in a given city.

The key is the name of the function that finds the object for the page. A new kind of page fails
the tests of access and of accessibility until its kind stands here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from forestall.web.consultation.models import Comment, Consultation
from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from forestall.web.publishing.models import Release
from tests.web.data.objects import diagnosis_of, import_of, other_diagnosis_of, store_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scripts.addresses import Address


def plan_of(city: Jurisdiction) -> int:
    return Plan.objects.get(jurisdiction=city).pk


def office_of(city: Jurisdiction) -> int:
    return city.organisations.get(key="office").pk


def membership_of(city: Jurisdiction) -> int:
    found = Membership.objects.filter(organisation__jurisdiction=city, role=Role.READER)
    return found.latest("pk").pk


def consultation_of(city: Jurisdiction) -> int:
    plan = Plan.objects.get(jurisdiction=city)
    found, _ = Consultation.objects.get_or_create(
        plan=plan,
        revision=plan.revisions.latest("number"),
        slug=f"{city.slug}-1",
        defaults={"opens": date(2026, 1, 1), "ends": date(2099, 1, 1)},
    )
    return found.pk


def comment_of(city: Jurisdiction) -> int:
    found, _ = Comment.objects.get_or_create(
        consultation_id=consultation_of(city),
        text="Please light the path.",
        defaults={"language": "en", "made_on": date(2026, 1, 1)},
    )
    return found.pk


def release_of(city: Jurisdiction) -> int:
    plan = Plan.objects.get(jurisdiction=city)
    found, _ = Release.objects.get_or_create(
        jurisdiction=city,
        kind=Release.Kind.PLAN,
        plan=plan,
        revision=plan.revisions.latest("number"),
        defaults={
            "title": plan.title,
            "languages": ["en"],
            "state": Release.State.READY,
            "prepared_by": plan.drafted_by,
        },
    )
    return found.pk


OBJECTS: Mapping[str, Callable[[Jurisdiction], int]] = {
    "visible_plan": plan_of,
    "visible_organisation": office_of,
    "visible_place": lambda city: city.pk,
    "visible_membership": membership_of,
    "visible_store": store_of,
    "visible_import": import_of,
    "visible_diagnosis": diagnosis_of,
    "visible_consultation": consultation_of,
    "visible_comment": comment_of,
    "visible_release": release_of,
}

# Further parts of addresses, by the name of the address; a function makes one in the city.
MORE: Mapping[str, Mapping[str, Any]] = {
    "audit_export": {"form": "csv"},
    "diagnosis-file": {"name": "tables/"},
    "diagnosis-compare": {"other": other_diagnosis_of},
    "take-part": {"slug": "port-alder-1"},
    "take-part-thanks": {"slug": "port-alder-1"},
    "take-part-on": {"slug": "port-alder-1", "where": "whole"},
    "take-part-changes": {"slug": "port-alder-1", "revision": 1},
    "release-preview-file": {"inside": "index.html"},
    "public-site": {"city": "port-alder"},
    "public-file": {"city": "port-alder", "inside": "index.html"},
    "invited": {"token": "no-such-invitation"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
    "openid_connect_login": {"provider_id": "city"},
    "openid_connect_callback": {"provider_id": "city"},
}


def address_in(one: Address, city: Jurisdiction) -> str:
    """Return an address with its parts filled in."""
    more = MORE.get(one.name, {})
    parts = {name: part(city) if callable(part) else part for name, part in more.items()}
    if one.about:
        assert one.about in OBJECTS, f"Add an object for {one.about} to tests/web/objects.py."
        parts["number"] = OBJECTS[one.about](city)
    assert set(parts) >= set(one.arguments), f"Add the parts of {one.name} to tests/web/objects.py."
    return reverse(one.name, kwargs={name: parts[name] for name in one.arguments})
