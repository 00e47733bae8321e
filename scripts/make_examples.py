"""This file knows how the bundled examples are cut from the publishers' files.

Run it with the folder that holds those files; it writes the data files under ``examples/`` and
leaves the descriptions beside them alone::

    uv run python scripts/make_examples.py --data FOLDER

The same files in give the same rows out, in the publishers' own order.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

EXAMPLES = Path(__file__).parent.parent / "examples"

_STREET = "uk_street_11forces_2018-10_2019-02.parquet"
_RAW_MONTH = "raw_2019-01-cleveland-street.csv"
_LONDON = "london_met_burglary_2010-12_2025-02.parquet"
_LONDON_AREAS = "london_lsoa21_boundaries.parquet"
_CHICAGO = "chicago_sample_2017_2019.csv.gz"
_CHICAGO_AREAS = "chicago_community_areas.geojson"
_NEW_YORK = "nyc_vehicle_thefts_2014_2017.parquet"


def make_cleveland(folder: Path, *, out: Path) -> int:
    """Write five months of the Cleveland force: four as Parquet, January in the publisher's form.

    Returns
    -------
    int
        Rows in all five months.
    """
    street = pq.read_table(folder / _STREET)
    cleveland = street.filter(pc.equal(street["force"], "Cleveland Police"))
    raw_month = date(2019, 1, 1)
    for month in sorted(cleveland["month"].unique().to_pylist()):
        rows = cleveland.filter(pc.equal(cleveland["month"], pa.scalar(month)))
        name = f"{month:%Y-%m}"
        if month == raw_month:
            target = out / name / f"{name}-cleveland-street.csv"
            _copy(folder / _RAW_MONTH, target)
            check_same_rows(rows, csv=target)
        else:
            _write(rows, out / name / f"{name}-cleveland-street.parquet")
    return int(cleveland.num_rows)


def check_same_rows(rows: Any, *, csv: Path) -> None:
    """Raise if a raw month does not hold the very rows of the Parquet file's month."""
    raw = pacsv.read_csv(csv)
    identifiers = raw["Crime ID"].to_pylist()
    from_csv = sorted(
        (identifier[:16], kind, longitude or 0.0, latitude or 0.0)
        for identifier, kind, longitude, latitude in zip(
            identifiers,
            raw["Crime type"].to_pylist(),
            raw["Longitude"].to_pylist(),
            raw["Latitude"].to_pylist(),
            strict=True,
        )
    )
    from_parquet = sorted(
        (identifier.hex() if identifier else "", kind, longitude or 0.0, latitude or 0.0)
        for identifier, kind, longitude, latitude in zip(
            rows["crime_id8"].to_pylist(),
            rows["crime_type"].to_pylist(),
            rows["longitude"].to_pylist(),
            rows["latitude"].to_pylist(),
            strict=True,
        )
    )
    if from_csv != from_parquet:
        raise SystemExit(
            f"{csv.name} has {len(from_csv)} rows that are not the {len(from_parquet)} rows "
            "of the same month in the Parquet file."
        )


def make_camden(folder: Path, *, out: Path) -> int:
    """Write 171 months of burglary in Camden, and the small areas of Camden.

    A row belongs to Camden if its small area does. The publisher wrote the codes of 2011 before
    it wrote those of 2021; a row whose code is not one of 2021 belongs to Camden if its point
    lies there. By codes alone, six or seven in a hundred rows before 2023 would be missing and none
    since 2024, which would look like a rise.
    """
    areas = gpd.read_parquet(folder / _LONDON_AREAS)
    camden = areas[areas["lad22nm"] == "Camden"].reset_index(drop=True)
    burglaries = pq.read_table(folder / _LONDON)
    codes = burglaries["lsoa_code"]
    known = pc.is_in(codes, value_set=pa.array(areas["lsoa21cd"]))
    by_code = pc.is_in(codes, value_set=pa.array(camden["lsoa21cd"]))
    points = gpd.GeoSeries.from_xy(
        burglaries["longitude"].to_numpy(), burglaries["latitude"].to_numpy(), crs="EPSG:4326"
    ).to_crs(camden.crs)
    inside = np.asarray(points.within(camden.union_all()))
    chosen = by_code.to_numpy() | (~known.to_numpy() & inside)
    rows = burglaries.filter(pa.array(chosen))
    _write(rows, out / "camden_burglary_2010-12_2025-02.parquet")
    camden.to_parquet(out / "camden_lsoa21.parquet", compression="zstd", index=False)
    return int(rows.num_rows)


def make_chicago(folder: Path, *, out: Path) -> int:
    """Copy the Chicago sample and its community areas as they are."""
    _copy(folder / _CHICAGO, out / _CHICAGO)
    _copy(folder / _CHICAGO_AREAS, out / _CHICAGO_AREAS)
    return int(pacsv.read_csv(out / _CHICAGO).num_rows)


def make_new_york(folder: Path, *, out: Path) -> int:
    """Write the vehicle thefts of New York whose single date lies in 2016."""
    thefts = pq.read_table(folder / _NEW_YORK)
    rows = thefts.filter(pc.starts_with(thefts["date_single"], "2016-"))
    _write(rows, out / "nyc_vehicle_thefts_2016.parquet")
    return int(rows.num_rows)


def _write(rows: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = rows.replace_schema_metadata(None).combine_chunks()
    pq.write_table(plain, path, compression="zstd", compression_level=19)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def main() -> None:
    """Make all examples and print the rows of each."""
    parser = argparse.ArgumentParser(description="Cut the bundled examples.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    parser.add_argument("--out", type=Path, default=EXAMPLES, help="where the examples go")
    chosen = parser.parse_args()
    makers = {
        "cleveland": make_cleveland,
        "camden_burglary": make_camden,
        "chicago": make_chicago,
        "nyc_vehicle_theft": make_new_york,
    }
    for name, make in makers.items():
        out = chosen.out / name
        out.mkdir(parents=True, exist_ok=True)
        print(f"{name}: {make(chosen.data, out=out):,} rows")


if __name__ == "__main__":
    main()
