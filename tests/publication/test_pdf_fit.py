"""Tables fit the page: every column is printed once, and no part is wider than the paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forestall.languages import use_language
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.cells import Cell, CellKind, Row
from forestall.publication.pdf.fit import PAGE_PT, SIDEWAYS_PT, fit_table
from forestall.publication.pdf.texts import clean, clean_lines, plain_runs, runs_data
from forestall.results import Certainty


def rows_of(columns, *, cell="1,234", rows=3, head="Mill Lane"):
    cells = tuple(Cell(cell, CellKind.NUMBER) for _ in range(columns))
    return [Row(head, cells) for _ in range(rows)]


def fit_of(columns, *, head="Kind", bars=False, **more):
    heads = ["District", *(f"{head} {number}" for number in range(columns))]
    return fit_table(heads, [False, *[True] * columns], rows_of(columns, **more), bars=bars)


def test_a_narrow_table_stands_upright_in_full_size():
    fit = fit_of(3)

    assert (fit.size_pt, fit.sideways, fit.parts, fit.beside) == (9.0, False, ((1, 4),), 1)


def test_a_wider_table_gets_smaller_type_then_a_turned_page_then_parts():
    seen = [(fit.sideways, fit.size_pt, len(fit.parts)) for fit in map(fit_of, range(1, 60))]

    steps = list(dict.fromkeys((turned, -size, parts) for turned, size, parts in seen))
    assert steps == sorted(steps)
    assert {turned for turned, _, _ in seen} == {True, False}
    assert max(parts for _, _, parts in seen) > 1


def test_a_long_narrow_table_stands_in_stretches_side_by_side():
    assert fit_of(2, rows=23).beside == 1
    assert fit_of(3, rows=100).beside == 2
    assert fit_of(1, rows=100).beside == 3
    assert fit_of(2, rows=100, bars=True).beside == 1


@given(
    st.integers(1, 40),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(["1", "1,234,567", "12.5 %"]),
    st.integers(1, 40),
)
def test_every_column_is_in_one_part_and_each_part_fits(columns, head, cell, rows):
    fit = fit_of(columns, head=head, cell=cell, rows=rows)

    covered = [at for start, end in fit.parts for at in range(start, end)]
    assert covered == list(range(1, columns + 1))
    page = SIDEWAYS_PT if fit.sideways else PAGE_PT
    for start, end in fit.parts:
        used = sum(width or 0 for width in fit.widths_pt[start:end])
        assert used <= page or end - start == 1


def test_words_of_data_lose_what_cannot_be_written_and_stay_on_one_line():
    assert clean(" Mill\x00 \n Lane\ud800\u202e ") == "Mill Lane\ufffd"
    assert clean("25 % of all") == "25\u00a0% of all"
    assert clean_lines("forestall \\\n  --areas a.gpkg") == "forestall \\\n  --areas a.gpkg"


def test_latin_words_in_an_arabic_report_run_from_left_to_right():
    with use_language("ar"):
        assert clean("2018-10/a-street.csv") == "\u20662018-10/a-street.csv\u2069"
        assert clean_lines("forestall -o a") == "forestall -o a"


def test_runs_become_words_chips_and_links_that_lead_somewhere():
    runs = (
        "Since 2010",
        Strong("fewer"),
        Sure(Certainty.CLEAR),
        Link("When", "#when"),
        Link("Gone", "#gone"),
        Link("site", "https://example.org"),
        Link("write", "mailto:a@example.org"),
        Link("bad", "javascript:alert(1)"),
    )

    assert runs_data(runs, {"when"}) == [
        {"text": "Since 2010"},
        {"text": "fewer", "strong": True},
        {"text": "clear", "chip": 4},
        {"text": "When", "to": "when"},
        {"text": "Gone"},
        {"text": "site (https://example.org)", "address": "https://example.org"},
        {"text": "write (mailto:a@example.org)", "address": "mailto:a@example.org"},
        {"text": "bad (javascript:alert(1))"},
    ]


def test_the_foot_of_a_page_has_no_links():
    made = ("Made on 2 May 2019 ·", Link("How this was made", "#made"))

    assert plain_runs(made) == "Made on 2 May 2019"
