"""This file knows which organisation has which skill today, by counts and never by persons.

People are counted here, and the number goes no further: it is told in steps (`PeopleBand`). The log
says who said something of themselves and when, so that an exact number, read before and after,
would say what that person can do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evidence.practices.forms import EMAIL
from forestall.languages import message
from forestall.training import (
    Body,
    Courses,
    Holding,
    Holdings,
    PeopleBand,
    Price,
    Wanted,
    band_of,
)
from forestall.training import Course as CourseRecord
from forestall.training.records import Audience, CourseForm
from forestall.training.skills import Skill
from forestall.web.organisations.models import Organisation
from forestall.web.training.models import Ability, BodySkills, Course

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from forestall.languages import Words
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.plans.models import Plan


@dataclass(frozen=True, kw_only=True)
class SkillOfBody:
    """A skill of an organisation.

    Attributes
    ----------
    people
        In steps how many of its people say that they have it; None for few, or where only the
        organisation says so.
    """

    skill: Skill
    people: PeopleBand | None

    @property
    def words(self) -> Words:
        """Return it in words, with the step where it is told."""
        if self.people is None:
            return self.skill.words
        return message("{skill}: {people}", skill=self.skill.words, people=self.people.words)


@dataclass(frozen=True, kw_only=True)
class BodyNow:
    """An organisation, its skills today in the order of the list, and until when its word counts.

    Attributes
    ----------
    until
        None where the organisation itself said nothing that counts today.
    """

    organisation: Organisation
    skills: tuple[SkillOfBody, ...]
    until: date | None


def bodies_now(places: Iterable[Jurisdiction], today: date) -> list[BodyNow]:
    """Return the organisations of some places in the order of names, with their skills today."""
    organisations = list(
        Organisation.objects.filter(jurisdiction__in=list(places)).select_related("jurisdiction")
    )
    keys = [one.pk for one in organisations]
    counts: dict[int, Counter[str]] = {}
    abilities = Ability.objects.agreed(today).filter(organisation__in=keys)
    for body, skills in abilities.values_list("organisation_id", "skills"):
        counts.setdefault(body, Counter()).update(set(skills))
    told = {
        one.organisation_id: one
        for one in BodySkills.objects.filter(organisation__in=keys, until__gte=today)
    }
    return [_body(one, counts.get(one.pk, Counter()), told.get(one.pk)) for one in organisations]


def _body(organisation: Organisation, counts: Counter[str], told: BodySkills | None) -> BodyNow:
    said = set(told.skills) if told else set()
    return BodyNow(
        organisation=organisation,
        skills=tuple(
            SkillOfBody(skill=one, people=band_of(counts[one.value] or None))
            for one in Skill
            if counts[one.value] or one.value in said
        ),
        until=told.until if told else None,
    )


def holdings_for(plan: Plan, today: date) -> Holdings:
    """Return which organisation of its place has which skill, as a plan is compared with.

    What was wanted for an action that is no longer in the plan is left out. A number of people is
    the fewest of its step, so that not even a comparison knows the exact one.
    """
    place, content = plan.jurisdiction, plan.content
    actions = {"", *(one.key for one in content.actions)}
    partners = {one.key for one in content.partners}
    bodies = [one for one in bodies_now([place], today) if one.skills]
    return Holdings(
        holdings=tuple(
            Holding(
                organisation=body.organisation.key,
                skill=one.skill.value,
                people=one.people.least if one.people else None,
                told=today,
                until=today,
            )
            for body in bodies
            for one in body.skills
        ),
        organisations=tuple(
            Body(
                key=body.organisation.key,
                name={place.language: _named(body.organisation.name, body.organisation.key)},
            )
            for body in bodies
            if body.organisation.key not in partners
        ),
        wanted=tuple(
            Wanted(skill=one.skill, action=one.action, reason={place.language: one.reason})
            for one in plan.wanted_skills.all()
            if one.action in actions
        ),
    )


def catalogue_of(courses: Sequence[Course]) -> Courses:
    """Return courses as the records that a plan is compared with."""
    return Courses(courses=tuple(_record(one) for one in courses))


def _record(one: Course) -> CourseRecord:
    tag = one.jurisdiction.language
    price = None
    if one.price is not None:
        price = Price(
            amount=float(one.price), currency=one.currency, source={tag: one.price_source}
        )
    return CourseRecord(
        key=f"course-{one.pk}",
        title={tag: one.title},
        provider={tag: one.provider},
        skills=tuple(one.skills),
        languages=tuple(one.languages),
        form=CourseForm(one.form),
        audience=Audience(one.audience),
        hours=one.hours,
        price=price,
        dates=one.days,
        source={tag: one.website} if one.website else {},
    )


def _named(name: str, key: str) -> str:
    return key if re.search(EMAIL, name) or not name.strip() else name
