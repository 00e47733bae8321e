"""Two different people agree before an action goes on, and some actions are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from forestall.safeguards import (
    Decision,
    PersonalData,
    Police,
    Right,
    RightsAssessment,
    RightTouched,
    check_rights,
)


def said(text):
    return {"en": text}


def decision(by, *, on=date(2025, 3, 1), agrees=True, reason="Fine.", conditions=""):
    return Decision(
        by=by,
        office=said("An office"),
        on=on,
        agrees=agrees,
        reason=said(reason),
        conditions=said(conditions) if conditions else {},
    )


WHOLE = RightsAssessment(
    touches=(RightTouched(right=Right.MOVEMENT, how=said("An alley closes.")),),
    legal_basis=said("The act on streets."),
    necessity=said("Most entries are from there."),
    proportionality=said("Only alleys without a way through."),
    alternatives=said("Light."),
    equality=said("Low handles."),
    stigma=said("None."),
    decisions=(decision("member-1"), decision("member-2")),
)
UNTOUCHED = RightsAssessment(
    none_touched_because=said("A leaflet."),
    decisions=(decision("member-1"), decision("member-2")),
)
HELD = PersonalData(
    what=said("Addresses"), purpose=said("Visits"), kept_months=3, shared_with=said("Nobody")
)
PRIVATE = replace(
    WHOLE,
    touches=(
        RightTouched(
            right=Right.PRIVACY,
            how=said("Visits."),
        ),
    ),
    personal_data=HELD,
)


def points(assessment, **options):
    return [(one.paragraph, str(one.said)) for one in check_rights(assessment, **options).points]


def paragraphs(assessment):
    return [paragraph for paragraph, _ in points(assessment)]


def test_a_whole_assessment_on_which_two_people_agree_lets_the_action_go_on():
    found = check_rights(WHOLE)

    assert found.may_be_adopted
    assert found.summary() == "Two people agree, and nothing is missing."


def test_little_is_asked_where_no_right_is_touched_and_a_reason_is_given():
    assert check_rights(UNTOUCHED).may_be_adopted
    assert paragraphs(replace(UNTOUCHED, none_touched_because={})) == ["1997/33:13"]


@pytest.mark.parametrize(
    ("field", "paragraph"),
    [
        ("legal_basis", "1997/33:6"),
        ("necessity", "1997/33:6"),
        ("proportionality", "1997/33:6"),
        ("alternatives", "1997/33:6"),
        ("equality", "1997/33:5"),
        ("stigma", "1997/33:8"),
    ],
)
@pytest.mark.parametrize("texts", [{}, {"en": " "}])
def test_each_text_is_asked_for_where_a_right_is_touched(field, paragraph, texts):
    assert paragraphs(replace(WHOLE, **{field: texts})) == [paragraph]


def test_how_a_right_is_touched_is_asked_for():
    touched = (RightTouched(right=Right.MOVEMENT),)

    assert paragraphs(replace(WHOLE, touches=touched)) == ["1997/33:4"]


def test_to_name_rights_and_to_say_that_there_are_none_is_pointed_out():
    assert paragraphs(replace(WHOLE, none_touched_because=said("No."))) == ["1997/33:13"]


@pytest.mark.parametrize("assessment", [WHOLE, UNTOUCHED])
def test_an_action_that_scores_people_is_refused_whatever_is_written(assessment):
    found = check_rights(replace(assessment, scores_individuals=True))

    assert [one.paragraph for one in found.refused] == ["1997/33:8"]
    assert not found.may_be_adopted
    assert "scores or predicts individual people is refused" in found.summary()


@pytest.mark.parametrize("assessment", [WHOLE, UNTOUCHED])
def test_hidden_police_are_refused(assessment):
    found = check_rights(replace(assessment, police=Police.HIDDEN, police_part=said("Hidden.")))

    assert [one.paragraph for one in found.refused] == ["1997/33:10"]


def test_open_police_need_their_part_said():
    assert paragraphs(replace(WHOLE, police=Police.OPEN)) == ["1997/33:10"]
    assert check_rights(
        replace(WHOLE, police=Police.OPEN, police_part=said("They hold a key."))
    ).may_be_adopted


def test_private_security_needs_its_limits():
    assert paragraphs(replace(UNTOUCHED, private_security=True)) == ["1997/33:11"]


def test_what_works_like_a_penalty_needs_a_body_that_reviews_it():
    assert paragraphs(replace(WHOLE, like_a_penalty=True)) == ["1997/33:7"]


@pytest.mark.parametrize(
    "held",
    [
        replace(HELD, what={}),
        replace(HELD, purpose={}),
        replace(HELD, kept_months=None),
        replace(HELD, shared_with={}),
    ],
)
def test_data_on_persons_need_purpose_period_and_limits(held):
    assert paragraphs(replace(PRIVATE, personal_data=held)) == ["1997/33:10"]


def test_data_on_persons_can_be_kept_for_no_month_at_all():
    assert check_rights(replace(PRIVATE, personal_data=replace(HELD, kept_months=0))).may_be_adopted


def test_data_on_persons_touch_privacy_or_their_protection():
    assert points(replace(WHOLE, personal_data=HELD)) == [
        (
            "1997/33:10",
            "It needs data on persons, so it touches privacy or their protection; say how.",
        )
    ]


# Decisions


@pytest.mark.parametrize(
    ("decisions", "lacks"),
    [
        ([], ["Two people have to decide, and nobody has yet."]),
        ([decision("a")], ["A second person has to decide."]),
        (
            [decision("a"), decision("a", on=date(2025, 4, 1))],
            ["A second person has to decide.", "The same person decided twice, which counts once."],
        ),
        (
            [decision("a"), decision("b", agrees=False)],
            ["Not everybody who decided agrees; read the reasons."],
        ),
        ([decision("a"), decision("b", reason=" ")], ["Every decision needs its reason."]),
        (
            [decision("a"), replace(decision("b"), office={})],
            ["Every decision needs the office for which it was made."],
        ),
        ([decision("a"), decision("b"), decision("c")], []),
    ],
)
def test_what_the_decisions_lack_is_said(decisions, lacks):
    found = points(replace(WHOLE, decisions=tuple(decisions)))

    assert [words for _, words in found] == lacks


def test_a_later_decision_of_the_same_person_replaces_the_earlier_one():
    refused_first = (
        decision("b", on=date(2025, 5, 1)),
        decision("a"),
        decision("b", on=date(2025, 2, 1), agrees=False),
    )

    found = check_rights(replace(WHOLE, decisions=refused_first))

    assert found.may_be_adopted
    assert [one.by for one in found.decisions] == ["a", "b"]


def test_who_drafted_it_is_not_one_of_the_two():
    found = points(WHOLE, drafted_by=frozenset({"member-1"}))

    assert [words for _, words in found] == [
        "Who drafted it cannot be one of the two people who decide.",
        "A second person has to decide.",
    ]


def test_conditions_of_those_who_agree_are_listed():
    bound = (decision("a", conditions="No list."), decision("b"))

    found = check_rights(replace(WHOLE, decisions=bound))

    assert found.conditions == ({"en": "No list."},)
    assert found.summary().endswith("1 condition has to be kept to.")


def test_how_many_points_stand_in_the_way_is_counted_and_never_scored():
    found = check_rights(RightsAssessment())

    assert found.summary() == "2 points stand between the action and its adoption."


PEOPLE = st.lists(
    st.builds(
        lambda by, day, agrees: decision(by, on=date(2025, 1, day), agrees=agrees),
        st.sampled_from("abc"),
        st.integers(1, 28),
        st.booleans(),
    ),
    max_size=6,
)


@given(PEOPLE)
def test_fewer_than_two_people_who_agree_never_suffice(decisions):
    found = check_rights(replace(WHOLE, decisions=tuple(decisions)))
    last = {one.by: one.agrees for one in sorted(decisions, key=lambda one: one.on)}

    assert found.may_be_adopted == (len(last) >= 2 and all(last.values()))
