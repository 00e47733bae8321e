"""This file knows how uploads come in: straight to the disk, up to a limit, from members only.

Django gives a handler every block of a file as it arrives, so that a file of some GB needs no
memory. A file that is too large, or for which the disk has no room, is dropped while it arrives;
what the person is told stays on the request (`refused_upload`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from forestall.languages import Message, message
from forestall.web.data.folders import arriving_folder

if TYPE_CHECKING:
    from django.http import HttpRequest

BLOCK = 1 << 20
# What stays free on the disk, for the database and for the work of an import.
RESERVE_BYTES = 200_000_000
_NOTE = "forestall_refused_upload"


def refused_upload(request: HttpRequest) -> Message | None:
    """Return why a file of the request was dropped; None when nothing was."""
    found: Message | None = getattr(request, _NOTE, None)
    return found


class ArrivingFiles(FileUploadHandler):
    """Writes what arrives into a file of its own, which vanishes when nobody keeps it."""

    chunk_size = BLOCK
    _stream: Any = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 -- named by Django
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse what cannot fit before its first byte is read."""
        free = shutil.disk_usage(arriving_folder()).free
        self._too_much = content_length > settings.MOST_UPLOAD_BYTES + BLOCK
        self._no_room = content_length > free - RESERVE_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file."""
        super().new_file(*args, **kwargs)
        if not _is_known(self.request):
            raise SkipFile
        if self._too_much:
            self._refuse(too_large())
        if self._no_room:
            self._refuse(no_room())
        self._written = 0
        self._stream = tempfile.NamedTemporaryFile(dir=arriving_folder())  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a block to the disk."""
        self._written += len(raw_data)
        if self._written > settings.MOST_UPLOAD_BYTES:
            self._drop()
            self._refuse(too_large())
        try:
            self._stream.write(raw_data)
        except OSError:
            self._drop()
            self._refuse(no_room())

    def file_complete(self, file_size: int) -> ArrivedFile | None:
        """Return the file; it is removed when it is closed, unless somebody kept it."""
        if self._stream is None:
            return None
        self._stream.flush()
        self._stream.seek(0)
        stream, self._stream = self._stream, None
        return ArrivedFile(stream, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Remove what came of a file when the connection broke."""
        self._drop()

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _refuse(self, why: Message) -> None:
        setattr(self.request, _NOTE, why)
        raise StopUpload(connection_reset=False)


def _is_known(request: HttpRequest | None) -> bool:
    """Return whether somebody signed in, or shows a token (which the JSON interface has read)."""
    people = (getattr(request, name, None) for name in ("auth", "user"))
    return any(one is not None and one.is_authenticated for one in people)


class ArrivedFile(UploadedFile[bytes]):
    """A file that came in and lies in the arriving folder."""

    def __init__(
        self, file: Any, name: str | None, content_type: str | None, size: int, charset: str | None
    ) -> None:
        super().__init__(file, name, content_type, size, charset)

    def keep_as(self, path: Any) -> None:
        """Give the content a name of its own, without copying it."""
        os.link(self.place, path)

    @property
    def place(self) -> str:
        """Return where it lies until it is closed."""
        assert self.file is not None
        return str(self.file.name)


def too_large() -> Message:
    """Return what is said of a file over the limit."""
    most = settings.MOST_UPLOAD_BYTES // 1_000_000
    return message(
        "A file may have {most} MB at most; put a larger one into the inbox of the server.",
        most=most,
    )


def no_room() -> Message:
    """Return what is said where the disk has no room."""
    return message("The disk of the server has no room for this; nothing was changed.")
