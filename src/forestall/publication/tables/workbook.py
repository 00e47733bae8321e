"""This file knows the tables as one workbook: about it, a codebook, and a sheet a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from forestall.languages import direction, language, message, say
from forestall.publication.tables.columns import ColumnType, column_types
from forestall.publication.tables.texts import height_of, tab_name, without_impossible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook as Book
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from forestall.disclosure import SafeTable
    from forestall.languages import Message, Text
    from forestall.publication.contents import Publication
    from forestall.publication.tables.described import Described
    from forestall.publication.tables.looks import Looks

_A4 = 9
_NO_DAY = date(1980, 1, 1)
_TYPES: dict[ColumnType, Message] = {
    ColumnType.COUNT: message("whole number, protected"),
    ColumnType.WHOLE: message("whole number"),
    ColumnType.DECIMAL: message("number"),
    ColumnType.DAY: message("date"),
    ColumnType.FLAG: message("true or false"),
    ColumnType.TEXT: message("text"),
}


@dataclass(frozen=True)
class Workbook:
    """A workbook as bytes, and what a reader should know about it."""

    data: bytes
    warnings: tuple[Text, ...] = ()


def write_xlsx(
    tables: Mapping[str, SafeTable],
    *,
    codebook: Mapping[str, Described],
    title: Text,
    about: Sequence[tuple[Text, Text]] = (),
    made_on: date = _NO_DAY,
) -> Workbook:
    """Write protected tables as a workbook in the language in force.

    A hidden count is a hatched cell with ``<5`` or ``[c]``; all that was derived from it is empty.
    Numbers, dates and texts are cells of their type. The same tables give the same bytes.

    Parameters
    ----------
    codebook
        What each table and its columns mean, by the name of the table.
    about
        What the first sheet tells about the workbook, as head and text.
    made_on
        The day that the properties of the file name.

    Raises
    ------
    KeyError
        If a table is not in the codebook.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> from forestall.publication.tables import Described
    >>> table = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [40, 3]})
    >>> safe = protect_table(table, rule="threshold-5", rows="offence", margins=[])
    >>> told = Described(name="Kinds", holds="Kinds of crime in Hill Town")
    >>> book = write_xlsx({"kinds": safe}, codebook={"kinds": told}, title="Hill Town")
    >>> book.data[:2], book.warnings
    (b'PK', ())
    """
    from openpyxl import Workbook as Book

    from forestall.publication.tables.looks import Looks
    from forestall.publication.tables.package import packed_again
    from forestall.publication.tables.sheet import write_sheet

    book, looks = Book(write_only=True), Looks()
    tabs = _tabs(tables, codebook)
    _about(book, looks, title=title, about=about, tables=tabs, codebook=codebook)
    _codebook(book, looks, tables=tables, tabs=tabs, codebook=codebook)
    warnings: list[Text] = []
    for name, safe in tables.items():
        sheet = _sheet(book, tabs[name])
        warnings += write_sheet(sheet, safe, described=codebook[name], looks=looks)
    _properties(book, title=without_impossible(str(title)), made_on=made_on)
    stream = BytesIO()
    book.save(stream)
    return Workbook(packed_again(stream.getvalue()), tuple(warnings))


def report_workbook(publication: Publication) -> Workbook:
    """Write the tables of a report as a workbook in the language in force."""
    from forestall.publication.tables.about import about_report
    from forestall.publication.tables.described import describe_tables

    return write_xlsx(
        publication.tables,
        codebook=describe_tables(publication.tables),
        title=publication.document.title,
        about=about_report(publication),
        made_on=publication.provenance.made_on,
    )


def _tabs(tables: Mapping[str, SafeTable], codebook: Mapping[str, Described]) -> dict[str, str]:
    taken = [_about_tab(), _codebook_tab()]
    tabs = {}
    for name in tables:
        tabs[name] = tab_name(str(codebook[name].name), taken=taken)
        taken.append(tabs[name])
    return tabs


def _about_tab() -> str:
    return tab_name(say("About"), taken=[])


def _codebook_tab() -> str:
    return tab_name(say("Codebook"), taken=[_about_tab()])


def _sheet(book: Book, tab: str) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(tab)
    sheet.sheet_view.rightToLeft = direction() == "rtl"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet


def _about(
    book: Book,
    looks: Looks,
    *,
    title: Text,
    about: Sequence[tuple[Text, Text]],
    tables: Mapping[str, str],
    codebook: Mapping[str, Described],
) -> None:
    from forestall.publication.tables.looks import LINK, NAME, TITLE, WRAPPED

    sheet = _sheet(book, _about_tab())
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    sheet.append([looks.cell(sheet, str(title), TITLE)])
    sheet.append([])
    for number, (head, text) in enumerate(about, start=3):
        sheet.row_dimensions[number].height = height_of((str(head), str(text)), (30, 90))
        row = [looks.cell(sheet, str(head), NAME), looks.cell(sheet, str(text), WRAPPED)]
        sheet.append(row)
    sheet.append([])
    sheet.append([looks.cell(sheet, say("Sheets"), NAME)])
    for tab, holds in (
        (_codebook_tab(), say("What each column means")),
        *((tables[name], str(codebook[name].holds)) for name in tables),
    ):
        cell = looks.cell(sheet, tab, LINK)
        cell.hyperlink = _link_to(tab)
        sheet.append([cell, looks.cell(sheet, holds, WRAPPED)])


def _link_to(tab: str) -> object:
    from openpyxl.worksheet.hyperlink import Hyperlink

    quoted = tab.replace("'", "''")
    return Hyperlink(ref="A1", location=f"'{quoted}'!A1")


def _codebook(
    book: Book,
    looks: Looks,
    *,
    tables: Mapping[str, SafeTable],
    tabs: Mapping[str, str],
    codebook: Mapping[str, Described],
) -> None:
    from forestall.publication.tables.looks import HEAD, WRAPPED

    sheet = _sheet(book, _codebook_tab())
    widths = (30, 20, 60, 28, 44)
    for letter, width in zip("ABCDE", widths, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    heads = (say("Sheet"), say("Column"), say("Meaning"), say("Type"), say("Where hidden"))
    sheet.append([looks.cell(sheet, head, HEAD) for head in heads])
    rows = [
        (tabs[name], column, codebook[name].meaning(column), str(_TYPES[kind]), hidden)
        for name, safe in tables.items()
        for column, kind in column_types(safe).items()
        for hidden in (_hidden_marks(safe, column),)
    ]
    sheet.auto_filter.ref = f"A1:E{len(rows) + 1}"
    for number, row in enumerate(rows, start=2):
        sheet.row_dimensions[number].height = height_of(row, widths)
        sheet.append([looks.cell(sheet, text, WRAPPED) for text in row])


def _hidden_marks(safe: SafeTable, column: str) -> str:
    """Return what stands where a number of the column is hidden."""
    if column == safe.count:
        if not safe.record.hidden:
            return ""
        return say(
            "<{threshold} where too small, [c] where hidden with it",
            threshold=safe.record.rule.threshold,
        )
    return say("empty where hidden or not known") if safe.frame[column].isna().any() else ""


def _properties(book: Book, *, title: str, made_on: date) -> None:
    properties = book.properties
    properties.title, properties.language = title, language()
    properties.creator = "forestall"
    properties.created = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001
