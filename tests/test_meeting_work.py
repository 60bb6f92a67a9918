"""No input makes the reading of meetings slow: work grows with the text, also where it is one atom.

As tests/test_linear_time.py, with atoms of meetings, in texts that are known to be English.
"""

from __future__ import annotations

import dataclasses
import sys
from types import FrameType
from typing import Any

import pytest

from tests.test_linear_time import LEXICON, MOST, article
from transforms.extraction import extract

SIZES = (4_000, 16_000)  # over the longest sentence, which is cut at 400 tokens
ATOMS = [
    "met ",
    "met with ",
    "talks with ",
    "talks between ",
    "the talks of the ",
    "President Ann Roe met Premier Jo Berg and ",
    "President Ann Roe met Premier Jo Berg. ",
    "Ann Roe, Jo Berg and ",
    "ministers of Norway, Finland and ",
    "who met ",
    "a round of ",
    "a group of ",
    "Russian and Ukrainian officials and ",
    "held talks in Oslo on Monday and ",
    "in Oslo, ",
    "on March 5 ",
    "visit to Oslo ",
    "will visit Oslo to meet ",
    "discussed trade and ",
    "Monday, where he met ",
    "a delegation led by ",
    "the call with Ann Roe ",
    "they met again. ",
    "- Ann Roe\n\n",
]


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
        extract(dataclasses.replace(article(text), language="en"), LEXICON)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("atom", ATOMS, ids=repr)
def test_work_grows_with_the_text(atom: str) -> None:
    """Four times the text is at most six times the work."""
    small, large = (work((atom * (size // len(atom) + 1))[:size]) for size in SIZES)
    assert large <= MOST * small
