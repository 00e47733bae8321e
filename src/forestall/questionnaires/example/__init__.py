"""This folder knows five filled replies of countries that do not exist, to look at and to test.

Each country, its offices and its answers are invented, and say so. They differ in how they are
governed and in what they have done; they are in no order but that of their names. One is wholly in
French, one wholly in Arabic, and one in two languages.
"""

from __future__ import annotations

from importlib.resources import files

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Listing, message
from forestall.questionnaires.files import reply_from_json
from forestall.questionnaires.replies import Reply  # noqa: TC001

__all__ = ["EXAMPLE_REPLIES", "example_reply"]

EXAMPLE_REPLIES = ("coral-isles", "montrives", "northland", "riverland", "wahat")


def example_reply(name: str) -> Reply:
    """Return the reply of an invented country to ECOSOC 2006/20.

    Parameters
    ----------
    name
        One of `EXAMPLE_REPLIES`.

    Raises
    ------
    InvalidQuestionnaire
        If there is no such example.

    Examples
    --------
    >>> example_reply("northland").office
    'Prevention council of Northland (fictional)'
    >>> example_reply("atlantis")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: There is no example “atlantis”; there are: coral-isles, \
montrives, northland, riverland, and wahat.
    """
    if name not in EXAMPLE_REPLIES:
        raise InvalidQuestionnaire(
            message(
                "There is no example “{name}”; there are: {known}.",
                name=name[:60],
                known=Listing(EXAMPLE_REPLIES),
            )
        )
    file = f"{name}.json"
    return reply_from_json(files(__name__).joinpath(file).read_bytes(), name=file)
