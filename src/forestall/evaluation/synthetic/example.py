"""This file knows a made-up panel for the examples: forty places, one or several with a measure."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forestall.evaluation.panels import Panel


def example_panel(*, treated: int = 1, places: int = 40, seed: int = 7) -> Panel:
    """Return counts of 36 months, in the last 12 of which a measure lets 40 % fewer happen.

    Parameters
    ----------
    treated
        How many places, the first ones, have the measure.
    places
        How many places there are.
    seed
        Of the counts.

    Examples
    --------
    >>> panel = example_panel()
    >>> len(panel.places), len(panel.periods), int(panel.treated.sum())
    (40, 36, 12)
    """
    generator = np.random.default_rng(seed)
    levels = 10 + 20 * generator.random(places)
    levels[:treated] = 20
    season = 1 + 0.2 * np.sin(np.arange(36) / 6 * np.pi)
    has_measure = np.zeros((places, 36), dtype=bool)
    has_measure[:treated, 24:] = True
    expected = levels[:, None] * season * np.where(has_measure, 0.6, 1.0)
    return Panel(
        places=tuple(f"P{number:02d}" for number in range(places)),
        periods=pd.date_range("2021-01-01", periods=36, freq="MS"),
        outcome=generator.poisson(expected).astype(float),
        treated=has_measure,
        outcome_name="Theft",
    )
