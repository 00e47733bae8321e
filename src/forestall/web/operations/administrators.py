"""This file knows how the first administrator, or one who is locked out, comes in: by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from forestall.errors import InvalidConfiguration
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.plan.vocabulary import Sector
from forestall.web.organisations.models import Invitation, Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import invite

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forestall.web.configuration import Configuration

# ISO 3166-1 leaves XX to its users; the administrator names the country.
_UNKNOWN_COUNTRY = "XX"


def has_administrator() -> bool:
    """Return whether somebody who can sign in administers the workspace."""
    return Membership.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).exists()


def first_city() -> str:
    """Return the slug of the first jurisdiction under no other; empty where there is none."""
    top = Jurisdiction.objects.filter(parent=None).order_by("pk")
    return top.values_list("slug", flat=True).first() or ""


@transaction.atomic
def make_link(role: Role, *, city: str = "") -> str:
    """Make a link that can be used once, and return its path; those before it end.

    Parameters
    ----------
    role
        What whoever uses it becomes.
    city
        Slug of the jurisdiction; empty for the only one, which is made where there is none.

    Raises
    ------
    InvalidConfiguration
        If there is no such jurisdiction, or none is named and there are several.
    """
    organisation = _office(city)
    unused = Invitation.objects.filter(
        organisation=organisation, role=role, email="", used_at__isnull=True
    )
    unused.delete()
    _, token = invite(organisation=organisation, role=role, email="", by=None)
    return reverse("invited", args=[token])


def own_address(configuration: Configuration, *, host: str, port: int) -> str:
    """Return the address at which people reach the workspace, without a slash at its end.

    Examples
    --------
    >>> from pathlib import Path
    >>> from forestall.web.configuration import Configuration
    >>> own_address(Configuration(home=Path("city")), host="0.0.0.0", port=8000)
    'http://127.0.0.1:8000'
    """
    if public_address(configuration):
        return public_address(configuration)
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 -- compared only
    return f"http://{shown}:{port}"


def public_address(configuration: Configuration) -> str:
    """Return the address behind the proxy of a city; "" for a workspace on one machine.

    Examples
    --------
    >>> from pathlib import Path
    >>> from forestall.web.configuration import Configuration
    >>> public_address(Configuration(home=Path("city")))
    ''
    """
    if configuration.secure and configuration.hosts[3:]:
        return f"https://{configuration.hosts[3]}"
    return ""


def _office(city: str) -> Organisation:
    """Return the organisation that coordinates a jurisdiction, else its first, else a new one."""
    jurisdiction = _jurisdiction(city)
    first = jurisdiction.organisations.order_by("pk")
    office = first.filter(sector=Sector.COORDINATION).first() or first.first()
    return office or Organisation.objects.create(
        jurisdiction=jurisdiction, key="office", name="Office", sector=Sector.COORDINATION
    )


def _jurisdiction(city: str) -> Jurisdiction:
    known = Jurisdiction.objects.order_by("pk")
    if not city and not known.exists():
        return Jurisdiction.objects.create(
            name="City", slug="city", country=_UNKNOWN_COUNTRY, level=Level.LOCAL
        )
    found = known.filter(slug=city).first() if city else _the_only(known.filter(parent=None))
    if found is None:
        slugs = ", ".join(known.values_list("slug", flat=True)[:20])
        raise InvalidConfiguration(f"Name one of the jurisdictions with --city: {slugs}.")
    return found


def _the_only(known: QuerySet[Jurisdiction]) -> Jurisdiction | None:
    first = list(known[:2])
    return first[0] if len(first) == 1 else None
