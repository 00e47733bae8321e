"""This file knows which numbers are too small to show, and what may be done about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.errors import UnknownRule
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class Treatment(StrEnum):
    """What happens to small counts; doing nothing is deliberately not a member."""

    SUPPRESS = "suppress"
    ROUND = "round"
    SUPPRESS_AND_ROUND = "suppress-and-round"


class Zeros(StrEnum):
    """Whether a count of zero is shown, or hidden together with the small counts."""

    SHOW = "show"
    HIDE = "hide"


class Margin(StrEnum):
    """The totals that can stand beside a table."""

    ROWS = "rows"
    COLUMNS = "columns"
    TOTAL = "total"


class Status(StrEnum):
    """What happened to one count.

    ``small`` is printed as ``<5``; ``secondary`` as ``[c]``: hidden so that the number beside it
    cannot be worked out; ``left out`` is a total that is not published at all.
    """

    SHOWN = "shown"
    SMALL = "small"
    SECONDARY = "secondary"
    ROUNDED = "rounded"
    LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True)
class DisclosureRule:
    """One rule for every number that is published.

    Parameters
    ----------
    threshold
        The smallest count that is shown; counts from 1 to ``threshold - 1`` are small.
    treatment
        What happens to small counts.
    rounding_base
        Numbers are rounded to the nearest multiple; only with a treatment that rounds, and then
        not below the threshold.
    least_possible_values
        How many whole numbers each hidden count must be able to be, for a reader who knows
        everything that is published.
    zeros
        Whether a count of zero is shown.

    Raises
    ------
    UnknownRule
        If the parts contradict each other or protect nothing.

    Examples
    --------
    >>> DisclosureRule(threshold=10).name
    'threshold-10'
    >>> DisclosureRule(threshold=2)
    Traceback (most recent call last):
    ...
    forestall.errors.UnknownRule: A threshold of 2 leaves a hidden count 1 possible value; the
    rule asks for 3.
    """

    threshold: int = 5
    treatment: Treatment = Treatment.SUPPRESS
    rounding_base: int | None = None
    least_possible_values: int = 3
    zeros: Zeros = Zeros.SHOW

    def __post_init__(self) -> None:
        _check_members(self)
        _check_threshold(self)
        _check_rounding(self)

    @property
    def smallest_small(self) -> int:
        """Return the smallest count that is hidden: 1, or 0 where zeros are hidden too."""
        return 0 if self.zeros is Zeros.HIDE else 1

    @property
    def suppresses(self) -> bool:
        """Say whether small counts are hidden."""
        return self.treatment is not Treatment.ROUND

    def readers_limits(self, status: Status, number: int | None) -> tuple[int, int | None]:
        """Return the smallest and largest count that a reader can think of; None for no limit.

        Examples
        --------
        >>> DisclosureRule().readers_limits(Status.SMALL, None)
        (1, 4)
        >>> DisclosureRule().readers_limits(Status.SECONDARY, None)
        (5, None)
        """
        if status is Status.SMALL:
            return self.smallest_small, self.threshold - 1
        if status is Status.SECONDARY:
            return self.threshold, None
        if status is Status.LEFT_OUT or number is None:
            return 0, None
        if status is Status.SHOWN or self.rounding_base is None:
            return number, number
        low = max(number - self.rounding_base // 2, self.threshold if self.suppresses else 0)
        return low, number - self.rounding_base // 2 + self.rounding_base - 1

    @property
    def name(self) -> str:
        """Return the name by which `rule_named` finds it, as far as a name can say it."""
        parts = [f"threshold-{self.threshold}"] if self.suppresses else []
        return "-".join(parts + ([f"rounding-{self.rounding_base}"] if self.rounding_base else []))

    @property
    def words(self) -> Message:
        """Return the rule in one sentence for readers."""
        return {
            Treatment.SUPPRESS: message(
                "Numbers below {threshold} are hidden, with their neighbours where needed.",
                threshold=self.threshold,
            ),
            Treatment.ROUND: message(
                "Numbers are rounded to the nearest {base}.", base=self.rounding_base
            ),
            Treatment.SUPPRESS_AND_ROUND: message(
                "Numbers below {threshold} are hidden, with their neighbours where needed; "
                "all others are rounded to the nearest {base}.",
                threshold=self.threshold,
                base=self.rounding_base,
            ),
        }[self.treatment]


def rule_named(name: str) -> DisclosureRule:
    """Return the rule of a name such as ``threshold-5`` or ``threshold-5-rounding-5``.

    There is no name for doing nothing.

    Raises
    ------
    UnknownRule
        If no rule has the name.

    Examples
    --------
    >>> rule_named("threshold-5") == DisclosureRule()
    True
    >>> rule_named("rounding-5").treatment
    <Treatment.ROUND: 'round'>
    >>> rule_named("off")
    Traceback (most recent call last):
    ...
    forestall.errors.UnknownRule: There is no disclosure rule “off”; rules are named like
    threshold-5, rounding-5 or threshold-5-rounding-5, with whole numbers of up to four digits.
    """
    found = re.fullmatch(r"(?:threshold-([0-9]{1,4}))?(-?)(?:rounding-([0-9]{1,4}))?", str(name))
    if not found or bool(found[2]) != bool(found[1] and found[3]) or not str(name):
        raise UnknownRule(
            f"There is no disclosure rule “{name}”; rules are named like threshold-5, "
            "rounding-5 or threshold-5-rounding-5, with whole numbers of up to four digits."
        )
    threshold, base = (int(part) if part else None for part in (found[1], found[3]))
    if base is None:
        assert threshold is not None
        return DisclosureRule(threshold=threshold)
    treatment = Treatment.SUPPRESS_AND_ROUND if threshold else Treatment.ROUND
    return DisclosureRule(threshold=threshold or base, treatment=treatment, rounding_base=base)


def known_rule(rule: DisclosureRule | str) -> DisclosureRule:
    """Return the rule itself, or the rule of that name; anything else stops the work."""
    if isinstance(rule, DisclosureRule):
        return rule
    if isinstance(rule, str):
        return rule_named(rule)
    raise UnknownRule(f"A disclosure rule or its name is needed, not {type(rule).__name__}.")


def _check_members(rule: DisclosureRule) -> None:
    for value, kind in ((rule.treatment, Treatment), (rule.zeros, Zeros)):
        if not isinstance(value, kind):
            known = ", ".join(member.value for member in kind)
            raise UnknownRule(f"There is no {kind.__name__.lower()} “{value}”; there is: {known}.")
    for name in ("threshold", "least_possible_values", "rounding_base"):
        number = getattr(rule, name)
        if number is None and name == "rounding_base":
            continue
        if type(number) is not int or number < 2:
            raise UnknownRule(f"The {name} must be a whole number of at least 2, not {number}.")


def _check_threshold(rule: DisclosureRule) -> None:
    possible = rule.threshold - rule.smallest_small
    if possible < rule.least_possible_values:
        raise UnknownRule(
            f"A threshold of {rule.threshold} leaves a hidden count {possible} possible "
            f"{'value' if possible == 1 else 'values'}; "
            f"the rule asks for {rule.least_possible_values}."
        )


def _check_rounding(rule: DisclosureRule) -> None:
    base = rule.rounding_base
    if (rule.treatment is Treatment.SUPPRESS) != (base is None):
        raise UnknownRule(
            f"The treatment “{rule.treatment.value}” "
            f"{'needs a' if base is None else 'takes no'} rounding base."
        )
    if base is not None and base < rule.threshold:
        raise UnknownRule(
            f"Rounding to {base} would show numbers below the threshold of {rule.threshold}."
        )
    if base is not None and (base + 1) // 2 < rule.least_possible_values:
        raise UnknownRule(
            f"Rounding to {base} leaves a count shown as 0 only {(base + 1) // 2} possible values; "
            f"the rule asks for {rule.least_possible_values}."
        )
