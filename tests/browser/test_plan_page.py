"""The page of a plan in a real browser: it fits, loads nothing, and is open to everybody."""

from __future__ import annotations

import pytest

from forestall.languages import use_language
from forestall.publication import PlanEdition, write_html
from tests.browser.chromium import (
    NEEDED,
    OF_LOOKS,
    SIDEWAYS,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
    dress,
    requests,
    show,
    started,
)
from tests.publication.made_plans import bare_plan, hostile_plan, page_of

pytestmark = NEEDED
PLANS = {"whole": None, "bare": bare_plan(), "hostile": hostile_plan()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The pages of three plans, in English and in Arabic."""
    out = tmp_path_factory.mktemp("plans")
    for name, plan in PLANS.items():
        for tag in ("en", "ar"):
            with use_language(tag):
                page = write_html(page_of(plan, edition=PlanEdition.DRAFT))
            (out / f"{name}-{tag}.html").write_text(page, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("name", PLANS)
def test_the_page_is_sound(browser, folder, name, tag, width):
    browser.get_log("performance")
    show(browser, (folder / f"{name}-{tag}.html").as_uri(), width=width)

    assert browser.execute_script(SIDEWAYS) == 0
    assert complaints(browser) == []
    assert not [address for address in requests(browser) if address.startswith(("http", "ws"))]
    assert axe_violations(browser) == []
    dress(browser, width=width, scheme="dark")
    assert axe_violations(browser, OF_LOOKS) == []


def test_every_link_inside_the_page_leads_somewhere(browser, folder):
    show(browser, (folder / "whole-en.html").as_uri())
    missing = browser.execute_script(
        "return [...document.querySelectorAll('a[href^=\"#\"]')].map(one => one.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert missing == []
