import gzip
from datetime import date

import pyarrow.parquet as pq
import pytest

from forestall.errors import (
    InvalidFile,
    InvalidRecords,
)
from forestall.records import import_incidents
from tests.records.police_uk_rows import HEADER, row, text

TODAY = date(2019, 6, 1)


def rejected_of(store):
    rows = pq.read_table(store / "rejected.parquet").to_pylist()
    return [(one["line"], one["reason"]) for one in rows]


def test_broken_rows_cost_only_themselves(tmp_path):
    lines = text([row(number) for number in range(1, 8)]).split("\n")
    lines[2] = lines[2].replace(",", ',"', 1)  # a quote that never closes
    lines[4] = ",".join(lines[4].split(",")[:5])
    lines[5] += ",one,more"
    file = tmp_path / "street.csv"
    file.write_text("\n".join(lines))

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert report.rows_read == 7
    assert rejected_of(tmp_path / "store") == [
        (3, "broken_row"),
        (5, "short_row"),
        (6, "broken_row"),
    ]


def test_lines_are_right_when_short_rows_stand_before_others(tmp_path):
    lines = text([row(1), row(2), row(3), row(4, month=""), row(5), row(6, month="")]).split("\n")
    lines[1] = "short"
    lines[3] = "short,too"
    file = tmp_path / "street.csv"
    file.write_text("\n".join(lines))

    import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert rejected_of(tmp_path / "store") == [
        (2, "short_row"),
        (4, "short_row"),
        (5, "no_date"),
        (7, "no_date"),
    ]


def test_an_interrupted_download_loses_only_its_last_row(tmp_path):
    content = text([row(number) for number in range(1, 50)])
    file = tmp_path / "street.csv"
    file.write_text(content[:-60])

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert (report.rows_read, report.rows_kept) == (49, 48)
    assert any("ends in the middle of a row" in str(one) for one in report.sentences())


def test_an_interrupted_compressed_download_keeps_what_arrived(tmp_path):
    packed = gzip.compress(text([row(number) for number in range(1, 2000)]).encode())
    file = tmp_path / "street.csv.gz"
    file.write_bytes(packed[: len(packed) // 2])

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert report.rows_kept > 500
    assert sum(report.rejected.values()) <= 1


def test_a_row_in_another_encoding_is_rejected(tmp_path):
    content = text([row(1), row(2, location="On or near Café"), row(3)])
    file = tmp_path / "street.csv"
    file.write_bytes(content.encode("latin-1"))

    import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert rejected_of(tmp_path / "store") == [(3, "wrong_encoding")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_whole_file_in_another_encoding_is_read(tmp_path, encoding):
    file = tmp_path / "street.csv"
    file.write_bytes(text([row(1), row(2)]).encode(encoding))

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert report.rows_kept == 2


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_newlines_are_read(tmp_path, newline):
    file = tmp_path / "street.csv"
    file.write_bytes(text([row(1), row(2, month="")]).replace("\n", newline).encode())

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert (report.rows_kept, report.rejected) == (1, {"no_date": 1})


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        ("a.csv", b"\n <!DOCTYPE html>\n<html>", "a web page"),
        ("a.xlsx", b"PK\x03\x04rest", "an archive or a spreadsheet"),
    ],
)
def test_what_is_no_table_is_told_what_it_is(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InvalidFile, match=rf"not a table of text: it is {what}"):
        import_incidents(tmp_path / name, store=tmp_path / "store")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("zeros.csv", bytes(1000)),
        ("not.parquet", b"PAR1 but no more"),
        ("not.zip", b"PK\x03\x04 but no more"),
        ("not.csv.gz", b"not packed"),
        ("not.geojson", b"{}"),
        ("header.csv", HEADER.encode()),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises((InvalidFile, InvalidRecords), match=r".+"):
        import_incidents(file, store=tmp_path / "store")

    assert not (tmp_path / "store").exists()
