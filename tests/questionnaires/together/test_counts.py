"""Counts stand with those they are out of, and give away no confidential answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.questionnaires import Answer, Choice, read_definition
from forestall.questionnaires.together import (
    ItemCounts,
    answers_of,
    count_by_region,
    count_item,
    count_response,
    kind_of,
    region_of,
    states,
)
from tests.questionnaires.together.replies import ASKED, answered, reply_of, said

ITEM = next(one for one in ASKED.items if one.key == "Q4(b)")
CODES = [one.code for one in states()]

answers = st.lists(
    st.builds(
        said,
        st.sampled_from(CODES),
        item=st.just("Q4(b)"),
        applies=st.booleans(),
        choice=st.none() | st.sampled_from(ITEM.choices),
    ),
    unique_by=lambda one: one.state,
    max_size=12,
)


def test_a_case_by_hand():
    given_ = [
        said("KE", item="Q4(b)", choice=Choice.YES),
        said("DE", item="Q4(b)", choice=Choice.NO),
        said("AT", item="Q4(b)", choice=Choice.NOT_APPLICABLE),
        said("FJ", item="Q4(b)", applies=False),
        said("FJ", item="Q6", choice=Choice.YES),
    ]

    counts = count_item(ITEM, given_, asked=195, replied=6)

    assert counts.choices == {Choice.YES: 1, Choice.NO: 1}
    assert (counts.answered, counts.not_applicable, counts.unanswered) == (4, 2, 2)
    assert counts.are_few


@given(answers)
def test_regions_add_up_to_the_whole(given_):
    replied = {one.state for one in given_} | {"KE"}
    whole = count_item(ITEM, given_, asked=len(CODES), replied=len(replied))

    parts = [one.counts for one in count_by_region(ITEM, given_, asked=CODES, replied=replied)]

    assert sum(one.answered for one in parts) == whole.answered
    assert sum(one.replied for one in parts) == whole.replied
    for choice, number in whole.choices.items():
        assert sum(one.choices[choice] for one in parts) == number


@pytest.mark.parametrize("key", ["Q2(a)", "Q2(a).leg", "Q3"])
def test_an_answer_that_is_held_back_counts_as_none_on_every_look(key: str):
    """Neither an item asked only after a confidential one nor a later reply tells who said what."""
    no = {"Q2(a)": answered(choice=Choice.NO), "Q3": answered(text="x")}
    secret = {
        "Q2(a)": answered(choice=Choice.YES, confidential=True),
        "Q2(a).leg": answered(choice=Choice.NO),
        "Q3": answered(text="x", confidential=True),
    }
    item = next(one for one in ASKED.items if one.key == key)

    def look(others: dict[str, Answer]) -> list[ItemCounts]:
        replies = [reply_of(one, no) for one in ("AT", "DE", "FR")]
        counts = []
        for code in ("KE", "GH", "NG", "GB"):
            replies.append(reply_of(code, others))
            told = [one for reply in replies for one in answers_of(reply, questionnaire=ASKED)]
            counts.append(count_item(item, told, asked=195, replied=len(replies)))
        return counts

    assert look(secret) == look({})


def test_an_answer_is_counted_by_its_kind():
    assert kind_of(said("KE", choice=Choice.YES, words="x")) == (True, Choice.YES, (), True, False)
    assert kind_of(said("KE", day=date(2026, 1, 31))) == (True, None, (), False, True)


def test_days_are_counted_but_of_those_whom_the_question_does_not_fit():
    item = next(one for one in read_definition("1995-9").items if one.key == "starts")
    given_ = [
        said("KE", item="starts", day=date(2026, 1, 31)),
        said("DE", item="starts", day=date(2027, 1, 31), words="At the latest"),
        said("AT", item="starts", words="Not yet known"),
        said("FR", item="starts", applies=False, day=date(2026, 1, 31)),
    ]

    counts = count_item(item, given_, asked=195, replied=5)

    assert (counts.answered, counts.with_days, counts.with_words) == (4, 2, 2)


@given(st.sets(st.sampled_from(CODES), min_size=1), st.sets(st.sampled_from(CODES)))
def test_everybody_who_was_asked_either_replied_or_is_missing(asked, replied):
    whole, *parts = count_response(asked, replied)

    assert set(whole.replied) | set(whole.missing) == asked
    assert set(whole.replied) <= replied
    assert sum(one.asked for one in parts) == len(asked)
    assert all(region_of(code) == one.region for one in parts for code in one.missing)
