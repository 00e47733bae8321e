"""Every method has a page that says what it answers, and when not to use it."""

import re

import pytest

import forestall.diagnosis
from tests.documentation.blocks import ROOT

EXPLANATIONS = ROOT / "docs" / "explanation"
PAGES = sorted(EXPLANATIONS.glob("*.md"))
SECTIONS = ("What it answers", "Assumptions", "When not to use it", "Source", "Example")
VERBS = ("measure_", "assess_", "find_", "compare_", "rank_")


def methods():
    return [name for name in forestall.diagnosis.__all__ if name.startswith(VERBS)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_all_that_a_method_owes(page):
    if page.stem == "index":
        return
    heads = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    missing = [part for part in SECTIONS if not any(part.lower() in head.lower() for head in heads)]
    assert not missing


@pytest.mark.parametrize("method", methods())
def test_a_method_has_a_page(method):
    named = [page for page in PAGES if f"forestall.diagnosis.{method}`" in page.read_text("utf-8")]

    assert len(named) == 1
