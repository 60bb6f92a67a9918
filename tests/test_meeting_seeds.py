"""The seeds of meetings: every phrase works in its own example."""

from __future__ import annotations

from functools import cache

import pytest

import seeds
from transforms.dates import find_dates
from transforms.lexicon import Lexicon, build_lexicon
from transforms.meeting_triggers import compile_triggers, find_triggers
from transforms.people import find_cast
from transforms.phrases import words_of
from transforms.records import MEETING_KINDS, MEETING_STATUSES
from transforms.scene import build_scene
from transforms.text import parse_text
from transforms.topics import compile_topics, find_topics

PHRASES = seeds.read("meeting_phrases")
TRIGGERS = [row for row in PHRASES if row["frame"].endswith("noun") or " " in row["frame"]]
WORD_LISTS = [row for row in PHRASES if not row["frame"].endswith("noun")]
TOPICS = [row for row in seeds.read("topic_phrases") if row["kind"] in ("topic", "outcome")]


@cache
def lexicon() -> Lexicon:
    """All seeds, compiled once."""
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


@pytest.mark.parametrize("row", TRIGGERS, ids=lambda row: row["phrase"])
def test_trigger_fires_in_its_example(row: dict[str, str]) -> None:
    """A verb or noun is found in its example sentence, under its own kind."""
    example = row["example"]
    text = parse_text(f"Then {example}." if example[0].islower() else f"{example}.")
    scene = build_scene(text, find_cast(text, lexicon(), None, None), lexicon())
    found = find_triggers(scene, text.sentences[0], 0, compile_triggers(lexicon()))
    assert row["kind"] in {trigger.entry.kind for trigger in found}


@pytest.mark.parametrize("row", WORD_LISTS, ids=lambda row: f"{row['frame']} {row['phrase']}")
def test_word_stands_in_its_example(row: dict[str, str]) -> None:
    """The example shows the phrase's first word, inflected or not."""
    words = [word.lower() for word in words_of(row["example"])]
    stem = words_of(row["phrase"])[0][:3]
    irregular = {"meet": "met", "speak": "spoke", "sit": "sat"}
    assert any(w.startswith((stem, irregular.get(row["phrase"].split()[0], stem))) for w in words)


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row["phrase"])
def test_topic_phrase_finds_the_topic_of_its_example(row: dict[str, str]) -> None:
    """The span behind the phrase is a topic or an outcome, as the row says."""
    text = parse_text(row["example"] + ".")
    topics, outcomes = find_topics(text, text.sentences[0], compile_topics(lexicon()), frozenset())
    assert topics if row["kind"] == "topic" else outcomes


@pytest.mark.parametrize(
    "row",
    [r for r in seeds.read("date_words") if r["kind"] not in ("number", "unit", "shift")],
    ids=lambda row: row["words"],
)
def test_date_word_is_found_in_its_example(row: dict[str, str]) -> None:
    """Months, weekdays and relative words date their example."""
    text = parse_text(row["example"], lexicon().abbreviations)
    assert find_dates(text, text.sentences[0], lexicon())


def test_codes_for_every_kind_and_status() -> None:
    """Each kind and status has a CAMEO code, whatever the basis; none is listed twice."""
    rows = seeds.read("cameo")
    keys = [(r["kind"], r["status"], r["basis"]) for r in rows]
    assert len(keys) == len(set(keys))
    wanted = {(kind, status, "") for kind in MEETING_KINDS for status in MEETING_STATUSES}
    assert wanted <= set(keys)


def test_phrases_are_listed_once() -> None:
    """One row a phrase and frame."""
    keys = [(r["phrase"], r["frame"]) for r in PHRASES]
    assert len(keys) == len(set(keys))
