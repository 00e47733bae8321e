"""The page of the log tells what was done in words; what is exported keeps the key."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import forestall.web
from forestall.web.audit.services import record
from forestall.web.audit.words import verb_words
from forestall.web.organisations.roles import Role, Verb

SOURCES = sorted(Path(forestall.web.__path__[0]).rglob("*.py"))


def recorded(source):
    """Yield the keys that a file gives the log."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", "")
            first = node.args[0]
            if name in ("record", "_record", "_recorded") and isinstance(first, ast.Constant):
                yield first.value


KEYS = sorted({key for source in SOURCES for key in recorded(source)})


def test_the_keys_are_found():
    assert {"join", "open consultation", "release", "change role"} <= set(KEYS)


@pytest.mark.parametrize(
    "key",
    [
        *KEYS,
        "begin plan",
        Verb.EDIT_PLAN.value,
        Verb.REPORT_PROGRESS.value,
        Verb.MOVE_PLAN.value,
        Verb.DECIDE_RIGHTS.value,
        Verb.MODERATE.value,
    ],
)
def test_each_key_has_words(key):
    assert verb_words(key) is not None


def test_the_page_shows_words_and_the_export_keeps_the_key(client, city, people):
    by = people[Role.ADMINISTRATOR]
    record("download rejected rows", by=by, about="import 4", jurisdiction=city)
    record("an older key", by=by, about="import 5", jurisdiction=city)
    client.force_login(by)

    page = client.get("/audit/").text
    exported = b"".join(client.get("/audit/export/csv/").streaming_content).decode()

    assert "<td>downloaded rejected rows</td>" in page
    assert '<option value="download rejected rows">downloaded rejected rows</option>' in page
    assert "an older key" in page
    assert ",download rejected rows," in exported
