"""This file knows a bundle of an invented city, signed with a key that is no secret."""

from __future__ import annotations

from datetime import date


def example_bundle(*, version: int = 1, seed: int = 1, publisher: str = "Port Alder") -> bytes:
    """Return the bytes of a bundle with the plan of an invented city.

    Parameters
    ----------
    seed
        From 0 to 255; makes the key. Never sign anything with it that is meant.

    Examples
    --------
    >>> from forestall.exchange.verifying import bundle_from
    >>> bundle_from(example_bundle()).manifest.kind.value
    'plan'
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from forestall.exchange.manifest import Kind
    from forestall.exchange.packing import pack_bundle, without_contacts
    from forestall.plan.example import example_plan
    from forestall.plan.files import plan_to_json

    return pack_bundle(
        {"plan.json": plan_to_json(without_contacts(example_plan()))},
        kind=Kind.PLAN,
        key="port-alder-harbour",
        version=version,
        publisher=publisher,
        licence="CC-BY-4.0",
        secret=Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32),
        created=date(2026, 3, 2),
    ).content
