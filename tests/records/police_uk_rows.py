"""Made-up rows in the form of data.police.uk."""

import csv
import io

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


def row(number=1, *, identifier=None, month="2019-01", lon="-1.2389", lat="54.7114",
        offence="Burglary", location="On or near High Street", area="E01011954"):  # fmt: skip
    given = f"{number:064x}"[::-1] if identifier is None else identifier
    force = "Cleveland Police"
    return [given, month, force, force, lon, lat, location, area, "Hartlepool 001A", offence,
            "Under investigation", ""]  # fmt: skip


def text(rows):
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(rows)
    return f"{HEADER}\n{stream.getvalue()}"


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(rows), encoding="utf-8")
    return path
