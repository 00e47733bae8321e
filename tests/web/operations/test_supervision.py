"""The processes of a workspace: they run, come back when they die, and stop together."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from forestall.errors import InvalidConfiguration
from forestall.web.operations import supervision
from forestall.web.operations.home import held_home, prepare_home, worker_key
from forestall.web.operations.supervision import (
    Child,
    check_port,
    stopped_by_signals,
    supervise,
    wait_until_answering,
)

if TYPE_CHECKING:
    from forestall.languages import Message

SLEEPS = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-S",
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); "
    "time.sleep(60)",
]
ENDS = [sys.executable, "-S", "-c", ""]


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(supervision, "_TICK_SECONDS", 0.02)


def number_of(child):
    assert child.process is not None
    return child.process.pid


def test_a_child_that_died_comes_back_and_it_is_said():
    child, stop = Child("worker", SLEEPS), threading.Event()
    told: list[str] = []
    first: list[int] = []

    def tell(sentence):
        told.append(str(sentence))
        stop.set()

    def kill():
        first.append(number_of(child))
        os.kill(first[0], signal.SIGKILL)

    supervise([child], stop=stop, told=tell, started=kill)

    assert told == ["The worker ended unexpectedly; it was started again."]
    assert number_of(child) != first[0]
    assert not child.is_running()


def test_a_child_that_ends_again_and_again_stops_the_others_too():
    good = Child("server", SLEEPS)

    with pytest.raises(InvalidConfiguration, match="worker ended 5 times"):
        supervise([good, Child("worker", ENDS)], stop=threading.Event(), told=lambda one: None)

    assert not good.is_running()


def test_a_child_that_does_not_stop_in_time_is_cut_off_and_it_is_said(monkeypatch):
    monkeypatch.setattr(supervision, "PATIENCE_SECONDS", 0.1)
    child, stop = Child("worker", DEAF), threading.Event()
    told: list[Message] = []

    def once_deaf():
        time.sleep(0.5)
        stop.set()

    supervise([child], stop=stop, told=told.append, started=once_deaf)

    assert "goes on at the next start" in str(told[0])
    assert not child.is_running()


def test_a_signal_stops_and_the_handlers_come_back():
    before = signal.getsignal(signal.SIGTERM)

    with stopped_by_signals() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(2)

    assert signal.getsignal(signal.SIGTERM) is before


def test_a_port_in_use_is_said_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(InvalidConfiguration, match=f"port {port}: it is in use"):
            check_port("127.0.0.1", port)
        assert wait_until_answering("127.0.0.1", port, stop=threading.Event())
    check_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("192.0.2.1", 8000)])
def test_an_address_of_no_machine_is_refused(host, port):
    with pytest.raises(InvalidConfiguration, match="Choose another"):
        check_port(host, port)


def test_a_folder_inside_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InvalidConfiguration, match="cannot be made or written to"):
        prepare_home(tmp_path / "file" / "home")


def test_one_folder_has_one_server(tmp_path):
    prepare_home(tmp_path / "home")

    with (
        held_home(tmp_path / "home"),
        pytest.raises(InvalidConfiguration, match="running already"),
        held_home(tmp_path / "home"),
    ):
        pass
    with held_home(tmp_path / "home"):
        assert worker_key(tmp_path / "home") == worker_key(tmp_path / "home")


def test_a_server_that_is_slow_to_answer_is_watched_and_told_of_when_it_answers():
    """It dies once before it answers: who waits for it must not be who starts it again."""
    stop, waits = threading.Event(), threading.Event()
    child = Child("server", [sys.executable, "-c", "import time; time.sleep(60)"])
    said: list[str] = []

    def started():
        assert child.process is not None
        child.process.kill()
        assert waits.wait(20)  # until it was started again
        stop.set()

    def told(sentence):
        said.append(str(sentence))
        waits.set()

    supervise([child], stop=stop, told=told, started=started)

    assert said == ["The server ended unexpectedly; it was started again."]
