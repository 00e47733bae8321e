"""One style sheet and a small one of the workspace: for both directions, light, dark, paper."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import forestall.publication.html
import forestall.web.design
from forestall.publication.html.sheet import minified

STATIC = Path(forestall.web.design.__file__).parent / "static" / "forestall"
SHARED = Path(forestall.publication.html.__file__).parent / "sheets" / "style.css"
OWN = STATIC / "workspace.css"
SHEET = SHARED.read_text(encoding="utf-8") + OWN.read_text(encoding="utf-8")
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


def test_the_sheets_are_small():
    weights = [len(gzip.compress(one.read_bytes(), 9)) for one in (SHARED, OWN)]

    assert sum(weights) <= 15_000
    assert weights[1] < weights[0] / 3


def test_no_rule_stands_in_both_sheets():
    shared, own = (
        {rule.strip() for rule in re.split(r"(?<=})", minified(one.read_text("utf-8")))} - {"", "}"}
        for one in (SHARED, OWN)
    )

    assert not shared & own


def test_the_workspace_serves_both_sheets_the_shared_one_first(client, db):
    page = client.get("/account/login/").content.decode()

    assert re.findall(r"/static/forestall/(\w+)\S*\.css", page) == ["style", "workspace"]
    assert finders.find("forestall/style.css") == str(SHARED)
    assert finders.find("forestall/workspace.css") == str(OWN)


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
    asked = [one.read_bytes() for one in (SHARED, OWN, STATIC / "htmx.min.js")]

    assert len(page) + sum(len(gzip.compress(one, 9)) for one in asked) <= 60_000
