"""This file knows invented courses, and what the partners of the example plan can do.

They are made up, to read, to try and to change.
"""

from __future__ import annotations

from datetime import date

from forestall.training.records import (
    Audience,
    Body,
    Course,
    CourseDate,
    CourseForm,
    Courses,
    Holding,
    Holdings,
    OwnSkill,
    Price,
    Qualification,
    Wanted,
)

_UNIVERSITY = {"en": "University of Port Alder", "fr": "Université de Port Alder"}
_TOLD, _UNTIL = date(2025, 2, 1), date(2027, 1, 31)


def example_courses() -> Courses:
    """Return four courses and one qualification.

    Examples
    --------
    >>> [one.key for one in example_courses().courses]
    ['evaluation-online', 'data-on-persons', 'residents-plan', 'first-visit']
    """
    return Courses(
        courses=(_EVALUATION, _DATA, _RESIDENTS, _VISIT),
        qualifications=(
            Qualification(
                key="prevention-certificate",
                title={"en": "Certificate in crime prevention"},
                body=_UNIVERSITY,
                skills=("analysis", "evidence", "evaluation"),
            ),
        ),
        skills=(OwnSkill(key="home-visits", name={"en": "Visits in homes after a burglary"}),),
    )


def example_holdings() -> Holdings:
    """Return what six bodies say that they can do, and one skill that the partners want.

    Examples
    --------
    >>> len(example_holdings().holdings)
    10
    """
    return Holdings(
        holdings=(
            _held("safer-city-office", "planning", 2),
            _held("safer-city-office", "partnership", 3),
            _held("safer-city-office", "analysis", 1),
            _held("residents-council", "consultation"),
            _held("residents-council", "local"),
            _held("housing-department", "situational", 2),
            _held("university", "evaluation", 4),
            _held("university", "monitoring"),
            _held("victim-support", "victim-support", 5),
            _held("fire-brigade", "home-visits", 6),
        ),
        organisations=(Body(key="fire-brigade", name={"en": "Fire brigade"}),),
        wanted=(
            Wanted(
                skill="home-visits",
                action="quick-help",
                reason={"en": "Visitors come into homes in which people are afraid."},
            ),
        ),
        skills=(OwnSkill(key="home-visits", name={"en": "Visits in homes after a burglary"}),),
    )


def _held(organisation: str, skill: str, people: int | None = None) -> Holding:
    return Holding(organisation=organisation, skill=skill, people=people, told=_TOLD, until=_UNTIL)


_EVALUATION = Course(
    key="evaluation-online",
    title={"en": "Evaluating a measure", "fr": "Évaluer une mesure"},
    provider=_UNIVERSITY,
    skills=("evaluation", "monitoring"),
    languages=("en", "fr"),
    form=CourseForm.ONLINE,
    audience=Audience.ADVANCED,
    hours=30,
    price=Price(amount=0, currency="EUR", source={"en": "Invented for this example"}),
    qualification="prevention-certificate",
)
_DATA = Course(
    key="data-on-persons",
    title={"en": "Data on persons in prevention"},
    provider=_UNIVERSITY,
    skills=("data-protection", "rights"),
    languages=("en",),
    form=CourseForm.IN_PERSON,
    hours=12,
    price=Price(amount=240, currency="EUR", source={"en": "Invented for this example"}),
    dates=(CourseDate(first=date(2025, 5, 12), last=date(2025, 5, 13)),),
)
_RESIDENTS = Course(
    key="residents-plan",
    title={"en": "Residents make a plan"},
    provider={"en": "Residents’ council"},
    skills=("local", "consultation", "planning"),
    languages=("en", "ar"),
    form=CourseForm.IN_PERSON,
    audience=Audience.COMMUNITIES,
    hours=8,
)
_VISIT = Course(
    key="first-visit",
    title={"es": "La primera visita"},
    provider={"en": "Network of Victim Support"},
    skills=("home-visits", "victim-support"),
    languages=("es",),
    form=CourseForm.MIXED,
)
