"""This file knows the last two actions of the example plan: an evening workshop, and light."""

from __future__ import annotations

from datetime import date

from forestall.evidence.vocabulary import Outcome
from forestall.plan.actions import (
    Action,
    ExpectedSideEffect,
    Ground,
    Involved,
    Money,
    Risk,
    Staff,
    Step,
)
from forestall.plan.example.assessments import LIGHT, WORKSHOP
from forestall.plan.example.payers import CITY, FUND, SCHOOLS
from forestall.plan.example.texts import texts
from forestall.plan.vocabulary import Approach, Basis, Part, PayerLevel, PreventionLevel

WORKSHOP_ACTION = Action(
    key="workshop",
    title=texts(
        "Evening workshop and job coaching, open to all from 14 to 21",
        "Atelier du soir et aide à l’emploi, ouverts à tous de 14 à 21 ans",
        "ورشة مسائية وإرشاد مهني للجميع من 14 إلى 21 سنة",
    ),
    approach=Approach.SOCIAL,
    level=PreventionLevel.PRIMARY,
    description=texts(
        "Four evenings a week with tools, coaching for a first job and people to turn to.",
        "Quatre soirs par semaine avec des outils, un accompagnement vers un premier emploi et des "
        "personnes à qui parler.",
        "أربع أمسيات في الأسبوع مع أدوات وإرشاد إلى أول عمل وأشخاص يمكن الرجوع إليهم.",
    ),
    objectives=("fewer-burglaries",),
    mechanism=texts("More to do in the evening, ties to adults outside the family, a first job."),
    ground=Ground(
        basis=Basis.UNTESTED,
        intervention="mentoring",
        said=texts(
            "Mentoring lowered aggression somewhat; burglary was not measured, and a workshop open "
            "to all is another thing."
        ),
        source="Tolan, Henry, Schoeny, Lovegrove and Nichols (2014)",
        evaluation=texts(
            "Recorded damage and theft by month in the three districts against three others; a "
            "survey among all pupils, without names."
        ),
    ),
    accountable="youth-service",
    involved=(
        Involved(partner="school-board", part=Part.RESPONSIBLE),
        Involved(partner="residents-council", part=Part.RESPONSIBLE),
        Involved(partner="harbour-traders", part=Part.CONSULTED),
        Involved(partner="harbour-radio", part=Part.INFORMED),
        Involved(partner="safer-city-office", part=Part.CONSULTED),
    ),
    steps=(
        Step(
            key="rooms",
            title=texts("Find rooms", "Trouver des salles", "إيجاد قاعات"),
            starts=date(2025, 4, 7),
            ends=date(2025, 6, 27),
            responsible="school-board",
        ),
        Step(
            key="open",
            title=texts("Four evenings a week", "Quatre soirs par semaine", "أربع أمسيات أسبوعيا"),
            starts=date(2025, 7, 1),
            ends=date(2026, 12, 18),
        ),
    ),
    money=(
        Money(
            key="workshop-2025-city",
            what=texts("Staff and material"),
            year=2025,
            amount=33000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Pay scale of the city, half a year"),
        ),
        Money(
            key="workshop-2025-rooms",
            what=texts("Rooms and tools"),
            year=2025,
            amount=10000.0,
            payer=SCHOOLS,
            level=PayerLevel.LOCAL,
            confirmed=True,
            in_kind=True,
            basis=texts("Rent for such rooms in the same street"),
        ),
        Money(
            key="workshop-2026-city",
            what=texts("Staff and material"),
            year=2026,
            amount=67000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Pay scale of the city"),
        ),
        Money(
            key="workshop-2026-rooms",
            what=texts("Rooms and tools"),
            year=2026,
            amount=10000.0,
            payer=SCHOOLS,
            level=PayerLevel.LOCAL,
            confirmed=True,
            in_kind=True,
            basis=texts("Rent for such rooms in the same street"),
        ),
    ),
    staff=(
        Staff(partner="youth-service", what=texts("Workshop leaders"), posts=1.0, year=2025),
        Staff(partner="youth-service", what=texts("Workshop leaders"), posts=2.0, year=2026),
    ),
    risks=(
        Risk(
            what=texts("Few girls come."),
            response=texts(
                "Girls plan two of the evenings; the offer is changed after six months."
            ),
        ),
    ),
    side_effects=(
        ExpectedSideEffect(
            outcome=Outcome.STIGMA,
            what=texts("Those who come could be taken for young people in trouble."),
            watched_by=texts("Two questions in the survey among all pupils"),
        ),
    ),
    assessment=WORKSHOP,
)

LIGHT_ACTION = Action(
    key="light",
    title=texts(
        "Light on the harbour paths, chosen on walks with residents",
        "Éclairage des chemins du port, choisi en marchant avec les habitants",
        "إنارة ممرات الميناء باختيار السكان في جولات مشتركة",
    ),
    approach=Approach.LOCAL,
    level=PreventionLevel.PRIMARY,
    description=texts(
        "Residents walk the paths by night with the works department, say where light is missing, "
        "and vote on the order.",
        "Les habitants parcourent les chemins la nuit avec le service des travaux, disent où la "
        "lumière manque et votent l’ordre.",
        "يسير السكان ليلا في الممرات مع إدارة الأشغال، ويحددون أين ينقص الضوء، ويصوتون على "
        "الترتيب.",
    ),
    objectives=("fewer-burglaries",),
    mechanism=texts("People use the paths again, and see and are seen."),
    ground=Ground(
        basis=Basis.TESTED,
        intervention="street-lighting",
        evaluation=texts("Counts by month on lit paths against paths that are lit a year later."),
    ),
    accountable="housing-department",
    involved=(
        Involved(partner="safer-city-office", part=Part.RESPONSIBLE),
        Involved(partner="residents-council", part=Part.CONSULTED),
        Involved(partner="harbour-traders", part=Part.CONSULTED),
        Involved(partner="police", part=Part.INFORMED),
    ),
    steps=(
        Step(
            key="walks",
            title=texts("Walks and choice", "Marches et choix", "جولات واختيار"),
            starts=date(2025, 9, 1),
            ends=date(2025, 12, 12),
            responsible="safer-city-office",
        ),
        Step(
            key="install",
            title=texts("Put up lamps", "Poser les lampes", "تركيب المصابيح"),
            starts=date(2026, 2, 2),
            ends=date(2026, 6, 30),
        ),
    ),
    money=(
        Money(
            key="light-2025-city",
            what=texts("Walks and planning"),
            year=2025,
            amount=15000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Hours of the department"),
        ),
        Money(
            key="light-2026-fund",
            what=texts("Lamps and cables"),
            year=2026,
            amount=60000.0,
            payer=FUND,
            level=PayerLevel.NATIONAL,
            basis=texts("Application of March 2025; the answer is expected in May"),
        ),
    ),
    risks=(
        Risk(
            what=texts("The national fund does not pay."),
            response=texts("Only the two darkest paths are lit, from the city’s repairs budget."),
        ),
    ),
    side_effects=(
        ExpectedSideEffect(
            outcome=Outcome.HARM,
            what=texts("Light in bedrooms, and harm to bats along the water."),
            watched_by=texts("Comments of residents, and a count of bats each summer"),
        ),
    ),
    assessment=LIGHT,
)
