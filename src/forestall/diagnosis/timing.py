"""This file knows at which hours of the week incidents happened, as far as times are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.aoristic import WEEK_HOURS, WEEK_MINUTES, spread_over_week
from forestall.errors import CannotAnswer
from forestall.languages import Message, Share, Weekday, message, plural_message, say
from forestall.query import cell_index, fetch, seconds_between
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.records import Incidents

COARSE = "time known to the day or month only"
NEGATIVE = "ends before it starts"
NO_END = "no end"
TOO_LONG = "longer than a week"
_HEAPED_SHARE = 0.02
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, eq=False, kw_only=True)
class Timing(Result):
    """Incidents by hour of the week.

    ``table`` has 168 rows: ``weekday`` (0 = Monday), ``hour`` (0 to 23), ``incidents`` (parts of
    incidents, because an interval is spread over the hours it covers).

    Attributes
    ----------
    rows_used
        Incidents in the table; its ``incidents`` add up to this.
    rows_left_out
        Reason to number of rows: ``"time known to the day or month only"``,
        ``"ends before it starts"``, ``"no end"``, ``"longer than a week"``.
    rows_start_only
        Incidents without an end, counted in the hour they start.
    rows_known_to_two_hours
        Incidents whose interval is two hours or shorter (and not without an end).
    rows_longer_than_ten_hours
        Incidents whose interval is longer than ten hours.
    missing_end, longer_than_week
        The policies in force.
    """

    rows_used: int
    rows_left_out: Mapping[str, int]
    rows_start_only: int
    rows_known_to_two_hours: int
    rows_longer_than_ten_hours: int
    missing_end: str
    longer_than_week: str

    @property
    def busiest_hours(self) -> tuple[int, float]:
        """Return the first of the busiest four hours of the day, and their share."""
        by_hour = self.table.groupby("hour")["incidents"].sum().to_numpy()
        around = np.concatenate([by_hour, by_hour[:3]])
        sums = np.convolve(around, np.ones(4), mode="valid")
        first = int(sums.argmax())
        return first, float(sums[first] / by_hour.sum())

    def summary(self) -> str:
        """Return the busiest four hours of the day and their share, in one plain sentence."""
        first, share = self.busiest_hours
        return say(
            "{share} of incidents fall between {start} and {end}; four hours chosen at random "
            "would hold {even}.",
            share=Share(share),
            start=f"{first:02d}:00",
            end=f"{(first + 4) % 24:02d}:00",
            even=Share(4 / 24),
        )

    def plot(self) -> alt.LayerChart:
        """Return hours by weekdays in five classes."""
        from forestall._charts import heat_chart

        weekdays = [str(Weekday(day)) for day in range(7)]
        return heat_chart(self.table, weekdays=weekdays, title=say("Incidents"))


def measure_timing(
    incidents: Incidents,
    *,
    missing_end: Literal["start_only", "exclude"] = "start_only",
    longer_than_week: Literal["spread", "exclude"] = "spread",
) -> Timing:
    """Measure at which hours of the week incidents happened, in local wall-clock time.

    An incident between two times is spread over them in equal parts by exact overlap: of one that
    lasted from 00:30 to 02:30 a quarter counts in the first hour, half in the next, a quarter in
    the third.

    Parameters
    ----------
    incidents
        Incidents whose times are known to the minute; coarser ones are left out and counted.
    missing_end
        What to do without an end: "start_only" counts it in the hour of its start, "exclude"
        leaves it out.
    longer_than_week
        "spread" covers each hour of the week as often as the interval does; "exclude" leaves such
        intervals out, which say little about hours.

    Raises
    ------
    CannotAnswer
        If no incident is left with a time known to the minute.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> frame = pd.DataFrame({"x": [450_000.0] * 2, "y": [520_000.0] * 2,
    ...     "from": pd.to_datetime(["2024-01-01 21:30", "2024-01-02 22:15"]),
    ...     "to": pd.to_datetime(["2024-01-01 23:30", "2024-01-02 22:45"])})
    >>> thefts = Incidents.from_frame(
    ...     frame, x="x", y="y", crs="EPSG:27700", starts_at="from", ends_at="to")
    >>> timing = measure_timing(thefts)
    >>> timing.table.groupby("hour")["incidents"].sum().loc[21:23].tolist()
    [0.25, 1.5, 0.25]
    """
    if missing_end not in {"start_only", "exclude"}:
        raise ValueError('Missing ends are counted "start_only" or left out by "exclude".')
    if longer_than_week not in {"spread", "exclude"}:
        raise ValueError('Intervals longer than a week are "spread" or left out by "exclude".')
    spans = _count_spans(incidents)
    spans["left_out"] = _reasons(spans, missing_end, longer_than_week)
    used = spans[spans["left_out"] == ""]
    if used.empty:
        coarse = spans.loc[spans["left_out"] == COARSE, "rows"].sum() == spans["rows"].sum()
        raise CannotAnswer(
            message("The file gives no time of day, so there is no answer for hours and weekdays.")
            if coarse
            else message("No incident has a time that can be used for hours and weekdays.")
        )
    rows = used["rows"].to_numpy(float)
    ended = used["minutes"].notna()
    minutes = used["minutes"].fillna(0).to_numpy(np.int64)
    hours = spread_over_week(used["start"].to_numpy(np.int64), minutes, rows)
    left_out = spans[spans["left_out"] != ""].groupby("left_out")["rows"].sum()
    start_only = int(used.loc[~ended, "rows"].sum())
    return Timing(
        table=_week_table(hours),
        caveats=_caveats(used, left_out, start_only),
        made_by=(
            f"measure_timing(missing_end='{missing_end}', longer_than_week='{longer_than_week}')"
        ),
        rows_used=int(rows.sum()),
        rows_left_out={str(reason): int(count) for reason, count in left_out.items()},
        rows_start_only=start_only,
        rows_known_to_two_hours=int(used.loc[ended & (used["minutes"] <= 120), "rows"].sum()),
        rows_longer_than_ten_hours=int(used.loc[ended & (used["minutes"] > 600), "rows"].sum()),
        missing_end=missing_end,
        longer_than_week=longer_than_week,
    )


def _count_spans(incidents: Incidents) -> pd.DataFrame:
    """Count rows by start (minute of the week) and length (minutes), in one scan."""
    table = incidents.table
    fine = table.time_precision == "minute"
    times = table.starts_at
    start = times.day_of_week.index() * _DAY_MINUTES + times.hour() * 60 + times.minute()
    minutes = cell_index(seconds_between(times, table.ends_at), origin=0, size=60)
    spans = table.select(
        fine=fine,
        start=fine.ifelse(start, 0).cast("int64"),
        minutes=fine.ifelse(minutes, 0).cast("int64"),
    )
    counted = fetch(spans.group_by(["fine", "start", "minutes"]).aggregate(rows=spans.count()))
    frame: pd.DataFrame = counted.to_pandas()
    return frame.astype({"rows": "int64"})


def _reasons(spans: pd.DataFrame, missing_end: str, longer_than_week: str) -> list[str]:
    minutes = spans["minutes"]
    return list(
        np.select(
            [
                ~spans["fine"].astype(bool),
                minutes.isna() & (missing_end == "exclude"),
                minutes < 0,
                (minutes > WEEK_MINUTES) & (longer_than_week == "exclude"),
            ],
            [COARSE, NO_END, NEGATIVE, TOO_LONG],
            "",
        )
    )


def _week_table(hours: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pd.DataFrame:
    weekday, hour = np.divmod(np.arange(WEEK_HOURS), 24)
    return pd.DataFrame({"weekday": weekday, "hour": hour, "incidents": hours})


def _caveats(used: pd.DataFrame, left_out: pd.Series[int], start_only: int) -> tuple[Message, ...]:
    said = []
    if (used["minutes"] > 0).any():
        said.append(message("An incident between two times is spread over them in equal parts."))
    if start_only:
        said.append(
            plural_message(
                "{count} incident has no end and is counted in the hour of its start.",
                "{count} incidents have no end and are counted in the hour of their start.",
                start_only,
            )
        )
    said.extend(
        plural_message(*_LEFT_OUT[str(reason)], int(count)) for reason, count in left_out.items()
    )
    midnight = used.loc[used["start"] % _DAY_MINUTES <= 1, "rows"].sum() / used["rows"].sum()
    if midnight > _HEAPED_SHARE:
        said.append(message(_HEAPED, share=Share(float(midnight))))
    return tuple(said)


_HEAPED = (
    "{share} of times are 00:00 or 00:01, which often means that the time is not known; "
    "the first hour of the day looks too high."
)
_LEFT_OUT = {
    COARSE: (
        "{count} incident is left out: its time is known to the day or month only.",
        "{count} incidents are left out: their time is known to the day or month only.",
    ),
    NEGATIVE: (
        "{count} incident is left out: it ends before it starts.",
        "{count} incidents are left out: they end before they start.",
    ),
    NO_END: (
        "{count} incident is left out: it has no end.",
        "{count} incidents are left out: they have no end.",
    ),
    TOO_LONG: (
        "{count} incident is left out: its interval is longer than a week.",
        "{count} incidents are left out: their intervals are longer than a week.",
    ),
}
