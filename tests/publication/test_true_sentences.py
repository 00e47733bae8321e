"""Sentences say no more than what is shown: periods, averages, hours, kinds and areas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import diagnose
from forestall.disclosure import protect_table, rule_named
from forestall.languages import Period
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.publication.blocks import BarTable, Box, Chart, HeatTable, Multiples, Source
from forestall.publication.cells import _bare
from forestall.publication.drawing.lines import draw_month_line
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.pictures import MonthLine
from forestall.publication.report.hours import busiest_hours, hour_breaks, hours_blocks
from forestall.publication.report.kinds_changed import _how_many, changes_blocks
from forestall.publication.report.month_line import _title, _told, averages_shown
from forestall.publication.report.rates import rates_sentence
from forestall.records import Incidents

RULE = rule_named("threshold-5")


def plain(text):
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def setting_of(diagnosis, **protected):
    safe = protect_diagnosis(diagnosis, rule=RULE)
    return Setting(
        diagnosis=diagnosis,
        safe=replace(safe, **protected) if protected else safe,
        place="Hill Town",
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )


def months_with(averages, *, covered=True):
    return pd.DataFrame(
        {
            "period": pd.date_range("2020-01-01", periods=len(averages), freq="MS"),
            "incidents": 40,
            "average_12": averages,
            "covered": covered,
        }
    )


# The 12-month average


def test_the_average_is_spoken_of_in_the_month_it_has():
    found = averages_shown(months_with([None] * 11 + [40.0, 36.0, 30.0, None, None]))

    assert plain(_title(found)) == (
        "In February 2021 the 12-month average was 25 % below the highest that is shown"
    )
    assert "the last 30 in February 2021" in plain(_told(found))
    assert "at the end" not in str(_told(found))


def test_no_claim_is_made_when_the_last_averages_are_missing():
    found = averages_shown(months_with([None] * 11 + [40.0, 30.0] + [None] * 4))

    assert (found.missing_at_end, found.missing) == (4, 4)
    assert str(_title(found)) == "What was recorded each month"
    assert "that are shown" in str(_told(found))


@pytest.mark.parametrize(
    ("averages", "title"),
    [
        ([40.0, 30.0], "In January 2021 the 12-month average was 25 % below its highest"),
        ([30.0, 40.0], "In January 2021 the 12-month average was 33 % above its lowest"),
        ([30.0, 31.0], "The 12-month average hardly moved"),
        ([30.0, None, 31.0], "The 12-month average hardly moved where it is shown"),
    ],
)
def test_the_title_follows_the_averages(averages, title):
    assert plain(_title(averages_shown(months_with([None] * 11 + averages)))) == title


def test_a_table_without_any_average_makes_no_claim():
    found = averages_shown(months_with([pd.NA] * 14))

    assert str(_title(found)) == "What was recorded each month"
    assert "no 12-month average" in str(_told(found))


def test_the_dot_stands_in_the_month_of_the_last_average():
    values = [np.nan] * 11 + [40.0] * 5 + [np.nan] * 8
    table = months_with(values).assign(incidents=[40] * 24)
    safe = protect_table(
        table, rule=RULE, rows="period", derived=["average_12"], attributes=["covered"]
    )
    drawing = draw_month_line(
        MonthLine(safe=safe, each_words="each month", average_words="average"), width=700
    )

    circle = next(part for part in drawing.parts if part.startswith("<circle"))
    at = float(circle.split('cx="')[1].split('"')[0])
    whole = draw_month_line(
        MonthLine(
            safe=protect_table(
                table.assign(average_12=40.0),
                rule=RULE,
                rows="period",
                derived=["average_12"],
                attributes=["covered"],
            ),
            each_words="each month",
            average_words="average",
        ),
        width=700,
    )
    end = next(part for part in whole.parts if part.startswith("<circle"))
    assert at < float(end.split('cx="')[1].split('"')[0]) * 0.8


# Periods


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2019, 3, 1), date(2019, 3, 31), "March 2019"),
        (date(2019, 3, 1), date(2019, 4, 30), "March 2019 to April 2019"),
        (date(2019, 3, 5), date(2019, 4, 30), "5 March to 30 April 2019"),
        (date(2018, 12, 5), date(2019, 1, 31), "5 December 2018 to 31 January 2019"),
        (date(2019, 3, 14), date(2019, 3, 14), "14 March 2019"),
    ],
)
def test_days_are_named_where_a_month_is_not_whole(first, last, words):
    assert plain(Period(first, last)) == words


def test_a_part_of_a_month_is_not_called_the_month():
    part = example_incidents().filter(since="2024-03-01", until="2024-03-14")
    document = build_report(setting_of(diagnose(part, cell_m=500)))
    page = plain(write_html(document))

    assert plain(document.title) == "Recorded crime in Hill Town, 1 to 14 March 2024"
    assert "in 14 days" in page
    assert "there is none" in page
    assert "March 2024" not in page.replace("14 March 2024", "").replace("March 2024 (in part)", "")


def test_days_that_were_asked_for_are_named_also_when_the_month_is_nearly_whole():
    town = diagnose(example_incidents().filter(until="2024-03-29"), cell_m=500)

    assert str(setting_of(town).period) == "1 January to 29 March 2024"
    assert setting_of(town).months_in_part == (date(2024, 3, 1),)


def test_months_only_are_always_whole_months():
    town = example_diagnosis()
    manifest = replace(town.manifest, time_precisions={"month": 493})
    known = replace(town, manifest=manifest, first_day=date(2024, 1, 1), last_day=date(2024, 8, 1))

    assert plain(setting_of(known).period) == "January 2024 to August 2024"


# Stragglers


@pytest.mark.parametrize(
    ("early", "words"),
    [
        (7, "Left out are 7 incidents that began before 1 January 2024"),
        (2, "Left out are fewer than 5 incidents that began before 1 January 2024"),
    ],
)
def test_stragglers_are_in_no_number_and_are_said_apart(early, words):
    frame = example_incidents(kinds={"Theft": 2000}).to_pandas()[["x", "y", "starts_at", "offence"]]
    before = frame.head(early).assign(starts_at=pd.Timestamp("2022-05-05"))
    town = diagnose(
        Incidents.from_frame(
            pd.concat([frame, before], ignore_index=True),
            x="x",
            y="y",
            crs="EPSG:27700",
            starts_at="starts_at",
            offence="offence",
        ),
        cell_m=500,
    )
    page = plain(write_html(build_report(setting_of(town))))

    assert page.count(words) == 2
    assert "January 2024 to August 2024: 2,000 incidents" in page
    assert "2022" not in page.split("Files that were read")[0]


# Hours


def test_breaks_of_the_hours_are_never_below_the_threshold():
    few = pd.Series([0.0] * 150 + [5.0] * 10 + [6.0] * 8)

    assert hour_breaks(few, threshold=5) == [5, 6]
    assert min(hour_breaks(pd.Series([0.0, 1.0, 2.0]), threshold=5)) >= 5
    assert hour_breaks(pd.Series([], dtype=float), threshold=5) == [5]


def test_a_week_of_hidden_hours_is_not_drawn_and_nothing_is_claimed():
    incidents = example_incidents(kinds={"Robbery": 60}, months=1)
    setting = setting_of(diagnose(incidents, cell_m=1000))
    hidden = pd.DataFrame(
        [(day, hour, 3 if hour == 20 else 0) for day in range(7) for hour in range(24)],
        columns=["weekday", "hour", "incidents"],
    )
    week = protect_table(hidden, rule=RULE, rows="weekday", columns="hour", margins=())
    setting = setting_of(setting.diagnosis, week=week)

    kinds = [type(block) for block in hours_blocks(setting)]

    assert HeatTable not in kinds
    assert BarTable in kinds


def test_the_busiest_hours_are_named_only_when_all_parts_of_the_day_are_shown():
    table = pd.DataFrame({"hour": range(0, 24, 4), "incidents": [2, 3, 9, 8, 11, 60]})
    table["share"] = table["incidents"] / 93
    shown = table.assign(incidents=[20, 30, 9, 8, 11, 60])

    assert busiest_hours(protect_table(table, rule=RULE, rows="hour", shares=["share"])) == ""
    assert "20:00 to 24:00 has the most" in str(
        busiest_hours(protect_table(shown, rule=RULE, rows="hour", shares=["share"]))
    )


# Kinds and areas


def test_kinds_of_which_a_month_is_hidden_as_a_companion_are_not_called_few():
    setting = setting_of(example_diagnosis(kinds={"Theft": 900, "Fraud": 700, "Arson": 12}))
    sources = [b for b in changes_blocks(setting) if isinstance(b, Source)]

    assert any(
        "For 2 kinds a month is hidden to protect small numbers" in str(line)
        for source in sources
        for line in source.sentences
    )


def test_what_is_counted_apart_is_not_among_the_kinds_that_fell():
    kinds = ["Theft", "Fraud", "Nuisance"]
    frame = pd.DataFrame(
        {"group": kinds, "side": "after", "ratio": [0.8, 0.9, 0.7], "certainty": "clear"}
    )
    changes: Any = SimpleNamespace(
        table=pd.DataFrame({"group": kinds, "counts_as_crime": [True, True, False]})
    )

    assert list(map(str, _how_many(changes, frame))) == [
        "Clearly fewer: theft and fraud.",
        "Counted apart, and clearly fewer: nuisance.",
    ]


def test_the_title_of_the_small_charts_says_among_which_kinds_it_is_true():
    kinds = dict.fromkeys(("Theft", "Fraud", "Robbery"), 900)
    both = build_report(setting_of(example_diagnosis(kinds=kinds)))
    some = build_report(setting_of(example_diagnosis(kinds={**kinds, "Arson": 100})))

    assert str(_multiples(both).title).startswith("Of these 3 kinds, ")
    assert str(_multiples(some).title).startswith("Of the first 3 kinds shown here, ")


def _multiples(document):
    when = next(s for s in document.sections if s.id == "when")
    return next(b for b in when.blocks if isinstance(b, Multiples))


def test_areas_that_are_withheld_are_said():
    safe: Any = SimpleNamespace(
        frame=pd.DataFrame({"rate": [1.0] * 6, "state": ["as the rest"] * 6})
    )
    setting = setting_of(example_diagnosis())
    rates = _rates_of(9)

    sentence = rates_sentence(
        replace(setting, diagnosis=replace(setting.diagnosis, rates=rates)), safe
    )

    assert str(sentence) == (
        "None of 6 areas differs more than chance from the rate of all. "
        "3 more are withheld to protect small numbers."
    )


def _rates_of(areas):
    from forestall.diagnosis import Rates

    rates = object.__new__(Rates)
    object.__setattr__(rates, "table", pd.DataFrame({"rate": [1.0] * areas}))
    return rates


def test_an_area_that_stands_out_without_squares_of_its_own_does_not_stop_the_report():
    town = example_diagnosis()
    hotspots: Any = town.hotspots
    table = hotspots.table.copy()
    empty = table.index[(table["incidents"] == 0) & (table["area"] == "")][0]
    table.loc[empty, ["area", "state"]] = ["Z", "high"]
    areas: Any = pd.concat(
        [hotspots.areas, hotspots.areas.head(1).assign(area="Z", incidents=0, squares=1)],
        ignore_index=True,
    )
    strange = replace(town, hotspots=replace(hotspots, table=table, areas=areas))

    page = write_html(build_report(setting_of(strange)))

    assert "areas stand out" in page


def test_a_limit_that_is_not_zero_is_not_written_as_zero():
    assert plain(_bare(-0.0042)) == "−0.4"
    assert _bare(0.0) == "0"
    assert plain(_bare(-0.28)) == "−28"


def test_a_report_is_made_whatever_is_withheld():
    setting = setting_of(example_diagnosis(kinds={"Theft": 2000, "Fraud": 900}, months=30))
    nothing = dict.fromkeys(
        ("group_months", "changes", "season", "week", "squares", "standing_out", "landmarks",
         "concentration", "curve", "priorities", "rates", "areas")
    )  # fmt: skip
    months = setting.safe.months.frame
    hidden = protect_table(
        months.assign(
            incidents=3,
            per_day=np.nan,
            average_12=np.nan,
            covered=months["covered"].astype(bool),
        ),
        rule=RULE,
        rows="period",
        derived=["per_day", "average_12"],
        attributes=["covered"],
    )
    document = build_report(setting_of(setting.diagnosis, months=hidden, **nothing))

    assert "What was recorded each month" in write_html(document)
    assert any(isinstance(b, Chart | Box) for s in document.sections for b in s.blocks)
