"""How fast the pages on many replies are: 194 replies with 95 items, each page asked many times.

::

    uv run python -m benchmarks.secretariat_load
    uv run python -m benchmarks.secretariat_load 60

All of the code of the workspace runs, from the address to the page, in one process and on SQLite;
only the network is left out. Every item of each reply is answered, with words wherever words are
asked for, which is more than a state would write. Beside what the clock says stands what the
processor needed: on a machine that is busy with other things, only that tells anything. The
promise: a p95 of at most 150 ms.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import date
from statistics import quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from forestall.questionnaires import (
    Answer,
    AnswerState,
    AnswerType,
    Choice,
    Reply,
    read_definition,
    reply_to_json,
)
from forestall.questionnaires.together import Chapter, states

if TYPE_CHECKING:
    from forestall.questionnaires import Item
    from forestall.web.people.models import Person

REPLIES = 194
TIMES = 40
_TEXT = (
    "programme school youth police city prevention plan evaluation training partners victims "
    "data national local funding families neighbourhood risk évaluation jeunesse"
)
_WORDS = tuple(_TEXT.split())


def whole_answer(item: Item, chance: random.Random) -> Answer:
    """Return an answer with everything that the item asks for."""
    text = " ".join(chance.choices(_WORDS, k=40)).capitalize() + "."
    choice = chance.choice(item.choices) if item.choices else None
    follows = item.follow_up is not None and choice in item.follow_up.when
    return Answer(
        state=AnswerState.DRAFTED,
        choice=choice,
        text=text if item.type is AnswerType.TEXT else "",
        marks=tuple(one for one in item.marks if chance.random() < 0.4),
        follow_up=text if follows else "",
        language="en",
        confidential=chance.random() < 0.02,
    )


def whole_reply(country: str, *, seed: int) -> Reply:
    """Return a reply to 2006/20 that answers every item."""
    chance = random.Random(f"{country} {seed}")
    asked = read_definition("2006-20")
    answers = {one.key: whole_answer(one, chance) for one in asked.items}
    yes = Answer(state=AnswerState.DRAFTED, choice=Choice.YES, language="en")
    # So that what is asked only after a yes is asked of everybody.
    answers |= {
        one.item: yes for item in asked.items for one in item.asked_if if one.item in answers
    }
    return Reply(
        questionnaire="2006-20",
        version=1,
        country=country,
        office="Ministry of the Interior",
        on=date(2026, 1, 31),
        answers={
            key: one
            for key, one in answers.items()
            if asked.item(key).type is not AnswerType.HEADING  # type: ignore[union-attr]
        },
    )


def measure(times: int) -> None:
    """Make the replies, ask for each page, and print how long it took."""
    from django.test import Client
    from django.urls import reverse

    person, number = _gather()
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    everything: list[float] = []
    needed: list[float] = []
    for name, address in _pages(number).items():
        assert client.get(address).status_code == 200, address
        took, cpu = [], []
        for _ in range(times):
            began, at = perf_counter(), process_time()
            client.get(address)
            took.append(1000 * (perf_counter() - began))
            cpu.append(1000 * (process_time() - at))
        everything += took
        needed += cpu
        print(_told(name, took, cpu))
    print(_told("all pages", everything, needed))
    for form in ("docx", "pdf"):
        began = perf_counter()
        client.get(reverse("reading-draft-file", args=[number, form]))
        print(f"draft as {form}: {perf_counter() - began:.1f} s")


def _gather() -> tuple[Person, int]:
    """Return who gathers, and the number of a reading with all replies."""
    from django.core.management import call_command

    from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
    from forestall.web.organisations.roles import Role
    from forestall.web.people.models import Person
    from forestall.web.secretariat.receiving import receive_file
    from forestall.web.secretariat.services import begin_reading

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    office = Jurisdiction.objects.create(
        name="Secretariat", slug="secretariat", country="AT", level="national"
    )
    desk = Organisation.objects.create(
        jurisdiction=office, key="desk", name="Desk", sector="coordination"
    )
    person = Person.objects.create_user("desk@example.org", "a long password")
    Membership.objects.create(person=person, organisation=desk, role=Role.COORDINATOR)
    reading = begin_reading(
        jurisdiction=office, title="Replies to 2006/20", questionnaire="2006-20", by=person
    )
    began = perf_counter()
    for one in states()[:REPLIES]:
        read = reply_to_json(whole_reply(one.code, seed=1))
        receive_file(reading=reading, read=read, name=f"{one.code}.json", by=person)
    print(f"{REPLIES} replies received in {perf_counter() - began:.1f} s")
    return person, reading.pk


def _pages(number: int) -> dict[str, str]:
    """Return the addresses of all pages, by what they show."""
    from django.urls import reverse

    def at(name: str, *more: str) -> str:
        return reverse(name, args=[number, *more])

    return {
        "who replied": at("reading"),
        "who replied, by region": at("reading") + "?order=region",
        "item": at("reading-item", "Q9(a)"),
        "item, one region": at("reading-item", "Q9(a)") + "?region=002",
        "item, text": at("reading-item", "Q28"),
        "themes": at("reading-themes"),
        "section": at("reading-theme", "III"),
        "section, page 20": at("reading-theme", "III") + "?page=20",
        "area": at("reading-theme", "Q26(k)"),
        "paragraph": at("reading-paragraph", "2002/13:17"),
        "search": at("reading-search") + "?words=youth+evaluation",
        "draft": at("reading-draft"),
        **{f"chapter ({one.value})": at("reading-chapter", one.value) for one in Chapter},
        "replies": at("reading-replies"),
        "asked": at("reading-asked"),
    }


def _told(name: str, took: list[float], cpu: list[float]) -> str:
    return (
        f"{name}: p50 {_at(took, 50):.0f} ms, p95 {_at(took, 95):.0f} ms; "
        f"processor p50 {_at(cpu, 50):.0f} ms, p95 {_at(cpu, 95):.0f} ms"
    )


def _at(took: list[float], percent: int) -> float:
    return quantiles(took, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FORESTALL_HOME"] = os.environ.get("FORESTALL_HOME", folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "forestall.web.settings"
        import django

        django.setup()
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
