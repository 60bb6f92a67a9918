"""Officials described first and named in the next sentence; all names invented."""

import pytest

import seeds
from transforms.home import Home
from transforms.lexicon import build_lexicon
from transforms.people import find_cast
from transforms.text import parse_text

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})


def countries(raw: str) -> dict[str, str | None]:
    """The country of each entity of the text, by its name."""
    text = parse_text(raw, LEXICON.abbreviations)
    cast = find_cast(text, LEXICON, None, Home())
    return {cast.of(m).name: cast.of(m).country for m in cast.mentions}


@pytest.mark.parametrize(
    ("raw", "name", "country"),
    [
        ("Georgia's interior minister spoke. Zurab Roe said so.", "Zurab Roe", "GEO"),
        (
            "Peru's top trade negotiator met his U.S. counterpart. “It is late,” Pedro Roe said.",
            "Pedro Roe",
            "PER",
        ),
        (
            "Norway's prime minister was in Davos. Olav Roe said that it was late.",
            "Olav Roe",
            "NOR",
        ),
    ],
)
def test_who_is_described_and_then_named_is_one(raw, name, country):
    assert countries(raw)[name] == country
    assert not any("minister" in key or "negotiator" in key for key in countries(raw))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        # introduced in another way
        ("Georgia's interior minister spoke. Zurab Roe, a farmer, said so.", "Zurab Roe"),
        ("Georgia's interior minister spoke. Editor Zurab Roe said so.", "Zurab Roe"),
        # no speech
        ("Georgia's interior minister spoke. Zurab Roe fell from a bridge.", "Zurab Roe"),
        # two described
        ("Georgia's interior minister met Peru's envoy. Zurab Roe said so.", "Zurab Roe"),
        # known before
        ("Zurab Roe wept. Georgia's interior minister spoke. Zurab Roe said so.", "Zurab Roe"),
        # many hold such an office
        ("A Georgian official spoke. Zurab Roe said so.", "Zurab Roe"),
        # too far
        (
            "Georgia's interior minister spoke. It rained. It snowed. Zurab Roe said so.",
            "Zurab Roe",
        ),
    ],
)
def test_who_may_be_another_stays_another(raw, name):
    assert countries(raw)[name] is None


def test_the_adviser_to_a_president_is_who_is_named_behind_him():
    raw = "The special adviser to Georgian President Zurab Roe, Tamar Alt, said so."
    assert countries(raw) == {"Zurab Roe": "GEO", "Tamar Alt": "GEO"}
    raw = "The special adviser to Georgian President Zurab Roe met Tamar Alt, a farmer, there."
    assert countries(raw)["Tamar Alt"] is None
