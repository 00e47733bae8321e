"""This file knows by what a part is recognised as it was when a page was opened."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from forestall.web.plans.inputs import value_of
from forestall.web.plans.part_fields import FIELDS

if TYPE_CHECKING:
    from msgspec import Struct


def seen(item: Struct | None) -> str:
    """Return a short hash of what a form asks of a part; "" for one that does not exist yet.

    Lists inside a part have forms of their own: that a step was added to an action does not change
    what the form of the action showed.

    Examples
    --------
    >>> from forestall.plan.actions import Risk
    >>> seen(None), len(seen(Risk(what={"en": "Rain"})))
    ('', 16)
    """
    if item is None:
        return ""
    asked = [value_of(item, field.name) for field in FIELDS[type(item)]]
    return hashlib.sha256(msgspec.json.encode(asked)).hexdigest()[:16]


def seen_whole(item: Struct | None) -> str:
    """Return a short hash of a part with all that is inside it; "" where there is none.

    Examples
    --------
    >>> from forestall.plan.actions import Risk
    >>> seen_whole(None), len(seen_whole(Risk(what={"en": "Rain"})))
    ('', 32)
    """
    if item is None:
        return ""
    return hashlib.sha256(msgspec.json.encode(item)).hexdigest()[:32]
