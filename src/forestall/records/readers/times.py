"""This file knows the ways in which dates and times are written in files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidMapping
from forestall.languages import message
from forestall.records.readers.recipe import Columns, literal, timestamp_from_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ISO, PARTS, FRACTION = "iso", "parts", "fraction"
_PARTS = ("%Y", "%m", "%d", "%H", "%M", "%S")
_NUMBER = "[0-9]{1,2}"
# What stands for each mark of a format; for others anything may stand.
_MARKS = {
    "%Y": "[0-9]{4}",
    "%y": "[0-9]{2}",
    "%j": "[0-9]{1,3}",
    "%p": "[AaPp][Mm]",
    "%%": "%",
    **dict.fromkeys(("%m", "%d", "%H", "%I", "%M", "%S"), _NUMBER),
}
_ISO_FORM = "[0-9]{4}-[0-9]{2}(-[0-9]{2}([ T][0-9].*)?)?"
_WITH_ZONE = "TIMESTAMP WITH TIME ZONE"
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2})$"


@dataclass(frozen=True, kw_only=True)
class Times:
    """SQL for the times of a recipe, and what to tell about them."""

    fields: Mapping[str, str]
    notes: tuple[tuple[str, Mapping[str, Any]], ...]
    counted_notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Moment:
    text: str
    value: str
    precision: str
    # SQL for whether a text has the form of the format, whatever the date; None when it must have.
    fits: str | None = None


def read_times(
    columns: Columns,
    given: Mapping[str, Sequence[str]],
    *,
    formats: Mapping[str, Any],
    precision: str | None,
    timezone: str | None,
    named: str,
) -> Times:
    """Return SQL that reads ``starts_at`` and, when there is one, ``ends_at``.

    Parameters
    ----------
    columns
        Of the file.
    given
        The columns in which each time is written.
    formats
        How each is written: ``strptime`` formats, ``iso``, ``parts`` (year, month, day, hour,
        minute in columns of their own) or a format that ends in ``fraction`` (the last column
        is a fraction of a day).
    precision
        What the user says of all times, if anything.
    timezone
        Where the clocks were read.
    named
        How to call the mapping in an error.

    Raises
    ------
    InvalidMapping
        If the columns and the format do not go together.
    """
    offset: str | None = formats.get("offset")
    if offset == "convert" and timezone is None:
        raise InvalidMapping(
            message(
                "{named} wants times converted, which needs a timezone in [about].", named=named
            )
        )
    settings: dict[str, Any] = {"offset": offset, "timezone": timezone, "named": named}
    start = _moment(columns, given["starts_at"], formats.get("starts_at"), **settings)
    fields = {
        "start_text": start.text,
        "starts_at": start.value,
        "time_precision": literal(precision) if precision else start.precision,
    }
    if "ends_at" in given:
        # An end is mostly written as the start is.
        same = formats.get("ends_at", formats.get("starts_at"))
        end = _moment(columns, given["ends_at"], same, **settings)
        fields |= {"end_text": end.text, "ends_at": end.value}
        if end.fits is not None:
            fields["end_fits"] = end.fits
    if start.fits is not None:
        fields["start_fits"] = start.fits
    zoned = f"regexp_matches({start.text}, {literal(_ZONE)}) AND length({start.text}) > 10"
    if columns.type_of(given["starts_at"][0]) == _WITH_ZONE:
        zoned = "true"
    return Times(
        fields=fields,
        notes=_notes(formats, timezone),
        counted_notes={} if offset else {"zone_ignored": zoned},
    )


def precision_of(form: str) -> str:
    """Return how precisely a format tells the time.

    Examples
    --------
    >>> precision_of("%d/%m/%Y"), precision_of("%Y-%m"), precision_of("%Y-%m-%d %I:%M %p")
    ('day', 'month', 'minute')
    """
    if any(mark in form for mark in ("%H", "%I", "%X", "%c", "%T", FRACTION)):
        return "minute"
    return "day" if any(mark in form for mark in ("%d", "%j", "%x", "%-d")) else "month"


def _notes(
    formats: Mapping[str, Any], timezone: str | None
) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    notes: list[tuple[str, Mapping[str, Any]]] = []
    if FRACTION in str(formats.get("starts_at", "")):
        notes.append(("times_as_fraction", {}))
    if timezone is None:
        notes.append(("timezone_unknown", {}))
    elif formats.get("offset") != "convert":
        notes.append(("times_taken_as_local", {"timezone": timezone}))
    return tuple(notes)


def _moment(
    columns: Columns,
    given: Sequence[str],
    form: Any,
    *,
    offset: str | None,
    timezone: str | None,
    named: str,
) -> _Moment:
    forms = [form] if isinstance(form, str) else list(form or [])
    if not all(isinstance(one, str) for one in forms):
        raise InvalidMapping(
            message("A format in {named} is a text, or a list of texts.", named=named)
        )
    if not forms and not columns.is_text(given[0]):
        return _typed(columns, given[0], offset, timezone)
    if not forms:
        forms = [ISO]
    text = "nullif(concat_ws(' ', " + ", ".join(columns.text(one) for one in given) + "), '')"
    if forms == [ISO]:
        return _iso(text, offset, timezone)
    if forms == [PARTS]:
        return _parts(text, len(given), named)
    if len(forms) == 1 and forms[0].endswith(FRACTION):
        return _fraction(columns, given, forms[0], named)
    return _Moment(
        text=text,
        value=timestamp_from_text(text, forms),
        precision=_precision(text, forms),
        fits=_fits(text, forms),
    )


def _typed(columns: Columns, name: str, offset: str | None, timezone: str | None) -> _Moment:
    kind = columns.type_of(name)
    value = f"try_cast({columns.sql(name)} AS TIMESTAMP)"
    if kind == _WITH_ZONE and offset == "convert":
        value = f"{columns.sql(name)} AT TIME ZONE {literal(str(timezone))}"
    return _Moment(
        text=columns.given(name),
        value=value,
        precision="'day'" if kind == "DATE" else "'minute'",
    )


def _iso(text: str, offset: str | None, timezone: str | None) -> _Moment:
    plain = f"regexp_replace({text}, {literal(_ZONE)}, '')"
    local = f"try_cast(CASE WHEN length({text}) > 10 THEN {plain} ELSE {text} END AS TIMESTAMP)"
    value = (
        f"CASE WHEN length({text}) = 7 THEN try_cast({text} || '-01' AS TIMESTAMP) ELSE {local} END"
    )
    if offset == "convert":
        value = (
            f"CASE WHEN regexp_matches({text}, {literal(_ZONE)}) AND length({text}) > 10 THEN "
            f"try_cast({text} AS TIMESTAMPTZ) AT TIME ZONE {literal(str(timezone))} "
            f"ELSE {value} END"
        )
    precision = (
        f"CASE WHEN length({text}) = 7 THEN 'month' WHEN length({text}) <= 10 THEN 'day' "
        f"ELSE 'minute' END"
    )
    fits = f"regexp_full_match({text}, {literal(_ISO_FORM)})"
    return _Moment(text=text, value=value, precision=precision, fits=fits)


def _parts(text: str, count: int, named: str) -> _Moment:
    if not 2 <= count <= len(_PARTS):
        raise InvalidMapping(
            message(
                "A time in parts has the columns year, month, day, hour and minute in "
                "this order, but {named} names {count}.",
                named=named,
                count=count,
            )
        )
    form = " ".join(_PARTS[:count])
    return _Moment(
        text=text,
        value=timestamp_from_text(text, [form]),
        precision=literal(precision_of(form)),
        fits=_fits(text, [form]),
    )


def _fraction(columns: Columns, given: Sequence[str], form: str, named: str) -> _Moment:
    if len(given) != 2:
        raise InvalidMapping(
            message(
                "A date with a fraction of a day needs two columns, but {named} names {count}.",
                named=named,
                count=len(given),
            )
        )
    date, share = columns.text(given[0]), columns.number(given[1])
    written = form.removesuffix(FRACTION).strip() or "%Y-%m-%d"
    day = timestamp_from_text(date, [written])
    # To the nearest minute: 0.6180555555 is 14:50 but for rounding.
    minutes = f"CASE WHEN {share} >= 0 AND {share} <= 1 THEN round({share} * 1440) END"
    return _Moment(
        text=f"CASE WHEN {columns.text(given[1])} IS NULL THEN NULL ELSE {date} END",
        value=f"{day} + to_minutes(CAST({minutes} AS BIGINT))",
        precision="'minute'",
        fits=_fits(date, [written]),
    )


def _fits(text: str, forms: Sequence[str]) -> str:
    """Return SQL for whether a text looks like one of the formats: 31/02/2019 does, January not."""
    alike = " OR ".join(f"regexp_full_match({text}, {literal(form_of(form))})" for form in forms)
    return f"({alike})"


def form_of(form: str) -> str:
    """Return the regular expression of texts that look like a ``strptime`` format.

    Examples
    --------
    >>> form_of("%d/%m/%Y")
    '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}'
    """
    pieces = re.split(r"(%-?[A-Za-z%])", form)
    return "".join(
        _MARKS.get(piece.replace("-", ""), ".*") if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    )


def _precision(text: str, forms: Sequence[str]) -> str:
    found = [precision_of(form) for form in forms]
    if len(set(found)) == 1:
        return literal(found[0])
    cases = " ".join(
        f"WHEN try_strptime({text}, {literal(form)}) IS NOT NULL THEN {literal(one)}"
        for form, one in zip(forms, found, strict=True)
    )
    return f"CASE {cases} END"
