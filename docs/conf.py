"""This file knows how the documentation is built: Sphinx, pages in MyST Markdown, furo."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "forestall"
author = "The forestall project"
project_copyright = "The forestall project"
version = release = installed_version("forestall")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = False
# Two stages may use one word: an Outcome of a study, and one of an evaluation. Both are linked.
suppress_warnings = ["ref.python"]

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
maximum_signature_line_length = 88
napoleon_google_docstring = False
napoleon_use_rtype = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "forestall"
html_show_sphinx = False
# Formulae are written as text: the usual ways to draw them load a script from elsewhere.


def name_attributes(*given: Any) -> None:
    """Show the section Attributes as a list of its own, as it is written.

    napoleon would describe each attribute a second time, and takes "low, high" for one name.
    """
    lines: list[str] = given[-1]
    if "Attributes" in lines:
        head = lines.index("Attributes")
        lines[head : head + 2] = [".. rubric:: Attributes", ""]


def setup(app: Sphinx) -> None:
    """Read docstrings before napoleon does."""
    app.connect("autodoc-process-docstring", name_attributes, priority=400)
