"""This file knows which columns identify or describe persons, by the words in their names.

A name is cut into words (at spaces, signs, digits and changes of case), and the words are
compared whole: "Location Description" and "LSOA name" are harmless, "Suspect name" is not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Persons in a case: whatever is told about them is personal.
_PERSONS = frozenset(
    [
        "accused",
        "aggressor",
        "arrestee",
        "complainant",
        "defendant",
        "detainee",
        "driver",
        "offender",
        "owner",
        "passenger",
        "perpetrator",
        "person",
        "perp",
        "reportee",
        "suspect",
        "susp",
        "victim",
        "vic",
        "vict",
        "witness",
        "acusado",
        "agresor",
        "denunciante",
        "detenido",
        "imputado",
        "ofendido",
        "persona",
        "sospechoso",
        "testigo",
        "victima",
        "accuse",
        "agresseur",
        "auteur",
        "detenu",
        "mis",
        "personne",
        "plaignant",
        "suspecte",
        "temoin",
        "victime",
        "beschuldigter",
        "geschaedigter",
        "opfer",
        "person",
        "taeter",
        "tatverdaechtiger",
        "verdaechtiger",
        "zeuge",
        "agressor",
        "autor",
        "ofendido",
        "pessoa",
        "suspeito",
        "testemunha",
        "sprawca",
        "swiadek",
        "ofiara",
        "podejrzany",
        "osoba",
        "dader",
        "slachtoffer",
        "verdachte",
        "getuige",
        "autore",
        "indagato",
        "persona",
        "testimone",
        "vittima",
        "подозреваемый",
        "потерпевший",
        "свидетель",
        "жертва",
        "лицо",
        "обвиняемый",
    ]
)
# A count of persons describes nobody.
_COUNTS = frozenset({"count", "number", "num", "n", "no", "total", "victims", "persons", "anzahl"})
# Words that are personal wherever they stand.
_ALWAYS = frozenset(
    [
        "forename",
        "firstname",
        "lastname",
        "middlename",
        "surname",
        "fullname",
        "maidenname",
        "nickname",
        "alias",
        "dob",
        "birthdate",
        "birthday",
        "birthplace",
        "birth",
        "age",
        "agegroup",
        "agerange",
        "ageband",
        "sex",
        "gender",
        "race",
        "ethnicity",
        "ethnic",
        "nationality",
        "citizenship",
        "religion",
        "phone",
        "telephone",
        "mobile",
        "email",
        "fax",
        "ssn",
        "passport",
        "nino",
        "nhs",
        "narrative",
        "narrativa",
        "synopsis",
        "remarks",
        "nombre",
        "nombres",
        "apellido",
        "apellidos",
        "nacimiento",
        "edad",
        "sexo",
        "genero",
        "raza",
        "etnia",
        "nacionalidad",
        "telefono",
        "correo",
        "dni",
        "curp",
        "rfc",
        "prenom",
        "naissance",
        "sexe",
        "ethnie",
        "nationalite",
        "courriel",
        "nachname",
        "vorname",
        "geburtsdatum",
        "geburtstag",
        "geschlecht",
        "staatsangehoerigkeit",
        "telefon",
        "sobrenome",
        "nascimento",
        "idade",
        "raca",
        "cpf",
        "rg",
        "nacionalidade",
        "cognome",
        "nascita",
        "eta",
        "sesso",
        "nazionalita",
        "codicefiscale",
        "imie",
        "nazwisko",
        "wiek",
        "plec",
        "pesel",
        "achternaam",
        "voornaam",
        "geboortedatum",
        "leeftijd",
        "geslacht",
        "фамилия",
        "имя",
        "отчество",
        "возраст",
        "пол",
        "рождения",
        "телефон",
        "национальность",
        "الاسم",
        "العمر",
        "الجنس",
        "الهاتف",
        "姓名",
        "年龄",
        "性别",
        "电话",
        "身份证",
    ]
)
# Pairs of words that are personal together.
_TOGETHER = (
    ("first", "name"),
    ("last", "name"),
    ("middle", "name"),
    ("given", "name"),
    ("family", "name"),
    ("full", "name"),
    ("date", "birth"),
    ("fecha", "nacimiento"),
    ("date", "naissance"),
    ("home", "address"),
    ("e", "mail"),
    ("mail", "address"),
    ("social", "security"),
    ("self", "defined"),
    ("free", "text"),
    ("contact", "number"),
    ("nom", "famille"),
    ("numero", "telephone"),
)
# Names of whatever the file is about.
_ONLY_NAME = [["name"], ["names"], ["nom"], ["nome"], ["naam"], ["nazwa"]]
_AREAS = frozenset(
    [
        "area",
        "borough",
        "code",
        "district",
        "geom",
        "geometry",
        "hood",
        "households",
        "lsoa",
        "msoa",
        "neighborhood",
        "neighbourhood",
        "population",
        "precinct",
        "region",
        "residents",
        "tract",
        "ward",
        "zone",
    ]
)
# What makes an innocent word of _ALWAYS about something else.
_ELSEWHERE = {
    "age": {"vehicle", "building", "days"},
    "mobile": {"theft"},
    "phone": {"theft"},
    "remarks": set(),
    "rg": {"code"},
    "eta": {"arrival"},
    "sex": {"offence", "offense", "offences", "offenses", "crime"},
    "race": {"track"},
    "nhs": {"trust", "board"},
}


def find_personal_columns(names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns whose names say that they identify or describe persons.

    A column that is called "name" and nothing else holds names of persons, unless the file has
    columns of areas and no other column about persons.

    Examples
    --------
    >>> find_personal_columns(["Case Number", "Location Description", "LSOA name", "name",
    ...     "Suspect Race", "VIC_SEX", "dateOfBirth", "E-mail", "Narrative"])
    ('name', 'Suspect Race', 'VIC_SEX', 'dateOfBirth', 'E-mail', 'Narrative')
    >>> find_personal_columns(["Ward code", "Name", "Population"])
    ()
    """
    given = tuple(names)
    certain = {name for name in given if is_personal(name)}
    of_areas = any(_AREAS & set(words_of(name)) for name in given)
    if certain or not of_areas:
        certain |= {name for name in given if words_of(name) in _ONLY_NAME}
    return tuple(name for name in given if name in certain)


def is_personal(name: str) -> bool:
    """Say whether the name of a column tells that it identifies or describes persons."""
    words = words_of(name)
    found = set(words)
    if found & _PERSONS and not found & _COUNTS:
        return True
    for word in found & _ALWAYS:
        if not found & _ELSEWHERE.get(word, set()):
            return True
    joined = "".join(words)
    if joined in _ALWAYS or any("".join(pair) == joined for pair in _TOGETHER):
        return True
    return any(first in found and second in found for first, second in _TOGETHER)


def words_of(name: str) -> list[str]:
    """Cut a column name into words without accents, in lower case.

    Examples
    --------
    >>> words_of("dateOfBirth"), words_of("VIC_AGE1"), words_of("Prénom")
    (['date', 'of', 'birth'], ['vic', 'age'], ['prenom'])
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", spaced.replace("ä", "ae").replace("ö", "oe"))
    letters = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    return re.findall(r"[^\W\d_]+", letters)
