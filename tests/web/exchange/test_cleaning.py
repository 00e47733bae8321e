"""Files of bundles of others that nobody needs are removed, and never any other."""

from __future__ import annotations

import os
import time

import pytest

from forestall.errors import InvalidBundle
from forestall.exchange.example import example_bundle
from forestall.web.exchange.cleaning import clean_received
from forestall.web.exchange.folders import received_file, received_folder
from forestall.web.exchange.models import ReceivedBundle
from forestall.web.exchange.taking import contents_of, receive_bundle
from forestall.web.operations import tidying
from forestall.web.organisations.roles import Role

OLD = 31 * 86_400


def a_month_later():
    """Look, let the marks grow old, and look again; return how many files went."""
    assert clean_received() == 0
    for mark in received_folder().glob("*.unneeded"):
        os.utime(mark, (time.time() - OLD,) * 2)
    return clean_received()


@pytest.mark.parametrize(
    ("state", "removed"), [("waiting", 0), ("accepted", 0), ("declined", 1), ("superseded", 1)]
)
def test_only_what_nobody_needs_goes(received, state, removed):
    ReceivedBundle.objects.update(state=state)

    assert a_month_later() == removed

    assert received_file(received).exists() is not bool(removed)
    assert not list(received_folder().glob("*.unneeded"))
    assert clean_received in tidying._TIDIERS


def test_what_is_used_again_is_no_longer_marked(received):
    ReceivedBundle.objects.update(state="declined")
    clean_received()
    ReceivedBundle.objects.update(state="accepted")
    assert a_month_later() == 0
    ReceivedBundle.objects.update(state="declined")

    assert clean_received() == 0
    assert received_file(received).exists()


def test_what_was_removed_can_be_brought_again(city, people, received):
    ReceivedBundle.objects.update(state="declined")
    (received_folder() / "else.bundle.zip").write_bytes(b"of no row")
    assert a_month_later() == 2
    with pytest.raises(InvalidBundle, match="no longer here"):
        contents_of(received)

    found, is_new = receive_bundle(
        example_bundle(publisher="Far Mere"),
        jurisdiction=city,
        source="again.bundle.zip",
        by=people[Role.COORDINATOR],
    )

    assert (found.pk, is_new) == (received.pk, False)
    assert contents_of(received).sha256 == received.sha256
