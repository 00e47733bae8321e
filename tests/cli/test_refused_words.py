"""Words of a command line that would weaken or empty a report are refused in one sentence."""

from __future__ import annotations

import os
import signal
import time
import tomllib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from forestall import cli

ROWS = "id,when,lon,lat\n" + "".join(
    f"{n},2019-01-{n % 28 + 1:02d},{-1.2 - n / 1000},{54.5 + n / 1000}\n" for n in range(60)
)
MAPPING = """
[columns]
incident_id = "id"
starts_at = "when"
longitude = "lon"
latitude = "lat"
"""


@pytest.fixture
def told(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr("sys.argv", ["forestall", *map(str, words)])
        monkeypatch.delenv("FORESTALL_DEBUG", raising=False)
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


@pytest.fixture
def incidents(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "m.toml").write_text(MAPPING)
    return tmp_path / "a.csv"


@pytest.mark.parametrize("threshold", ["4.5", "-1", "1000000", "3", "five", "5.0"])
def test_a_threshold_that_is_no_whole_number_in_range_is_refused(
    told, incidents, tmp_path, threshold
):
    code, out, err = told(
        *("diagnose", incidents, "-o", tmp_path / "report", "--threshold", threshold)
    )

    assert (code, out) == (1, "")
    assert err == (
        f"forestall: A threshold is a whole number from 4 to 9999, but “{threshold}” was given.\n"
    )
    assert not (tmp_path / "report").exists()


def test_a_mapping_can_be_given_to_diagnose(told, incidents, tmp_path):
    code, out, err = told(
        *("diagnose", incidents, "-o", tmp_path / "report", "--mapping", tmp_path / "m.toml")
    )

    assert code == 0, err
    assert "60 rows were read" in out


def no_folder_can_be_made(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "/closed")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    monkeypatch.setattr("pathlib.Path.mkdir", refuse)


def test_a_report_where_nothing_can_be_written_is_refused(told, incidents, tmp_path, monkeypatch):
    no_folder_can_be_made(monkeypatch)

    code, _, err = told("diagnose", incidents, "-o", tmp_path / "closed" / "report")

    assert code == 1
    assert "there is no permission to write in" in err
    assert err.count("\n") == 1


def test_a_store_where_nothing_can_be_written_is_refused(told, incidents, tmp_path, monkeypatch):
    no_folder_can_be_made(monkeypatch)

    code, _, err = told("import", incidents, "--store", tmp_path / "store")

    assert code == 1
    assert "cannot be made or written to" in err
    assert err.count("\n") == 1


def test_an_error_that_an_interrupt_became_is_an_interrupt(told, monkeypatch):
    def interrupted(_):
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None

    monkeypatch.setattr(cli, "_answer", interrupted)
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code, _, err = told("import", "a.csv")
    finally:
        signal.signal(signal.SIGINT, handler)

    assert (code, err) == (130, "forestall: Stopped; nothing was left half done.\n")


def test_an_interrupted_command_says_so(told, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("forestall.records.import_incidents", stop)

    code, _, err = told("import", "a.csv", "--store", "store")

    assert (code, err) == (130, "forestall: Stopped; nothing was left half done.\n")


def test_a_description_is_a_mapping_with_comments(told, tmp_path):
    (tmp_path / "a.csv").write_text(
        "No,When,Easting,Northing,Type,Notes\x07\n"
        + "".join(f"{n},2019-01-31,449100,535400,Theft,Person {n}\n" for n in range(10_001))
    )

    code, out, err = told("describe", tmp_path / "a.csv")

    assert code == 0, err
    assert tomllib.loads(out)["columns"]["x"] == "Easting"
    assert "# The figures are about the first 10,000 rows only." in out
    assert "Person" not in out
    assert "Theft" in out


def test_names_beside_dates_of_birth_are_personal_and_not_shown(told, tmp_path):
    (tmp_path / "a.csv").write_text(
        "Name,Date of birth,When\n" + "A. Person,1980-02-03,2019-01-31\n" * 9
    )

    code, out, _ = told("describe", tmp_path / "a.csv")

    assert code == 0
    assert out.count("personal, not read") == 2
    assert "A. Person" not in out
    assert "1980" not in out


def test_bytes_are_shown_as_a_few_hex_digits(told, tmp_path):
    table = pa.table({"key": [bytes(range(200))] * 9, "when": ["2019-01-31"] * 9})
    pq.write_table(table, tmp_path / "a.parquet")

    code, out, _ = told("describe", tmp_path / "a.parquet")

    assert code == 0
    assert "0001020304050607…" in out
    assert "\\x" not in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--cell-m", "1e9"), "A square must be narrower than the"),
        (("--since", "2019-02-01", "--until", "2019-01-01"), "seem to be swapped"),
        (("--areas", "no_areas.gpkg"), "cannot be read as one.\n"),
    ],
)
def test_what_would_empty_a_report_is_refused(
    told, incidents, tmp_path, monkeypatch, words, sentence
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no_areas.gpkg").write_bytes(b"rubbish")

    code, out, err = told(
        *("diagnose", incidents, "-o", tmp_path / "report", "--mapping", tmp_path / "m.toml"),
        *words,
    )

    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_one_row_is_told_in_the_singular(told, incidents, tmp_path):
    incidents.write_text("\n".join(ROWS.splitlines()[:2]))

    _, out, _ = told("import", incidents, "-s", tmp_path / "s", "--mapping", tmp_path / "m.toml")

    assert "1 row was read: 1 kept and 0 rejected." in out
