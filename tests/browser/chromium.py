"""The browser that pages are tried in: how it starts, what it is shown, what it complains of."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
NEEDED = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are missing"),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What other colours or another width can break on a page that is sound otherwise.
OF_LOOKS = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WITHOUT_WEBGL = ("--disable-gpu", "--disable-3d-apis")
# Drawn by the processor: machines for tests have no graphics card.
WITH_WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
SIDEWAYS = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def started(profile, *flags):
    """Start Chromium and end it with the block."""
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, *flags, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.chrome.service.Service(DRIVER))
    driver.set_script_timeout(60)
    try:
        yield driver
    finally:
        driver.quit()


def show(browser, address, *, width=1280, scheme="light", zoom=1):
    """Show a page; zoomed in, the window holds less of it, as in a browser."""
    dress(browser, width=width, scheme=scheme, zoom=zoom)
    browser.get_log("browser")
    browser.get(address)


def dress(browser, *, width=1280, scheme="light", zoom=1):
    """Give the window another size and other colours, with the page that is in it."""
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
        {
            "width": width // zoom,
            "height": 900 // zoom,
            "deviceScaleFactor": zoom,
            "mobile": width < 500,
        },
    )


def complaints(browser):
    """Return what the console says since the page was shown: errors and violated policies."""
    return [entry["message"] for entry in browser.get_log("browser")]


def axe_violations(browser, rules=RULES):
    """Return what the accessibility checker finds on the page as it is, by kinds or by rules."""
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text()})
    found = browser.execute_async_script(
        "const done = arguments[1];"
        "axe.run(document, {runOnly: arguments[0]}).then(r => done(r.violations))",
        list(rules),
    )
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


def requests(browser):
    """Return the addresses that were asked for since the last look."""
    entries = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return {
        entry["params"]["request"]["url"]
        for entry in entries
        if entry["method"] == "Network.requestWillBeSent"
    }


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """Serve a folder on a free port of this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
