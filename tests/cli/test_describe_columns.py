"""The columns of ``forestall describe`` stand under each other in every script."""

import pytest

from forestall.cli.describe import _columns


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("类别", 4), ("الجرائم المسجَّلة", 15), ("e\u0301", 1), ("", 0)]
)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text, columns):
    assert _columns(text) == columns
