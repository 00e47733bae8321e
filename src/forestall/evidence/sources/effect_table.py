"""This file knows how effects of studies are written in our own form, without losing a digit."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from forestall.evidence.sources.cells import harmless
from forestall.evidence.sources.columns import (
    EFFECT_COLUMNS,
    INCIDENTS,
    MODERATOR,
    NO,
    PEOPLE,
    YES,
)
from forestall.evidence.studies import IncidentCounts, PeopleCounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.evidence.studies import StudyEffect


def effects_as_csv(effects: Iterable[StudyEffect]) -> bytes:
    """Return effects as a CSV file that `read_effects` reads into the same records.

    Texts that a spreadsheet would take for a formula have an apostrophe in front.

    Raises
    ------
    ValueError
        If an effect was turned into another metric: the file has no place for what that assumes.

    Examples
    --------
    >>> from forestall.evidence.sources.effect_rows import effect_of
    >>> one = effect_of({"study": "Example (2020)", "intervention": "=cmd", "outcome": "crime",
    ...     "metric": "d", "effect": "-0.2", "standard_error": "0.1", "favours": "below",
    ...     "source": "https://example.org"})
    >>> effects_as_csv([one]).decode().splitlines()[1].split(",")[1:5]
    ['Example (2020)', '', "'=cmd", 'crime']
    """
    kept = tuple(effects)
    moderators = sorted({name for effect in kept for name in effect.moderators})
    rows = [_row(effect) for effect in kept]
    names = [column.name for column in EFFECT_COLUMNS]
    names += [f"{MODERATOR}{name}" for name in moderators]
    return csv_of(names, [[row.get(name, "") for name in names] for row in rows])


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV in UTF-8; texts are never formulas, numbers keep all their digits."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode("utf-8")


def _row(effect: StudyEffect) -> dict[str, object]:
    if effect.conversions:
        raise ValueError(f"“{effect.key}” is in another metric than its source; keep the first.")
    return {
        "key": effect.key,
        "study": effect.study,
        "year": _or_empty(effect.year),
        "intervention": effect.intervention,
        "outcome": str(effect.outcome),
        "outcome_words": effect.outcome_words,
        "design": str(effect.design),
        "metric": str(effect.metric),
        "effect": effect.effect.published,
        "standard_error": effect.standard_error,
        "effect_on_scale": effect.effect.number,
        "favours": str(effect.favours),
        "direction": effect.direction,
        **_source(effect),
        "problems": "; ".join(effect.problems),
        "settings": "; ".join(effect.settings),
        "populations": "; ".join(effect.populations),
        "population_words": effect.population_words,
        "law_enforcement": YES if effect.is_law_enforcement else NO,
        "local": YES if effect.is_local else NO,
        "review": effect.review,
        **_counts(effect),
        **{f"{MODERATOR}{name}": value for name, value in effect.moderators.items()},
    }


def _source(effect: StudyEffect) -> dict[str, object]:
    return {
        "source": effect.source.address,
        "quotation": effect.source.quotation,
        "source_title": effect.source.title,
        "source_authors": effect.source.authors,
        "source_year": _or_empty(effect.source.year),
    }


def _counts(effect: StudyEffect) -> dict[str, object]:
    counts = effect.counts
    if isinstance(counts, PeopleCounts):
        return {name: getattr(counts, name) for name in PEOPLE}
    if isinstance(counts, IncidentCounts):
        found = {name: getattr(counts, name) for name in INCIDENTS}
        return {**found, "dispersion": counts.dispersion}
    return {}


def _or_empty(year: int | None) -> object:
    return "" if year is None else year
