"""This file knows how to make any record of an effect that can be written down."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from forestall.evidence.metrics import Correlation, Favours, Metric, effect_size
from forestall.evidence.studies import IncidentCounts, PeopleCounts, Source, StudyEffect
from forestall.evidence.vocabulary import Design, Outcome, Population, Problem, Setting

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    | st.sampled_from(["=1+1", "'=x", "-0.5", "@a", "+1", "'", "a;b", 'a "b"', "a\nb", "5%", "−1"])
).map(str.strip)
WORDS = TEXTS.filter(bool)
ERRORS = st.floats(1e-3, 2)
YEARS = st.none() | st.integers(1900, 2099)


@st.composite
def _figures(draw):
    kind = draw(st.sampled_from(["people", "incidents", "none"]))
    if kind == "people":
        sizes = st.integers(1, 500)
        treated, compared = draw(sizes), draw(sizes)
        counts = PeopleCounts(
            treated_events=draw(st.integers(0, treated)),
            treated=treated,
            compared_events=draw(st.integers(0, compared)),
            compared=compared,
        )
        return {"counts": counts}
    if kind == "incidents":
        number = st.integers(0, 5000).map(float) | st.floats(0.5, 1e4)
        four = ("treated_before", "treated_after", "compared_before", "compared_after")
        found = {name: draw(number) for name in four}
        return {"counts": IncidentCounts(**found, dispersion=draw(st.floats(1, 9)))}
    metric = draw(st.sampled_from(Metric))
    number = draw(st.floats(-2, 2))
    effect = effect_size(metric, 0.5).moved_to(number)
    return {"effect": effect, "standard_error": draw(ERRORS)}


def _few(kind):
    return st.lists(st.sampled_from(kind), max_size=3, unique=True).map(tuple)


@st.composite
def any_effect(draw):
    """Draw a record with figures, or counts that its figures are computed from."""
    figures = draw(_figures())
    record = StudyEffect(
        key=draw(WORDS),
        study=draw(WORDS),
        intervention=draw(WORDS),
        outcome=draw(st.sampled_from(Outcome)),
        outcome_words=draw(TEXTS),
        effect=figures.get("effect", Correlation(0.0)),
        standard_error=figures.get("standard_error", 1.0),
        favours=draw(st.sampled_from(Favours)),
        direction=draw(WORDS),
        source=Source(
            address=draw(WORDS),
            quotation=draw(TEXTS),
            title=draw(TEXTS),
            authors=draw(TEXTS),
            year=draw(YEARS),
        ),
        year=draw(YEARS),
        design=draw(st.sampled_from(Design)),
        problems=draw(_few(Problem)),
        settings=draw(_few(Setting)),
        populations=draw(_few(Population)),
        population_words=draw(TEXTS),
        review=draw(TEXTS),
        counts=figures.get("counts"),
        moderators=draw(st.dictionaries(WORDS, WORDS, max_size=2)),
        is_local=draw(st.booleans()),
        is_law_enforcement=draw(st.booleans()),
    )
    made = record if record.counts is None else record.with_effect_of_counts()
    assert math.isfinite(made.effect.number)
    return made
