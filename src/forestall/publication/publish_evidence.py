"""This file knows the way of the evidence out of the house: interventions, map, suggestions.

Every figure on these pages is published elsewhere, or comes from a record of an evaluation that was
protected when it was published. No count of incidents of the city is among them.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from forestall.errors import UnknownFormat
from forestall.evidence.gaps import map_gaps
from forestall.evidence.interventions import intervention_named
from forestall.evidence.library import Evidence, packaged_evidence
from forestall.languages import language, message
from forestall.publication.contents import Provenance, Publication, ReportKind
from forestall.publication.editions import known_languages
from forestall.publication.evidence_pages import (
    InterventionSetting,
    build_gap_page,
    build_intervention_page,
    build_suggestion_page,
)
from forestall.publication.formats import known_formats
from forestall.publication.provenance import MADE_WITH
from forestall.publication.published import Published, write_publication

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date

    from forestall.evidence.suggestions import Suggestions
    from forestall.publication.blocks import Document

_FORMATS = ("html", "pdf", "docx", "pages")


def publish_intervention(
    intervention: str,
    *,
    out: str | os.PathLike[str],
    evidence: Evidence | None = None,
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    command: str = "",
    made_on: date | None = None,
) -> Published:
    """Write the page of one intervention: what it is, does it work, for whom, at what cost.

    Parameters
    ----------
    intervention
        Key in the catalogue.
    out
        Folder of the page; an earlier report in it is replaced in one step.
    evidence
        What is known; the packaged evidence when None.
    formats
        html, pdf, docx and pages; the page is always written.
    languages
        Tags of languages, the first for the root of the folder; the language in force when empty.
    command
        The command line that makes the same page again, printed in it.
    made_on
        Day that stands on the page; today when None.

    Raises
    ------
    UnknownIntervention
        If there is no such key.
    InvalidOutput
        If the folder holds something else.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_intervention("alley-gating", out=folder)
    ...     published.findings[0]
    'Lockable gates close the alleys behind houses, and the residents beside them hold keys or
    codes.'
    """
    setting = InterventionSetting(
        intervention=intervention_named(intervention),
        evidence=evidence or packaged_evidence(),
        made_on=made_on or _today(),
        command=command or f"forestall evidence show {intervention}",
    )
    return _write(
        build_intervention_page(setting),
        made_on=setting.made_on,
        command=setting.command,
        out=out,
        formats=formats,
        languages=languages,
    )


def publish_gap_map(
    *,
    out: str | os.PathLike[str],
    evidence: Evidence | None = None,
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    command: str = "",
    made_on: date | None = None,
) -> Published:
    """Write the map of what is known and what nobody has measured.

    Parameters
    ----------
    out, evidence, formats, languages, command, made_on
        As in `publish_intervention`; the map has the format explore besides.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_gap_map(out=folder)
    ...     sorted(path.name for path in published.paths)
    ['index.html', 'publication.json', 'report.json']
    """
    known, day = evidence or packaged_evidence(), made_on or _today()
    called = command or "forestall evidence gap-map"
    page = build_gap_page(map_gaps(known), known, made_on=day, command=called)
    return _write(
        page,
        made_on=day,
        command=called,
        out=out,
        formats=formats,
        languages=languages,
        more=("explore",),
    )


def publish_suggestions(
    suggestions: Suggestions,
    *,
    out: str | os.PathLike[str],
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    command: str = "",
    made_on: date | None = None,
) -> Published:
    """Write which measures answer a problem, harm first, each with its reasons.

    Parameters
    ----------
    suggestions
        From `suggest_interventions`.
    out, formats, languages, command, made_on
        As in `publish_intervention`.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.evidence.profiles import ProblemProfile
    >>> from forestall.evidence.suggestions import suggest_interventions
    >>> from forestall.evidence.vocabulary import Problem
    >>> found = suggest_interventions(ProblemProfile(problem=Problem.BULLYING))
    >>> with TemporaryDirectory() as folder:
    ...     publish_suggestions(found, out=folder).page.name
    'index.html'
    """
    day = made_on or _today()
    called = command or f"forestall evidence suggest {suggestions.profile.problem.value}"
    page = build_suggestion_page(suggestions, made_on=day, command=called)
    return _write(page, made_on=day, command=called, out=out, formats=formats, languages=languages)


def check_formats(formats: Sequence[str], *, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the formats of a page on evidence, which has no tables of counts.

    Raises
    ------
    UnknownFormat
        With the first that such a page does not have.

    Examples
    --------
    >>> check_formats(["pdf,docx"])
    ('pdf', 'docx')
    """
    allowed = (*_FORMATS, *more)
    asked = known_formats(*formats)
    for name in asked:
        if name not in allowed:
            raise UnknownFormat(
                f"A page on evidence is written as {', '.join(allowed)}, but “{name}” was asked "
                "for."
            )
    return asked


def _write(
    document: Document,
    *,
    made_on: date,
    command: str,
    out: str | os.PathLike[str],
    formats: Sequence[str],
    languages: Sequence[str],
    more: Sequence[str] = (),
) -> Published:
    publication = Publication(
        document=document,
        tables={},
        provenance=Provenance(
            made_on=made_on,
            command=command,
            place="",
            first_day=None,
            last_day=None,
            data={},
            protection={},
            rule_words=_NO_COUNTS,
            choices=(),
            made_with=MADE_WITH,
        ),
        kind=ReportKind.EVIDENCE,
    )
    asked = check_formats(formats, more=more)
    tags = known_languages(*languages) or (language(),)
    return write_publication(publication, out=out, formats=asked, languages=tags)


def _today() -> date:
    return datetime.now().astimezone().date()


_NO_COUNTS = message("No count of incidents of the city stands on this page.")
