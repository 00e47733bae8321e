"""Programs read replies of many states together, as the pages do: in no order by an answer."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forestall.questionnaires.together import states
from forestall.web.organisations.roles import Role
from tests.web.secretariat.given import REPLIES, SECRET, file_of


@pytest.fixture
def number(coordinator, client):
    """A reading to which three states replied, as a program gathers them."""
    made = coordinator("POST", "/readings", {"title": "Second", "questionnaire": "2006-20"})
    assert made.status_code == 201
    number = made.json()["number"]
    for state, answers in REPLIES.items():
        assert bring(client, coordinator, number, state, file_of(state, answers)) == 201
    return number


def bring(client, asking, number, state, content, **fields):
    sent = {"files": SimpleUploadedFile(f"{state}.json", content), **fields}
    headers = {"Authorization": f"Bearer {asking.secret}"}
    return client.post(f"/api/v1/readings/{number}/replies", sent, headers=headers).status_code


def test_replies_are_gathered_and_counted(ask, number):
    analyst = ask(Role.ANALYST)

    whole = analyst("GET", f"/readings/{number}").json()[0]
    counts = {one["item"]: one for one in analyst("GET", f"/readings/{number}/counts").json()}

    assert whole["replied"] == ["AT", "DE", "KE"]
    assert whole["asked"] == len(states())
    assert counts["Q6"]["said"] == {"yes": 1, "no": 1}
    assert counts["Q6"].keys() == {"item", "region", "asked", "replied", "answered", "said"}
    assert (counts["Q6"]["replied"], counts["Q6"]["answered"]) == (3, 2)
    regions = analyst("GET", f"/readings/{number}/items/Q7(a)").json()
    assert [one["answered"] for one in regions] == [2, 1, 0, 0, 1, 0]


def test_words_are_found_and_nothing_confidential_is_among_them(ask, number):
    analyst = ask(Role.ANALYST)

    found = analyst("GET", f"/readings/{number}/quotations?words=MONEY&theme=V").json()
    everything = analyst("GET", f"/readings/{number}/quotations")

    assert [one["state"] for one in found["quotations"]] == ["AT", "KE"]
    assert SECRET not in everything.text
    assert everything.json()["total"] == 4


@pytest.mark.parametrize("path", ["", "/counts", "/items/Q6", "/quotations", "/replies"])
def test_an_order_by_an_answer_is_refused_with_the_reason(ask, number, path):
    refused = ask(Role.ANALYST)("GET", f"/readings/{number}{path}?order=answer")

    assert refused.status_code == 422
    assert "no scorecard" in refused.json()["detail"]


def test_a_chapter_is_written_unless_it_changed_meanwhile(ask, number):
    analyst = ask(Role.ANALYST)
    path = f"/readings/{number}/chapters/a"

    first = analyst("PUT", path, {"text": "First", "was": 0})
    late = analyst("PUT", path, {"text": "Late", "was": 0})

    assert first.json()["revision"] == 1
    assert first.json()["items"] == ["Q23", "Q28"]
    assert late.status_code == 412
    versions = analyst("GET", f"{path}/versions").json()
    assert [one["text"] for one in versions] == ["First"]


def test_a_reply_comes_with_its_hash_and_goes_again(client, coordinator, ask, number):
    again = file_of("KE", {})
    wrong = bring(client, coordinator, number, "KE", again, told="0" * 64, replaces="on")
    right = hashlib.sha256(again).hexdigest()

    assert wrong == 422
    assert bring(client, coordinator, number, "KE", again, told=right, replaces="on") == 201
    assert ask(Role.ANALYST)("DELETE", f"/readings/{number}/replies/KE").status_code == 403
    assert coordinator("DELETE", f"/readings/{number}/replies/KE").status_code == 204
    left = coordinator("GET", f"/readings/{number}/replies?order=region").json()
    assert [one["state"] for one in left] == ["AT", "DE"]


def test_the_draft_is_a_file(ask, number):
    draft = ask(Role.ANALYST)("GET", f"/readings/{number}/files/docx")

    assert draft.content.startswith(b"PK")
    assert ask(Role.ANALYST)("GET", f"/readings/{number}/files/txt").status_code == 404
