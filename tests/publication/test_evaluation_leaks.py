"""Nothing hidden in an evaluation follows from its files: not from sums, not from ratios."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.diagnosis import Unanswered
from forestall.disclosure import Status, rule_named, search_differences
from forestall.evaluation import assess_displacement, compare_before_after
from forestall.evaluation.programmes.found import Method
from forestall.languages import message
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation
from forestall.publication.protected_evaluation import protect_evaluation, told_in
from forestall.publication.protected_evaluation.links import what_follows
from forestall.publication.protected_evaluation.offences import links_of_offences

RULE = rule_named("threshold-5")
MANY = {
    "Burglary": ((240, 168), (610, 598), (180, 171), (205, 201)),
    "Theft": ((310, 322), (800, 815), (260, 270), (290, 300)),
}


def kinds_with(**more):
    return {**MANY, **more}


def few_after(number):
    """A kind with a small number after, in treated places, and otherwise many."""
    return kinds_with(Arson=((20, number), (40, 35), (15, 12), (17, 15)))


def numbers_in(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_small_kind_has_no_ratio_from_which_it_could_be_worked_out(number):
    safe: Any = protect_evaluation(example_evaluation(kinds=few_after(number)), rule=RULE)

    frame = safe.kinds.frame
    rows = frame[(frame["kind"] == "Arson") & (frame["cell"] == "treated after")]
    assert safe.kinds.cell_text("Arson", "treated after") == "<5"
    assert rows[["ratio", "low", "high", "certainty"]].isna().all(axis=None)


@pytest.mark.parametrize("small", range(4))
def test_a_kind_has_no_ratio_whichever_of_its_four_counts_is_small(small):
    counts = [20, 21, 40, 35]
    counts[small] = 3
    arson = ((counts[0], counts[1]), (counts[2], counts[3]), (15, 12), (17, 15))

    safe: Any = protect_evaluation(example_evaluation(kinds=kinds_with(Arson=arson)), rule=RULE)

    frame = safe.kinds.frame
    rows = frame[(frame["kind"] == "Arson") & (frame["cell"] == "treated after")]
    assert rows["ratio"].isna().all()


def test_a_small_kind_has_a_companion_where_the_total_of_all_kinds_is_printed():
    evaluation = of_all_kinds(few_after(3))

    safe: Any = protect_evaluation(evaluation, rule=RULE)

    cells = [safe.kinds.cell_text(kind, "treated after") for kind in safe.kinds.row_labels]
    assert safe.counts.value("treated", "after") == 168 + 322 + 3
    assert sorted(text for text in cells if not text.isdigit()) == ["<5", "[c]"]


def of_all_kinds(kinds):
    """Return an evaluation whose outcome is all kinds together, without rings and months."""
    evaluation = example_evaluation(kinds=kinds)
    primary = evaluation.primary
    sums = [
        tuple(sum(counts[group][when] for counts in kinds.values()) for when in (0, 1))
        for group in (0, 1)
    ]
    cells = replace(
        primary.cells,
        treated=replace(primary.cells.treated, before=sums[0][0], after=sums[0][1]),
        comparison=replace(primary.cells.comparison, before=sums[1][0], after=sums[1][1]),
    )
    gone = Unanswered(reason=message("No answer."))
    found = replace(
        primary,
        outcome=replace(primary.outcome, name="All", offences=()),
        cells=cells,
        comparison=compare_before_after(cells, outcome="All"),
        series=gone,
        displacement=gone,
        ring_counts=None,
    )
    return replace(evaluation, outcomes=(found,), harm_cells={})


@pytest.mark.parametrize("group", ["treated", "comparison", "ring", "comparison ring"])
def test_a_ratio_is_missing_as_soon_as_one_of_its_four_counts_is_hidden(group):
    evaluation = with_ring_count(example_evaluation(), group, 3)

    safe: Any = protect_evaluation(evaluation, rule=RULE)

    frame = safe.counts.frame
    hidden = frame["incidents"].isna()
    told = frame[frame["ratio"].notna()]
    assert int(hidden.sum()) == 1
    for label in told["where"]:
        needed = [label, "comparison", f"comparison {label}"]
        of_it = frame[frame["where"].isin(needed)]
        assert of_it["incidents"].notna().all()


def with_ring_count(evaluation, group, number):
    """Put a small number in the place of one count of the evaluation, and estimate anew."""
    primary = evaluation.primary
    counts = primary.ring_counts.copy()
    name, ring = ("comparison", 1) if group == "comparison ring" else (group, 0)
    if group == "ring":
        name, ring = "treated", 1
    at = (counts["group"] == name) & (counts["ring"] == ring) & (counts["when"] == "after")
    counts.loc[at, "incidents"] = number
    cells = primary.cells
    if group in ("treated", "comparison"):
        changed = replace(getattr(cells, group), after=number)
        cells = replace(cells, **{group: changed})
    found = replace(
        primary,
        cells=cells,
        ring_counts=counts,
        comparison=compare_before_after(cells, outcome="Burglary"),
        displacement=assess_displacement(counts, outcome="Burglary"),
        series=Unanswered(reason=message("No months.")),
        kind_counts={},
        by_kind={},
    )
    return replace(evaluation, outcomes=(found,))


def candidates(shown, ratio, *, digits):
    """Return the four counts that a reader with a ratio of so many digits can think of."""
    return [
        few
        for few in range(1, 5)
        if abs(float(f"{few / shown[0] / (shown[2] / shown[1]):.{digits}g}") - ratio) < 1e-12
    ]


def test_the_attack_would_work_on_a_ratio_that_was_not_left_out():
    ratio = float(f"{3 / 20 / (35 / 40):.4g}")

    assert candidates((20, 40, 35), ratio, digits=4) == [3]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_number_of_any_file_is_the_ratio_of_a_hidden_count(tmp_path, number):
    evaluation = example_evaluation(kinds=few_after(number))
    published = publish_evaluation(evaluation, out=tmp_path / "report", made_on=date(2026, 1, 5))

    files = [path for path in published.folder.rglob("*") if path.suffix in (".json", ".csv")]
    ratio = (number / 20) / (35 / 40)
    wanted = {float(f"{x:.{d}g}") for x in (ratio, np.log(ratio)) for d in (3, 4, 5)}
    expected = {float(f"{20 * 35 / 40:.{d}g}") for d in (3, 4)}
    found = set()
    for path in files:
        text = path.read_text("utf-8")
        found |= {float(one) for one in re.findall(r"-?\d+\.\d+", text)}
    assert len(files) > 4
    assert not wanted & found
    assert not {one for one in expected if one != int(one)} & found


def test_months_with_few_are_joined_until_none_is_hidden():
    safe: Any = protect_evaluation(example_evaluation(), rule=RULE)

    assert safe.months_joined == 3
    assert (safe.months.status == Status.SHOWN).all()
    assert safe.months.frame["incidents"].sum() == 240 + 168


def test_without_any_way_to_join_them_there_is_no_series_and_its_effect_is_not_told():
    few = kinds_with(Burglary=((12, 3), (30, 28), (6, 5), (9, 8)))
    told = told_in(example_evaluation(kinds=few), rule=RULE)

    assert told.safe.months is None
    assert not told.may_tell("series")
    assert not told.may_tell(Method.INTERRUPTED_SERIES)
    assert not told.may_tell("comparison")
    assert not told.may_tell("costs")


def test_harm_is_not_told_when_one_of_its_kinds_is_hidden():
    few = kinds_with(Theft=((31, 4), (80, 81), (26, 27), (29, 30)))

    assert protect_evaluation(example_evaluation(), rule=RULE).harm is not None
    assert protect_evaluation(example_evaluation(kinds=few), rule=RULE).harm is None


def test_an_outcome_that_differs_by_few_from_the_first_is_left_out():
    evaluation = example_evaluation()
    more = replace(
        evaluation.primary,
        outcome=replace(evaluation.primary.outcome, name="Burglary and arson"),
        cells=replace(
            evaluation.primary.cells,
            treated=replace(evaluation.primary.cells.treated, after=171),
        ),
    )
    safe: Any = protect_evaluation(
        replace(evaluation, outcomes=(evaluation.primary, more)), rule=RULE
    )

    assert safe.outcomes is None


def test_sentences_with_numbers_of_hidden_counts_are_left_out():
    few = kinds_with(Burglary=((12, 3), (30, 28), (6, 5), (9, 8)))
    evaluation: Any = example_evaluation(kinds=few)
    told = told_in(evaluation, rule=RULE)
    caveats = evaluation.primary.comparison.caveats

    with_numbers = [one for one in caveats if "times" in one.values]
    assert with_numbers
    assert not set(with_numbers) & set(told.safe_to_say(caveats))
    assert told.safe_to_say(caveats)


def test_the_record_tells_no_estimate_whose_counts_are_hidden(tmp_path):
    few = kinds_with(Burglary=((12, 3), (30, 28), (6, 5), (9, 8)))
    publish_evaluation(example_evaluation(kinds=few), out=tmp_path / "report")

    record = json.loads((tmp_path / "report" / "evaluation.json").read_text("utf-8"))
    assert [one["estimate"] for one in record["outcomes"][0]["estimates"]] == [None, None, None]
    assert record["harm"]["estimate"] is None
    assert record["costs"] is None


def test_the_record_has_no_more_digits_than_four(tmp_path):
    publish_evaluation(example_evaluation(), out=tmp_path / "report")

    record = json.loads((tmp_path / "report" / "evaluation.json").read_text("utf-8"))
    for estimate in record["outcomes"][0]["estimates"]:
        for number in numbers_in(estimate):
            assert number == float(f"{number:.4g}")
    for number in numbers_in(record["costs"]["inputs"]):
        assert number == float(f"{number:.4g}")


small = st.integers(0, 9)
large = st.integers(20, 400)


@st.composite
def some_kinds(draw):
    def kind(count):
        return tuple((draw(count), draw(count)) for _ in range(4))

    names = ["Theft", "Arson", "Damage", "Robbery"][: draw(st.integers(1, 4))]
    return {
        "Burglary": kind(large),
        **{name: kind(st.one_of(small, large)) for name in names},
    }


@settings(max_examples=25, deadline=None)
@given(some_kinds())
def test_nothing_hidden_follows_from_all_tables_together(kinds):
    evaluation = example_evaluation(kinds=kinds)

    safe: Any = protect_evaluation(evaluation, rule=RULE)

    links = links_of_offences(safe.tables, evaluation)
    step = safe.months_joined
    assert what_follows(safe.tables, evaluation.primary, step=step, more=links) == ()
    assert search_differences(list(safe.tables.values())) == ()


@settings(max_examples=15, deadline=None)
@given(some_kinds())
def test_every_ratio_follows_from_numbers_that_are_shown(kinds):
    safe: Any = protect_evaluation(example_evaluation(kinds=kinds), rule=RULE)
    if safe.kinds is None:
        return

    frame = safe.kinds.frame
    for _, row in frame[frame["ratio"].notna()].iterrows():
        where = str(row["cell"]).removesuffix(" after")
        against = "comparison" if where == "treated" else "comparison around"
        cells = itertools.product((where, against), ("before", "after"))
        names = [f"{group} {when}" for group, when in cells]
        shown = frame[(frame["kind"] == row["kind"]) & frame["cell"].isin(names)]
        assert shown["incidents"].notna().all()
