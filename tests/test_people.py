"""Who is meant: full names, offices, countries and pronouns resolved; all names invented."""

import pytest

import seeds
from transforms.home import Home
from transforms.lexicon import build_lexicon
from transforms.people import find_cast, fold
from transforms.text import parse_text

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})


def cast_of(raw: str, title: str | None = None, home: str | None = None):
    text = parse_text(raw, LEXICON.abbreviations)
    return text, find_cast(text, LEXICON, title, Home(dateline=home))


def entity(raw: str, mention: str, **given):
    """The entity behind the last mention that is printed so."""
    text, cast = cast_of(raw, **given)
    found = [m for m in cast.mentions if text.slice(m.first, m.last) == mention]
    assert found, [text.slice(m.first, m.last) for m in cast.mentions]
    return cast.of(found[-1])


PERSONS = [
    # text, mention, name, role, role_code, country
    (
        "Georgian Defense Minister Tamar Lomidze arrived.",
        "Georgian Defense Minister Tamar Lomidze",
        ("Tamar Lomidze", "Defense Minister", "defense_minister", "GEO"),
    ),
    (
        "Azerbaijani Minister of Defense, Colonel General Elvin Quliyev met them.",
        "Azerbaijani Minister of Defense, Colonel General Elvin Quliyev",
        ("Elvin Quliyev", "Minister of Defense", "defense_minister", "AZE"),
    ),
    (
        "Prime Minister of Norway Jonas Berg spoke.",
        "Prime Minister of Norway Jonas Berg",
        ("Jonas Berg", "Prime Minister", "head_of_government", "NOR"),
    ),
    (
        "Jonas Berg, the prime minister of Norway, spoke.",
        "Jonas Berg",
        ("Jonas Berg", "prime minister", "head_of_government", "NOR"),
    ),
    (
        "Georgia's UN ambassador Tamar Lomidze spoke.",
        "Georgia's UN ambassador Tamar Lomidze",
        ("Tamar Lomidze", "ambassador", "ambassador", "GEO"),
    ),
    (
        "Mr. Jonas Berg spoke.",
        "Mr. Jonas Berg",
        ("Jonas Berg", None, None, None),
    ),
]


@pytest.mark.parametrize(("raw", "mention", "expected"), PERSONS, ids=[c[1] for c in PERSONS])
def test_person(raw, mention, expected):
    found = entity(raw, mention)
    assert (found.name, found.role, found.role_code, found.country) == expected


INTRO = "Georgian Foreign Minister Tamar Lomidze met Norwegian Prime Minister Jonas Berg in Oslo. "
SHORT = [
    ("Lomidze spoke.", "Lomidze", "Tamar Lomidze"),
    ("The minister spoke.", "The minister", "Tamar Lomidze"),
    ("The Georgian minister spoke.", "The Georgian minister", "Tamar Lomidze"),
    ("The prime minister spoke.", "The prime minister", "Jonas Berg"),
    ("Prime Minister Berg spoke.", "Prime Minister Berg", "Jonas Berg"),
    ("She spoke.", "She", "Tamar Lomidze"),
    ("The French minister spoke.", "The French minister", "The French minister"),
    ("A minister spoke.", "A minister", "A minister"),
]


@pytest.mark.parametrize(("raw", "mention", "name"), SHORT, ids=[c[0] for c in SHORT])
def test_short_forms(raw, mention, name):
    assert entity(INTRO + raw, mention).name == name


def test_a_short_form_before_the_full_name():
    assert entity("Lomidze is due. Tamar Lomidze spoke.", "Lomidze").name == "Tamar Lomidze"


def test_two_bearers_of_one_name_are_told_apart_by_gender():
    raw = "Tamar Berg met Jonas Berg. Mr. Berg spoke."
    assert entity(raw, "Mr. Berg").name == "Jonas Berg"


def test_the_title_lends_full_names():
    assert entity("Lomidze spoke.", "Lomidze", title="Tamar Lomidze in Oslo").name == (
        "Tamar Lomidze"
    )


def test_officials_without_a_country_are_the_datelines():
    raw = "Foreign Minister Tamar Lomidze spoke."
    found = entity(raw, "Foreign Minister Tamar Lomidze", home="GEO")
    assert found.country == "GEO"


BODIES = [
    ("The Norwegian Foreign Ministry denied it.", "The Norwegian Foreign Ministry", "NOR"),
    ("The Ministry of Defense of Georgia denied it.", "The Ministry of Defense of Georgia", "GEO"),
    ("Tehran denied it.", "Tehran", "IRN"),
    ("The Kremlin denied it.", "The Kremlin", "RUS"),
    ("NATO denied it.", "NATO", "INT"),
]


@pytest.mark.parametrize(("raw", "mention", "country"), BODIES, ids=[c[1] for c in BODIES])
def test_bodies(raw, mention, country):
    assert entity(raw, mention).country == country


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("King Haavard met Prince Malik. His Majesty thanked the guest.", "Haavard"),
        ("Prince Malik met King Haavard. His Majesty thanked the guest.", "Haavard"),
        ("King Haavard met the Emir of Qatar. His Highness left.", "the Emir of Qatar"),
        ("President Jonas Berg spoke. His Majesty thanked the guest.", "His Majesty"),
    ],
)
def test_a_form_of_address_is_whom_it_befits(raw, name):
    text, cast = cast_of(raw)
    found = [m for m in cast.mentions if text.slice(m.first, m.last).startswith("His")]
    assert cast.of(found[0]).name == name


@pytest.mark.parametrize(
    ("raw", "mention", "country"),
    [
        ("The Georgian air force spoke. The air force said so.", "The air force", "GEO"),
        ("The Georgian task force spoke. The air force said so.", "The air force", None),
        (
            "A source in the Georgian air force said so.",
            "A source in the Georgian air force",
            "GEO",
        ),
    ],
)
def test_forces(raw, mention, country):
    assert entity(raw, mention).country == country


def test_the_city_of_an_embassy_is_nobody():
    _, cast = cast_of("The Georgian embassy in Oslo has sent a letter.")
    assert [cast.of(m).name for m in cast.mentions if m.kind != "document"] == ["Georgian embassy"]


SECOND = [
    # text, last mention, whom it means, country
    (
        "Ghanaian President Kofi Roe, the current ECOWAS Chair, spoke. The ECOWAS Chair left.",
        "The ECOWAS Chair",
        ("Kofi Roe", "GHA"),
    ),
    (
        "Zambian President Ade Roe spoke. Roe, the chairman of the African Union, left. "
        "The chairman of the African Union wept.",
        "The chairman of the African Union",
        ("Ade Roe", "ZMB"),
    ),
    (
        "Zambian President Ade Roe spoke. The chairman of the African Union wept.",
        "The chairman of the African Union",
        ("The chairman of the African Union", "INT"),
    ),
    (
        "Zambian President Ade Roe, the current ECOWAS Chair, spoke. The SADC Chair left.",
        "The SADC Chair",
        ("The SADC Chair", "INT"),
    ),
    ("Georgian Minister Tamar Roe met them. Roe's ministry left.", "Roe's ministry", (None, "GEO")),
]


@pytest.mark.parametrize(("raw", "mention", "expected"), SECOND, ids=[c[0] for c in SECOND])
def test_second_offices_and_what_belongs_to_a_bearer(raw, mention, expected):
    found = entity(raw, mention)
    assert (expected[0] or found.name, expected[1]) == (found.name, found.country)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("H.E. the Foreign Minister of Chad, Dr Omar Roe, left.", "Omar Roe"),
        ("Dato' Sri Amran Roe left.", "Amran Roe"),
        ("President Adama Roe met Ann Alt. His Excellency left.", "Adama Roe"),
        ("Editor Adama Roe met Ann Alt. His Excellency left.", "His Excellency"),
    ],
)
def test_honorifics_are_no_names(raw, name):
    _, cast = cast_of(raw)
    assert cast.of(cast.mentions[-1]).name == name


def test_one_sovereign_is_not_another():
    raw = "King Haavard met the Emir of Qatar. The King thanked the Emir."
    assert entity(raw, "the Emir").country == "QAT"
    assert entity(raw, "The King").name == "Haavard"
    assert entity(raw, "The King").country is None


@pytest.mark.parametrize(
    ("raw", "name", "country"),
    [
        ("Kent County Sheriff's Office spokeswoman Ann Roe spoke in Maryland.", "Ann Roe", "USA"),
        ("WFP official Marco Roe said so.", "Marco Roe", "INT"),
        ("A Pentagon spokesman, Commander Paul Roe, said so.", "Paul Roe", "USA"),
        ("A farmer, Marco Roe, said so at the WFP.", "Marco Roe", None),
        ("WFP officials met. Marco Roe said so.", "Marco Roe", None),
    ],
)
def test_who_speaks_for_a_body_is_of_its_country(raw, name, country):
    _, cast = cast_of(raw)
    found = [cast.of(m) for m in cast.mentions if cast.of(m).name == name]
    assert found[0].country == country


def test_names_fold():
    assert fold("Sánchez") == fold("SANCHEZ")


def test_mentions_do_not_overlap_and_point_into_the_text():
    text, cast = cast_of(INTRO + "The two discussed trade with EU Commission officials.")
    ends = 0
    for mention in cast.mentions:
        assert ends <= mention.first < mention.last <= len(text.words)
        ends = mention.last


@pytest.mark.parametrize(
    ("raw", "name", "role", "code"),
    [
        (
            "Polish Foreign Minister Ewa Zawada met her Lithuanian counterpart Rimas Dauk.",
            "Rimas Dauk",
            "counterpart",
            "foreign_minister",
        ),
        (
            "Trade Minister Tran Duc Khoi met his Australian counterpart Ann Ellsworth. "
            "Tourism Minister Ellsworth left on Friday.",
            "Ann Ellsworth",
            "Tourism Minister",
            "minister",
        ),
        ("He spoke with his counterpart Rimas Dauk.", "Rimas Dauk", "counterpart", "official"),
    ],
)
def test_counterparts_have_the_office_of_the_other_side(raw, name, role, code):
    cast = find_cast(parse_text(raw, LEXICON.abbreviations), LEXICON, None)
    (entity,) = [entity for entity in cast.entities if entity.name == name]
    assert (entity.role, entity.role_code) == (role, code)


def test_an_office_above_is_the_person_named_below() -> None:
    raw = (
        "The commerce minister of India arrived on Monday.\n\n"
        "Indian Commerce Minister Suresh Ragh said so."
    )
    cast = find_cast(parse_text(raw, LEXICON.abbreviations), LEXICON, None)
    assert cast.of(cast.mentions[0]).name == "Suresh Ragh"


def test_an_office_with_two_holders_stays_open() -> None:
    raw = (
        "The ambassador of India left.\n\n"
        "Indian ambassador Suresh Ragh and Indian ambassador Anil Sharma spoke."
    )
    cast = find_cast(parse_text(raw, LEXICON.abbreviations), LEXICON, None)
    assert cast.of(cast.mentions[0]).name == "The ambassador of India"
