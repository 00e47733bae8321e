"""This file knows the record of what one review, or one text on one study, says of an effect.

The figures, quotations and notes are those of the text that was read. What they mean for a city
(finding, problem, setting, kind of text) is our reading of it, kept beside them and never in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.evidence.vocabulary import (
    Approach,
    Design,
    Finding,
    Kind,
    Level,
    Outcome,
    Population,
    Problem,
    Setting,
    levels_of,
)

if TYPE_CHECKING:
    from forestall.evidence.appraisal import Concern
    from forestall.evidence.metrics import EffectSize, Favours
    from forestall.evidence.studies import Source


class Net(StrEnum):
    """Whether a figure is set against a comparison."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not stated"


@dataclass(frozen=True, kw_only=True)
class OtherFigure:
    """A figure that is no effect size, such as a share of studies; it is shown, never averaged."""

    metric: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Our reading of a text, with the words that it rests on.

    Attributes
    ----------
    intervention
        Key in the catalogue.
    is_restated
        Whether the text restates figures of another that was not seen.
    net
        Whether figures are set against a comparison.
    favours
        On which side of no difference the number is good; None without an effect size.
    side_effects
        Outcomes that the text names besides, each with what it found.
    because
        The words of the text that finding and concerns rest on.
    """

    intervention: str
    kind: Kind
    design: Design
    is_restated: bool
    net: Net
    favours: Favours | None
    finding: Finding
    outcome: Outcome
    problems: tuple[Problem, ...]
    settings: tuple[Setting, ...]
    populations: tuple[Population, ...]
    side_effects: tuple[tuple[Outcome, Finding], ...]
    concerns: tuple[Concern, ...]
    because: str

    @property
    def levels(self) -> tuple[Level, ...]:
        """Return on what the measure works: people, families, schools, places, areas and so on."""
        return levels_of(self.settings)


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What a text says besides the number, in its own language; empty where it says nothing."""

    problems: str = ""
    setting: str = ""
    heterogeneity: str = ""
    quality: str = ""
    mechanism: str = ""
    moderators: str = ""
    implementation: str = ""
    economics: str = ""
    unintended: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewFinding:
    """What one text says of one effect.

    Attributes
    ----------
    key
        Names the record.
    name
        The intervention as the text names it.
    text_type
        What kind of text it is, in the words of the table it came from.
    effect, interval
        The figure and the limits of its 95 % interval; None where the text seen has none.
    published_range
        The lowest and highest of several figures, which is no interval.
    other
        A figure that is no effect size.
    direction
        What the sign means, in words.
    studies, effects
        How many were reviewed; None where the text seen does not say.
    """

    key: str
    name: str
    text_type: str
    approaches: tuple[Approach, ...]
    is_law_enforcement: bool
    effect: EffectSize | None
    interval: tuple[EffectSize, EffectSize] | None
    published_range: tuple[EffectSize | None, EffectSize | None] | None
    other: OtherFigure | None
    direction: str
    studies: int | None
    effects: int | None
    year: int | None
    source: Source
    second_quotation: str
    notes: Notes
    reading: Reading

    def __post_init__(self) -> None:
        if not self.direction.strip():
            raise ValueError(f"“{self.key}” does not say what the sign of its number means.")
        if self.effect is not None and self.reading.favours is None:
            raise ValueError(f"“{self.key}” has a number, but not on which side it is good.")
        if self.effect is not None and self.interval is not None:
            low, high = self.interval
            if not low.number <= self.effect.number <= high.number:
                raise ValueError(f"The interval of “{self.key}” does not hold its estimate.")

    @property
    def is_pooled(self) -> bool:
        """Say whether several studies stand behind the number."""
        return self.reading.kind is Kind.META_ANALYSIS

    @property
    def is_compared(self) -> bool:
        """Say whether the text sets the measure against what happens without it.

        A raw change, an association and a count of studies do not.
        """
        read = self.reading
        return (
            read.kind in (Kind.META_ANALYSIS, Kind.REVIEW, Kind.SINGLE_STUDY)
            and read.net is not Net.NO
            and read.design not in (Design.BEFORE_AFTER, Design.ASSOCIATION)
        )

    @property
    def is_harmful(self) -> bool:
        """Say whether the outcome was worse with the measure, as a programme and not a marker."""
        return self.reading.finding is Finding.HARMFUL and self.reading.kind is not Kind.ASSOCIATION
