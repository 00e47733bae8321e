"""This file knows how a workbook of others is opened: of a size, and unpacked to a size."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.workbook.metering import Metered

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_MEGABYTES = 20
# Of one reply: the largest to 2006/20 that can be kept weighs less than two thirds of it.
MOST_UNPACKED, MOST_WEIGHT = 30_000_000, 120_000


def opened_workbook(read: bytes, *, name: str, times: int = 1) -> Workbook:
    """Return the workbook that the bytes of a file are.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.
    times
        As many times more than a reply may hold it may hold.

    Raises
    ------
    InvalidQuestionnaire
        If the file is no workbook, is larger than 20 MB, unpacks to more than 30 MB, or takes too
        long to read.

    Examples
    --------
    >>> opened_workbook(b"no workbook", name="reply.xlsx")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: reply.xlsx cannot be read as a workbook (XLSX).
    """
    from openpyxl.reader.excel import ExcelReader

    unreadable = InvalidQuestionnaire(
        message("{file} cannot be read as a workbook (XLSX).", file=name)
    )
    if len(read) > MOST_MEGABYTES * 1_000_000:
        raise InvalidQuestionnaire(
            message("{file} is larger than {most} MB.", file=name, most=MOST_MEGABYTES)
        )
    try:
        reader = ExcelReader(BytesIO(read))
        reader.archive = Metered(BytesIO(read), most=MOST_WEIGHT * times)
        if sum(one.file_size for one in reader.archive.infolist()) > MOST_UNPACKED * times:
            raise unreadable
        reader.read()
    except InvalidQuestionnaire:
        raise
    except Exception as broken:
        raise unreadable from broken
    return reader.wb
