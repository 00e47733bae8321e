"""This file knows the commands ``forestall bundle …``: exchange between cities, signed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from forestall.cli.bundle_open import fetch, open_file, verify
from forestall.cli.plan_words import Language, Today  # noqa: TC001 -- cyclopts reads them

if TYPE_CHECKING:
    from forestall.exchange import Kind

app = App(
    name="bundle",
    help="Exchange practices, plans and evaluations with other cities, signed and checked.",
    help_format="plaintext",
)
app.command(verify, name="verify")
app.command(open_file, name="open")
app.command(fetch, name="fetch")


@app.command(name="key")
def key(
    *, out: Annotated[Path, Parameter(name=["--out", "-o"])], language: Language = None
) -> None:
    """Make the secret key with which this city signs, once, and say its fingerprint.

    Parameters
    ----------
    out
        The file for the key; keep it where only you read it, and a copy of it.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.exchange import fingerprint_of, write_key
    from forestall.languages import say

    with told_in(language):
        public = write_key(out)
        print(say("The secret key is {file}", file=str(out)))
        print(say("Fingerprint: {fingerprint}", fingerprint=fingerprint_of(public)))
        print(say("Tell the fingerprint to your partners by another way than the bundles."))


@app.command(name="pack")
def pack(
    files: Annotated[list[Path], Parameter(name="FILE", negative=())],
    *,
    kind: str,
    name: str,
    publisher: str,
    licence: str,
    secret: Annotated[Path, Parameter(name="--key")],
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    version: int = 1,
    title: str = "",
    without_contacts: Annotated[bool, Parameter(negative=())] = False,
    today: Today = None,
    language: Language = None,
) -> None:
    """Pack a practice, a plan, an evaluation or effects of studies into a signed bundle.

    Nothing about persons goes in: addresses, telephone numbers, contacts and single places are
    refused with where they stand. Names in sentences are yours to find.

    Parameters
    ----------
    files
        The main file first, then what belongs to it: JSON, GeoJSON, CSV, RIS, BibTeX or text.
    kind
        What it is: practice, plan, evaluation or evidence.
    name
        A short name that stays in later versions, such as alley-gates.
    publisher
        The body that publishes, as others should know it.
    licence
        Under which others may use it, such as CC-BY-4.0.
    secret
        File of the secret key.
    out
        Folder for the bundle.
    version
        Number of the version, from 1.
    title
        Title in the language of --language; plans and practices have their own.
    without_contacts
        Leave the contacts of a plan's partners out.
    today
        Day on which it is packed, such as 2026-03-02; today if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.exchange import files_to_pack, pack_bundle, read_key
    from forestall.exchange.packing import SUFFIX
    from forestall.languages import SOURCE_LANGUAGE, say

    with told_in(language):
        meant = _kind(kind)
        contents = files_to_pack(files, kind=meant)
        if without_contacts:
            contents = _without_contacts(contents, meant)
        packed = pack_bundle(
            contents,
            kind=meant,
            key=name,
            version=version,
            publisher=publisher,
            licence=licence,
            secret=read_key(secret),
            created=day_of(today),
            title={language or SOURCE_LANGUAGE: title} if title else None,
        )
        written = out / f"{name}-v{version}{SUFFIX}"
        _write(written, packed.content)
        print(say("Written: {file}", file=str(written)))


@app.command(name="index")
def index(folder: Annotated[Path, Parameter(name="FOLDER")], *, language: Language = None) -> None:
    """Write the index of the bundles in a folder, so that others subscribe to its web address.

    Parameters
    ----------
    folder
        The folder; put it on a web server as it is.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.exchange import write_index
    from forestall.languages import say_plural

    with told_in(language):
        found = write_index(folder)
        print(
            say_plural(
                "{count} bundle is in the index.",
                "{count} bundles are in the index.",
                len(found.bundles),
            )
        )


def _write(file: Path, packed: bytes) -> None:
    from forestall.errors import InvalidOutput
    from forestall.languages import message
    from forestall.whole_files import write_whole

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        reason = (wrong.strerror or "it is no folder").lower()
        raise InvalidOutput(
            message("{name} cannot be written: {reason}.", name=file.name, reason=reason)
        ) from None
    write_whole(file, packed)


def _kind(word: str) -> Kind:
    from forestall.errors import InvalidCommand
    from forestall.exchange import Kind
    from forestall.languages import Listing, message

    known = [one.value for one in Kind]
    if word not in known:
        raise InvalidCommand(
            message(
                "{option} needs words of this list: {known}; but “{name}” was given.",
                option="--kind",
                known=Listing(known),
                name=word,
            )
        )
    return Kind(word)


def _without_contacts(contents: dict[str, bytes], kind: Kind) -> dict[str, bytes]:
    from forestall.errors import InvalidCommand
    from forestall.exchange import Kind, without_contacts
    from forestall.languages import message
    from forestall.plan import plan_from_json, plan_to_json

    if kind is not Kind.PLAN:
        raise InvalidCommand(message("Only a plan has contacts that can be left out."))
    plan = plan_from_json(contents[kind.main_file], name=kind.main_file)
    return contents | {kind.main_file: plan_to_json(without_contacts(plan))}
