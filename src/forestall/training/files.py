"""This file knows the JSON files of courses, of holdings, and of what a plan still lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from forestall.assistance.faults import fault_in_words
from forestall.errors import InvalidEvidence, InvalidTraining
from forestall.evidence.strict_json import json_object, read_bytes
from forestall.languages import SOURCE_LANGUAGE, Texts, message, use_language
from forestall.training.bands import PeopleBand  # noqa: TC001
from forestall.training.gaps import HeldWhere  # noqa: TC001
from forestall.training.records import FORMAT, Courses, Holdings
from forestall.training.soundness import faults_of_courses, faults_of_holdings
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from forestall.languages import Message, Words
    from forestall.training.gaps import SkillGaps, SkillRow

_MOST_MEGABYTES = 20


class SkillNeedRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need, what calls for it, and where the skill is."""

    action: str
    reason: Texts
    held: HeldWhere
    said: Texts
    paragraph: str = ""


class SkillHolderRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In steps how many people of a body said that they have a skill; without one, the body did.

    One or two people are not told as a number either.
    """

    organisation: str
    people: PeopleBand | None = None


class SkillGapRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skill, what calls for it, who has it, and keys of what teaches it."""

    skill: str
    needs: tuple[SkillNeedRecord, ...]
    holders: tuple[SkillHolderRecord, ...] = ()
    waiting: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()


class Gaps(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a plan calls for, skill by skill, and what a reader has to know."""

    skills: tuple[SkillGapRecord, ...]
    caveats: tuple[Texts, ...] = ()
    format: int = FORMAT


FileOf = TypeVar("FileOf", Courses, Holdings)


def read_courses(path: str | os.PathLike[str]) -> Courses:
    """Read a catalogue of courses from its file.

    Raises
    ------
    InvalidTraining
        If the file cannot be read, is no catalogue, or contradicts itself; with the place.
    """
    read = _read(path, Courses)
    _refuse(faults_of_courses(read), path)
    return read


def read_holdings(path: str | os.PathLike[str]) -> Holdings:
    """Read which body has which skill from its file.

    Raises
    ------
    InvalidTraining
        If the file cannot be read, is no such file, or contradicts itself; with the place.
    """
    read = _read(path, Holdings)
    _refuse(faults_of_holdings(read), path)
    return read


def write_training(content: Courses | Holdings | Gaps, path: str | os.PathLike[str]) -> Path:
    """Write one of the files; one that was there is replaced in one step.

    Raises
    ------
    InvalidOutput
        If the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.training.example import example_courses
    >>> with TemporaryDirectory() as folder:
    ...     file = write_training(example_courses(), Path(folder) / "courses.json")
    ...     read_courses(file) == example_courses()
    True
    """
    return write_whole(path, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")


def gaps_file(gaps: SkillGaps, *, languages: Sequence[str] = (SOURCE_LANGUAGE,)) -> Gaps:
    """Return what a plan lacks as its file, with its reasons in languages.

    Raises
    ------
    UnknownLanguage
        If there is no catalogue for one.
    """
    return Gaps(
        skills=tuple(_gap(one, languages) for one in gaps.rows),
        caveats=tuple(_texts(one, languages) for one in gaps.caveats),
    )


def _gap(row: SkillRow, languages: Sequence[str]) -> SkillGapRecord:
    return SkillGapRecord(
        skill=row.skill,
        needs=tuple(
            SkillNeedRecord(
                action=one.need.action,
                reason=_texts(one.need.reason, languages),
                held=one.held,
                said=_texts(one.said, languages),
                paragraph=one.need.paragraph,
            )
            for one in row.needs
        ),
        holders=tuple(
            SkillHolderRecord(organisation=one.organisation, people=one.people)
            for one in row.holders
        ),
        waiting=row.waiting,
        courses=tuple(one.course.key for one in row.courses),
        qualifications=tuple(one.key for one in row.qualifications),
    )


def _texts(said: Words, languages: Sequence[str]) -> Texts:
    written = {}
    for tag in languages:
        with use_language(tag):
            written[tag] = str(said)
    return written


def _read(path: str | os.PathLike[str], kind: type[FileOf]) -> FileOf:
    file = Path(path)
    try:
        content = json_object(read_bytes(file, most_megabytes=_MOST_MEGABYTES), name=file.name)
    except InvalidEvidence as wrong:
        raise InvalidTraining(*wrong.args) from None
    content.pop("$schema", None)  # editors write it; what counts is the format
    if content.get("format", FORMAT) != FORMAT:
        raise InvalidTraining(
            message(
                "{name} has another format than {known}, the only one that is read.",
                name=file.name,
                known=FORMAT,
            )
        )
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as wrong:
        raise InvalidTraining(fault_in_words(wrong, name=file.name)) from None


def _refuse(faults: Iterator[Message], path: str | os.PathLike[str]) -> None:
    fault = next(faults, None)
    if fault is not None:
        raise InvalidTraining(
            message("{name} cannot be used. {fault}", name=Path(path).name, fault=fault)
        )
