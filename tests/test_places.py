"""Places: what a preposition puts something in."""

from __future__ import annotations

from functools import cache

import pytest

import seeds
from transforms.lexicon import Lexicon, build_lexicon
from transforms.places import find_places
from transforms.text import parse_text


@cache
def lexicon() -> Lexicon:
    """All seeds, compiled once."""
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


def places_in(words: str) -> list[tuple[str, str, str | None]]:
    """(text, kind, country) of the places of a one-sentence text."""
    text = parse_text(words, lexicon().abbreviations)
    return [
        (text.slice(p.first, p.last), p.kind, p.code)
        for sentence in text.sentences
        for p in find_places(text, sentence, lexicon())
    ]


FOUND = [
    ("They met in Baku.", [("Baku", "city", "AZE")]),
    ("They met in Baku on Monday.", [("Baku", "city", "AZE")]),
    ("They met in Armenia.", [("Armenia", "country", "ARM")]),
    ("They met in Springwell, Canada.", [("Springwell", "city", "CAN")]),
    (
        "They met at the Rose Palace in Tashkent.",
        [("Rose Palace", "venue", None), ("Tashkent", "city", "UZB")],
    ),
    ("They met in the Azerbaijani capital.", [("the Azerbaijani capital", "city", "AZE")]),
    ("They met in the Azerbaijani capital of Baku.", [("Baku", "city", "AZE")]),
    ("He flew to Paris and London.", [("Paris", "city", "FRA"), ("London", "city", "GBR")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), FOUND)
def test_places(words: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Cities, countries and venues with their countries."""
    assert places_in(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The Azerbaijani minister spoke.",
        "In March they met.",
        "Baku was quiet.",
        "In general they agreed.",
        "He spoke in Azerbaijani terms.",
    ],
)
def test_no_place(words: str) -> None:
    """Adjectives, months, subjects and phrases are no places."""
    assert places_in(words) == []


def test_a_venue_lies_in_its_town() -> None:
    """The venue's own country is left open where only the town gives it."""
    found = places_in("They met at Elmwood House in Dublin.")
    assert [kind for _, kind, _ in found] == ["venue", "city"]
