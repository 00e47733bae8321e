"""Interactive pages in a real browser: offline, strict, by keyboard, and without WebGL."""

from __future__ import annotations

import json
import time

import geopandas as gpd
import pyogrio
import pytest
import shapely

from forestall.languages import use_language
from forestall.publication import write_html
from forestall.publication.example import example_report
from forestall.publication.explore import read_basemap, write_explore
from forestall.publication.report import build_report
from tests.browser.chromium import (
    NEEDED,
    SIDEWAYS,
    WITH_WEBGL,
    WITHOUT_WEBGL,
    axe_violations,
    complaints,
    requests,
    served,
    show,
    started,
)
from tests.publication.test_explore import setting_of, town_with_rates

pytestmark = NEEDED
PAGES = ("map.html", "months.html", "kinds.html", "season.html", "concentration.html", "rates.html")


def write(folder, report, **more):
    (folder / "explore").mkdir(parents=True)
    (folder / "index.html").write_text(write_html(report, explore="explore/"), encoding="utf-8")
    for name, content in write_explore(report, **more).items():
        (folder / "explore" / name).write_bytes(content)
    return folder / "explore"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All kinds of pictures in one folder, taken from reports of three towns."""
    out = tmp_path_factory.mktemp("report")
    reports = [
        build_report(setting_of(town_with_rates())),
        example_report(kinds={"Burglary": 2500, "Robbery": 900, "Arson": 60}, months=50),
        example_report(),
    ]
    pages: dict[str, bytes] = {}
    for report in reports:
        pages |= write_explore(report)
    (out / "index.html").write_text(write_html(reports[2], explore="explore/"), encoding="utf-8")
    (out / "explore").mkdir()
    for name, content in pages.items():
        (out / "explore" / name).write_bytes(content)
    return out / "explore"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITH_WEBGL) as driver:
        yield driver


def wait_for(browser, script, *, seconds=30):
    """Wait until a script returns something, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = browser.execute_script(script)
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{script} stayed empty; the console says {complaints(browser)}")


def open_page(browser, address, **how):
    show(browser, address, **how)
    return wait_for(browser, "return document.documentElement.dataset.drawn")


def press(browser, *keys):
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def told(browser):
    return browser.execute_script("return document.getElementById('told').innerText")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_the_file_system_without_complaint(browser, folder, name):
    browser.get_log("performance")
    drawn = open_page(browser, (folder / name).as_uri())

    assert drawn == ("map" if name == "map.html" else "chart")
    assert complaints(browser) == []
    asked = {url for url in requests(browser) if not url.startswith(("data:", "blob:"))}
    assert all(url.startswith(folder.as_uri()) for url in asked)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_a_static_server_without_complaint(browser, folder, name):
    with served(folder.parent) as address:
        browser.get_log("performance")
        drawn = open_page(browser, f"{address}/explore/{name}")
        asked = {url for url in requests(browser) if not url.startswith(("data:", "blob:"))}

    assert drawn == ("map" if name == "map.html" else "chart")
    assert complaints(browser) == []
    assert all(url.startswith(address) for url in asked)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (768, "light"), (1440, "dark")])
def test_the_accessibility_checker_finds_nothing_and_nothing_scrolls_sideways(
    browser, folder, width, scheme
):
    for name in PAGES:
        open_page(browser, (folder / name).as_uri(), width=width, scheme=scheme)
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")

        assert browser.execute_script(SIDEWAYS) <= 0, name
        assert axe_violations(browser) == [], name


def test_at_200_per_cent_nothing_scrolls_sideways(browser, folder):
    for name in PAGES:
        open_page(browser, (folder / name).as_uri(), width=1280, zoom=2)

        assert browser.execute_script(SIDEWAYS) <= 0, name


def test_the_report_leads_to_its_pictures_and_back(browser, folder):
    from selenium.webdriver.common.by import By

    show(browser, (folder.parent / "index.html").as_uri())
    browser.find_element(By.CSS_SELECTOR, "a[href='explore/map.html']").click()
    assert wait_for(browser, "return document.documentElement.dataset.drawn") == "map"
    browser.find_element(By.CSS_SELECTOR, ".kicker a").click()
    assert browser.current_url.endswith("/index.html#where")


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    with use_language("ar"):
        return write(tmp_path_factory.mktemp("arabic") / "report", example_report())


def test_arabic_pages_run_from_right_to_left_and_maps_do_not(browser, arabic):
    for name in ("map.html", "kinds.html", "concentration.html"):
        for width in (380, 1280):
            open_page(browser, (arabic / name).as_uri(), width=width)

            assert (
                browser.execute_script("return getComputedStyle(document.body).direction") == "rtl"
            )
            assert browser.execute_script(SIDEWAYS) <= 0
            assert complaints(browser) == []
            assert axe_violations(browser) == []
            drawn = ".map-over" if name == "map.html" else ".plot"
            assert (
                browser.execute_script(
                    f"return getComputedStyle(document.querySelector('{drawn}')).direction"
                )
                == "ltr"
            )


# Charts by keyboard and pointer


def test_months_are_read_with_the_arrow_keys(browser, folder):
    from selenium.webdriver.common.keys import Keys

    open_page(browser, (folder / "months.html").as_uri())
    browser.execute_script("document.getElementById('stop').focus()")
    first = told(browser)
    press(browser, Keys.ARROW_LEFT, Keys.ARROW_LEFT)

    assert "February 2028" in first.replace("\u00a0", " ")
    assert "December 2027" in told(browser).replace("\u00a0", " ")
    words = browser.execute_script(
        "return document.getElementById('stop').getAttribute('aria-valuetext')"
    )
    assert words.replace("\u00a0", " ").startswith("December 2027; each month: ")
    press(browser, Keys.ESCAPE)
    assert told(browser) == ""


def test_the_number_under_the_pointer_is_that_of_the_table(browser, folder):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    open_page(browser, (folder / "months.html").as_uri())
    plot = browser.find_element(By.CSS_SELECTOR, ".plot")
    ActionChains(browser).move_to_element_with_offset(plot, -100, 0).perform()
    name, _, rest = told(browser).partition("\n")
    tip = browser.find_element(By.CSS_SELECTOR, ".tip")
    assert tip.is_displayed()
    shown = tip.text
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    row = browser.find_element(By.XPATH, f"//tr[th[normalize-space()='{name.strip()}']]/td[1]")

    assert rest.split("\n")[1] == row.text
    assert row.text in shown


def test_years_can_be_chosen_and_the_slider_follows(browser, folder):
    from selenium.webdriver.support.select import Select

    open_page(browser, (folder / "months.html").as_uri())
    Select(browser.find_element("id", "since")).select_by_visible_text("2026")
    Select(browser.find_element("id", "until")).select_by_visible_text("2026")
    wait_for(browser, "return document.getElementById('stop').max === '35'")

    assert browser.execute_script("return document.getElementById('stop').min") == "24"
    assert complaints(browser) == []


def test_small_charts_share_a_month_and_can_share_a_scale(browser, folder):
    open_page(browser, (folder / "kinds.html").as_uri())
    labels = "return [...document.querySelectorAll('.value')].map(v => v.textContent)"
    tops = (
        "return [...document.querySelectorAll('.drawn svg')].map(s => "
        "[...s.querySelectorAll('.mark-text.role-axis-label text')].map(t => t.textContent).at(-1))"
    )
    own = browser.execute_script(tops)

    assert len(browser.execute_script(labels)) == len(own) > 1
    browser.find_element("id", "same").click()
    wait_for(browser, f"const seen = (() => {{ {tops} }})(); return new Set(seen).size === 1")


def test_an_area_of_the_funnel_is_chosen_by_its_name(browser, folder):
    from selenium.webdriver.support.select import Select

    open_page(browser, (folder / "rates.html").as_uri())
    Select(browser.find_element("id", "stop")).select_by_visible_text("Ward 5")

    assert told(browser).startswith("Ward 5\n")
    assert "Rate" in told(browser)


def test_a_chart_fits_its_page_again_when_that_changes(browser, folder):
    open_page(browser, (folder / "concentration.html").as_uri(), width=1280)
    wide = "return document.querySelector('.drawn svg').getBoundingClientRect().width"
    before = browser.execute_script(wide)
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )

    assert wait_for(browser, f"{wide} < 380 && 1")
    assert before > 600
    assert browser.execute_script(SIDEWAYS) <= 0


# The map


def numbers_of(folder):
    page = (folder / "map.html").read_text(encoding="utf-8")
    return json.loads(page.partition('id="explore-data">')[2].partition("</script>")[0])


def test_the_map_is_walked_with_arrow_keys_place_by_place(browser, folder):
    from selenium.webdriver.common.keys import Keys

    open_page(browser, (folder / "map.html").as_uri())
    data = numbers_of(folder)
    browser.execute_script("document.querySelector('canvas.maplibregl-canvas').focus()")
    seen = []
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.ARROW_DOWN):
        press(browser, key)
        name, _, rest = told(browser).partition("\n")
        number = data["numbers"][data["names"].index(name)]
        assert number in rest.split("\n")
        seen.append(name)
    assert len(set(seen)) > 2
    press(browser, "+", "-", Keys.HOME, Keys.ESCAPE)
    assert told(browser) == "No place is chosen."
    assert complaints(browser) == []


def test_a_hidden_number_says_why_on_the_map(browser, folder):
    data = numbers_of(folder)
    open_page(browser, (folder / "map.html").as_uri())
    browser.execute_script("document.querySelector('canvas.maplibregl-canvas').focus()")
    hidden = {data["names"][k] for k, status in enumerate(data["status"]) if status == 1}

    for key in ("ArrowRight", "ArrowUp", "ArrowRight", "ArrowDown") * 40:
        browser.execute_script(
            "document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))",
            key,
        )
        words = told(browser)
        if words.partition("\n")[0] in hidden:
            assert "<5" in words
            assert "to protect the people behind it" in words
            return
    pytest.fail("no hidden place was reached")


def test_areas_that_stand_out_are_a_list_of_buttons(browser, folder):
    open_page(browser, (folder / "map.html").as_uri())
    button = browser.find_element("css selector", "[data-letter]")
    button.click()

    assert told(browser).startswith(button.text)
    assert button.get_attribute("aria-pressed") == "true"
    pin = browser.find_element("css selector", ".pin-live")
    assert pin.text == button.get_attribute("data-letter")


def test_every_control_of_the_map_is_reached_by_tab_and_seen(browser, folder):
    from selenium.webdriver.common.keys import Keys

    open_page(browser, (folder / "map.html").as_uri())
    reached = []
    for _ in range(8):
        press(browser, Keys.TAB)
        now = browser.execute_script(
            "const a = document.activeElement, s = getComputedStyle(a);"
            "return [a.id || a.className || a.dataset.letter || a.tagName, s.outlineStyle]"
        )
        reached.append(now[0])
        assert now[1] != "none"
    assert {"skip", "maplibregl-canvas", "zoom-in", "zoom-out", "whole"} <= set(reached)


def test_without_webgl_the_picture_stays_with_a_sentence(tmp_path, folder):
    with started(tmp_path / "profile", *WITHOUT_WEBGL) as browser:
        drawn = open_page(browser, (folder / "map.html").as_uri())

        assert drawn == "picture"
        note = browser.find_element("id", "no-map")
        assert note.is_displayed()
        assert "the picture shows the same" in note.text
        assert browser.find_element("css selector", ".map-frame svg[role=img]").is_displayed()
        assert complaints(browser) == []
        assert axe_violations(browser) == []


def test_without_script_pictures_and_tables_stay(browser, folder):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        for name in ("map.html", "months.html"):
            show(browser, (folder / name).as_uri())
            assert browser.find_element("css selector", "main svg[role=img]").is_displayed()
            assert not browser.find_elements("css selector", "[data-live]:not([hidden])")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_dark_and_light_use_different_colours(browser, folder):
    lines = "return getComputedStyle(document.querySelector('.drawn path[stroke]')).stroke"
    colours = set()
    for scheme in ("light", "dark"):
        open_page(browser, (folder / "months.html").as_uri(), scheme=scheme)
        colours.add(browser.execute_script(lines))

    assert len(colours) == 2


@pytest.mark.skipif(
    pyogrio.list_drivers().get("PMTiles") != "rw", reason="this GDAL writes no PMTiles"
)
def test_a_base_map_is_drawn_from_the_file_system_and_from_a_server(browser, tmp_path):
    lines = [shapely.LineString([(-1.6, 54.5 + k / 50), (-1.1, 54.6)]) for k in range(8)]
    frame = gpd.GeoDataFrame({"kind": ["major_road"] * 8}, geometry=lines, crs="EPSG:4326")
    path = tmp_path / "roads.pmtiles"
    pyogrio.write_dataframe(frame, path, driver="PMTiles", layer="roads")
    out = write(tmp_path / "report", example_report(), basemap=read_basemap(path))

    with served(out) as address:
        for page in ((out / "map.html").as_uri(), f"{address}/map.html"):
            assert open_page(browser, page) == "map"
            assert browser.find_element("id", "layer-base").is_selected()
            browser.find_element("id", "layer-base").click()
            assert complaints(browser) == []
