"""This file knows how much an average hangs on single studies.

Source: Viechtbauer & Cheung (2010), Research Synthesis Methods 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.between_studies import fit_between, fit_common
from forestall._stats.influence import influences_of
from forestall.errors import CannotSynthesise
from forestall.evidence.synthesis.averages import Model, average_effects, numbers_of
from forestall.evidence.synthesis.checks import study_name
from forestall.evidence.synthesis.rows import average_row, forest_of
from forestall.languages import Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.evidence.synthesis.averages import Average
    from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis
    from forestall.languages import Message


@dataclass(frozen=True, eq=False, kw_only=True)
class LeaveOneOut(Result):
    """The average without each study in turn.

    ``table`` has a row for each study: ``study`` (left out), ``studies`` (left), ``effect``,
    ``low``, ``high``, ``new_low``, ``new_high`` (for a new place), ``p_value``, ``tau2``, ``i2``,
    ``certainty``.
    """

    whole: Average

    def summary(self) -> str:
        """Return how far the average moves, and whether one study makes it sure."""
        least, most = self.table["effect"].min(), self.table["effect"].max()
        kind = type(self.whole.effect)
        said = [
            message(
                "Without one study at a time, the average lies between {low} and {high}.",
                low=kind.from_published(least).shown(),
                high=kind.from_published(most).shown(),
            ),
            self._who_matters(),
        ]
        return str(Sentences(tuple(said)))

    def _who_matters(self) -> Message:
        others = self.table[self.table["certainty"] != self.whole.certainty.value]
        if others.empty:
            return message("No single study changes how sure it is.")
        return plural_message(
            "{count} single study changes how sure it is: {study}.",
            "{count} single studies change how sure it is, the first is {study}.",
            len(others),
            study=others["study"].iloc[0],
        )

    def plot(self) -> alt.LayerChart:
        """Return the averages without each study, over the whole average."""
        return forest_of(self.table, self.whole, None)


def leave_one_out(synthesis: EffectSynthesis) -> LeaveOneOut:
    """Average again without each study in turn; all effects of a study leave together.

    Raises
    ------
    CannotSynthesise
        If there are fewer than three studies.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> from forestall.evidence.synthesis.effect_synthesis import synthesise_effects
    >>> found = leave_one_out(synthesise_effects(made_up_effects()))
    >>> print(found.summary())
    Without one study at a time, the average lies between 0.78 and 0.86. 2 single studies
    change how sure it is, the first is South (2014).
    """
    _check_three(synthesis)
    rows = []
    for name in dict.fromkeys(map(study_name, synthesis.effects)):
        kept = [one for one in synthesis.effects if study_name(one) != name]
        left_out = next(one for one in synthesis.effects if study_name(one) == name)
        found = average_effects(kept, synthesis.choices)
        rows.append({"study": left_out.study, "studies": found.studies, **average_row(found)})
    return LeaveOneOut(
        table=pd.DataFrame(rows),
        caveats=(),
        made_by="leave_one_out(synthesis)",
        whole=synthesis.average,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Influence(Result):
    """What each study does to the average.

    ``table`` has a row for each study: ``study``, ``deleted_residual`` (distance from the average
    of the others, in standard errors), ``dffits``, ``cooks_distance``, ``covariance_ratio``,
    ``deleted_tau2``, ``deleted_q``, ``hat``, ``dfbetas``, ``weight``, ``stands_out``.
    """

    def summary(self) -> str:
        """Return which studies stand out, and that this is no reason to drop them."""
        out = self.table[self.table["stands_out"]]
        if out.empty:
            return str(message("No study stands out by what it does to the average."))
        return str(
            plural_message(
                "{count} study stands out by what it does to the average: {study}; look at how it "
                "differs before deciding anything.",
                "{count} studies stand out by what they do to the average, the first is {study}; "
                "look at how they differ before deciding anything.",
                len(out),
                study=out["study"].iloc[0],
            )
        )

    def plot(self) -> alt.LayerChart:
        """Return the distance of each study from the average of the others."""
        from forestall._charts import influence_chart

        return influence_chart(
            self.table, title=str(message("standard errors from the average of the others"))
        )


def measure_influence(synthesis: EffectSynthesis) -> Influence:
    """Measure what each study does to the average, the variance between studies and the error.

    Deleted residuals are those of the source, without Knapp and Hartung's factor; the other
    measures have it where the synthesis has.

    Raises
    ------
    CannotSynthesise
        If there are fewer than three studies, or a study gives several effects.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> from forestall.evidence.synthesis.effect_synthesis import synthesise_effects
    >>> found = measure_influence(synthesise_effects(made_up_effects()))
    >>> found.table[["study", "deleted_residual"]].round(2).values.tolist()[:2]
    [['North (2011)', -1.43], ['East (2013)', -0.13]]
    """
    _check_three(synthesis)
    if synthesis.averaged.is_nested:
        raise CannotSynthesise(
            message(
                "Influence needs one effect per study: choose it (--one-per-study), or leave one "
                "study out at a time."
            )
        )
    numbers, sampling, _ = numbers_of(synthesis.effects)
    design = np.ones((numbers.size, 1))
    fixed = synthesis.choices.model is Model.FIXED
    estimator = None if fixed else synthesis.choices.variance
    if estimator is None:
        fit = fit_common(numbers, sampling, design)
    else:
        fit = fit_between(numbers, sampling, design, estimator=estimator)
    found = influences_of(fit, estimator=estimator)
    return Influence(
        table=pd.DataFrame(
            {
                "study": [one.study for one in synthesis.effects],
                "deleted_residual": found.deleted_residuals,
                "dffits": found.fitted_changes,
                "cooks_distance": found.distances,
                "covariance_ratio": found.covariance_ratios,
                "deleted_tau2": found.deleted_tau2,
                "deleted_q": found.deleted_q,
                "hat": found.hats,
                "dfbetas": found.coefficient_changes,
                "weight": synthesis.averaged.weights,
                "stands_out": found.stands_out,
            }
        ),
        caveats=(_ONE_IN_TWENTY,),
        made_by="measure_influence(synthesis)",
    )


def _check_three(synthesis: EffectSynthesis) -> None:
    if synthesis.averaged.studies < 3:
        raise CannotSynthesise(
            message(
                "Leaving one study out needs three or more, but there are {count}.",
                count=synthesis.averaged.studies,
            )
        )


_ONE_IN_TWENTY = message(
    "About one study in twenty lies two standard errors from the average by chance alone."
)
