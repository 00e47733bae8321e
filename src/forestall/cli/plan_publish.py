"""This file knows the command ``forestall plan publish``: a plan as page, PDF and Word file."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import PlanFile, Today  # noqa: TC001 -- cyclopts reads the annotations

if TYPE_CHECKING:
    from forestall.publication import PlanEdition


def publish_file(
    file: PlanFile,
    *,
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    languages: Annotated[list[str] | None, Parameter(name="--language", negative=())] = None,
    edition: str | None = None,
    today: Today = None,
) -> None:
    """Write a plan as one document: page, PDF, Word file, in any of the six languages.

    Texts that the plan does not have in a language stand in one that it has, and are marked.

    Parameters
    ----------
    file
        The plan, as JSON.
    out
        Folder for the document. An earlier one in it is replaced.
    formats
        Formats with commas between them, such as html,pdf,docx; the page is always written.
    languages
        Languages with commas between them, such as fr,ar; or all.
    edition
        draft says what is still missing, public does not; a plan being drafted is a draft.
    today
        Day on which the plan is looked at, such as 2025-05-03; today if none is named.
    """
    from forestall.cli.command_lines import command_line
    from forestall.cli.plan_words import day_of, told_in
    from forestall.cli.publish import tell_warnings
    from forestall.languages import say
    from forestall.plan.files import read_plan
    from forestall.publication import publish_action_plan
    from forestall.publication.editions import known_languages

    tags = known_languages(*languages or ()) or ("en",)
    with told_in(tags[0]):
        published = publish_action_plan(
            read_plan(file),
            out,
            languages=tags,
            formats=formats or (),
            today=day_of(today),
            edition=_edition(edition),
            command=command_line(),
        )
        print(say("The document is {page}", page=str(published.page)))
        tell_warnings(published.warnings)


def _edition(name: str | None) -> PlanEdition | None:
    from forestall.errors import InvalidCommand
    from forestall.languages import Listing, message
    from forestall.publication import PlanEdition

    if not name:
        return None
    known = [one.value for one in PlanEdition]
    if name not in known:
        raise InvalidCommand(
            message(
                "--edition is {known}, but “{name}” was given.", known=Listing(known), name=name
            )
        )
    return PlanEdition(name)
