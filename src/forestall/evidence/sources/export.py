"""This file knows how evidence leaves: tables, JSON and sources, with licence and attribution."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidOutput, NoSpaceLeft, UnknownFormat
from forestall.evidence.sources.bibtex import references_as_bibtex
from forestall.evidence.sources.effect_table import effects_as_csv
from forestall.evidence.sources.evidence_json import evidence_record, evidence_schema
from forestall.evidence.sources.export_readme import README, README_TITLE, readme_of
from forestall.evidence.sources.references import Reference, address_of, key_of
from forestall.evidence.sources.review_table import readings_as_csv, reviews_as_csv
from forestall.evidence.sources.ris import references_as_ris
from forestall.languages import Listing, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from forestall.evidence.library import Evidence
    from forestall.evidence.studies import Source

EXPORT_FORMATS = ("csv", "json", "ris", "bib")
_FILES = {
    "csv": ("effects.csv", "reviews.csv", "readings.csv"),
    "json": ("evidence.json", "evidence.schema.json"),
    "ris": ("sources.ris",),
    "bib": ("sources.bib",),
}
_OURS = {README, *(name for names in _FILES.values() for name in names)}
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def export_evidence(
    evidence: Evidence,
    out: str | Path,
    *,
    formats: Sequence[str] = ("csv", "json", "ris"),
    references: Iterable[Reference] = (),
) -> tuple[Path, ...]:
    """Write evidence into a folder, in open formats, with licence and attribution beside it.

    The same evidence gives the same bytes. ``effects.csv`` is read by `read_effects` into the same
    records. Measures of law enforcement stay in, marked, so that nobody takes the list for whole
    without them.

    Parameters
    ----------
    out
        A new or empty folder, or that of an earlier export, which is replaced.
    formats
        Of "csv" (effects, what reviews say, how we read them), "json" (all of it, with its JSON
        Schema), "ris" and "bib" (the sources).
    references
        Texts without a number yet; they go into JSON, RIS and BibTeX.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    UnknownFormat
        If a format is not one of these.
    InvalidOutput
        If the folder holds other files, or cannot be written to.
    NoSpaceLeft
        If the disk is full.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> folder = Path(tempfile.mkdtemp()) / "export"
    >>> [file.name for file in export_evidence(packaged_evidence(), folder, formats=["csv"])]
    ['README.md', 'effects.csv', 'readings.csv', 'reviews.csv']
    """
    unknown = next((name for name in formats if name not in EXPORT_FORMATS), None)
    if not formats:
        raise UnknownFormat(
            message(
                "Evidence is written as {formats}, but none was asked for.",
                formats=Listing(EXPORT_FORMATS),
            )
        )
    if unknown is not None:
        raise UnknownFormat(
            message(
                "Evidence is written as {formats}, but “{name}” was asked for.",
                formats=Listing(EXPORT_FORMATS),
                name=unknown,
            )
        )
    place = Path(out)
    contents = _contents(evidence, tuple(references), formats)
    _check(place)
    _write(place, contents)
    return tuple(place / name for name in contents)


def sources_of(evidence: Evidence) -> tuple[Reference, ...]:
    """Return the texts that evidence was read in, each once, in the order of their addresses.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> len(sources_of(packaged_evidence())) < len(packaged_evidence().reviews)
    True
    """
    found: dict[str, Reference] = {}
    sources = [
        *(one.source for one in evidence.reviews),
        *(one.source for one in evidence.effects),
    ]
    # A source without a title is kept only where no record gives its title.
    for source in sorted(sources, key=lambda one: (one.address, not one.title, one.title)):
        found.setdefault(source.address, _reference(source))
    return tuple(found.values())


def _reference(source: Source) -> Reference:
    between = ";" if ";" in source.authors else ","
    authors = tuple(one.strip() for one in source.authors.split(between) if one.strip())
    return Reference(
        key=key_of(source.address),
        title=source.title or source.address,
        authors=authors,
        year=source.year,
        address=address_of(doi=source.address, url=source.address),
    )


def _contents(
    evidence: Evidence, references: tuple[Reference, ...], formats: Sequence[str]
) -> dict[str, bytes]:
    sources = _under_own_keys((*sources_of(evidence), *references))
    makers = {
        "effects.csv": lambda: effects_as_csv(evidence.effects),
        "reviews.csv": lambda: reviews_as_csv(evidence.reviews),
        "readings.csv": lambda: readings_as_csv(evidence.reviews),
        "evidence.json": lambda: _json(evidence_record(evidence, references)),
        "evidence.schema.json": lambda: _json(evidence_schema()),
        "sources.ris": lambda: references_as_ris(sources),
        "sources.bib": lambda: references_as_bibtex(sources),
    }
    names = sorted({name for kind in formats for name in _FILES[kind]})
    made = {name: makers[name]() for name in names}
    return {README: readme_of(evidence, names), **made}


def _under_own_keys(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return each reference once; where two share a key, the later gets one of what it says."""
    found: dict[str, Reference] = {}
    for one in references:
        key = one.key
        if found.get(key, one) != one:
            key = key_of(one.title, str(one.year), *one.authors, one.address)
        found.setdefault(key, replace(one, key=key))
    return tuple(found.values())


def _json(record: Mapping[str, object]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def _check(place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise InvalidOutput(
            message("An export needs a folder, but “{folder}” is a file.", folder=str(place))
        )
    others = sorted(path.name for path in place.iterdir() if path.name not in _OURS)
    readme = place / README
    if any(place.iterdir()) and not others:
        is_ours = readme.is_file() and readme.read_bytes().startswith(README_TITLE.encode())
        others = [] if is_ours else sorted(path.name for path in place.iterdir())
    if others:
        raise InvalidOutput(
            message(
                "An export needs a new or empty folder, but “{folder}” holds “{file}”.",
                folder=str(place),
                file=others[0],
            )
        )


def _write(place: Path, contents: Mapping[str, bytes]) -> None:
    """Write all files beside the folder, and put them in only when all are written."""
    working = None
    try:
        place.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.resolve().parent))
        for name, content in contents.items():
            (working / name).write_bytes(content)
        for name in contents:
            (working / name).replace(place / name)
        for name in _OURS - set(contents):
            (place / name).unlink(missing_ok=True)
    except OSError as wrong:
        if wrong.errno in _FULL:
            raise NoSpaceLeft(
                message(
                    "The disk is full, so nothing was exported to “{folder}”.", folder=str(place)
                )
            ) from None
        raise InvalidOutput(
            message(
                "An export needs a folder where files can be written, but “{folder}” is none.",
                folder=str(place),
            )
        ) from None
    finally:
        if working is not None:
            shutil.rmtree(working, ignore_errors=True)
