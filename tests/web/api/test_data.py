"""Programs bring files by the rules of the pages: what a page refuses, they are refused, too."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forestall.records import open_incidents
from forestall.web.audit.models import AuditEntry
from forestall.web.data.folders import arriving_folder, import_folder, store_folder
from forestall.web.data.models import AreaFile, FileImport, Store
from forestall.web.organisations.roles import Role
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member
from tests.web.data.conftest import STREET
from tests.web.data.test_imports import ANSWERS, UNKNOWN
from tests.web.data.test_refused_files import FAILED, REFUSED

AREAS = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": "W1", "name": "North"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[-2, 54], [-1, 54], [-1, 55], [-2, 55], [-2, 54]]],
                },
            }
        ],
    }
)


@pytest.fixture
def analyst(ask):
    return ask(Role.ANALYST)


def bring(asking, store, *given, **more):
    """Send files as a form, with the token alone."""
    files = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in given
    ]
    return send(asking, f"/stores/{store.pk}/imports", {"files": files, **more})


def send(asking, path, form):
    headers = {"Authorization": f"Bearer {asking.secret}"}
    return asking.client.post(f"/api/v1{path}", form, headers=headers)


def test_a_store_is_begun_filled_and_told(analyst, city):
    begun = analyst("POST", "/stores", {"name": "Recorded crime"})
    store = Store.objects.get()
    told = bring(analyst, store, ("2019-01-cleveland-street.csv", STREET))

    assert begun.status_code == told.status_code == 201
    assert begun.headers["Location"] == f"/api/v1/stores/{store.pk}"
    where = told.headers["Location"].removeprefix("/api/v1")
    read = analyst("GET", where).json()
    assert read == analyst("GET", "/imports").json()[0]
    assert (read["state"], read["rejected"][0]["rows"]) == ("done", 1)
    assert "4 rows were read: 3 kept and 1 rejected." in read["said"]
    assert read["rejected"][0]["reason"] == "no_coordinates"
    filled = analyst("GET", f"/stores/{store.pk}").json()
    assert (filled["rows"], filled["first_day"]) == (3, "2019-01-01")
    assert analyst("POST", "/stores", {"name": "Recorded crime"}).status_code == 422


def test_rejected_rows_are_downloaded_and_that_is_logged(analyst, store):
    bring(analyst, store, ("street.csv", STREET))
    one = FileImport.objects.get()

    told = analyst("GET", f"/imports/{one.pk}/rejected")

    text = b"".join(told.streaming_content).decode("utf-8-sig")
    assert text.startswith("file,line,reason,record\nstreet.csv,5,no_coordinates,")
    assert told.headers["Content-Type"] == "text/csv; charset=utf-8"
    entry = AuditEntry.objects.get(verb="download rejected rows")
    assert entry.facts["by_token"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_nobody_should_open_is_refused_at_once(analyst, store, name, files):
    content, said = REFUSED[name]

    told = bring(analyst, store, (name, content))

    assert told.status_code == 422
    assert list(told.json()) == ["detail"]
    assert said in told.json()["detail"]
    assert not FileImport.objects.exists()
    assert not [one for one in files.rglob("*") if one.is_file()]


@pytest.mark.parametrize("name", FAILED)
def test_a_file_that_is_no_table_fails_and_says_so(analyst, store, name):
    content, said = FAILED[name]

    told = bring(analyst, store, (name, content)).json()

    if name == "prose.csv":
        assert told["state"] == "asks"
    else:
        assert told["state"] == "failed"
        assert said in told["reason"]


PERSONS = STREET.replace("Context", "Victim name").replace("Burglary,,\n", "Burglary,,Ann Poe\n")


def test_columns_on_persons_are_refused_and_left_out_only_when_it_is_said(analyst, store):
    told = bring(analyst, store, ("street.csv", PERSONS)).json()
    where = f"/imports/{told['number']}/again"
    still = analyst("POST", where, {"drop_personal": False}).json()
    done = analyst("POST", where, {"drop_personal": True}).json()

    assert (told["state"], told["on_persons"]) == ("failed", True)
    assert "Ann Poe" not in json.dumps([told, still, done])
    assert still["state"] == "failed"
    assert done["state"] == "done"
    assert analyst("POST", where, {"drop_personal": True}).status_code == 409


def test_an_unknown_file_is_asked_about_and_then_imported(analyst, store):
    asked = bring(analyst, store, ("ours.csv", UNKNOWN)).json()
    where = f"/imports/{asked['number']}/answer"

    wrong = analyst("POST", where, ANSWERS | {"starts_at": "Nothing"})
    told = analyst("POST", where, ANSWERS).json()

    assert asked["question"]["columns"] == ["When", "Lon", "Lat", "What"]
    assert wrong.status_code == 422
    assert wrong.json()["detail"].startswith("“starts_at” cannot be used: ")
    assert "2 rows were read: 2 kept and 0 rejected." in told["said"]
    assert open_incidents(store_folder(store)).manifest.place_name == "Hill Town"
    assert analyst("POST", where, ANSWERS).status_code == 409


def test_an_import_that_was_not_done_is_removed_with_its_files(
    analyst, store, django_capture_on_commit_callbacks
):
    told = bring(analyst, store, ("ours.csv", UNKNOWN)).json()
    folder = import_folder(FileImport.objects.get())
    stopped = analyst("POST", f"/imports/{told['number']}/stop")
    with django_capture_on_commit_callbacks(execute=True):
        gone = analyst("DELETE", f"/imports/{told['number']}")
    bring(analyst, store, ("street.csv", STREET))
    done = analyst("DELETE", f"/imports/{FileImport.objects.get().pk}")

    assert (stopped.status_code, gone.status_code, done.status_code) == (200, 204, 409)
    assert not folder.exists()


def test_a_file_over_the_limit_is_dropped_while_it_arrives(analyst, store, settings):
    settings.MOST_UPLOAD_BYTES = 1_000_000

    one = bring(analyst, store, ("large.csv", b"0" * 1_500_000))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    before_reading = bring(analyst, store, ("large.csv", b"0" * 3_500_000))

    assert (one.status_code, before_reading.status_code) == (413, 413)
    assert "1 MB at most" in one.json()["detail"]
    assert list(before_reading.json()) == ["detail"]
    assert not list(arriving_folder().iterdir())
    assert not FileImport.objects.exists()


def test_a_large_file_needs_a_valid_token_before_it_is_read(analyst, store, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    large = ("street.csv", STREET + "\n" * 500_000)

    stranger = bring(Asking(analyst.client, "forestall_no"), store, large)
    told = bring(analyst, store, large)

    assert stranger.status_code == 413
    assert told.status_code == 201


def test_without_a_token_no_file_is_written(client, store):
    told = bring(Asking(client, "forestall_no"), store, ("street.csv", STREET))

    assert told.status_code == 401
    assert not list(arriving_folder().iterdir())


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (STREET.encode(), "text/csv", 415),
        (b"--x\r\nno form", "multipart/form-data", 400),
        (b"--x\r\nContent-Disposition: form-data\r\n", "multipart/form-data; boundary=x", 422),
    ],
)
def test_files_that_are_not_sent_as_a_form_are_refused(analyst, store, content, kind, status):
    told = analyst.client.generic(
        "POST",
        f"/api/v1/stores/{store.pk}/imports",
        content,
        content_type=kind,
        headers={"Authorization": f"Bearer {analyst.secret}"},
    )

    assert told.status_code == status
    assert list(told.json()) == ["detail"]


def test_areas_are_brought_read_and_listed(analyst, city):
    file = SimpleUploadedFile("wards.geojson", AREAS.encode())
    told = send(analyst, "/areas", {"name": "Wards", "file": file, "code": "code"})

    assert told.status_code == 201
    assert told.json()["areas"] == 1
    assert analyst("GET", "/areas").json() == [told.json()]
    for name, content in {"x.geojson": b"{}", "sheet.xlsx": b"PK", "empty.geojson": b""}.items():
        file = SimpleUploadedFile(name, content)
        assert send(analyst, "/areas", {"name": "Bad", "file": file}).status_code == 422
    assert send(analyst, "/areas", {"name": "None"}).status_code == 422
    assert AreaFile.objects.count() == 1


def test_others_bring_nothing_and_another_city_has_no_such_store(client, ask, store, elsewhere):
    _, secret = token_for(member(elsewhere, Role.ANALYST), elsewhere, Role.ANALYST)
    given = ("street.csv", STREET)

    assert bring(Asking(client, secret), store, given).status_code == 404
    assert bring(ask(Role.READER), store, given).status_code == 403
    assert not list(arriving_folder().iterdir())
    bring(ask(Role.ANALYST), store, given)
    number = FileImport.objects.get().pk
    for method, path in {
        "GET": "", "DELETE": "", "POST": "/stop",
    }.items():  # fmt: skip
        assert Asking(client, secret)(method, f"/imports/{number}{path}").status_code == 404
        assert ask(Role.PUBLISHER)(method, f"/imports/{number}{path}").status_code == 403
