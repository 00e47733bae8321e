import pytest

from forestall.records.offences import classify, iccs_title, read_crosswalk
from forestall.records.readers.police_uk import recognise_police_uk
from forestall.records.readers.recipe import Columns
from tests.records.police_uk_rows import HEADER

# Every crime type of data.police.uk, with the division that the published list of labels gives.
POLICE_UK = {
    "Anti-social behaviour": "0801", "Bicycle theft": "0502", "Burglary": "0501",
    "Criminal damage and arson": "0504", "Drugs": "0601", "Other crime": "1109",
    "Other theft": "0502", "Possession of weapons": "0901", "Public order": "0801",
    "Robbery": "0401", "Shoplifting": "0502", "Theft from the person": "0502",
    "Vehicle crime": "0502", "Violence and sexual offences": "0201",
}  # fmt: skip


def police_uk():
    names = tuple(HEADER.split(","))
    return recognise_police_uk(Columns(names=names, types=("VARCHAR",) * len(names)))


@pytest.mark.parametrize(("label", "code"), POLICE_UK.items())
def test_each_crime_type_has_its_division(label, code):
    (found,) = classify([label], police_uk()).values()

    assert (found.label, found.iccs, found.basis) == (label, code, "judgement")
    assert iccs_title(code)


def test_an_unknown_label_has_no_code():
    assert classify(["Piracy"], police_uk())["Piracy"].iccs is None


def test_a_users_crosswalk_may_leave_a_label_without_code(tmp_path):
    (tmp_path / "own.csv").write_text("source_label,iccs_code\nDrugs,\nBurglary,0501\n")

    found = classify(["Drugs"], police_uk(), crosswalk=read_crosswalk(tmp_path / "own.csv"))

    assert found["Drugs"].iccs is None
