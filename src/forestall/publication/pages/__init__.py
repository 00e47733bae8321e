"""This folder knows the report as a folder of small pages: a summary, and one page a section."""

from forestall.publication.pages.folder import write_pages

__all__ = ["write_pages"]
