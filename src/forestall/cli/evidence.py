"""This file knows the commands ``forestall evidence …``: what has worked elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from forestall.cli.evidence_files import add_file, export_files, write_form
from forestall.cli.evidence_suggest import suggest
from forestall.cli.evidence_synthesise import synthesise

if TYPE_CHECKING:
    from forestall.evidence.search import SearchHit

Folders = Annotated[list[Path] | None, Parameter(name="--with", negative=())]
Words = Annotated[list[str] | None, Parameter(negative=())]
Formats = Annotated[list[str] | None, Parameter(name="--format", negative=())]
Languages = Annotated[list[str] | None, Parameter(name="--language", negative=())]
Out = Annotated[Path | None, Parameter(name=["--out", "-o"])]

app = App(
    name="evidence",
    help="What has worked elsewhere: search it, show it, average it, map its gaps, add to it.",
    help_format="plaintext",
)
app.command(suggest, name="suggest")
app.command(synthesise, name="synthesise")
app.command(add_file, name="add")
app.command(export_files, name="export")
app.command(write_form, name="form")


@app.command
def search(
    *words: str,
    problem: Words = None,
    approach: Words = None,
    level: Words = None,
    setting: Words = None,
    group: Words = None,
    outcome: Words = None,
    certainty: Words = None,
    kind: Words = None,
    with_folders: Folders = None,
    limit: int = 20,
) -> None:
    """Search interventions, reviews, studies, practices and references, in six languages.

    Misspelt words are put right, and what was searched instead is said. Nothing leaves the machine.

    Parameters
    ----------
    words
        What to search, in any of the six languages; without words all that fits is listed.
    problem
        Only what is about this problem, such as burglary; several are alternatives.
    approach
        Only this approach, such as situational.
    level
        Only what works on people, families, schools, places, areas, a city or a country.
    setting
        Only what was studied in such places, such as residential-area.
    group
        Only what was studied on such groups, such as young-people.
    outcome
        Only what measured this, such as fear.
    certainty
        Only measures of this certainty on crime: high, moderate, low or very-low.
    kind
        Only this kind: intervention, review, study, practice, reference or local evaluation.
    with_folders
        Folders of the city's own evidence.
    limit
        The most that is shown.
    """
    from forestall.cli.evidence_words import collected, meant_facets
    from forestall.errors import InvalidCommand
    from forestall.evidence.search import build_index
    from forestall.evidence.searched import documents_of

    if limit < 1:
        raise InvalidCommand(f"--limit is 1 or more, but {limit} was given.")
    index = build_index(documents_of(collected(with_folders)))
    facets = {
        "problem": problem,
        "approach": approach,
        "level": level,
        "setting": setting,
        "group": group,
        "outcome": outcome,
        "certainty": certainty,
        "kind": kind,
    }
    chosen = {name: values for name, values in facets.items() if values}
    meant = meant_facets(chosen, index.facet_counts(""))
    hits = index.find(" ".join(words), facets=meant, limit=limit)
    _tell_hits(hits)


@app.command
def show(
    key: str,
    *,
    out: Out = None,
    formats: Formats = None,
    languages: Languages = None,
    with_folders: Folders = None,
) -> None:
    """Show one intervention: what it is, does it work, for whom, at what cost, how sure, sources.

    Parameters
    ----------
    key
        Key of an intervention, such as street-lighting, or of a text, such as lighting-2022.
    out
        Folder for its page; without one, the findings are printed.
    formats
        Formats of the page with commas between them, such as pdf; the page is always written.
    languages
        Languages of the page with commas between them, such as en,ar; or all.
    with_folders
        Folders of the city's own evidence.
    """
    from forestall.cli.command_lines import command_line
    from forestall.cli.evidence_show import tell_intervention, tell_text
    from forestall.cli.evidence_words import collected, tell_written

    known = collected(with_folders)
    text = known.evidence.review_named(key)
    if text is not None and out is None:
        tell_text(text)
    elif out is None:
        tell_intervention(key, known)
    else:
        from forestall.publication import publish_intervention

        tell_written(
            publish_intervention(
                key if text is None else text.reading.intervention,
                out=out,
                evidence=known.evidence,
                formats=formats or ("html",),
                languages=languages or (),
                command=command_line(),
            )
        )


@app.command(name="gap-map")
def gap_map(
    *,
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    formats: Formats = None,
    languages: Languages = None,
    with_folders: Folders = None,
) -> None:
    """Map what is known of each intervention and outcome, and what nobody has measured.

    Parameters
    ----------
    out
        Folder for the map. An earlier map in it is replaced.
    formats
        Formats with commas between them: pdf, docx, pages, explore; the page is always written.
    languages
        Languages with commas between them, such as en,ar; or all.
    with_folders
        Folders of the city's own evidence.
    """
    from forestall.cli.command_lines import command_line
    from forestall.cli.evidence_words import collected, tell_written
    from forestall.publication import publish_gap_map

    tell_written(
        publish_gap_map(
            out=out,
            evidence=collected(with_folders).evidence,
            formats=formats or ("html",),
            languages=languages or (),
            command=command_line(),
        )
    )


def _tell_hits(hits: tuple[SearchHit, ...]) -> None:
    from forestall.languages import say

    if not hits:
        print(say("Nothing was found."))
        return
    for correction in hits[0].corrections:
        print(correction.words)
    if not hits[0].has_all_words:
        print(say("No text has all of these words; these have some of them."))
    for hit in hits:
        print(f"{hit.key}  ({hit.kind})\n    {hit.title.text}\n    {hit.fragment.text}")
