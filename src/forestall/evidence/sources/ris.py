"""This file knows references in RIS: a line TY begins one, a line ER ends it.

Readers that are at hand leave out a reference whose end is missing, or join it to the next, and
say nothing; here the line is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
    from collections.abc import Iterable

    from forestall.languages import Message

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")
_K = ReferenceKind
_KINDS = {
    "JOUR": _K.ARTICLE,
    "BOOK": _K.BOOK,
    "CHAP": _K.CHAPTER,
    "RPRT": _K.REPORT,
    "THES": _K.THESIS,
    "CPAPER": _K.CONFERENCE,
    "ELEC": _K.PAGE,
    "GEN": _K.OTHER,
}
_TYPES = {kind: name for name, kind in _KINDS.items()}
_ALSO = {
    "EJOUR": _K.ARTICLE,
    "MGZN": _K.ARTICLE,
    "EBOOK": _K.BOOK,
    "EDBOOK": _K.BOOK,
    "ECHAP": _K.CHAPTER,
    "GOVDOC": _K.REPORT,
    "CONF": _K.CONFERENCE,
}


@dataclass(kw_only=True)
class _Entry:
    line: int
    kind: str
    tags: dict[str, list[str]] = field(default_factory=dict)

    def all(self, *names: str) -> list[str]:
        return [cell for name in names for cell in self.tags.get(name, []) if cell]

    def first(self, *names: str) -> str:
        return next(iter(self.all(*names)), "")


def references_of_ris(text: str) -> tuple[dict[int, Reference], dict[int, Message]]:
    r"""Return the references of a text by the line where each begins, and what is wrong by line.

    Examples
    --------
    >>> found, faults = references_of_ris("TY  - JOUR\nTI  - Gates\nPY  - 2018\nER  - \n")
    >>> found[1].title, found[1].year, faults
    ('Gates', 2018, {})
    """
    entries, faults = _entries(text)
    found: dict[int, Reference] = {}
    for entry in entries:
        title = on_one_line([entry.first("TI", "T1", "CT", "BT")])
        if title:
            found[entry.line] = _reference(entry, title)
        else:
            faults[entry.line] = message("it has no title (TI).")
    return found, faults


def references_as_ris(references: Iterable[Reference]) -> bytes:
    """Return references as a file in RIS that `read_references` reads into the same records.

    Examples
    --------
    >>> print(references_as_ris([Reference(key="a", title="Gates", year=2018)]).decode())
    TY  - GEN
    ID  - a
    TI  - Gates
    PY  - 2018
    ER  -
    """
    lines: list[str] = []
    for one in references:
        doi = doi_of_address(one.address)
        tags = [
            ("TY", _TYPES[one.kind]),
            ("ID", one.key),
            ("TI", one.title),
            *(("AU", author) for author in one.authors),
            ("PY", "" if one.year is None else str(one.year)),
            ("DO", doi),
            ("UR", "" if doi else one.address),
            ("AB", one.abstract),
        ]
        lines += [f"{tag}  - {on_one_line([said])}" for tag, said in tags if said]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines).encode("utf-8")


def _entries(text: str) -> tuple[list[_Entry], dict[int, Message]]:
    entries: list[_Entry] = []
    faults: dict[int, Message] = {}
    entry: _Entry | None = None
    cells: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        tag = _LINE.match(line.rstrip())
        name = tag[1] if tag else ""
        if name == "TY":
            if entry is not None:
                faults[entry.line] = message("it has no line “ER” at its end.")
            entry, cells = _Entry(line=number, kind=(tag[2] or "").strip() if tag else ""), []
        elif entry is None:
            if line.strip():
                faults[number] = message("a reference needs to begin with a line “TY”.")
                break
        elif name == "ER":
            entries.append(entry)
            entry = None
        elif tag:
            cells = entry.tags.setdefault(name, [])
            cells.append((tag[2] or "").strip())
        elif line.strip() and cells:
            cells[-1] = f"{cells[-1]} {line.strip()}"
    if entry is not None:
        faults[entry.line] = message("it has no line “ER” at its end.")
    return entries, faults


def _reference(entry: _Entry, title: str) -> Reference:
    authors = tuple(on_one_line([one]) for one in entry.all("AU", "A1"))
    year = year_of(*entry.all("PY", "Y1", "DA"))
    address = address_of(doi=entry.first("DO"), url=entry.first("UR", "L2"))
    return Reference(
        key=entry.first("ID") or key_of(title, str(year), *authors, address),
        title=title,
        authors=authors,
        year=year,
        address=address,
        abstract=on_one_line([entry.first("AB", "N2")]),
        kind=_KINDS.get(entry.kind) or _ALSO.get(entry.kind, ReferenceKind.OTHER),
    )
