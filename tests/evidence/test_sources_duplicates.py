"""One study that comes twice is recognised, and never left out unasked."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.evidence.library import packaged_evidence
from forestall.evidence.sources import (
    DuplicateStudies,
    Reference,
    find_duplicate_studies,
    without_certain_duplicates,
)
from forestall.evidence.sources.same_study import Recognised, fingerprint_of, recognise
from forestall.evidence.studies import PeopleCounts, Source
from tests.evidence.any_effects import any_effect
from tests.evidence.made_effects import an_effect

GUERRA = PeopleCounts(treated_events=10, treated=29, compared_events=23, compared=52)


def effect(key, study, *, address="https://example.org", title="", **more):
    facts = {"number": -0.3, "variance": 0.01, "metric": "OR", **more}
    source = Source(
        address=address, quotation="", title=title, authors=study, year=facts.get("year")
    )
    return an_effect(key, study=study, source=source, **facts)


def reference(key, title, year=2018, address="", authors=("Ek, Anna",)):
    return Reference(key=key, title=title, year=year, address=address, authors=authors)


def recognised(*effects, references=()):
    return [one.recognised for one in find_duplicate_studies(effects, references=references).pairs]


def test_counts_in_two_reviews_are_certainly_one_study():
    pair = (
        effect("a", "Guerra (1990)", year=1990, counts=GUERRA, review="one"),
        effect("b", "GUERRA et al., 1990", number=-0.5, counts=GUERRA, review="two"),
    )

    assert recognised(*pair) == [Recognised.COUNTS]


def test_an_effect_that_was_rounded_in_another_way_is_certainly_one_study():
    pair = (
        effect("a", "Müller & Ek (2001)", number=-0.301),
        effect("b", "Muller [2001]", number=-0.297, variance=0.0101),
    )

    assert recognised(*pair) == [Recognised.FIGURES]


def test_other_figures_in_another_review_are_likely_one_study():
    one = effect("a", "Ek (2001)", review="one")

    assert recognised(one, effect("b", "Ek (2001)", number=-0.4, review="two")) == [
        Recognised.AUTHOR
    ]
    assert recognised(one, effect("b", "Ek (2001)", number=-0.4, review="one")) == []
    assert recognised(one, effect("b", "Ek (2002)", review="two")) == []
    assert recognised(one, effect("b", "Lee (2001)", review="two")) == []
    assert recognised(one, effect("b", "Ek (2001)", metric="RR", review="one")) == []


def test_a_study_without_a_year_is_not_recognised_by_its_author():
    assert recognised(effect("a", "Ek"), effect("b", "Ek", review="two")) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("Gates in alleys of terraced streets", "Gates in Alleys of Terraced Streets.", True),
        ("Gates in alleys of terraced streets", "In terraced streets: gates of alleys", True),
        ("Évaluation de l’éclairage des rues", "Evaluation de l'eclairage des rues", True),
        ("Gates in alleys of terraced streets", "Gates in alleys of terraced strets", True),
        ("Gates in alleys of terraced streets", "Lighting in streets of terraced houses", False),
        ("Report on crime in town 2017", "Report on crime in town 2018", False),
        ("Street lighting", "Street lighting", False),
    ],
)
def test_titles_are_compared_without_case_accents_and_order(first, second, found):
    pair = [reference("a", first), reference("b", second, year=2019)]

    assert recognised(references=pair) == [Recognised.TITLE] * found


def test_titles_years_apart_are_two_texts():
    title = "Gates in alleys of terraced streets"

    assert recognised(references=[reference("a", title), reference("b", title, 2020)]) == []


def test_the_same_doi_in_any_spelling_is_certainly_one_text():
    pair = [
        reference("a", "Gates", address="https://doi.org/10.1000/ABC"),
        reference("b", "Other", address="http://dx.doi.org/10.1000/abc"),
    ]

    assert recognised(references=pair) == [Recognised.DOI]


def test_the_doi_of_a_review_does_not_make_its_studies_one():
    doi = "https://doi.org/10.1000/review"
    pair = (
        effect("a", "Ek (2001)", address=doi, number=-0.1),
        effect("b", "Lee (2002)", address=doi, number=-0.1),
    )

    assert recognised(*pair) == []


def test_a_reference_to_a_review_that_is_there_is_recognised():
    review = next(one for one in packaged_evidence().reviews if one.source.title)
    found = find_duplicate_studies(
        [], references=[reference("mine", review.source.title, review.year)], reviews=[review]
    )

    assert [one.recognised for one in found.pairs] == [Recognised.TITLE]


def test_nothing_packaged_is_certainly_there_twice():
    evidence = packaged_evidence()

    found = find_duplicate_studies(evidence.effects, reviews=evidence.reviews)

    assert not found.table["is_certain"].any()
    assert without_certain_duplicates(evidence.effects).effects == evidence.effects


def test_what_is_left_out_is_the_later_one_and_is_said():
    first = effect("a", "Guerra (1990)", counts=GUERRA)
    second = effect("b", "Guerra (1990)", counts=GUERRA, review="two")

    kept = without_certain_duplicates([second, first])

    assert kept.effects == (second,)
    assert kept.left_out[0].effect is first
    assert kept.left_out[0].in_words() == (
        "“a” is left out, because “b” has the same first author, year and counts."
    )


def test_a_likely_pair_is_never_left_out():
    pair = (
        effect("a", "Ek (2001)", review="one"),
        effect("b", "Ek (2001)", number=-0.4, review="two"),
    )

    assert without_certain_duplicates(pair).effects == pair


def test_the_answer_says_how_sure_it_is_and_can_be_drawn():
    found = find_duplicate_studies(
        [
            effect("a", "Ek (2001)", review="one"),
            effect("b", "Ek (2001)", number=-0.4, review="two"),
            effect("c", "Ek (2001)", number=-0.4, review="three"),
        ]
    )

    assert isinstance(found, DuplicateStudies)
    assert found.summary() == "Of 3 records, 1 pair is certainly one study, and 2 likely."
    assert str(found.caveats[0]) == "Nothing was left out."
    assert len(found.caveats) == 2
    assert list(found.table["is_certain"]) == [False, False, True]
    assert found.plot().to_dict()
    assert find_duplicate_studies([]).summary() == "None of 0 records looks like another."


FEW = st.lists(
    st.builds(
        effect,
        st.sampled_from("abcdef"),
        st.sampled_from(["Ek (2001)", "EK et al. (2001)", "Lee (1999)"]),
        number=st.sampled_from([-0.3, -0.301, -0.5]),
        review=st.sampled_from(["", "one", "two"]),
        title=st.sampled_from(["", "Gates in alleys of towns", "Gates in the alleys of towns"]),
    ),
    max_size=6,
)
TEXTS = st.lists(
    st.builds(
        reference,
        st.sampled_from("abcdef"),
        st.sampled_from(["Gates in alleys of towns", "Gates in alleys of a town", "Lamps"]),
        st.sampled_from([2018, 2019, 2020]),
        st.sampled_from(["", "https://doi.org/10.1000/x"]),
    ),
    max_size=5,
)


@given(FEW, TEXTS, st.randoms())
@settings(deadline=None)
def test_the_order_of_records_does_not_matter(effects, references, chance):
    found = find_duplicate_studies(effects, references=references)
    chance.shuffle(effects)
    chance.shuffle(references)

    again = find_duplicate_studies(effects, references=references)

    assert again.table.equals(found.table)


@given(any_effect())
@settings(deadline=None)
def test_a_copy_is_certain_wherever_author_and_year_are_known(effect):
    dated = replace(effect, study="Ek (2001)", year=2001)

    kept = without_certain_duplicates([dated, replace(dated, key=f"{dated.key}-2", review="x")])

    assert len(kept.effects) == 1


def test_ten_thousand_references_are_compared_in_little_time():
    import time

    many = [
        reference(f"r{number}", f"Effects of measure {number} on crime in town {number % 97}")
        for number in range(10_000)
    ]
    begun = time.monotonic()

    find_duplicate_studies([], references=many)

    assert time.monotonic() - begun < 10


@given(FEW, TEXTS)
@settings(deadline=None)
def test_two_records_are_recognised_from_either_side(effects, references):
    prints = [fingerprint_of(one) for one in (*effects, *references)]

    for one in prints:
        for other in prints:
            assert recognise(one, other) == recognise(other, one)
