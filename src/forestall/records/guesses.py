"""This file knows what a column of unknown meaning may mean, from its name and its values."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from forestall.records.personal import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Words of column names in the order in which they are tried; the first that fits is taken.
_WORDS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    ("longitude", (frozenset({"longitude"}), frozenset({"lon"}), frozenset({"lng"}),
                   frozenset({"long"}), frozenset({"longitud"}))),
    ("latitude", (frozenset({"latitude"}), frozenset({"lat"}), frozenset({"latitud"}))),
    ("x", (frozenset({"x"}), frozenset({"easting"}), frozenset({"geometry", "x"}))),
    ("y", (frozenset({"y"}), frozenset({"northing"}), frozenset({"geometry", "y"}))),
    ("ends_at", (frozenset({"end"}), frozenset({"to"}), frozenset({"until"}), frozenset({"bis"}),
                 frozenset({"hasta"}), frozenset({"enddatetime"}))),
    ("starts_at", (frozenset({"start"}), frozenset({"from"}), frozenset({"fr"}),
                   frozenset({"date"}),
                   frozenset({"datetime"}), frozenset({"time"}), frozenset({"occurred"}),
                   frozenset({"fecha"}), frozenset({"hora"}), frozenset({"datum"}),
                   frozenset({"month"}), frozenset({"year"}), frozenset({"day"}),
                   frozenset({"hour"}), frozenset({"minute"}), frozenset({"startdatetime"}))),
    ("offence", (frozenset({"offence"}), frozenset({"offense"}), frozenset({"crime", "type"}),
                 frozenset({"type"}), frozenset({"category"}), frozenset({"delito"}),
                 frozenset({"primary", "type"}))),
    ("incident_id", (frozenset({"id"}), frozenset({"uid"}), frozenset({"identifier"}),
                     frozenset({"number"}), frozenset({"case"}))),
    ("area", (frozenset({"area"}), frozenset({"district"}), frozenset({"neighbourhood"}),
              frozenset({"neighborhood"}), frozenset({"hood"}), frozenset({"ward"}),
              frozenset({"tract"}), frozenset({"block", "census"}), frozenset({"lsoa"}))),
)  # fmt: skip
_ONE_ONLY = frozenset({"longitude", "latitude", "x", "y", "offence", "incident_id", "area"})
_SAY_START = frozenset({"start", "from", "fr", "startdatetime"})
_PARTS = ("year", "month", "day", "hour", "minute")
_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%Y%m%d",
)


def guess_columns(samples: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what each column may mean, by the names of `forestall.records.readers.mapped`.

    Parameters
    ----------
    samples
        Some values of each column, as text.

    Examples
    --------
    >>> guess_columns({"DATE": ["2019-01-01"], "Lon": ["1.5"], "Lat": ["48.1"], "Note": ["x"]})
    {'DATE': 'starts_at', 'Lon': 'longitude', 'Lat': 'latitude'}
    """
    found: dict[str, str] = {}
    for name, values in samples.items():
        words = set(words_of(name))
        for meaning, choices in _WORDS:
            taken = meaning in _ONE_ONLY and meaning in found.values()
            fits = any(choice <= words for choice in choices)
            if fits and not taken and _may_be(meaning, words, values):
                found[name] = meaning
                break
    return _without_spare_dates(found, samples)


def guess_format(examples: Sequence[str]) -> str:
    """Return how the times in one or several columns may be written.

    Examples
    --------
    >>> guess_format(["2019-01-04T10:00:00Z"]), guess_format(["2019-01-04", "0.618"])
    ('iso', '%Y-%m-%d fraction')
    >>> guess_format(["2003", "1", "22"])
    'parts'
    """
    if len(examples) >= 3 and all(one.isdigit() for one in examples):
        return "parts"
    if len(examples) == 2 and examples[1].startswith(("0.", "0,")):
        return f"{guess_format(examples[:1])} fraction"
    joined = " ".join(examples)
    if "T" in joined:
        return "iso"
    return next((form for form in _FORMATS if _reads(joined, form)), "iso")


def _reads(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)  # noqa: DTZ007 -- only whether it can be read
    except ValueError:
        return False
    return True


def _may_be(meaning: str, words: set[str], values: Sequence[str]) -> bool:
    if meaning in ("longitude", "latitude", "x", "y"):
        return all(_is_number(one) for one in values[:20])
    if meaning in ("starts_at", "ends_at"):
        return bool(values) and all(any(sign.isdigit() for sign in one) for one in values[:20])
    return not (meaning == "offence" and "location" in words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _without_spare_dates(
    found: dict[str, str], samples: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Keep of several start columns those that belong together: date and time, or the parts."""
    starts = [name for name, meaning in found.items() if meaning == "starts_at"]
    said = [name for name in starts if _SAY_START & set(words_of(name))]
    starts = said or starts
    parts = [name for part in _PARTS for name in starts if words_of(name) == [part]]
    whole = [name for name in starts if name not in parts]
    if whole:
        clock = [name for name in whole if _is_clock(samples[name])]
        dates = [name for name in whole if name not in clock]
        kept = dates[:1] + (clock[:1] if dates and not _has_clock(samples[dates[0]]) else [])
    else:
        kept = parts
    return {
        name: meaning
        for name, meaning in found.items()
        if meaning != "starts_at" or name in (kept or starts[:1])
    }


def _is_clock(values: Sequence[str]) -> bool:
    first = values[0] if values else ""
    return ":" in first[:3] or first.startswith("0.")


def _has_clock(values: Sequence[str]) -> bool:
    return bool(values) and ":" in values[0]
