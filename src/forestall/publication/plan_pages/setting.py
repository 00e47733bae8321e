"""This file knows what a plan’s document is made from, and how its texts and names are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from forestall.languages import UserText, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from forestall.languages import Text, Texts
    from forestall.plan.actions import Action, Step
    from forestall.plan.records import ActionPlan, Objective, Partner, PlanProblem


class PlanEdition(StrEnum):
    """For whom the document is: those who still work on it, or everybody."""

    DRAFT = "draft"
    PUBLIC = "public"


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanSetting:
    """A plan, the day it is looked at, for whom, and the command that makes its page."""

    plan: ActionPlan
    today: date
    edition: PlanEdition
    command: str

    def text(self, texts: Texts) -> UserText:
        """Return a text of the plan, in the language of the reader or one of the plan's."""
        return UserText(texts, own=self.plan.languages)

    def told(self, texts: Texts) -> Text:
        """Return a text of the plan, or a dash where nothing was written."""
        return self.text(texts) or NOTHING

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """Return the partners by key."""
        return {one.key: one for one in self.plan.partners}

    @cached_property
    def problems(self) -> Mapping[str, PlanProblem]:
        """Return the problems by key."""
        return {one.key: one for one in self.plan.problems}

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """Return the objectives by key."""
        return {one.key: one for one in self.plan.objectives}

    def partner(self, key: str) -> Text:
        """Return the name of a partner; "nobody yet" without one."""
        if not key:
            return message("nobody yet")
        return self.text(self.partners[key].name) if key in self.partners else key

    def names(self, keys: Iterable[str]) -> tuple[Text, ...]:
        """Return the names of partners, each once."""
        return tuple(self.partner(key) for key in dict.fromkeys(keys))

    def responsible(self, action: Action, step: Step) -> str:
        """Return the key of the partner that carries out a step."""
        return step.responsible or action.accountable


NOTHING = "–"
