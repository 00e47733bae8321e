"""Nothing about persons goes into a bundle; the place is told and never the value."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidBundle
from forestall.exchange import bundle_from, check_nothing_personal, personal_places
from forestall.exchange.personal import Personal
from forestall.plan import example_plan, plan_to_json
from tests.exchange.made_bundles import a_bundle, practice_json

FOUND = [
    ("a.md", "Write to ann.smith@city.example today", Personal.EMAIL, "line 1"),
    ("a.txt", "x\nCall +44 151 496 0123 please", Personal.PHONE, "line 2"),
    ("a.txt", "Call 0151 496 0123", Personal.PHONE, "line 1"),
    ("a.txt", "Tel: 4960123", Personal.PHONE, "line 1"),
    ("a.json", {"notes": [{"said": "ann@city.example"}]}, Personal.EMAIL, "notes[0].said"),
    ("a.json", {"partners": [{"contact": "Ann"}]}, Personal.CONTACT, "partners[0].contact"),
    ("a.json", {"surname": "Smith"}, Personal.FIELD, "surname"),
    ("a.json", {"ann@city.example": 1}, Personal.EMAIL, ""),
    ("a.json", [{"lat": 53.41, "lon": -2.97}], Personal.POINT, "[0]"),
    (
        "a.geojson",
        {"geometry": {"type": "Point", "coordinates": [1, 2]}},
        Personal.POINT,
        "geometry",
    ),
    ("a.txt", "Call 06.12.34.56.78 or 01 23 45 67 89", Personal.PHONE, "line 1"),
    ("a.txt", "Call (415) 555-0123", Personal.PHONE, "line 1"),
    ("a.txt", "<ann@city.example>", Personal.EMAIL, "line 1"),
    ("a.json", {"office": {"phone": 4960123}}, Personal.PHONE, "office.phone"),
    ("a.json", [{"Latitude": "53.41", "lng": " -2,97"}], Personal.POINT, "[0]"),
    ("a.csv", "month,victim name\n1,x\n", Personal.FIELD, "column “victim name”"),
    ("a.csv", "kind;Latitude;Longitude\na;1;2\n", Personal.POINT, "row 1"),
    ("a.csv", "kind,note\nburglary,ann@city.example\n", Personal.EMAIL, "row 2, column 2"),
]


@pytest.mark.parametrize(("path", "content", "what", "place"), FOUND)
def test_what_tells_of_a_person_is_found_with_its_place(path, content, what, place):
    written = content if isinstance(content, str) else json.dumps(content)

    found = list(personal_places(path, written.encode()))

    assert (place, what) in [(one.place, one.what) for one in found]
    with pytest.raises(InvalidBundle) as refused:
        check_nothing_personal({path: written.encode()})
    for value in ("ann", "4960123", "496 0123", "Smith", "53.41", "burglary,"):
        assert value.casefold() not in str(refused.value).casefold()


@pytest.mark.parametrize(
    "text",
    [
        "From 2024-03-01 to 2026-01-31, 12 345 of 67 890 burglaries (18.2 %) were counted.",
        "Doi 10.1016/0047-2727(90)90042-M, ISBN 978-0-19-853453-1, pages 0123-0145.",
        "Between 08:00 and 17:00 on 5 days a week; 0.05 is a p-value; 1,234,567.89 euros.",
        "SHA-256 00a1b2c3d4e5f60718293a4b5c6d7e8f00112233445566778899aabbccddeeff",
        "It began on 01.03.2024, 01/03/2024 or 01-03-2024, and cost 12 345 678 euros.",
        "The area E01006512 and the years 1998-2004, 2005-2010.",
    ],
)
def test_numbers_of_other_things_are_no_telephone_numbers(text):
    assert list(personal_places("a.md", text.encode())) == []


def test_shares_and_counts_of_persons_are_no_persons():
    content = {"victims": 12, "age": 3, "area": {"type": "Polygon", "coordinates": [[[0, 1]]]}}

    assert list(personal_places("a.json", json.dumps(content).encode())) == []


def test_a_file_that_cannot_be_looked_into_is_refused():
    with pytest.raises(InvalidBundle, match="cannot be looked into"):
        check_nothing_personal({"map.pdf": b"%PDF"})
    with pytest.raises(InvalidBundle, match="not written in UTF-8"):
        check_nothing_personal({"a.md": b"\xff\xfe"})


@given(st.binary(max_size=200), st.sampled_from(["a.json", "a.csv", "a.md"]))
def test_any_bytes_are_looked_into_or_refused(content, path):
    with suppress(InvalidBundle):
        check_nothing_personal({path: content})


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**53), 2**53)
    | st.text(max_size=20),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "lat", "contact", "x"]), inside)
    ),
    max_leaves=8,
)


@given(ANY_JSON)
def test_any_json_is_looked_into(content):
    written = json.dumps(content).encode()

    for one in personal_places("a.json", written):
        assert one.said


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("a.json", b'{"said": "ann@city.example", "said": "x"}', "names “said” twice"),
        ("a.json", b'1, "x": "ann@city.example"', "a.json is no JSON"),
        ("a.csv", b'month\n"' + b"x" * 200_000 + b'"\n', "cannot be read as a table"),
    ],
)
def test_what_could_hide_a_person_from_a_reader_is_refused(path, content, said):
    with pytest.raises(InvalidBundle, match=said):
        list(personal_places(path, content))


def test_counts_and_amounts_are_no_telephone_numbers():
    content = {"population": 1_234_567, "telephones": 2_000_000, "mobile": 12, "lat": "north"}

    assert list(personal_places("a.json", json.dumps(content).encode())) == []


def test_a_plan_with_contacts_is_refused_and_an_office_of_a_practice_is_not():
    with pytest.raises(InvalidBundle, match=r"contact at partners\[0\]\.contact"):
        check_nothing_personal({"plan.json": plan_to_json(example_plan())})

    assert bundle_from(a_bundle()).files
    with pytest.raises(InvalidBundle, match=r"an e-mail address at situation\.en"):
        a_bundle({"practice.json": practice_json(situation={"en": "Ask ann@city.example"})})
    with pytest.raises(InvalidBundle, match="an e-mail address"):
        a_bundle(publisher="ann@city.example")
