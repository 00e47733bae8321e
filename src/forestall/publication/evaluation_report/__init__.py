"""This folder knows how an evaluation becomes a document: which sections, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Sentences, message
from forestall.publication.blocks import Document, Link
from forestall.publication.evaluation_report.brief import brief_section
from forestall.publication.evaluation_report.burden import harm_section
from forestall.publication.evaluation_report.done import done_section
from forestall.publication.evaluation_report.elsewhere import elsewhere_section
from forestall.publication.evaluation_report.groups import equity_section
from forestall.publication.evaluation_report.happened import happened_section
from forestall.publication.evaluation_report.made import made_section
from forestall.publication.evaluation_report.money import money_section
from forestall.publication.evaluation_report.people import people_section
from forestall.publication.evaluation_report.plan_document import build_plan_report
from forestall.publication.evaluation_report.planned import planned_section
from forestall.publication.evaluation_report.setting import EvaluationSetting
from forestall.publication.evaluation_report.side import side_section
from forestall.publication.evaluation_report.sure import change_section, sure_section
from forestall.publication.report.frame import foot_lines

if TYPE_CHECKING:
    from forestall.languages import Text

_SECTIONS = (
    brief_section,
    done_section,
    planned_section,
    happened_section,
    elsewhere_section,
    harm_section,
    people_section,
    equity_section,
    side_section,
    money_section,
    sure_section,
    change_section,
    made_section,
)


def build_evaluation_report(setting: EvaluationSetting) -> Document:
    """Build the report of an evaluation, to be written in any language.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.publication.evaluation_example import example_told
    >>> report = build_evaluation_report(EvaluationSetting(told=example_told(),
    ...     made_on=date(2026, 1, 5), command="forestall evaluate spec.toml -o report"))
    >>> str(report.title)
    'Gates in the alleys of Hill Town'
    >>> [section.id for section in report.sections][:4]
    ['brief', 'done', 'planned', 'happened']
    """
    made = message("Made on {day} ·", day=setting.made_on)
    return Document(
        title=_title(setting),
        kicker=_kicker(setting),
        lead=setting.spec.question,
        made_line=(made, Link(message("How this was made"), "#made")),
        sections=tuple(build(setting) for build in _SECTIONS),
        foot=_foot(setting),
    )


def _title(setting: EvaluationSetting) -> Text:
    """Return the title; that of a placebo says so, whatever it was called."""
    title = setting.spec.title
    if setting.spec.is_placebo and "placebo" not in title.casefold():
        return message("Placebo: {title}", title=title)
    return title


def _kicker(setting: EvaluationSetting) -> Text:
    if setting.spec.is_placebo:
        return message("Evaluation of a placebo")
    return message("Evaluation")


def _foot(setting: EvaluationSetting) -> tuple[Text, ...]:
    return (Sentences(foot_lines(attribution=setting.evaluation.manifest.attribution)),)


__all__ = ["EvaluationSetting", "build_evaluation_report", "build_plan_report"]
