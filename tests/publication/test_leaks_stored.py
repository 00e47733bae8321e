"""The stored publication tells no more than the page, the tables and the map do."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from forestall.publication import publish_diagnosis
from forestall.publication.example import example_diagnosis
from forestall.publication.html import write_html
from forestall.publication.stored import STORED, read_stored
from tests.publication.test_leaks_together import digits_of

# The parts of an object that hold positions on a map, not numbers of incidents.
POSITIONS = {"window", "drawn"}


@pytest.fixture(scope="module")
def report(bundled, tmp_path_factory):
    out = tmp_path_factory.mktemp("leaks") / "report"
    publish_diagnosis(bundled, out=out, made_on=date(2026, 1, 5))
    return out


@pytest.fixture(scope="module")
def stored(report):
    return json.loads((report / STORED).read_text())["content"]


def numbers_in(data, *, names=()):
    """Yield every number with the names of the parts that it is in."""
    if isinstance(data, dict):
        for name, part in data.items():
            if name not in POSITIONS:
                yield from numbers_in(part, names=(*names, name))
    elif isinstance(data, list):
        for part in data:
            yield from numbers_in(part, names=names)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield names, data


def test_a_stored_table_is_the_table_of_the_numbers(report, stored):
    numbers = json.loads((report / "diagnosis.json").read_text())["tables"]
    named = stored["value"]["tables"]["of"]

    assert named.keys() == numbers.keys()
    for name, place in named.items():
        table = stored["tables"][place["at"]]
        columns = {column: told["values"] for column, told in table["frame"].items()}
        records = numbers[name]["records"]
        for column, values in columns.items():
            told = [record[column] for record in records]
            assert [None if value in ("inf", "-inf") else value for value in values] == told
        letters = "".join({"secondary": "c"}.get(r["status"], r["status"][0]) for r in records)
        assert table["status"].replace("o", "s") == letters


def test_every_stored_table_is_published_as_a_table(stored):
    named = {place["at"] for place in stored["value"]["tables"]["of"].values()}

    assert named == set(range(len(stored["tables"])))


def test_no_hidden_number_of_a_table_has_a_value(stored):
    for table in stored["tables"]:
        counts = table["frame"][table["count"]]["values"]
        parts = [{"values": counts, "status": table["status"]}]
        parts += [table[name] for name in ("row_totals", "column_totals", "grand_total")]
        for part in parts:
            for value, letter in zip(part["values"], part["status"], strict=True):
                assert (value is None) == (letter in "scl")


def test_no_number_of_the_document_has_more_digits_than_are_shown(stored):
    long = {
        (names[-3:], number)
        for names, number in numbers_in(stored["value"]["document"])
        if isinstance(number, float) and not number.is_integer() and digits_of(number) > 4
    }

    assert long == set()


def test_every_number_of_a_sentence_is_printed(report, stored):
    page = read_stored(report).publication()
    html = write_html(page.document)
    text = " ".join([re.sub(r"<[^>]+>", " ", html), *re.findall('aria-label="([^"]*)"', html)])
    printed = {number.replace(",", "") for number in re.findall(r"[\d,]*\d(?:\.\d+)?", text)}
    kept = {
        (message["text"], number)
        for message in messages_in(stored["value"]["document"])
        for names, number in numbers_in(message.get("values", {}))
        if isinstance(number, int) and "decimals" not in names
    }
    kept |= {
        (message["text"], message["count"])
        for message in messages_in(stored["value"]["document"])
        if isinstance(message.get("count"), int)
    }

    assert {(text, number) for text, number in kept if str(abs(number)) not in printed} == set()


def messages_in(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        here = [data] if data.get("is") == "Message" else []
        return here + [one for part in data.values() for one in messages_in(part)]
    if isinstance(data, list):
        return [one for part in data for one in messages_in(part)]
    return []


def test_the_numbers_of_rows_by_file_are_not_stored(stored):
    data = stored["value"]["provenance"]["data"]["of"]

    assert all(set(each["of"]) == {"name", "sha256"} for each in data["files"]["of"])


def test_true_numbers_of_small_kinds_are_nowhere_in_the_file(tmp_path):
    kinds = {"Burglary": 900, "Robbery": 300, "Arson": 3}
    town = example_diagnosis(kinds=kinds)
    other = example_diagnosis(kinds={**kinds, "Robbery": 299, "Arson": 4})
    for name, one in {"one": town, "other": other}.items():
        publish_diagnosis(one, out=tmp_path / name, made_on=date(2026, 1, 5))

    one, two = ((tmp_path / name / STORED).read_text() for name in ("one", "other"))
    offences = json.loads(one)["content"]["tables"][0]
    assert offences["frame"]["offence"]["values"][-1] == "Arson"
    assert offences["frame"]["incidents"]["values"][-1] is None
    assert offences == json.loads(two)["content"]["tables"][0]
