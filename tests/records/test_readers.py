"""What files of other publishers say, by their columns or by a mapping."""

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from forestall.errors import InvalidFile, InvalidMapping, InvalidRecords, InvalidStore
from forestall.records import describe_file, import_incidents, open_incidents

CHICAGO = """\
ID,Case Number,Date,Block,IUCR,Primary Type,Location Description,Community Area,X Coordinate,\
Y Coordinate,Latitude,Longitude
1,HY1,09/05/2015 01:30:00 PM,043XX S WOOD ST,0486,BATTERY,RESIDENCE,61,1165074,1875917,\
41.815117282,-87.669999562
2,HY2,09/05/2015 12:01:00 AM,008XX N CENTRAL AVE,0870,THEFT,CTA BUS,25,1138875,1904869,\
41.895080471,-87.765400451
"""
POINTS = 'longitude = "lon"\nlatitude = "lat"\n'


def stored(tmp_path, content, mapping="", name="a.csv", **settings):
    file = tmp_path / name
    if isinstance(content, str):
        content = content.encode()
    file.write_bytes(content)
    if mapping:
        (tmp_path / "m.toml").write_text(mapping)
        settings["mapping"] = tmp_path / "m.toml"
    import_incidents(file, store=tmp_path / "store", **settings)
    return open_incidents(tmp_path / "store").to_pandas().sort_values("starts_at")


def starts(tmp_path, columns, values, mapping):
    content = f"{columns},lon,lat\n{values},-1.2,54.5\n"
    kept = stored(tmp_path, content, f"[columns]\n{POINTS}{mapping}")
    return str(kept["starts_at"].iloc[0]), kept["time_precision"].iloc[0]


def test_chicago_is_read_in_title_case(tmp_path):
    kept = stored(tmp_path, CHICAGO)

    assert kept["offence"].tolist() == ["THEFT", "BATTERY"]
    assert kept["iccs"].tolist() == ["0502", "0201"]
    assert [str(time) for time in kept["starts_at"]] == [
        "2015-09-05 00:01:00",
        "2015-09-05 13:30:00",
    ]
    assert kept["area"].tolist() == ["25", "61"]


def test_chicago_is_read_in_snake_case_after_a_spreadsheet(tmp_path):
    header, *rows = CHICAGO.splitlines()
    rows = [row.replace("09/05/2015 01:30:00 PM", "9/5/2015 13:30") for row in rows]
    rows = [row.replace(",61,", ",61.0,").replace(",0486,", ",486,") for row in rows]

    kept = stored(tmp_path, "\n".join([header.lower().replace(" ", "_"), *rows]))

    assert str(kept["starts_at"].iloc[1]) == "2015-09-05 13:30:00"
    assert kept["area"].iloc[1] == "61"
    warned = {one.code: one.values for one in open_incidents(tmp_path / "store").manifest.warnings}
    assert warned["lost_leading_zeros"] == {"rows": 1}


def test_us_feet_of_chicago_lie_where_its_degrees_lie(tmp_path):
    feet = "\n".join(line.rsplit(",", 2)[0] for line in CHICAGO.splitlines())
    (tmp_path / "feet").mkdir()
    (tmp_path / "degrees").mkdir()

    in_feet = stored(tmp_path / "feet", feet)
    in_degrees = stored(tmp_path / "degrees", CHICAGO)

    assert in_feet["longitude"].tolist() == pytest.approx(
        in_degrees["longitude"].tolist(), abs=1e-5
    )
    assert in_feet["x"].tolist() == pytest.approx(in_degrees["x"].tolist(), abs=1)


@pytest.mark.parametrize(
    ("columns", "values", "mapping", "expected", "precision"),
    [
        ("t", "2019-01-31T22:15:00", 'starts_at = "t"', "2019-01-31 22:15:00", "minute"),
        ("t", "2019-01-31", 'starts_at = "t"', "2019-01-31 00:00:00", "day"),
        ("t", "2019-01", 'starts_at = "t"', "2019-01-01 00:00:00", "month"),
        ("t", "2019-01-31T22:15:00Z", 'starts_at = "t"', "2019-01-31 22:15:00", "minute"),
        ("d,t", "31/01/2019,22:15", 'starts_at = ["d", "t"]\n[formats]\n'
         'starts_at = "%d/%m/%Y %H:%M"', "2019-01-31 22:15:00", "minute"),
        ("d,t", "2019-01-31,0.927083333", 'starts_at = ["d", "t"]\n[formats]\n'
         'starts_at = "%Y-%m-%d fraction"', "2019-01-31 22:15:00", "minute"),
        ("y,m,d,h,i", "2019,1,31,22,15", 'starts_at = ["y", "m", "d", "h", "i"]\n[formats]\n'
         'starts_at = "parts"', "2019-01-31 22:15:00", "minute"),
        ("t", "31.01.2019", 'starts_at = "t"\n[formats]\n'
         'starts_at = ["%d.%m.%Y %H:%M", "%d.%m.%Y"]', "2019-01-31 00:00:00", "day"),
        ("t", "2019-07-01T12:00:00Z", 'starts_at = "t"\n[formats]\noffset = "convert"\n'
         '[about]\ntimezone = "Europe/London"', "2019-07-01 13:00:00", "minute"),
        ("t", "2019-01-31T22:15:00", 'starts_at = "t"\n[precision]\ntime = "day"',
         "2019-01-31 22:15:00", "day"),
    ],
)  # fmt: skip
def test_times_are_read_as_the_mapping_says(
    tmp_path, columns, values, mapping, expected, precision
):
    assert starts(tmp_path, columns, values, mapping) == (expected, precision)


def test_a_zone_that_is_ignored_is_said(tmp_path):
    starts(tmp_path, "t", "2019-01-31T22:15:00+01:00", 'starts_at = "t"')

    codes = {one.code for one in open_incidents(tmp_path / "store").manifest.warnings}
    assert "zone_ignored" in codes


def test_fields_with_line_breaks_in_quotes_are_one_row(tmp_path):
    content = 't,lon,lat,kind\n2019-01-01,-1.2,54.5,"a\nb"\n2019-01-02,-1.2,54.5,"c"\n'

    kept = stored(tmp_path, content, f'[columns]\n{POINTS}starts_at = "t"\noffence = "kind"\n')

    assert kept["offence"].tolist() == ["a\nb", "c"]


def test_a_declared_extent_rejects_what_lies_outside(tmp_path):
    content = "t,lon,lat\n2019-01-01,-1.2,54.5\n2019-01-01,-1.9,54.5\n"
    mapping = f'[columns]\n{POINTS}starts_at = "t"\n[file]\nextent = [-1.5, 54, -1, 55]\n'

    assert len(stored(tmp_path, content, mapping)) == 1
    assert open_incidents(tmp_path / "store").manifest.rejected == {"outside_extent": 1}


def test_separator_encoding_and_decimal_comma_are_as_the_mapping_says(tmp_path):
    content = "t;lon;lat;délit\n2019-01-01;2,35;48,85;Vol à la tire\n".encode("latin-1")
    mapping = (
        f'[columns]\n{POINTS}starts_at = "t"\noffence = "délit"\n'
        '[file]\nencoding = "latin-1"\nseparator = ";"\n[formats]\ndecimal = ","\n'
    )

    kept = stored(tmp_path, content, mapping)

    assert kept["offence"].tolist() == ["Vol à la tire"]
    assert kept["longitude"].tolist() == [2.35]
    assert open_incidents(tmp_path / "store").crs == "EPSG:2154"


@pytest.mark.parametrize("kind", ["geojson", "parquet", "gpkg"])
def test_points_of_geographic_files_are_read(tmp_path, kind):
    frame = gpd.GeoDataFrame(
        {"when": ["2019-01-31 22:15"], "what": ["theft"]},
        geometry=gpd.points_from_xy([-1.2], [54.5]),
        crs="EPSG:4326",
    )
    file = tmp_path / f"points.{kind}"
    frame.to_parquet(file) if kind == "parquet" else frame.to_file(file)
    (tmp_path / "m.toml").write_text('[columns]\nstarts_at = "when"\noffence = "what"\n')

    import_incidents(file, store=tmp_path / "store", mapping=tmp_path / "m.toml")

    kept = open_incidents(tmp_path / "store").to_pandas()
    assert kept[["longitude", "latitude"]].to_numpy().tolist() == [[-1.2, 54.5]]
    assert str(kept["starts_at"].iloc[0]) == "2019-01-31 22:15:00"


def test_areas_are_no_incidents(tmp_path):
    frame = gpd.GeoDataFrame(
        {"when": ["2019-01-31"]},
        geometry=gpd.points_from_xy([-1.2], [54.5]).buffer(0.1),
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / "areas.geojson")
    (tmp_path / "m.toml").write_text('[columns]\nstarts_at = "when"\n')

    with pytest.raises(InvalidFile, match=r"Incidents are points"):
        import_incidents(
            tmp_path / "areas.geojson", store=tmp_path / "s", mapping=tmp_path / "m.toml"
        )


def test_typed_columns_of_parquet_are_read(tmp_path):
    table = pa.table(
        {
            "when": pd.to_datetime(["2019-01-31 22:15"]),
            "lon": [-1.2],
            "lat": [54.5],
            "tract": pa.array(["0042"]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "m.toml").write_text(f'[columns]\n{POINTS}starts_at = "when"\narea = "tract"\n')

    import_incidents(tmp_path / "a.parquet", store=tmp_path / "s", mapping=tmp_path / "m.toml")

    kept = open_incidents(tmp_path / "s").to_pandas()
    assert kept["area"].tolist() == ["0042"]
    assert kept["time_precision"].tolist() == ["minute"]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[columns", "cannot be read"),
        ("[colums]\n", "has “colums”"),
        ('[columns]\nstart = "t"\n', "says “start”"),
        ('[columns]\nstarts_at = "t"\nx = "lon"\ny = "lat"\n', "no crs under"),
        ('[columns]\nstarts_at = "t"\n', "neither longitude and latitude nor x"),
        (f"[columns]\n{POINTS}", "no starts_at under"),
        (f'[columns]\n{POINTS}starts_at = "nothing"\n', "names the column “nothing”"),
        (f"[columns]\n{POINTS}starts_at = 3\n", "needs the name of a column"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[precision]\ntime = "hour"\n', "says “hour”"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[about]\ntimezone = "Mars"\n', "says “Mars”"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[offences]\n"a" = "9999"\n', "gives “9999”"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[file]\nextent = [1, 2]\n', "four numbers"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[file]\nencoding = "klingon"\n', "“klingon”"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[file]\nencoding = 5\n', "text in quotes"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[formats]\nstarts_at = 5\n', "%d/%m/%Y"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[offences]\nnot_crimes = 5\n', "list of texts"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[offences]\n"a" = ["1"]\n', "code in quotes"),
        (f'[columns]\n{POINTS}starts_at = "t"\n[formats]\noffset = "convert"\n', "a timezone"),
    ],
)
def test_a_mapping_that_cannot_serve_says_why(tmp_path, mapping, sentence):
    with pytest.raises(InvalidMapping, match=sentence):
        stored(tmp_path, "t,lon,lat\n2019-01-01,-1.2,54.5\n", mapping)


def test_a_mapping_that_is_not_there_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("t,lon,lat\n2019-01-01,-1.2,54.5\n")

    with pytest.raises(InvalidMapping, match=r"there is none at “nope\.toml”\.$"):
        import_incidents(tmp_path / "a.csv", store=tmp_path / "store", mapping="nope.toml")


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        ("%d/%m/%Y", {"unreadable_date": 2, "impossible_date": 1}),
        ("iso", {"unreadable_date": 3}),
    ],
)
def test_dates_of_another_form_are_told_from_dates_that_do_not_exist(tmp_path, form, reasons):
    rows = ["2019-01-31", "31/02/2019", "January", "31/01/2019"]
    content = "t,lon,lat\n" + "".join(f"{row},-1.2,54.5\n" for row in rows)
    (tmp_path / "a.csv").write_text(content)
    (tmp_path / "m.toml").write_text(
        f'[columns]\n{POINTS}starts_at = "t"\n[formats]\nstarts_at = "{form}"\n'
    )

    report = import_incidents(
        tmp_path / "a.csv", store=tmp_path / "store", mapping=tmp_path / "m.toml"
    )

    assert (report.rows_kept, report.rejected) == (1, reasons)
    assert any("do not fit the declared format" in str(one) for one in report.sentences())


def test_a_projection_in_which_no_point_lies_is_named(tmp_path):
    mapping = '[about]\ncrs = "EPSG:26985"\n[columns]\nx = "x"\ny = "y"\nstarts_at = "t"\n'

    with pytest.raises(InvalidRecords, match=r"none of 1 points lies in the area of use of EPSG"):
        stored(tmp_path, "t,x,y\n2019-01-31,4490000,5200000\n", mapping)


def test_projected_numbers_are_no_degrees(tmp_path):
    mapping = f'[columns]\n{POINTS}starts_at = "t"\n'

    with pytest.raises(InvalidRecords, match=r"name them as x and y, with their crs"):
        stored(tmp_path, "t,lon,lat\n2019-01-31,449000,520000\n", mapping)


@pytest.mark.parametrize(
    ("crs", "sentence"),
    [("EPSG:4326", "in metres"), ("EPSG:3435", "in metres"), ("rubbish", "named like EPSG:27700")],
)
def test_a_store_needs_metres(tmp_path, crs, sentence):
    with pytest.raises(InvalidRecords, match=sentence):
        stored(tmp_path, CHICAGO, crs=crs)

    assert not (tmp_path / "store").exists()


def test_a_store_keeps_its_projection(tmp_path):
    stored(tmp_path, CHICAGO)

    with pytest.raises(InvalidStore, match=r"is in EPSG:32616 .* but EPSG:27700 was asked for"):
        stored(tmp_path, CHICAGO, crs="EPSG:27700")


def test_the_mapping_that_describe_drafts_can_be_used(tmp_path):
    content = (
        "No,Date,Time,Easting,Northing,Type,Ward,Suspect\n"
        "1,2019-01-31,22:15,449100,535400,Theft,W1,x\n"
    )
    (tmp_path / "b.csv").write_text(content)

    described = describe_file(tmp_path / "b.csv")

    meanings = {one.name: one.meaning for one in described.columns}
    assert meanings["Type"] == "offence"
    assert [one.name for one in described.columns if one.personal] == ["Suspect"]
    assert next(one for one in described.columns if one.personal).example is None
    mapping = described.mapping.replace('crs = ""', 'crs = "EPSG:27700"')
    kept = stored(tmp_path, content, mapping, personal="drop")
    assert str(kept["starts_at"].iloc[0]) == "2019-01-31 22:15:00"
    assert (kept["x"].iloc[0], kept["area"].iloc[0]) == (449100, "W1")


def test_described_files_of_known_publishers_need_no_mapping(tmp_path):
    (tmp_path / "c.csv").write_text(CHICAGO)

    described = describe_file(tmp_path / "c.csv")

    assert described.recognised_as == "crimes of the Chicago Data Portal"
    assert described.mapping == ""


@pytest.mark.parametrize(("decimals", "location"), [(3, "snapped"), (5, "exact")])
def test_degrees_with_few_decimals_are_drafted_as_shared_places(tmp_path, decimals, location):
    rows = [
        f"2024-01-03,{-90 + n / 977:.{decimals}f},{35 + n / 877:.{decimals}f}" for n in range(60)
    ]
    file = tmp_path / "robberies.csv"
    file.write_text("\n".join(["day,longitude,latitude", *rows]))
    assert f'location = "{location}"' in describe_file(file).mapping


def test_whole_metres_are_no_degrees_with_few_decimals(tmp_path):
    rows = [f"2024-01-03,{450_000 + n},{520_000 + n}" for n in range(60)]
    file = tmp_path / "thefts.csv"
    file.write_text("\n".join(["day,x,y", *rows]))
    assert 'location = "exact"' in describe_file(file).mapping
