"""A bundle comes into a library whole or not at all, and only from the key that is known."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from forestall.errors import ChangedKey, InvalidBundle, InvalidOutput, OlderBundle
from forestall.exchange import (
    Arrival,
    Trust,
    bundle_from,
    imported,
    open_bundle,
    read_known_keys,
)
from tests.exchange.made_bundles import OTHER, SECRET, a_bundle

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def opened(library, *, source="gates.bundle.zip", secret=SECRET, **changes):
    return open_bundle(
        bundle_from(a_bundle(secret=secret, **changes)), library, source=source, now=NOW
    )


def files_in(library):
    return {
        str(one.relative_to(library)): one.read_bytes()
        for one in library.rglob("*")
        if one.is_file() and one.name != ".lock"
    }


def test_a_bundle_is_kept_with_its_manifest_signature_and_provenance(tmp_path):
    done = opened(tmp_path)

    assert (done.trust, done.arrival) == (Trust.FIRST_USE, Arrival.NEW)
    assert (done.folder / "files" / "practice.json").is_file()
    assert (done.folder / "manifest.sig").stat().st_size == 64
    (kept,) = imported(tmp_path)
    assert (kept.source, kept.publisher, kept.version, kept.imported, kept.trust) == (
        "gates.bundle.zip",
        "Exampletown",
        1,
        NOW,
        Trust.FIRST_USE,
    )
    assert kept.bundle_sha256 == bundle_from(a_bundle()).sha256


def test_the_same_bundle_again_changes_nothing(tmp_path):
    opened(tmp_path)
    before = files_in(tmp_path)

    done = opened(tmp_path, source="again.bundle.zip")

    assert (done.trust, done.arrival) == (Trust.KNOWN, Arrival.THERE)
    assert files_in(tmp_path) == before


def test_a_newer_version_comes_in_and_an_older_one_is_told(tmp_path):
    opened(tmp_path)

    assert opened(tmp_path, version=3).arrival is Arrival.NEWER
    before = files_in(tmp_path)
    with pytest.raises(
        OlderBundle, match="here in version 3; this bundle holds the older version 2"
    ):
        opened(tmp_path, version=2)
    assert files_in(tmp_path) == before


def test_the_same_version_with_other_contents_is_refused(tmp_path):
    opened(tmp_path)

    with pytest.raises(InvalidBundle, match="already with other contents"):
        opened(tmp_path, files={"notes.md": b"# Other notes\n"})


@pytest.mark.parametrize("name", ["Exampletown", "exampletown", " Ｅxampletown "])
def test_a_changed_key_is_refused_with_both_fingerprints(tmp_path, name):
    opened(tmp_path)
    before = files_in(tmp_path)

    with pytest.raises(ChangedKey, match="Ask “Exampletown” by another way") as refused:
        opened(tmp_path, secret=OTHER, key="other", publisher=name)

    assert len(read_known_keys(tmp_path).keys) == 1
    assert str(refused.value).count(" ") > 20
    assert files_in(tmp_path) == before


def test_a_known_key_under_another_name_is_refused(tmp_path):
    opened(tmp_path)

    with pytest.raises(ChangedKey, match="known here as that of “Exampletown”"):
        opened(tmp_path, publisher="Elsewhere", key="other")


def test_a_broken_file_of_known_keys_stops_the_work(tmp_path):
    (tmp_path / "known-keys.json").write_text('{"keys": 3}', encoding="utf-8")

    with pytest.raises(InvalidBundle, match="no file of known keys"):
        opened(tmp_path)
    assert not list(tmp_path.glob("publisher-*"))


def test_a_library_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "library").write_text("x", encoding="utf-8")

    with pytest.raises(InvalidOutput, match="cannot be written"):
        opened(tmp_path / "library")


OPEN_AND_DIE = """
import os, pathlib, signal, sys
from datetime import UTC, datetime
from forestall.exchange import bundle_from, open_bundle
left = int(sys.argv[3])
def dying(real):
    def call(*given, **named):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(*given, **named)
    return call
os.fsync, os.rename, os.replace = dying(os.fsync), dying(os.rename), dying(os.replace)
bundle = bundle_from(pathlib.Path(sys.argv[1]).read_bytes())
open_bundle(bundle, pathlib.Path(sys.argv[2]), source="x", now=datetime(2026, 3, 2, tzinfo=UTC))
"""


@pytest.mark.slow
def test_a_program_that_is_killed_leaves_nothing_half(tmp_path):
    file, library = tmp_path / "a.bundle.zip", tmp_path / "library"
    file.write_bytes(a_bundle())
    whole = open_bundle(bundle_from(a_bundle()), tmp_path / "whole", source="x", now=NOW)
    expected = set(files_in(whole.folder))

    for calls in range(30):
        command = [sys.executable, "-c", OPEN_AND_DIE, str(file), str(library), str(calls)]
        ended = subprocess.run(command, check=False, capture_output=True)
        versions = list(library.glob("publisher-*/*/*"))
        for version in versions:
            assert set(files_in(version)) == expected
        keys = library / "known-keys.json"
        assert not keys.exists() or json.loads(keys.read_bytes())["keys"]
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    else:
        pytest.fail("The bundle was never opened.")

    assert calls > 4
    assert versions
    again = open_bundle(bundle_from(a_bundle(version=2)), library, source="x", now=NOW)
    assert again.trust is Trust.KNOWN
    assert not list(library.glob(".opening-*"))
