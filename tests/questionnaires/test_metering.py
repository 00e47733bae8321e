"""A workbook that takes long to read is known before it is read."""

from __future__ import annotations

from io import BytesIO

import pytest

from forestall.questionnaires.workbook.metering import weight_of

_LONG = "x" * 20_000_000


@pytest.mark.parametrize(
    "part",
    [
        f'<a b="{_LONG}"/>',
        f"<a><!--{_LONG}--></a>",
        f"<a><?x {_LONG}?></a>",
        f"<{_LONG}/>",
        f"<a></a{' ' * len(_LONG)}>",
        f'<!DOCTYPE a SYSTEM "{_LONG}"><a/>',
        "<a " + " ".join(f'a{at}=""' for at in range(1_500_000)) + "/>",
    ],
    ids=["attribute", "comment", "instruction", "name", "end", "type", "attributes"],
)
def test_what_has_no_end_is_too_heavy_before_it_is_read_again_and_again(part):
    file = BytesIO(part.encode())

    assert weight_of(file, most=120_000) > 120_000
    assert file.tell() < 500_000


def test_a_long_text_is_no_waiting():
    part = f"<a>{_LONG}<![CDATA[{_LONG}]]></a>".encode()

    assert weight_of(BytesIO(part), most=120_000) < 120_000


def test_attributes_weigh():
    cell = "<c " + " ".join(f'a{at}=""' for at in range(1000)) + "/>"

    assert weight_of(BytesIO(f"<row>{cell * 10}</row>".encode()), most=120_000) > 1000
