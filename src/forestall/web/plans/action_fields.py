"""This file knows what is asked for each part of an action, in the order of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.plan.actions import (
    Action,
    ExpectedSideEffect,
    Involved,
    Money,
    Risk,
    Staff,
    Step,
)
from forestall.safeguards.assessment import Decision, RightsAssessment, RightTouched
from forestall.web.plans.fields import TITLE, Field

if TYPE_CHECKING:
    from msgspec import Struct

ACTION_FIELDS: dict[type[Struct], tuple[Field, ...]] = {
    Action: (
        TITLE,
        Field("description", message("What is done"), rows=4),
        Field("objectives", message("Objectives it serves"), refers="objectives"),
        Field("approach", message("Approach")),
        Field("level", message("When it comes in")),
        Field(
            "mechanism",
            message("How it works"),
            message("Why doing this changes that, in one or two sentences."),
            rows=3,
        ),
        Field("ground.basis", message("Tested elsewhere?")),
        Field(
            "ground.intervention",
            message("Measure in the evidence"),
            message("If it is one of those that the evidence knows."),
            refers="interventions",
        ),
        Field("ground.said", message("What the study found"), rows=2),
        Field("ground.source", message("Where the study can be read")),
        Field(
            "ground.evaluation",
            message("How it will be evaluated here"),
            message("Compared with what, measured how, told when."),
            rows=3,
        ),
        Field(
            "accountable",
            message("Who is accountable"),
            message("Exactly one organisation answers for the action."),
            refers="partners",
        ),
    ),
    Involved: (
        Field("partner", message("Organisation"), needed=True, refers="partners"),
        Field("part", message("Its part")),
        Field("words", message("In words"), rows=2),
    ),
    Step: (
        TITLE,
        Field("starts", message("First day"), needed=True),
        Field("ends", message("Last day"), needed=True),
        Field(
            "responsible",
            message("Who carries it out"),
            message("Without a choice, the accountable organisation does."),
            refers="partners",
        ),
        Field("state", message("How far it is")),
        Field("finished", message("Finished on")),
        Field("progress", message("What was done, or why it is late"), rows=3),
    ),
    Money: (
        Field("what", message("For what"), needed=True),
        Field("year", message("Year"), needed=True),
        Field("amount", message("Amount"), message("In the currency of the plan."), needed=True),
        Field("payer", message("Who pays"), needed=True),
        Field("level", message("Whose means they are")),
        Field("confirmed", message("The payer has agreed")),
        Field("in_kind", message("Given in kind"), message("Rooms, goods or hours.")),
        Field("basis", message("Where the amount is from"), message("Such as an offer.")),
        Field("spent", message("Spent so far")),
    ),
    Staff: (
        Field("partner", message("Organisation"), needed=True, refers="partners"),
        Field("what", message("What they do"), needed=True),
        Field("posts", message("Full-time posts"), needed=True),
        Field("year", message("Year"), needed=True),
    ),
    Risk: (
        Field("what", message("What could go wrong"), rows=2, needed=True),
        Field("response", message("What is done then"), rows=2),
    ),
    ExpectedSideEffect: (
        Field("outcome", message("What it touches")),
        Field("what", message("What is expected, good or bad"), rows=2, needed=True),
        Field("watched_by", message("How it is watched"), rows=2),
    ),
    RightsAssessment: (
        Field(
            "none_touched_because",
            message("Why no right is touched"),
            message("Only if none is; otherwise name the rights below."),
            rows=2,
        ),
        Field("legal_basis", message("By which law"), rows=2),
        Field("necessity", message("Why it is needed"), rows=3),
        Field("proportionality", message("Why it is in proportion"), rows=3),
        Field("alternatives", message("What milder was looked at"), rows=3),
        Field("equality", message("Whom it could put at a disadvantage"), rows=3),
        Field("stigma", message("Whom it could mark"), rows=3),
        Field("personal_data.what", message("Data on persons: which, on whom"), rows=2),
        Field("personal_data.purpose", message("Data on persons: for which purpose"), rows=2),
        Field("personal_data.kept_months", message("Data on persons: destroyed after months")),
        Field("personal_data.shared_with", message("Data on persons: who receives them"), rows=2),
        Field("police", message("Do police take part?")),
        Field("police_part", message("What the part of police is"), rows=2),
        Field("private_security", message("Private security takes part")),
        Field("private_security_limits", message("By which law, within which limits"), rows=2),
        Field("like_a_penalty", message("Its effect is like that of a penalty")),
        Field("review_body", message("Which court or ombudsman reviews it")),
        Field(
            "scores_individuals",
            message("It ranks, scores or predicts individual people"),
            message("Such an action is refused."),
        ),
    ),
    RightTouched: (
        Field("right", message("Right")),
        Field("how", message("How it is touched"), rows=2, needed=True),
    ),
    Decision: (
        Field("agrees", message("The action may go on")),
        Field("reason", message("Why"), rows=3, needed=True),
        Field("conditions", message("What has to be kept to"), rows=2),
    ),
}
