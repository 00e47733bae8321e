"""This file knows the commands ``forestall assistance …``: who needs help, who can give it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import App, Parameter

from forestall.cli.plan_words import Language, Today  # noqa: TC001 -- cyclopts reads them

if TYPE_CHECKING:
    from forestall.assistance import Matching, Preferences

Order = Annotated[list[str] | None, Parameter(negative=())]

app = App(
    name="assistance",
    help="Technical assistance: match needs and offers, with a reason for every answer.",
    help_format="plaintext",
)


@app.command(name="match")
def match(
    needs: Annotated[Path, Parameter(name="NEEDS")],
    offers: Annotated[Path, Parameter(name="OFFERS")],
    *,
    proposals: Path | None = None,
    need_order: Order = None,
    pair_order: Order = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    propose: Path | None = None,
    today: Today = None,
    language: Language = None,
) -> None:
    """Propose an offer for each need, and say why, also for each need that gets none.

    As many needs as possible are served, those that have waited longest first. A proposal binds
    nobody until people accept it.

    Parameters
    ----------
    needs
        The needs, as JSON.
    offers
        The offers, as JSON.
    proposals
        Earlier proposals and how they were answered, as JSON. Those that stand are left alone, and
        a declined pair is not proposed again.
    need_order
        Who is served first, with commas between: waited,priority if none is named.
    pair_order
        Which offer is preferred: language,region,costs,soonest if none is named.
    out
        File for the whole matching as JSON, with its reasons in the language.
    propose
        File for the new proposals as JSON, together with the earlier ones.
    today
        Day on which they are proposed, such as 2026-03-02; today if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.assistance import files, match_assistance
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import SOURCE_LANGUAGE, say

    with told_in(language):
        earlier = (
            files.ProposalsFile(proposals=())
            if proposals is None
            else files.read_proposals(proposals)
        )
        found = match_assistance(
            files.read_needs(needs),
            files.read_offers(offers),
            proposals=earlier.proposals,
            preferences=_preferences(need_order, pair_order),
        )
        _tell(found)
        languages = (language or SOURCE_LANGUAGE,)
        if out is not None:
            content = files.matching_file(found, languages=languages)
            print(say("Written: {file}", file=str(files.write_assistance(content, out))))
        if propose is not None:
            made = files.proposals_of(found, on=day_of(today), languages=languages)
            together = files.ProposalsFile(
                proposals=(*earlier.proposals, *made), missions=earlier.missions
            )
            print(say("Written: {file}", file=str(files.write_assistance(together, propose))))


@app.command(name="due")
def due(
    proposals: Annotated[Path, Parameter(name="PROPOSALS")],
    *,
    today: Today = None,
    language: Language = None,
) -> None:
    """Say what missions still ask for: follow-ups that were not held, results not recorded.

    Parameters
    ----------
    proposals
        Proposals and missions, as JSON.
    today
        Day on which they are looked at, such as 2026-03-02; today if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.assistance import missions_due, read_proposals
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import say

    with told_in(language):
        read = read_proposals(proposals)
        found = missions_due(read.missions, today=day_of(today), proposals=read.proposals)
        for one in found:
            print(f"{one.need} ← {one.offer}: {one.said}")
        if not found:
            print(say("Nothing is due."))


@app.command(name="example")
def example(
    *, out: Annotated[Path, Parameter(name=["--out", "-o"])], language: Language = None
) -> None:
    """Write needs and offers of invented places into a folder, to read, to try and to change.

    Parameters
    ----------
    out
        The folder; files that are there stay.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.assistance import example_needs, example_offers, files
    from forestall.cli.plan_words import told_in
    from forestall.errors import InvalidOutput
    from forestall.languages import message, say

    contents: dict[str, files.NeedsFile | files.OffersFile] = {
        "needs.json": files.NeedsFile(needs=example_needs()),
        "offers.json": files.OffersFile(offers=example_offers()),
    }
    with told_in(language):
        for name in contents:
            if (out / name).exists():
                raise InvalidOutput(
                    message("“{name}” is there already; name a new file.", name=name)
                )
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise InvalidOutput(
                message("“{name}” cannot be a folder here.", name=out.name)
            ) from None
        for name, content in contents.items():
            written = files.write_assistance(content, out / name)
            print(say("Written: {file}", file=str(written)))


@app.command(name="schema")
def schema(file: str) -> None:
    """Print the JSON Schema of a file: needs, offers, proposals or matching.

    Parameters
    ----------
    file
        Which of them.
    """
    import json

    from forestall.assistance import assistance_schema

    print(json.dumps(assistance_schema(file), ensure_ascii=False, indent=2))


def _tell(found: Matching) -> None:
    from forestall.languages import say

    for one in found.pairs:
        print(f"{one.need} ← {one.offer}")
        for reason in one.reasons:
            print(f"  - {reason}")
    for none in found.unmatched:
        print(say("{need}: no offer", need=none.need))
        for said in (none.said, *(one.said for one in none.holders), *(n.said for n in none.near)):
            print(f"  - {said}")
    orders = [(one.words, one.reason) for one in found.preferences.needs]
    orders += [(one.words, one.reason) for one in found.preferences.pairs]
    for words, reason in orders:
        print(say("Order: {order}. {reason}", order=words, reason=reason))
    print(found.summary())


Orders = TypeVar("Orders", bound=StrEnum)


def _preferences(needs: list[str] | None, pairs: list[str] | None) -> Preferences:
    from forestall.assistance import NeedOrder, PairOrder, Preferences

    usual = Preferences()
    return Preferences(
        needs=usual.needs if needs is None else _order(needs, NeedOrder, "--need-order"),
        pairs=usual.pairs if pairs is None else _order(pairs, PairOrder, "--pair-order"),
    )


def _order(words: list[str], kind: type[Orders], option: str) -> tuple[Orders, ...]:
    from forestall.errors import InvalidCommand
    from forestall.languages import Listing, message

    named = [part.strip() for one in words for part in one.split(",") if part.strip()]
    known = [one.value for one in kind]
    for name in named:
        if name not in known:
            raise InvalidCommand(
                message(
                    "{option} needs words of this list: {known}; but “{name}” was given.",
                    option=option,
                    known=Listing(known),
                    name=name,
                )
            )
    return tuple(kind(name) for name in named)
