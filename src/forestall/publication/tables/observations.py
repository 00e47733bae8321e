"""This file knows the indicator tables as SDMX observations: one row a number, with its status.

Kinds that share a code of ICCS stay apart by the dimension OFFENCE. Their sum is never made: it
could tell what is hidden, and one incident may be in several kinds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from forestall.disclosure import Status
from forestall.disclosure.safe_table import SafeCell
from forestall.publication.protected.areas import ELSEWHERE
from forestall.publication.protected.months import REST
from forestall.publication.tables.codes import Codes
from forestall.publication.tables.columns import decimals_of, digits_of, read_rows
from forestall.records.kinds import OTHER_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.disclosure import SafeTable
    from forestall.publication.tables.columns import Value

TOTAL, NOT_APPLICABLE, NOT_CLASSIFIED, OTHER = "_T", "_Z", "_X", "_O"
MONTHLY, WHOLE_PERIOD = "M", "_O"
NUMBER = "NUMBER"
# SDMX code lists CL_OBS_STATUS 2.0 and CL_CONF_STATUS 1.0.
NORMAL, LOW_RELIABILITY, MISSING, SUPPRESSED = "A", "U", "O", "Q"
FREE, CONFIDENTIAL, SECONDARY = "F", "C", "D"

_CONFIDENTIAL = {Status.SMALL: CONFIDENTIAL, Status.SECONDARY: SECONDARY}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the observations of a report have in common.

    Attributes
    ----------
    place
        Name of the whole area.
    iccs
        Code of ICCS 1.0 by the publisher's label, where there is one.
    """

    place: str
    first_day: date
    last_day: date
    iccs: Mapping[str, str]


@dataclass(eq=False, kw_only=True)
class Observations:
    """The rows, and the codes that their dimensions use; ``labels`` are as published, by code."""

    setting: Setting
    rows: list[dict[str, str]] = field(default_factory=list)
    areas: Codes = field(default_factory=Codes)
    offences: Codes = field(default_factory=Codes)
    units: dict[str, str] = field(default_factory=lambda: {NUMBER: "Number"})
    labels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give the whole area its code before any part of it."""
        name = self.setting.place or "Area of the records"
        self.areas.code(name, key="whole")

    @property
    def whole(self) -> str:
        """Return the code of the whole area."""
        return next(iter(self.areas.names))

    def add(self, *, value: SafeCell | float | None, comment: str = "", **key: str) -> None:
        """Add a number with its key; whatever of the key is not said is the total."""
        told = {
            "FREQ": WHOLE_PERIOD,
            "REF_AREA": self.whole,
            "ICCS": TOTAL,
            "OFFENCE": TOTAL,
            "INDICATOR": "INCIDENTS",
            "TIME_PERIOD": whole_period(self.setting.first_day, self.setting.last_day),
            "UNIT_MEASURE": NUMBER,
            **key,
        }
        label = self.labels.get(told["OFFENCE"], "")
        self.rows.append({**told, **_observed(value, comment), "OFFENCE_LABEL": label})

    def kind(self, label: str, *, table: str) -> dict[str, str]:
        """Return the part of a key that names a kind by the label of its publisher."""
        if label in (REST, OTHER_KINDS):
            # What is left over differs from table to table.
            wanted = label if label == OTHER_KINDS else f"{label} {table}"
            name = "Other kinds" if label == OTHER_KINDS else f"All other kinds in {table}"
            return {"ICCS": NOT_CLASSIFIED, "OFFENCE": self.offences.code(name, wanted=wanted)}
        known = self.setting.iccs.get(label)
        code = self.offences.code(label or "Not stated", key=f"label {label}")
        self.labels[code] = label
        return {"ICCS": f"ICCS{known}" if known else NOT_CLASSIFIED, "OFFENCE": code}

    def area(self, code: str, name: str = "") -> str:
        """Return the code of a part of the area by the code or name that the records give."""
        return self.areas.code(name or code, wanted=code, key=f"part {code}")


def observe(tables: Mapping[str, SafeTable], setting: Setting) -> Observations:
    """Return the observations of the indicator tables; other tables are passed over."""
    found = Observations(setting=setting)
    for name, reader in _READERS.items():
        if name in tables:
            reader(found, name, tables[name])
    return found


def whole_period(first: date, last: date) -> str:
    """Return a period as SDMX writes a range: its first day and its length.

    Examples
    --------
    >>> whole_period(date(2018, 10, 1), date(2019, 2, 28))
    '2018-10-01/P5M'
    >>> whole_period(date(2018, 10, 1), date(2018, 10, 20))
    '2018-10-01/P20D'
    """
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        return f"{first.isoformat()}/P{months}M"
    return f"{first.isoformat()}/P{(after - first).days}D"


def _observed(value: SafeCell | float | None, comment: str) -> dict[str, str]:
    if isinstance(value, SafeCell):
        hidden = value.number is None
        status = (SUPPRESSED if hidden else NORMAL, _CONFIDENTIAL.get(value.status, FREE))
        text, decimals = ("" if hidden else str(value.number)), 0
        why = _WHY_HIDDEN.get(value.status, "").format(threshold=value.threshold)
        comment = " ".join(one for one in (why, comment) if one)
    elif value is None or not math.isfinite(value):
        status, text, decimals = (MISSING, FREE), "", 0
    else:
        decimals = decimals_of(value)
        status, text = (NORMAL, FREE), digits_of(value)
    if status[0] == NORMAL and _NOT_COVERED in comment:
        status = (LOW_RELIABILITY, status[1])
    return {
        "OBS_VALUE": text,
        "OBS_STATUS": status[0],
        "CONF_STATUS": status[1],
        "DECIMALS": str(decimals),
        "COMMENT_OBS": comment,
    }


_NOT_COVERED = "The records do not cover the whole month."
_WHY_HIDDEN = {
    Status.SMALL: "Fewer than {threshold}.",
    Status.SECONDARY: "Hidden so that another number cannot be worked out.",
}


def _comment(record: Mapping[str, Value], safe: SafeTable) -> str:
    base = safe.record.rule.rounding_base
    said = (
        f"Rounded to the nearest {base}." if base else "",
        _NOT_COVERED if record.get("covered") is False else "",
    )
    return " ".join(one for one in said if one)


def _records(safe: SafeTable) -> Iterator[dict[str, Value]]:
    names = list(safe.frame.columns)
    for row in read_rows(safe):
        yield dict(zip(names, row, strict=True))


def _count(record: Mapping[str, Value], safe: SafeTable) -> SafeCell:
    found = record[safe.count]
    assert isinstance(found, SafeCell)
    return found


def _kinds(found: Observations, name: str, safe: SafeTable) -> None:
    for record in _records(safe):
        key = found.kind(str(record["offence"] or ""), table=name)
        found.add(value=_count(record, safe), comment=_comment(record, safe), **key)


def _months(found: Observations, name: str, safe: SafeTable) -> None:
    apart = {"OFFENCE": found.offences.code("All that is counted apart", wanted="APART")}
    for record in _records(safe):
        if "offence" in record:
            key = found.kind(str(record["offence"] or ""), table=name)
        else:
            key = {**apart, "ICCS": NOT_CLASSIFIED} if name == "apart_months" else {}
        comment = _comment(record, safe)
        found.add(value=_count(record, safe), comment=comment, **_month(record), **key)


def _month(record: Mapping[str, Value]) -> dict[str, str]:
    return {"FREQ": MONTHLY, "TIME_PERIOD": str(record["period"])[:7]}


def _areas(found: Observations, name: str, safe: SafeTable) -> None:
    column = "district" if "district" in safe.frame.columns else "area"
    for record in _records(safe):
        code, named = str(record[column] or ""), str(record.get("name") or "")
        area = (
            found.areas.fixed(OTHER, "In none of these areas, or without a place")
            if code == ELSEWHERE
            else found.area(code, named)
        )
        kind = found.kind(str(record["offence"] or ""), table=name) if "offence" in record else {}
        comment = _comment(record, safe)
        found.add(value=_count(record, safe), comment=comment, REF_AREA=area, **kind)


def _rates(found: Observations, name: str, safe: SafeTable) -> None:
    per = _rate_is_per(safe)
    unit = f"PER_{per}" if per else "RATE"
    found.units[unit] = f"Per {per} of the population" if per else f"By population; see {name}"
    for record in _records(safe):
        area = found.area(str(record["place"] or ""), str(record.get("name") or ""))
        for column, indicator in _OF_RATES.items():
            value = record[column]
            assert value is None or isinstance(value, int | float)
            found.add(value=value, REF_AREA=area, INDICATOR=indicator, UNIT_MEASURE=unit)
        people = record["population"]
        assert people is None or isinstance(people, int | float)
        nothing = {"ICCS": NOT_APPLICABLE, "OFFENCE": NOT_APPLICABLE}
        found.add(value=people, REF_AREA=area, INDICATOR="POPULATION", **nothing)


_OF_RATES = {"rate": "RATE", "low": "RATE_LOW", "high": "RATE_HIGH"}


def _rate_is_per(safe: SafeTable) -> int | None:
    """Return how many the rates are per: the power of ten that the shown numbers agree on."""
    shown = safe.frame[["incidents", "population", "rate"]].dropna().astype(float)
    shown = shown[(shown > 0).all(axis=1)]
    if shown.empty:
        return None
    found = float((shown["rate"] * shown["population"] / shown["incidents"]).median())
    return next((10**k for k in range(8) if abs(found / 10**k - 1) < 0.05), None)


def _evaluated(found: Observations, name: str, safe: SafeTable) -> None:
    """Read where by when: each place or ring is an area, each time a period of its own."""
    if "first_day" not in safe.frame.columns:
        return
    for record in _records(safe):
        first, last = record["first_day"], record["last_day"]
        assert isinstance(first, date)
        assert isinstance(last, date)
        area = found.area(str(record["where"]))
        period = whole_period(first, last)
        found.add(value=_count(record, safe), REF_AREA=area, TIME_PERIOD=period)


_READERS = {
    "evaluated_counts": _evaluated,
    "offences": _kinds,
    "apart_offences": _kinds,
    "months": _months,
    "apart_months": _months,
    "group_months": _months,
    "areas": _areas,
    "area_offences": _areas,
    "district_offences": _areas,
    "rates": _rates,
}
