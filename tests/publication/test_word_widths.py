"""Columns of words hold their longest word, so that no word runs over its neighbour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forestall.publication.drawing.svg import text_width
from forestall.publication.pdf.fit import PAGE_PT
from forestall.publication.pdf.word_widths import fit_words

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)
CELLS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


def in_points(word, size):
    return text_width(word) * 0.88 / 13 * size


def test_a_long_word_widens_its_column_and_short_texts_stay_on_one_line():
    claim = "It needs this, and nobody has said yet whether it is so here. " * 3

    fit = fit_words([["Here", "About", "Claim"], ["not known here", "What it needs", claim]])

    assert fit.size_pt == 9.0
    assert fit.widths_pt[0] >= in_points("not known here", 9)
    assert fit.widths_pt[2] > fit.widths_pt[0] + fit.widths_pt[1]


def test_type_gets_smaller_before_a_word_is_broken():
    long = "Nachbarschaftswachgruppe"

    assert fit_words([[long] * 4]).size_pt < 9.0
    assert not fit_words([[long] * 4]).breaks_words
    assert fit_words([[long] * 12]).breaks_words


def test_signs_without_spaces_between_them_may_be_broken():
    assert fit_words([["测量" * 60, "无"]]).size_pt == 9.0


def test_numbers_are_never_broken():
    fit = fit_words([["a", "b " * 200], ["1 234 567", "b"]], whole=[0])

    assert fit.widths_pt[0] >= in_points("1 234 567", fit.size_pt)


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
def test_every_word_fits_its_column_and_all_columns_fit_the_page(rows):
    fit = fit_words(rows)

    assert sum(fit.widths_pt) <= PAGE_PT + 1
    if not fit.breaks_words:
        for at, width in enumerate(fit.widths_pt):
            words = [word for row in rows for word in row[at].split(" ")]
            assert max(in_points(word, fit.size_pt) for word in words) <= width


def test_the_head_over_numbers_gives_way_to_longer_texts():
    head = "Smallest fall that is found four times in five"
    rows = [["How sure", head], ["cannot be told from any chance whatever " * 2, "18 %"]]

    fit = fit_words(rows, whole=[1])

    assert fit.size_pt == 9.0
    assert fit.widths_pt[1] < in_points(head, 9)


def test_the_column_that_makes_rows_high_gets_more_room():
    short, long = "the effect of gates on alleys behind homes", "as tabulated by the office " * 9
    rows = [["What", "Source"], *([short * 2, long] for _ in range(4))]

    fit = fit_words(rows)

    assert fit.widths_pt[1] > 1.5 * fit.widths_pt[0]


def test_columns_of_texts_that_are_long_alike_get_room_alike():
    words = "a month by month count of all that was recorded in places "
    rows = [["Method", "Name", "Errors"], *([words, words + "of one", words] for _ in range(4))]

    fit = fit_words(rows)

    assert max(fit.widths_pt) < 1.2 * min(fit.widths_pt)


def test_a_column_without_any_text_takes_no_lines():
    fit = fit_words([["", "Head"], ["", "a text that is longer than one line can be " * 8]])

    assert len(fit.widths_pt) == 2
