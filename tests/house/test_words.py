"""No sentence uses a word that frightens, blames or ranks; the list is in the documentation."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import PACKAGE, ROOT, Sentence, place_of, project_files, sentences

LIST = ROOT / "docs" / "reference" / "words.md"
TEXTS = {".py", ".html", ".jinja", ".j2", ".md", ".toml", ".txt", ".svg"}


def words_not_used():
    """Return the words of the first table of the page on words, one expression each."""
    table = LIST.read_text(encoding="utf-8").split("## Not used", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| (?!word )([a-z][a-z -]+?) \|", table, re.MULTILINE)


def pattern_of(words):
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?:s|es|ed|ing)?\b", re.IGNORECASE)


def read_texts():
    for path in project_files():
        spoken_by_the_package = path.is_relative_to(PACKAGE) and path.suffix in TEXTS
        page = path.suffix == ".md" and path != LIST
        if spoken_by_the_package or page:
            yield from sentences(path)


def test_the_list_is_read():
    assert {"crime wave", "soar", "worst"} <= set(words_not_used())


@pytest.mark.parametrize("text", ["Burglary soars", "The worst area", "a Crime Wave"])
def test_such_words_are_found(text):
    assert pattern_of(words_not_used()).search(text)


def test_no_sentence_uses_such_a_word():
    pattern = pattern_of(words_not_used())
    found = [
        f"{sentence.place}: {hit.group()}"
        for sentence in read_texts()
        if (hit := pattern.search(sentence.text))
    ]

    assert not found, f"See {place_of(LIST)} for what to write: {found}"


def test_docstrings_are_not_taken_for_sentences(tmp_path):
    module = ROOT / "src" / "forestall" / "errors.py"

    found = [sentence for sentence in sentences(module) if isinstance(sentence, Sentence)]

    assert [one for one in found if one.text] == []
