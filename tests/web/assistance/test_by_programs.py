"""Programs state needs and offers, start rounds, answer, and follow missions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.web.assistance.models import AssistanceNeed, AssistanceProposal
from forestall.web.organisations.roles import Role
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member

TODAY = timezone.localdate()
WINDOW = {
    "first": TODAY.isoformat(),
    "last": (TODAY + timedelta(days=90)).isoformat(),
}
NEED = {
    "area": "evaluation",
    "title": {"en": "Plan an evaluation"},
    "languages": ["fr"],
    "regions": ["africa"],
    "window": WINDOW,
}
OFFER = {
    "areas": ["evaluation"],
    "title": {"en": "Evaluators"},
    "languages": ["fr"],
    "window": WINDOW,
}


@pytest.fixture
def asking(client, city):
    return Asking(client, token_for(member(city, Role.COORDINATOR), city, Role.COORDINATOR)[1])


@pytest.fixture
def offering(client, elsewhere):
    person = member(elsewhere, Role.COORDINATOR)
    return Asking(client, token_for(person, elsewhere, Role.COORDINATOR)[1])


def test_a_program_goes_the_whole_way(asking, offering, elsewhere):
    need = asking("POST", "/assistance/needs", NEED)
    own = {"organisation": elsewhere.organisations.get().pk}
    offer = offering("POST", "/assistance/offers", OFFER | own)
    assert (need.status_code, offer.status_code) == (201, 201)
    assert need.json()["record"]["asked"] == TODAY.isoformat()
    assert offering("GET", "/assistance/needs").json() == [need.json()]

    made = asking("POST", "/assistance/rounds")
    assert made.status_code == 201
    read = offering("GET", made.headers["Location"].removeprefix("/api/v1")).json()
    assert read["result"]["pairs"][0]["need"] == "port-alder-evaluation"
    where = f"/assistance/proposals/{AssistanceProposal.objects.get().pk}"
    no_reason = {"side": "need", "accepts": False}
    assert asking("POST", f"{where}/answer", no_reason).status_code == 409
    other_side = {"side": "offer", "accepts": True}
    assert asking("POST", f"{where}/answer", other_side).status_code == 403
    asking("POST", f"{where}/answer", {"side": "need", "accepts": True})
    assert offering("POST", f"{where}/answer", other_side).json()["state"] == "accepted"

    day = TODAY.isoformat()
    offering("POST", f"{where}/mission", {"started": day, "follow_up": day})
    held = {"due": day, "held": day, "found": {"en": "Data are there."}}
    assert offering("POST", f"{where}/follow-ups/held", held).status_code == 200
    assert offering("POST", f"{where}/end", {"ended": day}).json()["state"] == "ended"
    result = {"outcome": "met", "said": {"en": "A plan."}, "learned": {"en": "Begin early."}}
    assert offering("POST", f"{where}/result", result).status_code == 403
    assert asking("POST", f"{where}/result", result).status_code == 200
    (told,) = offering("GET", "/assistance/results").json()
    assert told["mission"]["result"]["learned"] == {"en": "Begin early."}


def test_files_go_by_programs_too(asking, offering):
    asking("POST", "/assistance/needs", NEED)
    file = asking("GET", "/assistance/files/needs").json()

    assert asking("POST", "/assistance/files/needs", file).json()["left_out"] == 1
    file["needs"][0]["key"] = "another"
    assert offering("POST", "/assistance/files/needs", file).json()["added"] == 1
    file["needs"][0]["owner"] = {"en": "ann@example.org"}
    assert offering("POST", "/assistance/files/needs", file).status_code == 422
    assert asking("GET", "/assistance/files/people").status_code == 404


@pytest.mark.parametrize("wrong", [{"area": "war"}, {"days": 500}, {"title": {"en": "a@b.org"}}])
def test_what_is_no_need_is_said(asking, wrong):
    assert asking("POST", "/assistance/needs", NEED | wrong).status_code == 422
    assert not AssistanceNeed.objects.exists()


def test_nobody_changes_what_is_elsewhere(asking, offering):
    number = asking("POST", "/assistance/needs", NEED).json()["number"]

    assert offering("PUT", f"/assistance/needs/{number}", NEED).status_code == 404
    because = {"because": {"en": "x"}}
    assert offering("POST", f"/assistance/needs/{number}/withdraw", because).status_code == 404
    assert asking("POST", f"/assistance/needs/{number}/withdraw", because).status_code == 200
    assert asking("PUT", f"/assistance/needs/{number}", NEED).status_code == 409
