"""The process that does jobs tidies for every app, and one that fails keeps no other from it."""

from __future__ import annotations

import logging

import pytest

from forestall.web.operations import tidying
from forestall.web.operations.journal import JsonLines


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [OSError, ValueError])
def test_one_that_fails_keeps_no_other_from_tidying(monkeypatch, caplog, failure):
    tidied: list[str] = []

    def broken():
        raise failure("The file of ann@example.org")

    monkeypatch.setattr(
        tidying, "_TIDIERS", [lambda: tidied.append("first"), broken, lambda: tidied.append("last")]
    )
    thread = tidying.Tidying(seconds=0.01)
    with caplog.at_level(logging.WARNING, logger="forestall.publishing"):
        thread.start()
        while tidied.count("last") < 3:
            thread.join(0.01)
            assert thread.is_alive()
        thread.stop()

    assert not thread.is_alive()
    assert tidied[:4] == ["first", "last", "first", "last"]
    said = caplog.records[0]
    assert (said.getMessage(), said.error) == ("nothing tidied", failure.__name__)
    assert said.at.endswith("broken")
    assert "ann" not in JsonLines().format(said)
