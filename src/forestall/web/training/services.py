"""This file knows how courses and skills are written down, and when they are forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from forestall.errors import InvalidEntry, NotAllowed
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.training.models import Ability, BodySkills, Course, WantedSkill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from forestall.web.organisations.models import Jurisdiction, Organisation
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan


def add_course(*, jurisdiction: Jurisdiction, facts: Mapping[str, Any], by: Person) -> Course:
    """Write a course down in the catalogue of a place.

    Raises
    ------
    NotAllowed
        If the person may not change the register of the place.
    InvalidEntry
        If the place has a course of that title by that provider.
    """
    check_may(by, Verb.EDIT_PARTNERS, jurisdiction)
    return _saved(Course(jurisdiction=jurisdiction, **facts), "add course", by)


def change_course(*, course: Course, facts: Mapping[str, Any], by: Person) -> Course:
    """Change a course.

    Raises
    ------
    NotAllowed, InvalidEntry
        As in `add_course`.
    """
    check_may(by, Verb.EDIT_PARTNERS, course.jurisdiction)
    for name, value in facts.items():
        setattr(course, name, value)
    return _saved(course, "change course", by)


@transaction.atomic
def remove_course(*, course: Course, by: Person) -> None:
    """Take a course out of the catalogue.

    Raises
    ------
    NotAllowed
        If the person may not change the register of the place.
    """
    check_may(by, Verb.EDIT_PARTNERS, course.jurisdiction)
    record("remove course", by=by, about=f"course {course.pk}", jurisdiction=course.jurisdiction)
    course.delete()


def _saved(course: Course, verb: str, by: Person) -> Course:
    try:
        with transaction.atomic():
            course.save()
            record(verb, by=by, about=f"course {course.pk}", jurisdiction=course.jurisdiction)
    except IntegrityError as taken:
        raise InvalidEntry(
            message("A course of this title by this provider is there already.")
        ) from taken
    return course


@transaction.atomic
def say_skills(
    *, person: Person, organisation: Organisation, skills: Sequence[str], until: date, today: date
) -> Ability:
    """Write down what a person says that they can do, to be counted until a day.

    Only the person does this, for nobody else. The log says that it was done, and no more.

    Raises
    ------
    NotAllowed
        If the person does not act for the organisation.
    """
    if not organisation.memberships.filter(person=person).exists():
        raise NotAllowed(message("You are counted only in an organisation that you act for."))
    found, _ = Ability.objects.update_or_create(
        person=person,
        defaults={
            "organisation": organisation,
            "skills": list(skills),
            "consented_on": today,
            "consent_until": until,
        },
    )
    record(
        "say own skills",
        by=person,
        about=f"ability {found.pk}",
        jurisdiction=organisation.jurisdiction,
    )
    return found


@transaction.atomic
def withdraw_skills(*, person: Person) -> None:
    """Take what a person said of themselves out at once; nothing of it stays."""
    found = Ability.objects.filter(person=person).select_related("organisation__jurisdiction")
    for one in found:
        record(
            "withdraw own skills",
            by=person,
            about=f"ability {one.pk}",
            jurisdiction=one.organisation.jurisdiction,
        )
        one.delete()


@transaction.atomic
def say_of_body(
    *, organisation: Organisation, skills: Sequence[str], until: date, today: date, by: Person
) -> BodySkills:
    """Write down what an organisation says of itself.

    Raises
    ------
    NotAllowed
        If the person may not change the register of the place.
    """
    check_may(by, Verb.EDIT_PARTNERS, organisation.jurisdiction)
    found, _ = BodySkills.objects.update_or_create(
        organisation=organisation,
        defaults={"skills": list(skills), "told_on": today, "until": until},
    )
    record(
        "change skills of partner",
        by=by,
        about=f"organisation {organisation.pk}",
        jurisdiction=organisation.jurisdiction,
    )
    return found


def want_skill(*, plan: Plan, facts: Mapping[str, Any], by: Person) -> WantedSkill:
    """Write down a skill that a plan needs beyond what its fields show.

    Raises
    ------
    NotAllowed
        If the person may not change plans of the place.
    InvalidEntry
        If it stands there for the same action.
    """
    check_may(by, Verb.EDIT_PLAN, plan.jurisdiction)
    try:
        with transaction.atomic():
            wanted = WantedSkill.objects.create(plan=plan, **facts)
            record("want skill", by=by, about=f"plan {plan.pk}", jurisdiction=plan.jurisdiction)
    except IntegrityError as taken:
        raise InvalidEntry(message("This skill stands there for this action already.")) from taken
    return wanted


@transaction.atomic
def want_no_longer(*, wanted: WantedSkill, by: Person) -> None:
    """Take a skill out that was added to those that a plan needs.

    Raises
    ------
    NotAllowed
        If the person may not change plans of the place.
    """
    plan = wanted.plan
    check_may(by, Verb.EDIT_PLAN, plan.jurisdiction)
    record("want skill no longer", by=by, about=f"plan {plan.pk}", jurisdiction=plan.jurisdiction)
    wanted.delete()


@transaction.atomic
def forget_ended(*, today: date) -> int:
    """Delete what people said of themselves until a day that is over; return how many that were."""
    ended = list(
        Ability.objects.select_for_update(of=("self",))
        .filter(consent_until__lt=today)
        .select_related("organisation__jurisdiction")
    )
    for one in ended:
        record(
            "consent ended",
            by=None,
            about=f"ability {one.pk}",
            jurisdiction=one.organisation.jurisdiction,
        )
        one.delete()
    return len(ended)
