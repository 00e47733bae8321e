"""This file knows how a person finds their way in a browser: by the words that are on the page."""

from __future__ import annotations

import time
from base64 import b64decode
from typing import TYPE_CHECKING

from tests.browser.chromium import SIDEWAYS, axe_violations, complaints, show

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

PASSWORD = "a long password"
_WITHOUT_HIDDEN = """
const said = (one) => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll('.vh, .optional').forEach(part => part.remove());
  return copy.textContent.replace(/\\s+/g, ' ').trim();
};
"""
_PRESSED = (
    _WITHOUT_HIDDEN
    + """
const [words, inside] = arguments;
const parts = [...document.querySelectorAll('main .card, main li, main section')];
const near = parts.filter(one => inside && one.textContent.includes(inside));
near.sort((a, b) => a.textContent.length - b.textContent.length);
for (const box of inside ? near : [document.querySelector('main'), document]) {
  const found = [...box.querySelectorAll('a, button')].find(
    one => said(one) === words && one.getClientRects().length);
  if (found) return found;
}
return null;
"""
)
_LABELLED = (
    _WITHOUT_HIDDEN
    + """
const [words, inside] = arguments;
const fits = box => [...box.querySelectorAll('label')].find(one => said(one) === words);
let box = document;
if (inside) {
  const legend = [...document.querySelectorAll('legend')].find(one => said(one) === inside);
  if (!legend) return null;
  box = legend.closest('fieldset');
}
const label = fits(box);
return label ? document.getElementById(label.htmlFor) : null;
"""
)
_TYPED = """
const [field, value] = arguments;
field.value = value;
field.dispatchEvent(new Event('input', {bubbles: true}));
field.dispatchEvent(new Event('change', {bubbles: true}));
"""
_LEFT = "window.leaving = true"
_ARRIVED = "return window.leaving === undefined && document.readyState === 'complete'"
_LONGEST_SECONDS = 20


class Visitor:
    """Somebody at a screen, who presses what they read and fills in what is asked.

    Every page that they come to has to fit the screen, in the language they read.

    Parameters
    ----------
    site
        Address of the workspace.
    pictures
        Folder for pictures of the pages.
    """

    def __init__(self, browser: Chrome, site: str, pictures: Path) -> None:
        self.browser, self.site, self.pictures = browser, site, pictures
        self.width = 1280

    def come(self, *, width: int = 1280) -> None:
        """Come as somebody whom the site does not know."""
        self.browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.width = width

    def sign_in(self, email: str) -> None:
        """Come with an account."""
        self.come()
        self.go("/account/login/")
        self.fill("Email", email)
        self.fill("Password", PASSWORD)
        self.press("Sign in")

    def go(self, address: str) -> None:
        """Open an address of the site."""
        show(self.browser, f"{self.site}{address}", width=self.width)
        self._look()

    def press(self, words: str, *, inside: str = "") -> None:
        """Press the link or button with these words, in the main part first, and wait.

        Parameters
        ----------
        inside
            Words that stand near it, where several are called the same.
        """
        found = self.browser.execute_script(_PRESSED, " ".join(words.split()), inside)
        assert found is not None, f"nothing is called “{words}” at {self.browser.current_url}"
        self.browser.execute_script(_LEFT)
        self.browser.execute_script("arguments[0].click()", found)
        end = time.monotonic() + _LONGEST_SECONDS
        while not self.browser.execute_script(_ARRIVED):
            assert time.monotonic() < end, f"“{words}” leads nowhere"
            time.sleep(0.03)
        self._look()

    def fill(self, label: str, value: str | date) -> None:
        """Type into the field with this label, or choose in its list by words."""
        field = self._field(label)
        if field.tag_name == "select":
            choices = field.find_elements("tag name", "option")
            one = next(one for one in choices if str(one.get_property("text")).strip() == value)
            value = str(one.get_property("value"))
        self.browser.execute_script(_TYPED, field, str(value))

    def tick(self, label: str, *, under: str = "") -> None:
        """Tick a box or choose an answer, of the question that it stands under."""
        field = self._field(label, under)
        if not field.is_selected():
            self.browser.execute_script("arguments[0].click()", field)

    def bring(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._field(label).send_keys(str(file))

    def sees(self, words: str) -> bool:
        """Return whether the page says this."""
        return words in self.said()

    def said(self) -> str:
        """Return what the page says."""
        return " ".join(self.browser.find_element("tag name", "body").text.split())

    def keep_picture(self, name: str) -> None:
        """Check that everybody can use the page, and keep a picture of all of it."""
        assert axe_violations(self.browser) == [], self.browser.current_url
        whole = {"captureBeyondViewport": True, "format": "png"}
        taken = self.browser.execute_cdp_cmd("Page.captureScreenshot", whole)["data"]
        self.pictures.joinpath(f"{name}.png").write_bytes(b64decode(taken))

    def _field(self, label: str, under: str = "") -> WebElement:
        found: WebElement | None = self.browser.execute_script(_LABELLED, label, under)
        assert found is not None, f"no field is called “{label}” at {self.browser.current_url}"
        return found

    def _look(self) -> None:
        address = self.browser.current_url
        told = [one for one in complaints(self.browser) if "favicon" not in one]
        assert told == [], address
        assert self.browser.execute_script(SIDEWAYS) <= 0, f"{address} scrolls sideways"
