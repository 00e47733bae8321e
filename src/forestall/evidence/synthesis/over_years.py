"""This file knows how an average grew as studies came out, year by year.

Source: Lau, Antman, Jimenez-Silva, Kupelnick, Mosteller & Chalmers (1992), New England Journal of
Medicine 327.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.errors import CannotSynthesise
from forestall.evidence.synthesis.averages import average_effects
from forestall.evidence.synthesis.checks import study_name
from forestall.evidence.synthesis.rows import average_row, forest_of
from forestall.languages import message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.evidence.synthesis.averages import Average
    from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis


@dataclass(frozen=True, eq=False, kw_only=True)
class Accumulation(Result):
    """The average of all studies up to each year.

    ``table`` has a row for each year from the second study on: ``year``, ``studies``, ``effect``,
    ``low``, ``high``, ``new_low``, ``new_high`` (for a new place), ``p_value``, ``tau2``, ``i2``,
    ``certainty``.
    """

    last: Average

    def summary(self) -> str:
        """Return where the average began and where it stands."""
        kind = type(self.last.effect)
        first, last = self.table.iloc[0], self.table.iloc[-1]
        return str(
            message(
                "From {begin} to {end} the average went from {first} to {last}.",
                begin=str(first["year"]),
                end=str(last["year"]),
                first=kind.from_published(first["effect"]).shown(),
                last=kind.from_published(last["effect"]).shown(),
            )
        )

    def plot(self) -> alt.LayerChart:
        """Return the average of each year under each other."""
        rows = self.table.assign(study=self.table["year"].astype(str))
        return forest_of(rows, self.last, None)


def accumulate_by_year(synthesis: EffectSynthesis) -> Accumulation:
    """Average the studies up to each year, in the same way as the whole synthesis.

    Raises
    ------
    CannotSynthesise
        If fewer than two studies have a year.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> from forestall.evidence.synthesis.effect_synthesis import synthesise_effects
    >>> found = accumulate_by_year(synthesise_effects(made_up_effects()))
    >>> print(found.summary())
    From 2013 to 2021 the average went from 0.73 to 0.82.
    """
    dated = [one for one in synthesis.effects if one.year is not None]
    rows, last = [], None
    for year in sorted({one.year for one in dated if one.year is not None}):
        known = [one for one in dated if one.year is not None and one.year <= year]
        if len({study_name(one) for one in known}) < 2:
            continue
        last = average_effects(known, synthesis.choices)
        rows.append({"year": year, "studies": last.studies, **average_row(last)})
    if last is None:
        raise CannotSynthesise(
            message(
                "An average by year needs two studies with a year, but there are {count}.",
                count=len({study_name(one) for one in dated}),
            )
        )
    undated = len(synthesis.effects) - len(dated)
    without = plural_message(
        "{count} effect without a year is left out.",
        "{count} effects without a year are left out.",
        undated,
    )
    return Accumulation(
        table=pd.DataFrame(rows),
        caveats=(*([without] if undated else []), _MANY_LOOKS),
        made_by="accumulate_by_year(synthesis)",
        last=last.average,
    )


_MANY_LOOKS = message(
    "Each year is one more look; an average that is probable once may be so by chance."
)
