"""This file knows a national reply as one person reads it: no answers in confidence to others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from forestall.questionnaires import check_reply, find_route
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.leaving import digest_of_what_leaves, readable
from forestall.web.returns.policies import sections_read
from forestall.web.returns.shown import changes_beside, questions_of

if TYPE_CHECKING:
    from datetime import date

    from forestall.questionnaires import AnswerChange, Questionnaire, Reply, ReplyCheck
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return
    from forestall.web.returns.shown import Question


@dataclass(frozen=True)
class ReplyAsRead:
    """A reply, and the person who reads it."""

    found: Return
    person: Person

    @cached_property
    def asked(self) -> Questionnaire:
        """Return what is replied to."""
        return self.found.asked

    @cached_property
    def whole(self) -> Reply:
        """Return the reply as it is."""
        return self.found.reply

    @cached_property
    def in_full(self) -> frozenset[str]:
        """Return the keys of the sections of which the person reads everything."""
        return sections_read(self.person, self.found)

    @cached_property
    def reply(self) -> Reply:
        """Return what the person reads of the reply."""
        return readable(self.whole, self.asked, self.in_full)

    @cached_property
    def earlier(self) -> Reply | None:
        """Return what the person reads of the earlier reply; None where there is none."""
        earlier = self.found.earlier_reply
        return readable(earlier, self.asked, self.in_full) if earlier is not None else None

    @property
    def sha256(self) -> str:
        """Return the hash of what was frozen, "" before: of the whole for those who lead or sign.

        Others know the reply by the hash of what leaves: that of the whole tells guesses right.
        """
        if not self.found.frozen or self.reads_whole:
            return self.found.frozen
        return digest_of_what_leaves(self.whole, self.asked)

    @cached_property
    def reads_whole(self) -> bool:
        """Return whether the person leads or signs the reply, and so reads all of it."""
        place = self.found.jurisdiction
        return any(may(self.person, verb, place) for verb in (Verb.LEAD_RETURN, Verb.SIGN_RETURN))

    @property
    def hidden(self) -> int:
        """Return how many answers are confidential, of the questions that the person sees."""
        secret = self._confidential
        if not self.reads_whole:
            # One that is asked only after another tells what was answered there.
            secret = secret & set(find_route(self.asked, self.reply.answers).asked)
        return len(secret)

    def told_of(self, change: str) -> str:
        """Return what a saved change was about, without items whose answers they may not read."""
        if self.reads_whole:
            return change
        parts = change.split(", ")
        return ", ".join(one for one in parts if one.isalpha() or one in self.reply.answers)

    @property
    def _confidential(self) -> set[str]:
        return {key for key, one in self.whole.answers.items() if one.confidential}

    def check(self, today: date) -> ReplyCheck:
        """Return what is worth a look, and nothing about answers that the person may not read."""
        check = check_reply(self.reply, self.asked, today=today)
        secret = self._confidential - self.reply.answers.keys()
        findings = tuple(one for one in check.findings if one.item not in secret)
        return replace(check, findings=findings)

    def changes(self) -> dict[str, tuple[AnswerChange, ...]]:
        """Return for each question that was and is answered what is not as it was."""
        return changes_beside(self.earlier, self.reply, self.asked)

    def questions(self, section: str, today: date) -> list[Question]:
        """Return the questions of a section that are asked."""
        return questions_of(
            section,
            self.asked,
            # What is asked would tell others what somebody answered in confidence.
            reply=self.whole,
            read=self.reply,
            route_by=self.whole if section in self.in_full else self.reply,
            earlier=self.earlier,
            check=self.check(today),
        )
