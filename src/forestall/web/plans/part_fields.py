"""This file knows what is asked for each part of a plan, in the order of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.plan.records import (
    ActionPlan,
    ConsultationRecord,
    Figure,
    Measured,
    Objective,
    Omission,
    Partner,
    PlanProblem,
    Review,
    Voice,
)
from forestall.web.plans.action_fields import ACTION_FIELDS
from forestall.web.plans.fields import TITLE, Field

if TYPE_CHECKING:
    from msgspec import Struct

FIELDS: dict[type[Struct], tuple[Field, ...]] = {
    ActionPlan: (
        TITLE,
        Field("summary", message("In a few sentences"), rows=4),
        Field("place.name", message("For which place"), needed=True),
        Field(
            "place.country", message("Country"), message("Two letters, such as GB."), needed=True
        ),
        Field("place.level", message("Level of government")),
        Field("starts", message("First day"), needed=True),
        Field("ends", message("Last day"), needed=True),
        Field("currency", message("Currency"), message("Three letters, such as EUR."), needed=True),
        Field(
            "accountable",
            message("Who answers for the whole plan"),
            message("One organisation of the register of this plan."),
            refers="partners",
        ),
        Field(
            "lasting",
            message("How what works goes on afterwards"),
            message("Who pays and who carries it when the plan has ended."),
            rows=3,
        ),
    ),
    Partner: (
        Field("name", message("Name of the organisation"), needed=True),
        Field("sector", message("What kind of body it is")),
        Field(
            "role",
            message("Its part, made plain"),
            message("What it does for this plan, in words that residents understand."),
            rows=3,
        ),
        Field(
            "contact",
            message("Office to turn to"),
            message("The address of a desk, never of a person."),
        ),
        Field("agreement.about", message("What it agreed to"), rows=2),
        Field("agreement.signed", message("Agreed on")),
        Field("agreement.until", message("Agreed until")),
    ),
    PlanProblem: (
        TITLE,
        Field("kind", message("Kind of problem"), message("By it, evidence is found.")),
        Field("description", message("What happens"), rows=4),
        Field("where", message("Where and when"), rows=2),
        Field("affected", message("Groups it touches")),
        Field(
            "affected_words",
            message("How it touches them"),
            message("Think of women and men, and of people who are hard to reach."),
            rows=2,
        ),
        Field("factors", message("Background that was looked at")),
        Field("factors_words", message("What was found"), rows=3),
        Field(
            "known_from",
            message("How it is known, without a figure"),
            message("Such as a survey, a walk through the area, or what residents say."),
            rows=2,
        ),
    ),
    Figure: (
        Field("said", message("The finding as one sentence"), rows=2, needed=True),
        Field("value", message("The number")),
        Field("low", message("95 % interval, from")),
        Field("high", message("95 % interval, to")),
        Field("unit", message("What it counts")),
        Field("period", message("About which time")),
        Field("source", message("From which diagnosis, survey or text"), needed=True),
    ),
    Objective: (
        TITLE,
        Field("problems", message("Problems it answers"), refers="problems"),
        Field("indicator.name", message("What is measured")),
        Field("indicator.unit", message("In which unit")),
        Field("indicator.source", message("From which source")),
        Field("indicator.fewer_is_better", message("Fewer is better")),
        Field("indicator.every_months", message("Months between two measurements")),
        Field("baseline.on", message("Start: day of the figure")),
        Field("baseline.value", message("Start: the figure")),
        Field("baseline.low", message("Start: 95 % interval, from")),
        Field("baseline.high", message("Start: 95 % interval, to")),
        Field("baseline.source", message("Start: from which source")),
        Field(
            "no_baseline_because",
            message("Why there is no figure yet"),
            message("And when there will be one."),
            rows=2,
        ),
        Field("target", message("Target")),
        Field("deadline", message("To be reached by")),
    ),
    Measured: (
        Field("on", message("Day of the figure"), needed=True),
        Field("value", message("The figure"), needed=True),
        Field("low", message("95 % interval, from")),
        Field("high", message("95 % interval, to")),
        Field("source", message("From which source")),
    ),
    Omission: (
        Field("what", message("What is left out"), needed=True, refers="omissions"),
        Field("reason", message("Why"), rows=3, needed=True),
    ),
    Review: (
        Field("on", message("Day on which the plan is looked at again"), needed=True),
        Field("held", message("Held on")),
        Field("found", message("What came of it"), rows=4),
    ),
    ConsultationRecord: (
        Field("opened", message("Opened on"), needed=True),
        Field("closed", message("Closed on")),
        Field("how", message("How residents and partners were asked"), rows=3),
    ),
    Voice: (
        Field("said", message("What was said, summed up"), rows=3, needed=True),
        Field("changed", message("What was changed, or why not"), rows=3),
    ),
    **ACTION_FIELDS,
}
