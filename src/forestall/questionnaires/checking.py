"""This file knows what a reply leaves open and where its answers sit badly together.

Everything is explained, and nothing stands in the way of anything: a state says what it says.
There is no score, because the instrument is no scorecard (2006/20 annex).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Listing, OwnWords, Sentences, message, plural_message
from forestall.questionnaires.contents import days_of, findings_of_form, opening
from forestall.questionnaires.findings import Finding, FindingKind
from forestall.questionnaires.follow_ups import findings_of_follow_up
from forestall.questionnaires.routing import chosen, find_route
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice, Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pandas as pd

    from forestall.languages import Text
    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.replies import Reply
    from forestall.questionnaires.routing import Route


@dataclass(frozen=True, eq=False, kw_only=True)
class ReplyCheck:
    """What was found in a reply.

    Attributes
    ----------
    findings
        In the order of the questionnaire; what concerns the reply as a whole comes first.
    route
        What is asked, given the answers.
    """

    findings: tuple[Finding, ...]
    route: Route

    def of(self, kind: FindingKind, group: str | None = None) -> tuple[Finding, ...]:
        """Return the findings of a kind, or only those in one section."""
        return tuple(
            one for one in self.findings if one.kind is kind and group in (None, one.group)
        )

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each finding, in the language in force.

        Columns: ``kind``, ``group``, ``item``, ``label``, ``said``.
        """
        import pandas as pd

        columns = ["kind", "group", "item", "label", "said"]
        rows = [
            (one.kind.value, one.group, one.item, one.label, str(one.said)) for one in self.findings
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in plain sentences how much is open, and how much there is to look at."""
        if not self.findings:
            return str(message("Nothing is open, and nothing stands out."))
        still_open = len(self.of(FindingKind.OPEN))
        waiting = len(self.of(FindingKind.UNCONFIRMED))
        said = []
        if still_open:
            said.append(
                plural_message("{count} item is open.", "{count} items are open.", still_open)
            )
        if waiting:
            said.append(
                plural_message(
                    "{count} answer waits for an office to confirm it.",
                    "{count} answers wait for an office to confirm them.",
                    waiting,
                )
            )
        if others := len(self.findings) - still_open - waiting:
            said.append(
                plural_message(
                    "{count} more point is worth a look.",
                    "{count} more points are worth a look.",
                    others,
                )
            )
        return str(Sentences(tuple(said)))


def check_reply(reply: Reply, questionnaire: Questionnaire, *, today: date) -> ReplyCheck:
    """Find what a reply leaves open, and which answers sit badly together.

    Parameters
    ----------
    questionnaire
        Of the same key and version as the reply.
    today
        Days after it lie in the future.

    Raises
    ------
    InvalidQuestionnaire
        If the reply is to another questionnaire or version; `migrate_reply` helps with the latter.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Reply
    >>> nothing = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> check_reply(nothing, read_definition("2006-20"), today=date(2026, 2, 1)).summary()
    '67 items are open.'
    """
    check_same(reply, questionnaire)
    route = find_route(questionnaire, reply.answers)
    findings = [
        *_of_whole(reply, route, today),
        *_of_items(reply, questionnaire, route, today),
        *_of_levels(reply, questionnaire, route),
        *_of_contradictions(reply, questionnaire, route),
    ]
    return ReplyCheck(findings=tuple(findings), route=route)


def check_same(reply: Reply, questionnaire: Questionnaire) -> None:
    """Refuse a reply to another questionnaire, or to another version of it.

    Raises
    ------
    InvalidQuestionnaire
        If so.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Reply
    >>> own = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> check_same(own, read_definition("2006-20"))
    """
    if (reply.questionnaire, reply.version) != (questionnaire.key, questionnaire.version):
        raise InvalidQuestionnaire(
            message(
                "The reply is to “{found}” version {found_version}, but “{wanted}” version "
                "{wanted_version} is needed.",
                found=reply.questionnaire[:60],
                found_version=reply.version,
                wanted=questionnaire.key,
                wanted_version=questionnaire.version,
            )
        )


def _of_whole(reply: Reply, route: Route, today: date) -> Iterator[Finding]:
    if reply.on > today:
        yield _whole(FindingKind.DAY, message("The day of the reply lies in the future."))
    for key in route.unknown:
        said = message("The questionnaire has no item “{key}”; its answer is kept.", key=key[:60])
        yield _whole(FindingKind.SET_ASIDE, said)
    for kept in reply.kept:
        said = message(
            "The answer to “{key}” of version {version} could not be carried over; it is kept.",
            key=kept.item[:60],
            version=kept.version,
        )
        yield _whole(FindingKind.KEPT, said)


def _whole(kind: FindingKind, said: Text) -> Finding:
    return Finding(kind=kind, group="", item="", label="", said=said)


def _of_items(
    reply: Reply, questionnaire: Questionnaire, route: Route, today: date
) -> Iterator[Finding]:
    for group in questionnaire.groups:
        for item in group.items:
            for kind, said in _of_item(item, reply, route, today):
                yield _at(kind, group.key, item, said)


def _at(kind: FindingKind, group: str, item: Item, said: Text) -> Finding:
    return Finding(kind=kind, group=group, item=item.key, label=label_of(item), said=said)


def label_of(item: Item) -> str:
    """Return the number of an item in print, or its key where the instrument prints none.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> label_of(read_definition("2006-20").item("Q4(c)(ii)"))
    '4(c)(ii)'
    """
    return item.label or item.key


def _of_item(
    item: Item, reply: Reply, route: Route, today: date
) -> Iterator[tuple[FindingKind, Text]]:
    answer, label = reply.answers.get(item.key), label_of(item)
    if item.key in route.set_aside:
        said = message("{item} is not asked after the other answers; it is kept.", item=label)
        yield FindingKind.SET_ASIDE, said
        return
    if item.key not in route.asked or item.type is AnswerType.HEADING:
        return
    if still_open := opening(item, answer, label):
        yield still_open
    if answer is not None:
        for said in findings_of_form(item, answer, label):
            yield FindingKind.FORM, said
        if any(day > today for day in days_of(item, answer)):
            yield FindingKind.DAY, message("{item} names a day in the future.", item=label)
    yield from findings_of_follow_up(item, reply.answers, route, label)
    drafted = answer is not None and answer.state is not AnswerState.OPEN
    if drafted and answer is not None and answer.confirmed is None and not still_open:
        yield FindingKind.UNCONFIRMED, message("No office has confirmed {item}.", item=label)


def _of_levels(reply: Reply, questionnaire: Questionnaire, route: Route) -> Iterator[Finding]:
    """Yield where a level of government does not apply at one item, and does at another."""
    for level in Level:
        items = [
            (group.key, item)
            for group in questionnaire.groups
            for item in group.items
            if item.level is level and item.key in route.asked
        ]
        said = {item.key: chosen(reply.answers.get(item.key)) for _, item in items}
        there = [item for _, item in items if said[item.key] in (Choice.YES, Choice.PARTLY)]
        absent = [one for one in items if said[one[1].key] is Choice.NOT_APPLICABLE]
        if there and absent:
            yield _at(
                FindingKind.CONTRADICTION,
                *absent[0],
                message(
                    "The {level} level is said not to apply at {absent}, but is answered with "
                    "yes at {there}.",
                    level=level.words,
                    absent=Listing([label_of(item) for _, item in absent]),
                    there=Listing([label_of(item) for item in there]),
                ),
            )


def _of_contradictions(
    reply: Reply, questionnaire: Questionnaire, route: Route
) -> Iterator[Finding]:
    groups = {item.key: (group.key, item) for group in questionnaire.groups for item in group.items}
    for one in questionnaire.contradictions:
        if all(
            condition.item in route.asked
            and chosen(reply.answers.get(condition.item)) in condition.choices
            for condition in one.all_of
        ):
            last = groups[one.all_of[-1].item]
            why = OwnWords(one.why, otherwise=questionnaire.languages)
            yield _at(FindingKind.CONTRADICTION, *last, why)
