"""No text of a public CSV file runs as a formula, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.disclosure import protect_table
from forestall.disclosure.plain_cells import csv_text, plain_cell
from forestall.publication.csv_files import csv_files

FORMULAS = ['=HYPERLINK("https://example.org","x")', "@SUM(A1)", "+1-1", "-cmd", " =1", "\t=1"]


@pytest.mark.parametrize("name", FORMULAS)
def test_an_offence_named_like_a_formula_is_text_in_the_public_file(name):
    table = pd.DataFrame({"offence": [name, "Theft"], "incidents": [40, 3], "change": [-0.5, 0.25]})
    safe = protect_table(table, rule="threshold-5", rows="offence", margins=[], derived=["change"])

    written = csv_files({"offences": safe})["offences.csv"].decode()

    assert list(csv.reader(io.StringIO(written))) == [
        ["offence", "incidents", "change"],
        [f"'{name}", "40", "-0.5"],
        ["Theft", "<5", ""],
    ]
    assert safe.frame["offence"].tolist() == [name, "Theft"]


@given(st.text(max_size=40))
def test_no_text_begins_like_a_formula(text):
    rows = list(csv.reader(io.StringIO(csv_text([[text, "end"]]), newline="")))

    assert len(rows) == 1
    left = re.sub("\r\n?", "\n", text)
    assert rows[0] in ([left, "end"], [f"'{left}", "end"])
    assert plain_cell(rows[0][0]) == rows[0][0]


def test_a_return_in_a_text_ends_no_row():
    assert csv_text([["Theft\r=HYPERLINK(1)", 1]]) == '"Theft\n=HYPERLINK(1)",1\n'


@given(st.integers() | st.floats(allow_nan=False))
def test_a_number_keeps_its_digits(number):
    assert csv_text([[number]]) == f"{number}\n"
