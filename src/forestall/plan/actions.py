"""This file knows the record of an action: what is done, by whom, when, with which means.

One organisation is accountable for each action, and the plan says whether local or national means
pay for it (1995/9 ¶3(a)(iii)). Its side effects are expected and watched (2002/13 ¶23(d)).
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types

from msgspec import Struct

from forestall.evidence.vocabulary import Outcome  # noqa: TC001
from forestall.languages import Texts  # noqa: TC001
from forestall.plan.vocabulary import (
    Approach,
    Basis,
    Part,
    PayerLevel,
    PreventionLevel,
    StepState,
)
from forestall.safeguards.assessment import RightsAssessment  # noqa: TC001


class Ground(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On what the hope rests that the action works (2002/13 ¶11).

    Attributes
    ----------
    basis
        Tested elsewhere, or untested and to be evaluated.
    intervention
        Key of an intervention of the evidence, such as "alley-gates"; "" for none.
    said, source
        What the study found, and where it can be read; for what is no packaged evidence.
    evaluation
        How this action itself will be evaluated.
    """

    basis: Basis = Basis.UNTESTED
    intervention: str = ""
    said: Texts = {}
    source: str = ""
    evaluation: Texts = {}


class Involved(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A partner, by its key, that takes part beside the accountable one, and its part."""

    partner: str
    part: Part
    words: Texts = {}


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of an action, from its first to its last day.

    Attributes
    ----------
    responsible
        Key of the partner that carries it out; "" for the accountable one.
    state, finished
        How far it is, and on which day it was finished.
    progress
        What was done so far, or why it is late.
    """

    key: str
    title: Texts
    starts: date
    ends: date
    responsible: str = ""
    state: StepState = StepState.PLANNED
    finished: date | None = None
    progress: Texts = {}


class Money(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money or a gift in kind for one year, from one payer.

    Attributes
    ----------
    year
        Calendar year in which it is spent.
    amount
        In the currency of the plan, at prices of that year; not negative.
    payer, level
        Who pays, in words, and from which level of government or privately.
    confirmed
        Whether the payer has agreed.
    in_kind
        Whether it is given as rooms, goods or hours; the amount is then its estimated worth.
    basis
        Where the amount is from, such as an offer or an earlier account.
    spent
        What has been spent of it so far.
    """

    key: str
    what: Texts
    year: int
    amount: float
    payer: Texts
    level: PayerLevel
    confirmed: bool = False
    in_kind: bool = False
    basis: Texts = {}
    spent: float = 0.0


class Staff(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People who work on it: from which partner, doing what, as full-time posts, in which year."""

    partner: str
    what: Texts
    posts: float
    year: int


class Risk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What could go wrong, and what is done then."""

    what: Texts
    response: Texts = {}


class ExpectedSideEffect(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A side effect that is expected, good or bad, and how it is watched (2002/13 ¶23(d))."""

    outcome: Outcome
    what: Texts
    watched_by: Texts = {}


class Action(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done.

    Attributes
    ----------
    objectives
        Keys of the objectives that it serves.
    approach, level
        How it prevents (2002/13 ¶6), and when it comes in (1995/9 ¶3(d)).
    mechanism
        By what it works: why doing this changes that.
    ground
        The evidence, or that it is untested and will be evaluated.
    accountable
        Key of the one partner that answers for it.
    involved
        Partners beside it.
    assessment
        None while nobody has looked at the rights it touches.
    """

    key: str
    title: Texts
    approach: Approach
    level: PreventionLevel
    description: Texts = {}
    objectives: tuple[str, ...] = ()
    mechanism: Texts = {}
    ground: Ground = Ground()
    accountable: str = ""
    involved: tuple[Involved, ...] = ()
    steps: tuple[Step, ...] = ()
    money: tuple[Money, ...] = ()
    staff: tuple[Staff, ...] = ()
    risks: tuple[Risk, ...] = ()
    side_effects: tuple[ExpectedSideEffect, ...] = ()
    assessment: RightsAssessment | None = None
