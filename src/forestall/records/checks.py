"""This file knows when a row is no usable incident, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

EARLIEST = "1900-01-01"

# What is said of the rows, in the order of the checks: a row has the first reason that fits.
_SENTENCES = {
    "wrong_encoding": (
        "{count} row was rejected because its bytes are not text in the declared encoding.",
        "{count} rows were rejected because their bytes are not text in the declared encoding.",
    ),
    "short_row": (
        "{count} row was rejected because it has fewer fields than the header.",
        "{count} rows were rejected because they have fewer fields than the header.",
    ),
    "broken_row": (
        "{count} row was rejected because its quotes or the number of its fields are wrong.",
        "{count} rows were rejected because their quotes or the number of their fields are wrong.",
    ),
    "no_date": (
        "{count} row was rejected because it has no date.",
        "{count} rows were rejected because they have no date.",
    ),
    "unreadable_date": (
        "{count} row was rejected because its date does not fit the declared format.",
        "{count} rows were rejected because their dates do not fit the declared format.",
    ),
    "impossible_date": (
        "{count} row was rejected because its date does not exist.",
        "{count} rows were rejected because their dates do not exist.",
    ),
    "future_date": (
        "{count} row was rejected because its date lies in the future.",
        "{count} rows were rejected because their dates lie in the future.",
    ),
    "ends_before_start": (
        "{count} row was rejected because it ends before it starts.",
        "{count} rows were rejected because they end before they start.",
    ),
    "no_coordinates": (
        "{count} row was rejected because it has no coordinates.",
        "{count} rows were rejected because they have no coordinates.",
    ),
    "impossible_coordinates": (
        "{count} row was rejected because its coordinates are no numbers of this earth.",
        "{count} rows were rejected because their coordinates are no numbers of this earth.",
    ),
    "zero_coordinates": (
        "{count} row was rejected because its coordinates are 0, 0.",
        "{count} rows were rejected because their coordinates are 0, 0.",
    ),
    "swapped_coordinates": (
        "{count} row was rejected because its longitude and latitude seem to be swapped.",
        "{count} rows were rejected because their longitudes and latitudes seem to be swapped.",
    ),
    "outside_extent": (
        "{count} row was rejected because its point lies outside the declared extent.",
        "{count} rows were rejected because their points lie outside the declared extent.",
    ),
    "duplicate": (
        "{count} row was rejected because it repeats an incident.",
        "{count} rows were rejected because they repeat an incident.",
    ),
}
REASONS = tuple(_SENTENCES)


def problem_sql(fields: Mapping[str, str], *, today: date) -> str:
    """Return SQL that names what is wrong with a row, or null.

    Parameters
    ----------
    fields
        Those of a `forestall.records.readers.recipe.Recipe`; its times and coordinates are
        read as columns, the texts behind them only where one of these is wrong.
    today
        The last day that is not in the future.
    """
    tomorrow = f"(DATE '{today.isoformat()}' + INTERVAL 1 DAY)::TIMESTAMP"
    earliest = f"TIMESTAMP '{EARLIEST}'"
    end, end_text = ("ends_at", fields["end_text"]) if "end_text" in fields else ("NULL", "NULL")
    good_end = f"({end_text} IS NULL OR ({end} >= starts_at AND {end} < {tomorrow}))"
    bad_end = f"({end_text} IS NOT NULL AND ({end} IS NULL OR NOT isfinite({end})))"
    return f"""CASE
        WHEN starts_at >= {earliest} AND starts_at < {tomorrow}
            AND {good_end if end != "NULL" else "TRUE"}
            AND isfinite(given_x) AND isfinite(given_y) AND (given_x <> 0 OR given_y <> 0)
            THEN NULL
        WHEN {fields["start_text"]} IS NULL THEN 'no_date'
        WHEN {_unread("starts_at", fields, "start")} OR {_unread(end, fields, "end")}
            THEN 'unreadable_date'
        WHEN starts_at IS NULL OR NOT isfinite(starts_at) OR starts_at < {earliest}
            OR {bad_end if end != "NULL" else "FALSE"} THEN 'impossible_date'
        WHEN starts_at >= {tomorrow} OR {end} >= {tomorrow} THEN 'future_date'
        WHEN {end} < starts_at THEN 'ends_before_start'
        WHEN {fields["x_text"]} IS NULL OR {fields["y_text"]} IS NULL THEN 'no_coordinates'
        WHEN given_x IS NULL OR given_y IS NULL OR NOT isfinite(given_x) OR NOT isfinite(given_y)
            THEN 'impossible_coordinates'
        ELSE 'zero_coordinates'
    END"""


def _unread(time: str, fields: Mapping[str, str], which: str) -> str:
    """Return SQL for a time whose text has not even the form of the format."""
    fits = fields.get(f"{which}_fits")
    if fits is None:
        return "FALSE"
    return f"({fields[f'{which}_text']} IS NOT NULL AND {time} IS NULL AND NOT {fits})"


def describe_rejected(rejected: Mapping[str, int]) -> tuple[Message, ...]:
    """Return one sentence for each reason for which rows were rejected, the commonest first.

    Examples
    --------
    >>> for sentence in describe_rejected({"no_date": 1, "no_coordinates": 7181}):
    ...     print(sentence)
    7,181 rows were rejected because they have no coordinates.
    1 row was rejected because it has no date.
    """
    commonest = sorted(rejected.items(), key=lambda reason: -reason[1])
    return tuple(plural_message(*_SENTENCES[reason], rows) for reason, rows in commonest if rows)


def describe_duplicate_rule(rule: str) -> Message:
    """Return what counts as a repeated incident."""
    return _DUPLICATE_RULES[rule]


_DUPLICATE_RULES = {
    "same_record": message(
        "A row repeats an incident when identifier, offence and point are the same, in whatever "
        "month; the earliest is kept. The same identifier at another point or with another "
        "offence is kept and counted."
    ),
    "same_identifier": message(
        "A row repeats an incident when its identifier is the same; the earliest is kept."
    ),
}
