"""No input makes reading slow: work grows with the text, also where a text is all one atom.

What is counted is lines of Python run, not seconds, so the figures are the same on every machine.
A rule that looks back over all of a text at each of its atoms would cost 16 times as much on 16,000
characters as on 4,000.
"""

from __future__ import annotations

import random
import sys
from types import FrameType
from typing import Any

import pytest

import seeds
from transforms.extraction import extract
from transforms.lexicon import build_lexicon
from transforms.records import Article

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})
SIZES = (4_000, 8_000, 16_000)
MOST = 6  # times the work at 16,000 characters, of that at 4,000

ATOMS = [
    # quotations
    '"',
    '" ',
    "“ ",
    "‘",
    '"A b c," he said. ',
    '"A b c d e f.\n\n',
    "said “a",
    '," ',
    # cues of every shape
    "said that said that ",
    "Ann Roe said that ",
    "Ann Roe told Jo Berg that ",
    "Ann Roe urged Jo Berg to ",
    ", said Ann Roe",
    ", adding that ",
    "and said ",
    "to thank him for ",
    "his warning that ",
    "a proposal by Ann Roe to ",
    "expressed concern over ",
    "he was praised by Ann Roe ",
    "according to Ann Roe, ",
    ", which he said ",
    "having said ",
    "quoted Ann Roe as saying ",
    "did not say ",
    # contents and their ends
    "Ann Roe said on Monday in ",
    "Ann Roe said if a, ",
    ", as it was, ",
    "Ann Roe praised the a of the a at a rally ",
    "Ann Roe said:\n\n",
    "Ann Roe said: ",
    "Ann Roe said:\n\nIt is a good day for us.\n\n",
    # labels and posts
    "ANN ROE: a b c d.\n\n",
    "QUESTION: a?\n\n",
    "Minister Ann Roe: I am here.\n\n",
    "a b — Ann Roe (@ann) May 5\n\n",
    # words
    "a, ",
    "the ",
    "Minister of ",
    "CAPITALS ",
    "Ann Roe, ",
    "слово and word ",
    "\n\n",
    "a",
    "。",
]


def article(text: str) -> Article:
    """An article of one text."""
    return Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text=text,
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
    )


def work(text: str) -> int:
    """Lines of Python that reading a text runs."""
    lines = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        extract(article(text), LEXICON)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("atom", ATOMS, ids=repr)
def test_work_grows_with_the_text(atom: str) -> None:
    """Four times the text is at most six times the work."""
    small, middle, large = (work((atom * (size // len(atom) + 1))[:size]) for size in SIZES)
    assert middle <= MOST / 2 * small
    assert large <= MOST * small


@pytest.mark.parametrize("atom", ['"', "said that ", "SAID ", "“said” "], ids=repr)
def test_a_megabyte_of_one_atom_is_read(atom: str) -> None:
    """Hostile texts end, and every span is what it says."""
    text = atom * (1_000_000 // len(atom))
    read = extract(article(text), LEXICON)
    assert all(text[span.start : span.end] == span.text for span in read.spans)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", '"', "said", "said that", "SAID", "…", ":", "Ann Roe said", "Ann Roe said:"],
    ids=repr,
)
def test_texts_without_sentences_give_nothing(text: str) -> None:
    assert extract(article(text), LEXICON).statements == []


def test_any_order_of_words_is_read() -> None:
    """Texts of the atoms in chance order: no crash, and spans that hold what they say."""
    chance = random.Random(7)
    words = [word for atom in ATOMS for word in atom.split(" ") if word.strip()]
    for _ in range(400):
        text = " ".join(chance.choice(words) for _ in range(chance.randint(1, 40)))
        read = extract(article(text), LEXICON)
        assert all(text[span.start : span.end] == span.text for span in read.spans), text
