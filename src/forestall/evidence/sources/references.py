"""This file knows a reference: a text that may hold evidence, and has no number yet."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence
from forestall.evidence.sources.faults import refuse_references
from forestall.evidence.sources.tables import bytes_of, text_of
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.languages import Message

_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>?#]+)", re.IGNORECASE)
_DOI_ADDRESS = "https://doi.org/"
_BEFORE_DOI = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)


class ReferenceKind(StrEnum):
    """What kind of text a reference is to."""

    ARTICLE = "article"
    BOOK = "book"
    CHAPTER = "chapter"
    REPORT = "report"
    THESIS = "thesis"
    CONFERENCE = "conference paper"
    PAGE = "web page"
    OTHER = "other"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _KINDS[self]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A text that may hold evidence. It carries no effect until somebody reads and appraises it.

    Attributes
    ----------
    key
        Names the reference.
    authors
        Family name first, such as "Welsh, Brandon C.".
    year
        None where the file does not say.
    address
        A DOI as https://doi.org/..., or another address; empty where there is none.
    abstract
        As the file has it, on one line.

    Examples
    --------
    >>> one = Reference(key="a", title="Gates", address="https://doi.org/10.1000/Gates.1")
    >>> one.doi, str(one.standing)
    ('10.1000/gates.1', 'not appraised, no number yet')
    """

    key: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    address: str = ""
    abstract: str = ""
    kind: ReferenceKind = ReferenceKind.OTHER

    def __post_init__(self) -> None:
        for name in ("key", "title"):
            if not getattr(self, name).strip():
                raise ValueError(f"A reference needs its {name}.")

    @property
    def doi(self) -> str | None:
        """Return its DOI in lower case, None if its address has none."""
        return doi_in(self.address)

    @property
    def standing(self) -> Message:
        """Return what it is worth as evidence so far."""
        return message("not appraised, no number yet")


def read_references(path: str | Path) -> tuple[Reference, ...]:
    r"""Read references from a file in RIS (.ris) or BibTeX (.bib), in UTF-8.

    Accents that BibTeX writes in LaTeX are decoded. A reference that stands in the file twice,
    word for word, is kept once.

    Raises
    ------
    InvalidEvidence
        If a reference cannot be understood or has no title: one sentence with the first line, and
        how many there are.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "found.bib"
    >>> _ = file.write_text(r'@article{gates, title={Gates in {Malm\"o}}, author={Anna Ek}}')
    >>> one, = read_references(file)
    >>> one.title, one.authors
    ('Gates in Malmö', ('Ek, Anna',))
    """
    file = Path(path)
    return references_in(bytes_of(file), file=file.name)


def references_in(content: bytes, *, file: str) -> tuple[Reference, ...]:
    """Return the references in what a file of this name holds, as `read_references` does.

    Raises
    ------
    InvalidEvidence
        If a reference cannot be understood.

    Examples
    --------
    >>> references_in(b"", file="found.ris")
    Traceback (most recent call last):
    forestall.errors.InvalidEvidence: “found.ris” has no references.
    """
    from forestall.evidence.sources.bibtex import references_of_bibtex
    from forestall.evidence.sources.ris import references_of_ris

    reader = {".ris": references_of_ris, ".bib": references_of_bibtex}.get(
        Path(file).suffix.lower()
    )
    if reader is None:
        raise InvalidEvidence(
            message(
                "References are read from a file in RIS (.ris) or BibTeX (.bib), but “{file}” is "
                "neither.",
                file=file,
            )
        )
    found, faults = reader(text_of(content, file=file))
    faults = {**_keys_again(found), **faults}
    refuse_references(faults, file=file)
    if not found:
        raise InvalidEvidence(message("“{file}” has no references.", file=file))
    return tuple(dict.fromkeys(found.values()))


def doi_in(text: str) -> str | None:
    """Return the DOI in a text in lower case, None if there is none.

    Examples
    --------
    >>> doi_in("https://link.example.org/pdf/10.1007/s10940-020-09481-7.pdf")
    '10.1007/s10940-020-09481-7'
    """
    found = _DOI.search(text)
    if found is None:
        return None
    return re.sub(r"(\.pdf|/full|/abstract|/epdf)$", "", found[1].rstrip(".,;)]}").casefold())


def address_of(*, doi: str, url: str) -> str:
    """Return where a text is: by its DOI if there is one.

    Examples
    --------
    >>> address_of(doi="doi: 10.1000/X", url="https://example.org")
    'https://doi.org/10.1000/X'
    """
    bare = _BEFORE_DOI.sub("", doi.strip())
    return f"{_DOI_ADDRESS}{bare}" if _DOI.match(bare) else url.strip()


def doi_of_address(address: str) -> str:
    """Return the DOI of an address that is one, else an empty text; the inverse of `address_of`.

    Examples
    --------
    >>> doi_of_address("https://doi.org/10.1000/X"), doi_of_address("https://example.org")
    ('10.1000/X', '')
    """
    bare = address.removeprefix(_DOI_ADDRESS)
    return bare if bare != address and _DOI.fullmatch(bare) else ""


def key_of(*said: str) -> str:
    """Return a key for a reference without one, from what it says."""
    return f"ref-{hashlib.sha256('|'.join(said).encode()).hexdigest()[:12]}"


def year_of(*cells: str) -> int | None:
    """Return the first year of four digits, None if there is none."""
    found = (re.search(r"(?<!\d)(1[5-9]|2[01])\d\d(?!\d)", cell) for cell in cells)
    return next((int(one[0]) for one in found if one), None)


def on_one_line(cells: Iterable[str]) -> str:
    """Return texts as one, with one space between words."""
    return " ".join(" ".join(cells).split())


def _keys_again(found: dict[int, Reference]) -> dict[int, Message]:
    first: dict[str, Reference] = {}
    return {
        line: message("another reference has the key “{key}”.", key=one.key)
        for line, one in found.items()
        if first.setdefault(one.key, one) != one
    }


_KINDS = {
    ReferenceKind.ARTICLE: message("article"),
    ReferenceKind.BOOK: message("book"),
    ReferenceKind.CHAPTER: message("chapter of a book"),
    ReferenceKind.REPORT: message("report"),
    ReferenceKind.THESIS: message("thesis"),
    ReferenceKind.CONFERENCE: message("paper of a conference"),
    ReferenceKind.PAGE: message("web page"),
    ReferenceKind.OTHER: message("another kind of text"),
}
