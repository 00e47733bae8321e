from datetime import date

import pytest

from forestall.errors import (
    InvalidMapping,
    PersonalColumns,
)
from forestall.records import import_incidents, open_incidents
from tests.records.police_uk_rows import row, write

TODAY = date(2019, 6, 1)


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
