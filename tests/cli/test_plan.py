"""``forestall plan`` answers in plain sentences, in the language asked for, and refuses in one."""

import json
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pytest
from msgspec.structs import replace

from forestall.cli import main
from forestall.plan import PlanState, example_plan, plan_schema, read_plan, write_plan


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def forestall(*words):
    """Run a command in this process: a new one would need seconds to import for each question."""
    out, err = StringIO(), StringIO()
    before, handler = sys.argv, signal.getsignal(signal.SIGINT)
    sys.argv = ["forestall", "plan", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stopped:
        return Done(int(stopped.code or 0), out.getvalue(), err.getvalue())
    finally:
        sys.argv = before
        signal.signal(signal.SIGINT, handler)
    return Done(0, out.getvalue(), err.getvalue())


def said(*words):
    done = forestall(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\xa0", " ")


def refused(*words):
    done = forestall(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("forestall: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture
def plan(tmp_path):
    return write_plan(example_plan(), tmp_path / "plan.json")


def test_the_example_can_be_read_and_checked(tmp_path):
    file = tmp_path / "plan.json"
    said("example", "-o", file)

    assert read_plan(file) == example_plan()
    assert "there already" in refused("example", "-o", file)


def test_a_plan_that_lacks_something_is_told_what_and_ends_well(plan):
    told = said("check", plan, "--today", "2025-05-03")
    lines = told.splitlines()

    assert any(line.endswith("A second person has to decide. (1997/33 ¶4)") for line in lines)
    assert lines[-1].startswith("4 points have to be settled before adoption.")


def test_what_stands_in_the_way_of_a_state_ends_with_status_one(plan):
    done = forestall("check", plan, "--for", "adopted", "--today", "2025-05-03")

    assert done.returncode == 1
    assert "Not confirmed: EUR" in done.stdout
    assert done.stderr == "forestall: 4 points stand in the way of “adopted”.\n"


def test_a_plan_that_is_ready_for_a_state_ends_well(plan):
    told = said("check", plan, "--for", "consulted", "--today", "2025-05-03")
    assert told.startswith("Nothing stands in the way of")


def test_a_file_that_is_no_plan_is_refused_in_one_sentence(tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"a": 1}', encoding="utf-8")

    for command in (["check"], ["budget"], ["due"], ["compare", wrong]):
        assert "wrong.json" in refused(*command, wrong)
    assert "missing.json" in refused("check", tmp_path / "missing.json")


def test_words_that_no_command_knows_are_answered_with_those_it_knows(plan, tmp_path):
    assert "under-way" in refused("check", plan, "--for", "soon")
    assert "2025-05-03" in refused("check", plan, "--today", "tomorrow")
    assert "from 0 to" in refused("due", plan, "--within", "-1")
    assert "draft and public" in refused("publish", plan, "-o", tmp_path / "o", "--edition", "x")
    assert "“xlsx”" in refused("publish", plan, "-o", tmp_path / "o", "--format", "xlsx")
    assert "catalogue" in refused("check", plan, "--language", "tlh")
    assert not (tmp_path / "o").exists()


def test_names_and_amounts_follow_the_language(plan):
    told = said("budget", plan, "--language", "fr")
    assert "60 000 EUR" in told.replace("\u202f", " ")
    assert "Fonds national de prévention" in told


def test_the_budget_keeps_an_approach_that_gets_nothing(plan):
    told = said("budget", plan)
    assert "  Reintegration: EUR 0\n" in told
    assert "Planned: EUR 341,000 in money." in told


def test_two_versions_are_compared_as_they_were_and_are(plan, tmp_path):
    new = example_plan()
    light = replace(new.actions[3], title={**new.actions[3].title, "en": "Light by the water"})
    later = write_plan(
        replace(new, actions=(*new.actions[:3], light), version=4), tmp_path / "new.json"
    )
    told = said("compare", plan, later)

    assert "    − Light on the harbour paths" in told
    assert "    + Light by the water" in told
    assert told.endswith("1 change.\n")
    assert said("compare", plan, plan) == "Nothing changed.\n"


def test_what_is_due_is_told_with_who_owes_it(plan):
    told = said("due", plan, "--within", "30", "--today", "2025-05-03")
    assert "9 May 2025, to come: Train 6 visitors (step, Victim support)" in told
    assert "Put up lamps" not in told


def test_the_schema_is_the_packaged_one():
    assert json.loads(said("schema")) == plan_schema()


def test_a_plan_is_published_in_languages_and_formats(plan, tmp_path):
    out = tmp_path / "out"
    told = said(
        "publish",
        plan,
        "-o",
        out,
        "--language",
        "fr,ar",
        "--format",
        "pdf",
        "--today",
        "2025-05-03",
    )

    assert str(out / "index.html") in told
    assert (out / "report.pdf").is_file()
    assert (out / "ar" / "report.pdf").is_file()
    assert 'lang="fr"' in (out / "index.html").read_text("utf-8")
    assert read_plan(out / "plan.json") == example_plan()


def test_the_edition_follows_the_state_unless_it_is_named(tmp_path):
    draft = replace(example_plan(), state=PlanState.DRAFT)
    file = write_plan(draft, tmp_path / "plan.json")
    said("publish", file, "-o", tmp_path / "usual")
    said("publish", file, "-o", tmp_path / "public", "--edition", "public")

    assert 'id="missing"' in (tmp_path / "usual" / "index.html").read_text("utf-8")
    assert 'id="missing"' not in (tmp_path / "public" / "index.html").read_text("utf-8")
