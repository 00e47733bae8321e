"""Ten questions of a coordinator: no harm, no police, and a source for each number."""

from dataclasses import replace

import pytest

from forestall.evidence.candidates import Answer
from forestall.evidence.claims import Ground
from forestall.evidence.closeness import Closeness
from forestall.evidence.interventions import Condition, Role, interventions
from forestall.evidence.library import packaged_evidence
from forestall.evidence.metrics import Favours, RateRatio
from forestall.evidence.profiles import ProblemProfile
from forestall.evidence.studies import Source, StudyEffect
from forestall.evidence.suggestions import suggest_interventions
from forestall.evidence.transfer import assess_transfer
from forestall.evidence.vocabulary import Finding, Outcome, Population, Problem, Setting

TEN = {
    "burglary in terraced streets": ProblemProfile(
        problem=Problem.BURGLARY, settings=(Setting.TERRACED_HOUSING,)
    ),
    "violence around bars": ProblemProfile(
        problem=Problem.ALCOHOL_VIOLENCE,
        settings=(Setting.LICENSED_PREMISES, Setting.TOWN_CENTRE),
    ),
    "young people at risk": ProblemProfile(
        problem=Problem.YOUTH_OFFENDING, populations=(Population.YOUNG_PEOPLE,)
    ),
    "repeat victims at home": ProblemProfile(
        problem=Problem.PARTNER_ABUSE, populations=(Population.VICTIMS,)
    ),
    "vehicle theft": ProblemProfile(problem=Problem.VEHICLE_THEFT, settings=(Setting.CAR_PARK,)),
    "gun violence": ProblemProfile(problem=Problem.GUN_VIOLENCE),
    "bullying": ProblemProfile(problem=Problem.BULLYING, settings=(Setting.SCHOOL,)),
    "people leaving prison": ProblemProfile(
        problem=Problem.REOFFENDING, populations=(Population.FORMER_PRISONERS,)
    ),
    "theft from shops": ProblemProfile(problem=Problem.SHOP_THEFT, settings=(Setting.RETAIL,)),
    "fear in public places": ProblemProfile(problem=Problem.FEAR, settings=(Setting.PUBLIC_SPACE,)),
}
HARMFUL = {
    "scared-straight",
    "juvenile-processing",
    "later-closing",
    "purchaser-licensing-repeal",
    "burglar-alarms",
}
FIRST = {
    "burglary in terraced streets": "alley-gating",
    "violence around bars": "earlier-closing",
    "young people at risk": "becoming-a-man",
    "repeat victims at home": "advocacy-partner-abuse",
    "vehicle theft": "cctv",
    "gun violence": "greening-vacant-land",
    "bullying": "anti-bullying",
    "people leaving prison": "cognitive-behavioural-programmes",
    "theft from shops": "retail-tagging",
    "fear in public places": "greening-vacant-land",
}
ALL = [ProblemProfile(problem=one) for one in Problem]
FOUND = {question: suggest_interventions(profile) for question, profile in TEN.items()}


@pytest.mark.parametrize("question", TEN)
def test_the_first_answer_is_what_a_careful_analyst_would_name(question):
    found = FOUND[question]
    tried = [*found.to_test, *found.of(Answer.UNTESTED)]
    assert tried[0].intervention.key == FIRST[question]


@pytest.mark.parametrize("problem", [Problem.SHOP_THEFT, Problem.VEHICLE_THEFT, Problem.ROBBERY])
def test_help_for_former_victims_does_not_answer_what_its_texts_did_not_measure(problem):
    found = suggest_interventions(ProblemProfile(problem=problem))
    keys = {one.intervention.key for one in found.candidates}
    assert "repeat-victimisation-prevention" not in keys


def test_help_for_former_victims_answers_the_burglary_that_its_texts_measured():
    found = FOUND["burglary in terraced streets"]
    keys = {one.intervention.key for one in found.to_test}
    assert "repeat-victimisation-prevention" in keys


def test_where_nothing_helped_on_theft_from_shops_that_is_said():
    assert not FOUND["theft from shops"].to_test
    assert FOUND["theft from shops"].summary().startswith("No measure is known to have helped")


@pytest.mark.parametrize("profile", [*TEN.values(), *ALL], ids=lambda one: one.problem.value)
def test_nothing_harmful_and_nothing_of_the_police_is_suggested(profile):
    found = suggest_interventions(profile)
    tried = [*found.to_test, *found.of(Answer.UNTESTED)]
    keys = {one.intervention.key for one in tried}
    assert not keys & HARMFUL
    assert not any(one.intervention.is_law_enforcement for one in tried)
    assert all(one.intervention.role is Role.MEASURE for one in tried)
    assert all(one.findings[0].reading.finding is not Finding.HARMFUL for one in tried)


@pytest.mark.parametrize("question", TEN)
def test_every_suggestion_says_why_with_its_source_and_what_rules_it_out(question):
    for one in FOUND[question].candidates:
        assert len(one.why) >= 2
        assert one.lead.source.address.startswith("http")
        assert one.lead.source.quotation
        assert one.lead.direction
    tested = [one for one in FOUND[question].to_test if one.intervention.needs]
    assert all(one.argument is not None and one.argument.to_pilot for one in tested)


@pytest.mark.parametrize("question", TEN)
def test_the_order_is_harm_then_relevance_then_certainty(question):
    found = FOUND[question]
    answers = [one.answer for one in found.candidates]
    assert answers[: len(found.of(Answer.HARMFUL))] == [Answer.HARMFUL] * len(
        found.of(Answer.HARMFUL)
    )
    order = [
        (one.close, -one.settings - one.groups, -int(one.certainty.level)) for one in found.to_test
    ]
    assert order == sorted(order)


def test_harm_is_told_first_where_there_is_some():
    found = FOUND["young people at risk"]
    assert found.candidates[0].intervention.key == "scared-straight"
    assert found.summary().startswith("1 measure did harm elsewhere")


def test_results_that_differ_are_counted_apart_from_what_helped():
    found = FOUND["repeat victims at home"]
    assert {one.intervention.key for one in found.of(Answer.MIXED)} == {"advocacy-partner-abuse"}
    assert found.summary().startswith("No measure is known to have helped on this problem")
    assert "1 measure had results that differ elsewhere: find out why." in found.summary()


def test_what_was_not_seen_to_help_is_named_with_the_reason():
    found = FOUND["burglary in terraced streets"]
    keys = {one.intervention.key for one in found.of(Answer.NOT_SEEN_TO_HELP)}
    assert keys == {"property-marking", "burglar-alarms"}


def test_a_missing_need_rules_a_measure_out():
    profile = ProblemProfile(problem=Problem.BURGLARY, conditions={Condition.REAR_ALLEYS: False})
    found = suggest_interventions(profile)
    assert "alley-gating" in {one.intervention.key for one in found.of(Answer.RULED_OUT)}


def test_where_nothing_is_known_the_answer_is_to_plan_the_evaluation():
    found = suggest_interventions(ProblemProfile(problem=Problem.TRAFFICKING))
    assert not found.to_test
    assert "plan its evaluation" in found.summary()


def test_a_raw_fall_and_an_association_are_not_soundly_tested():
    found = FOUND["burglary in terraced streets"]
    keys = {one.intervention.key for one in found.of(Answer.UNTESTED)}
    assert {"neighbourhood-wardens", "household-security"} <= keys


@pytest.mark.parametrize(
    "problem",
    [
        Problem.FEAR,
        Problem.GUN_VIOLENCE,
        Problem.GANG_VIOLENCE,
        Problem.HOMICIDE,
        Problem.DRUGS,
        Problem.PARTNER_ABUSE,
    ],
)
def test_a_fall_in_all_crime_answers_no_question_on_what_hardly_moves_it(problem):
    found = suggest_interventions(ProblemProfile(problem=problem))
    assert not [one for one in found.candidates if one.close >= Closeness.ALL_CRIME]
    assert not {"cctv", "street-lighting", "neighbourhood-wardens", "neighbourhood-watch"} & {
        one.intervention.key for one in found.candidates
    }


def test_a_fall_in_all_crime_is_no_claim_that_fear_was_studied():
    argument = assess_transfer("cctv", ProblemProfile(problem=Problem.FEAR))
    claim = next(one for one in argument.claims if one.ground is Ground.PROBLEM)
    assert str(claim.sentence) == "No text studied it on this problem: fear of crime."
    assert claim.texts == ()


def test_only_texts_that_measured_fear_answer_fear():
    found = FOUND["fear in public places"]
    told = [text for one in found.to_test for text in one.findings]
    assert told
    assert all(Problem.FEAR in text.reading.problems for text in told)


def test_a_fall_in_all_crime_still_answers_robbery_and_disorder():
    for problem in (Problem.ROBBERY, Problem.DISORDER):
        found = suggest_interventions(ProblemProfile(problem=problem))
        assert "neighbourhood-watch" in {one.intervention.key for one in found.to_test}


def test_nothing_that_was_studied_on_the_problem_is_left_out():
    """Every measure with a text on burglary is in one of the lists."""
    known = packaged_evidence()
    measures = {one.key for one in interventions() if one.role is Role.MEASURE}
    on_it = {
        one.reading.intervention
        for one in known.reviews
        if Problem.BURGLARY in one.reading.problems
    }
    found = {one.intervention.key for one in FOUND["burglary in terraced streets"].candidates}
    assert on_it & measures <= found


def of_a_citys_own(key, effect, error):
    return StudyEffect(
        key=key,
        study=key,
        intervention="alley-gating",
        outcome=Outcome.CRIME,
        outcome_words="burglary",
        effect=RateRatio.from_published(effect),
        standard_error=error,
        favours=Favours.BELOW,
        direction="below 1 = fewer burglaries",
        source=Source(address="own table", quotation=""),
    )


def gates_with(*effects):
    evidence = packaged_evidence().and_effects(effects)
    found = suggest_interventions(TEN["burglary in terraced streets"], evidence=evidence)
    return next(one for one in found.candidates if one.intervention.key == "alley-gating")


def test_studies_of_ones_own_that_found_harm_take_a_measure_off_the_list():
    sure = [of_a_citys_own(f"own-{number}", 1.5, 0.04) for number in range(4)]
    unsure = [
        of_a_citys_own(f"own-{number}", effect, 0.3) for number, effect in enumerate((1.4, 0.9))
    ]
    assert gates_with(*sure).answer is Answer.HARMFUL
    assert gates_with(*unsure).answer is Answer.MIXED
    assert "worse with the measure" in str(gates_with(*sure).why[-1])


def test_studies_of_ones_own_do_not_make_the_police_a_suggestion():
    praised = replace(
        of_a_citys_own("own", 0.5, 0.05), intervention="hot-spots-policing", is_law_enforcement=True
    )
    found = suggest_interventions(ALL[-1], evidence=packaged_evidence().and_effects([praised]))
    assert "hot-spots-policing" in {one.intervention.key for one in found.of(Answer.OUTSIDE)}


def test_the_answer_can_be_drawn():
    assert FOUND["bullying"].plot().to_dict()
    assert len(FOUND["bullying"].table) == len(FOUND["bullying"].candidates)
