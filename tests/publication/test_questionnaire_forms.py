"""An empty form asks on paper what the definition asks, no more and no less."""

from __future__ import annotations

import io
import zipfile

import pytest

from forestall.languages import use_language
from forestall.publication.blanks import Asked, Blank, EmptyTable, TickBoxes, WritingRoom
from forestall.publication.docx import write_docx
from forestall.publication.html import write_html
from forestall.publication.pdf import STANDARD, write_pdf
from forestall.publication.questionnaire_pages import build_form
from forestall.questionnaires import read_definition, read_definitions

ASKED = read_definition("2006-20")


def blocks_of(asked):
    return [block for section in build_form(asked).sections for block in section.blocks]


def after(number, kind, asked=ASKED):
    """Return the first block of a kind under the question of a number."""
    blocks = blocks_of(asked)
    at = next(at for at, one in enumerate(blocks) if getattr(one, "number", "") == number)
    return next(one for one in blocks[at + 1 :] if isinstance(one, kind))


def boxes_in(blocks):
    ticked = sum(len(one.boxes) for one in blocks if isinstance(one, TickBoxes))
    rows = [row for one in blocks if isinstance(one, EmptyTable) for row in one.rows]
    return ticked + sum(cell is Blank.BOX for row in rows for cell in row)


@pytest.mark.parametrize("asked", read_definitions(), ids=lambda asked: asked.key)
def test_every_question_is_asked_once_with_the_boxes_that_it_offers(asked):
    blocks = blocks_of(asked)

    heads = [str(one.text) for one in blocks if isinstance(one, Asked)]
    heads += [str(row[0]) for one in blocks if isinstance(one, EmptyTable) for row in one.rows]
    for item in asked.items:
        assert any(item.prompt["en"] in head for head in heads), item.key
    questions = [one for one in heads if one != str(Blank.ROOM)]
    assert len(questions) == len(asked.items)
    assert boxes_in(blocks) == sum(len(item.choices) + len(item.marks) for item in asked.items)


def test_levels_of_government_share_a_table_and_a_box_stands_only_where_it_is_offered():
    table = after("4(c)", EmptyTable)

    assert [str(head) for head in table.heads] == [
        "Level of government", "yes", "yes, in part", "no", "not applicable",
    ]  # fmt: skip
    assert [row[4] for row in table.rows] == [Blank.NOTHING, Blank.BOX, Blank.NOTHING]


def test_conditions_are_said_in_words():
    blocks = blocks_of(ASKED)
    told = [str(getattr(one, "lead", "")) for one in blocks] + [
        str(run) for one in blocks for run in getattr(one, "runs", ())
    ]

    assert "If “yes” to 2(b) or 2(c): Specify (one shared field for (b) and (c))." in told
    assert "If “yes”, go on with “Is it set in law?” as well." in told
    assert str(after("2(a)", Asked).when) == "Only if 2(a) is answered with “yes”."
    assert after("2(b)", WritingRoom) == after("2(c)", WritingRoom)


def test_word_holds_boxes_to_click_from_right_to_left():
    with use_language("ar"):
        file = zipfile.ZipFile(io.BytesIO(write_docx(build_form(ASKED))))
    written = file.read("word/document.xml").decode()

    offered = sum(len(item.choices) + len(item.marks) for item in ASKED.items)
    assert written.count("<w14:checkbox") == offered
    assert "<w:bidi/>" in written
    assert "هل اعتُمدت سياسات أو استراتيجيات للمنع؟" in written


def test_print_keeps_to_the_standards_and_names_the_address():
    form = build_form(read_definition("1997-34"), address="https://prevention.example/returns/")

    with use_language("zh"):
        assert write_pdf(form, made_on=read_definition("1997-34").dated).standard == STANDARD
    assert "https://prevention.example/returns/" in write_html(form)
