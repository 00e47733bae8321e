import json
import threading
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from pyproj import Transformer

from forestall.errors import (
    InvalidRecords,
    InvalidStore,
    UnknownSource,
)
from forestall.records import import_incidents, load_incidents, open_incidents
from tests.records.police_uk_rows import HEADER, row, text, write

if TYPE_CHECKING:
    from forestall.records.progress import Progress

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


def test_stored_rows_without_identifier_are_not_counted_as_repeated(tmp_path):
    first = write(tmp_path / "first.csv", [row(identifier="") for _ in range(3)])
    second = write(tmp_path / "second.csv", [row(1), row(1, offence="Drugs")])
    import_incidents(first, store=tmp_path / "store", today=TODAY)

    report = import_incidents(second, store=tmp_path / "store", today=TODAY)

    repeated = [one for one in report.manifest.warnings if one.code == "repeated_identifiers"]
    assert [one.values["rows"] for one in repeated] == [2]


def test_repeats_are_found_alike_when_identifiers_are_sorted_in_shares(tmp_path, monkeypatch):
    rows = [row(number % 40) for number in range(100)] + [row(identifier="")]
    file = write(tmp_path / "street.csv", rows)
    monkeypatch.setattr("forestall.records.duplicates._MOST_SORTED", 7)

    import_incidents(file, store=tmp_path / "store", today=TODAY)

    assert rejected_of(tmp_path / "store") == [(line, "duplicate") for line in range(42, 102)]


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
        assert folder is not None
        assert incidents.count_rows() == 1

    assert not folder.exists()


def test_progress_ends_with_all_rows(tmp_path):
    told: list[Progress] = []
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
