"""Who took part: the noun phrases that a trigger's grammar makes parties to the meeting.

A verb takes its subject and its object; a noun takes what "between", "with", "of" or "by" adds, its
owner ("the premier's meeting with …", "EU-Japan summit"), and the subject of the verb that carries
it ("held talks"). Lists are read as lists, "the delegation headed by X" as X. Parties are mentions
of the cast; whether they are enough is decided in meetings.
"""

from __future__ import annotations

from dataclasses import replace

from .meeting_lists import (
    ADVERBIALS,
    HEADING,
    JOINERS,
    STOP_RIGHT,
    SUBJECT_BLOCKERS,
    ListReader,
    Parties,
    Party,
)
from .meeting_owners import OwnerFinder
from .meeting_triggers import AUXILIARIES, CLAUSE_ENDS, Trigger, Triggers
from .mentions import Mention
from .scene import Scene

_REACH = 16
_VISITED = frozenset({"person", "office"})  # bodies and towns that are visited are no hosts
_DELEGATIONS = frozenset("delegation delegations mission leaders ministers officials".split())
_TOPIC_PREPOSITIONS = frozenset({"on", "about", "over", "regarding", "concerning"})
# Words that make up a phrase for parties named before: "the two leaders", "both sides".
_ANAPHORIC = frozenset(
    "the two three both sides parties leaders ministers presidents officials pair men women "
    "counterparts diplomats premiers they foreign defense defence prime heads interlocutors latter "
    "each other delegations guests chiefs statesmen countries nations".split()
)


_LIGHT = frozenset(
    "held aimed here earlier late early morning afternoon evening night week month year day "
    "the a an his her their and summit".split()
)
_BACK_WORDS = frozenset("the both two three these each".split())


class PartyFinder:
    """Reads the parties of one sentence's triggers."""

    def __init__(
        self, scene: Scene, number: int, table: Triggers, author: int | None = None
    ) -> None:
        """`author` is the entity that "I" means in this sentence, where known."""
        self.scene, self.sentence, self.table = scene, scene.text.sentences[number], table
        self.number, self.author = number, author
        self.text, self.cast, self.lexicon = scene.text, scene.cast, scene.lexicon
        self.lows, self.words = scene.text.lows, scene.text.words
        self.mentions = self.cast.by_sentence[number]
        self.lists = ListReader(scene, number, table)
        self.owners = OwnerFinder(self.lists)

    def parties(self, trigger: Trigger) -> Parties:
        """Left and right parties of a trigger."""
        found = self._of_verb(trigger) if trigger.shape == "verb" else self._of_noun(trigger)
        found.left = self._resolved(found.left, found)
        found.right = self._resolved(found.right, found)
        return found

    def _of_verb(self, trigger: Trigger) -> Parties:
        parties = Parties()
        frames = trigger.entry.frames
        if trigger.passive:
            parties.right = self._subject(trigger.group, parties)
            parties.left = self._complement(trigger.last, ("by",))
            if not parties.left and "with" in frames:
                parties.left = self._complement(trigger.last, ("with",))
            return parties
        if "object" in frames and self._in_other_sense(trigger):
            parties.other_sense = True
            return parties
        if "object" in frames:
            parties.right = self._object(trigger.last)
        if trigger.entry.kind == "visit":
            parties.right = [p for p in parties.right if p.mention.kind in _VISITED]
        if trigger.entry.host == "subject":
            parties.right = [p for p in parties.right if self._is_guest(p.mention)]
        prepositions = tuple(p for p in ("with", "to", "between") if p in frames)
        if not parties.right and prepositions:
            parties.right = self._complement(trigger.last, prepositions)
        if "topic" in frames and not parties.right:
            parties.right = self._topic_party(trigger.last)
        parties.left = self._subject(trigger.group, parties)
        return parties

    def _is_guest(self, mention: Mention) -> bool:
        """Whom one receives: a person or a delegation, no people, no body, no news."""
        if mention.kind in _VISITED:
            return True
        words = set(self.lows[mention.first : mention.last])
        return mention.kind == "group" and bool(mention.role_code or words & _DELEGATIONS)

    def _in_other_sense(self, trigger: Trigger) -> bool:
        """'met the deadline', 'met with criticism': the next noun is no party."""
        for j in range(trigger.last, min(trigger.last + 6, self.sentence.last)):
            low = self.lows[j]
            if low in self.table.not_met:
                return True
            if low in CLAUSE_ENDS or low == "," or (low in AUXILIARIES and low != "have"):
                return False
            mention = self.scene.begins.get(j)
            if mention and mention.kind == "person":
                return False
        return False

    def _object(self, i: int) -> list[Party]:
        """Parties right behind a verb, over adverbs and day words, or after an appositive."""
        j = i
        while j < self.sentence.last and self._skippable(j):
            j += 1
        return self.lists.read(j)

    def _skippable(self, j: int) -> bool:
        low = self.lows[j]
        return low in (
            "today", "yesterday", "separately", "again", "briefly", "privately", "personally",
            "here", "also", "later", "virtually", "face-to-face", "recently", "one-on-one", "both",
        )  # fmt: skip

    def _topic_party(self, i: int) -> list[Party]:
        """'discussed trade with X': a party behind 'with' in the same clause, persons only."""
        for j in range(i, min(i + 2 * _REACH, self.sentence.last)):
            if self.lows[j] in CLAUSE_ENDS:
                return []
            mention = self.scene.begins.get(j + 1)
            if self.lows[j] == "with" and mention and mention.kind in ("person", "office"):
                return self.lists.read(j + 1)
        return []

    def _of_noun(self, trigger: Trigger) -> Parties:
        parties = Parties()
        weak = "noun" not in trigger.entry.frames
        parties.right = self._complement(trigger.last, ("between", "among"))
        between = bool(parties.right)
        if not between:
            parties.right = self._complement(trigger.last, ("with",))
        if not parties.right and trigger.entry.kind == "visit":
            parties.right = self._visited(trigger.last)
        vague = "supported_noun" in trigger.entry.frames
        owners = [] if between or vague else self.owners.find(trigger, parties)
        bodies = all(p.mention.kind == "organization" for p in owners)
        if owners and not (bodies and trigger.support):
            parties.left = owners
        elif trigger.support:
            found = self._subject(trigger.support[0], parties)
            parties.left = [p for p in found if not self._inside(p, parties.right)]
            parties.right += owners
            if not parties.right:
                parties.right = self._of_members(trigger.last)
            if between and self._is_host_verb(trigger.support[1]):
                parties.venue_of, parties.left = parties.left, []
        elif not between and parties.right:
            by = self._visitor(trigger)
            parties.left = by or self._clause_subject(trigger.group, parties)
        elif not between and not weak:
            parties.left = self._of_members(trigger.last) or self._visitor(trigger)
        if not parties.left and not parties.right and self._opens_sentence(trigger):
            parties.left = self._first_two(trigger.last)
        if not parties.left and not parties.right and self._follows_clause(trigger):
            parties.left = self._joint_subject(trigger.group, parties)
        return parties

    def _follows_clause(self, trigger: Trigger) -> bool:
        """'A and B said after talks': the noun closes a clause whose subject are the parties."""
        before = self.lows[trigger.group - 1] if trigger.group > self.sentence.first else ""
        return before in (
            "after",
            "following",
            "during",
            "at",
            "in",
        ) and not self.table.own_body & set(self.lows[trigger.group : trigger.first])

    def _joint_subject(self, group: int, parties: Parties) -> list[Party]:
        found = self._clause_subject(group, parties)
        kinds = {p.mention.kind for p in found}
        places = any(p.mention.place for p in found)
        if len(found) == 1 and found[0].mention.kind == "group" and found[0].mention.plural:
            return found
        return (
            found
            if not places and len(found) == 2 and kinds <= {"person", "country", "organization"}
            else []
        )

    def _is_host_verb(self, verb: int) -> bool:
        found = self.table.supports.longest(self.lows, verb)
        return found is not None and found[1].host == "subject"

    def _opens_sentence(self, trigger: Trigger) -> bool:
        """'In a phone call, A told B …': the clause behind the noun names the parties."""
        near = trigger.group - self.sentence.first <= 2
        before = self.lows[trigger.group - 1] if trigger.group > self.sentence.first else ""
        return near and before in ("in", "during", "at") and not trigger.definite

    def _first_two(self, i: int) -> list[Party]:
        """The subject of the clause from token i on and the person behind its verb."""
        found = [
            m
            for m in self.mentions
            if m.first >= i and m.kind in ("person", "office") and self.scene.quote_at[m.first] < 0
        ]
        near = [m for m in found[:2] if m.first - found[0].last <= 3]
        return [Party(m) for m in near if self._subject_like(m)] if len(near) == 2 else []

    def _visited(self, i: int) -> list[Party]:
        if i < self.sentence.last and self.lows[i] == "to":
            mention = self.scene.begins.get(i + 1)
            if mention and mention.kind in ("person", "office", "organization"):
                return self.lists.read(i + 1)
        return []

    def _visitor(self, trigger: Trigger) -> list[Party]:
        """'a visit (paid) by X'."""
        visit = trigger.entry.kind == "visit"
        return self._complement(trigger.last, ("by",)) if visit else []

    def _of_members(self, i: int) -> list[Party]:
        """'a meeting of A and B', 'a meeting of G20 finance ministers'."""
        if i < self.sentence.last and self.lows[i] == "of":
            return self.lists.read(i + 1)
        return []

    def _complement(self, i: int, prepositions: tuple[str, ...]) -> list[Party]:
        """Parties behind the first of `prepositions` that opens a list, over places and days."""
        depth = 0
        for j in range(i, min(i + _REACH, self.sentence.last - 1)):
            low = self.lows[j]
            if self._is_new_predicate(i, j):
                return []
            if low in prepositions:
                return self.lists.read(j + 1)
            if low == "," and not self._is_light_comma(j):
                return []
            if low == "(":
                depth += 1
            elif low == ")":
                depth -= 1
            elif depth <= 0 and low in STOP_RIGHT:
                return []
            if low == "to" and "to" not in prepositions and self._starts_infinitive(j + 1):
                return []
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

    def _subject(self, group: int, parties: Parties) -> list[Party]:
        """Parties that are the subject of the verb group starting at token `group`."""
        j = group
        while j > self.sentence.first and (
            self.lows[j - 1] in ADVERBIALS or self.lows[j - 1].endswith("ly")
        ):
            j -= 1
        if j > self.sentence.first and self.lows[j - 1] in ("who", "which"):
            j -= 1
            if j > self.sentence.first and self.lows[j - 1] == ",":
                j -= 1
        mention = self.scene.ends.get(j)
        if mention is None and j > self.sentence.first and self.lows[j - 1] in (",", ")"):
            mention = self.scene.ends.get(j - 1)
        mention = mention and self.lists.before_of(mention)
        if mention is not None and self._subject_like(mention):
            return self._resolved(self.lists.read_left(mention), parties)
        if j > self.sentence.first and self.words[j - 1].lower() in (
            "two",
            "both",
            "pair",
            "three",
        ):
            parties.anaphoric = True
            return []
        return self._clause_subject(group, parties)

    def _clause_subject(self, before: int, parties: Parties) -> list[Party]:
        """The subject of the clause around token `before`: the nearest clause's first subject."""
        start = self.sentence.first
        for j in range(before - 1, self.sentence.first, -1):
            if self.lows[j] in (";", ":", "that", "while", "where") or self.lows[j] in ('"', "”"):
                start = j
                break
        candidates = [m for m in self.mentions if start <= m.first < before and m.last <= before]
        for mention in candidates:
            if self._subject_like(mention) and self.lists.can_take_part(mention):
                return self._resolved(self._list_right_from(mention), parties)
        for mention in self.mentions:
            behind = mention.first > before and self.scene.quote_at[mention.first] < 0
            if behind and self._subject_like(mention) and self.lists.can_take_part(mention):
                opener = self.lows[mention.first - 1]
                if opener == ",":
                    return self._resolved(self._list_right_from(mention), parties)
        return []

    def _list_right_from(self, mention: Mention) -> list[Party]:
        found = self.lists.read(mention.first, subject=True)
        return found or [Party(mention)]

    def _subject_like(self, mention: Mention) -> bool:
        if self.scene.quote_at[mention.first] >= 0:
            return False
        j = mention.first - 1
        if j >= self.sentence.first and self.lows[j] in SUBJECT_BLOCKERS:
            return self.lows[j] == "by" and j > 0 and self.lows[j - 1] in HEADING
        return mention.last >= self.sentence.last or self.lows[mention.last] != "'s"

    def _resolved(self, found: list[Party], parties: Parties) -> list[Party]:
        for party in found:
            mention = party.mention
            if (
                mention.kind == "pronoun"
                and (mention.name or "") == "I"
                and self.author is not None
            ):
                party.mention = replace(mention, entity=self.author)
        if any(self.is_anaphoric(p.mention) for p in found):
            parties.anaphoric = True
        return [
            p
            for p in found
            if not self.is_anaphoric(p.mention) and self.lists.can_take_part(p.mention)
        ]

    def is_anaphoric(self, mention: Mention) -> bool:
        """'they', 'the two leaders', 'both sides': a phrase for parties named before."""
        if mention.kind == "pronoun":
            return (mention.name or "").lower() in ("they", "we")
        if mention.kind not in ("group", "unnamed") or mention.country or mention.organization:
            return False
        lows = self.lows[mention.first : mention.last]
        if lows[0] not in _BACK_WORDS:
            return False
        return all(low in _ANAPHORIC for low in lows)

    def _inside(self, party: Party, others: list[Party]) -> bool:
        return any(party.mention is other.mention for other in others)
