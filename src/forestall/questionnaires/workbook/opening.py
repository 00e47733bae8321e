"""This file knows how a workbook of others is opened: of a size, and unpacked to a size."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_MEGABYTES = 20
_MOST_UNPACKED = 300_000_000


def opened_workbook(read: bytes, *, name: str) -> Workbook:
    """Return the workbook that the bytes of a file are.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        If the file is no workbook, is larger than 20 MB, or unpacks to more than 300 MB.

    Examples
    --------
    >>> opened_workbook(b"no workbook", name="reply.xlsx")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: reply.xlsx cannot be read as a workbook (XLSX).
    """
    from openpyxl import load_workbook

    unreadable = InvalidQuestionnaire(
        message("{file} cannot be read as a workbook (XLSX).", file=name)
    )
    if len(read) > MOST_MEGABYTES * 1_000_000:
        raise InvalidQuestionnaire(
            message("{file} is larger than {most} MB.", file=name, most=MOST_MEGABYTES)
        )
    try:
        with zipfile.ZipFile(BytesIO(read)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
                raise unreadable
        return load_workbook(BytesIO(read))
    except InvalidQuestionnaire:
        raise
    except Exception as broken:
        raise unreadable from broken
