"""An article's text as paragraphs of pieces, each with the spans that mark it. Pure.

Offsets are those of the contract: code points of `articles.text`, `[start, end)`. The pieces of all
paragraphs, joined by the empty lines between them, are the text again, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = re.compile(r"\n\n+")
# Characters that turn the reading direction of what follows, or are no text at all. Each is shown
# as one visible character, so that offsets stay true.
_HIDDEN = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 127), "�")
_HIDDEN |= {code: chr(0x2400 + code) for code in range(32) if code not in (9, 10)}
_HIDDEN |= dict.fromkeys(range(128, 160), "�")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span as the page shows it: the owner's id, its field, its place, its number on the page."""

    number: int
    owner: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under one set of marks; `opens` are owners whose main span begins here."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[str, ...]

    @property
    def fields(self) -> str:
        """Names of the fields that mark it, once each, in alphabetical order."""
        return " ".join(sorted({mark.field for mark in self.marks}))

    @property
    def numbers(self) -> str:
        """Numbers of the spans that mark it."""
        return " ".join(str(mark.number) for mark in self.marks)

    @property
    def owners(self) -> str:
        """Ids of the meetings and statements that it is evidence for."""
        return " ".join(dict.fromkeys(mark.owner for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its pieces, and the owners (meetings, statements) whose main span begins in it."""

    pieces: tuple[Piece, ...]
    owners: tuple[str, ...]


def cut(text: str, marks: Sequence[Mark], anchors: dict[str, int]) -> list[Paragraph]:
    """Cut a text into paragraphs and pieces; `anchors` says where each owner's card belongs.

    A mark that runs over an empty line marks the pieces on both sides of it.
    """
    bounds = [0]
    for gap in _GAP.finditer(text):
        bounds += [gap.start(), gap.end()]
    bounds.append(len(text))
    return [
        _paragraph(text, start, end, marks, anchors)
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
    ]


def _paragraph(
    text: str, start: int, end: int, marks: Sequence[Mark], anchors: dict[str, int]
) -> Paragraph:
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    here = {
        owner: place for owner, place in anchors.items() if start <= place < max(end, start + 1)
    }
    cuts = {start, end, *here.values()}
    cuts |= {place for mark in inside for place in (mark.start, mark.end) if start < place < end}
    edges = sorted(cuts)
    pieces = []
    for left, right in zip(edges, edges[1:], strict=False):
        over = tuple(mark for mark in inside if mark.start <= left and mark.end >= right)
        opens = tuple(owner for owner, place in here.items() if place == left)
        pieces.append(Piece(text[left:right], over, opens))
    return Paragraph(tuple(pieces), tuple(sorted(here, key=lambda owner: (here[owner], owner))))


def visible(value: str) -> str:
    """A text with every control and direction character as one visible character in its place."""
    return value.translate(_HIDDEN)
