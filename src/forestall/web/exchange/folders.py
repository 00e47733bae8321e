"""This file knows where files of the exchange lie, and how those that are signed are kept whole.

::

    files/exchange/prepared/          what is going to be signed, as a second person looks at it
    files/exchange/signed/            every bundle that was ever signed
    files/exchange/received/          bundles of others, as they came; a month longer than needed
    bundles/<place>/                  those that are given, with an index, for any web server
    keys/                             secret keys, for their owner only; in some backups

Names are made of numbers and of what a bundle itself restricts to plain letters.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from forestall.errors import InvalidBundle
from forestall.exchange.archive import laid_out, members_of
from forestall.exchange.packing import SUFFIX
from forestall.languages import message
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.exchange.models import ReceivedBundle, SharedBundle
    from forestall.web.organisations.models import Jurisdiction


def keys_folder() -> Path:
    """Return the folder of secret keys, made for its owner only."""
    folder = Path(settings.HOME) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def shared_folder(place: Jurisdiction) -> Path:
    """Return the folder of the bundles that a place gives; made anew from what was signed."""
    return Path(settings.HOME) / "bundles" / str(place.pk)


def shared_name(one: SharedBundle) -> str:
    """Return the name of the file of a signed bundle."""
    return f"{one.key}-v{one.version}{SUFFIX}"


def signed_file(one: SharedBundle) -> Path:
    """Return the file of a signed bundle, kept also when it is no longer given."""
    return _folder("signed") / f"{one.pk}{SUFFIX}"


def received_file(one: ReceivedBundle) -> Path:
    """Return the file of a bundle of somebody else."""
    return received_place(one.jurisdiction, one.sha256)


def received_folder() -> Path:
    """Return the folder of the bundles of others."""
    return _folder("received")


def received_place(place: Jurisdiction, sha256: str) -> Path:
    """Return where a bundle of this checksum is kept for a place."""
    return received_folder() / f"{place.pk}-{sha256}{SUFFIX}"


def keep_prepared(files: Mapping[str, bytes]) -> tuple[str, str]:
    """Keep files that are going to be signed; return the name of what holds them, and its hash."""
    content = laid_out(sorted(files.items()))
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{sha256[:40]}.files"
    write_whole(_folder("prepared") / name, content)
    return name, sha256


def read_prepared(one: SharedBundle) -> dict[str, bytes]:
    """Return the files that were prepared, exactly as they were.

    Raises
    ------
    InvalidBundle
        If they are missing or were changed meanwhile.
    """
    try:
        content = (_folder("prepared") / one.contents).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != one.contents_sha256:
        raise InvalidBundle(
            message("What was prepared is missing or was changed; prepare it once more.")
        )
    return members_of(content)


def _folder(name: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "exchange" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
