"""Confidence of meetings: what a meeting shows, and what that weighs."""

from __future__ import annotations

from functools import cache

import pytest

import seeds
from tests.test_meetings import article, lexicon, read
from transforms.found import FoundMeeting
from transforms.home import Home
from transforms.meeting_confidence import estimate_meeting_confidence, find_meeting_evidence
from transforms.meetings import find_meetings
from transforms.people import Cast, find_cast
from transforms.text import parse_text

ROWS = seeds.read("meeting_evidence")


@cache
def meetings(raw: str) -> tuple[list[FoundMeeting], Cast]:
    """What a text of invented sentences yields, and its cast."""
    text = parse_text(raw, lexicon().abbreviations)
    cast = find_cast(text, lexicon(), None, Home())
    return find_meetings(text, cast, article(raw), lexicon())[0], cast


@pytest.mark.parametrize("row", [r for r in ROWS if r["example"]], ids=lambda r: r["feature"])
def test_a_feature_is_seen_in_its_example(row: dict[str, str]) -> None:
    """Each row of the table is shown by its own example."""
    found, cast = meetings(row["example"])
    assert row["feature"] in {f for m in found for f in find_meeting_evidence(m, cast)}


def test_rows_are_numbers_in_range() -> None:
    """Weights are log-odds, shares lie between 0 and 1, and every row was seen."""
    for row in ROWS:
        assert -5 < float(row["weight"]) < 5
        assert 0 <= float(row["right"]) <= 1
        assert int(row["rows"]) > 0


def test_a_meeting_shows_one_value_of_each_feature() -> None:
    """Six features, each once."""
    found, cast = meetings("Norway held talks with Finland.")
    features = [f.split("=")[0] for f in find_meeting_evidence(found[0], cast)]
    assert features == ["parties", "states", "word", "status", "told", "date"]


def test_named_persons_are_trusted_more_than_states() -> None:
    """Who is named is seldom wrong; that two states held talks may be said of anything."""
    named, cast = meetings("Minister John Harlan of Norway met Minister Peter Lund of Denmark.")
    states, other = meetings("Norway held talks with Denmark.")
    more = estimate_meeting_confidence(named[0], cast, lexicon())
    assert 1 > more > estimate_meeting_confidence(states[0], other, lexicon()) > 0


def test_the_row_carries_it() -> None:
    """The published confidence is the estimate."""
    rows, _ = read("Norway held talks with Denmark.")
    found, cast = meetings("Norway held talks with Denmark.")
    assert rows.meetings[0].confidence == estimate_meeting_confidence(found[0], cast, lexicon())
