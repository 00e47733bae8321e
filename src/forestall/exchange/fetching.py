"""This file knows how a file is fetched over HTTPS: from the one host, in time, not too large."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from forestall.errors import InvalidBundle
from forestall.languages import message

if TYPE_CHECKING:
    import ssl
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO

SECONDS_OF_SILENCE = 20
SECONDS_IN_ALL = 300
_PIECE = 65_536


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
    """Return the bytes at a web address.

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
    check_address(address)
    host = urlsplit(address).netloc
    opener = urllib.request.build_opener(_SameHost, urllib.request.HTTPSHandler(context=trusting))
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
    except (OSError, ValueError, EOFError):
        raise InvalidBundle(
            message("{host} could not be reached over HTTPS, or broke off.", host=host)
        ) from None


def _read(answer: HTTPResponse, host: str, most_bytes: int) -> bytes:
    until = time.monotonic() + SECONDS_IN_ALL
    found = bytearray()
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > most_bytes:
            raise InvalidBundle(
                message("{host} sends more than {most} bytes.", host=host, most=most_bytes)
            )
        if time.monotonic() > until:
            raise InvalidBundle(
                message("{host} takes longer than {most} seconds.", host=host, most=SECONDS_IN_ALL)
            )
    if answer.length:  # fewer bytes came than were announced
        raise InvalidBundle(
            message("{host} could not be reached over HTTPS, or broke off.", host=host)
        )
    return bytes(found)
