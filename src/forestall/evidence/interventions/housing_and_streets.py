"""This file knows measures for homes, streets and open places."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

HOUSING_AND_STREETS = (
    Intervention(
        key="alley-gating",
        name=message("gates on alleys"),
        what=message(
            "Lockable gates close the alleys behind houses, and the residents beside them hold "
            "keys or codes."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.HARDER_TO_REACH, Mechanism.MORE_EFFORT),
        needs=(Condition.REAR_ALLEYS, Condition.RESIDENTS_AGREE),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PERMIT),
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.HOUSING.does(Task.LOOK_AFTER),
            Partner.RESIDENTS.does(Task.HOLD_KEYS),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.COST, Outcome.EQUITY),
        limits=(
            message(
                "The review found a modest fall in burglary, and little sign that it moved "
                "elsewhere."
            ),
        ),
    ),
    Intervention(
        key="street-lighting",
        name=message("better street lighting"),
        what=message(
            "Streets and paths get more or brighter lamps, so that people see and are seen after "
            "dark."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.BEING_SEEN, Mechanism.CARE_OF_PLACES),
        needs=(Condition.POOR_LIGHTING,),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.MUNICIPALITY.does(Task.CARRY_OUT),
            Partner.RESIDENTS.does(Task.TELL_NEEDS),
        ),
        watch=(Outcome.FEAR, Outcome.DISPLACEMENT, Outcome.COST),
        limits=(
            message(
                "The latest review found fewer property crimes, but no clear change in violence."
            ),
            message(
                "The figure from Stoke-on-Trent is a raw change; the comparison area hardly "
                "changed."
            ),
        ),
    ),
    Intervention(
        key="cctv",
        name=message("public cameras (CCTV)"),
        what=message(
            "Cameras record streets, car parks or stations, and in some places staff watch the "
            "pictures live."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.BEING_SEEN,),
        needs=(Condition.CAMERAS_LAWFUL, Condition.MONEY_FOR_YEARS),
        helped_by=(Condition.CAMERAS_WATCHED, Condition.CAR_PARKS, Condition.SEVERAL_TOGETHER),
        partners=(
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.MUNICIPALITY.does(Task.CHECK_RULES),
            Partner.BUSINESS.does(Task.LOOK_AFTER),
            Partner.TRANSPORT.does(Task.WATCH_CAMERAS),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "It should not stand alone: effects were larger beside other measures, and in car "
                "parks."
            ),
            message(
                "A toolkit found no clear effect on violence or disorder; one evaluation in "
                "Medellín found less violence."
            ),
        ),
    ),
    Intervention(
        key="greening-vacant-land",
        name=message("cleaning and greening vacant land"),
        what=message(
            "Vacant lots are cleared of rubbish, planted with grass and trees, and then kept clean."
        ),
        approaches=(Approach.SITUATIONAL, Approach.COMMUNITY),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.CARE_OF_PLACES, Mechanism.MORE_EYES),
        needs=(Condition.VACANT_LAND, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PERMIT),
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.ASSOCIATIONS.does(Task.CARRY_OUT),
            Partner.RESIDENTS.does(Task.LOOK_AFTER),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.FEAR, Outcome.EQUITY),
        limits=(
            message(
                "All figures come from one trial in Philadelphia; those on crime are for "
                "neighbourhoods below the poverty line."
            ),
        ),
    ),
    Intervention(
        key="street-closure",
        name=message("closing streets to through traffic"),
        what=message(
            "Barriers close some streets or alleys to through traffic, while residents can still "
            "get home."
        ),
        approaches=(Approach.SITUATIONAL, Approach.COMMUNITY),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.HARDER_TO_REACH, Mechanism.MORE_EFFORT),
        needs=(Condition.STREETS_MAY_CLOSE, Condition.RESIDENTS_AGREE),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PERMIT),
            Partner.MUNICIPALITY.does(Task.CARRY_OUT),
            Partner.RESIDENTS.does(Task.TELL_NEEDS),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.EQUITY, Outcome.STIGMA),
        limits=(
            message(
                "In Los Angeles violence rose again after the programme ended; property crime did "
                "not change."
            ),
            message(
                "In Hartford the fall did not last, and the figure from Dayton is a raw change."
            ),
        ),
    ),
    Intervention(
        key="household-security",
        name=message("locks, chains and lights for homes"),
        what=message(
            "Homes get door and window locks together with outside lights or door chains."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.MORE_EFFORT, Mechanism.BEING_SEEN),
        needs=(Condition.WEAK_SECURITY, Condition.RESIDENTS_AGREE),
        helped_by=(Condition.SEVERAL_TOGETHER,),
        partners=(
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.HOUSING.does(Task.FIT_DEVICES),
            Partner.RESIDENTS.does(Task.LOOK_AFTER),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "The figure compares households in a survey: it is an association, not the effect "
                "of a programme."
            ),
        ),
    ),
    Intervention(
        key="burglar-alarms",
        name=message("burglar alarms alone"),
        what=message("Homes get an alarm, or a box that looks like one, without other security."),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.BEING_SEEN,),
        needs=(Condition.RESIDENTS_AGREE,),
        helped_by=(),
        partners=(Partner.RESIDENTS.does(Task.PAY),),
        watch=(Outcome.VICTIMIZATION, Outcome.COST),
        limits=(
            message("Homes with alarms were less protected than homes without any security."),
            message("This is an association in a survey, which its authors did not expect."),
        ),
    ),
    Intervention(
        key="property-marking",
        name=message("property marking"),
        what=message(
            "Residents mark their belongings, so that stolen goods can be traced and are harder to "
            "sell."
        ),
        approaches=(Approach.SITUATIONAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_TO_GAIN,),
        needs=(Condition.RESIDENTS_AGREE,),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.ASSOCIATIONS.does(Task.INFORM),
            Partner.RESIDENTS.does(Task.CARRY_OUT),
        ),
        watch=(Outcome.DISPLACEMENT, Outcome.COST),
        limits=(
            message("Two evaluations found no clear effect, and a third found mixed results."),
        ),
    ),
    Intervention(
        key="neighbourhood-watch",
        name=message("neighbourhood watch"),
        what=message(
            "Residents agree to look out for each other's homes and to report what seems wrong."
        ),
        approaches=(Approach.COMMUNITY, Approach.SITUATIONAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.MORE_EYES,),
        needs=(Condition.RESIDENTS_AGREE, Condition.VOLUNTEERS),
        helped_by=(Condition.SEVERAL_TOGETHER,),
        partners=(
            Partner.RESIDENTS.does(Task.GIVE_TIME),
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.POLICE.does(Task.SHARE_COUNTS),
        ),
        watch=(Outcome.FEAR, Outcome.STIGMA, Outcome.EQUITY),
        limits=(
            message(
                "About half of the evaluations found that it worked; most others were uncertain."
            ),
            message(
                "A toolkit found it effective together with property marking and advice on home "
                "security."
            ),
        ),
    ),
    Intervention(
        key="neighbourhood-wardens",
        name=message("neighbourhood wardens"),
        what=message("Paid wardens walk the area, deal with nuisances and help residents."),
        approaches=(Approach.COMMUNITY, Approach.SITUATIONAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.MORE_EYES, Mechanism.CARE_OF_PLACES),
        needs=(Condition.TRAINED_STAFF, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.HOUSING.does(Task.RUN),
            Partner.RESIDENTS.does(Task.TELL_NEEDS),
        ),
        watch=(Outcome.FEAR, Outcome.STIGMA, Outcome.COST),
        limits=(
            message(
                "The fall in English warden areas is raw: the text gives no comparison with other "
                "areas."
            ),
        ),
    ),
)
