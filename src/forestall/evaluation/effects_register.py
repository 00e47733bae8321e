"""This file knows the register of unintended effects: what was looked for, and what was not.

Sources: ECOSOC resolution 1997/33, paragraphs 8 and 17 to 20; ECOSOC resolution 2002/13, annex,
paragraphs 23(d) and 26(d).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.errors import InvalidRecords
from forestall.evaluation.effects_to_look_for import (
    TO_LOOK_FOR,
    Direction,
    UnintendedEffect,
)
from forestall.languages import Ended, Listing, Message, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.estimates.effects import (
        CountDifference,
        HarmDifference,
        LogRatio,
        RateDifference,
        ScoreDifference,
        ShareDifference,
    )
    from forestall.estimates.estimates import Estimate
    from forestall.languages import Text

    AnyEstimate = (
        Estimate[CountDifference]
        | Estimate[HarmDifference]
        | Estimate[LogRatio]
        | Estimate[RateDifference]
        | Estimate[ScoreDifference]
        | Estimate[ShareDifference]
    )


@dataclass(frozen=True, kw_only=True)
class Found:
    """Looked for and found.

    Attributes
    ----------
    what
        What was found, in a sentence.
    how
        Where one looked: the survey, the records, the talks.
    estimate
        Its size, where it was estimated.
    """

    what: Text
    how: Text
    estimate: AnyEstimate | None = None

    def __post_init__(self) -> None:
        _check_said(self.what, "what was found")
        _check_said(self.how, "where one looked")


@dataclass(frozen=True, kw_only=True)
class NotFound:
    """Looked for and not found; without saying how, that would be no finding.

    Attributes
    ----------
    how
        Where one looked, and how much of an effect would have shown.
    estimate
        Its size and interval, where it was estimated.
    """

    how: Text
    estimate: AnyEstimate | None = None

    def __post_init__(self) -> None:
        _check_said(self.how, "where one looked")


@dataclass(frozen=True, kw_only=True)
class NotLookedFor:
    """Nobody looked.

    Attributes
    ----------
    why
        The reason, where there is one.
    """

    why: Text = ""


Looked = Found | NotFound | NotLookedFor


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """One effect of the register.

    Attributes
    ----------
    effect
        Which effect; None for one that was added.
    name, question
        What it is, and what to find out.
    direction
        Whether it would be welcome.
    provisions
        The paragraphs that ask for it.
    looked
        Whether it was looked for, and what was found.
    """

    effect: UnintendedEffect | None
    name: Text
    question: Text
    direction: Direction
    provisions: tuple[str, ...]
    looked: Looked

    def in_words(self) -> Message:
        """Return what is known of the effect, in one plain sentence."""
        if isinstance(self.looked, Found):
            return message(_FOUND, name=self.name, what=Ended(self.looked.what))
        if isinstance(self.looked, NotFound):
            return message(_NOT_FOUND, name=self.name, how=Ended(self.looked.how))
        if self.looked.why:
            return message(_NOT_LOOKED_WHY, name=self.name, why=Ended(self.looked.why))
        return message(_NOT_LOOKED, name=self.name)


@dataclass(frozen=True, eq=False, kw_only=True)
class UnintendedEffects(Result):
    """The register: every effect to look for, whether anybody did, and what was found.

    ``table``: ``effect`` (empty for one that was added), ``name``, ``question``, ``direction``,
    ``provisions``, ``state`` ("found", "not found", "not looked for"), ``found``, ``how``.

    Attributes
    ----------
    entries
        The rows of the register.
    """

    entries: tuple[RegisterEntry, ...]

    def of_state(self, state: type[Looked]) -> tuple[RegisterEntry, ...]:
        """Return the effects that were found, not found or not looked for."""
        return tuple(entry for entry in self.entries if isinstance(entry.looked, state))

    def summary(self) -> str:
        """Return how many effects were looked for and how many were found."""
        return say(
            "Of {total} unintended effects to look for, found: {found}; looked for and not found: "
            "{not_found}; not looked for: {not_looked}.",
            total=len(self.entries),
            found=len(self.of_state(Found)),
            not_found=len(self.of_state(NotFound)),
            not_looked=len(self.of_state(NotLookedFor)),
        )

    def text(self) -> tuple[Message, ...]:
        """Return the register as sentences: found first, what nobody looked for last."""
        told = [entry.in_words() for kind in (Found, NotFound) for entry in self.of_state(kind)]
        missing = self.of_state(NotLookedFor)
        told += [entry.in_words() for entry in missing if _has_reason(entry)]
        silent = [entry.name for entry in missing if not _has_reason(entry)]
        if silent:
            told.append(plural_message(*_SILENT, len(silent), names=Listing(list(silent))))
        return tuple(told)

    def plot(self) -> alt.LayerChart:
        """Return a dot for each effect in the column of its state, hollow where nobody looked."""
        from forestall._charts import register_chart

        return register_chart(
            pd.DataFrame(
                {
                    "effect": [str(entry.name) for entry in self.entries],
                    "state": [str(_STATES[type(entry.looked)]) for entry in self.entries],
                }
            ),
            states=[str(words) for words in _STATES.values()],
        )


def unintended_effects(
    findings: Mapping[UnintendedEffect, Looked] | None = None,
    *,
    others: Mapping[str, Looked] | None = None,
) -> UnintendedEffects:
    """Make the register of unintended effects; what is not given was not looked for.

    Parameters
    ----------
    findings
        What is known of an effect of the list.
    others
        Effects that the list lacks, by their name.

    Raises
    ------
    InvalidRecords
        If a finding is of no known effect or an added effect has no name.

    Examples
    --------
    >>> register = unintended_effects({
    ...     UnintendedEffect.FEAR: NotFound(how="Resident survey, 400 answers before and after"),
    ...     UnintendedEffect.FREE_ACCESS: Found(
    ...         what="A path to the school is locked at night", how="Walk with residents")})
    >>> register.summary()
    'Of 20 unintended effects to look for, found: 1; looked for and not found: 1; not looked for:
     18.'
    >>> str(register.text()[0])
    'Found: public space was closed. A path to the school is locked at night.'
    """
    given = dict(findings or {})
    for effect in given:
        if effect not in TO_LOOK_FOR:
            raise InvalidRecords(f"A finding is of an effect of the list, but “{effect}” is not.")
    entries = [_entry(effect, given.get(effect, NotLookedFor())) for effect in UnintendedEffect]
    entries += [_added(name, looked) for name, looked in (others or {}).items()]
    return UnintendedEffects(
        table=pd.DataFrame([_row(entry) for entry in entries]),
        caveats=_caveats(entries),
        made_by=f"unintended_effects({', '.join(sorted(given))})",
        entries=tuple(entries),
    )


def _entry(effect: UnintendedEffect, looked: Looked) -> RegisterEntry:
    sought = TO_LOOK_FOR[effect]
    return RegisterEntry(
        effect=effect,
        name=sought.name,
        question=sought.question,
        direction=sought.direction,
        provisions=sought.provisions,
        looked=looked,
    )


def _added(name: str, looked: Looked) -> RegisterEntry:
    _check_said(name, "its name")
    return RegisterEntry(
        effect=None,
        name=name,
        question="",
        direction=Direction.EITHER,
        provisions=(),
        looked=looked,
    )


def _row(entry: RegisterEntry) -> dict[str, str]:
    looked = entry.looked
    return {
        "effect": "" if entry.effect is None else entry.effect.value,
        "name": str(entry.name),
        "question": str(entry.question),
        "direction": entry.direction.value,
        "provisions": ", ".join(entry.provisions),
        "state": _KEYS[type(looked)],
        "found": str(looked.what) if isinstance(looked, Found) else "",
        "how": str(looked.why if isinstance(looked, NotLookedFor) else looked.how),
    }


def _caveats(entries: list[RegisterEntry]) -> tuple[Message, ...]:
    if any(isinstance(entry.looked, NotLookedFor) for entry in entries):
        return (_SILENCE,)
    return ()


def _has_reason(entry: RegisterEntry) -> bool:
    return isinstance(entry.looked, NotLookedFor) and bool(entry.looked.why)


def _check_said(text: Text, needed: str) -> None:
    if not str(text).strip():
        raise InvalidRecords(f"An effect in the register needs {needed}, but nothing was written.")


_KEYS = {Found: "found", NotFound: "not found", NotLookedFor: "not looked for"}
_STATES = {
    Found: message("found"),
    NotFound: message("not found"),
    NotLookedFor: message("not looked for"),
}
_FOUND = "Found: {name}. {what}"
_NOT_FOUND = "Looked for and not found: {name}. {how}"
_NOT_LOOKED = "Not looked for: {name}."
_NOT_LOOKED_WHY = "Not looked for: {name}. {why}"
_SILENT = ("Nobody looked for this one: {names}.", "Nobody looked for these {count}: {names}.")
_SILENCE = message("What nobody looked for may have happened; silence is not a finding.")
