"""This file knows the first two actions of the example plan, and puts all four in a row."""

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
from forestall.plan.example.assessments import GATES, QUICK_HELP
from forestall.plan.example.offers import LIGHT_ACTION, WORKSHOP_ACTION
from forestall.plan.example.payers import CITY, FUND, HOMES
from forestall.plan.example.texts import texts
from forestall.plan.vocabulary import (
    Approach,
    Basis,
    Part,
    PayerLevel,
    PreventionLevel,
    StepState,
)

_GATES = Action(
    key="gates",
    title=texts(
        "Gates for 14 rear alleys",
        "Des grilles pour 14 ruelles",
        "بوابات لأربعة عشر زقاقا خلفيا",
    ),
    approach=Approach.SITUATIONAL,
    level=PreventionLevel.PRIMARY,
    description=texts(
        "14 gates with a low handle and a key card for each home, agreed with every household and "
        "cared for by the housing association.",
        "14 grilles avec une poignée basse et une carte pour chaque logement, décidées avec chaque "
        "ménage et entretenues par le bailleur.",
        "أربع عشرة بوابة بمقبض منخفض وبطاقة مفتاح لكل مسكن، بالاتفاق مع كل أسرة، وتتولى جمعية "
        "الإسكان العناية بها.",
    ),
    objectives=("fewer-burglaries",),
    mechanism=texts("Back doors are harder to reach, and neighbours see who comes through."),
    ground=Ground(
        basis=Basis.TESTED,
        intervention="alley-gating",
        evaluation=texts(
            "The university compares gated alleys with similar ones without gates, before and "
            "after, and counts burglaries in the streets around."
        ),
    ),
    accountable="housing-department",
    involved=(
        Involved(partner="housing-association", part=Part.RESPONSIBLE),
        Involved(partner="residents-council", part=Part.CONSULTED),
        Involved(partner="safer-city-office", part=Part.CONSULTED),
        Involved(
            partner="police", part=Part.INFORMED, words=texts("Where gates are, for emergencies.")
        ),
    ),
    steps=(
        Step(
            key="agree",
            title=texts("Agree with residents", "Accord des habitants", "الاتفاق مع السكان"),
            starts=date(2025, 2, 3),
            ends=date(2025, 5, 30),
            responsible="residents-council",
            state=StepState.UNDER_WAY,
            progress=texts("3 of 14 alleys have agreed."),
        ),
        Step(
            key="build",
            title=texts("Build 14 gates", "Poser 14 grilles", "تركيب 14 بوابة"),
            starts=date(2025, 6, 2),
            ends=date(2025, 11, 28),
        ),
        Step(
            key="care",
            title=texts(
                "Care for gates and keys", "Entretien, clés", "العناية بالبوابات والمفاتيح"
            ),
            starts=date(2025, 12, 1),
            ends=date(2026, 12, 31),
            responsible="housing-association",
        ),
        Step(
            key="evaluate",
            title=texts("Compare with other alleys", "Comparer", "المقارنة بأزقة أخرى"),
            starts=date(2026, 6, 1),
            ends=date(2026, 12, 11),
            responsible="university",
        ),
    ),
    money=(
        Money(
            key="gates-2025-city",
            what=texts("Gates and locks"),
            year=2025,
            amount=40000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Offer of a metalworker, February 2025"),
        ),
        Money(
            key="gates-2025-homes",
            what=texts("Gates at its own homes"),
            year=2025,
            amount=24000.0,
            payer=HOMES,
            level=PayerLevel.PRIVATE,
            confirmed=True,
            basis=texts("Agreement of February 2025"),
        ),
        Money(
            key="gates-2026-city",
            what=texts("Repairs, and the comparison by the university"),
            year=2026,
            amount=20000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Budget of the city for 2026"),
        ),
        Money(
            key="gates-2026-homes",
            what=texts("Hours of caretakers"),
            year=2026,
            amount=8000.0,
            payer=HOMES,
            level=PayerLevel.PRIVATE,
            confirmed=True,
            in_kind=True,
            basis=texts("200 hours at the association’s own rate"),
        ),
    ),
    staff=(
        Staff(
            partner="housing-department", what=texts("Planning and orders"), posts=0.3, year=2025
        ),
    ),
    risks=(
        Risk(
            what=texts("Some households do not agree."),
            response=texts("Their alley stays open, and better back doors are offered instead."),
        ),
    ),
    side_effects=(
        ExpectedSideEffect(
            outcome=Outcome.DISPLACEMENT,
            what=texts("Burglaries could move to alleys without gates."),
            watched_by=texts("Counts in rings around the gates, twice a year"),
        ),
        ExpectedSideEffect(
            outcome=Outcome.EQUITY,
            what=texts("People with a disability could be shut out."),
            watched_by=texts("A visit with the council for people with a disability"),
        ),
    ),
    assessment=GATES,
)

_QUICK_HELP = Action(
    key="quick-help",
    title=texts(
        "Quick help after a burglary: repair, locks, a visit",
        "Aide rapide après un cambriolage : réparation, serrures, visite",
        "مساعدة سريعة بعد السطو: إصلاح وأقفال وزيارة",
    ),
    approach=Approach.SITUATIONAL,
    level=PreventionLevel.VICTIMS,
    description=texts(
        "Households that wish get a visit within 48 hours, a repair, better locks and somebody to "
        "talk to, free of charge.",
        "Les ménages qui le souhaitent reçoivent sous 48 heures une visite, une réparation, de "
        "meilleures serrures et une écoute, gratuitement.",
        "تحصل الأسر الراغبة خلال 48 ساعة على زيارة وإصلاح وأقفال أفضل ومن يستمع إليها، مجانا.",
    ),
    objectives=("fewer-again", "fewer-burglaries"),
    mechanism=texts("A home that was entered is soon harder to enter again."),
    ground=Ground(
        basis=Basis.TESTED,
        intervention="repeat-victimisation-prevention",
        evaluation=texts("The survey asks visited and other burgled homes, before and after."),
    ),
    accountable="victim-support",
    involved=(
        Involved(partner="housing-association", part=Part.RESPONSIBLE),
        Involved(partner="residents-council", part=Part.INFORMED),
        Involved(
            partner="police",
            part=Part.INFORMED,
            words=texts("Tell victims that help exists."),
        ),
    ),
    steps=(
        Step(
            key="train",
            title=texts("Train 6 visitors", "Former 6 visiteurs", "تدريب 6 زائرين"),
            starts=date(2025, 3, 3),
            ends=date(2025, 5, 9),
            state=StepState.UNDER_WAY,
        ),
        Step(
            key="visit",
            title=texts("Visits within 48 hours", "Visites sous 48 heures", "زيارات خلال 48 ساعة"),
            starts=date(2025, 6, 2),
            ends=date(2026, 12, 18),
        ),
        Step(
            key="survey",
            title=texts("Survey of residents", "Enquête auprès des habitants", "استقصاء السكان"),
            starts=date(2025, 6, 2),
            ends=date(2025, 6, 30),
            responsible="university",
        ),
    ),
    money=(
        Money(
            key="help-2025-city",
            what=texts("Training, locks and the first survey"),
            year=2025,
            amount=30000.0,
            payer=CITY,
            level=PayerLevel.LOCAL,
            confirmed=True,
            basis=texts("Costs of victim support in 2024"),
            spent=4200.0,
        ),
        Money(
            key="help-2026-fund",
            what=texts("Visits, locks and the second survey"),
            year=2026,
            amount=52000.0,
            payer=FUND,
            level=PayerLevel.NATIONAL,
            confirmed=True,
            basis=texts("Grant of the national fund, March 2025"),
        ),
    ),
    staff=(Staff(partner="victim-support", what=texts("Visitors"), posts=1.5, year=2026),),
    risks=(
        Risk(
            what=texts("Few victims hear of the offer."),
            response=texts("Harbour Radio and the police station tell of it every month."),
        ),
    ),
    side_effects=(
        ExpectedSideEffect(
            outcome=Outcome.FEAR,
            what=texts("A visit can raise fear, or ease it."),
            watched_by=texts("Two questions a month after the visit"),
        ),
    ),
    assessment=QUICK_HELP,
)

ACTIONS = (_GATES, _QUICK_HELP, WORKSHOP_ACTION, LIGHT_ACTION)
