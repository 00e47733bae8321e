"""The paragraphs that a plan touches: a list with explanations, and no score."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from forestall.plan.checks import check_plan
from forestall.plan.example import example_plan
from forestall.plan.provisions import provisions_asked, provisions_of

TODAY = date(2025, 3, 31)
PARTS = ("partners", "problems", "objectives", "actions", "omissions", "reviews", "consultations")


def emptied(parts):
    return replace(example_plan(), **dict.fromkeys(parts, ()), accountable="", summary={})


def test_each_paragraph_says_what_is_there_and_what_is_missing():
    found = {one.paragraph: one for one in provisions_of(example_plan(), today=TODAY).rows}

    assert [str(one) for one in found["2002/13:17(b)"].held] == ["1 objective has a target."]
    assert [str(one.said) for one in found["1997/33:4"].lacks] == ["A second person has to decide."]


@pytest.mark.parametrize("left_out", [(), *[(one,) for one in PARTS], PARTS])
def test_every_point_of_the_checks_stands_under_its_paragraph(left_out):
    plan = emptied(left_out)

    asked = {one.paragraph for one in check_plan(plan, today=TODAY).points}
    rows = provisions_of(plan, today=TODAY).rows

    assert asked <= set(provisions_asked())
    assert sum(len(one.lacks) for one in rows) == len(check_plan(plan, today=TODAY).points)


@given(st.sets(st.sampled_from(PARTS)))
def test_a_plan_with_less_in_it_touches_no_more(parts):
    less = {one.paragraph for one in provisions_of(emptied(parts), today=TODAY).touched}
    all_of_it = {one.paragraph for one in provisions_of(example_plan(), today=TODAY).touched}

    assert less <= all_of_it


def test_an_empty_plan_touches_nothing_but_its_languages():
    found = provisions_of(replace(emptied(PARTS), lasting={}), today=TODAY)

    assert [one.paragraph for one in found.touched] == ["2002/13:33"]


def test_paragraphs_stand_in_the_order_of_the_texts():
    keys = list(provisions_asked())

    assert keys.index("2002/13:9") < keys.index("2002/13:10") < keys.index("2002/13:17(b)")
    assert keys[0] == "1995/9:2"
    assert keys.index("1995/9:3(c)") + 1 == keys.index("1995/9:3(c)(i)")


def test_the_list_is_no_score():
    found = provisions_of(example_plan(), today=TODAY)

    assert not set(found.table.columns) & {"score", "share", "rank", "points"}
    assert "%" not in found.summary()
    assert found.summary().endswith("A longer list is no better plan.")
