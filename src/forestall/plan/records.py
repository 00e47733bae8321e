"""This file knows the record of a plan: problems, objectives, partners and when it is reviewed.

An integrated plan says which problems are meant and what feeds them, objectives with dates, actions
with who answers for each and whose means pay (1995/9 ¶3; 2002/13 ¶17(b), 22). Every text can be
given in several languages. Keys are short names that stay when a title changes.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types

from msgspec import Struct

from forestall.evidence.vocabulary import Population, Problem  # noqa: TC001
from forestall.languages import Texts  # noqa: TC001
from forestall.plan.actions import Action  # noqa: TC001
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Factor, Jurisdiction, Sector  # noqa: TC001


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For where a plan is made: its name, the country (ISO 3166-1 alpha-2), the level."""

    name: Texts
    country: str
    level: Jurisdiction


class Agreement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a partner agreed to, since when and until when (2002/13 ¶19)."""

    about: Texts
    signed: date
    until: date | None = None


class Partner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation that takes part.

    Attributes
    ----------
    key
        Short name by which actions refer to it.
    name, sector
        What it is called, and what kind of body it is.
    role
        What its part is, made plain to everybody (2002/13 ¶19(a); 1997/33 ¶10).
    contact
        An office, never a person: such as the address of a desk.
    agreement
        None while there is none.
    """

    key: str
    name: Texts
    sector: Sector
    role: Texts = {}
    contact: str = ""
    agreement: Agreement | None = None


class Figure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number from a diagnosis that stands behind a problem.

    Attributes
    ----------
    said
        The finding as one sentence.
    value, low, high
        The number, and its 95 % interval where there is one.
    unit
        What the number counts.
    period, source
        The time it is about, and from which diagnosis, survey or text.
    """

    said: Texts
    source: Texts
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Texts = {}
    period: Texts = {}


class PlanProblem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A problem that the plan is about.

    Attributes
    ----------
    key, title, kind
        Short name; what it is called; its kind, by which evidence is found.
    description
        What happens, as a reader would tell it.
    where
        In which places, at which times.
    affected, affected_words
        Groups it touches, as they are served, never as suspects.
    factors, factors_words
        Background that was looked at (1995/9 ¶3(c)), and what was found.
    figures
        From the diagnosis; empty for a problem that was typed.
    known_from
        How it is known, where no figure is given.
    """

    key: str
    title: Texts
    kind: Problem
    description: Texts = {}
    where: Texts = {}
    affected: tuple[Population, ...] = ()
    affected_words: Texts = {}
    factors: tuple[Factor, ...] = ()
    factors_words: Texts = {}
    figures: tuple[Figure, ...] = ()
    known_from: Texts = {}


class Measured(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value of an indicator: when, how much, its 95 % interval if known, and from where."""

    on: date
    value: float
    low: float | None = None
    high: float | None = None
    source: Texts = {}


class Indicator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is measured, in which unit, from which source, and how often.

    Attributes
    ----------
    fewer_is_better
        Whether the objective is reached by falling to the target.
    every_months
        Months between two measurements.
    """

    name: Texts
    unit: Texts
    source: Texts
    fewer_is_better: bool = True
    every_months: int = 12


class Objective(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be reached, and by when (1995/9 ¶3(a)(ii)).

    Attributes
    ----------
    problems
        Keys of the problems it answers.
    indicator, baseline, target, deadline
        None while they are still open; the checks say so.
    no_baseline_because
        Why there is no figure yet, and when there will be.
    measured
        The series since the baseline, the oldest first.
    """

    key: str
    title: Texts
    problems: tuple[str, ...] = ()
    indicator: Indicator | None = None
    baseline: Measured | None = None
    no_baseline_because: Texts = {}
    target: float | None = None
    deadline: date | None = None
    measured: tuple[Measured, ...] = ()


class Omission(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something a plan is asked to weigh and leaves out, and why.

    Attributes
    ----------
    what
        Such as "approach:reintegration", "level:victims", "actors:media" or "factor:welfare".
    reason
        Why it is left out.
    """

    what: str
    reason: Texts


class Review(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day on which the plan is looked at again, and what came of it (1995/9 ¶5(d))."""

    on: date
    held: date | None = None
    found: Texts = {}


class Voice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What residents and partners said, summed up, and what was changed (2002/13 ¶16)."""

    said: Texts
    changed: Texts


class ConsultationRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How residents were asked, when, and what came of it."""

    opened: date
    closed: date | None = None
    how: Texts = {}
    voices: tuple[Voice, ...] = ()


class ActionPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole plan.

    Attributes
    ----------
    format
        The version of this record; 1.
    languages
        In which the plan is written, its own first.
    starts, ends
        First and last day of its period.
    currency
        ISO 4217, such as "EUR"; every amount of the plan is in it.
    accountable
        Key of the partner that answers for the whole.
    lasting
        How what works goes on after the plan (2002/13 ¶20, 22(c)).
    state, version
        Where it is, and the number of its version, from 1.
    """

    key: str
    title: Texts
    place: Place
    languages: tuple[str, ...]
    starts: date
    ends: date
    currency: str
    summary: Texts = {}
    accountable: str = ""
    partners: tuple[Partner, ...] = ()
    problems: tuple[PlanProblem, ...] = ()
    objectives: tuple[Objective, ...] = ()
    actions: tuple[Action, ...] = ()
    omissions: tuple[Omission, ...] = ()
    reviews: tuple[Review, ...] = ()
    consultations: tuple[ConsultationRecord, ...] = ()
    lasting: Texts = {}
    state: PlanState = PlanState.DRAFT
    version: int = 1
    format: int = 1
