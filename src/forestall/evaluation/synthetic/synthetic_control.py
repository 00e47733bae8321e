"""This file knows what a place would have had without a measure, by a mixture of other places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.placebo import rank_among_placebos
from forestall.errors import CannotAnswer
from forestall.estimates.estimates import Engine
from forestall.evaluation.panels import Measure
from forestall.evaluation.panels.loading import load_library
from forestall.evaluation.synthetic.control_caveats import control_caveats
from forestall.evaluation.synthetic.control_checks import dates_before, without_each_donor
from forestall.evaluation.synthetic.control_fit import FitBefore, check_fit, measure_fit
from forestall.evaluation.synthetic.expected_effects import against_placebos, check_enough
from forestall.evaluation.synthetic.mixtures import gaps_of_all, read_series, weigh_donors
from forestall.evaluation.synthetic.roles import find_roles
from forestall.languages import say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Collection

    import altair as alt
    from numpy.typing import NDArray

    from forestall.estimates.effects import CountDifference, LogRatio, RateDifference
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.panels import Panel
    from forestall.evaluation.synthetic.mixtures import Gaps, Series
    from forestall.evaluation.synthetic.roles import Roles

    FloatArray = NDArray[np.float64]

_LEAST_DONORS = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class SyntheticControl(Result):
    """One place beside a mixture of others that followed it before the measure.

    ``table`` has one row per period: ``period``, ``recorded``, ``expected`` (of the mixture),
    ``gap``, ``after``.

    Attributes
    ----------
    effect
        Recorded over expected, over all periods with the measure.
    difference
        Recorded less expected: incidents in all, or rates on average.
    donors
        ``place`` and ``weight``, the largest first; a place without weight is not in it.
    fit
        How well the mixture followed the place before.
    placebos
        Every place in the role of the treated one: ``place``, ``treated``, ``mspe_before``,
        ``mspe_after`` (mean squared gaps), ``mspe_ratio``, ``standard_gap`` (mean gap after in
        units of the error before).
    mspe_ratio_p_value
        Share of places whose gaps grew as much or more, the treated one included; both sides,
        because squares have none.
    dates_before
        What is found if the measure had come at earlier dates: ``period``, ``ratio``, ``p_value``.
    without_each_donor
        The effect without one of the donors: ``place``, ``weight``, ``ratio``.
    """

    effect: Estimate[LogRatio]
    difference: Estimate[CountDifference] | Estimate[RateDifference]
    donors: pd.DataFrame
    fit: FitBefore
    placebos: pd.DataFrame
    mspe_ratio_p_value: float
    dates_before: pd.DataFrame
    without_each_donor: pd.DataFrame

    def summary(self) -> str:
        """Return the effect in one plain sentence."""
        return self.effect.summary()

    def plot(self) -> alt.LayerChart:
        """Return what was recorded and what the mixture lets expect."""
        from forestall._charts import path_chart

        return path_chart(
            self.table,
            titles={"recorded": say("recorded"), "expected": say("expected without the measure")},
        )


def estimate_synthetic_control(
    panel: Panel, *, leave_out: Collection[str] = ()
) -> SyntheticControl:
    """Estimate an effect in one place from a mixture of others that followed it before.

    Weights from 0 that sum to 1 bring the outcomes of the comparison places, all periods before the
    measure, as near to those of the treated place as they can. Every other place is then treated as
    if it had the measure. The p-value of the effect is the rank of its standardised mean gap among
    those of all places, two-sided; intervals turn this test around.

    Parameters
    ----------
    panel
        Counts (with exposure where places differ in size) or rates; one place has the measure.
    leave_out
        Names of places that are not compared, such as neighbours.

    Raises
    ------
    CannotAnswer
        If there are fewer than 6 periods before or 5 comparison places, if the mixture is more than
        a quarter off the place before the measure, or if there are too few incidents.

    Notes
    -----
    Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association 105;
    intervals after Firpo & Possebom (2018), Journal of Causal Inference 6(2).

    Examples
    --------
    >>> from forestall.evaluation.synthetic.example import example_panel
    >>> found = estimate_synthetic_control(example_panel())
    >>> round(found.effect.effect.ratio, 2), round(found.difference.effect.number)
    (0.67, -83)
    """
    if panel.measure is Measure.LOGARITHMS:
        raise CannotAnswer("A synthetic control needs counts or rates, not logarithms of them.")
    roles = find_roles(panel, leave_out=leave_out, least_comparison=_LEAST_DONORS)
    if len(roles.treated) > 1:
        raise CannotAnswer(
            f"A synthetic control needs one place with the measure, but there are "
            f"{len(roles.treated)}; match_comparison_places takes several."
        )
    series = read_series(roles)
    weights = weigh_donors(series)
    expected = weights @ series.outcomes[1:]
    fit = measure_fit(series, expected, is_counted=panel.measure is Measure.COUNTS)
    check_fit(fit)
    gaps = gaps_of_all(series, weights)
    return _answer(roles, series, weights, gaps, fit, made_by=f"leave_out={sorted(leave_out)!r}")


def _answer(
    roles: Roles,
    series: Series,
    weights: FloatArray,
    gaps: Gaps,
    fit: FitBefore,
    *,
    made_by: str,
) -> SyntheticControl:
    panel, after = roles.panel, roles.after
    expected = series.outcomes[0] - gaps.gaps[0]
    sums = float(series.outcomes[0, after].sum()), float(expected[after].sum())
    check_enough(*sums, is_counted=panel.measure is Measure.COUNTS)
    among = rank_among_placebos(float(gaps.standard[0]), gaps.standard[1:])
    against = against_placebos(
        *sums,
        among=among,
        unit=float(gaps.scale[0]) * roles.periods_after,
        placebos=len(roles.comparison),
        cells=roles.periods_after,
    )
    counted = panel.measure is Measure.COUNTS
    incidents = float(panel.outcome[np.r_[roles.treated, roles.comparison]].sum())
    parts = (panel, roles.sample(incidents=incidents if counted else None), _engine())
    placebos = _placebo_table(roles, gaps)
    earlier = dates_before(series, roles)
    return SyntheticControl(
        table=_period_table(roles, series.outcomes[0], expected),
        caveats=control_caveats(roles, fit, among, sums, earlier),
        made_by=f"estimate_synthetic_control({made_by})",
        effect=against.ratio(*parts),
        difference=against.difference(*parts),
        donors=_donor_table(roles, weights),
        fit=fit,
        placebos=placebos,
        mspe_ratio_p_value=_share_as_large(placebos["mspe_ratio"].to_numpy()),
        dates_before=earlier,
        without_each_donor=without_each_donor(series, weights, roles),
    )


def _engine() -> Engine:
    return Engine(
        method="synthetic control, outcomes before only, placebos in space",
        software="diff-diff",
        version=load_library("diff_diff").__version__,
    )


def _share_as_large(ratios: FloatArray) -> float:
    return float((ratios >= ratios[0] * (1 - 1e-9)).mean())


def _period_table(roles: Roles, recorded: FloatArray, expected: FloatArray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": roles.panel.periods,
            "recorded": recorded,
            "expected": expected,
            "gap": recorded - expected,
            "after": np.arange(len(recorded)) >= roles.first,
        }
    )


def _donor_table(roles: Roles, weights: FloatArray) -> pd.DataFrame:
    donors = pd.DataFrame({"place": roles.names(roles.comparison), "weight": weights})
    kept = donors[donors["weight"] > 0]
    # Weights that differ by rounding alone stand in the order of the places, on any computer.
    heaviest = kept["weight"].round(9).sort_values(ascending=False, kind="stable").index
    return kept.loc[heaviest].reset_index(drop=True)


def _placebo_table(roles: Roles, gaps: Gaps) -> pd.DataFrame:
    before, after = gaps.squared()
    rows = np.r_[roles.treated, roles.comparison]
    # A fit without any gap is compared by the rounding of its numbers, not by a division by 0.
    least = 1e-12 * (1 + before.max())
    return pd.DataFrame(
        {
            "place": roles.names(rows),
            "treated": np.arange(len(rows)) == 0,
            "mspe_before": before,
            "mspe_after": after,
            "mspe_ratio": after / np.maximum(before, least),
            "standard_gap": gaps.standard,
        }
    )
