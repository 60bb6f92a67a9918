"""The seeds of attribution: every cue and every cue noun attributes in its own example."""

from __future__ import annotations

import re
from functools import cache

import pytest

import seeds
from transforms.found import FoundStatement
from transforms.lexicon import Lexicon, build_lexicon
from transforms.people import find_cast
from transforms.records import SPEECH_ACTS, Article
from transforms.statements import find_statements
from transforms.text import parse_text

CUES = seeds.read("cues")
NOUNS = seeds.read("cue_nouns")
CLASSES = {"speech", "writing", "official", "attitude"}
FRAMES = set(
    "that clause quote np to gerund wh obj obj_to obj_for obj_of obj_as obj_on obj_about "
    "obj_against obj_over obj_with np_finite".split()
)
PREPOSITIONS = set(
    "about against at by for from in into of on over regarding to toward towards upon whether "
    "with".split()
)
NOTES = {"object in content", "American past, British participle"}


@cache
def lexicon() -> Lexicon:
    """All seeds, compiled once."""
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


def statements_of(raw: str) -> list[FoundStatement]:
    """The statements of an example."""
    text = parse_text(raw, lexicon().abbreviations)
    article = Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text=raw,
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
    )
    cast = find_cast(text, lexicon(), None, None)
    return find_statements(text, cast, article, lexicon()).statements


def noun_key(row: dict[str, str]) -> str:
    """'hope' with its support verbs and 'hope' standing alone are two rows."""
    return f"{row['noun']} {'supported' if row['verbs'] else 'alone'}"


@pytest.mark.parametrize("row", CUES, ids=lambda row: row["lemma"])
def test_cue_attributes_in_its_example(row: dict[str, str]) -> None:
    """The example gives a statement with this cue, a speaker and the row's speech act."""
    found = [s for s in statements_of(row["example"]) if s.lemma == row["lemma"]]
    assert found
    assert found[0].entity is not None
    assert found[0].speech_act == row["speech_act"]


@pytest.mark.parametrize("row", CUES, ids=lambda row: row["lemma"])
def test_cue_row_keeps_to_the_closed_lists(row: dict[str, str]) -> None:
    """Class, frames, speech act, subject and note are of their lists."""
    frames = row["frames"].split()
    assert frames
    assert len(frames) == len(set(frames))
    for frame in frames:
        assert frame in FRAMES or frame.removeprefix("pp_") in PREPOSITIONS
    assert row["class"] in CLASSES
    assert row["speech_act"] in SPEECH_ACTS
    assert row["subject"] in ("any", "source")
    assert {note for note in row["note"].split("; ") if note} <= NOTES


@pytest.mark.parametrize("row", NOUNS, ids=noun_key)
def test_cue_noun_attributes_in_its_example(row: dict[str, str]) -> None:
    """The example gives a statement whose cue is the noun, carried by one of the row's verbs."""
    lemmas = {s.lemma: s for s in statements_of(row["example"]) if s.lemma and s.entity}
    found = [s for lemma, s in lemmas.items() if lemma.split()[-1] == row["noun"]]
    assert found
    assert found[0].speech_act == row["speech_act"]
    assert bool(row["verbs"]) == (found[0].lemma != row["noun"])


@pytest.mark.parametrize("row", NOUNS, ids=noun_key)
def test_cue_noun_row_keeps_to_the_closed_lists(row: dict[str, str]) -> None:
    """Complements are prepositions, 'that' or 'to'; a noun alone takes only the last two."""
    complements = row["complements"].split()
    assert complements
    assert set(complements) <= PREPOSITIONS | {"that", "to"}
    assert row["verbs"] or set(complements) <= {"that", "to"}
    assert row["speech_act"] in SPEECH_ACTS


@pytest.mark.parametrize("row", NOUNS, ids=noun_key)
def test_support_verbs_are_words(row: dict[str, str]) -> None:
    """Support verbs are listed once, in lower case, multiword ones with an underscore."""
    verbs = row["verbs"].split()
    assert len(verbs) == len(set(verbs))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)?", verb) for verb in verbs)


def test_rows_are_listed_once() -> None:
    """One row a lemma; one row a noun with support verbs, one where it stands alone."""
    lemmas = [row["lemma"] for row in CUES]
    assert len(lemmas) == len(set(lemmas))
    keys = [noun_key(row) for row in NOUNS]
    assert len(keys) == len(set(keys))


def test_a_noun_has_one_speech_act() -> None:
    """A noun with and without support verbs is the same speech act."""
    acts: dict[str, set[str]] = {}
    for row in NOUNS:
        acts.setdefault(row["noun"], set()).add(row["speech_act"])
    assert [noun for noun, found in acts.items() if len(found) > 1] == []


def test_examples_are_all_different() -> None:
    """No example serves two rows."""
    examples = [row["example"] for row in [*CUES, *NOUNS]]
    assert len(examples) == len(set(examples))
