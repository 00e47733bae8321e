"""This file knows that no states are ranked, rated or compared by what they answered."""

from __future__ import annotations

import operator
from datetime import date
from typing import TYPE_CHECKING

import pytest

from forestall.errors import RankingRefused
from forestall.questionnaires import (
    Choice,
    ReplyOrder,
    compare_replies,
    in_order,
    order_named,
    refuse_ranking,
)
from tests.questionnaires.any_replies import INSTRUMENT, drafted, reply

if TYPE_CHECKING:
    from collections.abc import Callable

_YES, _NO = reply({"Q6": drafted(Choice.YES)}), reply({"Q6": drafted(Choice.NO)}, country="XB")


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize(
    ("one", "other"),
    [(Choice.YES, Choice.NO), (_YES, _NO), (_YES.answers["Q6"], _NO.answers["Q6"])],
    ids=["choices", "replies", "answers"],
)
def test_nothing_that_is_answered_has_an_order(
    compare: Callable[[object, object], bool], one: object, other: object
):
    with pytest.raises(RankingRefused, match="no scorecard"):
        compare(one, other)


def test_replies_cannot_be_sorted_by_an_answer():
    with pytest.raises(RankingRefused):
        sorted([_YES, _NO])
    with pytest.raises(RankingRefused):
        sorted([Choice.YES, Choice.NO])
    with pytest.raises(RankingRefused):
        max([_YES, _NO], key=lambda one: one.answers["Q6"])


def test_replies_of_two_states_are_not_compared():
    with pytest.raises(RankingRefused):
        compare_replies(_YES, _NO, questionnaire=INSTRUMENT)


@pytest.mark.parametrize("name", ["Q6", "score", "", "COUNTRY", "answers"])
def test_any_order_but_country_and_day_is_refused(name: str):
    with pytest.raises(RankingRefused):
        order_named(name)


def test_countries_and_days_give_an_order():
    later = reply({}, country="XA", on=date(2026, 3, 1))

    assert in_order([_NO, later]) == [later, _NO]
    assert in_order([later, _NO], by=ReplyOrder.DAY) == [_NO, later]


def test_the_refusal_can_be_asked_for():
    with pytest.raises(RankingRefused, match=r"\(2006/20 annex\)\.$"):
        refuse_ranking()
