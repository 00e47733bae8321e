"""This file knows a city's own evidence folder: what is added to it, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence
from forestall.evidence.sources.already_packaged import without_packaged
from forestall.evidence.sources.effect_rows import what_it_says
from forestall.evidence.sources.effect_table import effects_as_csv
from forestall.evidence.sources.effects import effects_in
from forestall.evidence.sources.elsewhere import as_of_elsewhere
from forestall.evidence.sources.folder_manifest import AddedFile, checksum_of
from forestall.evidence.sources.folder_state import (
    EFFECTS,
    REFERENCES,
    finish,
    prepare_folder,
    read_state,
    write_state,
)
from forestall.evidence.sources.references import Reference, key_of, references_in
from forestall.evidence.sources.ris import references_as_ris
from forestall.evidence.sources.tables import bytes_of
from forestall.evidence.studies import StudyEffect
from forestall.languages import Sentences, message, plural_message
from forestall.records.store import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from forestall.evidence.sources.folder_manifest import FolderManifest
    from forestall.languages import Message, Text
    from forestall.records.store import WhenBusy

    Record = StudyEffect | Reference

_OF_REFERENCES = (".ris", ".bib")
EVALUATIONS, OF_ELSEWHERE = "evaluations", "elsewhere"
# Keys that we make of what a reference says.
_MADE = "ref-"


@dataclass(frozen=True, kw_only=True)
class Added:
    """What adding a file to an evidence folder, or taking one out, has changed.

    Attributes
    ----------
    effects, references
        How many came in; below 0 if they were taken out.
    already_there
        How many records of the file the folder had before.
    packaged
        How many records of the file come with the package, and were skipped.
    """

    file: str
    effects: int
    references: int
    already_there: int
    packaged: int = 0

    def in_words(self) -> Text:
        """Return what came in, and what was skipped because it comes with the package."""
        if not self.packaged:
            return self._brought()
        skipped = plural_message(
            "{count} record of it comes with the package and was skipped.",
            "{count} records of it come with the package and were skipped.",
            self.packaged,
        )
        return Sentences((self._brought(), skipped))

    def _brought(self) -> Message:
        if not (self.effects or self.references):
            return message("“{file}” brought nothing that was not there.", file=self.file)
        if self.references:
            return plural_message(
                "“{file}” brought {count} reference.",
                "“{file}” brought {count} references.",
                self.references,
                file=self.file,
            )
        return plural_message(
            "“{file}” brought {count} effect of a study.",
            "“{file}” brought {count} effects of studies.",
            self.effects,
            file=self.file,
        )


@dataclass(frozen=True, kw_only=True)
class EvidenceFolder:
    """What a city's evidence folder holds.

    Attributes
    ----------
    effects
        Effects of studies, for `Evidence.and_effects`.
    references
        Texts without a number yet.
    practices
        The files ``practices/*.json``.
    evaluations
        The files ``evaluations/**/evaluation.json``.
    of_elsewhere
        The files ``elsewhere/**/evaluation.json``, which other cities gave.
    files
        Names of the files that effects and references came from.
    """

    effects: tuple[StudyEffect, ...]
    references: tuple[Reference, ...]
    practices: tuple[Path, ...]
    evaluations: tuple[Path, ...]
    of_elsewhere: tuple[Path, ...]
    files: tuple[str, ...]


def add_to_folder(
    folder: str | Path,
    file: str | Path,
    *,
    when_busy: WhenBusy = "wait",
    notify: Callable[[Message], None] | None = None,
) -> Added:
    r"""Add a file of effects (CSV, XLSX) or references (RIS, BibTeX) to a city's evidence folder.

    The folder is made if it is not there. All of the file comes in, or nothing; a process that is
    killed leaves the last good state. A file that was added before changes nothing, and a record
    that another file brought, or that comes with the package, is not kept twice. What another city
    evaluated itself, and exported, is marked as from elsewhere here.

    Parameters
    ----------
    when_busy
        "wait" until another writer is done, or "refuse".
    notify
        Is told if there is a wait.

    Raises
    ------
    InvalidEvidence
        If the file is faulty, has the name of another that was added, or gives a key that the
        folder or the package uses for another record.
    StoreBusy
        If another writes to the folder and ``when_busy`` is "refuse".
    NoSpaceLeft
        If the disk is full; the folder is as it was.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = (place / "found.ris").write_text("TY  - JOUR\nTI  - Gates\nER  - \n")
    >>> str(add_to_folder(place / "evidence", place / "found.ris").in_words())
    '“found.ris” brought 1 reference.'
    >>> add_to_folder(place / "evidence", place / "found.ris").already_there
    1
    """
    path, place = Path(file), Path(folder)
    content = bytes_of(path)
    whole = _records(content, file=path.name)
    read = without_packaged(whole, file=path.name)
    packaged = len(whole) - len(read)
    read = {name: as_of_elsewhere(one, in_export=packaged > 0) for name, one in read.items()}
    prepare_folder(place)
    with locked(place, when_busy=when_busy, notify=notify or _say_nothing):
        manifest, contents = read_state(place)
        finish(place, manifest)
        digest = checksum_of(content)
        if any(one.sha256 == digest for one in manifest.files):
            found = _added(path.name, (), already_there=len(read))
            return replace(found, packaged=packaged)
        _check_name(manifest, path.name)
        held = _held(contents)
        coming = _with_free_keys(read.values(), held, file=path.name)
        new = {key: one for key, one in coming.items() if key not in held}
        added = AddedFile(name=path.name, sha256=digest, keys=tuple(coming))
        _write(place, replace(manifest, files=(*manifest.files, added)), {**held, **new})
    found = _added(path.name, new.values(), already_there=len(coming) - len(new))
    return replace(found, packaged=packaged)


def remove_from_folder(folder: str | Path, name: str, *, when_busy: WhenBusy = "wait") -> Added:
    r"""Take a file out of a city's evidence folder, with the records that no other file brought.

    This is how a file is corrected: take the old one out, add the new one.

    Raises
    ------
    InvalidEvidence
        If no file of that name was added.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = (place / "found.ris").write_text("TY  - JOUR\nTI  - Gates\nER  - \n")
    >>> _ = add_to_folder(place / "evidence", place / "found.ris")
    >>> remove_from_folder(place / "evidence", "found.ris").references
    -1
    """
    place = _existing(folder)
    prepare_folder(place)
    with locked(place, when_busy=when_busy, notify=_say_nothing):
        manifest, contents = read_state(place)
        finish(place, manifest)
        files = tuple(one for one in manifest.files if one.name != name)
        if len(files) == len(manifest.files):
            raise InvalidEvidence(
                message("No file “{file}” was added to “{folder}”.", file=name, folder=str(place))
            )
        named = {key for one in files for key in one.keys}
        held = _held(contents)
        gone = [one for key, one in held.items() if key not in named]
        _write(
            place,
            replace(manifest, files=files),
            {key: one for key, one in held.items() if key in named},
        )
    taken = _added(name, gone, already_there=0)
    return replace(taken, effects=-taken.effects, references=-taken.references)


def read_evidence_folder(folder: str | Path) -> EvidenceFolder:
    """Read what a city's evidence folder holds, as it was after the last finished change.

    Raises
    ------
    InvalidEvidence
        If there is no such folder, or a file in it is not as it was written.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> (place / "practices").mkdir()
    >>> _ = (place / "practices" / "gates.json").write_text("{}")
    >>> found = read_evidence_folder(place)
    >>> [path.name for path in found.practices], found.effects
    (['gates.json'], ())
    """
    place = _existing(folder)
    manifest, contents = read_state(place)
    held = _held(contents).values()
    return EvidenceFolder(
        effects=tuple(one for one in held if isinstance(one, StudyEffect)),
        references=tuple(one for one in held if isinstance(one, Reference)),
        practices=tuple(sorted((place / "practices").glob("*.json"))),
        evaluations=tuple(sorted((place / EVALUATIONS).rglob("evaluation.json"))),
        of_elsewhere=tuple(sorted((place / OF_ELSEWHERE).rglob("evaluation.json"))),
        files=tuple(one.name for one in manifest.files),
    )


def _say_nothing(_: Message) -> None:
    pass


def _existing(folder: str | Path) -> Path:
    place = Path(folder)
    if not place.is_dir():
        raise InvalidEvidence(
            message("An evidence folder is needed, but “{folder}” is none.", folder=str(place))
        )
    return place


def _records(content: bytes, *, file: str) -> dict[str, Record]:
    found: Iterable[Record] = (
        references_in(content, file=file)
        if Path(file).suffix.lower() in _OF_REFERENCES
        else effects_in(content, file=file)
    )
    return {_named(one): one for one in found}


def _named(record: Record) -> str:
    """Return a name that an effect and a reference cannot share."""
    return f"{'effect' if isinstance(record, StudyEffect) else 'reference'}:{record.key}"


def _held(contents: Mapping[str, bytes]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for name, content in contents.items():
        found |= _records(content, file=name)
    return found


def _check_name(manifest: FolderManifest, name: str) -> None:
    if any(one.name == name for one in manifest.files):
        raise InvalidEvidence(
            message(
                "Another file “{file}” was added before; take it out first, or rename yours.",
                file=name,
            )
        )


def _with_free_keys(
    coming: Iterable[Record], held: Mapping[str, Record], *, file: str
) -> dict[str, Record]:
    """Return records under keys that the folder does not use for others.

    An effect that the folder has under another key comes under that. Programs number references
    afresh in every file, so that these get a key of what they say.
    """
    said = {what_it_says(one): one for one in held.values() if isinstance(one, StudyEffect)}
    freed: dict[str, Record] = {}
    for one in coming:
        there = held.get(_named(one))
        kept = one
        if isinstance(one, StudyEffect):
            kept = said.get(what_it_says(one), one)
            _check_key(there, kept, file=file)
        elif there is not None and there != one and not one.key.startswith(_MADE):
            kept = replace(one, key=key_of(one.title, str(one.year), *one.authors, one.address))
        freed[_named(kept)] = kept
    return freed


def _check_key(there: Record | None, effect: Record, *, file: str) -> None:
    if there is not None and there != effect and _named(there) == _named(effect):
        raise InvalidEvidence(
            message(
                "“{file}” gives the key “{key}” to another effect than the folder does.",
                file=file,
                key=effect.key,
            )
        )


def _write(folder: Path, manifest: FolderManifest, records: Mapping[str, Record]) -> None:
    effects = [one for one in records.values() if isinstance(one, StudyEffect)]
    references = [one for one in records.values() if isinstance(one, Reference)]
    contents: dict[str, bytes] = {}
    if effects:
        contents[EFFECTS] = effects_as_csv(effects)
    if references:
        contents[REFERENCES] = references_as_ris(references)
    write_state(folder, manifest, contents)


def _added(name: str, records: Iterable[Record], *, already_there: int) -> Added:
    kept = list(records)
    effects = sum(isinstance(one, StudyEffect) for one in kept)
    return Added(
        file=name,
        effects=effects,
        references=len(kept) - effects,
        already_there=already_there,
    )
