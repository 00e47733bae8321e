"""This file knows how Typst is called: with our fonts only, without clock, files or network.

Data reach Typst as JSON and are set as text; they are never part of its source.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from forestall.publication.fonts import font_folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from typst import Fonts, PDFStandard

# What Typst would write as the time of making: the time of a report is its day, said in it.
_NO_TIME = 0


def typst_source(*modules: tuple[str, str]) -> bytes:
    """Return packaged Typst files as one source, in the order given (package, file name)."""
    return b"\n".join(files(package).joinpath(name).read_bytes() for package, name in modules)


def set_pdf(source: bytes, data: object, *, standards: Sequence[PDFStandard]) -> bytes:
    """Set data as a tagged PDF that keeps to standards.

    Raises
    ------
    typst.TypstError
        If the document does not meet a standard.
    """
    made = _compile(source, data, format="pdf", standards=standards)
    assert isinstance(made, bytes)
    return made


def set_pngs(source: bytes, data: object) -> list[bytes]:
    """Set data as pictures, one a page, one pixel a point."""
    made = _compile(source, data, format="png", standards=())
    return [made] if isinstance(made, bytes) else made


def _compile(
    source: bytes,
    data: object,
    *,
    format: Literal["pdf", "png"],  # noqa: A002
    standards: Sequence[PDFStandard],
) -> bytes | list[bytes]:
    import typst

    made: bytes | list[bytes] = typst.compile(
        source,
        font_paths=_fonts(font_folders()),
        ignore_system_fonts=True,
        format=format,
        ppi=72,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=list(standards),
        timestamp=_NO_TIME,
    )
    return made


@cache
def _fonts(folders: tuple[Path, ...]) -> Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])
