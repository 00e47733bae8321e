"""This file knows references in BibTeX, whose accents are written in LaTeX."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from forestall.evidence.sources.references import (
    Reference,
    ReferenceKind,
    address_of,
    doi_of_address,
    key_of,
    on_one_line,
    year_of,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from forestall.languages import Message

_K = ReferenceKind
_TYPES = {
    _K.ARTICLE: "article",
    _K.BOOK: "book",
    _K.CHAPTER: "incollection",
    _K.REPORT: "techreport",
    _K.THESIS: "phdthesis",
    _K.CONFERENCE: "inproceedings",
    _K.PAGE: "online",
    _K.OTHER: "misc",
}
_KINDS = {
    **{name: kind for kind, name in _TYPES.items()},
    "inbook": _K.CHAPTER,
    "report": _K.REPORT,
    "mastersthesis": _K.THESIS,
    "thesis": _K.THESIS,
    "conference": _K.CONFERENCE,
    "electronic": _K.PAGE,
    "www": _K.PAGE,
}
_LATEX = re.compile(r"[\\{}$~%]|--|``|''")
# Two signs that LaTeX prints as one, such as two hyphens as a dash.
_PAIRS = re.compile(r"-(?=-)|'(?=')|`(?=`)|[?!](?=`)|,(?=,)|<(?=<)|>(?=>)")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def references_of_bibtex(text: str) -> tuple[dict[int, Reference], dict[int, Message]]:
    r"""Return the references of a text by the line where each begins, and what is wrong by line.

    Examples
    --------
    >>> found, faults = references_of_bibtex(r"@book{a, title={S{\o}gne}, year=2018}")
    >>> found[1].title, found[1].year, found[1].kind.value, faults
    ('Søgne', 2018, 'book', {})
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import SeparateCoAuthors

    with _silent():
        library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    faults = {(block.start_line or 0) + 1: _fault(block) for block in library.failed_blocks}
    found: dict[int, Reference] = {}
    for entry in library.entries:
        cells = {field.key.casefold(): field.value for field in entry.fields}
        title = _plain(str(cells.get("title", "")))
        if title:
            found[(entry.start_line or 0) + 1] = _reference(entry, cells, title)
        else:
            faults[(entry.start_line or 0) + 1] = message("it has no title.")
    return found, faults


def references_as_bibtex(references: Iterable[Reference]) -> bytes:
    r"""Return references as a file in BibTeX in UTF-8.

    Examples
    --------
    >>> print(references_as_bibtex([Reference(key="a", title="5% of Malmö", year=2018)]).decode())
    @misc{a,
      title = {{5\% of Malmö}},
      year = {2018},
    }
    """
    entries = []
    for one in references:
        doi = doi_of_address(one.address)
        cells = {
            # Braces twice, or styles would change capitals.
            "title": f"{{{_escaped(one.title)}}}",
            "author": " and ".join(f"{{{_escaped(author)}}}" for author in one.authors),
            "year": "" if one.year is None else str(one.year),
            "doi": doi,
            "url": "" if doi else one.address,
            "abstract": _escaped(one.abstract),
        }
        lines = [f"  {name} = {{{said}}}," for name, said in cells.items() if said]
        entries.append("\n".join([f"@{_TYPES[one.kind]}{{{_key(one.key)},", *lines, "}"]))
    return "".join(f"{entry}\n" for entry in entries).encode("utf-8")


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the parser from writing to the screen what is said in the error."""
    logger = logging.getLogger("bibtexparser")
    handler, passed_on = logging.NullHandler(), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = passed_on


def _fault(block: Any) -> Message:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    if isinstance(block, DuplicateBlockKeyBlock):
        return message("another reference has the key “{key}”.", key=block.key)
    if isinstance(block, DuplicateFieldKeyBlock):
        first = sorted(block.duplicate_keys)[0]
        return message("it has the field “{name}” twice.", name=first)
    return message("its brackets or quotation marks do not close.")


def _reference(entry: Any, cells: dict[str, Any], title: str) -> Reference:
    given = cells.get("author") or cells.get("editor") or []
    authors = tuple(_name(one) for one in ([given] if isinstance(given, str) else given))
    year = year_of(str(cells.get("year", "")), str(cells.get("date", "")))
    address = address_of(
        doi=_address(str(cells.get("doi", ""))),
        url=_address(str(cells.get("url") or cells.get("howpublished", ""))),
    )
    return Reference(
        key=entry.key.strip() or key_of(title, str(year), *authors, address),
        title=title,
        authors=tuple(filter(None, authors)),
        year=year,
        address=address,
        abstract=_plain(str(cells.get("abstract", ""))),
        kind=_KINDS.get(entry.entry_type.casefold(), ReferenceKind.OTHER),
    )


def _name(written: str) -> str:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if written.strip().casefold() == "others":
        return "et al."
    parts = parse_single_name_into_parts(written, strict=False)
    return _plain(parts.merge_last_name_first)


def _address(written: str) -> str:
    """Return an address, in which a per cent sign begins no comment."""
    bare = re.sub(r"^\\url\s*\{(.*)\}$", r"\1", written.strip())
    return re.sub(r"\\([&%$#_{}~])", r"\1", bare)


def _plain(latex: str) -> str:
    if not _LATEX.search(latex):
        return on_one_line([latex])
    decoded = _decoder().latex_to_text(latex)
    return on_one_line([decoded.replace("\u02c6", "^").replace("\u02dc", "~")])


@cache
def _decoder() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True)


def _escaped(text: str) -> str:
    escaped = "".join(_SPECIAL.get(sign, sign) for sign in on_one_line([text]))
    return _PAIRS.sub(r"\g<0>{}", escaped)


def _key(key: str) -> str:
    return re.sub(r"[^\w:.+/-]", "-", key)
