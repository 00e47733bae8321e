"""This file knows how a projection is chosen and points are moved into it."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidRecords
from forestall.records import projection
from forestall.records.projection import area_of_use, choose_crs, project, read_crs

CITIES = {
    "Middlesbrough": (-1.23, 54.57, "EPSG:27700"),
    "Dover": (1.31, 51.13, "EPSG:27700"),
    "Stranraer": (-5.02, 54.90, "EPSG:27700"),
    "Belfast": (-5.93, 54.60, "EPSG:2157"),
    "Dublin": (-6.26, 53.35, "EPSG:2157"),
    "Calais": (1.86, 50.95, "EPSG:2154"),
    "Brussels": (4.35, 50.85, "EPSG:3812"),
    "Maastricht": (5.69, 50.85, "EPSG:28992"),
    "Aachen": (6.08, 50.77, "EPSG:25832"),
    "Berlin": (13.40, 52.50, "EPSG:25833"),
    "Geneva": (6.14, 46.20, "EPSG:2056"),
    "Annemasse": (6.24, 46.19, "EPSG:2154"),
    "Bratislava": (17.11, 48.15, "EPSG:8353"),
    "Malmö": (13.00, 55.60, "EPSG:3006"),
    "Copenhagen": (12.57, 55.68, "EPSG:25833"),
    "Auckland": (174.76, -36.85, "EPSG:2193"),
    "Sydney": (151.20, -33.87, "EPSG:7856"),
    "Saint-Denis de la Réunion": (55.45, -20.88, "EPSG:32740"),
    "Chicago": (-87.63, 41.88, "EPSG:32616"),
    "Vancouver": (-123.10, 49.25, "EPSG:32610"),
    "Suva, by the antimeridian": (178.44, -18.12, "EPSG:32760"),
}


@pytest.mark.parametrize("city", CITIES)
def test_a_city_gets_the_grid_of_its_own_country(city):
    longitude, latitude, expected = CITIES[city]

    choice = choose_crs([longitude] * 3, [latitude] * 3)

    assert choice.crs == expected
    assert choice.name in str(choice.reason)


def test_a_few_points_abroad_change_nothing():
    longitude = np.r_[np.full(99, -1.23), -74.0]
    latitude = np.r_[np.full(99, 54.57), 40.7]

    assert choose_crs(longitude, latitude).crs == "EPSG:27700"


def test_missing_coordinates_are_ignored():
    assert choose_crs([np.nan, -1.23, np.nan], [np.nan, 54.57, 54.0]).crs == "EPSG:27700"


@pytest.mark.parametrize(
    ("longitude", "latitude", "sentence"),
    [
        ([], [], "no incident has any"),
        ([np.nan], [np.nan], "no incident has any"),
        ([449_000.0], [520_000.0], "Projected coordinates need their crs named"),
        (np.linspace(-180, 180, 50), np.linspace(-60, 60, 50), "One projection serves one region"),
        ([0.0, 10.0, 20.0], [88.0, 89.0, 87.0], "One projection serves one region"),
    ],
)
def test_points_that_allow_no_choice_are_refused(longitude, latitude, sentence):
    with pytest.raises(InvalidRecords, match=sentence):
        choose_crs(longitude, latitude)


def test_every_national_grid_is_metric_and_known_to_the_epsg_data_set():
    with Path(projection.__file__).with_name("national_grids.csv").open() as stream:
        rows = list(csv.DictReader(stream))

    for row in rows:
        crs = read_crs(f"EPSG:{row['epsg']}")
        assert crs.is_projected, row
        assert not crs.is_deprecated, row
        assert crs.axis_info[0].unit_name == "metre", row


@given(st.floats(-179.9, 179.9), st.floats(-79, 83))
def test_any_point_on_land_or_sea_gets_a_projection_that_covers_it(longitude, latitude):
    choice = choose_crs([longitude], [latitude])
    west, south, east, north = area_of_use(choice.crs)
    x, y = project([longitude], [latitude], crs_from="EPSG:4326", crs_to=choice.crs)

    # The exceptions of UTM (Norway, Svalbard) reach beyond the published area of their zone.
    assert south <= latitude <= north
    assert west - 6 <= longitude <= east + 6
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()


def test_projecting_there_and_back_returns_the_same_point():
    x, y = project([-1.2345], [54.5742], crs_from="EPSG:4326", crs_to="EPSG:27700")
    longitude, latitude = project(x, y, crs_from="EPSG:27700", crs_to="EPSG:4326")

    assert longitude[0] == pytest.approx(-1.2345, abs=1e-7)
    assert latitude[0] == pytest.approx(54.5742, abs=1e-7)


def test_the_ordnance_survey_example_is_met_within_its_stated_accuracy():
    """The worked example of the Ordnance Survey, on one datum.

    *A guide to coordinate systems in Great Britain*, annexe C: Airy latitude 52°39'27.2531" N,
    longitude 1°43'4.5177" E is easting 651409.903, northing 313177.270.
    """
    longitude, latitude = 1 + 43 / 60 + 4.5177 / 3600, 52 + 39 / 60 + 27.2531 / 3600

    x, y = project([longitude], [latitude], crs_from="EPSG:4277", crs_to="EPSG:27700")

    assert x[0] == pytest.approx(651_409.903, abs=0.002)
    assert y[0] == pytest.approx(313_177.270, abs=0.002)


def test_points_that_cannot_be_projected_become_missing():
    x, y = project([np.nan, 0.0], [0.0, -90.0], crs_from="EPSG:4326", crs_to="EPSG:2154")

    assert np.isnan(x[0])
    assert np.isnan(y).all()


def test_an_unknown_code_is_refused():
    with pytest.raises(InvalidRecords, match="named like EPSG:27700"):
        read_crs("EPSG:nonsense")
