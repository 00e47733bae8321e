"""Subscriptions bring in what is new and whole, name what was refused, and go nowhere else."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from forestall.errors import InvalidBundle
from forestall.exchange import (
    bring_in,
    imported,
    read_subscriptions,
    subscribe,
    write_index,
)
from forestall.exchange.fetching import check_address
from tests.exchange.made_bundles import OTHER, a_bundle

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    there = tmp_path / "shared"
    there.mkdir()
    (there / "gates-v1.bundle.zip").write_bytes(a_bundle())
    (there / "lights-v1.bundle.zip").write_bytes(a_bundle(key="lights"))
    return there


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return a certificate of this machine, as one file with its key."""
    secret, name = ec.generate_private_key(ec.SECP256R1()), [("common", "127.0.0.1")]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[0][1])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(secret, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    file.write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@contextmanager
def served(certificate, answers):
    """Serve answers by path, bytes or where to send on to; yield the address and what is asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer = answers.get(self.path.lstrip("/"))
            if isinstance(answer, bytes):
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            else:
                self.send_response(302 if answer else 404)
                self.send_header("Location", answer or "")
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/index.json", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answers_of(folder):
    write_index(folder)
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def test_a_folder_brings_what_is_new_once(tmp_path, folder):
    library = tmp_path / "library"

    first = bring_in(str(folder), library, now=NOW)
    again = bring_in(str(folder), library, now=NOW)

    assert [name for name, _ in first.opened] == ["gates-v1.bundle.zip", "lights-v1.bundle.zip"]
    assert (again.opened, again.here, again.refused) == ((), 2, ())


def test_what_was_tampered_with_is_named_and_the_rest_comes_in(tmp_path, folder):
    bad = bytearray(a_bundle(key="bad"))
    bad[400] ^= 1
    (folder / "bad.bundle.zip").write_bytes(bad)
    (folder / "thief.bundle.zip").write_bytes(a_bundle(key="x", secret=OTHER))

    found = bring_in(str(folder), tmp_path / "library", now=NOW)

    assert len(found.opened) == 2
    assert [one.name for one in found.refused] == ["bad.bundle.zip", "thief.bundle.zip"]
    assert "is known here since" in str(found.refused[1].said)


def test_an_address_brings_what_is_new_and_fetches_nothing_twice(tmp_path, folder, certificate):
    library = tmp_path / "library"
    trusting = ssl.create_default_context(cafile=str(certificate))
    with served(certificate, answers_of(folder)) as (address, asked):
        first = bring_in(address, library, now=NOW, trusting=trusting)
        again = bring_in(address, library, now=NOW, trusting=trusting)

    assert len(first.opened) == 2
    assert (again.opened, again.here) == ((), 2)
    assert asked == [
        "/index.json",
        "/gates-v1.bundle.zip",
        "/lights-v1.bundle.zip",
        "/index.json",
    ]
    assert imported(library)[0].source == address.replace("index.json", "gates-v1.bundle.zip")


def test_a_host_that_is_not_vouched_for_is_refused(tmp_path, folder, certificate):
    with (
        served(certificate, answers_of(folder)) as (address, asked),
        pytest.raises(InvalidBundle, match="could not be reached over HTTPS"),
    ):
        bring_in(address, tmp_path / "library", now=NOW)
    assert asked == []


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/index.json", "http://127.0.0.1/x", "file:///etc/passwd"]
)
def test_nothing_leads_to_another_host(tmp_path, certificate, to):
    trusting = ssl.create_default_context(cafile=str(certificate))
    with (
        served(certificate, {"index.json": to}) as (address, _),
        pytest.raises(InvalidBundle, match=r"another host|status 302"),
    ):
        bring_in(address, tmp_path / "library", now=NOW, trusting=trusting)


def test_a_bundle_that_is_another_or_missing_is_named(tmp_path, folder, certificate):
    answers = answers_of(folder)
    answers["gates-v1.bundle.zip"] = a_bundle(version=2)
    del answers["lights-v1.bundle.zip"]
    trusting = ssl.create_default_context(cafile=str(certificate))
    with served(certificate, answers) as (address, _):
        found = bring_in(address, tmp_path / "library", now=NOW, trusting=trusting)

    assert found.opened == ()
    assert [str(one.said).split()[-1] for one in found.refused] == ["announces.", "404."]


def test_more_than_was_announced_is_not_read(tmp_path, folder, certificate):
    answers = answers_of(folder)
    answers["gates-v1.bundle.zip"] += b"\0" * 1_000_000
    trusting = ssl.create_default_context(cafile=str(certificate))
    with served(certificate, answers) as (address, _):
        found = bring_in(address, tmp_path / "library", now=NOW, trusting=trusting)

    assert [one.name for one in found.refused] == ["gates-v1.bundle.zip"]
    assert "sends more than" in str(found.refused[0].said)


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (b"{", "no JSON"),
        (b'{"bundles": 3}', "no index of bundles"),
        (
            b'{"bundles": [{"name": "../x", "sha256": "", "size": 1, "public_key": "a", '
            b'"key": "b", "version": 1}]}',
            "cannot lie beside it",
        ),
        (
            b'{"bundles": [{"name": "x", "sha256": "", "size": 1, "public_key": "a", '
            b'"key": "../b", "version": 1}]}',
            "cannot lie beside it",
        ),
    ],
)
def test_a_faulty_index_is_refused(tmp_path, certificate, index, said):
    trusting = ssl.create_default_context(cafile=str(certificate))
    with (
        served(certificate, {"index.json": index}) as (address, _),
        pytest.raises(InvalidBundle, match=said),
    ):
        bring_in(address, tmp_path / "library", now=NOW, trusting=trusting)


@pytest.mark.parametrize(
    "address",
    [
        "http://city.example/index.json",
        "ftp://city.example/x",
        "file:///etc/passwd",
        "https://user:secret@city.example/",
        "https://",
        "https://city.example:port/",
        "https://city.example/a b",
        "https://city.example/\r\nHost: x",
    ],
)
def test_other_addresses_are_refused_without_repeating_them(address):
    with pytest.raises(InvalidBundle) as refused:
        check_address(address)
    assert "secret" not in str(refused.value)


def test_subscriptions_are_remembered_once(tmp_path, folder):
    library = tmp_path / "library"

    subscribe(str(folder), library)
    subscribe(str(folder), library)
    subscribe("https://city.example:8443/index.json", library)

    assert read_subscriptions(library) == (str(folder), "https://city.example:8443/index.json")
    with pytest.raises(InvalidBundle, match="begins with https"):
        subscribe("http://city.example/", library)
    with pytest.raises(InvalidBundle, match="There is no folder"):
        bring_in(str(tmp_path / "none"), library, now=NOW)
