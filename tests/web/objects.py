"""One object of each kind that a page can be about, in a given city.

The key is the name of the function that finds the object for the page. A new kind of page fails
the tests of access and of accessibility until its kind stands here.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from msgspec.structs import replace

from forestall.plan.example import example_plan
from forestall.plan.files import plan_to_json
from forestall.plan.states import PlanState
from forestall.questionnaires import Answer, reply_from_json, reply_to_json
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.directory.models import Office
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan, PlanRevision
from forestall.web.publishing.models import Release
from forestall.web.returns.models import Assignment, Evidence, FilledIn, Return, ReturnRevision
from forestall.web.secretariat.models import Reading, ReceivedReply
from forestall.web.surveys.models import Survey
from forestall.web.training.models import Course, WantedSkill
from tests.web.assistance.objects import (
    key_of_need,
    key_of_offer,
    need_of,
    offer_of,
    proposal_of,
    round_of,
)
from tests.web.data.objects import diagnosis_of, import_of, other_diagnosis_of, store_of
from tests.web.exchange.objects import received_of, shared_of, subscription_of, trusted_key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scripts.addresses import Address


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Port Alder</title></head>
<body><main><h1>Port Alder</h1></main></body></html>"""


def followed_plan_of(city: Jurisdiction) -> int:
    return _example_in(city, PlanState.UNDER_WAY).pk


def open_plan_of(city: Jurisdiction) -> int:
    return _example_in(city, PlanState.CONSULTED).pk


def _example_in(city: Jurisdiction, state: PlanState) -> Plan:
    """Return the example plan in a state; drafted by somebody who has left."""
    found = Plan.objects.filter(jurisdiction=city, state=state).first()
    if found is not None:
        return found
    author = Person.objects.create_user(f"author-{state.value}-{city.slug}@example.org")
    content = replace(example_plan(), state=state)
    document = plan_to_json(content).decode()
    plan = Plan.objects.create(
        jurisdiction=city,
        document=document,
        title=content.title["en"],
        state=state,
        drafted_by=author,
    )
    PlanRevision.objects.create(
        plan=plan, number=1, document=document, state=state, version=content.version
    )
    return plan


def office_of(city: Jurisdiction) -> int:
    return city.organisations.get(key="office").pk


def membership_of(city: Jurisdiction) -> int:
    found = Membership.objects.filter(organisation__jurisdiction=city, role=Role.READER)
    return found.latest("pk").pk


def consultation_of(city: Jurisdiction) -> int:
    plan = _example_in(city, PlanState.CONSULTED)
    found, _ = Consultation.objects.get_or_create(
        plan=plan,
        revision=plan.revisions.latest("number"),
        slug=f"{city.slug}-1",
        defaults={"opens": date(2026, 1, 1), "ends": date(2099, 1, 1)},
    )
    return found.pk


def comment_of(city: Jurisdiction) -> int:
    found, _ = Comment.objects.get_or_create(
        consultation_id=consultation_of(city),
        text="Please light the path.",
        defaults={"language": "en", "made_on": date(2026, 1, 1)},
    )
    return found.pk


def release_of(city: Jurisdiction) -> int:
    plan = _example_in(city, PlanState.CONSULTED)
    found, _ = Release.objects.get_or_create(
        jurisdiction=city,
        kind=Release.Kind.PLAN,
        plan=plan,
        revision=plan.revisions.latest("number"),
        defaults={
            "title": plan.title,
            "languages": ["en"],
            "state": Release.State.READY,
            "prepared_by": plan.drafted_by,
        },
    )
    found.preview.mkdir(parents=True, exist_ok=True)
    (found.preview / "index.html").write_text(PAGE, encoding="utf-8")
    return found.pk


def directory_office_of(city: Jurisdiction) -> int:
    found, _ = Office.objects.get_or_create(
        jurisdiction=city,
        kind="focal-point",
        name=f"Desk of {city.name}",
        defaults={"confirmed_on": date(2026, 1, 1)},
    )
    return found.pk


def course_of(city: Jurisdiction) -> int:
    found, _ = Course.objects.get_or_create(
        jurisdiction=city,
        title="Visits after a burglary",
        provider="Office for victims",
        defaults={
            "skills": ["victim-support"],
            "languages": ["en"],
            "form": "online",
            "audience": "basic",
            "hours": 7.5,
            "dates": [["2099-01-01", "2099-01-02"]],
        },
    )
    return found.pk


def wanted_skill_of(city: Jurisdiction) -> int:
    found, _ = WantedSkill.objects.get_or_create(
        plan_id=followed_plan_of(city), skill="mediation", defaults={"reason": "Neighbours argue."}
    )
    return found.pk


def survey_of(city: Jurisdiction) -> int:
    survey, new = Survey.objects.get_or_create(
        jurisdiction=city, name="Residents’ survey", defaults={"weights": "weight"}
    )
    if new:
        survey.waves.create(
            file="1.csv",
            sha256="0" * 64,
            first_day=date(2025, 5, 1),
            last_day=date(2025, 6, 30),
            people=400,
            answers={"q7": [1.0, 2.0, 3.0, 4.0]},
        )
    return survey.pk


def linked_objective_of(city: Jurisdiction) -> str:
    """Return the key of an objective that is linked to a store, with a failure to show."""
    IndicatorSource.objects.get_or_create(
        plan_id=followed_plan_of(city),
        objective="fewer-burglaries",
        defaults={
            "store_id": store_of(city),
            "name": "Recorded crime",
            "state": "failed",
            "failure": "The records cover no whole period of this length yet.",
            "settings": {
                "offences": ["Burglary"],
                "period": "quarter",
                "population": None,
                "per": 1000,
                "threshold": 5,
            },
            "told": {"last_day": "2019-01-31", "cut_off": "2019-01-01", "left_out": 1},
        },
    )
    return "fewer-burglaries"


REPLY = """{"questionnaire": "2006-20", "version": 1, "country": "GB", "on": "2026-01-31",
"answers": {"Q3": {"state": "drafted", "text": "The ministry", "language": "en",
"attachments": [{"name": "decree.txt", "sha256":
"SHA256"}]}}}""".replace("SHA256", hashlib.sha256(b"decree").hexdigest())


def return_of(city: Jurisdiction) -> int:
    """Return a reply whose first section the office writes, with a workbook of each member."""
    found = Return.objects.filter(jurisdiction=city).first()
    if found is None:
        author = Person.objects.create_user(f"replies-{city.slug}@example.org")
        reply = reply_from_json(REPLY.encode())
        document = reply_to_json(reply).decode()
        earlier = replace(reply, on=date(2021, 1, 31), answers={"Q3": Answer(text="Nobody")})
        found = Return.objects.create(
            jurisdiction=city,
            questionnaire="2006-20",
            version=1,
            document=document,
            earlier=reply_to_json(earlier).decode(),
            revision=1,
            begun_by=author,
        )
        ReturnRevision.objects.create(of=found, number=1, document=document, state=found.state)
        Assignment.objects.create(
            of=found, section="I", organisation=city.organisations.get(key="office")
        )
    for person in Person.objects.filter(memberships__organisation__jurisdiction=city):
        FilledIn.objects.get_or_create(
            of=found, person=person, defaults={"document": found.earlier}
        )
    return found.pk


def evidence_of(city: Jurisdiction) -> int:
    """Return a file that the answer to question 3 names."""
    found, _ = Evidence.objects.get_or_create(
        of_id=return_of(city),
        item="Q3",
        sha256=hashlib.sha256(b"decree").hexdigest(),
        defaults={"name": "decree.txt", "content": b"decree"},
    )
    return found.pk


def reading_of(city: Jurisdiction) -> int:
    """Return a reading that asked two states, of which Kenya replied."""
    found = Reading.objects.filter(jurisdiction=city).first()
    if found is None:
        found = Reading.objects.create(
            jurisdiction=city,
            title="Replies to 2006/20",
            questionnaire="2006-20",
            version=1,
            asked=["DE", "KE"],
            code=f"code-{city.slug}",
            made_by=Person.objects.create_user(f"gathers-{city.slug}@example.org"),
        )
        kept = ReceivedReply.objects.create(
            reading=found, state="KE", on=date(2026, 1, 31), how="json", sha256="0" * 64
        )
        kept.answers.create(
            reading=found, state="KE", item="Q28", words="Money", has_words=True, folded=" money"
        )
    return found.pk


OBJECTS: Mapping[str, Callable[[Jurisdiction], int]] = {
    "visible_plan": followed_plan_of,
    "open_plan": open_plan_of,
    "visible_organisation": office_of,
    "visible_place": lambda city: city.pk,
    "visible_membership": membership_of,
    "visible_store": store_of,
    "visible_import": import_of,
    "visible_diagnosis": diagnosis_of,
    "visible_survey": survey_of,
    "visible_consultation": consultation_of,
    "visible_comment": comment_of,
    "visible_release": release_of,
    "visible_office": directory_office_of,
    "visible_return": return_of,
    "visible_course": course_of,
    "visible_reading": reading_of,
    "visible_need": need_of,
    "visible_offer": offer_of,
    "visible_proposal": proposal_of,
    "visible_shared": shared_of,
    "visible_received": received_of,
    "visible_key": trusted_key_of,
    "visible_subscription": subscription_of,
}

# Further parts of addresses, by the name of the address; a function makes one in the city.
MORE: Mapping[str, Mapping[str, Any]] = {
    "assistance-need": {"key": key_of_need},
    "assistance-offer": {"key": key_of_offer},
    "assistance-round": {"which": round_of},
    "assistance-file": {"form": "needs"},
    "audit_export": {"form": "csv"},
    "diagnosis-file": {"name": "tables/"},
    "diagnosis-compare": {"other": other_diagnosis_of},
    "plan-part": {"where": "actions/gates"},
    "plan-edit": {"where": "actions/gates/steps/agree"},
    "plan-add": {"where": "reviews"},
    "plan-remove": {"where": "reviews/0"},
    "plan-decide": {"action": "light"},
    "plan-move": {"to": "draft"},
    "plan-take": {"problem": "home-burglary"},
    "plan-source": {"objective": linked_objective_of},
    "plan-source-store": {"objective": "fewer-burglaries", "store": store_of},
    "plan-source-survey": {"objective": "fewer-burglaries", "survey": survey_of},
    "plan-source-again": {"objective": linked_objective_of},
    "plan-source-remove": {"objective": linked_objective_of},
    "plan-skill-remove": {"wanted": wanted_skill_of},
    "token-revoke": {"number": 1},
    "take-part": {"slug": "port-alder-1"},
    "take-part-thanks": {"slug": "port-alder-1"},
    "take-part-on": {"slug": "port-alder-1", "where": "whole"},
    "take-part-changes": {"slug": "port-alder-1", "revision": 1},
    "return-form": {"questionnaire": "1997-34", "version": 1, "form": "docx"},
    "return-duplicates": {"questionnaire": "2006-20", "version": 1},
    "return-section": {"section": "I"},
    "return-assign": {"section": "I"},
    "return-answer": {"item": "Q2(a)"},
    "return-beside": {"item": "Q2(a)"},
    "return-evidence": {"piece": evidence_of},
    "return-file": {"form": "json"},
    "return-working-copy": {"form": "xlsx"},
    "reading-reply-remove": {"state": "KE"},
    "reading-item": {"item": "Q28"},
    "reading-theme": {"theme": "I"},
    "reading-paragraph": {"paragraph": "2002/13:17"},
    "reading-chapter": {"chapter": "a"},
    "reading-chapter-versions": {"chapter": "a"},
    "reading-draft-file": {"form": "docx"},
    "release-preview-file": {"inside": "index.html"},
    "public-site": {"city": "port-alder"},
    "public-bundle": {"city": "port-alder", "name": "index.json"},
    "public-file": {"city": "port-alder", "inside": "index.html"},
    "invited": {"token": "no-such-invitation"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
    "openid_connect_login": {"provider_id": "city"},
    "openid_connect_callback": {"provider_id": "city"},
}


def address_in(one: Address, city: Jurisdiction) -> str:
    """Return an address with its parts filled in."""
    more = MORE.get(one.name, {})
    parts = {name: part(city) if callable(part) else part for name, part in more.items()}
    if one.about:
        assert one.about in OBJECTS, f"Add an object for {one.about} to tests/web/objects.py."
        parts["number"] = OBJECTS[one.about](city)
    assert set(parts) >= set(one.arguments), f"Add the parts of {one.name} to tests/web/objects.py."
    return reverse(one.name, kwargs={name: parts[name] for name in one.arguments})
