"""This file knows what programs read and send about the directory."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.assistance.areas import Area  # noqa: TC001
from forestall.web.directory.models import OfficeKind

# The form says which kinds there are, in the words of the directory.
Kind = Annotated[str, Meta(extra_json_schema={"enum": [one.value for one in OfficeKind]})]


class DirectoryFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office as it is sent; what is left out is empty."""

    kind: Kind
    name: str
    mandate: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    more_languages: str = ""


class DirectoryOffice(Struct, frozen=True, kw_only=True):
    """An office of the directory, and when somebody last confirmed it."""

    number: int
    jurisdiction: int
    country: str
    kind: OfficeKind
    name: str
    mandate: str
    address: str
    email: str
    telephone: str
    website: str
    languages: list[str]
    more_languages: str
    confirmed_on: date


class ExpertEntry(Struct, frozen=True, kw_only=True):
    """What an expert tells of themselves, and until when they agree to be shown."""

    number: int
    name: str
    contact: str
    areas: list[Area]
    languages: list[str]
    more_languages: str
    regions: str
    about: str
    missions: str
    interests: str
    available_from: date | None
    available_until: date | None
    consent_until: date


class Provision(Struct, frozen=True, kw_only=True):
    """A paragraph, what it asks, what a plan says to it and what it lacks; in words, no score."""

    paragraph: str
    asks: str
    held: list[str]
    lacks: list[str]
