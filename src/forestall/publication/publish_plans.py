"""This file knows the way of a plan out of the house: as page, PDF, Word file and record.

A plan holds what its makers typed, and figures that were computed and protected before they came
into it. Nobody is named in it: partners are organisations, and decisions are told by office.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from forestall.errors import UnknownFormat
from forestall.languages import Listing, OwnWords, language, message
from forestall.plan.files import plan_to_json
from forestall.plan.states import PlanState
from forestall.publication.contents import Provenance, Publication, ReportKind
from forestall.publication.editions import known_languages
from forestall.publication.formats import known_formats
from forestall.publication.plan_pages import PlanEdition, PlanSetting, build_plan_page
from forestall.publication.plan_pages.made import NO_COUNTS
from forestall.publication.provenance import MADE_WITH
from forestall.publication.published import Published, write_publication

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date

    from forestall.plan.records import ActionPlan

_FORMATS = ("html", "pdf", "docx", "pages")
_AT_WORK = frozenset({PlanState.DRAFT, PlanState.REVISED})


def publish_action_plan(
    plan: ActionPlan,
    folder: str | os.PathLike[str],
    *,
    languages: Sequence[str] = (),
    formats: Sequence[str] = ("html",),
    today: date | None = None,
    edition: PlanEdition | None = None,
    command: str = "",
) -> Published:
    """Write a plan as one document, with its record beside it.

    The same plan on the same day gives the same files, byte by byte.

    Parameters
    ----------
    folder
        Folder of the document; an earlier one in it is replaced in one step.
    languages
        Tags of languages, the first for the root of the folder; the language in force when empty.
        Texts that the plan does not have in a language stand in one that it has.
    formats
        html, pdf, docx and pages; the page is always written.
    today
        The day on which the plan is looked at; now when None.
    edition
        The draft says what is still missing, the public edition does not. When None, a plan that
        is being drafted or revised is a draft.
    command
        The command line that makes the same document again, printed in it.

    Raises
    ------
    InvalidPlan
        If the plan contradicts itself.
    InvalidOutput
        If the folder holds something else.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.plan.example import example_plan
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_action_plan(example_plan(), folder)
    ...     sorted(path.name for path in published.paths)
    ['index.html', 'plan.json', 'publication.json', 'report.json']
    """
    asked = check_plan_formats(formats)
    tags = known_languages(*languages) or (language(),)
    publication = action_plan_publication(plan, today=today, edition=edition, command=command)
    return write_publication(publication, out=folder, formats=asked, languages=tags)


def action_plan_publication(
    plan: ActionPlan,
    *,
    today: date | None = None,
    edition: PlanEdition | None = None,
    command: str = "",
) -> Publication:
    """Return a plan as it is published, before it is written.

    Raises
    ------
    InvalidPlan
        If the plan contradicts itself.
    """
    record = plan_to_json(plan).decode("utf-8")
    usual = PlanEdition.DRAFT if plan.state in _AT_WORK else PlanEdition.PUBLIC
    setting = PlanSetting(
        plan=plan,
        today=today or datetime.now().astimezone().date(),
        edition=edition or usual,
        command=command or "forestall plan publish plan.json -o plan",
    )
    return Publication(
        document=build_plan_page(setting),
        tables={},
        provenance=Provenance(
            made_on=setting.today,
            command=setting.command,
            place=str(OwnWords(plan.place.name, otherwise=plan.languages)),
            first_day=None,
            last_day=None,
            data={},
            protection={},
            rule_words=NO_COUNTS,
            choices=(),
            made_with=MADE_WITH,
        ),
        kind=ReportKind.PLAN,
        record=record,
    )


def check_plan_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of a plan, which has no tables of counts.

    Raises
    ------
    UnknownFormat
        With the first that a plan does not have.

    Examples
    --------
    >>> check_plan_formats(["pdf,docx"])
    ('pdf', 'docx')
    """
    asked = known_formats(*formats)
    for name in asked:
        if name not in _FORMATS:
            raise UnknownFormat(
                message(
                    "A plan is written as {formats}, but “{name}” was asked for.",
                    formats=Listing(_FORMATS),
                    name=name,
                )
            )
    return asked
