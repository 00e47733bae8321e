"""Every page of the workspace in a real browser, in Arabic, in a file of its own to run beside."""

from __future__ import annotations

from tests.browser.chromium import OF_LOOKS
from tests.web.browser.test_every_page import (
    browser,  # noqa: F401 - a fixture
    pages,  # noqa: F401 - a fixture
    pytestmark,  # noqa: F401 - needs chromium
    wrong_on,
)


def test_every_page_is_accessible_and_fits(browser, live_server, pages):  # noqa: F811
    assert wrong_on(browser, live_server, pages, tag="ar", dark=380, rules=OF_LOOKS) == []
