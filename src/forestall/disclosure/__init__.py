"""This folder knows which numbers are safe to show: rules, suppression, rounding, `SafeTable`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.disclosure.differences import Difference, Link, search_differences
    from forestall.disclosure.elsewhere import PublishedSum
    from forestall.disclosure.protection import protect_count, protect_table
    from forestall.disclosure.rules import (
        DisclosureRule,
        Margin,
        Status,
        Treatment,
        Zeros,
        rule_named,
    )
    from forestall.disclosure.safe_table import DisclosureRecord, SafeCell, SafeCount, SafeTable
    from forestall.disclosure.stored_tables import (
        count_from_data,
        count_to_data,
        table_from_data,
        table_to_data,
    )

# Where each name is; a file is read when a name of it is asked for, because some need seconds.
_PLACES = {
    "Difference": "differences",
    "Link": "differences",
    "search_differences": "differences",
    "PublishedSum": "elsewhere",
    "protect_count": "protection",
    "protect_table": "protection",
    "DisclosureRule": "rules",
    "Margin": "rules",
    "Status": "rules",
    "Treatment": "rules",
    "Zeros": "rules",
    "rule_named": "rules",
    "DisclosureRecord": "safe_table",
    "SafeCell": "safe_table",
    "SafeCount": "safe_table",
    "SafeTable": "safe_table",
    "count_from_data": "stored_tables",
    "count_to_data": "stored_tables",
    "table_from_data": "stored_tables",
    "table_to_data": "stored_tables",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "Difference",
    "DisclosureRecord",
    "DisclosureRule",
    "Link",
    "Margin",
    "PublishedSum",
    "SafeCell",
    "SafeCount",
    "SafeTable",
    "Status",
    "Treatment",
    "Zeros",
    "count_from_data",
    "count_to_data",
    "protect_count",
    "protect_table",
    "rule_named",
    "search_differences",
    "table_from_data",
    "table_to_data",
]
