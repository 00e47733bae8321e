"""This folder knows how a whole plan becomes a document that can be written in any language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.languages import Day, message
from forestall.publication.blocks import Document, Link
from forestall.publication.plan_pages.actions import action_section, actions_section
from forestall.publication.plan_pages.brief import brief_section
from forestall.publication.plan_pages.left_out import lasting_section, left_out_section
from forestall.publication.plan_pages.logic import logic_section
from forestall.publication.plan_pages.made import foot_lines, made_section
from forestall.publication.plan_pages.missing import missing_section
from forestall.publication.plan_pages.money import money_section
from forestall.publication.plan_pages.objectives import objectives_section
from forestall.publication.plan_pages.partners import partners_section
from forestall.publication.plan_pages.problems import problems_section
from forestall.publication.plan_pages.progress import progress_section
from forestall.publication.plan_pages.roles import roles_section
from forestall.publication.plan_pages.setting import PlanEdition, PlanSetting
from forestall.publication.plan_pages.timetable import timetable_section
from forestall.publication.plan_pages.voices import consultation_section, reviews_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forestall.publication.blocks import Section

__all__ = ["PlanEdition", "PlanSetting", "build_plan_page"]


def build_plan_page(setting: PlanSetting) -> Document:
    """Build the document of a plan; what is missing has its own section in a draft only.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> page = build_plan_page(PlanSetting(plan=example_plan(), today=date(2025, 5, 3),
    ...     edition=PlanEdition.PUBLIC, command="forestall plan publish plan.json -o plan"))
    >>> str(page.kicker)
    'Action plan: Port Alder'
    """
    plan = setting.plan
    place = setting.text(plan.place.name)
    is_draft = setting.edition is PlanEdition.DRAFT
    kicker = (
        message("Draft of an action plan: {place}", place=place)
        if is_draft
        else message("Action plan: {place}", place=place)
    )
    return Document(
        title=setting.text(plan.title),
        kicker=kicker,
        lead=setting.text(plan.summary),
        made_line=(
            message("Looked at on {day} ·", day=Day(setting.today)),
            Link(message("How this was made"), "#made"),
        ),
        sections=tuple(_sections(setting)),
        foot=foot_lines(),
    )


def _sections(setting: PlanSetting) -> Iterator[Section]:
    yield brief_section(setting)
    if setting.edition is PlanEdition.DRAFT:
        yield missing_section(setting)
    yield from _numbered(setting)


def _numbered(setting: PlanSetting) -> Iterator[Section]:
    """Yield the sections with their numbers; an action has that of all actions and its own."""
    for number, section in enumerate(_parts(setting), 1):
        yield replace(section, number=str(number))
        if section.id == "actions":
            for at, action in enumerate(setting.plan.actions, 1):
                yield replace(action_section(action, setting), number=f"{number}.{at}")


def _parts(setting: PlanSetting) -> Iterable[Section]:
    return (
        problems_section(setting),
        objectives_section(setting),
        actions_section(setting),
        logic_section(setting),
        timetable_section(setting),
        roles_section(setting),
        money_section(setting),
        partners_section(setting),
        consultation_section(setting),
        progress_section(setting),
        reviews_section(setting),
        left_out_section(setting),
        lasting_section(setting),
        made_section(setting),
    )
