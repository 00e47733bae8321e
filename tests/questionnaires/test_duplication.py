"""What others ask too is written down with its source, or found by what the norms link."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import (
    Nearness,
    check_duplication,
    read_definition,
    read_definitions,
    read_mechanisms,
    read_mechanisms_file,
)
from forestall.questionnaires.mechanisms import mechanisms_from_csv
from forestall.questionnaires.mechanisms.table import COLUMNS

ROW = {
    "questionnaire": "2006-20",
    "item": "Q3",
    "mechanism": "Regional survey",
    "asks": "Which ministry leads?",
    "near": "same",
    "document": "Survey 2025",
    "place": "question 4",
    "address": "https://survey.example/",
    "confidence": "high",
    "read_on": "2026-01-31",
    "note": "",
}


def table(**changed):
    row = {**ROW, **changed}
    cells = ",".join('"{}"'.format(cell.replace('"', '""')) for cell in row.values())
    return "{}\n{}\n".format(",".join(row), cells).encode()


def test_every_packaged_row_names_an_item_and_a_source():
    for row in read_mechanisms():
        assert read_definition(row.questionnaire).item(row.item) is not None, row
        assert row.address or "ECOSOC" in row.document, "Without an address, it is a text at hand."
        tags = set(read_definition(row.questionnaire).languages)
        assert {*row.mechanism} == {*row.asks} == {*row.note} == tags, row


def test_items_that_the_norms_name_are_nearer_than_a_shared_paragraph():
    found = [
        (one.other, one.near, one.found_by)
        for one in check_duplication(read_definition("2006-20"))
        if one.item == "Q17(a)"
    ]

    assert found == [
        ("2(a)", Nearness.IN_PART, "2006/20:Q17(a)"),
        ("3(a)(i)", Nearness.BACKGROUND, "2002/13:22(a)"),
    ]


def test_what_is_found_among_our_own_is_found_from_both_sides():
    found = {
        (asked.key, one.item, one.questionnaire, one.other)
        for asked in read_definitions()
        for one in check_duplication(asked)
        if one.questionnaire
    }

    assert found == {(other, item, key, one) for key, one, other, item in found}


def test_a_table_of_ones_own_stands_beside_the_packaged_rows(tmp_path):
    file = tmp_path / "own.csv"
    file.write_bytes(table(asks_fr="Quel ministère dirige ?"))

    own = read_mechanisms_file(file)
    (found,) = (
        one
        for one in check_duplication(read_definition("2006-20"), mechanisms=own)
        if one.item == "Q3"
    )

    assert own[0].asks == {"en": "Which ministry leads?", "fr": "Quel ministère dirige ?"}
    assert str(found.said) == (
        "Already asked: Regional survey. The answer given there can be taken over."
    )
    assert found.read_on == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"near": "exactly"}, "“near” needs one of these: same, in-part, and background"),
        ({"address": "javascript:alert(1)"}, "“address” needs to begin with https://"),
        ({"read_on": "yesterday"}, "“read_on” needs a day such as 2026-01-31."),
        ({"document": " "}, "the column “document” is empty."),
        ({"asks": "x" * 2001}, "the column “asks” is longer than 2,000 letters."),
    ],
)
def test_a_row_that_says_too_little_is_refused_in_one_sentence(changed, said):
    with pytest.raises(InvalidQuestionnaire, match=r"^Row 2 of own\.csv: ") as refusal:
        mechanisms_from_csv(table(**changed), name="own.csv")

    assert said in str(refusal.value)


def test_an_item_that_is_not_asked_is_refused():
    own = mechanisms_from_csv(table(item="Q99"))

    with pytest.raises(InvalidQuestionnaire, match="names the item “Q99”, which 2006-20 does not"):
        check_duplication(read_definition("2006-20"), mechanisms=own)


@given(st.binary(max_size=200) | st.just(",".join(COLUMNS).encode()).map(lambda head: head + b"\n"))
def test_any_bytes_are_read_or_refused(read):
    with suppress(InvalidQuestionnaire):
        assert isinstance(mechanisms_from_csv(read), tuple)
