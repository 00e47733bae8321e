"""This file knows measures for people who suffered crime."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

VICTIMS = (
    Intervention(
        key="repeat-victimisation-prevention",
        name=message("help against being a victim again"),
        what=message(
            "People, homes or shops that suffered crime soon get better security or help, since "
            "crime often returns."
        ),
        approaches=(Approach.SITUATIONAL, Approach.VICTIM_SUPPORT, Approach.COMMUNITY),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.HELP_AFTER_CRIME, Mechanism.MORE_EFFORT),
        needs=(Condition.VICTIMS_KNOWN, Condition.VISITS_SOON),
        helped_by=(Condition.CARRIED_OUT_WELL,),
        partners=(
            Partner.VICTIM_SERVICES.does(Task.VISIT_HOMES),
            Partner.HOUSING.does(Task.FIT_DEVICES),
            Partner.POLICE.does(Task.REFER),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.VICTIMIZATION, Outcome.FEAR, Outcome.STIGMA),
        limits=(
            message(
                "Better security helped more than advice; against repeat sexual violence there was "
                "no general effect."
            ),
            message(
                "The figure from Kirkholt is a raw change; the text read states no comparison."
            ),
        ),
    ),
    Intervention(
        key="advocacy-partner-abuse",
        name=message("advocacy for survivors of partner abuse"),
        what=message(
            "A trained advocate helps survivors of partner abuse with safety, housing and legal "
            "matters over weeks or months."
        ),
        approaches=(Approach.VICTIM_SUPPORT,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SAFETY_OF_VICTIMS,),
        needs=(Condition.VICTIMS_KNOWN, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.VICTIM_SERVICES.does(Task.SUPPORT_VICTIMS),
            Partner.SOCIAL_SERVICES.does(Task.REFER),
            Partner.HOUSING.does(Task.OFFER_HOMES),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.VICTIMIZATION, Outcome.HARM, Outcome.EQUITY),
        limits=(
            message("Less physical abuse was clear in the second year only, not in the first."),
            message("It rests on few small studies with weaknesses, of women leaving shelters."),
        ),
    ),
    Intervention(
        key="hospital-violence-programmes",
        name=message("support in hospital after a violent injury"),
        what=message(
            "Support workers meet young people injured by violence in hospital, and stay in "
            "contact afterwards."
        ),
        approaches=(Approach.VICTIM_SUPPORT, Approach.SOCIAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.HELP_AFTER_CRIME, Mechanism.TRUSTED_ADULT),
        needs=(Condition.HOSPITAL_TAKES_PART, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.HEALTH.does(Task.REFER),
            Partner.ASSOCIATIONS.does(Task.SUPPORT_AFTERWARDS),
            Partner.SOCIAL_SERVICES.does(Task.SUPPORT_AFTERWARDS),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.VICTIMIZATION, Outcome.HARM, Outcome.STIGMA),
        limits=(
            message(
                "One hospital was studied and nobody was drawn by lot, so other differences may "
                "explain it."
            ),
            message("Injuries were followed for three months only."),
        ),
    ),
    Intervention(
        key="trafficking-measures",
        name=message("measures against trafficking in persons"),
        what=message(
            "Measures warn, protect or support people against trafficking, or are aimed at those "
            "who profit from it."
        ),
        approaches=(Approach.ORGANISED_CRIME, Approach.VICTIM_SUPPORT),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SAFETY_OF_VICTIMS,),
        needs=(Condition.VICTIMS_KNOWN, Condition.LOCAL_COUNTS),
        helped_by=(),
        partners=(
            Partner.VICTIM_SERVICES.does(Task.SUPPORT_VICTIMS),
            Partner.ASSOCIATIONS.does(Task.INFORM),
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.HARM, Outcome.STIGMA, Outcome.VICTIMIZATION),
        limits=(message("The effect is unknown: a review found no study that could show it."),),
    ),
)
