"""This file knows which skills that a plan calls for nobody has, and which courses teach them.

Every answer is a sentence on bodies that can be checked from the files. There is no score, neither
of a person nor of a body nor of a partnership.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Listing, Message, OwnWords, message, plural_message
from forestall.plan.responsibilities import PartInAction, who_does_what
from forestall.training.bands import PeopleBand, band_of
from forestall.training.needs import SkillNeed, needs_of
from forestall.training.records import Courses, Holdings
from forestall.training.skills import Skill, in_order, skill_words
from forestall.training.soundness import check_courses, check_holdings
from forestall.training.teaching import CourseFound, courses_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from forestall.languages import Texts, Words
    from forestall.plan.records import ActionPlan
    from forestall.training.records import Holding, Qualification


class HeldWhere(StrEnum):
    """Where a skill that is needed is found."""

    THERE = "there"
    ELSEWHERE = "elsewhere"
    NOBODY = "nobody"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _HELD[self]


@dataclass(frozen=True, kw_only=True)
class HeldBy:
    """What a body said on a skill: its key and name, and in steps how many people have it."""

    organisation: str
    name: Words
    people: PeopleBand | None

    @property
    def said(self) -> Words:
        """Return it in words.

        Examples
        --------
        >>> some = PeopleBand.THREE_TO_FIVE
        >>> str(HeldBy(organisation="police", name=message("Police"), people=some).said)
        'Police: 3 to 5 people'
        """
        if self.people is None:
            return self.name
        if self.people is PeopleBand.NOBODY:
            return message("{organisation}: nobody", organisation=self.name)
        return message("{organisation}: {people}", organisation=self.name, people=self.people.words)


@dataclass(frozen=True, kw_only=True)
class NeedFound:
    """A need of a plan, and where the skill for it is.

    Attributes
    ----------
    need
        The need.
    about
        What needs it: the title of the action, or the plan as a whole.
    held
        Whether a body that carries it out has it, another one, or nobody.
    said
        That as a sentence, with the names of the bodies.
    """

    need: SkillNeed
    about: Words
    held: HeldWhere
    said: Words


@dataclass(frozen=True, kw_only=True)
class SkillRow:
    """One skill that a plan calls for.

    Attributes
    ----------
    skill, words
        Its key, and what it is called.
    needs
        What calls for it, each with where it is found.
    holders
        What each body said on it; bodies that said nothing are left out.
    courses
        Courses that teach it, those in a language of the plan first, then by their keys.
    qualifications
        Qualifications that stand for it.
    """

    skill: str
    words: Words
    needs: tuple[NeedFound, ...]
    holders: tuple[HeldBy, ...]
    courses: tuple[CourseFound, ...]
    qualifications: tuple[Qualification, ...]

    @property
    def holders_words(self) -> Listing:
        """Return what each body said on it as one list."""
        return Listing([one.said for one in self.holders])

    @property
    def is_missing(self) -> bool:
        """Say whether nobody in the partnership has said that they have it."""
        return all(one.held is HeldWhere.NOBODY for one in self.needs)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the keys of the actions that wait for it: nobody who carries them out has it."""
        return tuple(self._waiting)

    @property
    def waiting_titles(self) -> tuple[Words, ...]:
        """Return the titles of these actions."""
        return tuple(self._waiting.values())

    @property
    def _waiting(self) -> dict[str, Words]:
        return {
            one.need.action: one.about
            for one in self.needs
            if one.need.action and one.held is not HeldWhere.THERE
        }


@dataclass(frozen=True, eq=False, kw_only=True)
class SkillGaps:
    """What a plan calls for and who has it, skill by skill in the order of the list.

    Attributes
    ----------
    rows
        One for each skill that the plan calls for.
    out_of_date
        How many statements no longer count, or do not count yet.
    caveats
        What a reader has to know.
    """

    rows: tuple[SkillRow, ...]
    out_of_date: int
    caveats: tuple[Message, ...]

    @property
    def missing(self) -> tuple[SkillRow, ...]:
        """Return the skills that nobody in the partnership has."""
        return tuple(one for one in self.rows if one.is_missing)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each need.

        Columns: ``skill``, ``action`` ("" for the whole plan), ``paragraph``, ``reason``, ``held``
        and ``said``.
        """
        import pandas as pd

        rows = [
            {
                "skill": row.skill,
                "action": one.need.action,
                "paragraph": one.need.paragraph,
                "reason": str(one.need.reason),
                "held": one.held.value,
                "said": str(one.said),
            }
            for row in self.rows
            for one in row.needs
        ]
        columns = ["skill", "action", "paragraph", "reason", "held", "said"]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in a plain sentence what nobody has."""
        if not self.missing:
            return str(message("For each skill that the plan calls for, somebody has it."))
        return str(
            message(
                "Nobody in the partnership has said that they have: {skills}.",
                skills=Listing([one.words for one in self.missing]),
            )
        )


def skill_gaps(
    plan: ActionPlan, holdings: Holdings, *, courses: Courses | None = None, today: date
) -> SkillGaps:
    """Compare the skills that a plan calls for with those that its partners have.

    For an action it counts who answers for it or carries it out; for the plan as a whole, every
    body. A statement counts from the day it was made to its last day.

    Parameters
    ----------
    plan
        The plan.
    holdings
        Which body has which skill, and which skills are wanted beyond the rules.
    courses
        The catalogue; none is searched without it.
    today
        The day on which it is looked at.

    Raises
    ------
    InvalidTraining
        If one of the files contradicts itself, or names what the plan has not.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> from forestall.training.example import example_courses, example_holdings
    >>> found = skill_gaps(
    ...     example_plan(), example_holdings(), courses=example_courses(), today=date(2025, 4, 1)
    ... )
    >>> row = next(one for one in found.rows if one.skill == "data-protection")
    >>> print(row.needs[0].said)
    Nobody in the partnership has said that they have it.
    >>> print(row.courses[0].said)
    “Data on persons in prevention”, University of Port Alder, in English
    """
    catalogue = courses or Courses(courses=())
    check_courses(catalogue)
    check_holdings(holdings, plan=plan)
    counted = [one for one in holdings.holdings if one.told <= today <= one.until]
    by_skill: dict[str, list[SkillNeed]] = {}
    for need in (*needs_of(plan), *_wanted(holdings)):
        by_skill.setdefault(need.skill, []).append(need)
    own = {one.key: one.name for one in (*catalogue.skills, *holdings.skills)}
    reader = _Reader(plan, holdings, own)
    out_of_date = len(holdings.holdings) - len(counted)
    return SkillGaps(
        rows=tuple(
            reader.row(skill, by_skill[skill], counted, catalogue, today)
            for skill in sorted(by_skill, key=in_order)
        ),
        out_of_date=out_of_date,
        caveats=tuple(_caveats(out_of_date)),
    )


def _wanted(holdings: Holdings) -> Iterator[SkillNeed]:
    for one in holdings.wanted:
        yield SkillNeed(
            skill=one.skill,
            action=one.action,
            reason=OwnWords(one.reason),
            paragraph=Skill(one.skill).paragraph if one.skill in list(Skill) else "",
        )


class _Reader:
    """What every row is read with: names, and who carries out which action."""

    def __init__(self, plan: ActionPlan, holdings: Holdings, own: Mapping[str, Texts]) -> None:
        self.own = own
        self.languages = plan.languages
        self.titles = {one.key: OwnWords(one.title, plan.languages) for one in plan.actions}
        named = {one.key: one.name for one in holdings.organisations}
        named |= {one.key: one.name for one in plan.partners}
        self.names = {key: OwnWords(name, plan.languages) for key, name in named.items()}
        self.doing: dict[str, set[str]] = {}
        for (action, partner), parts in who_does_what(plan).parts.items():
            if not {PartInAction.ACCOUNTABLE, PartInAction.RESPONSIBLE}.isdisjoint(parts):
                self.doing.setdefault(action, set()).add(partner)

    def row(
        self,
        skill: str,
        needs: Sequence[SkillNeed],
        counted: Sequence[Holding],
        catalogue: Courses,
        today: date,
    ) -> SkillRow:
        said = {one.organisation: one for one in counted if one.skill == skill}
        holders = tuple(
            HeldBy(organisation=key, name=name, people=band_of(said[key].people))
            for key, name in self.names.items()
            if key in said
        )
        having = [one for one in holders if one.people is not PeopleBand.NOBODY]
        return SkillRow(
            skill=skill,
            words=skill_words(skill, self.own),
            needs=tuple(self._found(one, having) for one in needs),
            holders=holders,
            courses=courses_for(skill, catalogue, languages=self.languages, today=today),
            qualifications=tuple(one for one in catalogue.qualifications if skill in one.skills),
        )

    def _found(self, need: SkillNeed, having: Sequence[HeldBy]) -> NeedFound:
        about: Words = message("the plan as a whole")
        there = list(having)
        if need.action:
            about = self.titles[need.action]
            doing = self.doing.get(need.action, set())
            there = [one for one in having if one.organisation in doing]
        held = HeldWhere.THERE if there else HeldWhere.ELSEWHERE if having else HeldWhere.NOBODY
        return NeedFound(need=need, about=about, held=held, said=_said(held, there or having))


def _said(held: HeldWhere, bodies: Sequence[HeldBy]) -> Message:
    if held is HeldWhere.NOBODY:
        return message("Nobody in the partnership has said that they have it.")
    names = Listing([one.name for one in bodies])
    if held is HeldWhere.THERE:
        return message("It is there: {organisations}.", organisations=names)
    return message(
        "Nobody who carries it out has it; {organisations} could help.", organisations=names
    )


def _caveats(out_of_date: int) -> Iterator[Message]:
    yield message("What bodies say of themselves was not checked.")
    yield message("The needs come from fields of the plan; its texts were not read.")
    if out_of_date:
        yield plural_message(
            "{count} statement is out of date and was not counted.",
            "{count} statements are out of date and were not counted.",
            out_of_date,
        )


_HELD = {
    HeldWhere.THERE: message("there"),
    HeldWhere.ELSEWHERE: message("with another body"),
    HeldWhere.NOBODY: message("nobody said so"),
}
