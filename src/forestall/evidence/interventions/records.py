"""This file knows what is recorded of an intervention: what is done, by whom, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.evidence.interventions.conditions import Condition
    from forestall.evidence.interventions.mechanisms import Mechanism
    from forestall.evidence.interventions.tasks import PartnerTask
    from forestall.evidence.vocabulary import Approach, Outcome
    from forestall.languages import Message


class Role(StrEnum):
    """What stands behind a key; only a measure is something that a city can take up."""

    MEASURE = "measure"
    REVERSAL = "reversal"
    FACTOR = "factor"
    SIDE_EFFECTS = "side effects"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _ROLES[self]


_ROLES = {
    Role.MEASURE: message("measure"),
    Role.REVERSAL: message("loosening of a measure"),
    Role.FACTOR: message("circumstance, not a programme"),
    Role.SIDE_EFFECTS: message("side effects of measures"),
}


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """One thing that reviews have studied, in words that a city council can read.

    ``needs`` rule it out where they are false; ``helped_by`` only where the packaged texts say so.
    What is law enforcement, a loosening or a circumstance asks nothing of any partner, because it
    is kept for comparison and never suggested (2002/13 ¶3).
    """

    key: str
    name: Message
    what: Message
    approaches: tuple[Approach, ...]
    role: Role
    is_law_enforcement: bool
    mechanisms: tuple[Mechanism, ...]
    needs: tuple[Condition, ...]
    helped_by: tuple[Condition, ...]
    partners: tuple[PartnerTask, ...]
    watch: tuple[Outcome, ...]
    limits: tuple[Message, ...] = ()
