"""The public site is files: safe to serve, put in place at once, read on any server or on none."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest
from django.utils import timezone
from msgspec.structs import replace

from forestall.languages import available_languages
from forestall.plan.example import example_plan
from forestall.web.consultation.services import close_consultation, open_consultation
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from forestall.web.publishing import site
from forestall.web.publishing.services import prepare_plan, release_publication
from forestall.web.publishing.site import public_folder, put_site
from tests.web.publishing.given import given


def pages_of(city) -> list[Path]:
    return sorted(public_folder(city.slug).resolve().rglob("*.html"))


def text_of(city, inside: str = "index.html") -> str:
    return (public_folder(city.slug) / inside).read_text("utf-8")


@pytest.mark.parametrize("tag", available_languages())
def test_each_page_is_there_in_each_language(released, city, tag):
    folder = "" if tag == "en" else f"{tag}/"

    for name in ("", "plan/", "diagnosis/", "results/", "data/", "take-part/"):
        assert f'<html lang="{tag}"' in text_of(city, f"{name}{folder}index.html")


def test_every_link_leads_to_a_file_without_any_server(released, city):
    root = public_folder(city.slug).resolve()

    for page in pages_of(city):
        html = lxml.html.fromstring(page.read_text("utf-8"))
        for target in html.xpath("//a/@href | //link/@href | //img/@src"):
            if target.startswith(("#", "https:", "data:", "mailto:", "http:")):
                continue
            there = urljoin(page.as_uri(), target.partition("#")[0])
            path = Path(there.removeprefix("file://"))
            assert path.is_relative_to(root), (page, target)
            assert path.exists(), (page.relative_to(root), target)


def test_no_page_needs_an_inline_style_or_a_script(released, city):
    for page in pages_of(city):
        html = lxml.html.fromstring(page.read_text("utf-8"))
        assert not html.xpath("//script | //style | //@style | //@onclick"), page
        (policy,) = html.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_the_first_page_is_light(released, city):
    root = public_folder(city.slug)

    weight = sum(len((root / name).read_bytes()) for name in ("index.html", "style.css"))

    assert weight <= 60_000


def test_a_page_of_the_plan_leads_back_to_the_site(released, city, draft):
    assert 'href="../../index.html"' in text_of(city, f"plan/{draft.pk}/index.html")
    assert 'href="../../../ar/index.html"' in text_of(city, f"plan/{draft.pk}/ar/index.html")


@pytest.mark.parametrize(
    "inside",
    [
        "../secret.txt",
        "..%2fsecret.txt",
        "plan/../../secret.txt",
        "%2e%2e/secret.txt",
        ".versions/",
        "/etc/passwd",
        "plan/%00",
        "..\\secret.txt",
        "lead-out/secret.txt",
        "none.html",
    ],
)
def test_nothing_beside_the_site_is_given(released, city, home, inside):
    (home / "public" / "secret.txt").write_text("secret")
    (home / "secret.txt").write_text("secret")
    (public_folder(city.slug) / "lead-out").symlink_to(home)

    assert given(f"/public/port-alder/{inside}")[0] == 404


def test_other_folders_are_no_sites(released, home):
    (home / "releases").mkdir(exist_ok=True)

    for name in ("releases", ".versions", "secret.txt"):
        assert given(f"/public/{name}/")[0] == 404


def test_a_site_is_given_with_the_rule_for_browsers(client, released):
    _, _, headers = given("/public/port-alder/")

    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    assert client.post("/public/port-alder/").status_code == 405


@pytest.mark.parametrize("step", ["build_site", "put_in_place", "_remove_others"])
def test_whoever_is_cut_off_leaves_a_whole_site(released, city, monkeypatch, step):
    before = text_of(city)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(site, step, killed)
    with pytest.raises(KeyboardInterrupt):
        put_site(city)

    assert text_of(city) == before
    monkeypatch.undo()


def test_a_cut_off_between_two_links_leaves_the_old_site(released, city, monkeypatch):
    before = public_folder(city.slug).resolve()

    def killed(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        put_site(city)

    assert public_folder(city.slug).resolve() == before
    assert text_of(city)


def test_what_is_told_while_the_site_is_made_is_on_it(released, city, draft, people, monkeypatch):
    usual = site.build_site
    told: list[int] = []

    def told_meanwhile(jurisdiction, out, **more):
        usual(jurisdiction, out, **more)
        if not told:
            told.append(1)
            today = timezone.localdate()
            open_consultation(plan=draft, opens=today, ends=today, by=people[Role.COORDINATOR])

    monkeypatch.setattr(site, "build_site", told_meanwhile)
    put_site(city)

    assert "take-part/port-alder-1/" in text_of(city)


def test_few_versions_are_kept(released, city, home):
    for _ in range(4):
        put_site(city)

    assert len(list((home / "public" / ".versions" / city.slug).iterdir())) == 2


def test_a_folder_that_somebody_put_there_is_moved_aside(released, city, home):
    public = public_folder(city.slug)
    public.unlink()
    public.mkdir()
    (public / "mine.txt").write_text("mine")

    put_site(city)

    assert text_of(city)
    assert [one.read_text() for one in (home / "public").glob(".*copied/mine.txt")] == ["mine"]


def test_the_whole_folder_can_be_moved(released, city, home, tmp_path_factory):
    moved = tmp_path_factory.mktemp("elsewhere") / "public"
    (home / "public").rename(moved)

    assert (moved / city.slug / "index.html").is_file()


def test_a_consultation_is_told_when_it_opens_and_when_it_is_closed(released, city, draft, people):
    today = timezone.localdate()
    by = people[Role.COORDINATOR]
    asked = open_consultation(plan=draft, opens=today, ends=today + timedelta(days=9), by=by)
    assert "https://plans.example/take-part/port-alder-1/?in=en" in text_of(city)

    close_consultation(consultation=asked, by=by)

    assert "take-part/port-alder-1" not in text_of(city)
    assert "take-part/port-alder-1" in text_of(city, "take-part/index.html")


def test_what_somebody_wrote_in_a_plan_is_never_markup(city, people):
    bad = {"en": "<script>alert(1)</script> Content-Security-Policy"}
    plan = example_plan()
    first, *others = plan.actions
    step, *steps = first.steps
    step = replace(step, title=bad, progress=bad)
    first = replace(first, title=bad, description=bad, steps=(step, *steps))
    partners = tuple(replace(one, name=bad) for one in plan.partners)
    objectives = tuple(replace(one, title=bad) for one in plan.objectives)
    content = replace(
        plan,
        title=bad,
        summary=bad,
        actions=(first, *others),
        partners=partners,
        objectives=objectives,
        place=replace(plan.place, name=bad),
    )
    bad_plan = add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])
    made = prepare_plan(plan=bad_plan, languages=["en"], formats=[], by=people[Role.COORDINATOR])
    release_publication(release=made, by=people[Role.PUBLISHER])

    pages = pages_of(city)
    assert pages
    for page in pages:
        assert "<script" not in page.read_text("utf-8"), page
        assert '<meta http-equiv="Content-Security-Policy"' in page.read_text("utf-8"), page
    assert "&lt;script&gt;" in text_of(city)


def test_no_number_of_the_plan_is_a_score(released, city):
    text = re.sub(r"<[^>]+>", " ", text_of(city, "results/index.html"))

    assert not re.search(r"complete|score|rank", text, re.IGNORECASE)
