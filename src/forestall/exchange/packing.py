"""This file knows how a practice, a plan or an evaluation is packed into a signed bundle."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date  # noqa: TC003 -- named in a signature that is read
from typing import TYPE_CHECKING

from msgspec.structs import replace

from forestall.errors import InvalidBundle
from forestall.exchange.archive import check_size, laid_out
from forestall.exchange.contents import check_contents, title_of, translations_of
from forestall.exchange.keys import public_key_of, signature_of
from forestall.exchange.manifest import (
    MOST_BYTES,
    BundledFile,
    Kind,
    Manifest,
    is_plain_path,
    manifest_bytes,
)
from forestall.exchange.personal import OFFICE_OF_PRACTICE, check_nothing_personal
from forestall.languages import Texts, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from forestall.plan.records import ActionPlan

MANIFEST, SIGNATURE, FOLDER = "manifest.json", "manifest.sig", "files/"
SUFFIX = ".bundle.zip"


@dataclass(frozen=True, eq=False, kw_only=True)
class PackedBundle:
    """A bundle as it was just packed and signed.

    Attributes
    ----------
    manifest
        What it says of itself.
    content
        Its bytes.
    """

    manifest: Manifest
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def pack_bundle(
    files: Mapping[str, bytes],
    *,
    kind: Kind,
    key: str,
    version: int,
    publisher: str,
    licence: str,
    secret: Ed25519PrivateKey,
    created: date,
    title: Texts | None = None,
) -> PackedBundle:
    """Pack and sign a bundle; its bytes are the same for the same files, key and day.

    Parameters
    ----------
    files
        From the path inside the bundle to the bytes. The main file of the kind is among them.
    key, version
        A short name that stays, and the number of this version, from 1.
    publisher
        A body, never a person.
    title
        By language; of plans and practices, which have their own, that is taken.

    Raises
    ------
    InvalidBundle
        If the main file is not what the kind needs, a file tells of a person or cannot be looked
        into, or the manifest lacks something.

    Examples
    --------
    >>> from datetime import date
    >>> from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    >>> from forestall.plan import example_plan, plan_to_json
    >>> bundle = pack_bundle(
    ...     {"plan.json": plan_to_json(without_contacts(example_plan()))},
    ...     kind=Kind.PLAN,
    ...     key="port-alder",
    ...     version=1,
    ...     publisher="Port Alder",
    ...     licence="CC-BY-4.0",
    ...     secret=Ed25519PrivateKey.generate(),
    ...     created=date(2026, 3, 2),
    ... )
    >>> bundle.content[:2], bundle.manifest.title["en"]
    (b'PK', 'Fewer home burglaries in the harbour districts')
    """
    _check_paths(files)
    manifest = Manifest(
        kind=kind,
        key=key,
        version=version,
        title=title_of(kind, files) or title or {},
        publisher=publisher,
        public_key=public_key_of(secret),
        created=created,
        licence=licence,
        files=_listed(files),
        translations=translations_of(kind, files),
    )
    written = manifest_bytes(manifest)
    check_bundled(manifest, written, files)
    members = [(MANIFEST, written), (SIGNATURE, signature_of(written, secret))]
    packed = laid_out([*members, *((FOLDER + path, files[path]) for path in sorted(files))])
    check_size(len(packed))
    return PackedBundle(manifest=manifest, content=packed)


def check_bundled(manifest: Manifest, written: bytes, files: Mapping[str, bytes]) -> None:
    """Make sure that files are what a manifest says, and that nothing in them tells of a person.

    Raises
    ------
    InvalidBundle
        With the first thing that is not so.
    """
    check_contents(manifest.kind, files)
    check_nothing_personal(
        files, allowed=offices_in(manifest.kind), main_file=manifest.kind.main_file
    )
    check_nothing_personal({MANIFEST: written})


def offices_in(kind: Kind) -> frozenset[str]:
    """Return the places of a main file that may name an office: only a practice has them.

    Examples
    --------
    >>> sorted(offices_in(Kind.PRACTICE)), sorted(offices_in(Kind.PLAN))
    (['contact', 'contact.email', 'contact.office'], [])
    """
    return OFFICE_OF_PRACTICE if kind is Kind.PRACTICE else frozenset()


def _check_paths(files: Mapping[str, bytes]) -> None:
    if not all(map(is_plain_path, files)):
        raise InvalidBundle(
            message(
                "A file of a bundle has a path with other signs than small letters, digits, dots, "
                "hyphens and underscores."
            )
        )


def _listed(files: Mapping[str, bytes]) -> tuple[BundledFile, ...]:
    return tuple(
        BundledFile(path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        for path, content in sorted(files.items())
    )


def files_to_pack(paths: Sequence[Path], *, kind: Kind) -> dict[str, bytes]:
    """Return the bytes of files by the path that they get; the first file is the main one.

    Raises
    ------
    InvalidBundle
        If one cannot be read, is too large, or has the name of another.
    """
    found: dict[str, bytes] = {}
    for number, file in enumerate(paths):
        name = file.name.lower() if number else kind.main_file
        if name in found:
            raise InvalidBundle(message("Two files are called “{name}”.", name=name))
        try:
            with file.open("rb") as stream:
                found[name] = stream.read(MOST_BYTES + 1)
        except OSError as wrong:
            reason = (wrong.strerror or "no such file").lower()
            raise InvalidBundle(
                message("{name} cannot be read: {reason}.", name=file.name, reason=reason)
            ) from None
        check_size(sum(map(len, found.values())))
    return found


def without_contacts(plan: ActionPlan) -> ActionPlan:
    """Return a plan whose partners name no contact, as it is exchanged.

    Examples
    --------
    >>> from forestall.plan import example_plan
    >>> {one.contact for one in without_contacts(example_plan()).partners}
    {''}
    """
    return replace(plan, partners=tuple(replace(one, contact="") for one in plan.partners))
