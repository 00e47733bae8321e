"""This file knows what stands at the foot of every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall import __version__
from forestall.languages import OnlyTranslated, message

if TYPE_CHECKING:
    from forestall.languages import Text


def foot_lines(*, attribution: str | None) -> list[Text]:
    """Return with what it was made, from whose data, and that the English report decides."""
    lines: list[Text] = [
        message("Made with forestall {version}, which is free software.", version=__version__),
        message(
            "Figures are computed from the data named above; the publisher has not checked them."
        ),
    ]
    if attribution:
        lines.append(attribution)
    lines.append(translation_line())
    return lines


def translation_line() -> Text:
    """Return the sentence about the translation: nothing in English."""
    return OnlyTranslated(message(_TRANSLATION))


_TRANSLATION = "The translation is the project’s own; the English report decides in case of doubt."
