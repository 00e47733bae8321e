"""What has no meaningful average is refused in one sentence that names the first."""

import pytest

from forestall.errors import CannotSynthesise
from forestall.evidence.metrics import Favours
from forestall.evidence.studies import IncidentCounts, PeopleCounts
from forestall.evidence.synthesis import (
    Between,
    Model,
    accumulate_by_year,
    assess_small_studies,
    compare_subgroups,
    explain_by_moderators,
    in_natural_terms,
    leave_one_out,
    measure_influence,
    pool_odds_ratios,
    pool_rate_ratios,
    synthesise_effects,
)
from forestall.evidence.vocabulary import Design, Outcome
from tests.evidence.made_effects import an_effect, packaged, some_effects

TWO = some_effects([-0.1, -0.2], [0.01, 0.02])
PEOPLE = PeopleCounts(treated_events=10, treated=29, compared_events=23, compared=52)
NESTED = [*TWO, an_effect("again", -0.3, 0.01, study=TWO[0].study)]


def refused(*effects):
    with pytest.raises(CannotSynthesise) as refusal:
        synthesise_effects(effects)
    return str(refusal.value)


def test_no_effects():
    assert refused() == "An average needs two studies or more, but there are none."


def test_one_study_is_shown_but_not_averaged():
    told = refused(TWO[0])

    assert told.startswith("There is one study only, Study s000: ratio of counts 0.90 (0.74 to 1.1")
    assert told.endswith("It is no average.")


def test_several_effects_of_one_study_are_one_study():
    assert "one study only" in refused(TWO[0], NESTED[-1])


def test_mixed_metrics_are_counted():
    told = refused(*TWO, an_effect("odd", metric="OR"))

    assert "IRR (2, first “s000”) and OR (1, first “odd”)" in told
    assert "convert_effect" in told


def test_mixed_outcomes_are_counted():
    told = refused(*TWO, an_effect("afraid", outcome=Outcome.FEAR))

    assert "crime (2, first “s000”) and fear of crime (1, first “afraid”)" in told


def test_a_key_twice():
    assert "“s000” names 2" in refused(TWO[0], TWO[0], TWO[1])


@pytest.mark.parametrize("metric", ["RR", "IRR", "% change"])
def test_what_cannot_be_turned_is_not(metric):
    effects = some_effects([0.1, 0.2], [0.01] * 2, metric=metric, favours=Favours.ABOVE)

    assert "2 effects have it above and cannot be turned, the first is “s000”" in refused(*effects)


def test_the_same_effect_from_two_reviews():
    first = an_effect("a", review="review-a", study="Smith (2001)")
    second = an_effect("b", review="review-b", study="Smith, 2001")

    told = refused(first, second, *TWO)

    assert told == (
        "The same effect of Smith (2001) came from two reviews, review-a and review-b; keep one."
    )


def test_the_same_counts_twice():
    first = an_effect("a", metric="OR", study="Smith", counts=PEOPLE)
    second = an_effect("b", 0.5, metric="OR", study="smith", counts=PEOPLE)
    other = an_effect("c", metric="OR")

    assert "twice with the same counts, as “a” and “b”" in refused(first, second, other)


def test_equal_numbers_of_one_review_are_let_through_with_a_caveat():
    first = an_effect("a", review="r", study="Smith", outcome_words="theft")
    second = an_effect("b", review="r", study="Smith", outcome_words="robbery")

    found = synthesise_effects([first, second, *TWO])

    assert any("“a” and “b” are equal numbers" in str(one) for one in found.caveats)


def test_law_enforcement_is_averaged_apart():
    told = refused(*TWO, an_effect("patrol", is_law_enforcement=True))

    assert "“patrol” is law enforcement, “s000” is not" in told


def test_law_enforcement_alone_is_marked():
    found = synthesise_effects(some_effects([0.1, 0.2], [0.1] * 2, is_law_enforcement=True))

    assert any("law enforcement" in str(one) for one in found.caveats)


def test_associations_are_averaged_apart():
    told = refused(*TWO, an_effect("factor", design=Design.ASSOCIATION))

    assert "“factor” is an association, “s000” is not" in told


@pytest.mark.parametrize(
    "choices", [{"model": Model.FIXED}, {"variance": Between.DL}, {"variance": Between.PM}]
)
def test_nested_effects_need_three_levels(choices):
    with pytest.raises(CannotSynthesise, match="not independent"):
        synthesise_effects(NESTED, **choices)


@pytest.mark.parametrize("without", [leave_one_out, measure_influence])
def test_leaving_one_of_two_out(without):
    with pytest.raises(CannotSynthesise, match="needs three or more, but there are 2"):
        without(synthesise_effects(TWO))


@pytest.mark.parametrize("check", [measure_influence, assess_small_studies])
def test_checks_of_single_effects_refuse_nested_ones(check):
    effects = [*NESTED, *some_effects([-0.1] * 12, [0.01] * 12, intervention="other")[3:]]

    with pytest.raises(CannotSynthesise, match="--one-per-study"):
        check(synthesise_effects(effects))


def test_fewer_than_ten_studies_say_nothing_of_small_ones():
    with pytest.raises(CannotSynthesise, match="from 10 studies on, but there are 7"):
        assess_small_studies(synthesise_effects(packaged("scared-straight-2013")))


def test_equally_precise_studies_have_no_small_ones():
    effects = some_effects([n / 10 for n in range(12)], [0.04] * 12)

    with pytest.raises(CannotSynthesise, match="as precise"):
        assess_small_studies(synthesise_effects(effects))


def test_years_that_are_not_there():
    with pytest.raises(CannotSynthesise, match="needs two studies with a year, but there are 0"):
        accumulate_by_year(synthesise_effects(TWO))


def test_a_moderator_nobody_recorded():
    with pytest.raises(CannotSynthesise, match=r"“age” is recorded of none .* design, year"):
        explain_by_moderators(TWO, moderators=["age"])


def test_a_moderator_that_never_differs():
    effects = some_effects([0.1, 0.2, 0.3], [0.1] * 3, moderators={"age": "12"})

    with pytest.raises(CannotSynthesise, match="same in all effects of which it is known: 12"):
        explain_by_moderators(effects, moderators=["age"])


def test_two_moderators_that_say_the_same():
    effects = [
        an_effect(f"k{n}", n / 10, moderators={"age": str(n), "months": str(12 * n)})
        for n in range(8)
    ]

    with pytest.raises(CannotSynthesise, match="say the same of every study: age and months"):
        explain_by_moderators(effects, moderators=["age", "months"])


def test_too_few_studies_for_a_line():
    effects = [an_effect(f"k{n}", n / 10, moderators={"age": str(n)}) for n in range(2)]

    with pytest.raises(CannotSynthesise, match="2 coefficients need 3 studies"):
        explain_by_moderators(effects, moderators=["age"])


def test_a_line_without_a_moderator():
    with pytest.raises(ValueError, match="name of a moderator"):
        explain_by_moderators(TWO, moderators=[])


def test_one_group_is_no_comparison():
    with pytest.raises(CannotSynthesise, match="two groups or more, but there are 1; 1 effects"):
        compare_subgroups(TWO, by=lambda one: "all" if one.key == "s000" else None)


def test_odds_without_counts():
    with pytest.raises(CannotSynthesise, match="“s000” has none or is a ratio of counts"):
        pool_odds_ratios(TWO)


def test_odds_without_events():
    nobody = PeopleCounts(treated_events=0, treated=9, compared_events=0, compared=8)
    effects = [an_effect(key, metric="OR", counts=nobody) for key in "ab"]

    with pytest.raises(CannotSynthesise, match="too few events"):
        pool_odds_ratios(effects)


def test_rates_without_counts():
    with pytest.raises(CannotSynthesise, match="“s000” has none"):
        pool_rate_ratios(TWO)


def test_less_than_chance_is_no_variance():
    counts = IncidentCounts(treated_before=9, treated_after=8, compared_before=7, compared_after=6)
    with pytest.raises(ValueError, match="chance or more"):
        pool_rate_ratios([an_effect(key, counts=counts) for key in "ab"], dispersion=0.5)


def test_people_without_a_comparison_risk():
    effects = some_effects([-0.1, -0.2], [0.01] * 2, metric="OR")

    with pytest.raises(CannotSynthesise, match="give comparison_risk"):
        in_natural_terms(synthesise_effects(effects))


@pytest.mark.parametrize("risk", [0.0, 1.0, 30])
def test_a_risk_is_a_share(risk):
    effects = some_effects([-0.1, -0.2], [0.01] * 2, metric="OR")

    with pytest.raises(ValueError, match="between 0 and 1"):
        in_natural_terms(synthesise_effects(effects), comparison_risk=risk)


def test_associations_are_not_told_as_effects():
    effects = some_effects([0.1, 0.2], [0.01] * 2, metric="OR", design=Design.ASSOCIATION)

    with pytest.raises(CannotSynthesise, match="Associations say nothing"):
        in_natural_terms(synthesise_effects(effects), comparison_risk=0.2)


def test_only_incidents_are_priced():
    effects = some_effects([-0.1, -0.2], [0.01] * 2, metric="d")

    with pytest.raises(CannotSynthesise, match="Only a ratio of incidents"):
        synthesise_effects(effects).as_estimate()
