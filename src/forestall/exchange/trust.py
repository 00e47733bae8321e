"""This file knows the keys of publishers that are known here, and what a new one means.

A key is known from the first bundle that was opened (trust on first use). From then on, the same
publisher with another key is refused, and so is the same key under another name.
"""

from __future__ import annotations

import unicodedata
from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from forestall.errors import ChangedKey, InvalidBundle, InvalidFile
from forestall.exchange.keys import fingerprint_of
from forestall.languages import Message, message
from forestall.records.strict_json import json_object, read_bytes
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.exchange.manifest import Manifest

KNOWN_KEYS = "known-keys.json"


class Trust(StrEnum):
    """What is known of the key of a bundle."""

    KNOWN = "known"
    FIRST_USE = "first-use"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _TRUST[self]


class KnownKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A publisher, its public key, and since when it is known here."""

    publisher: str
    public_key: str
    since: date


class KnownKeys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys that are known here."""

    keys: tuple[KnownKey, ...] = ()
    format: int = 1


def read_known_keys(folder: Path) -> KnownKeys:
    """Read the keys that are known in a library; none where there is no file of them.

    Raises
    ------
    InvalidBundle
        If the file cannot be read or understood.
    """
    file = folder / KNOWN_KEYS
    if not file.exists():
        return KnownKeys()
    try:
        return msgspec.convert(
            json_object(read_bytes(file, most_megabytes=1), name=file.name), KnownKeys
        )
    except InvalidFile as wrong:
        raise InvalidBundle(*wrong.args) from None
    except msgspec.ValidationError:
        raise InvalidBundle(message("{name} is no file of known keys.", name=file.name)) from None


def trust_in(manifest: Manifest, known: KnownKeys) -> Trust:
    """Say whether the key of a bundle is known for its publisher.

    Raises
    ------
    ChangedKey
        If the publisher is known with another key, or the key under another name.

    Examples
    --------
    >>> from forestall.exchange.example import example_bundle
    >>> from forestall.exchange.verifying import bundle_from
    >>> trust_in(bundle_from(example_bundle()).manifest, KnownKeys()).value
    'first-use'
    """
    name = plain_publisher(manifest.publisher)
    for one in known.keys:
        same_name, same_key = (
            plain_publisher(one.publisher) == name,
            one.public_key == manifest.public_key,
        )
        if same_name and same_key:
            return Trust.KNOWN
        if same_name:
            raise ChangedKey(
                message(
                    "“{publisher}” is known here since {since} with the key {known}, but this "
                    "bundle is signed with {found}. Ask “{publisher}” by another way; if its key "
                    "did change, take its entry out of {file}.",
                    publisher=one.publisher,
                    since=one.since,
                    known=fingerprint_of(one.public_key),
                    found=fingerprint_of(manifest.public_key),
                    file=KNOWN_KEYS,
                )
            )
        if same_key:
            raise ChangedKey(
                message(
                    "This key is known here as that of “{known}”, but the bundle names “{found}”.",
                    known=one.publisher,
                    found=manifest.publisher,
                )
            )
    return Trust.FIRST_USE


def remember_key(manifest: Manifest, known: KnownKeys, *, folder: Path, on: date) -> None:
    """Write the key of a bundle into the file of known keys.

    Raises
    ------
    InvalidOutput
        If the file cannot be written.
    """
    new = KnownKey(publisher=manifest.publisher, public_key=manifest.public_key, since=on)
    written = msgspec.json.encode(KnownKeys(keys=(*known.keys, new)))
    write_whole(folder / KNOWN_KEYS, msgspec.json.format(written, indent=2) + b"\n")


def first_use_told(manifest: Manifest) -> Message:
    """Return what is told when a key is seen for the first time."""
    return message(
        "This is the first bundle of “{publisher}” here. Its key is {fingerprint}; compare it with "
        "what “{publisher}” tells you by another way.",
        publisher=manifest.publisher,
        fingerprint=fingerprint_of(manifest.public_key),
    )


def plain_publisher(name: str) -> str:
    """Return the name of a publisher as it is compared: case, width and spaces make no other.

    Accents do, because who trusts a name trusts it to the letter.

    Examples
    --------
    >>> plain_publisher("PORT  Alder") == plain_publisher("Port Alder")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


_TRUST = {
    Trust.KNOWN: message("its key is known"),
    Trust.FIRST_USE: message("its key is seen for the first time"),
}
