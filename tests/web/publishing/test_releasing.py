"""One person prepares a publication, a second one releases it; it can be withdrawn."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from forestall.errors import InvalidRelease, NotAllowed
from forestall.web.operations.models import Job, JobState
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role
from forestall.web.publishing.models import Release
from forestall.web.publishing.services import (
    prepare_diagnosis,
    prepare_plan,
    release_publication,
    withdraw_publication,
)
from tests.web.conftest import member
from tests.web.publishing.given import given
from tests.web.sent import form_of

State = Release.State


def page(name, release):
    return reverse(name, args=[release.pk])


def test_a_coordinator_prepares_and_a_publisher_releases(client, draft, people):
    client.force_login(people[Role.COORDINATOR])
    prepare = reverse("release-prepare", args=[draft.pk])
    answer = client.post(prepare, {"languages": ["en", "fr"], "formats": ["pdf"]})
    made = Release.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert made.state == State.READY
    assert (made.content / "fr" / "index.html").is_file()

    client.force_login(people[Role.PUBLISHER])
    client.post(page("release-publish", made))

    made.refresh_from_db()
    assert made.state == State.RELEASED
    assert given("/public/port-alder/")[0] == 200
    assert given(f"/public/port-alder/plan/{draft.pk}/fr/")[0] == 200
    pdf = next(made.content.glob("*.pdf")).name
    _, _, headers = given(f"/public/port-alder/plan/{draft.pk}/{pdf}")
    assert headers["Content-Type"] == "application/pdf"


def test_nothing_is_public_before_the_release(prepared):
    assert given("/public/port-alder/")[0] == 404


def test_who_prepared_cannot_release(client, draft, people):
    publisher = people[Role.PUBLISHER]
    mine = prepare_plan(plan=draft, languages=["en"], formats=[], by=publisher)
    client.force_login(publisher)

    for answer in (
        client.get(page("release-publish", mine)),
        client.post(page("release-publish", mine)),
    ):
        assert answer.status_code == 403
        assert "a second person" in answer.text
    assert "a second person" in client.get(mine.get_absolute_url()).text
    with pytest.raises(NotAllowed):
        release_publication(release=mine, by=publisher)


def test_the_database_refuses_one_person_on_both_seats(prepared):
    prepared.released_by, prepared.released_at = prepared.prepared_by, timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.save()


def test_another_city_finds_nothing(client, elsewhere, prepared, draft):
    stranger = member(elsewhere, Role.PUBLISHER)
    client.force_login(stranger)

    for name in ("release", "release-preview", "release-publish", "release-withdraw"):
        assert client.get(page(name, prepared)).status_code == 404
    assert client.get(reverse("release-prepare", args=[draft.pk])).status_code == 404
    assert prepared.title not in client.get("/publishing/").text


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.PUBLISHER])
def test_others_are_told_who_can_release(client, people, released, prepared, role):
    client.force_login(people[role])

    for name in ("release-publish", "release-withdraw"):
        for answer in (client.get(page(name, prepared)), client.post(page(name, prepared), {})):
            assert answer.status_code == 403
            assert "Publication officer" in answer.text


@pytest.mark.parametrize("role", [Role.READER, Role.PARTNER, Role.ANALYST])
def test_others_are_told_who_can_prepare(client, people, draft, role):
    client.force_login(people[role])

    answer = client.post(reverse("release-prepare", args=[draft.pk]), {"languages": ["en"]})

    assert answer.status_code == 403
    assert "Publication officer" in answer.text
    assert not Release.objects.exists()


def test_a_language_that_does_not_exist_is_refused(client, draft, people):
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(reverse("release-prepare", args=[draft.pk]), {"languages": ["xx"]})

    assert answer.status_code == 200
    assert not Release.objects.exists()


def test_the_preview_is_the_site_as_it_will_be(client, prepared, people, draft):
    client.force_login(people[Role.PUBLISHER])
    before = given(f"/publishing/{prepared.pk}/preview/", client)[1]
    assert draft.title in before

    release_publication(release=prepared, by=people[Role.PUBLISHER])

    assert given("/public/port-alder/")[1] == before


def test_a_later_release_takes_the_place_of_the_earlier_one(released, draft, people):
    later = prepare_plan(plan=draft, languages=["en"], formats=[], by=people[Role.COORDINATOR])

    release_publication(release=later, by=people[Role.PUBLISHER])

    released.refresh_from_db()
    assert released.state == State.SUPERSEDED
    # Only the earlier one was written in Arabic.
    assert given(f"/public/port-alder/plan/{draft.pk}/")[0] == 200
    assert given(f"/public/port-alder/plan/{draft.pk}/ar/")[0] == 404


def test_what_is_withdrawn_leaves_a_page_that_says_why(client, released, people, draft):
    client.force_login(people[Role.PUBLISHER])
    withdraw = page("release-withdraw", released)

    client.post(withdraw, form_of(client.get(withdraw)) | {"reason": "A sum was <b>wrong</b>."})

    for tag, word in (("", "withdrawn"), ("ar/", "rtl")):
        text = given(f"/public/port-alder/plan/{draft.pk}/{tag}")[1]
        assert word in text
        assert "A sum was &lt;b&gt;wrong" in text
    assert given(f"/public/port-alder/plan/{draft.pk}/plan.json")[0] == 404
    start = given("/public/port-alder/")[1]
    assert "No plan is published now" in start


def test_withdrawing_needs_a_reason_and_something_released(released, people):
    by = people[Role.PUBLISHER]
    with pytest.raises(InvalidRelease, match="why"):
        withdraw_publication(release=released, reason=" ", by=by)
    withdraw_publication(release=released, reason="Wrong sum", by=by)

    with pytest.raises(InvalidRelease, match="withdrawn"):
        withdraw_publication(release=released, reason="Again", by=by)
    with pytest.raises(InvalidRelease):
        release_publication(release=released, by=by)


def test_work_that_fails_says_so_and_cannot_be_released(
    client, draft, people, monkeypatch, released
):
    from forestall.errors import NoSpaceLeft
    from forestall.web.publishing import jobs

    def full(release):
        raise NoSpaceLeft("The disk is full.")

    monkeypatch.setattr(jobs, "write_content", full)
    broken = prepare_plan(plan=draft, languages=["en"], formats=[], by=people[Role.COORDINATOR])
    assert broken.failed
    client.force_login(people[Role.PUBLISHER])
    assert "The disk is full." in client.get(broken.get_absolute_url()).text

    with pytest.raises(InvalidRelease):
        release_publication(release=broken, by=people[Role.PUBLISHER])
    assert given("/public/port-alder/")[0] == 200


def test_a_job_that_is_done_twice_changes_nothing(prepared):
    from forestall.web.publishing.jobs import make_publication

    job = prepared.job
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, ended_at=None)
    files = sorted(prepared.content.rglob("*"))

    make_publication(Job.objects.get(pk=job.pk), release=prepared.pk)

    assert sorted(prepared.content.rglob("*")) == files


def test_a_person_with_both_roles_still_needs_a_second_one(draft, people, city):
    both = people[Role.COORDINATOR]
    Membership.objects.create(
        person=both, organisation=city.organisations.get(), role=Role.PUBLISHER
    )
    mine = prepare_plan(plan=draft, languages=["en"], formats=[], by=both)

    with pytest.raises(NotAllowed, match="second person"):
        release_publication(release=mine, by=both)


def test_a_diagnosis_is_released_from_its_folder(home, city, people):
    from forestall.publication import publish_diagnosis
    from forestall.publication.example import example_diagnosis

    publish_diagnosis(example_diagnosis(), out=home / "diagnoses" / "1")
    made = prepare_diagnosis(
        jurisdiction=city,
        folder=home / "diagnoses" / "1",
        title="Burglary in 2024",
        by=people[Role.COORDINATOR],
    )
    release_publication(release=made, by=people[Role.PUBLISHER])

    start = given("/public/port-alder/")[1]
    data = given("/public/port-alder/data/")[1]
    assert "Burglary in 2024" in start
    assert f"diagnosis/{made.pk}/index.html" in start
    assert ".csv" in data
    assert given(f"/public/port-alder/diagnosis/{made.pk}/")[0] == 200


def test_a_report_of_another_kind_is_no_diagnosis(prepared, city, people):
    with pytest.raises(InvalidRelease, match="no diagnosis"):
        prepare_diagnosis(
            jurisdiction=city, folder=prepared.content, title="x", by=people[Role.COORDINATOR]
        )


def test_a_folder_elsewhere_is_no_report_of_the_workspace(tmp_path_factory, city, people):
    with pytest.raises(InvalidRelease):
        prepare_diagnosis(
            jurisdiction=city,
            folder=tmp_path_factory.mktemp("elsewhere"),
            title="x",
            by=people[Role.COORDINATOR],
        )
