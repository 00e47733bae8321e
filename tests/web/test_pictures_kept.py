"""A picture of a plan is drawn once for each version, language and day, and for no other plan."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from forestall.languages import use_language
from forestall.plan.example import example_plan
from forestall.web.organisations.roles import Role
from forestall.web.plans import pictures
from forestall.web.plans.pictures import logic_pictures, pictures_of_plan, timetable_pictures
from forestall.web.plans.services import add_plan

TODAY = date(2025, 4, 14)


@pytest.fixture
def example(city, people):
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])


def drawn(plan, *, kind=logic_pictures, today=TODAY):
    return [str(one.wide) for one in pictures_of_plan(plan, kind, today=today)]


def test_it_is_drawn_once(example, monkeypatch):
    first = drawn(example)
    monkeypatch.setattr(pictures, "draw", None)

    assert drawn(example) == first


def test_each_language_kind_and_day_has_its_own(example):
    english, steps = drawn(example), drawn(example, kind=timetable_pictures)
    with use_language("ar"):
        arabic = drawn(example)

    assert len({*english, *arabic, *steps}) == len([*english, *arabic, *steps])
    assert drawn(example, kind=timetable_pictures, today=date(2026, 4, 14)) != steps


def test_a_change_is_drawn_anew_and_another_plan_has_its_own(example, city, people):
    first = drawn(example)
    actions = tuple(replace(one, title={"en": "Another name"}) for one in example_plan().actions)
    changed = replace(example_plan(), key="another", actions=actions)
    other = add_plan(content=changed, jurisdiction=city, by=people[Role.COORDINATOR])

    assert "Another" in drawn(other)[0]
    assert drawn(example) == first

    # Also before the hash beside the document is that of the document.
    other.document = example.document
    assert drawn(other) == first
