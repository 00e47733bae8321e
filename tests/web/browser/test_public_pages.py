"""What everybody reads, in a real browser: accessible, on any screen, in both directions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.plan.example import example_plan
from forestall.web.consultation.comments import add_comment, reply_to_comment, show_comment
from forestall.web.consultation.rankings import add_ranking
from forestall.web.consultation.services import open_consultation
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from forestall.web.publishing.services import prepare_plan, release_publication
from tests.browser.chromium import (
    NEEDED,
    OF_LOOKS,
    SIDEWAYS,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
    dress,
    show,
    started,
)

pytestmark = NEEDED


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


@pytest.fixture
def addresses(live_server, city, people, settings, tmp_path):
    """The pages of a released plan and of a consultation with comments and answers."""
    settings.HOME = tmp_path
    by, today = people[Role.COORDINATOR], timezone.localdate()
    plan = add_plan(content=example_plan(), jurisdiction=city, by=by)
    asked = open_consultation(plan=plan, opens=today, ends=today + timedelta(days=30), by=by)
    about = f"problems/{example_plan().problems[0].key}"
    for text in ("Please ask the neighbours first.", "The gates must open from inside."):
        comment = add_comment(consultation=asked, about=about, text=text, organisation=None)
        show_comment(comment=comment, by=by)
    reply_to_comment(comment=comment, reply="Yes, they do.", changed_in=None, by=by)
    for place in range(6):
        keys = [one.key for one in example_plan().problems[:2]]
        add_ranking(consultation=asked, ballot=str(place), order=keys)
    made = prepare_plan(plan=plan, languages=["en", "ar"], formats=[], by=by)
    release_publication(release=made, by=people[Role.PUBLISHER])

    def of_language(tag):
        folder = "" if tag == "en" else f"{tag}/"
        parts = ("", f"plan/{plan.pk}/", "plan/", "diagnosis/", "results/", "data/", "take-part/")
        site = [f"/public/{city.slug}/{part}{folder}" for part in parts]
        own = (f"{asked.slug}/", f"{asked.slug}/on/{about}/", f"{asked.slug}/thanks/", "")
        return [*site, *(f"/take-part/{part}?in={tag}" for part in own)]

    return of_language


@pytest.mark.parametrize(("tag", "width", "other"), [("en", 380, 1280), ("ar", 1280, 380)])
def test_what_everybody_reads_is_accessible_and_fits(
    browser, live_server, addresses, tag, width, other
):
    wrong = []

    for address in addresses(tag):
        show(browser, f"{live_server.url}{address}", width=width)
        told = [one for one in complaints(browser) if "favicon" not in one]
        wrong += [(address, width, one) for one in (*axe_violations(browser), *told)]
        if browser.execute_script("return document.documentElement.lang") != tag:
            wrong.append((address, width, "is in another language"))
        if browser.execute_script(SIDEWAYS) > 0:
            wrong.append((address, width, "scrolls sideways"))
        dress(browser, width=other)
        wrong += [(address, other, one) for one in axe_violations(browser, OF_LOOKS)]
        if browser.execute_script(SIDEWAYS) > 0:
            wrong.append((address, other, "scrolls sideways"))

    assert wrong == []
