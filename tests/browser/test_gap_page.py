"""The page of a map of gaps in a real browser: filtered, by keyboard, offline and strict."""

from __future__ import annotations

import pytest

from forestall.languages import use_language
from forestall.publication import write_html
from forestall.publication.evidence_pictures import grid_key
from forestall.publication.explore import write_explore
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
from tests.publication.builders import document_of
from tests.publication.made_evidence import cell, chart_of, grid_of, large_grid, row_of

pytestmark = NEEDED
ROWS = (
    "return [...document.querySelectorAll('.gap-table tbody tr:has(td)')]"
    ".filter(row => row.checkVisibility()).length"
)
FOCUS = "return document.activeElement.getAttribute('aria-label')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A map in two groups, in English and in Arabic, with its report."""
    out = tmp_path_factory.mktemp("gaps")
    lamps = row_of(cell(told=("Fewer burglaries (2008).",)), words="Lamps", group="Situational")
    charts = [
        chart_of(grid_of(lamps, key=grid_key()), title="Situational"),
        chart_of(large_grid(8, group="Social"), title="Social"),
    ]
    for tag in ("en", "ar"):
        (out / tag).mkdir()
        with use_language(tag):
            document = document_of(*charts)
            page = write_html(document, explore="")
            (out / tag / "index.html").write_text(page, encoding="utf-8")
            for name, content in write_explore(document, report="index.html").items():
                (out / tag / name).write_bytes(content)
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


def press(browser, *keys):
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def choose(browser, name, value):
    browser.execute_script(
        "const one = document.getElementById(arguments[0]); one.value = arguments[1];"
        "one.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_sound(browser, folder, tag, width, scheme):
    browser.get_log("performance")
    show(browser, (folder / tag / "gaps.html").as_uri(), width=width, scheme=scheme)

    assert browser.execute_script("return document.documentElement.dataset.drawn") == "gaps"
    assert browser.execute_script(SIDEWAYS) == 0
    assert complaints(browser) == []
    asked = requests(browser)
    assert any(address.endswith("gaps.js") for address in asked)
    assert not [address for address in asked if address.startswith(("http", "ws"))]
    assert axe_violations(browser) == []


def test_filters_leave_what_fits_and_say_how_much(browser, folder):
    show(browser, (folder / "en" / "gaps.html").as_uri())
    assert browser.execute_script(ROWS) == 9

    choose(browser, "group", "Situational")
    assert browser.execute_script(ROWS) == 1
    choose(browser, "group", "")
    choose(browser, "search", "ALLEY gat")
    assert browser.execute_script(ROWS) == 2
    assert browser.execute_script("return document.getElementById('shown').textContent") == (
        "Shown: 2 of 9"
    )
    choose(browser, "search", "nothing of the kind")
    assert browser.execute_script("return document.getElementById('nothing').checkVisibility()")
    choose(browser, "search", "")
    choose(browser, "certainty", "4")
    assert 0 < browser.execute_script(ROWS) < 9


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_arrow_keys_go_from_box_to_box(browser, folder, tag):
    from selenium.webdriver.common.keys import Keys

    show(browser, (folder / tag / "gaps.html").as_uri())
    browser.execute_script("document.querySelector('.gap[tabindex=\"0\"]').focus()")
    first = browser.execute_script(FOCUS)
    assert "Lamps" in first
    assert "Fewer burglaries" in browser.execute_script("return told.innerText")

    press(browser, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    below = browser.execute_script(FOCUS)
    press(browser, Keys.ARROW_LEFT if tag == "ar" else Keys.ARROW_RIGHT)
    beside = browser.execute_script(FOCUS)
    assert len({first, below, beside}) == 3
    press(browser, Keys.ESCAPE)
    assert browser.execute_script("return told.hidden")


def test_without_script_the_drawings_stay(browser, folder):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, (folder / "en" / "gaps.html").as_uri())
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    drawn = browser.execute_script(
        "return [...document.querySelectorAll('#gaps svg[role=img]')]"
        ".filter(one => one.checkVisibility()).length"
    )
    assert drawn == 2
