"""Subscriptions bring in what is new and whole, name what was refused, and go nowhere else."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import BadStatusLine
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from forestall.cli.bundle_open import fetch as fetch_all
from forestall.errors import InvalidBundle
from forestall.exchange import (
    bring_in,
    fetching,
    imported,
    read_subscriptions,
    subscribe,
    write_index,
)
from forestall.exchange.fetching import check_address, fetch, fetch_public
from forestall.exchange.subscriptions import Withdrawn, read_index
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
    """Serve answers by path: bytes, where to send on to, or pieces that come slowly.

    Yield the address and what is asked.
    """
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer = answers.get(self.path.lstrip("/"))
            if isinstance(answer, tuple):
                with suppress(OSError):
                    for piece in answer:
                        self.wfile.write(piece)
                        time.sleep(0.02)
            elif isinstance(answer, bytes):
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


def test_a_folder_is_read_by_version_and_not_by_text(tmp_path, folder):
    for version in (10, 2):
        name = f"gates-v{version}.bundle.zip"
        (folder / name).write_bytes(a_bundle(version=version))

    found = bring_in(str(folder), tmp_path / "library", now=NOW)

    assert [one.folder.name for _, one in found.opened] == ["v1", "v2", "v10", "v1"]
    assert found.here == 0


def test_a_bundle_that_cannot_be_read_is_named(tmp_path, folder, monkeypatch):
    usual = type(folder).open

    def broken(self, *given, **named):
        if self.name == "gates-v1.bundle.zip":
            raise OSError(5, "Input/output error")
        return usual(self, *given, **named)

    monkeypatch.setattr(type(folder), "open", broken)
    found = bring_in(str(folder), tmp_path / "library", now=NOW)

    assert [one.name for one in found.refused] == ["gates-v1.bundle.zip"]
    assert len(found.opened) == 1


def test_an_answer_that_is_no_http_is_one_sentence(certificate, monkeypatch):
    def broken(*_, **__):
        raise BadStatusLine("nonsense")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", broken)
    with pytest.raises(InvalidBundle, match="broke off"):
        fetch("https://city.example/", most_bytes=10)


def test_a_server_fetches_from_inside_the_network_only_where_it_is_allowed(folder, certificate):
    trusting = ssl.create_default_context(cafile=str(certificate))
    with served(certificate, answers_of(folder)) as (address, asked):
        with pytest.raises(InvalidBundle, match="inside a private network"):
            fetch_public(address, most_bytes=5000, trusting=trusting)
        assert asked == []
        allowed = frozenset({"127.0.0.1"})
        read = fetch_public(address, most_bytes=5000, trusting=trusting, private=allowed)

    assert b"gates-v1.bundle.zip" in read


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
@pytest.mark.parametrize(
    "way", [fetch, partial(fetch_public, private=frozenset({"127.0.0.1"}))], ids=["own", "public"]
)
def test_headers_and_body_have_to_come_in_one_time(certificate, monkeypatch, before, way):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.15)
    trusting = ssl.create_default_context(cafile=str(certificate))
    slowly = {"index.json": (before, *[b"a"] * 40)}
    with served(certificate, slowly) as (address, _):
        began = time.monotonic()
        with pytest.raises(InvalidBundle, match="takes longer than"):
            way(address, most_bytes=5000, trusting=trusting)
        assert time.monotonic() - began < 0.6


def test_the_address_that_was_looked_at_is_the_one_that_is_used(monkeypatch):
    """A name that leads inside at the second look leads nowhere."""
    places = iter(["93.184.215.14", "127.0.0.1"])
    went = []

    def looked_up(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(places), port))]

    def connected(_self, place):
        went.append(place[0])
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket.socket, "connect", connected)
    with pytest.raises(InvalidBundle, match="could not be reached"):
        fetch_public("https://city.example/index.json", most_bytes=10)

    assert went == ["93.184.215.14"]


def test_what_was_taken_back_stands_in_the_index(folder):
    taken = Withdrawn(public_key="00", key="gates", version=1, on=NOW.date(), reason="A mistake.")

    write_index(folder, withdrawn=[taken])

    read = (folder / "index.json").read_bytes()
    index = read_index("https://x.example/", fetching=lambda address, **_: read)
    assert index.withdrawn == (taken,)


def test_one_source_that_is_away_does_not_stop_the_others(tmp_path, folder, capsys):
    library = tmp_path / "library"
    subscribe(str(tmp_path / "away"), library)
    subscribe(str(folder), library)

    with pytest.raises(InvalidBundle, match="1 source could not be read"):
        fetch_all(library=library)

    assert "There is no folder “away”." in capsys.readouterr().out
    assert len(imported(library)) == 2


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
