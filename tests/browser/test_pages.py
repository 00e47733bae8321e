"""The folder of pages in a real browser, from the file system and from a static server."""

from __future__ import annotations

import pytest

from forestall.languages import use_language
from forestall.publication import write_pages
from forestall.publication.example import example_report
from tests.browser.chromium import (
    NEEDED,
    SIDEWAYS,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
    requests,
    served,
    show,
    started,
)

pytestmark = NEEDED
PAGES = ("index.html", "when.html", "where.html", "made.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "pages"
    out.mkdir()
    for name, content in write_pages(example_report()).items():
        (out / name).write_bytes(content)
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


def test_pages_open_from_the_file_system_with_their_style_and_without_complaint(browser, folder):
    for name in PAGES:
        show(browser, (folder / name).as_uri())

        assert complaints(browser) == []
        assert (
            browser.execute_script(
                "return getComputedStyle(document.querySelector('.top')).borderTopWidth"
            )
            == "6px"
        )


def test_pages_open_from_a_static_server_and_ask_for_nothing_else(browser, folder):
    with served(folder) as address:
        browser.get_log("performance")
        for name in PAGES:
            show(browser, f"{address}/{name}")
            assert complaints(browser) == []
        asked = {url for url in requests(browser) if not url.startswith("data:")}

    assert asked == {f"{address}/{name}" for name in (*PAGES, "style.css")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 380, 1280, 1440])
def test_the_accessibility_checker_finds_nothing_and_nothing_scrolls_sideways(
    browser, folder, width, scheme
):
    for name in PAGES:
        show(browser, (folder / name).as_uri(), width=width, scheme=scheme)
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

        assert browser.execute_script(SIDEWAYS) <= 0
        assert axe_violations(browser) == []


def test_arabic_pages_run_from_right_to_left(browser, tmp_path):
    with use_language("ar"):
        for name, content in write_pages(example_report()).items():
            (tmp_path / name).write_bytes(content)
    for name in PAGES:
        show(browser, (tmp_path / name).as_uri(), width=380)

        assert browser.execute_script("return getComputedStyle(document.body).direction") == "rtl"
        assert browser.execute_script(SIDEWAYS) <= 0
        assert axe_violations(browser) == []


def test_at_200_per_cent_nothing_scrolls_sideways(browser, folder):
    for name in PAGES:
        show(browser, (folder / name).as_uri(), width=1280, zoom=2)

        assert browser.execute_script(SIDEWAYS) <= 0


def test_a_reader_goes_from_finding_to_section_and_on(browser, folder):
    from selenium.webdriver.common.by import By

    show(browser, (folder / "index.html").as_uri())
    browser.find_element(By.CSS_SELECTOR, ".finding .more a[href='where.html']").click()
    assert browser.current_url.endswith("/where.html")
    browser.find_element(By.CSS_SELECTOR, ".pager [rel=next]").click()
    assert browser.current_url.endswith("/concentration.html")
    browser.find_element(By.CSS_SELECTOR, ".running a").click()
    assert browser.current_url.endswith("/index.html")


def test_the_first_tab_leads_past_the_head_of_the_page(browser, folder):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    show(browser, (folder / "where.html").as_uri())
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    ActionChains(browser).send_keys(Keys.ENTER, Keys.TAB).perform()

    assert browser.execute_script(
        "return document.querySelector('main').contains(document.activeElement)"
    )


def test_paper_shows_no_navigation(browser, folder):
    show(browser, (folder / "where.html").as_uri())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})

    seen = browser.execute_script(
        "return [...document.querySelectorAll('nav, .skip')].filter(n => n.checkVisibility())"
    )
    assert seen == []
