"""Evidence is found in six languages, by other words for the same, and in spite of misspellings."""

import pytest

from forestall.evidence.search import EvidenceDocument, build_index


def document(key, title, text="", *, language="en", kind="review", **facets):
    return EvidenceDocument(
        key=key,
        kind=kind,
        title=title,
        text=text,
        language=language,
        facets={name: frozenset(values) for name, values in facets.items()},
    )


LIGHTING = document(
    "lighting", "Street lighting", "Brighter streets at night and burglary in 13 studies."
)
GATES = document("gates", "Gates across back alleys", "Burglars stayed away from terraced houses.")
CAMERAS = document("cctv", "CCTV in car parks", "Theft from vehicles fell; assaults did not.")
HOME = document("home", "Advocacy for women", "Support after intimate partner violence.")
PUBS = document("pubs", "Licensed premises", "Staff were trained to calm fights.")
ALL = (LIGHTING, GATES, CAMERAS, HOME, PUBS)


def found(question, documents=ALL, **options):
    return [hit.key for hit in build_index(documents).find(question, **options)]


RARE = {
    "en": "lampposts",
    "fr": "réverbères",
    "es": "alumbrados",
    "ru": "фонарями",
    "ar": "والمصابيح",
    "zh": "灯柱",
}


@pytest.mark.parametrize("language", RARE)
def test_a_text_is_found_by_its_rare_word_in_each_language(language):
    texts = {
        "en": "Old lampposts were replaced.",
        "fr": "Les réverbères ont été remplacés.",
        "es": "Los alumbrados se renovaron.",
        "ru": "Дворы заставлены фонарями.",
        "ar": "تم تركيب الأعمدة والمصابيح في الحي.",
        "zh": "旧灯柱已经更换。",
    }
    documents = [document(code, "", text, language=code) for code, text in texts.items()]

    assert found(RARE[language], documents)[0] == language


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("burglaries", "A burglary.", "en"),
        ("agressions", "Une agression.", "fr"),
        ("AGRESION", "Las agresiones.", "es"),
        ("камерами", "Новая камера.", "ru"),
        ("тёмные дворы", "темный двор", "ru"),
        ("مدرسه", "في المَدرَسـة", "ar"),
        ("إنارة", "الانارة", "ar"),
    ],
)
def test_other_forms_of_a_word_are_the_same_word(question, text, language):
    assert found(question, [document("one", "", text, language=language)]) == ["one"]


@pytest.mark.parametrize(
    "question",
    [
        "break-in",
        "housebreaking",
        "cambriolage",
        "robo en viviendas",
        "кража со взломом",
        "квартирных краж",
        "سرقة المنازل",
        "入室盗窃",
        "如何减少入室盗窃",
    ],
)
def test_words_for_burglary_in_any_language_find_english_texts(question):
    assert {"lighting", "gates"} <= set(found(question))


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("domestic abuse", "home"),
        ("IPV", "home"),
        ("violences conjugales", "home"),
        ("家庭暴力", "home"),
        ("taverns", "pubs"),
        ("酒吧", "pubs"),
        ("surveillance cameras", "cctv"),
        ("видеонаблюдение", "cctv"),
        ("ginnel", "gates"),
        ("street lamps", "lighting"),
        ("alumbrado público", "lighting"),
    ],
)
def test_other_words_for_the_same_find_it_first(question, key):
    assert found(question)[0] == key


def test_theft_from_a_car_is_not_theft_of_a_car():
    documents = [document("of", "", "Theft of cars."), document("from", "", "Theft from cars.")]

    assert found("vol de voitures", documents) == ["of"]
    assert found("vol dans les voitures", documents)[0] == "from"


def test_a_small_word_is_not_taken_for_the_stem_of_another_language():
    documents = [document("disarming", "", "Gun control and disarmament.")]

    assert found("lutte des rues", documents) == []


@pytest.mark.parametrize(
    ("question", "asked", "corrected", "key"),
    [
        ("burglery", "burglery", "burglary", "lighting"),
        ("stret lighting", "stret", "street", "lighting"),
        ("Advcoacy", "Advcoacy", "advocacy", "home"),
        ("vidéosurvaillance", "vidéosurvaillance", "vidéosurveillance", "cctv"),
    ],
)
def test_a_mistyped_word_is_corrected_and_told(question, asked, corrected, key):
    hit = build_index(ALL).find(question)[0]

    assert hit.key == key
    assert [(one.asked, one.corrected) for one in hit.corrections] == [(asked, corrected)]
    assert asked in str(hit.corrections[0].words)


def test_a_correction_is_written_as_texts_write_it():
    hit = build_index([document("one", "Les Réverbères", language="fr")]).find("reverberrs")[0]

    assert hit.corrections[0].corrected == "réverbères"


@pytest.mark.parametrize("question", ["burglary", "alleys", "burgl", "13", "cambriolages"])
def test_a_word_that_is_known_is_not_corrected(question):
    assert all(not hit.corrections for hit in build_index(ALL).find(question))


@pytest.mark.parametrize("question", ["14", "2013", "teh", "zzzzzzzz"])
def test_numbers_short_words_and_far_words_are_not_corrected(question):
    assert found(question) == []


def test_the_last_word_may_be_a_beginning():
    assert found("terraced hou") == ["gates"]
    assert found("hou terraced", limit=1) == ["gates"]
    assert not build_index(ALL).find("hou terraced")[0].has_all_words


def test_a_whole_word_is_not_taken_for_a_beginning():
    documents = [document("car", "A car"), document("career", "A career")]

    assert found("car", documents) == ["car"]


def test_a_quoted_phrase_is_found_just_so():
    documents = [document("just", "", "fear of crime"), document("apart", "", "crime and fear")]

    assert found("fear crime", documents) == ["just", "apart"]
    assert found('"fear of crime"', documents) == ["just"]
    assert found("« crime and fear »", documents) == ["apart"]


def test_a_quoted_phrase_in_chinese_is_found_just_so():
    documents = [
        document("just", "", "社区警务项目", language="zh"),
        document("apart", "", "警务社区项目", language="zh"),
    ]

    assert found("“社区警务”", documents) == ["just"]


def test_words_in_the_title_weigh_more():
    documents = [
        document("text", "Parks", "Trees and one bench in the middle of the town."),
        document("title", "Trees", "Parks and one bench in the middle of the town."),
    ]

    assert found("bench trees", documents) == ["title", "text"]


def test_where_no_text_has_all_words_those_with_some_are_found_and_say_so():
    hits = build_index(ALL).find("advocacy in terraced houses")

    assert {hit.key for hit in hits} == {"home", "gates"}
    assert not any(hit.has_all_words for hit in hits)


def test_versions_in_several_languages_are_one_hit_in_the_language_asked():
    documents = [
        document("lighting", "Street lighting"),
        document("lighting", "Éclairage public", language="fr"),
    ]
    index = build_index(documents)

    hits = index.find("éclairage")

    assert [(hit.key, hit.language) for hit in hits] == [("lighting", "fr")]
    assert [hit.key for hit in index.find("", facets={"language": "en"})] == ["lighting"]


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂"])
def test_without_a_word_all_are_found_in_the_order_given(question):
    assert found(question) == ["lighting", "gates", "cctv", "home", "pubs"]


def test_facets_choose_and_count():
    index = build_index(
        [
            document("a", "Lighting", problem=["burglary"], setting=["home", "street"]),
            document("b", "Lighting", problem=["robbery"], setting=["street"]),
            document("c", "Trees", kind="study", problem=["robbery"]),
        ]
    )

    assert [hit.key for hit in index.find("lighting", facets={"problem": "robbery"})] == ["b"]
    assert len(index.find("lighting", facets={"problem": ["robbery", "burglary"]})) == 2
    assert len(index.find("lighting", facets={"problem": []})) == 2
    assert index.find("lighting", facets={"problem": "robbery", "setting": "home"}) == ()
    assert index.find("lighting", facets={"colour": "red"}) == ()
    assert index.facet_counts("lighting", facets={"problem": "robbery"}) == {
        "kind": {"review": 1},
        "language": {"en": 1},
        "problem": {"burglary": 1, "robbery": 1},
        "setting": {"street": 1},
    }


def test_the_fragment_shows_what_was_asked_for():
    filler = "Nothing of interest stands in this sentence. " * 20
    text = f"{filler}Lamps and fewer burglaries. {filler}"

    hit = build_index([document("one", "A long text", text)]).find("burglary lamps")[0]

    marked = [piece for piece, is_marked in hit.fragment.pieces if is_marked]
    assert marked == ["Lamps", "burglaries"]
    assert len(hit.fragment.text) <= 240
    assert hit.fragment.text in text
    assert hit.fragment.is_cut_before
    assert hit.fragment.is_cut_after


def test_words_of_another_language_are_marked_too():
    hit = build_index([document("one", "Back alleys", "Fewer break-ins at night.")]).find(
        "入室盗窃"
    )[0]

    assert hit.fragment.pieces == (("Fewer ", False), ("break-ins", True), (" at night.", False))


def test_a_limit_below_one_is_a_mistake():
    with pytest.raises(ValueError, match="At least one hit"):
        build_index(ALL).find("lighting", limit=0)


def test_a_key_has_one_document_in_a_language_and_one_kind():
    with pytest.raises(ValueError, match="language 'en'"):
        build_index([LIGHTING, LIGHTING])
    with pytest.raises(ValueError, match="several kinds"):
        build_index([LIGHTING, document("lighting", "Éclairage", language="fr", kind="study")])
    with pytest.raises(ValueError, match="needs a key"):
        document("", "Lighting")


def test_an_index_of_nothing_finds_nothing():
    index = build_index([])

    assert index.find("lighting") == index.find("") == ()
    assert index.facet_counts("") == {}
