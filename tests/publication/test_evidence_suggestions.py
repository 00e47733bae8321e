"""The page of suggestions shows openly what a measure needs, costs, and what speaks against it."""

from __future__ import annotations

from datetime import date

import pytest

from forestall.evidence.profiles import ProblemProfile
from forestall.evidence.suggestions import suggest_interventions
from forestall.evidence.vocabulary import Problem, Setting
from forestall.publication.blocks import Details, Items, Link, Paragraph, Strong, WordTable
from forestall.publication.evidence_pages import build_suggestion_page

FOUND = suggest_interventions(
    ProblemProfile(problem=Problem.BURGLARY, settings=(Setting.TERRACED_HOUSING,))
)
PAGE = build_suggestion_page(FOUND, made_on=date(2026, 1, 5), command="forestall evidence suggest")
SECTIONS = {section.id: section for section in PAGE.sections}


def titles_of(blocks):
    strong = [
        str(block.runs[0].text)
        for block in blocks
        if isinstance(block, Paragraph) and isinstance(block.runs[0], Strong)
    ]
    return [*strong, *(str(block.title) for block in blocks if isinstance(block, WordTable))]


def after(blocks, title):
    """Return the block that follows each title."""
    return [
        blocks[at + 1]
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and isinstance(block.runs[0], Strong)
        and str(block.runs[0].text) == title
    ]


@pytest.mark.parametrize("section", ["test", "untested"])
@pytest.mark.parametrize(
    "title", ["What speaks for it", "What it needs, and what would rule it out", "What it costs"]
)
def test_reasons_needs_and_cost_stand_openly_under_each_measure(section, title):
    blocks = SECTIONS[section].blocks
    measures = sum(isinstance(block, Details) for block in blocks)
    assert measures
    assert titles_of(blocks).count(title) == measures


def test_reasons_for_and_against_are_two_lists():
    blocks = SECTIONS["test"].blocks
    first_for, first_against = (
        after(blocks, title)[0] for title in ("What speaks for it", "What speaks against it")
    )
    assert isinstance(first_for, Items)
    assert isinstance(first_against, Items)
    assert not {str(one.text) for one in first_for.items} & {
        str(one.text) for one in first_against.items
    }


def test_a_cost_stands_with_its_source():
    tables = [one for one in SECTIONS["test"].blocks if isinstance(one, WordTable)]
    note, source = tables[0].rows[0]
    assert "GBP 1.86" in str(note)
    assert isinstance(source, Link)
    assert source.target.startswith("https://")


def test_for_what_nobody_tested_the_evaluation_is_planned_openly():
    blocks = SECTIONS["untested"].blocks
    plans = after(blocks, "Plan the evaluation")
    assert len(plans) == sum(isinstance(block, Details) for block in blocks)
    assert "comparison places" in str([str(one.text) for one in plans[0].items])
