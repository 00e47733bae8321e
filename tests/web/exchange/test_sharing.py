"""A bundle is given to others by two persons, signed, without persons in it, and taken back."""

from __future__ import annotations

import json
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from forestall.errors import InvalidBundle, NotAllowed
from forestall.exchange import Kind, bundle_from, read_bundle
from forestall.plan.example import example_plan
from forestall.publication.evaluation_example import example_evaluation
from forestall.publication.publish_programmes import evaluation_publication
from forestall.web.audit.models import AuditEntry
from forestall.web.exchange.folders import keys_folder, shared_folder, signed_file
from forestall.web.exchange.models import SharedBundle, SigningKey
from forestall.web.exchange.sharing import (
    files_of_plan,
    prepare_bundle,
    release_bundle,
    withdraw_bundle,
)
from forestall.web.exchange.signing import make_signing_key
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from forestall.web.publishing.models import Release
from tests.exchange.made_bundles import practice_json
from tests.web.conftest import member, read_to_the_end
from tests.web.publishing.given import given
from tests.web.sent import form_of

INDEX = "/bundles/port-alder/index.json"


def index_of():
    status, text, _ = given(INDEX)
    assert status == 200
    return json.loads(text)


def files_form(content, **more):
    return {
        "kind": "practice",
        "file": SimpleUploadedFile("gates.json", content),
        "licence": "CC-BY-4.0",
        "key": "",
        **more,
    }


def test_the_key_is_made_once_and_only_its_owner_reads_it(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    address = reverse("exchange-key-make", args=[city.pk])

    client.post(address, {"publisher": "Port Alder"})
    again = client.post(address, {"publisher": "Port Alder"})

    key = SigningKey.objects.get()
    (file,) = keys_folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_folder().stat().st_mode) == 0o700
    assert "has a key, and it works" in again.text
    assert key.fingerprint in client.get(reverse("exchange-keys", args=[city.pk])).text
    assert key.file not in client.get(reverse("exchange-keys", args=[city.pk])).text


def test_a_key_that_is_gone_is_told_and_made_anew(client, city, people, key, prepared):
    (keys_folder() / key.file).unlink()
    client.force_login(people[Role.PUBLISHER])

    assert "nothing can be signed" in client.get(reverse("exchange-keys", args=[city.pk])).text
    with pytest.raises(InvalidBundle, match="cannot be read"):
        release_bundle(bundle=prepared, by=people[Role.PUBLISHER])
    make_signing_key(jurisdiction=city, publisher=city.name, by=people[Role.COORDINATOR])
    assert SigningKey.objects.get().public_key != key.public_key
    assert release_bundle(bundle=prepared, by=people[Role.PUBLISHER]).version == 1


def test_two_places_do_not_sign_under_one_name(city, elsewhere, people, key):
    other = member(elsewhere, Role.COORDINATOR)
    with pytest.raises(InvalidBundle, match="Another place signs"):
        make_signing_key(jurisdiction=elsewhere, publisher=" PORT  alder", by=other)


def test_a_plan_is_prepared_by_one_and_signed_by_another(client, city, people, key):
    plan = add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])
    address = reverse("share-plan", args=[plan.pk])
    answer = client.post(address, form_of(client.get(address)))
    made = SharedBundle.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.state, made.revision_id, made.version) == ("ready", plan.revisions.get().pk, None)
    assert given(INDEX)[0] == 404

    client.force_login(people[Role.PUBLISHER])
    assert "Sign it" in client.get(made.get_absolute_url()).text
    client.post(reverse("shared-release", args=[made.pk]))

    made.refresh_from_db()
    (entry,) = index_of()["bundles"]
    bundle = bundle_from((shared_folder(city) / entry["name"]).read_bytes())
    assert bundle.manifest.public_key == key.public_key
    assert b"@" not in bundle.files["plan.json"]
    assert (made.state, made.version, made.sha256) == ("released", 1, bundle.sha256)
    assert given(f"/bundles/port-alder/{entry['name']}")[0] == 200
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"make signing key", "prepare bundle", "sign bundle"}


def test_who_prepared_does_not_sign(client, prepared, people, city):
    publisher = people[Role.PUBLISHER]
    SharedBundle.objects.update(prepared_by=publisher)
    prepared.refresh_from_db()
    client.force_login(publisher)

    for ask in (client.get, client.post):
        answer = ask(reverse("shared-release", args=[prepared.pk]))
        assert answer.status_code == 403
        assert "a second person" in answer.text
    with pytest.raises(NotAllowed):
        release_bundle(bundle=prepared, by=publisher)
    prepared.released_by, prepared.released_at, prepared.version = publisher, timezone.now(), 1
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.save()


def test_where_persons_are_told_of_is_listed_without_the_value(client, city, people, key):
    client.force_login(people[Role.COORDINATOR])
    content = practice_json(
        situation={"en": "Ask ann@city.example"}, done={"en": "Call 0151 496 0123"}
    )
    notes = SimpleUploadedFile("Notes.md", b"Ring\nTel: 4960123")

    answer = client.post(reverse("share-files", args=[city.pk]), files_form(content, more=[notes]))

    assert answer.status_code == 422
    for place in ("situation.en", "done.en", "notes.md", "line 2"):
        assert place in answer.text
    assert "ann@" not in answer.text
    assert "4960123" not in answer.text
    assert not SharedBundle.objects.exists()


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"{", {}, "no JSON"),
        (b'{"kind": "recipe"}', {}, "no record of a practice"),
        (practice_json(), {"licence": ""}, "Licence"),
        (practice_json(), {"key": "A B"}, "Short name"),
        (practice_json(), {"more": [SimpleUploadedFile("map.pdf", b"%PDF")]}, "looked into"),
        (practice_json(), {"more": [SimpleUploadedFile("../x y.md", b"x")]}, "other signs"),
    ],
)
def test_what_cannot_be_given_is_one_sentence(client, city, people, key, content, more, said):
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(reverse("share-files", args=[city.pk]), files_form(content, **more))

    assert answer.status_code == 422
    assert said in answer.text
    assert not SharedBundle.objects.exists()


def test_without_a_key_nothing_is_prepared(client, city, people):
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(reverse("share-files", args=[city.pk]), files_form(practice_json()))

    assert "has no key yet" in answer.text
    assert not SharedBundle.objects.exists()


def test_the_contents_are_shown_as_text(client, prepared, people):
    client.force_login(people[Role.READER])

    text = client.get(prepared.get_absolute_url()).text

    assert "Gates in the alleys" in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_what_is_changed_between_two_persons_is_not_signed(prepared, people, home):
    (file,) = (home / "files" / "exchange" / "prepared").iterdir()
    changed = bytearray(file.read_bytes())
    changed[100] ^= 1
    file.write_bytes(changed)

    with pytest.raises(InvalidBundle, match="missing or was changed"):
        release_bundle(bundle=prepared, by=people[Role.PUBLISHER])


def test_a_later_version_takes_the_place_and_a_withdrawn_one_is_told(
    client, city, people, released
):
    second = prepare_bundle(
        jurisdiction=city,
        kind=Kind.PRACTICE,
        files={"practice.json": practice_json()},
        licence="CC-BY-4.0",
        key="alley-gates",
        by=people[Role.COORDINATOR],
    )
    second = release_bundle(bundle=second, by=people[Role.PUBLISHER])

    released.refresh_from_db()
    assert (released.state, second.version) == ("superseded", 2)
    assert [one["version"] for one in index_of()["bundles"]] == [2]
    assert read_bundle(signed_file(released)).manifest.version == 1

    publisher = people[Role.PUBLISHER]
    client.force_login(publisher)
    with pytest.raises(InvalidBundle, match="an e-mail address"):
        withdraw_bundle(bundle=second, reason="Ask ann@city.example", by=publisher)
    client.post(reverse("shared-withdraw", args=[second.pk]), {"reason": "A wrong figure."})

    told = index_of()
    assert told["bundles"] == []
    assert [(one["version"], one["reason"]) for one in told["withdrawn"]] == [
        (2, "A wrong figure.")
    ]
    assert not list(shared_folder(city).glob("*.zip"))


def test_the_public_folder_comes_back_by_itself_and_gives_nothing_else(city, released):
    before = index_of()
    for one in shared_folder(city).iterdir():
        one.unlink()

    assert index_of() == before
    for name in ("..%2f..%2fkeys", ".lock", "nothing.zip"):
        assert given(f"/bundles/port-alder/{name}")[0] == 404
    assert given("/bundles/nowhere/index.json")[0] == 404


def test_the_signed_bundle_is_downloaded(client, released, people):
    client.force_login(people[Role.READER])

    answer = client.get(reverse("shared-file", args=[released.pk]))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    read_to_the_end(answer)


def test_an_evaluation_that_is_public_is_given_with_its_record(client, city, people, key):
    public = Release.objects.create(
        jurisdiction=city,
        kind=Release.Kind.EVALUATION,
        title="Gates in Hill Town",
        source="report",
        languages=["en"],
        state=Release.State.READY,
        prepared_by=people[Role.COORDINATOR],
    )
    record = evaluation_publication(example_evaluation()).record
    public.content.mkdir(parents=True)
    (public.content / "evaluation.json").write_text(record, encoding="utf-8")
    client.force_login(people[Role.COORDINATOR])
    address = reverse("share-evaluation", args=[public.pk])

    assert (
        "Only an evaluation that is published"
        in client.post(address, form_of(client.get(address))).text
    )
    Release.objects.update(
        state="released", released_by=people[Role.PUBLISHER], released_at=timezone.now()
    )
    assert address in client.get(reverse("exchange")).text
    client.post(address, form_of(client.get(address)))

    made = SharedBundle.objects.get()
    assert (made.kind, made.key, made.title) == (
        "evaluation",
        "gates-in-hill-town",
        {"en": "Gates in Hill Town"},
    )
    signed = release_bundle(bundle=made, by=people[Role.PUBLISHER])
    assert read_bundle(signed_file(signed)).files["evaluation.json"] == record.encode()
    assert "What was done" in client.get(made.get_absolute_url()).text


def test_one_short_name_is_of_one_kind(city, people, prepared):
    plan = add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])

    with pytest.raises(InvalidBundle, match="has this short name"):
        prepare_bundle(
            jurisdiction=city,
            kind=Kind.PLAN,
            files=files_of_plan(plan.revisions.get()),
            licence="CC-BY-4.0",
            key="alley-gates",
            by=people[Role.COORDINATOR],
        )
