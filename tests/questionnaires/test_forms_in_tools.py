"""Forms pass ODK Validate, and what form engines send is the reply that was given there.

The files in ``sent`` are replies of ours as they were filled in with and sent by ODK Web Forms
(@getodk/xforms-engine 0.22.0) and by Enketo, which KoboToolbox uses (enketo-core 8.1.0 with
enketo-transformer 4.2.0), both in Chromium 156, with forms that forestall wrote.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from pyxform.validators.odk_validate import ODK_VALIDATE_PATH
from pyxform.xls2xform import convert

from forestall.questionnaires import find_route, read_definition, read_definitions
from forestall.questionnaires.records import Column, Condition, FollowUp, Group, Item, Mark
from forestall.questionnaires.replies import Answer, Confirmation, Kept, Reply, Source
from forestall.questionnaires.vocabulary import (
    AnswerState,
    AnswerType,
    CellType,
    Choice,
    FollowUpType,
    SourceKind,
)
from forestall.questionnaires.xlsform import (
    questionnaire_from_xlsform,
    questionnaire_to_xlsform,
    replies_from_sheets,
    replies_to_sheets,
    reply_from_submission,
    reply_to_submission,
)
from forestall.questionnaires.xlsform.building import fields_of
from tests.questionnaires.replies import replies

MANY = int(os.environ.get("FORESTALL_REPLIES", "40"))
SENT = Path(__file__).parent / "sent"
TOOLS = ("web_forms", "enketo")
ASKED, TABLES = read_definition("2006-20"), read_definition("1995-9")
YES = (Choice.YES,)


def item(key, kind=AnswerType.CHOICE, **fields):
    choices = (Choice.YES, Choice.NO) if kind is AnswerType.CHOICE else ()
    return Item(key=key, type=kind, prompt={"en": key}, label=key, choices=choices, **fields)


def table(key, *columns, **fields):
    made = (
        Column(key=one, title={"en": one[:9]}, type=kind)
        for one, kind in zip(columns, (CellType.TEXT, CellType.DATE), strict=False)
    )
    return item(key, AnswerType.TABLE, columns=tuple(made), **fields)


def own_questionnaire():
    """Return a questionnaire with what the packaged ones do not have, and tools stumble over."""
    why = FollowUp(when=YES, type=FollowUpType.TEXT_AND_DATE, prompt={"en": "Why?"})
    after_a = (Condition(item="A", choices=YES),)
    items = (
        item("A"),
        item("B", asked_if=after_a, follow_up=why),
        item("C", follow_up=replace(why, shared_with="B")),
        table("T", "x" * 4000, "day", asked_if=after_a),
        table("U", "_parent_index", parent="T"),
        item("M", AnswerType.MARKS, marks=("vanishing",)),
    )
    groups = (
        Group(key="I", title={"en": "All"}, items=items),
        Group(key="II", title={"en": "Empty"}, items=()),
    )
    return replace(
        ASKED, key="own", languages=("en",), title={"en": "A"}, about={"en": "A"}, groups=groups,
        marks=(Mark(key="vanishing", title={"en": "_x000D_"}),), addressed_to={}, incomplete={},
        contradictions=(),
    )  # fmt: skip


def xform_of(questionnaire, folder):
    file = folder / f"{questionnaire.key}.xlsx"
    file.write_bytes(questionnaire_to_xlsform(questionnaire))
    return convert(file).xform


def refused_by_odk_validate(xforms, folder):
    """Return the names of the XForms that ODK Validate refuses, from one start of Java."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("ODK Validate needs Java, and there is none.")
    for name, xform in xforms.items():
        (folder / name).write_text(xform, encoding="utf-8")
    ran = subprocess.run(
        [java, "-Djava.awt.headless=true", "-jar", ODK_VALIDATE_PATH, *xforms],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    if "UnsupportedClassVersionError" in ran.stderr:
        pytest.skip("ODK Validate needs a newer Java.")
    accepted = ran.stdout.count("Xform is valid!")
    refused = ran.stderr.partition("The following files failed validation:")[2].split()
    found = {name for name in xforms if name in refused}
    assert accepted == len(xforms) - len(found), ran.stderr
    return found


def test_odk_validate_accepts_the_forms(tmp_path):
    asked = (*read_definitions(), own_questionnaire())
    xforms = {f"{one.key}.xml": xform_of(one, tmp_path) for one in asked}
    # This one shows that bad forms are found: it compares with a field that is not there.
    broken = xforms["1997-34.xml"].replace("/data/forestall_details/forestall_item", "/data/gone")
    xforms["broken.xml"] = broken

    assert refused_by_odk_validate(xforms, tmp_path) == {"broken.xml"}


def test_what_tools_stumble_over_comes_back_whole():
    asked = own_questionnaire()

    assert questionnaire_from_xlsform(questionnaire_to_xlsform(asked)).questionnaire == asked


def test_a_form_asks_what_no_reply_can_do_without(tmp_path):
    needed = dict(
        re.findall(
            r'<bind nodeset="[^"]*/(\w+)"[^>]* required="([^"]*)"', xform_of(ASKED, tmp_path)
        )
    )

    assert needed.pop("forestall_country") == needed.pop("forestall_on") == "true()"
    assert needed == {
        "forestall_item": " or ".join(
            f" ../forestall_{one}  != ''"
            for one in ("state", "text", "language", "confidential", "confirmed_by")
        ),
        "forestall_confirmed_on": " ../forestall_confirmed_by  != ''",
        "forestall_file_sha256": " ../forestall_file_name  != ''",
    }


def test_a_shared_follow_up_waits_until_its_own_item_is_asked(tmp_path):
    found = re.search(
        r'/B_follow_up"[^>]* relevant="([^"]*)"', xform_of(own_questionnaire(), tmp_path)
    )

    a, b, c = (f" /data/section_1/{one}  = 'yes'" for one in "ABC")
    assert found is not None
    assert found[1] == f"({a}) and ({b} or {c})"


DRAFTED = AnswerState.DRAFTED
FILLED = {
    "Q1": Answer(state=DRAFTED, choice=Choice.NO),
    "Q2(a)": Answer(
        state=DRAFTED,
        choice=Choice.YES,
        follow_up="Plan <1> & “2”\nنعم، جزئياً",
        follow_up_day=date(2025, 3, 1),
        language="fr",
        confidential=True,
        sources=(
            Source(kind=SourceKind.PLAN, name="one"),
            Source(kind=SourceKind.DOCUMENT, name="two", dated=date(2020, 2, 29)),
        ),
        confirmed=Confirmation(by="Ministry", on=date(2026, 1, 30)),
    ),
    "Q2(a).leg": Answer(state=DRAFTED, choice=Choice.NO),
    "Q2(b)": Answer(state=DRAFTED, choice=Choice.YES, follow_up="both"),
    "Q3": Answer(state=DRAFTED, text="=1+1"),
    "Q25": Answer(state=DRAFTED, choice=Choice.YES),
    "Q26(a)": Answer(state=DRAFTED, marks=("need", "can-provide")),
    "Q27": Answer(state=AnswerState.NOT_APPLICABLE),
}
IN_TABLES = {
    "title": Answer(state=DRAFTED, text="Safe “streets” & <parks>"),
    "starts": Answer(state=DRAFTED, day=date(2025, 1, 1)),
    "2(a)": Answer(state=DRAFTED, text="two\nlines"),
    "2(b)": Answer(state=DRAFTED, rows=({"body": "City", "part": "=1+1"}, {"body": "警察"})),
    "2(c)": Answer(state=DRAFTED, choice=Choice.PARTLY, follow_up="in two districts"),
    "3(a)(ii)": Answer(
        state=DRAFTED, rows=({"objective": "0042", "by": "2026-12-31"}, {"objective": "نعم"})
    ),
    "3(b)(i)": Answer(state=DRAFTED, choice=Choice.YES),
    "3(c)(i)": Answer(state=DRAFTED, choice=Choice.NO),
}
# What the form hides, what no field holds, and texts that tools change.
BEGUN = {
    "Q1": Answer(state=DRAFTED, choice=Choice.NO, follow_up="an earlier plan"),
    "Q2(a)": Answer(state=DRAFTED, choice=Choice.NO),
    "Q2(a).leg": Answer(
        state=DRAFTED, choice=Choice.YES, follow_up="Act 1",
        follow_up_day=date(2020, 2, 29), confidential=True,
    ),
    "Q3": Answer(state=AnswerState.OPEN, text="Cafe\u0301", language="fr"),
    "Q25": Answer(state=DRAFTED, choice=Choice.NO),
    "Q26(b)": Answer(
        state=DRAFTED, marks=("can-provide", "need"),
        sources=(Source(kind=SourceKind.PLAN, name="one"),),
    ),
    "gone": Answer(text="x"),
}  # fmt: skip


def reply(answers, asked=ASKED, **fields):
    return Reply(
        questionnaire=asked.key, version=1, country="XA", on=date(2026, 1, 31), answers=answers,
        **{"office": "Ministry “A” & <B>", **fields},
    )  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    ("file", "asked", "answers"),
    [("2006_20", ASKED, FILLED), ("1995_9", TABLES, IN_TABLES)],
)
def test_what_was_filled_in_is_read(tool, file, asked, answers):
    sent = (SENT / f"{tool}_{file}.xml").read_bytes()

    assert reply_from_submission(sent, asked) == reply(answers, asked)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_begun_reply_is_changed_and_nothing_else_of_it(tool):
    kept = (Kept(item="old", version=1, answer=Answer(text="y")),)
    begun = reply(BEGUN, office=" Ministry\r\nof Safety ", kept=kept)

    found = reply_from_submission((SENT / f"{tool}_2006_20_edited.xml").read_bytes(), ASKED)

    # Somebody opened the reply there, said yes to Q1 and answered Q14.
    changed = {
        "Q1": replace(BEGUN["Q1"], choice=Choice.YES),
        "Q14": Answer(state=DRAFTED, text="yes"),
    }
    assert found == replace(begun, answers={**BEGUN, **changed})


def through_a_tool(sent, asked):
    """Return a submission as the strictest tool leaves it: a stand-in for engines in a browser."""
    root = etree.fromstring(sent)
    form = fields_of(asked)
    at = {one.tag: one for one in root.iter() if one.getparent() is not None}
    chosen = {
        key: Answer(state=DRAFTED, choice=Choice(at[name].text))
        for key, name in form.items.items()
        if name in at and asked.item(key).type is AnswerType.CHOICE
    }
    route = find_route(asked, chosen)
    dropped = [name for key, name in form.items.items() if key not in route.asked]
    for key, names in form.follow_ups.items():
        dropped += names if key not in route.follow_ups else ()
    for name in filter(None, dropped):
        for one in root.findall(f".//{name}"):
            one.getparent().remove(one)
    for one in root.iter():
        if one.text:
            one.text = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", one.text)).strip()
    details = etree.SubElement(root, "forestall_details")
    etree.SubElement(details, "forestall_item")
    etree.SubElement(etree.SubElement(details, "forestall_files"), "forestall_file_name")
    return etree.tostring(root, encoding="UTF-8")


@given(st.one_of(replies(ASKED, most=5), replies(TABLES, most=5)))
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_of_a_reply_is_lost_in_a_tool(given_reply):
    asked = ASKED if given_reply.questionnaire == ASKED.key else TABLES
    sent = reply_to_submission(asked, given_reply)

    assert reply_from_submission(through_a_tool(sent, asked), asked) == given_reply


def test_what_becomes_asked_and_was_left_empty_there_is_empty():
    begun = reply({"Q25": Answer(state=DRAFTED, choice=Choice.NO), "Q26(a)": BEGUN["Q26(b)"]})
    sent = through_a_tool(reply_to_submission(ASKED, begun), ASKED)

    found = reply_from_submission(sent.replace(b"<Q25>no", b"<Q25>yes"), ASKED)

    assert found.answers["Q26(a)"].marks == ()
    assert found.answers["Q26(a)"].sources == BEGUN["Q26(b)"].sources


def test_rows_in_which_nobody_wrote_are_no_rows_but_others_keep_their_order():
    rows: tuple[dict[str, str], ...] = ({"body": "a"}, {}, {"body": "b"})
    many = [reply({"2(b)": Answer(state=DRAFTED, rows=rows)}, TABLES)]
    sent = reply_to_submission(TABLES, many[0])
    carried = rb"<forestall_carried>.*</forestall_carried>"

    assert reply_from_submission(sent, TABLES) == many[0]
    assert replies_from_sheets(replies_to_sheets(TABLES, many), TABLES) == tuple(many)
    found = reply_from_submission(re.sub(carried, b"", sent), TABLES)
    assert found.answers["2(b)"].rows == ({"body": "a"}, {"body": "b"})
