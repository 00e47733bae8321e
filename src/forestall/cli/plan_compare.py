"""This file knows the command ``forestall plan compare``: what changed between two versions."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation

if TYPE_CHECKING:
    from forestall.plan.differences import PlanChange


def compare(
    old: Annotated[Path, Parameter(name="OLD")],
    new: Annotated[Path, Parameter(name="NEW")],
    *,
    language: Language = None,
) -> None:
    """Say what changed between two versions of a plan, as it was and as it is.

    What only moved to another place is no change.

    Parameters
    ----------
    old
        The earlier version, as JSON.
    new
        The later version, as JSON.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import LineStart
    from forestall.plan.differences import compare_plans
    from forestall.plan.files import read_plan

    with told_in(language):
        earlier = read_plan(old)
        found = compare_plans(earlier, read_plan(new))
        part = None
        for one in found.changes:
            if one.part is not part:
                part = one.part
                print(LineStart(part.words))
            _tell(one, earlier.languages)
        print(found.summary())


def _tell(one: PlanChange, languages: tuple[str, ...]) -> None:
    from forestall.languages import OwnWords, say

    label = one.label
    if one.title:
        title = OwnWords(one.title, otherwise=languages)
        label = say("{title}: {field}", title=title, field=one.label)
    if one.language:
        label = say("{field} ({language})", field=label, language=one.language)
    print(f"  {label}")
    if str(one.old):
        print(f"    − {one.old}")
    if str(one.new):
        print(f"    + {one.new}")
