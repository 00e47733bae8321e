"""Every page of the workspace in a real browser: accessible, on any screen, in both directions."""

from __future__ import annotations

import pytest
from django.test import Client

from forestall.web.organisations.roles import ALLOWED, Role
from forestall.web.people.middleware import COOKIE
from scripts.addresses import addresses
from tests.browser.chromium import (
    NEEDED,
    OF_LOOKS,
    RULES,
    SIDEWAYS,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
    dress,
    requests,
    show,
    started,
)
from tests.web.conftest import read_to_the_end
from tests.web.objects import address_in

pytestmark = NEEDED
OPEN = "document.querySelectorAll('main details').forEach(d => d.open = true)"
# Pages as they were published, each in its own language; the tests of publishing try them.
PUBLISHED = {"release-preview", "release-preview-file", "public-site", "public-file"}
EXTRA = ("/no-such-page/",)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


@pytest.fixture
def pages(live_server, plan, people, city):
    """Every address that answers with a page, and a role that may see it."""
    clients = {}
    for role, person in people.items():
        clients[role] = Client()
        clients[role].force_login(person)
    found = [(address, Role.ADMINISTRATOR) for address in EXTRA]
    for one in addresses():
        if not one.name or one.owner.startswith("ninja") or one.name in PUBLISHED:
            continue
        role = min(ALLOWED[one.verb]) if one.verb else Role.ADMINISTRATOR
        address = address_in(one, city)
        answer = clients[role].get(address)
        read_to_the_end(answer)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and kind.startswith("text/html"):
            found.append((address, role))
    assert len(found) > 20
    return found, {role: one.cookies["sessionid"].value for role, one in clients.items()}


def signed_in(browser, address, session, *, tag):
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
    for name, value in (("sessionid", session), (COOKIE, tag)):
        browser.execute_cdp_cmd("Network.setCookie", {"name": name, "value": value, "url": address})


LAYOUTS = (380, 1280)


def test_every_page_is_accessible_and_fits(browser, live_server, pages):
    assert wrong_on(browser, live_server, pages, tag="en", dark=1280, rules=RULES) == []


def wrong_on(browser, live_server, pages, *, tag, dark, rules):
    """Return what is wrong on which page, in one language.

    Parameters
    ----------
    dark
        Which layout is dark.
    rules
        What is checked on a phone; on a desk, what looks can break.
    """
    found, sessions = pages
    wrong = []

    for address, role in found:
        signed_in(browser, live_server.url, sessions[role], tag=tag)
        browser.get_log("performance")
        first, *others = LAYOUTS
        show(browser, f"{live_server.url}{address}", width=first, scheme=scheme_of(first, dark))
        wrong += [(address, first, one) for one in said_wrong(browser, live_server, tag)]
        browser.execute_script(OPEN)
        wrong += [(address, first, one) for one in seen_wrong(browser, rules)]
        for width in others:
            dress(browser, width=width, scheme=scheme_of(width, dark))
            wrong += [(address, width, one) for one in seen_wrong(browser, OF_LOOKS)]
    return wrong


def scheme_of(width, dark):
    return "dark" if width == dark else "light"


def said_wrong(browser, live_server, tag):
    """Return what is wrong with a page that was just shown, however large the screen is."""
    yield from (one for one in complaints(browser) if "status of 404" not in one)
    asked = requests(browser)
    yield from (url for url in asked if not url.startswith(("data:", live_server.url)))
    if "object at 0x" in browser.page_source or "bound method" in browser.page_source:
        yield "shows something of the program"
    if browser.execute_script("return document.documentElement.lang") != tag:
        yield "is in another language"


def seen_wrong(browser, rules):
    """Return what is wrong with a page as it is on this screen."""
    yield from axe_violations(browser, rules)
    if browser.execute_script(SIDEWAYS) > 0:
        yield "scrolls sideways"


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_menus_open_inside_the_screen(browser, live_server, people, plan, tag):
    visitor = Client()
    visitor.force_login(people[Role.COORDINATOR])
    signed_in(browser, live_server.url, visitor.cookies["sessionid"].value, tag=tag)
    show(browser, f"{live_server.url}/", width=380)

    for menu in range(2):
        browser.execute_script(
            "document.querySelectorAll('.menu').forEach((d, i) => d.open = i === arguments[0])",
            menu,
        )
        assert browser.execute_script(SIDEWAYS) <= 0
        edges = browser.execute_script(
            "const b = document.querySelector('.menu[open] .menu-list').getBoundingClientRect();"
            "return [b.left, innerWidth - b.right]"
        )
        assert min(edges) >= 0
        assert axe_violations(browser) == []
