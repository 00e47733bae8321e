"""This file knows how one row of the form becomes the record of an effect, or what it lacks."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.evidence.metrics import (
    EffectSize,
    Favours,
    Metric,
    OddsRatio,
    RateRatio,
    effect_size,
)
from forestall.evidence.sources.cells import (
    as_written,
    metric_in,
    number_in,
    unknown_word,
    whole_in,
    word_in,
    words_in,
    year_in,
)
from forestall.evidence.sources.columns import (
    EFFECT_COLUMNS,
    INCIDENTS,
    MODERATOR,
    NO,
    PEOPLE,
    YES,
    Holds,
)
from forestall.evidence.sources.faults import RowFault
from forestall.evidence.studies import (
    IncidentCounts,
    PeopleCounts,
    Source,
    StudyEffect,
    error_of_interval,
)
from forestall.evidence.vocabulary import Design, Outcome, Population, Problem, Setting
from forestall.languages import Decimal, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Mapping[str, str]
    Counts = PeopleCounts | IncidentCounts

# Twice chance where the counts do not show it: docs/decisions/0017.
DISPERSION_NOT_KNOWN = 2.0
_NEEDED = tuple(column.name for column in EFFECT_COLUMNS if column.is_needed)
_TEXTS = {column.name for column in EFFECT_COLUMNS if column.holds is Holds.TEXT}
_NUMBERS = ("effect", "low", "high", "standard_error")
_PERCENT = {Metric.PERCENT_CHANGE, Metric.ODDS_CHANGE, Metric.POINTS}
_YES = {"yes", "true", "1", "y"}
_NO = {"", "no", "false", "0", "n"}
_NO_KEY = "own"
_SAME = 1e-6
# Limits are printed with few digits and some are not normal; more than this is another scale.
_TIMES_APART = 1.5


def effect_of(row: Row) -> StudyEffect:
    """Return the record that a row describes.

    Parameters
    ----------
    row
        Texts by column; columns of moderators begin with ``moderator:``.

    Raises
    ------
    RowFault
        If it says too little, or contradicts itself.

    Examples
    --------
    >>> one = effect_of({"study": "Example (2020)", "intervention": "alley-gating",
    ...     "outcome": "crime", "metric": "RIRR", "effect": "0.8", "low": "0.65", "high": "0.985",
    ...     "favours": "below", "source": "https://example.org"})
    >>> one.metric.value, round(one.standard_error, 3), one.direction
    ('IRR', 0.106, 'below no difference is better')
    """
    row = {name: as_written(cell) if _is_text(name) else cell for name, cell in row.items() if cell}
    for name in _NEEDED:
        if name not in row:
            raise RowFault(message("“{column}” needs a value, but is empty.", column=name))
    counts = _counts(row)
    effect, error = _measured(row, counts)
    favours = word_in(row["favours"], Favours, "favours")
    found = StudyEffect(
        key=row.get("key") or _NO_KEY,
        study=row["study"],
        year=_year(row, "year"),
        intervention=row["intervention"],
        outcome=word_in(row["outcome"], Outcome, "outcome"),
        outcome_words=row.get("outcome_words", ""),
        design=word_in(row["design"], Design, "design") if "design" in row else Design.NOT_STATED,
        effect=effect,
        standard_error=error,
        favours=favours,
        direction=row.get("direction") or f"{favours} no difference is better",
        source=_source(row),
        problems=words_in(row.get("problems", ""), Problem, "problems"),
        settings=words_in(row.get("settings", ""), Setting, "settings"),
        populations=words_in(row.get("populations", ""), Population, "populations"),
        population_words=row.get("population_words", ""),
        review=row.get("review", ""),
        counts=counts,
        moderators=_moderators(row),
        is_law_enforcement=_said(row, "law_enforcement"),
        is_local=_said(row, "local"),
    )
    return found if "key" in row else replace(found, key=_key(found))


def what_it_says(effect: StudyEffect) -> tuple[object, ...]:
    """Return what two records of one effect have in common, however their sources are worded."""
    return (
        effect.study.casefold(),
        effect.year,
        effect.intervention,
        effect.outcome.value,
        effect.outcome_words.casefold(),
        effect.population_words.casefold(),
        effect.review,
        effect.metric.value,
        f"{effect.effect.number:.9g}",
        f"{effect.standard_error:.9g}",
        tuple(sorted(effect.moderators.items())),
    )


def _key(effect: StudyEffect) -> str:
    """Name a record by what it says, so that the same row of two files has one name."""
    said = repr(what_it_says(effect))
    return f"own-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _is_text(name: str) -> bool:
    return name in _TEXTS or name.startswith(MODERATOR)


def _measured(row: Row, counts: Counts | None) -> tuple[EffectSize, float]:
    if "effect_on_scale" in row:
        return _written_by_us(row, counts)
    if counts is None:
        return _printed(row)
    given = next((name for name in _NUMBERS if name in row), None)
    if given is not None:
        raise RowFault(
            message("“{column}” needs to be empty where there are counts.", column=given)
        )
    effect, error = _of_counts(counts)
    if "metric" in row and metric_in(row["metric"]) is not effect.metric:
        raise RowFault(
            message(
                "“metric” needs to be {metric} with these counts, but there is “{found}”.",
                metric=effect.metric.value,
                found=row["metric"],
            )
        )
    return effect, error


def _of_counts(counts: Counts) -> tuple[EffectSize, float]:
    try:
        if isinstance(counts, PeopleCounts):
            return OddsRatio(counts.log_odds_ratio), math.sqrt(counts.log_odds_variance)
        error = math.sqrt(counts.variance)
        if 0 < error < math.inf:
            return RateRatio(counts.log_ratio), error
    except (ValueError, ArithmeticError):
        pass
    raise RowFault(message("counts of incidents are needed, but these give no effect."))


def _printed(row: Row) -> tuple[EffectSize, float]:
    _check_measured(row)
    metric = metric_in(row["metric"])
    effect = _size(row, "effect", metric)
    if "low" not in row:
        return effect, _standard_error(row)
    low, high = _size(row, "low", metric), _size(row, "high", metric)
    if not low.number <= effect.number <= high.number:
        raise RowFault(
            message(
                "the interval needs to hold its estimate, but {effect} is not in {low} to {high}.",
                low=row["low"],
                high=row["high"],
                effect=row["effect"],
            )
        )
    if not low.number < high.number:
        raise RowFault(
            message("“high” needs to be above “low”, but both are {limit}.", limit=row["low"])
        )
    implied = error_of_interval(effect, low, high)
    if "standard_error" not in row:
        return effect, implied
    given = _standard_error(row)
    if not implied / _TIMES_APART <= given <= implied * _TIMES_APART:
        raise RowFault(
            message(
                "“standard_error” is {given}, but the interval says {implied}; that of a ratio is "
                "on the scale of its logarithm.",
                given=row["standard_error"],
                implied=Decimal(implied, 3),
            )
        )
    return effect, given


def _check_measured(row: Row) -> None:
    if "effect" not in row:
        raise RowFault(message("an effect or four counts are needed, but there are neither."))
    if "metric" not in row:
        raise RowFault(message("“metric” needs a value where there is an effect, but is empty."))
    if ("low" in row) is not ("high" in row):
        raise RowFault(message("an interval needs both “low” and “high”, but there is one."))
    if "low" not in row and "standard_error" not in row:
        raise RowFault(
            message("an interval or a standard error is needed beside the effect, or four counts.")
        )


def _written_by_us(row: Row, counts: Counts | None) -> tuple[EffectSize, float]:
    """Take the number with all its digits, if it still is that of the other columns."""
    for name in ("metric", "effect", "standard_error"):
        if name not in row:
            raise RowFault(
                message("“{column}” needs a value beside “effect_on_scale”.", column=name)
            )
    printed = _size(row, "effect", metric_in(row["metric"]))
    effect = printed.moved_to(number_in(row["effect_on_scale"], "effect_on_scale"))
    if not _near(printed.number, effect.number):
        raise RowFault(
            message("“effect_on_scale” is not that of “effect”; empty it if you changed the other.")
        )
    if counts is not None and _of_counts(counts)[0].metric is effect.metric:
        again, _ = _of_counts(counts)
        if not _near(again.number, effect.number):
            raise RowFault(
                message(
                    "the counts do not give “effect”; empty all other figures to compute it again."
                )
            )
    return effect, _standard_error(row)


def _near(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=_SAME, abs_tol=_SAME)


def _standard_error(row: Row) -> float:
    error = number_in(row["standard_error"], "standard_error")
    if not error > 0:
        raise RowFault(
            message(
                "“standard_error” needs to be above 0, but is {found}.",
                found=row["standard_error"],
            )
        )
    return error


def _size(row: Row, column: str, metric: Metric) -> EffectSize:
    cell = row[column]
    if metric in _PERCENT:
        cell = re.sub(r"[\s\u00a0]*%$", "", cell)
    try:
        return effect_size(metric, number_in(cell, column))
    except (ValueError, OverflowError):
        raise RowFault(
            message(
                "“{column}” needs a value that {metric} can have, but there is “{found}”.",
                column=column,
                metric=metric.words,
                found=row[column],
            )
        ) from None


def _counts(row: Row) -> Counts | None:
    of_people = [name for name in PEOPLE if name in row]
    of_incidents = [name for name in INCIDENTS if name in row]
    if of_people and of_incidents:
        raise RowFault(message("counts of people or of incidents are needed, but there are both."))
    wanted = PEOPLE if of_people else INCIDENTS
    missing = [name for name in wanted if name not in row]
    if "dispersion" in row and not of_incidents:
        raise RowFault(message("“dispersion” goes with counts of incidents, but there are none."))
    if not (of_people or of_incidents):
        return None
    if missing:
        raise RowFault(
            message("four counts are needed, but “{column}” is empty.", column=missing[0])
        )
    return _people(row) if of_people else _incidents(row)


def _people(row: Row) -> PeopleCounts:
    found = {name: whole_in(row[name], name) for name in PEOPLE}
    for events, people in (("treated_events", "treated"), ("compared_events", "compared")):
        if found[people] < 1 or found[events] > found[people]:
            raise RowFault(
                message(
                    "“{people}” needs to be 1 or more, and not fewer than “{events}”.",
                    people=people,
                    events=events,
                )
            )
    return PeopleCounts(**found)


def _incidents(row: Row) -> IncidentCounts:
    found = {name: number_in(row[name], name) for name in INCIDENTS}
    below = next((name for name in INCIDENTS if found[name] < 0), None)
    if below is not None:
        raise RowFault(
            message(
                "“{column}” needs to be 0 or more, but is {found}.", column=below, found=row[below]
            )
        )
    dispersion = DISPERSION_NOT_KNOWN
    if "dispersion" in row:
        dispersion = number_in(row["dispersion"], "dispersion")
    if dispersion < 1:
        raise RowFault(
            message("“dispersion” needs to be 1 or more, but is {found}.", found=row["dispersion"])
        )
    return IncidentCounts(**found, dispersion=dispersion)


def _source(row: Row) -> Source:
    return Source(
        address=row["source"],
        quotation=row.get("quotation", ""),
        title=row.get("source_title", ""),
        authors=row.get("source_authors", ""),
        year=_year(row, "source_year"),
    )


def _moderators(row: Row) -> dict[str, str]:
    return {
        name.removeprefix(MODERATOR): cell
        for name, cell in row.items()
        if name.startswith(MODERATOR)
    }


def _year(row: Row, column: str) -> int | None:
    return year_in(row[column], column) if column in row else None


def _said(row: Row, column: str) -> bool:
    word = row.get(column, "").casefold()
    if word not in _YES | _NO:
        raise unknown_word(word, (YES, NO), column)
    return word in _YES
