"""This file knows the kinds of place that known publishers name, in each language.

A kind that is not listed here stays as its publisher wrote it, in every language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message

if TYPE_CHECKING:
    from forestall.languages import Text


def landmark_words(name: str) -> Text:
    """Return the name of a kind of place as it stands inside a sentence.

    Examples
    --------
    >>> str(landmark_words("Police Station")), str(landmark_words("CTA Platform"))
    ('police station', 'cta platform')
    """
    inside = name.strip().casefold()
    return LANDMARKS.get(inside, inside)


_NAMES = (
    # As data.police.uk writes them.
    message("airport/airfield"),
    message("bus/coach station"),
    message("conference/exhibition centre"),
    message("ferry terminal"),
    message("further/higher educational building"),
    message("hospital"),
    message("nightclub"),
    message("park/open space"),
    message("parking area"),
    message("pedestrian subway"),
    message("petrol station"),
    message("police station"),
    message("prison"),
    message("race track"),
    message("shopping area"),
    message("sports/recreation area"),
    message("supermarket"),
    message("theatre/concert hall"),
    # As the Chicago portal writes those that receive reports.
    message("hospital building/grounds"),
    message("hospital building / grounds"),
    message("police facility/veh parking lot"),
    message("police facility / vehicle parking lot"),
)
LANDMARKS: dict[str, Message] = {name.text: name for name in _NAMES}
