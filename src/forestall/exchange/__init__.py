"""This stage knows how cities exchange practices, plans and evaluations, signed and checked."""

from forestall.exchange.keys import fingerprint_of, public_key_of, read_key, write_key
from forestall.exchange.manifest import (
    BundledFile,
    Kind,
    Manifest,
    Translation,
    TranslationState,
)
from forestall.exchange.opening import Arrival, Opened, Provenance, imported, open_bundle
from forestall.exchange.packing import (
    PackedBundle,
    files_to_pack,
    pack_bundle,
    without_contacts,
)
from forestall.exchange.personal import check_nothing_personal, personal_places
from forestall.exchange.subscriptions import bring_in, read_subscriptions, subscribe, write_index
from forestall.exchange.trust import KnownKey, KnownKeys, Trust, read_known_keys, trust_in
from forestall.exchange.verifying import Bundle, bundle_from, read_bundle

__all__ = [
    "Arrival",
    "Bundle",
    "BundledFile",
    "Kind",
    "KnownKey",
    "KnownKeys",
    "Manifest",
    "Opened",
    "PackedBundle",
    "Provenance",
    "Translation",
    "TranslationState",
    "Trust",
    "bring_in",
    "bundle_from",
    "check_nothing_personal",
    "files_to_pack",
    "fingerprint_of",
    "imported",
    "open_bundle",
    "pack_bundle",
    "personal_places",
    "public_key_of",
    "read_bundle",
    "read_key",
    "read_known_keys",
    "read_subscriptions",
    "subscribe",
    "trust_in",
    "without_contacts",
    "write_index",
    "write_key",
]
