"""This file knows circumstances that go with crime, and side effects: never something to be run.

A circumstance is described for groups and places only. It says nothing about any person, and an
association is not the effect of a programme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


def _factor(
    key: str,
    *,
    name: Message,
    what: Message,
    approaches: tuple[Approach, ...],
    role: Role = Role.FACTOR,
    watch: tuple[Outcome, ...] = (),
    limits: tuple[Message, ...],
) -> Intervention:
    return Intervention(
        key=key,
        name=name,
        what=what,
        approaches=approaches,
        role=role,
        is_law_enforcement=False,
        mechanisms=(),
        needs=(),
        helped_by=(),
        partners=(),
        watch=watch,
        limits=limits,
    )


FACTORS = (
    _factor(
        "mental-health",
        name=message("mental disorders (a circumstance)"),
        what=message(
            "Studies compare how often young people with and without a mental disorder offend "
            "again."
        ),
        approaches=(Approach.SOCIAL, Approach.REINTEGRATION),
        watch=(Outcome.STIGMA,),
        limits=(
            message(
                "This is an association among young people who had offended before, not a cause."
            ),
            message("It says nothing about any one person."),
        ),
    ),
    _factor(
        "school-motivation",
        name=message("motivation at school (a circumstance)"),
        what=message(
            "Studies follow young people and compare their motivation at school with later "
            "offending."
        ),
        approaches=(Approach.SOCIAL,),
        watch=(Outcome.STIGMA,),
        limits=(
            message("This is an association, not the effect of a programme."),
            message("The figures are for teaching and are no full review, as their source says."),
        ),
    ),
    _factor(
        "no-household-security",
        name=message("homes without any security (a circumstance)"),
        what=message(
            "A survey compares burgled homes with others by the locks, lights and alarms they have."
        ),
        approaches=(Approach.SITUATIONAL,),
        watch=(Outcome.EQUITY,),
        limits=(
            message("This is an association, not the effect of a programme."),
            message("The printed odds ratio is a ratio of two percentages."),
        ),
    ),
    _factor(
        "sports-participation",
        name=message("taking part in ordinary sport (a circumstance)"),
        what=message(
            "Studies compare offending by young people who do and do not take part in ordinary "
            "sport."
        ),
        approaches=(Approach.SOCIAL,),
        limits=(message("No clear link with offending was found, for better or for worse."),),
    ),
    _factor(
        "alcohol-outlet-density",
        name=message("number of places selling alcohol (a circumstance)"),
        what=message(
            "Studies compare violence in areas with more and with fewer places that sell alcohol."
        ),
        approaches=(Approach.SITUATIONAL,),
        watch=(Outcome.HARM,),
        limits=(
            message("More places went with more harm in most studies; this is an association."),
            message("No study in the older review looked at limits on the number of places."),
        ),
    ),
    _factor(
        "situational-side-effects",
        name=message("crime moving elsewhere, or benefits spreading"),
        what=message(
            "Reviews ask whether crime moved to other places after situational measures, or fell "
            "there too."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.SIDE_EFFECTS,
        watch=(Outcome.DISPLACEMENT,),
        limits=(
            message(
                "Crime moved about as often as benefits spread; where it moved, less moved than "
                "was prevented, as a rule."
            ),
            message("In larger areas neither was clear on average."),
        ),
    ),
)
