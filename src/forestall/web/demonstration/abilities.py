"""This file knows the courses and the skills of partners in the demonstration, all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from forestall.languages import in_language
from forestall.training import Skill, example_courses, example_holdings
from forestall.web.training import services
from forestall.web.training.models import LONGEST_CONSENT

if TYPE_CHECKING:
    from datetime import date

    from forestall.training import Course
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

_KNOWN = frozenset(one.value for one in Skill)


def add_abilities(city: Jurisdiction, *, by: Person) -> None:
    """Write down the courses of the example, and what its partners say that they can do."""
    today = timezone.localdate()
    for course in example_courses().courses:
        services.add_course(jurisdiction=city, facts=_facts(course), by=by)
    said: dict[str, list[str]] = {}
    for one in example_holdings().holdings:
        if one.skill in _KNOWN:
            said.setdefault(one.organisation, []).append(one.skill)
    for organisation in city.organisations.filter(key__in=said):
        services.say_of_body(
            organisation=organisation,
            skills=said[organisation.key],
            until=_last_day(today),
            today=today,
            by=by,
        )


def _facts(course: Course) -> dict[str, object]:
    price = course.price
    return {
        "title": in_language(course.title, "en"),
        "provider": in_language(course.provider, "en"),
        "skills": [one for one in course.skills if one in _KNOWN],
        "languages": list(course.languages),
        "form": course.form.value,
        "audience": course.audience.value,
        "hours": course.hours,
        "price": price.amount if price else None,
        "currency": price.currency if price else "",
        "price_source": in_language(price.source, "en") if price else "",
    }


def _last_day(today: date) -> date:
    return today + LONGEST_CONSENT
