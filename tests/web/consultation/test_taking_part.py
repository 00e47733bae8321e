"""Everybody reads a draft, comments on it and ranks its problems, without an account."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forestall.languages import available_languages
from forestall.plan.example import example_plan
from forestall.web.audit.models import AuditEntry
from forestall.web.consultation import policies
from forestall.web.consultation.comments import add_comment, show_comment
from forestall.web.consultation.models import Comment, Ranking
from forestall.web.consultation.rankings import add_ranking, counts_of
from forestall.web.consultation.services import close_consultation, open_consultation
from forestall.web.organisations.roles import Role
from tests.web.sent import form_of

PROBLEM = f"problems/{example_plan().problems[0].key}"
KEYS = [one.key for one in example_plan().problems]


def page_of(consultation, where=""):
    return f"/take-part/{consultation.slug}/" + (f"on/{where}/" if where else "")


def send(client, page, **typed):
    return client.post(page, form_of(client.get(page)) | typed)


def test_everybody_reads_the_problems_and_actions_of_the_draft(client, consultation):
    text = client.get(page_of(consultation)).text

    plan = example_plan()
    titles = [one.title for one in plan.problems] + [one.title for one in plan.actions]
    for title in titles:
        assert title["en"] in text
    assert "sessionid" not in client.cookies


def test_a_comment_appears_after_somebody_decided_on_it(client, consultation, people):
    page = page_of(consultation, PROBLEM)

    answer = send(client, page, text="Please ask the neighbours first.")

    assert answer.status_code == 302
    assert "Please ask the neighbours" not in client.get(page).text
    show_comment(comment=Comment.objects.get(), by=people[Role.COORDINATOR])
    assert "Please ask the neighbours" in client.get(page).text


def test_a_partner_is_shown_by_the_organisation_only(client, consultation, people):
    client.force_login(people[Role.PARTNER])
    page = page_of(consultation, "whole")

    send(client, page, text="We can help with this.")
    show_comment(comment=Comment.objects.get(), by=people[Role.COORDINATOR])

    text = Client().get(page).text
    assert "Safer City office" in text
    assert people[Role.PARTNER].shown_as not in text
    assert people[Role.PARTNER].key not in text


def test_the_draft_stays_as_it_was_when_people_were_asked(client, consultation, draft, people):
    import msgspec

    from forestall.web.plans.services import change_plan

    change_plan(
        plan=draft,
        change=lambda plan: msgspec.structs.replace(plan, title={"en": "Another title"}),
        by=people[Role.COORDINATOR],
        what="plan",
    )

    assert "Another title" not in client.get(page_of(consultation)).text


@pytest.mark.parametrize("tag", available_languages())
def test_the_page_is_in_the_language_that_its_address_names(client, consultation, tag):
    for where in ("", PROBLEM, "whole"):
        answer = client.get(page_of(consultation, where) + f"?in={tag}")
        assert f'<html lang="{tag}"' in answer.text
        assert answer.headers["Content-Language"] == tag


@pytest.mark.parametrize(
    "text", ["", "ab", "x" * 1501, "\x00\x01\x02", "   "], ids=["none", "two", "long", "nul", "gap"]
)
def test_what_is_no_comment_is_refused_in_words(client, consultation, text):
    answer = send(client, page_of(consultation, PROBLEM), text=text)

    assert answer.status_code == 400
    assert "error-box" in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("field", ["text"])
def test_what_somebody_writes_is_never_markup_or_a_link(client, consultation, people, field):
    page = page_of(consultation, "whole")
    send(client, page, **{field: '<script>alert(1)</script> "><img src=x> https://example.org'})
    show_comment(comment=Comment.objects.get(), by=people[Role.COORDINATOR])

    text = client.get(page).text

    assert "<script" not in text
    assert "<img" not in text
    assert 'href="https://example.org' not in text
    assert "&lt;script&gt;" in text


def test_marks_that_turn_the_text_around_are_taken_out(consultation):
    comment = add_comment(
        consultation=consultation, about="", text="good\u202edab\u2066", organisation=None
    )

    assert comment.text == "gooddab"


def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(client, consultation):
    answer = send(client, page_of(consultation, "whole"), text="Buy now", website="x.example")

    assert answer.status_code == 302
    assert not Comment.objects.exists()


def test_the_field_for_machines_is_hidden_from_everybody_else(client, consultation):
    import lxml.html

    page = lxml.html.fromstring(client.get(page_of(consultation, "whole")).text)

    assert page.xpath("//div[@hidden]//input[@name='website']")


def test_what_is_sent_faster_than_somebody_reads_is_asked_again(client, consultation, monkeypatch):
    monkeypatch.setattr(policies, "FASTEST_SECONDS", 60)

    answer = send(client, page_of(consultation, "whole"), text="Typed with care")

    assert "very fast" in answer.text
    assert "Typed with care" in answer.text
    assert not Comment.objects.exists()


def test_a_form_that_was_never_shown_is_not_taken(client, consultation):
    page = page_of(consultation, "whole")

    for made_up in ("", "1750000000:abc"):
        assert client.post(page, {"text": "Hello there", "shown_at": made_up}).status_code == 400
    assert not Comment.objects.exists()


def test_one_address_is_stopped_and_another_is_not(client, consultation):
    page = page_of(consultation, "whole")
    sent = form_of(client.get(page)) | {"text": "Again and again"}
    for _ in range(12):
        assert client.post(page, sent, REMOTE_ADDR="192.0.2.7").status_code == 302

    answer = client.post(page, sent, REMOTE_ADDR="192.0.2.7")

    assert answer.status_code == 400
    assert "Again and again" in answer.text
    assert client.post(page, sent, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_all_addresses_of_one_network_of_a_household_count_together(client, consultation):
    page = page_of(consultation, "whole")
    sent = form_of(client.get(page)) | {"text": "Again and again"}
    for place in range(12):
        client.post(page, sent, REMOTE_ADDR=f"2001:db8:1:2::{place}")

    assert client.post(page, sent, REMOTE_ADDR="2001:db8:1:2::ffff").status_code == 400
    assert client.post(page, sent, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_no_address_is_kept(client, consultation):
    page = page_of(consultation, "whole")
    sent = form_of(client.get(page)) | {"text": "Hello there"}
    client.post(page, sent, REMOTE_ADDR="192.0.2.77")

    kept = [str(one.__dict__) for one in (*Comment.objects.all(), *AuditEntry.objects.all())]
    assert not any("192.0.2.77" in one for one in (*kept, *map(str, cache_keys())))


def cache_keys():
    from django.core.cache import caches

    return vars(caches["default"])["_cache"]


def test_one_browser_ranks_once(client, consultation):
    page = page_of(consultation)

    first = send(client, page, place_0=KEYS[0])
    second = send(client, page, place_0=KEYS[-1])

    assert first.status_code == 302
    assert "counted already" in second.text
    assert Ranking.objects.count() == 1


def test_a_cookie_that_somebody_made_up_does_not_count(client, consultation):
    send(client, page_of(consultation), place_0=KEYS[0])
    client.cookies["ballot"] = "made-up"

    send(client, page_of(consultation), place_0=KEYS[0])

    assert set(Ranking.objects.values_list("order", flat=True)[0]) == {KEYS[0]}
    assert all(len(one.ballot) == 64 for one in Ranking.objects.all())


def test_a_problem_is_named_once_and_exists(client, consultation):
    for typed in ({"place_0": KEYS[0], "place_1": KEYS[0]}, {"place_0": "none"}, {"place_0": ""}):
        assert send(client, page_of(consultation), **typed).status_code == 400
    assert not Ranking.objects.exists()


def test_small_counts_are_not_shown_and_move_on_by_five(consultation):
    for place in range(4):
        add_ranking(consultation=consultation, ballot=f"a{place}", order=[KEYS[0]])
    assert counts_of(consultation).answers == 0

    add_ranking(consultation=consultation, ballot="b", order=[KEYS[0], KEYS[1]])
    five = counts_of(consultation)
    add_ranking(consultation=consultation, ballot="c", order=[KEYS[1]])

    assert five.answers == 5
    assert [one.named for one in five.problems[:2]] == [5, None]
    assert counts_of(consultation) == five


def test_a_closed_consultation_takes_nothing_and_stays_readable(client, consultation, people):
    page, part = page_of(consultation), page_of(consultation, "whole")
    comment, ranking = form_of(client.get(part)), form_of(client.get(page))
    close_consultation(consultation=consultation, by=people[Role.COORDINATOR])

    client.post(part, comment | {"text": "Too late, sadly"})
    client.post(page, ranking | {"place_0": KEYS[0]})

    assert not Comment.objects.exists()
    assert not Ranking.objects.exists()
    assert client.get(page).status_code == 200
    assert "has ended" in client.get(part).text
    assert "<textarea" not in client.get(part).text


def test_before_its_first_day_nobody_finds_it(client, draft, people):
    today = timezone.localdate()
    later = open_consultation(
        plan=draft,
        opens=today + timedelta(days=1),
        ends=today + timedelta(days=9),
        by=people[Role.COORDINATOR],
    )

    assert client.get(page_of(later)).status_code == 404
    assert later.plan.title not in client.get("/take-part/").text


def test_no_such_part_is_not_found(client, consultation):
    assert client.get(page_of(consultation, "problems/none")).status_code == 404
    assert client.get("/take-part/none/").status_code == 404
    assert client.get(f"/take-part/{consultation.slug}/changes/1/").status_code == 404


def test_every_field_has_its_label_and_headings_are_in_order(client, consultation):
    import lxml.html

    for where in ("", PROBLEM):
        page = lxml.html.fromstring(client.get(page_of(consultation, where)).text)
        labelled = set(page.xpath("//label/@for"))
        shown = page.xpath(
            "//*[self::input or self::select or self::textarea][@type!='hidden' or not(@type)]"
        )
        assert {one.get("id") for one in shown} <= labelled
        levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
        assert not page.xpath("//@style | //script | //style")


def test_the_first_page_is_light(client, consultation):
    assert len(client.get(page_of(consultation)).content) < 30_000
