"""This file knows how the packaged country outlines are made from Natural Earth.

Run it with the path of ``countries-10m.json`` of the npm package ``world-atlas`` (version 2.0.2;
Natural Earth 1:10m, public domain)::

    python scripts/make_country_outlines.py package/countries-10m.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECORDS = Path(__file__).parents[1] / "src/forestall/records"
TOLERANCE_DEGREES = 0.02
SMALLEST_ISLAND = 0.003  # square degrees
_SMALLEST_RING = 4
# ISO 3166 numeric codes, as Natural Earth names its countries.
CODES = {
    "826": "GB", "372": "IE", "528": "NL", "056": "BE", "442": "LU", "250": "FR", "276": "DE",
    "756": "CH", "438": "LI", "040": "AT", "208": "DK", "578": "NO", "752": "SE", "246": "FI",
    "233": "EE", "428": "LV", "440": "LT", "616": "PL", "203": "CZ", "703": "SK", "348": "HU",
    "705": "SI", "191": "HR", "642": "RO", "100": "BG", "300": "GR", "008": "AL", "620": "PT",
    "724": "ES", "554": "NZ", "036": "AU", "702": "SG", "410": "KR", "170": "CO",
}  # fmt: skip
# Northern Ireland is mapped on the Irish grid.
ISLAND_OF_IRELAND = shapely.box(-10.7, 51.3, -5.42, 55.31)


def main(source: Path) -> None:
    """Write ``country_outlines.geojson`` beside the records code."""
    topology = json.loads(source.read_text())
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes: dict[str, list[Any]] = {code: [] for code in CODES.values()}
    for country in topology["objects"]["countries"]["geometries"]:
        if str(country.get("id")) in CODES:
            shapes[CODES[str(country["id"])]].append(_shape(country, arcs))
    outlines = {code: shapely.union_all(parts) for code, parts in shapes.items()}
    northern = _polygons(shapely.intersection(outlines["GB"], ISLAND_OF_IRELAND))
    outlines["GB"] = _polygons(shapely.difference(outlines["GB"], northern))
    outlines["IE"] = _polygons(shapely.union(outlines["IE"], northern))
    simple = shapely.coverage_simplify(np.array(list(outlines.values())), TOLERANCE_DEGREES)
    simple = shapely.set_precision(simple, 0.001)
    features = [
        {"type": "Feature", "properties": {"country": code}, "geometry": _geojson(shape)}
        for code, shape in zip(outlines, simple, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (RECORDS / "country_outlines.geojson").write_text(text + "\n")


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> NDArray[np.float64]:
    return np.cumsum(np.array(arc), axis=0) * transform["scale"] + transform["translate"]


def _shape(country: dict[str, Any], arcs: list[NDArray[np.float64]]) -> Any:
    parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return shapely.union_all(
        [
            _polygons(shapely.make_valid(shapely.Polygon(rings[0], rings[1:])))
            for rings in ([_ring(ring, arcs) for ring in part] for part in parts)
            if len(rings[0]) >= _SMALLEST_RING
        ]
    )


def _ring(ring: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _polygons(shape: Any) -> Any:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _geojson(shape: Any) -> Any:
    parts = [p for p in shapely.get_parts(shape) if p.area > SMALLEST_ISLAND]
    return json.loads(shapely.to_geojson(shapely.multipolygons(parts)), parse_float=_three_decimals)


def _three_decimals(number: str) -> float:
    return round(float(number), 3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
