"""What the environment says is understood, or refused without repeating a password."""

from __future__ import annotations

import pytest

from forestall.errors import InvalidConfiguration
from forestall.web.configuration import Configuration


def configuration(**environ):
    return Configuration.from_environment(environ)


def test_a_database_is_read_from_its_address():
    database = configuration(
        DATABASE_URL="postgresql://office:p%40ss@db.example:5433/plans?sslmode=require"
    ).database

    assert (database["USER"], database["PASSWORD"]) == ("office", "p@ss")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "plans")
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_without_an_address_it_is_sqlite_that_was_never_damaged():
    database = configuration(FORESTALL_HOME="city").database

    assert "mmap_size" not in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": "mysql://office:hidden@db/plans"},
        {"DATABASE_URL": "postgresql://office:hidden@db:many/plans"},
        {"DATABASE_URL": "postgresql://office:hidden@db"},
    ],
)
def test_an_address_of_a_database_that_is_wrong_is_refused(environ):
    with pytest.raises(InvalidConfiguration, match="DATABASE_URL needs") as refusal:
        assert configuration(**environ).database
    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://office:hidden@mail.example.org", 587, True),
        ("smtp://mail.example.org:25", 25, False),
        ("smtps://office:hidden@mail.example.org", 465, False),
    ],
)
def test_mail_goes_by_the_server_that_is_named(url, port, tls):
    mail = configuration(FORESTALL_MAIL_URL=url).mail

    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.org", port)
    assert mail["EMAIL_USE_TLS"] is tls


@pytest.mark.parametrize("url", ["mail.example.org", "http://x:hidden@y", "smtp://x:hidden@y:z"])
def test_a_mail_server_that_is_wrong_is_refused(url):
    with pytest.raises(InvalidConfiguration, match="FORESTALL_MAIL_URL needs") as refusal:
        assert configuration(FORESTALL_MAIL_URL=url).mail
    assert "hidden" not in str(refusal.value)


def test_half_a_provider_of_sign_in_is_refused():
    with pytest.raises(InvalidConfiguration, match="at least one of them is missing"):
        configuration(FORESTALL_OIDC_ISSUER="https://id.example.org")
