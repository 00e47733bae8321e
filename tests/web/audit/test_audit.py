"""The pages of the log: what one may read, filters, the check of the chain, files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from forestall.web.audit.models import FIRST, AuditEntry
from forestall.web.audit.reading import safe_cell
from forestall.web.audit.services import record
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.roles import Role
from tests.web.conftest import member


@pytest.fixture
def as_boss(client, people):
    client.force_login(people[Role.ADMINISTRATOR])
    return client


@pytest.fixture
def entries(city, elsewhere, people):
    by = people[Role.COORDINATOR]
    record("begin plan", by=by, about="plan 3", jurisdiction=city, part="=begun")
    record("edit plan", by=by, about="plan 3", jurisdiction=city)
    record("edit plan", by=by, about="plan 31", jurisdiction=city)
    record("edit plan", by=None, about="plan 9", jurisdiction=elsewhere)
    record("back up", by=None, about="workspace")


def read(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def test_an_administrator_reads_the_log_of_the_place_with_names(as_boss, entries, people):
    text = as_boss.get("/audit/").text

    assert "plan 31" in text
    assert str(people[Role.COORDINATOR]) in text
    assert "plan 9" not in text
    assert "back up" in text


def test_whoever_administers_a_place_below_does_not_read_of_the_whole_workspace(
    client, city, entries
):
    below = Jurisdiction.objects.create(
        name="Harbour", slug="harbour", country="GB", level="local", parent=city
    )
    below.organisations.create(key="office", name="Harbour office", sector="coordination")
    client.force_login(member(below, Role.ADMINISTRATOR))

    text = client.get("/audit/").text

    assert "back up" not in text
    assert ">plan 3<" not in text


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"verb": "edit plan"}, 2),
        ({"about": "plan 3"}, 2),
        ({"about": "plan"}, 3),
        ({"actor": "workspace"}, 1),
        ({"since": "2000-01-01", "until": "2000-12-31"}, 0),
        ({"since": "2000-01-01"}, 4),
    ],
)
def test_entries_are_chosen(as_boss, entries, chosen, count):
    found = json.loads(read(as_boss.get("/audit/export/json/", chosen)))

    assert len(found) == count


def test_a_wrong_day_is_explained_and_hides_nothing(as_boss, entries):
    text = as_boss.get("/audit/", {"since": "yesterday"}).text

    assert 'class="error-box"' in text
    assert "plan 31" in text


def test_a_long_log_is_cut_into_pages_that_keep_the_filter(as_boss, city):
    for _ in range(60):
        record("edit plan", by=None, about="plan 3", jurisdiction=city)

    first = as_boss.get("/audit/", {"verb": "edit plan"}).text
    second = as_boss.get("/audit/", {"verb": "edit plan", "page": "2"}).text

    assert "?verb=edit+plan&amp;page=2" in first
    assert second.count("<td>changed a plan</td>") == 10


def test_no_cell_of_the_table_runs_as_a_formula(as_boss, city):
    record("=cmd()", by=None, about="@plan", jurisdiction=city)

    rows = list(csv.DictReader(io.StringIO(read(as_boss.get("/audit/export/csv/")))))

    assert rows[-1]["verb"] == "'=cmd()"
    assert rows[-1]["about"] == "'@plan"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "  =1"])
def test_what_looks_like_a_formula_is_quoted(text):
    assert safe_cell(text) == f"'{text}"


def test_the_chain_can_be_checked_from_the_file(as_boss, entries):
    found = json.loads(read(as_boss.get("/audit/export/json/")))

    assert found[0]["previous"] == FIRST
    assert found[1]["previous"] == found[0]["hash"]


def test_taking_the_log_along_is_in_the_log(as_boss, entries, people):
    read(as_boss.get("/audit/export/csv/"))

    last = AuditEntry.objects.latest("number")
    assert (last.verb, last.actor) == ("export audit log", people[Role.ADMINISTRATOR].key)


def test_the_check_says_that_all_hold_or_which_does_not(as_boss, entries):
    assert "all hold" in as_boss.get("/audit/check/").text

    AuditEntry.objects.filter(number=2).update(verb="nothing")

    assert "Entry 2 was changed" in as_boss.get("/audit/check/").text


def test_only_administrators_read_the_log(client, people):
    client.force_login(people[Role.COORDINATOR])

    for address in ("", "check/", "export/csv/"):
        assert client.get(f"/audit/{address}").status_code == 403


def test_an_unknown_form_of_file_does_not_exist(as_boss):
    assert as_boss.get("/audit/export/xml/").status_code == 404
