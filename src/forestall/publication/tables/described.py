"""This file knows how a table and its columns are named and explained in a file of tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.publication.codebook import TABLES, meaning
from forestall.publication.tables.shown import shown_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forestall.disclosure import SafeTable
    from forestall.languages import Text


def _as_written(column: str, value: str) -> Text:
    return value


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a table is.

    Attributes
    ----------
    name
        A few words, for the tab of a sheet.
    holds
        What the table holds.
    columns
        What each column means; a column that is not named here is called by its name.
    words
        Says a text of a column in words, such as the code of a kind; by default as it is.
    """

    name: Text
    holds: Text
    columns: Mapping[str, Text] = field(default_factory=dict)
    words: Callable[[str, str], Text] = _as_written

    def meaning(self, column: str) -> str:
        """Return what a column means, in the language in force."""
        return str(self.columns.get(column, column))


def describe_tables(tables: Mapping[str, SafeTable]) -> dict[str, Described]:
    """Describe the tables of a report in the language in force.

    Raises
    ------
    KeyError
        If a report has no such table, or nobody explained a column.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> table = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [40, 3]})
    >>> safe = protect_table(table, rule="threshold-5", rows="offence", margins=[])
    >>> told = describe_tables({"offences": safe})["offences"]
    >>> str(told.name), told.meaning("offence")
    ('Kinds of crime', 'kind of offence')
    """
    return {
        name: Described(
            name=str(_NAMES[name]),
            holds=str(TABLES[name]),
            columns={column: meaning(name, column) for column in safe.frame.columns},
            words=shown_text,
        )
        for name, safe in tables.items()
    }


# At most 31 characters, also translated: a longer name is cut on the tab.
_NAMES: dict[str, Message] = {
    "offences": message("Kinds of crime"),
    "apart_offences": message("Kinds counted apart"),
    "months": message("Months"),
    "apart_months": message("Months, counted apart"),
    "group_months": message("Kinds by month"),
    "changes": message("Before and after"),
    "season": message("Months of the year"),
    "week": message("Hours of the week"),
    "day": message("Parts of the day"),
    "squares": message("Places"),
    "standing_out": message("Areas that stand out"),
    "landmarks": message("Kinds of place"),
    "near_repeats": message("Near repeats"),
    "pattern_change": message("Change of the pattern"),
    "places_kept": message("Places that stay"),
    "concentration": message("Concentration"),
    "curve": message("Curve of concentration"),
    "areas": message("Areas"),
    "area_offences": message("Kinds by area"),
    "district_offences": message("Kinds by district"),
    "rates": message("Rates by area"),
    "priorities": message("What needs attention"),
    "evaluated_counts": message("Counts before and after"),
    "evaluated_outcomes": message("Outcomes"),
    "treated_months": message("Treated places by month"),
    "moved_kinds": message("Other kinds"),
    "moved_weekdays": message("Weekdays"),
    "moved_times": message("Times of day"),
    "harm_kinds": message("Kinds weighed by harm"),
}
