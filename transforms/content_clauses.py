"""What looks like a clause or like a phrase of time and place, behind a cue.

No parse: a clause is a noun phrase with something like a finite verb behind it.
"""

from __future__ import annotations

from .content_ends import Range
from .content_left import LeftContents
from .content_turns import CLOSING, MAX_SUBJECT
from .cue_hits import CueHit
from .scene import PREPOSITIONS, is_verb

ADJUNCT = frozenset("on in at during after before following by via through from with".split())
MAX_ADJUNCT = 14
_CLAUSE_OPENERS = frozenset(
    "as if unless under despite because without given although though while for once since to "
    "with".split()
)
_PLAIN_CUES = frozenset("say tell add state warn insist argue".split())
_NOTHING = frozenset("little nothing something anything much more so yes no things goodbye".split())
_CLITIC_VERBS = frozenset("'s 're 've 'll 'm".split())
_ROUGHLY = frozenset("over about nearly almost around some at more".split())
_MAX_ASIDE = 30  # tokens of an object with an apposition
_MAX_HEARER = 6
_MIN_CLAUSE = 4
_PERIODS = frozenset("week month year night morning evening summer spring autumn winter".split())
_FEELINGS = frozenset(
    "satisfaction regret concern appreciation pleasure gratitude interest pride alarm".split()
)


class ClauseContents(LeftContents):
    """Tests for clauses and adjuncts, and who is told."""

    def says_something(self, start: int, stop: int, hit: CueHit) -> bool:
        """Whether a bare clause has a verb, or a subject with words behind it."""
        if self.has_verb(start, stop) or self.quote_start(start) is not None:
            return True
        if any(self.scene.quoted(k) for k in range(start, stop)):
            return True
        if hit.cue.lemma in _PLAIN_CUES and self.lows[start] not in _NOTHING:
            short = stop - start > 1 and self.lows[start + 1] in _CLITIC_VERBS  # "it's late"
            return short or stop - start >= _MIN_CLAUSE
        mention = self.scene.begins.get(start)
        if mention is None or mention.last >= stop:
            return False
        follower = self.lows[mention.last]
        return follower.isalpha() or follower in _CLITIC_VERBS

    def counts(self, j: int) -> bool:
        """'over 345 pilgrims have died': a clause whose subject is a number of somebody."""
        rough = j + 1 < self.sentence.last and self.lows[j] in _ROUGHLY
        counted = rough and any(word[0].isdigit() for word in self.words[j + 1 : j + 3])
        return counted and self.has_verb(j + 2, min(j + 2 + MAX_ADJUNCT, self.sentence.last))

    def owns(self, j: int) -> bool:
        """Whether the word at j is an owner: "Friday's call"."""
        return j + 2 < self.sentence.last and self.lows[j + 1] == "'s"

    def owned_clause(self, j: int) -> bool:
        """'Friday's call could be': a clause whose subject begins with an owner."""
        return self.owns(j) and self.has_verb(j + 2, min(j + 2 + MAX_SUBJECT, self.sentence.last))

    def opened(self, j: int) -> bool:
        """'said under the plan, N would V': a phrase or clause that opens what was said."""
        if self.lows[j] not in _CLAUSE_OPENERS:
            return False
        for k in range(j + 2, min(j + MAX_ADJUNCT, self.sentence.last - 1)):
            if k in self.stops or self.lows[k] in (".", ";", ":"):
                return False
            if self.words[k] == ",":
                there = self.lows[k + 1] == "there"
                return there or self.begins_clause(k + 1) or self.quote_start(k + 1) is not None
        return self.lows[j] in ("if", "unless") and self.has_verb(j + 1, self.sentence.last)

    def that_ahead(self, j: int) -> int | None:
        """'told a crowd in Oslo, Norway, on Sunday | that': the 'that' behind a place and a day."""
        for k in range(j + 1, min(j + MAX_ADJUNCT, self.sentence.last)):
            if self.lows[k] == "that":
                return k
            if self.lows[k] in (".", ";", ":") or self.scene.quoted(k) or is_verb(self.scene, k):
                return None
        return None

    def over_time(self, j: int) -> int:
        """'said last week S', 'said late on Monday that': the token behind the time, or j."""
        if j + 2 >= self.sentence.last:
            return j
        if self.lows[j] in ("late", "early") and self.lows[j + 1] in ("on", "in"):
            return j + 1
        timed = self.lows[j] in ("last", "this") and self.lows[j + 1] in _PERIODS
        return j + 2 if timed and self.lows[j + 2] != "'s" and not is_verb(self.scene, j + 2) else j

    def over_feeling(self, j: int) -> int:
        """'noted with deep satisfaction N': the token behind the feeling, or j."""
        if self.lows[j : j + 1] != ["with"]:
            return j
        for k in range(j + 1, min(j + 4, self.sentence.last)):
            if self.lows[k] in _FEELINGS:
                return k + 1
        return j

    def by_document(self, hit: CueHit) -> bool:
        """Whether the words before a participle are a document's: 'issued a statement'."""
        before = self.scene.ends.get(hit.group)
        return hit.shape == "participle" and before is not None and before.kind == "document"

    def as_behind(self, j: int) -> int | None:
        """'described the talks with X, his old rival, as "frank"': the token behind that 'as'."""
        aside = False
        for k in range(j, min(j + _MAX_ASIDE, self.sentence.last - 2)):
            if self.scene.quoted(k) or self.words[k] in (".", ";", ":"):
                return None
            if self.words[k] == ",":
                if aside and self.lows[k + 1] == "as":
                    behind = k + 2
                    states = self.begins_clause(behind) and self.quote_start(behind) is None
                    return None if states else behind
                if not aside and self.lows[k + 1] in ("who", "which", "and", "but"):
                    return None
                aside = True
        return None

    def closes_quote(self, j: int) -> bool:
        """Whether a quotation ends right before token j."""
        k = j - 1
        if k >= self.sentence.first and self.words[k] == ",":
            k -= 1
        first = self.sentence.first
        return k > first and self.words[k] in CLOSING and self.scene.quoted(k - 1)

    def quote_follows(self, j: int) -> bool:
        """Whether a quotation opens at token j."""
        return j < self.sentence.last and self.quote_start(j) is not None

    def skip_adjunct(self, j: int) -> int | None:
        """First token behind 'on Monday', 'in a statement', 'at a briefing in Baku', or None."""
        last = self.sentence.last
        for k in range(j, min(j + MAX_ADJUNCT, last)):
            low = self.lows[k]
            if low == "that" or self.quote_start(k) is not None:
                return k
            if low in (".", ";", ":") or k in self.groups:
                return None
            if k > j + 1 and low not in ADJUNCT and self._clause_begins(k):
                return k
            if low == "," and k > j and self.begins_clause(k + 1):
                return k + 1  # "told reporters at the opening, the bridge was safe"
        return None

    def _clause_begins(self, k: int) -> bool:
        """A mention with a verb behind it, not governed by a preposition."""
        mention = self.scene.begins.get(k)
        if (
            mention is None
            or self.lows[k - 1] in ADJUNCT
            or self.lows[k - 1] in ("of", "and", "to")
        ):
            return False
        end = mention.last
        return end < self.sentence.last and (
            self.lows[end].endswith(("ed", "s")) or is_verb(self.scene, end)
        )

    def addressee(self, hit: CueHit) -> Range | None:
        """The person object of a cue whose content stands before it ('…, he told reporters')."""
        if "obj" not in hit.cue.frames or hit.last >= self.sentence.last:
            return None
        mention = self.scene.begins.get(hit.last)
        if mention is not None:
            return mention.first, mention.last
        end = hit.last
        while end < self.sentence.last and end - hit.last < _MAX_HEARER and self.is_word(end):
            end += 1
        return (hit.last, end) if end > hit.last else None

    def behind(self, hit: CueHit) -> int:
        """The token behind a cue and the hearer that it tells."""
        hearer = self.addressee(hit)
        return hearer[1] if hearer else hit.last

    def is_word(self, j: int) -> bool:
        """A plain word of a noun phrase: 'a news briefing', 'jurors'."""
        low = self.lows[j]
        placed = low in PREPOSITIONS or low.endswith("day") or low in ("last", "as", "that")
        return self.words[j][0].isalnum() and not placed and not is_verb(self.scene, j)

    def names_quotation(self, hit: CueHit) -> bool:
        """Whether the quotation before an attribution is a title in its sentence, and more follows.

        It stands inside the sentence behind words with no verb, and something follows the cue.
        """
        if self.nothing_follows(self.behind(hit)):
            return False
        k = hit.boundary - 1
        while k > self.sentence.first and not self.scene.quoted(k):
            k -= 1
        first = self.scene.text.quotations[self.scene.quote_at[k]].first - 1
        opens = first <= self.sentence.first
        return not opens and not self.has_verb(self.sentence.first, first)
