"""How the workspace does with 50 people at work, on SQLite and on PostgreSQL.

::

    uv run python -m benchmarks.workspace_load
    uv run python -m benchmarks.workspace_load postgresql://postgres@127.0.0.1:5432/load

The server and the worker run as for a city. Each person has a connection and a session, and does
one thing after the other, with a pause as people make one: nine pages that are read, one change of
the plan. The bare line is without a pause: how much there is at most. The same is done again in
a place with 40 plans, half of them under way. A change that was answered must be a revision that
is kept. The promise: 50 people at work at a p95 of at most 150 ms, on both databases.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from tests.web.storm.served import crowd, make_storm, serving

if TYPE_CHECKING:
    from tests.web.storm.served import Client, Storm

PEOPLE = 50
SECONDS = 15.0
PAUSE_SECONDS = 0.5
PLANS = 40
PAGES = ("/", "/plans/", "/plans/1/", "/plans/", "/account/profile/")


def next_step(number: int, step: int) -> tuple[str, str]:
    """Return what a person does next: one change after nine pages, each at another time."""
    if (step + number) % 10 == 9:
        return "POST", f"/storm/write/person-{number}-step-{step}/"
    return "GET", PAGES[(step + number) % len(PAGES)]


def measure(database: str) -> None:
    """Measure one database, and print what was found."""
    name = "PostgreSQL" if database else "SQLite"
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "home", database) as served,
    ):
        people = crowd(served.port, PEOPLE)
        make_storm(people, seconds=2, next_step=next_step, pause_seconds=PAUSE_SECONDS)
        _watch(f"{name}, 1 plan", people)
        assert people[0].ask("POST", f"/storm/fill/{PLANS - 1}/")[0] == 200
        _watch(f"{name}, {PLANS} plans", people)
        for one in people:
            one.close()


def _watch(name: str, people: list[Client]) -> None:
    before = _revisions(people[0])
    for label, pause in (("at work", PAUSE_SECONDS), ("bare", 0.0)):
        storm = make_storm(people, seconds=SECONDS, next_step=next_step, pause_seconds=pause)
        after = _revisions(people[0])
        # Reading the number adds a revision.
        _tell(f"{name}, {label}", storm, rows=after - before - 1)
        before = after


def _revisions(person: Client) -> int:
    status, body = person.ask("POST", "/storm/write/count/")
    assert status == 200
    return int(body)


def _tell(name: str, storm: Storm, *, rows: int) -> None:
    everything = [one for times in storm.ms.values() for one in times]
    kinds = {"all": everything, **storm.ms}
    times = ", ".join(
        f"{kind} p50 {_at(times, 50):.0f} p95 {_at(times, 95):.0f} ms"
        for kind, times in kinds.items()
    )
    print(
        f"{name}: {len(everything) / SECONDS:.0f} answers a second, {times}, "
        f"{storm.failures} failed, {rows} rows of {storm.acknowledged} acknowledged writes"
    )


def _at(times: list[float], percent: int) -> float:
    return quantiles(times, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    measure("")
    for one in sys.argv[1:]:
        measure(one)
