"""This file knows a second plan of the town that does not exist: small, adopted and under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from forestall.evidence.vocabulary import Outcome, Population, Problem
from forestall.plan.actions import (
    Action,
    ExpectedSideEffect,
    Ground,
    Involved,
    Money,
    Risk,
    Step,
)
from forestall.plan.example.partners import PARTNERS
from forestall.plan.example.payers import CITY
from forestall.plan.example.plan import example_plan
from forestall.plan.example.texts import texts
from forestall.plan.records import (
    ActionPlan,
    ConsultationRecord,
    Indicator,
    Measured,
    Objective,
    Omission,
    PlanProblem,
    Review,
    Voice,
)
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import (
    Approach,
    Basis,
    Factor,
    Part,
    PayerLevel,
    PreventionLevel,
    StepState,
)
from forestall.safeguards.assessment import Decision, Right, RightsAssessment, RightTouched


def example_followed_plan() -> ActionPlan:
    """Return the plan of Port Alder for its station square, under way since June 2025.

    Everything in it is invented: the square, its stands and the counts of them.

    Examples
    --------
    >>> plan = example_followed_plan()
    >>> len(plan.actions), plan.state.value
    (2, 'under-way')
    """
    return replace(
        example_plan(),
        key="port-alder-station",
        title=texts(
            "Bicycles that are still there in the evening",
            "Des vélos encore là le soir",
            "دراجات تبقى في مكانها حتى المساء",
        ),
        starts=date(2025, 1, 1),
        ends=date(2027, 12, 31),
        summary=texts(
            "Demonstration: town, partners and figures are invented. Stands to which a frame can "
            "be locked, where people pass by, and an hour a week in which locks are explained.",
            "Démonstration : la ville, les partenaires et les chiffres sont inventés. Des supports "
            "auxquels on attache le cadre, là où passent des gens, et une heure par semaine pour "
            "expliquer les antivols.",
            "عرض توضيحي: المدينة والشركاء والأرقام من نسج الخيال. حوامل يُقفل عليها الهيكل حيث "
            "يمر الناس، وساعة كل أسبوع لشرح الأقفال.",
        ),
        partners=tuple(one for one in PARTNERS if one.key in _PARTNERS),
        problems=(_PROBLEM,),
        objectives=(_OBJECTIVE,),
        actions=(_STANDS, _ADVICE),
        omissions=_omissions(),
        reviews=_REVIEWS,
        consultations=(_CONSULTATION,),
        lasting=texts("From 2028 the works department cares for the stands as for benches."),
        state=PlanState.UNDER_WAY,
        version=2,
    )


_PARTNERS = frozenset(
    {
        "safer-city-office",
        "housing-department",
        "youth-service",
        "school-board",
        "residents-council",
        "harbour-traders",
        "harbour-radio",
        "police",
        "university",
    }
)

_PROBLEM = PlanProblem(
    key="bicycles",
    title=texts(
        "Bicycles stolen at the station",
        "Des vélos volés à la gare",
        "سرقة الدراجات عند المحطة",
    ),
    kind=Problem.THEFT,
    description=texts("Bicycles stand along fences for a whole day, and few frames are locked."),
    where=texts("Station square and the streets beside it"),
    affected=(Population.RESIDENTS, Population.YOUNG_PEOPLE),
    affected_words=texts("People who ride to the train; many are in training and have no car."),
    factors=(Factor.HOUSING_AND_PLANNING,),
    factors_words=texts("There were 20 old stands for some 140 bicycles, behind a wall."),
    known_from=texts("Counted by the residents’ council on four mornings in January 2025."),
)

_COUNTED = texts("Count of the works department")
_OBJECTIVE = Objective(
    key="frames-locked",
    title=texts(
        "More frames locked to a stand",
        "Plus de cadres attachés à un support",
        "مزيد من الهياكل المقفلة على حوامل",
    ),
    problems=("bicycles",),
    indicator=Indicator(
        name=texts("Bicycles of 100 whose frame is locked to a stand, on four mornings"),
        unit=texts("of 100 bicycles"),
        source=_COUNTED,
        fewer_is_better=False,
        every_months=6,
    ),
    baseline=Measured(on=date(2025, 1, 31), value=22.0, source=_COUNTED),
    target=70.0,
    deadline=date(2027, 6, 30),
    measured=(
        Measured(on=date(2025, 10, 31), value=41.0, source=_COUNTED),
        Measured(on=date(2026, 4, 30), value=55.0, source=_COUNTED),
        Measured(on=date(2026, 10, 30), value=58.0, source=_COUNTED),
    ),
)


@dataclass(frozen=True)
class _Office:
    key: str
    said: str


def _decided(*offices: _Office) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            by=one.key,
            office=texts("Safer City office" if one.key.endswith("1") else "Residents’ council"),
            on=date(2025, 4, 10),
            agrees=True,
            reason=texts(one.said),
        )
        for one in offices
    )


_ASSESSED = RightsAssessment(
    touches=(
        RightTouched(
            right=Right.PUBLIC_SPACE, how=texts("Stands take room on a square that all use.")
        ),
    ),
    legal_basis=texts("The rules on public squares."),
    necessity=texts("There is nothing else to which a frame could be locked."),
    proportionality=texts("A way of three metres stays free, and nobody is recorded."),
    alternatives=texts("A guarded garage was looked at; it costs users money every day."),
    equality=texts("Eight places are wide enough for cargo bicycles and tricycles."),
    stigma=texts("Nobody is named or addressed; the stands are for all."),
    decisions=_decided(
        _Office("port-alder-1", "The square stays open on all sides."),
        _Office("port-alder-2", "The ways that blind people use stay free."),
    ),
)

_STANDS = Action(
    key="stands",
    title=texts(
        "120 stands in sight of the kiosk",
        "120 supports en vue du kiosque",
        "120 حاملا على مرأى من الكشك",
    ),
    approach=Approach.SITUATIONAL,
    level=PreventionLevel.PRIMARY,
    description=texts("Stands for the frame, under light, beside the way that most people take."),
    objectives=("frames-locked",),
    mechanism=texts("A frame that is locked takes tools and time, and people pass by."),
    ground=Ground(
        basis=Basis.UNTESTED,
        evaluation=texts("The university counts thefts here and at two stations without stands."),
    ),
    accountable="housing-department",
    involved=(
        Involved(partner="harbour-traders", part=Part.CONSULTED),
        Involved(partner="residents-council", part=Part.CONSULTED),
        Involved(partner="police", part=Part.INFORMED, words=texts("Where the stands are.")),
    ),
    steps=(
        Step(
            key="place",
            title=texts("Choose the places", "Choisir les emplacements"),
            starts=date(2025, 5, 5),
            ends=date(2025, 7, 31),
            responsible="residents-council",
            state=StepState.DONE,
            progress=texts("Chosen on two walks; the taxi rank moved by ten metres."),
        ),
        Step(
            key="first",
            title=texts("Put up the first 64", "Poser les 64 premiers"),
            starts=date(2025, 9, 1),
            ends=date(2025, 10, 31),
            state=StepState.DONE,
            progress=texts("64 stand since 24 October 2025."),
        ),
        Step(
            key="others",
            title=texts("Put up the other 56", "Poser les 56 autres"),
            starts=date(2026, 9, 1),
            ends=date(2027, 3, 31),
            state=StepState.UNDER_WAY,
            progress=texts("Ordered; the paving follows when the frost is over."),
        ),
    ),
    money=(
        Money(
            key="stands-2025",
            what=texts("Stands and light"),
            year=2025,
            amount=14000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Offer of a metalworker"),
            spent=13600.0,
        ),
        Money(
            key="stands-2026",
            what=texts("The other stands, and the counts"),
            year=2026,
            amount=16000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Budget of the city for 2026"),
        ),
    ),
    risks=(
        Risk(
            what=texts("Old bicycles fill the stands."),
            response=texts("Marked twice a year, and taken away after six weeks."),
        ),
    ),
    side_effects=(
        ExpectedSideEffect(
            outcome=Outcome.DISPLACEMENT,
            what=texts("Thefts could move to the streets beside the square."),
            watched_by=texts("Counts in the streets around, twice a year"),
        ),
    ),
    assessment=_ASSESSED,
)

_ADVICE = Action(
    key="advice",
    title=texts(
        "An hour of advice on locks, every Saturday",
        "Une heure de conseils chaque samedi",
        "ساعة إرشاد عن الأقفال كل يوم سبت",
    ),
    approach=Approach.LOCAL,
    level=PreventionLevel.PRIMARY,
    description=texts("Traders and residents show which locks hold and how a frame is locked."),
    objectives=("frames-locked",),
    mechanism=texts("Who saw it done once locks the frame."),
    ground=Ground(
        basis=Basis.UNTESTED,
        evaluation=texts("Locked frames are counted before and after four Saturdays."),
    ),
    accountable="residents-council",
    involved=(Involved(partner="harbour-traders", part=Part.CONSULTED),),
    steps=(
        Step(
            key="saturdays",
            title=texts("Saturdays at the kiosk", "Les samedis au kiosque"),
            starts=date(2025, 9, 6),
            ends=date(2027, 6, 26),
            state=StepState.UNDER_WAY,
            progress=texts("48 Saturdays so far; rain kept people away on nine of them."),
        ),
    ),
    money=(
        Money(
            key="advice-2026",
            what=texts("Locks to try, and a tent"),
            year=2026,
            amount=900.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Small grants of the city"),
            spent=640.0,
        ),
    ),
    risks=(
        Risk(
            what=texts("Nobody comes in winter."),
            response=texts("From December to February the hour is in the hall of the station."),
        ),
    ),
    side_effects=(
        ExpectedSideEffect(
            outcome=Outcome.EQUITY,
            what=texts("Who cannot pay for a good lock could be left out."),
            watched_by=texts("The council lends locks, and counts how many are asked for."),
        ),
    ),
    assessment=RightsAssessment(
        none_touched_because=texts("Advice is open to all, and nothing is written down."),
        legal_basis=texts("No law limits advice in a public square."),
        necessity=texts("Few people know how a frame is locked."),
        proportionality=texts("Nobody has to take part."),
        alternatives=texts("A leaflet was tried; hardly anybody took one."),
        equality=texts("Advice is given in four languages."),
        stigma=texts("Nobody is addressed who does not ask."),
        decisions=_decided(
            _Office("port-alder-1", "Nothing is taken from anybody."),
            _Office("port-alder-2", "It is what residents asked for."),
        ),
    ),
)

_OTHER_PLANS = texts("The plan for the harbour districts looks at it; this one is small.")


def _omissions() -> tuple[Omission, ...]:
    """Leave to the other plan what this one has nothing on."""
    return tuple(Omission(what=what, reason=_OTHER_PLANS) for what in _LEFT_OUT)


_LEFT_OUT = (
    "approach:social",
    "approach:reintegration",
    "level:recidivism",
    "level:after-sentence",
    "level:victims",
    "factor:ties",
    "factor:education-and-values",
    "factor:work-and-poverty",
    "factor:health-and-drugs",
    "factor:welfare",
    "factor:tolerance-of-violence",
)

_REVIEWS = (
    Review(on=date(2025, 12, 10)),
    Review(on=date(2026, 6, 16)),
    Review(on=date(2027, 3, 17)),
)

_CONSULTATION = ConsultationRecord(
    opened=date(2025, 2, 17),
    closed=date(2025, 3, 17),
    how=texts("A public page, and a table at the station on four mornings."),
    voices=(
        Voice(
            said=texts("The ways that blind people use must stay free."),
            changed=texts("The row by the entrance moved to the kiosk."),
        ),
        Voice(
            said=texts("A cargo bicycle fits into none of the old stands."),
            changed=texts("Eight places are wide."),
        ),
    ),
)
