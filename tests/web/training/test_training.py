"""Courses are shared down the tree; skills are counted in bodies, and nobody is named."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forestall.errors import InvalidEntry, NotAllowed
from forestall.plan.example import example_plan
from forestall.training import PeopleBand, gaps_file
from forestall.web.audit.models import AuditEntry
from forestall.web.demonstration.abilities import add_abilities
from forestall.web.operations import tidying
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.services import add_plan
from forestall.web.training import services
from forestall.web.training.holding import bodies_now
from forestall.web.training.jobs import forget
from forestall.web.training.models import LONGEST_CONSENT, Ability, BodySkills, Course
from forestall.web.training.skill_views import gaps_of
from tests.web.conftest import member
from tests.web.objects import course_of

TODAY = date(2026, 6, 1)
COURSE = {
    "title": "Visits after a burglary",
    "provider": "Office for victims",
    "skills": ["victim-support", "rights"],
    "languages": ["en", "fr"],
    "form": "online",
    "audience": "basic",
}


def counted(city, *people, skills=("evaluation",), until=TODAY):
    for person in people:
        services.say_skills(
            person=person,
            organisation=city.organisations.get(),
            skills=list(skills),
            until=until,
            today=TODAY,
        )


def told(city, today=TODAY):
    (body,) = bodies_now([city], today)
    return [(one.skill.value, one.people) for one in body.skills]


def test_a_course_is_written_down_found_changed_and_taken_out(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    facts = {**COURSE, "more_languages": "sw, pt", "dates": "2099-05-02 2099-05-03\n2020-01-01"}
    priced = {**facts, "price": "0", "currency": "eur", "price_source": "Its page"}
    assert client.post(reverse("course-add"), priced).status_code == 302
    course = Course.objects.get()
    assert course.languages == ["en", "fr", "sw", "pt"]
    assert course.dates[0] == ["2020-01-01", "2020-01-01"]

    text = client.get(reverse("training"), {"skill": "rights", "language": "fr"}).text
    assert "without a fee" in text
    assert "2 May 2099" in text
    assert "Swahili" in text
    none = client.get(reverse("training"), {"skill": "means"}).text
    assert COURSE["title"] not in none
    edit = reverse("course-edit", args=[course.pk])
    assert 'value="sw pt"' in client.get(edit).text
    assert client.post(edit, {**COURSE, "title": "Second visit"}).status_code == 302
    course.refresh_from_db()
    assert (course.title, course.dates, course.price) == ("Second visit", [], None)

    remove = reverse("course-remove", args=[course.pk])
    client.post(remove)
    assert Course.objects.exists()
    client.post(remove, {"confirmed": "yes"})
    assert not Course.objects.exists()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"add course", "change course", "remove course"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"dates": "2026-03-06 2026-03-02"}, "This day is before the first one."),
        ({"dates": "in spring"}, "Write one time a line"),
        ({"price": "12"}, "A price needs its currency and its source."),
        ({"price": "-1"}, "0 for a course without a fee."),
        ({"provider": "Ann <ann@example.org>"}, "without an e-mail address"),
        ({"languages": []}, "Name at least one language."),
        ({"languages": [], "more_languages": "French!"}, "Their tags, such as"),
        ({"skills": ["boats"]}, "boats"),
    ],
)
def test_a_course_that_cannot_be_is_refused_in_words(client, city, people, wrong, said):
    client.force_login(people[Role.COORDINATOR])

    assert said in client.post(reverse("course-add"), {**COURSE, **wrong}).text
    assert not Course.objects.exists()


def test_the_same_course_twice_is_said_in_a_sentence(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    client.post(reverse("course-add"), COURSE)

    assert "is there already." in client.post(reverse("course-add"), COURSE).text
    with pytest.raises(InvalidEntry, match="already"):
        services.add_course(jurisdiction=city, facts=COURSE, by=people[Role.COORDINATOR])
    with pytest.raises(NotAllowed):
        services.add_course(jurisdiction=city, facts=COURSE, by=people[Role.READER])


def test_courses_are_shared_with_the_places_below_and_not_beside(client, city, elsewhere):
    country = Jurisdiction.objects.create(
        name="Country", slug="country", country="GB", level="national"
    )
    Jurisdiction.objects.filter(pk=city.pk).update(parent=country)
    above, beside = course_of(country), course_of(elsewhere)
    Course.objects.filter(pk=above).update(title="From above")
    Course.objects.filter(pk=beside).update(title="From beside")
    coordinator = member(city, Role.COORDINATOR)
    client.force_login(coordinator)

    text = client.get(reverse("training")).text
    assert "From above" in text
    assert "From beside" not in text
    assert client.get(reverse("course-edit", args=[above])).status_code == 403
    assert client.get(reverse("course-edit", args=[beside])).status_code == 404


def test_few_people_are_not_told_as_a_number(city, people):
    three = [people[one] for one in (Role.READER, Role.ANALYST, Role.PARTNER)]
    counted(city, *three[:2])
    assert told(city) == [("evaluation", None)]

    counted(city, three[2], skills=("evaluation", "rights"))
    assert told(city) == [("rights", None), ("evaluation", PeopleBand.THREE_TO_FIVE)]


def test_one_more_or_less_is_not_seen_within_a_step(client, city, people):
    some = [people[one] for one in (Role.READER, Role.ANALYST, Role.PARTNER, Role.EVALUATOR)]
    until = timezone.localdate() + timedelta(days=9)
    plan = add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])
    client.force_login(people[Role.READER])
    pages = (reverse("skills"), reverse("plan-skills", args=[plan.pk]))

    def shown():
        gaps = gaps_file(gaps_of(plan, today=timezone.localdate()))
        return [
            re.findall("[0-9]+ (?:to|people)[^<]*", client.get(one).text) for one in pages
        ], gaps

    counted(city, *some[:3], until=until)
    before = shown()
    counted(city, some[3], until=until)

    assert "3 to 5 people" in str(before)
    assert shown() == before


def test_who_no_longer_agrees_or_acts_is_not_counted(city, people):
    counted(city, people[Role.READER])
    assert told(city, TODAY + timedelta(days=1)) == []

    people[Role.READER].memberships.all().delete()
    assert told(city) == []
    counted(city, people[Role.ANALYST])
    people[Role.ANALYST].is_active = False
    people[Role.ANALYST].save()
    assert told(city) == []


def test_the_regular_work_forgets_and_the_log_tells_no_skill(city, people, monkeypatch):
    counted(city, people[Role.READER])
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY + timedelta(days=1))

    assert forget in tidying._TIDIERS
    assert forget() == 1
    assert not Ability.objects.exists()
    assert "evaluation" not in str(list(AuditEntry.objects.values()))


def test_nobody_is_counted_for_others_or_elsewhere(city, elsewhere, people):
    with pytest.raises(NotAllowed):
        counted(elsewhere, people[Role.READER])


def test_somebody_says_only_their_own_skills_and_can_leave(client, city, people):
    client.force_login(people[Role.READER])
    facts = {"skills": ["mediation"], "until": timezone.localdate() + timedelta(days=9)}

    assert "I agree that I am counted" in client.post(reverse("skills-oneself"), facts).text
    assert not Ability.objects.exists()
    far = {**facts, "consent": "on", "until": timezone.localdate() + 2 * LONGEST_CONSENT}
    assert "Choose a day from" in client.post(reverse("skills-oneself"), far).text
    client.post(reverse("skills-oneself"), {**facts, "consent": "on"})
    assert Ability.objects.get().person == people[Role.READER]
    text = client.get(reverse("skills")).text
    assert "Solving conflicts without violence" in text
    assert people[Role.READER].email not in text

    people[Role.READER].memberships.all().delete()
    assert client.post(reverse("skills-leave")).status_code == 302
    assert not Ability.objects.exists()


def test_a_plan_shows_who_has_what_it_calls_for(client, city, people):
    coordinator = people[Role.COORDINATOR]
    plan = add_plan(content=example_plan(), jurisdiction=city, by=coordinator)
    client.force_login(coordinator)
    office = city.organisations.get()
    day = timezone.localdate() + timedelta(days=9)
    client.post(
        reverse("skills-of-body", args=[office.pk]),
        {"skills": ["situational", "analysis"], "until": day},
    )
    assert BodySkills.objects.get().until == day
    course_of(city)

    text = client.get(reverse("plan-skills", args=[plan.pk])).text

    assert "Nobody who carries it out has it; Safer City office could help." in text
    assert "It is there: Safer City office." in text
    assert "“Visits after a burglary”, Office for victims, in English" in text
    assert reverse("plan-skills", args=[plan.pk]) in client.get(plan.get_absolute_url()).text


def test_partners_add_what_the_fields_of_a_plan_do_not_show(client, city, people):
    coordinator = people[Role.COORDINATOR]
    plan = add_plan(content=example_plan(), jurisdiction=city, by=coordinator)
    client.force_login(coordinator)
    shown, add = (reverse(one, args=[plan.pk]) for one in ("plan-skills", "plan-skill-add"))
    facts = {"skill": "mediation", "action": "gates", "reason": "Neighbours argue over <keys>."}

    assert "one of the available choices" in client.post(add, {**facts, "action": "none"}).text
    assert client.post(add, facts).status_code == 302
    assert "stands there for this action already" in client.post(add, facts).text
    text = client.get(shown).text
    assert "Solving conflicts without violence" in text
    assert "Neighbours argue over &lt;keys&gt;." in text

    plan.wanted_skills.update(action="gone")
    text = client.get(shown).text
    assert "the action is no longer in the plan" in text
    remove = reverse("plan-skill-remove", args=[plan.pk, plan.wanted_skills.get().pk])
    client.post(remove)
    assert plan.wanted_skills.exists()
    client.post(remove, {"confirmed": "yes"})
    assert not plan.wanted_skills.exists()
    with pytest.raises(NotAllowed):
        services.want_skill(plan=plan, facts=facts, by=people[Role.READER])


def test_the_page_of_a_plan_asks_seldom(client, city, people, django_assert_max_num_queries):
    plan = add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])
    for number in range(4):
        body = city.organisations.create(
            key=f"body-{number}", name=f"b{number}@x.org", sector="media"
        )
        BodySkills.objects.create(
            organisation=body, skills=["rights"], told_on=TODAY, until=date(2099, 1, 1)
        )
        Course.objects.create(
            jurisdiction=city,
            title=f"{number}",
            provider="x",
            skills=["rights"],
            languages=["en"],
            form="online",
            audience="basic",
        )
    client.force_login(people[Role.READER])

    with django_assert_max_num_queries(11):
        assert client.get(reverse("plan-skills", args=[plan.pk])).status_code == 200
    with django_assert_max_num_queries(9):
        assert client.get(reverse("skills")).status_code == 200
    with django_assert_max_num_queries(9):
        assert client.get(reverse("training")).status_code == 200


def test_the_demonstration_has_courses_and_partners_with_skills(db, city):
    city.organisations.create(key="university", name="University", sector="research")

    add_abilities(city, by=member_of_office(city))

    assert Course.objects.count() == 4
    assert BodySkills.objects.get().skills == ["evaluation", "monitoring"]


def member_of_office(city):
    person = Person.objects.create_user("office@example.org")
    city.organisations.get(key="office").memberships.create(person=person, role=Role.COORDINATOR)
    return person
