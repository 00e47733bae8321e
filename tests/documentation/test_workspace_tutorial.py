"""Pages on the workspace name links, buttons and fields as they are called there."""

import re

import pytest

from scripts.extract_sentences import find_sentences
from tests.documentation.blocks import ROOT

DOCS = ROOT / "docs"


def words_in_bold(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    return {" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}


@pytest.fixture(scope="module")
def said():
    return {text for one in find_sentences() for text in one.texts}


@pytest.mark.parametrize(
    ("page", "least"),
    [("tutorial-workspace.md", 30), ("how-to/fill-a-national-reply-together.md", 12)],
)
def test_what_stands_in_bold_is_on_the_pages(page, least, said):
    named = words_in_bold(page) - {"bold"}

    assert len(named) > least
    assert named - said == set()
