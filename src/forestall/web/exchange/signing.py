"""This file knows the key with which a place signs: made once, kept in a file for its owner only.

A key belongs to one name of a publisher, so each place of a workspace has its own. Where the file
is gone, a new key can be made; who took bundles before refuses it until they are told.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from forestall.errors import InvalidBundle
from forestall.exchange.keys import public_key_of, read_key, write_key
from forestall.exchange.trust import plain_publisher
from forestall.languages import OwnWords, message
from forestall.web.audit.services import record
from forestall.web.exchange.folders import keys_folder
from forestall.web.exchange.models import SigningKey
from forestall.web.organisations.in_turn import wait_for_all_places
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person


@transaction.atomic
def make_signing_key(*, jurisdiction: Jurisdiction, publisher: str, by: Person) -> SigningKey:
    """Make the key of a place, or a new one where the file of the first is gone.

    Parameters
    ----------
    publisher
        The body that signs, as others should know it.

    Raises
    ------
    NotAllowed
        If the person may not prepare publications there.
    InvalidBundle
        If the place has a key that works, the name is empty, or another place signs under it.
    InvalidOutput
        If the file cannot be written.
    """
    check_may(by, Verb.PREPARE_RELEASE, jurisdiction)
    wait_for_all_places()
    name = str(OwnWords({"": publisher})).strip()
    if not name:
        raise InvalidBundle(message("A bundle needs a publisher with a short name."))
    others = SigningKey.objects.exclude(jurisdiction=jurisdiction)
    if any(
        plain_publisher(one) == plain_publisher(name)
        for one in others.values_list("publisher", flat=True)
    ):
        raise InvalidBundle(message("Another place signs under this name; choose one of its own."))
    before = SigningKey.objects.filter(jurisdiction=jurisdiction).first()
    if before is not None and has_secret(before):
        raise InvalidBundle(message("This place has a key, and it works."))
    file = f"{secrets.token_hex(8)}.pem"
    public = write_key(keys_folder() / file)
    made, _ = SigningKey.objects.update_or_create(
        jurisdiction=jurisdiction,
        defaults={"publisher": name, "public_key": public, "file": file, "made_by": by},
    )
    record(
        "make signing key",
        by=by,
        about=f"place {jurisdiction.pk}",
        jurisdiction=jurisdiction,
        fingerprint=made.fingerprint,
    )
    return made


def signing_key_of(jurisdiction: Jurisdiction) -> SigningKey | None:
    """Return the key of a place; None where none was made."""
    return SigningKey.objects.filter(jurisdiction=jurisdiction).first()


def has_secret(key: SigningKey) -> bool:
    """Say whether the secret of a key is there and belongs to it."""
    try:
        read_secret(key)
    except InvalidBundle:
        return False
    return True


def read_secret(key: SigningKey) -> Ed25519PrivateKey:
    """Return the secret of a key.

    Raises
    ------
    InvalidBundle
        If it is missing, others can read it, or it belongs to another key.
    """
    secret = read_key(keys_folder() / key.file)
    if public_key_of(secret) != key.public_key:
        raise InvalidBundle(message("The file of the key holds another key than it should."))
    return secret
