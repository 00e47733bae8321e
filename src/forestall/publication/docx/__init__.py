"""This file knows the one entry to Word files: `write_docx`."""

from forestall.publication.docx.document import write_docx

__all__ = ["write_docx"]
