"""How many incidents began outside the months covered is said once, and protected."""

from dataclasses import replace
from datetime import date

import pytest

from forestall.diagnosis.stragglers import Stragglers
from forestall.disclosure import rule_named
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.publication.example import example_diagnosis
from forestall.records.manifest import Warned


@pytest.mark.parametrize(("number", "said"), [(1, "fewer than 5"), (30, "30 incidents")])
def test_the_number_is_that_of_the_protected_sentence(number, said):
    diagnosis = example_diagnosis()
    warned = Warned(code="stragglers_before", values={"count": number, "first": "2016-01"})
    diagnosis = replace(
        diagnosis,
        manifest=replace(diagnosis.manifest, warnings=(warned,)),
        stragglers=Stragglers(incidents=number, before=date(2016, 1, 1), after=None),
    )
    setting = Setting(
        diagnosis=diagnosis,
        safe=protect_diagnosis(diagnosis, rule=rule_named("threshold-5")),
        place="Hill Town",
        made_on=date(2024, 5, 1),
        command="forestall diagnose",
    )

    page = write_html(build_report(setting))

    assert said in page
    assert "where regular recording begins" not in page
