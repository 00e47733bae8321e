"""This file knows how the pictures of change over time in the documentation are drawn.

::

    uv run python scripts/make_change_pictures.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from forestall.diagnosis import (
    assess_pattern_change,
    classify_hotspots,
    measure_concentration_over_time,
)
from forestall.records import areas_from_file, count_incidents, import_incidents, open_incidents

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "camden_burglary"
IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Draw the changes of burglary in Camden."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "camden"
        import_incidents([EXAMPLE], store=store)
        incidents = open_incidents(store)
        areas = areas_from_file(EXAMPLE / "camden_lsoa21.parquet", code="lsoa21cd")
        years = count_incidents(incidents, places=areas, period="year")
        quarters = count_incidents(incidents, places=areas, period="quarter")
    before, after = (years.select(period=pd.Timestamp(f"{year}-01-01")) for year in (2019, 2023))
    charts = {
        "pattern-change-tested": assess_pattern_change(before, after).plot(),
        "pattern-change-resampled": assess_pattern_change(before, after, test="resampling").plot(),
        "emerging-hotspots": classify_hotspots(quarters, reference="neighbourhood_step").plot(),
        "concentration-kept": measure_concentration_over_time(years).plot(),
    }
    for name, chart in charts.items():
        chart.save(IMAGES / f"{name}.png", scale_factor=1.0)


if __name__ == "__main__":
    main()
