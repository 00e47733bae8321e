"""Every page of the workspace in a real browser: accessible, on any screen, in both directions."""

from __future__ import annotations

import pytest
from django.test import Client

from forestall.web.organisations.roles import ALLOWED, Role
from forestall.web.people.middleware import COOKIE
from scripts.addresses import addresses
from tests.browser.chromium import (
    NEEDED,
    SIDEWAYS,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
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


@pytest.mark.parametrize(
    ("tag", "width", "scheme"),
    [("en", 380, "light"), ("en", 1280, "dark"), ("ar", 380, "dark"), ("ar", 1280, "light")],
)
def test_every_page_is_accessible_and_fits(browser, live_server, pages, tag, width, scheme):
    found, sessions = pages
    wrong = []

    for address, role in found:
        signed_in(browser, live_server.url, sessions[role], tag=tag)
        browser.get_log("performance")
        show(browser, f"{live_server.url}{address}", width=width, scheme=scheme)
        told = [one for one in complaints(browser) if "status of 404" not in one]
        browser.execute_script(OPEN)
        asked = {url for url in requests(browser) if not url.startswith(("data:", live_server.url))}
        wrong += [(address, width, one) for one in (*axe_violations(browser), *told, *asked)]
        if browser.execute_script(SIDEWAYS) > 0:
            wrong.append((address, width, "scrolls sideways"))
        if "object at 0x" in browser.page_source or "bound method" in browser.page_source:
            wrong.append((address, width, "shows something of the program"))
        if browser.execute_script("return document.documentElement.lang") != tag:
            wrong.append((address, width, "is in another language"))

    assert wrong == []


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_menus_open_inside_the_screen(browser, live_server, pages, tag):
    _, sessions = pages
    signed_in(browser, live_server.url, sessions[Role.COORDINATOR], tag=tag)
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
