"""This file knows the empty form for effects of studies: a workbook that explains itself."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.evidence.sources.columns import EFFECT_COLUMNS, Holds
from forestall.evidence.sources.tables import EFFECTS_SHEET
from forestall.languages import message

if TYPE_CHECKING:
    from typing import Any

    from forestall.evidence.sources.columns import Column

_MEANINGS_SHEET, _WORDS_SHEET = "columns", "words"
_MOST_ROWS = 10_001
_KINDS = {
    Holds.TEXT: message("text"),
    Holds.NUMBER: message("number"),
    Holds.WHOLE: message("whole number"),
    Holds.ONE_WORD: message("one of these words"),
    Holds.WORDS: message("one or more of these words, with semicolons between them"),
}
_NEEDED, _NOT_NEEDED = message("needed"), message("may be empty")
_MODERATOR_MEANING = message(
    "Anything else by which studies may differ: write your own name in place of NAME"
)


def effects_form(path: str | Path) -> Path:
    """Write an empty form for `read_effects`: a workbook (XLSX) whose second sheet explains it.

    Columns with a list of words have drop-downs; those that take several words have them as a
    hint only. The same form has the same bytes inside.

    Raises
    ------
    ValueError
        If the name of the file does not end in .xlsx.

    Examples
    --------
    >>> import tempfile
    >>> form = effects_form(Path(tempfile.mkdtemp()) / "studies.xlsx")
    >>> from openpyxl import load_workbook
    >>> load_workbook(form).sheetnames
    ['effects', 'columns', 'words']
    """
    file = Path(path)
    if file.suffix.lower() != ".xlsx":
        raise ValueError(f"The form is a workbook, so its name ends in .xlsx, not “{file.name}”.")
    content = BytesIO()
    _workbook().save(content)
    file.write_bytes(content.getvalue())
    return file


def _workbook() -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    # A fixed moment, so that the same form has the same bytes inside.
    book.properties.created = book.properties.modified = datetime(2025, 1, 1)  # noqa: DTZ001
    effects = book.active
    effects.title = EFFECTS_SHEET
    effects.append([column.name for column in EFFECT_COLUMNS])
    effects.freeze_panes = "A2"
    for cell, column in zip(effects[1], EFFECT_COLUMNS, strict=True):
        cell.font = Font(bold=column.is_needed)
        effects.column_dimensions[get_column_letter(cell.column)].width = len(column.name) + 4
    _explain(book.create_sheet(_MEANINGS_SHEET))
    _add_lists(effects, book.create_sheet(_WORDS_SHEET))
    return book


def _explain(sheet: Any) -> None:
    sheet.append([str(message("column")), str(message("meaning")), "", ""])
    for column in EFFECT_COLUMNS:
        needed = _NEEDED if column.is_needed else _NOT_NEEDED
        sheet.append([column.name, str(column.means), str(needed), _held(column)])
    sheet.append(["moderator:NAME", str(_MODERATOR_MEANING), str(_NOT_NEEDED), ""])
    for letter, width in zip("ABCD", (20, 70, 16, 80), strict=True):
        sheet.column_dimensions[letter].width = width


def _held(column: Column) -> str:
    kind = str(_KINDS[column.holds])
    return f"{kind}: {'; '.join(column.choices)}" if column.choices else kind


def _add_lists(effects: Any, words: Any) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = [column for column in EFFECT_COLUMNS if column.choices]
    for place, column in enumerate(listed, 1):
        for row, word in enumerate((column.name, *column.choices), 1):
            words.cell(row=row, column=place, value=word)
        letter = get_column_letter(place)
        rule = DataValidation(
            type="list",
            formula1=f"{_WORDS_SHEET}!${letter}$2:${letter}${len(column.choices) + 1}",
            allow_blank=True,
            showErrorMessage=column.holds is Holds.ONE_WORD,
        )
        at = get_column_letter(EFFECT_COLUMNS.index(column) + 1)
        rule.add(f"{at}2:{at}{_MOST_ROWS}")
        effects.add_data_validation(rule)
