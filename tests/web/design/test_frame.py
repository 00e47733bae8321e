"""The frame of every page: the top row by role, the languages, nothing inline."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from forestall.web.design.navigation import stages_of
from forestall.web.organisations.roles import Role
from tests.web.conftest import member


def links_of(text: str) -> list[str]:
    row = re.search(r'<nav class="nav".*?</nav>', text, re.DOTALL)
    return re.findall(r'<a href="[^"]*"[^>]*>([^<]*)</a>', row.group() if row else "")


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (Role.COORDINATOR, "Plans", "Organisation"),
        (Role.ANALYST, "Home", "Plans"),
        (Role.READER, "Plans", "Partners"),
        (Role.ADMINISTRATOR, "Partners", "Follow-up"),
    ],
)
def test_the_top_row_follows_the_role(client, people, role, seen, unseen):
    client.force_login(people[role])

    links = links_of(client.get("/").text)

    assert seen in links
    assert unseen not in links


def test_somebody_with_two_roles_sees_the_stages_of_both(client, city, people):
    person = people[Role.ANALYST]
    city.organisations.get().memberships.create(person=person, role=Role.READER)

    assert {"Home", "Plans"} <= {str(one.words) for one in stages_of(person, "/")}


def test_the_stage_of_the_page_is_marked(client, plan, people):
    client.force_login(people[Role.READER])

    text = client.get(plan.get_absolute_url()).text

    assert re.findall(r'aria-current="page">([^<]*)<', text)[0] == "Plans"


def test_the_part_of_the_plan_is_marked(client, plan, people):
    client.force_login(people[Role.COORDINATOR])
    address = reverse("plan-money", args=[plan.pk])

    assert f'<a href="{address}" aria-current="true">' in client.get(address).text


def test_a_stage_that_is_not_installed_is_left_out(people, settings):
    settings.ROOT_URLCONF = "tests.web.design.only_home"

    assert [str(one.words) for one in stages_of(people[Role.COORDINATOR], "/")] == ["Home"]


def test_somebody_who_is_not_signed_in_sees_no_stages_but_the_languages(client, db):
    text = client.get("/account/login/").text

    assert links_of(text) == []
    assert 'value="ar" lang="ar"' in text


def test_a_language_is_chosen_and_the_page_comes_back_in_it(client, db):
    answer = client.post("/language/", {"language": "ar", "next": "/design/"}, follow=True)

    assert '<html lang="ar" dir="rtl">' in answer.text
    assert answer.redirect_chain == [("/design/", 302)]


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_choice_of_a_language_never_leads_elsewhere(client, db, to):
    answer = client.post("/language/", {"language": "fr", "next": to})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("said", [True, False])
def test_a_demonstration_says_so(client, db, settings, said):
    settings.DEMONSTRATION = said

    assert ('class="demo"' in client.get("/account/login/").text) is said


@pytest.mark.parametrize("address", ["/", "/plans/", "/design/", "/account/profile/"])
def test_nothing_is_inline(client, people, address):
    client.force_login(people[Role.COORDINATOR])

    text = client.get(address).text

    assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?! src=)", text)


def test_the_script_may_neither_evaluate_nor_write_styles(client, db):
    text = client.get("/design/").text

    assert '"allowEval": false' in text
    assert '"includeIndicatorStyles": false' in text


def test_the_name_of_a_person_is_never_taken_for_markup(client, city):
    person = member(city, Role.READER, name="b")
    person.shown_as = "<b>Ada</b>"
    person.save()
    client.force_login(person)

    assert "&lt;b&gt;Ada&lt;/b&gt;" in client.get("/").text


def test_a_choice_is_a_field_set_with_a_legend_and_labels(client, db):
    text = client.get("/design/").text

    assert re.search(r'<fieldset class="field" id="id_kind">\s*<legend>Comes in</legend>', text)
    assert '<input type="radio" name="kind" value="victims"' in text
    assert '<label for="id_kind_1">for victims</label>' in text


def test_a_wrong_field_is_joined_to_its_hint_and_error(client, db):
    text = client.get("/design/").text

    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_error"' in text
    assert '<a href="#id_name">Name of the action: ' in text


def test_the_living_page_shows_every_part(client, db):
    text = client.get("/design/").text

    for part in ("crumbs", "side", "contents", "stepper", "chip chip-care", "facts", "empty",
                 "care", "matrix", "gantt", "split", "diff", "thread", "time", "pages",
                 "error-box", "done"):  # fmt: skip
        assert f'class="{part}"' in text, part
