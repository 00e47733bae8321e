"""This file knows how the picture of the page on near repeats is made from the bundled example.

Run with ``python scripts/make_near_repeats_picture.py``.
"""

import tempfile
from pathlib import Path

import vl_convert

from forestall.diagnosis import assess_near_repeats
from forestall.records import import_incidents, open_incidents

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "images" / "near-repeats.svg"


def main() -> None:
    """Draw the ratios of Chicago's burglaries."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "chicago"
        import_incidents([ROOT / "examples" / "chicago"], store=store)
        burglaries = open_incidents(store).filter(offences="BURGLARY")
        found = assess_near_repeats(
            burglaries,
            distance_breaks_m=[0, 100, 200, 400, 800],
            day_breaks=[0, 7, 14, 28],
            permutations=9999,
            seed=1,
        )
    PICTURE.write_text(vl_convert.vegalite_to_svg(found.plot().to_json()), encoding="utf-8")


if __name__ == "__main__":
    main()
