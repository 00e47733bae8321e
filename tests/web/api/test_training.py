"""Programs keep the catalogue of courses, say what bodies can do, and read what a plan lacks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.training import services
from forestall.web.training.models import BodySkills, Course
from tests.web.objects import course_of

WHERE = "/training/courses"
COURSE = {
    "title": "Visits after a burglary",
    "provider": "Office for victims",
    "skills": ["victim-support"],
    "languages": ["en"],
    "more_languages": "sw",
    "form": "online",
    "audience": "basic",
    "price": 12.5,
    "currency": "EUR",
    "price_source": "Its page",
    "dates": "2026-03-02 2026-03-06",
}


def test_a_course_is_written_down_changed_and_taken_out(coordinator, city):
    added = coordinator("POST", WHERE, COURSE)
    course = Course.objects.get()
    where = f"{WHERE}/{course.pk}"
    assert (added.status_code, added.headers["Location"]) == (201, f"/api/v1{where}")
    assert added.json()["dates"] == [["2026-03-02", "2026-03-06"]]
    assert added.json()["languages"] == ["en", "sw"]
    assert coordinator("GET", f"{WHERE}?skill=victim-support").json() == [added.json()]
    assert coordinator("GET", f"{WHERE}?skill=means").json() == []
    assert coordinator("GET", f"{WHERE}?skill=boats").status_code == 422

    assert coordinator("PUT", where, {**COURSE, "price_source": ""}).status_code == 422
    changed = coordinator("PUT", where, {**COURSE, "price": None, "dates": ""}).json()
    assert (changed["price"], changed["currency"], changed["dates"]) == (None, "", [])
    assert coordinator("DELETE", where).status_code == 204
    assert not Course.objects.exists()


def test_others_read_and_change_nothing(ask, city, elsewhere):
    reader, ours = ask(Role.READER), course_of(city)

    assert len(reader("GET", WHERE).json()) == 1
    assert reader("PUT", f"{WHERE}/{ours}", COURSE).status_code == 403
    assert reader("DELETE", f"{WHERE}/{course_of(elsewhere)}").status_code == 404


def test_bodies_say_their_skills_and_a_plan_is_compared_with_them(coordinator, city, example):
    office = city.organisations.get()
    day = timezone.localdate() + timedelta(days=9)
    where = f"/organisations/{office.pk}/skills"

    sent = coordinator("PUT", where, {"skills": ["analysis"], "until": str(day)})
    assert sent.json() == {"skills": ["analysis"], "until": str(day)}
    assert BodySkills.objects.get().skills == ["analysis"]
    past = {"skills": ["analysis"], "until": "2020-01-01"}
    assert coordinator("PUT", where, past).status_code == 422

    (body,) = coordinator("GET", "/training/skills").json()
    assert body["skills"] == [{"skill": "analysis", "people": None}]
    for person in Person.objects.filter(memberships__organisation=office).distinct()[:4]:
        services.say_skills(
            person=person,
            organisation=office,
            skills=["rights"],
            until=day,
            today=timezone.localdate(),
        )
    (body,) = coordinator("GET", "/training/skills").json()
    assert {"skill": "rights", "people": "3-to-5"} in body["skills"]
    found = coordinator("GET", f"/plans/{example.pk}/skills").json()["skills"]
    held = {one["skill"]: {need["held"] for need in one["needs"]} for one in found}
    assert held["analysis"] == {"there"}
    assert held["evaluation"] == {"nobody"}

    wants = {"skill": "mediation", "reason": "Neighbours argue.", "action": "gates"}
    added = coordinator("POST", f"/plans/{example.pk}/skills", wants)
    assert (added.status_code, added.json()["action"]) == (201, "gates")
    assert coordinator("POST", f"/plans/{example.pk}/skills", wants).status_code == 409
    where = added.headers["Location"].removeprefix("/api/v1")
    assert coordinator("DELETE", where).status_code == 204
    assert coordinator("DELETE", where).status_code == 404
