"""Five countries that do not exist reply in a real browser, each to a frozen reply.

In three of them, one for each of English, French and Arabic, five institutions write the sections
that are assigned to them, by hand and by a workbook; the focal point gathers, two sign, and it is
submitted. The other two bring the whole reply as a workbook.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import unescape
from urllib.request import Request, urlopen

import pytest
from django.test import Client
from msgspec import structs

from forestall.languages import in_language, message, use_language
from forestall.questionnaires import Answer, read_definition, reply_from_json
from forestall.questionnaires.example import example_reply
from forestall.questionnaires.workbook import reply_to_workbook
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.returns.models import Return
from forestall.web.returns.states import ReturnState
from tests.browser.chromium import NEEDED, WITHOUT_WEBGL, show, started
from tests.web.browser.visitor import Visitor

pytestmark = NEEDED
PHONE, DESK = 380, 1280
ASKED = read_definition("2006-20")
SECTIONS = [group.key for group in ASKED.groups]
# What each institution writes by hand; the rest of its section comes by the workbook.
BY_HAND = {"I": ["Q2(a)"], "II": ["Q9(c)"], "III": ["Q20"], "IV": ["Q26(a)"], "V": ["Q27"]}

# That a form saves itself is tried in tests/web/returns/test_in_browser.py.
_BY_HAND_ONLY = "document.body.addEventListener('htmx:beforeRequest', one => one.preventDefault())"

_LOOKED_AT = {
    "en": "begin assign assigned section-I answer-I follow-up-I answer-III answer-IV answer-V "
    "differencesV differences list gathered sign submit frozen refused",
    "fr": "section-I follow-up-I gathered frozen",
    "ar": "assigned section-I follow-up-I answer-IV differencesV gathered sign frozen refused",
}
_SENT_LATE = """
const [address, done] = arguments;
const csrfmiddlewaretoken = document.querySelector('[name=csrfmiddlewaretoken]').value;
const form = {csrfmiddlewaretoken, seen: '', state: 'drafted', text: 'Otherwise', language: 'en'};
fetch(address, {method: 'POST', body: new URLSearchParams(form)})
  .then(answer => answer.text().then(page => done([answer.status, page])));
"""


@dataclass
class Country:
    """A country that replies: its people, the one who sits at the screen, and their language."""

    place: Jurisdiction
    people: dict[str, Person]
    visitor: Visitor
    tag: str
    width: int

    def come(self, who: str) -> None:
        """Sit down as somebody who has signed in."""
        client = Client()
        client.force_login(self.people[who])
        self.visitor.come(width=self.width)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        self.visitor.browser.execute_cdp_cmd(
            "Network.setCookie", cookie | {"url": self.visitor.site}
        )

    def press(self, words: str, *, inside: str = "", **values: object) -> None:
        """Press what is called so in their language."""
        self.visitor.press(self.words(words, **values), inside=inside)

    def words(self, words: str, **values: object) -> str:
        """Return a sentence in their language."""
        with use_language(self.tag):
            return str(message(words, **values))

    def text(self, texts) -> str:
        """Return what the questionnaire says in their language."""
        with use_language(self.tag):
            return in_language(texts)

    def keep_picture(self, name: str) -> None:
        """Keep a picture of a page that is looked at, and check that everybody can use it."""
        if name in _LOOKED_AT[self.tag].split():
            self.visitor.keep_picture(f"{self.place.slug}-{name}")

    def number(self, label: str) -> str:
        """Return the number of a question as a page writes it, in a line from the right too."""
        return f"\u2066{label}\u2069" if self.tag == "ar" else label

    def found(self) -> Return:
        """Return the reply as it is saved now."""
        return Return.objects.get(jurisdiction=self.place)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


@pytest.fixture
def country(browser, live_server, settings, tmp_path, db):
    """Return how a country is made whose offices are those of an example."""
    settings.HOME = tmp_path

    def made(name: str, tag: str, width: int = DESK) -> Country:
        reply = example_reply(name)
        place = Jurisdiction.objects.create(
            name=reply.office, slug=name, country=reply.country, level="national", language=tag
        )
        offices = {key: _office_of(reply, key) for key in SECTIONS}
        people = {key: _member(place, key, offices[key], Role.PARTNER, tag) for key in SECTIONS}
        people["focal"] = _member(place, "focal", reply.office, Role.COORDINATOR, tag)
        people["second"] = _member(place, "second", reply.office, Role.ADMINISTRATOR, tag)
        return Country(place, people, Visitor(browser, live_server.url, tmp_path), tag, width)

    return made


def _office_of(reply, section):
    group = next(one for one in ASKED.groups if one.key == section)
    return next(
        reply.answers[one.key].confirmed.by for one in group.items if one.key in reply.answers
    )


def _member(place, name, office, role, tag):
    organisation, _ = Organisation.objects.get_or_create(
        jurisdiction=place, name=office, defaults={"key": name.lower(), "sector": "national"}
    )
    person = Person.objects.create_user(
        f"{name.lower()}@{place.slug}.example", "a long password", shown_as=name, language=tag
    )
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


@pytest.mark.parametrize(
    ("name", "tag", "width"),
    [("northland", "en", DESK), ("montrives", "fr", DESK), ("wahat", "ar", PHONE)],
)
def test_five_institutions_write_one_reply_that_is_frozen(country, name, tag, width, tmp_path):
    land, reply = country(name, tag, width), example_reply(name)

    the_focal_point_begins_and_assigns(land, reply)
    for section in SECTIONS:
        an_institution_brings_a_workbook(land, section, reply, tmp_path)
        for item in BY_HAND[section]:
            it_writes_an_answer_by_hand(land, section, item, reply.answers[item])
    the_focal_point_finds_nothing_open(land)
    two_sign_and_one_submits(land)
    what_is_exported_is_what_was_frozen(land, reply)
    nothing_changes_any_more(land)
    assert land.visitor.browser.execute_script("return document.documentElement.dir") == (
        "rtl" if tag == "ar" else "ltr"
    )


@pytest.mark.parametrize(("name", "tag"), [("coral-isles", "en"), ("riverland", "fr")])
def test_a_whole_reply_comes_by_a_workbook_and_is_frozen(country, name, tag, tmp_path):
    land, reply = country(name, tag), example_reply(name)

    the_focal_point_begins(land, reply)
    bring(land, reply, tmp_path)
    two_sign_and_one_submits(land)

    what_is_exported_is_what_was_frozen(land, reply)
    taken = land.found().reply
    assert unconfirmed(taken.answers) == unconfirmed(reply.answers)
    assert set(offices_in(taken.answers).values()) == {reply.office}


def the_focal_point_begins(land, reply):
    land.come("focal")
    land.visitor.go("/returns/")
    land.press("Begin a reply")
    land.visitor.fill(land.words("The day as of which the answers hold"), reply.on)
    land.visitor.fill(land.words("The office that replies"), reply.office)
    land.keep_picture("begin")
    land.press("Begin")


def the_focal_point_begins_and_assigns(land, reply):
    the_focal_point_begins(land, reply)
    for group in ASKED.groups:
        land.press("Assign", inside=land.text(group.title))
        land.visitor.tick(_office_of(reply, group.key))
        if group.key == "III":
            land.keep_picture("assign")
        land.press("Save")
    land.keep_picture("assigned")


def an_institution_brings_a_workbook(land, section, reply, folder):
    """The workbook holds the whole reply but what is written by hand; a section of it is taken."""
    land.come(section)
    land.visitor.go(land.found().get_absolute_url())
    rest = {key: one for key, one in reply.answers.items() if key not in BY_HAND[section]}
    bring(land, structs.replace(reply, answers=rest), folder, section=section)
    group = next(one for one in ASKED.groups if one.key == section)
    own = {one.key for one in group.items}
    wanted = {key: one for key, one in rest.items() if key in own}
    kept = {key: one for key, one in land.found().reply.answers.items() if key in own}
    assert unconfirmed(kept) == unconfirmed(wanted)
    # Whoever takes an answer confirms it: here the institution that the reply names.
    assert offices_in(kept) == offices_in(wanted)


def unconfirmed(answers):
    """Return answers without the office and the day of their confirmation."""
    return {key: structs.replace(one, confirmed=None) for key, one in answers.items()}


def offices_in(answers):
    return {key: one.confirmed.by for key, one in answers.items() if one.confirmed is not None}


def bring(land, reply, folder, *, section=""):
    file = folder / "reply.xlsx"
    with use_language(land.tag):
        file.write_bytes(reply_to_workbook(ASKED, reply))
    land.press("Bring a filled workbook")
    land.visitor.bring(land.words("The filled workbook (XLSX)"), file)
    land.press("Show the differences")
    if section in ("", "V"):
        land.keep_picture(f"differences{section}")
    land.press("Take all of them")


def it_writes_an_answer_by_hand(land, section, item, answer):
    visitor = land.visitor
    question = next(one for one in ASKED.items if one.key == item)
    title = next(land.text(one.title) for one in ASKED.groups if one.key == section)
    visitor.press(title)
    if section in ("I", "IV"):
        land.keep_picture(f"section-{section}")
    land.press("Answer {item}", item=land.number(question.label))
    fill_answer(land, question, answer)
    land.keep_picture(f"answer-{section}")
    land.press("Save")
    if answer.follow_up and question.follow_up:
        visitor.browser.execute_script(_BY_HAND_ONLY)
        visitor.fill(land.text(question.follow_up.prompt), answer.follow_up)
        if answer.follow_up_day:
            visitor.fill(land.words("Date of the follow-up"), answer.follow_up_day)
        visitor.tick(land.words("My office stands by this answer"))
        land.keep_picture(f"follow-up-{section}")
        land.press("Save")
    kept = land.found().reply.answers[item]
    assert structs.replace(kept, confirmed=None) == _unsourced(answer)
    assert kept.confirmed.by == answer.confirmed.by


def fill_answer(land, question, answer):
    visitor = land.visitor
    visitor.browser.execute_script(_BY_HAND_ONLY)
    if answer.choice:
        with use_language(land.tag):
            visitor.tick(str(answer.choice.words), under=land.words("Answer"))
    if answer.text:
        visitor.fill(land.words("Answer in words"), answer.text)
    for mark in ASKED.marks:
        if mark.key in answer.marks:
            visitor.tick(land.text(mark.title), under=land.words("Mark what holds"))
    if answer.confidential:
        visitor.tick(land.words("This answer is confidential"))
    visitor.tick(land.words("My office stands by this answer"))


def _unsourced(answer: Answer) -> Answer:
    """Return an answer as it is typed: sources come from a workbook or the workspace."""
    return structs.replace(answer, confirmed=None, sources=())


def the_focal_point_finds_nothing_open(land):
    land.come("focal")
    land.visitor.go("/returns/")
    land.keep_picture("list")
    land.visitor.press(land.text(ASKED.title))
    land.keep_picture("gathered")

    assert land.visitor.sees(land.words("Nothing is open, and nothing stands out."))


def two_sign_and_one_submits(land):
    for who in ("focal", "second"):
        land.come(who)
        land.visitor.go(land.found().get_absolute_url())
        land.press("Sign the reply")
        land.keep_picture("sign")
        land.press("Sign the reply")
    land.come("focal")
    land.visitor.go(land.found().get_absolute_url())
    land.press("Submit the reply")
    land.keep_picture("submit")
    land.press("Submit the reply")
    land.keep_picture("frozen")

    assert land.found().state == ReturnState.SUBMITTED
    assert land.visitor.sees(land.found().frozen)


def what_is_exported_is_what_was_frozen(land, reply):
    found, browser = land.found(), land.visitor.browser
    session = f"sessionid={browser.get_cookie('sessionid')['value']}"
    address = f"{land.visitor.site}{found.get_absolute_url()}"

    def fetched(way):
        return urlopen(Request(f"{address}{way}/json/", headers={"Cookie": session})).read()

    assert hashlib.sha256(fetched("working-copy")).hexdigest() == found.frozen
    leaves = reply_from_json(fetched("files"))
    secret = {key for key, one in reply.answers.items() if one.confidential}
    assert secret
    assert set(leaves.answers) == set(reply.answers) - secret
    assert {key: _unsourced(one) for key, one in found.reply.answers.items()} == {
        key: _unsourced(one) for key, one in reply.answers.items()
    }


def nothing_changes_any_more(land):
    """Neither the page of an answer opens, nor is a form taken that was left open before."""
    document, address = land.found().document, f"{land.found().get_absolute_url()}answers/Q27/"
    refusal = land.words("This reply was submitted; it is frozen and stays as it is.")
    show(land.visitor.browser, f"{land.visitor.site}{address}", width=land.width)
    assert land.visitor.sees(" ".join(refusal.split()))
    land.keep_picture("refused")
    status, page = land.visitor.browser.execute_async_script(_SENT_LATE, address)

    assert status == 403
    assert refusal in unescape(page)
    assert land.found().document == document
