"""This file knows the form on which a city writes down a practice: TOML, with explanations."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from forestall.evidence.practices.reading import FORMAT, KIND
from forestall.evidence.practices.records import Looked, NotTold
from forestall.evidence.vocabulary import Approach, Outcome, Population, Problem, Setting
from forestall.languages import language, message, without_isolates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

    from forestall.languages import Message

_WIDTH = 96


def practice_template() -> str:
    """Return an empty form, explained in the language in force, that `read_practice` reads.

    The keys of a form are English in every language; texts are asked for in the language in force.

    Examples
    --------
    >>> print(practice_template()[:66])
    # This form tells other cities what yours did. Fill in what stands
    """
    tag = language()
    parts = [
        (_INTRODUCTION, f'kind = "{KIND}"\nformat = {FORMAT}'),
        (_LANGUAGES, f'languages = ["{tag}"]'),
        (_TITLE, f'title = {{ {tag} = "" }}'),
        (_words(_PROBLEMS, Problem), "problems = []"),
        (_words(_SETTINGS, Setting), "settings = []"),
        (_words(_POPULATIONS, Population), "populations = []"),
        (_words(_APPROACHES, Approach), "approaches = []"),
        (_INTERVENTION, '# intervention = "alley-gating"'),
        (_SITUATION, f'situation = {{ {tag} = "" }}'),
        (_DONE, f'done = {{ {tag} = "" }}'),
        (_SINCE, "since = 2000-01-01\n# until = 2000-01-01"),
        (_COST, f'cost = "{NotTold.NOT_KNOWN.value}"'),
        (_RESULT, f'result = "{NotTold.NOT_EVALUATED.value}"'),
        (_LICENCE, 'licence = "CC-BY-4.0"'),
        (_LAW_ENFORCEMENT, "is_law_enforcement = false"),
        (_MADE_ON, "made_on = 2000-01-01"),
        (_words(_SIDE_EFFECTS, Outcome, Looked), _side_effects(tag)),
        (_PLACE, '[place]\ncity = ""\ncountry = ""'),
        (_CONDITIONS, f'[conditions]\nwords = {{ {tag} = "" }}\nkeys = []'),
        (_CONTACT, '[contact]\noffice = ""\nemail = ""'),
        (_PARTNERS, f'[[partners]]\norganisation = ""\npart = {{ {tag} = "" }}'),
    ]
    return "\n\n".join(f"{_comment(str(said))}\n{lines}" for said, lines in parts) + "\n"


def _side_effects(tag: str) -> str:
    said = f'said = {{ {tag} = "" }}'
    return "\n".join(
        [
            "side_effects = [",
            f'    {{ outcome = "displacement", state = "{Looked.NOT_LOOKED_FOR.value}" }},',
            f'    # {{ outcome = "stigma", state = "{Looked.FOUND.value}", {said} }},',
            "]",
        ]
    )


def _words(said: Message, *choices: type[StrEnum]) -> str:
    """Return an explanation with the words that may be chosen; those are the same everywhere."""
    return "\n".join([str(said), *(_listed(one) for one in choices)])


def _listed(choices: Iterable[StrEnum]) -> str:
    return ", ".join(f'"{one.value}"' for one in choices)


def _comment(said: str) -> str:
    lines = [
        line
        for paragraph in without_isolates(said).splitlines()
        for line in textwrap.wrap(paragraph, _WIDTH, break_on_hyphens=False, break_long_words=False)
    ]
    return "\n".join(f"# {line}" for line in lines)


_INTRODUCTION = message(
    "This form tells other cities what yours did. Fill in what stands between quotation marks. "
    "Name offices and organisations, never a person."
)
_LANGUAGES = message(
    "Languages in which you tell it. Every text is needed in the first; others may be added beside "
    "it in the same way."
)
_TITLE = message("What others should call it, in a few words.")
_PROBLEMS = message("What it was to prevent: one of these, or several.")
_SETTINGS = message("In what sort of place: one of these, or several.")
_POPULATIONS = message("Whom it served: one of these, or several.")
_APPROACHES = message("What sort of measure it is: one of these, or several.")
_INTERVENTION = message(
    "Its key in the catalogue of interventions, if it is in there. Take away the sign before it."
)
_SITUATION = message("What the problem looked like before. Leave the line out if you cannot tell.")
_DONE = message("What was done, so that somebody elsewhere could do the same.")
_SINCE = message("The first day, and the last if it has ended.")
_COST = message(
    "What it cost, or “not known”: amount, currency, price_year, covers (a text), source, as in "
    "the reference."
)
_RESULT = message(
    "What came of it, or “not evaluated”: an evaluation with address and sha256, or figures with "
    "their source."
)
_LICENCE = message("Under which others may use your text.")
_LAW_ENFORCEMENT = message(
    "Whether it is work of the police or courts against offences; that is kept, and not suggested."
)
_MADE_ON = message("The day on which you fill this in.")
_SIDE_EFFECTS = message(
    "What else could have changed, whether anybody looked, and what was seen. An honest “not "
    "looked for” helps."
)
_PLACE = message("Your city, and its country by the two letters of ISO 3166.")
_CONDITIONS = message(
    "What it needed to work. Leave the words out if nothing is known; keys are from the catalogue."
)
_CONTACT = message(
    "Whom to ask: an office and its own e-mail address. People move on; an office answers."
)
_PARTNERS = message("Who took part, and what each did. Repeat these lines for each organisation.")
