"""This file knows section 8: the register of unintended effects, where an empty cell is visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.effects_register import Found, NotFound, NotLookedFor
from forestall.evaluation.effects_to_look_for import Direction
from forestall.languages import Ended, message
from forestall.publication.blocks import Box, BoxKind, Paragraph, Section, Source, Strong, WordTable
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.evaluation.effects_register import RegisterEntry
    from forestall.languages import Text
    from forestall.publication.blocks import Run
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def side_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there: what was looked for, and what nobody looked for."""
    entries = setting.evaluation.register.entries
    order = (Found, NotFound, NotLookedFor)
    rows = [entry for state in order for entry in entries if isinstance(entry.looked, state)]
    blind = len(setting.evaluation.register.of_state(NotLookedFor))
    box = Box(kind=BoxKind.CARE, title=_BLIND, sentences=(_SILENCE,))
    return Section(
        id="side",
        number="8",
        heading=message("Side effects"),
        question=message("What else did the measure do, and what did nobody look for?"),
        blocks=(
            Paragraph((register_finding(setting),)),
            WordTable(
                title=message("Register of unintended effects"),
                heads=(
                    message("Effect"),
                    message("State"),
                    message("What was found"),
                    message("Where one looked, or why not"),
                ),
                rows=tuple(_row(setting, entry) for entry in rows),
            ),
            *((box,) if blind else ()),
            Source((_PARAGRAPHS,)),
        ),
    )


def register_finding(setting: EvaluationSetting) -> Text:
    """Return how many unintended effects were looked for, and how many were found."""
    register = setting.evaluation.register
    return message(
        "Unintended effects to look for: {total}. Found: {found}. Looked for and not found: "
        "{sought}. Not looked for: {blind}.",
        total=len(register.entries),
        found=len(register.of_state(Found)),
        sought=len(register.of_state(NotFound)),
        blind=len(register.of_state(NotLookedFor)),
    )


def _row(setting: EvaluationSetting, entry: RegisterEntry) -> tuple[Run, ...]:
    looked = entry.looked
    name = message(_NAMES[entry.direction], name=entry.name)
    if isinstance(looked, Found):
        return (name, Strong(_FOUND), Ended(looked.what), Ended(looked.how))
    if isinstance(looked, NotFound):
        return (name, _NOT_FOUND, _sought(setting, looked), Ended(looked.how))
    why = Ended(looked.why) if looked.why else _NOBODY
    return (name, Strong(_EMPTY), "–", why)


def _sought(setting: EvaluationSetting, looked: NotFound) -> Text:
    """Say that nothing was found, or that it cannot be told from chance."""
    estimate = looked.estimate
    if estimate is None or estimate.certainty in _SURE:
        return _NOTHING
    told = setting.told
    parts = ["comparison"]
    if not isinstance(setting.primary.displacement, Unanswered):
        parts.append("net")
    if not isinstance(setting.evaluation.harm, Unanswered):
        parts.append("harm")
    return estimate.certainty.words if all(map(told.may_tell, parts)) else message("not shown")


_SURE = (Certainty.CLEAR, Certainty.PROBABLE)
_NAMES = {
    Direction.BAD: "{name}",
    Direction.GOOD: "{name} (would be welcome)",
    Direction.EITHER: "{name} (good or bad)",
}
_FOUND, _NOT_FOUND = message("found"), message("looked for, not found")
_EMPTY, _NOTHING = message("not looked for"), message("nothing")
_NOBODY = message("Nobody looked.")
_BLIND = message("Silence is not a finding")
_SILENCE = message("What nobody looked for may have happened all the same.")
_PARAGRAPHS = message(
    "The list follows the resolutions 1997/33 (paragraphs 8, 17 to 20) and 2002/13 (paragraphs 23 "
    "and 26) of the Economic and Social Council."
)
