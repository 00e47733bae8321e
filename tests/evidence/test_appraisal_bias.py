"""Risk of bias: answers lead to a judgement by stated rules, and show that they did."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from forestall.errors import InvalidFile
from forestall.evidence.appraisal import (
    Answer,
    AnsweredQuestion,
    BiasForm,
    BiasRisk,
    Family,
    bias_form_schema,
    blank_bias_form,
    domains_of,
    example_bias_form,
    judge_risk_of_bias,
    questions_of,
    read_bias_form,
)
from forestall.evidence.vocabulary import Outcome

FAMILIES = list(Family)


def answered(answer):
    return AnsweredQuestion(answer=answer, because="p. 1")


def form(family, **answers):
    """Return a form with the good answer to every question but those given."""
    good = {
        question.key: Answer.YES if getattr(question, "good", True) else Answer.NO
        for question in questions_of(family)
    }
    return BiasForm(
        study="S",
        outcome=Outcome.CRIME,
        result="burglary",
        family=family,
        appraiser="A",
        answers={key: answered(one) for key, one in {**good, **answers}.items()},
    )


def risk_of(family, **answers):
    return judge_risk_of_bias(form(family, **answers))


def any_form(family):
    keys = [question.key for question in questions_of(family)]
    return st.fixed_dictionaries({key: st.sampled_from(Answer) for key in keys}).map(
        lambda answers: form(family, **answers)
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_good_answers_throughout_are_a_low_risk(family):
    judged = risk_of(family)

    assert judged.overall is BiasRisk.LOW
    assert all(one.led_by == () for one in judged.domains)
    assert judged.summary() == "The risk of bias of S is low in all domains."


def test_places_chosen_at_a_peak_are_a_high_risk_until_it_is_allowed_for():
    peak = {"chosen_at_peak": Answer.PROBABLY_YES}

    fooled = risk_of(Family.WITHOUT_LOT, **peak, peak_allowed_for=Answer.NO)
    unsaid = risk_of(Family.WITHOUT_LOT, **peak, peak_allowed_for=Answer.NO_INFORMATION)
    allowed = risk_of(Family.WITHOUT_LOT, **peak, peak_allowed_for=Answer.YES)

    assert fooled.overall is unsaid.overall is BiasRisk.HIGH
    assert allowed.overall is BiasRisk.SOME_CONCERNS
    assert fooled.domains[0].led_by == ("chosen_at_peak", "peak_allowed_for")
    assert "how places or people were chosen" in fooled.summary()


def test_nothing_to_compare_with_is_critical():
    judged = risk_of(Family.WITHOUT_LOT, has_comparison=Answer.NO)

    assert judged.overall is BiasRisk.CRITICAL


def test_critical_does_not_exist_for_lots():
    judged = risk_of(Family.BY_LOT, same_measure=Answer.NO)

    assert judged.overall is BiasRisk.HIGH


def test_a_silent_text_is_a_concern_and_is_counted():
    judged = risk_of(Family.BY_LOT, lots_hidden=Answer.NO_INFORMATION)

    assert judged.overall is BiasRisk.SOME_CONCERNS
    assert "no information on 1 question" in str(judged.caveats[1])


def test_concerns_in_four_domains_add_up_and_three_do_not():
    concerns = dict.fromkeys(("uneven_start", "measurer_could_sway"), Answer.YES)
    concerns["planned"] = Answer.NO

    three = risk_of(Family.BY_LOT, **concerns)
    four = risk_of(Family.BY_LOT, **concerns, enough_units=Answer.NO)

    assert three.overall is BiasRisk.SOME_CONCERNS
    assert four.overall is BiasRisk.HIGH
    assert "Some concerns in 4 domains" in str(four.caveats[-1])


@given(st.sampled_from(FAMILIES).flatmap(any_form), st.data())
def test_a_less_good_answer_never_lowers_a_risk(filled, data):
    question = data.draw(st.sampled_from(list(questions_of(filled.family))))
    bad = Answer.NO if getattr(question, "good", True) else Answer.YES
    before = judge_risk_of_bias(filled)

    worsened = {**filled.answers, question.key: answered(bad)}
    after = judge_risk_of_bias(replace(filled, answers=worsened))

    assert after.overall >= before.overall
    assert all(new.risk >= old.risk for new, old in zip(after.domains, before.domains, strict=True))


@given(st.sampled_from(FAMILIES).flatmap(any_form))
def test_every_risk_above_low_shows_the_answers_that_led_to_it(filled):
    judged = judge_risk_of_bias(filled)

    for one in judged.domains:
        assert bool(one.led_by) == (one.risk > BiasRisk.LOW)
    assert judged.overall >= max(one.risk for one in judged.domains)


@given(st.sampled_from(FAMILIES).flatmap(any_form))
def test_probably_counts_like_the_plain_word(filled):
    plain = {Answer.PROBABLY_YES: Answer.YES, Answer.PROBABLY_NO: Answer.NO}
    sure = {key: answered(plain.get(one.answer, one.answer)) for key, one in filled.answers.items()}

    assert (
        judge_risk_of_bias(filled).overall
        is judge_risk_of_bias(replace(filled, answers=sure)).overall
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_questions_are_asked_once_and_are_short(family):
    questions = list(questions_of(family))

    assert len({one.key for one in questions}) == len(questions)
    assert all(str(one.asks).endswith("?") for one in questions)
    assert all(len(str(one.asks).split()) <= 25 for one in questions)


def test_the_chart_has_a_dot_for_each_domain():
    chart = judge_risk_of_bias(example_bias_form()).plot().to_dict()

    assert len(next(iter(chart["datasets"].values()))) == len(domains_of(Family.WITHOUT_LOT))


def record_of(filled):
    return {
        "study": filled.study,
        "outcome": filled.outcome.value,
        "result": filled.result,
        "family": filled.family.value,
        "appraiser": filled.appraiser,
        "answers": {
            key: {"answer": one.answer.value, "because": one.because}
            for key, one in filled.answers.items()
        },
    }


def test_a_form_comes_back_from_a_file_as_it_was(tmp_path):
    file = tmp_path / "form.json"
    file.write_text(json.dumps(record_of(example_bias_form())), encoding="utf-8")

    assert read_bias_form(file) == example_bias_form()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_blank_form_can_be_filled_and_read(tmp_path, family):
    text = blank_bias_form(family)
    for key in ("study", "result", "appraiser"):
        text = text.replace(f'{key} = ""', f'{key} = "x"')
    file = tmp_path / "form.toml"
    file.write_text(text, encoding="utf-8")

    judged = judge_risk_of_bias(read_bias_form(file))

    assert {one.risk for one in judged.domains} == {BiasRisk.SOME_CONCERNS}
    assert judged.overall is BiasRisk.HIGH


@pytest.mark.parametrize("family", FAMILIES)
def test_the_schema_is_valid_and_takes_filled_forms(family):
    schema = bias_form_schema(family)
    Draft202012Validator.check_schema(schema)

    assert Draft202012Validator(schema).is_valid(record_of(form(family)))


def test_the_schema_refuses_an_answer_without_grounds():
    record = record_of(form(Family.BY_LOT))
    record["answers"]["lots_drawn"]["because"] = ""

    assert not Draft202012Validator(bias_form_schema(Family.BY_LOT)).is_valid(record)


def changed(**changes):
    return {**record_of(example_bias_form()), **changes}


def with_answer(key, value):
    record = record_of(example_bias_form())
    record["answers"][key] = value
    return record


def without_answer(key):
    record = record_of(example_bias_form())
    del record["answers"][key]
    return record


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (changed(study=" "), "form.json needs “study” in words"),
        (changed(outcome="crimes"), "needs “outcome”, one of crime, victimization"),
        (changed(family="by lot"), "needs “family”, one of drawn by lot"),
        (changed(studdy="x"), "knows no “studdy”; “study” was perhaps meant"),
        (changed(answers={}), "needs answers, one table for each question"),
        (changed(answers=3), "needs answers, one table for each question"),
        ({"study": "x"}, "needs “outcome”, but does not say it"),
        (with_answer("planed", {"answer": "no"}), "knows no “planed”; “planned” was perhaps meant"),
        (with_answer("planned", "no"), "needs “answer” and “because”, but is 'no'"),
        (with_answer("planned", {"answer": "nein", "because": "x"}), "but says “nein”"),
        (with_answer("planned", {"answer": ["no"], "because": "x"}), "needs “answer”, one of"),
        (with_answer("planned", {"because": "x"}), "does not say it"),
        (with_answer("planned", {"answer": "no", "because": 4}), "needs “because” in words"),
        (with_answer("planned", {"answer": "no"}), "answer to “planned” needs its grounds"),
        (without_answer("planned"), "needs an answer to “planned”"),
        (without_answer("peak_allowed_for"), "needs an answer to “peak_allowed_for”"),
        ([1], "needs keys and values, but holds list"),
    ],
)
def test_a_faulty_form_is_refused_in_one_sentence(tmp_path, record, said):
    file = tmp_path / "form.json"
    file.write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(InvalidFile, match=said.replace("[", r"\[")) as refused:
        read_bias_form(file)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("form.csv", b"", "ends in .toml or .json, but form.csv does not"),
        ("form.toml", b"study = ", "form.toml is not valid TOML"),
        ("form.json", b"{", "form.json is not valid JSON"),
        ("form.json", b'{"study": "a", "study": "b"}', "“study” stands twice"),
        ("form.json", b"[" * 100_000, "form.json is not valid JSON"),
        ("form.toml", b"\xff\xfe", "form.toml is not valid TOML"),
        ("form.toml", b"#" * 1_000_001, "larger than a form can be"),
    ],
)
def test_what_is_no_form_is_refused(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InvalidFile, match=said):
        read_bias_form(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidFile, match=r"form.toml cannot be read: no such file"):
        read_bias_form(tmp_path / "form.toml")
