"""This file knows how a bundle is looked at before anything of it is believed or written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidBundle
from forestall.exchange.archive import members_of
from forestall.exchange.keys import is_signed
from forestall.exchange.manifest import MOST_BYTES, Manifest, manifest_from
from forestall.exchange.packing import FOLDER, MANIFEST, SIGNATURE, check_bundled
from forestall.languages import message

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False, kw_only=True)
class Bundle:
    """A bundle that is whole: signed by its key, and nothing in it was changed or tells of persons.

    Whether its publisher is who it says is for `trust_in` and for people.

    Attributes
    ----------
    manifest
        What it says of itself.
    written, signature
        The bytes of the manifest, and the signature over them.
    files
        From the path of each file to its bytes.
    sha256
        Of the whole bundle.
    """

    manifest: Manifest
    written: bytes
    signature: bytes
    files: Mapping[str, bytes]
    sha256: str


def read_bundle(path: str | os.PathLike[str]) -> Bundle:
    """Read a bundle from its file, and make sure that it is whole.

    Raises
    ------
    InvalidBundle
        As `bundle_from`, or if the file cannot be read.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            read = stream.read(MOST_BYTES + 1)
    except OSError as wrong:
        reason = (wrong.strerror or "no such file").lower()
        raise InvalidBundle(
            message("{name} cannot be read: {reason}.", name=file.name, reason=reason)
        ) from None
    return bundle_from(read)


def bundle_from(read: bytes) -> Bundle:
    """Make sure that bytes are a whole bundle, and return what it holds.

    Raises
    ------
    InvalidBundle
        If one byte of it was changed, it was cut short, a file is missing or too many, the
        signature is not that of its key, the main file is not what it says, or it tells of persons.
    """
    members = members_of(read)
    if list(members)[:2] != [MANIFEST, SIGNATURE]:
        raise InvalidBundle(message("The bundle does not begin with its manifest and signature."))
    written, signature = members.pop(MANIFEST), members.pop(SIGNATURE)
    manifest = manifest_from(written)
    if not is_signed(written, signature, manifest.public_key):
        raise InvalidBundle(
            message("The signature of the bundle is not that of its key; it was changed.")
        )
    expected = [FOLDER + one.path for one in manifest.files]
    if list(members) != expected:
        raise InvalidBundle(
            message("The bundle holds a file that its manifest does not name, or lacks one.")
        )
    files = {name.removeprefix(FOLDER): content for name, content in members.items()}
    for one in manifest.files:
        content = files[one.path]
        if len(content) != one.size or hashlib.sha256(content).hexdigest() != one.sha256:
            raise InvalidBundle(message("{file} in the bundle was changed.", file=one.path))
    check_bundled(manifest, written, files)
    return Bundle(
        manifest=manifest,
        written=written,
        signature=signature,
        files=files,
        sha256=hashlib.sha256(read).hexdigest(),
    )
