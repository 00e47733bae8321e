"""This folder knows the stored publication: the file from which a report is written once more."""

from forestall.publication.stored.file import (
    STORED,
    Edition,
    Stored,
    content_of,
    read_editions,
    read_stored,
    write_stored,
)

__all__ = [
    "STORED",
    "Edition",
    "Stored",
    "content_of",
    "read_editions",
    "read_stored",
    "write_stored",
]
