"""This file knows when an action may be adopted, as far as rights go (1997/33 ¶4–13).

Some actions are refused outright, others wait until what they mean for rights is written down and
two different people agree. Where no right is touched little is asked (¶13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import Message, Sentences, has_words, message, plural_message
from forestall.safeguards.assessment import Police, Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Texts
    from forestall.safeguards.assessment import Decision, RightsAssessment

DECIDERS = 2
_DATA_RIGHTS = frozenset({Right.PRIVACY, Right.DATA_PROTECTION})


@dataclass(frozen=True, kw_only=True)
class RightsPoint:
    """Something that stands in the way, and the paragraph that asks for it."""

    said: Message
    paragraph: str


@dataclass(frozen=True, eq=False, kw_only=True)
class RightsCheck:
    """What stands between an action and its adoption, as far as rights go.

    Attributes
    ----------
    refused
        Why the action is refused whatever is written about it.
    missing
        What the assessment does not say yet.
    undecided
        What the decisions lack: people, agreement, a reason.
    decisions
        The decision of each person, the latest, in the order of days.
    counted
        Those of them that count: of people who did not draft it.
    conditions
        What has to be kept to, as those who agreed wrote it.
    """

    refused: tuple[RightsPoint, ...]
    missing: tuple[RightsPoint, ...]
    undecided: tuple[RightsPoint, ...]
    decisions: tuple[Decision, ...]
    counted: tuple[Decision, ...]
    conditions: tuple[Texts, ...]

    @property
    def points(self) -> tuple[RightsPoint, ...]:
        """Return all that stands in the way, what is refused first."""
        return (*self.refused, *self.missing, *self.undecided)

    @property
    def may_be_adopted(self) -> bool:
        """Say whether nothing stands in the way; conditions may still apply."""
        return not self.points

    def standing(self) -> str:
        """Return in plain sentences how many decided, how, and what is still needed.

        Examples
        --------
        >>> from forestall.safeguards import RightsAssessment
        >>> check_rights(RightsAssessment()).standing()
        'Nobody has decided yet. The decisions of 2 more people are needed.'
        """
        agreed = sum(one.agrees for one in self.counted)
        against = len(self.counted) - agreed
        return str(
            Sentences(
                (
                    _decided_so_far(len(self.counted)),
                    _agree(agreed) if agreed else "",
                    _do_not_agree(against) if against else "",
                    *_still_needed(len(self.counted), against),
                )
            )
        )

    def summary(self) -> str:
        """Return in plain sentences whether the action may be adopted, and what is in the way."""
        if self.refused:
            return str(Sentences(tuple(one.said for one in self.refused)))
        if self.points:
            return str(
                plural_message(
                    "{count} point stands between the action and its adoption.",
                    "{count} points stand between the action and its adoption.",
                    len(self.points),
                )
            )
        agreed = message("Two people agree, and nothing is missing.")
        if not self.conditions:
            return str(agreed)
        kept = plural_message(
            "{count} condition has to be kept to.",
            "{count} conditions have to be kept to.",
            len(self.conditions),
        )
        return str(Sentences((agreed, kept)))


def check_rights(
    assessment: RightsAssessment, *, drafted_by: frozenset[str] = frozenset()
) -> RightsCheck:
    """Say what an assessment lacks, what is refused, and whether two people agree.

    Parameters
    ----------
    drafted_by
        Keys of the people who drafted the action or its assessment; they cannot be among the two.

    Examples
    --------
    >>> from forestall.safeguards import RightsAssessment
    >>> found = check_rights(RightsAssessment(scores_individuals=True))
    >>> found.may_be_adopted, found.refused[0].paragraph
    (False, '1997/33:8')
    >>> print(check_rights(RightsAssessment()).missing[0].said)
    Name the rights that it touches, or say why it touches none.
    """
    decisions = _latest(assessment.decisions)
    counted = tuple(one for one in decisions if one.by not in drafted_by)
    return RightsCheck(
        refused=tuple(_refused(assessment)),
        missing=tuple(_missing(assessment)),
        undecided=tuple(_undecided(assessment.decisions, decisions, counted)),
        decisions=decisions,
        counted=counted,
        conditions=tuple(
            one.conditions for one in decisions if one.agrees and has_words(one.conditions)
        ),
    )


def _latest(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Return of each person the decision of the latest day, the later in the list of one day."""
    by_day = sorted(decisions, key=lambda one: one.on)
    latest = {one.by: one for one in by_day}
    return tuple(sorted(latest.values(), key=lambda one: one.on))


def _refused(given: RightsAssessment) -> Iterator[RightsPoint]:
    if given.scores_individuals:
        yield _point(
            "8",
            message("An action that ranks, scores or predicts individual people is refused."),
        )
    if given.police is Police.HIDDEN:
        yield _point(
            "10",
            message("An action in which police take part is refused if people are not told."),
        )


def _missing(given: RightsAssessment) -> Iterator[RightsPoint]:
    if given.touches:
        yield from _missing_where_touched(given)
    elif not has_words(given.none_touched_because):
        yield _point("13", message("Name the rights that it touches, or say why it touches none."))
    yield from _missing_on_data(given)
    if given.police is Police.OPEN and not has_words(given.police_part):
        yield _point("10", message("Say what the part of the police is, so that all can see it."))
    if given.private_security and not has_words(given.private_security_limits):
        yield _point("11", message("Say by which law private security acts, and its limits."))
    if given.like_a_penalty and not has_words(given.review_body):
        yield _point(
            "7", message("It works like a penalty, so name the court or ombudsman that reviews it.")
        )


def _missing_where_touched(given: RightsAssessment) -> Iterator[RightsPoint]:
    if has_words(given.none_touched_because):
        yield _point(
            "13", message("It names rights that it touches, and says that it touches none.")
        )
    if not all(has_words(one.how) for one in given.touches):
        yield _point("4", message("Say of each right how the action touches it."))
    asked = (
        (given.legal_basis, "6", message("Say which law allows it.")),
        (given.necessity, "6", message("Say why it is needed.")),
        (given.proportionality, "6", message("Say why what it does to rights is in proportion.")),
        (given.alternatives, "6", message("Say which milder ways were looked at.")),
        (
            given.equality,
            "5",
            message("Say whom it could put at a disadvantage, and what is done."),
        ),
        (given.stigma, "8", message("Say whom it could mark, and what is done about it.")),
    )
    for texts, paragraph, said in asked:
        if not has_words(texts):
            yield _point(paragraph, said)


def _missing_on_data(given: RightsAssessment) -> Iterator[RightsPoint]:
    held = given.personal_data
    if held is None:
        return
    asked = (
        (has_words(held.what), message("Say which data on persons it needs.")),
        (has_words(held.purpose), message("Say for which one purpose data on persons are used.")),
        (
            held.kept_months is not None,
            message("Say after how many months data on persons are destroyed."),
        ),
        (
            has_words(held.shared_with),
            message("Say who receives data on persons, or that nobody does."),
        ),
        (
            any(one.right in _DATA_RIGHTS for one in given.touches),
            message(
                "It needs data on persons, so it touches privacy or their protection; say how."
            ),
        ),
    )
    for answered, said in asked:
        if not answered:
            yield _point("10", said)


def _undecided(
    given: tuple[Decision, ...], decisions: tuple[Decision, ...], count: tuple[Decision, ...]
) -> Iterator[RightsPoint]:
    if len(count) < len(decisions):
        yield _point("4", message("Who drafted it cannot be one of the two people who decide."))
    if not count:
        yield _point("4", message("Two people have to decide, and nobody has yet."))
    elif len(count) < DECIDERS:
        yield _point("4", message("A second person has to decide."))
        if len(given) > len(decisions):
            yield _point("4", message("The same person decided twice, which counts once."))
    if any(not one.agrees for one in count):
        yield _point("4", message("Not everybody who decided agrees; read the reasons."))
    if any(not has_words(one.reason) for one in count):
        yield _point("4", message("Every decision needs its reason."))
    if any(not has_words(one.office) for one in count):
        yield _point("4", message("Every decision needs the office for which it was made."))


def _decided_so_far(count: int) -> Message:
    if not count:
        return message("Nobody has decided yet.")
    return plural_message("{count} person has decided.", "{count} people have decided.", count)


def _agree(count: int) -> Message:
    return plural_message("{count} agrees.", "{count} agree.", count)


def _do_not_agree(count: int) -> Message:
    return plural_message("{count} does not agree.", "{count} do not agree.", count)


def _still_needed(decided: int, against: int) -> Iterator[Message]:
    """Yield what is missing: people, or the agreement of one who said no."""
    if decided < DECIDERS:
        yield plural_message(
            "The decision of {count} more person is needed.",
            "The decisions of {count} more people are needed.",
            DECIDERS - decided,
        )
    if against:
        yield message(
            "It cannot be adopted until everybody agrees: change the assessment, then ask who did "
            "not agree to decide anew."
        )
    elif decided >= DECIDERS:
        yield message("No more decision is needed.")


def _point(paragraph: str, said: Message) -> RightsPoint:
    return RightsPoint(said=said, paragraph=f"1997/33:{paragraph}")
