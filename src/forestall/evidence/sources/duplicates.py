"""This file knows which records look like one study twice; it says so, and leaves out none."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from forestall.evidence.sources.same_study import (
    FEWEST_WORDS,
    Fingerprint,
    Recognised,
    fingerprint_of,
    recognise,
)
from forestall.languages import message, say, say_plural
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import altair as alt

    from forestall.evidence.reviews import ReviewFinding
    from forestall.evidence.sources.references import Reference
    from forestall.evidence.studies import StudyEffect

_COLUMNS = ("first_kind", "first", "second_kind", "second", "recognised_by", "is_certain")
# Titles are compared if they share one of their rarest words, or all words. A word of more titles
# than this tells nothing.
_RAREST_WORDS, _MOST_TIMES = 3, 100
_LIKELY = message(
    "A likely pair may be two studies of one author in one year; look at both texts before you "
    "leave one out."
)
_KEPT = message("Nothing was left out.")


@dataclass(frozen=True, kw_only=True)
class SamePair:
    """Two records that look like one study; the first comes first in the alphabet."""

    first: Fingerprint
    second: Fingerprint
    recognised: Recognised


@dataclass(frozen=True, eq=False, kw_only=True)
class DuplicateStudies(Result):
    """Pairs of records that look like one study.

    ``table`` has one row a pair: ``first_kind`` and ``second_kind`` (effect, reference or review),
    ``first`` and ``second`` (keys), ``recognised_by`` and ``is_certain``.
    """

    pairs: tuple[SamePair, ...]
    records: int

    def summary(self) -> str:
        """Return the finding in one plain sentence."""
        certain = sum(one.recognised.is_certain for one in self.pairs)
        likely = len(self.pairs) - certain
        if not self.pairs:
            return say("None of {records} records looks like another.", records=self.records)
        return say_plural(
            "Of {records} records, {count} pair is certainly one study, and {likely} likely.",
            "Of {records} records, {count} pairs are certainly one study, and {likely} likely.",
            certain,
            records=self.records,
            likely=likely,
        )

    def plot(self) -> alt.LayerChart:
        """Return a dot for each pair in the column of what it was recognised by."""
        from forestall._charts import register_chart

        return register_chart(
            pd.DataFrame(
                {
                    "effect": [f"{one.first.key} · {one.second.key}" for one in self.pairs],
                    "state": [str(one.recognised.words) for one in self.pairs],
                }
            ),
            states=[str(one.words) for one in Recognised],
        )


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """An effect that was left out, the one that stands for it, and why."""

    effect: StudyEffect
    same_as: StudyEffect
    recognised: Recognised

    def in_words(self) -> str:
        """Return it in one sentence."""
        return say(
            "“{left_out}” is left out, because “{kept}” has the {reason}.",
            left_out=self.effect.key,
            kept=self.same_as.key,
            reason=self.recognised.words,
        )


@dataclass(frozen=True, kw_only=True)
class WithoutDuplicates:
    """Effects of which each study is certainly there once, and what was left out."""

    effects: tuple[StudyEffect, ...]
    left_out: tuple[LeftOut, ...]


def find_duplicate_studies(
    effects: Iterable[StudyEffect],
    *,
    references: Iterable[Reference] = (),
    reviews: Iterable[ReviewFinding] = (),
) -> DuplicateStudies:
    """Find records that look like one study: in several reviews, in several files, or twice.

    Certain are the same DOI of two texts, and the same first author and year with the same counts
    or effect. Likely are the same first author and year in another review, and nearly the same
    title at most a year apart (words in the order of the alphabet, ratio of Ratcliff and
    Obershelp). The order of records does not matter, and none is left out.

    Returns
    -------
    DuplicateStudies
        One row a pair.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> effects = packaged_evidence().effects
    >>> find_duplicate_studies([*effects, effects[0]]).summary()
    'Of 66 records, 1 pair is certainly one study, and 0 likely.'
    """
    given: tuple[StudyEffect | Reference | ReviewFinding, ...] = (*effects, *references, *reviews)
    prints = sorted(map(fingerprint_of, given), key=lambda one: (one.name, repr(one)))
    pairs = tuple(_pairs(prints))
    rows = [
        (
            one.first.kind,
            one.first.key,
            one.second.kind,
            one.second.key,
            one.recognised.value,
            one.recognised.is_certain,
        )
        for one in pairs
    ]
    any_likely = any(not one.recognised.is_certain for one in pairs)
    return DuplicateStudies(
        table=pd.DataFrame(rows, columns=list(_COLUMNS)),
        caveats=(_KEPT, _LIKELY) if any_likely else (_KEPT,),
        made_by="find_duplicate_studies()",
        pairs=pairs,
        records=len(prints),
    )


def without_certain_duplicates(effects: Sequence[StudyEffect]) -> WithoutDuplicates:
    """Keep the first of effects that are certainly one, and say which were left out.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from forestall.evidence.library import packaged_evidence
    >>> one = packaged_evidence().effects[0]
    >>> found = without_certain_duplicates([one, replace(one, key="again", review="another")])
    >>> print(found.left_out[0].in_words())
    “again” is left out, because “cbt-001” has the same first author, year and counts.
    """
    kept: list[StudyEffect] = []
    left_out: list[LeftOut] = []
    known: dict[tuple[str, int | None], list[tuple[StudyEffect, Fingerprint]]] = defaultdict(list)
    for effect in effects:
        mine = fingerprint_of(effect)
        block = known[mine.author, mine.year]
        for other, theirs in block:
            reason = recognise(theirs, mine)
            if reason is not None and reason.is_certain:
                left_out.append(LeftOut(effect=effect, same_as=other, recognised=reason))
                break
        else:
            block.append((effect, mine))
            kept.append(effect)
    return WithoutDuplicates(effects=tuple(kept), left_out=tuple(left_out))


def _pairs(prints: Sequence[Fingerprint]) -> Iterator[SamePair]:
    seen: set[tuple[int, int]] = set()
    for block in _blocks(prints):
        seen |= set(combinations(block, 2))
    for one, other in sorted(seen):
        recognised = recognise(prints[one], prints[other])
        if recognised is not None:
            yield SamePair(first=prints[one], second=prints[other], recognised=recognised)


def _blocks(prints: Sequence[Fingerprint]) -> Iterator[list[int]]:
    """Yield records that are worth comparing: all pairs of ten thousand are too many."""
    times = Counter(word for one in prints for word in one.title)
    blocks: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(prints):
        if one.doi and one.kind != "effect":
            blocks["doi", one.doi].append(place)
        if one.kind == "effect" and one.author and one.year is not None:
            blocks["author", one.author, one.year].append(place)
        if len(one.title) >= FEWEST_WORDS:
            blocks["title", one.title].append(place)
            rarest = sorted(one.title, key=lambda word: (times[word], word))[:_RAREST_WORDS]
            for word in (word for word in rarest if times[word] <= _MOST_TIMES):
                blocks["word", word].append(place)
    yield from blocks.values()
