"""This file knows what a careful analyst would warn of before using records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import Message, plural_message

if TYPE_CHECKING:
    from forestall.records.manifest import Warned


def describe_warning(warning: Warned) -> Message:
    """Return the sentence for a warning."""
    return plural_message("{count} row", "{count} rows", warning.values.get("rows", 0))


def find_warnings(connection: Any, **known: Any) -> tuple[Warned, ...]:
    """Return the warnings."""
    return ()
