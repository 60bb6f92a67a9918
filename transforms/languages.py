"""The language of a text: what its source says where that can be so, else what the words say."""

from __future__ import annotations

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

_WORDS = re.compile(r"\w+")
# Words that English uses in every text and its neighbours do not ("for", "in", "at" are shared).
_ENGLISH = frozenset(
    {"the", "of", "and", "to", "that", "with", "was", "has", "have", "from", "this", "which", "by"}
)
_ENGLISH_SHARE = 0.1  # of all words; English news has 0.17 to 0.25, other languages below 0.03
_READ = 4_000  # characters
_ENOUGH_WORDS = 50  # to doubt what a document says of its language
_ENOUGH_CHARACTERS = 200  # to guess where it says nothing
_SURE = 0.9  # of a guess


def find_language(given: str | None, text: str) -> str | None:
    """The given language (BCP 47), or the one of the text, or None where neither can be told.

    Templates say "en" of pages in any language, so that one is believed of English texts alone, and
    of texts too short to tell.
    """
    head = text[:_READ]
    words = _WORDS.findall(head.lower())
    is_english = sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * len(words)
    if is_english:
        return given if given and given.startswith("en") else "en"
    if given is None:
        return _guessed(head)
    is_doubtful = given.startswith("en") and len(words) >= _ENOUGH_WORDS
    return _guessed(head) if is_doubtful else given


def _guessed(text: str) -> str | None:
    if len(text) < _ENOUGH_CHARACTERS:
        return None
    language, probability = _identifier().classify(text)
    return str(language) if probability >= _SURE else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The model, loaded at the first text that is not plainly English (a second, 100 MB)."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
