"""No word of a drawing leaves its frame or lies on another, in any language, at both widths."""

from __future__ import annotations

import itertools
import re
from html import unescape

import numpy as np
import pandas as pd
import pytest

from forestall.disclosure import protect_table
from forestall.languages import available_languages, message, use_language
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.svg import text_width, wrap
from forestall.publication.pictures import (
    ConcentrationCurves,
    CurveSeries,
    Funnel,
    MonthColumns,
    MonthLine,
    MonthMark,
    SeasonColumns,
    SmallLine,
)
from forestall.publication.report.month_line import _shift_words
from forestall.publication.report.words import kind_name

_TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)"(?: class="([^"]*)")?>([^<]*)</text>')
_HIGH = 13.0


def months_of(number, **columns):
    months = pd.date_range("2022-01-01", periods=number, freq="MS")
    table = pd.DataFrame({"period": months, "incidents": np.arange(number) * 7 + 1000})
    table["per_day"] = table["incidents"] / 30
    table["average_12"] = table["incidents"].rolling(12).mean()
    return protect_table(
        table, rule="threshold-5", rows="period", derived=["per_day", "average_12"], margins=()
    )


def curves(labels):
    table = pd.DataFrame(
        [
            {
                "group": label,
                "at": f"{label} {k}",
                "incidents": 100,
                "share_of_places": k / 10,
                "share_of_incidents": min(1.0, k / 10 * (2 + n)),
            }
            for n, label in enumerate(labels)
            for k in range(11)
        ]
    )
    safe = protect_table(
        table,
        rule="threshold-5",
        rows="at",
        attributes=["group"],
        margins=(),
        derived=["share_of_places", "share_of_incidents"],
    )
    series = [CurveSeries(one, kind_name(one), k, 0.1 * k) for k, one in enumerate(labels, 1)]
    return ConcentrationCurves(
        safe=safe,
        series=tuple(series),
        axis_words=message("Share of {squares}, busiest first", squares=message("squares")),
        half_words=message("Half is reached in"),
    )


def funnel():
    people = np.array([900, 2500, 4000, 12000, 41000])
    table = pd.DataFrame({"place": list("ABCDE"), "population": people, "incidents": people // 50})
    table["rate"] = [18.0, 20.0, 30.0, 20.0, 19.0]
    table["state"] = ["within", "within", "higher", "within", "within"]
    for name, factor in (("low_95", 0.8), ("high_95", 1.2), ("low_998", 0.7), ("high_998", 1.3)):
        table[f"funnel_{name}"] = 20 * factor
    safe = protect_table(
        table,
        rule="threshold-5",
        rows="place",
        attributes=["population"],
        margins=(),
        derived=["rate", "state", *(c for c in table.columns if c.startswith("funnel_"))],
    )
    return Funnel(
        safe=safe,
        rate_all=20.0,
        rate_words=message("together: {rate}", rate=20.0),
        population_words=message("Population of the area"),
    )


def season():
    table = pd.DataFrame({"month": range(1, 13), "incidents": 300, "factor": 1.1})
    table["low"], table["high"] = 0.87, 1.25
    safe = protect_table(
        table, rule="threshold-5", rows="month", derived=["factor", "low", "high"], margins=()
    )
    return SeasonColumns(safe=safe)


def line():
    shifts = [(pd.Timestamp("2023-10-01"), 0.88), (pd.Timestamp("2024-02-01"), 1.21)]
    marks = [MonthMark(str(m.to_period("M")), _shift_words(m, ratio)) for m, ratio in shifts]
    return MonthLine(
        safe=months_of(40),
        each_words=message("each month"),
        average_words=message("12-month average"),
        marks=tuple(marks),
    )


PICTURES = {
    "curves": lambda: curves(["all", "Violence and sexual offences", "Criminal damage and arson"]),
    "short curves": lambda: curves(["Drugs"]),
    "funnel": funnel,
    "season": season,
    "line": line,
    "five months": lambda: MonthColumns(safe=months_of(5)),
    "twelve months": lambda: MonthColumns(safe=months_of(12)),
    "two months": lambda: MonthColumns(safe=months_of(2)),
    "small line": lambda: SmallLine(safe=months_of(40)),
}


def boxes_of(svg):
    """Return the words of a drawing with left, top, right and bottom, as far as is known."""
    found = []
    for x, y, css, words in _TEXT.findall(svg):
        wide = text_width(unescape(words))
        left = float(x) - {"end": wide, "mid": wide / 2}.get((css.split() or [""])[0], 0)
        found.append((words, left, float(y) - _HIGH + 3, left + wide, float(y) + 3))
    return found


@pytest.mark.parametrize("tag", available_languages())
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", PICTURES)
def test_words_stay_in_the_frame_and_off_each_other(name, width, tag):
    picture = PICTURES[name]()
    with use_language(tag):
        svg = draw(picture, width=width, alt="a picture")
    wide, high = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    boxes = boxes_of(svg)

    assert boxes
    assert [box for box in boxes if box[1] < -1 or box[3] > wide + 1] == []
    assert [box for box in boxes if box[2] < -1 or box[4] > high + 1] == []
    assert [
        (one[0], other[0])
        for one, other in itertools.combinations(boxes, 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ] == []


@pytest.mark.parametrize("tag", available_languages())
def test_twelve_months_have_twelve_names_at_both_widths(tag):
    with use_language(tag):
        drawn = [
            [words for words, *_ in boxes_of(draw(season(), width=width, alt="season"))][-12:]
            for width in (NARROW, WIDE)
        ]

    for names in drawn:
        assert len(names) == 12
    if tag in {"ar", "zh"}:
        assert len(set(drawn[0])) == 12  # 10, 11 and 12 are not all 1


def test_a_chinese_line_breaks_between_signs_and_others_between_words():
    lines = wrap("暴力和性犯罪以及刑事毁坏", 60)

    assert "".join(lines) == "暴力和性犯罪以及刑事毁坏"
    assert all(text_width(line) <= 60 for line in lines)
    assert wrap("Dégradation de biens", 90) == ["Dégradation", "de biens"]
    assert wrap("one", 1) == ["one"]
    assert wrap("", 90) == []
    assert text_width("") == 0


@pytest.mark.parametrize(
    ("words", "measured"),
    # In bold Noto Sans at 13 px.
    [("Насильственные преступления", 211.3), ("متوسط كل شهر", 91.8), ("暴力和性犯罪", 78.0)],
)
def test_a_width_is_not_far_from_the_truth_in_any_script(words, measured):
    assert measured <= text_width(words) <= measured * 1.25
