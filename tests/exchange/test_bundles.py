"""A bundle that was changed in any byte is refused, and so is one that is unsafe to read."""

from __future__ import annotations

import io
import stat
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import InvalidBundle
from forestall.evidence.library import packaged_evidence
from forestall.evidence.practices import example_practice, practice_record
from forestall.evidence.sources import export_evidence
from forestall.exchange import (
    Kind,
    TranslationState,
    bundle_from,
    files_to_pack,
    pack_bundle,
    public_key_of,
    read_bundle,
    read_key,
    write_key,
)
from forestall.exchange.archive import laid_out, members_of
from forestall.exchange.manifest import MOST_BYTES, is_plain_path
from tests.exchange.made_bundles import (
    OTHER,
    SECRET,
    a_bundle,
    laid_out_with,
    manifest_with,
    packed,
    practice_json,
    signed_again,
)

BUNDLE = a_bundle()
MEMBERS = members_of(BUNDLE)


def refused(read):
    with pytest.raises(InvalidBundle) as wrong:
        bundle_from(read)
    assert "\n" not in str(wrong.value)
    return str(wrong.value)


def test_what_is_packed_is_read_again_and_is_a_zip_file_for_all():
    found = bundle_from(BUNDLE)

    assert found.files["practice.json"] == practice_json()
    assert found.manifest.title == practice_record(example_practice())["title"]
    assert [(one.language, one.state) for one in found.manifest.translations] == [
        ("en", TranslationState.ORIGINAL),
        ("fr", TranslationState.PART),
    ]
    with zipfile.ZipFile(io.BytesIO(BUNDLE)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(MEMBERS)
    assert a_bundle() == BUNDLE


def test_every_byte_of_the_container_counts():
    inside = len(BUNDLE) - len(BUNDLE.partition(b"PK\1\2")[2])

    for at in [*range(1200), *range(inside - 60, len(BUNDLE))]:
        changed = bytearray(BUNDLE)
        changed[at] ^= 1
        refused(bytes(changed))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BUNDLE) - 1), st.integers(0, 7))
def test_a_bundle_with_any_bit_turned_is_refused(at, bit):
    changed = bytearray(BUNDLE)
    changed[at] ^= 1 << bit

    refused(bytes(changed))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_bit_turned_inside_a_file_is_found_though_the_rest_is_laid_out_anew(data):
    name = data.draw(st.sampled_from(list(MEMBERS)))
    changed = bytearray(MEMBERS[name])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    refused(laid_out_with(BUNDLE, **{name: bytes(changed)}))


def test_every_byte_of_manifest_and_signature_is_signed():
    for name in ("manifest.json", "manifest.sig"):
        for at in range(len(MEMBERS[name])):
            changed = bytearray(MEMBERS[name])
            changed[at] ^= 1
            refused(laid_out_with(BUNDLE, **{name: bytes(changed)}))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(BUNDLE) - 1))
def test_a_bundle_that_was_cut_short_is_refused(length):
    refused(BUNDLE[:length])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_refused_in_a_sentence(content, begins_like_one):
    refused((b"PK\3\4" if begins_like_one else b"") + content)


def test_bytes_after_the_end_are_refused():
    assert "laid out" in refused(BUNDLE + b"\0")


def test_files_more_or_fewer_are_refused():
    assert "does not name" in refused(laid_out_with(BUNDLE, **{"files/more.md": b"x"}))
    assert "does not name" in refused(laid_out_with(BUNDLE, **{"files/notes.md": None}))
    assert "does not begin" in refused(laid_out_with(BUNDLE, **{"manifest.sig": None}))


def test_the_same_name_twice_is_refused():
    members = [*MEMBERS.items(), ("files/practice.json", b"{}")]

    assert "same name twice" in refused(laid_out(members))


@pytest.mark.parametrize(
    "name", ["../key.pem", "/etc/passwd", "a/../../b.md", "C:evil.md", "a\\b.md"]
)
def test_paths_that_lead_elsewhere_are_refused_even_if_signed(name):
    assert not is_plain_path(name)
    files = [
        {"path": one.path, "sha256": one.sha256, "size": one.size}
        for one in bundle_from(BUNDLE).manifest.files
    ]
    manifest = manifest_with(BUNDLE, files=sorted([*files, {**files[0], "path": name}], key=str))
    assert "other signs" in refused(
        signed_again(BUNDLE, manifest, **{f"files/{name}": MEMBERS["files/notes.md"]})
    )
    with pytest.raises(InvalidBundle, match="other signs"):
        a_bundle({name: b"x"})


def test_a_link_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in MEMBERS.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            kind = stat.S_IFLNK if name == "files/notes.md" else stat.S_IFREG
            entry.external_attr = (kind | 0o644) << 16
            archive.writestr(entry, content)

    assert "holds links, comments or dates" in refused(made.getvalue())


def test_a_file_that_unpacks_to_more_than_it_is_is_never_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
        with archive.open("files/z.json", "w", force_zip64=True) as stream:
            for _ in range(200):
                stream.write(b" " * 1_000_000)
    assert len(made.getvalue()) < 1_000_000

    assert "compressed" in refused(made.getvalue())


def test_too_much_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "large.bundle.zip"
    with file.open("wb") as stream:
        stream.write(b"PK\3\4")
        stream.truncate(MOST_BYTES * 4)

    with pytest.raises(InvalidBundle, match="larger than 50 MB"):
        read_bundle(file)
    many = laid_out((f"files/f{number}.md", b"") for number in range(300))
    assert "more than 200 files" in refused(many)


def test_the_signature_of_another_key_is_refused():
    manifest = MEMBERS["manifest.json"]

    assert "not that of its key" in refused(signed_again(BUNDLE, manifest, secret=OTHER))
    other = manifest_with(BUNDLE, public_key=public_key_of(OTHER))
    assert "not that of its key" in refused(signed_again(BUNDLE, other, secret=SECRET))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 0}, "counted from 1"),
        ({"key": "A B"}, "key of a bundle"),
        ({"licence": " "}, "licence"),
        ({"publisher": ""}, "publisher"),
        ({"publisher": "A\u202eB"}, "publisher"),
        ({"title": {}}, "needs a title"),
        ({"format": 2}, "of format 2"),
        ({"kind": "recipe"}, "lacks something"),
        ({"kind": "plan"}, "lacks its main file plan.json"),
        ({"more": 1}, "not known"),
        ({"created": "today"}, "lacks something"),
        (
            {"translations": [{"language": "en", "state": "part", "texts": 2, "of": 1}]},
            "than it has",
        ),
    ],
)
def test_a_manifest_that_is_signed_but_faulty_is_refused(changes, said):
    assert said in refused(signed_again(BUNDLE, manifest_with(BUNDLE, **changes)))


def test_a_manifest_written_otherwise_is_refused_though_it_is_signed():
    loose = MEMBERS["manifest.json"].replace(b'{"created"', b'{ "created"')

    assert "the one way" in refused(signed_again(BUNDLE, loose))


def test_what_is_packed_is_what_is_read_and_keeps_its_own_title():
    made = packed(title={"en": "Another title"})
    read = bundle_from(made.content)

    assert (made.sha256, made.manifest) == (read.sha256, read.manifest)
    assert made.manifest.title == practice_record(example_practice())["title"]


def test_a_manifest_that_nobody_could_open_is_not_packed(monkeypatch):
    monkeypatch.setattr("forestall.exchange.manifest.MOST_OF_MANIFEST", 100)

    with pytest.raises(InvalidBundle, match="manifest of the bundle is too large"):
        packed()


def test_the_main_file_has_to_be_what_the_kind_says():
    with pytest.raises(InvalidBundle, match="no record of a practice"):
        a_bundle({"practice.json": b'{"kind": "recipe"}'})
    with pytest.raises(InvalidBundle, match=r"lacks its main file plan\.json"):
        a_bundle(kind=Kind.PLAN)


def test_packaged_evidence_can_be_exchanged(tmp_path):
    written = export_evidence(packaged_evidence(), tmp_path / "export", formats=("csv", "json"))
    main = next(file for file in written if file.name == "effects.csv")
    rest = [file for file in written if file != main]

    files = files_to_pack([main, *rest], kind=Kind.EVIDENCE)
    made = pack_bundle(
        files,
        kind=Kind.EVIDENCE,
        key="effects",
        version=1,
        publisher="Exampletown",
        licence="CC-BY-4.0",
        secret=SECRET,
        created=date(2026, 3, 2),
        title={"en": "Effects of studies"},
    )

    assert set(bundle_from(made.content).files) == set(files)


def test_a_secret_key_is_for_its_owner_only(tmp_path):
    file = tmp_path / "key.pem"
    public = write_key(file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert public_key_of(read_key(file)) == public
    file.chmod(0o644)
    with pytest.raises(InvalidBundle, match="Others can read"):
        read_key(file)
    file.chmod(0o600)
    file.write_bytes(b"nothing")
    with pytest.raises(InvalidBundle, match="no key that signs"):
        read_key(file)
