"""This file knows how a questionnaire and a reply are read and written: one JSON file each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import NODEFAULT, Struct, structs

from forestall.errors import InvalidFile, InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.faults import fault_of
from forestall.questionnaires.records import Questionnaire
from forestall.questionnaires.replies import Reply
from forestall.questionnaires.sound_replies import check_sound_reply
from forestall.questionnaires.soundness import FORMAT, check_sound
from forestall.records.strict_json import json_object, read_bytes
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

MOST_MEGABYTES = 20
_BYTES = 1_000_000
# Written even where they are as usual, so that a reader sees what the file is.
_ALWAYS = frozenset({"format", "state", "version"})

Record = TypeVar("Record", Questionnaire, Reply)


def read_questionnaire(path: str | os.PathLike[str]) -> Questionnaire:
    """Read a questionnaire from its file.

    Raises
    ------
    InvalidQuestionnaire
        If the file cannot be read, is larger than 20 MB, is no JSON in UTF-8, names a key twice,
        is no questionnaire, or contradicts itself; with the place.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.questionnaires.definitions import read_definition
    >>> with TemporaryDirectory() as folder:
    ...     file = write_questionnaire(read_definition("2006-20"), Path(folder) / "own.json")
    ...     read_questionnaire(file) == read_definition("2006-20")
    True
    """
    return questionnaire_from_json(bytes_of(Path(path)), name=Path(path).name)


def read_reply(path: str | os.PathLike[str]) -> Reply:
    """Read a reply from its file; whether it fits its questionnaire is for `check_reply`.

    Raises
    ------
    InvalidQuestionnaire
        As `read_questionnaire`.

    Examples
    --------
    >>> read_reply("no-such-reply.json")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: no-such-reply.json cannot be read: no such file or \
directory.
    """
    return reply_from_json(bytes_of(Path(path)), name=Path(path).name)


def questionnaire_from_json(read: bytes, *, name: str = "questionnaire.json") -> Questionnaire:
    """Read a questionnaire from the bytes of a file.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        As `read_questionnaire`.

    Examples
    --------
    >>> questionnaire_from_json(b'{"key": "own"}')
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: questionnaire.json lacks the field “version” at the top.
    """
    return _read(read, Questionnaire, check_sound, name)


def reply_from_json(read: bytes, *, name: str = "reply.json") -> Reply:
    """Read a reply from the bytes of a file.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        As `read_questionnaire`.

    Examples
    --------
    >>> reply = reply_from_json(
    ...     b'{"questionnaire": "2006-20", "version": 1, "country": "XX", "on": "2026-01-31",'
    ...     b' "answers": {"Q6": {"state": "drafted", "choice": "yes"}}}'
    ... )
    >>> reply.answers["Q6"].choice
    <Choice.YES: 'yes'>
    """
    return _read(read, Reply, check_sound_reply, name)


def questionnaire_to_json(questionnaire: Questionnaire) -> bytes:
    """Return a questionnaire as the bytes of its file, the same for the same questionnaire.

    Raises
    ------
    InvalidQuestionnaire
        If it contradicts itself, because nobody could read it again.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> print(questionnaire_to_json(read_definition("2006-20")).decode()[:20] + "…")
    {
      "key": "2006-20"…
    """
    check_sound(questionnaire)
    return _written(questionnaire)


def reply_to_json(reply: Reply) -> bytes:
    """Return a reply as the bytes of its file; answers stand in the order of their keys.

    Raises
    ------
    InvalidQuestionnaire
        If it contradicts itself, because nobody could read it again.

    Examples
    --------
    >>> from datetime import date
    >>> own = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> reply_from_json(reply_to_json(own)) == own
    True
    """
    check_sound_reply(reply)
    answers = {key: reply.answers[key] for key in sorted(reply.answers)}
    return _written(structs.replace(reply, answers=answers))


def write_questionnaire(questionnaire: Questionnaire, path: str | os.PathLike[str]) -> Path:
    """Write a questionnaire to its file; one that was there is replaced in one step.

    Raises
    ------
    InvalidQuestionnaire
        If it contradicts itself.
    InvalidOutput
        If the file cannot be written.

    Examples
    --------
    See `read_questionnaire`.
    """
    return write_whole(Path(path), questionnaire_to_json(questionnaire))


def write_reply(reply: Reply, path: str | os.PathLike[str]) -> Path:
    """Write a reply to its file; one that was there is replaced in one step.

    Raises
    ------
    InvalidQuestionnaire
        If it contradicts itself.
    InvalidOutput
        If the file cannot be written.

    Examples
    --------
    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> own = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> with TemporaryDirectory() as folder:
    ...     write_reply(own, Path(folder) / "reply.json").name
    'reply.json'
    """
    return write_whole(Path(path), reply_to_json(reply))


def bytes_of(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    InvalidQuestionnaire
        If it cannot be read, or is larger than 20 MB.

    Examples
    --------
    >>> bytes_of(Path("no-such-reply.xlsx"))
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: no-such-reply.xlsx cannot be read: no such file or \
directory.
    """
    try:
        return read_bytes(file, most_megabytes=MOST_MEGABYTES)
    except InvalidFile as wrong:
        raise InvalidQuestionnaire(*wrong.args) from None


def _read(read: bytes, record: type[Record], check: Callable[[Record], None], name: str) -> Record:
    if len(read) > MOST_MEGABYTES * _BYTES:
        raise InvalidQuestionnaire(
            message("{name} is larger than {most} MB.", name=name, most=MOST_MEGABYTES)
        )
    try:
        content = json_object(read, name=name)
    except InvalidFile as wrong:
        raise InvalidQuestionnaire(*wrong.args) from None
    _check_format(content, name)
    content.pop("$schema", None)  # editors write it; what counts is the format
    try:
        made = msgspec.convert(content, record)
    except msgspec.ValidationError as wrong:
        raise InvalidQuestionnaire(fault_of(wrong, content, record, name=name)) from None
    try:
        check(made)
    except InvalidQuestionnaire as wrong:
        raise InvalidQuestionnaire(
            message("{name} cannot be used. {fault}", name=name, fault=wrong.args[0])
        ) from None
    return made


def _check_format(content: dict[str, Any], name: str) -> None:
    """Refuse a later format before its new fields are."""
    found = content.get("format", FORMAT)
    if isinstance(found, int) and not isinstance(found, bool) and found != FORMAT:
        raise InvalidQuestionnaire(
            message(
                "{name} is of format {found}, but this program reads format {known}.",
                name=name,
                found=found,
                known=FORMAT,
            )
        )


def _written(record: Struct) -> bytes:
    written = json.dumps(_plain(record), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{written}\n".encode()


def _plain(value: object) -> Any:
    """Return plain values for JSON."""
    if isinstance(value, Struct):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in structs.fields(type(value))
            if field.name in _ALWAYS or not _is_usual(value, field)
        }
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return msgspec.to_builtins(value)


def _is_usual(record: Struct, field: structs.FieldInfo) -> bool:
    if field.default is not NODEFAULT:
        return bool(getattr(record, field.name) == field.default)
    if field.default_factory is not NODEFAULT:
        return bool(getattr(record, field.name) == field.default_factory())
    return False
