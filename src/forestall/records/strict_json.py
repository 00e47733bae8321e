"""This file knows how a JSON file of others is read: whole, every key once, every number finite.

A text with half of a pair of surrogates, or with NUL, is refused: JSON can write it, but no file,
page or database can (RFC 8259, section 8.2).
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidFile
from forestall.languages import Message, message

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

# Up to here every whole number is the same in every program that reads JSON (RFC 8259, section 6).
_MOST_WHOLE = 2**53
_MEGABYTE = 1_000_000
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


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

    def __init__(self, said: Message) -> None:
        super().__init__(said)
        self.said = said


def read_json_file(path: str | os.PathLike[str], *, most_megabytes: int) -> JsonFile:
    """Read a file that holds one JSON object.

    Raises
    ------
    InvalidFile
        If it cannot be read, is too large, is no JSON object in UTF-8, names a key twice, or holds
        a number that is not finite or a sign that cannot be written.
    """
    file = Path(path)
    read = read_bytes(file, most_megabytes=most_megabytes)
    content = json_object(read, name=file.name)
    return JsonFile(name=file.name, sha256=hashlib.sha256(read).hexdigest(), content=content)


def json_object(read: bytes, *, name: str) -> dict[str, Any]:
    r"""Return the one JSON object that the bytes of a file hold.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidFile
        If they are no JSON object in UTF-8, name a key twice, or hold a number that is not finite
        or a sign that cannot be written.

    Examples
    --------
    >>> json_object(b'{"gates": 14}', name="plan.json")
    {'gates': 14}
    >>> json_object(rb'{"gates": "\ud800"}', name="plan.json")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidFile: plan.json holds a sign that cannot be written, at “gates”.
    """
    try:
        content = json.loads(
            read.decode("utf-8-sig"),
            object_pairs_hook=_each_once,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except UnicodeDecodeError:
        raise InvalidFile(message("{name} is not written in UTF-8.", name=name)) from None
    except _Refused as wrong:
        raise InvalidFile(wrong.said.filled(name=name)) from None
    except json.JSONDecodeError as wrong:
        raise InvalidFile(
            message("{name} is no JSON from line {line} on.", name=name, line=wrong.lineno)
        ) from None
    except (ValueError, RecursionError):
        raise InvalidFile(message("{name} is no JSON.", name=name)) from None
    if not isinstance(content, dict):
        # The braces are values, because in a sentence they would name a place.
        raise InvalidFile(
            message(
                "{name} needs one JSON object, from {first} to {last}.",
                name=name,
                first="{",
                last="}",
            )
        )
    return content


def read_bytes(file: Path, *, most_megabytes: int) -> bytes:
    """Return the bytes of a file that is not too large.

    Raises
    ------
    InvalidFile
        If it cannot be read, or is too large.
    """
    most = most_megabytes * _MEGABYTE
    try:
        with file.open("rb") as stream:
            read = stream.read(most + 1)
    except OSError as wrong:
        raise InvalidFile(
            message(
                "{name} cannot be read: {reason}.",
                name=file.name,
                reason=(wrong.strerror or "no such file").lower(),
            )
        ) from None
    if len(read) > most:
        raise InvalidFile(
            message(
                "{name} is larger than {megabytes} MB, and no such record is.",
                name=file.name,
                megabytes=most_megabytes,
            )
        )
    return read


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if _UNWRITABLE.search(key):
            raise _Refused(message("{name} holds a sign that cannot be written."))
        _check_texts(value, key=key)
        if key in found:
            raise _Refused(message("{name} names “{key}” twice in one part.", key=key[:80]))
        found[key] = value
    return found


def _check_texts(value: Any, *, key: str) -> None:
    """Refuse texts that cannot be written; those in objects were looked at with their keys."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += one
        elif isinstance(one, str) and _UNWRITABLE.search(one):
            raise _Refused(
                message("{name} holds a sign that cannot be written, at “{key}”.", key=key[:80])
            )


def _refuse_number(written: str) -> float:
    raise _Refused(message("{name} holds {written}, which is no number.", written=written))


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise _Refused(
            message("{name} holds {written}, which is no finite number.", written=written[:20])
        )
    return number


def _whole(written: str) -> int:
    if len(written) > 17 or abs(int(written)) > _MOST_WHOLE:
        raise _Refused(
            message("{name} holds a whole number that is too large to be read alike everywhere.")
        )
    return int(written)
