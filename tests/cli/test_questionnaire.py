"""``forestall questionnaire`` answers in plain sentences, and refuses in one."""

import json
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO

import pytest

from forestall.cli import main
from forestall.questionnaires import (
    Answer,
    AnswerState,
    Choice,
    Reply,
    SchemaKind,
    questionnaire_schema,
    read_definition,
    read_questionnaire,
    read_reply,
    write_questionnaire,
    write_reply,
)

FOUND = """Answers that sit badly together
  - 2(a) is answered with “no”, but a date is given that goes with another answer.
Days to look at
  - 2(a) names a day in the future.
Not yet confirmed by an office
  - I How government organises prevention: 2(a)
66 items are open. 1 answer waits for an office to confirm it. 2 more points are worth a look.
"""


def forestall(*words):
    """Run a command in this process; return its status and what it said and refused."""
    out, err, status = StringIO(), StringIO(), 0
    before, handler = sys.argv, signal.getsignal(signal.SIGINT)
    sys.argv = ["forestall", "questionnaire", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    finally:
        sys.argv = before
        signal.signal(signal.SIGINT, handler)
    return status, out.getvalue(), err.getvalue()


def said(*words):
    status, out, err = forestall(*words)
    assert status == 0, err
    return out


def refused(*words):
    status, _, err = forestall(*words)
    assert status == 1
    assert err.startswith("forestall: ")
    assert err.count("\n") == 1
    return err


@pytest.fixture
def reply():
    no = Answer(state=AnswerState.DRAFTED, choice=Choice.NO, follow_up_day=date(2027, 3, 1))
    return Reply(
        questionnaire="2006-20",
        version=1,
        country="XA",
        on=date(2026, 1, 31),
        answers={"Q2(a)": no},
    )


def test_the_packaged_questionnaires_are_listed():
    keys = [line.split()[0] for line in said("list").splitlines()]

    assert keys == ["1995-9", "1997-28", "1997-34", "2006-20"]
    assert "Réglementation des armes à feu" in said("list", "--language", "fr")


def test_every_item_is_shown_with_choices_follow_up_and_condition():
    shown = said("show", "2006-20")

    assert "  28  Main challenges to effective prevention?\n" in shown
    assert "  4(b)  Regional centres or focal points?\n      yes | no | not applicable\n" in shown
    assert "      Asked after: Q2(a): yes\n" in shown
    assert "      → yes: Give its title and when it was adopted.\n" in shown
    assert "[ ] Assistance needed | [ ] Assistance can be provided" in shown


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "zh"])
def test_a_questionnaire_is_shown_in_each_language(language):
    shown = said("show", "1997-34", "--language", language)

    assert read_definition("1997-34").incomplete[language] in shown


def test_a_reply_is_explained_and_ends_well(reply, tmp_path):
    told = said("check", write_reply(reply, tmp_path / "reply.json"), "--today", "2026-11-01")

    assert told.startswith(
        "Still open\n  - I How government organises prevention: 1, 2(b), 2(c), 3,"
    )
    assert told.endswith(FOUND)


def test_a_reply_to_ones_own_questionnaire_needs_its_file(reply, tmp_path):
    from msgspec.structs import replace

    own = replace(read_definition("2006-20"), key="own")
    asked = write_questionnaire(own, tmp_path / "own.json")
    file = write_reply(replace(reply, questionnaire="own"), tmp_path / "reply.json")

    assert "no questionnaire “own”" in refused("check", file)
    assert "66 items are open." in said("check", file, "--questionnaire", asked)


def test_what_is_wrong_is_one_sentence(reply, tmp_path):
    file = tmp_path / "reply.json"
    file.write_text('{"score": 5}', encoding="utf-8")

    assert "no questionnaire “2006-21”" in refused("show", "2006-21")
    assert "no version 7" in refused("show", "2006-20", "--version", "7")
    assert "which no such file has" in refused("check", file) or "lacks" in refused("check", file)
    assert "cannot be read" in refused("check", tmp_path / "none.json")
    assert "--today needs a day" in refused("check", write_reply(reply, file), "--today", "soon")
    assert "--of needs one of these" in refused("schema", "--of", "score")


@pytest.mark.parametrize("kind", list(SchemaKind))
def test_the_schemas_are_printed(kind):
    assert json.loads(said("schema", "--of", kind.value)) == questionnaire_schema(kind)
    if kind is SchemaKind.QUESTIONNAIRE:
        assert json.loads(said("schema")) == questionnaire_schema()


def test_a_reply_goes_into_a_workbook_and_back(reply, tmp_path):
    write_reply(reply, tmp_path / "reply.json")
    book, back = tmp_path / "reply.xlsx", tmp_path / "back.json"

    told = said(
        "form", "2006-20", "--reply", tmp_path / "reply.json", "-o", book, "--language", "fr"
    )
    said("read", book, "-o", back)

    assert str(book) in told
    assert read_reply(back) == reply


def test_a_workbook_that_is_none_is_one_sentence(tmp_path):
    (tmp_path / "reply.xlsx").write_bytes(b"no workbook")

    assert "cannot be read as a workbook" in refused(
        "read", tmp_path / "reply.xlsx", "-o", tmp_path / "back.json"
    )
    assert not (tmp_path / "back.json").exists()


def test_a_reply_to_another_questionnaire_is_not_put_into_the_form(reply, tmp_path):
    write_reply(reply, tmp_path / "reply.json")

    assert "needs to be to “1997-28”" in refused(
        "form", "1997-28", "--reply", tmp_path / "reply.json", "-o", tmp_path / "reply.xlsx"
    )


def test_an_example_is_written_once_and_reads_without_a_point(tmp_path):
    file = tmp_path / "reply.json"

    assert "reply.json" in said("example", "wahat", "-o", file)
    assert said("check", file, "--today", "2026-02-01") == (
        "Nothing is open, and nothing stands out.\n"
    )
    assert "is there already" in refused("example", "northland", "-o", file)
    assert "There is no example “atlantis”" in refused("example", "atlantis", "-o", tmp_path / "x")


def test_an_empty_form_and_a_reply_are_printed(tmp_path):
    form, word = tmp_path / "form.pdf", tmp_path / "reply.docx"
    reply = write_reply(
        Reply(questionnaire="1997-34", version=1, country="XX", on=date(2026, 1, 31)),
        tmp_path / "reply.json",
    )

    assert said("print", "1997-34", "--language", "fr", "-o", form)
    assert said("print", "1997-34", "--reply", reply, "-o", word)

    assert form.read_bytes().startswith(b"%PDF")
    assert word.read_bytes().startswith(b"PK")
    assert "--format needs one of these" in refused("print", "1997-34", "-o", tmp_path / "form.txt")


def test_what_others_ask_already_is_shown_with_its_source(tmp_path):
    shown = said("duplicates", "2006-20")

    assert "Already asked in part: Notices of focal points to UNODC." in shown
    assert "ECOSOC 2006/20, paragraph 7; confidence: high" in shown
    assert "This list is not complete" in shown
    assert "cannot be read" in refused("duplicates", "2006-20", "--mechanisms", tmp_path / "no.csv")


def test_a_questionnaire_and_replies_go_to_tools_like_odk_and_come_back(reply, tmp_path):
    form, own, sheets = (tmp_path / one for one in ("form.xlsx", "own.json", "sent.xlsx"))
    file = write_reply(reply, tmp_path / "reply.json")

    assert said("xlsform", "2006-20", "-o", form) == f"The form is {form}\n"
    assert said("from-xlsform", form, "-o", own) == f"The questionnaire is {own}\n"
    said("submissions", file, file, "--questionnaire", own, "-o", sheets)
    told = said("from-submissions", sheets, "-o", tmp_path / "back")
    said("submissions", file, "-o", tmp_path / "sent.xml")
    said("from-submissions", tmp_path / "sent.xml", "--questionnaire", own, "-o", tmp_path / "one")

    assert told == f"2 replies are in {tmp_path / 'back'}\n"
    assert read_questionnaire(own) == read_definition("2006-20")
    for back in ("back/reply-1.json", "back/reply-2.json", "one/reply-1.json"):
        assert read_reply(tmp_path / back) == reply
    assert "there already" in refused("from-submissions", sheets, "-o", tmp_path / "back")
    assert "ends in .xlsx" in refused("submissions", file, file, "-o", tmp_path / "two.xml")
    assert "cannot be read as a workbook" in refused("from-xlsform", own, "-o", form)
