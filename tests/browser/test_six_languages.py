"""The page in each language: read by everybody, fitting every screen, also when enlarged."""

from __future__ import annotations

import pytest

from forestall.publication import publish_diagnosis
from scripts.update_catalogues import LANGUAGES
from tests.browser.chromium import OF_LOOKS, axe_violations, dress
from tests.browser.test_report_page import (
    browser,  # noqa: F401 - a fixture
    pytestmark,  # noqa: F401 - needs chromium
    show,
    town_with_areas,
)

SIX = ("en", *LANGUAGES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    out = tmp_path_factory.mktemp("six") / "report"
    publish_diagnosis(town_with_areas(), out=out, place="Hill Town", languages=SIX)
    return {tag: out / ("" if tag == "en" else tag) / "index.html" for tag in SIX}


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("tag", SIX)
def test_the_accessibility_checker_finds_nothing(browser, pages, tag, width):  # noqa: F811
    show(browser, pages[tag], width=width)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert axe_violations(browser) == []
    dress(browser, width=width, scheme="dark")
    assert axe_violations(browser, OF_LOOKS) == []
    assert browser.execute_script("return document.documentElement.lang") == tag
    assert browser.get_log("browser") == []


# Enlarged to 200 %, a window of 1280 pixels has room for 640.
@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("tag", SIX)
def test_no_page_scrolls_sideways_when_enlarged(browser, pages, tag, width):  # noqa: F811
    show(browser, pages[tag], width=width)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
