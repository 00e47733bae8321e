"""This file knows the few table expressions that mean the same on every engine.

DuckDB, PostgreSQL and Spark disagree on the raw forms, so nothing outside this folder uses them:

================================ ==================================== ========================
raw form                         what differs                         use
================================ ==================================== ========================
``a / b`` with ``b`` 0           infinity, or an error                `safe_div`
``round(2.5)``                   3, but 2 on PostgreSQL               `round_half_up`
``//`` and ``%`` below zero      −7 // 2 is −3, in Python −4          `cell_index`
``a.delta(b, unit="day")``       boundaries crossed, or days elapsed  `days_between`
``epoch_seconds()``              half a second goes up or down        `seconds_between`
``approx_median``, ``hash``,     differ, or are missing               exact ``median``; keyed
``hexdigest``, ``mode``                                               hashes made at import
``first(order_by=...)``          missing on PostgreSQL                ``argmin``, ``argmax``
true/false cast to a number      refused by PostgreSQL                ``count(where=...)``
cast to a time with zone         converts, or only relabels           wall-clock times
================================ ==================================== ========================

A test runs each of them on DuckDB, PostgreSQL and Spark and compares the tables; another forbids
the raw forms elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PERIOD_UNITS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
ROOT_3 = 3**0.5
_KEY_STEP = 2**32
_SECONDS_A_DAY = 86_400


def safe_div(numerator: Any, denominator: Any) -> Any:
    """Divide two columns; where the denominator is 0 the answer is missing.

    Examples
    --------
    >>> from forestall.query.connection import memory_table
    >>> counts = memory_table({"incidents": [3, 4], "people": [2, 0]})
    >>> counts.select(rate=safe_div(counts.incidents, counts.people)).to_pyarrow().to_pydict()
    {'rate': [1.5, None]}
    """
    return numerator.cast("float64") / denominator.cast("float64").nullif(0.0)


def round_half_up(value: Any) -> Any:
    """Round to the nearest whole number, halves up: 2.5 to 3 and −2.5 to −2.

    Examples
    --------
    >>> from forestall.query.connection import memory_table
    >>> lengths = memory_table({"metres": [2.5, -2.5, 2.4]})
    >>> lengths.select(m=round_half_up(lengths.metres)).to_pyarrow().to_pydict()
    {'m': [3, -2, 2]}
    """
    return (value + 0.5).floor().cast("int64")


def cell_index(value: Any, *, origin: float, size: float) -> Any:
    """Return in which interval [origin + i·size, origin + (i+1)·size) a value lies, as i.

    Examples
    --------
    >>> from forestall.query.connection import memory_table
    >>> points = memory_table({"x": [0.0, 499.9, 500.0, -0.1]})
    >>> points.select(i=cell_index(points.x, origin=0, size=500)).to_pyarrow().to_pydict()
    {'i': [0, 0, 1, -1]}
    """
    return ((value - float(origin)) / float(size)).floor().cast("int64")


def cell_key(x: Any, y: Any, *, origin: tuple[float, float], size: float) -> Any:
    """Return one whole number for the square in which a point lies; see `key_parts`.

    One key is quicker to group by than a row and a column.

    Examples
    --------
    >>> from forestall.query.connection import fetch, memory_table
    >>> points = memory_table({"x": [10.0, 510.0], "y": [10.0, 1010.0]})
    >>> keys = fetch(points.select(k=cell_key(points.x, points.y, origin=(0, 0), size=500)))
    >>> row, column = key_parts(keys["k"].to_numpy())
    >>> row.tolist(), column.tolist()
    ([0, 2], [0, 1])
    """
    column = cell_index(x, origin=origin[0], size=size)
    row = cell_index(y, origin=origin[1], size=size)
    return row * _KEY_STEP + column


def hex_key(x: Any, y: Any, *, origin: tuple[float, float], size: float) -> Any:
    """Return one whole number for the hexagon in which a point lies; see `key_parts`.

    The hexagons stand on a corner and are ``size`` wide between opposite sides; ``origin`` is
    the centre of hexagon (0, 0). The parts of the key are the axial coordinates r and q: q
    counts to the east, r to the north-east. Points are rounded in cube coordinates.

    Examples
    --------
    >>> from forestall.query.connection import fetch, memory_table
    >>> points = memory_table({"x": [10.0, 510.0], "y": [10.0, 10.0]})
    >>> keys = fetch(points.select(k=hex_key(points.x, points.y, origin=(0, 0), size=500)))
    >>> r, q = key_parts(keys["k"].to_numpy())
    >>> r.tolist(), q.tolist()
    ([0, 0], [0, 1])
    """
    import ibis

    # Steps of 1 to the east and of 1 to the north-east row; the third coordinate is -q - r.
    east = (x - float(origin[0])) / float(size)
    north = (y - float(origin[1])) / (float(size) * ROOT_3)
    q, r = east - north, north * 2.0
    s = -q - r
    near_q, near_r, near_s = ((part + 0.5).floor().cast("int64") for part in (q, r, s))
    off_q, off_r, off_s = (near_q - q).abs(), (near_r - r).abs(), (near_s - s).abs()
    q_is_worst = (off_q > off_r) & (off_q > off_s)
    axial_q = ibis.ifelse(q_is_worst, -near_r - near_s, near_q)
    axial_r = ibis.ifelse(~q_is_worst & (off_r > off_s), -near_q - near_s, near_r)
    return axial_r * _KEY_STEP + axial_q


def key_parts(key: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split keys into row and column (`cell_key`) or into r and q (`hex_key`).

    Examples
    --------
    >>> import numpy as np
    >>> row, column = key_parts(np.array([2 * 2**32 + 5, -1 * 2**32 - 3]))
    >>> row.tolist(), column.tolist()
    ([2, -1], [5, -3])
    """
    row = (key + _KEY_STEP // 2) >> 32
    return row, key - row * _KEY_STEP


def seconds_between(start: Any, end: Any) -> Any:
    """Return the seconds from one wall-clock time to another, each cut to the whole second.

    Examples
    --------
    >>> from datetime import datetime
    >>> from forestall.query.connection import fetch, memory_table
    >>> thefts = memory_table({"a": [datetime(2024, 3, 1, 18)], "b": [datetime(2024, 3, 1, 19)]})
    >>> fetch(thefts.select(s=seconds_between(thefts.a, thefts.b))).to_pydict()
    {'s': [3600]}
    """
    return _epoch_second(end) - _epoch_second(start)


def days_between(start: Any, end: Any) -> Any:
    """Return the days elapsed from one wall-clock time to another, with fractions.

    Examples
    --------
    >>> from datetime import datetime
    >>> from forestall.query.connection import memory_table
    >>> thefts = memory_table({"a": [datetime(2024, 3, 1, 18)], "b": [datetime(2024, 3, 3, 6)]})
    >>> thefts.select(days=days_between(thefts.a, thefts.b)).to_pyarrow().to_pydict()
    {'days': [1.5]}
    """
    return seconds_between(start, end).cast("float64") / float(_SECONDS_A_DAY)


def period_start(time: Any, *, unit: str) -> Any:
    """Return the start of the day, week (Monday), month, quarter or year of a time.

    Examples
    --------
    >>> from datetime import datetime
    >>> from forestall.query.connection import memory_table
    >>> thefts = memory_table({"at": [datetime(2024, 5, 16, 18)]})
    >>> str(thefts.select(q=period_start(thefts.at, unit="quarter")).to_pyarrow()["q"][0])
    '2024-04-01 00:00:00'
    """
    return time.truncate(PERIOD_UNITS[unit]).cast("timestamp")


def _epoch_second(time: Any) -> Any:
    return time.truncate("s").epoch_seconds().cast("int64")
