"""This folder knows the language in force, and turns messages into sentences of that language.

A sentence is written once, in English, with named places::

    message("Half of {offence} was recorded in {places} of {total} squares.", offence=..., ...)

It is never built from pieces, because other languages order the pieces differently. Values are
written by the rules of the language: numbers by their separators, dates by month names, and the
small types here (`Share`, `Quantity`, `Month` ...) by their unit.

A `Message` and all other `Words` are written when they are read, so that one document can be read
in several languages. In a right-to-left language, numbers are set off by Unicode isolates.
"""

from forestall.languages.amounts import Amount, ExactAmount
from forestall.languages.catalogues import (
    SOURCE_LANGUAGE,
    available_languages,
    translation,
)
from forestall.languages.content import OwnWords, Texts, has_words, in_language, written_in
from forestall.languages.days import (
    Day,
    Hour,
    Month,
    MonthInitial,
    MonthName,
    MonthPair,
    Period,
    ShortMonth,
    Weekday,
)
from forestall.languages.digits import (
    END_ISOLATE,
    LEFT_TO_RIGHT,
    MINUS,
    NO_BREAK_SPACE,
    RIGHT_TO_LEFT,
    isolated,
    right_to_left,
    without_isolates,
)
from forestall.languages.in_force import direction, language, locale, use_language
from forestall.languages.joined import (
    Clauses,
    Ended,
    LineStart,
    Listing,
    OnlyTranslated,
    Sentences,
    Unended,
    comma,
    joint,
)
from forestall.languages.messages import (
    Message,
    Text,
    Words,
    message,
    plural_message,
    say,
    say_plural,
    write,
)
from forestall.languages.names import LanguageName
from forestall.languages.numbers import (
    Decimal,
    Number,
    Quantity,
    Share,
    Span,
    decimals_of_limit,
    share_in_full,
)

__all__ = [
    "END_ISOLATE",
    "LEFT_TO_RIGHT",
    "MINUS",
    "NO_BREAK_SPACE",
    "RIGHT_TO_LEFT",
    "SOURCE_LANGUAGE",
    "Amount",
    "Clauses",
    "Day",
    "Decimal",
    "Ended",
    "ExactAmount",
    "Hour",
    "LanguageName",
    "LineStart",
    "Listing",
    "Message",
    "Month",
    "MonthInitial",
    "MonthName",
    "MonthPair",
    "Number",
    "OnlyTranslated",
    "OwnWords",
    "Period",
    "Quantity",
    "Sentences",
    "Share",
    "ShortMonth",
    "Span",
    "Text",
    "Texts",
    "Unended",
    "Weekday",
    "Words",
    "available_languages",
    "comma",
    "decimals_of_limit",
    "direction",
    "has_words",
    "in_language",
    "isolated",
    "joint",
    "language",
    "locale",
    "message",
    "plural_message",
    "right_to_left",
    "say",
    "say_plural",
    "share_in_full",
    "translation",
    "use_language",
    "without_isolates",
    "write",
    "written_in",
]
