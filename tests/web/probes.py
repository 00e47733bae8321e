"""This file knows texts that attack a page when it shows them, and how to tell that none did.

::

    plan.title = PROBES[0]
    assert_harmless(client.get(plan.get_absolute_url()).text)
"""

from __future__ import annotations

from html.parser import HTMLParser

PROBES = (
    "<script>probe()</script>",
    '"><img src=x onerror=probe()>',
    "'><svg onload=probe()>",
    "</title></textarea></style><script>probe()</script>",
    "javascript:probe()",
    "{{ 7 * 191 }}{% raw %}probe",
    "<a href='data:text/html,probe'>probe</a>",
    "<base href='//probe.example'><form action='//probe.example'>",
    "<meta http-equiv=refresh content='0;url=//probe.example'>",
)
_ADDRESSES = {"href", "src", "action", "formaction", "data", "content", "poster", "srcdoc"}


class _Attacks(HTMLParser):
    """Collects what a probe would have become if it were not written as text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"<{tag} {name}>")
            if name in _ADDRESSES and "probe" in (value or "") and _leads_away(value or ""):
                self.found.append(f"<{tag} {name}={value}>")
        if tag in ("base", "object", "embed", "iframe"):
            self.found.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and data.strip():
            self.found.append(f"<{self._inside}> with content")


def _leads_away(address: str) -> bool:
    target = address.lower().rpartition("url=")[2]
    return target.strip().startswith(("javascript:", "data:", "//", "http"))


def attacks_in(html: str) -> list[str]:
    """Return what on a page could run or lead away."""
    reader = _Attacks()
    reader.feed(html)
    computed = ["a template was run"] if "1337" in html else []
    return reader.found + computed


def assert_harmless(html: str) -> None:
    """Make sure that no text of a user became part of the page itself."""
    assert not attacks_in(html)
