"""This file knows what of the contents of a bundle is shown, always as plain text.

Only the record itself is read, by the reader of its kind. Nothing of it is ever taken as HTML, as
a link or as a file to open.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from forestall.evidence.evaluation_records import read_evaluation_file
from forestall.evidence.practices import EvaluationReference, PracticeCost, read_practice
from forestall.exchange.manifest import Kind
from forestall.languages import Day, Listing, OwnWords, Period, Text, message
from forestall.plan.files import plan_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.evidence.practices import Practice, Texts

# A whole plan can be read before it is signed.
_MOST_SHOWN = 200_000


@dataclass(frozen=True)
class ShownFact:
    """What is asked, and what the record says to it: texts, one below the other."""

    label: Text
    said: tuple[Text, ...]


@dataclass(frozen=True)
class ShownFile:
    """A file of a bundle: its path, its size, and its text, cut where it is long."""

    path: str
    bytes: int
    text: str
    is_cut: bool


def facts_of(kind: Kind, files: Mapping[str, bytes]) -> list[ShownFact]:
    """Return what the record of a bundle says; empty for effects of studies.

    Raises
    ------
    ForestallError
        If the record cannot be read.
    """
    content = files[kind.main_file]
    if kind is Kind.PLAN:
        rows = _of_plan(content)
    elif kind is Kind.EVIDENCE:
        rows = []
    else:
        with TemporaryDirectory() as folder:
            file = Path(folder) / kind.main_file
            file.write_bytes(content)
            rows = (
                _of_practice(read_practice(file)) if kind is Kind.PRACTICE else _of_evaluation(file)
            )
    told = [ShownFact(label, tuple(one for one in said if str(one))) for label, said in rows]
    return [one for one in told if one.said]


def files_shown(files: Mapping[str, bytes]) -> list[ShownFile]:
    """Return the files of a bundle as texts."""
    return [
        ShownFile(
            path=path,
            bytes=len(content),
            text=str(OwnWords({"": content.decode("utf-8-sig", "replace")[:_MOST_SHOWN]})),
            is_cut=len(content) > _MOST_SHOWN,
        )
        for path, content in sorted(files.items())
    ]


_Rows = list[tuple[Text, list[Text]]]


def _of_plan(content: bytes) -> _Rows:
    plan = plan_from_json(content)
    return [
        (message("Place"), [OwnWords(plan.place.name), plan.place.country]),
        (message("Period"), [Period(plan.starts, plan.ends)]),
        (message("Problems"), [OwnWords(one.title) for one in plan.problems]),
        (message("Objectives"), [OwnWords(one.title) for one in plan.objectives]),
        (message("Actions"), [OwnWords(one.title) for one in plan.actions]),
    ]


def _of_practice(one: Practice) -> _Rows:
    return [
        (message("Place"), [f"{one.place.name} ({one.place.country})"]),
        (message("Problems"), _named(one.problems)),
        (message("Approaches"), _named(one.approaches)),
        (message("What the problem looked like"), _several(one.situation)),
        (message("What was done"), [_words(one.done)]),
        (
            message("When"),
            [Period(one.since, one.until) if one.until else _since(Day(one.since))],
        ),
        (
            message("Partners"),
            [f"{partner.organisation}: {_words(partner.part)}" for partner in one.partners],
        ),
        (message("What it needed"), _several(one.conditions.words)),
        (message("What it cost"), _cost_of(one)),
        (message("What came of it"), _result_of(one)),
        (
            message("Side effects"),
            [_words(effect.said) for effect in one.side_effects if effect.said],
        ),
        (message("Before you do the same"), list(one.caveats)),
        (message("Whom to ask"), [one.contact.name, one.contact.email]),
    ]


def _result_of(one: Practice) -> list[Text]:
    if isinstance(one.result, EvaluationReference):
        return [message("It was evaluated: {address}", address=one.result.address)]
    if isinstance(one.result, tuple):
        return [_words(figure.said) for figure in one.result]
    return [message("It was not evaluated.")]


def _cost_of(one: Practice) -> list[Text]:
    if not isinstance(one.cost, PracticeCost):
        return []
    amount = message(
        "{amount} {currency} of {year}",
        amount=one.cost.amount,
        currency=one.cost.currency,
        year=one.cost.price_year,
    )
    return [amount, _words(one.cost.covers)]


def _of_evaluation(file: Path) -> _Rows:
    one = read_evaluation_file(file)
    return [
        (message("Title"), [_plain(one.title)]),
        (message("Place"), [_plain(one.place)]),
        (message("What was done"), [_plain(one.what)]),
        (message("Last day"), [Day(one.last_day)]),
        (message("Outcomes"), [_plain(outcome.name) for outcome in one.outcomes]),
    ]


def _since(day: Day) -> Text:
    return message("Since {day}", day=day)


def _words(text: Texts) -> OwnWords:
    return OwnWords(dict(text.said))


def _several(text: Texts | None) -> list[Text]:
    return [_words(text)] if text is not None else []


def _plain(text: str) -> OwnWords:
    return OwnWords({"": text})


def _named(words: Iterable[object]) -> list[Text]:
    told = [getattr(one, "words", str(one)) for one in words]
    return [Listing(told)] if told else []
