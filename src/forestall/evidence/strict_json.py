"""This file knows how a JSON file of evidence is read: strictly, and refused as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidEvidence, InvalidFile
from forestall.records import strict_json
from forestall.records.strict_json import JsonFile

if TYPE_CHECKING:
    import os
    from pathlib import Path

__all__ = ["JsonFile", "json_object", "read_bytes", "read_json_file"]


def read_json_file(path: str | os.PathLike[str], *, most_megabytes: int) -> JsonFile:
    """Read a file that holds one JSON object.

    Raises
    ------
    InvalidEvidence
        If it cannot be read, is too large, is no JSON object in UTF-8, names a key twice, or holds
        a number that is not finite or a sign that cannot be written.
    """
    try:
        return strict_json.read_json_file(path, most_megabytes=most_megabytes)
    except InvalidFile as wrong:
        raise InvalidEvidence(*wrong.args) from None


def json_object(read: bytes, *, name: str) -> dict[str, Any]:
    """Return the one JSON object that the bytes of a file hold.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidEvidence
        If they are no JSON object in UTF-8, name a key twice, or hold a number that is not finite
        or a sign that cannot be written.

    Examples
    --------
    >>> json_object(b'{"gates": 14}', name="plan.json")
    {'gates': 14}
    """
    try:
        return strict_json.json_object(read, name=name)
    except InvalidFile as wrong:
        raise InvalidEvidence(*wrong.args) from None


def read_bytes(file: Path, *, most_megabytes: int) -> bytes:
    """Return the bytes of a file that is not too large.

    Raises
    ------
    InvalidEvidence
        If it cannot be read, or is too large.
    """
    try:
        return strict_json.read_bytes(file, most_megabytes=most_megabytes)
    except InvalidFile as wrong:
        raise InvalidEvidence(*wrong.args) from None
