"""``forestall bundle`` takes a plan from one city to another, and tells what it refuses."""

import pytest

from forestall.plan import example_plan, write_plan
from tests.cli.in_process import forestall, refused, said


@pytest.fixture
def city(tmp_path):
    """Return a folder with a plan and a key."""
    write_plan(example_plan(), tmp_path / "plan.json")
    answer = said("bundle", "key", "-o", tmp_path / "key.pem")
    assert "Fingerprint: " in answer
    (tmp_path / "out").mkdir()
    return tmp_path


def packed(city, *more, version=1):
    words = [city / "plan.json", "--kind", "plan", "--name", "alder", "--publisher", "Port Alder"]
    words += ["--licence", "CC-BY-4.0", "--key", city / "key.pem", "-o", city / "out"]
    said("bundle", "pack", *words, "--version", version, "--without-contacts", *more)
    return city / "out" / f"alder-v{version}.bundle.zip"


def test_a_plan_goes_from_one_city_to_another(city, tmp_path):
    bundle, library = packed(city), tmp_path / "library"

    looked = said("bundle", "verify", bundle, "--library", library)
    assert "The bundle is whole, and its signature is right." in looked
    assert "This is the first bundle of “Port Alder” here." in looked
    assert not library.exists()

    opened = said("bundle", "open", bundle, "--library", library)
    assert "en: the original" in opened
    assert "compare it with what “Port Alder” tells you" in opened
    assert said("bundle", "verify", bundle, "--library", library).endswith(
        "Its key is known here as that of “Port Alder”.\n"
    )
    assert "here already" in said("bundle", "open", bundle, "--library", library)
    packed(city, version=2)
    said("bundle", "open", city / "out" / "alder-v2.bundle.zip", "--library", library)
    assert list(library.glob("publisher-*/alder/v2/provenance.json"))


def test_contacts_are_refused_unless_they_are_left_out(city):
    words = [city / "plan.json", "--kind", "plan", "--name", "alder", "--publisher", "Port Alder"]
    words += ["--licence", "CC-BY-4.0", "--key", city / "key.pem", "-o", city / "out"]

    answer = refused("bundle", "pack", *words)

    assert "plan.json holds a contact at partners[0].contact" in answer
    assert "portalder.example" not in answer


def test_a_folder_is_fetched_again_without_naming_it(city, tmp_path):
    library = tmp_path / "library"
    packed(city)
    assert said("bundle", "index", city / "out") == "1 bundle is in the index.\n"

    first = said("bundle", "fetch", city / "out", "--library", library, "--subscribe")
    assert "alder-v1.bundle.zip is in " in first
    assert said("bundle", "fetch", "--library", library) == "1 bundle was here already.\n"
    bad = bytearray((city / "out" / "alder-v1.bundle.zip").read_bytes())
    bad[-200] ^= 1
    (city / "out" / "bad.bundle.zip").write_bytes(bad)
    done = forestall("bundle", "fetch", "--library", library)
    assert done.returncode == 1
    assert "bad.bundle.zip was left out: " in done.stdout
    assert done.stderr == "forestall: 1 bundle was left out.\n"


def test_bad_words_are_refused(city, tmp_path):
    assert "subscribes to nothing" in refused("bundle", "fetch", "--library", tmp_path / "none")
    assert "begins with https://" in refused(
        "bundle", "fetch", "http://city.example/", "--library", tmp_path / "l"
    )
    assert "no ZIP file" in refused("bundle", "verify", city / "plan.json")
    assert "there already" in refused("bundle", "key", "-o", city / "key.pem")
    assert "--kind needs words of this list" in refused(
        "bundle", "pack", "x", "--kind", "recipe", "--name", "a", "--publisher", "b", "--licence",
        "c", "--key", "k", "-o", tmp_path,
    )  # fmt: skip
