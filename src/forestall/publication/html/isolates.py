"""This file knows how the marks around numbers in a right-to-left text become elements of HTML."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")
_OPEN = {"\u2066": '<bdi dir="ltr">', "\u2067": '<bdi dir="rtl">', "\u2068": "<bdi>"}
# In these no element can stand, so that the marks stay.
_PLAIN = ("svg", "title", "style", "script", "textarea", "option")
_MARKS = re.compile("[\u2066-\u2069]")
# Marks that turn all text after them round, and letters unknown to HTML; only a name has them.
_TURNING = re.compile("[\u202a-\u202e\x00]")


def isolate_numbers(html: str) -> str:
    r"""Return a page with elements in the place of Unicode isolates.

    Attributes and drawings keep them, because no element can stand there. Marks that would turn
    the rest of a paragraph round, as a name in a file may hold, are taken out.

    Parameters
    ----------
    html
        A page in which every text is escaped, so that ``>`` stands at the end of tags only.

    Examples
    --------
    >>> isolate_numbers('<p title="\u20665\u2069">\u20665–9\u2069</p>').count("<bdi")
    1
    >>> isolate_numbers("<p>Old\u202e Quay 12</p>")
    '<p>Old Quay 12</p>'
    """
    html = _TURNING.sub("", html)
    if not _MARKS.search(html):
        return html
    parts, inside = [], 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            inside += _plain_step(part)
            parts.append(part)
        else:
            parts.append(part if inside else _MARKS.sub(_element, part))
    return "".join(parts)


def _element(mark: re.Match[str]) -> str:
    return _OPEN.get(mark.group(), "</bdi>")


def _plain_step(tag: str) -> int:
    """Return whether a tag opens (1) or closes (−1) an element of letters only."""
    name = re.match(r"</?([a-zA-Z]+)", tag)
    if name is None or name.group(1) not in _PLAIN or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1
