"""Whether two printed names can be two spellings of one person's name.

The method, in this order:

1. **Words.** Case, accents and dots go; a hyphen parts words; particles (al, bin, van, de, …) and
   generation marks (Jr., III) are left out unless nothing else remains.
2. **Transliteration folding** (`fold_word`): letter groups that write one sound in different
   romanisations come out equal (gh g, kh h, shch sc, iy y i, ou u, w v, x ks, …), and so do doubled
   letters. Gharibashvili and Garibashvili are one word after it.
3. **Bounded edit distance** (`same_word`): words of five letters or more may differ by one letter,
   of nine or more by two, if they begin alike. A final "a" alone is no variant: Ivanov is not
   Ivanova.
4. **Surname first** (`same_name`): surnames equal after folding need given names whose initials
   agree; surnames that only the edit distance joins need given names that agree as words. A name
   without a given name agrees with any. Family-first order (Orban Viktor), a name within a longer
   one (Mohammed bin Salman Al Saud) and words run together (Jong Un, Jongun) are told as well.

It compares spellings only: that the country and the day agree is the caller's to see.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CACHED = 1 << 16
# Romanisations of one sound, longest first.
_SOUNDS = (
    ("shch", "sc"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("dj", "j"), ("kh", "h"),
    ("gh", "g"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ii", "i"), ("ou", "u"), ("oo", "u"), ("w", "v"),
    ("x", "ks"), ("q", "k"), ("y", "i"),
)  # fmt: skip
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a"})
_QUOTES = "'’‘ʼʻ`´.,"
_PARTICLES = frozenset(
    "al el ul ad as ash bin ibn ben bint van von der den de da do dos di du la le y".split()
)
_GENERATIONS = frozenset("jr sr ii iii iv".split())
_ONE_EDIT, _TWO_EDITS = 5, 9  # letters that a word needs for so many
_VOWELS = frozenset("aeiouh")


@lru_cache(maxsize=_CACHED)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart, without case, accents and particles, in order."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in _QUOTES)
    words = [word for word in plain.replace("-", " ").replace("‑", " ").split() if word]
    telling = [word for word in words if word not in _PARTICLES and word not in _GENERATIONS]
    return tuple(telling or words)


@lru_cache(maxsize=_CACHED)
def fold_word(word: str) -> str:
    """One word (as `name_words` gives it), folded so that romanisations of it come out equal."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    if word.startswith("ie"):
        word = word[1:]  # Yevgeny, Evgeny
    letters: list[str] = []
    for letter in word:
        if not letters or letters[-1] != letter:
            letters.append(letter)  # doubled letters come and go between spellings
    return "".join(letters)


def normalize_surname(name: str) -> str:
    """The last word of a name, folded; "" for a name of no word."""
    words = name_words(name)
    return fold_word(words[-1]) if words else ""


@lru_cache(maxsize=_CACHED)
def surname_skeleton(name: str) -> str:
    """The consonants of a name's folded last word: a look-up key that most spellings share."""
    words = name_words(name)
    return _consonants(words[-1]) if words else ""


def _consonants(word: str) -> str:
    folded = fold_word(word)
    return folded[:1] + "".join(letter for letter in folded[1:] if letter not in _VOWELS)


def distance(one: str, other: str, bound: int) -> int:
    """Edits (insert, delete, replace a letter) from one word to the other, at most `bound` + 1."""
    if abs(len(one) - len(other)) > bound:
        return bound + 1
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != against))
        if min(row) > bound:
            return bound + 1
    return row[-1]


@lru_cache(maxsize=_CACHED)
def same_word(one: str, other: str) -> bool:
    """Whether two words are one in two spellings: step 2, then step 3 of the method."""
    a, b = fold_word(one), fold_word(other)
    if a == b:
        return True
    if a[:1] != b[:1] or a + "a" == b or b + "a" == a:
        return False
    return _near(a, b)


def _near(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    bound = (shorter >= _ONE_EDIT) + (shorter >= _TWO_EDITS)
    return bound > 0 and distance(a, b, bound) <= bound


@lru_cache(maxsize=_CACHED)
def same_name(one: str, other: str) -> bool:
    """Whether two printed names can be one person's: step 4 of the method."""
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return same_word(a[0], b[-1]) or (len(b) > 1 and fold_word(a[0]) == fold_word(b[0]))
    return (
        _same_in_order(a, b)
        or _same_in_order((*a[1:], a[0]), b)  # Orban Viktor
        or _all_within(a, b)
        or fold_word("".join(a)) == fold_word("".join(b))
    )


def _same_in_order(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if fold_word(a[-1]) == fold_word(b[-1]):
        return _initials_agree(a[0], b[0])
    return same_word(a[-1], b[-1]) and _given_agree(a[0], b[0])


def _initials_agree(a: str, b: str) -> bool:
    """Equal first letters, or nearly equal words (Ceyhun, Jeyhun)."""
    one, other = fold_word(a), fold_word(b)
    return one[:1] == other[:1] or _near(one, other)


def _given_agree(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return fold_word(a)[:1] == fold_word(b)[:1]
    return same_word(a, b)


def _all_within(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Every word of the shorter name stands in the longer one, in order."""
    if len(b) == len(a):
        return False
    rest = iter(b)
    return all(any(same_word(word, other) for other in rest) for word in a)
