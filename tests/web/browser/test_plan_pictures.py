"""The pictures of a plan in a real browser: one for each width, in both schemes and directions."""

from __future__ import annotations

import os
from base64 import b64decode
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from forestall.plan.example import example_plan
from forestall.plan.states import PlanState
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from tests.browser.chromium import (
    NEEDED,
    SIDEWAYS,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
    show,
    started,
)
from tests.web.browser.test_every_page import OPEN, signed_in

pytestmark = NEEDED
SHOWN = (
    "return [...document.querySelectorAll('figure.chart > svg')]"
    ".filter(one => one.getClientRects().length).map(one => one.getAttribute('class'))"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


@pytest.fixture
def looked_at(live_server, city, people):
    """The pages with pictures, and others that tell of the plan; with the role that sees them."""
    content = msgspec.structs.replace(example_plan(), state=PlanState.DRAFT)
    plan = add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])
    return {
        "plan": (reverse("plan", args=[plan.pk]), Role.COORDINATOR, 1),
        "timetable": (reverse("plan-timetable", args=[plan.pk]), Role.COORDINATOR, 1),
        "decide": (reverse("plan-decide", args=[plan.pk, "light"]), Role.PARTNER, 0),
        "safeguards": (reverse("safeguards"), Role.PARTNER, 0),
        "follow-up": (reverse("follow_up"), Role.COORDINATOR, 0),
        "log": (reverse("audit"), Role.ADMINISTRATOR, 0),
    }


@pytest.mark.parametrize(
    ("tag", "width", "scheme"),
    [("en", 380, "light"), ("en", 1280, "dark"), ("ar", 380, "dark"), ("ar", 1280, "light")],
)
def test_pictures_fit_and_are_told(browser, live_server, looked_at, people, tag, width, scheme):
    wrong = []

    for name, (address, role, pictures) in looked_at.items():
        client = Client()
        client.force_login(people[role])
        session = client.cookies["sessionid"].value
        signed_in(browser, live_server.url, session, tag=tag)
        show(browser, f"{live_server.url}{address}", width=width, scheme=scheme)
        kept(browser, f"{name}-{tag}-{width}-{scheme}")
        seen = browser.execute_script(SHOWN)
        if seen != ["narrow" if width < 500 else "wide"] * pictures:
            wrong.append((name, seen))
        browser.execute_script(OPEN)
        told = [one for one in complaints(browser) if "status of 404" not in one]
        wrong += [(name, one) for one in (*axe_violations(browser), *told)]
        if browser.execute_script(SIDEWAYS) > 0:
            wrong.append((name, "scrolls sideways"))

    assert wrong == []


def kept(browser, name):
    """Keep a picture of the whole page where `FORESTALL_PICTURES` names a folder."""
    folder = os.environ.get("FORESTALL_PICTURES")
    if folder:
        whole = {"captureBeyondViewport": True, "format": "png"}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", whole)
        Path(folder, f"{name}.png").write_bytes(b64decode(taken["data"]))
