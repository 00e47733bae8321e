"""This file knows how the record of a practice is read: as exchanged (JSON) or as filled in (TOML).

Both are read by the same rules: every field is known, none is guessed, the first fault is named.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from forestall.errors import InvalidEvidence
from forestall.evidence.practices.fields import Fields
from forestall.evidence.practices.forms import (
    ADDRESS,
    COUNTRY,
    CURRENCY,
    KEY,
    PRICE_YEAR,
    SHA256,
)
from forestall.evidence.practices.records import (
    City,
    Conditions,
    EvaluationReference,
    Figure,
    Looked,
    NotTold,
    Office,
    PartnerRole,
    Practice,
    PracticeCost,
    SideEffect,
)
from forestall.evidence.strict_json import read_bytes, read_json_file
from forestall.evidence.vocabulary import Approach, Outcome, Population, Problem, Setting

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from forestall.evidence.practices.records import PracticeResult

T = TypeVar("T")
KIND = "forestall-practice"
FORMAT = 1
SCHEMA = f"urn:forestall:practice:{FORMAT}"
_MOST_MEGABYTES = 1
_KEYS = "a list of keys of the catalogue, such as rear-alleys"


def read_practice(path: str | os.PathLike[str]) -> Practice:
    """Read the record of a practice: JSON, or TOML if the name ends in ``.toml``.

    Raises
    ------
    InvalidEvidence
        With the first thing that is missing, wrong, about a person, or not known.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.evidence.practices import example_practice, write_practice
    >>> with TemporaryDirectory() as folder:
    ...     written = write_practice(example_practice(), Path(folder) / "practice.json")
    ...     read_practice(written) == example_practice()
    True
    """
    file = Path(path)
    content = (
        _read_toml(file)
        if file.suffix.casefold() == ".toml"
        else read_json_file(file, most_megabytes=_MOST_MEGABYTES).content
    )
    try:
        return practice_of(content)
    except InvalidEvidence as wrong:
        raise InvalidEvidence(f"{file.name}: {wrong}") from None


def practice_of(content: Mapping[str, Any]) -> Practice:
    """Return the practice that plain values tell.

    Raises
    ------
    InvalidEvidence
        With the first thing that is missing, wrong, about a person, or not known.

    Examples
    --------
    >>> practice_of({"kind": "recipe"})
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidEvidence: This is no record of a practice: kind is not
    “forestall-practice”.
    """
    whole = Fields(content, "")
    _check_kind(whole, content)
    since, until = whole.day("since"), whole.day("until") if whole.has("until") else None
    practice = Practice(
        languages=whole.languages("languages"),
        title=whole.texts("title"),
        place=_place(whole.part("place")),
        problems=_some(whole.choices("problems", Problem), whole, "problems"),
        settings=_some(whole.choices("settings", Setting), whole, "settings"),
        populations=_some(whole.choices("populations", Population), whole, "populations"),
        approaches=whole.choices("approaches", Approach),
        intervention=(
            whole.matched("intervention", KEY, "a key of the catalogue, such as alley-gating")
            if whole.has("intervention")
            else ""
        ),
        situation=whole.texts_if_any("situation"),
        done=whole.texts("done"),
        since=since,
        until=until,
        partners=_some(
            tuple(_partner(part) for part in whole.parts("partners")), whole, "partners"
        ),
        conditions=_conditions(whole.part("conditions")),
        cost=_cost(whole),
        result=_result(whole),
        side_effects=tuple(_side_effect(part) for part in whole.parts("side_effects")),
        contact=_contact(whole.part("contact")),
        licence=whole.text("licence"),
        is_law_enforcement=whole.yes_or_no("is_law_enforcement"),
        made_on=whole.day("made_on"),
    )
    whole.check_nothing_left()
    return practice


def _check_kind(whole: Fields, content: Mapping[str, Any]) -> None:
    if not whole.is_said("kind", KIND):
        raise InvalidEvidence(f"This is no record of a practice: kind is not “{KIND}”.")
    known = content.get("format")
    if not whole.has("format") or known is True or known != FORMAT:
        raise whole.wrong("format", f"{FORMAT}, the only one known")
    if whole.has("$schema") and not whole.is_said("$schema", SCHEMA):
        raise whole.wrong("$schema", f"“{SCHEMA}”")


def _some(found: tuple[T, ...], whole: Fields, key: str) -> tuple[T, ...]:
    if not found:
        raise whole.wrong(key, "a list with one entry or more")
    return found


def _place(part: Fields) -> City:
    found = City(
        name=part.text("city"),
        country=part.matched("country", COUNTRY, "two capital letters of ISO 3166, such as KE"),
    )
    part.check_nothing_left()
    return found


def _partner(part: Fields) -> PartnerRole:
    found = PartnerRole(organisation=part.text("organisation"), part=part.texts("part"))
    part.check_nothing_left()
    return found


def _conditions(part: Fields) -> Conditions:
    found = Conditions(words=part.texts_if_any("words"), keys=part.all_matched("keys", KEY, _KEYS))
    part.check_nothing_left()
    return found


def _cost(whole: Fields) -> PracticeCost | Literal[NotTold.NOT_KNOWN]:
    if whole.is_said("cost", NotTold.NOT_KNOWN.value):
        return NotTold.NOT_KNOWN
    part = whole.part("cost")
    found = PracticeCost(
        amount=part.amount("amount"),
        currency=part.matched("currency", CURRENCY, "three capital letters, such as EUR"),
        price_year=part.matched("price_year", PRICE_YEAR, "a year such as “2023” or “2023/24”"),
        covers=part.texts("covers"),
        source=part.text("source"),
    )
    part.check_nothing_left()
    return found


def _result(whole: Fields) -> PracticeResult:
    if whole.is_said("result", NotTold.NOT_EVALUATED.value):
        return NotTold.NOT_EVALUATED
    part = whole.part("result")
    if part.has("evaluation") == part.has("figures"):
        raise InvalidEvidence(
            "result holds an evaluation or figures, one of the two; else it is “not evaluated”."
        )
    found: PracticeResult
    if part.has("evaluation"):
        found = _evaluation(part.part("evaluation"))
    else:
        found = _some(tuple(_figure(one) for one in part.parts("figures")), part, "figures")
    part.check_nothing_left()
    return found


def _evaluation(part: Fields) -> EvaluationReference:
    found = EvaluationReference(
        address=part.matched("address", ADDRESS, "a web address, or a path beside the record"),
        sha256=part.matched("sha256", SHA256, "64 digits from 0 to f"),
    )
    part.check_nothing_left()
    return found


def _figure(part: Fields) -> Figure:
    found = Figure(
        outcome=part.choice("outcome", Outcome), said=part.texts("said"), source=part.text("source")
    )
    part.check_nothing_left()
    return found


def _side_effect(part: Fields) -> SideEffect:
    state = part.choice("state", Looked)
    looked = state is not Looked.NOT_LOOKED_FOR
    found = SideEffect(
        outcome=part.choice("outcome", Outcome),
        state=state,
        said=part.texts("said") if looked else part.texts_if_any("said"),
    )
    part.check_nothing_left()
    return found


def _contact(part: Fields) -> Office:
    found = Office(name=part.text("office"), email=part.email("email"))
    part.check_nothing_left()
    return found


def _read_toml(file: Path) -> Mapping[str, Any]:
    read = read_bytes(file, most_megabytes=_MOST_MEGABYTES)
    try:
        found = tomllib.loads(read.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidEvidence(f"{file.name} is not written in UTF-8.") from None
    except (ValueError, RecursionError):
        raise InvalidEvidence(f"{file.name} is no TOML.") from None
    return {key: _days_as_words(value) for key, value in found.items()}


def _days_as_words(value: Any) -> Any:
    """Return the days of TOML as JSON writes them; there are days at the top only."""
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return value.isoformat() if is_day else value
