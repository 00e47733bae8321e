"""This file knows what the record of a practice holds: what a city did, and what came of it.

It is what one city tells another (2002/13 ¶30), and an answer to question 24 of the questionnaire
of 2006/20. Nobody is named in it: an office answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from forestall.errors import InvalidEvidence
from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.evidence.vocabulary import Approach, Outcome, Population, Problem, Setting


class NotTold(StrEnum):
    """What a city says where it has nothing to tell; honest, and better than a guess."""

    NOT_KNOWN = "not known"
    NOT_EVALUATED = "not evaluated"


class Looked(StrEnum):
    """Whether a side effect was looked for, and found."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NOT_LOOKED_FOR = "not looked for"


@dataclass(frozen=True)
class Texts:
    """One text in several languages.

    Attributes
    ----------
    said
        Pairs of language tag and text; each language once.

    Examples
    --------
    >>> text = Texts((("en", "Gates in the alleys"), ("fr", "Des grilles dans les ruelles")))
    >>> text.in_language("fr"), text.in_language("zh", "en")
    ('Des grilles dans les ruelles', 'Gates in the alleys')
    """

    said: tuple[tuple[str, str], ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which it is given."""
        return tuple(language for language, _ in self.said)

    def in_language(self, *wanted: str) -> str:
        """Return the text in the first language that there is, else as it was first given."""
        found = dict(self.said)
        return next((found[one] for one in wanted if one in found), self.said[0][1])


@dataclass(frozen=True, kw_only=True)
class City:
    """Where it was done: a city, and its country by the two letters of ISO 3166-1."""

    name: str
    country: str


@dataclass(frozen=True, kw_only=True)
class PartnerRole:
    """Who took part, always an organisation, and what its part was."""

    organisation: str
    part: Texts


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What it needed.

    Attributes
    ----------
    words
        In the city's own words; None where nothing is said.
    keys
        Keys of conditions in the catalogue of interventions.
    """

    words: Texts | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PracticeCost:
    """What it cost.

    Attributes
    ----------
    amount, currency, price_year
        Such as 90000, "EUR" and "2023" or "2023/24".
    covers
        What is in it, and over which time.
    source
        Where the amount is from.
    """

    amount: float
    currency: str
    price_year: str
    covers: Texts
    source: str


@dataclass(frozen=True, kw_only=True)
class EvaluationReference:
    """The ``evaluation.json`` of the practice: a web address or a path beside it, and checksum."""

    address: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure on the result, in words, and where it is from; it never enters a synthesis."""

    outcome: Outcome
    said: Texts
    source: str


@dataclass(frozen=True, kw_only=True)
class SideEffect:
    """What is known of one side effect.

    Attributes
    ----------
    outcome
        Which: displacement, stigma, fear, harm and so on.
    state
        Whether anybody looked.
    said
        What was found, or how it was looked for; None only where nobody looked.
    """

    outcome: Outcome
    state: Looked
    said: Texts | None = None


@dataclass(frozen=True, kw_only=True)
class Office:
    """Whom to ask: an office and its own e-mail address, never a person."""

    name: str
    email: str


PracticeResult = EvaluationReference | tuple[Figure, ...] | Literal[NotTold.NOT_EVALUATED]


@dataclass(frozen=True, kw_only=True)
class Practice:
    """What a city did about a problem, as it tells other cities.

    Attributes
    ----------
    languages
        In which it is told; every text is given in the first one.
    title, situation, done
        What it is called, what the problem looked like (None where not told), what was done.
    place
        Where.
    problems, settings, populations, approaches
        The words by which it is found; law enforcement may lack an approach.
    intervention
        Key in the catalogue of interventions; empty where none fits.
    since, until
        First day and last day; None while it goes on.
    partners
        Who took part, with which part.
    conditions, cost, result, side_effects
        What it needed and cost, what came of it, and what else.
    contact
        The office that answers questions.
    licence
        Under which the text may be used, such as CC-BY-4.0.
    is_law_enforcement
        Whether it is outside the Guidelines (2002/13 ¶3): kept and marked, never suggested.
    made_on
        The day of the record.

    Examples
    --------
    >>> from forestall.evidence.practices import example_practice
    >>> practice = example_practice()
    >>> practice.title.in_language("en"), practice.place.name, practice.is_evaluated
    ('Gates in the alleys behind terraced houses', 'Exampletown', False)
    """

    languages: tuple[str, ...]
    title: Texts
    place: City
    problems: tuple[Problem, ...]
    settings: tuple[Setting, ...]
    populations: tuple[Population, ...]
    approaches: tuple[Approach, ...]
    done: Texts
    since: date
    partners: tuple[PartnerRole, ...]
    contact: Office
    licence: str
    is_law_enforcement: bool
    made_on: date
    until: date | None = None
    situation: Texts | None = None
    intervention: str = ""
    conditions: Conditions = Conditions()
    cost: PracticeCost | Literal[NotTold.NOT_KNOWN] = NotTold.NOT_KNOWN
    result: PracticeResult = NotTold.NOT_EVALUATED
    side_effects: tuple[SideEffect, ...] = ()

    def __post_init__(self) -> None:
        if not (self.approaches or self.is_law_enforcement):
            raise InvalidEvidence("A practice needs one approach or more, but names none.")
        if self.until is not None and self.until < self.since:
            raise InvalidEvidence(
                f"The practice ended on {self.until}, before it began on {self.since}."
            )
        if self.made_on < (self.until or self.since):
            raise InvalidEvidence(
                f"The record was made on {self.made_on}, before the days that it tells of."
            )
        for where, text in self.texts():
            self._check_languages(where, text)

    @property
    def is_evaluated(self) -> bool:
        """Say whether an evaluation stands behind it; figures alone are none."""
        return isinstance(self.result, EvaluationReference)

    @property
    def caveats(self) -> tuple[Message, ...]:
        """Return what a careful reader should know before doing the same."""
        said = {
            _LAW_ENFORCEMENT: self.is_law_enforcement,
            _NOT_EVALUATED: self.result is NotTold.NOT_EVALUATED,
            _ONLY_FIGURES: isinstance(self.result, tuple),
            _NOBODY_LOOKED: all(one.state is Looked.NOT_LOOKED_FOR for one in self.side_effects),
            _NO_COST: self.cost is NotTold.NOT_KNOWN,
        }
        return tuple(caveat for caveat, holds in said.items() if holds)

    def texts(self) -> Iterator[tuple[str, Texts]]:
        """Yield every text with the field in which it stands."""
        yield "title", self.title
        if self.situation is not None:
            yield "situation", self.situation
        yield "done", self.done
        for number, partner in enumerate(self.partners, start=1):
            yield f"partners, entry {number}, part", partner.part
        if self.conditions.words is not None:
            yield "conditions.words", self.conditions.words
        if isinstance(self.cost, PracticeCost):
            yield "cost.covers", self.cost.covers
        if isinstance(self.result, tuple):
            for number, figure in enumerate(self.result, start=1):
                yield f"result.figures, entry {number}, said", figure.said
        for number, effect in enumerate(self.side_effects, start=1):
            if effect.said is not None:
                yield f"side_effects, entry {number}, said", effect.said

    def _check_languages(self, where: str, text: Texts) -> None:
        first = self.languages[0]
        if first not in text.languages:
            raise InvalidEvidence(
                f"Every text is given in “{first}”, the first of the languages, but {where} is not."
            )
        other = next((one for one in text.languages if one not in self.languages), None)
        if other is not None:
            raise InvalidEvidence(
                f"{where} is given in “{other}”, which the languages of the record do not name."
            )


_LAW_ENFORCEMENT = message(
    "This is law enforcement, outside the Guidelines (2002/13, paragraph 3): for comparison only."
)
_NOT_EVALUATED = message("Nobody has evaluated it: whether it worked is not known.")
_ONLY_FIGURES = message(
    "Its figures come without an evaluation: what would have happened anyway is not known."
)
_NOBODY_LOOKED = message("Nobody has looked for side effects.")
_NO_COST = message("What it cost is not known.")
