"""The log says what happened and who asked by a key, and nothing that somebody wrote."""

from __future__ import annotations

import json
import logging
from multiprocessing.dummy import Pool

import pytest

from forestall.web.operations.journal import JsonLines, Seldom, SharedFile
from forestall.web.organisations.roles import Role

PERSONAL = ("Example", "ana@", "High Street", "token-value", "secret words")


@pytest.fixture
def log(tmp_path):
    """What is written to the log during a test, line by line."""
    handler = SharedFile(str(tmp_path / "logs" / "workspace.jsonl"))
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("forestall", "django", "")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: handler.path.read_text(encoding="utf-8").splitlines()
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_request_is_one_line_with_its_route_and_a_key(client, people, log):
    client.force_login(people[Role.READER])
    client.get("/plans/?q=Example")

    line = json.loads(log()[-1])

    assert (line["method"], line["route"], line["status"]) == ("GET", "plans", 200)
    assert line["person"] == people[Role.READER].key
    assert line["ms"] > 0
    assert set(line) == {
        "time", "level", "logger", "event", "method", "route", "status", "ms", "person",
    }  # fmt: skip


@pytest.mark.urls("tests.web.operations.failing_urls")
def test_a_request_that_fails_logs_no_personal_value(client, people, log):
    client.force_login(people[Role.READER])
    client.raise_request_exception = False

    answer = client.post(
        "/fail/Ana Example/?q=High Street",
        {"text": "secret words"},
        headers={"User-Agent": "token-value", "Referer": "https://x.example/ana@example.org"},
    )

    assert answer.status_code == 500
    written = "\n".join(log())
    assert not [word for word in PERSONAL if word in written]
    failure = next(line for line in map(json.loads, log()) if line["logger"] == "django.request")
    assert failure["error"] == "ValueError"
    assert failure["at"].startswith("tests.web.operations.failing_urls.fail:")


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/invited/token-value/"),
        lambda client: client.get("/nowhere/Example/"),
        lambda client: client.get("/", headers={"Host": "token-value.example"}),
        lambda client: client.post(
            "/account/login/", {"login": "ana@example.org", "password": "x"}
        ),
        lambda client: client.generic("Example", "/"),
    ],
)
def test_what_is_refused_logs_no_personal_value(client, db, log, ask):
    ask(client)

    written = "\n".join(log())
    assert written
    assert not [word for word in PERSONAL if word in written]


def test_a_name_that_is_not_ours_is_one_line_a_minute(
    client, transactional_db, settings, tmp_path, monkeypatch
):
    logger = logging.getLogger("django.security.DisallowedHost")
    assert any(isinstance(one, Seldom) for one in logger.filters)
    # One of its own: that of the process may have let an event of another test pass just now.
    seldom = Seldom()
    monkeypatch.setattr(logger, "filters", [seldom])
    handler = SharedFile(str(tmp_path / "workspace.jsonl"))
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    try:
        for _ in range(50):
            answer = client.get("/", headers={"Host": "token-value.example"})
        seldom._passed -= 60
        client.get("/", headers={"Host": "token-value.example"})
    finally:
        logger.removeHandler(handler)

    first, second = map(json.loads, handler.path.read_text(encoding="utf-8").splitlines())
    assert answer.status_code == 400
    assert (first["level"], first["times"], second["times"]) == ("warning", 1, 50)
    assert "at" not in first
    assert "token-value" not in handler.path.read_text(encoding="utf-8")


def test_an_error_of_a_library_is_logged_without_its_text(log):
    try:
        raise KeyError("ana@example.org")
    except KeyError:
        logging.getLogger("library").exception("For %s of High Street", "Ana Example")

    line = json.loads(log()[-1])

    assert line["error"] == "KeyError"
    assert "event" not in line
    assert not [word for word in PERSONAL if word in log()[-1]]


def test_many_writers_lose_no_line_and_the_file_stays_small(tmp_path):
    """Each writer has a handler of its own, as processes have."""

    def write(writer):
        handler = SharedFile(str(tmp_path / "a.jsonl"), most_bytes=20_000, kept=9)
        handler.setFormatter(logging.Formatter("%(message)s"))
        for number in range(200):
            handler.emit(logging.makeLogRecord({"msg": f"{writer} {number} " + "." * 50}))

    with Pool(4) as pool:
        pool.map(write, range(4))

    files = list(tmp_path.glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    assert len({line.rstrip(".") for line in lines}) == len(lines) == 800
    assert all(file.stat().st_size <= 20_000 for file in files)


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    handler = SharedFile(str(tmp_path / "file" / "a.jsonl"))

    handler.emit(logging.makeLogRecord({"msg": "secret words"}))

    assert capsys.readouterr().err == "forestall: the log cannot be written.\n"
