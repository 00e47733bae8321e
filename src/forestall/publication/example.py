"""This file knows a small made-up town, for the examples and tests of everything published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import diagnose
from forestall.disclosure import rule_named
from forestall.publication.protected import protect_diagnosis
from forestall.publication.report import Setting, build_report
from forestall.records import Incidents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.diagnosis import Diagnosis
    from forestall.publication.blocks import Document

USUAL_KINDS = {"Burglary": 260, "Bicycle theft": 190, "Robbery": 40, "Arson": 3}
_WEST, _SOUTH, _SIZE_M = 450_000.0, 520_000.0, 4_000.0


def example_incidents(
    *, kinds: Mapping[str, int] | None = None, months: int = 8, clock: str = "minute"
) -> Incidents:
    """Return made-up incidents: half of each kind around one centre, half anywhere.

    Parameters
    ----------
    kinds
        Kind of offence to number of incidents.
    months
        Months they are spread over, from January 2024 on.
    clock
        "minute" when times are known, "day" when only days are.

    Examples
    --------
    >>> example_incidents(kinds={"Burglary": 30}).count_rows()
    30
    """
    chance = np.random.default_rng(20020724)
    parts = [
        _of_kind(chance, label, number, months=months, clock=clock)
        for label, number in (kinds or USUAL_KINDS).items()
    ]
    return Incidents.from_frame(
        pd.concat(parts, ignore_index=True),
        x="x",
        y="y",
        crs="EPSG:27700",
        starts_at="starts_at",
        offence="offence",
    )


def example_diagnosis(
    *, kinds: Mapping[str, int] | None = None, months: int = 8, clock: str = "minute"
) -> Diagnosis:
    """Return the diagnosis of made-up incidents; see `example_incidents`.

    Examples
    --------
    >>> example_diagnosis().crimes_total
    493
    """
    return diagnose(example_incidents(kinds=kinds, months=months, clock=clock), cell_m=500)


def example_report(
    *, kinds: Mapping[str, int] | None = None, months: int = 8, clock: str = "minute"
) -> Document:
    r"""Return the report of made-up incidents in the language in force; see `example_incidents`.

    Examples
    --------
    >>> str(example_report().title).replace("\xa0", " ")
    'Recorded crime in Hill Town, January 2024 to August 2024'
    """
    diagnosis = example_diagnosis(kinds=kinds, months=months, clock=clock)
    return build_report(
        Setting(
            diagnosis=diagnosis,
            safe=protect_diagnosis(diagnosis, rule=rule_named("threshold-5")),
            place="Hill Town",
            made_on=date(2026, 1, 5),
            command="forestall diagnose town.csv -o report",
        )
    )


def _of_kind(
    chance: np.random.Generator, label: str, number: int, *, months: int, clock: str
) -> pd.DataFrame:
    centre = chance.random(number) < 0.5
    spread = np.where(centre, 300.0, _SIZE_M)
    around = chance.random((number, 2)) - 0.5
    first = pd.Timestamp("2024-01-01")
    minutes = int((first + pd.DateOffset(months=months) - first).total_seconds() // 60)
    starts_at = first + pd.to_timedelta(chance.integers(0, minutes, number), unit="min")
    return pd.DataFrame(
        {
            "x": _WEST + around[:, 0] * spread,
            "y": _SOUTH + around[:, 1] * spread,
            "starts_at": starts_at.floor("D") if clock == "day" else starts_at,
            "offence": label,
        }
    )
