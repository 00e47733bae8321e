"""This file knows that what is asked follows from the answers alone, and loses none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from forestall.questionnaires import (
    Answer,
    AnswerState,
    AnswerType,
    Choice,
    Condition,
    Item,
    Questionnaire,
    Reply,
    find_route,
)
from tests.questionnaires.any_replies import INSTRUMENT, KEYS, any_replies, drafted

if TYPE_CHECKING:
    import random

_TABLE = [f"Q26({letter})" for letter in "abcdefghijklm"]


def test_law_is_asked_after_a_national_policy_only():
    assert "Q2(a).leg" in find_route(INSTRUMENT, {"Q2(a)": drafted(Choice.YES)}).asked
    assert "Q2(a).leg" not in find_route(INSTRUMENT, {"Q2(a)": drafted(Choice.NO)}).asked
    assert "Q2(a).leg" not in find_route(INSTRUMENT, {}).asked


def test_the_table_of_assistance_is_asked_after_either_question():
    for key in ("Q25", "Q26"):
        asked = find_route(INSTRUMENT, {key: drafted(Choice.YES)}).asked
        assert [one for one in asked if one in _TABLE] == _TABLE
    neither = find_route(INSTRUMENT, {"Q25": drafted(Choice.NO), "Q26": drafted(Choice.NO)})
    assert not set(neither.asked) & set(_TABLE)


def test_an_open_answer_and_one_that_does_not_apply_choose_nothing():
    for state in (AnswerState.OPEN, AnswerState.NOT_APPLICABLE):
        chosen = Answer(state=state, choice=Choice.YES)
        assert "Q2(a).leg" not in find_route(INSTRUMENT, {"Q2(a)": chosen}).asked


def test_one_shared_field_is_asked_after_either_item_and_stands_under_the_first():
    for key in ("Q2(b)", "Q2(c)"):
        assert find_route(INSTRUMENT, {key: drafted(Choice.YES)}).follow_ups == ("Q2(b)",)


def test_no_follow_up_comes_after_skills_and_social_prevention():
    answers = {key: drafted(Choice.YES) for key in ("Q5(a)", "Q5(b)", "Q5(c)", "Q5(d)", "Q6")}

    assert find_route(INSTRUMENT, answers).follow_ups == ()


def test_an_answer_that_is_no_longer_asked_is_set_aside_and_named():
    law = drafted(Choice.YES, follow_up="Act 1")

    route = find_route(INSTRUMENT, {"Q2(a)": drafted(Choice.NO), "Q2(a).leg": law, "Q77": law})

    assert route.set_aside == ("Q2(a).leg",)
    assert route.unknown == ("Q77",)


def _with_item(item: Item) -> Questionnaire:
    last = INSTRUMENT.groups[-1]
    added = structs.replace(last, items=(*last.items, item))
    return structs.replace(INSTRUMENT, groups=(*INSTRUMENT.groups[:-1], added))


def test_what_stands_under_an_item_is_asked_only_with_it():
    under = Item(key="own", type=AnswerType.TEXT, prompt={"en": "Which?"}, parent="Q2(a).leg")
    policy = {"Q2(a)": drafted(Choice.YES)}

    assert "own" in find_route(_with_item(under), policy).asked
    assert "own" not in find_route(_with_item(under), {}).asked


def test_an_answer_that_is_set_aside_fulfils_no_condition():
    law = Condition(item="Q2(a).leg", choices=(Choice.YES,))
    after = Item(key="own", type=AnswerType.TEXT, prompt={"en": "Which?"}, asked_if=(law,))
    answers = {"Q2(a)": drafted(Choice.YES), "Q2(a).leg": drafted(Choice.YES)}

    assert "own" in find_route(_with_item(after), answers).asked
    answers["Q2(a)"] = drafted(Choice.NO)
    assert "own" not in find_route(_with_item(after), answers).asked


@given(any_replies, st.randoms())
def test_the_order_of_answering_does_not_matter(reply: Reply, chance: random.Random):
    shuffled = list(reply.answers.items())
    chance.shuffle(shuffled)

    assert find_route(INSTRUMENT, dict(shuffled)) == find_route(INSTRUMENT, reply.answers)


@given(any_replies)
def test_every_answer_is_asked_for_set_aside_or_unknown(reply: Reply):
    route = find_route(INSTRUMENT, reply.answers)

    parts = [set(route.asked) - set(route.set_aside), set(route.set_aside), set(route.unknown)]
    assert set(reply.answers) <= set().union(*parts)
    assert sum(len(part & set(reply.answers)) for part in parts) == len(reply.answers)


@given(any_replies)
def test_taking_away_what_was_set_aside_changes_nothing(reply: Reply):
    route = find_route(INSTRUMENT, reply.answers)
    rest = {key: one for key, one in reply.answers.items() if key not in route.set_aside}

    again = find_route(INSTRUMENT, rest)

    assert (again.asked, again.follow_ups) == (route.asked, route.follow_ups)
    assert list(route.asked) == [key for key in KEYS if key in route.asked]
