"""This file knows how the documentation is built: Sphinx, pages in MyST Markdown, furo."""

from importlib.metadata import version as installed_version

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

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
napoleon_attr_annotations = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "forestall"
html_show_sphinx = False
# Formulae are written as text: the usual ways to draw them load a script from elsewhere.
