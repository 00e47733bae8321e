"""Every sentence of a report can be found by the translators' tool."""

import ast

import pytest
from babel.messages.pofile import read_po

from forestall.disclosure import rule_named
from forestall.languages import messages
from forestall.publication import publish_diagnosis
from forestall.publication.example import example_diagnosis
from scripts.extract_sentences import _Module, find_sentences, sentences_of_template


def texts_in(source):
    return {texts for texts, _ in _Module(ast.parse(source)).sentences()}


def test_a_sentence_in_a_call_a_constant_a_choice_and_a_parameter_is_found():
    source = """
_TABLE = {"up": "More.", "down": "Fewer."}
_PLURAL = {"a": ("one row", "many rows")}

def tell(sentence, kind, n):
    first = "Good." if n else "Bad."
    return say("Plain."), say(_TABLE[kind]), say(first), message(sentence), plural_message(
        *_PLURAL[kind], n)

tell("Given.", "up", 1)
"""

    assert texts_in(source) == {
        ("Plain.",), ("More.",), ("Fewer.",), ("Good.",), ("Bad.",), ("Given.",),
        ("one row", "many rows"),
    }  # fmt: skip


def test_the_sentences_of_a_page_are_found_in_macros_choices_and_attributes():
    source = """{% macro part(n) %}<a title="{{ say('Inside it.') }}">{{ n }}</a>{% endmacro %}
{% extends "frame.html" %}{% block main %}{{ part(say("As {what}.", what=say("Inside"))) }}
{{ say_plural("{count} row", "{count} rows", n) if n else say("Nothing.") }}{% endblock %}
"""

    assert set(sentences_of_template(source, name="page.html")) == {
        (("Inside it.",), 1), (("As {what}.",), 2), (("Inside",), 2),
        (("{count} row", "{count} rows"), 3), (("Nothing.",), 3),
    }  # fmt: skip


@pytest.mark.parametrize(
    "call", ["say(title)", "say('The ' ~ what)", "say()", "say_plural('{count} row', rows, 3)"]
)
def test_a_page_that_says_what_translators_cannot_see_is_refused(call):
    with pytest.raises(ValueError, match=r"page\.html:2: say.*needs the sentence itself"):
        list(sentences_of_template(f"<h1>\n{{{{ {call} }}}}</h1>", name="page.html"))


def test_the_sentences_of_the_pages_of_the_workspace_are_found():
    found = {(one.texts[0], one.file) for one in find_sentences() if one.file.endswith(".html")}

    assert ("Go to the main part", "web/design/jinja2/design/base.html") in found
    assert len(found) > 50


def test_the_template_holds_every_sentence(tmp_path, monkeypatch):
    from scripts import extract_sentences

    template = tmp_path / "messages.pot"
    monkeypatch.setattr("sys.argv", ["extract_sentences.py", str(template)])
    extract_sentences.main()

    with template.open("rb") as stream:
        catalogue = read_po(stream)
    assert len(catalogue) == len({one.texts[0] for one in find_sentences()})
    assert catalogue.get("clear") is not None


@pytest.mark.parametrize("months", [3, 8, 30])
@pytest.mark.parametrize("clock", ["minute", "day"])
def test_everything_a_report_says_is_in_the_template(tmp_path, monkeypatch, months, clock):
    known = {one.texts[0] for one in find_sentences()}
    said = set()
    translated = messages._template

    def heard(text, plural, count):
        said.add(text)
        return translated(text, plural, count)

    monkeypatch.setattr(messages, "_template", heard)

    town = example_diagnosis(months=months, clock=clock)
    publish_diagnosis(town, rule=rule_named("threshold-5"), out=tmp_path / "report")

    assert len(said) > 100
    assert said <= known
