"""This file knows which word of the index somebody meant who mistyped it.

The distance is that of Damerau and Levenshtein with adjacent letters exchanged once (optimal string
alignment): letters put in, left out, replaced or exchanged. Words are compared only if they share
enough runs of three letters; a change spoils four runs at most, so that no word is missed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST = 4
"""Letters of the shortest word that is corrected."""

LONG = 8
"""Letters from which two changes are allowed, not one."""


class Vocabulary:
    """All words of an index, and in how many texts each stands."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._ordered = sorted(self._counts)
        self._by_run: dict[str, list[str]] = {}
        for word in self._ordered:
            if word.isalpha():
                for run in _runs(word):
                    self._by_run.setdefault(run, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def has_beginning(self, beginning: str) -> bool:
        """Say whether a word begins so."""
        place = bisect_left(self._ordered, beginning)
        return place < len(self._ordered) and self._ordered[place].startswith(beginning)

    def nearest(self, word: str) -> str | None:
        """Return the word that was meant, or None if none is near enough.

        One change is allowed in words of four to seven letters, two in longer ones. Of words
        equally near, the one with the same first letter is taken, then the one in most texts.
        Numbers are never corrected.

        Examples
        --------
        >>> Vocabulary({"burglary": 3, "robbery": 5}).nearest("burglery")
        'burglary'
        """
        if len(word) < SHORTEST or not word.isalpha():
            return None
        allowed = 2 if len(word) >= LONG else 1
        runs = _runs(word)
        shared = Counter(near for run in runs for near in self._by_run.get(run, ()))
        needed = max(1, len(runs) - 4 * allowed)
        ranked = [
            (distance, near[0] != word[0], -self._counts[near], near)
            for near, number in shared.items()
            if number >= needed and abs(len(near) - len(word)) <= allowed
            if (distance := count_changes(word, near)) <= allowed
        ]
        return min(ranked)[-1] if ranked else None


def count_changes(first: str, second: str) -> int:
    """Count the letters put in, left out, replaced or exchanged between two words.

    Examples
    --------
    >>> count_changes("burglery", "burglary"), count_changes("teh", "the")
    (1, 1)
    """
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        here = [row]
        for column, other in enumerate(second, 1):
            fewest = min(
                above[column] + 1, here[column - 1] + 1, above[column - 1] + (letter != other)
            )
            is_exchange = row > 1 and column > 1 and letter == second[column - 2]
            if is_exchange and other == first[row - 2]:
                fewest = min(fewest, before[column - 2] + 1)
            here.append(fewest)
        before, above = above, here
    return above[-1]


def _runs(word: str) -> set[str]:
    padded = f"  {word}  "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
