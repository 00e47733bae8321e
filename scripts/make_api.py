"""This file knows how the page on the JSON interface is made: from what each address says.

::

    uv run python scripts/make_api.py
"""

from __future__ import annotations

import os
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.web.api.description import Endpoint

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "api.md"
_PREFIX = "/api/v1"

_HEAD = """# JSON interface

<!-- Made by scripts/make_api.py. -->

What the pages of the workspace do, for programs. The full description, with every record, is served
by each workspace at `/api/v1/openapi.json` (OpenAPI 3.1). How to use it is told in
[](../how-to/use-the-api.md).

Every address but `/api/v1/health` asks for a token. What does not exist for its person is answered
with 404, what its roles do not allow with 403 and who can. A refusal is one sentence in one shape,
`{"detail": "…"}`, with the place as `at` where something of a plan cannot be used:

"""
_AFTER = """
A part of a plan is sent and answered as the record that the file of a plan has there. Such a part
is named by `where`: `problems`, `problems/burglary`, `actions/gates/steps/ask`; a part without a
key by its place, counted from 0. Before a plan is adopted, coordinators change its parts; later
only follow-up goes on, which partners report as well.
"""


def api_page() -> str:
    """Return the page: statuses, then a table of verbs and roles for each address."""
    from forestall.web.api.interface import ENDPOINTS
    from forestall.web.api.refusals import STATUSES

    statuses = "".join(f"* {status}: {said}\n" for status, said in STATUSES.items())
    ordered = sorted(ENDPOINTS, key=lambda one: one.path)
    by_path = groupby(ordered, key=lambda one: one.path)
    return _HEAD + statuses + _AFTER + "".join(_section(path, list(ends)) for path, ends in by_path)


def _section(path: str, ends: list[Endpoint]) -> str:
    rows = "".join(_row(one) for one in ends)
    head = "| Verb | What it does | Sent | Answered | Roles |\n| --- | --- | --- | --- | --- |\n"
    return f"\n## `{_PREFIX}{path}`\n\n{head}{rows}"


def _row(one: Endpoint) -> str:
    from forestall.web.api.description import AS_FORM
    from forestall.web.organisations.roles import ALLOWED, Role

    roles = [role for role in Role if one.needs is None or role in ALLOWED[one.needs]]
    said = "every role" if len(roles) == len(Role) else ", ".join(str(one.words) for one in roles)
    form = " as a form" if one.body and one.sent_as == AS_FORM else ""
    sent = _kinds(one.body) + form + (", `If-Match`" if one.match else "")
    file = "a file" if one.given_as else _kinds(one.answer)
    answered = f"{one.status} {file}".strip()
    return f"| {one.method} | {one.says} | {sent.lstrip(', ')} | {answered} | {said} |\n"


def _kinds(kinds: tuple[object, ...]) -> str:
    if len(kinds) > 1:
        return "the record of the part"
    return "".join(
        f"list of `{one.__args__[0].__name__}`"
        if hasattr(one, "__args__")
        else f"`{getattr(one, '__name__', '')}`"
        for one in kinds
    )


def main() -> None:
    """Write the page."""
    os.environ.setdefault("FORESTALL_HOME", tempfile.mkdtemp(prefix="forestall-"))
    os.environ.setdefault("FORESTALL_SECRET_KEY", "only to read the addresses")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forestall.web.settings")
    import django

    django.setup()
    PAGE.write_text(api_page(), encoding="utf-8")
    print(f"{PAGE.name} written.")


if __name__ == "__main__":
    main()
