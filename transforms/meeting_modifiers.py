"""What stands before a party's head: adjectives, other names, an appositive with an article.

"Newly elected President X", "a frequent critic, Speaker Y", "four business and university leaders",
"Turkish and Kurdish organisations"; and mentions that are no party themselves since they only
qualify what follows ("the Syria conference").
"""

from __future__ import annotations

from dataclasses import replace

from .meeting_triggers import AUXILIARIES, CLAUSE_ENDS, Triggers
from .mentions import Mention
from .scene import Scene

JOINERS = frozenset({"and", "&"})
SUBJECT_BLOCKERS = frozenset(
    "of in on at to for from by with about between against under over into than via alongside "
    "including like during until since near among amid within".split()
)
# Words over which one may look to the right for "with" or "between".
STOP_RIGHT = CLAUSE_ENDS | frozenset(
    "that which who whose while when where whether but because if although said says told is are "
    "was were will would has have had".split()
)
ADVERBIALS = frozenset(
    "also today yesterday tomorrow tonight later earlier then again now here there first last next "
    "recently separately jointly both all monday tuesday wednesday thursday friday saturday sunday "
    "on who which".split()
)
_DETERMINERS = frozenset("the a an his her their its this these that".split())
_QUANTITIES = frozenset("group number range series handful variety host couple gathering".split())
_PARTS = frozenset("two three four five six seven several some".split())
_WIDEST = 6  # tokens that may qualify a group


class ModifierReader:
    """Reads the modifiers of one sentence's parties."""

    def __init__(self, scene: Scene, number: int, table: Triggers) -> None:
        self.scene, self.sentence, self.table = scene, scene.text.sentences[number], table
        self.lexicon, self.lows, self.words = scene.lexicon, scene.text.lows, scene.text.words

    def after_modifiers(self, j: int) -> Mention | None:
        """A mention that starts a few plain words on: 'newly elected President X'."""
        for k in range(j, min(j + 4, self.sentence.last)):
            mention = self.scene.begins.get(k)
            if mention is not None:
                return mention if k > j and mention.kind != "pronoun" else None
            word = self.words[k]
            if not (word[0].isdigit() or word[0].islower() or word.endswith(".")):
                return None
            if word.lower() in SUBJECT_BLOCKERS or word.lower() in STOP_RIGHT:
                return None
            if self.table.verbs.longest(self.lows, k) or self.table.supports.longest(self.lows, k):
                return None
        return None

    def apposed(self, j: int) -> Mention | None:
        """The person in 'a frequent critic, House Speaker X'."""
        if self.lows[j] not in ("a", "an", "the", "his", "her", "their"):
            return None
        for k in range(j + 1, min(j + 7, self.sentence.last - 1)):
            if self.lows[k] == ",":
                named = self.scene.begins.get(k + 1)
                return named if named and named.kind == "person" else None
            word = self.words[k]
            if not word[0].islower() or word in SUBJECT_BLOCKERS or word in STOP_RIGHT:
                return None
        return None

    def group_after(self, j: int) -> Mention | None:
        """The group in 'four business, university and health care leaders'."""
        body = None
        for k in range(j, min(j + 9, self.sentence.last)):
            mention = self.scene.begins.get(k)
            if mention is not None and mention.kind in ("group", "unnamed"):
                open_list = "," in self.lows[j:k] and not JOINERS.intersection(self.lows[j:k])
                return None if open_list else replace(mention, first=j, name=None)
            if mention is not None and not (mention.kind == "organization" and not mention.name):
                break
            body = mention or body
            word = self.words[k]
            known = self.lexicon.names.longest(self.words, k) if word[0].isupper() else None
            plain = word[0].islower() or word[0].isdigit()
            plain = plain or (known is not None and known[1].kind == "adjective")
            if not (plain or word == ",") or word in SUBJECT_BLOCKERS | STOP_RIGHT:
                break
        ended = body is not None and not self._is_plain_noun(body.last)
        return replace(body, first=j) if ended and body is not None else None

    def quantified(self, j: int) -> Mention | None:
        """The group in 'a diverse group of faith leaders', 'a number of African ministers'."""
        for k in range(j, min(j + 5, self.sentence.last - 1)):
            low = self.lows[k]
            if low in _QUANTITIES and self.lows[k + 1] == "of":
                of = k + 2
                group = self.scene.begins.get(of) or self.group_after(of)
                plural = group is not None and group.kind == "group" and group.plural
                return replace(group, first=j) if plural and group is not None else None
            if low in _PARTS and self.lows[k + 1] == "of" and k == j:
                group = self.scene.begins.get(k + 2)  # "three of his European counterparts"
                plural = group is not None and group.kind == "group" and group.plural
                return replace(group, first=j) if plural and group is not None else None
            if not (self.words[k][0].islower() or self.words[k][0].isdigit()):
                return None
            if low in SUBJECT_BLOCKERS or low in STOP_RIGHT:
                return None
        return None

    def widened(self, mention: Mention) -> Mention:
        """A group with the words that qualify it: 'Turkish and Kurdish' in front of 'groups'."""
        body = mention.kind == "organization" and mention.name is None
        if not body and (mention.kind not in ("group", "unnamed") or mention.determiner):
            return mention
        first = mention.first
        while first > self.sentence.first and mention.first - first < _WIDEST:
            step = self._qualifier(first)
            if not step:
                break
            first -= step
        return replace(mention, first=first) if first < mention.first else mention

    def _qualifier(self, first: int) -> int:
        """How many tokens before `first` qualify what begins there; 0 if none."""
        before = self.scene.ends.get(first)
        if before is not None:
            generic = before.kind in ("name", "country") or before.name is None
            fits = generic and before.kind in ("name", "country", "organization")
            return first - before.first if fits and before.last == first else 0
        low = self.lows[first - 1]
        if low in JOINERS and first - 2 >= self.sentence.first:
            return 2 if self._is_qualifying(first - 2) and self._is_qualifying(first) else 0
        return 1 if self._is_qualifying(first - 1) else 0

    def _is_qualifying(self, k: int) -> bool:
        word, low = self.words[k], self.lows[k]
        known = self.lexicon.names.longest(self.words, k)
        if known is not None and known[1].kind == "adjective":
            return True
        plain = word[0].islower() and word[-1].isalpha() and not low.endswith("ing")
        closed = low in JOINERS or self.scene.ends.get(k + 1) is not None or low in _DETERMINERS
        trigger = self.table.nouns.longest(self.lows, k)
        return plain and not closed and not trigger and self._is_plain_noun(k)

    def is_premodifier(self, mention: Mention) -> bool:
        """'the Syria conference', 'Trump's decision': the mention only qualifies a later noun."""
        j = mention.last
        if mention.tail > mention.last or j >= self.sentence.last:
            return False
        if self.lows[j] == "'s":
            return True
        if mention.kind not in ("country", "organization", "name"):
            return False
        word = self.words[j]
        return word[0].islower() and self._is_plain_noun(j)

    def _is_plain_noun(self, j: int) -> bool:
        low = self.lows[j]
        verb = self.table.verbs.longest(self.lows, j) or self.lexicon.cues.longest(self.lows, j)
        closed = low in STOP_RIGHT or low in SUBJECT_BLOCKERS or low in AUXILIARIES
        adverb = low.endswith("ly") or low in ADVERBIALS or low in ("to", "as", "or", "and")
        support = self.table.supports.longest(self.lows, j) or low.endswith("ed")
        return not (verb or closed or adverb or support)
