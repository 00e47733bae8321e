"""This file knows what a browser sends back from the form on a page."""

from __future__ import annotations

import lxml.html


def form_of(answer) -> dict[str, list[str]]:
    """Return what the form in the main part of a page would send, as it stands."""
    (form, *_) = lxml.html.fromstring(answer.text).xpath("//main//form[@method='post']")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if name != "csrfmiddlewaretoken":
            sent.setdefault(name, []).append(value)
    return sent
