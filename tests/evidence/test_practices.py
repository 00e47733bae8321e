"""A practice is read as it was written, by rules that the published schema shares; no person."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import ForestallError, InvalidEvidence, InvalidOutput
from forestall.evidence.practices import (
    City,
    Conditions,
    EvaluationReference,
    Figure,
    Looked,
    NotTold,
    Office,
    PartnerRole,
    PracticeCost,
    SideEffect,
    Texts,
    check_evaluation,
    example_practice,
    practice_of,
    practice_record,
    practice_schema,
    practice_template,
    read_practice,
    write_practice,
)
from forestall.evidence.vocabulary import Approach, Outcome, Population, Problem, Setting
from forestall.languages import use_language

VALIDATOR = jsonschema.Draft202012Validator(practice_schema())
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    str.strip
)
KEYS = st.from_regex("[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def texts():
    others = st.dictionaries(st.sampled_from(["fr", "zh-Hant", "ar"]), WORDS, max_size=3)
    return st.builds(lambda en, more: Texts((("en", en), *more.items())), WORDS, others)


def some(choices, least=1):
    return st.lists(st.sampled_from(list(choices)), min_size=least, unique=True).map(tuple)


def results():
    figures = st.builds(Figure, outcome=st.sampled_from(Outcome), said=texts(), source=WORDS)
    evaluation = st.builds(
        EvaluationReference,
        address=st.sampled_from(["https://city.example/e.json", "reports/2024/evaluation.json"]),
        sha256=st.from_regex("[0-9a-f]{64}", fullmatch=True),
    )
    several = st.lists(figures, min_size=1, max_size=2).map(tuple)
    return st.one_of(st.just(NotTold.NOT_EVALUATED), evaluation, several)


@st.composite
def practices(draw):
    since = draw(DAYS)
    later = st.integers(0, 4000).map(lambda days: since + timedelta(days=days))
    until = draw(st.none() | later)
    cost = st.builds(
        PracticeCost,
        amount=st.floats(0, 1e12),
        currency=st.from_regex("[A-Z]{3}", fullmatch=True),
        price_year=st.sampled_from(["2023", "2015/16"]),
        covers=texts(),
        source=WORDS,
    )
    side = st.builds(
        SideEffect, outcome=st.sampled_from(Outcome), state=st.sampled_from(Looked), said=texts()
    )
    partner = st.builds(PartnerRole, organisation=WORDS, part=texts())
    return example_practice(
        languages=("en", "fr", "zh-Hant", "ar"),
        title=draw(texts()),
        situation=draw(st.none() | texts()),
        done=draw(texts()),
        place=City(name=draw(WORDS), country="XX"),
        problems=draw(some(Problem)),
        settings=draw(some(Setting)),
        populations=draw(some(Population)),
        approaches=draw(some(Approach)),
        intervention=draw(KEYS | st.just("")),
        since=since,
        until=until,
        made_on=until or since,
        partners=tuple(draw(st.lists(partner, min_size=1, max_size=3))),
        conditions=Conditions(
            words=draw(st.none() | texts()), keys=tuple(draw(st.lists(KEYS, unique=True)))
        ),
        cost=draw(st.just(NotTold.NOT_KNOWN) | cost),
        result=draw(results()),
        side_effects=tuple(draw(st.lists(side, max_size=3))),
        contact=Office(name=draw(WORDS), email="office@city.example"),
        licence=draw(WORDS),
        is_law_enforcement=draw(st.booleans()),
    )


@given(practices())
def test_what_is_written_is_read_again_and_keeps_to_the_schema(practice):
    written = json.loads(json.dumps(practice_record(practice), ensure_ascii=False))

    assert practice_of(written) == practice
    VALIDATOR.validate(written)


def changed(place, value):
    """Return the example's record with one thing changed; a missing value takes it away."""
    record = copy.deepcopy(practice_record(example_practice()))
    *way, last = place
    inside = record
    for key in way:
        inside = inside[key]
    if value is ...:
        del inside[last]
    else:
        inside[last] = value
    return record


BROKEN = {
    "title": (("title",), ..., "The practice needs “title”, but does not say it."),
    "no words": (("title", "en"), "  ", "title has no words in “en”."),
    "half a sign": (("title", "en"), "\ud800", "title has no words in “en”."),
    "a language": (("title", "English"), "x", "“English” is no language"),
    "problem": (("problems",), ["burglry"], "problems names [“burglry”]|“burglry”, but knows"),
    "no problem": (("problems",), [], "problems is a list with one entry or more"),
    "twice": (("problems",), ["burglary", "burglary"], "problems names “burglary” twice."),
    "unknown": (("reslt",), 1, "The practice knows no “reslt”; “result” was perhaps meant."),
    "inside": (("place", "ward"), "x", "place knows no “ward”"),
    "country": (("place", "country"), "Kenya", "place.country is two capital letters"),
    "day": (("since",), "2024-02-30", "since is a day such as 2024-01-31"),
    "short day": (("since",), "20240203", "since is a day such as 2024-01-31"),
    "amount": (("cost", "amount"), -1, "cost.amount is a number from 0, but here it is -1."),
    "yes": (("cost", "amount"), True, "cost.amount is a number from 0, but here it is true."),
    "cost": (("cost",), "a lot", "cost is a part of its own, but here it is “a lot”."),
    "year": (("cost", "price_year"), "last", "cost.price_year is a year"),
    "result": (("result",), {}, "one of the two; else it is “not evaluated”"),
    "figures": (("result", "figures"), [], "result.figures is a list with one entry or more"),
    "source": (("result", "figures", 0, "source"), ..., "result.figures, entry 1, needs “source”"),
    "state": (("side_effects", 0, "state"), "maybe", "one of “found”, “not found”"),
    "how": (("side_effects", 0, "said"), ..., "side_effects, entry 1, needs “said”"),
    "partners": (("partners",), [], "partners is a list with one entry or more"),
    "a partner": (("partners", 1), "Anna", "partners, entry 2, is a part of its own"),
    "key": (("conditions", "keys"), ["Rear alleys"], "conditions.keys is a list of keys"),
    "law": (("is_law_enforcement",), "no", "is_law_enforcement is true or false"),
    "approach": (("approaches",), [], "A practice needs one approach or more"),
    "format": (("format",), 2, "format is 1, the only one known, but here it is 2."),
    "kind": (("kind",), "recipe", "This is no record of a practice"),
    "schema": (("$schema",), "urn:x", "$schema is “urn:forestall:practice:1”"),
    "person": (("contact", "name"), "Anna", "contact.name is about a person"),
    "phone": (("contact", "phone"), "12", "contact.phone is about a person"),
    "partner's head": (("partners", 0, "contact person"), "x", "is about a person"),
    "e-mail": (("contact", "email"), "Anna, room 5", "but here it is none."),
}


@pytest.mark.parametrize(("place", "value", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_named_in_one_sentence_and_refused_by_the_schema_too(place, value, said):
    record = changed(place, value)

    with pytest.raises(InvalidEvidence) as refusal:
        practice_of(record)

    sentence = str(refusal.value)
    assert any(one in sentence for one in said.split("|"))
    assert "\n" not in sentence
    assert "Anna" not in sentence
    if place != ("since",) and value != "\ud800":
        assert not VALIDATOR.is_valid(record)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": date(2020, 1, 1)}, "ended on 2020-01-01, before it began on 2022-03-01"),
        ({"made_on": date(2020, 1, 1)}, "was made on 2020-01-01, before the days"),
        ({"languages": ("fr", "en")}, "in “fr”, the first of the languages, but situation is not"),
        ({"languages": ("en",)}, "title is given in “fr”, which the languages"),
    ],
)
def test_a_practice_that_contradicts_itself_cannot_be_made(changes, said):
    with pytest.raises(InvalidEvidence, match=re.escape(said)):
        example_practice(**changes)


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "../other/evaluation.json", "a/../../b.json", "C:\\e.json", "file:///e.json",
     "https://me:secret@city.example/e.json", ".."],
)  # fmt: skip
def test_an_evaluation_lies_at_a_web_address_or_beside_the_record(address):
    record = changed(("result",), {"evaluation": {"address": address, "sha256": "0" * 64}})

    with pytest.raises(InvalidEvidence, match="a web address, or a path beside the record"):
        practice_of(record)
    assert not VALIDATOR.is_valid(record)


FILES = {
    "not JSON": (b'{"kind": ', "is no JSON from line 1 on."),
    "a list": (b"[]", "needs one JSON object"),
    "not-a-number": (b'{"format": NaN}', "holds NaN, which is no number."),
    "infinity": (b'{"format": 1e999}', "holds 1e999, which is no finite number."),
    "huge": (b'{"format": 123456789012345678901}', "too large to be read alike"),
    "twice": (b'{"kind": 1, "kind": 2}', "names “kind” twice in one part."),
    "large": (b'"' + b"x" * 1_000_001, "is larger than 1 MB"),
    "deep": (b"[" * 100_000, "is no JSON"),
    "Latin": ('{"kind": "é"}'.encode("latin-1"), "is not written in UTF-8."),
}


@pytest.mark.parametrize(("content", "said"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_record_is_refused_by_its_name(content, said, tmp_path):
    file = tmp_path / "practice.json"
    file.write_bytes(content)

    with pytest.raises(InvalidEvidence) as refusal:
        read_practice(file)

    assert str(refusal.value).startswith("practice.json ")
    assert said in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidEvidence, match=r"^practice.json cannot be read: no such file"):
        read_practice(tmp_path / "practice.json")


def test_a_fault_inside_is_named_with_the_file(tmp_path):
    (tmp_path / "gates.json").write_text(json.dumps(changed(("title",), ...)), "utf-8")

    with pytest.raises(InvalidEvidence, match=r"^gates.json: The practice needs “title”"):
        read_practice(tmp_path / "gates.json")


def test_writing_replaces_the_file_whole_and_leaves_nothing_beside_it(tmp_path):
    file = tmp_path / "practice.json"
    write_practice(example_practice(), file)

    write_practice(example_practice(licence="CC0-1.0"), file)

    assert read_practice(file).licence == "CC0-1.0"
    assert [path.name for path in tmp_path.iterdir()] == ["practice.json"]


def test_a_failed_writing_leaves_the_earlier_file(tmp_path, monkeypatch):
    file = write_practice(example_practice(), tmp_path / "practice.json")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(InvalidOutput, match=r"practice.json cannot be written: no space left"):
        write_practice(example_practice(licence="CC0-1.0"), file)
    assert read_practice(file).licence == "CC-BY-4.0"
    assert [path.name for path in tmp_path.iterdir()] == ["practice.json"]


def test_what_could_not_be_read_again_is_not_written(tmp_path):
    practice = example_practice(contact=Office(name="Office", email="Room 5"))

    with pytest.raises(ForestallError):
        write_practice(practice, tmp_path / "practice.json")
    assert not list(tmp_path.iterdir())


def test_the_schema_lists_every_word_of_the_vocabulary():
    fields = practice_schema()["properties"]

    for name, choices in (
        ("problems", Problem),
        ("settings", Setting),
        ("populations", Population),
        ("approaches", Approach),
    ):
        assert fields[name]["items"]["enum"] == [one.value for one in choices]
    jsonschema.Draft202012Validator.check_schema(practice_schema())


def test_law_enforcement_is_kept_and_marked():
    practice = practice_of(changed(("is_law_enforcement",), True))

    assert practice.is_law_enforcement
    assert "2002/13, paragraph 3" in str(practice.caveats[0])


def test_an_honest_record_says_what_is_not_known():
    practice = example_practice(
        cost=NotTold.NOT_KNOWN, result=NotTold.NOT_EVALUATED, side_effects=()
    )

    assert [str(caveat) for caveat in practice.caveats] == [
        "Nobody has evaluated it: whether it worked is not known.",
        "Nobody has looked for side effects.",
        "What it cost is not known.",
    ]


def test_the_evaluation_beside_a_record_is_checked_by_its_checksum(tmp_path):
    (tmp_path / "evaluation.json").write_text("{}", "utf-8")
    named = EvaluationReference(address="evaluation.json", sha256=hashlib.sha256(b"{}").hexdigest())
    practice = example_practice(result=named)

    check_evaluation(practice, beside=tmp_path)
    (tmp_path / "evaluation.json").write_text("{ }", "utf-8")

    with pytest.raises(InvalidEvidence, match="the file has changed since"):
        check_evaluation(practice, beside=tmp_path)
    with pytest.raises(InvalidEvidence, match="no such file can be read"):
        check_evaluation(
            replace(practice, result=replace(named, address="gone.json")), beside=tmp_path
        )


def filled(form):
    """Fill in the form as a city would."""
    given = {
        'city = ""': 'city = "Exampletown"',
        'country = ""': 'country = "XX"',
        'email = ""': 'email = "office@town.example"',
        "problems = []": 'problems = ["burglary"]',
        "settings = []": 'settings = ["home"]',
        "populations = []": 'populations = ["residents"]',
        "approaches = []": 'approaches = ["situational"]',
        "# until = 2000-01-01": "until = 2000-01-01",
    }
    for empty, full in given.items():
        form = form.replace(empty, full)
    return form.replace('""', '"Made up"')


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_asks_for_what_is_missing_and_is_read_when_filled_in(language, tmp_path):
    file = tmp_path / "practice.toml"
    with use_language(language):
        form = practice_template()
    file.write_text(form, "utf-8")

    with pytest.raises(InvalidEvidence, match=rf"practice.toml: title has no words in “{language}"):
        read_practice(file)
    file.write_text(filled(form), "utf-8")
    practice = read_practice(file)

    assert practice.title == Texts(((language, "Made up"),))
    assert practice.until == date(2000, 1, 1)
    assert practice.result is NotTold.NOT_EVALUATED


def test_the_form_explains_every_field_and_every_word():
    form = practice_template()
    explained = [line for line in form.splitlines() if line.startswith("#")]

    assert set(tomllib.loads(form)) == set(practice_schema()["required"]) | {"situation"}
    for choices in (Problem, Setting, Population, Approach, Outcome, Looked):
        assert all(any(f'"{one.value}"' in line for line in explained) for one in choices)
    assert max(map(len, form.splitlines())) <= 100
