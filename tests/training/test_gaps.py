"""What a plan calls for is told with its reason; who has it is told by bodies, never by persons."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from forestall.errors import InvalidTraining
from forestall.plan import StepState, example_plan
from forestall.plan.vocabulary import Approach, PreventionLevel
from forestall.safeguards.assessment import RightsAssessment
from forestall.training import (
    Body,
    HeldWhere,
    Holding,
    Holdings,
    OwnSkill,
    Skill,
    Wanted,
    band_of,
    example_courses,
    example_holdings,
    gaps_file,
    needs_of,
    skill_gaps,
)

DAY = date(2025, 4, 1)
PLAN = example_plan()
NOBODY = Holdings(holdings=())


def holding(organisation, skill, people=None, until=DAY):
    return Holding(
        organisation=organisation, skill=skill, people=people, told=DAY - timedelta(1), until=until
    )


def of(found, skill):
    return next(one for one in found.rows if one.skill == skill)


def held(found, skill, action):
    return next(one.held for one in of(found, skill).needs if one.need.action == action)


def with_action(**changes):
    action = replace(PLAN.actions[0], **changes)
    return replace(PLAN, actions=(action,))


def called_for(plan, action="gates"):
    return {one.skill for one in needs_of(plan) if one.action == action}


def test_an_action_calls_for_what_its_fields_say():
    assert called_for(PLAN, "quick-help") == {
        "evidence", "partnership", "situational", "victim-support", "rights", "data-protection",
        "means", "monitoring", "evaluation",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "skill", "there"),
    [
        ({"approach": Approach.SOCIAL}, "social", True),
        ({"approach": Approach.SOCIAL}, "situational", False),
        ({"level": PreventionLevel.AFTER_SENTENCE}, "recidivism", True),
        ({"assessment": None}, "rights", True),
        ({"assessment": RightsAssessment()}, "rights", False),
        ({"assessment": RightsAssessment()}, "inclusion", False),
        ({"money": ()}, "means", False),
        ({"side_effects": ()}, "monitoring", False),
        ({"steps": ()}, "partnership", False),
    ],
)
def test_another_field_calls_for_another_skill(changes, skill, there):
    assert (skill in called_for(with_action(**changes))) is there


def test_the_same_reason_is_not_told_twice():
    twice = with_action(approach=Approach.REINTEGRATION, level=PreventionLevel.RECIDIVISM)

    assert len([one for one in needs_of(twice) if one.skill == "recidivism"]) == 1


def test_what_is_done_calls_for_nothing_any_more():
    steps = tuple(replace(one, state=StepState.DONE) for one in PLAN.actions[0].steps)

    assert called_for(with_action(steps=steps)) == set()


def test_every_need_has_its_paragraph():
    assert all(one.paragraph.count(":") == 1 for one in needs_of(PLAN))


def test_who_carries_an_action_out_counts_for_it_and_others_could_help():
    police = Holdings(holdings=(holding("police", "situational"),))
    housing = Holdings(holdings=(holding("housing-department", "situational", 1),))

    assert held(skill_gaps(PLAN, NOBODY, today=DAY), "situational", "gates") is HeldWhere.NOBODY
    # The police are only told of the gates.
    aside = skill_gaps(PLAN, police, today=DAY)
    assert held(aside, "situational", "gates") is HeldWhere.ELSEWHERE
    assert of(aside, "situational").waiting == ("gates", "quick-help")
    there = skill_gaps(PLAN, housing, today=DAY)
    assert held(there, "situational", "gates") is HeldWhere.THERE
    assert of(there, "situational").waiting == ("quick-help",)
    assert str(of(there, "situational").holders[0].said) == "Housing and works department"


@given(st.integers(1, 1000))
def test_no_exact_number_of_people_leaves(people):
    said = Holdings(holdings=(holding("housing-department", "situational", people),))
    found = skill_gaps(PLAN, said, today=DAY)
    band = band_of(people)
    same = [one for one in range(1, 1001) if band_of(one) is band]

    assert of(found, "situational").holders[0].people is band
    assert (band is None) == (people < 3)
    assert len(same) > 1
    written = msgspec.json.encode(gaps_file(found)).decode()
    other = Holdings(holdings=(holding("housing-department", "situational", same[0]),))
    assert written == msgspec.json.encode(gaps_file(skill_gaps(PLAN, other, today=DAY))).decode()


def test_a_body_that_says_it_has_nobody_has_it_not():
    none = Holdings(holdings=(holding("housing-department", "situational", 0),))

    found = skill_gaps(PLAN, none, today=DAY)

    assert of(found, "situational").is_missing
    assert str(of(found, "situational").holders[0].said).endswith(": nobody")


def test_a_statement_counts_to_its_last_day():
    said = Holdings(holdings=(holding("housing-department", "situational"),))

    assert not of(skill_gaps(PLAN, said, today=DAY), "situational").is_missing
    late = skill_gaps(PLAN, said, today=DAY + timedelta(1))
    assert of(late, "situational").is_missing
    assert late.out_of_date == 1
    assert "1 statement is out of date and was not counted." in [str(one) for one in late.caveats]


def test_own_skills_are_called_for_by_the_partners():
    found = skill_gaps(PLAN, example_holdings(), courses=example_courses(), today=DAY)
    row = of(found, "home-visits")

    assert found.rows[-1] is row
    assert str(row.needs[0].said) == "Nobody who carries it out has it; Fire brigade could help."
    assert str(row.courses[0].said).endswith("in Spanish: no language of the plan")
    assert [one.key for one in of(found, "evaluation").qualifications] == ["prevention-certificate"]


def test_the_table_and_the_sentence_tell_the_same():
    found = skill_gaps(PLAN, example_holdings(), today=DAY)
    nobody = found.table.groupby("skill")["held"].agg(lambda told: set(told) == {"nobody"})

    assert {one.skill for one in found.missing} == set(nobody[nobody].index)
    assert all(str(one.words) in found.summary() for one in found.missing)
    complete = tuple(holding("police", one.value) for one in Skill)
    assert "somebody has it" in skill_gaps(PLAN, Holdings(holdings=complete), today=DAY).summary()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Holdings(holdings=(holding("nobody", "rights"),)), "no partner of the key at holdings[0]"),
        (
            Holdings(holdings=(), wanted=(Wanted(skill="rights", action="x", reason={"en": "y"}),)),
            "no action of the key at wanted[0]",
        ),
        (Holdings(holdings=(holding("police", "boats"),)), "no skill of the key at holdings[0]"),
        (Holdings(holdings=(holding("police", "rights"),) * 2), "stand twice"),
        (Holdings(holdings=(holding("police", "rights", -1),)), "cannot be"),
        (
            Holdings(holdings=(holding("police", "rights", until=date(2020, 1, 1)),)),
            "ends before it begins",
        ),
        (
            Holdings(holdings=(), skills=(OwnSkill(key="rights", name={"en": "Rights"}),)),
            "is one of the list",
        ),
        (
            Holdings(holdings=(), organisations=(Body(key="us", name={"en": "a.b@example.org"}),)),
            "holds an address",
        ),
    ],
)
def test_what_contradicts_itself_or_the_plan_is_refused_with_the_place(content, said):
    with pytest.raises(InvalidTraining) as refused:
        skill_gaps(PLAN, content, today=DAY)
    assert said in str(refused.value)


some_holdings = st.dictionaries(
    st.tuples(st.sampled_from([one.key for one in PLAN.partners]), st.sampled_from(list(Skill))),
    st.one_of(st.none(), st.integers(0, 3)),
    max_size=12,
).map(lambda drawn: [holding(body, skill.value, many) for (body, skill), many in drawn.items()])


@settings(max_examples=40, deadline=None)
@given(some_holdings)
def test_one_more_body_never_takes_a_skill_away(drawn):
    order = [HeldWhere.NOBODY, HeldWhere.ELSEWHERE, HeldWhere.THERE]

    def where(content):
        found = skill_gaps(PLAN, Holdings(holdings=tuple(content)), today=DAY)
        return [order.index(one.held) for row in found.rows for one in row.needs]

    for before, after in zip(where(drawn[1:]), where(drawn), strict=True):
        assert after >= before
