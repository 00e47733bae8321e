"""This file knows measures for young people, in and out of school."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

YOUNG_PEOPLE = (
    Intervention(
        key="mentoring",
        name=message("mentoring"),
        what=message(
            "An adult from outside the family meets a young person regularly, listens and speaks "
            "up for them."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.TRUSTED_ADULT,),
        needs=(Condition.VOLUNTEERS, Condition.TRAINED_STAFF),
        helped_by=(Condition.MENTORS_LEARN,),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.SCHOOLS.does(Task.INVITE_YOUNG_PEOPLE),
            Partner.RESIDENTS.does(Task.GIVE_TIME),
        ),
        watch=(Outcome.STIGMA, Outcome.HARM, Outcome.COST),
        limits=(
            message("The studies say little about what mentors and programmes did in detail."),
        ),
    ),
    Intervention(
        key="after-school-programmes",
        name=message("after-school programmes"),
        what=message(
            "Schools or clubs offer lessons, play or training in skills after school hours."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.ORGANISED_TIME,),
        needs=(Condition.PLACES_TO_MEET, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.SCHOOLS.does(Task.OFFER_ROOMS),
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.CRIME, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "On average no clear effect on offending was found, for any of the three kinds of "
                "programme."
            ),
        ),
    ),
    Intervention(
        key="sports-programmes",
        name=message("sports programmes meant to prevent crime"),
        what=message(
            "Coaches offer regular sport as part of a programme that is meant to prevent crime."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SELF_ESTEEM, Mechanism.ORGANISED_TIME),
        needs=(Condition.PLACES_TO_MEET, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.MUNICIPALITY.does(Task.OFFER_ROOMS),
            Partner.SCHOOLS.does(Task.INVITE_YOUNG_PEOPLE),
        ),
        watch=(Outcome.EQUITY, Outcome.STIGMA, Outcome.COST),
        limits=(
            message(
                "What was pooled is aggression and antisocial behaviour; sounder evaluations are "
                "needed."
            ),
            message("Ordinary sport, without a programme, shows no clear link with offending."),
        ),
    ),
    Intervention(
        key="physical-activity",
        name=message("physical activity programmes"),
        what=message("Children or adults take part in regular physical exercise."),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.ORGANISED_TIME,),
        needs=(Condition.PLACES_TO_MEET, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.SCHOOLS.does(Task.OFFER_ROOMS),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.EQUITY, Outcome.COST),
        limits=(message("What was pooled is antisocial behaviour, not recorded crime."),),
    ),
    Intervention(
        key="summer-jobs",
        name=message("summer jobs for young people"),
        what=message("Young people from poor areas get a paid job for some weeks in summer."),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.WORK_AND_SKILLS, Mechanism.ORGANISED_TIME),
        needs=(Condition.EMPLOYERS, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.MUNICIPALITY.does(Task.RUN),
            Partner.BUSINESS.does(Task.OFFER_JOBS),
            Partner.SCHOOLS.does(Task.INVITE_YOUNG_PEOPLE),
        ),
        watch=(Outcome.CRIME, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "In one Chicago trial most of the fall in violence came after the job had ended."
            ),
            message(
                "In another Chicago trial it did not last into a second year, and other crime did "
                "not change."
            ),
        ),
    ),
    Intervention(
        key="becoming-a-man",
        name=message("group sessions at school for boys (Becoming a Man)"),
        what=message(
            "Boys meet in a group at school and practise slowing down and thinking before they "
            "react."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SLOWING_DOWN,),
        needs=(Condition.SCHOOLS_TAKE_PART, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.SCHOOLS.does(Task.OFFER_ROOMS),
            Partner.SCHOOLS.does(Task.INVITE_YOUNG_PEOPLE),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(message("The figures cover the time of the programme, for boys in Chicago only."),),
    ),
    Intervention(
        key="scared-straight",
        name=message("prison visits to deter young people (Scared Straight)"),
        what=message(
            "Young people visit a prison, where prisoners tell them how hard life there is."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.FEAR_OF_PUNISHMENT,),
        needs=(Condition.PRISON_ACCESS,),
        helped_by=(),
        partners=(Partner.PRISONS.does(Task.OPEN_PRISON),),
        watch=(Outcome.CRIME, Outcome.HARM, Outcome.STIGMA),
        limits=(
            message(
                "It does harm on average: more of those who took part offended than of those left "
                "alone."
            ),
        ),
    ),
    Intervention(
        key="prosper",
        name=message("family and school programmes by local teams (PROSPER)"),
        what=message(
            "Teams of schools and a university offer tested programmes to families and in classes."
        ),
        approaches=(Approach.SOCIAL, Approach.COMMUNITY),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PARENTING, Mechanism.PROBLEM_SOLVING),
        needs=(Condition.SCHOOLS_TAKE_PART, Condition.FAMILIES_REACHED, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.SCHOOLS.does(Task.TEACH),
            Partner.UNIVERSITY.does(Task.TRAIN),
            Partner.ASSOCIATIONS.does(Task.INVITE_FAMILIES),
        ),
        watch=(Outcome.CRIME, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "The effect was stronger for pupils who had begun to use alcohol or drugs early."
            ),
        ),
    ),
    Intervention(
        key="communities-that-care",
        name=message("local coalitions for young people (Communities That Care)"),
        what=message(
            "A local coalition asks young people in surveys what they face, and chooses tested "
            "programmes for it."
        ),
        approaches=(Approach.COMMUNITY, Approach.SOCIAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.LOCAL_COUNTS, Mechanism.TIES_TO_SCHOOL),
        needs=(Condition.LOCAL_COUNTS, Condition.SCHOOLS_TAKE_PART, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.MUNICIPALITY.does(Task.RUN),
            Partner.SCHOOLS.does(Task.SHARE_COUNTS),
            Partner.ASSOCIATIONS.does(Task.CARRY_OUT),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.CRIME, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "At age 19 more had never offended, but offending at that time did not differ."
            ),
            message("At that age there was no effect for women."),
        ),
    ),
    Intervention(
        key="street-outreach",
        name=message("outreach workers against violence (Cure Violence)"),
        what=message(
            "Outreach workers whom people trust settle conflicts before they turn violent, and "
            "help find other ways."
        ),
        approaches=(Approach.COMMUNITY, Approach.SOCIAL),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SETTLING_CONFLICTS, Mechanism.TRUSTED_ADULT),
        needs=(Condition.TRUSTED_WORKERS, Condition.TRAINED_STAFF),
        helped_by=(Condition.MONEY_FOR_YEARS,),
        partners=(
            Partner.ASSOCIATIONS.does(Task.RUN),
            Partner.MUNICIPALITY.does(Task.PAY),
            Partner.HEALTH.does(Task.SHARE_COUNTS),
            Partner.UNIVERSITY.does(Task.MEASURE),
        ),
        watch=(Outcome.HARM, Outcome.STIGMA, Outcome.DISPLACEMENT),
        limits=(
            message(
                "Some sites reported more shootings or killings; results differ between sites and "
                "over time."
            ),
            message("The review counts findings, which is not a pooled effect."),
        ),
    ),
    Intervention(
        key="juvenile-programmes",
        name=message("programmes for young people who offended (all kinds)"),
        what=message(
            "Young people who offended take part in a programme, such as counselling, supervision "
            "or training."
        ),
        approaches=(Approach.REINTEGRATION,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.WORK_AND_SKILLS, Mechanism.SUPERVISION),
        needs=(Condition.PEOPLE_REFERRED, Condition.TRAINED_STAFF),
        helped_by=(Condition.WITH_SUPPORT,),
        partners=(
            Partner.SOCIAL_SERVICES.does(Task.RUN),
            Partner.PROBATION.does(Task.REFER),
            Partner.PROSECUTION_COURTS.does(Task.ALLOW_IN_COURT),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message("The figure joins many kinds of programme; single kinds may differ from it."),
        ),
    ),
)
