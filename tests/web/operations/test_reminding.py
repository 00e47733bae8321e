"""The process that does jobs sends what is due, and outlives a mail server that is away."""

from __future__ import annotations

from datetime import date

import pytest

from forestall.web.operations import reminding


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_is_asked_again(monkeypatch):
    asked: list[date] = []

    def away(*, today, address):
        asked.append(today)
        raise ConnectionRefusedError

    monkeypatch.setattr(reminding, "_REMINDERS", [away])
    thread = reminding.Reminding(seconds=0.01, today=lambda: date(2025, 6, 10))
    thread.start()
    while len(asked) < 3:
        thread.join(0.01)
        assert thread.is_alive()
    thread.stop()

    assert set(asked) == {date(2025, 6, 10)}
    assert not thread.is_alive()
