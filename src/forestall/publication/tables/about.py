"""This file knows what the first sheet tells: where the numbers are from and how to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import Status
from forestall.languages import (
    SOURCE_LANGUAGE,
    Day,
    Sentences,
    language,
    message,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Text
    from forestall.publication.contents import Publication


def about_report(publication: Publication) -> tuple[tuple[Text, Text], ...]:
    """Return what a reader of the tables of a report should know, as heads and texts."""
    return tuple(_about(publication))


def _about(publication: Publication) -> Iterator[tuple[Text, Text]]:
    told = publication.provenance
    if told.place:
        yield message("Place"), told.place
    if told.first_day is not None and told.last_day is not None:
        period = message("{first} to {last}", first=Day(told.first_day), last=Day(told.last_day))
        yield message("Period"), period
    for head, name in _OF_DATA.items():
        if told.data.get(head):
            yield name, str(told.data[head])
    yield message("Protection"), told.rule_words
    marks = _marks(publication)
    if marks:
        yield message("Hidden numbers"), marks
    yield message("Made with"), told.made_with
    yield message("Made on"), Day(told.made_on)
    yield message("How to cite"), _citation(publication)
    if language() != SOURCE_LANGUAGE:
        yield (
            message("Translation"),
            message(
                "The translation is the project’s own; the English report decides in case of doubt."
            ),
        )


_OF_DATA = {
    "publisher": message("Publisher"),
    "attribution": message("Source"),
    "licence": message("Licence"),
}


def _marks(publication: Publication) -> Sentences:
    """Say what hidden and rounded counts look like, as far as there are any."""
    records = [safe.record for safe in publication.tables.values()]
    statuses = frozenset[Status]().union(*(record.statuses for record in records))
    threshold = publication.provenance.protection["threshold"]
    said: list[Text] = []
    if Status.SMALL in statuses:
        said.append(
            message(
                "<{threshold} means fewer than {threshold}: the number is not shown, to protect "
                "the people behind it.",
                threshold=threshold,
            )
        )
    if Status.SECONDARY in statuses:
        said.append(
            message("[c] means hidden so that a hidden number beside it cannot be worked out.")
        )
    if said:
        said.append(message("What was computed from a hidden number is empty."))
    return Sentences(said)


def _citation(publication: Publication) -> Text:
    told = publication.provenance
    if told.data.get("publisher"):
        return message(
            "{title}. Data: {publisher}. Made with {program}, {day}.",
            title=publication.document.title,
            publisher=str(told.data["publisher"]),
            program=told.made_with,
            day=Day(told.made_on),
        )
    return message(
        "{title}. Made with {program}, {day}.",
        title=publication.document.title,
        program=told.made_with,
        day=Day(told.made_on),
    )
