"""How many incidents lie in no place stands in the protected table only."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from forestall.diagnosis import diagnose
from forestall.disclosure import rule_named
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.records import Incidents, areas_from_frame


def test_one_incident_outside_all_areas_is_not_counted_in_a_note():
    draw = np.random.default_rng(3)
    frame = pd.DataFrame(draw.uniform(0, 4000, (300, 2)), columns=["x", "y"])
    frame.loc[0] = [4200.0, 4200.0]
    frame = frame.add([450_000.0, 520_000.0]).assign(
        at=pd.Timestamp("2023-01-01") + pd.to_timedelta(np.arange(300), unit="D")
    )
    boxes = [
        shapely.box(450_000 + x, 520_000 + y, 451_000 + x, 521_000 + y)
        for x in range(0, 4000, 1000)
        for y in range(0, 4000, 1000)
    ]
    areas = areas_from_frame(
        gpd.GeoDataFrame({"code": [str(n) for n in range(16)]}, geometry=boxes, crs="EPSG:27700"),
        code="code",
    )
    incidents = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at")
    diagnosis = diagnose(incidents, places=areas)

    setting = Setting(
        diagnosis=diagnosis,
        safe=protect_diagnosis(diagnosis, rule=rule_named("threshold-5")),
        place="",
        made_on=date(2024, 5, 1),
        command="",
    )
    page = write_html(build_report(setting))

    assert diagnosis.counts.outside == 1
    assert "Measured among the" in page
    assert "in no place and" not in page
