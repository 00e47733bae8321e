"""This file knows a workspace that runs as it does for a city, and clients that ask it."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = "tests.web.storm.settings"
ROOT = Path(__file__).parents[3]


@dataclass(kw_only=True)
class Served:
    """A running workspace."""

    home: Path
    port: int
    database: str
    process: subprocess.Popen[bytes]

    def children(self, words: str) -> list[int]:
        """Return the processes that it started whose command holds these words."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", words],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(one) for one in found.stdout.split()]

    def kill(self, words: str) -> None:
        """Kill one of its processes, as a machine short of memory does."""
        for number in self.children(words):
            os.kill(number, signal.SIGKILL)

    def stop(self) -> int:
        """Stop it as a service is stopped, and return its exit code."""
        self.process.terminate()
        return self.process.wait(40)


@contextlib.contextmanager
def serving(home: Path, database: str = "") -> Iterator[Served]:
    """Run the workspace with its demonstration, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": database,
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("FORESTALL_SECRET_KEY", None)
    words = ["serve", "--home", str(home), "--port", str(port), "--demo"]
    home.mkdir(parents=True, exist_ok=True)
    with (home / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "forestall", *words],
            env=environment,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(home / "output.txt", process)
            yield Served(home=home, port=port, database=database, process=process)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(40)


def _wait_for(output: Path, process: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + 240
    while b"Ctrl-C" not in output.read_bytes():
        if process.poll() is not None or time.monotonic() > latest:
            raise AssertionError(f"It did not start: {output.read_text()}")
        time.sleep(0.1)


@dataclass
class Client:
    """Somebody who uses the workspace by one connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str) -> tuple[int, bytes]:
        """Return the status and the body of the answer."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.connection.request(method, path, headers={"Cookie": cookies})
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


@dataclass
class Storm:
    """What clients saw: times of each kind, statuses, writes that were acknowledged."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    acknowledged: int = 0

    @property
    def failures(self) -> int:
        """Return how many answers were neither 2xx nor 3xx, and how many never came."""
        return self.broken + sum(
            count for status, count in self.statuses.items() if not 200 <= status < 400
        )


def crowd(port: int, count: int) -> list[Client]:
    """Let so many clients come in, one after the other."""
    everybody = [Client(port) for _ in range(count)]
    for number, one in enumerate(everybody):
        status, _ = one.ask("GET", f"/storm/join/client-{number}-{time.time_ns()}/")
        assert status == 200
    return everybody


def make_storm(
    everybody: list[Client],
    *,
    seconds: float,
    next_step: Callable[[int, int], tuple[str, str]],
    pause_seconds: float = 0,
) -> Storm:
    """Let many clients work at once, and return what they saw.

    Parameters
    ----------
    next_step
        From the number of the client and of its step to method and path.
    pause_seconds
        How long each waits between an answer and its next step, on average; 0 for not at all.
    """
    storm, lock = Storm(), threading.Lock()
    latest = time.monotonic() + seconds

    def work(number: int) -> None:
        step, chance = 0, random.Random(number)
        while time.monotonic() < latest:
            method, path = next_step(number, step)
            step += 1
            began = time.perf_counter()
            try:
                status, _ = everybody[number].ask(method, path)
            except (OSError, http.client.HTTPException):
                with lock:
                    storm.broken += 1
                time.sleep(0.05)
                continue
            took = (time.perf_counter() - began) * 1000
            with lock:
                storm.ms.setdefault(method, []).append(took)
                storm.statuses[status] += 1
                storm.acknowledged += method == "POST" and status == 200
            time.sleep(chance.uniform(0, 2 * pause_seconds))
        everybody[number].close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(everybody))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return storm
