"""This file knows differences in differences with weighted comparison places and periods."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import stdtr

from forestall.errors import CannotAnswer
from forestall.estimates.estimates import Engine, ErrorKind
from forestall.evaluation.panels import Measure
from forestall.evaluation.panels.loading import load_library
from forestall.evaluation.synthetic.expected_effects import (
    CHOSEN_AT_A_PEAK,
    FEW_INCIDENTS,
    AgainstExpected,
    check_enough,
)
from forestall.evaluation.synthetic.roles import find_roles
from forestall.languages import Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Collection

    import altair as alt
    from numpy.typing import NDArray

    from forestall.estimates.effects import CountDifference, LogRatio, RateDifference
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.panels import Panel
    from forestall.evaluation.synthetic.roles import Roles

    FloatArray = NDArray[np.float64]

_LEAST_COMPARISON = 8
_METHODS = {ErrorKind.PERMUTATION: "placebo", ErrorKind.JACKKNIFE: "jackknife"}
_POOR_FIT = "Pre-treatment fit is poor"


@dataclass(frozen=True, eq=False, kw_only=True)
class SyntheticDifferences(Result):
    """Treated places beside weighted others, whose level may differ and whose course may not.

    ``table`` has one row per period: ``period``, ``recorded`` (mean of the treated places),
    ``expected`` (of the weighted places, moved to their level), ``weight`` (of the periods before),
    ``after``.

    Attributes
    ----------
    effect
        Recorded over expected, over all treated places and periods with the measure.
    difference
        Recorded less expected: incidents in all, or rates on average.
    donors
        ``place`` and ``weight``, the largest first.
    """

    effect: Estimate[LogRatio]
    difference: Estimate[CountDifference] | Estimate[RateDifference]
    donors: pd.DataFrame

    def summary(self) -> str:
        """Return the effect in one plain sentence."""
        return self.effect.summary()

    def plot(self) -> alt.LayerChart:
        """Return what was recorded and what the weighted places let expect."""
        from forestall._charts import path_chart

        return path_chart(
            self.table,
            titles={"recorded": say("recorded"), "expected": say("expected without the measure")},
        )


def estimate_synthetic_difference_in_differences(
    panel: Panel,
    *,
    error: ErrorKind = ErrorKind.PERMUTATION,
    leave_out: Collection[str] = (),
    draws: int = 500,
    seed: int,
) -> SyntheticDifferences:
    """Estimate an effect from weighted comparison places and weighted periods before.

    Weighted places follow the course of the treated places before the measure; their level may
    differ. Weighted periods before are like those after. The difference of the two changes is the
    effect of a place and period; it is added up over treated places and periods.

    Parameters
    ----------
    panel
        Counts of places of similar size, or rates; the measure came everywhere at the same time.
    error
        PERMUTATION for placebos: as many comparison places, drawn again and again; they must vary
        as the treated ones do. JACKKNIFE leaves out one place after the other and needs at least
        two treated places.
    leave_out
        Names of places that are not compared, such as neighbours.
    draws
        Of placebos.
    seed
        Of the draws.

    Raises
    ------
    CannotAnswer
        If there are too few places, periods or incidents, or the panel has exposure (use rates).

    Notes
    -----
    Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111; ridge of
    the places ``(treated places × periods after)^¼ × sd of changes``, of the periods ``10⁻⁶ × sd``.
    Intervals use Student's t with one degree of freedom less than comparison places (placebos) or
    treated places (jackknife).

    Examples
    --------
    >>> from forestall.evaluation.synthetic.example import example_panel
    >>> found = estimate_synthetic_difference_in_differences(example_panel(treated=3), seed=1)
    >>> round(found.effect.effect.ratio, 2), found.effect.certainty.value
    (0.64, 'clear')
    """
    _check_panel(panel)
    roles = find_roles(panel, leave_out=leave_out, least_comparison=_LEAST_COMPARISON)
    _check_places(roles, error)
    found, said = _fit(roles, error, draws=draws, seed=seed)
    after = panel.outcome[roles.treated][:, roles.after]
    recorded, cells = float(after.sum()), after.size
    expected = recorded - float(found.att) * cells
    counted = panel.measure is Measure.COUNTS
    check_enough(recorded, expected, is_counted=counted)
    against = _against(found, roles, error, (recorded, expected, cells))
    rows = np.r_[roles.treated, roles.comparison]
    incidents = float(panel.outcome[rows].sum()) if counted else None
    parts = (panel, roles.sample(incidents=incidents), _engine(error))
    return SyntheticDifferences(
        table=_period_table(found, roles),
        caveats=_caveats(roles, error, said, (recorded, expected)),
        made_by="estimate_synthetic_difference_in_differences("
        f"error={error.name}, leave_out={sorted(leave_out)!r}, draws={draws}, seed={seed})",
        effect=against.ratio(*parts),
        difference=against.difference(*parts),
        donors=_donor_table(found, roles),
    )


def _check_panel(panel: Panel) -> None:
    if panel.measure is Measure.LOGARITHMS:
        raise CannotAnswer(
            "Synthetic difference-in-differences needs counts or rates, not logarithms of them."
        )
    if panel.exposure is not None:
        raise CannotAnswer(
            "Synthetic difference-in-differences takes no exposure; make a panel of rates instead."
        )


def _check_places(roles: Roles, error: ErrorKind) -> None:
    if error not in _METHODS:
        raise ValueError("error is ErrorKind.PERMUTATION or ErrorKind.JACKKNIFE.")
    treated, others = len(roles.treated), len(roles.comparison)
    if error is ErrorKind.JACKKNIFE and treated < 2:
        raise CannotAnswer(
            "A jackknife needs at least 2 places with the measure, but there is 1; "
            "use error=ErrorKind.PERMUTATION."
        )
    if error is ErrorKind.PERMUTATION and others <= treated:
        raise CannotAnswer(
            f"Placebos need more comparison places than places with the measure, but there are "
            f"{others} and {treated}; use error=ErrorKind.JACKKNIFE."
        )


def _fit(roles: Roles, error: ErrorKind, *, draws: int, seed: int) -> tuple[Any, list[Message]]:
    rows = np.r_[roles.treated, roles.comparison]
    width = len(roles.panel.periods)
    table = pd.DataFrame(
        {
            "place": np.repeat(np.arange(len(rows)), width),
            "period": np.tile(np.arange(width), len(rows)),
            "outcome": roles.panel.outcome[rows].ravel(),
            "treated": np.repeat((np.arange(len(rows)) < len(roles.treated)).astype(int), width),
        }
    )
    library = load_library("diff_diff")
    method = library.SyntheticDiD(variance_method=_METHODS[error], n_bootstrap=draws, seed=seed)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = method.fit(
            table,
            "outcome",
            "treated",
            "place",
            "period",
            post_periods=list(range(roles.first, width)),
        )
    said = []
    for one in warned:
        if str(one.message).startswith(_POOR_FIT):
            said.append(message(_FOLLOWS_POORLY))
        else:
            warnings.warn(one.message, stacklevel=4)
    if not found.se > 0:
        raise CannotAnswer("These places give no error of the effect; more of them are needed.")
    return found, said


def _against(
    found: Any, roles: Roles, error: ErrorKind, sums: tuple[float, float, int]
) -> AgainstExpected:
    recorded, expected, cells = sums
    places = roles.treated if error is ErrorKind.JACKKNIFE else roles.comparison
    freedom = len(places) - 1
    return AgainstExpected(
        recorded=recorded,
        expected=expected,
        error=float(found.se) * cells,
        halves=(),
        p_value=float(2 * stdtr(freedom, -abs(float(found.att) / float(found.se)))),
        degrees_of_freedom=freedom,
        error_kind=error,
        cells=cells,
    )


def _engine(error: ErrorKind) -> Engine:
    return Engine(
        method=f"synthetic difference-in-differences, {_METHODS[error]}",
        software="diff-diff",
        version=load_library("diff_diff").__version__,
    )


def _period_table(found: Any, roles: Roles) -> pd.DataFrame:
    outcomes, width = roles.panel.outcome, len(roles.panel.periods)
    recorded = outcomes[roles.treated].mean(axis=0)
    mixed = _weights(found.unit_weights, len(roles.treated), roles) @ outcomes[roles.comparison]
    periods = np.zeros(width)
    for period, weight in found.time_weights.items():
        periods[int(period)] = weight
    level = float(periods @ (recorded - mixed)) / periods.sum()
    return pd.DataFrame(
        {
            "period": roles.panel.periods,
            "recorded": recorded,
            "expected": mixed + level,
            "weight": periods,
            "after": np.arange(width) >= roles.first,
        }
    )


def _weights(by_place: dict[Any, float], shift: int, roles: Roles) -> FloatArray:
    weights = np.zeros(len(roles.comparison))
    for place, weight in by_place.items():
        weights[int(place) - shift] = weight
    return weights


def _donor_table(found: Any, roles: Roles) -> pd.DataFrame:
    weights = _weights(found.unit_weights, len(roles.treated), roles)
    donors = pd.DataFrame({"place": roles.names(roles.comparison), "weight": weights})
    kept = donors[donors["weight"] > 0]
    # Weights that differ by rounding alone stand in the order of the places, on any computer.
    heaviest = kept["weight"].round(9).sort_values(ascending=False, kind="stable").index
    return kept.loc[heaviest].reset_index(drop=True)


def _caveats(
    roles: Roles, error: ErrorKind, said: list[Message], sums: tuple[float, float]
) -> tuple[Message, ...]:
    found = [message(_RESTS_ON), message(CHOSEN_AT_A_PEAK), *roles.caveats(), *said]
    if error is ErrorKind.PERMUTATION:
        found.append(message(_ALIKE))
    if roles.panel.measure is Measure.COUNTS and min(sums) < FEW_INCIDENTS:
        found.append(message(_FEW, most=FEW_INCIDENTS))
    return tuple(found)


_FOLLOWS_POORLY = (
    "The weighted places follow the treated ones poorly before the measure; do not rely on this "
    "effect alone."
)
_RESTS_ON = (
    "The effect rests on the treated places changing as the weighted comparison places did, had "
    "there been no measure."
)
_ALIKE = (
    "The error supposes that places with the measure vary as much as the others; places of "
    "unequal size do not."
)
_FEW = (
    "Fewer than {most} incidents were recorded or expected with the measure; chance alone moves "
    "such numbers much."
)
