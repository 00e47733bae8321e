"""Five people and a resident go the whole way of a plan in a real browser, to its public page.

An analyst reads a diagnosis; a coordinator brings a plan and writes into it; a partner and an
evaluator decide; a resident comments and ranks on a phone; the plan is adopted and followed; one
publication officer prepares it, a second one releases it; a resident reads it in Arabic.
"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.plan.example import example_plan
from forestall.plan.files import plan_to_json
from forestall.plan.states import PlanState
from forestall.web.consultation.models import Comment
from forestall.web.consultation.policies import FASTEST_SECONDS
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from forestall.web.publishing.models import Release
from tests.browser.chromium import NEEDED, WITHOUT_WEBGL, started
from tests.web.browser.visitor import Visitor
from tests.web.conftest import member
from tests.web.data.objects import diagnosis_of

pytestmark = NEEDED
SQUARE = "Nowhere to sit in the square"
TABLES = "Games tables in the harbour square"
PHONE = 380


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile"), *WITHOUT_WEBGL) as driver:
        yield driver


@pytest.fixture
def people(city):
    """The address of one person of each role, and of a second publication officer."""
    found = {role.value: member(city, role, name=role.value) for role in Role}
    found["second"] = member(city, Role.PUBLISHER, name="second-publisher")
    return {name: person.email for name, person in found.items()}


@pytest.fixture
def visitor(browser, live_server, settings, tmp_path, city):
    settings.HOME = tmp_path
    diagnosis_of(city)
    return Visitor(browser, live_server.url, tmp_path)


def test_five_people_take_a_plan_to_its_public_page(visitor, people, city, tmp_path):
    file = tmp_path / "plan.json"
    file.write_bytes(plan_to_json(example_plan()))

    an_analyst_reads_a_diagnosis(visitor, people)
    a_coordinator_begins_with_a_file(visitor, people, file)
    the_coordinator_writes_a_problem_and_an_objective(visitor)
    the_coordinator_writes_an_action(visitor)
    the_coordinator_assesses_what_it_does_to_rights(visitor)
    two_who_did_not_draft_it_decide(visitor, people)
    the_coordinator_opens_a_consultation(visitor, people)
    a_resident_comments_and_ranks_on_a_phone(visitor)
    the_coordinator_replies_and_closes(visitor, people)
    the_coordinator_settles_what_stands_in_the_way(visitor)
    the_coordinator_adopts_the_plan(visitor)
    a_partner_reports_on_a_step(visitor, people)
    one_prepares_and_another_releases(visitor, people)
    a_resident_reads_the_plan_in_arabic(visitor, city)


def an_analyst_reads_a_diagnosis(visitor, people):
    visitor.sign_in(people[Role.ANALYST])
    visitor.keep_picture("home-of-the-analyst")
    visitor.press("Data")
    visitor.keep_picture("data")
    visitor.press("Diagnosis")
    visitor.press(SafetyDiagnosis.objects.latest("pk").title)

    assert visitor.sees("In brief")
    visitor.keep_picture("diagnosis")


def a_coordinator_begins_with_a_file(visitor, people, file):
    visitor.sign_in(people[Role.COORDINATOR])
    visitor.press("Plans")
    visitor.press("Begin a plan")
    visitor.bring("Or a plan as a file (JSON)", file)
    visitor.press("Begin")

    assert Plan.objects.get().state == PlanState.DRAFT
    visitor.keep_picture("plan")


def the_coordinator_writes_a_problem_and_an_objective(visitor):
    visitor.press("Problems")
    visitor.press("Add: Problem")
    visitor.fill("Title", SQUARE)
    visitor.fill("What happens", "Older residents leave the square in the afternoon.")
    visitor.fill("How it is known, without a figure", "Told on two walks with residents.")
    visitor.press("Save")
    assert visitor.sees("Saved.")
    visitor.keep_picture("problem")

    visitor.press("Objectives")
    visitor.press("Add: Objective")
    visitor.fill("Title", "More people in the square")
    visitor.tick(SQUARE)
    visitor.fill("What is measured", "People who sit in the square at four")
    visitor.fill("In which unit", "people")
    visitor.fill("From which source", "Count of the residents’ council")
    visitor.fill("Months between two measurements", "3")
    visitor.fill("Why there is no figure yet", "The first count is in May.")
    visitor.fill("Target", "30")
    visitor.fill("To be reached by", Plan.objects.get().content.ends)
    visitor.press("Save")
    assert visitor.sees("More people in the square")


def the_coordinator_writes_an_action(visitor):
    ends = Plan.objects.get().content.ends
    visitor.press("Actions")
    visitor.press("Add: Action")
    visitor.fill("Title", TABLES)
    visitor.fill("What is done", "Four tables for chess and cards, chosen by those who use them.")
    visitor.tick("More people in the square")
    visitor.fill("How it works", "People who stay see and are seen.")
    visitor.fill("Tested elsewhere?", "untested, will be evaluated")
    visitor.fill("How it will be evaluated here", "Counts before and after, against the quay.")
    visitor.fill("Who is accountable", "Residents’ council")
    visitor.press("Save")

    visitor.press("Add: Step")
    visitor.fill("Title", "Put up the tables")
    visitor.fill("First day", ends - timedelta(days=60))
    visitor.fill("Last day", ends - timedelta(days=30))
    visitor.press("Save")
    visitor.press("Actions")
    visitor.press(TABLES)
    visitor.press("Add: Money")
    visitor.fill("For what", "Four tables")
    visitor.fill("Year", str(ends.year))
    visitor.fill("Amount", "3200")
    visitor.fill("Who pays", "City of Port Alder")
    visitor.tick("The payer has agreed")
    visitor.fill("Where the amount is from", "Offer of the works department")
    visitor.press("Save")
    visitor.press("Actions")
    visitor.press(TABLES)
    visitor.keep_picture("action")


def the_coordinator_assesses_what_it_does_to_rights(visitor):
    visitor.press("Add: Rights assessment")
    visitor.fill("Why no right is touched", "Tables are open to all and nothing is recorded.")
    visitor.fill("By which law", "The rules on public squares.")
    visitor.fill("Why it is needed", "There is nowhere to sit.")
    visitor.fill("Why it is in proportion", "Nothing is taken from anybody.")
    visitor.fill("What milder was looked at", "Chairs only; they are carried away.")
    visitor.fill("Whom it could put at a disadvantage", "Two tables are for wheelchairs.")
    visitor.fill("Whom it could mark", "Nobody; the square is for all.")
    visitor.press("Save")
    assert visitor.sees("Saved.")


def two_who_did_not_draft_it_decide(visitor, people):
    titles = [one.title["en"] for one in Plan.objects.get().content.actions]
    for role in (Role.PARTNER, Role.EVALUATOR):
        visitor.sign_in(people[role])
        visitor.keep_picture(f"home-of-the-{role}")
        for title in titles:
            visitor.press("Home")
            visitor.press(title)
            visitor.tick("Yes, it may go on")
            visitor.fill("Why", "It helps, and it keeps nobody out.")
            if title == TABLES:
                visitor.keep_picture(f"decision-of-the-{role}")
            visitor.press("Keep my decision")
            assert visitor.sees("Your decision is kept.")
    visitor.press("Safeguards")

    assert visitor.sees("No assessment waits for a decision.")


def the_coordinator_opens_a_consultation(visitor, people):
    visitor.sign_in(people[Role.COORDINATOR])
    visitor.press("Plans")
    visitor.press(Plan.objects.get().title)
    visitor.press("Open it for consultation")
    visitor.keep_picture("before-the-consultation")
    visitor.press("Take it there")
    visitor.press("Consultation")
    visitor.press("Open a consultation")
    visitor.fill("Last day", timezone.localdate() + timedelta(days=28))
    visitor.press("Open the consultation")

    assert visitor.sees("The page for everybody")
    visitor.keep_picture("consultation")


def a_resident_comments_and_ranks_on_a_phone(visitor):
    visitor.come(width=PHONE)
    visitor.go("/take-part/")
    visitor.press(Plan.objects.get().title)
    visitor.keep_picture("draft-on-a-phone")
    visitor.press("Read and comment", inside=TABLES)
    visitor.fill("Your comment", "Please put one table into the shade.")
    read()
    visitor.keep_picture("comment-on-a-phone")
    visitor.press("Send the comment")
    assert visitor.sees("We have received it.")

    visitor.press("Back to the draft")
    visitor.fill("First", SQUARE)
    read()
    visitor.press("Send my answer")
    assert visitor.sees("We have received it.")
    visitor.press("Back to the draft")
    assert not visitor.sees("Please put one table into the shade.")


def read():
    """Take the time that a person needs to read a form."""
    time.sleep(FASTEST_SECONDS)


def the_coordinator_replies_and_closes(visitor, people):
    visitor.sign_in(people[Role.COORDINATOR])
    visitor.press("Consultation")
    visitor.press(Plan.objects.get().title)
    visitor.keep_picture("a-comment-waits")
    visitor.press("Show")
    visitor.press("Reply")
    visitor.fill("Reply", "Yes: one stands under the plane tree.")
    visitor.keep_picture("reply")
    visitor.press("Send the reply")
    visitor.press("Close the consultation")
    visitor.press("Close it")
    visitor.press("Note it in the plan")
    visitor.fill("How people were asked", "A page open to everybody, for four weeks.")
    visitor.fill(f"On “{TABLES}”: what was said, summed up", "One table should be in the shade.")
    visitor.fill(f"On “{TABLES}”: what was changed, or why not", "It stands under a tree.")
    visitor.keep_picture("note-in-the-plan")
    visitor.press("Note it in the plan")

    assert visitor.sees("Noted in the plan, and shown to everybody.")
    assert Comment.objects.get().reply


def the_coordinator_settles_what_stands_in_the_way(visitor):
    visitor.press("Plans")
    visitor.press(Plan.objects.get().title)
    visitor.press("Adopt the plan")
    assert visitor.sees("This has to be settled before")
    visitor.keep_picture("in-the-way-of-adoption")

    visitor.press("Problems")
    visitor.press(SQUARE)
    visitor.press("Change this part")
    visitor.fill("Where and when", "The harbour square, in the afternoon")
    visitor.tick("residents", under="Groups it touches")
    visitor.tick("housing and town planning", under="Background that was looked at")
    visitor.fill("What was found", "The benches were taken away in a rebuilding.")
    visitor.press("Save")
    visitor.press("Actions")
    visitor.press(TABLES)
    visitor.press("Add: Risk")
    visitor.fill("What could go wrong", "The tables are damaged.")
    visitor.fill("What is done then", "The works department mends them within a week.")
    visitor.press("Save")
    visitor.press("Actions")
    visitor.press(TABLES)
    visitor.press("Add: Side effect")
    visitor.fill("What is expected, good or bad", "Noise for those who live at the square.")
    visitor.fill("How it is watched", "Comments of residents")
    visitor.press("Save")
    settle_the_example(visitor)


def settle_the_example(visitor):
    """Settle what the example leaves open: means not confirmed, a consultation without an end."""
    visitor.press("Actions")
    visitor.press("Light on the harbour paths, chosen on walks with residents")
    visitor.press("Lamps and cables")
    visitor.press("Change this part")
    visitor.tick("The payer has agreed")
    visitor.press("Save")
    first = Plan.objects.get().content.consultations[0]
    visitor.press("Consultations")
    visitor.press(first.how["en"])
    visitor.press("Change this part")
    visitor.fill("Closed on", first.opened + timedelta(days=28))
    visitor.press("Save")
    visitor.press(next(one.said["en"] for one in first.voices if not one.changed))
    visitor.press("Change this part")
    visitor.fill("What was changed, or why not", "It is the first on the list.")
    visitor.press("Save")


def the_coordinator_adopts_the_plan(visitor):
    for move in ("Adopt the plan", "Put it under way"):
        visitor.press("Overview")
        visitor.press(move)
        visitor.press("Take it there")

    assert Plan.objects.get().state == PlanState.UNDER_WAY
    visitor.keep_picture("plan-under-way")
    visitor.press("Timetable")
    visitor.keep_picture("timetable")
    visitor.press("Follow-up")
    visitor.keep_picture("follow-up")


def a_partner_reports_on_a_step(visitor, people):
    visitor.sign_in(people[Role.PARTNER])
    visitor.press("Plans")
    visitor.press(Plan.objects.get().title)
    visitor.press("Actions")
    visitor.press(TABLES)
    visitor.press("Put up the tables")
    visitor.press("Change this part")
    visitor.fill("How far it is", "done")
    visitor.fill("Finished on", timezone.localdate())
    visitor.fill("What was done, or why it is late", "Four tables stand; two are for wheelchairs.")
    visitor.keep_picture("report-on-a-step")
    visitor.press("Save")

    assert visitor.sees("Four tables stand")


def one_prepares_and_another_releases(visitor, people):
    visitor.sign_in(people[Role.PUBLISHER])
    visitor.press("Publishing")
    visitor.press("Prepare a publication")
    visitor.tick("English")
    visitor.tick("العربية")
    visitor.press("Prepare it")
    assert visitor.sees("a second person has to look and publish it")

    visitor.sign_in(people["second"])
    visitor.press("Publishing")
    visitor.press(str(Release.objects.get()))
    visitor.keep_picture("before-the-release")
    visitor.press("Publish it")
    visitor.press("Publish it")
    assert visitor.sees("The public site")
    visitor.keep_picture("released")


def a_resident_reads_the_plan_in_arabic(visitor, city):
    visitor.come()
    visitor.go(f"/public/{city.slug}/")
    visitor.keep_picture("public-site")
    visitor.come(width=PHONE)
    visitor.go(f"/public/{city.slug}/ar/")
    visitor.keep_picture("public-site-in-arabic")
    assert visitor.browser.execute_script("return document.documentElement.dir") == "rtl"
    visitor.go(f"/public/{city.slug}/plan/{Plan.objects.get().pk}/ar/")

    assert visitor.sees(Plan.objects.get().content.title["ar"])
    visitor.keep_picture("public-plan-in-arabic")
