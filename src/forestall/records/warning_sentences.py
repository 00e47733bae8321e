"""This file knows the sentence for each warning about records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forestall.languages import Decimal, Listing, Message, Month, Share, message, plural_message
from forestall.records.kinds import At, Kind

if TYPE_CHECKING:
    from forestall.records.manifest import Warned


def describe_warning(warning: Warned) -> Message:
    """Return the sentence for a warning of a manifest.

    Examples
    --------
    >>> from forestall.records.manifest import Warned
    >>> str(describe_warning(Warned(code="without_end", values={"rows": 37, "of": 1025})))
    '37 of 1,025 incidents have no end time; a method that needs one says what it does with them.'
    """
    values = dict(warning.values)
    if warning.code == "level_shift":
        return _level_shift(values["month"], float(values["ratio"]))
    if "rows" in values and values.get("of"):
        share = values["rows"] / values["of"]
        values["share"] = Share(share, decimals=1 if share >= 0.001 else 3)
    if "first" in values:
        values["first"] = _month(values["first"])
    if "offence" in values:
        values["offence"] = Kind(values["offence"], At.PUBLISHED)
    if "columns" in values:
        values["columns"] = Listing(values["columns"])
    if warning.code in _COUNTED:
        one, many = _COUNTED[warning.code]
        return plural_message(one, many, values.pop("rows"), **values)
    return message(_SENTENCES[warning.code], **values)


def _month(written: str) -> Month:
    return Month(date(int(written[:4]), int(written[5:]), 1))


def _level_shift(month: str, ratio: float) -> Message:
    if ratio > 1:
        return message(
            "From {month} on, {times} times as many incidents a day were recorded as in the six "
            "months before; ask whether the way of recording changed.",
            month=_month(month),
            times=Decimal(ratio, 1),
        )
    return message(
        "From {month} on, {share} fewer incidents a day were recorded than in the six months "
        "before; ask whether the way of recording changed.",
        month=_month(month),
        share=Share(1 - ratio),
    )


_SENTENCES = {
    "snapped_points": "The publisher moves each point to the middle of a street or to a place "
    "nearby, so that incidents on one point are not incidents at one address.",
    "recorded_by_force": "A force publishes the crimes that it recorded, which are not all inside "
    "its border.",
    "location_precision_assumed": "The mapping does not say how exact the points are; they are "
    "taken as exact.",
    "area_as_text": "Area codes in “{column}” are kept as text, with their leading zeros.",
    "times_as_fraction": "Times are given as fractions of a day and were rounded to the minute.",
    "times_taken_as_local": "Times carry no zone and are taken as local time in {timezone}.",
    "timezone_unknown": "The time zone is not known; times are taken as local wall-clock time.",
    "cut_off": "“{file}” ends in the middle of a row, as after an interrupted download; only that "
    "row was lost.",
    "file_changed": "A file named “{file}” was imported before with other content; both are in "
    "the store.",
    "dropped_columns": "Columns that identify or describe persons were left out: {columns}.",
    "without_identifier": "{rows} of {of} incidents ({share}) have no identifier, so that repeats "
    "among them cannot be found.",
    "without_area": "{rows} of {of} incidents ({share}) have no area code.",
    "without_end": "{rows} of {of} incidents have no end time; a method that needs one says what "
    "it does with them.",
    "never_identified": "None of the {rows} incidents of “{offence}” has an identifier.",
    "heaping_midnight": "{rows} of {of} times ({share}) are 00:00 or 00:01, which often stands for "
    "an unknown time.",
    "heaping_half_hours": "{rows} of {of} times ({share}) are on the full or half hour, so that "
    "minutes are rounded.",
    "heaping_first_of_month": "{rows} of {of} dates ({share}) are the first of a month, which "
    "often stands for an unknown day.",
    "pile_up": "{rows} incidents lie on only {points} points, so that points stand for streets or "
    "blocks rather than addresses.",
}
_COUNTED = {
    "stragglers_before": (
        "{count} incident starts before {first}, where regular recording begins; a filter by day "
        "leaves it out.",
        "{count} incidents start before {first}, where regular recording begins; a filter by day "
        "leaves them out.",
    ),
    "stragglers_after": (
        "{count} incident starts after {first}, where regular recording ends; a filter by day "
        "leaves it out.",
        "{count} incidents start after {first}, where regular recording ends; a filter by day "
        "leaves them out.",
    ),
    "skipped_files": (
        "{count} file holds something else and was not read: “{file}”.",
        "{count} files hold something else and were not read; the first is “{file}”.",
    ),
    "repeated_identifiers": (
        "{count} incident has the identifier of another one at another point or of another "
        "offence, and is kept.",
        "{count} incidents have the identifier of another one at another point or of another "
        "offence, and are kept.",
    ),
    "lost_leading_zeros": (
        "{count} offence code has lost its leading zeros, as when a spreadsheet passes over a "
        "file; the code is not used.",
        "{count} offence codes have lost their leading zeros, as when a spreadsheet passes over "
        "a file; the codes are not used.",
    ),
    "zone_ignored": (
        "{count} time ends in Z or an offset, which was ignored: it is taken as local time.",
        "{count} times end in Z or an offset, which was ignored: they are taken as local time.",
    ),
    "months_missing": (
        "{count} month between the first and the last has no incident: {first}.",
        "{count} months between the first and the last have no incident; the first is {first}.",
    ),
    "iccs_by_judgement": (
        "The ICCS code of {count} offence is our judgement, not a published mapping.",
        "The ICCS codes of {count} offences are our judgement, not a published mapping.",
    ),
    "iccs_unknown": (
        "{count} offence has no ICCS code.",
        "{count} offences have no ICCS code.",
    ),
    "one_point": (
        "More than 1 % of the incidents lie on {count} point; the fullest has {most}.",
        "More than 1 % of the incidents lie on each of {count} points; the fullest has {most}.",
    ),
}
