"""The empty form of a questionnaire is given in the language of the person who asks."""

from __future__ import annotations

import io

from django.urls import reverse
from docx import Document as WordFile

from forestall.web.organisations.roles import Role


def empty_form(key="1997-34", version=1, form="docx"):
    return reverse("return-form", args=[key, version, form])


def test_the_empty_form_is_given_with_the_address_of_the_workspace(client, people, found):
    client.force_login(people[Role.COORDINATOR])

    answer = client.get(empty_form())

    told = "\n".join(
        paragraph.text
        for table in WordFile(io.BytesIO(answer.content)).tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    )
    assert "http://testserver/returns/" in told
    assert empty_form("2006-20", form="pdf") in client.get(reverse("return-begin")).text
    assert empty_form("2006-20", form="pdf") in client.get(found.get_absolute_url()).text


def test_what_is_no_form_is_not_found(client, people):
    client.force_login(people[Role.COORDINATOR])

    for address in (empty_form("2002-13"), empty_form(version=9), empty_form(form="exe")):
        assert client.get(address).status_code == 404


def test_what_others_ask_stands_beside_the_question_and_on_a_page(
    client, people, found, settings, tmp_path
):
    settings.HOME = tmp_path
    client.force_login(people[Role.COORDINATOR])
    said = "Already asked in part: Notices of focal points to UNODC."
    page = reverse("return-duplicates", args=["2006-20", 1])

    assert said in client.get(reverse("return-section", args=[found.pk, "I"])).text
    assert said in client.get(reverse("return-answer", args=[found.pk, "Q4(a)"])).text
    assert "Notices of focal points to UNODC" in client.get(page).text

    (tmp_path / "mechanisms.csv").write_text("questionnaire,item\n2006-20,Q3\n")

    assert "mechanisms.csv lacks the column “mechanism”." in client.get(page).text
