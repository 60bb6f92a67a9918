"""Confidence: what a statement shows, what that weighs, and how the weights are found."""

from __future__ import annotations

import pytest

import seeds
from tests.fit_confidence import curve, fit, predict
from transforms.confidence import estimate_confidence, find_evidence
from transforms.found import FoundStatement
from transforms.lexicon import build_lexicon
from transforms.people import find_cast
from transforms.records import Article
from transforms.statements import find_statements
from transforms.text import parse_text

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})
ROWS = seeds.read("evidence")


def statements(raw: str) -> list[FoundStatement]:
    """What a text of invented sentences yields."""
    text = parse_text(raw, LEXICON.abbreviations)
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
    cast = find_cast(text, LEXICON, None, None)
    return find_statements(text, cast, article, LEXICON).statements


@pytest.mark.parametrize("row", [r for r in ROWS if r["example"]], ids=lambda r: r["feature"])
def test_a_feature_is_seen_in_its_example(row):
    assert row["feature"] in {f for s in statements(row["example"]) for f in find_evidence(s)}


def test_rows_are_numbers_in_range():
    for row in ROWS:
        assert -5 < float(row["weight"]) < 5
        assert 0 <= float(row["right"]) <= 1
        assert int(row["rows"]) > 0


def test_a_statement_shows_one_value_of_each_feature():
    features = [
        f.split("=")[0] for f in find_evidence(statements("Tamar Lomidze said ties are good.")[0])
    ]
    assert features == ["rule", "form", "speaker", "cue", "size", "distance"]


def test_better_evidence_is_trusted_more():
    said = statements('"Talks were very useful to us," Tamar Lomidze said.')[0]
    guessed = statements("The report said talks were useful.")[0]
    confidences = [estimate_confidence(s, LEXICON) for s in (said, guessed)]
    assert 1 > confidences[0] > confidences[1] > 0


def test_the_fit_finds_the_shares_that_are_there():
    """Invented rows: 90 of 100 right with one feature, 40 of 100 with the other."""
    rows = [(f"a{n % 20}", ["form=direct"], n < 90) for n in range(100)]
    rows += [(f"a{n % 20}", ["form=indirect"], n < 40) for n in range(100)]
    weights = fit(rows)
    assert predict(weights, ["form=direct"]) == pytest.approx(0.9, abs=0.03)
    assert predict(weights, ["form=indirect"]) == pytest.approx(0.4, abs=0.03)
    for _, count, mean, right in curve(rows):
        assert count < 20 or mean == pytest.approx(right, abs=0.1)
