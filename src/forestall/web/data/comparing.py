"""This file knows how two diagnoses are compared: by what they published, and by nothing else.

Two reports whose periods share no day share no incident: their numbers can stand side by side.
Where the periods overlap, a reader could subtract one report from the other. Then every number of
both is put into one search (`forestall.disclosure.search_differences`), and where something hidden
could be worked out, nothing is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from forestall.diagnosis.comparisons import compare_rates
from forestall.diagnosis.groups import ALL_CRIME, group_words
from forestall.disclosure.rules import Status
from forestall.languages import Message, Period, Share, Text, message, plural_message
from forestall.publication.fixed_words import strength
from forestall.results import Certainty
from forestall.web.data.subtracting import can_be_subtracted

if TYPE_CHECKING:
    from forestall.disclosure.safe_table import SafeCell
    from forestall.publication.contents import Publication
    from forestall.results import RatioComparison


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """One of two reports that are compared.

    Attributes
    ----------
    records
        Number of the store: two reports of one store count the same incidents.
    kinds
        The kinds it was limited to; empty for all of them.
    """

    publication: Publication
    records: int
    kinds: frozenset[str]

    @property
    def first(self) -> date:
        """Return its first day."""
        assert self.publication.provenance.first_day is not None
        return self.publication.provenance.first_day

    @property
    def last(self) -> date:
        """Return its last day."""
        assert self.publication.provenance.last_day is not None
        return self.publication.provenance.last_day

    @property
    def days(self) -> int:
        """Return how many days it is about."""
        return (self.last - self.first).days + 1

    @property
    def period(self) -> Period:
        """Return its time in words."""
        return Period(self.first, self.last)

    def months(self) -> set[int]:
        """Return the months of the year that it touches."""
        found: set[int] = set()
        day = self.first
        while day <= self.last and len(found) < 12:
            found.add(day.month)
            day += timedelta(days=1)
        return found


@dataclass(frozen=True, eq=False, kw_only=True)
class Line:
    """One kind of offence in both reports; without a comparison where that would mislead."""

    what: Text
    before: SafeCell
    after: SafeCell
    before_a_day: float | None
    after_a_day: float | None
    comparison: RatioComparison | None

    @property
    def strength(self) -> int:
        """Return how sure the change is, from 0 to 4, for the look of its chip."""
        assert self.comparison is not None
        return strength(self.comparison.certainty)


@dataclass(frozen=True, eq=False, kw_only=True)
class TwoDiagnoses:
    """What changed from one report to another; no lines where `refusal` says why not."""

    before: Side
    after: Side
    lines: tuple[Line, ...] = ()
    warnings: tuple[Message, ...] = ()
    refusal: Message | None = None

    @property
    def sentences(self) -> tuple[Message, ...]:
        """Return one sentence for each kind that is compared."""
        return tuple(
            _sentence(line.what, line.comparison, self)
            for line in self.lines
            if line.comparison is not None
        )


def compare_diagnoses(one: Side, other: Side) -> TwoDiagnoses:
    """Compare two reports, the earlier first.

    The intervals are those of the exact conditional binomial test for two Poisson counts over the
    days of each period.

    Parameters
    ----------
    one, other
        In either order.
    """
    before, after = sorted((one, other), key=lambda side: (side.first, side.last))
    shared = _shared_days(before, after)
    refusal = _refusal(before, after) if shared else None
    if refusal is not None:
        return TwoDiagnoses(before=before, after=after, refusal=refusal)
    lines = _lines(before, after, compared=not shared)
    if not lines:
        refusal = message("The two reports show no kind of crime in common.")
    return TwoDiagnoses(
        before=before,
        after=after,
        lines=lines,
        warnings=_warnings(before, after, lines, shared=shared),
        refusal=refusal,
    )


def _shared_days(before: Side, after: Side) -> int:
    last = min(before.last, after.last)
    return max(0, (last - max(before.first, after.first)).days + 1)


def _refusal(before: Side, after: Side) -> Message | None:
    if before.records != after.records:
        return message(
            "The periods overlap and the records are not of one store; compare periods that share "
            "no day."
        )
    if can_be_subtracted(before.publication, after.publication):
        return message(
            "The periods overlap, and hidden numbers could be worked out by subtracting; compare "
            "periods that share no day."
        )
    return None


def _lines(before: Side, after: Side, *, compared: bool) -> tuple[Line, ...]:
    first, second = (side.publication.tables["offences"] for side in (before, after))
    both = [label for label in first.row_labels if label in set(second.row_labels)]
    cells = [(group_words(str(each)), first.cell(each), second.cell(each)) for each in both]
    if before.kinds == after.kinds == frozenset():
        cells.insert(0, (group_words(ALL_CRIME), first.grand_total, second.grand_total))
    return tuple(_line(what, a, b, before, after, compared=compared) for what, a, b in cells)


def _line(
    what: Text,
    first: SafeCell,
    second: SafeCell,
    before: Side,
    after: Side,
    *,
    compared: bool,
) -> Line:
    return Line(
        what=what,
        before=first,
        after=second,
        before_a_day=_a_day(first, before),
        after_a_day=_a_day(second, after),
        comparison=_comparison(first, second, before, after) if compared else None,
    )


def _comparison(
    first: SafeCell, second: SafeCell, before: Side, after: Side
) -> RatioComparison | None:
    """Compare two numbers that are both shown as they are, neither hidden nor rounded."""
    if {first.status, second.status} != {Status.SHOWN}:
        return None
    if first.number is None or second.number is None or first.number + second.number == 0:
        return None
    return compare_rates(
        before=first.number,
        after=second.number,
        before_days=before.days,
        after_days=after.days,
    )


def _a_day(cell: SafeCell, side: Side) -> float | None:
    return None if cell.number is None else round(cell.number / side.days, 2)


def _warnings(
    before: Side, after: Side, lines: tuple[Line, ...], *, shared: int
) -> tuple[Message, ...]:
    said = []
    if shared:
        said.append(
            plural_message(
                "The periods share {count} day: the same incidents are in both, so no change is "
                "told.",
                "The periods share {count} days: the same incidents are in both, so no change is "
                "told.",
                shared,
            )
        )
    if before.records != after.records:
        said.append(message("The reports are of different stores, which may count differently."))
    if before.months() != after.months():
        said.append(
            message("The periods are of different months, so the season may explain a change.")
        )
    if any(side.publication.provenance.data.get("months_missing") for side in (before, after)):
        said.append(message("One of the files lacks whole months, so numbers a day are too low."))
    compared = sum(line.comparison is not None for line in lines)
    if compared:
        said += [
            _LOOKS.filled(count=compared),
            message("Intervals cover chance only (Poisson counts)."),
        ]
    return tuple(said)


_LOOKS = message(
    "{count} comparisons are made; by chance alone, about one in twenty would look “probable”."
)


def _sentence(what: Text, comparison: RatioComparison, both: TwoDiagnoses) -> Message:
    certainty = comparison.certainty
    finite = 0 < comparison.ratio < float("inf")
    values: dict[str, object] = {
        "what": what,
        "before": both.before.period,
        "after": both.after.period,
        "share": Share(abs(comparison.ratio - 1)) if finite else "",
        "interval": comparison.in_words(),
        "certainty": certainty.words,
    }
    if certainty is Certainty.LITTLE_CHANGED:
        return message(_LITTLE_CHANGED, **values)
    if certainty is Certainty.CHANCE or not finite:
        return message(_BY_CHANCE, **values)
    return message(_FEWER if comparison.ratio < 1 else _MORE, **values)


# The sentences of the report (forestall.diagnosis.comparisons), so that both say it alike.
_LITTLE_CHANGED = (
    "{what}: what was recorded a day in {after} is little changed against {before} ({interval})."
)
_BY_CHANCE = (
    "{what}: the difference a day between {before} and {after} cannot be told from chance "
    "({interval})."
)
_FEWER = (
    "{what}: in {after}, {share} fewer a day were recorded than in {before} "
    "({interval}); {certainty}."
)
_MORE = (
    "{what}: in {after}, {share} more a day were recorded than in {before} "
    "({interval}); {certainty}."
)
