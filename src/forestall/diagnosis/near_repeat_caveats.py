"""This file knows what to say aloud beside a test of near repeats: choices, limits, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis.dated_points import left_out_caveats
from forestall.languages import (
    Decimal,
    Message,
    Quantity,
    message,
    plural_message,
    share_in_full,
)

if TYPE_CHECKING:
    from forestall.diagnosis.dated_points import DatedPoints
    from forestall.diagnosis.near_choices import NearRepeatChoices


def near_repeat_caveats(
    points: DatedPoints, choices: NearRepeatChoices, *, cells: int, same_both: int
) -> tuple[Message, ...]:
    """Return what a careful analyst would add, the method first."""
    said = [
        *_of_the_test(choices, cells),
        message(_METRIC[choices.metric, choices.closed]),
        message(DAY_UNIT[choices.day_unit]),
        message(_SAME_DAY[choices.same_day]),
        message(_SAME_PLACE[choices.same_place]),
        message(DATE[choices.date]),
        *left_out_caveats(points, longest_interval_days=choices.longest_days),
        *_of_places(points, choices),
    ]
    if same_both:
        said.append(plural_message(*_SAME_BOTH, same_both))
    said.append(message(_CHANCE))
    return tuple(said)


def _of_the_test(choices: NearRepeatChoices, cells: int) -> tuple[Message, ...]:
    if choices.permutations:
        least = 1 / (choices.permutations + 1)
        few = message(_TOO_FEW, least=Decimal(least, 2), level=share_in_full(LEVEL))
        return (
            message(
                _BY_PERMUTATION[choices.alternative],
                permutations=choices.permutations,
                seed=str(choices.seed),
            ),
            message(_MANY, cells=cells),
            *([few] if least > LEVEL else []),
        )
    return message(_APPROXIMATE[choices.alternative]), message(_MANY_APPROXIMATE, cells=cells)


def _of_places(points: DatedPoints, choices: NearRepeatChoices) -> list[Message]:
    error = points.location_error_m
    said = [points.location_error_from.filled(error=Quantity(error, "m"))]
    empty = sum(not band.can_be_told(error) for band in choices.distances)
    if empty:
        said.append(
            plural_message(
                "{count} band of distance has an edge nearer than that, so that no number can be "
                "given for it; its rows are empty.",
                "{count} bands of distance have an edge nearer than that, so that no number can be "
                "given for them; their rows are empty.",
                empty,
            )
        )
    return said


# Of the bands that stand out.
LEVEL = 0.05

_BY_PERMUTATION = {
    "greater": (
        "p-values count in how many of {permutations} random orders of the times (seed {seed}) "
        "there are as many pairs or more; the observed order counts as one of them."
    ),
    "less": (
        "p-values count in how many of {permutations} random orders of the times (seed {seed}) "
        "there are as many pairs or fewer; the observed order counts as one of them."
    ),
    "two-sided": (
        "p-values count in how many of {permutations} random orders of the times (seed {seed}) the "
        "number of pairs is as extreme, twice the smaller side; the observed order counts as one "
        "of them."
    ),
}
_APPROXIMATE = {
    "greater": (
        "p-values look for more pairs than by chance and are a normal approximation from the "
        "exact mean and spread; no random orders were drawn. It is rough where few pairs are "
        "expected."
    ),
    "less": (
        "p-values look for fewer pairs than by chance and are a normal approximation from the "
        "exact mean and spread; no random orders were drawn. It is rough where few pairs are "
        "expected."
    ),
    "two-sided": (
        "p-values look both ways and are a normal approximation from the exact mean and spread; no "
        "random orders were drawn. It is rough where few pairs are expected."
    ),
}
_MANY = (
    "{cells} combinations of distance and days were looked at; p_max allows for all of them "
    "together, p_value does not."
)
_TOO_FEW = (
    "So few random orders cannot give a p_max below {least}, so that no combination can stand out "
    "at {level}."
)
_MANY_APPROXIMATE = (
    "{cells} combinations of distance and days were looked at; p_value does not allow for that, "
    "the summary does (Holm's adjustment)."
)
_METRIC = {
    ("euclidean", "left"): (
        "Distances are straight lines; one that lies on a break belongs to the band above it, as "
        "do days."
    ),
    ("euclidean", "right"): (
        "Distances are straight lines; one that lies on a break belongs to the band below it, as "
        "do days."
    ),
    ("manhattan", "left"): (
        "Distances are the ways east and north added up; one that lies on a break belongs to the "
        "band above it, as do days."
    ),
    ("manhattan", "right"): (
        "Distances are the ways east and north added up; one that lies on a break belongs to the "
        "band below it, as do days."
    ),
}
DAY_UNIT = {
    "calendar": "Days apart are midnights between two incidents.",
    "elapsed": "Days apart are whole periods of 24 hours between two incidents.",
}
_SAME_DAY = {
    "first_band": "Pairs 0 days apart are in the first band of days, if it begins at 0.",
    "apart": "Pairs 0 days apart stand in rows of their own.",
    "left_out": "Pairs 0 days apart are left out.",
}
_SAME_PLACE = {
    "apart": "Pairs at the same point stand in rows of their own and in no band of distance.",
    "first_band": "Pairs at the same point are in the first band of distance.",
}
DATE = {
    "start": "An incident between two times stands at the first of them.",
    "middle": "An incident between two times stands in the middle of them.",
    "end": "An incident between two times stands at the last of them.",
}
_SAME_BOTH = (
    "{count} pair has the same point and the same day and may be one event recorded twice.",
    "{count} pairs have the same point and the same day; some may be one event recorded twice.",
)
_CHANCE = (
    "By chance means that place and time have nothing to do with each other. A part of the town "
    "that is built, emptied or recorded in another way during these days looks like near repeats "
    "too."
)
