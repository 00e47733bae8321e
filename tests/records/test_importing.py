import gzip
import json
import threading
import zipfile
from datetime import date

import pyarrow.parquet as pq
import pytest
from pyproj import Transformer

from forestall.errors import (
    InvalidFile,
    InvalidMapping,
    InvalidRecords,
    InvalidStore,
    PersonalColumns,
    UnknownSource,
)
from forestall.records import import_incidents, load_incidents, open_incidents
from tests.records.police_uk_rows import HEADER, row, text, write

TODAY = date(2019, 6, 1)


def rejected_of(store):
    rows = pq.read_table(store / "rejected.parquet").to_pylist()
    return [(one["line"], one["reason"]) for one in rows]


def test_every_row_is_kept_or_rejected_with_its_line_and_reason(tmp_path):
    rows = [
        row(1),
        row(2, month=""),
        row(3, month="2019-13"),
        row(4, month="2019-07"),
        row(5, lon="", lat=""),
        row(6, lon="0", lat="0"),
        row(7, lon="54.7114", lat="-1.2389"),
        row(8, lon="2.3522", lat="48.8566"),
        row(9, lon="abc"),
        row(1),
        row(10),
    ]
    file = write(tmp_path / "street.csv", rows)

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert (report.rows_read, report.rows_kept) == (11, 2)
    assert rejected_of(tmp_path / "store") == [
        (3, "no_date"),
        (4, "impossible_date"),
        (5, "future_date"),
        (6, "no_coordinates"),
        (7, "zero_coordinates"),
        (8, "swapped_coordinates"),
        (9, "outside_extent"),
        (10, "impossible_coordinates"),
        (11, "duplicate"),
    ]


def test_a_rejected_row_is_kept_as_it_was_given(tmp_path):
    file = write(tmp_path / "street.csv", [row(1), row(2, month="January", location="Ä, “B”")])

    import_incidents(file, store=tmp_path / "store", today=TODAY)

    (rejected,) = pq.read_table(tmp_path / "store/rejected.parquet").to_pylist()
    record = json.loads(rejected["record"])
    assert rejected["file"] == "street.csv"
    assert (record["Month"], record["Location"]) == ("January", "Ä, “B”")
    assert set(record) == set(HEADER.split(","))


def test_a_kept_row_has_the_columns_of_the_store(tmp_path):
    rows = [row(1, location="On or near Supermarket"), row(2, identifier="", lon="-1.2390")]
    file = write(tmp_path / "street.csv", rows)

    import_incidents(file, store=tmp_path / "store", today=TODAY)

    first = open_incidents(tmp_path / "store").to_pandas().sort_values("longitude").iloc[-1]
    assert first["incident_id"] == "1" + "0" * 15
    assert first["iccs"] == "0501"
    assert first["context"] == "Supermarket"
    assert first["area"] == "E01011954"
    assert str(first["starts_at"]) == "2019-01-01 00:00:00"
    assert str(first["ends_at"]) == "2019-02-01 00:00:00"
    assert (first["time_precision"], first["location_precision"]) == ("month", "snapped")
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    assert (first["x"], first["y"]) == pytest.approx(to_grid.transform(-1.2389, 54.7114))


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


def test_a_full_repeat_is_rejected_and_the_earliest_kept(tmp_path):
    rows = [
        row(1, month="2019-02"),
        row(1, month="2019-01"),
        row(1, lon="-1.3"),
        row(1, offence="Drugs"),
    ]
    file = write(tmp_path / "street.csv", rows)

    report = import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert rejected_of(tmp_path / "store") == [(2, "duplicate")]
    repeated = [one for one in report.manifest.warnings if one.code == "repeated_identifiers"]
    assert repeated[0].values["rows"] == 3


def test_rows_without_identifier_are_never_repeats(tmp_path):
    file = write(tmp_path / "street.csv", [row(identifier=""), row(identifier="")])

    assert import_incidents(file, store=tmp_path / "store", today=TODAY).rows_kept == 2


def test_the_same_files_again_change_nothing(tmp_path):
    file = write(tmp_path / "street.csv", [row(1), row(2)])
    import_incidents(file, store=tmp_path / "store", today=TODAY)
    before = {
        path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("*") if path.is_file()
    }

    again = import_incidents([file, file], store=tmp_path / "store", today=TODAY)

    assert again.files_imported == ()
    assert before == {
        path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("*") if path.is_file()
    }


def test_a_file_given_twice_is_read_once(tmp_path):
    file = write(tmp_path / "street.csv", [row(identifier="")])

    assert import_incidents([file, file], store=tmp_path / "store", today=TODAY).rows_kept == 1


def test_adding_a_month_adds_a_month_and_rewrites_nothing(tmp_path):
    store = tmp_path / "store"
    january = write(tmp_path / "2019-01-x-street.csv", [row(1), row(2, month="")])
    february = write(tmp_path / "2019-02-x-street.csv", [row(3, month="2019-02"), row(1)])
    import_incidents(january, store=store, today=TODAY)
    first = {path: path.stat().st_mtime_ns for path in store.rglob("incidents/*/*.parquet")}

    report = import_incidents(february, store=store, today=TODAY)

    assert report.manifest.months == ("2019-01", "2019-02")
    assert (report.manifest.rows_read, report.manifest.rows_kept) == (4, 2)
    assert report.manifest.rejected == {"duplicate": 1, "no_date": 1}
    assert open_incidents(store).count_rows() == 2
    assert all(path.stat().st_mtime_ns == time for path, time in first.items())
    assert len(pq.read_table(store / "rejected.parquet")) == 2


def test_a_store_opened_before_an_import_keeps_its_rows(tmp_path):
    store = tmp_path / "store"
    import_incidents(write(tmp_path / "a.csv", [row(1)]), store=store, today=TODAY)
    opened = open_incidents(store)

    import_incidents(write(tmp_path / "b.csv", [row(2)]), store=store, today=TODAY)

    assert opened.count_rows() == 1
    assert open_incidents(store).count_rows() == 2


def test_two_imports_at_once_both_take_effect(tmp_path):
    store = tmp_path / "store"
    files = [write(tmp_path / f"{n}.csv", [row(n + 10 * k) for k in range(5)]) for n in range(4)]

    imports = [
        threading.Thread(target=import_incidents, args=(file,), kwargs={"store": store})
        for file in files
    ]
    for one in imports:
        one.start()
    for one in imports:
        one.join()

    assert open_incidents(store).count_rows() == 20
    assert len(open_incidents(store).manifest.files) == 4


def test_folders_and_archives_are_read_and_other_files_left_aside(tmp_path):
    folder = tmp_path / "police"
    write(folder / "2019-01/2019-01-x-street.csv", [row(1)])
    write(folder / "2019-02/2019-02-x-street.csv", [row(2, month="2019-02")])
    (folder / "2019-01/2019-01-x-outcomes.csv").write_text("Crime ID,Outcome type\n1,x\n")
    (folder / "notes.txt").write_text("nothing")
    with zipfile.ZipFile(folder / "2019-03.zip", "w") as archive:
        archive.writestr("2019-03/2019-03-x-street.csv", text([row(3, month="2019-03")]))

    report = import_incidents(folder, store=tmp_path / "store", today=TODAY)

    assert report.manifest.months == ("2019-01", "2019-02", "2019-03")
    assert report.files_skipped == ("2019-01/2019-01-x-outcomes.csv",)
    assert report.manifest.place_name == "Cleveland"


def test_raw_files_and_tables_made_of_them_have_the_same_identifiers(tmp_path):
    import pyarrow as pa

    identifier = "0123456789abcdef" * 4
    write(tmp_path / "a/street.csv", [row(identifier=identifier)])
    table = pa.table(
        {
            "crime_id8": pa.array([bytes.fromhex(identifier[:16])], pa.binary()),
            "month": pa.array([date(2019, 1, 1)]),
            "longitude": [-1.2389],
            "latitude": [54.7114],
            "location": ["On or near High Street"],
            "lsoa_code": ["E01011954"],
            "crime_type": ["Burglary"],
        }
    )
    pq.write_table(table, tmp_path / "a/table.parquet")

    report = import_incidents(tmp_path / "a", store=tmp_path / "store", today=TODAY)

    assert (report.rows_kept, report.rejected) == (1, {"duplicate": 1})


def test_unknown_columns_are_refused_with_what_to_do(tmp_path):
    file = tmp_path / "offences.csv"
    file.write_text("a,b\n1,2\n")

    with pytest.raises(UnknownSource, match=r"run forestall describe “offences.csv”"):
        import_incidents(file, store=tmp_path / "store")

    assert not (tmp_path / "store").exists()


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


def test_a_folder_with_other_things_is_no_store(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/to_the_mayor.txt").write_text("Dear")

    with pytest.raises(InvalidStore, match=r"needs an empty folder"):
        import_incidents(write(tmp_path / "a.csv", [row()]), store=tmp_path / "letters")

    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["to_the_mayor.txt"]


def test_a_file_without_one_usable_row_is_refused_with_the_reason(tmp_path):
    file = write(tmp_path / "a.csv", [row(1, month="")])

    with pytest.raises(InvalidRecords, match=r"1 row was rejected because it has no date"):
        import_incidents(file, store=tmp_path / "store")


PERSONAL = (
    "id,when,lon,lat,Suspect name,Victim age\n1,2019-01-31,-1.2,54.5,A. Person,44\n2,,0,0,B,5\n"
)
PERSONAL_MAPPING = """
[columns]
incident_id = "id"
starts_at = "when"
longitude = "lon"
latitude = "lat"
"""


def test_columns_about_persons_are_refused_by_name(tmp_path):
    (tmp_path / "a.csv").write_text(PERSONAL)
    (tmp_path / "m.toml").write_text(PERSONAL_MAPPING)

    with pytest.raises(PersonalColumns, match=r"“Suspect name”, “Victim age”"):
        import_incidents(tmp_path / "a.csv", store=tmp_path / "s", mapping=tmp_path / "m.toml")


def test_columns_about_persons_leave_no_trace_when_dropped(tmp_path):
    (tmp_path / "a.csv").write_text(PERSONAL + "3,A. Person\n")
    (tmp_path / "m.toml").write_text(PERSONAL_MAPPING)
    store = tmp_path / "store"

    report = import_incidents(
        tmp_path / "a.csv", store=store, mapping=tmp_path / "m.toml", personal="drop"
    )

    assert report.manifest.dropped_columns == ("Suspect name", "Victim age")
    assert report.rejected == {"no_date": 1, "short_row": 1}
    for path in store.rglob("*"):
        if path.is_file():
            assert b"Person" not in path.read_bytes()
            assert b"44" not in path.read_bytes() or path.suffix == ".parquet"


def test_a_personal_column_cannot_be_mapped(tmp_path):
    (tmp_path / "a.csv").write_text(PERSONAL)
    (tmp_path / "m.toml").write_text(PERSONAL_MAPPING + 'context = "Suspect name"\n')

    with pytest.raises(PersonalColumns, match=r"name another column"):
        import_incidents(
            tmp_path / "a.csv", store=tmp_path / "s", mapping=tmp_path / "m.toml", personal="drop"
        )


def test_targets_become_keys_of_a_secret_outside_the_store(tmp_path, monkeypatch):
    key = tmp_path / "secret/target.key"
    monkeypatch.setenv("FORESTALL_TARGET_KEY_FILE", str(key))
    (tmp_path / "a.csv").write_text(
        "when,lon,lat,address\n2019-01-01,-1.2,54.5,1 High St\n2019-01-02,-1.2,54.5,1 HIGH  ST\n"
        "2019-01-03,-1.2,54.5,2 High St\n2019-01-04,-1.2,54.5,\n"
    )
    (tmp_path / "m.toml").write_text(
        '[columns]\nstarts_at = "when"\nlongitude = "lon"\nlatitude = "lat"\ntarget = "address"\n'
    )
    store = tmp_path / "store"

    import_incidents(tmp_path / "a.csv", store=store, mapping=tmp_path / "m.toml")

    targets = open_incidents(store).to_pandas().sort_values("starts_at")["target"].tolist()
    assert targets[0] == targets[1] != targets[2]
    assert targets[3] is None or targets[3] != targets[3]
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32
    assert all(b"High" not in path.read_bytes() for path in store.rglob("*.*") if path.is_file())


def test_the_users_crosswalk_replaces_ours(tmp_path):
    (tmp_path / "own.csv").write_text("source_label,iccs_code\nBurglary,05012\n")
    file = write(tmp_path / "a.csv", [row(1), row(2, offence="Drugs")])

    report = import_incidents(file, store=tmp_path / "store", crosswalk=tmp_path / "own.csv")

    codes = {one.label: (one.iccs, one.basis) for one in report.manifest.offences}
    assert codes == {"Burglary": ("05012", "given with the data"), "Drugs": (None, None)}


def test_a_crosswalk_with_a_code_that_does_not_exist_is_refused(tmp_path):
    (tmp_path / "own.csv").write_text("source_label,iccs_code\nBurglary,9999\n")

    with pytest.raises(InvalidMapping, match=r"gives “9999” for “Burglary”"):
        import_incidents(
            write(tmp_path / "a.csv", [row()]), store=tmp_path / "s", crosswalk=tmp_path / "own.csv"
        )


def test_anti_social_behaviour_is_counted_apart(tmp_path):
    file = write(tmp_path / "a.csv", [row(1), row(identifier="", offence="Anti-social behaviour")])

    report = import_incidents(file, store=tmp_path / "store")

    crimes = {one.label: one.counts_as_crime for one in report.manifest.offences}
    assert crimes == {"Anti-social behaviour": False, "Burglary": True}


def test_another_publisher_needs_another_store(tmp_path):
    import_incidents(write(tmp_path / "a.csv", [row()]), store=tmp_path / "store")
    (tmp_path / "b.csv").write_text(
        "ID,Date,Primary Type,Location Description,IUCR,Longitude,Latitude\n"
        "1,09/05/2015 01:30:00 PM,THEFT,STREET,0820,-87.6,41.8\n"
    )

    with pytest.raises(InvalidStore, match=r"use another store"):
        import_incidents(tmp_path / "b.csv", store=tmp_path / "store")


def test_files_are_loaded_into_a_store_that_is_gone_afterwards(tmp_path):
    file = write(tmp_path / "a.csv", [row()])

    with load_incidents(file) as incidents:
        folder = incidents.store
        assert incidents.count_rows() == 1

    assert not folder.exists()


def test_progress_ends_with_all_rows(tmp_path):
    told = []
    file = write(tmp_path / "a.csv", [row(number) for number in range(100)])

    import_incidents(file, store=tmp_path / "store", progress=told.append)

    counted = [one for one in told if one.rows_total]
    assert counted[-1].rows_done == counted[-1].rows_total
    assert str(told[-1].doing) == "Writing the store"


def test_the_order_of_rows_does_not_change_what_is_stored(tmp_path):
    rows = [row(number, month=f"20{10 + number % 9}-0{1 + number % 8}") for number in range(60)]
    import_incidents(write(tmp_path / "a.csv", rows), store=tmp_path / "a", today=TODAY)
    import_incidents(write(tmp_path / "b.csv", rows[::-1]), store=tmp_path / "b", today=TODAY)

    frames = [
        open_incidents(tmp_path / name).to_pandas().sort_values("incident_id", ignore_index=True)
        for name in "ab"
    ]
    assert frames[0].equals(frames[1])
