"""Who took part: the noun phrases that a trigger's grammar makes parties to the meeting.

A verb takes its subject and its object; a noun takes what "between", "with", "of" or "by" adds, its
owner ("the premier's meeting with …", "EU-Japan summit"), and the subject of the verb that carries
it ("held talks"). Lists are read as lists, "the delegation headed by X" as X. Parties are mentions
of the cast; whether they are enough is decided in meetings.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .lexicon import Name
from .meeting_triggers import AUXILIARIES, CLAUSE_ENDS, Trigger, Triggers
from .mentions import Mention
from .people import Entity
from .scene import Scene

_JOINERS = frozenset({"and", "&"})
_LONG_JOINERS = (
    ("as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("and", "also", "with"),
    ("and", "with"),
    ("and", "to"),
)
_HEADING = frozenset({"headed", "led", "chaired"})
_SUBJECT_BLOCKERS = frozenset(
    "of in on at to for from by with about between against under over into than via alongside "
    "including like during until since near".split()
)
# Words over which one may look to the right for "with" or "between".
_STOP_RIGHT = CLAUSE_ENDS | frozenset(
    "that which who whose while when where whether but because if although said says told is are "
    "was were will would has have had".split()
)
_REACH = 16
_VISITED = frozenset({"person", "office"})  # bodies and towns that are visited are no hosts
_DELEGATIONS = frozenset("delegation delegations mission leaders ministers officials".split())
_TOPIC_PREPOSITIONS = frozenset({"on", "about", "over", "regarding", "concerning"})
_PARTY_KINDS = frozenset({"person", "organization", "country", "group", "office", "name"})
# Words that make up a phrase for parties named before: "the two leaders", "both sides".
_ANAPHORIC = frozenset(
    "the two three both sides parties leaders ministers presidents officials pair men women "
    "counterparts diplomats premiers they foreign defense defence prime heads interlocutors latter "
    "each other delegations guests chiefs statesmen countries nations".split()
)


_GENDERS = {"his": "m", "her": "f"}
_LIGHT = frozenset(
    "held aimed here earlier late early morning afternoon evening night week month year day "
    "the a an his her their and summit".split()
)
_BACK_WORDS = frozenset("the both two three these each".split())


@dataclass(slots=True)
class Party:
    """A mention as a party; `head` where the text says that it heads a delegation."""

    mention: Mention
    head: bool = False


@dataclass(slots=True)
class Parties:
    """The two sides as grammar gives them; `anaphoric` where a phrase points back ("they")."""

    left: list[Party] = field(default_factory=list)
    right: list[Party] = field(default_factory=list)
    anaphoric: bool = False
    other_sense: bool = False
    venue_of: list[Party] = field(default_factory=list)  # who hosted others' talks

    def everybody(self) -> list[Party]:
        """Both sides, left first."""
        return self.left + self.right


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

    def parties(self, trigger: Trigger) -> Parties:
        """Left and right parties of a trigger."""
        found = self._of_verb(trigger) if trigger.shape == "verb" else self._of_noun(trigger)
        found.left = self._resolved(found.left, found)
        found.right = self._resolved(found.right, found)
        return found

    # --- verbs ------------------------------------------------------------------------------------
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
        return self._list(j)

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
                return self._list(j + 1)
        return []

    # --- nouns ------------------------------------------------------------------------------------
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
        owners = [] if between or vague else self._owners(trigger, parties)
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
                return self._list(i + 1)
        return []

    def _visitor(self, trigger: Trigger) -> list[Party]:
        """'a visit (paid) by X'."""
        visit = trigger.entry.kind == "visit"
        return self._complement(trigger.last, ("by",)) if visit else []

    def _of_members(self, i: int) -> list[Party]:
        """'a meeting of A and B', 'a meeting of G20 finance ministers'."""
        if i < self.sentence.last and self.lows[i] == "of":
            return self._list(i + 1)
        return []

    def _owners(self, trigger: Trigger, parties: Parties) -> list[Party]:
        """Owners and modifiers within the noun phrase, and the names of a hyphened pair."""
        first = self.lows[trigger.group]
        if first in ("their", "our"):
            parties.anaphoric = True
        if first in _GENDERS:
            return self._owner_before(trigger.group, _GENDERS[first], parties)
        found: list[Party] = []
        for mention in self.mentions:
            if mention.first >= trigger.first or mention.last < trigger.group:
                continue
            if mention.last > trigger.first:
                continue
            glued = all(self._within_phrase(k) for k in range(mention.last, trigger.first))
            if glued and self._can_take_part(mention) and self._is_owner(mention):
                found.append(Party(mention))
        return found + self._hyphened(trigger)

    def _owner_before(self, i: int, gender: str, parties: Parties) -> list[Party]:
        """Whose 'his meeting' is: the person named last before it who is no other party."""
        others = {p.mention.entity for p in parties.right}
        for mention in reversed(self.cast.mentions):
            if mention.first >= i or mention.kind not in ("person", "office", "pronoun"):
                continue
            if self.number - mention.sentence > 1:
                break
            entity = self.cast.of(mention)
            fits = entity.kind == "person" and entity.gender in (None, gender)
            if fits and mention.entity not in others and self.scene.quote_at[mention.first] < 0:
                return [Party(mention)]
        return []

    def _is_owner(self, mention: Mention) -> bool:
        """A possessor ('Smith's meeting') or a body the seeds know ('NATO summit')."""
        if mention.last < len(self.lows) and self.lows[mention.last] in ("'s", "'"):
            return True
        if mention.kind in ("person", "office"):
            return False
        known = self.lexicon.names.longest(self.words, max(mention.name_first, mention.first))
        return known is not None or mention.kind == "group"

    def _hyphened(self, trigger: Trigger) -> list[Party]:
        """The two states of 'EU-Japan summit', 'Russian-Turkish talks'."""
        for k in range(trigger.group, trigger.first):
            parts = self.words[k].split("-") if "-" in self.words[k] else []
            names = [self.lexicon.names.longest([part], 0) for part in parts if part]
            if len(names) < 2 or any(n is None or not n[1].code for n in names):
                continue
            return [
                Party(self._state(k, part, found[1]))
                for part, found in zip(parts, names, strict=True)
                if found
            ]
        return []

    def _state(self, k: int, printed: str, name: Name) -> Mention:
        """A mention for one half of a hyphened pair; its span is the whole word."""
        kind = "organization" if name.kind == "organization" else "country"
        mention = Mention(k, k + 1, kind, self.number, tail=k + 1, name=printed, country=name.code)
        full = name.name if name.kind != "adjective" else self._country_name(name.code, printed)
        for index, entity in enumerate(self.cast.entities):
            named = entity.name == full or entity.name.lower() in self.lexicon.countries
            if entity.kind == kind and entity.country == name.code and named:
                mention.entity = index
                return mention
        self.cast.entities.append(Entity(full, kind, country=name.code))
        mention.entity = len(self.cast.entities) - 1
        return mention

    def _country_name(self, code: str | None, printed: str) -> str:
        for name, known in self.lexicon.countries.items():
            if known == code:
                return name.title()
        return printed

    def _within_phrase(self, k: int) -> bool:
        low = self.lows[k]
        return low in ("'s", "'", "-", "–") or (
            low[0].isalnum() and low not in _SUBJECT_BLOCKERS and low not in _JOINERS
            and low not in _STOP_RIGHT and self.table.supports.longest(self.lows, k) is None
        )  # fmt: skip

    # --- looking right ----------------------------------------------------------------------------
    def _complement(self, i: int, prepositions: tuple[str, ...]) -> list[Party]:
        """Parties behind the first of `prepositions` that opens a list, over places and days."""
        depth = 0
        for j in range(i, min(i + _REACH, self.sentence.last - 1)):
            low = self.lows[j]
            if self._is_new_predicate(i, j):
                return []
            if low in prepositions:
                return self._list(j + 1)
            if low == "," and not self._is_light_comma(j):
                return []
            if low == "(":
                depth += 1
            elif low == ")":
                depth -= 1
            elif depth <= 0 and low in _STOP_RIGHT:
                return []
            if low == "to" and "to" not in prepositions and self._starts_infinitive(j + 1):
                return []
        return []

    def _is_new_predicate(self, i: int, j: int) -> bool:
        """A lower-case word right behind the noun or behind a name: the clause's verb."""
        word = self.words[j]
        if not word[0].islower() or self.lows[j] in _SUBJECT_BLOCKERS | _JOINERS:
            return False
        if _TOPIC_PREPOSITIONS.intersection(self.lows[i:j]):
            return False
        if self.lows[j] in _ADVERBIALS or self.lows[j].endswith("ly") or self.lows[j] in _LIGHT:
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

    def _list(self, i: int, *, subject: bool = False) -> list[Party]:
        """The parties of a list that starts at token i; a subject's list ends before its verb."""
        found: list[Party] = []
        j = i
        while j < self.sentence.last:
            party, end = self._item(j)
            if party is None:
                break
            if found and not subject and self._begins_clause(end):
                break
            named = self._named_members(party.mention, end)
            if named:
                found += named
                break
            found.append(party)
            after = self._over_joiner(end)
            if after is None:
                break
            j = after
        return found

    def _named_members(self, mention: Mention, end: int) -> list[Party]:
        """The names in 'several leaders, including A and B'; they stand for the group."""
        if mention.kind not in ("group", "unnamed"):
            return []
        j = end
        while j < min(end + 6, self.sentence.last) and self.lows[j] not in ("including", "such"):
            day = self.lows[j] in (",", "on") or self.lows[j] in _ADVERBIALS or j == end
            if self.lows[j] in CLAUSE_ENDS or not (day or self.lows[j] == "well"):
                return []
            j += 1
        if j + 1 >= self.sentence.last or self.lows[j] not in ("including", "such"):
            return []
        found = self._list(j + 1 + (self.lows[j] == "such"))
        return [p for p in found if p.mention.kind in ("person", "country", "organization")]

    def _item(self, j: int) -> tuple[Party | None, int]:
        if self.lows[j] in ("both", "either") and j + 1 < self.sentence.last:
            j += 1
        mention = self.scene.begins.get(j)
        if mention is None:
            mention = self._after_modifiers(j) or self._apposed(j) or self._group_after(j)
        elif self._is_premodifier(mention) and mention.last in self.scene.begins:
            group = self.scene.begins[mention.last]
            if group.kind in ("group", "unnamed"):  # "Republican" + "lawmakers"
                mention = replace(group, first=mention.first, name=None)
        if mention is None or not self._can_take_part(mention):
            return None, j
        headed = self._head_of(mention)
        if headed is not None:
            return Party(headed, head=True), headed.tail
        if self._is_premodifier(mention):
            return None, j
        return Party(mention), self._end(mention)

    def _end(self, mention: Mention) -> int:
        """Token behind a party, "of Norway" included; the country is the person's."""
        j = mention.last
        if mention.kind != "person" or j + 1 >= self.sentence.last or self.lows[j] != "of":
            return mention.tail
        state = self.scene.begins.get(j + 1)
        if state is None or state.kind != "country":
            return mention.tail
        entity = self.cast.of(mention)
        entity.country = entity.country or state.country
        return state.tail

    def _before_of(self, mention: Mention) -> Mention:
        """The person in 'X of Norway' whose last mention is the country."""
        j = mention.first - 1
        if mention.kind != "country" or j < self.sentence.first or self.lows[j] != "of":
            return mention
        person = self.scene.ends.get(j)
        if person is None or person.kind != "person":
            return mention
        self._end(person)
        return person

    def _group_after(self, j: int) -> Mention | None:
        """The group in 'four business, university and health care leaders'."""
        for k in range(j, min(j + 9, self.sentence.last)):
            mention = self.scene.begins.get(k)
            if mention is not None:
                return replace(mention, first=j, name=None) if mention.kind == "group" else None
            word = self.words[k]
            plain = word[0].islower() or word[0].isdigit()
            if not (plain or word == ",") or word in _SUBJECT_BLOCKERS | _STOP_RIGHT:
                return None
        return None

    def _apposed(self, j: int) -> Mention | None:
        """The person in 'a frequent critic, House Speaker X'."""
        if self.lows[j] not in ("a", "an", "the", "his", "her", "their"):
            return None
        for k in range(j + 1, min(j + 7, self.sentence.last - 1)):
            if self.lows[k] == ",":
                named = self.scene.begins.get(k + 1)
                return named if named and named.kind == "person" else None
            word = self.words[k]
            if not word[0].islower() or word in _SUBJECT_BLOCKERS or word in _STOP_RIGHT:
                return None
        return None

    def _after_modifiers(self, j: int) -> Mention | None:
        """A mention that starts a few plain words on: 'newly elected President X'."""
        for k in range(j, min(j + 4, self.sentence.last)):
            mention = self.scene.begins.get(k)
            if mention is not None:
                return mention if k > j and mention.kind != "pronoun" else None
            word = self.words[k]
            if not (word[0].isdigit() or word[0].islower() or word.endswith(".")):
                return None
            if word.lower() in _SUBJECT_BLOCKERS or word.lower() in _STOP_RIGHT:
                return None
        return None

    def _is_premodifier(self, mention: Mention) -> bool:
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
        closed = low in _STOP_RIGHT or low in _SUBJECT_BLOCKERS or low in AUXILIARIES
        adverb = low.endswith("ly") or low in _ADVERBIALS or low in ("to", "as", "or", "and")
        support = self.table.supports.longest(self.lows, j) or low.endswith("ed")
        return not (verb or closed or adverb or support)

    def _head_of(self, mention: Mention) -> Mention | None:
        """X in 'the delegation headed by X', 'a delegation under X'."""
        if mention.kind not in ("group", "organization"):
            return None
        j = mention.last
        limit = min(j + 8, self.sentence.last - 2)
        while j < limit and not (self.lows[j] in _HEADING and self.lows[j + 1] == "by"):
            if self.lows[j] in CLAUSE_ENDS or self.lows[j] in ("and", "in", "on", "at", "to"):
                return None
            j += 1
        if j >= limit:
            return None
        head = self.scene.begins.get(j + 2) or self._after_modifiers(j + 2)
        return head if head and head.kind in ("person", "office", "name") else None

    def _over_joiner(self, end: int) -> int | None:
        """Token behind ',', 'and', ', and', 'as well as' at `end`, else None."""
        j = end
        if j < self.sentence.last and self.lows[j] == "(":
            while j < self.sentence.last and self.lows[j] != ")":
                j += 1
            j += 1
        comma = j - 1 >= 0 and self.lows[j - 1] == "," and j == end
        if j < self.sentence.last and self.lows[j] in (",", ";"):
            j, comma = j + 1, True
        for words in _LONG_JOINERS:
            if tuple(self.lows[j : j + len(words)]) == words:
                return j + len(words)
        if j < self.sentence.last and self.lows[j] in _JOINERS:
            return j + 1
        return j if comma and j in self.scene.begins else None

    def _begins_clause(self, end: int) -> bool:
        """Whether a verb stands at `end`, so that the last mention is a new subject."""
        if end >= self.sentence.last:
            return False
        low = self.lows[end]
        if low in AUXILIARIES or low in ("agreed", "said"):
            return True
        if self.lows[end - 1] == ",":
            return False
        found = self.lexicon.cues.longest(self.lows, end)
        return bool(found and found[1].forms & {"past", "s"}) or low in (
            "discussed", "met", "held", "agreed", "signed",
        )  # fmt: skip

    # --- looking left -----------------------------------------------------------------------------
    def _subject(self, group: int, parties: Parties) -> list[Party]:
        """Parties that are the subject of the verb group starting at token `group`."""
        j = group
        while j > self.sentence.first and (
            self.lows[j - 1] in _ADVERBIALS or self.lows[j - 1].endswith("ly")
        ):
            j -= 1
        if j > self.sentence.first and self.lows[j - 1] in ("who", "which"):
            j -= 1
            if j > self.sentence.first and self.lows[j - 1] == ",":
                j -= 1
        mention = self.scene.ends.get(j)
        if mention is None and j > self.sentence.first and self.lows[j - 1] in (",", ")"):
            mention = self.scene.ends.get(j - 1)
        mention = mention and self._before_of(mention)
        if mention is not None and self._subject_like(mention):
            return self._resolved(self._list_left(mention), parties)
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
            if self._subject_like(mention) and self._can_take_part(mention):
                return self._resolved(self._list_right_from(mention), parties)
        for mention in self.mentions:
            behind = mention.first > before and self.scene.quote_at[mention.first] < 0
            if behind and self._subject_like(mention) and self._can_take_part(mention):
                opener = self.lows[mention.first - 1]
                if opener == ",":
                    return self._resolved(self._list_right_from(mention), parties)
        return []

    def _list_right_from(self, mention: Mention) -> list[Party]:
        found = self._list(mention.first, subject=True)
        return found or [Party(mention)]

    def _list_left(self, mention: Mention) -> list[Party]:
        """The list whose last item is `mention`."""
        found = [self._headed(mention)]
        current = mention
        for _ in range(12):
            j = current.first
            if j - 1 < self.sentence.first:
                break
            low = self.lows[j - 1]
            if low not in ("and", ",", "&") and self.lows[j - 3 : j] != ["as", "well", "as"]:
                break
            k = j - 1 if low in ("and", ",", "&") else j - 3
            if self.lows[k - 1] == "," and low == "and":
                k -= 1
            before = self.scene.ends.get(k) or self.scene.ends.get(k + 1)
            if before is None or before is current or not self._can_take_part(before):
                break
            before = self._before_of(before)
            if low == "," and len(found) == 1 and before.tail <= k:
                break  # "In Rome, X met": no list without "and"
            found.insert(0, self._headed(before))
            current = before
        return found

    def _headed(self, mention: Mention) -> Party:
        """A person before whom 'delegation headed by' stands, marked as its head."""
        j = mention.first
        head = (
            j - 2 >= self.sentence.first
            and self.lows[j - 1] == "by"
            and self.lows[j - 2] in _HEADING
        )
        return Party(mention, head)

    def _subject_like(self, mention: Mention) -> bool:
        if self.scene.quote_at[mention.first] >= 0:
            return False
        j = mention.first - 1
        if j >= self.sentence.first and self.lows[j] in _SUBJECT_BLOCKERS:
            return self.lows[j] == "by" and j > 0 and self.lows[j - 1] in _HEADING
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
            p for p in found if not self.is_anaphoric(p.mention) and self._can_take_part(p.mention)
        ]

    # --- what may be a party ----------------------------------------------------------------------
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

    def _can_take_part(self, mention: Mention) -> bool:
        if self.lows[mention.last - 1] in self.table.unidentified:
            return False
        if mention.kind == "pronoun":
            return (mention.name or "").lower() in ("he", "she", "they", "who", "it", "i", "we")
        if mention.kind == "unnamed":
            return bool(mention.country or mention.organization)
        if mention.kind == "office" and not (mention.country or mention.organization):
            entity = self.cast.of(mention)  # "a leader" of nothing that is named
            return bool(entity.country or entity.organization or " " in entity.name[4:])
        return mention.kind in _PARTY_KINDS or (mention.kind == "place" and mention.place)

    def _inside(self, party: Party, others: list[Party]) -> bool:
        return any(party.mention is other.mention for other in others)


_ADVERBIALS = frozenset(
    "also today yesterday tomorrow tonight later earlier then again now here there first last next "
    "recently separately jointly both all monday tuesday wednesday thursday friday saturday sunday "
    "on who which".split()
)
