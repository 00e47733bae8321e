"""References come in from RIS and BibTeX; they carry no number, and a broken file says where."""

import string

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import InvalidEvidence
from forestall.evidence.sources import Reference, ReferenceKind, read_references
from forestall.evidence.sources.bibtex import references_as_bibtex, references_of_bibtex
from forestall.evidence.sources.references import address_of, doi_in
from forestall.evidence.sources.ris import references_as_ris, references_of_ris

RIS = """TY  - JOUR
AU  - Welsh, Brandon C.
AU  - Farrington, David P.
TI  - Effects of improved street lighting
 on crime
PY  - 2008/10/01
DO  - 10.4073/CSR.2008.13
UR  - https://example.org/lighting
AB  - Street lighting improves
  visibility.
T2  - Campbell Systematic Reviews
ER  -

TY  - RPRT
T1  - Gates in alleys
A1  - Ek, Anna
Y1  - 2018
ER  -
"""
BIB = r"""
% a note
@string{csr = {Campbell Systematic Reviews}}
@article{welsh2008,
  author = {Welsh, Brandon C. and David P. Farrington and others},
  title = {{Effects} of improved \emph{street} lighting \& 50\% more},
  journal = csr,
  year = 2008,
  doi = {https://doi.org/10.4073/csr.2008.13},
}
@techreport{ek,
  title = "S{\o}ren M{\"u}ller's {\v{S}}koda, {\'E}cole na{\"\i}ve, \c{C}a",
  author = {{World Health Organization} and Garc{\'i}a, Jos\'e},
  date = {2018-05-01},
  url = {https://example.org/a\_b%20c~d},
}
"""


@pytest.fixture
def read(tmp_path):
    def write_and_read(name, text, encoding="utf-8"):
        (tmp_path / name).write_bytes(text.encode(encoding))
        return read_references(tmp_path / name)

    return write_and_read


def test_ris_is_read(read):
    lighting, gates = read("found.ris", RIS)

    assert lighting.title == "Effects of improved street lighting on crime"
    assert lighting.authors == ("Welsh, Brandon C.", "Farrington, David P.")
    assert lighting.year == 2008
    assert lighting.address == "https://doi.org/10.4073/CSR.2008.13"
    assert lighting.doi == "10.4073/csr.2008.13"
    assert lighting.abstract == "Street lighting improves visibility."
    assert lighting.kind is ReferenceKind.ARTICLE
    assert (gates.title, gates.authors, gates.year) == ("Gates in alleys", ("Ek, Anna",), 2018)
    assert gates.kind is ReferenceKind.REPORT


def test_bibtex_is_read_with_its_accents(read):
    lighting, report = read("found.bib", BIB)

    assert lighting.key == "welsh2008"
    assert lighting.title == "Effects of improved street lighting & 50% more"
    assert lighting.authors == ("Welsh, Brandon C.", "Farrington, David P.", "et al.")
    assert lighting.address == "https://doi.org/10.4073/csr.2008.13"
    assert report.title == "Søren Müller's Škoda, École naïve, Ça"
    assert report.authors == ("World Health Organization", "García, José")
    assert (report.year, report.kind) == (2018, ReferenceKind.REPORT)
    assert report.address == "https://example.org/a_b%20c~d"


def test_a_reference_says_that_it_has_no_number(read):
    assert {str(one.standing) for one in read("a.ris", RIS)} == {"not appraised, no number yet"}
    assert not hasattr(read("a.ris", RIS)[0], "effect")


def test_rispy_reads_the_same(read):
    ours = read("found.ris", RIS)

    for one, theirs in zip(ours, rispy.loads(RIS), strict=True):
        assert one.title == theirs.get("title", theirs.get("primary_title"))
        assert list(one.authors) == theirs.get("authors", theirs.get("first_authors"))


@pytest.mark.parametrize("name", ["found.ris", "found.bib"])
def test_marks_and_line_ends_of_other_systems_do_no_harm(read, name):
    text = RIS if name.endswith("ris") else BIB

    assert read(name, text.replace("\n", "\r\n"), "utf-8-sig") == read(name, text)


def test_a_reference_that_comes_twice_word_for_word_is_kept_once(read):
    assert read("a.ris", RIS + RIS) == read("a.ris", RIS)


FAULTY = {
    "title": ("a.ris", "TY  - JOUR\nAU  - Ek, A\nER  - \n", "begins in line 1: it has no title"),
    "end": ("a.ris", RIS[: RIS.index("ER")] + RIS, "begins in line 1: it has no line “ER”"),
    "last": ("a.ris", "TY  - JOUR\nTI  - A\n", "it has no line “ER” at its end"),
    "begin": ("a.ris", "TI  - A\nER  - \n", "line 1: a reference needs to begin with a line “TY"),
    "csv": ("a.ris", "title,year\nA,2001\n", "needs to begin with a line “TY"),
    "empty": ("a.ris", "", "“a.ris” has no references."),
    "key": (
        "a.ris",
        "TY  - GEN\nID  - a\nTI  - A\nER  - \nTY  - GEN\nID  - a\nTI  - B\nER  - \n",
        "begins in line 5: another reference has the key “a”.",
    ),
    "bracket": ("a.bib", "@misc{a, title={A}}\n@misc{b, title={B\n", "in line 2: its brackets"),
    "bib title": ("a.bib", "@misc{a, year={2001}}", "line 1: it has no title."),
    "bib key": ("a.bib", "@misc{a, title={A}}\n@misc{a, title={B}}", "has the key “a”"),
    "field": ("a.bib", "@misc{a, title={A}, title={B}}", "it has the field “title” twice"),
    "no bib": ("a.bib", "nothing of the kind", "“a.bib” has no references."),
    "kind": ("a.nbib", "PMID- 1", "“a.nbib” is neither."),
}


@pytest.mark.parametrize(("name", "text", "says"), FAULTY.values(), ids=FAULTY)
def test_a_broken_file_is_refused_in_one_sentence(read, capfd, name, text, says):
    with pytest.raises(InvalidEvidence) as caught:
        read(name, text)

    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


def test_another_encoding_is_named(read):
    with pytest.raises(InvalidEvidence, match="line 2 is in another encoding"):
        read("a.ris", "TY  - JOUR\nTI  - Müller\nER  - \n", "latin-1")


def test_a_doi_is_found_in_any_address():
    assert doi_in("http://dx.doi.org/10.1000/ABC.1.") == "10.1000/abc.1"
    assert doi_in("https://example.org/10.1000/abc.pdf?download=1") == "10.1000/abc"
    assert doi_in("https://example.org/report") is None
    assert address_of(doi="", url=" https://example.org ") == "https://example.org"
    assert address_of(doi="unknown", url="https://example.org") == "https://example.org"


WORDS = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "äéøŠ中&%$#_{}\\~^-'`\"(),;:.?!<>=@/| "),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()))
TITLES = WORDS.filter(lambda text: any(sign.isalnum() for sign in text))
REFERENCES = st.builds(
    Reference,
    key=st.from_regex(r"[a-z][a-z0-9:.-]{0,8}", fullmatch=True),
    title=TITLES,
    authors=st.lists(
        st.tuples(
            st.sampled_from(["Ek", "van Dyk", "Müller"]), st.sampled_from(["Anna", "J. B."])
        ).map(", ".join),
        max_size=3,
    ).map(tuple),
    year=st.none() | st.integers(1900, 2099),
    address=st.sampled_from(
        ["", "https://doi.org/10.1000/Abc_1(2)", "https://example.org/a_b?c=1&d=50%25"]
    ),
    abstract=st.just("") | WORDS,
    kind=st.sampled_from(ReferenceKind),
)
MANY = st.lists(REFERENCES, min_size=1, max_size=4, unique_by=lambda one: one.key)


@given(MANY)
@settings(deadline=None)
def test_what_is_written_as_ris_is_read_again(references):
    found, faults = references_of_ris(references_as_ris(references).decode())

    assert not faults
    assert list(found.values()) == references


@given(MANY)
@settings(deadline=None)
def test_what_is_written_as_bibtex_is_read_again(references):
    found, faults = references_of_bibtex(references_as_bibtex(references).decode())

    assert not faults
    assert list(found.values()) == references


@given(st.text(st.sampled_from("@{}(),=\"'\\$%#~ \nabctitle2article"), max_size=80))
@settings(deadline=None)
def test_no_text_makes_bibtex_fail_with_anything_but_a_fault(text):
    found, faults = references_of_bibtex(f"@misc{{a, title={{{text}}}}}")

    assert all(one.title for one in found.values())
    assert all(str(fault) for fault in faults.values())
