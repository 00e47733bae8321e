"""This file knows measures for people who offended, so that they do not offend again."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

OFFENDING_AGAIN = (
    Intervention(
        key="cognitive-behavioural-programmes",
        name=message("cognitive-behavioural programmes"),
        what=message(
            "People who offended practise noticing their thoughts, controlling anger and solving "
            "problems with others."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PROBLEM_SOLVING, Mechanism.SLOWING_DOWN),
        needs=(Condition.PEOPLE_REFERRED, Condition.TRAINED_STAFF),
        helped_by=(Condition.CARRIED_OUT_WELL,),
        partners=(
            Partner.PROBATION.does(Task.RUN),
            Partner.PRISONS.does(Task.OPEN_PRISON),
            Partner.HEALTH.does(Task.TRAIN),
        ),
        watch=(Outcome.STIGMA, Outcome.COST),
        limits=(
            message("How well it is carried out matters more than the brand of the programme."),
            message(
                "Parts on the harm to victims, or on rewards for behaviour, did not add to the "
                "effect."
            ),
        ),
    ),
    Intervention(
        key="restorative-conferences",
        name=message("restorative conferences"),
        what=message(
            "Those harmed and those responsible meet face to face, if both agree, and discuss how "
            "to make amends."
        ),
        approaches=(Approach.REINTEGRATION, Approach.VICTIM_SUPPORT),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.MAKING_AMENDS,),
        needs=(Condition.BOTH_AGREE, Condition.PEOPLE_REFERRED, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.PROSECUTION_COURTS.does(Task.ALLOW_IN_COURT),
            Partner.PROBATION.does(Task.REFER),
            Partner.VICTIM_SERVICES.does(Task.SUPPORT_VICTIMS),
            Partner.ASSOCIATIONS.does(Task.RUN),
        ),
        watch=(Outcome.HARM, Outcome.FEAR, Outcome.COST),
        limits=(
            message("The result holds only for people who agreed to meet."),
            message("The ratio of benefits to costs comes from trials in the United Kingdom."),
        ),
    ),
    Intervention(
        key="drug-courts",
        name=message("courts that supervise drug treatment"),
        what=message(
            "A court lets a person take up drug treatment and follows it in regular hearings."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_DRUG_USE, Mechanism.SUPERVISION),
        needs=(Condition.TREATMENT_AVAILABLE, Condition.PEOPLE_REFERRED),
        helped_by=(Condition.FITTED_TO_NEEDS,),
        partners=(
            Partner.PROSECUTION_COURTS.does(Task.ALLOW_IN_COURT),
            Partner.HEALTH.does(Task.TREAT),
            Partner.PROBATION.does(Task.SUPPORT_AFTERWARDS),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message("For young people the effects were much smaller than for adults."),
            message(
                "Many of the studies are weak, and courts that took only non-violent cases did "
                "better."
            ),
        ),
    ),
    Intervention(
        key="employment-after-prison",
        name=message("employment programmes after prison"),
        what=message(
            "People who were arrested, convicted or in prison get training, help to find work, or "
            "a job."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.WORK_AND_SKILLS,),
        needs=(Condition.EMPLOYERS, Condition.PEOPLE_REFERRED),
        helped_by=(),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.BUSINESS.does(Task.OFFER_JOBS),
            Partner.PROBATION.does(Task.REFER),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message("On average it did not lessen offending again."),
            message("The studies are few, and newer programmes are not among them."),
        ),
    ),
    Intervention(
        key="prison-education",
        name=message("education in prison"),
        what=message(
            "People in prison attend lessons, from reading to school certificates and vocational "
            "training."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.WORK_AND_SKILLS,),
        needs=(Condition.PRISON_ACCESS, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.PRISONS.does(Task.OPEN_PRISON),
            Partner.SCHOOLS.does(Task.TEACH),
            Partner.PROBATION.does(Task.SUPPORT_AFTERWARDS),
        ),
        watch=(Outcome.EQUITY, Outcome.COST),
        limits=(
            message("Many of the studies have a weak design."),
            message(
                "In the stronger studies, those who took part were no more likely to find work."
            ),
        ),
    ),
    Intervention(
        key="prison-drug-treatment",
        name=message("drug treatment in prison"),
        what=message(
            "People in prison get treatment for drug use, often living together in a unit of their "
            "own."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LESS_DRUG_USE,),
        needs=(Condition.PRISON_ACCESS, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.PRISONS.does(Task.OPEN_PRISON),
            Partner.HEALTH.does(Task.TREAT),
            Partner.PROBATION.does(Task.SUPPORT_AFTERWARDS),
        ),
        watch=(Outcome.STIGMA, Outcome.COST),
        limits=(
            message(
                "Therapeutic communities gave the most consistent results; boot camps had no "
                "effect."
            ),
            message("Results with support after release looked better, but this may be chance."),
        ),
    ),
    Intervention(
        key="housing-first",
        name=message("a home first (Housing First)"),
        what=message(
            "People without a home who have a mental disorder get a flat and support, without "
            "conditions on treatment."
        ),
        approaches=(Approach.REINTEGRATION, Approach.SOCIAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.STABLE_HOME,),
        needs=(Condition.HOUSING_AVAILABLE, Condition.TRAINED_STAFF, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.HOUSING.does(Task.OFFER_HOMES),
            Partner.SOCIAL_SERVICES.does(Task.SUPPORT_AFTERWARDS),
            Partner.HEALTH.does(Task.TREAT),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "One trial was read; the result was clear for flats in many places, not for one "
                "shared building."
            ),
        ),
    ),
    Intervention(
        key="recovery-homes",
        name=message("recovery homes (Oxford House)"),
        what=message(
            "People who stop using alcohol or drugs share a house that they run themselves."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.STABLE_HOME, Mechanism.LESS_DRUG_USE),
        needs=(Condition.HOUSING_AVAILABLE, Condition.PEOPLE_REFERRED),
        helped_by=(),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.HOUSING.does(Task.OFFER_HOMES),
            Partner.HEALTH.does(Task.REFER),
        ),
        watch=(Outcome.HARM, Outcome.STIGMA, Outcome.COST),
        limits=(
            message(
                "Substance use and work hardly differed from usual aftercare, but fewer people "
                "died."
            ),
            message("One trial with women in Chicago was read; longer stays did better."),
        ),
    ),
    Intervention(
        key="perpetrator-programmes",
        name=message("programmes for people violent to their partner"),
        what=message(
            "People who were violent to their partner attend group sessions meant to end the "
            "violence."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PROBLEM_SOLVING,),
        needs=(Condition.PARTNERS_PROTECTED, Condition.PEOPLE_REFERRED, Condition.TRAINED_STAFF),
        helped_by=(Condition.MANY_SESSIONS,),
        partners=(
            Partner.PROBATION.does(Task.REFER),
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.VICTIM_SERVICES.does(Task.SUPPORT_VICTIMS),
        ),
        watch=(Outcome.VICTIMIZATION, Outcome.HARM, Outcome.FEAR),
        limits=(
            message(
                "Official records showed less repeated violence, but survivors and couples "
                "reported no clear change."
            ),
            message("Short programmes did not lessen it and may do harm."),
        ),
    ),
)
