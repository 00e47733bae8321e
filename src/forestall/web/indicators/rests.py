"""This file knows which periods of a series leave a small rest beside other series of a store.

A whole less one part leaves the other parts; so do a whole and several parts that have nothing in
common, such as kinds or areas. Where the rest is a few incidents, readers would work it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.web.indicators.counting import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from forestall.web.indicators.counting import StoreNumbers

Settings = dict[str, Any]
# So many families of parts are tried for each whole; more are not told side by side in practice.
MOST_FAMILIES = 4_000


def beside_small_rests(
    own: Settings, others: Sequence[Settings], numbers: StoreNumbers
) -> set[date]:
    """Return the last days of the periods of a series that leave a small rest beside others.

    Raises
    ------
    ForestallError
        If a series cannot be counted.
    """
    told = [own, *others]
    found: set[date] = set()
    for whole in told:
        parts = [one for one in told if is_part(one, whole)]
        for number, family in enumerate(_families(parts)):
            if number == MOST_FAMILIES:
                break
            if whole is own or any(one is own for one in family):
                found |= _small_rests(own, whole, family, numbers)
    return found


def _families(parts: Sequence[Settings]) -> Iterator[tuple[Settings, ...]]:
    """Yield every choice of parts that have nothing in common, the small choices first."""
    known: list[tuple[int, tuple[Settings, ...]]] = [(-1, ())]
    while known:
        longer = [
            (at, (*family, parts[at]))
            for last, family in known
            for at in range(last + 1, len(parts))
            if all(_are_apart(one, parts[at]) for one in family)
        ]
        yield from (family for _, family in longer)
        known = longer[:MOST_FAMILIES]


def _small_rests(
    own: Settings, whole: Settings, parts: Sequence[Settings], numbers: StoreNumbers
) -> set[date]:
    together = (whole, *parts)
    unit = max((one["period"] for one in together), key=UNITS.index)
    least = max(one["threshold"] for one in together)
    rests = dict(_by_day(numbers.of(whole, unit=unit)))
    for one in parts:
        for day, count in _by_day(numbers.of(one, unit=unit)).items():
            if day in rests:
                rests[day] -= count
    # Where a quarter is told beside months, the last of its months is not.
    days = set(_by_day(numbers.of(own, unit=unit)))
    return {day for day, rest in rests.items() if day in days and 0 < abs(rest) < least}


def _by_day(counted: Any) -> Mapping[date, int]:
    days = zip(counted.last_days, counted.counts, strict=True)
    return {day: int(count) for day, count in days}


def counts_same(one: Settings, other: Settings) -> bool:
    """Return whether two series count the same incidents, in whatever periods."""
    return _kinds(one) == _kinds(other) and _area(one) == _area(other)


def is_part(part: Settings, whole: Settings) -> bool:
    """Return whether a series counts some of the incidents of another one.

    Examples
    --------
    >>> theft, both = {"offences": ["Theft"]}, {"offences": ["Theft", "Fraud"]}
    >>> is_part(theft, both), is_part(both, {}), is_part(both, theft), is_part(theft, theft)
    (True, True, False, False)
    """
    some_kinds = not _kinds(whole) or (bool(_kinds(part)) and _kinds(part) <= _kinds(whole))
    inside = _area(whole) is None or _area(part) == _area(whole)
    return some_kinds and inside and not counts_same(part, whole)


def _are_apart(one: Settings, other: Settings) -> bool:
    kinds, theirs = _kinds(one), _kinds(other)
    if kinds and theirs and not kinds & theirs:
        return True
    here, there = _area(one), _area(other)
    # Areas of one file do not overlap; whether those of two files do is not known.
    return here is not None and there is not None and here[0] == there[0] and here != there


def _kinds(settings: Settings) -> frozenset[str]:
    return frozenset(settings.get("offences") or ())


def _area(settings: Settings) -> tuple[int, str] | None:
    return (settings["areas"], settings["area"]) if settings.get("areas") else None
