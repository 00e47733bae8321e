"""This file knows how a JSON file of others is read: whole, every key once, every number finite."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidEvidence

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

# Up to here every whole number is the same in every program that reads JSON (RFC 8259, section 6).
_MOST_WHOLE = 2**53
_MEGABYTE = 1_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class JsonFile:
    """What a JSON file holds, and the checksum of its bytes.

    Attributes
    ----------
    name
        Of the file, without its folder.
    sha256
        Of its bytes.
    content
        The object in it.
    """

    name: str
    sha256: str
    content: Mapping[str, Any]


class _Refused(ValueError):
    """JSON that other programs would read differently, with the reason."""


def read_json_file(path: str | os.PathLike[str], *, most_megabytes: int) -> JsonFile:
    """Read a file that holds one JSON object.

    Raises
    ------
    InvalidEvidence
        If it cannot be read, is too large, is no JSON object in UTF-8, names a key twice, or holds
        a number that is not finite.
    """
    file = Path(path)
    read = read_bytes(file, most_megabytes=most_megabytes)
    try:
        content = json.loads(
            read.decode("utf-8-sig"),
            object_pairs_hook=_each_once,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except UnicodeDecodeError:
        raise InvalidEvidence(f"{file.name} is not written in UTF-8.") from None
    except _Refused as wrong:
        raise InvalidEvidence(f"{file.name} {wrong}") from None
    except json.JSONDecodeError as wrong:
        raise InvalidEvidence(f"{file.name} is no JSON from line {wrong.lineno} on.") from None
    except (ValueError, RecursionError):
        raise InvalidEvidence(f"{file.name} is no JSON.") from None
    if not isinstance(content, dict):
        raise InvalidEvidence(f"{file.name} needs one JSON object, from {{ to }}.")
    return JsonFile(name=file.name, sha256=hashlib.sha256(read).hexdigest(), content=content)


def read_bytes(file: Path, *, most_megabytes: int) -> bytes:
    """Return the bytes of a file that is not too large.

    Raises
    ------
    InvalidEvidence
        If it cannot be read, or is too large.
    """
    most = most_megabytes * _MEGABYTE
    try:
        with file.open("rb") as stream:
            read = stream.read(most + 1)
    except OSError as wrong:
        raise InvalidEvidence(
            f"{file.name} cannot be read: {(wrong.strerror or 'no such file').lower()}."
        ) from None
    if len(read) > most:
        raise InvalidEvidence(
            f"{file.name} is larger than {most_megabytes} MB, and no such record is."
        )
    return read


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(f"names “{key[:80]}” twice in one part.")
        found[key] = value
    return found


def _refuse_number(written: str) -> float:
    raise _Refused(f"holds {written}, which is no number.")


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise _Refused(f"holds {written[:20]}, which is no finite number.")
    return number


def _whole(written: str) -> int:
    if len(written) > 17 or abs(int(written)) > _MOST_WHOLE:
        raise _Refused("holds a whole number that is too large to be read alike everywhere.")
    return int(written)
