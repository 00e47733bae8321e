"""Broken files: each is imported, partly rejected, or refused with one sentence."""

import csv
import random
import warnings
from datetime import date

import pyarrow.parquet as pq
import pytest

from forestall.errors import ForestallError
from forestall.records import import_incidents, open_incidents
from tests.records.police_uk_rows import row, text

TODAY = date(2026, 1, 1)
FILES = 150


def good_file(random_numbers):
    rows = [
        row(number, lon=f"{-1.2 - number / 1000:.6f}", lat=f"{54.5 + number / 1000:.6f}")
        for number in range(random_numbers.randint(3, 25))
    ]
    return text(rows).encode()


def flip_bytes(content, numbers):
    changed = bytearray(content)
    for _ in range(numbers.randint(1, 20)):
        changed[numbers.randrange(len(changed))] = numbers.randrange(256)
    return bytes(changed)


def cut_off(content, numbers):
    return content[: numbers.randrange(1, len(content))]


def stray_quotes(content, numbers):
    changed = bytearray(content)
    for _ in range(numbers.randint(1, 4)):
        changed.insert(numbers.randrange(len(changed)), ord('"'))
    return bytes(changed)


def quote_a_field_badly(content, numbers):
    lines = content.split(b"\n")
    at = numbers.randrange(1, len(lines))
    lines[at] = lines[at].replace(b",", b',"', 1)
    return b"\n".join(lines)


def other_separator(content, numbers):
    return content.replace(b",", numbers.choice([b";", b"\t", b"|", b"  "]))


def binary_zeros(content, numbers):
    changed = bytearray(content)
    for _ in range(numbers.randint(1, 5)):
        changed.insert(numbers.randrange(len(changed)), 0)
    return bytes(changed)


def huge_field(content, numbers):
    lines = content.split(b"\n")
    lines[numbers.randrange(1, len(lines))] += b"x" * numbers.choice([200_000, 3_000_000])
    return b"\n".join(lines)


def other_encoding(content, numbers):
    name = numbers.choice(["utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp037", "utf-32"])
    return content.decode().replace("High", "Hïgh").encode(name)


def shuffled_columns(content, numbers):
    rows = list(csv.reader(content.decode().splitlines()))
    order = numbers.sample(range(12), 12)
    return "\n".join(",".join(one[at] for at in order) for one in rows).encode()


def lost_columns(content, numbers):
    rows = list(csv.reader(content.decode().splitlines()))
    kept = sorted(numbers.sample(range(12), numbers.randint(1, 11)))
    return "\n".join(",".join(one[at] for at in kept) for one in rows).encode()


def blank_lines(content, numbers):
    lines = content.split(b"\n")
    lines.insert(numbers.randrange(len(lines)), numbers.choice([b"", b"  ", b",,,,,,,,,,,"]))
    return b"\n".join(lines)


def other_newlines(content, numbers):
    return content.replace(b"\n", numbers.choice([b"\r\n", b"\r", b"\n\r", b"\n\n"]))


def wild_values(content, numbers):
    rows = list(csv.reader(content.decode().splitlines()))
    wild = ["", "NULL", "nan", "inf", "-inf", "1e400", "0", "99999999999999999999", "2019-13",
            "2019-02-31", "0000-00", "🚓", "'; DROP TABLE staged; --", "{i}", "a\nb",
            "54,7"]  # fmt: skip
    for _ in range(numbers.randint(1, 30)):
        rows[numbers.randrange(1, len(rows))][numbers.randrange(12)] = numbers.choice(wild)
    return "\n".join(",".join(f'"{cell}"' for cell in one) for one in rows).encode()


def nothing_but_noise(_content, numbers):
    return numbers.randbytes(numbers.randrange(1, 5_000))


MUTATIONS = [flip_bytes, cut_off, stray_quotes, quote_a_field_badly, other_separator, binary_zeros,
             huge_field, other_encoding, shuffled_columns, lost_columns, blank_lines,
             other_newlines, wild_values, nothing_but_noise]  # fmt: skip
KEEP_THEIR_LINES = (stray_quotes, quote_a_field_badly, shuffled_columns, huge_field)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_broken_file_is_imported_partly_rejected_or_refused(mutation, tmp_path):
    numbers = random.Random(mutation.__name__)
    for attempt in range(FILES // len(MUTATIONS) + 1):
        content = mutation(good_file(numbers), numbers)
        file = tmp_path / f"{attempt}-street.csv"
        file.write_bytes(content)
        store = tmp_path / f"store-{attempt}"

        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                report = import_incidents(file, store=store, today=TODAY)
            except ForestallError as refusal:
                check_refusal(refusal, store)
                continue

        check_nothing_lost(report, store)
        if mutation in KEEP_THEIR_LINES:
            assert report.rows_read == len([one for one in content.split(b"\n")[1:] if one])


def check_refusal(refusal, store):
    assert str(refusal)
    assert "\n" not in str(refusal)
    assert not store.exists()


def check_nothing_lost(report, store):
    assert report.rows_read == report.rows_kept + sum(report.rejected.values())
    assert open_incidents(store).count_rows() == report.rows_kept
    rejected = pq.read_table(store / "rejected.parquet")
    assert rejected.num_rows == sum(report.rejected.values())
    assert rejected["line"].null_count == 0
    assert rejected.num_rows == len(set(rejected["line"].to_pylist()))
