"""What was changed after residents were asked is told; only another question stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from forestall.plan import check_plan, example_plan
from forestall.plan.checking.asked_about import check_asked_about
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Approach
from forestall.safeguards.assessment import Police, RightsAssessment

ASKED = example_plan()
GATES, OTHERS = ASKED.actions[0], ASKED.actions[1:]
TITLE = GATES.title["en"]


def later(**changed):
    """Return the next version of the plan, with something changed in its gates."""
    return replace(ASKED, version=ASKED.version + 1, actions=(replace(GATES, **changed), *OTHERS))


def told(plan):
    return [
        (one.about, str(one.said), PlanState.ADOPTED in one.blocks)
        for one in check_asked_about(plan, ASKED)
    ]


def test_a_new_version_without_changes_is_the_one_residents_were_asked_about():
    assert told(later()) == []
    assert list(check_asked_about(later(approach=Approach.SOCIAL), None)) == []


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"approach": Approach.SOCIAL}, "approach"),
        ({"objectives": ()}, "objectives that it serves"),
        ({"accountable": "police"}, "partner that answers for it"),
        ({"description": {"en": "Cameras watch every street."}}, "description"),
        ({"assessment": RightsAssessment(police=Police.OPEN)}, "rights assessment"),
    ],
)
def test_another_action_is_asked_about_anew_with_what_was_changed(changed, label):
    said = (
        f"This was changed after residents were asked, and they were not asked about it: {label}."
    )

    assert told(later(**changed)) == [("gates", said, True)]


def test_a_correction_of_words_is_advice():
    words = GATES.description["en"].replace(".", " .", 1)

    said = told(later(description=GATES.description | {"en": words}))

    assert [(about, blocks) for about, _, blocks in said] == [("gates", False)]
    assert "wording was corrected" in said[0][1]


def test_another_translation_is_no_other_action():
    assert not any(blocks for _, _, blocks in told(later(title=GATES.title | {"es": "Rejas"})))


@pytest.mark.parametrize("changed", [{"steps": ()}, {"money": ()}, {"staff": ()}, {"risks": ()}])
def test_how_far_it_is_and_what_it_costs_is_asked_of_nobody(changed):
    assert told(later(**changed)) == []


def test_what_came_and_what_went_is_asked_about_anew():
    new = replace(GATES, key="new", title={"en": "Dogs"})
    plan = replace(ASKED, version=ASKED.version + 1, actions=(new, *OTHERS))

    found = [(one.about, one.title["en"], str(one.said)) for one in check_asked_about(plan, ASKED)]

    assert found == [
        ("new", "Dogs", "This came after residents were asked, and they were not asked about it."),
        ("", TITLE, "This was taken out after residents were asked, and they were not told."),
    ]


def test_what_is_changed_in_the_version_they_read_can_be_the_answer_to_them():
    plan = replace(ASKED, actions=(replace(GATES, approach=Approach.SOCIAL), *OTHERS))
    corrected = replace(ASKED, actions=(replace(GATES, title={"en": f"{TITLE}!"}), *OTHERS))

    assert [blocks for _, _, blocks in told(plan)] == [False]
    assert told(corrected) == []


def test_the_check_of_a_plan_tells_it_before_its_reviews():
    plan = later(approach=Approach.SOCIAL)

    without = check_plan(plan, today=date(2025, 6, 1))
    found = check_plan(plan, today=date(2025, 6, 1), consulted=ASKED)

    assert len(found.points) == len(without.points) + 1
    assert any("not asked about it" in str(one.said) for one in found.before(PlanState.ADOPTED))
