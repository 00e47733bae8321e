"""This folder knows which numbers are safe to show: rules, suppression, rounding, `SafeTable`."""

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
    "protect_count",
    "protect_table",
    "rule_named",
    "search_differences",
]
