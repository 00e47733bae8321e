"""This file knows how the page on access is made: which role may open which page of the workspace.

::

    uv run python -m scripts.make_access

It writes ``docs/reference/access.md`` from what each page needs; a test compares it, and others
open every page as every role.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.addresses import Address

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "access.md"
HEAD = """\
# Who may open what

Roles belong to an organisation in a place: whoever holds one acts in that place only, and an
administrator also in the places below it. A page is found by what exists for the person, or the
answer is 404; then the role is checked, or the answer is 403 with those who can. Somebody who is
not signed in is asked to sign in. This table is made from the pages themselves by
`python -m scripts.make_access`, and a test opens each of them as each role.

## By page

● may open, empty may not.

"""


def main() -> None:
    """Write the page."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    set_up()
    PAGE.write_text(written(), encoding="utf-8")


def set_up() -> None:
    """Make Django ready where no workspace is."""
    import django

    os.environ.setdefault("FORESTALL_HOME", tempfile.mkdtemp(prefix="forestall-access-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forestall.web.settings")
    django.setup()


def written() -> str:
    """Return the page as it should be."""
    from forestall.web.organisations.roles import ALLOWED, Role, Verb
    from scripts.addresses import addresses

    found = addresses()
    guarded = [one for one in found if one.verb is not None]
    rows = [[f"`/{one.route}`", *_marks(one), f"{one.verb.words}"] for one in guarded if one.verb]
    by_verb = [
        [str(verb.words), *("●" if role in ALLOWED[verb] else "" for role in Role)] for verb in Verb
    ]
    names = [str(role.words) for role in Role]
    open_to_all = sorted({f"`/{one.route}`" for one in found if _is_for_everybody(one)})
    return (
        HEAD
        + _table(["Page", *names, "needs that one may"], rows)
        + "\n## By what is done\n\n"
        + _table(["To", *names], by_verb)
        + "\n## Without a role\n\n"
        + "Signing in, one's own account, and what everybody may see:\n\n"
        + "".join(f"* {one}\n" for one in open_to_all)
    )


def _marks(one: Address) -> list[str]:
    from forestall.web.organisations.roles import ALLOWED, Role

    assert one.verb is not None
    return ["●" if role in ALLOWED[one.verb] else "" for role in Role]


def _is_for_everybody(one: Address) -> bool:
    return one.verb is None and one.owner.startswith(("forestall.", "allauth."))


def _table(head: list[str], rows: list[list[str]]) -> str:
    middle = [":-:" if len(rows[0][place]) < 2 else "---" for place in range(len(head))]
    lines = [head, middle, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
