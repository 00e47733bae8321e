"""The tutorial of the workspace names links, buttons and fields as they are called there."""

import re

from scripts.extract_sentences import find_sentences
from tests.documentation.blocks import ROOT

PAGE = ROOT / "docs" / "tutorial-workspace.md"


def words_in_bold():
    text = PAGE.read_text(encoding="utf-8")
    return {" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}


def test_what_stands_in_bold_is_on_the_pages():
    said = {text for one in find_sentences() for text in one.texts}
    named = words_in_bold() - {"bold"}

    assert len(named) > 30
    assert named - said == set()
