"""This file knows how tests read a file that the workspace gives."""

from __future__ import annotations

from django.test import Client


def given(address: str, client: Client | None = None) -> tuple[int, str, dict[str, str]]:
    """Return the state, the text and the headers of an answer, and close its file."""
    answer = (client or Client()).get(address)
    body = answer.getvalue()
    answer.close()
    return answer.status_code, body.decode("utf-8", "replace"), dict(answer.headers)
