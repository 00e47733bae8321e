"""This file knows how to take a picture of a page, as a reader's browser shows it.

::

    uv run python scripts/picture.py report/index.html docs/images/report.png
    uv run python scripts/picture.py report/index.html phone.png --width 380 --height 2400
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from selenium import webdriver


def take_picture(page: Path, *, width: int, height: int, scheme: str) -> bytes:
    """Open a page in chromium and return what is seen as PNG.

    Parameters
    ----------
    page
        The file to open.
    width, height
        Size of the picture in CSS pixels.
    scheme
        ``light`` or ``dark``, as a reader's system may ask for.
    """
    with tempfile.TemporaryDirectory() as profile:
        browser = _chromium(profile)
        try:
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
            )
            browser.execute_cdp_cmd(
                "Emulation.setEmulatedMedia",
                {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
            )
            browser.get(page.resolve().as_uri())
            return browser.get_screenshot_as_png()
        finally:
            browser.quit()


def _chromium(profile: str) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    for setting in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"):
        options.add_argument(setting)
    options.add_argument(f"--user-data-dir={profile}")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def main() -> None:
    """Take a picture of one page."""
    parser = argparse.ArgumentParser(description="Take a picture of a page.")
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1800)
    parser.add_argument("--scheme", choices=["light", "dark"], default="light")
    given = parser.parse_args()
    given.picture.parent.mkdir(parents=True, exist_ok=True)
    given.picture.write_bytes(
        take_picture(given.page, width=given.width, height=given.height, scheme=given.scheme)
    )


if __name__ == "__main__":
    main()
