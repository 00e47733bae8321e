"""This file knows how an Office file is packed so that the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

# The first moment a zip file can name: no clock goes into the file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def packed_again(data: bytes) -> bytes:
    """Return an Office file without the moments at which it was made.

    Examples
    --------
    >>> stream = BytesIO()
    >>> with zipfile.ZipFile(stream, "w") as made:
    ...     made.writestr("a.xml", "<a/>")
    >>> with zipfile.ZipFile(BytesIO(packed_again(stream.getvalue()))) as packed:
    ...     packed.infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in made.namelist():
            content = made.read(name)
            if name == _PROPERTIES:
                content = _CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            packed.writestr(entry, content)
    return stream.getvalue()
