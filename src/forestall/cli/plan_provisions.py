"""This file knows the command ``forestall plan provisions``: which paragraphs a plan touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.cli.plan_words import (  # noqa: TC001 -- cyclopts reads the annotations
    Language,
    PlanFile,
    Today,
)

if TYPE_CHECKING:
    from forestall.plan.provisions import TouchedProvision


def provisions(file: PlanFile, *, language: Language = None, today: Today = None) -> None:
    """List the provisions that ask something of a plan, what it says to each, and what it lacks.

    A list to read beside the plan, never a score.

    Parameters
    ----------
    file
        The plan, as JSON.
    language
        Tag of the language in which to answer, such as fr.
    today
        Day on which the plan is looked at, such as 2025-05-03; today if none is named.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import say
    from forestall.plan.files import read_plan
    from forestall.plan.provisions import provisions_of

    with told_in(language):
        found = provisions_of(read_plan(file), today=day_of(today))
        for one in found.touched:
            _tell(one)
        if found.untouched:
            print(say("The plan says nothing to:"))
            for one in found.untouched:
                _tell(one)
        print(found.summary())


def _tell(one: TouchedProvision) -> None:
    print(f"{one.paragraph.replace(':', ' ¶', 1)}  {one.asks}")
    for said in one.held:
        print(f"  + {said}")
    for point in one.lacks:
        print(f"  - {point.named}")
