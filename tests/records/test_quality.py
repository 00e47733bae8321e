import pytest

from forestall.records import import_incidents
from forestall.records.manifest import Warned
from forestall.records.personal import is_personal
from forestall.records.quality import find_level_shifts
from forestall.records.warning_sentences import _COUNTED, _SENTENCES, describe_warning

MAPPING = """
[about]
timezone = "Europe/London"
[columns]
starts_at = "t"
longitude = "lon"
latitude = "lat"
[precision]
location = "exact"
"""


def warned(tmp_path, times, lon=lambda n: -1.2 - n / 10_000):
    lines = "".join(f"{time},{lon(n):.5f},54.5\n" for n, time in enumerate(times))
    (tmp_path / "a.csv").write_text(f"t,lon,lat\n{lines}")
    (tmp_path / "m.toml").write_text(MAPPING)
    report = import_incidents(
        tmp_path / "a.csv", store=tmp_path / "store", mapping=tmp_path / "m.toml"
    )
    return {one.code: one.values for one in report.manifest.warnings}


def even_times(days=300):
    return [f"2019-01-01T{n % 24:02d}:{n * 7 % 60:02d}" if n < 0 else
            f"2019-{1 + n % 12:02d}-{1 + n * 5 % 28:02d}T{1 + n % 23:02d}:{2 + n * 7 % 27:02d}"
            for n in range(days)]  # fmt: skip


def test_even_records_are_not_warned_of(tmp_path):
    assert set(warned(tmp_path, even_times())) == {"times_taken_as_local", "iccs_unknown"}


def test_midnight_stands_for_unknown_times(tmp_path):
    times = even_times()
    times[:6] = [time[:10] + "T00:01" for time in times[:6]]

    assert warned(tmp_path, times)["heaping_midnight"] == {"rows": 6, "of": 300}


def test_the_first_of_a_month_stands_for_unknown_days(tmp_path):
    times = [time[:8] + "01" + time[10:] if n < 50 else time for n, time in enumerate(even_times())]

    assert warned(tmp_path, times)["heaping_first_of_month"]["rows"] >= 50


def test_one_point_with_more_than_one_per_cent_is_told(tmp_path):
    found = warned(tmp_path, even_times(), lon=lambda n: -1.2 if n < 4 else -1.2 - n / 10_000)

    assert found["one_point"] == {"rows": 1, "most": 4}
    assert "pile_up" not in found


def test_piled_up_points_are_told(tmp_path):
    found = warned(tmp_path, even_times(), lon=lambda n: -1.2 - (n % 150) / 10_000)

    assert found["pile_up"] == {"rows": 300, "points": 150}


def test_a_level_shift_is_found_at_its_month():
    months = [f"{year}-{month:02d}" for year in range(2015, 2020) for month in range(1, 13)]
    rates = [100 + n % 5 for n in range(30)] + [48 + n % 3 for n in range(30)]

    ((month, ratio),) = find_level_shifts(dict(zip(months, rates, strict=True)))

    assert month == "2017-07"
    assert ratio == pytest.approx(0.48, abs=0.02)


def test_seasons_and_chance_are_no_level_shift():
    months = [f"{year}-{month:02d}" for year in range(2015, 2020) for month in range(1, 13)]
    rates = [100 + 15 * (-1) ** (n // 6) + n % 3 for n in range(60)]

    assert find_level_shifts(dict(zip(months, rates, strict=True))) == ()


@pytest.mark.parametrize("code", [*_SENTENCES, *_COUNTED, "level_shift"])
def test_every_warning_has_its_sentence(code):
    values = {"rows": 2, "of": 5, "first": "2019-01", "file": "a.csv", "column": "c",
              "columns": ["a", "b"], "timezone": "Europe/London", "offence": "Theft",
              "points": 3, "most": 4, "month": "2019-01", "ratio": 0.5}  # fmt: skip

    sentence = str(describe_warning(Warned(code=code, values=values)))

    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize(
    "name",
    ["Suspect name", "VIC_AGE_GROUP", "PERP_RACE", "dateOfBirth", "Date of birth", "DOB", "E-mail",
     "Phone", "Narrative", "Gender", "Self-defined ethnicity", "Nombre", "Fecha de nacimiento",
     "Geburtsdatum", "Prénom", "Opfer Alter", "victim_sex", "Owner name", "home_address",
     "имя", "姓名"],
)  # fmt: skip
def test_columns_about_persons_are_known(name):
    assert is_personal(name)


@pytest.mark.parametrize(
    "name",
    ["Case Number", "Location Description", "LSOA name", "name", "Name of area", "Block",
     "District", "Primary Type", "Description",
     "Number of victims", "victim_count", "Village", "Page",
     "Stage", "Vehicle age", "Race track", "Sex offence type", "message", "Township"],
)  # fmt: skip
def test_harmless_columns_are_let_through(name):
    assert not is_personal(name)
