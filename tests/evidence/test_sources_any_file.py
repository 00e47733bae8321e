"""Whatever a file holds, it is read or refused in one sentence, and never fails otherwise."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import ForestallError
from forestall.evidence.sources.columns import EFFECT_COLUMNS
from forestall.evidence.sources.effects import effects_in
from forestall.evidence.sources.references import references_in
from tests.evidence.effect_files import ROW

WORDS = "-1 0 1e308 1e-320 nan 0,5 1,5,5 -100 5% ² ٣ OR d r below above yes crime 2020 =1 −0.5"
CELLS = st.text(max_size=8) | st.sampled_from([*WORDS.split(), "", "% change", "'", '"', "a;b"])
NAMES = st.sampled_from([column.name for column in EFFECT_COLUMNS]) | st.sampled_from(
    ["moderator:x", "moderator:", "note", "Name of the victim", ""]
)


def is_read_or_refused(read, content, name):
    try:
        read(content, file=name)
    except ForestallError as refused:
        said = str(refused)
        assert said.strip()
        assert said.count("\n") <= content.count(b"\n")


@given(st.dictionaries(NAMES, CELLS, max_size=6))
@settings(deadline=None, max_examples=300)
def test_any_row(changes):
    stream = io.StringIO()
    row = {**ROW, **changes}
    writer = csv.DictWriter(stream, list(row))
    writer.writeheader()
    writer.writerow(row)

    is_read_or_refused(effects_in, stream.getvalue().encode("utf-8", "replace"), "city.csv")


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a.ris", "a.bib"]))
@settings(deadline=None, max_examples=300)
def test_any_bytes(content, name):
    read = effects_in if name.endswith(("csv", "xlsx")) else references_in
    is_read_or_refused(read, content, name)


LINES = st.lists(
    st.sampled_from(
        ["TY  - JOUR", "ER  - ", "TI  - Gates", "AU  - Ek, A", "PY  - x", "ID  - 1", ""]
    )
    | st.text(max_size=12),
    max_size=12,
)


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_any_lines_of_ris(lines):
    is_read_or_refused(references_in, "\n".join(lines).encode("utf-8", "replace"), "a.ris")


PIECES = "@misc{a, @book(b, @string{x= @comment{ @preamble{ title= {Gates} , } ) # \\' \\ $ %"
PARTS = st.sampled_from([*PIECES.split(), "author={Ek and {", " and ", '"A"', "\n", "year=2001"])


@given(st.lists(PARTS, max_size=14).map("".join))
@settings(deadline=None, max_examples=200)
def test_any_pieces_of_bibtex(text):
    is_read_or_refused(references_in, text.encode(), "a.bib")
