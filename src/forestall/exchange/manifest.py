"""This file knows what a bundle says of itself: who publishes what, in which files and languages.

The manifest is written in one way only (keys in order, no spaces, whole numbers), so that the same
content has the same bytes and nothing can be added that a signature does not cover.
"""

from __future__ import annotations

import json
import re
from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum

import msgspec
from msgspec import Struct

from forestall.errors import InvalidBundle, InvalidFile
from forestall.evidence.practices.forms import KEY, LANGUAGE, SHA256
from forestall.languages import Message, Texts, has_words, message
from forestall.records.strict_json import json_object

FORMAT = 1
MOST_FILES = 200
MOST_BYTES = 50_000_000
MOST_OF_MANIFEST = 1_000_000
_MOST_LETTERS = 500
_MOST_OF_KEY = 80
_PUBLIC_KEY = "[0-9a-f]{64}"
_PATH = r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*(/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*){0,3}"
_LARGEST_VERSION = 1_000_000
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Kind(StrEnum):
    """What a bundle holds."""

    PRACTICE = "practice"
    PLAN = "plan"
    EVALUATION = "evaluation"
    EVIDENCE = "evidence"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _KINDS[self][1]

    @property
    def main_file(self) -> str:
        """Return the name of the file that makes it one."""
        return _KINDS[self][0]


class TranslationState(StrEnum):
    """How far a bundle is written in a language."""

    ORIGINAL = "original"
    WHOLE = "whole"
    PART = "part"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _TRANSLATIONS[self]


class BundledFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of a bundle: its path, the SHA-256 of its bytes, and how many they are."""

    path: str
    sha256: str
    size: int


class Translation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far the main file is written in a language: texts that have it, of all texts."""

    language: str
    state: TranslationState
    texts: int
    of: int


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a bundle says of itself.

    Attributes
    ----------
    kind, key, version
        What it is, a short name that stays, and the number of this version, from 1.
    title
        In the languages that the publisher gives.
    publisher
        A body, never a person.
    public_key
        Ed25519, 64 hexadecimal digits.
    created
        The day on which it was packed.
    licence
        Under which it may be used, such as "CC-BY-4.0".
    files
        In the order of their paths.
    translations
        The language of the original first.
    """

    kind: Kind
    key: str
    version: int
    title: Texts
    publisher: str
    public_key: str
    created: date
    licence: str
    files: tuple[BundledFile, ...]
    translations: tuple[Translation, ...] = ()
    format: int = FORMAT


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return a manifest in the one way in which it is written.

    Raises
    ------
    InvalidBundle
        If it contradicts itself, or is too large.
    """
    fault = fault_of(manifest)
    if fault is not None:
        raise InvalidBundle(fault)
    written = _written(manifest)
    if len(written) > MOST_OF_MANIFEST:
        raise InvalidBundle(_TOO_LARGE)
    return written


def manifest_from(read: bytes) -> Manifest:
    """Return the manifest that bytes hold.

    Raises
    ------
    InvalidBundle
        If they are no manifest, or are not written in the one way.

    Examples
    --------
    >>> manifest_from(b"{}")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: The manifest of the bundle lacks something, or holds something
    that is not known.
    """
    if len(read) > MOST_OF_MANIFEST:
        raise InvalidBundle(_TOO_LARGE)
    try:
        content = json_object(read, name="manifest.json")
    except InvalidFile as wrong:
        raise InvalidBundle(*wrong.args) from None
    found = content.get("format", FORMAT)
    if isinstance(found, int) and found != FORMAT:
        raise InvalidBundle(
            message(
                "The bundle is of format {found}, but this program reads format {known}.",
                found=found,
                known=FORMAT,
            )
        )
    try:
        manifest = msgspec.convert(content, Manifest)
    except msgspec.ValidationError:
        raise InvalidBundle(
            message(
                "The manifest of the bundle lacks something, or holds something that is not known."
            )
        ) from None
    fault = fault_of(manifest)
    if fault is not None:
        raise InvalidBundle(fault)
    if _written(manifest) != read:
        raise InvalidBundle(
            message("The manifest of the bundle is not written in the one way that is signed.")
        )
    return manifest


def fault_of(manifest: Manifest) -> Message | None:
    """Return the first thing that a manifest contradicts; None if it is sound."""
    return _fault_of_names(manifest) or _fault_of_languages(manifest) or _fault_of_files(manifest)


def _fault_of_names(manifest: Manifest) -> Message | None:
    if not re.fullmatch(KEY, manifest.key) or len(manifest.key) > _MOST_OF_KEY:
        return message("The key of a bundle needs small letters, digits and hyphens.")
    if not 1 <= manifest.version <= _LARGEST_VERSION:
        return message("The versions of a bundle are counted from 1.")
    if not re.fullmatch(_PUBLIC_KEY, manifest.public_key):
        return message("The public key of a bundle needs 64 hexadecimal digits.")
    if not manifest.licence.strip() or not _is_short(manifest.licence):
        return message("A bundle needs a licence, so that others know what they may do.")
    if not manifest.publisher.strip() or not _is_short(manifest.publisher):
        return message("A bundle needs a publisher with a short name.")
    return None


def _fault_of_languages(manifest: Manifest) -> Message | None:
    if not has_words(manifest.title):
        return message("A bundle needs a title.")
    tags = [*manifest.title, *(one.language for one in manifest.translations)]
    if not all(re.fullmatch(LANGUAGE, tag) for tag in tags):
        return message("A bundle names a language that has no tag such as “fr” or “zh-Hans”.")
    if not all(map(_is_short, manifest.title.values())):
        return message("The title of a bundle is too long, or cannot be written.")
    if not all(0 <= one.texts <= one.of for one in manifest.translations):
        return message("A bundle tells of more translated texts than it has.")
    return None


def _fault_of_files(manifest: Manifest) -> Message | None:
    paths = [one.path for one in manifest.files]
    if not 1 <= len(paths) <= MOST_FILES:
        return message("A bundle holds from 1 to {most} files.", most=MOST_FILES)
    if not all(is_plain_path(path) for path in paths):
        return message(
            "A file of a bundle has a path with other signs than small letters, digits, dots, "
            "hyphens and underscores."
        )
    if paths != sorted(set(paths)):
        return message("The files of a bundle stand there once each, in the order of their paths.")
    if manifest.kind.main_file not in paths:
        return message("The bundle lacks its main file {name}.", name=manifest.kind.main_file)
    if not all(re.fullmatch(SHA256, one.sha256) and one.size >= 0 for one in manifest.files):
        return message("A file of the bundle has no checksum.")
    return None


def is_plain_path(path: str) -> bool:
    """Say whether a path is one that every system can hold, and that leads nowhere else.

    Examples
    --------
    >>> is_plain_path("maps/area-1.geojson"), is_plain_path("../key.pem"), is_plain_path("/etc")
    (True, False, False)
    """
    # Windows keeps these names for devices, whatever follows the dot.
    devices = {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{one}{n}" for one in ("com", "lpt") for n in "123456789"),
    }
    parts = path.split("/")
    return (
        len(path) <= 120
        and re.fullmatch(_PATH, path) is not None
        and not any(part.split(".")[0] in devices for part in parts)
    )


def _is_short(text: str) -> bool:
    return len(text) <= _MOST_LETTERS and not _UNWRITABLE.search(text)


def _written(manifest: Manifest) -> bytes:
    plain = msgspec.to_builtins(manifest)
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


_TOO_LARGE = message("The manifest of the bundle is too large.")
_KINDS = {
    Kind.PRACTICE: ("practice.json", message("a practice")),
    Kind.PLAN: ("plan.json", message("a plan")),
    Kind.EVALUATION: ("evaluation.json", message("an evaluation")),
    Kind.EVIDENCE: ("effects.csv", message("effects of studies")),
}

_TRANSLATIONS = {
    TranslationState.ORIGINAL: message("the original"),
    TranslationState.WHOLE: message("translated as a whole"),
    TranslationState.PART: message("translated in part"),
}
