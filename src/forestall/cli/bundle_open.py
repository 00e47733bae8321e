"""This file knows the commands that look at bundles of others and bring them in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation

if TYPE_CHECKING:
    from forestall.exchange import Bundle, Opened

Library = Annotated[Path, Parameter(name=["--library", "-l"])]
_LIBRARY = Path("exchange")


def verify(
    file: Annotated[Path, Parameter(name="FILE")],
    *,
    library: Library = _LIBRARY,
    language: Language = None,
) -> None:
    """Say what a bundle holds, whether it is whole, and whether its key is known; write nothing.

    Parameters
    ----------
    file
        The bundle.
    library
        Folder with the keys that are known.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.exchange import Trust, read_bundle, read_known_keys, trust_in
    from forestall.exchange.trust import first_use_told
    from forestall.languages import say

    with told_in(language):
        bundle = read_bundle(file)
        _tell(bundle)
        trust = trust_in(bundle.manifest, read_known_keys(library))
        print(say("The bundle is whole, and its signature is right."))
        if trust is Trust.FIRST_USE:
            print(first_use_told(bundle.manifest))
        else:
            print(say("Its key is known here as that of “{name}”.", name=bundle.manifest.publisher))


def open_file(
    file: Annotated[Path, Parameter(name="FILE")],
    *,
    library: Library = _LIBRARY,
    language: Language = None,
) -> None:
    """Bring a bundle into the library, with where it is from; whole, or not at all.

    Parameters
    ----------
    file
        The bundle.
    library
        Folder for what was brought in; it is made if it is not there.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.exchange import open_bundle, read_bundle

    with told_in(language):
        bundle = read_bundle(file)
        done = open_bundle(bundle, library, source=file.name, now=datetime.now(UTC))
        _tell(bundle)
        _tell_opened(bundle, done)


def fetch(
    source: Annotated[str | None, Parameter(name="SOURCE")] = None,
    *,
    library: Library = _LIBRARY,
    subscribe: Annotated[bool, Parameter(negative=())] = False,
    language: Language = None,
) -> None:
    """Bring in what is new in a folder or at a web address of bundles.

    What was changed on the way is named and left out, and the others come in; the status is then 1.

    Parameters
    ----------
    source
        A folder, or the https address of an index; without one, all that are subscribed to.
    library
        Folder for what was brought in; it is made if it is not there.
    subscribe
        Remember the source for the next time.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.errors import InvalidBundle, InvalidCommand
    from forestall.exchange import read_subscriptions
    from forestall.exchange import subscribe as remember
    from forestall.languages import message, say

    with told_in(language):
        if subscribe and source is not None:
            remember(source, library)
        sources = read_subscriptions(library) if source is None else (source,)
        if not sources:
            raise InvalidCommand(
                message("This library subscribes to nothing; name a folder or an address.")
            )
        refused, failed = 0, 0
        for one in sources:
            try:
                refused += _fetched(one, library)
            except InvalidBundle as wrong:
                if len(sources) == 1:
                    raise
                print(say("{name} was left out: {why}", name=one, why=str(wrong)))
                failed += 1
        _check_all_came(refused, failed)


def _check_all_came(refused: int, failed: int) -> None:
    from forestall.errors import InvalidBundle
    from forestall.languages import plural_message

    if failed:
        raise InvalidBundle(
            plural_message(
                "{count} source could not be read.", "{count} sources could not be read.", failed
            )
        )
    if refused:
        raise InvalidBundle(
            plural_message(
                "{count} bundle was left out.", "{count} bundles were left out.", refused
            )
        )


def _fetched(source: str, library: Path) -> int:
    """Tell what one source brought; return how many bundles were refused."""
    from forestall.exchange import Trust, bring_in
    from forestall.languages import say, say_plural

    found = bring_in(source, library, now=datetime.now(UTC))
    for name, done in found.opened:
        print(say("{name} is in {folder}", name=name, folder=str(done.folder)))
        if done.trust is Trust.FIRST_USE:
            told = say("Its key is seen for the first time; compare its fingerprint.")
            print(f"  {told}")
    for one in found.refused:
        print(say("{name} was left out: {why}", name=one.name, why=one.said))
    print(
        say_plural(
            "{count} bundle was here already.", "{count} bundles were here already.", found.here
        )
    )
    return len(found.refused)


def _tell(bundle: Bundle) -> None:
    from forestall.exchange import fingerprint_of
    from forestall.languages import OwnWords, say

    manifest = bundle.manifest
    print(
        say(
            "{title}: {kind} of “{publisher}”, version {version} of {day}, {licence}",
            title=OwnWords(manifest.title),
            kind=manifest.kind.words,
            publisher=manifest.publisher,
            version=manifest.version,
            day=manifest.created,
            licence=manifest.licence,
        )
    )
    for one in manifest.translations:
        told = say(
            "{language}: {state}, {texts} of {of} texts",
            language=one.language,
            state=one.state.words,
            texts=one.texts,
            of=one.of,
        )
        print(f"  {told}")
    for file in manifest.files:
        print(f"  {file.path}")
    print(say("Fingerprint: {fingerprint}", fingerprint=fingerprint_of(manifest.public_key)))


def _tell_opened(bundle: Bundle, done: Opened) -> None:
    from forestall.exchange import Arrival, Trust
    from forestall.exchange.trust import first_use_told
    from forestall.languages import say

    if done.trust is Trust.FIRST_USE:
        print(first_use_told(bundle.manifest))
    if done.arrival is Arrival.THERE:
        print(say("It was here already, in {folder}", folder=str(done.folder)))
    else:
        print(say("It is in {folder}", folder=str(done.folder)))
