"""The PDF in each language: its tag, its direction, its standards, its numbers."""

from __future__ import annotations

import re

import pytest

from forestall.languages import message, use_language
from forestall.publication.blocks import Paragraph
from forestall.publication.pdf import STANDARD, write_pdf
from tests.publication.builders import example_document
from tests.publication.pdf_reading import DAY, needs_poppler, opened, poppler, printed


def test_an_arabic_report_runs_from_right_to_left_and_keeps_the_standards():
    with use_language("ar"):
        made = write_pdf(example_document(), made_on=DAY)

    document = opened(made)
    assert made.standard == STANDARD
    assert str(document.Root.Lang) == "ar"
    assert str(document.Root.ViewerPreferences.Direction) == "/R2L"


@pytest.mark.parametrize("tag", ["es", "fr", "ru", "zh"])
def test_a_report_in_each_language_keeps_the_standards(tag):
    with use_language(tag):
        made = write_pdf(example_document(), made_on=DAY)

    assert made.standard == STANDARD
    with opened(made) as document:
        assert str(document.Root.Lang) == tag


@needs_poppler
def test_a_number_in_arabic_text_does_not_turn_round():
    with use_language("ar"):
        made = printed(Paragraph((message("بين {low} و{high}", low=-12, high=14.5),)))
        placed = poppler("pdftotext", made, "-bbox")

    places = {
        word: float(left)
        for left, word in re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]*)</word>', placed)
    }
    whole = [word for word in places if "12" in word]
    assert whole
    assert "\N{MINUS SIGN}12" in whole[0]
