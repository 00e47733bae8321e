"""What a page does, a program can do too, with the same role; a new page has to say by what."""

from __future__ import annotations

import pytest

from forestall.web.api.interface import ENDPOINTS
from scripts.addresses import addresses
from tests.web.api.pages import DONE_BY, NOT_DONE

THERE = {f"{one.method} {one.path}": one for one in ENDPOINTS}
PAGES = {one.name: one for one in addresses() if one.name}


def not_done(one) -> bool:
    folder, _, _ = one.route.partition("/")
    return one.name in NOT_DONE or (one.verb is None and bool({f"{folder}/", folder} & {*NOT_DONE}))


@pytest.mark.parametrize("one", PAGES.values(), ids=PAGES)
def test_every_page_is_done_by_an_address_or_has_a_reason(one):
    assert (one.name in DONE_BY) is not not_done(one), (
        f"Say in tests/web/api/pages.py what does the same as the page “{one.name}” for programs."
    )


def test_nothing_is_named_that_is_not_there():
    named = {address for done in DONE_BY.values() for address in done}

    assert named <= set(THERE)
    assert set(DONE_BY) <= set(PAGES)
    folders = {one.route.partition("/")[0] for one in PAGES.values()}
    assert {one.rstrip("/") for one in NOT_DONE} <= {*PAGES, *folders}
    assert all(reason.endswith(".") for reason in NOT_DONE.values())


@pytest.mark.parametrize("name", DONE_BY)
def test_a_program_needs_the_role_that_a_person_needs(name):
    for address in DONE_BY[name]:
        needed, page = THERE[address].needs, PAGES[name].verb
        assert needed is page, f"{address} needs “{needed}”, its page “{page}”."


def test_only_what_is_read_is_done_without_a_change():
    """A page that posts has no address that only reads."""
    for name, done in DONE_BY.items():
        if name.rpartition("-")[2].rpartition("_")[2] in ("add", "edit", "drop", "stop", "remove"):
            assert any(not one.startswith("GET") for one in done), name
