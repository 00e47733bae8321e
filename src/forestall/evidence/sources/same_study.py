"""This file knows by what two records are recognised as one study, or one text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.evidence.reviews import ReviewFinding
from forestall.evidence.sources.references import Reference, doi_in, year_of
from forestall.evidence.studies import IncidentCounts, PeopleCounts, StudyEffect
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.studies import Source
    from forestall.languages import Message

    Counts = PeopleCounts | IncidentCounts

_ALIKE = 0.92
FEWEST_WORDS = 3
# Two sources round to two digits in their own way.
_NUMBER_APART, _ERROR_APART = 0.006, 0.02


class Recognised(StrEnum):
    """By what two records are recognised; the first three are certain, the others likely."""

    DOI = "same DOI"
    COUNTS = "same author, year and counts"
    FIGURES = "same author, year and effect"
    AUTHOR = "same author and year in another review or file"
    TITLE = "nearly the same title"

    @property
    def is_certain(self) -> bool:
        """Say whether nothing but one study explains it."""
        return self in (Recognised.DOI, Recognised.COUNTS, Recognised.FIGURES)

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _RECOGNISED[self]


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What one record can be recognised by.

    Attributes
    ----------
    kind, key
        Name the record: "effect", "reference" or "review" and its key.
    doi
        Of the study itself; of an effect read in a review, that of the review.
    author, year
        First author and year, as plain letters and a number.
    title
        Its words in the order of the alphabet.
    place
        The review or text in which an effect was read; effects of one place are no duplicates.
    """

    kind: str
    key: str
    doi: str | None
    author: str
    year: int | None
    title: tuple[str, ...]
    place: str
    intervention: str = ""
    counts: Counts | None = None
    effect: EffectSize | None = None
    standard_error: float | None = None

    @property
    def name(self) -> tuple[str, str]:
        """Return what no other record shares."""
        return self.kind, self.key


def fingerprint_of(record: StudyEffect | Reference | ReviewFinding) -> Fingerprint:
    """Return what a record can be recognised by.

    Examples
    --------
    >>> one = fingerprint_of(Reference(key="a", title="Gates", authors=("Ørsted, A.",), year=2018))
    >>> one.author, one.year, one.title
    ('orsted', 2018, ('gates',))
    """
    if isinstance(record, StudyEffect):
        return _of_effect(record)
    if isinstance(record, ReviewFinding):
        return Fingerprint(
            kind="review",
            key=record.key,
            doi=doi_in(record.source.address),
            author=first_author(record.source.authors),
            year=record.year,
            title=_title_words(record.source.title),
            place=record.source.address,
            intervention=record.reading.intervention,
            effect=record.effect,
        )
    return Fingerprint(
        kind="reference",
        key=record.key,
        doi=record.doi,
        author=first_author(record.authors[0]) if record.authors else "",
        year=record.year,
        title=_title_words(record.title),
        place="",
    )


def recognise(first: Fingerprint, second: Fingerprint) -> Recognised | None:
    """Say by what two records are one study, None if by nothing; the order does not matter.

    Two effects of one study are the same only with the same figures: a study may report several.
    Two findings of one review are the same only with the same measure and figures.
    """
    if {first.kind, second.kind} == {"effect"}:
        return _recognise_effects(first, second)
    if {first.kind, second.kind} == {"review"}:
        return _recognise_reviews(first, second)
    if {first.kind, second.kind} == {"effect", "review"}:
        return None  # an effect is in a review, it is not the review
    if first.doi and first.doi == second.doi:
        return Recognised.DOI
    return Recognised.TITLE if _same_title(first, second) else None


def first_author(written: str) -> str:
    """Return the family name of the first author in plain small letters.

    Examples
    --------
    >>> first_author("Müller et al. (2001)"), first_author("Welsh, Brandon C. & Farrington, D.")
    ('muller', 'welsh')
    >>> first_author("O'Brien & Lee"), first_author("van Dyk, J."), first_author("[Ek 1999]")
    ('obrien', 'vandyk', 'ek')
    """
    bare = re.sub(r"[\[\](){}]", " ", written)
    bare = re.sub(r"\bet\s+al\b.*$|\d.*$|\band colleagues\b.*$", " ", bare, flags=re.IGNORECASE)
    first = re.split(r"[,;&]|\band\b", bare, maxsplit=1)[0]
    return "".join(re.findall(r"\w+", plain_letters(first)))


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents.

    Examples
    --------
    >>> plain_letters("Straßburg ÉTÉ Łódź")
    'strassburg ete lodz'
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _of_effect(record: StudyEffect) -> Fingerprint:
    year = record.year if record.year is not None else year_of(record.study)
    author = first_author(record.study)
    source = record.source
    return Fingerprint(
        kind="effect",
        key=record.key,
        doi=doi_in(source.address),
        author=author,
        year=year,
        title=_title_words(source.title) if _is_the_study(source, author, year) else (),
        place=record.review or source.address,
        intervention=record.intervention,
        counts=record.counts,
        effect=record.effect,
        standard_error=record.standard_error,
    )


def _is_the_study(source: Source, author: str, year: int | None) -> bool:
    return source.year == year and first_author(source.authors) == author


def _recognise_effects(first: Fingerprint, second: Fingerprint) -> Recognised | None:
    same_author = bool(first.author) and (first.author, first.year) == (second.author, second.year)
    same_doi = bool(first.doi) and first.doi == second.doi
    if same_author and first.year is not None:
        if first.counts is not None and first.counts == second.counts:
            return Recognised.COUNTS
        if _same_figures(first, second):
            return Recognised.FIGURES
        return Recognised.AUTHOR if first.place != second.place and not same_doi else None
    return Recognised.TITLE if _same_title(first, second) else None


def _recognise_reviews(first: Fingerprint, second: Fingerprint) -> Recognised | None:
    if first.place == second.place:
        return None  # several findings of one text
    if first.doi and first.doi == second.doi:
        same = first.intervention == second.intervention and first.effect == second.effect
        return Recognised.DOI if same else None
    return Recognised.TITLE if _same_title(first, second) else None


def _same_figures(first: Fingerprint, second: Fingerprint) -> bool:
    one, other = first.effect, second.effect
    if one is None or other is None or one.metric is not other.metric:
        return False
    error, another = first.standard_error, second.standard_error
    if error is None or another is None:
        return False
    close = abs(one.number - other.number) <= _NUMBER_APART
    return close and abs(error - another) <= _ERROR_APART * max(error, another)


def _same_title(first: Fingerprint, second: Fingerprint) -> bool:
    one, other = sorted((first.title, second.title))
    if min(len(one), len(other)) < FEWEST_WORDS or not _near_in_time(first, second):
        return False
    if [word for word in one if word.isdigit()] != [word for word in other if word.isdigit()]:
        return False
    matcher = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False)
    # The two quick ratios are upper limits of the slow one.
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= _ALIKE for ratio in ratios)


def _near_in_time(first: Fingerprint, second: Fingerprint) -> bool:
    if first.year is None or second.year is None:
        return True
    return abs(first.year - second.year) <= 1


def _title_words(title: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"\w+", plain_letters(title)))))


_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d"})
_RECOGNISED = {
    Recognised.DOI: message("same DOI"),
    Recognised.COUNTS: message("same first author, year and counts"),
    Recognised.FIGURES: message("same first author, year and effect"),
    Recognised.AUTHOR: message("same first author and year in another review or file"),
    Recognised.TITLE: message("nearly the same title, at most a year apart"),
}
