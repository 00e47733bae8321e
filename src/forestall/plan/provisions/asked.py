"""This file knows what the texts ask of a plan, paragraph by paragraph, in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.plan.vocabulary import ActorGroup, Approach, Factor, PreventionLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Message

_URBAN = {
    "1995/9:2": message("Many agencies act together locally, under one integrated plan."),
    "1995/9:2(a)": message("A local diagnosis comes first: what happens, how much, and why."),
    "1995/9:3": message("The plan is complete and workable; what is left out has a reason."),
    "1995/9:3(a)(i)": message("Say which problems are meant, and what feeds them."),
    "1995/9:3(a)(ii)": message("Set objectives, and the day by which each is reached."),
    "1995/9:3(a)(iii)": message("Set actions, who answers for each, and whose means pay."),
    "1995/9:3(c)": message("Look at how the background factors bear on the plan."),
    "1995/9:5(d)": message("Evaluate regularly, and keep the plan open to revision."),
}
_GUIDELINES = {
    "2002/13:3": message("Act on causes of crime; enforcement and sentencing lie outside."),
    "2002/13:9": message("Ministries, authorities, civil society, firms and citizens cooperate."),
    "2002/13:10": message("Give lasting means, and account for money, delivery and results."),
    "2002/13:11": message("Rest on knowledge: of problems, causes, and what was shown to work."),
    "2002/13:12": message("Respect the rule of law and human rights."),
    "2002/13:14": message("Look at how needs of women, men and people in a weak position differ."),
    "2002/13:16": message("Residents help to set priorities, to carry out and to evaluate."),
    "2002/13:17(b)": message("Have a plan with clear priorities and targets."),
    "2002/13:17(e)": message("Win the public by saying what is needed, how, and what its part is."),
    "2002/13:19": message("Work in partnership."),
    "2002/13:19(a)": message("Make the part of each partner plain."),
    "2002/13:20(b)": message("Settle who answers for money, programmes and coordination."),
    "2002/13:21(a)": message("Give communities the information that they need."),
    "2002/13:22(a)": message("Analyse problems, causes and consequences, above all locally."),
    "2002/13:22(b)": message("Choose what fits, and adapt it to the place."),
    "2002/13:22(c)": message("Plan a delivery that is efficient, effective and lasting."),
    "2002/13:22(e)": message("Monitor and evaluate."),
    "2002/13:23(a)": message("Test what works, where and why, in the short and the longer term."),
    "2002/13:23(c)": message("Measure change in crime, victimisation, seriousness and fear."),
    "2002/13:23(d)": message("Look at side effects, good and bad, such as stigma."),
    "2002/13:33": message("Publish in the languages that people read."),
}
_RIGHTS = {
    "1997/33:4": message("Keep strictly to international law and human rights."),
    "1997/33:5": message("Keep freedoms, equality and fair procedure."),
    "1997/33:6": message("What touches rights needs a law, and has to be in proportion."),
    "1997/33:7": message("What works like a penalty is reviewed by a court or ombudsman."),
    "1997/33:8": message("Take care with people thought to be at risk; mark nobody."),
    "1997/33:10": message("Show the part of the police, and bind personal data to its purpose."),
    "1997/33:11": message("Bind private security by law."),
    "1997/33:13": message("Say which rights are touched; what touches none needs few rules."),
}
_APPROACH = message("Use this approach, or say why not: {what}.")
_LEVEL = message("Act at this level, or say why not: {what}.")
_ACTORS = message("Bring in this group, or say why not: {what}.")
_FACTOR = message("Look at this background, or say why not: {what}.")


def provisions_asked() -> dict[str, Message]:
    """Return what each paragraph asks of a plan, in the order of the texts.

    Examples
    --------
    >>> asked = provisions_asked()
    >>> print(asked["1995/9:2(a)"])
    A local diagnosis comes first: what happens, how much, and why.
    """
    found = {**_URBAN, **_GUIDELINES, **_RIGHTS, **dict(_weighed())}
    return {key: found[key] for key in sorted(found, key=_in_order)}


def _weighed() -> Iterator[tuple[str, Message]]:
    for words, of_kind in (
        (_APPROACH, Approach),
        (_LEVEL, PreventionLevel),
        (_ACTORS, ActorGroup),
        (_FACTOR, Factor),
    ):
        for one in of_kind:
            yield one.paragraph, words.filled(what=one.words)


def _in_order(paragraph: str) -> tuple[int, tuple[str, ...]]:
    """Return where a paragraph stands: by its text, its number, then its letters."""
    text, _, place = paragraph.partition(":")
    number, *letters = place.replace(")", "").split("(")
    return _TEXTS.index(text), (number.zfill(3), *letters)


_TEXTS = ("1995/9", "1997/33", "2002/13")
