"""This file knows how a workspace is set up: its folder, its database, its addresses.

Everything has a value that works on one machine; each can be replaced by an environment variable.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from forestall.errors import InvalidConfiguration

if TYPE_CHECKING:
    from collections.abc import Mapping

# The combination that was measured: WAL, one connection kept by each thread, writers that queue
# up front. Never mmap_size: with it, files were damaged under load.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-20000;"
    "PRAGMA journal_size_limit=67108864"
)


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """How one workspace is set up.

    Attributes
    ----------
    home
        Folder of the workspace: database, key, files of users, published pages.
    database_url
        ``postgresql://user:password@host:port/name``; empty for SQLite in the folder.
    hosts
        Names under which the workspace answers.
    secure
        Whether it is reached by https only.
    mail_url
        ``smtp://user:password@host:port``; empty to write mails into the folder.
    mail_from
        Address that mails come from: that of an office.
    oidc
        Issuer, client and secret of an OpenID Connect provider; None without one.
    inbox
        Folder on the server from which files can be imported, without an upload; None for none.
    most_upload_mb
        Largest file that can be uploaded, and what an archive may hold unpacked, in MB (10^6).
    exchange_hosts
        Names of hosts inside the network from which bundles may be fetched.
    """

    home: Path
    database_url: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    secure: bool = False
    mail_url: str = ""
    mail_from: str = "forestall@localhost"
    oidc: tuple[str, str, str] | None = None
    inbox: Path | None = None
    most_upload_mb: int = 4000
    exchange_hosts: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Configuration:
        """Read the environment variables FORESTALL_HOME, DATABASE_URL and so on.

        Raises
        ------
        InvalidConfiguration
            If the provider of sign-in is given in part only, or the largest upload is no number.

        Examples
        --------
        >>> Configuration.from_environment({"FORESTALL_HOME": "city"}).home.as_posix()
        'city'
        """
        issuer, client, secret = (
            environ.get(f"FORESTALL_OIDC_{name}", "") for name in ("ISSUER", "CLIENT", "SECRET")
        )
        if any((issuer, client, secret)) and not all((issuer, client, secret)):
            raise InvalidConfiguration(
                "Sign-in by OpenID Connect needs FORESTALL_OIDC_ISSUER, FORESTALL_OIDC_CLIENT and "
                "FORESTALL_OIDC_SECRET; at least one of them is missing."
            )
        more_hosts = tuple(filter(None, environ.get("FORESTALL_HOSTS", "").split(",")))
        return cls(
            home=Path(environ.get("FORESTALL_HOME") or "workspace"),
            database_url=environ.get("DATABASE_URL", ""),
            hosts=(*cls.hosts, *more_hosts),
            secure=environ.get("FORESTALL_HTTPS", "") not in ("", "0", "no"),
            mail_url=environ.get("FORESTALL_MAIL_URL", ""),
            mail_from=environ.get("FORESTALL_MAIL_FROM") or cls.mail_from,
            oidc=(issuer, client, secret) if issuer else None,
            inbox=Path(environ["FORESTALL_INBOX"]) if environ.get("FORESTALL_INBOX") else None,
            most_upload_mb=_most_upload(environ.get("FORESTALL_UPLOAD_MB", "")),
            exchange_hosts=_names(environ.get("FORESTALL_EXCHANGE_HOSTS", "")),
        )

    @property
    def database(self) -> dict[str, Any]:
        """Return what Django needs to reach the database.

        Raises
        ------
        InvalidConfiguration
            If the address of the database is not understood; it is not repeated, because it can
            hold a password.
        """
        return _postgresql(self.database_url) if self.database_url else _sqlite(self.home)

    @property
    def provider_origins(self) -> tuple[str, ...]:
        """Return where the provider of sign-in is, without a path; empty without one.

        Examples
        --------
        >>> oidc = ("https://id.example.org/realms/city", "forestall", "secret")
        >>> Configuration(home=Path(), oidc=oidc).provider_origins
        ('https://id.example.org',)
        """
        if self.oidc is None:
            return ()
        parts = urlsplit(self.oidc[0])
        return (f"{parts.scheme}://{parts.netloc}",)

    @property
    def mail(self) -> dict[str, Any]:
        """Return the settings of Django for mail: a server, or files in the folder.

        Raises
        ------
        InvalidConfiguration
            If the address of the server is not understood; it is not repeated, because it can hold
            a password.

        Examples
        --------
        >>> city = Configuration(home=Path("city"), mail_url="smtps://office:x@mail.example.org")
        >>> city.mail["EMAIL_HOST"], city.mail["EMAIL_PORT"], city.mail["EMAIL_USE_SSL"]
        ('mail.example.org', 465, True)
        """
        if not self.mail_url:
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": self.home.resolve() / "mails",
            }
        return _smtp(self.mail_url)

    def secret_key(self) -> str:
        """Return the key that signs cookies: from the environment, else a file that is kept."""
        given = os.environ.get("FORESTALL_SECRET_KEY")
        if given:
            return given
        file = self.home / "secret.key"
        if not file.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            with open(file, "x", opener=_for_the_owner_only, encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(50))
        return file.read_text(encoding="ascii")


def _names(given: str) -> tuple[str, ...]:
    return tuple(one.strip().casefold() for one in given.split(",") if one.strip())


def _most_upload(given: str) -> int:
    if not given:
        return Configuration.most_upload_mb
    if not (given.isascii() and given.isdigit()) or int(given) == 0:
        raise InvalidConfiguration("FORESTALL_UPLOAD_MB needs a whole number of MB, such as 4000.")
    return int(given)


def _for_the_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "workspace.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_PRAGMAS,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    wrong = InvalidConfiguration(
        "DATABASE_URL needs the form postgresql://user:password@host:port/name."
    )
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise wrong
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _smtp(url: str) -> dict[str, Any]:
    wrong = InvalidConfiguration(
        "FORESTALL_MAIL_URL needs the form smtp://user:password@host:port, or smtps://…"
    )
    try:
        parts = urlsplit(url)
        is_smtps = parts.scheme == "smtps"
        port = parts.port or (465 if is_smtps else 587)
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise wrong
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_smtps,
        # A password never goes over an open line.
        "EMAIL_USE_TLS": not is_smtps and bool(parts.username),
        "EMAIL_TIMEOUT": 10,
    }
