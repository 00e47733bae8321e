"""An average of 30 studies with its intervals, against R metafor and, where installed, PyMARE.

Run with ``python benchmarks/synthesis_speed.py``. The promise: no slower than R's ``rma`` for the
numbers, and no slower than PyMARE where it is there (it is no dependency; see decision 19). All
take turns, so that other work on the machine slows them alike; medians are printed. Ours is timed
twice: the numbers alone, as the others give them, and the whole call with checks, table and
caveats. R is timed inside R, without its start; where Rscript or metafor is missing, that line is
left out.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.between_studies import Between, fit_between, predicted_interval
from forestall._stats.heterogeneity import generalised_q, profile_interval
from forestall.evidence.metrics import Favours, RateRatio
from forestall.evidence.studies import Source, StudyEffect
from forestall.evidence.synthesis import synthesise_effects
from forestall.evidence.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

STUDIES, ROUNDS, EACH = 30, 7, 50
_R = """
suppressMessages(library(metafor))
yi <- scan("stdin", quiet = TRUE); n <- length(yi) / 2; vi <- yi[(n + 1):(2 * n)]; yi <- yi[1:n]
once <- function() {{ found <- rma(yi, vi, test = "knha"); predict(found); confint(found) }}
invisible(once())
cat(system.time(for (i in 1:{each}) once())[["elapsed"]] / {each})
"""


def made_up_studies() -> tuple[np.ndarray, np.ndarray]:
    """Return effects and variances of studies of different sizes."""
    generator = np.random.default_rng(1)
    variances = generator.uniform(0.005, 0.2, STUDIES)
    return generator.normal(-0.15, np.sqrt(variances + 0.1)), variances


def as_effects(numbers: np.ndarray, variances: np.ndarray) -> list[StudyEffect]:
    """Return the same as records of studies."""
    return [
        StudyEffect(
            key=f"s{place}",
            study=f"Study {place}",
            intervention="made up",
            outcome=Outcome.CRIME,
            outcome_words="burglary",
            effect=RateRatio(float(number)),
            standard_error=float(np.sqrt(variance)),
            favours=Favours.BELOW,
            direction="below 1 = fewer",
            source=Source(address="https://example.org", quotation="made up"),
        )
        for place, (number, variance) in enumerate(zip(numbers, variances, strict=True))
    ]


def our_numbers(numbers: np.ndarray, variances: np.ndarray) -> float:
    """Return the average after working out all that metafor's calls give."""
    design = np.ones((numbers.size, 1))
    fit = fit_between(numbers, variances, design, estimator=Between.REML)
    error = float(np.sqrt(fit.adjusted_covariance[0, 0]))
    average = float(fit.coefficients[0])
    predicted_interval(average, error=error, spread=fit.tau2, freedom=fit.freedom, level=0.95)
    profile_interval(numbers, variances, design)
    generalised_q(numbers, variances, design)
    return average


def pymare_way(numbers: np.ndarray, variances: np.ndarray) -> Callable[[], object] | None:
    """Return PyMARE's way, None where it is not installed."""
    try:
        from pymare import Dataset
        from pymare.estimators import VarianceBasedLikelihoodEstimator as Estimator
    except ImportError:
        return None

    def once() -> object:
        studies = Dataset(numbers[:, None], variances[:, None])
        found = Estimator(method="REML").fit_dataset(studies).summary()
        return found.get_fe_stats(), found.get_re_stats(), found.get_heterogeneity_stats()

    return once


def seconds_in_r(numbers: np.ndarray, variances: np.ndarray) -> float | None:
    """Return seconds of one of metafor's, timed inside R; None where it is missing."""
    if shutil.which("Rscript") is None:
        return None
    text = " ".join(f"{one:.17g}" for one in np.concatenate([numbers, variances]))
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", _R.format(each=EACH)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return float(done.stdout) if done.returncode == 0 else None


def seconds(work: Callable[[], object]) -> float:
    """Time one of many runs."""
    start = time.perf_counter()
    for _ in range(EACH):
        work()
    return (time.perf_counter() - start) / EACH


def main() -> None:
    """Print milliseconds and ratios."""
    numbers, variances = made_up_studies()
    effects = as_effects(numbers, variances)
    ways: dict[str, Callable[[], object]] = {
        "ours, numbers": lambda: our_numbers(numbers, variances),
        "ours, whole call": lambda: synthesise_effects(effects),
    }
    theirs = pymare_way(numbers, variances)
    if theirs is not None:
        ways["PyMARE"] = theirs
    for way in ways.values():
        way()
    times: dict[str, list[float]] = {name: [] for name in (*ways, "metafor")}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(seconds(way))
        of_r = seconds_in_r(numbers, variances)
        times["metafor"].extend([] if of_r is None else [of_r])
    medians = {name: statistics.median(taken) for name, taken in times.items() if taken}
    for name, median in medians.items():
        ratio = median / medians["ours, numbers"]
        print(f"{name:>18}: {1000 * median:7.2f} ms, {ratio:5.1f} times ours")


if __name__ == "__main__":
    main()
