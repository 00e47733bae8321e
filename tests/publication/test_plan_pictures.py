"""Timetables, logic models, money and the way to a target are drawn where they belong."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.languages import available_languages, use_language
from forestall.publication.blocks import Chart
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.plan_pictures import (
    BarState,
    IndicatorPath,
    LogicBox,
    LogicModel,
    MoneyBars,
    MoneyRow,
    PathPoint,
    Timetable,
    TimetableBar,
    TimetableGroup,
)
from forestall.publication.stored.codec import decode, encode
from tests.publication.made_plans import HOSTILE, LONG_WORD
from tests.publication.test_drawing_texts import boxes_of

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


def bar(first=FIRST, last=LAST, *, words="Build gates", state=BarState.PLANNED):
    return TimetableBar(words=words, first=first, last=last, state=state)


def timetable(*bars, today=None, first=FIRST, last=LAST, **more):
    return Timetable(
        first=first,
        last=last,
        groups=(TimetableGroup(words="Gates for 14 rear alleys", bars=bars),),
        today=today,
        has_key=True,
        today_words="today",
        reviews_words="reviews of the plan",
        **more,
    )


def model(*items, words="What changes"):
    boxes = [LogicBox(words=words, items=items, empty="nothing yet") for _ in range(5)]
    return LogicModel(boxes=tuple(boxes))


def money(*shares):
    rows = [MoneyRow(words="social development", shown="EUR 9,000", share=one) for one in shares]
    return MoneyBars(rows=tuple(rows))


def path(*values, target=None, **more):
    points = [
        PathPoint(on=FIRST + timedelta(days=31 * k), value=one, shown=str(one), **more)
        for k, one in enumerate(values)
    ]
    end = None if target is None else PathPoint(on=LAST, value=target, shown=str(target))
    return IndicatorPath(points=tuple(points), target=end, target_words="target")


PICTURES = {
    "timetable": lambda: timetable(
        bar(),
        bar(words=LONG_WORD, state=BarState.DONE),
        bar(words="a long name of a step that goes on and on " * 20, state=BarState.UNDER_WAY),
        bar(date(2030, 1, 1), date(2030, 1, 1), state=BarState.DROPPED),
        today=date(2025, 5, 3),
        reviews=(date(2025, 9, 1), date(2029, 1, 1)),
    ),
    "long": lambda: timetable(bar(), first=date(1990, 1, 1), today=date(1990, 1, 1)),
    "model": lambda: model(LONG_WORD, *["gates and keys for every alley"] * 9),
    "empty model": model,
    "money": lambda: money(0, 0.4, 1),
    "path": lambda: path(2267, 2277, 2282, target=1940),
    "below zero": lambda: path(-5, 3, target=-9),
    "nothing but zero": lambda: path(0),
}


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


def bars_of(svg, css="fp s1 fine"):
    """Return start and width of each bar of a look, as they lie in the drawing."""
    drawn = "".join(re.findall(rf'<path class="{css}" d="([^"]*)"', svg))
    found = re.findall(r"M([\d.]+) [\d.]+h(-?[\d.]+)v", drawn)
    return [(float(x), float(across)) for x, across in found]


def test_a_bar_reaches_from_its_first_to_its_last_day():
    svg = draw(timetable(bar(), bar(FIRST, date(2025, 12, 31))), width=NARROW, alt="x")
    (start, whole), (same, half) = bars_of(svg)[:2]

    assert start == same
    assert half == pytest.approx(whole / 2, abs=0.2)


def test_arabic_reads_a_timetable_from_the_right():
    picture = timetable(bar(FIRST, date(2025, 3, 31)))
    x, across = bars_of(draw(picture, width=NARROW, alt="x"))[0]
    with use_language("ar"):
        mirrored, back = bars_of(draw(picture, width=NARROW, alt="x"))[0]

    assert mirrored == pytest.approx(NARROW - x, abs=0.2)
    assert back == -across


def test_each_state_has_a_shape_of_its_own():
    looks = {}
    for state in BarState:
        svg = draw(timetable(bar(state=state)), width=NARROW, alt="x")
        filled = re.findall(r'<path class="f1" d="M[\d.]+ [\d.]+h[\d.]+v([\d.]+)', svg)
        ended = 'class="f0"' in svg  # a mark where a late step was due
        looks[state] = (bool(bars_of(svg)), filled[:1], bool(bars_of(svg, "ax dash")), ended)

    assert len({str(look) for look in looks.values()}) == len(BarState)


def test_a_time_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        draw(timetable(bar(LAST, FIRST)), width=WIDE, alt="x")


def test_boxes_lie_under_their_words():
    svg = draw(model("gates"), width=WIDE, alt="x")
    assert svg.rindex('class="fp s0 fine"') > svg.index("gates")
    for part in re.findall(r'<path class="fp s0 fine".*?(?=<path class="fp s0 fine"|$)', svg):
        assert part.count("M") >= 1
        assert part.index("<path") < part.index("<text")


def test_what_does_not_fit_a_box_is_counted():
    svg = draw(model(*[f"action {k}" for k in range(10)]), width=WIDE, alt="x")
    assert "action 4" in svg
    assert "action 5" not in svg
    assert "and 5 more" in svg


def test_a_zero_row_of_money_stays_without_a_bar():
    svg = draw(money(0, 0.5), width=WIDE, alt="x")
    (drawn,) = bars_of(svg, "f1")

    assert svg.count("EUR 9,000") == 2
    assert drawn[1] == pytest.approx((WIDE - 4) / 2, abs=0.2)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.floats(-1e6, 1e6))
@settings(max_examples=40, deadline=None)
def test_any_series_lies_between_the_ends_of_its_axis(values, target):
    svg = draw(path(*values, target=target), width=WIDE, alt="x")
    levels = [float(y) for y in re.findall(r'<circle class="\w+" cx="[\d.]+" cy="([\d.]+)"', svg)]

    assert len(levels) == len(values) + 1
    assert all(33 <= level <= 151 for level in levels)


def test_time_on_the_way_to_a_target_is_not_mirrored():
    picture = path(2267, 2282, target=1940)
    with use_language("ar"):
        svg = draw(picture, width=WIDE, alt="x")
    across = [float(x) for x in re.findall(r'<circle class="f1" cx="([\d.]+)"', svg)]

    assert across == sorted(across)


@pytest.mark.parametrize("name", PICTURES)
def test_a_stored_picture_is_the_same_when_it_is_read_again(name):
    chart = Chart(title="t", subtitle="s", alt="a", picture=PICTURES[name]())
    parts = encode(chart)
    assert decode(type(parts)(**json.loads(json.dumps(parts.__dict__)))) == chart


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_words_of_users_cannot_leave_the_drawing(width):
    picture = timetable(bar(words=HOSTILE))
    assert "<script" not in draw(picture, width=width, alt=HOSTILE)
    assert "<b" not in draw(model(HOSTILE), width=width, alt=HOSTILE)
