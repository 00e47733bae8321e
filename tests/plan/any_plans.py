"""This file knows how any plan that contradicts nothing is drawn, and a small one by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from forestall.evidence.vocabulary import Outcome, Population, Problem
from forestall.plan.actions import (
    Action,
    ExpectedSideEffect,
    Ground,
    Involved,
    Money,
    Risk,
    Staff,
    Step,
)
from forestall.plan.records import (
    ActionPlan,
    Agreement,
    ConsultationRecord,
    Figure,
    Indicator,
    Measured,
    Objective,
    Omission,
    Partner,
    Place,
    PlanProblem,
    Review,
    Voice,
)
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import (
    Approach,
    Basis,
    Factor,
    Jurisdiction,
    Part,
    PayerLevel,
    PreventionLevel,
    Sector,
    StepState,
)
from forestall.safeguards.assessment import (
    Decision,
    PersonalData,
    Police,
    Right,
    RightsAssessment,
    RightTouched,
)

DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
KEYS = st.from_regex("[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
AMOUNTS = st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 2))
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20)
LANGUAGES = ("en", "fr", "zh-Hans")
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), WORDS, max_size=3)
NAMES = TEXTS.filter(lambda texts: any(text.strip() for text in texts.values()))


def several(things, most=3):
    return st.lists(things, max_size=most).map(tuple)


def keyed(make, most=3):
    """Draw things with keys of their own."""
    return st.lists(KEYS, unique=True, max_size=most).flatmap(
        lambda keys: st.tuples(*(make(key) for key in keys))
    )


def some_of(choices):
    return st.lists(st.sampled_from(list(choices)), unique=True, max_size=3).map(tuple)


def one_of(choices):
    return st.sampled_from(list(choices))


@st.composite
def periods(draw):
    first = draw(DAYS)
    return first, first + timedelta(days=draw(st.integers(0, 4000)))


@st.composite
def measured(draw, on):
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    known = draw(st.booleans())
    return Measured(
        on=on,
        value=value,
        low=low if known else None,
        high=high if known else None,
        source=draw(TEXTS),
    )


@st.composite
def objectives(draw, key, problems):
    days = sorted(draw(st.lists(DAYS, unique=True, max_size=4)))
    series = tuple(draw(measured(on)) for on in days)
    indicator = Indicator(
        name=draw(TEXTS),
        unit=draw(TEXTS),
        source=draw(TEXTS),
        fewer_is_better=draw(st.booleans()),
        every_months=draw(st.integers(1, 60)),
    )
    change = draw(st.floats(0, 1e6))
    target = None
    if series:
        change = -change if indicator.fewer_is_better else change
        target = series[0].value + change
    return Objective(
        key=key,
        title=draw(NAMES),
        problems=tuple(problems),
        indicator=draw(st.none() | st.just(indicator)),
        baseline=series[0] if series else None,
        no_baseline_because=draw(TEXTS),
        target=draw(st.none() | st.just(target)),
        deadline=draw(st.none() | DAYS),
        measured=series[1:],
    )


@st.composite
def figures(draw):
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    limits = draw(st.sampled_from([(None, None, None), (value, None, None), (value, low, high)]))
    return Figure(
        said=draw(TEXTS), source=draw(TEXTS), value=limits[0], low=limits[1], high=limits[2]
    )


@st.composite
def steps(draw, key, partners):
    starts, ends = draw(periods())
    state = draw(one_of(StepState))
    return Step(
        key=key,
        title=draw(NAMES),
        starts=starts,
        ends=ends,
        responsible=draw(one_of(["", *partners])),
        state=state,
        finished=draw(st.none() | DAYS) if state is StepState.DONE else None,
        progress=draw(TEXTS),
    )


def money(key):
    return st.builds(
        Money,
        key=st.just(key),
        what=TEXTS,
        year=st.integers(1950, 2100),
        amount=AMOUNTS,
        payer=TEXTS,
        level=one_of(PayerLevel),
        confirmed=st.booleans(),
        in_kind=st.booleans(),
        basis=TEXTS,
        spent=AMOUNTS,
    )


def assessments():
    decisions = st.builds(
        Decision, by=KEYS, office=TEXTS, on=DAYS, agrees=st.booleans(), reason=TEXTS
    )
    held = st.builds(PersonalData, what=TEXTS, kept_months=st.none() | st.integers(0, 120))
    return st.builds(
        RightsAssessment,
        touches=several(st.builds(RightTouched, right=one_of(Right), how=TEXTS)),
        none_touched_because=TEXTS,
        legal_basis=TEXTS,
        personal_data=st.none() | held,
        police=one_of(Police),
        decisions=several(decisions),
    )


@st.composite
def actions(draw, key, partners, goals):
    involved = draw(several(st.tuples(one_of(partners), one_of(Part)))) if partners else ()
    staff = st.builds(
        Staff, partner=one_of(partners or ["none"]), what=TEXTS, posts=AMOUNTS, year=st.just(2025)
    )
    return Action(
        key=key,
        title=draw(NAMES),
        approach=draw(one_of(Approach)),
        level=draw(one_of(PreventionLevel)),
        description=draw(TEXTS),
        objectives=tuple(draw(st.sets(one_of(goals)))) if goals else (),
        mechanism=draw(TEXTS),
        ground=draw(st.builds(Ground, basis=one_of(Basis), said=TEXTS, source=WORDS)),
        accountable=draw(one_of(["", *partners])),
        involved=tuple(Involved(partner=who, part=part) for who, part in set(involved)),
        steps=draw(keyed(lambda one: steps(one, partners))),
        money=draw(keyed(money)),
        staff=draw(several(staff)) if partners else (),
        risks=draw(several(st.builds(Risk, what=TEXTS, response=TEXTS))),
        side_effects=draw(
            several(st.builds(ExpectedSideEffect, outcome=one_of(Outcome), what=TEXTS))
        ),
        assessment=draw(st.none() | assessments()),
    )


def problems(key):
    return st.builds(
        PlanProblem,
        key=st.just(key),
        title=NAMES,
        kind=one_of(Problem),
        description=TEXTS,
        affected=some_of(Population),
        factors=some_of(Factor),
        figures=several(figures(), 2),
    )


def partners(key):
    agreement = periods().flatmap(
        lambda days: st.builds(
            Agreement, about=TEXTS, signed=st.just(days[0]), until=st.none() | st.just(days[1])
        )
    )
    return st.builds(
        Partner,
        key=st.just(key),
        name=NAMES,
        sector=one_of(Sector),
        role=TEXTS,
        agreement=st.none() | agreement,
    )


@st.composite
def consultations(draw):
    opened, closed = draw(periods())
    return ConsultationRecord(
        opened=opened,
        closed=draw(st.none() | st.just(closed)),
        how=draw(TEXTS),
        voices=draw(several(st.builds(Voice, said=TEXTS, changed=TEXTS))),
    )


OMITTABLE = [f"approach:{one.value}" for one in Approach]
OMITTABLE += [f"factor:{one.value}" for one in Factor]


@st.composite
def any_plans(draw):
    """Draw any plan that contradicts nothing."""
    starts, ends = draw(periods())
    there = draw(keyed(partners))
    asked = draw(keyed(problems, 2))
    keys = [one.key for one in asked]
    goals = draw(keyed(lambda key: objectives(key, keys), 2))
    names = [one.key for one in there]
    wanted = [one.key for one in goals]
    left_out = draw(st.lists(one_of(OMITTABLE), unique=True, max_size=3))
    return ActionPlan(
        key=draw(KEYS),
        title=draw(NAMES),
        place=Place(name=draw(NAMES), country="XX", level=draw(one_of(Jurisdiction))),
        languages=LANGUAGES,
        starts=starts,
        ends=ends,
        currency=draw(st.from_regex("[A-Z]{3}", fullmatch=True)),
        summary=draw(TEXTS),
        accountable=draw(one_of(["", *names])),
        partners=there,
        problems=asked,
        objectives=goals,
        actions=draw(keyed(lambda key: actions(key, names, wanted), 2)),
        omissions=tuple(Omission(what=what, reason=draw(TEXTS)) for what in left_out),
        reviews=draw(several(st.builds(Review, on=DAYS, held=st.none() | DAYS, found=TEXTS))),
        consultations=draw(several(consultations(), 2)),
        state=draw(one_of(PlanState)),
        version=draw(st.integers(1, 99)),
    )
