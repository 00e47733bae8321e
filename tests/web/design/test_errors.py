"""What did not work is told on a page: what happened, what is safe, what to do."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import path

from forestall.languages import use_language
from forestall.web.design import errors
from forestall.web.urls import handler400, handler403, handler404, handler429, handler500
from forestall.web.urls import urlpatterns as of_the_workspace


def broken(request):
    raise RuntimeError("something of a person")


def refused(request):
    raise PermissionDenied


def unreadable(request):
    raise SuspiciousOperation


urlpatterns = [
    *of_the_workspace,
    path("broken/", broken),
    path("refused/", refused),
    path("unreadable/", unreadable),
]
__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/unreadable/", 400, "This request cannot be read"),
        ("/refused/", 403, "Not for your role"),
        ("/no-such-page/", 404, "There is no such page"),
        ("/broken/", 500, "Something went wrong here"),
    ],
)
def test_an_error_is_told_on_a_page_of_ours(db, settings, address, status, title):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)

    answer = client.get(address)

    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert "something of a person" not in answer.text


def test_a_broken_database_does_not_break_the_page_that_says_so(settings):
    """Without the fixture of the database, a question to it would be an error."""
    answer = errors.broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "What was saved before is safe" in answer.content.decode()


def test_a_form_that_was_open_too_long_is_explained(db):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/language/", {"language": "fr"})

    assert answer.status_code == 403
    assert "nothing of the form was saved" in answer.text


@pytest.fixture
def counted_anew():
    """Attempts are counted in the cache, which tests share."""
    cache.clear()
    yield
    cache.clear()


def test_too_many_attempts_are_explained(client, people, counted_anew):
    for _ in range(25):
        answer = client.post("/account/password/reset/", {"email": "a@example.org"})

    assert answer.status_code == 429
    assert "Too many attempts" in answer.text


def test_the_page_of_an_error_is_in_the_language_in_force():
    with use_language("ar"):
        answer = errors.broken(RequestFactory().get("/"))

    assert '<html lang="ar" dir="rtl">' in answer.content.decode()
