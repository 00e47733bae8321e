"""One style sheet: small, for both directions, light, dark and paper."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

import forestall.web.design

STATIC = Path(forestall.web.design.__file__).parent / "static" / "forestall"
SHEET = (STATIC / "style.css").read_text(encoding="utf-8")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)(?:-\w+)?"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float|text-align)\s*:"
    r"\s*([^;}]+)"
)
LOGICAL_VALUES = {"start", "end", "center", "inline-start", "inline-end"}


def physical(sheet: str) -> list[str]:
    """Return the declarations that name a side of the paper instead of one of the text."""
    rules = re.sub(r"@(?:media|page)[^{]*\{", "{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return [
        one.group()
        for one in PHYSICAL.finditer(rules)
        if one.group(1).strip() not in LOGICAL_VALUES
    ]


def test_the_sheet_is_small():
    assert len(gzip.compress(SHEET.encode(), 9)) <= 15_000


def test_the_sheet_names_no_side_of_the_paper():
    assert physical(SHEET) == []


@pytest.mark.parametrize(
    "rule",
    ["a { margin-left: 1px }", "a { float: left }", "b { text-align:right; }", "c{width:1px}"],
)
def test_a_side_of_the_paper_is_found(rule):
    assert physical(rule)


@pytest.mark.parametrize(
    "wanted", ["prefers-color-scheme: dark", "@media print", '[dir="rtl"]', "forced-colors"]
)
def test_the_sheet_knows_dark_paper_and_the_other_direction(wanted):
    assert wanted in SHEET


def test_every_token_that_is_used_is_set():
    used = set(re.findall(r"var\((--[\w-]+)", SHEET))
    given = set(re.findall(r"(--[\w-]+)\s*:", SHEET))

    assert used <= given


def test_the_script_is_the_one_that_was_vendored():
    manifest = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))

    for name, told in manifest.items():
        content = (STATIC / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == told["sha256"]
        assert len(content) == told["bytes"]


def test_the_first_load_is_light(client, db):
    page = client.get("/account/login/").content
    asked = [(STATIC / name).read_bytes() for name in ("style.css", "htmx.min.js")]

    assert len(page) + sum(len(gzip.compress(one, 9)) for one in asked) <= 60_000
