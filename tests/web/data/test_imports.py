"""Files are brought, read, and told about; what fails changes nothing."""

from __future__ import annotations

import pytest

from forestall.records import open_incidents
from forestall.web.audit.models import AuditEntry
from forestall.web.data.folders import import_folder, store_folder
from forestall.web.data.models import FileImport, Store
from forestall.web.organisations.roles import Role
from tests.web.conftest import member
from tests.web.data.conftest import JANUARY, STREET, street, upload


def test_a_store_is_begun_and_a_known_file_is_imported_without_a_question(signed_in, city):
    client = signed_in(Role.ANALYST)

    client.post("/data/stores/new/", {"name": "Recorded crime"})
    answer = upload(client, Store.objects.get(), ("2019-01-cleveland-street.csv", STREET))

    assert "4 rows were read: 3 kept and 1 rejected." in answer.text
    assert "1 row was rejected because it has no coordinates." in answer.text
    assert open_incidents(store_folder(Store.objects.get())).count_rows() == 3


def test_a_real_month_comes_in_whole(signed_in, store):
    answer = upload(signed_in(Role.COORDINATOR), store, (JANUARY.name, JANUARY.read_bytes()))

    assert "7,694 rows were read" in answer.text
    assert FileImport.objects.get().outcome["files"][0]["sha256"][:16] in answer.text


def test_the_rejected_row_is_told_by_file_line_and_reason(signed_in, store):
    answer = upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))

    assert "no_coordinates" in answer.text
    download = signed_in(Role.ANALYST).get(f"/data/imports/{FileImport.objects.get().pk}/rejected/")
    text = b"".join(download.streaming_content).decode("utf-8-sig")
    assert text.startswith("file,line,reason,record\nstreet.csv,5,no_coordinates,")


def test_files_that_were_brought_are_not_kept_once_they_are_imported(signed_in, store):
    upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))

    assert not import_folder(FileImport.objects.get()).exists()


def test_the_same_file_twice_changes_nothing(signed_in, store):
    upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))
    answer = upload(signed_in(Role.ANALYST), store, ("again.csv", STREET))

    assert "All files are in the store already; nothing was changed." in answer.text
    assert open_incidents(store_folder(store)).count_rows() == 3


UNKNOWN = "When,Lon,Lat,What\n31/01/2019,-1.23,54.57,Theft\n01/02/2019,-1.24,54.58,Noise\n"
ANSWERS = {
    "starts_at": "When",
    "format": "%d/%m/%Y",
    "offence": "What",
    "longitude": "Lon",
    "latitude": "Lat",
    "location": "exact",
    "timezone": "Europe/London",
    "place": "Hill Town",
}


def test_an_unknown_file_is_asked_about_and_then_imported(signed_in, store):
    client = signed_in(Role.ANALYST)

    asked = upload(client, store, ("ours.csv", UNKNOWN))
    one = FileImport.objects.get()
    assert "What do the columns mean?" in asked.text
    assert '<option value="Lon" selected>' in asked.text
    answer = client.post(f"/data/imports/{one.pk}/answer/", ANSWERS, follow=True)

    assert "2 rows were read: 2 kept and 0 rejected." in answer.text
    assert open_incidents(store_folder(store)).manifest.place_name == "Hill Town"


def test_the_next_file_of_the_same_form_is_not_asked_about(signed_in, store):
    client = signed_in(Role.ANALYST)
    upload(client, store, ("ours.csv", UNKNOWN))
    client.post(f"/data/imports/{FileImport.objects.get().pk}/answer/", ANSWERS)

    answer = upload(client, store, ("next.csv", UNKNOWN.replace("2019", "2020")))

    assert "2 rows were read" in answer.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"timezone": "Mars"}, "A time zone is named by continent and city"),
        ({"offence": ""}, "Choose the column, or say what all of them are."),
        ({"latitude": ""}, "Choose longitude and latitude, or easting and northing."),
    ],
)
def test_an_answer_that_is_missing_is_asked_for(signed_in, store, changed, said):
    client = signed_in(Role.ANALYST)
    upload(client, store, ("ours.csv", UNKNOWN))

    answer = client.post(
        f"/data/imports/{FileImport.objects.get().pk}/answer/", {**ANSWERS, **changed}
    )

    assert answer.status_code == 422
    assert said in answer.text


NAMED = "Month,Longitude,Latitude,Crime type,Victim name\n2019-01,-1.2,54.5,Theft,Ann Example\n"


def test_a_column_with_names_is_refused_by_its_name(signed_in, store):
    named = STREET.replace("Context\n", "Victim name\n").replace(",,\n", ",,Ann Example\n")

    answer = upload(signed_in(Role.ANALYST), store, ("named.csv", named))

    assert "Victim name" in answer.text
    assert "Ann Example" not in answer.text
    assert "--drop-personal" not in answer.text
    assert not store_folder(store).exists()


def test_columns_on_persons_are_left_out_when_somebody_says_so(signed_in, store):
    client = signed_in(Role.ANALYST)
    named = STREET.replace("Context\n", "Victim name\n").replace(",,\n", ",,Ann Example\n")
    upload(client, store, ("named.csv", named))

    one = FileImport.objects.get()
    answer = client.post(f"/data/imports/{one.pk}/again/", {"drop_personal": "yes"}, follow=True)

    assert "Left out because they identify persons: Victim name." in answer.text
    assert "Ann Example" not in answer.text


def test_a_failed_import_leaves_the_store_and_says_so(signed_in, store):
    client = signed_in(Role.ANALYST)
    upload(client, store, ("street.csv", STREET))
    before = {path: path.read_bytes() for path in store_folder(store).rglob("*") if path.is_file()}

    answer = upload(client, store, ("broken.csv", "\x00\x01\x02 no table"))

    assert "The store is as it was before." in answer.text
    after = {path: path.read_bytes() for path in store_folder(store).rglob("*") if path.is_file()}
    assert after == before
    assert str(store_folder(store)) not in answer.text


def test_what_failed_can_be_removed_with_its_files(signed_in, store):
    client = signed_in(Role.ANALYST)
    upload(client, store, ("broken.csv", "a"))
    folder = import_folder(FileImport.objects.get())

    asked = client.get(f"/data/imports/{FileImport.objects.get().pk}/drop/")
    client.post(f"/data/imports/{FileImport.objects.get().pk}/drop/")

    assert "The store stays as it is." in asked.text
    assert not FileImport.objects.exists()
    assert folder.parent.exists()


def test_a_file_in_the_inbox_is_chosen_and_stays_there(signed_in, store, settings, tmp_path):
    settings.INBOX = tmp_path / "inbox"
    settings.INBOX.mkdir()
    (settings.INBOX / "street.csv").write_text(STREET)

    answer = signed_in(Role.ANALYST).post(
        f"/data/stores/{store.pk}/", {"inbox": ["street.csv"]}, follow=True
    )

    assert "3 kept" in answer.text
    assert (settings.INBOX / "street.csv").exists()


def test_who_brought_what_is_in_the_log_without_names_of_files(signed_in, store):
    upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))

    verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs[-3:] == ["begin import", "start job", "finish import"] or "end job" in verbs
    assert "street.csv" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize("role", list(Role))
def test_analyst_and_coordinator_load_data_and_nobody_else(signed_in, store, role):
    client = signed_in(role)
    wanted = 200 if role in (Role.ANALYST, Role.COORDINATOR) else 403

    assert client.get("/data/").status_code == wanted
    assert client.get(f"/data/stores/{store.pk}/").status_code == wanted
    assert upload(client, store, ("street.csv", STREET)).status_code == wanted


def test_data_of_another_city_do_not_exist(signed_in, client, store, elsewhere):
    upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))
    one = FileImport.objects.get()
    client.force_login(member(elsewhere, Role.ANALYST))

    for address in (f"stores/{store.pk}", f"imports/{one.pk}", f"imports/{one.pk}/rejected"):
        assert client.get(f"/data/{address}/").status_code == 404
    assert store.name not in client.get("/data/").text
    assert client.post(f"/data/imports/{one.pk}/stop/").status_code == 404


def test_months_of_one_store_add_up(signed_in, store):
    client = signed_in(Role.ANALYST)
    upload(client, store, ("january.csv", street("2019-01,-1.235,54.575,Burglary")))

    upload(client, store, ("march.csv", street("2019-03,-1.235,54.575,Robbery")))

    assert "2 incidents" in client.get("/data/").text
