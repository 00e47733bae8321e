"""This file knows what to say of the time before a measure came."""

from forestall.languages import Message, message

_MOVED = 0.05


def on_the_time_before(p_value: float | None) -> Message:
    """Say whether treated places had moved apart from the others before the measure came."""
    if p_value is None:
        return _NOT_TESTED
    return _MOVED_BEFORE if p_value < _MOVED else _STILL_BEFORE


_NOT_TESTED = message("Whether places had moved apart before the measure could not be tested.")
_MOVED_BEFORE = message(
    "Treated places had moved apart from the others before the measure came, so that the effect "
    "may be no effect."
)
_STILL_BEFORE = message(
    "No movement before the measure was found; the test has little power to find one."
)
