"""Which JSON of others is refused, whoever reads it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.assistance.files import NeedsFile, assistance_from_json
from forestall.errors import InvalidAssistance, InvalidBundle, InvalidFile, InvalidQuestionnaire
from forestall.exchange.subscriptions import read_index
from forestall.questionnaires.files import reply_from_json
from forestall.records.strict_json import json_object

SAID = "holds a sign that cannot be written"


@pytest.mark.parametrize("sign", [r"\ud800", r"\udfff", r"\udc00\ud800", r"\u0000"])
@pytest.mark.parametrize(
    "text",
    [
        '{"a": "x%s"}',
        '{"%s": 1}',
        '{"a": [[["%s"]]]}',
        '{"a": [{"b": [1, "%s"]}]}',
        '{"%s": 1, "%s": 2}',
        '{"a": {"%s": 1, "%s": 2}}',
    ],
)
def test_a_sign_that_cannot_be_written_is_refused(text, sign):
    with pytest.raises(InvalidFile, match=SAID) as told:
        json_object(text.replace("%s", sign).encode(), name="body")

    assert str(told.value).encode()


def test_a_pair_of_surrogates_is_one_sign():
    assert json_object(rb'{"a": "\ud83d\ude00"}', name="body") == {"a": "\N{GRINNING FACE}"}


TEXTS = st.text(st.characters(codec="utf-8"))


@given(
    st.recursive(
        TEXTS | st.none() | st.integers(-9, 9),
        lambda inside: st.lists(inside) | st.dictionaries(TEXTS, inside),
    )
)
def test_what_can_be_written_is_read(content):
    written = json.dumps({"a": content})
    if r"\u0000" in written.replace(r"\\", ""):
        with pytest.raises(InvalidFile, match=SAID):
            json_object(written.encode(), name="body")
    else:
        assert json_object(written.encode(), name="body") == {"a": content}


def test_a_reply_with_such_a_sign_is_refused():
    with pytest.raises(InvalidQuestionnaire, match=SAID):
        reply_from_json(rb'{"questionnaire": "2006-20", "country": "\ud800"}')


def test_needs_with_such_a_sign_are_refused():
    with pytest.raises(InvalidAssistance, match=SAID):
        assistance_from_json(rb'{"needs": [{"key": "\ud800"}]}', NeedsFile, name="needs.json")


@pytest.mark.parametrize("sign", [r"\ud800", r"\u0000"])
@pytest.mark.parametrize("field", ["reason", "key", "public_key"])
def test_an_index_with_such_a_sign_is_refused(field, sign):
    said = {"public_key": "a" * 64, "key": "own", "version": 1, "on": "2026-01-31", "reason": ""}
    index = json.dumps({"bundles": [], "withdrawn": [said | {field: "SIGN"}]})

    def fetched(address: str, *, most_bytes: int) -> bytes:
        assert address
        return index.replace("SIGN", sign).encode()[:most_bytes]

    with pytest.raises(InvalidBundle, match=SAID):
        read_index("https://example.org/index.json", fetching=fetched)
