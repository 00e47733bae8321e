"""Every method has a page that says what it answers, and when not to use it."""

import importlib
import inspect
import re

import pytest

from forestall.norms import read_coverage
from forestall.results import Result
from tests.documentation.blocks import ROOT

EXPLANATIONS = ROOT / "docs" / "explanation"
PAGES = sorted(EXPLANATIONS.glob("*.md"))
SECTIONS = ("What it answers", "Assumptions", "When not to use it", "Source", "Example")
VERBS = ("measure_", "find_", "assess_", "classify_", "compare_", "rank_", "estimate_", "match_")
EVALUATING = ("forestall.evaluation", "forestall.evaluation.costs")
LEARNING = (
    "forestall.evidence",
    "forestall.evidence.synthesis",
    "forestall.evidence.appraisal",
    "forestall.evidence.sources",
)
PLANNING = ("forestall.plan", "forestall.safeguards")
STAGES = ("forestall.diagnosis", *EVALUATING, *LEARNING, *PLANNING)


def methods(*stages):
    return [
        f"{stage}.{name}"
        for stage in stages
        for name in importlib.import_module(stage).__all__
        if is_method(getattr(importlib.import_module(stage), name))
    ]


def is_method(thing):
    """Say whether this is a function that measures something or answers with a result."""
    if not inspect.isfunction(thing):
        return False
    answer = thing.__globals__.get(inspect.signature(thing).return_annotation)
    answers = inspect.isclass(answer) and (issubclass(answer, Result) or is_told(answer))
    return answers or thing.__name__.startswith(VERBS)


def is_told(answer):
    """Say whether an answer of the stages that plan tells itself in words, like a result."""
    return answer.__module__.startswith(PLANNING) and inspect.isfunction(
        getattr(answer, "summary", None)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_all_that_a_method_owes(page):
    if page.stem == "index":
        return
    heads = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    missing = [part for part in SECTIONS if not any(part.lower() in head.lower() for head in heads)]
    assert not missing


@pytest.mark.parametrize("method", methods(*STAGES))
def test_a_method_has_a_page(method):
    named = [page.stem for page in PAGES if f"{method}`" in page.read_text("utf-8")]

    assert len(named) == 1, f"{method} is named on {named}"


@pytest.mark.parametrize("method", methods(*EVALUATING, *LEARNING, *PLANNING))
def test_a_method_of_evaluation_serves_a_provision(method):
    assert method in {command for row in read_coverage() for command in row.commands}


def test_every_answer_on_a_plan_is_looked_at():
    found = {name.rpartition(".")[2] for name in methods(*PLANNING)}

    assert found == {
        "check_plan", "check_rights", "compare_plans", "duties_due", "duties_of",
        "indicator_progress", "plan_budget", "who_does_what",
    }  # fmt: skip


def test_every_kind_of_evaluation_is_looked_at():
    found = {name.rpartition(".")[2] for name in methods(*EVALUATING)}

    assert found >= {"describe_design", "plan_evaluation", "randomise_places", "analyse_trial"}
    assert found >= {"permute_places", "unintended_effects", "weigh_costs_and_benefits"}
