"""Assistance in the workspace: what is asked and offered, matched with reasons; what follows."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.assistance import Area, Priority, Window
from forestall.errors import InvalidAssistance, InvalidEntry, MoveNotAllowed, NotAllowed
from forestall.questionnaires import reply_from_json, reply_to_json
from forestall.web.assistance import answering, matching, missions, stating
from forestall.web.assistance.bringing import bring
from forestall.web.assistance.matching import start_round
from forestall.web.assistance.models import (
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    MatchingRound,
)
from forestall.web.assistance.sides import Side
from forestall.web.directory.models import Office
from forestall.web.organisations.roles import Role
from forestall.web.returns.models import Return
from tests.web.assistance.given import ASKED_FOR, TODAY, WINDOW, need_of, offer_of
from tests.web.conftest import member

FILLED = {
    "area": "evaluation",
    "title": "Plan an evaluation",
    "written_in": "en",
    "best": "fr",
    "languages": ["en"],
    "regions": "Africa, West Africa",
    "first": WINDOW.first.isoformat(),
    "last": WINDOW.last.isoformat(),
    "days": "5",
    "must_cover": ["travel"],
    "named": "on",
}


def test_a_need_is_stated_on_a_page_seen_from_everywhere_and_changed(
    client, city, elsewhere, asks, offers
):
    Office.objects.create(
        jurisdiction=city, kind="focal-point", name="Prevention desk", confirmed_on=TODAY
    )
    client.force_login(asks)

    assert client.post(reverse("assistance-need-add"), FILLED).status_code == 302
    kept = AssistanceNeed.objects.get()
    content = kept.content
    assert (content.languages, content.regions) == (("fr", "en"), ("africa", "west-africa"))
    assert (content.asked, content.priority) == (TODAY, Priority.NAMED)
    client.force_login(offers)
    assert "Plan an evaluation" in client.get(reverse("assistance")).text
    seen = client.get(reverse("assistance-need", args=[kept.key])).text
    assert "Prevention desk" in seen
    assert reverse("assistance-need-edit", args=[kept.pk]) not in seen

    client.force_login(asks)
    changed = {**FILLED, "title": "Évaluer", "written_in": "fr", "area": "skills"}
    client.post(reverse("assistance-need-edit", args=[kept.pk]), changed)
    kept.refresh_from_db()
    assert kept.content.title == {"en": "Plan an evaluation", "fr": "Évaluer"}
    assert kept.content.area is Area.EVALUATION


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days": "500"}, "There are fewer days between"),
        ({"last": "2001-01-01"}, "This day is before the first one."),
        ({"best": "", "languages": []}, "Name at least one language."),
        ({"more_languages": "Klingon!"}, "Write tags such as pt"),
        ({"title": "Ask ann@example.org"}, "name a body only"),
        ({"regions": ""}, "Regions"),
    ],
)
def test_a_need_that_cannot_be_is_said_in_a_sentence(client, asks, wrong, said):
    client.force_login(asks)

    answer = client.post(reverse("assistance-need-add"), {**FILLED, **wrong})

    assert answer.status_code == 200
    assert said in answer.text
    assert not AssistanceNeed.objects.exists()


def test_only_coordinators_and_administrators_state_and_only_at_the_top_rounds_start(
    city, elsewhere, people
):
    with pytest.raises(NotAllowed):
        need_of(city, people[Role.PARTNER])
    with pytest.raises(NotAllowed):
        need_of(elsewhere, people[Role.COORDINATOR])
    need_of(city, people[Role.ADMINISTRATOR])
    city.parent = elsewhere
    city.save()
    with pytest.raises(NotAllowed, match="none above"):
        start_round(jurisdiction=city, by=people[Role.COORDINATOR], today=TODAY)


def test_a_round_says_why_for_every_pair_and_every_need_without_one(
    client, city, elsewhere, asks, offers
):
    late = need_of(city, asks, title={"en": "Second"})
    early = need_of(city, asks, asked=TODAY - timedelta(days=90), title={"en": "First"})
    need_of(city, asks, area=Area.SKILLS, title={"en": "Third"})
    offer_of(elsewhere, offers)
    client.force_login(asks)

    client.post(reverse("assistance-round-start"))
    assert not MatchingRound.objects.exists()
    client.post(reverse("assistance-round-start"), {"confirmed": "yes"})

    made = AssistanceProposal.objects.get()
    assert (made.need, made.state) == (early, "proposed")
    client.force_login(member(elsewhere, Role.READER))
    text = client.get(reverse("assistance-round", args=[made.round_id])).text
    assert "1 of 3 open needs have a fitting offer." in text
    assert "The need was stated on" in text
    assert "who has waited longer" in text
    assert "No offer is in the area “Government support for skills”." in text
    shown = client.get(reverse("assistance-need", args=[late.key])).text
    assert "1 offer fits, and it is taken." in shown


def test_a_large_round_is_worked_out_in_the_background_and_leaves_out_what_changed(
    city, elsewhere, asks, offers, monkeypatch
):
    monkeypatch.setattr(matching, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(matching, "start_job", lambda **_: None)
    need, other = need_of(city, asks), need_of(city, asks)
    offer_of(elsewhere, offers, capacity=2)

    found = start_round(jurisdiction=city, by=asks, today=TODAY)
    assert found.is_open
    with pytest.raises(InvalidEntry, match="wait"):
        start_round(jurisdiction=city, by=asks, today=TODAY)
    stating.change_need(need=need, parts=ASKED_FOR | {"days": 6}, by=asks)
    matching.work_out(found)
    matching.work_out(MatchingRound.objects.get())

    assert AssistanceProposal.objects.get().need == other
    assert MatchingRound.objects.get().left_out == [need.key]


def test_days_that_are_over_are_not_matched(city, elsewhere, asks, offers):
    need_of(city, asks, window=Window(first=TODAY - timedelta(9), last=TODAY), days=2)
    with pytest.raises(InvalidEntry, match="No need is open"):
        start_round(jurisdiction=city, by=asks, today=TODAY)


def test_a_declined_need_waits_on_since_its_day_and_the_pair_is_not_proposed_again(
    client, city, proposed, asks, offers
):
    client.force_login(offers)
    address = reverse("assistance-answer", args=[proposed.pk])
    no = {"answer": "decline", "written_in": "en"}

    assert "Say why" in client.post(address, no).text
    assert "name a body only" in client.post(address, {**no, "because": "ann@b.org"}).text
    assert client.post(address, {**no, "because": "We are few."}).status_code == 302

    proposed.refresh_from_db()
    assert proposed.state == "declined"
    start_round(jurisdiction=city, by=asks, today=TODAY)
    again = MatchingRound.objects.latest("pk")
    assert [one["why"] for one in again.result["unmatched"]] == ["declined"]
    assert again.inputs["needs"][0]["asked"] == TODAY.isoformat()
    client.force_login(asks)
    text = client.get(reverse("assistance-proposal", args=[proposed.pk])).text
    assert "We are few." in text
    assert "The need is open again" in text


def test_nobody_answers_for_the_other_side_or_twice(proposed, asks, offers):
    with pytest.raises(NotAllowed):
        answering.accept_proposal(
            proposal=proposed, side=Side.OFFER, because={}, by=asks, today=TODAY
        )
    answering.accept_proposal(proposal=proposed, side=Side.NEED, because={}, by=asks, today=TODAY)
    with pytest.raises(InvalidEntry, match="answered already"):
        answering.accept_proposal(
            proposal=proposed, side=Side.NEED, because={}, by=asks, today=TODAY
        )
    proposed.refresh_from_db()
    assert proposed.state == "proposed"
    with pytest.raises(MoveNotAllowed):
        missions.begin_mission(
            proposal=proposed, started=TODAY, follow_up=None, by=offers, today=TODAY
        )


def test_what_rests_on_a_need_keeps_it_as_it_is_until_it_is_withdrawn(city, proposed, asks):
    need = proposed.need
    with pytest.raises(InvalidEntry, match="rests on this need"):
        stating.change_need(need=need, parts=ASKED_FOR, by=asks)

    kept = stating.withdraw_stated(stated=need, because={"en": "Solved"}, by=asks, today=TODAY)

    assert (kept.pk, kept.withdrawn_on, kept.revision) == (need.pk, TODAY, need.revision + 1)
    proposed.refresh_from_db()
    assert proposed.state == "withdrawn"
    assert proposed.content.answers[-1].because == {"en": "Solved"}
    with pytest.raises(InvalidEntry, match="withdrawn"):
        stating.change_need(need=need, parts=ASKED_FOR, by=asks)


REPLY = {
    "questionnaire": "2006-20",
    "version": 1,
    "country": "GB",
    "on": "2001-01-31",
    "answers": {
        "Q25": {"state": "drafted", "choice": "yes"},
        "Q26": {"state": "drafted", "choice": "no"},
        "Q26(k)": {"state": "drafted", "marks": ["need", "can-provide"]},
        "Q26(b)": {"state": "drafted", "marks": ["need"], "confidential": True},
        "Q26(m)": {"state": "drafted", "text": "Evaluation", "language": "en"},
    },
}


def test_a_reply_proposes_what_a_person_then_states(client, city, asks, offers):
    document = reply_to_json(reply_from_json(json.dumps(REPLY).encode())).decode()
    found = Return.objects.create(
        jurisdiction=city, questionnaire="2006-20", version=1, document=document,
        revision=3, begun_by=asks,
    )  # fmt: skip
    client.force_login(asks)
    text = client.get(reverse("assistance-drawn", args=[found.pk])).text
    wanted = f"{reverse('assistance-need-add')}?reply={found.pk}&item=Q26%28k%29"
    assert wanted.replace("&", "&amp;") in text
    assert reverse("assistance-offer-add") not in text
    assert "skills" not in text

    form = client.get(wanted).text
    assert "The reply says of priorities:" in form
    assert not AssistanceNeed.objects.exists()
    client.post(wanted, FILLED)

    kept = AssistanceNeed.objects.get()
    assert kept.origin == {
        "return": found.pk, "item": "Q26(k)", "revision": 3, "place": city.name
    }  # fmt: skip
    assert kept.content.asked == TODAY
    assert (
        wanted.replace("&", "&amp;")
        not in client.get(reverse("assistance-drawn", args=[found.pk])).text
    )
    client.force_login(offers)
    assert client.get(wanted).status_code == 404


def test_files_go_out_and_come_in_and_nobody_answers_by_them(
    client, city, elsewhere, proposed, asks, offers
):
    client.force_login(asks)
    files = {
        name: client.get(reverse("assistance-file", args=[name])).content
        for name in ("needs", "offers", "proposals")
    }
    assert client.get(reverse("assistance-file", args=["people"])).status_code == 404

    def brought(name, read, by=asks, place=city):
        return bring(
            holds=name, jurisdiction=place, read=read, name=f"{name}.json", by=by, today=TODAY
        )

    assert brought("needs", files["needs"]).left_out == 1
    assert brought("proposals", files["proposals"]).left_out == 1
    with pytest.raises(InvalidAssistance, match="Another place has"):
        brought("needs", files["needs"].replace(b"Plan an", b"Do an"), offers, elsewhere)
    with pytest.raises(InvalidAssistance, match="A proposal rests"):
        brought("needs", files["needs"].replace(b"Plan an", b"Do an"))
    answering.withdraw_proposal(proposal=proposed, because={"en": "x"}, by=asks, today=TODAY)
    answered = files["proposals"].replace(b'"state": "proposed"', b'"state": "accepted"')
    assert brought("proposals", answered).added == 0
    assert brought("proposals", files["proposals"]).added == 1

    new = files["needs"].replace(b'"port-alder-evaluation"', b'"far-away"')
    sent = SimpleUploadedFile("needs.json", new, content_type="application/json")
    client.post(reverse("assistance-bring"), {"holds": "needs", "file": sent})
    assert AssistanceNeed.objects.get(key="far-away").origin == {"file": "needs.json"}
    broken = SimpleUploadedFile("offers.json", b'{"needs": []}', content_type="application/json")
    text = client.post(reverse("assistance-bring"), {"holds": "offers", "file": broken}).text
    assert "has a field “" in text
    assert AssistanceOffer.objects.count() == 1


def brought(city, by, holds, records):
    return bring(
        holds=holds,
        jurisdiction=city,
        read=json.dumps({holds: records}).encode(),
        name="far.json",
        by=by,
        today=TODAY,
    )


def test_no_file_lets_a_need_wait_longer_than_it_was_known_here(city, elsewhere, asks, offers):
    before = TODAY - timedelta(days=400)
    row = need_of(city, asks, asked=before)
    file = {**row.document, "key": "jumps", "asked": "1900-01-01"}
    stated = {**row.document, "asked": "1900-01-01"}

    assert brought(elsewhere, offers, "needs", [file]).added == 1
    new = AssistanceNeed.objects.get(key="jumps")
    assert (new.content.asked, str(new.origin_words)) == (TODAY, "Brought in a file.")
    assert brought(elsewhere, offers, "needs", [file]).left_out == 1
    assert brought(city, asks, "needs", [stated]).left_out == 1
    row.refresh_from_db()
    assert row.content.asked == before
    other_area = {**stated, "area": "skills"}
    assert brought(city, asks, "needs", [other_area]).changed == 1
    row.refresh_from_db()
    assert row.content.asked == TODAY


def test_no_file_offers_in_the_name_of_another_body(city, elsewhere, asks, offers):
    row = offer_of(elsewhere, offers)
    name = city.organisations.get().name
    file = {**row.document, "key": "new-one"}

    assert brought(city, asks, "offers", [row.document]).left_out == 1
    for owner in ({"en": "Ministry of Far Mere"}, {"en": name, "fr": "Ministry of Far Mere"}):
        with pytest.raises(InvalidAssistance, match="no organisation of your place"):
            brought(city, asks, "offers", [{**file, "owner": owner}])
    assert brought(city, asks, "offers", [{**file, "owner": {"en": f" {name.upper()}"}}]).added == 1
    new = AssistanceOffer.objects.get(key="new-one")
    assert new.organisation == city.organisations.get()


def test_of_bodies_whose_names_are_alike_a_file_has_to_name_one_to_the_letter(city, asks):
    kept = offer_of(city, asks)
    one = city.organisations.get()
    other = city.organisations.create(key="other", name=one.name.upper(), sector=one.sector)
    file = {**kept.document, "key": "new-one"}

    with pytest.raises(InvalidAssistance, match="no organisation of your place"):
        brought(city, asks, "offers", [{**file, "owner": {"en": one.name.lower()}}])
    assert brought(city, asks, "offers", [{**file, "owner": {"en": other.name}}]).added == 1
    assert AssistanceOffer.objects.get(key="new-one").organisation == other
