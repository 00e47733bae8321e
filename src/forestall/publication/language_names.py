"""This file knows what each language calls itself."""

from __future__ import annotations


def language_name(tag: str) -> str:
    """Return the name of a language in that language and its script; the tag where none is known.

    Examples
    --------
    >>> language_name("fr"), language_name("zh"), language_name("pt-BR")
    ('Français', '中文', 'Português (Brasil)')
    """
    from babel import Locale, UnknownLocaleError

    try:
        name = str(Locale.parse(tag, sep="-").get_display_name())
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]
