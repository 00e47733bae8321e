"""This file knows what of a plan can wait for somebody, so that a plan is read once, not each time.

What it says follows from the document alone. It is kept in this process under the hash of the
document, and a document that changed has another hash; so it is right after a restart, a restored
backup or a change that was rolled back, and in any number of processes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from forestall.plan.duties import duties_due
from forestall.web.plans.models import Plan, digest_of, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from forestall.plan.actions import Action
    from forestall.plan.duties import Duty
    from forestall.plan.records import ActionPlan

Read = TypeVar("Read")
AHEAD = timedelta(days=30)
# One takes some tens of kB.
MOST_KEPT = 500


def duties_in(plans: Collection[Plan], *, today: date) -> dict[int, tuple[Duty, ...]]:
    """Return what is late or due within 30 days of a day, by the key of the plan.

    Parameters
    ----------
    plans
        They can come without their documents, which are read of those only that this process has
        not read as they are now.
    """

    def read(content: ActionPlan) -> tuple[Duty, ...]:
        return duties_due(content, today=today, within_days=AHEAD.days).duties

    return _each(plans, f"duties {today}", read)


def assessed_in(plans: Collection[Plan]) -> dict[int, tuple[Action, ...]]:
    """Return the actions with a rights assessment, by the key of the plan; see `duties_in`."""

    def read(content: ActionPlan) -> tuple[Action, ...]:
        return tuple(one for one in content.actions if one.assessment is not None)

    return _each(plans, "assessed", read)


def follows_from(plan: Plan, what: str, read: Callable[[ActionPlan], Read]) -> Read:
    """Return something that follows from the document of one plan alone, made once for each.

    Parameters
    ----------
    what
        Names it with all else that it depends on, such as the language and the day.
    """
    key = (digest_of(plan.document), what)
    known = _KEPT.get(key)
    if known is None:
        known = read(plan.content)
        _KEPT.put(key, known)
    return cast("Read", known)


def _each(
    plans: Collection[Plan], what: str, read: Callable[[ActionPlan], Read]
) -> dict[int, Read]:
    found = {one.pk: _KEPT.get((one.digest, what)) for one in plans}
    unread = [key for key, known in found.items() if known is None]
    if unread:
        for key, document in Plan.objects.filter(pk__in=unread).values_list("pk", "document"):
            found[key] = read(plan_of(document))
            # The hash of what was read: it may have changed since the plan was asked for.
            _KEPT.put((digest_of(document), what), found[key])
    return cast("dict[int, Read]", found)


class _Kept:
    """What was read last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[str, str], object] = OrderedDict()

    def get(self, key: tuple[str, str]) -> object:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: tuple[str, str], known: object) -> None:
        with self._lock:
            self._found[key] = known
            while len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)


_KEPT = _Kept()
