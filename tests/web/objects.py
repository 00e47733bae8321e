"""One object of each kind that a page can be about, in a given city.

The key is the name of the function that finds the object for the page. A new kind of page fails
the tests of access and of accessibility until its kind stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan

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


OBJECTS: Mapping[str, Callable[[Jurisdiction], int]] = {
    "visible_plan": plan_of,
    "visible_organisation": office_of,
    "visible_place": lambda city: city.pk,
    "visible_membership": membership_of,
}

# Further parts of addresses, by the name of the address.
MORE: Mapping[str, Mapping[str, Any]] = {
    "audit_export": {"form": "csv"},
    "invited": {"token": "no-such-invitation"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
    "openid_connect_login": {"provider_id": "city"},
    "openid_connect_callback": {"provider_id": "city"},
}


def address_in(one: Address, city: Jurisdiction) -> str:
    """Return an address with its parts filled in."""
    parts = dict(MORE.get(one.name, {}))
    if one.about:
        assert one.about in OBJECTS, f"Add an object for {one.about} to tests/web/objects.py."
        parts["number"] = OBJECTS[one.about](city)
    assert set(parts) >= set(one.arguments), f"Add the parts of {one.name} to tests/web/objects.py."
    return reverse(one.name, kwargs={name: parts[name] for name in one.arguments})
