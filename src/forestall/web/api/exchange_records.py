"""This file knows what programs read and send about bundles that go from place to place."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.web.api.data_records import Content  # noqa: TC001
from forestall.web.api.public_records import Reason  # noqa: TC001

_Short = Annotated[str, Meta(max_length=200)]


class HowFar(Struct, frozen=True, kw_only=True):
    """How far a bundle is written in a language: texts that have it, of all texts."""

    language: str
    state: str
    texts: int
    of: int


class SharedRow(Struct, frozen=True, kw_only=True):
    """A bundle that a place gives: what it is, how far it is, and why it was withdrawn."""

    number: int
    jurisdiction: int
    kind: str
    key: str
    version: int | None
    title: dict[str, str]
    publisher: str
    licence: str
    fingerprint: str
    sha256: str
    state: str
    translations: list[HowFar]
    prepared_at: datetime
    released_at: datetime | None
    withdrawn_at: datetime | None
    reason: str


class WantedBundle(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which revision of a plan is given, under which licence and short name."""

    revision: int
    licence: _Short
    key: _Short = ""


class WantedEvaluation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Under which title, licence and short name an evaluation is given."""

    title: _Short
    licence: _Short
    key: _Short = ""


class BroughtFiles(Struct, frozen=True, kw_only=True):
    """The files of a practice or an evaluation, and under which licence they are given."""

    kind: str
    file: Content
    licence: str
    key: str = ""
    title: str = ""
    more: list[Content] = []


class WhyWithdrawn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a bundle is taken back; everybody can read it."""

    reason: Reason


class ReceivedRow(Struct, frozen=True, kw_only=True):
    """A bundle of others: what it is, where it is from, and whether it is used.

    Attributes
    ----------
    withdrawn_on, withdrawn_because
        When and why its publisher took it back, as the index that it came from says.
    plan
        The draft that was begun from it.
    """

    number: int
    jurisdiction: int
    kind: str
    key: str
    version: int
    title: dict[str, str]
    publisher: str
    licence: str
    fingerprint: str
    sha256: str
    source: str
    state: str
    translations: list[HowFar]
    created: date
    received_at: datetime
    withdrawn_on: date | None
    withdrawn_because: str
    plan: int | None


class BroughtBundle(Struct, frozen=True, kw_only=True):
    """A bundle of others, as a file."""

    file: Content


class ComparedKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fingerprint that a person compared by another way; needed for a key that is new here."""

    fingerprint: _Short = ""


class Begun(Struct, frozen=True, kw_only=True):
    """The number of the plan that was begun."""

    plan: int


class KeyRow(Struct, frozen=True, kw_only=True):
    """A key: whose it is, its fingerprint, and since when.

    Attributes
    ----------
    number
        Of a key that is trusted; None for that of the place.
    """

    number: int | None
    publisher: str
    public_key: str
    fingerprint: str
    since: date


class NewKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Under which name a place signs; a body, never a person."""

    publisher: _Short


class SubscriptionRow(Struct, frozen=True, kw_only=True):
    """Where new bundles are looked for, and what came of it the last time."""

    number: int
    jurisdiction: int
    address: str
    checked_at: datetime | None
    found: int
    failure: str
    refused: list[str]


class NewSubscription(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The address of an index, or a folder of the inbox."""

    address: Annotated[str, Meta(max_length=500)]
