"""This file knows where evidence is missing: interventions by outcomes, with harm columns shown.

After the evidence gap maps of 3ie (Snilstveit et al. 2016, Journal of Clinical Epidemiology 79): an
absolute gap has no study, a synthesis gap has studies but no recent review of good quality. Gaps
are computed from the records, never typed in. A map recommends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from forestall.evidence.appraisal import Concern
from forestall.evidence.bodies import BodyOfEvidence, body_of
from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.interventions import Role, interventions
from forestall.evidence.library import Evidence, packaged_evidence
from forestall.evidence.vocabulary import Finding, Outcome
from forestall.languages import Listing, Message, Sentences, message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from forestall.evidence.appraisal import CertaintyOfEvidence
    from forestall.evidence.interventions import Intervention
    from forestall.evidence.reviews import ReviewFinding

COLUMNS = tuple(outcome for outcome in Outcome if outcome is not Outcome.OTHER)


class Gap(StrEnum):
    """What is missing in a cell of the map."""

    ABSOLUTE = "absolute gap"
    SYNTHESIS = "synthesis gap"
    NONE = "no gap"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _GAPS[self]


@dataclass(frozen=True, eq=False, kw_only=True)
class GapCell:
    """What is known of one intervention and one outcome.

    ``texts`` counts what reviews and single studies say, ``local`` the city's own evaluations,
    ``reviews`` the recent ones of good quality, ``studies`` the most that one text rests on.
    ``did_harm`` says whether a text on this outcome found it worse with the measure.
    """

    intervention: Intervention
    outcome: Outcome
    texts: int
    reviews: int
    studies: int
    local: int
    finding: Finding
    certainty: CertaintyOfEvidence | None
    gap: Gap
    did_harm: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class GapMap(Result):
    """Interventions by outcomes: how much is known, how surely, and what is missing.

    ``table`` has a row for each cell: ``intervention``, ``name``, ``law_enforcement``, ``outcome``,
    ``texts``, ``reviews`` (recent and of good quality), ``studies`` (the most that one text rests
    on), ``local``, ``finding``, ``certainty`` (empty where nothing is judged), ``gap``.

    Attributes
    ----------
    cells
        Row by row, outcomes in the order of ``outcomes``.
    recent_since
        The year from which a review is recent.
    """

    cells: tuple[GapCell, ...]
    outcomes: tuple[Outcome, ...]
    recent_since: int

    @property
    def rows(self) -> tuple[tuple[Intervention, tuple[GapCell, ...]], ...]:
        """Return each intervention with its cells; law enforcement last, for comparison."""
        width = len(self.outcomes)
        cut = [self.cells[at : at + width] for at in range(0, len(self.cells), width)]
        return tuple((cells[0].intervention, cells) for cells in cut)

    @property
    def empty_outcomes(self) -> tuple[Outcome, ...]:
        """Return the outcomes that no text on any intervention has measured."""
        return tuple(
            outcome
            for outcome in self.outcomes
            if all(one.gap is Gap.ABSOLUTE for one in self.cells if one.outcome is outcome)
        )

    def counted(self, gap: Gap) -> int:
        """Return how many cells have this gap."""
        return sum(one.gap is gap for one in self.cells)

    def summary(self) -> str:
        """Return how much is missing, and what nobody has measured."""
        said = [
            message(
                "Of {cells} cells, {absolute} hold no study and {synthesis} hold studies without "
                "a recent review.",
                cells=len(self.cells),
                absolute=self.counted(Gap.ABSOLUTE),
                synthesis=self.counted(Gap.SYNTHESIS),
            )
        ]
        if self.empty_outcomes:
            said.append(
                message(
                    "For no measure has anybody reported: {outcomes}.",
                    outcomes=Listing(tuple(one.words for one in self.empty_outcomes)),
                )
            )
        return str(Sentences(tuple(said)))

    def plot(self) -> alt.Chart | alt.LayerChart:
        """Draw a circle in each cell with texts: its size tells how many, its colour how sure."""
        from forestall._charts.gaps import gap_chart

        return gap_chart(
            pd.DataFrame(
                {
                    "intervention": [str(one.intervention.name) for one in self.cells],
                    "outcome": [str(one.outcome.words) for one in self.cells],
                    "texts": [one.texts for one in self.cells],
                    "certainty": [
                        "" if one.certainty is None else str(one.certainty.level.words)
                        for one in self.cells
                    ],
                }
            )
        )


def map_gaps(
    evidence: Evidence | None = None,
    *,
    outcomes: Sequence[Outcome] = COLUMNS,
    as_of: int | None = None,
    recent_years: int = 10,
) -> GapMap:
    """Map what is known of each intervention and outcome, and what is missing.

    Parameters
    ----------
    evidence
        What is known; the packaged evidence when None.
    outcomes
        The columns; harms are among them so that it is seen when nobody looked.
    as_of, recent_years
        A review is recent when it is so many years old, or fewer, in this year. The newest year in
        the evidence when None; ten years are our choice.

    Raises
    ------
    ValueError
        If there is no outcome, or the number of years is below 1.

    Examples
    --------
    >>> found = map_gaps()
    >>> cells = {(one.intervention.key, one.outcome.value): one for one in found.cells}
    >>> cells["street-lighting", "crime"].gap.value, cells["street-lighting", "stigma"].gap.value
    ('no gap', 'absolute gap')
    """
    if not outcomes or recent_years < 1:
        raise ValueError("A gap map needs an outcome, and at least one year that is recent.")
    known = evidence or packaged_evidence()
    newest = max((one.year for one in known.reviews if one.year), default=0)
    since = (newest if as_of is None else as_of) - recent_years
    cells = tuple(
        _cell(known, one, outcome, since) for one in _in_order(known) for outcome in outcomes
    )
    return GapMap(
        table=_table(cells),
        caveats=_caveats(since),
        made_by=f"map_gaps(as_of={as_of}, recent_years={recent_years})",
        cells=cells,
        outcomes=tuple(outcomes),
        recent_since=since,
    )


def _in_order(evidence: Evidence) -> list[Intervention]:
    known = set(evidence.interventions)
    shown = [one for one in interventions() if one.key in known and one.role is not Role.FACTOR]
    return sorted(shown, key=lambda one: one.is_law_enforcement)


def _cell(evidence: Evidence, intervention: Intervention, outcome: Outcome, since: int) -> GapCell:
    body = body_of(evidence, intervention.key, outcome)
    texts = _texts(evidence, body)
    good = [one for one in body.reviews if _is_good(one, since)]
    local = sum(one.is_local for one in body.effects)
    return GapCell(
        intervention=intervention,
        outcome=outcome,
        texts=len(texts),
        reviews=len(good),
        studies=max([one.studies or 1 for one in texts], default=local),
        local=local,
        finding=body.finding,
        certainty=certainty_of_body(body),
        did_harm=bool(body.harmful),
        gap=Gap.NONE if good else Gap.SYNTHESIS if texts or body.effects else Gap.ABSOLUTE,
    )


def _texts(evidence: Evidence, body: BodyOfEvidence) -> tuple[ReviewFinding, ...]:
    """Return the texts that say something of the outcome, as their main outcome or besides."""
    said = {one.key: one for one in (*body.findings, *(one for one, _ in body.side_findings))}
    if body.outcome is Outcome.COST:
        said |= {
            one.key: one for one in evidence.reviews_of(body.intervention) if one.notes.economics
        }
    return tuple(said.values())


def _is_good(finding: ReviewFinding, since: int) -> bool:
    """Say whether a review is recent, in its own words, and without a concern about bias."""
    return (
        finding.year is not None
        and finding.year >= since
        and not finding.reading.is_restated
        and Concern.RISK_OF_BIAS not in finding.reading.concerns
    )


def _table(cells: tuple[GapCell, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "intervention": [one.intervention.key for one in cells],
            "name": [str(one.intervention.name) for one in cells],
            "law_enforcement": [one.intervention.is_law_enforcement for one in cells],
            "outcome": [one.outcome.value for one in cells],
            "texts": [one.texts for one in cells],
            "reviews": [one.reviews for one in cells],
            "studies": [one.studies for one in cells],
            "local": [one.local for one in cells],
            "finding": [one.finding.value if one.texts else "" for one in cells],
            "certainty": [
                "" if one.certainty is None else one.certainty.level.name.lower().replace("_", "-")
                for one in cells
            ],
            "gap": [one.gap.value for one in cells],
        }
    )


def _caveats(since: int) -> tuple[Message, ...]:
    return (
        message(
            "A review counts as recent from {year} on, and as good where it is in its own words "
            "and raises no concern about bias.",
            year=str(since),
        ),
        _OTHERS,
        _AS_PACKAGED,
        _NO_ADVICE,
    )


_OTHERS = message("Studies of other outcomes, such as school or work, are not on the map.")
_AS_PACKAGED = message(
    "The map shows the texts that are in this collection; others exist, and an empty cell may be "
    "ours."
)
_NO_ADVICE = message("A gap map recommends nothing: much evidence may say that a measure harms.")
_GAPS = {
    Gap.ABSOLUTE: message("no study"),
    Gap.SYNTHESIS: message("studies, but no recent review"),
    Gap.NONE: message("a recent review"),
}
