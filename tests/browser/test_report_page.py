"""The report in a real browser: it fits, loads nothing, says nothing wrong, and can be used."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from forestall.diagnosis import diagnose
from forestall.publication import publish_diagnosis, publish_evaluation, publish_plan
from forestall.publication.evaluation_example import (
    example_evaluation,
    example_plan,
    example_specification,
)
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.records import areas_from_frame

webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are missing"),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (320, 380, 1280)


def town_with_areas():
    boxes = [shapely.box(448_000 + 500 * k, 518_000, 448_500 + 500 * k, 522_000) for k in range(8)]
    frame = gpd.GeoDataFrame(
        {
            "code": [f"E{k}" for k in range(8)],
            "name": [f"Ward {k}" for k in range(8)],
            "people": [900 + 700 * k for k in range(8)],
        },
        geometry=boxes,
        crs="EPSG:27700",
    )
    areas = areas_from_frame(frame, code="code", name="name", population="people")
    incidents = example_incidents(kinds={"Violence and sexual offences": 4000, "Theft": 900})
    return diagnose(incidents, cell_m=250, areas=areas, population="people")


def told(diagnosis, out):
    return publish_diagnosis(diagnosis, out=out, place="Hill Town").page


FEW = {
    "Burglary": ((12, 3), (30, 28), (6, 4), (9, 8)),
    "Theft": ((31, 32), (80, 81), (26, 27), (29, 30)),
    "Arson": ((2, 1), (4, 6), (2, 4), (7, 5)),
}
REPORTS = {
    "few months": lambda out: told(example_diagnosis(clock="day"), out),
    "many months": lambda out: told(example_diagnosis(kinds={"Burglary": 9000}, months=75), out),
    "hours and areas": lambda out: told(town_with_areas(), out),
    "evaluation": lambda out: publish_evaluation(example_evaluation(), out=out).page,
    "placebo with few": lambda out: (
        publish_evaluation(example_evaluation(is_placebo=True, kinds=FEW), out=out).page
    ),
    "plan": lambda out: publish_plan(example_plan(), example_specification(), out=out).page,
}


@pytest.fixture(scope="module", params=REPORTS, ids=lambda name: name.replace(" ", "-"))
def page(request, tmp_path_factory):
    return REPORTS[request.param](tmp_path_factory.mktemp("report") / "report")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.chrome.service.Service(DRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def show(browser, page, *, width=1280, scheme="light"):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {
            "features": [
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "prefers-reduced-motion", "value": "reduce"},
            ]
        },
    )
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    browser.get(page.as_uri())


def test_the_checker_is_the_one_that_was_vendored():
    told = (AXE.parent / "README.md").read_text()

    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(browser, page, width):
    show(browser, page, width=width)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_page_asks_for_nothing_and_the_console_is_empty(browser, page):
    browser.get_log("browser")
    browser.get_log("performance")
    show(browser, page)

    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    }
    assert {url for url in asked if not url.startswith("data:")} <= {page.as_uri()}
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [380, 1280])
def test_the_accessibility_checker_finds_nothing(browser, page, width, scheme):
    show(browser, page, width=width, scheme=scheme)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    browser.execute_script(AXE.read_text())
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    found = browser.execute_async_script(
        "const done = arguments[1];"
        "axe.run(document, {runOnly: arguments[0]}).then(r => done(r.violations))",
        rules,
    )

    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


CUT_OR_OVERLAPPING = r"""
const bad = [];
for (const svg of document.querySelectorAll('svg[role=img]')) {
  const frame = svg.getBoundingClientRect();
  if (!frame.width || svg.classList.contains('bar')) continue;
  const texts = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
  for (const [t, box] of texts) {
    if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
        box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
      bad.push('cut: ' + t.textContent + ' in ' + svg.getAttribute('aria-label').slice(0, 60));
  }
  for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
    const [a, b] = [texts[i][1], texts[j][1]];
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 4)
      bad.push('over: ' + texts[i][0].textContent + ' | ' + texts[j][0].textContent);
  }
}
return bad;
"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_in_a_chart_is_cut_or_lies_over_another(browser, page, width):
    show(browser, page, width=width)

    assert browser.execute_script(CUT_OR_OVERLAPPING) == []


def test_the_first_tab_leads_past_the_head_of_the_page(browser, page):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    show(browser, page)
    ActionChains(browser).send_keys(Keys.TAB).perform()
    skip = browser.switch_to.active_element
    assert skip.get_attribute("class") == "skip"
    assert browser.execute_script("return arguments[0].getBoundingClientRect().top >= 0", skip)

    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.current_url.endswith("#brief")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    inside = browser.execute_script(
        "return document.querySelector('main').contains(document.activeElement)"
    )
    assert inside


def test_headings_go_down_one_step_at_a_time(browser, page):
    show(browser, page)
    levels = browser.execute_script(
        "return [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])"
    )

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_dark_and_light_use_different_colours_in_drawings(browser, page):
    colours = []
    for scheme in ("light", "dark"):
        show(browser, page, scheme=scheme)
        colours.append(
            browser.execute_script(
                "const drawn = document.querySelector('svg .m1, svg .s1');"
                "return drawn && getComputedStyle(drawn).fill + getComputedStyle(drawn).stroke"
            )
        )
    if colours == [None, None]:
        pytest.skip("nothing is drawn on this page")

    assert colours[0] != colours[1]


def test_paper_is_white_and_shows_what_is_folded(browser, page):
    show(browser, page, scheme="dark")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})

    assert (
        browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert not browser.execute_script("return document.querySelector('nav.side').checkVisibility()")


def test_the_page_keeps_its_words_without_the_style(page):
    text = page.read_text(encoding="utf-8")

    assert re.search(r"<main[^>]*>.*In brief", text, flags=re.DOTALL)
