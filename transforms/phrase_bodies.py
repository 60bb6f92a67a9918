"""Bodies: where the name of a ministry, party or agency ends, and whether a head follows it."""

from __future__ import annotations

from .phrase_words import BREAKERS, MONTHS, Words


class Bodies(Words):
    """Reads capitalized runs that hold an organization word."""

    def body_end(self, k: int, last: int) -> int:
        """End of a capitalized run from k that holds an organization word, else 0."""
        j, holds = k, False
        while j < last and j - k < 10:
            word = self.words[j]
            known = self.lexicon.names.longest(self.words, j) if word[0].isupper() else None
            if known and known[0] > 1 and known[1].kind in ("place", "country"):
                j += known[0]
                continue
            if word[0].isupper():
                if j > k and self.words[j - 1] != "of" and self.is_title(j):
                    break
                if holds and self.words[j] in self.lexicon.given_names and self._is_person(j, last):
                    break
                holds = holds or word in self.lexicon.org_words
            elif not (word in ("of", "for", "and", "the") and self.body_goes_on(j, last)):
                break
            j += 1
        return j if holds else 0

    def _is_person(self, j: int, last: int) -> bool:
        """'Department Ann Roe': a given name and a surname behind the body's name."""
        return (
            self.words[j - 1] not in ("of", "for", "and", "the")
            and self.words[j - 1] not in self.lexicon.given_names
            and j + 1 < last
            and self.words[j + 1][0].isupper()
            and self.words[j + 1] not in self.lexicon.org_words
        )

    def body_goes_on(self, j: int, last: int) -> bool:
        """Whether a body's name runs on over the "of", "for" or "and" at token j."""
        k = j + 1
        while k < last and self.words[k] in ("the", "of", "for"):
            k += 1
        if k >= last or not self.words[k][0].isupper() or self.words[k] in MONTHS:
            return False
        if self.words[j] != "and":
            return True
        # "Ministry of Trade and Industry", but not "the Ministry and President X".
        return (
            k == j + 1
            and self.words[j - 1] not in self.lexicon.org_words
            and not (
                self.lexicon.offices.longest(self.lows, k)
                or self.lexicon.names.longest(self.words, k)
            )
        )

    def head_follows(self, j: int, last: int) -> bool:
        """Whether an office, a group noun or a body stands at token j or close behind it."""
        for k in range(j, min(j + 3, last)):
            low = self.lows[k]
            if self.lexicon.offices.longest(self.lows, k) or self.named_group(k):
                return True
            found = self.lexicon.names.longest(self.words, k)
            if found and found[1].kind in ("rank", "organization") and k == j:
                return True
            if self.body_end(k, last) and k == j:
                return True
            if low not in self.lexicon.modifiers and not (
                self.words[k][0].islower() and low not in BREAKERS
            ):
                return False
        return False

    def country_within(self, j: int, end: int) -> str | None:
        """The country that a body's own name holds ('Ministry of Defense of Georgia')."""
        for k in range(j, end):
            found = self.lexicon.names.longest(self.words, k)
            if found and found[1].kind in ("country", "adjective"):
                return found[1].code
        return None
