"""LibreOffice opens a Word file, and its pages look as they did when a person last looked at them.

The pages are compared by their ink: how dark each twelfth of the width by each sixteenth of the
height is, from 0 to 1. Versions of LibreOffice place letters a little differently. A page moved by
half a line differs by up to 0.08 in one block and 0.010 on average, which is let pass. Without
bars, hatch or chart, or without being mirrored, some block differs by 0.15 to 0.5. The fonts are
the packaged ones whatever the machine has, and no translation changes the length of the text.
``FORESTALL_WRITE_PICTURES=1`` writes the references anew: look at them before they are kept.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from forestall.disclosure import protect_table
from forestall.publication.blocks import (
    BarTable,
    Box,
    BoxKind,
    Chart,
    Finding,
    Findings,
    Heading,
    IntervalBar,
    Item,
    Items,
    KeyNumber,
    KeyNumbers,
    Link,
    Paragraph,
    Source,
    Strong,
    Sure,
    Table,
)
from forestall.publication.docx import number_tables
from forestall.publication.fonts import font_folders
from forestall.publication.pictures import MonthLine
from forestall.results import Certainty
from tests.publication.word_files import KINDS, document_of, safe_hours, safe_kinds, written

SOFFICE, RENDER, TEXT = (shutil.which(n) or "" for n in ("soffice", "pdftoppm", "pdftotext"))
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (SOFFICE and RENDER and TEXT), reason="LibreOffice or poppler is missing"
    ),
]
PICTURES = Path(__file__).parent / "pictures"
ACROSS, DOWN = 12, 16
MOST_IN_A_BLOCK, MOST_ON_A_PAGE = 0.09, 0.010
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>{aliases}</fontconfig>"""
ALIAS = """<match target="pattern"><test name="family"><string>{asked}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{given}</string></edit></match>"""
GIVEN = {
    "Arial": "Noto Sans",
    "Consolas": "Noto Sans",
    "Tahoma": "Noto Sans Arabic",
    "Microsoft YaHei": "Noto Sans SC",
}
ENGLISH = {
    "title": "Recorded crime in Hill Town, January to August 2024",
    "lead": "Where and when crime was recorded, how sure we are, and what the file cannot tell.",
    "bold": "In July and August fewer crimes were recorded a day than in January and February.",
    "then": "Eight months cannot tell season from change.",
    "caption": "10 % fewer a day; 95 % interval 17 to 2 % fewer",
    "meaning": "recorded crimes in eight months",
    "care": "Please read this with care",
    "sentence": "Recorded crime shows what was reported and how it was recorded.",
    "table": "Recorded crimes by kind",
    "kinds": ("Burglary", "Bicycle theft", "Robbery", "Arson"),
    "all": "All recorded crime",
    "chart": "The average fell in spring and rose again",
}
ARABIC = {
    "title": "الجرائم المسجَّلة في \u2066Hill Town\u2069، \u20662024\u2069",
    "lead": "أين ومتى سُجِّلت الجرائم، وما مدى تأكُّدنا، وما الذي لا يبيِّنه الملف.",
    "bold": "في تموز/يوليو وآب/أغسطس سُجِّل في اليوم عدد أقل من الجرائم.",
    "then": "ثمانية أشهر لا تكفي للتمييز بين أثر الموسم والتغيُّر الفعلي.",
    "caption": "أقل بنسبة \u206610\u00a0%\u2069؛ مجال الثقة من \u20662\u2069 إلى \u206617\u2069",
    "meaning": "الجرائم المسجَّلة في ثمانية أشهر",
    "care": "يُرجى القراءة بعناية",
    "sentence": "الجرائم المسجَّلة تبيِّن ما أُبلغ عنه وكيف سُجِّل، وليست كل الجرائم.",
    "table": "الجرائم المسجَّلة حسب النوع",
    "kinds": ("السطو", "سرقة الدراجات", "السلب", "الحرق العمد"),
    "all": "جميع الجرائم المسجَّلة",
    "chart": "انخفض المتوسط في الربيع ثم ارتفع",
}
WORDS = {"en": ENGLISH, "ar": ARABIC}


def months():
    """Return a protected line of two years."""
    period = pd.period_range("2022-01", periods=24, freq="M").astype(str)
    counts = [int(60 + 25 * np.sin(at / 3.8)) for at in range(24)]
    frame = pd.DataFrame({"period": period, "incidents": counts})
    frame["average_12"] = frame["incidents"].rolling(12).mean()
    return protect_table(
        frame, rule="threshold-5", rows="period", pooled=["average_12"], margins=()
    )


def sample(words):
    """Return a document with one of each, in words that no translation changes."""
    numbers = ("493", "2.0", "12,138", "\u206610\u00a0%\u2069")
    interval = IntervalBar(
        change=-0.1, low=-0.17, high=-0.02, reach=0.3, caption=words["caption"],
        certainty=Certainty.CLEAR,
    )  # fmt: skip
    safe = safe_kinds(words["kinds"], (260, 190, 40, 3))
    kinds = {"safe": safe, "columns": KINDS, "total": words["all"]}
    return document_of(
        KeyNumbers(tuple(KeyNumber(number, words["meaning"]) for number in numbers)),
        Findings(
            (
                Finding(
                    bold=words["bold"],
                    then=words["then"],
                    interval=interval,
                    more=(Link(words["care"], "#brief"),),
                ),
                Finding(bold=words["sentence"]),
            )
        ),
        Box(kind=BoxKind.CARE, title=words["care"], sentences=(words["sentence"],) * 2),
        Box(
            kind=BoxKind.CANNOT,
            title=words["care"],
            items=(Item(words["sentence"], words["meaning"]),) * 2,
        ),
        Heading(words["table"]),
        Paragraph((words["lead"], Strong(words["then"]), Sure(Certainty.CHANCE))),
        BarTable(title=words["table"], **kinds),
        Source((words["sentence"], words["then"])),
        Items((Item(words["sentence"]), Item(words["lead"]))),
        Table(title=words["table"], **kinds),
        Chart(
            title=words["chart"],
            subtitle=words["table"],
            alt=words["chart"],
            picture=MonthLine(safe=months(), each_words="1", average_words="12"),
            source=(words["sentence"],),
        ),
        safe_hours(),
        title=words["title"],
        lead=words["lead"],
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Return the folder with the sample as PDF in English and Arabic."""
    folder = tmp_path_factory.mktemp("office")
    aliases = "".join(ALIAS.format(asked=asked, given=given) for asked, given in GIVEN.items())
    fonts = FONTS.format(fonts=font_folders()[-1], cache=folder / "fonts", aliases=aliases)
    (folder / "fonts.conf").write_text(fonts, encoding="utf-8")
    names = []
    for language, words in WORDS.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(number_tables, "hidden_words", lambda _safe: ("Hidden.",))
            data = written(sample(words), language=language)
        (folder / f"{language}.docx").write_bytes(data)
        names.append(str(folder / f"{language}.docx"))
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), *names],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return folder


def page_pictures(folder, language):
    """Return the pages as grey pictures 100 pixels wide."""
    out = folder / f"pages-{language}"
    subprocess.run(
        [RENDER, "-gray", "-r", "72", "-png", f"{folder / language}.pdf", str(out)], check=True
    )
    pages = sorted(folder.glob(f"pages-{language}-*.png"))
    return [Image.open(p).convert("L").resize((100, 141), Image.Resampling.BOX) for p in pages]


def ink(picture):
    """Return how dark each block of a page is, 0 for white and 1 for black."""
    blocks = picture.resize((ACROSS, DOWN), Image.Resampling.BOX)
    return 1 - np.asarray(blocks, dtype=float) / 255


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_look_as_they_did(office, language):
    pages = page_pictures(office, language)
    if os.environ.get("FORESTALL_WRITE_PICTURES"):
        for old in PICTURES.glob(f"docx-{language}-*.png"):
            old.unlink()
        for number, page in enumerate(pages, start=1):
            page.save(PICTURES / f"docx-{language}-{number}.png", optimize=True)
    known = [Image.open(p) for p in sorted(PICTURES.glob(f"docx-{language}-*.png"))]

    assert len(pages) == len(known)
    for number, (page, before) in enumerate(zip(pages, known, strict=True), start=1):
        differs = np.abs(ink(page) - ink(before))
        assert differs.max() <= MOST_IN_A_BLOCK, (number, differs.round(2))
        assert differs.mean() <= MOST_ON_A_PAGE, (number, differs.round(2))


def words_with_places(folder, language):
    """Return each word of the PDF with its page, left and right edge and top."""
    html = subprocess.run(
        [TEXT, "-bbox", f"{folder / language}.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    page, found = 0, []
    for line in html.splitlines():
        page += "<page" in line
        part = re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" .*>(.*)</word>', line)
        if part:
            left, top, right = map(float, part.groups()[:3])
            found.append((part[4], page, left, right, top))
    return found


def right_edges(folder, language, number):
    """Return where a number ends, wherever it stands at the start of a word."""
    places = words_with_places(folder, language)
    return [right for word, _, _, right, _ in places if word.startswith(number)]


def test_columns_run_from_left_to_right_in_english_and_back_in_arabic(office):
    for language, mirrored in (("en", False), ("ar", True)):
        crimes, shares = (right_edges(office, language, n) for n in ("260", "52.7"))
        assert len(crimes) == len(shares) == 2
        for crime, share in zip(crimes, shares, strict=True):
            assert (crime > share) == mirrored
        assert right_edges(office, language, "190") == pytest.approx(crimes, abs=0.5)


def test_a_number_with_its_sign_runs_from_left_to_right_in_both(office):
    for language in WORDS:
        places = words_with_places(office, language)
        tens = [p for p in places if p[0].replace("\u200e", "") in {"10\u00a0%", "10"}]
        assert tens, language
        apart = [
            (word, sign) for word, sign in pairwise(places)
            if word[0] == "10" and sign[0] == "%"
        ]  # fmt: skip
        assert all(sign[2] > word[2] for word, sign in apart)


def test_the_text_is_read_in_the_order_of_the_document(office):
    words = [word for word, *_ in words_with_places(office, "en")]
    text = " ".join(words)
    order = ["Contents", "493", "In July", "Please read", "Table 1.", "Table 2.", "Figure 1."]

    found = [text.index(words) for words in order]
    assert found == sorted(found)
    pages = {page for _, page, *_ in words_with_places(office, "en")}
    for page in pages:
        assert f"Page {page} of {len(pages)}" in text
