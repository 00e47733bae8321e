"""This file knows what a reading holds: who replied, how many answered what, and in which words.

Each question asks the database once. States stand by name or by region, in the order that a page
was asked for; there is no other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from forestall.questionnaires import Choice
from forestall.questionnaires.together import (
    AnswerKind,
    Response,
    StateName,
    StateOrder,
    count_by_region,
    count_kinds,
    count_response,
    find_in,
    region_of,
    snippet_of,
)
from forestall.questionnaires.together.orders import place_of_state
from forestall.web.secretariat.models import ReceivedAnswer, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from forestall.questionnaires import Item
    from forestall.questionnaires.together import (
        ItemCounts,
        OpenAnswer,
        RegionCounts,
        Snippet,
    )
    from forestall.web.secretariat.models import Reading

MOST_ON_A_PAGE = 40
_HAS_DAY = ExpressionWrapper(Q(day__isnull=False), output_field=BooleanField())


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """What one state wrote, with its name."""

    item: Item
    name: StateName
    answer: OpenAnswer
    snippet: Snippet | None = None


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What a reading holds, whole or of one region.

    Attributes
    ----------
    region
        Code of the region that is looked at; "" for all.
    order
        In which order states stand.
    """

    reading: Reading
    region: str = ""
    order: StateOrder = StateOrder.NAME

    @cached_property
    def asked(self) -> frozenset[str]:
        """Return the codes of the states that were asked."""
        return frozenset(one for one in self.reading.asked if self._is_in(one))

    @cached_property
    def replied(self) -> frozenset[str]:
        """Return the codes of the states that replied."""
        came = self.reading.replies.values_list("state", flat=True)
        return frozenset(one for one in came if self._is_in(one))

    @property
    def response(self) -> tuple[Response, ...]:
        """Return who replied and who is missing, of all and by region."""
        return count_response(self.asked, self.replied, by=self.order)

    def counts(self, items: Iterable[Item]) -> list[ItemCounts]:
        """Return how many answered each item, and what."""
        wanted = list(items)
        alike = ("item", "applies", "choice", "marks", "has_words", "has_day")
        rows = self._of(wanted).annotate(has_day=_HAS_DAY).values_list(*alike)
        kinds: defaultdict[str, Counter[AnswerKind]] = defaultdict(Counter)
        for key, applies, choice, marks, has_words, has_day, number in rows.annotate(Count("pk")):
            kind = AnswerKind(
                applies=applies,
                choice=Choice(choice) if choice else None,
                marks=marks_of(marks),
                has_words=has_words,
                has_day=has_day,
            )
            kinds[key][kind] += number
        return [self._counted(one, kinds[one.key]) for one in wanted]

    def _counted(self, item: Item, kinds: Counter[AnswerKind]) -> ItemCounts:
        return count_kinds(item, kinds, asked=len(self.asked), replied=len(self.replied))

    def counts_by_region(self, item: Item) -> tuple[RegionCounts, ...]:
        """Return how many answered an item in each region, and what."""
        answers = [one.record for one in self._of([item]).defer("folded")]
        return count_by_region(item, answers, asked=self.asked, replied=self.replied)

    def places(self, items: Iterable[Item], wanted: str = "") -> list[int]:
        """Return the keys of the answers with words: by item, then by the order of states.

        Parameters
        ----------
        wanted
            Words that have to stand in them.
        """
        of_item = {one.key: at for at, one in enumerate(items)}
        of_state = place_of_state(self.order)
        found = self._of(items).filter(has_words=True)
        for piece in find_in(wanted):
            found = found.filter(folded__contains=piece)
        rows = [
            (of_item[item], of_state[state], key)
            for key, item, state in found.values_list("pk", "item", "state")
        ]
        return [key for _, _, key in sorted(rows)]

    def quotations(
        self, items: Iterable[Item], keys: Sequence[int], wanted: str = ""
    ) -> list[Quotation]:
        """Return the answers of some keys in that order, as they are quoted."""
        known = {one.key: one for one in items}
        rows = ReceivedAnswer.objects.filter(reading=self.reading).defer("folded").in_bulk(keys)
        return [
            Quotation(
                item=known[rows[key].item],
                name=StateName(rows[key].state),
                answer=rows[key].record,
                snippet=_snippet(rows[key], wanted) if wanted else None,
            )
            for key in keys
            if key in rows
        ]

    def _of(self, items: Iterable[Item]) -> QuerySet[ReceivedAnswer]:
        """Return the answers of those who had replied; whoever replies meanwhile is not counted."""
        return ReceivedAnswer.objects.filter(
            reading=self.reading,
            item__in=[one.key for one in items],
            state__in=self.replied,
        )

    def _is_in(self, state: str) -> bool:
        return not self.region or region_of(state) == self.region


def _snippet(row: ReceivedAnswer, wanted: str) -> Snippet:
    text = "\n".join(one for one in (row.words, row.follow_up) if one)
    return snippet_of(text, wanted)
