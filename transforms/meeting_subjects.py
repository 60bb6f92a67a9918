"""Who does it: the subject of a verb group, of its clause, and phrases that point back.

The subject stands right before the verb group, over adverbs, appositives and a relative "who"; else
it is the nearest noun phrase of the clause that a finite verb follows, else the clause's first.
"They" and "the two leaders" are no parties themselves: they point to parties named before.
"""

from __future__ import annotations

from dataclasses import replace

from .meeting_lists import HEADING, ListReader, Parties, Party
from .meeting_modifiers import ADVERBIALS, SUBJECT_BLOCKERS
from .meeting_triggers import AUXILIARIES
from .mentions import Mention
from .phrase_words import DAY_TIMES

# Words that make up a phrase for parties named before: "the two leaders", "both sides".
_ANAPHORIC = frozenset(
    "the two three both sides parties leaders ministers presidents officials pair men women "
    "counterparts diplomats premiers they foreign defense defence prime heads interlocutors latter "
    "each other delegations guests chiefs statesmen countries nations".split()
)
_BACK_WORDS = frozenset("the both two three these each".split())
_TRAILING = frozenset({"then", "also", "later", "again"})
_NUMBERS = frozenset({"two", "both", "pair", "three"})
_OPENERS = frozenset({";", ":", "that", "while", "where", '"', "”"})

_LONGEST_RELATIVE = 24  # tokens
_CONJUNCTIONS = frozenset("as when after before because since although though".split())


class SubjectFinder:
    """Finds the subjects of one sentence; `author` and `addressee` are "I" and "you" in it."""

    def __init__(self, lists: ListReader, author: int | None, addressee: int | None = None) -> None:
        self.lists, self.author, self.addressee = lists, author, addressee
        self.scene, self.sentence, self.lexicon = lists.scene, lists.sentence, lists.lexicon
        self.lows, self.words, self.mentions = lists.lows, lists.words, lists.mentions

    def of_group(self, group: int, parties: Parties) -> list[Party]:
        """Parties that are the subject of the verb group starting at token `group`."""
        j = self._over_adverbs(group)
        while j > self.sentence.first and self.lows[j - 1] in ("“", '"', "«"):
            j -= 1
        relative = j > self.sentence.first and self.lows[j - 1] in ("who", "which")
        if relative:
            j -= 1
            if j > self.sentence.first and self.lows[j - 1] == ",":
                j -= 1
        if j > self.sentence.first and self.lows[j - 1] == "you":
            return self._addressed(j - 1)
        mention = self.scene.ends.get(self._before_relative(j))
        if mention is not None and self._is_passed_over(mention, group):
            return self.of_clause(group, parties)
        if mention is None and j > self.sentence.first and self.lows[j - 1] in (",", ")"):
            mention = self.scene.ends.get(j - 1)
        mention = mention and self.lists.before_of(mention)
        if mention is not None and (relative or self.is_like(mention)):
            return self.resolved(self.lists.read_left(mention), parties)
        if relative:
            return []  # whom "who" means is not known: "those who met her"
        if j > self.sentence.first and self.lows[j - 1] in _NUMBERS:
            parties.anaphoric = True
            return []
        return self.of_clause(group, parties)

    def _before_relative(self, j: int) -> int:
        """Token behind X in 'X, who is in Oslo to attend the fair, met …'; else j itself."""
        if j <= self.sentence.first or self.lows[j - 1] != ",":
            return j
        for k in range(j - 2, max(self.sentence.first, j - _LONGEST_RELATIVE), -1):
            if self.lows[k] in ("who", "which") and self.lows[k - 1] == ",":
                return k - 1
        return j

    def _addressed(self, i: int) -> list[Party]:
        """The party that 'you' at token i means, where it is known."""
        if self.addressee is None:
            return []
        mention = Mention(i, i + 1, "pronoun", self.lists.number, tail=i + 1, name="he")
        mention.entity = self.addressee
        return [Party(mention)]

    def _is_passed_over(self, mention: Mention, group: int) -> bool:
        """'will visit Cairo on Saturday to meet Y': a place before an infinitive is no subject."""
        return mention.place and self.lows[group] == "to"

    def _over_adverbs(self, j: int) -> int:
        while j > self.sentence.first and (
            self.lows[j - 1] in ADVERBIALS - {"who", "which"} or self.lows[j - 1].endswith("ly")
        ):
            j -= 1
        return j

    def of_clause(self, before: int, parties: Parties) -> list[Party]:
        """The subject of the clause around token `before`; behind it only after a comma."""
        start = self._clause_start(before)
        candidates = [
            m
            for m in self.mentions
            if start <= m.first < before
            and m.last <= before
            and self.is_like(m)
            and self.lists.can_take_part(m)
        ]
        if candidates:
            nearest = self._governing(candidates, before) or candidates[0]
            return self.resolved(self._list_from(nearest), parties)
        for mention in self.mentions:
            behind = mention.first > before and self.lows[mention.first - 1] == ","
            if mention.place or self.lows[mention.first] in ("who", "which"):
                continue
            if behind and self.is_like(mention) and self.lists.can_take_part(mention):
                return self.resolved(self._list_from(mention), parties)
        return self._agent(start, before)

    def _agent(self, start: int, before: int) -> list[Party]:
        """X in 'this was announced by X at a meeting with Y'."""
        for mention in reversed(self.mentions):
            if start <= mention.first < before and self.lows[mention.first - 1] == "by":
                return [Party(mention)] if mention.kind in ("person", "office") else []
        return []

    def addressed(self, before: int) -> list[Party]:
        """Who speaks and to whom: 'X told Y at their meeting', 'X thanked Y during the talks'."""
        start = self._clause_start(before)
        persons = [
            m
            for m in self.mentions
            if start <= m.first < before and m.kind in ("person", "office") and m.quoted is False
        ]
        if len(persons) != 2 or not self.is_like(persons[0]):
            return []
        one, other = persons
        cue = self.lexicon.cues.longest(self.lows, one.tail) if self._verb_at(one.tail) else None
        near = cue is not None and other.first == one.tail + cue[0]
        return [Party(one), Party(other)] if near else []

    def _governing(self, candidates: list[Mention], before: int) -> Mention | None:
        """The nearest candidate that a verb follows in the same breath: 'he stated they had …'.

        Behind a comma the verb must be one of saying: "…, X said in a call with Y".
        """
        for mention in reversed(candidates):
            if "," in self.lows[mention.tail : before]:
                return None
            behind = mention.first > self.sentence.first and self.lows[mention.first - 1] == ","
            says = behind and self.lexicon.cues.longest(self.lows, mention.tail) is not None
            if says or (mention.kind == "pronoun" and self._verb_at(mention.tail)):
                return mention
        return None

    def _verb_at(self, i: int) -> bool:
        if i >= self.sentence.last:
            return False
        low = self.lows[i]
        return low in AUXILIARIES or low.endswith("ed") or self.lexicon.cues.longest(
            self.lows, i
        ) is not None  # fmt: skip

    def _clause_start(self, before: int) -> int:
        gerund = before < self.sentence.last and self.lows[before].endswith("ing")
        last = before - 1
        if gerund and self.lows[last] in ("while", "when"):
            last -= 1  # "X said so while meeting Y": the subject is the main clause's
        for j in range(last, self.sentence.first, -1):
            if (
                self.lows[j] == "that"
                and j + 1 not in self.scene.begins
                and self.lows[j + 1] in DAY_TIMES
            ):
                continue  # "X that evening met Y"
            if self.lows[j] in _OPENERS or self._subordinates(j):
                return j
        return self.sentence.first

    def _subordinates(self, j: int) -> bool:
        """'…, as euro zone leaders met': a conjunction with a subject of its own behind it."""
        subject = self.scene.begins.get(j + 1) if self.lows[j] in _CONJUNCTIONS else None
        if subject is None or subject.kind == "office":
            return False
        if self._verb_at(subject.tail):
            return True
        joined = self.lows[subject.last : subject.last + 1] == ["and"]
        second = self.scene.begins.get(subject.last + 1) if joined else None
        return second is not None and self._verb_at(second.tail)

    def _list_from(self, mention: Mention) -> list[Party]:
        found = self.lists.read(mention.first, subject=True)
        return found or [Party(mention)]

    def is_like(self, mention: Mention) -> bool:
        """Whether a mention may be a subject: behind no preposition, owner of nothing."""
        if self.scene.quote_at[mention.first] >= 0:
            return False
        j = self._over_owner(mention.first - 1)
        if j >= self.sentence.first and self.lows[j] in SUBJECT_BLOCKERS:
            return self.lows[j] == "by" and j > 0 and self.lows[j - 1] in HEADING
        return mention.last >= self.sentence.last or self.lows[mention.last] != "'s"

    def _over_owner(self, j: int) -> int:
        """Token before 'the union's 27' in 'leaders from the union's 27 states'."""
        while j > self.sentence.first and self.words[j][0].isdigit():
            j -= 1
        owner = self.scene.ends.get(j) if self.lows[j] == "'s" else None
        return owner.first - 1 if owner is not None else j

    def joint(self, group: int, parties: Parties) -> list[Party]:
        """The clause's subject where it is two parties or a collective, else nothing."""
        found = self.of_clause(group, parties)
        kinds = {p.mention.kind for p in found}
        places = any(p.mention.place for p in found)
        if len(found) == 1 and found[0].mention.kind == "group" and found[0].mention.plural:
            return found
        pair = len(found) > 1 and kinds <= {"person", "office", "country", "organization"}
        return found if pair and not places else []

    # --- pointing back ----------------------------------------------------------------------------
    def resolved(self, found: list[Party], parties: Parties) -> list[Party]:
        """Parties without those that only point back; `parties.anaphoric` notes that some did."""
        for party in found:
            mention = party.mention
            own = mention.kind == "pronoun" and (mention.name or "") == "I"
            if own and self.author is not None:
                party.mention = replace(mention, entity=self.author)
            unknown = self.lists.cast.of(mention).kind == "unnamed"
            if unknown and mention.kind == "pronoun" and self.lows[mention.first] == "it":
                party.mention = self._speaking_body(mention)
        if any(self.is_anaphoric(p.mention) for p in found):
            parties.anaphoric = True
        return [
            p
            for p in found
            if not self.is_anaphoric(p.mention) and self.lists.can_take_part(p.mention)
        ]

    def _speaking_body(self, pronoun: Mention) -> Mention:
        """The company in 'X confirmed it is in talks with Y', else the pronoun."""
        for mention in self.mentions:
            if mention.first >= pronoun.first:
                break
            body = mention.kind in ("organization", "name", "country") and not mention.place
            if body and self.is_like(mention) and self._verb_at(mention.tail):
                return mention
        return pronoun

    def is_anaphoric(self, mention: Mention) -> bool:
        """'they', 'the two leaders', 'both sides': a phrase for parties named before."""
        if mention.kind == "pronoun":
            return (mention.name or "").lower() in ("they", "we")
        if mention.kind not in ("group", "unnamed") or mention.country or mention.organization:
            return False
        lows = self.lows[mention.first : mention.last]
        if mention.last < self.sentence.last and self.lows[mention.last] in ("of", "from"):
            return False  # "the presidents of five countries"
        while len(lows) > 1 and lows[-1] in _TRAILING:
            lows = lows[:-1]  # "the two leaders then held talks"
        return lows[0] in _BACK_WORDS and all(low in _ANAPHORIC for low in lows)
