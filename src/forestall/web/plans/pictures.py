"""This file knows the pictures of a plan on its pages: how it should work, and its timetable.

They are those of the published document, drawn on the server, once for wide and once for narrow
screens, with the same words behind them as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from forestall.languages import language
from forestall.publication.blocks import Chart, Link, WordTable
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.plan_pages.logic import logic_section
from forestall.publication.plan_pages.setting import PlanEdition, PlanSetting
from forestall.publication.plan_pages.timetable import timetable_section
from forestall.web.plans.standing import follows_from

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from forestall.languages import Text
    from forestall.plan.records import ActionPlan
    from forestall.publication.blocks import Section
    from forestall.web.plans.models import Plan


@dataclass(frozen=True)
class PlanPicture:
    """A picture, its words, and the table behind it.

    Attributes
    ----------
    wide, narrow
        The same drawing for a wide and for a narrow screen, with alternative text.
    heads, rows
        Of the table; the first entry of a row is its head.
    behind_words
        What the table is called.
    """

    title: Text
    subtitle: Text
    wide: Markup
    narrow: Markup
    behind_words: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


def pictures_of_plan(
    plan: Plan, kind: Callable[..., tuple[PlanPicture, ...]], *, today: date
) -> tuple[PlanPicture, ...]:
    """Return pictures of one kind, drawn once for each version, language and day.

    Drawing is a third of what the page of a plan takes.
    """
    what = f"{kind.__name__} {language()} {today}"
    return follows_from(plan, what, lambda content: kind(content, today=today))


def logic_pictures(plan: ActionPlan, *, today: date) -> tuple[PlanPicture, ...]:
    """Return the logic model, from means to problems; nothing for a plan with nothing in it.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> made = logic_pictures(example_plan(), today=date(2025, 4, 14))
    >>> [str(head) for head in made[0].heads], len(made[0].rows), str(made[0].wide)[:4]
    (['Box', 'What is in it'], 5, '<svg')
    """
    return _pictures(logic_section(_setting(plan, today)))


def timetable_pictures(plan: ActionPlan, *, today: date) -> tuple[PlanPicture, ...]:
    """Return the timetable, in several pictures where it is long; nothing without a step."""
    return _pictures(timetable_section(_setting(plan, today)))


def _setting(plan: ActionPlan, today: date) -> PlanSetting:
    return PlanSetting(plan=plan, today=today, edition=PlanEdition.DRAFT, command="")


def _pictures(section: Section) -> tuple[PlanPicture, ...]:
    return tuple(_picture(one) for one in section.blocks if isinstance(one, Chart))


def _picture(chart: Chart) -> PlanPicture:
    table = chart.behind
    assert isinstance(table, WordTable)
    return PlanPicture(
        title=chart.title,
        subtitle=chart.subtitle,
        wide=_drawn(chart, WIDE, "wide"),
        narrow=_drawn(chart, NARROW, "narrow"),
        behind_words=chart.behind_words,
        heads=tuple(table.heads),
        rows=tuple(tuple(_words(entry) for entry in row) for row in table.rows),
    )


def _drawn(chart: Chart, width: int, css_class: str) -> Markup:
    drawn = draw(chart.picture, width=width, alt=str(chart.alt), css_class=css_class)
    return Markup(drawn)  # noqa: S704 - our own drawing


def _words(entry: object) -> Text:
    """Return the words of an entry; what links inside the document leads nowhere on a page."""
    return str(entry.text if isinstance(entry, Link) else entry)
