"""This file knows the street-level files of data.police.uk, and tables made of them."""

from __future__ import annotations

from forestall.records.readers.recipe import Columns, Recipe, literal

KIND = "police.uk"
ANTI_SOCIAL_BEHAVIOUR = "Anti-social behaviour"

# Three made-up rows in the publisher's form, for examples and tests; the last has no coordinates.
EXAMPLE = """\
Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,\
Last outcome category,Context
,2019-01,Cleveland Police,Cleveland Police,-1.238996,54.711419,On or near High Street,E01011954,\
Hartlepool 001A,Anti-social behaviour,,
2d38000d37fc5d91bd0f4184f7b0bced,2019-01,Cleveland Police,Cleveland Police,-1.236070,54.710197,\
On or near Supermarket,E01011954,Hartlepool 001A,Burglary,Under investigation,
5d91bd0f4184f7b0bced2d38000d37fc,2019-01,Cleveland Police,Cleveland Police,,,No Location,,,\
Burglary,Under investigation,
"""

# The area of use of the British National Grid, which covers Northern Ireland too.
_UNITED_KINGDOM = (-9.01, 49.75, 2.01, 61.01)

# Names in the publisher's CSV, and in tables that were made of it.
_CSV = {
    "id": "Crime ID",
    "month": "Month",
    "force": "Falls within",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "location": "Location",
    "area": "LSOA code",
    "offence": "Crime type",
}
_TABLE = {
    "month": "month",
    "longitude": "longitude",
    "latitude": "latitude",
    "location": "location",
    "area": "lsoa_code",
    "offence": "crime_type",
}
_TABLE_IDENTIFIERS = ("crime_id8", "crime_id")
_TABLE_FORCES = ("force", "falls_within")
_AREA_NAMES = ("LSOA name", "lsoa_name")

# Landmarks with a name of their own, by how the name ends, and the kind they are of.
_NAMED_LANDMARKS = {
    "Police Station": " Police (Station|Hq|Headquarters|Office)$",
    "Hospital": " Hospital( Of [A-Z][a-z]+)?$",
    "Prison": " Prison$",
    "Bus/Coach Station": " (Bus|Coach) Station$",
    "Airport/Airfield": " Airport$",
}

_NAMED_WORDS = ("Police", "Hospital", "Prison", "Station", "Airport")

# The publisher snaps a crime to the middle of a street or to one of these kinds of place.
LANDMARKS = (
    "Airport/Airfield",
    "Bus/Coach Station",
    "Conference/Exhibition Centre",
    "Ferry Terminal",
    "Further/Higher Educational Building",
    "Hospital",
    "Nightclub",
    "Park/Open Space",
    "Parking Area",
    "Pedestrian Subway",
    "Petrol Station",
    "Police Station",
    "Prison",
    "Race Track",
    "Shopping Area",
    "Sports/Recreation Area",
    "Supermarket",
    "Theatre/Concert Hall",
)

# No landmark ends so.
_STREETS = (" Road", " Street", " Close", " Avenue", " Lane", " Drive", " Way", " Gardens")


def recognise_police_uk(columns: Columns) -> Recipe | None:
    """Return the recipe when these are the columns of data.police.uk street files, else None.

    Examples
    --------
    >>> names = "Crime ID,Month,Falls within,Longitude,Latitude,Location,LSOA code,Crime type"
    >>> header = tuple(names.split(","))
    >>> recipe = recognise_police_uk(Columns(names=header, types=("VARCHAR",) * 8))
    >>> recipe.location_precision, recipe.timezone
    ('snapped', 'Europe/London')
    """
    if all(columns.has(name) for name in _CSV.values()):
        return _recipe(columns, _CSV)
    if not all(columns.has(name) for name in _TABLE.values()):
        return None
    identifier = next((name for name in _TABLE_IDENTIFIERS if columns.has(name)), None)
    if identifier is None:
        return None
    force = next((name for name in _TABLE_FORCES if columns.has(name)), None)
    return _recipe(columns, {**_TABLE, "id": identifier, **({"force": force} if force else {})})


def _recipe(columns: Columns, names: dict[str, str]) -> Recipe:
    location = columns.plain(names["location"])
    fields = {
        # 16 hexadecimal digits are enough, and are what tables with shortened identifiers keep.
        "incident_id": f"substr({columns.plain(names['id'])}, 1, 16)",
        "offence": columns.plain(names["offence"]),
        "start_text": columns.given(names["month"]),
        "starts_at": _month(columns, names["month"]),
        "time_precision": "'month'",
        "x_text": columns.given(names["longitude"]),
        "y_text": columns.given(names["latitude"]),
        "given_x": columns.number(names["longitude"]),
        "given_y": columns.number(names["latitude"]),
        "area": columns.plain(names["area"]),
        "context": _landmark(location),
    }
    if "force" in names:
        fields["publisher_place"] = columns.plain(names["force"])
    named = next((name for name in _AREA_NAMES if columns.has(name)), None)
    if named is not None:
        fields["district"] = _district(columns.plain(named))
    return Recipe(
        kind=KIND,
        recognised_as="data.police.uk street-level crime",
        columns=columns,
        used=(*names.values(), *([named] if named else [])),
        fields=fields,
        location_precision="snapped",
        timezone="Europe/London",
        publisher="data.police.uk",
        licence="Open Government Licence v3.0",
        attribution="Contains public sector information licensed under the Open Government "
        "Licence v3.0 (data.police.uk, Crown copyright).",
        scheme="data.police.uk",
        not_crimes=(ANTI_SOCIAL_BEHAVIOUR,),
        duplicates="same_record",
        extent=_UNITED_KINGDOM,
        notes=(("snapped_points", {}), ("recorded_by_force", {})),
    )


def _month(columns: Columns, name: str) -> str:
    if not columns.is_text(name):
        return f"date_trunc('month', try_cast({columns.sql(name)} AS TIMESTAMP))"
    # Much faster than try_strptime, and just as strict for texts of seven characters.
    month = columns.sql(name)
    return f"CASE WHEN length({month}) = 7 THEN try_cast({month} || '-01' AS TIMESTAMP) END"


def _landmark(location: str) -> str:
    known = ", ".join(literal(f"On or near {one}") for one in LANDMARKS)
    named = " ".join(
        f"WHEN regexp_matches({location}, {literal(ending)}) THEN {literal(kind)}"
        for kind, ending in _NAMED_LANDMARKS.items()
    )
    # Most locations are streets; these tests are cheaper than a search among the landmarks.
    streets = " OR ".join(f"ends_with({location}, {literal(one)})" for one in _STREETS)
    # The word test spares most other names the patterns.
    words = " OR ".join(f"contains({location}, {literal(word)})" for word in _NAMED_WORDS)
    return f"""CASE WHEN {streets} THEN NULL
        WHEN {location} IN ({known}) THEN substr({location}, 12)
        WHEN {words} THEN CASE {named} END END"""


def _district(name: str) -> str:
    """Return SQL for the district in the name of a small area, such as "Hartlepool 001A"."""
    return f"CASE WHEN substr({name}, -5, 1) = ' ' THEN left({name}, -5) END"


def place_name_of(force: str) -> str:
    """Return the place that a police force serves, from the name of the force.

    Examples
    --------
    >>> place_name_of("Cleveland Police"), place_name_of("Avon and Somerset Constabulary")
    ('Cleveland', 'Avon and Somerset')
    >>> place_name_of("Metropolitan Police Service")
    'Metropolitan'
    """
    for ending in (" Police Service", " Police", " Constabulary"):
        if force.endswith(ending):
            return force.removesuffix(ending)
    return force
