"""This file knows laws on firearms; a city can ask for them but not pass them."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

FIREARMS_LAWS = (
    Intervention(
        key="firearm-regulation",
        name=message("laws on firearms (several together)"),
        what=message(
            "Laws limit who may buy a firearm, which kinds are allowed and how they are stored."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEWER_FIREARMS,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(Condition.SEVERAL_TOGETHER,),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.HARM, Outcome.DISPLACEMENT),
        limits=(
            message(
                "The studies compare whole states or countries, and results depend on the method."
            ),
            message("The link was found in some nations, where several laws began together."),
        ),
    ),
    Intervention(
        key="safe-storage-laws",
        name=message("laws on storing firearms away from children"),
        what=message("The law makes owners answer for firearms that children can reach."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEWER_FIREARMS,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.HEALTH.does(Task.INFORM),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
        ),
        watch=(Outcome.HARM, Outcome.EQUITY),
        limits=(
            message(
                "Most figures are on suicide or all firearm deaths of the young, not on crime."
            ),
            message(
                "Laws against negligence went with fewer deaths; laws against recklessness did not."
            ),
        ),
    ),
    Intervention(
        key="minimum-age-firearms",
        name=message("minimum age for firearms"),
        what=message("The law sets an age below which nobody may buy or own a firearm."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEWER_FIREARMS,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.BUSINESS.does(Task.KEEP_RULES),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
        ),
        watch=(Outcome.HARM,),
        limits=(
            message(
                "No clear change in suicides of young people was found; crime was not measured."
            ),
        ),
    ),
    Intervention(
        key="purchaser-licensing",
        name=message("licences to buy handguns"),
        what=message("Whoever wants to buy a handgun must first get a licence from an authority."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEWER_FIREARMS,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.BUSINESS.does(Task.KEEP_RULES),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.HARM, Outcome.EQUITY, Outcome.DISPLACEMENT),
        limits=(message("The figure comes from one state, compared with a mix of other states."),),
    ),
    Intervention(
        key="purchaser-licensing-repeal",
        name=message("end of licences to buy handguns"),
        what=message("A law that asked for a licence before buying a handgun is repealed."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.REVERSAL,
        is_law_enforcement=False,
        mechanisms=(),
        needs=(),
        helped_by=(),
        partners=(),
        watch=(Outcome.HARM, Outcome.CRIME),
        limits=(
            message(
                "More people were killed with firearms in Missouri after the repeal than expected."
            ),
            message("The figure comes from one state, compared with a mix of other states."),
        ),
    ),
    Intervention(
        key="background-checks",
        name=message("background checks without licences"),
        what=message(
            "Whoever buys a firearm is checked, whoever the seller is, but needs no licence."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEWER_FIREARMS,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.BUSINESS.does(Task.KEEP_RULES),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.HARM, Outcome.EQUITY, Outcome.DISPLACEMENT),
        limits=(
            message("No consistent link with firearm deaths was found, in two states studied."),
        ),
    ),
    Intervention(
        key="firearms-buyback",
        name=message("national firearms law with buyback"),
        what=message(
            "A national law bans some kinds of firearms, and the state buys them from their owners."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEWER_FIREARMS,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.LEGISLATOR.does(Task.PAY),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
        ),
        watch=(Outcome.HARM, Outcome.COST),
        limits=(
            message("One country was studied, without a comparison."),
            message(
                "Deaths without firearms fell too, so the law alone may not explain the change."
            ),
        ),
    ),
)
