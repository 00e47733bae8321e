"""What is in one number of an evaluation and not in another does not tell a hidden count."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from forestall.evaluation import compare_before_after
from forestall.evaluation.effects_register import (
    Found,
    NotFound,
    NotLookedFor,
    unintended_effects,
)
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.evaluation.programmes.evaluate import _with_holm
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation
from forestall.publication.protected_evaluation import protect_evaluation, told_in
from tests.publication.test_evaluation_leaks import (
    RULE,
    kinds_with,
    of_all_kinds,
    with_ring_count,
)

FOUR_KINDS = kinds_with(
    Arson=((30, 3), (40, 35), (15, 12), (17, 15)),
    Robbery=((50, 41), (90, 85), (30, 31), (33, 30)),
)


def with_outcomes(kinds, *named):
    """Return an evaluation of all kinds with further outcomes, each the sum of some kinds."""
    evaluation = of_all_kinds(kinds)
    found = [evaluation.primary]
    for offences in named:
        sums = [
            [sum(kinds[kind][group][when] for kind in offences) for when in (0, 1)]
            for group in (0, 1)
        ]
        cells = replace(
            evaluation.primary.cells,
            treated=replace(evaluation.primary.cells.treated, before=sums[0][0], after=sums[0][1]),
            comparison=replace(
                evaluation.primary.cells.comparison, before=sums[1][0], after=sums[1][1]
            ),
        )
        name = " and ".join(offences)
        outcome = replace(evaluation.primary.outcome, name=name, offences=tuple(offences))
        comparison = compare_before_after(cells, outcome=name)
        found.append(
            replace(evaluation.primary, outcome=outcome, cells=cells, comparison=comparison)
        )
    return replace(evaluation, outcomes=_with_holm(tuple(found)))


@pytest.mark.parametrize("is_named", [True, False])
def test_what_outcomes_leave_of_all_kinds_is_not_small(is_named):
    # 534 of all kinds, 490 of two and 41 of the third leave 3 for arson, named or not.
    arson: list[list[str]] = [["Arson"]] if is_named else []
    evaluation = with_outcomes(FOUR_KINDS, ["Burglary", "Theft"], ["Robbery"], *arson)

    safe: Any = protect_evaluation(evaluation, rule=RULE)

    shown = set() if safe.outcomes is None else set(safe.outcomes.row_labels)
    assert not {"Burglary and Theft", "Robbery"} <= shown
    assert safe.counts.value("treated", "after") == 534


def test_an_outcome_does_not_show_the_companion_of_a_small_kind():
    evaluation = with_outcomes(FOUR_KINDS, ["Robbery"])

    safe: Any = protect_evaluation(evaluation, rule=RULE)

    both = [
        None if table is None else table.cell_text("Robbery", "treated after")
        for table in (safe.outcomes, safe.kinds)
    ]
    assert "[c]" not in both or "41" not in both


def test_harm_does_not_tell_what_it_leaves_of_all_kinds():
    kinds = kinds_with(Arson=((30, 3), (40, 35), (15, 12), (17, 15)))
    evaluation = of_all_kinds(kinds)
    no_kinds = replace(evaluation.primary, kind_counts={}, by_kind={})
    harm = example_evaluation(kinds=kinds).harm_cells
    assert set(harm) == {"Burglary", "Theft"}

    safe: Any = protect_evaluation(
        replace(evaluation, outcomes=(no_kinds,), harm_cells=harm), rule=RULE
    )

    assert safe.harm is None


def test_enough_of_every_kind_keeps_every_table():
    kinds = kinds_with(Arson=((30, 28), (40, 35), (15, 12), (17, 15)))

    safe: Any = protect_evaluation(with_outcomes(kinds, ["Burglary"], ["Arson"]), rule=RULE)

    assert safe.outcomes is not None
    assert safe.kinds is not None


def test_the_p_value_for_all_outcomes_does_not_tell_of_one_that_is_hidden(tmp_path):
    # 2 * p of the hidden outcome would be the adjusted value of the one that is shown.
    evaluation: Any = with_outcomes(FOUR_KINDS, ["Arson"])
    publish_evaluation(evaluation, out=tmp_path / "report", formats=["html"])

    record = json.loads((tmp_path / "report" / "evaluation.json").read_text("utf-8"))
    assert [one["estimates"][0]["estimate"] is None for one in record["outcomes"]] == [False, True]
    assert [one["p_holm"] for one in record["outcomes"]] == [None, None]


def test_the_register_does_not_say_what_was_found_from_hidden_counts():
    evaluation = with_ring_count(example_evaluation(), "ring", 3)
    moved = UnintendedEffect.MOVED_NEARBY
    register = unintended_effects({moved: Found(what="More.", how="Rings.")})

    told = told_in(replace(evaluation, register=register), rule=RULE)

    entry = next(one for one in told.evaluation.register.entries if one.effect is moved)
    assert isinstance(entry.looked, NotLookedFor)
    assert "hidden" in str(entry.looked.why)


def test_the_register_names_no_kind_whose_counts_are_hidden():
    kinds = kinds_with(Arson=((2, 60), (40, 41), (15, 12), (17, 15)))
    evaluation = example_evaluation(kinds=kinds)
    moved = UnintendedEffect.MOVED_TO_OTHER_KINDS
    register = unintended_effects({moved: Found(what="Arson.", how="Kinds.")})

    told = told_in(replace(evaluation, register=register), rule=RULE)

    entry = next(one for one in told.evaluation.register.entries if one.effect is moved)
    assert isinstance(entry.looked, NotFound)
