"""This file knows measures for young children, families and schools."""

from __future__ import annotations

from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, Task
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

FAMILIES_AND_SCHOOLS = (
    Intervention(
        key="parent-training",
        name=message("training and support for parents"),
        what=message(
            "Parents of young children learn, in groups or at home, to be calm and consistent with "
            "them."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PARENTING, Mechanism.SELF_CONTROL),
        needs=(Condition.FAMILIES_REACHED, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.SOCIAL_SERVICES.does(Task.RUN),
            Partner.HEALTH.does(Task.INVITE_FAMILIES),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "The pooled figure joins antisocial behaviour of children with later delinquency."
            ),
        ),
    ),
    Intervention(
        key="nurse-home-visiting",
        name=message("nurses visiting families at home"),
        what=message(
            "Nurses visit mothers at home during pregnancy and while the child is very young."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PARENTING,),
        needs=(Condition.NURSES, Condition.FAMILIES_REACHED, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.HEALTH.does(Task.VISIT_HOMES),
            Partner.HEALTH.does(Task.INVITE_FAMILIES),
            Partner.SOCIAL_SERVICES.does(Task.REFER),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message("In Elmira girls were arrested less often, with few effects for boys."),
            message(
                "In Memphis girls had fewer convictions, which may be chance; other behaviour did "
                "not change."
            ),
        ),
    ),
    Intervention(
        key="early-development",
        name=message("early education and support for families"),
        what=message(
            "Young children in need get nursery education, or their families get visits and "
            "support at home."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PARENTING, Mechanism.SELF_CONTROL),
        needs=(Condition.FAMILIES_REACHED, Condition.TRAINED_STAFF, Condition.MONEY_FOR_YEARS),
        helped_by=(Condition.MANY_SESSIONS,),
        partners=(
            Partner.SCHOOLS.does(Task.RUN),
            Partner.SOCIAL_SERVICES.does(Task.VISIT_HOMES),
            Partner.HEALTH.does(Task.INVITE_FAMILIES),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "The authors of one review see no convincing evidence yet that adult crime is "
                "prevented."
            ),
            message(
                "In one trial boys were arrested less often, but not girls, nor both together."
            ),
        ),
    ),
    Intervention(
        key="self-control-training",
        name=message("training in self-control for children"),
        what=message("Children practise waiting, calming down and thinking before they act."),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SELF_CONTROL,),
        needs=(Condition.SCHOOLS_TAKE_PART, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.SCHOOLS.does(Task.TEACH),
            Partner.UNIVERSITY.does(Task.TRAIN),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.STIGMA, Outcome.COST),
        limits=(message("The children were 10 years old or younger when it began."),),
    ),
    Intervention(
        key="anti-bullying",
        name=message("programmes against bullying at school"),
        what=message(
            "Schools agree rules against bullying, inform parents, and help pupils who were "
            "bullied."
        ),
        approaches=(Approach.SOCIAL, Approach.VICTIM_SUPPORT),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.SHARED_RULES, Mechanism.SAFETY_OF_VICTIMS),
        needs=(Condition.SCHOOLS_TAKE_PART, Condition.TRAINED_STAFF),
        helped_by=(Condition.WHOLE_SCHOOL, Condition.PARENTS_INFORMED),
        partners=(
            Partner.SCHOOLS.does(Task.RUN),
            Partner.SCHOOLS.does(Task.TRAIN),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.VICTIMIZATION, Outcome.STIGMA, Outcome.EQUITY),
        limits=(message("Effects differ between countries and between programmes."),),
    ),
    Intervention(
        key="school-violence-programmes",
        name=message("lessons against violence for all pupils"),
        what=message(
            "All pupils of a class or school learn to control anger and settle conflicts without "
            "violence."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.PROBLEM_SOLVING, Mechanism.SELF_CONTROL, Mechanism.SHARED_RULES),
        needs=(Condition.SCHOOLS_TAKE_PART, Condition.TRAINED_STAFF),
        helped_by=(),
        partners=(
            Partner.SCHOOLS.does(Task.TEACH),
            Partner.UNIVERSITY.does(Task.TRAIN),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.VICTIMIZATION, Outcome.COST),
        limits=(
            message("The figures are medians of study results, not pooled effects."),
            message("In middle schools the middle half of the results includes no change."),
        ),
    ),
    Intervention(
        key="dropout-prevention",
        name=message("programmes to keep pupils in school"),
        what=message(
            "Pupils who may leave school early get advice, help with learning or another way to "
            "finish."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.TIES_TO_SCHOOL,),
        needs=(Condition.SCHOOLS_TAKE_PART, Condition.FAMILIES_REACHED),
        helped_by=(),
        partners=(
            Partner.SCHOOLS.does(Task.RUN),
            Partner.SOCIAL_SERVICES.does(Task.INVITE_FAMILIES),
            Partner.MUNICIPALITY.does(Task.PAY),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(message("What was measured is leaving school early, not crime."),),
    ),
    Intervention(
        key="cash-transfers",
        name=message("payments to families with low incomes"),
        what=message(
            "Families with low incomes get regular payments while their children go to school."
        ),
        approaches=(Approach.SOCIAL,),
        role=Role.MEASURE,
        is_law_enforcement=False,
        mechanisms=(Mechanism.INCOME,),
        needs=(Condition.PAYMENTS_POSSIBLE, Condition.MONEY_FOR_YEARS),
        helped_by=(),
        partners=(
            Partner.LEGISLATOR.does(Task.CHANGE_LAW),
            Partner.LEGISLATOR.does(Task.PAY),
            Partner.MUNICIPALITY.does(Task.INVITE_FAMILIES),
        ),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message(
                "Two of the figures compare municipalities, not families with and without payments."
            ),
            message(
                "In São Paulo the fall was put down to income rather than to time spent in school."
            ),
        ),
    ),
)
