"""This file knows how a specification becomes what a browser runs, in a language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from forestall.languages import MINUS, NO_BREAK_SPACE, language

if TYPE_CHECKING:
    from forestall.publication.explore.live import LiveChart

_VEGA_LITE = "6.4"


def compile_chart(chart: LiveChart) -> dict[str, Any]:
    """Compile a chart from Vega-Lite to Vega, which a browser draws without the compiler."""
    import vl_convert

    made: dict[str, Any] = vl_convert.vegalite_to_vega(chart.specification(), vl_version=_VEGA_LITE)
    return made


def chart_locale() -> dict[str, Any]:
    """Return how axes write numbers and dates in the language in force.

    Examples
    --------
    >>> from forestall.languages import use_language
    >>> locale = chart_locale()
    >>> locale["number"]["thousands"], locale["time"]["shortMonths"][0]
    (',', 'Jan')
    """
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = Locale.parse(language(), sep="-")
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    week = (6, 0, 1, 2, 3, 4, 5)
    return {
        "number": {
            "decimal": get_decimal_symbol(locale),
            "thousands": get_group_symbol(locale),
            "grouping": [3],
            "currency": ["", ""],
            "percent": f"{NO_BREAK_SPACE}%",
            "minus": MINUS,
        },
        "time": {
            "dateTime": "%x, %X",
            "date": "%Y-%m-%d",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": [str(days["wide"][day]) for day in week],
            "shortDays": [str(days["abbreviated"][day]) for day in week],
            "months": [str(months["wide"][month]) for month in range(1, 13)],
            "shortMonths": [str(months["abbreviated"][month]) for month in range(1, 13)],
        },
    }


def script_json(data: object) -> str:
    r"""Write data for a script element: nothing in it can end the element.

    Examples
    --------
    >>> script_json({"words": "</script>"})
    '{"words":"\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")
