"""This file knows plans for the tests of pages: one with next to nothing, one that is hostile."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from forestall.evidence.vocabulary import Problem
from forestall.plan.example import example_plan
from forestall.plan.records import ActionPlan, Place, PlanProblem
from forestall.plan.vocabulary import Jurisdiction
from forestall.publication.plan_pages import PlanEdition, PlanSetting, build_plan_page

DAY = date(2025, 5, 3)
HOSTILE = (
    '<script>alert("x")</script> & <b onclick=x>“bold”</b> '
    "\u202eturned\u202c \u2066open \u2069 {place} %s "
)
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 6


def bare_plan(**more):
    """Return a plan that names a place and a time, and nothing else."""
    given = {
        "key": "bare",
        "title": {"en": "A plan to come"},
        "place": Place(name={"en": "Hill Town"}, country="NZ", level=Jurisdiction.LOCAL),
        "languages": ("en",),
        "starts": date(2025, 1, 1),
        "ends": date(2026, 12, 31),
        "currency": "NZD",
    }
    return ActionPlan(**{**given, **more})


def problem_of(**more):
    given = {"key": "one", "title": {"en": "Burglary"}, "kind": Problem.BURGLARY}
    return PlanProblem(**{**given, **more})


def hostile_plan():
    """Return the example in which every text of a user tries to break out of its place."""
    plain = msgspec.to_builtins(example_plan())
    return msgspec.convert(_hostile(plain), ActionPlan)


def _hostile(value):
    if isinstance(value, dict) and value and all(_is_tag(key) for key in value):
        return {tag: HOSTILE + LONG_WORD + text for tag, text in value.items()}
    if isinstance(value, dict):
        return {key: _hostile(one) for key, one in value.items()}
    return [_hostile(one) for one in value] if isinstance(value, list) else value


def _is_tag(key):
    return key in ("en", "fr", "ar", "es", "ru", "zh")


def page_of(plan=None, *, edition=PlanEdition.PUBLIC, today=DAY):
    """Return the document of a plan, that of the example if none is given."""
    return build_plan_page(
        PlanSetting(
            plan=plan or example_plan(),
            today=today,
            edition=edition,
            command="forestall plan publish plan.json -o plan",
        )
    )


def with_action(**more):
    """Return the example with its first action changed."""
    plan = example_plan()
    first, *others = plan.actions
    return replace(plan, actions=(replace(first, **more), *others))
