"""Whatever the description of the JSON interface allows, the answers are as it says.

Requests are made from the description itself. Numbers of plans, addresses of parts and their tags
are mostly those of a plan that is there, because made up ones are hardly ever found.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from forestall.plan.example import example_plan
from forestall.web.api.interface import ENDPOINTS
from forestall.web.assistance.models import (
    AssistanceMission,
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    MatchingRound,
)
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.data.models import FileImport, SafetyDiagnosis, Store
from forestall.web.directory.models import Office
from forestall.web.indicators.models import IndicatorSource
from forestall.web.operations.models import Job
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role
from forestall.web.publishing.models import Release
from forestall.web.returns.models import Remark
from forestall.web.surveys.models import Survey
from forestall.web.training.models import Course
from tests.web.api.conftest import Asking, token_for
from tests.web.assistance.objects import need_of, offer_of, proposal_of
from tests.web.conftest import member
from tests.web.exchange.objects import received_of, shared_of, subscription_of, trusted_key_of
from tests.web.objects import evidence_of, reading_of, return_of
from tests.web.test_plan_editing import addresses

EXAMPLES = 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PARTS = sorted({*addresses(), *(one.rpartition("/")[0] for one in addresses())} - {""})
THERE = {
    "action": [one.key for one in example_plan().actions],
    "objective": [one.key for one in example_plan().objectives],
    "problem": [one.key for one in example_plan().problems],
    "where": PARTS,
    "revision": [1],
    "which": [1],
    "form": ["needs", "offers", "proposals", "docx", "json"],
    "section": ["I"],
    "sha256": [hashlib.sha256(b"decree").hexdigest()],
    "name": ["index.html", "tables/offences.csv"],
    "item": ["Q3", "Q28"],
    "state": ["KE"],
    "chapter": ["a"],
}
QUESTIONS = {
    "file": "ours.csv",
    "columns": ["When", "Lon", "Lat", "What"],
    "personal": [],
    "guessed": {},
    "formats": {},
    "about": {},
    "location": "exact",
}
# What indicators are measured by.
ASKED_FOR = {
    "column": "q7",
    "codes": [1.0, 2.0, 3.0],
    "wording": "How safe?",
    "counted": [3.0],
    "no_answer": [],
}
# Names of numbers in a body, and of which thing each is the number.
IN_BODY = {
    "store": "stores",
    "survey": "surveys",
    "diagnosis": "diagnoses",
    "plan": "plans",
    "before": "returns",
}


@pytest.fixture
def everything(city, example, settings):
    """Return the secret of a token with every role, of somebody who did not draft the plan."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    person = member(city, Role.COORDINATOR)
    for role in set(Role) - {Role.COORDINATOR}:
        Membership.objects.create(
            person=person, organisation=city.organisations.get(), role=role.value
        )
    return token_for(person, city, *Role)[1]


@contextmanager
def connection_kept():
    """Keep the connection of the test, which a server would close after a request.

    Each request of Django's own client connects these two again.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@cache
def description():
    with connection_kept():
        return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)


@cache
def application():
    return get_wsgi_application()


def served(environ, start_response):
    """Answer, and close the answer with the files that were sent, as every server does."""
    answer = application()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def modes_of(one):
    """Return how an address is asked: what takes nothing cannot be asked wrongly."""
    modes = schemathesis.GenerationMode
    return list(modes) if "{" in one.path or one.body else [modes.POSITIVE]


@pytest.fixture
def of_reply(city, everything, one):
    """Return the number of a national reply and of what stands beside it, where they are needed."""
    if not one.path.startswith("/returns"):
        return {}
    reply = return_of(city)
    remark = Remark.objects.create(of_id=reply, item="Q3", text="In force?")
    return {"returns": reply, "pieces": evidence_of(city), "remarks": remark.pk}


@pytest.fixture
def numbers(city, example, people, everything, of_reply):
    """Return the number of one thing of each kind."""
    coordinator, today = people[Role.COORDINATOR], timezone.localdate()
    asked = Consultation.objects.create(
        plan=example, revision=example.revisions.get(), slug="city-1", opens=today, ends=today
    )
    said = Comment.objects.create(consultation=asked, text="Lamps.", language="en", made_on=today)
    store = Store.objects.create(jurisdiction=city, name="Incidents")
    found = SafetyDiagnosis.objects.create(jurisdiction=city, store=store)
    asks = Survey.objects.create(jurisdiction=city, name="Residents", weights="weight")
    asks.waves.create(first_day=today, last_day=today, people=400, answers={"q7": [1.0, 2.0, 3.0]})
    objective = example.content.objectives[0].key
    IndicatorSource.objects.create(
        plan=example, objective=objective, survey=asks, name="Residents", settings=ASKED_FOR
    )
    office = Office.objects.create(
        jurisdiction=city, kind="centre", name="Desk", confirmed_on=today
    )
    course = Course.objects.create(
        jurisdiction=city, title="Visits", provider="Office", form="online", audience="basic"
    )
    release = Release.objects.create(
        jurisdiction=city,
        kind="plan",
        title="Homes",
        plan=example,
        revision=example.revisions.get(),
        state="ready",
        prepared_by=coordinator,
    )
    job = Job.objects.create(kind="import", jurisdiction=city, made_by=coordinator)
    brought = FileImport.objects.create(
        jurisdiction=city, store=store, state="asks", questions=QUESTIONS, made_by=coordinator
    )
    given = _need_offer_and_proposal(city)
    return {
        "assistance": given,
        "stores": store.pk,
        "imports": brought.pk,
        "surveys": asks.pk,
        "directory": office.pk,
        "training": course.pk,
        "organisations": city.organisations.get().pk,
        "members": Membership.objects.get(person=people[Role.READER]).pk,
        "jurisdictions": city.pk,
        "plans": example.pk,
        "consultations": asked.pk,
        "comments": said.pk,
        "diagnoses": found.pk,
        "releases": release.pk,
        "jobs": job.pk,
        "readings": reading_of(city),
        "shared": shared_of(city),
        "received": received_of(city),
        "keys": trusted_key_of(city),
        "subscriptions": subscription_of(city),
        **of_reply,
    }


def thing_of(path):
    """Return of which kind of thing an address has the number."""
    return path.removeprefix("/exchange").split("/")[1]


def _need_offer_and_proposal(city):
    """Return the number that a need, an offer and a proposal all have."""
    need_of(city)
    offer_of(city)
    AssistanceNeed.objects.update(id=1)
    AssistanceOffer.objects.update(id=1)
    proposal_of(city)
    AssistanceMission.objects.all().delete()
    AssistanceProposal.objects.update(id=1)
    MatchingRound.objects.update(id=1)
    return 1


@st.composite
def requests(draw, operation, mode, number, numbers):
    case = draw(operation.as_strategy(generation_mode=mode))
    known = THERE | {"number": [number], "other": [number]}
    known |= {"piece": [numbers.get("pieces")], "remark": [numbers.get("remarks")]}
    for name in list(case.path_parameters or ()):
        if draw(st.integers(0, 9)):
            case.path_parameters[name] = draw(st.sampled_from(known[name]))
    for name in sorted({*IN_BODY} & {*(case.body if isinstance(case.body, dict) else ())}):
        if draw(st.integers(0, 9)):
            case.body[name] = numbers[IN_BODY[name]]
    return case, draw(st.booleans())


@pytest.mark.parametrize("one", ENDPOINTS, ids=lambda one: f"{one.method} {one.path}")
def test_the_answer_is_as_described(one, numbers, everything):
    operation = description()[f"/api/v1{one.path}"][one.method]
    known, number = Asking(Client(), everything), numbers.get(thing_of(one.path), 0)
    quiet = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )

    def ask(asked):
        case, with_tag = asked
        headers = {"Authorization": f"Bearer {everything}"}
        with transaction.atomic():
            if one.match and with_tag:
                read = known("GET", case.formatted_path.removeprefix("/api/v1"))
                headers["If-Match"] = read.headers.get("ETag", '"0"')
            with connection_kept():
                case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    for mode in modes_of(one):
        quiet(given(requests(operation, mode, number, numbers))(ask))()


def test_every_address_is_described(db):
    described = {
        (result.ok().method.upper(), result.ok().path)
        for result in description().get_all_operations()
    }

    assert described == {(one.method, f"/api/v1{one.path}") for one in ENDPOINTS}
