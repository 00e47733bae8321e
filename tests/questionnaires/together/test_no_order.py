"""No code path puts states in an order by what they answered."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import forestall
from forestall.errors import RankingRefused
from forestall.languages import available_languages, use_language
from forestall.questionnaires import Choice
from forestall.questionnaires.together import (
    StateOrder,
    count_by_region,
    count_response,
    in_state_order,
    state_order_named,
)
from tests.questionnaires.together.replies import ASKED, said

FOLDERS = ("questionnaires", "web/secretariat", "web/returns", "web/api", "assistance")
ROOT = Path(forestall.__file__).parent
# What orders anything, and by what it does so; a new one has to be looked at by somebody.
ORDERS = {
    "sorted(codes, key=lambda code: (place.get(code, len(place)), code))",
    "sorted(names, key=lambda code: (groups[region_of(code)], names[code]))",
    "sorted(names, key=lambda code: names[code])",
    # Paragraphs by their numbers; codes of states that were asked.
    "sorted(named, key=_place)",
    "sorted(set(asked))",
    # By the place of the item in the questionnaire, then by the order of states.
    "sorted(rows)",
}
# Elsewhere in what reads replies: by keys, days, places of items, versions of a questionnaire.
ELSEWHERE = {
    "(reached[:, None] + growth).min(axis=0)",
    "entries.filter(number__lt=own.number).order_by('number')",
    "entries.order_by()",
    "found.select_related('jurisdiction').order_by('pk')",
    "max((review.held for review in one.plan.content.reviews if review.held is not None))",
    "max((wave.last_day for wave in one.waves.all()), default=None)",
    "max(0, one.capacity - len(self.bound[one.key]))",
    "max(last, layout.FIRST_ROW)",
    "max(len(self.answer.rows) + SPARE_ROWS, rows)",
    "max(need.window.first, offer.window.first)",
    "max(versions)",
    "min(capacities[offer], int(near[:, number].sum()))",
    "min(days, default=None)",
    "min(need.window.last, offer.window.last)",
    "np.sort(bounds)",
    "plan.revisions.filter(state=PlanState.ADOPTED).order_by('number')",
    "reversed(book.worksheets)",
    "reversed(distances)",
    "sorted(((why, rows) for why, rows in rejected.items() if rows), key=lambda r: -r[1])",
    "sorted((one.key for one in chosen))",
    "sorted((paragraph for paragraph in found if paragraph not in general))",
    "sorted(ENDPOINTS, key=lambda one: one.path)",
    "sorted(_packaged())",
    "sorted(answer.headers['Allow'].split(', '))",
    "sorted(answers)",
    "sorted(found, key=lambda one: (one.since, one.need, one.offer))",
    "sorted(held, key=lambda one: (one.role not in ALLOWED[Verb.LEAD_RETURN], one.pk))",
    "sorted(kept, key=lambda one: (at[one.item], order.index(one.near)))",
    "sorted(offered, key=lambda one: places[one.item.key])",
    "sorted(offers, key=lambda one: one.key)",
    "sorted(proposals, key=lambda one: one.need)",
    "sorted(replies, key=lambda one: (one.country, one.on))",
    "sorted(replies, key=lambda one: (one.on, one.country))",
    "sorted(reply.answers)",
    "sorted(responses.items())",
    "sorted(set(answers) - known)",
    "sorted(set(entries.order_by().values_list('verb', flat=True)))",
    "sorted(set(sections.values()))",
    "sorted(set(texts) - set(questionnaire.languages))",
    "sorted(sheet._cells.items())",
    "sorted(standing, key=lambda one: (one.need, one.offer))",
    "sorted(versions)",
    "sorted({*globals(), *_PLACES})",
    "sorted({row for row, _ in sheet._cells if row >= layout.FIRST_ROW})",
    "sorted({section_of(found.asked, item) for item in sent})",
}
# Needs are served by the priority that states themselves gave them and by how long they have
# waited: this says who is helped first, and nothing about how a state does.
MATCHING = {"sorted(needs, key=lambda one: (*_place_of(one, preferences), one.key))"}
ORDERING = {
    "sorted", "sort", "order_by", "min", "max", "nlargest", "nsmallest", "most_common", "earliest",
    "latest", "sort_values", "rank", "argsort", "Window", "distinct", "reversed", "reverse",
}  # fmt: skip
FINE = {"reversed(read_definitions())", "max(0, begin - _AROUND)", "min(len(text), end + _AROUND)"}


def sources() -> list[Path]:
    return [
        file
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in file.parts
    ]


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_whatever_orders_in_the_sources_is_known_and_orders_by_name_or_place():
    assert len(sources()) > 15
    found = {
        ast.unparse(node)
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in ORDERING
    }
    # Addresses of pages, and spans of days.
    named = {one for one in found if not one.startswith(("reverse(", "Window("))}

    assert named <= ORDERS | FINE | ELSEWHERE | MATCHING, (
        "Does this order states by what they answered?"
    )


def test_no_table_and_no_template_orders_answers():
    allowed = {"-made_at", "-changed_at", "-pk", "pk", "state", "chapter", "-number", "section",
               "organisation__name", "signed_at", "made_at", "item", "name"}  # fmt: skip
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "ordering":
                assert node.value is not None
                assert set(ast.literal_eval(node.value)) <= allowed
    for page in (ROOT / "web/secretariat/jinja2").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not any(f"| {one}" in text for one in ("sort", "dictsort", "max", "min", "reverse"))


@pytest.mark.parametrize("name", ["answer", "Q6", "-name", "", "yes", "NAME", "score", "replied"])
def test_any_order_but_by_name_and_region_is_refused_with_the_reason(name: str):
    with pytest.raises(RankingRefused, match=r"no scorecard \(2006/20 annex\)"):
        state_order_named(name)


def test_answers_cannot_be_sorted():
    with pytest.raises(RankingRefused):
        sorted([said("KE", choice=Choice.YES), said("DE", choice=Choice.NO)])


CODES = ["AT", "BR", "DE", "FJ", "KE", "JP", "MX", "ZA"]


@given(
    st.permutations(CODES),
    st.sampled_from(StateOrder),
    st.sampled_from(sorted(available_languages())),
)
@settings(max_examples=30, deadline=None)
def test_the_order_of_states_does_not_depend_on_the_order_they_come_in(codes, by, tag):
    with use_language(tag):
        assert in_state_order(codes, by=by) == in_state_order(CODES, by=by)


@given(st.permutations([Choice.YES] * 3 + [Choice.NO] * 5), st.sampled_from(StateOrder))
def test_whoever_answered_what_the_outputs_stand_in_the_same_order(choices, by):
    answers = [said(code, choice=one) for code, one in zip(CODES, choices, strict=True)]
    item = ASKED.item("Q6")
    assert item is not None

    parts = count_by_region(item, answers, asked=CODES, replied=CODES)
    replied = count_response(CODES, {one.state for one in answers}, by=by)[0].replied

    assert [one.region for one in parts] == ["002", "019", "142", "150", "009"]
    place = {code: at for at, code in enumerate(in_state_order(CODES, by=by))}
    assert all(place[one] < place[other] for one, other in pairwise(replied))
