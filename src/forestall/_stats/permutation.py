"""This file knows how rare a sum of neighbours is when the other places' values are shuffled.

All places share one set of random lists, and still each gets exactly the conditional permutation
distribution (its own value stays, k of the others come beside it); the proof is on the page
``docs/explanation/permutation.md``. The work is lists × neighbours + places, not their product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_MOST_DRAWN_AT_ONCE = 4_000_000
_LARGEST_TABLE = 4_000_000
_LARGEST_WHOLE = 2.0**52


def count_extreme_sums(
    values: IntArray,
    sums: IntArray,
    members: IntArray,
    *,
    permutations: int,
    seed: int,
    slack: int = 0,
) -> tuple[IntArray, IntArray]:
    """Count permuted neighbour sums that are at least, and at most, the observed ones.

    Parameters
    ----------
    values
        One whole number for each place; see `whole_numbers` for others.
    sums, members
        Of each place: the sum over its neighbours, itself not among them, and how many they are.
    permutations, seed
        How many lists are drawn, and from which seed.
    slack
        Sums so close to the observed one count as equal to it.

    Returns
    -------
    at_least, at_most
        A place without neighbours has all of them in both.
    """
    at_least = np.zeros(values.size, dtype=np.int64)
    at_most = np.zeros(values.size, dtype=np.int64)
    length = int(members.max(initial=0)) + 1
    for lists in _blocks_of_lists(values.size, length, permutations, seed):
        more, less = count_in_lists(values, sums, members, lists=lists, slack=slack)
        at_least += more
        at_most += less
    return at_least, at_most


def count_extreme_totals(
    values: IntArray, sums: IntArray, members: IntArray, *, permutations: int, seed: int
) -> tuple[IntArray, IntArray]:
    """Count sums of places drawn from all that are at least, and at most, the observed ones.

    Here no place keeps its own value: the values of all places are shuffled.

    Parameters
    ----------
    values
        One whole number for each place.
    sums, members
        Of each place: the sum, and how many places are in it.
    permutations, seed
        How many lists are drawn, and from which seed.

    Examples
    --------
    >>> values = np.array([1, 1, 1, 9])
    >>> at_least, at_most = count_extreme_totals(
    ...     values, np.array([9]), np.array([1]), permutations=4000, seed=1)
    >>> round(float(at_least[0]) / 4000, 1), int(at_most[0])
    (0.3, 4000)
    """
    at_least = np.zeros(sums.size, dtype=np.int64)
    at_most = np.zeros(sums.size, dtype=np.int64)
    for lists in _blocks_of_lists(values.size, int(members.max(initial=1)), permutations, seed):
        more, less = _count_all(sums, members, np.cumsum(values[lists], axis=1), 0)
        at_least += more
        at_most += less
    return at_least, at_most


def count_in_lists(
    values: IntArray,
    sums: IntArray,
    members: IntArray,
    *,
    lists: NDArray[np.int32],
    slack: int = 0,
) -> tuple[IntArray, IntArray]:
    """Count as `count_extreme_sums` in given lists of places, each longer than ``members``.

    The permuted neighbours of place i are the first places of a list other than i, as many as i
    has neighbours.

    Examples
    --------
    >>> values, sums, members = np.array([5, 0, 1]), np.array([0, 6, 0]), np.array([1, 2, 1])
    >>> lists = np.array([[0, 2, 1], [2, 0, 1]])
    >>> at_least, at_most = count_in_lists(values, sums, members, lists=lists)
    >>> at_least.tolist(), at_most.tolist()
    ([2, 2, 2], [0, 2, 0])
    """
    first_sums = np.cumsum(values[lists], axis=1)
    at_least, at_most = _count_all(sums, members, first_sums, slack)
    place, more, less = _correct_own(
        values, sums, members, lists=lists, first_sums=first_sums, slack=slack
    )
    np.add.at(at_least, place, more)
    np.add.at(at_most, place, less)
    return at_least, at_most


def permutation_p_values(
    at_least: IntArray, at_most: IntArray, *, permutations: int, alternative: str
) -> FloatArray:
    """Return (1 + as extreme) / (1 + permutations): "greater", "less" or "two-sided".

    The observed arrangement is one of those that could have been drawn, so that p is never 0.
    Two-sided is twice the smaller one, at most 1.
    """
    upper, lower = ((1 + counted) / (1 + permutations) for counted in (at_least, at_most))
    if alternative == "two-sided":
        return np.asarray(np.minimum(2 * np.minimum(upper, lower), 1.0))
    if alternative in {"greater", "less"}:
        return np.asarray(upper if alternative == "greater" else lower)
    raise ValueError("The alternative must be two-sided, greater or less.")


def whole_numbers(values: FloatArray, *, most_added: int) -> tuple[IntArray, int]:
    """Return values as whole numbers of a tiny unit, and the slack for sums of so many.

    Sums of whole numbers do not depend on their order, so that what is equal stays equal. The unit
    is about 1e-15 of the largest value; each value is off by half a unit at most.
    """
    largest = float(np.abs(values).max(initial=0.0))
    if largest == 0:
        return np.zeros(values.size, dtype=np.int64), 0
    room = 2.0 ** (62 - int(most_added + 1).bit_length())
    unit = min(_LARGEST_WHOLE, room) / largest
    return np.rint(values * unit).astype(np.int64), most_added


def draw_lists(
    generator: np.random.Generator, *, places: int, length: int, lists: int
) -> NDArray[np.int32]:
    """Draw lists of distinct places, every order of every choice equally likely.

    Raises
    ------
    ValueError
        If a list is longer than there are places.

    Examples
    --------
    >>> drawn = draw_lists(np.random.default_rng(1), places=9, length=4, lists=5)
    >>> drawn.shape, {len(set(one)) for one in drawn.tolist()}
    ((5, 4), {4})
    """
    if length > places:
        raise ValueError(f"A list of {length} distinct places needs as many; there are {places}.")
    if places < 4 * length:
        everyone = np.broadcast_to(np.arange(places, dtype=np.int32), (lists, places))
        return generator.permuted(everyone, axis=1)[:, :length]
    drawn = generator.integers(places, size=(lists, length), dtype=np.int32)
    ordered = np.sort(drawn, axis=1)
    repeated = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
    drawn[repeated] = _without_repeats(generator, drawn[repeated], places)
    return drawn


def _without_repeats(
    generator: np.random.Generator, drawn: NDArray[np.int32], places: int
) -> NDArray[np.int32]:
    """Draw each seat of a list again until it holds none of those before it."""
    for seat in range(1, drawn.shape[1]):
        rows = np.arange(len(drawn))
        while rows.size:
            rows = rows[(drawn[rows, :seat] == drawn[rows, seat, None]).any(axis=1)]
            drawn[rows, seat] = generator.integers(places, size=rows.size, dtype=np.int32)
    return drawn


def _blocks_of_lists(
    places: int, length: int, permutations: int, seed: int
) -> Iterator[NDArray[np.int32]]:
    generator = np.random.default_rng(seed)
    width = places if places < 4 * length else length
    at_once = max(1, _MOST_DRAWN_AT_ONCE // width)
    for start in range(0, permutations, at_once):
        lists = min(at_once, permutations - start)
        yield draw_lists(generator, places=places, length=length, lists=lists)


def _count_all(
    sums: IntArray, members: IntArray, first_sums: IntArray, slack: int
) -> tuple[IntArray, IntArray]:
    """Count as if no place were in a list itself: one null for all with as many neighbours."""
    at_least = np.full(sums.size, len(first_sums), dtype=np.int64)
    at_most = at_least.copy()
    for number, these in _places_by_members(members):
        if number:
            counted = _count_in_null(first_sums[:, number - 1], sums[these], slack)
            at_least[these], at_most[these] = counted
    return at_least, at_most


def _places_by_members(members: IntArray) -> Iterator[tuple[int, IntArray | slice]]:
    if members.size and (members == members[0]).all():
        yield int(members[0]), slice(None)
        return
    # Numbers of 16 bits are sorted in a time that grows with their count only.
    short = members.astype(np.uint16) if members.max(initial=0) < 65_536 else members
    order = np.argsort(short, kind="stable")
    counted = np.bincount(members)
    ends = np.cumsum(counted)
    for number in np.flatnonzero(counted):
        yield int(number), order[ends[number] - counted[number] : ends[number]]


def _count_in_null(null: IntArray, sums: IntArray, slack: int) -> tuple[IntArray, IntArray]:
    lowest, width = int(null.min()), int(null.max()) - int(null.min()) + 1
    if slack or width > min(_LARGEST_TABLE, 8 * (null.size + sums.size)):
        ordered = np.sort(null)
        below = np.searchsorted(ordered, sums - slack, side="left")
        return null.size - below, np.searchsorted(ordered, sums + slack, side="right")
    smaller = np.zeros(width + 1, dtype=np.int64)
    np.cumsum(np.bincount(null - lowest, minlength=width), out=smaller[1:])
    at = sums - lowest
    return null.size - smaller[np.clip(at, 0, width)], smaller[np.clip(at + 1, 0, width)]


def _correct_own(
    values: IntArray,
    sums: IntArray,
    members: IntArray,
    *,
    lists: NDArray[np.int32],
    first_sums: IntArray,
    slack: int,
) -> tuple[NDArray[np.int32], IntArray, IntArray]:
    """Where a place is among its own first ones, give its seat to the next of the list.

    Returns such places, each as often as that happens, and by how much their counts change.
    """
    number, seat = np.nonzero(np.arange(lists.shape[1]) < members[lists])
    place = lists[number, seat]
    k, observed = members[place], sums[place]
    with_own = first_sums[number, k - 1]
    instead = with_own - values[place] + values[lists[number, k]]
    floor, ceiling = observed - slack, observed + slack
    more = (instead >= floor).astype(np.int64) - (with_own >= floor)
    less = (instead <= ceiling).astype(np.int64) - (with_own <= ceiling)
    return place, more, less


def shuffled(values: FloatArray, *, permutations: int, seed: int) -> Iterator[FloatArray]:
    """Yield the values in random orders, each equally likely."""
    generator = np.random.default_rng(seed)
    for _ in range(permutations):
        yield generator.permutation(values)
