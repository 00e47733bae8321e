"""Files that would do harm are refused or made harmless, each with one clear sentence."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from forestall.disclosure.plain_cells import plain_cell
from forestall.errors import InvalidFile
from forestall.records.manifest import read_manifest
from forestall.web.data import received
from forestall.web.data.folders import arriving_folder, import_folder, store_folder
from forestall.web.data.inbox import inbox_file, inbox_files
from forestall.web.data.models import AreaFile, FileImport
from forestall.web.data.received import check_content, safe_name
from forestall.web.organisations.roles import Role
from tests.web.data.conftest import STREET, street, upload


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


REFUSED = {
    "empty.csv": (b"", "“empty.csv” is empty."),
    "sheet.xlsx": (b"PK\x03\x04", "“sheet.xlsx” is a spreadsheet; save its sheet as CSV"),
    "run.exe": (b"MZ", "“run.exe” is of a kind that is not read here"),
    "picture.svg": (b"<svg onload='alert(1)'/>", "is of a kind that is not read here"),
    "fake.parquet": (b"month,x\n", "“fake.parquet” is not what the end of its name says"),
    "fake.zip": (b"month,x\n", "“fake.zip” is not what the end of its name says"),
    "cut.zip": (b"PK\x03\x04 and nothing more", "“cut.zip” cannot be unpacked"),
    "bomb.zip": (zipped(a__csv=b"0" * 30_000_000), "unpacks to far more than a table would"),
    "say.toml": (b"\xff\xfe", "should be a small TOML file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_nobody_should_open_is_refused_at_once(signed_in, store, name):
    content, said = REFUSED[name]

    answer = upload(signed_in(Role.ANALYST), store, (name, content))

    assert answer.status_code == 422
    assert said in answer.text
    assert not FileImport.objects.exists()
    assert not list(store_folder(store).parent.parent.rglob("*.csv"))


FAILED = {
    "page.csv": (b"<!doctype html><script>alert(1)</script>", "it is a web page"),
    "zeros.csv": (b"a\x00b,c\n1,2\n" * 300, "is no text"),
    "prose.csv": (b"Once upon a time\nthere was\n", "What do the columns mean?"),
    "bomb.csv.gz": (gzip.compress(b"0" * 30_000_000), "unpacks to far more than a table would"),
    "cut.parquet": (b"PAR1 and nothing more", "cannot be read as Parquet"),
}


@pytest.mark.parametrize("name", FAILED)
def test_a_file_that_is_no_table_fails_and_says_so(signed_in, store, name):
    content, said = FAILED[name]

    answer = upload(signed_in(Role.ANALYST), store, (name, content))

    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert read_manifest(store_folder(store)) is None


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/evil.csv",
        "..\\..\\evil.csv",
        "/etc/evil.csv",
        "evil\x00.csv",
        "<b>evil.csv",
    ],
)
def test_a_name_is_a_name_and_never_a_path(signed_in, store, name, files):
    upload(signed_in(Role.ANALYST), store, (name, "no table"))

    one = FileImport.objects.get()
    kept = [path for path in import_folder(one).iterdir() if path.suffix == ".csv"]
    assert [path.name for path in kept] == [one.files[0]["name"]]
    assert kept[0].resolve().is_relative_to(files.resolve())


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_a_file(given_name):
    name = safe_name(given_name)

    assert name
    assert not set(name) & set("/\\\0<>:\"'|?*\n")
    assert not name.startswith(".")
    assert len(name.encode()) <= 4 * 110
    assert safe_name(given_name, taken=[name]) != name


def test_a_text_that_looks_like_a_page_is_shown_as_text(signed_in, store):
    evil = "<script>alert(1)</script>"
    content = street("2019-01,-1.235,54.575,Burglary", f"2019-01,,,{evil}")

    answer = upload(signed_in(Role.ANALYST), store, ("<img src=x>.csv", content))

    assert "2 rows were read: 1 kept and 1 rejected." in answer.text
    assert evil not in answer.text
    assert "<img src=x>" not in answer.text


def test_a_store_with_a_name_like_a_page_is_shown_as_text(signed_in, city):
    client = signed_in(Role.ANALYST)

    client.post("/data/stores/new/", {"name": "<svg onload=alert(1)>"})

    assert "<svg onload" not in client.get("/data/").text
    assert "&lt;svg onload" in client.get("/data/").text


def test_a_formula_in_a_rejected_row_is_text_in_the_download(signed_in, store):
    content = street("2019-01,-1.235,54.575,Burglary", "2019-01,,,=cmd|'/c calc'!A0")
    content = content.replace("On or near", "=HYPERLINK(1)")
    upload(signed_in(Role.ANALYST), store, ("=1+1.csv", content))

    one = FileImport.objects.get()
    answer = signed_in(Role.ANALYST).get(f"/data/imports/{one.pk}/rejected/")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[0] in ("1_1.csv", "'=1+1.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rejected-{one.pk}.csv"'


@given(st.text(max_size=40))
def test_no_cell_begins_like_a_formula(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cell = plain_cell(text)

    if cell and cell.strip()[:1] in ("=", "@"):
        raise AssertionError(cell)
    assert cell in (text, f"'{text}")


def test_a_number_below_zero_stays_a_number():
    assert [plain_cell(one) for one in (-3, -0.5, "-1e-5", "+44 1234")] == [
        "-3",
        "-0.5",
        "-1e-5",
        "'+44 1234",
    ]


def test_a_file_over_the_limit_is_dropped_while_it_arrives(signed_in, store, settings):
    settings.MOST_UPLOAD_BYTES = 1_000_000

    answer = upload(signed_in(Role.ANALYST), store, ("big.csv", b"a,b\n" * 500_000))

    assert answer.status_code == 422
    assert "A file may have 1 MB at most" in answer.text
    assert not list(arriving_folder().iterdir())


def test_a_file_for_which_there_is_no_room_is_refused(signed_in, store, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Disk", (), {"free": 1000}))

    answer = upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))

    assert "The disk of the server has no room for this; nothing was changed." in answer.text
    assert not FileImport.objects.exists()


def test_nothing_is_written_for_somebody_who_is_not_signed_in(client, store):
    client.post(
        f"/data/stores/{store.pk}/", {"files": [SimpleUploadedFile("street.csv", STREET.encode())]}
    )

    assert not list(arriving_folder().iterdir())


def test_a_huge_file_that_is_read_as_a_whole_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(received, "MOST_GEOGRAPHIC_BYTES", 1_000_000)
    huge = tmp_path / "huge.geojson"
    huge.write_bytes(b'{"type": "FeatureCollection", "features": [' + b" " * 1_000_001)

    with pytest.raises(InvalidFile, match="is read as a whole and may have 1 MB at most"):
        check_content(huge, huge.name)


AREAS = {
    "deep.geojson": (b'{"a":' * 50_000, "deep.geojson"),
    "points.geojson": (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"a"},'
        b'"geometry":{"type":"Point","coordinates":[0,0]}}]}',
        "polygon",
    ),
    "empty.geojson": (b"", "“empty.geojson” is empty."),
    "areas.exe": (b"MZ", "is of a kind that is not read here"),
}


@pytest.mark.parametrize("name", AREAS)
def test_areas_that_are_none_are_refused_and_not_kept(signed_in, city, name, files):
    content, said = AREAS[name]

    answer = signed_in(Role.ANALYST).post(
        "/data/areas/new/", {"name": "Wards", "file": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert str(files) not in answer.text
    assert not AreaFile.objects.exists()
    assert not [path for path in files.rglob("areas/*") if path.is_file()]


def test_the_inbox_offers_its_tables_and_nothing_that_leads_out(tmp_path, settings):
    settings.INBOX = tmp_path / "inbox"
    (settings.INBOX / "may").mkdir(parents=True)
    (settings.INBOX / "may" / "street.csv").write_text(STREET)
    (settings.INBOX / "notes.docx").write_text("no table")
    (settings.INBOX / ".hidden.csv").write_text(STREET)
    (tmp_path / "secret.csv").write_text(STREET)
    (settings.INBOX / "way_out.csv").symlink_to(tmp_path / "secret.csv")

    assert inbox_files() == ("may/street.csv",)
    for name in ("../secret.csv", "way_out.csv", str(tmp_path / "secret.csv"), "may/none.csv"):
        with pytest.raises(InvalidFile, match="no longer in the inbox"):
            inbox_file(name)


def test_a_typed_path_is_no_choice(signed_in, store, tmp_path, settings):
    settings.INBOX = tmp_path / "inbox"
    settings.INBOX.mkdir()
    (settings.INBOX / "street.csv").write_text(STREET)
    (tmp_path / "secret.csv").write_text(STREET)

    answer = signed_in(Role.ANALYST).post(f"/data/stores/{store.pk}/", {"inbox": ["../secret.csv"]})

    assert answer.status_code == 422
    assert not FileImport.objects.exists()


def test_files_of_an_attempt_that_was_cut_off_are_not_in_the_way(signed_in, store):
    analyst = signed_in(Role.ANALYST)
    for number in range(1, 6):
        left = import_folder(FileImport(pk=number, store=store, jurisdiction=store.jurisdiction))
        left.mkdir(parents=True)
        (left / "half.csv").write_bytes(b"half")

    answer = upload(analyst, store, ("cleveland.csv", STREET))

    assert answer.status_code == 200
    (one,) = FileImport.objects.all()
    assert [each["name"] for each in one.files] == ["cleveland.csv"]


def test_a_full_disk_leaves_nothing_of_an_import(signed_in, store, monkeypatch):
    analyst = signed_in(Role.ANALYST)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("forestall.web.data.services.check_content", full)
        with pytest.raises(OSError, match="No space"):
            upload(analyst, store, ("cleveland.csv", STREET))

    assert not FileImport.objects.exists()
    assert upload(analyst, store, ("cleveland.csv", STREET)).status_code == 200
