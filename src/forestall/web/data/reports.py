"""This file knows how a finished report is read inside the workspace, file by file.

Only files that the report itself names are given. The page carries its style sheet inside; the
policy of the answer allows exactly this sheet, by its hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse

from forestall.errors import InvalidPublication
from forestall.publication.stored import STORED, read_editions
from forestall.publication.stored.file import all_files
from forestall.web.data.downloads import BOM, plain_csv
from forestall.web.data.folders import report_folder

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from forestall.publication.stored import Edition
    from forestall.web.data.models import SafetyDiagnosis

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_LANGUAGE = re.compile(r'<html lang="([A-Za-z-]+)"')
_TYPES = {
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_PAGE = "index.html"


def report_file(diagnosis: SafetyDiagnosis, name: str) -> HttpResponseBase:
    """Return one file of a finished report.

    Raises
    ------
    Http404
        If the report names no such file.
    """
    name = f"{name}{_PAGE}" if name == "" or name.endswith("/") else name
    path = report_folder(diagnosis) / name
    if name not in _named(diagnosis) or not path.is_file():
        raise Http404
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".html":
        return _page(path.read_text(encoding="utf-8"))
    if suffix == ".csv":
        text = plain_csv(path.read_text(encoding="utf-8-sig"))
        response = HttpResponse(f"{BOM}{text}", content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{path.name}"'
        return response
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=path.name,
        content_type=_TYPES.get(suffix, "application/octet-stream"),
    )


def files_in(diagnosis: SafetyDiagnosis, folder: str) -> list[str]:
    """Return the names of the files in one folder of the report, such as ``tables/``.

    Raises
    ------
    Http404
        If the report has no such folder.
    """
    named = sorted(one for one in _named(diagnosis) if one.startswith(folder))
    found = [one.removeprefix(folder) for one in named if "/" not in one.removeprefix(folder)]
    if not found:
        raise Http404
    return found


def all_files_of(diagnosis: SafetyDiagnosis) -> list[str]:
    """Return the names of all files of the report, in order.

    Raises
    ------
    Http404
        If there is no report.
    """
    return sorted(_named(diagnosis))


def downloads_of(diagnosis: SafetyDiagnosis) -> list[str]:
    """Return the files that stand beside the pages and tables, such as the PDF."""
    named = (PurePosixPath(one) for one in sorted(_named(diagnosis)))
    return [str(one) for one in named if one.suffix in _TYPES]


def pages_of(diagnosis: SafetyDiagnosis) -> list[tuple[str, str]]:
    """Return language and address of each page of the report."""
    editions = [one for one in _editions(diagnosis) if one.format == "html" and one.files]
    # The first page lies in the folder itself; its name keeps it apart from "the page".
    addresses = [one.files[0].removesuffix(_PAGE) or _PAGE for one in editions]
    return [(one.language, address) for one, address in zip(editions, addresses, strict=True)]


def _named(diagnosis: SafetyDiagnosis) -> frozenset[str]:
    return all_files(_editions(diagnosis)) - {STORED}


def _editions(diagnosis: SafetyDiagnosis) -> tuple[Edition, ...]:
    try:
        return read_editions(report_folder(diagnosis))
    except InvalidPublication:
        raise Http404 from None


def _page(html: str) -> HttpResponse:
    sheets = " ".join(f"'sha256-{_hash(sheet)}'" for sheet in _STYLE.findall(html))
    response = HttpResponse(html)
    tag = _LANGUAGE.search(html)
    if tag is not None:
        response.headers["Content-Language"] = tag[1]
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {sheets}; img-src 'self' data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    return response


def _hash(sheet: str) -> str:
    return base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
