"""This file knows measures for nightlife, shops and vehicles."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

NIGHTLIFE_AND_TRADE = (
    Intervention(
        key="earlier-closing",
        name=message("earlier closing of bars and clubs"),
        what=message(
            "Bars and clubs close earlier, stop serving earlier, or let nobody in after a set hour."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_ALCOHOL,),
        needs=(Condition.LICENSED_PREMISES, Condition.CITY_DECIDES_HOURS),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.DECIDE_HOURS),
            Partner.MUNICIPALITY.does(Task.CHECK_RULES),
            Partner.BUSINESS.does(Task.KEEP_RULES),
            Partner.TRANSPORT.does(Task.BRING_HOME),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.COST, Outcome.EQUITY),
        limits=(
            message(
                "In Sydney assaults later rose in areas nearby and earlier in the evening, but "
                "fell overall."
            ),
            message(
                "In Diadema the fall in assaults against women could not be told from the trend."
            ),
        ),
    ),
    Intervention(
        key="later-closing",
        name=message("later closing of bars and clubs"),
        what=message("Bars and clubs may stay open later at night."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.REVERSAL,
        is_law_enforcement=False,
        mechanisms=(),
        needs=(),
        helped_by=(),
        partners=(),
        watch=(Outcome.CRIME, Outcome.HARM),
        limits=(
            message(
                "In Norway each later hour went with more recorded assaults on weekend nights."
            ),
        ),
    ),
    Intervention(
        key="alcohol-policies",
        name=message("rules on the sale of alcohol"),
        what=message("Rules limit how many places sell alcohol, at which hours and at what price."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_ALCOHOL,),
        needs=(Condition.LAW_CAN_CHANGE,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.MUNICIPALITY.does(Task.CHECK_RULES),
            Partner.BUSINESS.does(Task.KEEP_RULES),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.COST, Outcome.EQUITY),
        limits=(
            message("The figure is the share of studies that found a relationship, not an effect."),
            message("Other causes may be mixed in, as the authors warn."),
        ),
    ),
    Intervention(
        key="licensed-premises-programmes",
        name=message("safer bars, clubs and festivals"),
        what=message(
            "Bars, clubs and festivals take several steps together, such as training staff and "
            "serving with care."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_ALCOHOL, Mechanism.CALM_STAFF),
        needs=(Condition.LICENSED_PREMISES, Condition.VENUES_TAKE_PART),
        helped_by=(),
        partners=(
            Partner.BUSINESS.does(Task.TRAIN),
            Partner.BUSINESS.does(Task.KEEP_RULES),
            Partner.MUNICIPALITY.does(Task.CHECK_RULES),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
        ),
        watch=(Outcome.HARM, Outcome.DISPLACEMENT, Outcome.COST),
        limits=(message("The review describes its studies and gives no pooled figure."),),
    ),
    Intervention(
        key="violence-data-sharing",
        name=message("hospital counts shared for prevention (Cardiff model)"),
        what=message(
            "Emergency departments share counts of violence without names; partners use them to "
            "choose places and times."
        ),
        approaches=(Approach.COMMUNITY, Approach.SITUATIONAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LOCAL_COUNTS,),
        needs=(Condition.HOSPITAL_SHARES_COUNTS,),
        helped_by=(),
        partners=(
            Partner.HEALTH.does(Task.SHARE_COUNTS),
            Partner.POLICE.does(Task.SHARE_COUNTS),
            Partner.MUNICIPALITY.does(Task.USE_COUNTS),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.CRIME, Outcome.DISPLACEMENT, Outcome.STIGMA),
        limits=(
            message("Recorded minor assaults rose; the authors read this as better recording."),
            message("The figures come from one city, compared with others."),
        ),
    ),
    Intervention(
        key="retail-tagging",
        name=message("security tags in shops"),
        what=message("Shops fix tags to goods that set off an alarm or are hard to remove."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.BEING_SEEN, Mechanism.LESS_TO_GAIN, Mechanism.MORE_EFFORT),
        needs=(Condition.SHOPS_TAKE_PART,),
        helped_by=(),
        partners=(
            Partner.BUSINESS.does(Task.PAY),
            Partner.BUSINESS.does(Task.TRAIN),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.COST),
        limits=(
            message(
                "The effect is uncertain: five of eight studies with figures found an improvement."
            ),
            message("Tags that are easier to see looked better."),
        ),
    ),
    Intervention(
        key="retail-design",
        name=message("shops designed against robbery"),
        what=message(
            "Shops keep little cash, are easy to see into, limit entrances and escape routes, and "
            "train staff."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_TO_GAIN, Mechanism.BEING_SEEN, Mechanism.MORE_EFFORT),
        needs=(Condition.SHOPS_TAKE_PART,),
        helped_by=(Condition.SEVERAL_TOGETHER, Condition.TRAINED_STAFF),
        partners=(
            Partner.BUSINESS.does(Task.CARRY_OUT),
            Partner.BUSINESS.does(Task.TRAIN),
            Partner.MUNICIPALITY.does(Task.INFORM),
        ),
        watch=(Outcome.HARM, Outcome.DISPLACEMENT, Outcome.COST),
        limits=(
            message("Single steps and local rules had results from large falls to increases."),
            message(
                "A toolkit saw no overall effect, although most studies reported fewer robberies."
            ),
        ),
    ),
    Intervention(
        key="vehicle-immobilisers",
        name=message("electronic immobilisers in vehicles"),
        what=message(
            "Vehicles get an electronic device that keeps the engine from starting without its own "
            "key."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.MORE_EFFORT,),
        needs=(Condition.VEHICLES_UNPROTECTED,),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.BUSINESS.does(Task.FIT_DEVICES),
            Partner.RESIDENTS.does(Task.PAY),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.EQUITY, Outcome.COST),
        limits=(
            message("The review counts studies with fewer thefts; it gives no pooled effect."),
            message("Some thefts moved to vehicles without the device, but thefts fell overall."),
        ),
    ),
)
