"""This file knows what the HTML writer offers."""

from forestall.publication.html.page import write_html

__all__ = ["write_html"]
