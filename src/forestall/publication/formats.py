"""This file knows the formats of a report: what writes each, into which file, under which name.

A format is one line of the table. A writer is imported when it is asked for. What it returns is the
file as bytes or text, an object with ``data`` and ``warnings``, or name to bytes for a folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from forestall.errors import UnknownFormat
from forestall.languages import message
from forestall.publication.contents import ReportKind

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Document
    from forestall.publication.contents import Publication
    from forestall.publication.explore import Basemap


_PAGES, _EXPLORE = "pages/", "explore/"
_PAGES_OPEN = f"{_PAGES}index.html"


@dataclass(frozen=True, eq=False, kw_only=True)
class Request:
    """What a writer works from, in the language in force.

    Attributes
    ----------
    document
        The document with links to the files there are, as seen from the folder of the report.
    root
        The way from the folder of the language to that of the report: empty, or ``../``.
    languages
        The other languages of the report, each with its page as seen from this folder: the page of
        the same format where there is one.
    formats
        The names of the formats there are in this language.
    basemap
        Tiles for interactive maps, where some were given.
    """

    publication: Publication
    document: Document
    root: str = ""
    languages: Mapping[str, str]
    formats: frozenset[str]
    basemap: Basemap | None = None


@dataclass(frozen=True)
class Made:
    """The files of one format, by name, and what a reader should know about them."""

    files: Mapping[str, bytes]
    warnings: tuple[Text, ...] = ()


class Scope(StrEnum):
    """Whether a format is written in each language, or once for the report."""

    LANGUAGE = "language"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format.

    Attributes
    ----------
    write
        Makes what is asked for.
    path
        The file, or the folder (with a slash at its end), as seen from the folder of the language.
    words
        What leads to it from the page; empty for the page itself.
    opens
        The file of a folder that is opened first.
    """

    write: Callable[[Request], object]
    path: str
    words: Text = ""
    scope: Scope = Scope.LANGUAGE
    opens: str = ""

    @property
    def opened(self) -> str:
        """The file that a link leads to: of a folder its first page."""
        return f"{self.path}{self.opens}"

    def made(self, request: Request) -> Made:
        """Write it, in the language in force."""
        result: Any = self.write(request)
        warnings = tuple(getattr(result, "warnings", ()))
        written = getattr(result, "data", result)
        if isinstance(written, Mapping):
            return Made({f"{self.path}{name}": data for name, data in written.items()}, warnings)
        data = written.encode("utf-8") if isinstance(written, str) else bytes(written)
        return Made({self.path: data}, warnings)


def _writer(place: str) -> Callable[..., object]:
    """Import the writer at ``module:function``."""
    module, _, function = place.partition(":")
    found: Callable[..., object] = getattr(
        import_module(f"forestall.publication.{module}"), function
    )
    return found


def _page(request: Request) -> object:
    return _writer("html:write_html")(
        request.document,
        tables=request.publication.tables,
        root=request.root,
        explore=_EXPLORE if "explore" in request.formats else "",
        languages=request.languages,
    )


def _pages(request: Request) -> object:
    """Write small pages, which lie one folder deeper and need no link to themselves."""
    links = (
        link for link in request.document.downloads if not str(link.target).endswith(_PAGES_OPEN)
    )
    return _writer("pages:write_pages")(
        replace(request.document, downloads=tuple(links)),
        tables=request.publication.tables,
        root=f"../{request.root}",
        whole="../index.html",
        explore=f"../{_EXPLORE}" if "explore" in request.formats else "",
        languages={tag: f"../{page}" for tag, page in request.languages.items()},
    )


def _explore(request: Request) -> object:
    return _writer("explore:write_explore")(
        request.document,
        tables=request.publication.tables,
        root=f"../{request.root}",
        basemap=request.basemap,
    )


def _print(request: Request) -> object:
    made_on = request.publication.provenance.made_on
    return _writer("pdf:write_pdf")(request.document, made_on=made_on)


def _word(request: Request) -> object:
    return _writer("docx:write_docx")(request.document)


def _numbers(request: Request) -> object:
    numbers = _writer("numbers:report_numbers")(request.publication)
    return _writer("numbers:write_numbers")(numbers)


def _record(request: Request) -> object:
    return request.publication.record


def _tables(request: Request) -> object:
    return _writer("csv_files:csv_files")(request.publication.tables)


def _map(request: Request) -> object:
    picture = request.publication.map
    assert picture is not None
    return _writer("map_file:map_geojson")(picture.places, picture.safe)


def _check_tables(request: Request) -> None:
    if request.publication.kind is ReportKind.EVIDENCE:
        raise UnknownFormat(
            "A page on evidence has no tables of counts; it is not written as XLSX, Parquet or "
            "SDMX."
        )
    if request.publication.kind is ReportKind.PLAN:
        raise UnknownFormat(
            "A plan has no tables of counts; it is not written as XLSX, Parquet or SDMX."
        )


def _workbook(request: Request) -> object:
    _check_tables(request)
    return _writer("tables.workbook:report_workbook")(request.publication)


def _parquet(request: Request) -> object:
    _check_tables(request)
    return _writer("tables.parquet:report_parquet")(request.publication)


def _sdmx(request: Request) -> object:
    _check_tables(request)
    return _writer("tables.sdmx:report_sdmx")(request.publication)


# The formats that are asked for by name; the page is always there.
CHOSEN: dict[str, Format] = {
    "html": Format(write=_page, path="index.html"),
    "pdf": Format(write=_print, path="report.pdf", words=message("PDF")),
    "docx": Format(write=_word, path="report.docx", words=message("Word")),
    "xlsx": Format(write=_workbook, path="tables.xlsx", words=message("tables (XLSX)")),
    "parquet": Format(
        write=_parquet, path="tables/", words=message("tables (Parquet)"), scope=Scope.REPORT
    ),
    "sdmx": Format(
        write=_sdmx, path="sdmx/", words=message("indicators (SDMX)"), scope=Scope.REPORT
    ),
    "pages": Format(
        write=_pages, path=_PAGES, words=message("small pages for slow lines"), opens="index.html"
    ),
    "explore": Format(write=_explore, path=_EXPLORE),
}
# What reports have besides: tables, numbers, the map where anything has a place, a record.
_BESIDES: dict[str, Format] = {
    "tables": Format(
        write=_tables, path="tables/", words=message("tables (CSV)"), scope=Scope.REPORT
    ),
    "numbers": Format(write=_numbers, path="diagnosis.json", words=message("all numbers (JSON)")),
    "said": Format(write=_numbers, path="report.json", words=message("all numbers (JSON)")),
    "evaluation": Format(
        write=_record,
        path="evaluation.json",
        words=message("record of the evaluation (JSON)"),
        scope=Scope.REPORT,
    ),
    "plan": Format(
        write=_record,
        path="plan.json",
        words=message("record of the plan (JSON)"),
        scope=Scope.REPORT,
    ),
    "evidence": Format(
        write=_record,
        path="evidence.json",
        words=message("record of the evidence (JSON)"),
        scope=Scope.REPORT,
    ),
    "map": Format(
        write=_map, path="map.geojson", words=message("map (GeoJSON)"), scope=Scope.REPORT
    ),
}
FORMATS = {**CHOSEN, **_BESIDES}
# What is always written, by the kind of the report; its file of numbers comes first.
_ALWAYS: dict[ReportKind, tuple[str, ...]] = {
    ReportKind.DIAGNOSIS: ("numbers", "tables", "map"),
    ReportKind.EVALUATION: ("said", "tables", "evaluation"),
    ReportKind.PLAN: ("said", "plan"),
    ReportKind.EVIDENCE: ("said", "evidence"),
}


def always_written(kind: ReportKind) -> tuple[str, ...]:
    """Return the formats that a report of a kind has without being asked; its numbers first.

    Examples
    --------
    >>> always_written(ReportKind.EVALUATION)
    ('said', 'tables', 'evaluation')
    """
    return _ALWAYS[kind]


def can_be_made(name: str, publication: Publication) -> bool:
    """Say whether a publication holds what a format is made of."""
    needed = {
        "map": publication.map is not None,
        "evaluation": bool(publication.record),
        "plan": bool(publication.record),
        "evidence": bool(publication.record),
    }
    return needed.get(name, True)


def known_formats(*names: str) -> tuple[str, ...]:
    """Return the formats of these names, each once; a name may hold several with commas.

    Raises
    ------
    UnknownFormat
        With the first that is none.

    Examples
    --------
    >>> known_formats("html, html")
    ('html',)
    """
    asked = [part.strip().lower() for name in names for part in name.split(",")]
    for name in asked:
        if name not in CHOSEN:
            raise UnknownFormat(
                f"A report is written as {', '.join(CHOSEN)}, but “{name}” was asked for."
            )
    return tuple(dict.fromkeys(asked))
