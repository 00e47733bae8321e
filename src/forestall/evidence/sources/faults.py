"""This file knows how faults of many rows become one sentence: what is needed, and where first."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence
from forestall.languages import plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.languages import Message


class RowFault(Exception):
    """What is wrong with one row, as the end of a sentence."""

    def __init__(self, fault: Message) -> None:
        super().__init__(fault)
        self.fault = fault


def refuse_rows(faults: Mapping[int, Message], *, file: str) -> None:
    """Refuse a file with faulty rows; do nothing if there are none.

    Parameters
    ----------
    faults
        What is wrong, by the number of the row in the file.
    file
        Its name.

    Raises
    ------
    InvalidEvidence
        If there are faults: one sentence with the first of them and how many rows have one.

    Examples
    --------
    >>> from forestall.languages import message
    >>> refuse_rows({}, file="city.csv")
    >>> refuse_rows({7: message("“study” is empty."), 3: message("“year” is empty.")},
    ...     file="city.csv")
    Traceback (most recent call last):
    forestall.errors.InvalidEvidence: 2 rows of city.csv cannot be used, so nothing was added; the
    first is row 3: “year” is empty.
    """
    if not faults:
        return
    first = min(faults)
    raise InvalidEvidence(
        plural_message(
            "{count} row of {file} cannot be used, so nothing was added; it is row {row}: {fault}",
            "{count} rows of {file} cannot be used, so nothing was added; the first is row {row}: "
            "{fault}",
            len(faults),
            file=file,
            row=first,
            fault=faults[first],
        )
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like another one.

    Examples
    --------
    >>> nearest("burglry", ["robbery", "burglary", "theft"])
    'burglary'
    """
    asked = word.casefold()
    return max(sorted(known), key=lambda one: SequenceMatcher(None, asked, one.casefold()).ratio())


def refuse_references(faults: Mapping[int, Message], *, file: str) -> None:
    """Refuse a file with faulty references; do nothing if there are none.

    Parameters
    ----------
    faults
        What is wrong, by the line where the reference begins.
    file
        Its name.

    Raises
    ------
    InvalidEvidence
        If there are faults: one sentence with the first of them and how many there are.

    Examples
    --------
    >>> refuse_references({}, file="found.ris")
    """
    if not faults:
        return
    first = min(faults)
    raise InvalidEvidence(
        plural_message(
            "{count} reference of {file} cannot be used, so nothing was added; it begins in line "
            "{line}: {fault}",
            "{count} references of {file} cannot be used, so nothing was added; the first begins "
            "in line {line}: {fault}",
            len(faults),
            file=file,
            line=first,
            fault=faults[first],
        )
    )
