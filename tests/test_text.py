"""Tokens, sentences and quotations, with exact offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.text import parse_text

ABBREVIATIONS = {"lt.", "gen.", "mr.", "u.s.", "sen.", "wis."}

SENTENCES = [
    ("He met Lt. Gen. Ann Orr. They spoke.", ["He met Lt. Gen. Ann Orr.", "They spoke."]),
    ("J. R. Moss spoke. So did M. Vance.", ["J. R. Moss spoke.", "So did M. Vance."]),
    ("Talks were held in the U.S. The sides agreed.", 2),
    ("The U.S. President spoke.", 1),
    ("Growth was 3.5 percent. It was 2.1 before.", 2),
    ('"We will come," she said. "We always do."', ['"We will come," she said.', '"We always do."']),
    ('"Why?" asked Mr. Moss.', 1),
    ("“Stop!” he cried. Nobody did.", ["“Stop!” he cried.", "Nobody did."]),
    ("One paragraph\n\nAnother one", ["One paragraph", "Another one"]),
    ("She paused… Then she left.", 2),
    ("", []),
]


@pytest.mark.parametrize(("raw", "expected"), SENTENCES)
def test_sentences(raw, expected):
    text = parse_text(raw, ABBREVIATIONS)
    found = [raw[s.start : s.end] for s in text.sentences]
    assert (len(found) if isinstance(expected, int) else found) == expected


QUOTATIONS = [
    ('He said "yes, we can" and left.', ["yes, we can"]),
    ("He said “yes” and “no”.", ["yes", "no"]),
    ("«Da», said the envoy.", ["Da"]),
    ("'We are ready,' she said.", ["We are ready,"]),
    ("‘We aren’t ready,’ she said.", ["We aren’t ready,"]),
    ("The sides' talks weren't long.", []),
    ("“He called it ‘a farce’ twice,” she said.", ["He called it ‘a farce’ twice,"]),
    ("“It goes on\n\n“and ends,” he said.", ["It goes on", "and ends,"]),
    ('It is "unclosed', ["unclosed"]),
]


@pytest.mark.parametrize(("raw", "expected"), QUOTATIONS)
def test_quotations(raw, expected):
    text = parse_text(raw)
    assert [text.slice(q.first, q.last) for q in text.quotations] == expected


def test_an_open_quotation_ends_with_its_paragraph():
    text = parse_text("“It goes on\n\nNothing here.")
    assert [(q.closed, q.paragraph) for q in text.quotations] == [(False, 0)]


TOKENS = [
    ("Azerbaijani-Georgian ties", ["Azerbaijani-Georgian", "ties"]),
    ("the U.S.-led force", ["the", "U.S.-led", "force"]),
    ("Moss's and Moss’s", ["Moss", "'s", "and", "Moss", "’s"]),
    ("They won't pay $3.5m.", ["They", "won't", "pay", "$", "3.5m", "."]),
    ("O'Neil & Co", ["O'Neil", "&", "Co"]),
]


@pytest.mark.parametrize(("raw", "expected"), TOKENS)
def test_tokens(raw, expected):
    assert parse_text(raw, ABBREVIATIONS).words == expected


@given(st.text(alphabet=st.sampled_from("ab AB.,'’\"“”\n!?-é\u200f漢1"), max_size=200))
def test_every_offset_points_at_its_token(raw):
    text = parse_text(raw, ABBREVIATIONS)
    assert [raw[a:b] for a, b in zip(text.starts, text.ends, strict=True)] == text.words
    covered = [t for s in text.sentences for t in range(s.first, s.last)]
    assert covered == list(range(len(text.words)))
    assert all(q.first <= q.last <= len(text.words) for q in text.quotations)


def test_an_endless_sentence_is_cut():
    text = parse_text("word " * 2000)
    assert max(s.last - s.first for s in text.sentences) <= 401
