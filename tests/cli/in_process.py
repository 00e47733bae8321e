"""This file knows how a command is run in this process, and what it said."""

from __future__ import annotations

import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

from forestall.cli import main


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def forestall(*words):
    out, err = StringIO(), StringIO()
    before, handler = sys.argv, signal.getsignal(signal.SIGINT)
    sys.argv = ["forestall", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stopped:
        return Done(int(stopped.code or 0), out.getvalue(), err.getvalue())
    finally:
        sys.argv = before
        signal.signal(signal.SIGINT, handler)
    return Done(0, out.getvalue(), err.getvalue())


def said(*words):
    done = forestall(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\xa0", " ")


def refused(*words):
    done = forestall(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("forestall: ")
    assert done.stderr.count("\n") == 1
    return done.stderr
