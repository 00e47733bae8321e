"""This file knows how an estimate is written as plain values, and read again without loss."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidFile
from forestall.estimates.effects import (
    CountDifference,
    HarmDifference,
    LogRatio,
    RateDifference,
    ScoreDifference,
    ShareDifference,
)
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample, Side, Span
from forestall.languages import Message
from forestall.results import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forestall.estimates.effects import Effect

_SCALES: Mapping[str, type[CountDifference | HarmDifference | LogRatio | ShareDifference]] = {
    "difference of incidents": CountDifference,
    "difference of points of harm": HarmDifference,
    "logarithm of a ratio": LogRatio,
    "difference of shares": ShareDifference,
}
_RATE = "difference of rates"
_SCORE = "difference of scores"
_FEWER = "below 0 is fewer than expected without the measure"
_LOWER = "below 0 is lower than expected without the measure"
_AS_READ = "{words}"


def write_estimate(
    estimate: Estimate[Any], *, number: Callable[[float | None], float | None] = lambda given: given
) -> dict[str, Any]:
    """Return an estimate as plain values, for JSON.

    Parameters
    ----------
    number
        Leaves of a number the digits that may be told; all by default.

    Examples
    --------
    >>> from forestall.evaluation.costs import example_of_gates
    >>> estimate = example_of_gates()["outcomes"].estimate
    >>> written = write_estimate(estimate)
    >>> written["scale"], written["number"], written["interval_95"]["high"] < 0
    ('difference of incidents', -20.0, True)
    >>> read_estimate(written).effect == estimate.effect
    True
    """
    own = {one.level: one for one in estimate.own_intervals}
    return {
        "estimand": str(estimate.estimand),
        "outcome": estimate.outcome,
        "scale": _scale_of(estimate.effect),
        **_more_of(estimate.effect),
        "direction": _direction(estimate.effect),
        "number": number(estimate.effect.number),
        "standard_error": number(estimate.standard_error),
        "error_kind": estimate.error_kind.value,
        "degrees_of_freedom": number(estimate.degrees_of_freedom),
        "p_value": number(estimate.p_value),
        "side": estimate.side.value,
        "interval_95": _interval(estimate.interval(0.95), number),
        "own_intervals": [_interval(one, number) for one in own.values()],
        "certainty": estimate.certainty.value,
        "sample": _sample(estimate.sample, number),
        "engine": {
            "method": estimate.engine.method,
            "software": estimate.engine.software,
            "version": estimate.engine.version,
        },
        "caveats": [str(caveat) for caveat in estimate.caveats],
    }


def read_estimate(written: Mapping[str, Any]) -> Estimate[Any]:
    """Return the estimate that `write_estimate` has written; its words stay in their language.

    Raises
    ------
    InvalidFile
        If something is missing, or is not what it should be.
    """
    try:
        return Estimate(
            estimand=_words(written["estimand"]),
            outcome=str(written["outcome"]),
            effect=_effect(written),
            standard_error=_number(written["standard_error"]),
            error_kind=ErrorKind(written["error_kind"]),
            degrees_of_freedom=_number(written["degrees_of_freedom"]),
            p_value=_number(written["p_value"]),
            side=Side(written["side"]),
            own_intervals=tuple(
                Interval(low=float(one["low"]), high=float(one["high"]), level=float(one["level"]))
                for one in written["own_intervals"]
            ),
            sample=_read_sample(written["sample"]),
            engine=Engine(**{key: str(value) for key, value in written["engine"].items()}),
            caveats=tuple(_words(caveat) for caveat in written["caveats"]),
        )
    except KeyError as missing:
        raise InvalidFile(f"An estimate needs {missing}, but the file does not say it.") from None
    except (TypeError, ValueError, AttributeError) as wrong:
        raise InvalidFile(f"An estimate in the file cannot be used: {wrong}") from None


def _scale_of(effect: Effect) -> str:
    if isinstance(effect, RateDifference):
        return _RATE
    if isinstance(effect, ScoreDifference):
        return _SCORE
    return next(name for name, scale in _SCALES.items() if isinstance(effect, scale))


def _more_of(effect: Effect) -> dict[str, float | str]:
    if isinstance(effect, RateDifference):
        return {"per": effect.per}
    return {"scale_name": effect.scale} if isinstance(effect, ScoreDifference) else {}


def _direction(effect: Effect) -> str:
    return _LOWER if isinstance(effect, ScoreDifference | ShareDifference) else _FEWER


def _effect(written: Mapping[str, Any]) -> Effect:
    number = float(written["number"])
    if written["scale"] == _RATE:
        return RateDifference(number, per=float(written["per"]))
    if written["scale"] == _SCORE:
        return ScoreDifference(number, scale=str(written["scale_name"]))
    if written["scale"] not in _SCALES:
        raise ValueError(f"“{written['scale']}” is no scale of an effect.")
    return _SCALES[written["scale"]](number)


def _interval(
    interval: Interval, number: Callable[[float | None], float | None]
) -> dict[str, float | None]:
    return {
        "level": interval.level,
        "low": number(interval.low),
        "high": number(interval.high),
    }


def _sample(sample: Sample, number: Callable[[float | None], float | None]) -> dict[str, Any]:
    return {
        "treated_places": sample.treated_places,
        "comparison_places": sample.comparison_places,
        "observations": sample.observations,
        "incidents": number(sample.incidents),
        "before": _span(sample.before),
        "after": _span(sample.after),
    }


def _span(span: Span | None) -> list[str] | None:
    return None if span is None else [span.first.isoformat(), span.last.isoformat()]


def _read_sample(written: Mapping[str, Any]) -> Sample:
    return Sample(
        treated_places=int(written["treated_places"]),
        comparison_places=int(written["comparison_places"]),
        observations=int(written["observations"]),
        incidents=_number(written["incidents"]),
        before=_read_span(written["before"]),
        after=_read_span(written["after"]),
    )


def _read_span(written: list[str] | None) -> Span | None:
    if written is None:
        return None
    first, last = (date.fromisoformat(day) for day in written)
    return Span(first=first, last=last)


def _number(written: object) -> float | None:
    if written is None:
        return None
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise TypeError(f"{written!r} is no number.")
    if not math.isfinite(written):
        raise ValueError(f"{written} is no finite number.")
    return float(written)


def _words(written: object) -> Message:
    return Message(_AS_READ, {"words": str(written)})
