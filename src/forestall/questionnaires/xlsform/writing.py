"""This file knows how a questionnaire becomes a form (XLSForm): survey, choices and settings.

What XLSForm has no word for stands in columns of our own, whose names begin with “forestall_”.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forestall.languages import in_language
from forestall.questionnaires.soundness import check_sound
from forestall.questionnaires.workbook.cells import put_text
from forestall.questionnaires.xlsform.building import as_json, form_of
from forestall.questionnaires.xlsform.cells import LOGIC, pieces, put_pieces, shown
from forestall.questionnaires.xlsform.form import OWN, Field
from forestall.questionnaires.xlsform.names import language_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl import Workbook

    from forestall.languages import Texts
    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.xlsform.form import FormPart

SURVEY, CHOICES, SETTINGS, TEXTS = "survey", "choices", "settings", f"{OWN}texts"
FORMAT = "1"
PART = f"{OWN}part"
OWN_COLUMNS = ("key", "label", "parent", "level", "paragraphs", "basis", "asked_if", "follow_up")
TEXTS_OF_SETTINGS = ("title", "about", "addressed_to", "incomplete")
_WIDTHS = {"type": 28, "name": 22}
_WIDE = 44


def questionnaire_to_xlsform(questionnaire: Questionnaire) -> bytes:
    """Write a questionnaire as a form (XLSForm) for KoboToolbox, ODK and similar tools.

    Every language of the questionnaire is in it. Words for choices and for what is asked about the
    reply itself are those of the package, in English where it has no others.

    Raises
    ------
    InvalidQuestionnaire
        If the questionnaire contradicts itself.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.xlsform import questionnaire_from_xlsform
    >>> asked = read_definition("2006-20")
    >>> questionnaire_from_xlsform(questionnaire_to_xlsform(asked)).questionnaire == asked
    True
    """
    from openpyxl import Workbook

    check_sound(questionnaire)
    form, tags = form_of(questionnaire), questionnaire.languages
    book, carried = Workbook(), _Carried()
    book.remove(book.active)
    _fill(book, carried, SURVEY, _survey_columns(tags), _survey_rows(form.parts))
    lists = (
        {"list_name": name, "name": choice, **_in_columns("label", words)}
        for name, choices in form.lists.items()
        for choice, words in choices.items()
    )
    _fill(book, carried, CHOICES, ["list_name", "name", *_headers("label", tags)], lists)
    settings = _settings(questionnaire)
    _fill(book, carried, SETTINGS, list(settings), [settings])
    carried.write(book)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


class _Carried:
    """Texts that a cell changes, by their sheet, row and column."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []

    def keep(self, sheet: str, row: Mapping[str, str], column: str) -> str:
        """Return what stands in the cell; keep the text if that is not all of it."""
        text = row.get(column, "")
        left = shown(text, column=column)
        if left != text:
            self._rows.append([place_of(sheet, row, column), *pieces(text)])
        return left

    def write(self, book: Workbook) -> None:
        sheet = book.create_sheet(TEXTS)
        sheet.sheet_state = "hidden"
        put_pieces(sheet, 1, ["place", "text"])
        for at, row in enumerate(self._rows, start=2):
            put_pieces(sheet, at, row)


def place_of(sheet: str, row: Mapping[str, str], column: str) -> str:
    """Return where a text stands, however rows and columns are moved.

    Examples
    --------
    >>> place_of("survey", {"name": "Q1"}, "label::English (en)")
    'survey|Q1|label::English (en)'
    """
    return "|".join([sheet, *(row[one] for one in ("list_name", "name") if row.get(one)), column])


def _fill(
    book: Workbook,
    carried: _Carried,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, str]],
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for at, column in enumerate(columns, start=1):
        put_text(sheet.cell(1, at), column)
        sheet.cell(1, at).font = Font(bold=True)
        width = _WIDE if "::" in column else _WIDTHS.get(column, 18)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            cell = sheet.cell(number, at)
            put_text(cell, carried.keep(name, row, column))
            cell.alignment = Alignment(wrap_text="::" in column, vertical="top")
    sheet.freeze_panes = "C2"


def _headers(name: str, tags: Iterable[str]) -> list[str]:
    return [f"{name}::{language_title(tag)}" for tag in tags]


def _in_columns(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}::{language_title(tag)}": text for tag, text in texts.items()}


def _survey_columns(tags: Sequence[str]) -> list[str]:
    own = [PART, *(f"{OWN}{one}" for one in OWN_COLUMNS)]
    return ["type", "name", *_headers("label", tags), *_headers("hint", tags), *LOGIC, *own]


def _survey_rows(parts: Iterable[FormPart]) -> Iterator[dict[str, str]]:
    for part in parts:
        row = {
            "name": part.name,
            **_in_columns("label", part.label),
            **_in_columns("hint", part.hint),
            **part.logic,
            PART: part.part.value,
            **{f"{OWN}{name}": value for name, value in part.own.items()},
        }
        if isinstance(part, Field):
            yield {"type": part.type, **row}
            continue
        kind = "repeat" if part.repeats else "group"
        yield {"type": f"begin {kind}", **row}
        yield from _survey_rows(part.parts)
        yield {"type": f"end {kind}"}


def _settings(asked: Questionnaire) -> dict[str, str]:
    texts = {
        f"{OWN}{name}::{language_title(tag)}": text
        for name in TEXTS_OF_SETTINGS
        for tag, text in getattr(asked, name).items()
    }
    return {
        "form_title": in_language(asked.title, asked.languages[0]),
        "form_id": asked.key,
        "version": str(asked.version),
        "default_language": language_title(asked.languages[0]),
        f"{OWN}format": FORMAT,
        f"{OWN}instrument": asked.instrument,
        f"{OWN}dated": asked.dated.isoformat(),
        f"{OWN}languages": as_json(asked.languages),
        **texts,
        f"{OWN}marks": as_json([one.key for one in asked.marks]),
        f"{OWN}contradictions": as_json(asked.contradictions),
        f"{OWN}steps": as_json(asked.steps),
    }
