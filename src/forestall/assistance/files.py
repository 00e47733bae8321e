"""This file knows the JSON files of needs, offers, proposals with missions, and of a matching."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from forestall.assistance.explanations import Why  # noqa: TC001
from forestall.assistance.faults import fault_in_words
from forestall.assistance.fitting import Constraint  # noqa: TC001
from forestall.assistance.missions import Mission  # noqa: TC001
from forestall.assistance.preferences import NeedOrder, PairOrder  # noqa: TC001
from forestall.assistance.proposals import Proposal, ProposalState
from forestall.assistance.records import Need, Offer, Window
from forestall.assistance.soundness import faults_of_needs, faults_of_offers, faults_of_proposals
from forestall.errors import InvalidAssistance, InvalidFile
from forestall.languages import SOURCE_LANGUAGE, Texts, message, use_language
from forestall.records.strict_json import json_object, read_bytes
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

    from forestall.assistance.explanations import Unmatched
    from forestall.assistance.matching import Matching, Pair
    from forestall.languages import Message, Words

FORMAT = 1
_MOST_MEGABYTES = 20


class NeedsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Needs of technical assistance."""

    needs: tuple[Need, ...]
    format: int = FORMAT


class OffersFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Offers of technical assistance."""

    offers: tuple[Offer, ...]
    format: int = FORMAT


class ProposalsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Proposals, how people answered them, and the missions that followed."""

    proposals: tuple[Proposal, ...]
    missions: tuple[Mission, ...] = ()
    format: int = FORMAT


class PairRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An offer proposed for a need, what both have in common, and why."""

    need: str
    offer: str
    languages: tuple[str, ...]
    together: Window
    reasons: tuple[Texts, ...]


class HolderRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need that has a fitting offer, and by what it comes first."""

    offer: str
    need: str
    by: NeedOrder | None = None
    standing: ProposalState | None = None


class NearRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An offer in the area, and everything it lacks for the need."""

    offer: str
    lacking: tuple[Constraint, ...]


class UnmatchedRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need without an offer, why, and how many offers were left before that."""

    need: str
    why: Why
    offers: int
    said: Texts
    holders: tuple[HolderRecord, ...] = ()
    near: tuple[NearRecord, ...] = ()


class MatchingFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A matching: the orders that were followed, pairs, and needs without an offer."""

    need_order: tuple[NeedOrder, ...]
    pair_order: tuple[PairOrder, ...]
    pairs: tuple[PairRecord, ...]
    unmatched: tuple[UnmatchedRecord, ...]
    standing: tuple[Proposal, ...] = ()
    format: int = FORMAT


FileOf = TypeVar("FileOf", NeedsFile, OffersFile, ProposalsFile, MatchingFile)


def read_needs(path: str | os.PathLike[str]) -> tuple[Need, ...]:
    """Read needs from their file.

    Raises
    ------
    InvalidAssistance
        If the file cannot be read, is no file of needs, or contradicts itself; with the place.
    """
    return _sound(_read(path, NeedsFile).needs, faults_of_needs, path)


def read_offers(path: str | os.PathLike[str]) -> tuple[Offer, ...]:
    """Read offers from their file.

    Raises
    ------
    InvalidAssistance
        If the file cannot be read, is no file of offers, or contradicts itself; with the place.
    """
    return _sound(_read(path, OffersFile).offers, faults_of_offers, path)


def read_proposals(path: str | os.PathLike[str]) -> ProposalsFile:
    """Read proposals and missions from their file.

    Raises
    ------
    InvalidAssistance
        If the file cannot be read, is no file of proposals, or contradicts itself.
    """
    read = _read(path, ProposalsFile)
    _sound(read.proposals, faults_of_proposals, path)
    return read


def assistance_from_json(read: bytes, kind: type[FileOf], *, name: str) -> FileOf:
    """Return the file of needs, offers or proposals that some bytes are.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidAssistance
        If they are no such file, or it contradicts itself.

    Examples
    --------
    >>> assistance_from_json(b'{"needs": []}', NeedsFile, name="needs.json")
    NeedsFile(needs=(), format=1)
    """
    found = _parsed(read, kind, name)
    if isinstance(found, NeedsFile):
        _sound(found.needs, faults_of_needs, name)
    elif isinstance(found, OffersFile):
        _sound(found.offers, faults_of_offers, name)
    elif isinstance(found, ProposalsFile):
        _sound(found.proposals, faults_of_proposals, name)
    return found


def assistance_to_json(content: NeedsFile | OffersFile | ProposalsFile | MatchingFile) -> bytes:
    """Return one of the files as its bytes.

    Examples
    --------
    >>> print(assistance_to_json(NeedsFile(needs=())).decode())
    {
      "needs": [],
      "format": 1
    }
    <BLANKLINE>
    """
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def write_assistance(
    content: NeedsFile | OffersFile | ProposalsFile | MatchingFile, path: str | os.PathLike[str]
) -> Path:
    """Write one of the files; one that was there is replaced in one step.

    Raises
    ------
    InvalidOutput
        If the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.assistance.example import example_needs
    >>> with TemporaryDirectory() as folder:
    ...     file = write_assistance(NeedsFile(needs=example_needs()), Path(folder) / "needs.json")
    ...     read_needs(file) == example_needs()
    True
    """
    return write_whole(path, assistance_to_json(content))


def matching_file(
    matching: Matching, *, languages: Sequence[str] = (SOURCE_LANGUAGE,)
) -> MatchingFile:
    """Return a matching as its file, with its reasons in languages.

    Raises
    ------
    UnknownLanguage
        If there is no catalogue for one.
    """
    return MatchingFile(
        need_order=matching.preferences.needs,
        pair_order=matching.preferences.pairs,
        pairs=tuple(_pair(one, languages) for one in matching.pairs),
        unmatched=tuple(_unmatched(one, languages) for one in matching.unmatched),
        standing=matching.standing,
    )


def proposals_of(
    matching: Matching, *, on: date, languages: Sequence[str] = (SOURCE_LANGUAGE,)
) -> tuple[Proposal, ...]:
    """Return a proposal for each pair, with its reasons, for people to accept or decline.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.assistance import match_assistance
    >>> from forestall.assistance.example import example_needs, example_offers
    >>> found = match_assistance(example_needs(), example_offers())
    >>> made = proposals_of(found, on=date(2026, 2, 2))
    >>> again = match_assistance(example_needs(), example_offers(), proposals=made)
    >>> made[0].state.value, again.pairs
    ('proposed', ())
    """
    return tuple(
        Proposal(
            need=one.need,
            offer=one.offer,
            proposed=on,
            reasons=tuple(_texts(said, languages) for said in one.reasons),
        )
        for one in matching.pairs
    )


def _pair(one: Pair, languages: Sequence[str]) -> PairRecord:
    return PairRecord(
        need=one.need,
        offer=one.offer,
        languages=one.languages,
        together=one.together,
        reasons=tuple(_texts(said, languages) for said in one.reasons),
    )


def _unmatched(one: Unmatched, languages: Sequence[str]) -> UnmatchedRecord:
    return UnmatchedRecord(
        need=one.need,
        why=one.why,
        offers=one.offers,
        said=_texts(one.in_words, languages),
        holders=tuple(
            HolderRecord(offer=held.offer, need=held.need, by=held.by, standing=held.standing)
            for held in one.holders
        ),
        near=tuple(NearRecord(offer=near.offer, lacking=near.lacking) for near in one.near),
    )


def _texts(said: Words, languages: Sequence[str]) -> Texts:
    written = {}
    for tag in languages:
        with use_language(tag):
            written[tag] = str(said)
    return written


def _read(path: str | os.PathLike[str], kind: type[FileOf]) -> FileOf:
    file = Path(path)
    try:
        read = read_bytes(file, most_megabytes=_MOST_MEGABYTES)
    except InvalidFile as wrong:
        raise InvalidAssistance(*wrong.args) from None
    return _parsed(read, kind, file.name)


def _parsed(read: bytes, kind: type[FileOf], name: str) -> FileOf:
    try:
        content = json_object(read, name=name)
    except InvalidFile as wrong:
        raise InvalidAssistance(*wrong.args) from None
    content.pop("$schema", None)  # editors write it; what counts is the format
    if content.get("format", FORMAT) != FORMAT:
        raise InvalidAssistance(
            message(
                "{name} has another format than {known}, the only one that is read.",
                name=name,
                known=FORMAT,
            )
        )
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as wrong:
        raise InvalidAssistance(fault_in_words(wrong, name=name)) from None


Record = TypeVar("Record", Need, Offer, Proposal)


def _sound(
    records: tuple[Record, ...],
    faults: Callable[[Sequence[Record]], Iterator[Message]],
    path: str | os.PathLike[str],
) -> tuple[Record, ...]:
    fault = next(faults(records), None)
    if fault is not None:
        raise InvalidAssistance(
            message("{name} cannot be used. {fault}", name=Path(path).name, fault=fault)
        )
    return records
