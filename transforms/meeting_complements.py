"""With whom: the parties to the right of a meeting word, behind "with", "between", "by" or nothing.

Over days, places and adverbs ("received at his office a delegation", "met on Monday with X", "a
meeting was held in Oslo between A and B"), but not over another clause.
"""

from __future__ import annotations

from .meeting_lists import ListReader, Party
from .meeting_modifiers import ADVERBIALS, JOINERS, STOP_RIGHT, SUBJECT_BLOCKERS
from .meeting_triggers import CLAUSE_ENDS

_REACH = 16
_TOPIC_PREPOSITIONS = frozenset({"on", "about", "over", "regarding", "concerning"})
_LIGHT = frozenset(
    "held aimed here earlier late early morning afternoon evening night week month year day "
    "the a an his her their and summit underway conducted convened organized scheduled".split()
)
_SKIPPED = frozenset(
    "today yesterday separately again briefly privately personally here also later virtually "
    "face-to-face recently one-on-one both first earlier online jointly".split()
)
# What may follow a meeting word as its predicate: "was held", "took place", "is scheduled".
_HELD = frozenset(
    "was were is are will be has have had been being held took take takes taken taking place began "
    "begins begun convened conducted underway scheduled planned due to ongoing expected set slated "
    "also first started organized started".split()
)
_PLACE_PREPOSITIONS = frozenset({"at", "in", "on", "inside", "near"})
_LONGEST_ADJUNCT = 9  # tokens
_GUESTS = frozenset({"person", "office", "group"})


class ComplementReader:
    """Reads the complements of one sentence's meeting words."""

    def __init__(self, lists: ListReader) -> None:
        self.lists = lists
        self.scene, self.sentence, self.table = lists.scene, lists.sentence, lists.table
        self.lexicon, self.lows, self.words = lists.lexicon, lists.lows, lists.words

    # --- objects ----------------------------------------------------------------------------------
    def object_at(self, i: int) -> list[Party]:
        """Parties right behind a verb, over adverbs, day words, places and "in audience"."""
        j = i
        while j < self.sentence.last and self.lows[j] in _SKIPPED:
            j += 1
        found = self.lists.read(j) or (self._included(j) if j < self.sentence.last else [])
        if found or j >= self.sentence.last or self.lows[j] not in _PLACE_PREPOSITIONS:
            return found
        k = self._behind_adjunct(j)
        return self.lists.read(k) if k else []

    def _behind_adjunct(self, i: int) -> int:
        """Where a person or delegation begins behind the phrase that the preposition at i opens."""
        governed = self._governed(i + 1)
        for k in range(governed, min(i + _LONGEST_ADJUNCT, self.sentence.last)):
            low = self.lows[k]
            if low in STOP_RIGHT or low in JOINERS or low == "," or low in ("with", "to"):
                return 0
            mention = self.scene.begins.get(k)
            if mention is None or self.lows[k - 1] in SUBJECT_BLOCKERS:
                continue
            if mention.kind in ("person", "office") or (
                mention.kind == "group" and mention.determiner
            ):
                return k
        return 0

    def _governed(self, i: int) -> int:
        """Token behind the noun phrase that a preposition governs from token i on."""
        mention = self.scene.begins.get(i)
        if mention is None and self.lows[i] in ("the", "a", "an", "his", "her", "their"):
            mention = self.scene.begins.get(i + 1)
        return mention.last if mention is not None else i + 1

    def topic_party(self, i: int) -> list[Party]:
        """'discussed trade with X': a party behind 'with' in the same clause, persons only."""
        for j in range(i, min(i + 2 * _REACH, self.sentence.last)):
            if self.lows[j] in CLAUSE_ENDS:
                return []
            mention = self.scene.begins.get(j + 1)
            if self.lows[j] == "with" and mention and mention.kind in ("person", "office"):
                return self.lists.read(j + 1)
        return []

    # --- behind prepositions ----------------------------------------------------------------------
    def behind(self, i: int, prepositions: tuple[str, ...]) -> list[Party]:
        """Parties behind the first of `prepositions` that opens a list, over places and days."""
        depth = 0
        i += self.lows[i : i + 1] in (["”"], ['"'], ["»"])  # 'had a "good phone call" with X'
        for j in range(i, min(i + _REACH, self.sentence.last - 1)):
            low = self.lows[j]
            if self._is_new_predicate(i, j):
                return []
            if low in prepositions:
                found = self.lists.read(j + 1, least=2 if low == "between" else 1)
                return found or self._included(j + 1)
            if low == "," and not self._is_light_comma(j):
                closing = self._behind_aside(j, prepositions)
                return self.lists.read(closing) if closing else []
            if low == "(":
                depth += 1
            elif low == ")":
                depth -= 1
            elif depth <= 0 and low in STOP_RIGHT:
                return []
            if low == "to" and "to" not in prepositions and self._starts_infinitive(j + 1):
                return []
        return []

    def _behind_aside(self, i: int, prepositions: tuple[str, ...]) -> int:
        """Where a party begins in 'a meeting, on the margins of the summit, with Y'; else 0."""
        if self.lows[i + 1] not in SUBJECT_BLOCKERS:
            return 0
        for j in range(i + 2, min(i + _REACH, self.sentence.last - 2)):
            if self.lows[j] == ",":
                return j + 2 if self.lows[j + 1] in prepositions else 0
            if self.lows[j] in STOP_RIGHT:
                return 0
        return 0

    def _included(self, i: int) -> list[Party]:
        """The names in 'with important persons, including X and Y'."""
        behind, crowd = i, False
        for j in range(i, min(i + _LONGEST_ADJUNCT, self.sentence.last - 1)):
            mention = self.scene.begins.get(j)
            if mention is not None and mention.kind in ("organization", "group", "unnamed"):
                behind = mention.last  # "several Cabinet officials"
            crowd = crowd or self.lows[j] in self.table.unidentified
            if self.lows[j] == "including":
                found = [
                    p for p in self.lists.read(j + 1) if p.mention.kind in ("person", "office")
                ]
                # "met supporters, including the actor X", but "guests, including Malta's president"
                return [p for p in found if p.mention.country or not crowd]
            plain = self.words[j][0].islower() or self.words[j] == "," or j < behind
            if not plain or self.lows[j] in STOP_RIGHT:
                return []
        return []

    def of_predicate(self, i: int) -> list[Party]:
        """Parties in 'talks were held between A and B', 'a meeting took place with X in Oslo'."""
        j = i
        while j < self.sentence.last and self.lows[j] in _HELD:
            j += 1
        if j == i:
            return []
        if self.lows[j : j + 2] == ["attended", "by"]:
            return self.lists.read(j + 2, least=2)
        return self.behind(j, ("between", "among")) or self.behind(j, ("with",))

    def holders(self, i: int) -> list[Party]:
        """Both sides in 'the talks held on Monday by A and B', 'six-way talks involving A, B'."""
        j = i + (self.lows[i : i + 1] in (["--"], ["–"], ["—"], [","]))
        if self.lows[j : j + 1] == ["involving"]:
            return self.lists.read(j + 1, least=2)
        if self.lows[i : i + 1] in (["hosted"], ["given"]):
            return self.behind(i + 1, ("by",))  # "took part in a luncheon hosted by X"
        found = self.behind(i + 1, ("by",)) if self.lows[i : i + 1] == ["held"] else []
        return found if len(found) > 1 else []

    def honoured(self, i: int) -> list[Party]:
        """The guest in 'a dinner in honour of X', 'in his honour' aside."""
        for j in range(i, min(i + _REACH, self.sentence.last - 3)):
            if self.lows[j] in CLAUSE_ENDS:
                return []
            if self.lows[j] in ("honor", "honour") and self.lows[j + 1] == "of":
                return [p for p in self.lists.read(j + 2) if p.mention.kind in _GUESTS]
        return []

    def members(self, i: int) -> list[Party]:
        """'a meeting of A and B', 'a meeting of G20 finance ministers'."""
        if self.lows[i : i + 1] == ["on"] and self.lows[i + 1 : i + 2] and (
            self.lows[i + 1].endswith("day")
        ):  # fmt: skip
            i += 2  # "a meeting on Friday of A and B"
        if i < self.sentence.last and self.lows[i] == "of":
            return self.lists.read(i + 1)
        return []

    def _is_new_predicate(self, i: int, j: int) -> bool:
        """A lower-case word right behind the noun or behind a name: the clause's verb."""
        word = self.words[j]
        if not word[0].islower() or self.lows[j] in SUBJECT_BLOCKERS | JOINERS:
            return False
        if _TOPIC_PREPOSITIONS.intersection(self.lows[i:j]):
            return False
        if self.lows[j] in ADVERBIALS or self.lows[j].endswith("ly") or self.lows[j] in _LIGHT:
            return False
        named = j > i and self.words[j - 1][0].isupper() and self.words[j - 1][-1].isalpha()
        return (j == i and self.table.verbs.longest(self.lows, j) is None) or named

    def _is_light_comma(self, j: int) -> bool:
        """A comma within a date or between a town and its country."""
        if self.words[j - 1][0].isdigit() or self.words[j + 1][0].isdigit():
            return True
        known = self.lexicon.names.longest(self.words, j + 1)
        back = self.lexicon.names.longest(self.words, j - 1)
        return any(n is not None and n[1].kind in ("country", "place") for n in (known, back))

    def _starts_infinitive(self, j: int) -> bool:
        return j < self.sentence.last and self.words[j][0].islower() and self.lows[j] not in (
            "the", "a", "an", "his", "her", "their", "its",
        )  # fmt: skip
