"""This file knows what goes with larger and smaller effects: a line through studies.

Sources: Knapp & Hartung (2003), Statistics in Medicine 22; López-López, Marín-Martínez,
Sánchez-Meca, Van den Noortgate & Viechtbauer (2014), British Journal of Mathematical and
Statistical Psychology 67, for the share explained; Cochrane Handbook, chapter 10, for ten studies
for each coefficient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.between_studies import Between, fit_between, joint_test
from forestall._stats.cluster_robust import robust_errors
from forestall._stats.heterogeneity import generalised_q, typical_variance
from forestall._stats.regression import t_interval, t_p_value
from forestall._stats.variance_components import fit_mixed_model
from forestall.errors import CannotSynthesise
from forestall.evidence.synthesis.averages import Model, check_nested, numbers_of
from forestall.evidence.synthesis.checks import check_can_be_averaged
from forestall.evidence.synthesis.moderator_columns import columns_of, with_moderators
from forestall.languages import Decimal, Listing, Sentences, Share, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt
    from numpy.typing import NDArray

    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis.moderator_columns import Column
    from forestall.languages import Message

    FloatArray = NDArray[np.float64]

STUDIES_EACH = 10


@dataclass(frozen=True, eq=False, kw_only=True)
class MetaRegression(Result):
    """A line through the effects of studies.

    ``table`` has a row for the level and for each coefficient: ``moderator`` ("" for the level),
    ``group``, ``reference`` (for groups), ``coefficient``, ``standard_error``, ``low``, ``high``
    (on the scale of the metric; below 0 is better), ``degrees_of_freedom``, ``p_value``.

    Attributes
    ----------
    effects
        How many entered.
    tau2, tau2_without
        Variance between effects with the moderators, and without them.
    explained
        Share of the variance that the moderators explain, 0 to 1; None where there was none.
    q, q_freedom
        What is left between effects, against chance.
    p_value
        Of all coefficients being 0 together; None where studies give several effects and there is
        more than one coefficient.
    """

    moderators: tuple[str, ...]
    effects: int
    tau2: float
    tau2_without: float
    explained: float | None
    i2: float
    q: float
    q_freedom: int
    p_value: float | None

    def summary(self) -> str:
        """Return how much goes with the moderators, and whether it can be told from chance."""
        names = Listing(list(self.moderators))
        if self.explained is None:
            share = message("Effects differ by no more than chance; there is nothing to explain.")
        else:
            share = message(
                "{share} of the differences between true effects goes with {names}.",
                share=Share(self.explained),
                names=names,
            )
        return str(Sentences((share, *self._test())))

    def _test(self) -> tuple[Message, ...]:
        if self.p_value is None:
            return ()
        shown = Decimal(max(self.p_value, 0.001), 3)
        if self.p_value < 0.05:
            return (message("By chance so much would be rare (p {p}).", p=shown),)
        return (message("It cannot be told from chance (p {p}).", p=shown),)

    def plot(self) -> alt.LayerChart:
        """Return the coefficients with their intervals."""
        from forestall._charts import forest_chart

        rows = self.table[self.table["moderator"] != ""]
        names = rows["moderator"] + rows["group"].map(lambda group: f": {group}" if group else "")
        shown = rows.assign(study=names, effect=rows["coefficient"], weight=1.0, kind="study")
        return forest_chart(shown, none=0.0, title=str(message("better | worse")))


def explain_by_moderators(
    effects: Iterable[StudyEffect],
    *,
    moderators: Sequence[str],
    variance: Between = Between.REML,
    level: float = 0.95,
) -> MetaRegression:
    """Fit a line of effects on what is recorded of their studies.

    Numbers enter as they are, groups against the most frequent one. Effects of which one of the
    moderators is not known are left out. Errors are Knapp and Hartung's, or CR2 by study where
    studies give several effects. Studies were not drawn by lot to a moderator: what goes with it
    need not be due to it.

    Parameters
    ----------
    moderators
        Keys of `StudyEffect.moderators`; also ``year`` and ``design``.

    Raises
    ------
    CannotSynthesise
        As for `synthesise_effects`; if a moderator is not known or never differs, two say the same,
        or there are too few studies for the coefficients.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> found = explain_by_moderators(made_up_effects(), moderators=["homes"])
    >>> found.table[["group", "coefficient", "p_value"]].round(2).values.tolist()
    [['', -0.02, 0.79], ['terraced houses', -0.3, 0.03]]
    """
    if not moderators:
        raise ValueError("A line through studies needs the name of a moderator.")
    given = tuple(effects)
    check_can_be_averaged(given)
    known = with_moderators(given, moderators)
    if len(known) < len(given):
        check_can_be_averaged(known)
    columns = [column for name in moderators for column in columns_of(known, name)]
    design = np.column_stack([np.ones(len(known)), *(column.values for column in columns)])
    _check_design(known, design, columns)
    line = _fit(known, design, variance)
    return MetaRegression(
        table=_table(columns, line, level),
        caveats=_caveats(len(given) - len(known), line, columns, moderators),
        made_by=f"explain_by_moderators(moderators={list(moderators)!r}, "
        f"variance=Between.{variance.name}, level={level:g})",
        moderators=tuple(moderators),
        effects=len(known),
        tau2=line.tau2,
        tau2_without=line.tau2_without,
        explained=line.explained,
        i2=line.tau2 / (line.tau2 + typical_variance(line.sampling, design)),
        q=generalised_q(line.numbers, line.sampling, design),
        q_freedom=int(design.shape[0] - design.shape[1]),
        p_value=line.p_value,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Line:
    numbers: FloatArray
    sampling: FloatArray
    design: FloatArray
    coefficients: FloatArray
    covariance: FloatArray
    freedom: FloatArray
    tau2: float
    tau2_without: float
    studies: int
    is_nested: bool

    @property
    def explained(self) -> float | None:
        before = self.tau2_without
        return max(1 - self.tau2 / before, 0.0) if before > 0 else None

    @property
    def p_value(self) -> float | None:
        if self.is_nested and self.coefficients.size > 2:
            return None
        return joint_test(
            self.coefficients[1:], self.covariance[1:, 1:], freedom=float(self.freedom[1])
        )


def _fit(effects: Sequence[StudyEffect], design: FloatArray, variance: Between) -> _Line:
    numbers, sampling, studies = numbers_of(effects)
    apart, one = int(np.unique(studies).size), np.ones((numbers.size, 1))
    if apart < numbers.size:
        check_nested(Model.RANDOM, variance)
        layers = [studies, np.arange(numbers.size)]
        fit = fit_mixed_model(numbers, sampling, design, layers)
        robust = robust_errors(fit, studies)
        tau2 = float(fit.components.sum())
        without = float(fit_mixed_model(numbers, sampling, one, layers).components.sum())
        coefficients, covariance = fit.coefficients, robust.covariance
        freedom = robust.degrees_of_freedom
    else:
        line = fit_between(numbers, sampling, design, estimator=variance)
        without = fit_between(numbers, sampling, one, estimator=variance).tau2
        tau2, coefficients, covariance = line.tau2, line.coefficients, line.adjusted_covariance
        freedom = np.full(design.shape[1], float(line.freedom))
    return _Line(
        numbers=numbers,
        sampling=sampling,
        design=design,
        coefficients=coefficients,
        covariance=covariance,
        freedom=freedom,
        tau2=tau2,
        tau2_without=without,
        studies=apart,
        is_nested=apart < numbers.size,
    )


def _check_design(
    effects: Sequence[StudyEffect], design: FloatArray, columns: Sequence[Column]
) -> None:
    _, _, studies = numbers_of(effects)
    apart = int(np.unique(studies).size)
    if apart < design.shape[1] + 1:
        raise CannotSynthesise(
            message(
                "{columns} coefficients need {needed} studies or more, but there are {studies}.",
                columns=design.shape[1],
                needed=design.shape[1] + 1,
                studies=apart,
            )
        )
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise CannotSynthesise(
            message(
                "Some of these moderators say the same of every study: {names}.",
                names=Listing(list(dict.fromkeys(column.moderator for column in columns))),
            )
        )


def _table(columns: Sequence[Column], line: _Line, level: float) -> pd.DataFrame:
    rows = []
    for place, column in enumerate([None, *columns]):
        coefficient = float(line.coefficients[place])
        error, freedom = float(np.sqrt(line.covariance[place, place])), float(line.freedom[place])
        low, high = t_interval(coefficient, error, degrees_of_freedom=freedom, level=level)
        rows.append(
            {
                "moderator": column.moderator if column else "",
                "group": column.level if column else "",
                "reference": column.reference if column else "",
                "coefficient": coefficient,
                "standard_error": error,
                "low": low,
                "high": high,
                "degrees_of_freedom": freedom,
                "p_value": t_p_value(coefficient, error, degrees_of_freedom=freedom),
            }
        )
    return pd.DataFrame(rows)


def _caveats(
    left_out: int, line: _Line, columns: Sequence[Column], moderators: Sequence[str]
) -> tuple[Message, ...]:
    said = [_NOT_DUE_TO_IT]
    if line.studies < STUDIES_EACH * len(columns):
        said.append(
            message(
                "There are {studies} studies for {columns} coefficients; ten studies for each are "
                "the least that is advised.",
                studies=line.studies,
                columns=len(columns),
            )
        )
    if left_out:
        said.append(
            plural_message(
                "{count} effect is left out because {names} is not known of it.",
                "{count} effects are left out because {names} is not known of them.",
                left_out,
                names=Listing(list(moderators)),
            )
        )
    if len(columns) > 1:
        said.append(_SEVERAL)
    return tuple(said)


_NOT_DUE_TO_IT = message(
    "Nobody drew lots which study has which moderator: what goes with it need not be due to it."
)
_SEVERAL = message(
    "Several coefficients were looked at; about one in twenty would look probable by chance alone."
)
