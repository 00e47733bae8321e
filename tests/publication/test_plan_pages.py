"""A whole plan stands in its document, honestly where it is empty, in every format and language."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from msgspec.structs import replace

from forestall.errors import InvalidPlan, UnknownFormat
from forestall.languages import available_languages, use_language
from forestall.plan.actions import Ground, Money
from forestall.plan.example import example_plan
from forestall.plan.records import Omission
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Basis, PayerLevel
from forestall.publication import PlanEdition, publish_action_plan, republish, write_html
from forestall.publication.docx import write_docx
from forestall.publication.pdf import write_pdf
from forestall.safeguards.assessment import RightsAssessment
from tests.publication.made_plans import (
    DAY,
    bare_plan,
    hostile_plan,
    page_of,
    with_action,
)
from tests.publication.pdf_reading import needs_poppler, opened, tags_of, told

SECTIONS = (
    "problems",
    "objectives",
    "actions",
    "logic",
    "timetable",
    "roles",
    "money",
    "partners",
    "consultation",
    "progress",
    "reviews",
    "left-out",
    "lasting",
    "made",
)


def words_of(html):
    """Return what a reader sees of a page, without elements and with plain spaces."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ")


def section_of(html, name):
    return re.findall(rf'<section id="{name}".*?</section>', html, flags=re.S)[0]


@pytest.fixture(scope="module")
def html():
    return write_html(page_of())


@pytest.mark.parametrize("plan", [example_plan(), bare_plan()], ids=["whole", "bare"])
def test_every_section_is_there_whatever_the_plan_holds(plan):
    page = page_of(plan)
    names = [section.id for section in page.sections if not section.id.startswith("action-")]

    assert names == ["brief", *SECTIONS]
    assert len(page.sections) == len(names) + len(plan.actions)
    for section in page.sections:
        assert section.blocks, section.id


def test_the_head_says_where_until_when_in_which_state_and_who_answers(html):
    said = words_of(section_of(html, "brief"))
    for words in (
        "Place Port Alder (a city or district)",
        "Period January 2025 to December 2026",
        "State In consultation",
        "Accountable Safer City office",
    ):
        assert words in said


def test_an_action_tells_all_that_the_plan_says_of_it(html):
    said = words_of(section_of(html, "action-gates"))
    for words in (
        "Fewer opportunities (2002/13 ¶6(c))",
        "Before harm is done (1995/9 ¶3(d)(i))",
        "Back doors are harder to reach",
        "Housing and works department",
        "The collected evidence on gates on alleys",
        "3 February 2025",
        "EUR 40,000",
        "Displacement",
        "Agreed by two people",
        "Police take part, openly and in a clear role.",
    ):
        assert words in said


def test_evidence_leads_to_the_text_it_rests_on(html):
    section = section_of(html, "action-gates")
    assert re.search(r'<a href="https://[^"]+">Source: alley-gating-2018</a>', section)


def test_a_key_that_the_evidence_does_not_know_is_told():
    ground = Ground(basis=Basis.TESTED, intervention="no-such-measure")
    page = write_html(page_of(with_action(ground=ground)))
    assert "no intervention called “no-such-measure”" in words_of(page)


def test_police_are_partners_openly(html):
    assert "Police take part openly in: Gates for 14 rear alleys" in words_of(html)
    assert "Harbour police station" in words_of(section_of(html, "partners"))


def test_each_letter_names_its_partners(html):
    said = words_of(section_of(html, "roles"))
    gates = said[said.index("Gates for 14 rear alleys") : said.index("Quick help")]

    assert said.index("A: accountable") < said.index("I: is told")
    assert "Housing and works department Housing and works department, Harbour Homes" in gates
    assert gates.rstrip().endswith("Harbour police station")


def test_a_plan_without_anything_says_so_in_every_section():
    said = words_of(write_html(page_of(bare_plan())))
    for words in (
        "This plan names no problem yet.",
        "This plan names no objective yet.",
        "This plan names no action yet.",
        "there is no timetable",
        "There is no action yet, so nobody has a part.",
        "This plan names no partner yet",
        "Nobody has been asked about this plan yet.",
        "No review has been set yet.",
        "The plan says of nothing that it is left out.",
        "Accountable nobody yet",
    ):
        assert words in said


def test_an_action_without_anything_says_so():
    nothing = with_action(
        ground=Ground(),
        mechanism={},
        steps=(),
        money=(),
        staff=(),
        risks=(),
        side_effects=(),
        assessment=None,
        accountable="",
        involved=(),
    )
    said = words_of(section_of(write_html(page_of(nothing)), "action-gates"))
    for words in (
        "How it works Not told yet.",
        "what is untested needs an evaluation",
        "No step has been written down yet.",
        "No money and no people have been written down yet.",
        "No risk has been written down yet.",
        "Nobody has looked yet at the rights",
    ):
        assert words in said


def test_an_action_that_ranks_people_is_shown_as_refused():
    page = write_html(page_of(with_action(assessment=RightsAssessment(scores_individuals=True))))
    assert "individual people is refused. (1997/33 ¶8)" in words_of(page)
    assert "refused: it cannot be carried out like this" in words_of(page)


def test_only_a_draft_says_what_is_missing_with_its_paragraph():
    public = page_of(edition=PlanEdition.PUBLIC)
    draft = page_of(edition=PlanEdition.DRAFT)
    said = words_of(section_of(write_html(draft), "missing"))

    assert "missing" not in [section.id for section in public.sections]
    assert "Before the plan is adopted" in said
    assert "A second person has to decide. 1997/33 ¶4" in said
    assert "no score" in said
    assert "Draft of an action plan" in words_of(write_html(draft))


def test_what_is_left_out_stands_with_its_reason(html):
    said = words_of(section_of(html, "left-out"))
    assert "Reintegration The regional probation service" in said


def test_a_group_of_actors_without_a_partner_is_named_with_its_reason():
    plan = replace(example_plan(), partners=(), accountable="", actions=())
    with_reason = replace(
        plan, omissions=(Omission(what="actors:media", reason={"en": "They write anyway."}),)
    )
    said = words_of(section_of(write_html(page_of(with_reason)), "partners"))

    assert "The media: They write anyway." in said
    assert "Firms, banks, trade and transport: No partner and no reason given (1995/9" in said


@pytest.mark.parametrize("tag", available_languages())
def test_every_language_writes_the_whole_plan(tag):
    with use_language(tag):
        page = write_html(page_of(edition=PlanEdition.DRAFT))

    assert f'lang="{tag}"' in page
    assert page.count("<section ") == len(SECTIONS) + 2 + len(example_plan().actions)


def test_a_text_in_another_language_is_marked():
    with use_language("ar"):
        page = write_html(page_of())

    assert '<span lang="en" dir="ltr">Shaded lamps keep the homes dark.</span>' in page
    assert '<span lang="ar"' not in page


def test_hostile_texts_stay_texts():
    page = write_html(page_of(hostile_plan(), edition=PlanEdition.DRAFT))

    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "\u202e" not in page
    assert page.count("<bdi") == page.count("</bdi>") == 0
    assert not re.search(r"<(?:td|dt|th)[^>]*data-label=\"[^\"]*[<>]", page)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_hostile_texts_are_printed_and_written(tag):
    document = page_of(hostile_plan(), edition=PlanEdition.DRAFT)
    with use_language(tag):
        assert write_pdf(document, made_on=DAY).data[:5] == b"%PDF-"
        words = [one.text for one in docx.Document(BytesIO(write_docx(document))).paragraphs]

    assert any("<script>" in one for one in words)


@needs_poppler
def test_the_pdf_is_tagged_and_says_the_same():
    document = page_of()
    pdf = write_pdf(document, made_on=DAY)
    said = told(pdf)

    assert not pdf.warnings
    assert tags_of(pdf)["Figure"] >= 3
    assert tags_of(pdf)["Table"] > 20
    assert "/MarkInfo" in opened(pdf).Root
    for section in document.sections:
        assert str(section.heading).split(":")[0] in said


def test_the_word_file_opens_with_every_heading():
    document = page_of()
    read = docx.Document(BytesIO(write_docx(document)))
    heads = [one.text for one in read.paragraphs if one.style and one.style.name == "Heading 1"]

    assert len(heads) == len(document.sections)
    assert len(read.inline_shapes) >= 3


def test_texts_of_five_thousand_characters_are_written_whole():
    long = "word " * 999 + "end"
    page = write_html(page_of(with_action(description={"en": long})))
    assert "word end" in words_of(section_of(page, "action-gates"))


def test_the_same_plan_gives_the_same_files(tmp_path):
    made = [
        publish_action_plan(
            example_plan(), tmp_path / name, languages=["en", "ar"], formats=["pdf"], today=DAY
        )
        for name in ("one", "two")
    ]
    one, two = ([path.read_bytes() for path in published.paths] for published in made)

    assert one == two
    before = {path: path.read_bytes() for path in made[0].paths}
    republish(made[0].folder)
    assert {path: path.read_bytes() for path in made[0].paths} == before


def test_a_plan_that_is_drafted_is_a_draft_and_one_under_way_is_not(tmp_path):
    def kicker(state):
        plan = replace(example_plan(), state=state)
        made = publish_action_plan(plan, tmp_path / state.value, today=DAY)
        return words_of(made.page.read_text("utf-8"))

    assert "Draft of an action plan" in kicker(PlanState.DRAFT)
    assert "Draft of an action plan" not in kicker(PlanState.UNDER_WAY)


def test_a_plan_has_no_tables_of_counts(tmp_path):
    with pytest.raises(UnknownFormat, match="xlsx"):
        publish_action_plan(example_plan(), tmp_path / "out", formats=["xlsx"])
    assert not (tmp_path / "out").exists()

    made = publish_action_plan(example_plan(), tmp_path / "out", today=DAY)
    with pytest.raises(UnknownFormat, match="no tables of counts"):
        republish(made.folder, formats=["parquet"])


def test_a_plan_that_contradicts_itself_is_not_published(tmp_path):
    with pytest.raises(InvalidPlan):
        publish_action_plan(replace(example_plan(), accountable="nobody"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_zero_rows_of_money_stay_and_what_is_not_confirmed_is_told(html):
    said = words_of(section_of(html, "money"))
    assert "Reintegration" in said
    assert "EUR 0" in said
    assert "EUR 60,000" in said


def test_nothing_of_an_amount_is_rounded_away():
    entry = Money(
        key="gates",
        what={"en": "Gates"},
        year=2025,
        amount=1_234_567.89,
        payer={"en": "City"},
        level=PayerLevel.LOCAL,
    )
    page = words_of(write_html(page_of(with_action(money=(entry,)))))
    assert "EUR 1,234,567.89" in page


def test_late_steps_are_told_as_late():
    said = words_of(write_html(page_of(today=date(2025, 12, 31))))
    assert "Late; it was due by 30 May 2025. Under way." in said
