"""This file knows models with a level for each place and each period, fitted by pyfixest.

Sources: Correia, Guimarães & Zylkin (2020), Stata Journal 20, for Poisson; Cameron & Miller (2015),
Journal of Human Resources 50, for errors by cluster. The degrees of freedom of R fixest are asked
for by name: the default of the library differs for weighted Poisson models.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.errors import CannotAnswer
from forestall.evaluation.panels.loading import load_library
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


class Model(StrEnum):
    """How the outcome of a panel is modelled."""

    POISSON = "fixed-effects Poisson"
    LEAST_SQUARES = "fixed-effects least squares"


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """Coefficients of the named columns, and their covariance by cluster."""

    names: tuple[str, ...]
    coefficients: FloatArray
    covariance: FloatArray
    observations: int
    version: str

    def of(self, name: str) -> tuple[float, float]:
        """Return a coefficient and its standard error."""
        place = self.names.index(name)
        return float(self.coefficients[place]), float(np.sqrt(self.covariance[place, place]))


def fit_fixed_effects(rows: pd.DataFrame, columns: Sequence[str], *, model: Model) -> Fitted:
    """Fit the columns with levels of places and periods, errors by cluster (CRV1).

    Parameters
    ----------
    rows
        ``place``, ``period``, ``outcome``, ``cluster``, the columns, and where there are any
        ``exposure`` and ``weight``; nothing missing.

    Raises
    ------
    CannotAnswer
        If a column cannot be told apart from the levels, or the fit does not end.
    """
    library = load_library("pyfixest")
    known = rows.rename(columns={name: f"x{place}" for place, name in enumerate(columns)})
    formula = f"outcome ~ {' + '.join(f'x{place}' for place in range(len(columns)))}"
    settings: dict[str, Any] = {
        "vcov": {"CRV1": "cluster"},
        "ssc": library.ssc(k_fixef="nonnested", G_df="min"),
        "weights": "weight" if "weight" in known else None,
        "fixef_rm": "none",
    }
    if model is Model.POISSON:
        settings |= {"iwls_tol": 1e-10, "iwls_maxiter": 200, "separation_check": []}
        if "exposure" in known:
            known = known.assign(log_exposure=np.log(known["exposure"]))
            settings["offset"] = "log_exposure"
    elif "exposure" in known:
        known = known.assign(outcome=known["outcome"] / known["exposure"])
    fitter = library.fepois if model is Model.POISSON else library.feols
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = fitter(f"{formula} | place + period", known, **settings)
    except (ValueError, RuntimeError, np.linalg.LinAlgError, ZeroDivisionError) as wrong:
        raise CannotAnswer(NO_FIT) from wrong
    return _fitted(found, columns, library.__version__)


def _fitted(found: Any, columns: Sequence[str], version: str) -> Fitted:
    # The public accessors take roots of variances, which fail where a fit is perfect.
    kept = list(found._coefnames)
    lost = [name for place, name in enumerate(columns) if f"x{place}" not in kept]
    if lost:
        raise CannotAnswer(message(_NOT_APART, name=lost[0]))
    coefficients = np.asarray(found._beta_hat, dtype=float)
    covariance = np.asarray(found._vcov, dtype=float)
    if not (np.isfinite(coefficients).all() and np.isfinite(covariance).all()):
        raise CannotAnswer(NO_FIT)
    np.fill_diagonal(covariance, np.maximum(np.diag(covariance), 0.0))
    return Fitted(
        names=tuple(columns),
        coefficients=coefficients,
        covariance=covariance,
        observations=int(found._N),
        version=f"pyfixest {version}",
    )


NO_FIT = message(
    "The model of levels of places and periods cannot be fitted to these outcomes; "
    "there may be too few incidents."
)
_NOT_APART = (
    "“{name}” cannot be told apart from the levels of places and periods; places with the measure "
    "and places without it are needed in the same period."
)
