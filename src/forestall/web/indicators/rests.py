"""This file knows which periods of a series leave a small rest beside other series of a store.

A whole less one part leaves the other parts; so do a whole and several parts that have nothing in
common, such as kinds or areas. Where the rest is a few incidents, readers would work it out.

Only choices of parts to which no other part can be added are looked at, whole and without one of
them: if fewer parts leave a small rest, then so does one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.web.indicators.counting import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from forestall.web.indicators.counting import StoreNumbers

Settings = dict[str, Any]
# Beyond so many choices of parts nothing is told of a period, because not all were tried.
MOST_CHOICES = 2_000


class TooManyChoices(Exception):
    """There are more choices of parts than are tried."""


def beside_small_rests(
    own: Settings, others: Sequence[Settings], numbers: StoreNumbers
) -> set[date]:
    """Return the last days of the periods of a series that leave a small rest beside others.

    Raises
    ------
    ForestallError
        If a series cannot be counted.
    """
    days = list(numbers.of(own).last_days)
    try:
        found = {
            day
            for unit in UNITS[UNITS.index(own["period"]) :]
            for whole, parts in _choices(own, _told_by(unit, [own, *others]))
            for day in _small_rests(whole, parts, numbers, unit)
        }
    except TooManyChoices:
        return set(days)
    return found & set(days)


def choices_apart(
    parts: Sequence[Any], are_apart: Callable[[Any, Any], bool]
) -> Iterator[tuple[Any, ...]]:
    """Yield every choice of parts that have nothing in common and can take no other part.

    They are the maximal cliques of the graph of parts that are apart, as found by Bron and
    Kerbosch (1973), *Communications of the ACM* 16, with a pivot.

    Raises
    ------
    TooManyChoices
        If there are more than 2,000.

    Examples
    --------
    >>> found = choices_apart([{1}, {2}, {2, 3}], lambda one, other: not one & other)
    >>> sorted(map(str, found)), list(choices_apart([], print))
    (['({1}, {2, 3})', '({1}, {2})'], [])
    """
    apart = [
        {at for at, two in enumerate(parts) if at != number and are_apart(one, two)}
        for number, one in enumerate(parts)
    ]
    waiting: list[tuple[tuple[int, ...], set[int], set[int]]] = []
    if parts:
        waiting.append(((), set(range(len(parts))), set()))
    given = 0
    while waiting:
        chosen, able, done = waiting.pop()
        if not able and not done:
            given += 1
            if given > MOST_CHOICES:
                raise TooManyChoices
            yield tuple(parts[at] for at in sorted(chosen))
            continue
        pivot = max(able | done, key=lambda at: len(apart[at] & able))
        for at in sorted(able - apart[pivot]):
            waiting.append(((*chosen, at), able & apart[at], done & apart[at]))
            able, done = able - {at}, done | {at}


def with_and_without_one(choice: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield a choice, and what is left of it without each of its parts.

    Examples
    --------
    >>> list(with_and_without_one(("a", "b")))
    [('a', 'b'), ('b',), ('a',)]
    """
    yield choice
    yield from (choice[:at] + choice[at + 1 :] for at in range(len(choice)) if len(choice) > 1)


def _told_by(unit: str, told: Sequence[Settings]) -> list[Settings]:
    """Return what readers know by periods of a length: series of these, or of shorter ones.

    What counts the same incidents stands once, with the highest limit.
    """
    found: list[Settings] = []
    for one in told:
        if UNITS.index(one["period"]) > UNITS.index(unit):
            continue
        same = next((two for two in found if counts_same(one, two)), None)
        if same is None:
            found.append(dict(one))
        else:
            same["threshold"] = max(same["threshold"], one["threshold"])
    return found


def _choices(
    own: Settings, told: Sequence[Settings]
) -> Iterator[tuple[Settings, tuple[Settings, ...]]]:
    """Yield each whole with parts of it, where the series is one of them."""
    for whole in told:
        is_own = counts_same(whole, own)
        parts = [one for one in told if is_part(one, whole)]
        if not is_own and not any(counts_same(one, own) for one in parts):
            continue
        for choice in choices_apart(parts, _are_apart):
            for family in with_and_without_one(choice):
                if is_own or any(counts_same(one, own) for one in family):
                    yield whole, family


def _small_rests(
    whole: Settings, parts: Sequence[Settings], numbers: StoreNumbers, unit: str
) -> set[date]:
    least = max(one["threshold"] for one in (whole, *parts))
    rests = dict(_by_day(numbers.of(whole, unit=unit)))
    for one in parts:
        for day, count in _by_day(numbers.of(one, unit=unit)).items():
            if day in rests:
                rests[day] -= count
    # Where a quarter is told beside months, the last of its months is not.
    return {day for day, rest in rests.items() if 0 < abs(rest) < least}


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


def _area(settings: Settings) -> tuple[int | str, str] | None:
    """Return the area, known by what its file holds: the same file can be brought twice."""
    if not settings.get("areas"):
        return None
    return (settings.get("area_file") or settings["areas"], settings["area"])
