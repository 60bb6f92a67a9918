"""Noun phrases as ministries, agencies and papers of many countries print them; names invented."""

from __future__ import annotations

import pytest

import seeds
from transforms.home import Home
from transforms.lexicon import build_lexicon
from transforms.people import find_cast
from transforms.text import parse_text

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})


def cast_of(raw: str, home: Home | None = None):
    """A text and its cast."""
    text = parse_text(raw, LEXICON.abbreviations)
    return text, find_cast(text, LEXICON, None, home)


def entity_of(raw: str, name: str, home: Home | None = None):
    """The one entity of that name."""
    _, cast = cast_of(raw, home)
    found = [e for e in cast.entities if e.name == name]
    assert len(found) == 1, [(e.name, e.kind) for e in cast.entities]
    return found[0]


PERSONS = [
    # text, name, role, role_code, country
    (
        "Japanese Foreign Minister MORITA Kenji spoke.",
        "MORITA Kenji",
        ("Foreign Minister", "foreign_minister", "JPN"),
    ),
    (
        "Minister of Fisheries and Harbour Affairs of Indonesia Budi Pratama spoke.",
        "Budi Pratama",
        ("Minister of Fisheries and Harbour Affairs", "minister", "IDN"),
    ),
    (
        "MEC for Cooperative Governance and Traditional Affairs, Jacob Mokoena, spoke.",
        "Jacob Mokoena",
        ("MEC for Cooperative Governance and Traditional Affairs", "minister", "ZAF"),
    ),
    (
        "Trade and Economic Development Minister German Orlov spoke.",
        "German Orlov",
        ("Trade and Economic Development Minister", "trade_minister", None),
    ),
    (
        "Minister of Health Olav Berg and Trade Minister Nino Lomidze spoke.",
        "Olav Berg",
        ("Minister of Health", "minister", None),
    ),
    (
        "Counselor of the Department Derek Hartwell spoke.",
        "Derek Hartwell",
        ("Counselor of the Department", "diplomat", None),
    ),
    (
        "Head of the International Atomic Energy Agency (IAEA) Paul Hartwell spoke.",
        "Paul Hartwell",
        ("Head of the International Atomic Energy Agency", "official", "INT"),
    ),
    (
        "The Minister of Foreign Affairs, Ambassador Yusuf Bello, said Nigeria would act.",
        "Yusuf Bello",
        ("Minister of Foreign Affairs", "foreign_minister", "NGA"),
    ),
    (
        "Saudi Foreign Minister Prince Faisal bin Khalid spoke.",
        "Faisal bin Khalid",
        ("Foreign Minister", "foreign_minister", "SAU"),
    ),
    (
        "The Dutch foreign minister, Caspar de Vries, met them.",
        "Caspar de Vries",
        ("foreign minister", "foreign_minister", "NLD"),
    ),
    (
        "Sweden’s deputy director of public prosecutions, Linnea Berg, spoke.",
        "Linnea Berg",
        ("deputy director of public prosecutions", "judge", "SWE"),
    ),
    (
        "Olav Berg, Hong Kong’s new police commissioner, spoke.",
        "Olav Berg",
        ("police commissioner", "security_official", "HKG"),
    ),
    (
        "Lau Wing-kei, the commander of Kowloon East district, spoke.",
        "Lau Wing-kei",
        ("commander", "military_officer", "HKG"),
    ),
    (
        "Tobias Hartwell, Minister for the Middle East welcomes the plan.",
        "Tobias Hartwell",
        ("Minister for the Middle East", "minister", None),
    ),
    (
        "Jonas Berg, an analyst at Barwell said so.",
        "Jonas Berg",
        ("analyst", "expert", None),
    ),
    (
        "Paul Hartwell, operations manager for Barwell Group, said so.",
        "Paul Hartwell",
        ("operations manager for Barwell Group", None, None),
    ),
    (
        "European Commission President Ana Sousa spoke.",
        "Ana Sousa",
        ("President", "secretary_general", "INT"),
    ),
    (
        "Federal Foreign Minister Annette Bauer spoke in Berlin.",
        "Annette Bauer",
        ("Foreign Minister", "foreign_minister", "DEU"),
    ),
    ("Dr Hafeez ur Rahim spoke.", "Hafeez ur Rahim", (None, None, None)),
    (
        "President Hartwell Paul John HartwellHartwell faces questions spoke.",
        "Paul John Hartwell",
        ("President", "head_of_state", None),
    ),
    (
        "BOSTON Ohio Governor Paul Hartwell was honored.",
        "Paul Hartwell",
        ("Governor", "governor", "USA"),
    ),
    (
        "Sen. Ann Hartwell, R-S.C., spoke.",
        "Ann Hartwell",
        ("Sen.", "legislator", "USA"),
    ),
    (
        "Olav Berg, president of the Barwell Bank, spoke.",
        "Olav Berg",
        ("president of the Barwell Bank", "executive", None),
    ),
    (
        "Olav Berg, vice president of marketing, spoke.",
        "Olav Berg",
        ("vice president", "executive", None),
    ),
]


@pytest.mark.parametrize(("raw", "name", "office"), PERSONS, ids=[c[0] for c in PERSONS])
def test_person(raw, name, office):
    found = entity_of(raw, name)
    role, code, country = office
    assert (found.role, found.country) == (role, country)
    assert code is None or found.role_code == code


def test_a_plural_office_is_each_ones_own():
    raw = "Presidents Olav Berg of Norway and Tamar Lomidze of Georgia met Sens. Al Roe and Bo Coe."
    assert (entity_of(raw, "Olav Berg").country, entity_of(raw, "Tamar Lomidze").country) == (
        "NOR",
        "GEO",
    )
    assert entity_of(raw, "Tamar Lomidze").role_code == "head_of_state"
    assert entity_of(raw, "Bo Coe").role_code == "legislator"


SPEAKERS = [
    # text, last mention, whom it means
    (
        "Turkish President Kemal Demir spoke. The Turkish leader left.",
        "The Turkish leader",
        "Kemal Demir",
    ),
    ("Kemal Demir said so. Kemal Demír left.", "Kemal Demír", "Kemal Demir"),
    ("Aleksandar Orlic spoke. Alexandar Orlic left.", "Alexandar Orlic", "Aleksandar Orlic"),
    ("Joe Hartwell, Jr. spoke. Hartwell left.", "Hartwell", "Joe Hartwell, Jr."),
    ("The EU met. The European Union agreed.", "The EU", "European Union"),
    ("The delivery company, Barwell, said so. The company left.", "The company", "Barwell"),
    ("Kin-Aid, a charity, said so. The charity left.", "The charity", "Kin-Aid"),
    ("UK banking group Barwell said so. The bank left.", "The bank", "Barwell"),
    ("The ministry said so. Georgia left. It said more.", "It", "ministry"),
    ("Olav Berg issued a statement. The statement said more.", "The statement", "Olav Berg"),
    ("Olav Berg left. A letter from Tamar Lomidze said more.", "A letter", "Tamar Lomidze"),
    ("Some people left. Ann Berg said so. She said more.", "She", "Ann Berg"),
    ("The G20 finance ministers met. Ministers agreed.", "Ministers", "The G20 finance ministers"),
    ("The leaders met. Our countries are close. They agreed.", "They", "The leaders"),
    ("Olav Berg, an analyst at Barwell, spoke. He left.", "He", "Olav Berg"),
]


@pytest.mark.parametrize(("raw", "mention", "name"), SPEAKERS, ids=[c[0] for c in SPEAKERS])
def test_who_is_meant(raw, mention, name):
    text, cast = cast_of(raw)
    found = [m for m in cast.mentions if text.slice(m.first, m.last) == mention]
    assert found, [text.slice(m.first, m.last) for m in cast.mentions]
    assert cast.of(found[-1]).name == name


def test_the_publishers_own_officer_is_meant_where_two_share_a_title():
    raw = (
        "Secretary of State Paul Hartwell spoke with UK Foreign Secretary Ann Coe. "
        "Coe agreed. The Secretary left."
    )
    text, cast = cast_of(raw, Home(institution="USA"))
    assert cast.of(cast.mentions[-1]).name == "Paul Hartwell"
    assert text.slice(cast.mentions[-1].first, cast.mentions[-1].last) == "The Secretary"


def test_the_office_of_the_publisher_is_the_person_its_text_opens_with():
    raw = "Olav Berg called Tamar Lomidze. The President of Norway agreed."
    _, cast = cast_of("Olav Berg called. The President of Norway agreed.", Home(institution="NOR"))
    assert cast.of(cast.mentions[-1]).name == "Olav Berg"
    _, cast = cast_of(raw)
    assert cast.of(cast.mentions[-1]).name == "The President of Norway"


UNNAMED = [
    ("An OPX official said so.", "An OPX official", "unnamed"),
    ("A spokesman for the Rwanda Bureau said so.", "A spokesman for the Rwanda Bureau", "unnamed"),
    ("Prosecutors in Oslo said so.", "Prosecutors in Oslo", "unnamed"),
    ("The two ministers agreed.", "The two ministers", "group"),
    ("Zorblax said so.", "Zorblax", "organization"),
    ("Roe said he would go. Roe said he had gone.", "Roe", "person"),
    ("The Kremlin said so.", "Kremlin", "organization"),
]


@pytest.mark.parametrize(("raw", "name", "kind"), UNNAMED, ids=[c[0] for c in UNNAMED])
def test_kinds(raw, name, kind):
    assert entity_of(raw, name).kind == kind


ATOMS = [
    "the minister said ",
    "The French minister met. ",
    "Minister of Trade and ",
    "Olav Berg, the foreign minister of X, ",
    "he said ",
    "The company said. ",
    "Sens. A Berg (D-NV) and ",
    "a statement by ",
    "Berg Name{n} said. Berg said. ",
    "Name{n} Berg said so. ",
    "the Body{n} Party said. the party said. ",
    "of the the of ",
    "X's Y's ",
    "'s office 's ",
]


@pytest.mark.parametrize("atom", ATOMS)
def test_the_work_is_linear_in_the_text(atom, monkeypatch):
    """Counted in look-ups, not in seconds: four times the text, at most six times the work."""
    counts: list[int] = []
    longest = type(LEXICON.offices).longest

    def counted(self, words, at):
        counts[-1] += 1
        return longest(self, words, at)

    monkeypatch.setattr(type(LEXICON.offices), "longest", counted)
    for size in (4_000, 16_000):
        raw = "".join(atom.format(n=n) for n in range(size // len(atom)))
        counts.append(0)
        cast_of(raw, Home(outlet="GEO"))
    assert counts[1] <= 6 * counts[0]
