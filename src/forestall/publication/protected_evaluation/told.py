"""This file knows which estimates of an evaluation may be told, and with how many digits.

An estimate from a few counts is told where each of them is shown. One from many places and months
that nobody prints is told where their sums are shown, before and after; with the digits that are
left it tells nothing about a single month.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.disclosure import rule_named
from forestall.evaluation.effects_register import NotLookedFor
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.evaluation.programmes.found import Method
from forestall.evaluation.programmes.side_effects import look_at_kinds
from forestall.languages import Decimal, Message, Number, Share, message
from forestall.publication.evaluation_labels import COMPARISON, TREATED, WHEN, ring_label
from forestall.publication.protected.coarse import DIGITS
from forestall.publication.protected_evaluation.counts import all_shown, needed_for

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from forestall.disclosure import DisclosureRule, SafeTable
    from forestall.evaluation.effects_register import RegisterEntry, UnintendedEffects
    from forestall.evaluation.programmes.found import ProgrammeEvaluation
    from forestall.publication.protected_evaluation import ProtectedEvaluation

# Of fewer numbers each may be worked out from what is told of all.
_LEAST_NUMBERS = 20
_TABLE_OF = {"offence": "kinds", "weekday": "weekdays", "time_of_day": "times"}


@dataclass(frozen=True, eq=False)
class ToldEvaluation:
    """An evaluation with its protected tables: says what may be told of it.

    Names are "comparison" (the four counts of the primary outcome, at every variance), "treated
    alone", "comparison alone", "net", "trend", "harm", "series", "costs", "holm" (p-values that
    allow for all outcomes, of which each tells about the others); ``("ring", 1)``,
    ``("kind", "offence", "Theft", "treated")``, ``("outcome", "burglary")`` (its four counts),
    ``("outcome", "burglary", method)``, and a `Method` with what it found of the primary outcome.
    """

    evaluation: ProgrammeEvaluation
    safe: ProtectedEvaluation

    @property
    def counts(self) -> Mapping[str, SafeTable]:
        """Return the protected tables by the name of their files."""
        return self.safe.tables

    def may_tell(self, name: Hashable) -> bool:
        """Say whether an estimate may be told; what has no answer has nothing to tell.

        Raises
        ------
        KeyError
            If there is no estimate of the name.
        """
        if isinstance(name, Method):
            return self._by_method(name)
        if isinstance(name, tuple):
            return self._one_of(*name)
        return {
            "comparison": self._four,
            "treated alone": self._shown(TREATED),
            "comparison alone": self._shown(COMPARISON),
            "net": self._all_counts,
            "trend": self._all_counts,
            "harm": self.safe.harm is not None,
            "holm": self._every_outcome,
            "series": self.safe.months is not None,
            "costs": self._priced and not isinstance(self.evaluation.costs, Unanswered),
        }[str(name)]

    def why(self, name: Hashable) -> Message:
        """Return why an estimate is not told."""
        return _HIDDEN

    def safe_to_say(self, said: Iterable[Message]) -> tuple[Message, ...]:
        """Leave out sentences with numbers worked out from counts, where these are not shown."""
        kept = tuple(dict.fromkeys(said))
        if self.may_tell("comparison"):
            return kept
        return tuple(
            one
            for one in kept
            if one.count is None and not any(map(_is_number, one.values.values()))
        )

    def number(self, value: float | None) -> float | None:
        """Return a number with the digits that may be told; None for what is no number.

        Examples
        --------
        >>> from forestall.publication.evaluation_example import example_told
        >>> example_told().number(0.716345)
        0.7163
        """
        if value is None or not math.isfinite(value):
            return None
        return float(f"{value:.{DIGITS}g}")

    @cached_property
    def _four(self) -> bool:
        answered = not isinstance(self.evaluation.primary.comparison, Unanswered)
        return answered and self._shown(TREATED) and self._shown(COMPARISON)

    @cached_property
    def _every_outcome(self) -> bool:
        return all(
            self.may_tell(("outcome", one.outcome.name))
            for one in self.evaluation.outcomes
            if not isinstance(one.comparison, Unanswered)
        )

    @cached_property
    def _priced(self) -> bool:
        """Say whether the effect that is priced may be told: with rings, the net one."""
        rings = not isinstance(self.evaluation.primary.displacement, Unanswered)
        return self._four and (self._all_counts or not rings)

    @cached_property
    def _all_counts(self) -> bool:
        labels = [str(label) for label in self.safe.counts.row_labels]
        return len(labels) > 2 and all(self._shown(label) for label in labels)

    def _shown(self, label: str) -> bool:
        return all_shown(self.safe.counts, [(label, when) for when in WHEN])

    def _by_method(self, method: Method) -> bool:
        if method is Method.FOUR_COUNTS:
            return self._four
        if method is Method.INTERRUPTED_SERIES:
            return self.may_tell("series")
        found = next(
            (one.found for one in self.evaluation.primary.specifications if one.method is method),
            None,
        )
        if found is None or isinstance(found, Unanswered):
            return False
        return self._four and found.sample.observations >= _LEAST_NUMBERS

    def _one_of(self, sort: str, *rest: Hashable) -> bool:
        if sort == "ring":
            label = ring_label(int(str(rest[0])))
            return all_shown(self.safe.counts, needed_for(label, self.safe.counts))
        if sort == "kind":
            by, kind, where = rest
            table = getattr(self.safe, _TABLE_OF[str(by)])
            return _has_ratio(table, "kind", str(kind), f"{where} after")
        if sort == "outcome":
            method = rest[1] if len(rest) > 1 else Method.FOUR_COUNTS
            if rest[0] == self.evaluation.primary.outcome.name:
                return self.may_tell(method)
            # Months and places of other outcomes are not protected, so only four counts are told.
            return method is Method.FOUR_COUNTS and _has_ratio(
                self.safe.outcomes, "outcome", str(rest[0]), "treated after"
            )
        raise KeyError(sort)


def told_in(evaluation: ProgrammeEvaluation, *, rule: DisclosureRule | str) -> ToldEvaluation:
    """Return what may be told of an evaluation under a disclosure rule.

    Raises
    ------
    UnsafeToPublish
        If the counts that the evaluation rests on cannot be protected.
    UnknownRule
        If there is no such rule.

    Examples
    --------
    >>> from forestall.publication.evaluation_example import example_evaluation
    >>> told = told_in(example_evaluation(), rule="threshold-5")
    >>> told.may_tell("comparison"), told.may_tell(("kind", "offence", "Arson", "treated"))
    (True, False)
    """
    from forestall.publication.protected_evaluation import protect_evaluation

    known = rule_named(rule) if isinstance(rule, str) else rule
    told = ToldEvaluation(evaluation, protect_evaluation(evaluation, rule=known))
    return replace(told, evaluation=replace(evaluation, register=_told_register(told)))


def _told_register(told: ToldEvaluation) -> UnintendedEffects:
    """Leave out of the register what was found from hidden counts: yes or no tells of them too."""
    register = told.evaluation.register
    entries = tuple(
        entry if entry.effect in told.evaluation.spec.findings else _told_entry(told, entry)
        for entry in register.entries
    )
    return replace(register, entries=entries)


def _told_entry(told: ToldEvaluation, entry: RegisterEntry) -> RegisterEntry:
    if isinstance(entry.looked, NotLookedFor):
        return entry
    hidden = replace(entry, looked=NotLookedFor(why=_HIDDEN))
    if entry.effect in _RESTS_ON:
        return entry if told.may_tell(_RESTS_ON[entry.effect]) else hidden
    moved = told.evaluation.primary.by_kind.get("offence")
    is_of_kinds = entry.effect is UnintendedEffect.MOVED_TO_OTHER_KINDS
    if not is_of_kinds or moved is None or isinstance(moved, Unanswered):
        return entry
    may = [
        told.may_tell(("kind", "offence", str(kind), str(where)))
        for kind, where in zip(moved.table["kind"], moved.table["where"], strict=True)
    ]
    if not any(may):
        return hidden
    return entry if all(may) else replace(entry, looked=look_at_kinds(moved.table[may]))


_RESTS_ON = {
    UnintendedEffect.MOVED_NEARBY: "net",
    UnintendedEffect.BENEFIT_NEARBY: "net",
    UnintendedEffect.SERIOUSNESS: "harm",
}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Share | Decimal | Number)


def _has_ratio(table: SafeTable | None, row: str, label: str, cell: str) -> bool:
    if table is None:
        return False
    frame = table.frame
    found = frame[(frame[row] == label) & (frame["cell"] == cell)]
    return bool(found["ratio"].notna().any())


_HIDDEN = message("Some of the counts it is made of are hidden to protect small numbers.")
