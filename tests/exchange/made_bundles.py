"""This file knows how bundles are made for tests, also such as nobody honest would make."""

from __future__ import annotations

import json
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from forestall.evidence.practices import example_practice, practice_record
from forestall.exchange import Kind, pack_bundle
from forestall.exchange.archive import laid_out, members_of
from forestall.exchange.keys import signature_of

SECRET = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)


def practice_json(**changes):
    return json.dumps({**practice_record(example_practice()), **changes}).encode()


def a_bundle(files=None, **options):
    return packed(files, **options).content


def packed(files=None, *, secret=SECRET, **changes):
    usual = {
        "kind": Kind.PRACTICE,
        "key": "alley-gates",
        "version": 1,
        "publisher": "Exampletown",
        "licence": "CC-BY-4.0",
        "created": date(2026, 3, 2),
    }
    files = {"practice.json": practice_json(), "notes.md": b"# Notes\n"} | (files or {})
    return pack_bundle(files, secret=secret, **{**usual, **changes})


def laid_out_with(bundle, **changes):
    """Lay a bundle out again with other members; None takes one away."""
    members = {**members_of(bundle), **{name: new for name, new in changes.items() if new}}
    return laid_out((name, one) for name, one in members.items() if changes.get(name, one))


def signed_again(bundle, manifest, *, secret=SECRET, **changes):
    """Return a bundle whose manifest is another and is signed rightly."""
    members = members_of(bundle) | {
        "manifest.json": manifest,
        "manifest.sig": signature_of(manifest, secret),
    }
    return laid_out((members | changes).items())


def manifest_with(bundle, **changes):
    content = json.loads(members_of(bundle)["manifest.json"]) | changes
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
