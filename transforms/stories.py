"""Which articles tell one story: reprints under other datelines, near-copies, cut copies.

Two steps. A fingerprint (MinHash over word triples, by rensa) finds pairs that may be copies among
any number of articles: two are candidates when one of their bands is the same. A candidate is then
compared for itself, because a template filled twice ("The ministers of A and B met in C") shares
most of its triples as well: of the shorter text's triples a good part, of its capitalised words
nearly all and of its numbers most must stand in the other text.

What is compared are the words behind dateline and agency line, folded (case, accents, punctuation).
Every relation here is symmetric and depends on the two texts alone, so groups do not depend on the
order in which articles come.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from dataclasses import dataclass

from rensa import RMinHash  # type: ignore[import-untyped]

BANDS = 20
BAND_WIDTH = 8  # hexadecimal digits
_ROWS = 3  # hashes a band: copies that share half their triples meet with a chance of 0.93
_SEED = 1
_TRIPLE = 3
_FEWEST = 20  # triples; shorter texts are one story only if their words are the same
_SHARED_TRIPLES, _SHARED_NAMES, _SHARED_NUMBERS = 0.6, 0.85, 0.7
_SHORTEST = 0.35  # of the longer text's length: less is a quotation of it, not a copy
_WORDS = re.compile(r"\w+")


def folded_words(text: str) -> list[str]:
    """Words without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text)
    return _WORDS.findall("".join(c for c in decomposed if not unicodedata.combining(c)).casefold())


def own_story_id(words: list[str]) -> str:
    """The story of a text that has no copies: made from its words alone."""
    return "s" + hashlib.sha256(" ".join(words).encode()).hexdigest()[:20]


def find_bands(words: list[str]) -> str:
    """The fingerprint of a text: BANDS values of BAND_WIDTH hexadecimal digits."""
    sketch = RMinHash(num_perm=BANDS * _ROWS, seed=_SEED)
    sketch.update(sorted(_triples(words)) or words)
    hashes = sketch.digest()
    bands = (hashes[at : at + _ROWS] for at in range(0, BANDS * _ROWS, _ROWS))
    return "".join(f"{zlib.crc32(repr(band).encode()):08x}" for band in bands)


def split_bands(bands: str) -> list[str]:
    """The values of a fingerprint, each under its number, since only equal places are compared."""
    return [f"{n}:{bands[n * BAND_WIDTH : (n + 1) * BAND_WIDTH]}" for n in range(BANDS)]


def _triples(words: list[str]) -> set[str]:
    return {" ".join(words[at : at + _TRIPLE]) for at in range(len(words) - _TRIPLE + 1)}


@dataclass(frozen=True, slots=True)
class Copy:
    """What of a text is compared with others."""

    own_id: str
    length: int
    triples: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]


def make_copy(body: str) -> Copy:
    """Prepare the text behind dateline and agency line for comparison."""
    words = folded_words(body)
    printed = _WORDS.findall(unicodedata.normalize("NFKC", body))
    return Copy(
        own_id=own_story_id(words),
        length=len(words),
        triples=frozenset(_triples(words)),
        names=frozenset(word.casefold() for word in printed if word[0].isupper()),
        numbers=frozenset(word for word in words if word[0].isdecimal()),
    )


def is_same_story(one: Copy, other: Copy) -> bool:
    """Whether one text is a reprint, a near-copy or a cut copy of the other."""
    if one.own_id == other.own_id:
        return True
    short, long = sorted((one, other), key=lambda copy: (copy.length, copy.own_id))
    if len(short.triples) < _FEWEST or short.length < _SHORTEST * long.length:
        return False
    return (
        _share(short.triples, long.triples) >= _SHARED_TRIPLES
        and _share(short.names, long.names) >= _SHARED_NAMES
        and _share(short.numbers, long.numbers) >= _SHARED_NUMBERS
    )


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 1.0
