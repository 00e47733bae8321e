"""This file knows how effects of studies are read from a user's own file: all of them, or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence, PersonalColumns
from forestall.evidence.sources.columns import ALSO_CALLED, COLUMN_NAMED, EFFECT_COLUMNS, MODERATOR
from forestall.evidence.sources.effect_rows import effect_of, what_it_says
from forestall.evidence.sources.faults import RowFault, nearest, refuse_rows
from forestall.evidence.sources.tables import bytes_of, rows_in
from forestall.languages import message
from forestall.records.personal import is_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.evidence.sources.tables import Rows
    from forestall.evidence.studies import StudyEffect
    from forestall.languages import Message


def read_effects(path: str | Path) -> tuple[StudyEffect, ...]:
    r"""Read effects of studies from a file of one's own: CSV in UTF-8, or a workbook (XLSX).

    The first row names the columns of `effects_form`, in any order. Each row needs a study, an
    intervention, an outcome, a source, the side on which the measure did good (``favours``), and
    one of: an effect with its 95 % interval, an effect with its standard error, or four counts.
    Counts of people give an odds ratio. Counts of incidents give a ratio of counts (RIRR), with
    twice the variance of chance unless ``dispersion`` says another. Columns ``moderator:NAME``
    hold anything else by which studies may differ.

    Parameters
    ----------
    path
        The file. Of a workbook, the sheet "effects" is read, or the first.

    Returns
    -------
    tuple of StudyEffect
        One a row, in the order of the file.

    Raises
    ------
    InvalidEvidence
        If any row is faulty: one sentence with the first and how many there are.
    PersonalColumns
        If a column describes persons; evidence is about studies.

    Notes
    -----
    Ratio of counts: Wilson (2022), Journal of Quantitative Criminology 38. Twice the variance of
    chance: decision 17. Variance of the logarithm of an odds ratio: Woolf (1955).

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "city.csv"
    >>> _ = file.write_text(
    ...     "study,intervention,outcome,favours,source,"
    ...     "treated_before,treated_after,compared_before,compared_after\n"
    ...     "Hill Town (2025),alley-gating,crime,below,hill-town.pdf,100,80,200,200\n")
    >>> one, = read_effects(file)
    >>> one.metric.value, round(one.effect.published, 2), round(one.variance, 3)
    ('IRR', 0.8, 0.065)
    """
    file = Path(path)
    return effects_in(bytes_of(file), file=file.name)


def effects_in(content: bytes, *, file: str) -> tuple[StudyEffect, ...]:
    """Return the effects in what a file of this name holds, as `read_effects` does.

    Raises
    ------
    InvalidEvidence
        If any row is faulty.
    PersonalColumns
        If a column describes persons.

    Examples
    --------
    >>> effects_in(b"", file="city.csv")
    Traceback (most recent call last):
    forestall.errors.InvalidEvidence: “city.csv” is empty.
    """
    rows = rows_in(content, file=file)
    heads = _heads(rows)
    found: dict[int, StudyEffect] = {}
    faults: dict[int, Message] = {}
    for number, cells in rows.cells.items():
        try:
            _check_width(cells, heads)
            found[number] = effect_of(dict(zip(heads, cells, strict=False)))
        except RowFault as wrong:
            faults[number] = wrong.fault
    faults |= _said_again(found)
    refuse_rows(faults, file=rows.file)
    return tuple(found.values())


def _heads(rows: Rows) -> tuple[str, ...]:
    heads = tuple(_column(head) for head in rows.heads)
    known = [column.name for column in EFFECT_COLUMNS]
    for given, head in zip(rows.heads, heads, strict=True):
        if head in COLUMN_NAMED or (head.startswith(MODERATOR) and head != MODERATOR):
            continue
        if is_personal(given):
            raise PersonalColumns(
                message(
                    "“{file}” has a column about persons, “{column}”; evidence is about studies.",
                    file=rows.file,
                    column=given,
                )
            )
        raise InvalidEvidence(
            message(
                "“{file}” has a column “{column}”, which is not known; the nearest is “{known}”.",
                file=rows.file,
                column=given,
                known=nearest(head, known),
            )
        )
    twice = next((head for number, head in enumerate(heads) if head in heads[:number]), None)
    if twice is not None:
        raise InvalidEvidence(
            message("“{file}” has the column “{column}” twice.", file=rows.file, column=twice)
        )
    _check_needed(rows, heads)
    return heads


def _check_needed(rows: Rows, heads: Iterable[str]) -> None:
    missing = [one.name for one in EFFECT_COLUMNS if one.is_needed and one.name not in heads]
    if missing:
        raise InvalidEvidence(
            message(
                "“{file}” needs the column “{column}”, which it does not have.",
                file=rows.file,
                column=missing[0],
            )
        )


def _column(head: str) -> str:
    prefix, colon, name = head.partition(":")
    if colon and f"{prefix.strip().casefold()}:" == MODERATOR:
        return f"{MODERATOR}{name.strip()}"
    plain = "_".join(head.casefold().split())
    return ALSO_CALLED.get(plain, plain)


def _check_width(cells: tuple[str, ...], heads: tuple[str, ...]) -> None:
    if any(cells[len(heads) :]):
        raise RowFault(
            message(
                "there are {cells} cells for {columns} columns; put quotation marks around texts.",
                cells=len(cells),
                columns=len(heads),
            )
        )


def _said_again(found: Mapping[int, StudyEffect]) -> dict[int, Message]:
    """Find rows with the key of an earlier one, or that say the same as one."""
    faults: dict[int, Message] = {}
    keys: dict[str, int] = {}
    said: dict[object, int] = {}
    for number, effect in found.items():
        same = said.setdefault(what_it_says(effect), number)
        named = keys.setdefault(effect.key, number)
        if same != number:
            faults[number] = message("it says the same as row {row}.", row=same)
        elif named != number:
            faults[number] = message("it has the key of row {row}.", row=named)
    return faults
