"""This file knows the libraries of panel methods: loaded when first needed, and told of."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from forestall.errors import MissingLibrary
from forestall.languages import say

if TYPE_CHECKING:
    from types import ModuleType

_CLEAR = "\r\x1b[K"
_NAMES = {"pyfixest": "pyfixest", "diff_diff": "diff-diff"}


def load_library(module: str) -> ModuleType:
    """Return a library that panel methods need; who waits at a terminal is told of it once.

    Parameters
    ----------
    module
        The module, ``pyfixest`` or ``diff_diff``, or a module inside one of them.

    Raises
    ------
    MissingLibrary
        If it is not installed.

    Examples
    --------
    >>> load_library("diff_diff").__name__
    'diff_diff'
    """
    whole = module.split(".", maxsplit=1)[0]
    name = _NAMES[whole]
    is_told = whole not in sys.modules and sys.stderr.isatty()
    if is_told:
        sys.stderr.write(say("Loading {library}; the first time takes some seconds.", library=name))
        sys.stderr.flush()
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        raise MissingLibrary(
            f"This method needs the library {name}, which is not installed; "
            "install forestall[panels]."
        ) from missing
    finally:
        if is_told:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
