"""This file knows how a form (XLSForm) becomes a questionnaire: ours whole, others in part.

Rows and columns are named where something has no counterpart; nothing is guessed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Message, message
from forestall.questionnaires.records import Contradiction, Questionnaire, Step
from forestall.questionnaires.soundness import check_sound
from forestall.questionnaires.workbook.opening import opened_workbook
from forestall.questionnaires.xlsform.agreement import with_changed_conditions, with_follow_ups
from forestall.questionnaires.xlsform.form import OWN
from forestall.questionnaires.xlsform.items import FormItems
from forestall.questionnaires.xlsform.languages import FormLanguages
from forestall.questionnaires.xlsform.lists import ChoiceLists
from forestall.questionnaires.xlsform.sheets import SheetRow, rows_in, with_carried_texts
from forestall.questionnaires.xlsform.survey import tree_of
from forestall.questionnaires.xlsform.writing import (
    CHOICES,
    FORMAT,
    SETTINGS,
    SURVEY,
    TEXTS_OF_SETTINGS,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST_LETTERS = 60


@dataclass(frozen=True, kw_only=True)
class ImportedForm:
    """A questionnaire that was read from a form.

    Attributes
    ----------
    questionnaire
        The questionnaire.
    caveats
        What was read as something else or left out; empty for a form of our own.
    """

    questionnaire: Questionnaire
    caveats: tuple[Message, ...]


def questionnaire_from_xlsform(
    read: bytes, *, dated: date | None = None, name: str = "form.xlsx"
) -> ImportedForm:
    """Read a questionnaire from a form (XLSForm), ours or one made elsewhere.

    Groups, questions of text, day, choice and boxes, notes, and repeats as tables are read, with
    conditions that compare choices. A repeat within a repeat becomes a table of its own, whose
    first column says the row above.

    Parameters
    ----------
    dated
        The day of a form made elsewhere, which says none itself.
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        If the file is no workbook or too large, or a row has no counterpart; with the row and the
        column.

    Examples
    --------
    >>> questionnaire_from_xlsform(b"no workbook")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: form.xlsx cannot be read as a workbook (XLSX).
    """
    book = opened_workbook(read, name=name)
    survey = with_carried_texts(book, rows_in(book, SURVEY, file=name))
    choices = with_carried_texts(book, _rows_if_there(book, CHOICES, name))
    settings = _settings(book, name)
    known = _of_settings(settings, "languages", tuple[str, ...], ())
    tongues = FormLanguages(survey, default=settings.text("default_language"), known=known)
    title = settings.text("form_title").strip() or settings.text("form_id").strip() or name
    lists = ChoiceLists(choices, tongues)
    items = FormItems(tongues, lists, dict.fromkeys(tongues.tags, title))
    _keep_own_marks(settings, lists)
    groups = items.groups(tree_of(survey))
    head = _head(settings, tongues, title=title, dated=dated, items=items, name=name)
    asked = Questionnaire(groups=groups, marks=lists.marks, **head)
    asked = with_follow_ups(asked, items, tongues)
    _check(asked, name)
    asked = with_changed_conditions(asked, items)
    _check(asked, name)
    return ImportedForm(questionnaire=asked, caveats=tuple(items.caveats))


def _check(asked: Questionnaire, name: str) -> None:
    try:
        check_sound(asked)
    except InvalidQuestionnaire as wrong:
        raise InvalidQuestionnaire(
            message("{name} cannot be used. {fault}", name=name, fault=wrong.args[0])
        ) from None


def _rows_if_there(book: Workbook, sheet: str, name: str) -> list[SheetRow]:
    titles = {one.title.strip().casefold() for one in book.worksheets}
    return rows_in(book, sheet, file=name) if sheet in titles else []


def _settings(book: Workbook, name: str) -> SheetRow:
    rows = with_carried_texts(book, _rows_if_there(book, SETTINGS, name))
    found = rows[0] if rows else SheetRow(sheet=SETTINGS, number=2, cells={})
    wrong = found.text(f"{OWN}format")
    if wrong and wrong != FORMAT:
        raise found.refused(f"{OWN}format", message("this version does not read this format."))
    return found


def _head(
    settings: SheetRow,
    tongues: FormLanguages,
    *,
    title: str,
    dated: date | None,
    items: FormItems,
    name: str,
) -> dict[str, Any]:
    words = dict.fromkeys(tongues.tags, title)
    texts = {one: tongues.texts(settings, f"{OWN}{one}") for one in TEXTS_OF_SETTINGS}
    if not settings.text(f"{OWN}format"):
        texts |= {"title": words, "about": words}
    day = _of_settings(settings, "dated", date, dated, is_json=False)
    if day is None:
        raise InvalidQuestionnaire(
            message("{name} does not say of which day the questionnaire is; name it.", name=name)
        )
    ours = bool(settings.text(f"{OWN}format"))
    return {
        **texts,
        "key": settings.text("form_id") if ours else _slug(settings.text("form_id") or title),
        "version": _version(settings, items),
        "dated": day,
        "instrument": settings.text(f"{OWN}instrument") if ours else title,
        "languages": tongues.tags,
        "contradictions": _of_settings(settings, "contradictions", tuple[Contradiction, ...], ()),
        "steps": _of_settings(settings, "steps", tuple[Step, ...], ()),
    }


def _slug(text: str) -> str:
    found = re.sub("[^a-z0-9]+", "-", text.casefold()).strip("-")[:_MOST_LETTERS].strip("-")
    return found or "form"


def _version(settings: SheetRow, items: FormItems) -> int:
    text = settings.text("version").strip()
    if re.fullmatch("[1-9][0-9]{0,14}", text):
        return int(text)
    if text:
        items.caveats.append(
            message(
                "{place}: {fault}",
                place=settings.place("version"),
                fault=message("a version counts from 1, so this one is read as 1."),
            )
        )
    return 1


def _of_settings(
    settings: SheetRow, column: str, kind: Any, otherwise: Any, *, is_json: bool = True
) -> Any:
    text = settings.text(f"{OWN}{column}")
    if not text:
        return otherwise
    try:
        return msgspec.convert(json.loads(text) if is_json else text, kind)
    except (ValueError, RecursionError):
        raise settings.refused(
            f"{OWN}{column}", message("this is not what was written there.")
        ) from None


def _keep_own_marks(settings: SheetRow, lists: ChoiceLists) -> None:
    if settings.text(f"{OWN}marks"):
        lists.keep_marks("marks")
