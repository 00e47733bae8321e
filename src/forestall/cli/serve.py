"""This file knows the command ``forestall serve``: the workspace runs until it is stopped."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.web.configuration import Configuration
    from forestall.web.demonstration.arrival import Arrival


def serve(
    *,
    home: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    demo: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Run the workspace, where partners make one plan together, until it is stopped.

    The folder and its tables are made when they do not exist, and brought up to date when they do.
    Ctrl-C or SIGTERM stops the workspace; work that runs is ended first, or goes on at the next
    start.

    Parameters
    ----------
    home
        Folder of the workspace; without it what FORESTALL_HOME says, else "workspace".
    host
        Where to listen; behind a proxy leave it as it is.
    port
        Port to listen on.
    demo
        Load a city that does not exist, with partners, plans and real open data, if the workspace
        is empty; where it is loaded already, print new links to it.
    """
    from forestall.languages import say
    from forestall.web.operations.home import held_home, worker_key
    from forestall.web.operations.starting import prepare_workspace, start_django
    from forestall.web.operations.supervision import (
        check_port,
        server,
        stopped_by_signals,
        supervise,
        wait_until_answering,
        worker,
    )

    check_port(host, port)
    configuration = start_django(home)
    from forestall.web.demonstration.arrival import arrive

    with held_home(configuration.home), stopped_by_signals() as stop:
        prepare_workspace()
        arrival = arrive(configuration.home, demo=demo)

        def started() -> None:
            if wait_until_answering(host, port, stop=stop):
                _tell_arrival(arrival, configuration, host=host, port=port)

        children = [server(host, port), worker(worker_key(configuration.home))]
        supervise(children, stop=stop, told=_tell, started=started)
        print(say("The workspace has stopped."), flush=True)


def _tell_arrival(arrival: Arrival, configuration: Configuration, *, host: str, port: int) -> None:
    from forestall.languages import say
    from forestall.web.operations.administrators import own_address

    address = own_address(configuration, host=host, port=port)
    print(say("The workspace runs at {address}", address=address))
    if arrival.said is not None:
        print(arrival.said)
    if arrival.links:
        print(say("To come in, open one of these links; each can be used once, for seven days:"))
    for role, path in arrival.links.items():
        print(f"  {role}: {address}{path}")
    print(say("Ctrl-C stops it."), flush=True)


def _tell(sentence: Message) -> None:
    print(f"! {sentence}", flush=True)
