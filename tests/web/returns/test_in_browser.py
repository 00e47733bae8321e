"""A draft saves itself in a real browser, and is then saved by hand without a clash."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from forestall.web.organisations.roles import Role
from tests.browser.chromium import NEEDED, WITHOUT_WEBGL, complaints, show, started

pytestmark = NEEDED
WAIT_S = 20


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


def test_what_is_typed_is_kept_before_anybody_saves(live_server, people, found, browser):
    client = Client()
    client.force_login(people[Role.COORDINATOR])
    session = client.cookies["sessionid"].value
    browser.execute_cdp_cmd(
        "Network.setCookie", {"name": "sessionid", "value": session, "url": live_server.url}
    )
    show(browser, f"{live_server.url}{reverse('return-answer', args=[found.pk, 'Q3'])}", width=1280)

    browser.find_element(By.NAME, "text").send_keys("The ministry")
    browser.find_element(By.NAME, "confidential").click()  # leaves the text
    WebDriverWait(browser, WAIT_S).until(
        lambda page: "saved by itself" in page.find_element(By.ID, "saved").text
    )

    found.refresh_from_db()
    assert found.reply.answers["Q3"].text == "The ministry"
    browser.find_element(By.NAME, "text").send_keys(" of justice")
    browser.find_element(By.CSS_SELECTOR, "main form .buttons button").click()
    WebDriverWait(browser, WAIT_S).until(lambda page: "/sections/I/" in page.current_url)
    found.refresh_from_db()
    assert found.reply.answers["Q3"].text == "The ministry of justice"
    assert not [one for one in complaints(browser) if "status of 404" not in one]
