"""This file knows how a diagnosis becomes a document: which sections, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Listing, Sentences, message, plural_message
from forestall.publication.blocks import Document, Link
from forestall.publication.protected.areas import main_districts
from forestall.publication.report.brief import brief_section
from forestall.publication.report.cannot import cannot_section
from forestall.publication.report.concentration import concentration_section
from forestall.publication.report.frame import foot_lines
from forestall.publication.report.made import made_section
from forestall.publication.report.questions import questions_section
from forestall.publication.report.rates import rates_section
from forestall.publication.report.setting import Setting
from forestall.publication.report.sure import sure_section
from forestall.publication.report.what import what_section
from forestall.publication.report.when import when_section
from forestall.publication.report.where import where_section
from forestall.publication.report.words import kind_inside

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Runs, Section

_MOST_IN_LEAD = 6
_SECTIONS = (
    brief_section,
    what_section,
    when_section,
    where_section,
    concentration_section,
    rates_section,
    sure_section,
    cannot_section,
    questions_section,
    made_section,
)


def build_report(setting: Setting) -> Document:
    r"""Build the report of a diagnosis, to be written in any language.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.disclosure import rule_named
    >>> from forestall.publication.example import example_diagnosis
    >>> from forestall.publication.protected import protect_diagnosis
    >>> town = example_diagnosis()
    >>> safe = protect_diagnosis(town, rule=rule_named("threshold-5"))
    >>> report = build_report(Setting(diagnosis=town, safe=safe, place="Hill Town",
    ...     made_on=date(2026, 1, 5), command="forestall diagnose town.csv -o report"))
    >>> str(report.title).replace("\xa0", " ")
    'Recorded crime in Hill Town, January 2024 to August 2024'
    >>> [section.id for section in report.sections][:4]
    ['brief', 'what', 'when', 'where']
    """
    return Document(
        title=report_title(setting),
        kicker=message("Safety diagnosis"),
        lead=_lead(setting),
        made_line=_made_line(setting),
        sections=_sections(setting),
        foot=_foot(setting),
    )


def report_title(setting: Setting) -> Text:
    """Return what, where and when."""
    values = {
        "kind": kind_inside(setting.only_kind),
        "place": setting.place,
        "period": setting.period,
    }
    if setting.only_kind and setting.place:
        return message("Recorded {kind} in {place}, {period}", **values)
    if setting.only_kind:
        return message("Recorded {kind}, {period}", **values)
    if setting.place:
        return message("Recorded crime in {place}, {period}", **values)
    return message("Recorded crime, {period}", **values)


def _sections(setting: Setting) -> tuple[Section, ...]:
    return tuple(build(setting) for build in _SECTIONS)


def _lead(setting: Setting) -> Text:
    if setting.only_kind:
        return message(
            "Where and when it was recorded, how sure we are, and what the file cannot tell."
        )
    districts = main_districts(setting.diagnosis)
    if 1 < len(districts) <= _MOST_IN_LEAD:
        return message(
            "Where and when crime was recorded in {districts}, how sure we are, and what the file "
            "cannot tell.",
            districts=Listing(districts),
        )
    return message(
        "Where and when crime was recorded, how sure we are, and what the file cannot tell."
    )


def _made_line(setting: Setting) -> Runs:
    manifest = setting.diagnosis.manifest
    made = plural_message(
        "Made on {day} from {count} file of {rows} records ·",
        "Made on {day} from {count} files of {rows} records ·",
        len(manifest.files),
        day=setting.made_on,
        rows=manifest.rows_read,
    )
    return (made, Link(message("How this was made"), "#made"))


def _foot(setting: Setting) -> tuple[Text, ...]:
    return (Sentences(foot_lines(attribution=setting.diagnosis.manifest.attribution)),)


__all__ = ["Setting", "build_report", "report_title"]
