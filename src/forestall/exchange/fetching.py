"""This file knows how a file is fetched over HTTPS: from the one host, in time, not too large."""

from __future__ import annotations

import io
import socket
import ssl
import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from forestall.errors import InvalidBundle
from forestall.languages import message

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

SECONDS_OF_SILENCE = 20
SECONDS_IN_ALL = 300
_PIECE = 65_536
_TRANSLATED = IPv6Network("64:ff9b::/96")
# Of the sixth version only these lead out; what else is global lies inside some network (RFC 4291).
_OUTSIDE = IPv6Network("2000::/3")
# For protocols, for documents, and for relays into networks inside (the registries of special
# addresses of IANA): not in every list of the interpreter, and single ones of them are global.
_NOWHERE = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows to the same host over HTTPS, and nowhere else."""

    def redirect_request(  # noqa: PLR0917 - the library calls it so
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the next request."""
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if (after.scheme, after.netloc) != (before.scheme, before.netloc):
            raise InvalidBundle(
                message("{host} sends on to another host, which is not followed.", host=req.host)
            )
        fp.close()  # the library would read the page that stands beside, however long it is
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_address(address: str) -> None:
    """Make sure that a web address can be fetched: HTTPS, a host, no name or password in it.

    Raises
    ------
    InvalidBundle
        If it cannot.

    Examples
    --------
    >>> check_address("http://city.example/index.json")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: A subscription needs a folder or an address that begins with
    https://, without a name or password in it.
    """
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
        plain = plain and parts.port != 0  # no number at all is a ValueError
    except ValueError:
        plain = False
    if not plain or not address.isprintable() or " " in address:
        raise InvalidBundle(
            message(
                "A subscription needs a folder or an address that begins with https://, without a "
                "name or password in it."
            )
        )


def fetch(address: str, *, most_bytes: int, trusting: ssl.SSLContext | None = None) -> bytes:
    """Return the bytes at a web address, wherever it is: for who works on their own machine.

    Parameters
    ----------
    most_bytes
        More than these are not read.
    trusting
        Which authorities vouch for hosts; those of the system if none is given.

    Raises
    ------
    InvalidBundle
        If the host does not answer, answers too slowly or with too much, or sends on elsewhere.
    """
    until = _Until()
    handler = _Handler(until, trusting or ssl.create_default_context())
    return _fetched(address, most_bytes, until, urllib.request.build_opener(_SameHost, handler))


def fetch_public(
    address: str,
    *,
    most_bytes: int,
    private: frozenset[str] = frozenset(),
    trusting: ssl.SSLContext | None = None,
) -> bytes:
    """Return the bytes at a web address on the internet: for a server that others tell where to go.

    Names are looked up once, and the address that was looked at is the one that is connected to.
    No proxy is used.

    Parameters
    ----------
    private
        Names of hosts that may be inside the network of the city.
    most_bytes, trusting
        As in `fetch`.

    Raises
    ------
    InvalidBundle
        As `fetch`, or if the host is inside a network and not among those that may be.

    Examples
    --------
    >>> fetch_public("https://127.0.0.1/index.json", most_bytes=10)
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: 127.0.0.1 is inside a private network, which is not allowed
    here.
    """
    until = _Until()
    handler = _PublicHandler(until, trusting or ssl.create_default_context(), private)
    opener = urllib.request.build_opener(_SameHost, urllib.request.ProxyHandler({}), handler)
    return _fetched(address, most_bytes, until, opener)


class _Until:
    """The moment at which everything has to be there: connection, headers and body together."""

    def __init__(self) -> None:
        self._moment = time.monotonic() + SECONDS_IN_ALL

    @property
    def is_over(self) -> bool:
        """Return whether it has passed."""
        return time.monotonic() >= self._moment

    def seconds(self) -> float:
        """Return how long the next silence may last; it is a TimeoutError if no time is left."""
        if self.is_over:
            raise TimeoutError
        return max(0.001, min(SECONDS_OF_SILENCE, self._moment - time.monotonic()))


class _TimedReading(io.RawIOBase):
    """What a host sends, each piece in the time that is left."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, until: _Until) -> None:
        super().__init__()
        self._raw, self._sock, self._until = raw, sock, until

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read the next piece."""
        self._sock.settimeout(self._until.seconds())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let the connection go."""
        self._raw.close()
        super().close()


def _timed(until: _Until) -> type[HTTPResponse]:
    class Timed(HTTPResponse):
        def __init__(self, sock: socket.socket, *given: Any, **named: Any) -> None:
            super().__init__(sock, *given, **named)
            self.fp = io.BufferedReader(_TimedReading(self.fp.detach(), sock, until))

    return Timed


class _Handler(urllib.request.HTTPSHandler):
    """Opens connections that end in time."""

    def __init__(self, until: _Until, trusting: ssl.SSLContext) -> None:
        super().__init__(context=trusting)
        self._until, self._trusting = until, trusting

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Return the answer to a request."""

        def connection(host: str, **options: Any) -> HTTPSConnection:
            made = self.connection(host, timeout=min(options["timeout"], self._until.seconds()))
            made.response_class = _timed(self._until)
            return made

        return self.do_open(connection, req)

    def connection(self, host: str, *, timeout: float) -> HTTPSConnection:
        """Return a connection that is not open yet."""
        return HTTPSConnection(host, timeout=timeout, context=self._trusting)


class _PublicHandler(_Handler):
    """Opens connections to hosts on the internet, and to those that are allowed."""

    def __init__(self, until: _Until, trusting: ssl.SSLContext, private: frozenset[str]) -> None:
        super().__init__(until, trusting)
        self._private = private

    def connection(self, host: str, *, timeout: float) -> HTTPSConnection:
        """Return a connection that is not open yet."""
        made = _PublicConnection(host, timeout=timeout, context=self._trusting)
        made.allowed, made.trusting, made.until = self._private, self._trusting, self._until
        return made


class _PublicConnection(HTTPSConnection):
    """A connection to an address that was looked at before."""

    allowed: frozenset[str]
    trusting: ssl.SSLContext
    until: _Until

    def connect(self) -> None:
        """Connect to the first address of the host that answers."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        if self.host.casefold() not in self.allowed and not all(
            is_public(one[4][0]) for one in found
        ):
            raise InvalidBundle(
                message(
                    "{host} is inside a private network, which is not allowed here.",
                    host=self.host,
                )
            )
        for left, (kind, _, _, _, place) in zip(range(len(found) - 1, -1, -1), found, strict=True):
            plain = socket.socket(kind, socket.SOCK_STREAM)
            try:
                plain.settimeout(self.until.seconds())
                plain.connect(place)
                plain.settimeout(self.until.seconds())
                self.sock = self.trusting.wrap_socket(plain, server_hostname=self.host)
            except OSError:
                plain.close()
                if not left:
                    raise
            else:
                return


def is_public(address: str | int) -> bool:
    """Say whether an IP address is one of the internet, and of no network inside.

    Examples
    --------
    >>> [is_public(one) for one in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "::1")]
    [True, False, False, False]
    >>> [is_public(one) for one in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1%eth0", "x")]
    [False, False, False, False]
    >>> [is_public(one) for one in ("64:ff9b:1::1", "::ffff:0:808:808", "fec0::1", "192.0.0.8")]
    [False, False, False, False]
    """
    try:
        found = ip_address(str(address).partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inside = _inside(found)
        if inside:
            return all(is_public(str(one)) for one in inside)
        if found not in _OUTSIDE:
            return False
    elsewhere = any(found in one for one in _NOWHERE)
    return found.is_global and not found.is_multicast and not elsewhere


def _inside(found: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the addresses of the fourth version that one of the sixth is written with."""
    if found in _TRANSLATED:
        return (IPv4Address(int(found) & 0xFFFFFFFF),)
    if found.teredo:
        return found.teredo
    one = found.ipv4_mapped or found.sixtofour
    return (one,) if one else ()


def _fetched(
    address: str, most_bytes: int, until: _Until, opener: urllib.request.OpenerDirector
) -> bytes:
    check_address(address)
    host = urlsplit(address).netloc
    request = urllib.request.Request(  # noqa: S310 - the address begins with https://
        address, headers={"Accept-Encoding": "identity", "User-Agent": "forestall"}
    )
    try:
        with opener.open(request, timeout=SECONDS_OF_SILENCE) as answer:
            return _read(answer, host, most_bytes)
    except urllib.error.HTTPError as wrong:
        wrong.close()
        raise InvalidBundle(
            message("{host} answered with status {status}.", host=host, status=wrong.code)
        ) from None
    except (OSError, ValueError, EOFError, HTTPException):
        if until.is_over:
            raise InvalidBundle(
                message("{host} takes longer than {most} seconds.", host=host, most=SECONDS_IN_ALL)
            ) from None
        raise InvalidBundle(
            message("{host} could not be reached over HTTPS, or broke off.", host=host)
        ) from None


def _read(answer: HTTPResponse, host: str, most_bytes: int) -> bytes:
    found = bytearray()
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > most_bytes:
            raise InvalidBundle(
                message("{host} sends more than {most} bytes.", host=host, most=most_bytes)
            )
    if answer.length:  # fewer bytes came than were announced
        raise InvalidBundle(
            message("{host} could not be reached over HTTPS, or broke off.", host=host)
        )
    return bytes(found)
