"""Which country an official acts for where the text names none; all persons invented."""

from __future__ import annotations

import pytest

import seeds
from transforms.affiliation import has_office
from transforms.home import Home, find_home
from transforms.lexicon import build_lexicon
from transforms.people import find_cast
from transforms.records import Article
from transforms.text import parse_text

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})


def country_of(raw: str, name: str, home: Home | None = None, title: str | None = None):
    """The country of the one entity that is called so."""
    text = parse_text(raw, LEXICON.abbreviations)
    cast = find_cast(text, LEXICON, title, home)
    found = {entity.country for entity in cast.entities if entity.name == name}
    assert len(found) == 1, [entity.name for entity in cast.entities]
    return found.pop()


PUBLISHERS = [
    # publisher, url, home
    ("President of Norway", None, Home(institution="NOR")),
    ("U.S. Department of State", None, Home(institution="USA")),
    ("The White House", None, Home(institution="USA")),
    ("Delegation of the European Union to Norway", None, Home(institution="INT")),
    ("Ministry of Foreign Affairs", "https://www.mfa.gov.ge/en/news/1", Home(institution="GEO")),
    ("Foreign Ministry", "https://mfa.gov.cn/eng/1", Home(institution="CHN")),
    ("Prime Minister's Office", "https://pmo.gov.in/1", Home(institution="IND")),
    ("Kabul Times", None, Home(outlet="AFG")),
    ("Azernews", None, Home(outlet="AZE")),
    ("New York Times - News", None, Home(outlet="USA")),
    ("Reuters", None, Home()),
    ("BBC", None, Home(world="GBR")),
    (None, "https://www.example.co.za/news/1", Home(outlet="ZAF")),
    (None, "https://example.com/news/1", Home()),
    ("Bank of Georgia", None, Home()),
    ("Setopati", "https://en.setopati.com/political/1", Home(outlet="NPL")),
    ("Solomon Islands Broadcasting Corporation", None, Home(outlet="SLB")),
    ("The Telegraph", "https://www.telegraphindia.com/1", Home(outlet="IND")),
]


@pytest.mark.parametrize(
    ("publisher", "url", "home"), PUBLISHERS, ids=[str(c[:2]) for c in PUBLISHERS]
)
def test_home(publisher, url, home):
    article = Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text="",
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
        publisher=publisher,
        url=url,
    )
    assert find_home(article, LEXICON) == home


def test_a_dateline_from_a_seat_of_international_bodies_is_no_home():
    article = Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text="",
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
        dateline_place="BRUSSELS",
        dateline_country="BEL",
    )
    assert find_home(article, LEXICON) == Home()


OFFICIALS = [
    # text, name, home, country
    ("Foreign Minister Tamar Lomidze spoke.", "Tamar Lomidze", Home(institution="GEO"), "GEO"),
    ("Foreign Minister Tamar Lomidze spoke.", "Tamar Lomidze", Home(outlet="GEO"), "GEO"),
    ("Foreign Minister Tamar Lomidze spoke.", "Tamar Lomidze", Home(dateline="GEO"), "GEO"),
    ("Foreign Minister Tamar Lomidze spoke.", "Tamar Lomidze", Home(), None),
    # an office that the country does not have
    ("Foreign Minister Tamar Lomidze spoke.", "Tamar Lomidze", Home(institution="USA"), None),
    ("King Haavard spoke in Oslo.", "Haavard", Home(), "NOR"),
    ("King Haavard spoke.", "Haavard", Home(outlet="USA"), None),
    ("Defense Secretary Paul Hartwell spoke.", "Paul Hartwell", Home(), "USA"),
    ("Secretary of State Paul Hartwell spoke.", "Paul Hartwell", Home(), "USA"),
    ("Secretary of State for Energy Jan Nowak spoke.", "Jan Nowak", Home(institution="USA"), None),
    ("Secretary of State for Energy Jan Nowak spoke in Warsaw.", "Jan Nowak", Home(), "POL"),
    ("Senator Paul Hartwell (R-Ohio) spoke.", "Paul Hartwell", Home(), "USA"),
    ("Republican Ohio Senator Paul Hartwell spoke.", "Paul Hartwell", Home(), "USA"),
    ("Austin Police said so.", "Austin Police", Home(dateline="USA"), "USA"),
    # a country printed with another official is his
    (
        "President Yun Sang-hyun met German Chancellor Karl Brandt.",
        "Yun Sang-hyun",
        Home(outlet="KOR"),
        "KOR",
    ),
    ("President Yun Sang-hyun met German Chancellor Karl Brandt.", "Yun Sang-hyun", Home(), None),
    # another holder of the office at home
    (
        "President Paul Hartwell of the United States called President Ana Sousa.",
        "Ana Sousa",
        Home(outlet="USA"),
        None,
    ),
    # dateline abroad: ministers and bodies are the dateline's, heads of state nobody's
    ("The defense ministry denied it.", "defense ministry", Home("", "USA", None, "IRQ"), "IRQ"),
    ("President Paul Hartwell spoke.", "Paul Hartwell", Home(outlet="USA", dateline="IRQ"), None),
    (
        "American troops left, President Paul Hartwell said.",
        "Paul Hartwell",
        Home(outlet="USA", dateline="IRQ"),
        "USA",
    ),
    # the text speaks of another country and never of the paper's
    ("Tunisia votes today, the government said.", "government", Home(outlet="ARE"), "TUN"),
    ("The government said so.", "government", Home(outlet="ARE"), "ARE"),
    # an official beside an official
    (
        "Georgian Foreign Minister Tamar Lomidze and Defense Minister Zurab Abashidze met them.",
        "Zurab Abashidze",
        Home(institution="NOR"),
        "GEO",
    ),
    (
        "He met his Georgian counterpart Tamar Lomidze, Trade Minister Zurab Abashidze, as well as "
        "Transport Minister Nino Berdze.",
        "Nino Berdze",
        Home(outlet="NOR"),
        "GEO",
    ),
    (
        "In Oslo he met Georgian Trade Minister Tamar Lomidze, Trade Minister Olav Berg said.",
        "Olav Berg",
        Home(outlet="NOR"),
        "NOR",
    ),
    (
        "In Oslo he met Georgian Trade Minister Tamar Lomidze, Defense Minister Olav Berg said.",
        "Olav Berg",
        Home(outlet="NOR"),
        "NOR",
    ),
    # whom a phrase names as the superior
    (
        "Olav Berg met Georgian minister Tamar Lomidze, appointed by President-elect Zurab Roe, "
        "in Oslo.",
        "Zurab Roe",
        Home(outlet="NOR"),
        "GEO",
    ),
    (
        "Georgian minister Tamar Lomidze was received in Oslo by Prime Minister Olav Berg.",
        "Olav Berg",
        Home(outlet="NOR"),
        "NOR",
    ),
    # who was met beside his own people
    (
        "Berg met with President Abdel Roe and senior Egyptian officials.",
        "Abdel Roe",
        Home(institution="USA"),
        "EGY",
    ),
    (
        "The talks of President Paul Roe and senior Egyptian officials went on.",
        "Paul Roe",
        Home(institution="USA"),
        "USA",
    ),
    # written at home, for those at home
    (
        "OSLO King Haavard met Saudi Crown Prince Malik Roe in Jeddah.",
        "Haavard",
        Home(outlet="NOR", dateline="NOR"),
        "NOR",
    ),
    (
        "A statement by the Ministry of Foreign Affairs told of a visit to Kuala Lumpur.",
        "Ministry of Foreign Affairs",
        Home(outlet="SGP", dateline="SGP"),
        "SGP",
    ),
    (
        "SINGAPORE: Visiting Kuala Lumpur, the Ministry of Foreign Affairs told of it.",
        "Ministry of Foreign Affairs",
        Home(outlet="SGP"),
        "SGP",
    ),
    # American parties
    (
        "The United States votes. Republican presidential front-runner Paul Roe spoke.",
        "Paul Roe",
        Home(dateline="ARE"),
        "USA",
    ),
    # half of Korea
    (
        "North Korea and South Korea met. The South's President Ho Min-su spoke.",
        "Ho Min-su",
        Home(outlet="PHL"),
        "KOR",
    ),
    ("The South's President Ho Min-su spoke.", "Ho Min-su", Home(outlet="PHL"), "PHL"),
    # where a body sits; an embassy is of whom it is sent by
    ("The defense ministry in Moscow denied it.", "defense ministry", Home(outlet="MLT"), "RUS"),
    ("The Georgian embassy in Oslo denied it.", "Georgian embassy", Home(outlet="NOR"), "GEO"),
    # what serves several
    (
        "He met Jonas Berg, Spokesperson and Chief Adviser to the President of Georgia.",
        "Jonas Berg",
        Home(institution="USA"),
        "GEO",
    ),
    # the seat in parliament beside the ministry
    (
        "Minister Olav Berg met Senator Ann Roe, Australian Defence Minister, in Oslo.",
        "Ann Roe",
        Home(outlet="NOR"),
        "AUS",
    ),
    # offices of states only, and of bodies between states
    ("Prime Minister Olav Berg spoke.", "Olav Berg", Home(institution="INT"), None),
    ("The Secretary-General said so.", "The Secretary-General", Home(institution="INT"), "INT"),
    ("NATO met. The Secretary-General left.", "The Secretary-General", Home(), "INT"),
    ("The Secretary-General said so.", "The Secretary-General", Home(outlet="NOR"), None),
    # private persons and companies stay without
    ("Olav Berg, a farmer, said so.", "Olav Berg", Home(institution="NOR"), None),
    ("Barwell Corp said so.", "Barwell Corp", Home(outlet="GBR"), None),
    ("Olav Berg, vice president of marketing, said so.", "Olav Berg", Home(outlet="USA"), None),
    ("Olav Berg, president of Barwell Bank, said so.", "Olav Berg", Home(dateline="USA"), None),
    # shared names
    ("The Treasury said so.", "Treasury", Home(outlet="ZAF"), "ZAF"),
    ("The Treasury said so.", "Treasury", Home(), "GBR"),
    ("Foreign Office spokesperson Asma Dir spoke.", "Asma Dir", Home(dateline="PAK"), "PAK"),
    ("Foreign Office spokesperson Ann Roe spoke.", "Ann Roe", Home(), "GBR"),
    ("Congress MP Ravi Tolan said so.", "Ravi Tolan", Home(outlet="IND"), "IND"),
    ("Congress leader Adam Peel said so.", "Adam Peel", Home(outlet="GBR"), "USA"),
    # offices of the state that no body's name stands beside
    (
        "Police Public Relations Officer Tunde Okoye said so.",
        "Tunde Okoye",
        Home(outlet="NGA"),
        "NGA",
    ),
    ("Public relations officer Tunde Okoye spoke.", "Tunde Okoye", Home(outlet="NGA"), None),
    ("Presidential press secretary Kim Do spoke.", "Kim Do", Home(outlet="KOR"), "KOR"),
    (
        "A foreign ministry official here said so.",
        "A foreign ministry official",
        Home(outlet="KOR"),
        "KOR",
    ),
    # international bodies
    ("IAEA head Rafael Grosso said so.", "Rafael Grosso", Home(dateline="AUT"), "INT"),
    ("European Commission President Ana Sousa spoke.", "Ana Sousa", Home(outlet="PRT"), "INT"),
    ("The EU is split. The Commission said so.", "Commission", Home(dateline="IRL"), "INT"),
    ("Brussels said it would wait.", "European Union", Home(), "INT"),
]


@pytest.mark.parametrize(
    ("raw", "name", "home", "country"),
    OFFICIALS[:-1],
    ids=[f"{c[0]} {c[2]}" for c in OFFICIALS[:-1]],
)
def test_country(raw, name, home, country):
    assert country_of(raw, name, home) == country


def test_what_belongs_to_an_official_is_of_his_country():
    raw = "Georgian President Tamar Lomidze's spokesman Jonas Berg said so."
    assert country_of(raw, "Jonas Berg") == "GEO"


def test_the_person_with_whom_a_states_own_text_opens_is_its_own():
    raw = "Tamar Lomidze met with President of Norway Jonas Berg. Tamar Lomidze thanked him."
    assert country_of(raw, "Tamar Lomidze", Home(institution="GEO")) == "GEO"
    assert country_of(raw, "Tamar Lomidze", Home(outlet="GEO")) is None


OFFICES = [
    ("ESP", "head_of_state", "King", True),
    ("FRA", "head_of_state", "King", False),
    ("FRA", "head_of_state", "head of state", True),
    ("USA", "head_of_government", "Prime Minister", False),
    ("DEU", "head_of_government", "Chancellor", True),
    ("USA", "foreign_minister", "Foreign Minister", False),
    ("USA", "foreign_minister", "Secretary of State", True),
    ("GBR", "foreign_minister", "Foreign Secretary", True),
    ("JPN", "foreign_minister", "Foreign Minister", True),
    ("ATA", "head_of_state", "King", True),
]


@pytest.mark.parametrize(("country", "code", "role", "has"), OFFICES)
def test_governments(country, code, role, has):
    assert has_office(LEXICON, country, code, role) is has
