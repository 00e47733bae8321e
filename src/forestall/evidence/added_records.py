"""This file knows how a practice or an evaluation is put into a city's folder: checked, whole."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence, NoSpaceLeft
from forestall.evidence.evaluation_records import read_evaluation_file
from forestall.evidence.practices import read_practice, write_practice
from forestall.evidence.sources.folder import EVALUATIONS, OF_ELSEWHERE
from forestall.evidence.sources.folder_state import prepare_folder
from forestall.evidence.strict_json import read_json_file
from forestall.languages import Message, message
from forestall.whole_files import replace_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.evidence.practices import Practice


def add_record_to_folder(
    folder: str | Path, file: str | Path, *, provenance: bytes | None = None
) -> Message:
    """Add the record of a practice or of an evaluation (JSON) to a city's evidence folder.

    The record is read first; what cannot be read is not added. An evaluation enters the synthesis
    by itself, marked as local; with a provenance, as from elsewhere. The same record twice changes
    nothing.

    Parameters
    ----------
    folder
        The folder; it is made if it is not there.
    file
        A practice record, or the ``evaluation.json`` of a report.
    provenance
        What says that another city gave an evaluation; it is kept beside it.

    Returns
    -------
    Message
        What was added, in one sentence.

    Raises
    ------
    InvalidEvidence
        If the file is neither, or faulty, or another record of the same name is there.
    NoSpaceLeft
        If the disk is full; the folder is as it was.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.evidence.practices import example_practice, write_practice
    >>> with TemporaryDirectory() as place:
    ...     path = write_practice(example_practice(), Path(place) / "gates.json")
    ...     str(add_record_to_folder(Path(place) / "evidence", path))
    '“gates.json” was added: a practice of Exampletown.'
    """
    source, place = Path(file), Path(folder)
    prepare_folder(place)
    if source.suffix.casefold() != ".toml" and _is_evaluation(source):
        record = read_evaluation_file(source)
        held = place / (EVALUATIONS if provenance is None else OF_ELSEWHERE) / record.identity[:16]
        is_new = _copy(source.read_bytes(), held / "evaluation.json")
        if provenance is None:
            return _told(source, is_new=is_new, said=_EVALUATION)
        _copy(provenance, held / "provenance.json")
        return _told(source, is_new=is_new, said=_FROM_ELSEWHERE)
    practice = read_practice(source)
    said = _PRACTICE.filled(city=practice.place.name)
    return _told(source, is_new=_keep(practice, place, source), said=said)


def holds_record(file: str | Path) -> bool:
    """Say whether a file is one that `add_record_to_folder` reads, by its name.

    Examples
    --------
    >>> holds_record("evaluation.json"), holds_record("studies.csv")
    (True, False)
    """
    return Path(file).suffix.casefold() in (".json", ".toml")


def _is_evaluation(source: Path) -> bool:
    content = read_json_file(source, most_megabytes=_MOST_MEGABYTES).content
    return content.get("kind") == "forestall-evaluation"


def _told(source: Path, *, is_new: bool, said: Message) -> Message:
    return (said if is_new else _NOTHING_NEW).filled(file=source.name)


def _keep(practice: Practice, place: Path, source: Path) -> bool:
    target = place / "practices" / f"{source.stem}.json"
    if target.exists():
        if read_practice(target) == practice:
            return False
        raise InvalidEvidence(
            f"Another practice called “{target.name}” is in the folder; take it away, or give "
            "this one another name."
        )
    with _full_disk_named(place):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_practice(practice, target)
    return True


def _copy(content: bytes, target: Path) -> bool:
    """Copy a record as a whole, so that half a file is never read."""
    if target.exists():
        return False
    with _full_disk_named(target.parents[2]):
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(target, content)
    return True


@contextmanager
def _full_disk_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        if wrong.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise NoSpaceLeft(
                f"The disk is full, so nothing was added; “{folder.name}” is as it was."
            ) from None
        raise


_MOST_MEGABYTES = 20
_EVALUATION = message("“{file}” was added: an evaluation, which enters the synthesis.")
_FROM_ELSEWHERE = message(
    "“{file}” was added: an evaluation of another city, which enters the synthesis as such."
)
_PRACTICE = message("“{file}” was added: a practice of {city}.")
_NOTHING_NEW = message("“{file}” brought nothing that was not there.")
