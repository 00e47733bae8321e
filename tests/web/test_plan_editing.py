"""Plans are written part by part, by several people at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forestall.plan.example import example_plan
from forestall.plan.states import PlanState
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.roles import Role
from forestall.web.plans.part_fields import FIELDS
from forestall.web.plans.parts import PARTS
from forestall.web.plans.services import add_plan, change_plan
from tests.web.conftest import member
from tests.web.sent import form_of


@pytest.fixture
def example(city, people):
    """The example plan, in this city."""
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])


@pytest.fixture
def coordinator(client, people):
    client.force_login(people[Role.COORDINATOR])
    return client


def addresses(record=None, prefix=""):
    """Yield the address of each part of the example plan."""
    record = example_plan() if record is None else record
    for name, part in PARTS.get(type(record), {}).items():
        held = getattr(record, name)
        where = f"{prefix}{name}"
        if part.single and held is not None:
            yield where
            yield from addresses(held, f"{where}/")
        elif not part.single:
            for place, one in enumerate(held):
                item = f"{where}/{getattr(one, 'key', place)}"
                yield item
                yield from addresses(one, f"{item}/")


def test_a_problem_is_added_and_read(coordinator, plan):
    page = reverse("plan-add", args=[plan.pk, "problems"])

    answer = coordinator.post(
        page,
        {"title": "Burglary of homes", "kind": "burglary", "description": "Back doors."},
        follow=True,
    )

    assert "Burglary of homes" in answer.text
    plan.refresh_from_db()
    (problem,) = plan.content.problems
    assert problem.key == "burglary-of-homes"
    assert problem.title == {"en": "Burglary of homes"}
    assert plan.revision == 2
    (*_, last) = AuditEntry.objects.all()
    assert last.facts == {"part": "problems", "revision": 2}


def test_two_things_of_one_title_get_two_keys(coordinator, plan):
    for _ in range(2):
        coordinator.post(
            reverse("plan-add", args=[plan.pk, "problems"]), {"title": "盗窃", "kind": "theft"}
        )

    plan.refresh_from_db()
    assert [one.key for one in plan.content.problems] == ["problems", "problems-2"]


def test_every_part_is_saved_as_it_was_when_nothing_is_changed(coordinator, example):
    before = example.content

    for where in addresses():
        page = reverse("plan-edit", args=[example.pk, where])
        answer = coordinator.post(page, form_of(coordinator.get(page)), follow=True)
        assert "error-box" not in answer.text, where

    example.refresh_from_db()
    assert example.content == before
    assert example.revision == 1


def test_every_part_can_be_read(coordinator, example):
    for where in [*PARTS[type(example.content)], *addresses()]:
        assert coordinator.get(reverse("plan-part", args=[example.pk, where])).status_code == 200


def test_what_is_asked_exists(example):
    from forestall.web.plans.inputs import type_of

    for record, fields in FIELDS.items():
        for field in fields:
            assert type_of(record, field.name) is not None


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(coordinator, example, people):
    where = f"problems/{example.content.problems[0].key}"
    page = reverse("plan-edit", args=[example.pk, where])
    mine = form_of(coordinator.get(page)) | {"title": "Mine"}
    theirs = form_of(coordinator.get(page)) | {"title": "Theirs"}

    coordinator.post(page, theirs)
    answer = coordinator.post(page, mine)

    assert "Somebody changed this part" in answer.text
    assert 'value="Mine"' in answer.text
    example.refresh_from_db()
    assert example.content.problems[0].title["en"] == "Theirs"


def test_others_may_add_a_step_while_the_action_is_written(coordinator, example):
    action = example.content.actions[0]
    page = reverse("plan-edit", args=[example.pk, f"actions/{action.key}"])
    mine = form_of(coordinator.get(page)) | {"title": "Gates and lamps"}

    coordinator.post(
        reverse("plan-add", args=[example.pk, f"actions/{action.key}/steps"]),
        {
            "title": "Ask the neighbours",
            "starts": "2025-06-01",
            "ends": "2025-06-30",
            "state": "planned",
        },
    )
    coordinator.post(page, mine)

    example.refresh_from_db()
    changed = example.content.actions[0]
    assert changed.title["en"] == "Gates and lamps"
    assert len(changed.steps) == len(action.steps) + 1


def test_a_text_is_written_in_another_language_beside_the_first(coordinator, example):
    where = f"problems/{example.content.problems[0].key}"
    page = reverse("plan-edit", args=[example.pk, where]) + "?in=fr"
    english = example.content.problems[0].title["en"]

    coordinator.post(page, form_of(coordinator.get(page)) | {"title": "Des cambriolages"})

    example.refresh_from_db()
    assert example.content.problems[0].title["fr"] == "Des cambriolages"
    assert example.content.problems[0].title["en"] == english


def test_half_a_baseline_is_asked_for_whole(coordinator, plan):
    coordinator.post(
        reverse("plan-add", args=[plan.pk, "problems"]), {"title": "Theft", "kind": "theft"}
    )

    answer = coordinator.post(
        reverse("plan-add", args=[plan.pk, "objectives"]),
        {"title": "Fewer", "problems": ["theft"], "baseline.value": "12"},
    )

    assert "This is needed, too." in answer.text


def test_what_others_refer_to_is_not_taken_out(coordinator, example):
    key = example.content.problems[0].key
    page = reverse("plan-remove", args=[example.pk, f"problems/{key}"])

    answer = coordinator.post(page, form_of(coordinator.get(page)), follow=True)

    assert "error-box" in answer.text
    example.refresh_from_db()
    assert example.content.problems[0].key == key


def test_a_risk_is_taken_out(coordinator, example):
    action = next(one for one in example.content.actions if one.risks)
    page = reverse("plan-remove", args=[example.pk, f"actions/{action.key}/risks/0"])

    coordinator.post(page, form_of(coordinator.get(page)))

    example.refresh_from_db()
    changed = next(one for one in example.content.actions if one.key == action.key)
    assert changed.risks == action.risks[1:]


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.PARTNER, Role.PUBLISHER])
def test_others_read_a_draft_and_do_not_write_it(client, people, example, role):
    client.force_login(people[role])

    answer = client.get(reverse("plan-edit-head", args=[example.pk]))

    assert answer.status_code == 403
    assert "Coordinator" in answer.text


def test_another_city_finds_no_page_of_the_plan(client, elsewhere, example):
    client.force_login(member(elsewhere, Role.COORDINATOR))
    where = f"problems/{example.content.problems[0].key}"

    for name in ("plan-part", "plan-edit", "plan-add", "plan-remove"):
        assert client.get(reverse(name, args=[example.pk, where])).status_code == 404
    assert client.get(reverse("plan-file", args=[example.pk])).status_code == 404


def test_no_such_part_is_not_found(coordinator, example):
    for where in ("nothing", "actions/none", "actions/0", "problems/x/figures/0", "reviews/99"):
        assert coordinator.get(reverse("plan-part", args=[example.pk, where])).status_code == 404


def test_what_somebody_writes_is_never_markup(coordinator, plan):
    coordinator.post(
        reverse("plan-add", args=[plan.pk, "problems"]),
        {"title": "<script>alert(1)</script>", "kind": "theft"},
    )

    text = coordinator.get(reverse("plan-part", args=[plan.pk, "problems"])).text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def adopted(plan, by):
    import msgspec

    return change_plan(
        plan=plan,
        change=lambda content: msgspec.structs.replace(content, state=PlanState.UNDER_WAY),
        by=by,
        what="plan",
    )


def test_a_partner_reports_on_a_step_once_the_plan_is_under_way(client, people, example):
    adopted(example, people[Role.COORDINATOR])
    client.force_login(people[Role.PARTNER])
    action = next(one for one in example.content.actions if one.steps)
    page = reverse(
        "plan-edit", args=[example.pk, f"actions/{action.key}/steps/{action.steps[0].key}"]
    )

    shown = client.get(page)
    client.post(page, form_of(shown) | {"state": "done", "finished": "2025-07-01"})

    assert set(form_of(shown)) <= {"seen", "state", "finished", "progress"}
    example.refresh_from_db()
    changed = next(one for one in example.content.actions if one.key == action.key)
    assert changed.steps[0].state == "done"
    assert changed.steps[0].title == action.steps[0].title


def test_what_was_adopted_stays_what_it_was(client, people, example):
    adopted(example, people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])
    key = example.content.problems[0].key

    answer = client.get(reverse("plan-edit", args=[example.pk, f"problems/{key}"]))

    assert answer.status_code == 403
    assert "revision" in answer.text


def test_the_year_of_money_is_a_year_and_no_amount(coordinator, example):
    text = coordinator.get(reverse("plan-part", args=[example.pk, "actions/gates"])).text

    assert "<dd>2025</dd>" in text
    assert "2,025" not in text


def test_a_number_that_could_not_be_shown_is_not_saved(coordinator, example):
    page = reverse("plan-edit", args=[example.pk, "objectives/fewer-burglaries"])
    sent = form_of(coordinator.get(page)) | {"baseline.low": "0", "baseline.high": "1e308"}

    answer = coordinator.post(page, sent)

    assert answer.status_code == 200
    assert "is too large" in answer.text
    where = reverse("plan-part", args=[example.pk, "objectives"])
    assert coordinator.get(where).status_code == 200


def test_every_form_has_a_heading(coordinator, example):
    import lxml.html

    for where in addresses():
        page = coordinator.get(reverse("plan-edit", args=[example.pk, where]))
        (heading,) = lxml.html.fromstring(page.text).xpath("//main//h1")
        assert heading.text_content().strip(), where
