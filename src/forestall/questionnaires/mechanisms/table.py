"""This file knows the table of mechanisms: its columns, how it is read, and what is refused."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Listing, message
from forestall.questionnaires.files import bytes_of
from forestall.questionnaires.mechanisms.records import Confidence, MechanismItem, Nearness

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from forestall.languages import Message

COLUMNS = (
    "questionnaire",
    "item",
    "mechanism",
    "asks",
    "near",
    "document",
    "place",
    "address",
    "confidence",
    "read_on",
    "note",
)
_MAY_BE_EMPTY = frozenset({"address", "note"})
_IN_LANGUAGE = re.compile(r"(?P<column>mechanism|asks|note)_(?P<tag>[a-z]{2,3})")
_WEB = re.compile(r"https?://[^\s/]+(/\S*)?")
_MOST_LETTERS = 2000
_SOURCE = "en"


def read_mechanisms_file(path: str | os.PathLike[str]) -> tuple[MechanismItem, ...]:
    """Read a table of your own (CSV in UTF-8), with the columns of the packaged one.

    Raises
    ------
    InvalidQuestionnaire
        If the file cannot be read, or a row says too little or something unknown; with the row.

    Examples
    --------
    >>> read_mechanisms_file("no-such-table.csv")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: no-such-table.csv cannot be read: no such file or \
directory.
    """
    return mechanisms_from_csv(bytes_of(Path(path)), name=Path(path).name)


def mechanisms_from_csv(read: bytes, *, name: str = "mechanisms.csv") -> tuple[MechanismItem, ...]:
    r"""Read a table of mechanisms from the bytes of a file.

    The words are in English; ``mechanism_fr``, ``asks_fr`` and ``note_fr`` hold French,
    and so for each language.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        As `read_mechanisms_file`.

    Examples
    --------
    >>> mechanisms_from_csv(b"questionnaire,item\n2006-20,Q3\n", name="own.csv")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: own.csv lacks the column “mechanism”.
    """
    try:
        lines = csv.DictReader(StringIO(read.decode("utf-8-sig"), newline=""), strict=True)
        heads = tuple(lines.fieldnames or ())
        rows = list(lines)
    except (UnicodeDecodeError, csv.Error):
        raise InvalidQuestionnaire(
            message("{name} needs to be a table (CSV) in UTF-8, and is not.", name=name)
        ) from None
    for column in COLUMNS:
        if column not in heads:
            raise InvalidQuestionnaire(
                message("{name} lacks the column “{column}”.", name=name, column=column)
            )
    return tuple(_item(row, at, name) for at, row in enumerate(rows, start=2))


def _item(row: dict[str, str | None], at: int, name: str) -> MechanismItem:
    cells = {key: (cell or "").strip() for key, cell in row.items() if isinstance(key, str)}
    for fault in _faults(cells):
        raise InvalidQuestionnaire(
            message("Row {row} of {name}: {fault}", row=at, name=name, fault=fault)
        )
    return MechanismItem(
        questionnaire=cells["questionnaire"],
        item=cells["item"],
        mechanism=_texts(cells, "mechanism"),
        asks=_texts(cells, "asks"),
        near=Nearness(cells["near"]),
        document=cells["document"],
        place=cells["place"],
        confidence=Confidence(cells["confidence"]),
        read_on=date.fromisoformat(cells["read_on"]),
        address=cells["address"],
        note=_texts(cells, "note"),
    )


def _faults(cells: dict[str, str]) -> Iterator[Message]:
    for column in COLUMNS:
        if not cells[column] and column not in _MAY_BE_EMPTY:
            yield message("the column “{column}” is empty.", column=column)
        if len(cells[column]) > _MOST_LETTERS:
            yield message(
                "the column “{column}” is longer than {most} letters.",
                column=column,
                most=_MOST_LETTERS,
            )
    for column, known in (("near", list(Nearness)), ("confidence", list(Confidence))):
        if cells[column] not in [one.value for one in known]:
            yield message(
                "“{column}” needs one of these: {known}; but “{found}” was given.",
                column=column,
                known=Listing([one.value for one in known]),
                found=cells[column][:60],
            )
    if cells["address"] and not _WEB.fullmatch(cells["address"]):
        yield message("“address” needs to begin with https:// or http://.")
    if not _is_day(cells["read_on"]):
        yield message("“read_on” needs a day such as 2026-01-31.")


def _texts(cells: dict[str, str], column: str) -> dict[str, str]:
    """Return the words of a column in every language that the row has them in."""
    texts = {_SOURCE: cells[column]}
    for head, cell in cells.items():
        named = _IN_LANGUAGE.fullmatch(head)
        if named and named["column"] == column and cell:
            texts[named["tag"]] = cell
    return {tag: text for tag, text in texts.items() if text}


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
