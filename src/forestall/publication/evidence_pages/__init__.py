"""This folder knows how evidence becomes pages: one for each intervention, a map, suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LineStart, Sentences, message
from forestall.publication.blocks import Document, Link
from forestall.publication.evidence_pages.brief import brief_section
from forestall.publication.evidence_pages.fits import (
    how_section,
    needs_section,
    side_section,
    whom_section,
)
from forestall.publication.evidence_pages.gap_document import build_gap_page
from forestall.publication.evidence_pages.made import made_section
from forestall.publication.evidence_pages.quoted import sources_section
from forestall.publication.evidence_pages.setting import InterventionSetting
from forestall.publication.evidence_pages.suggestion_document import build_suggestion_page
from forestall.publication.evidence_pages.works import sure_section, works_section
from forestall.publication.report.frame import translation_line

if TYPE_CHECKING:
    from forestall.publication.blocks import Section

_SECTIONS = (
    brief_section,
    works_section,
    how_section,
    whom_section,
    needs_section,
    side_section,
    sure_section,
    sources_section,
)


def build_intervention_page(setting: InterventionSetting) -> Document:
    """Build the page of one intervention, to be written in any language.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.evidence.interventions import intervention_named
    >>> from forestall.evidence.library import packaged_evidence
    >>> page = build_intervention_page(InterventionSetting(
    ...     intervention=intervention_named("street-lighting"), evidence=packaged_evidence(),
    ...     made_on=date(2026, 1, 5), command="forestall evidence show street-lighting"))
    >>> [section.id for section in page.sections]
    ['brief', 'works', 'how', 'whom', 'needs', 'side', 'sure', 'sources', 'made']
    """
    made = message("Made on {day} ·", day=setting.made_on)
    return Document(
        title=LineStart(setting.intervention.name),
        kicker=message("What was tried elsewhere"),
        lead=message("What is it, does it work, for whom, at what cost, and how sure is that?"),
        made_line=(made, Link(message("How this was made"), "#made")),
        sections=(*(build(setting) for build in _SECTIONS), _made(setting)),
        foot=(Sentences((translation_line(),)),),
    )


def _made(setting: InterventionSetting) -> Section:
    return made_section(made_on=setting.made_on, command=setting.command)


__all__ = [
    "InterventionSetting",
    "build_gap_page",
    "build_intervention_page",
    "build_suggestion_page",
]
