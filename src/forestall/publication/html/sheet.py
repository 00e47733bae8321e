"""This file knows which rules of the style sheet a page needs, and writes them small."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"\.(-?[_a-zA-Z][-\w]*)")
_STRINGS = re.compile(r'"[^"]*"')


def sheet_for(html: str) -> str:
    """Return the style sheet without the rules for classes that the page does not use.

    Examples
    --------
    >>> small = sheet_for('<p class="source">a</p>')
    >>> ".source{" in small, ".gantt" in small, "@media print{" in small
    (True, False, True)
    """
    used = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}
    return "".join(_keep(rule, used) for rule in _rules(whole_sheet()))


@cache
def whole_sheet() -> str:
    """Return the style sheet of all pages, the workspace's too, written small.

    Examples
    --------
    >>> whole_sheet().startswith(":root{")
    True
    """
    text = files("forestall.publication.html").joinpath("sheets/style.css").read_text("utf-8")
    return minified(text)


def minified(css: str) -> str:
    """Return a sheet without comments and spaces that mean nothing.

    Examples
    --------
    >>> minified(".a { margin: 0; }")
    '.a{margin:0}'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    return css.replace(";}", "}").strip()


def _rules(css: str) -> list[str]:
    """Cut a sheet into its outermost rules."""
    rules, start, depth = [], 0, 0
    for at, letter in enumerate(css):
        depth += (letter == "{") - (letter == "}")
        if letter == "}" and depth == 0:
            rules.append(css[start : at + 1])
            start = at + 1
    return rules


def _keep(rule: str, used: set[str]) -> str:
    head, _, rest = rule.partition("{")
    if head.startswith("@media"):
        inner = "".join(_keep(part, used) for part in _rules(rest[:-1]))
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@"):
        return rule
    selectors = [s for s in _split(head) if _is_used(s, used)]
    return f"{','.join(selectors)}{{{rest}" if selectors else ""


def _split(selectors: str) -> list[str]:
    """Split a list of selectors at the commas that stand outside brackets."""
    parts, start, depth = [], 0, 0
    for at, letter in enumerate(selectors):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append(selectors[start:at])
            start = at + 1
    return [*parts, selectors[start:]]


def _is_used(selector: str, used: set[str]) -> bool:
    plain = _STRINGS.sub("", re.sub(r":(?:is|not)\([^)]*\)", "", selector))
    if not set(_NAME.findall(plain)) <= used:
        return False
    choices = re.findall(r":is\(([^)]*)\)", selector)
    return all(
        any(set(_NAME.findall(choice)) <= used for choice in group.split(",")) for group in choices
    )
