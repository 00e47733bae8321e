"""How much the summary of the folder form weighs, and how soon it can be read on a slow phone line.

::

    uv run python benchmarks/first_view.py

Chromium loads the page from a local server that does not compress, at 400 kbit/s with 300 ms
latency. Needs chromium and chromedriver.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from selenium import webdriver

from forestall.publication.example import example_report
from forestall.publication.pages import write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST_KB, MOST_SECONDS = 60.0, 1.5


class Quiet(SimpleHTTPRequestHandler):
    """A static server that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def first_view(browser: webdriver.Chrome, address: str) -> tuple[float, float]:
    """Return kilobytes transferred and seconds until the first words are painted."""
    browser.get("about:blank")
    browser.get_log("performance")
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", LINE)
    browser.get(address)
    painted = browser.execute_async_script(
        "const done = arguments[0];"
        "const see = () => { const found = performance"
        ".getEntriesByName('first-contentful-paint')[0];"
        "found ? done(found.startTime) : setTimeout(see, 20) }; see()"
    )
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    size = sum(
        event["params"]["encodedDataLength"]
        for event in events
        if event["method"] == "Network.loadingFinished"
    )
    return size / 1000, painted / 1000


def main() -> None:
    """Print the weight and the time of the first view, and whether both keep the limits."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=Path, help="folder of pages; the made-up town if not given")
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=380,800"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    with tempfile.TemporaryDirectory() as made:
        folder = given.pages or Path(made)
        if given.pages is None:
            for name, content in write_pages(example_report()).items():
                (folder / name).write_bytes(content)
        service = webdriver.ChromeService(str(shutil.which("chromedriver")))
        browser = webdriver.Chrome(options=options, service=service)
        with served(folder) as address:
            found = [first_view(browser, f"{address}/index.html") for _ in range(given.runs)]
        browser.quit()
    size, seconds = (statistics.median(column) for column in zip(*found, strict=True))
    print(
        f"transferred {size:.1f} KB (limit {MOST_KB:g}), first words after {seconds:.2f} s ", end=""
    )
    print(f"(limit {MOST_SECONDS:g}); median of {given.runs} runs at 400 kbit/s and 300 ms")
    if size > MOST_KB or seconds > MOST_SECONDS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
