"""Sums add up in every way they are parted, gifts stand apart, and rows of nothing stay."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.plan import BudgetSum, Money, PayerLevel, example_plan, plan_budget
from tests.plan.any_plans import any_plans
from tests.plan.complete import with_action

PLAN = example_plan()


def money(key, amount, **changed):
    usual = Money(
        key=key,
        what={"en": "x"},
        year=2025,
        amount=amount,
        payer={"en": "City"},
        level=PayerLevel.LOCAL,
        confirmed=True,
    )
    return replace(usual, **changed)


def plan_with(*sums):
    return with_action(replace(PLAN, actions=PLAN.actions[:1]), money=sums)


def test_the_example_adds_up_as_on_its_page():
    found = plan_budget(PLAN)

    assert found.total == BudgetSum(
        money=341_000.0, in_kind=28_000.0, unconfirmed=60_000.0, spent=4_200.0
    )
    assert found.total.total == 369_000.0
    assert [(one.key, one.sums.total) for one in found.by_year] == [(2025, 152e3), (2026, 217e3)]
    assert [(str(one.words), one.sums.total) for one in found.by_payer] == [
        ("City of Port Alder", 205_000.0),
        ("Harbour Homes", 32_000.0),
        ("National prevention fund", 112_000.0),
        ("School board", 20_000.0),
    ]
    assert [(one.key.value, one.sums.total) for one in found.by_level] == [
        ("local", 225_000.0),
        ("national", 112_000.0),
        ("private", 32_000.0),
    ]
    assert found.posts == {2025: 1.3, 2026: 3.5}


def test_what_gets_nothing_keeps_its_row():
    found = plan_budget(plan_with())

    assert [(one.key.value, one.sums) for one in found.by_approach] == [
        ("social", BudgetSum()),
        ("local", BudgetSum()),
        ("situational", BudgetSum()),
        ("reintegration", BudgetSum()),
    ]
    assert [one.key.value for one in found.by_level] == ["local", "national"]
    assert [one.key for one in found.by_year] == [2025, 2026]
    assert [one.key for one in found.by_action] == ["gates"]
    assert found.summary() == "No means are planned yet."


def test_a_gift_in_kind_is_no_money():
    found = plan_budget(
        plan_with(
            money("a", 100.0, spent=40.0),
            money("b", 50.0, in_kind=True, confirmed=False, spent=20.0),
        )
    )

    assert found.total == BudgetSum(
        money=100.0, in_kind=50.0, in_kind_unconfirmed=50.0, spent=40.0, given=20.0
    )
    assert (found.total.confirmed, found.total.left) == (100.0, 60.0)


def test_cents_add_up_exactly():
    found = plan_budget(plan_with(*(money(f"m{number}", 0.1) for number in range(3))))

    assert found.total.money == 0.3
    assert found.summary() == "Planned: EUR 0.30 in money."


def test_nothing_is_rounded_away():
    found = plan_budget(plan_with(money("a", 1_234_567.0), money("b", 0.5)))

    assert found.summary() == "Planned: EUR 1,234,567.50 in money."


def test_the_same_payer_written_in_fewer_languages_is_the_same():
    found = plan_budget(
        plan_with(
            money("a", 1.0, payer={"en": "City", "fr": "Ville"}),
            money("b", 2.0, payer={"en": "city "}),
        )
    )

    assert [(str(one.words), one.sums.money) for one in found.by_payer] == [("City", 3.0)]


def test_more_spent_than_planned_is_left_over_below_zero():
    assert plan_budget(plan_with(money("a", 1.0, spent=3.0))).total.left == -2.0


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(any_plans())
def test_every_way_of_parting_adds_up_to_the_whole(plan):
    found = plan_budget(plan)
    ways = (found.by_action, found.by_year, found.by_level, found.by_payer, found.by_approach)

    for name in BudgetSum.__dataclass_fields__:
        whole = getattr(found.total, name)
        for rows in ways:
            assert math.fsum(getattr(one.sums, name) for one in rows) == pytest.approx(whole)
    assert len(found.table) == len(found.lines) == sum(len(one.money) for one in plan.actions)
    assert found.summary()
