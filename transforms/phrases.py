"""Phrases of one or more words looked up at a token: the longest one wins.

A dictionary of dictionaries, so a lookup costs as many steps as the phrase has words, however many
phrases there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from .text import parse_text

Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Maps sequences of words to values; `longest` finds the longest one that starts at a token."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, words: Iterable[str], value: Value, *, replace: bool = True) -> None:
        """File a value under its words; without `replace` the first value stays."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        if replace or "" not in node:
            node[""] = value  # no token is the empty string

    def longest(self, words: Sequence[str], at: int) -> tuple[int, Value] | None:
        """(number of words, value) of the longest phrase starting at token `at`, or None."""
        try:
            node = self._root.get(words[at])
        except IndexError:
            return None
        if node is None:
            return None
        found = None
        end, last = at + 1, len(words)
        while node is not None:
            if "" in node:
                found = end - at, node[""]
            if end == last or (len(node) == 1 and found is not None and found[0] == end - at):
                break
            node = node.get(words[end])
            end += 1
        return found

    def starts(self, word: str) -> bool:
        """Whether a phrase begins with the word."""
        return word in self._root

    def heads(self) -> frozenset[str]:
        """All first words."""
        return frozenset(self._root)

    def __contains__(self, words: Sequence[str]) -> bool:
        found = self.longest(words, 0) if words else None
        return found is not None and found[0] == len(words)


def words_of(phrase: str, abbreviations: Iterable[str] = ()) -> list[str]:
    """A phrase as the tokens that the same words have in an article."""
    return parse_text(phrase, frozenset(abbreviations)).words
