"""The report of an evaluation says what it must, in every state of the answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forestall.diagnosis import Unanswered
from forestall.evaluation.programmes.plans import PlanCheck
from forestall.evaluation.specification import Approach
from forestall.languages import message
from forestall.publication import publish_evaluation, publish_plan, republish
from forestall.publication.blocks import Box, Chart, Details, WordTable
from forestall.publication.evaluation_example import (
    example_evaluation,
    example_plan,
    example_specification,
)
from forestall.publication.evaluation_report.kinds import fitting_rows
from forestall.publication.pictures import IntervalRow
from forestall.publication.publish_programmes import evaluation_publication

DAY = date(2026, 1, 5)


def document_of(evaluation):
    return evaluation_publication(evaluation, made_on=DAY).document


def blocks_of(document, section):
    def inside(blocks):
        for block in blocks:
            yield block
            if isinstance(block, Details):
                yield from inside(block.blocks)

    return list(inside(next(one for one in document.sections if one.id == section).blocks))


def page_of(evaluation, folder):
    return publish_evaluation(evaluation, out=folder / "report", made_on=DAY).page.read_text(
        "utf-8"
    )


def test_the_sections_stand_in_their_order_whatever_has_an_answer():
    gone = Unanswered(reason=message("No answer."))
    evaluation = example_evaluation()
    nothing = replace(
        evaluation,
        harm=gone,
        costs=gone,
        outcomes=(
            replace(
                evaluation.primary,
                comparison=gone,
                series=gone,
                displacement=gone,
                by_kind={},
                kind_counts={},
                ring_counts=None,
                specifications=(),
            ),
        ),
    )

    names = [section.id for section in document_of(evaluation).sections]

    assert names == [section.id for section in document_of(nothing).sections]
    assert names == [
        "brief", "done", "planned", "happened", "elsewhere", "harm", "people", "equity", "side",
        "money", "sure", "change", "made",
    ]  # fmt: skip


def test_a_placebo_is_named_in_the_title_and_in_the_first_box():
    document = document_of(example_evaluation(is_placebo=True))

    first = document.sections[0].blocks[0]
    assert str(document.title).startswith("Placebo: ")
    assert isinstance(first, Box)
    assert str(first.title) == "This is a placebo"


def test_a_title_that_says_placebo_does_not_say_it_twice():
    document = document_of(example_evaluation(is_placebo=True, title="A placebo of gates"))

    assert str(document.title) == "A placebo of gates"


def test_law_enforcement_is_marked_as_outside_the_guidelines_and_not_recommended(tmp_path):
    done = replace(example_specification().intervention, approach=Approach.LAW_ENFORCEMENT)

    page = page_of(example_evaluation(intervention=done), tmp_path)

    assert "2002/13, paragraph 3" in page
    assert "not recommended" in page


def test_five_to_seven_findings_end_with_how_far_the_measure_is_the_reason():
    findings = evaluation_publication(example_evaluation(), made_on=DAY).findings

    assert 5 <= len(findings) <= 7
    assert "not proven" in str(findings[-1])


def test_a_changed_plan_is_visible_key_by_key(tmp_path):
    evaluation: Any = example_evaluation()

    page = page_of(evaluation, tmp_path)

    assert "Done otherwise than planned" in page
    assert "150, 150" in page
    assert evaluation.plan.record.sha256 in page


def test_without_a_plan_the_report_says_so_and_how_to_make_one():
    none = PlanCheck(record=None, changes=(), is_late=False)

    document = document_of(replace(example_evaluation(), plan=none))

    box = blocks_of(document, "planned")[0]
    assert isinstance(box, Box)
    assert box.command == "forestall plan-evaluation SPEC.toml"


def test_the_ratio_stands_at_every_variance_with_what_could_have_been_seen():
    charts = [
        b for b in blocks_of(document_of(example_evaluation()), "happened") if isinstance(b, Chart)
    ]

    behind = charts[0].behind
    assert isinstance(behind, WordTable)
    assert [str(row[0]) for row in behind.rows] == ["1", "1", "2", "4"]
    assert "Smallest fall" in str(behind.heads[4])


def test_a_null_result_comes_with_the_smallest_fall_that_could_have_been_found():
    kinds = {
        "Burglary": ((60, 57), (150, 149), (50, 49), (55, 54)),
        "Theft": ((310, 322), (800, 815), (260, 270), (290, 300)),
    }
    document = document_of(example_evaluation(kinds=kinds))

    first = str(evaluation_publication(example_evaluation(kinds=kinds)).findings[0])
    boxes = [b for b in blocks_of(document, "happened") if isinstance(b, Box)]
    assert "cannot be told from chance" in first
    assert "four times in five" in first
    assert any("four times in five" in str(box.sentences[0]) for box in boxes)


def test_what_nobody_looked_for_stays_visible_in_the_register():
    document = document_of(example_evaluation())

    table = next(b for b in blocks_of(document, "side") if isinstance(b, WordTable))
    empty = [row for row in table.rows if str(row[3]) == "Nobody looked."]
    assert len(table.rows) == 20
    assert len(empty) == 18


def test_benefits_over_costs_are_never_a_bare_number(tmp_path):
    page = page_of(example_evaluation(), tmp_path)

    start = page.index("Benefits over costs.")
    said = page[start : start + 200]
    assert "worth of prevented crime over cost of the programme" in said
    assert "to" in said


@pytest.mark.parametrize("section", ["happened", "elsewhere", "money"])
def test_every_chart_has_an_alternative_text_and_a_table_behind_it(section):
    charts = [
        b for b in blocks_of(document_of(example_evaluation()), section) if isinstance(b, Chart)
    ]

    assert charts
    for chart in charts:
        assert str(chart.alt).endswith("Table below.")
        assert chart.behind is not None


def test_the_folder_can_be_published_once_more_in_another_language(tmp_path):
    publish_evaluation(example_evaluation(), out=tmp_path / "report", made_on=DAY)
    before = (tmp_path / "report" / "evaluation.json").read_bytes()

    made = republish(tmp_path / "report", languages=["fr"], formats=["pdf"])

    assert {"fr/index.html", "fr/report.pdf", "fr/report.json"} <= set(made.paths)
    assert (tmp_path / "report" / "evaluation.json").read_bytes() == before
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert 'href="evaluation.json"' in page


def test_writing_it_once_more_gives_the_same_bytes(tmp_path):
    publish_evaluation(
        example_evaluation(), out=tmp_path / "report", made_on=DAY, formats=["docx", "xlsx"]
    )
    files = {p: p.read_bytes() for p in (tmp_path / "report").rglob("*") if p.is_file()}

    republish(tmp_path / "report")

    assert {path: path.read_bytes() for path in files} == files


def test_the_numbers_of_the_report_hold_what_it_says(tmp_path):
    publish_evaluation(example_evaluation(), out=tmp_path / "report", made_on=DAY)

    numbers = json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))
    assert numbers["kind"] == "forestall-evaluation-report"
    assert set(numbers["tables"]) == {
        "evaluated_counts", "treated_months", "moved_kinds", "harm_kinds",
    }  # fmt: skip
    assert len(numbers["findings"]) == 7


def test_the_indicators_of_an_evaluation_are_counts_by_place_and_time(tmp_path):
    publish_evaluation(example_evaluation(), out=tmp_path / "report", formats=["sdmx"])

    lines = (tmp_path / "report" / "sdmx" / "indicators.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + 16
    assert any("2021-01-01/P24M" in line and ",240," in line for line in lines)


def test_a_plan_shows_what_it_binds_and_its_checksum(tmp_path):
    plan, spec = example_plan(), example_specification()

    published = publish_plan(plan, spec, out=tmp_path / "plan", formats=["pdf"])

    page = published.page.read_text("utf-8")
    assert plan.sha256 in page
    assert "What the plan binds" in page
    assert (tmp_path / "plan" / "plan.json").read_text("utf-8") == plan.to_json()
    assert republish(tmp_path / "plan", languages=["es"]).paths[-1] == "es/report.json"


def test_treated_places_are_named_and_not_only_numbered():
    named = replace(example_evaluation(), treated_names=("Near West Side", "Austin"))

    facts = str(blocks_of(document_of(named), "done"))

    assert "Near West Side" in facts
    assert "Austin" in facts


def test_a_chart_of_many_kinds_keeps_what_was_aimed_at_and_the_surest():
    rows = [
        IntervalRow(words=f"kind {at}", shown="", number=0.0, low=-at / 50, high=at / 50, style=0)
        for at in range(1, 31)
    ]
    rows.append(IntervalRow(words="hidden", shown="not shown", style=0))
    rows.append(IntervalRow(words="aimed at", shown="not shown", style=1))

    drawn = [str(row.words) for row in fitting_rows(rows)]

    assert drawn == [*(f"kind {at}" for at in range(1, 18)), "aimed at"]
    assert fitting_rows(rows[:9]) == tuple(rows[:9])
