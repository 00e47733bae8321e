"""EMMIE: five dimensions with a quality each, the best appraised review of each, design levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.evidence.appraisal import (
    DesignLevel,
    Dimension,
    DimensionAppraisal,
    EmmieAppraisal,
    Quality,
    best_of,
    level_of_design,
)
from forestall.evidence.vocabulary import Design, Outcome


def review(name, outcome=Outcome.CRIME, **qualities):
    return EmmieAppraisal(
        review=name,
        outcome=outcome,
        dimensions={
            Dimension(dimension): DimensionAppraisal(
                quality=Quality(score), says="something", where="p. 1"
            )
            for dimension, score in qualities.items()
        },
    )


def any_review(name):
    scores = st.dictionaries(
        st.sampled_from([one.value for one in Dimension]),
        st.sampled_from([None, 0, 1, 2, 3, 4]),
    )
    return scores.map(lambda found: review(name, **found))


def test_each_dimension_comes_from_the_review_that_tells_it_best():
    numbers = review("Numbers", effect=4, mechanism=0, economics=0)
    stories = review("Stories", effect=1, mechanism=3, moderators=2)

    best = best_of([numbers, stories])

    assert best.best[Dimension.EFFECT] == (numbers,)
    assert best.best[Dimension.MECHANISM] == (stories,)
    assert best.quality_of(Dimension.MODERATORS) is Quality.SOME
    assert best.quality_of(Dimension.ECONOMICS) is Quality.NOTHING
    assert best.quality_of(Dimension.IMPLEMENTATION) is Quality.NOT_APPRAISED
    assert "economics: 0 of 4 in Numbers" in best.summary()
    assert "implementation: not appraised" in best.summary()
    assert "different reviews" in " ".join(map(str, best.caveats))


def test_a_quality_of_0_beats_no_appraisal():
    best = best_of([review("Unread", effect=None), review("Poor", effect=0)])

    assert [one.review for one in best.best[Dimension.EFFECT]] == ["Poor"]
    assert Quality.NOTHING.score == 0
    assert Quality.NOT_APPRAISED.score is None


def test_reviews_of_the_same_quality_are_all_named():
    best = best_of([review("A", effect=2), review("B", effect=2), review("C", effect=1)])

    rows = best.table[best.table["dimension"] == "effect"]
    assert list(rows["review"]) == ["A", "B"]
    assert "A and B" in best.summary()


@given(any_review("A"), any_review("B"), any_review("C"))
def test_another_review_never_lowers_a_quality(a, b, c):
    def score(found, dimension):
        quality = found.quality_of(dimension).score
        return -1 if quality is None else quality

    few, many = best_of([a, b]), best_of([a, b, c])

    assert all(score(many, one) >= score(few, one) for one in Dimension)
    assert {one: few.quality_of(one) for one in Dimension} == {
        one: best_of([b, a]).quality_of(one) for one in Dimension
    }


def test_reviews_of_different_outcomes_are_not_mixed():
    with pytest.raises(ValueError, match="of one outcome, but are of crime, fear"):
        best_of([review("A", effect=1), review("B", Outcome.FEAR, effect=1)])


def test_a_review_stands_once():
    with pytest.raises(ValueError, match="A stands twice"):
        best_of([review("A", effect=1), review("A", effect=2)])


def test_no_review_has_no_best():
    with pytest.raises(ValueError, match="there is none"):
        best_of([])


def test_a_quality_above_0_says_what_and_where():
    with pytest.raises(ValueError, match="A quality of 3 needs what the review says and where"):
        DimensionAppraisal(quality=Quality.MUCH, says="Fewer burglaries")


@pytest.mark.parametrize("dimension", Dimension)
def test_every_step_of_every_dimension_is_told_apart(dimension):
    told = [str(quality.means(dimension)) for quality in Quality]

    assert len(set(told)) == 6
    assert all(len(sentence.split()) <= 25 for sentence in told)
    assert str(dimension.asks).endswith("?")


def test_the_chart_has_a_dot_for_each_dimension():
    chart = best_of([review("A", effect=2)]).plot().to_dict()

    rows = next(iter(chart["datasets"].values()))
    assert [row["state"] for row in rows] == ["2", *["not appraised"] * 4]


@pytest.mark.parametrize(
    ("design", "level"),
    [
        (Design.RANDOMISED, 5),
        (Design.CONTROLLED, 3),
        (Design.SERIES, 2),
        (Design.BEFORE_AFTER, 2),
        (Design.ASSOCIATION, 1),
        (Design.MIXED, None),
        (Design.NOT_STATED, None),
    ],
)
def test_a_design_reaches_its_level_and_no_more(design, level):
    assert level_of_design(design) == level


def test_every_level_has_words():
    assert len({str(level.words) for level in DesignLevel}) == 5
