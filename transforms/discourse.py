"""Who is being talked of: the discourse subject, and the pronouns that go to it.

The subject is who spoke last, else the grammatical subject of the last sentence; persons, bodies
and groups are kept apart, since "he", "it" and "they" ask for different ones. A body that spoke is
remembered beside one that was only told of: "it said" goes to the former.
"""

from __future__ import annotations

from collections.abc import Callable

from .entities import Entity
from .lexicon import Lexicon
from .mentions import PRONOUNS, Mention
from .text import Text

_PREPOSITIONS = frozenset(
    "of in on at to for from by with about between against under over after before and or via "
    "alongside including like than as".split()
)
_BEFORE_GERUNDS = _PREPOSITIONS | {"without", ".", ",", "and", "when", "while"}
_LISTING = frozenset("include includes included".split())
_BEFORE_OBJECTS = _LISTING | frozenset(
    "met meet meets visited replaced succeeded received joined hosted "
    "invited accompanied greeted welcomed informed briefed told".split()
)
_JOINING = frozenset({"and", ";"})
_AUXILIARIES = frozenset("has have had will would was were is are also once again".split())
_INVERTIBLE = frozenset("said says added told asked wrote explained noted continued".split())
_NOT_PERSONS = frozenset({"i", "we", "it", "they"})
# Plural phrases that "they" seldom goes to, unless they spoke.
_THINGS = frozenset(
    "countries nations ministries companies states firms banks organizations organisations "
    "institutions agencies governments people citizens".split()
)
_STATE = frozenset(
    "government ministry police parliament court commission council party department cabinet "
    "administration army military senate assembly congress opposition coalition".split()
)
_FINITE = frozenset({"past", "s", "ing"})
_TWICE = 2  # sentences in which "he" has to follow a lone name before it is a person's
_MAX_APPOSITION = 12  # tokens
_MAX_RECENT = 200  # persons looked back over for a pronoun


class Discourse:
    """Focus of an article, moved on sentence by sentence."""

    def __init__(self, text: Text, lexicon: Lexicon, entities: list[Entity]) -> None:
        self.text, self.lexicon, self.entities = text, lexicon, entities
        self.focus: int | None = None  # the person
        self.thing: int | None = None  # the body or country told of
        self.speaker: int | None = None  # the body or country that spoke last
        self.private: int | None = None  # the body that is no state's
        self.last_speaker: int | None = None  # whoever spoke last
        self.group: int | None = None
        self.group_spoke = False
        self.lone: dict[int, int] = {}  # lone names, and how often "he" followed
        self.spoke: set[int] = set()
        self.recent: dict[int, None] = {}  # persons, the latest mention last

    def saw(self, index: int) -> None:
        """Note that an entity was mentioned now."""
        self.recent.pop(index, None)
        self.recent[index] = None

    # --- pronouns ---------------------------------------------------------------------------------
    def find(self, mention: Mention, sentence: list[Mention]) -> int | None:
        """The entity that a pronoun goes to, or None."""
        low = (mention.name or "").lower()
        if low == "who":
            earlier = [m for m in sentence if m.last <= mention.first and m.entity >= 0]
            return earlier[-1].entity if earlier else None
        if low in ("he", "she"):
            return self._he_or_she(mention, sentence, "m" if low == "he" else "f")
        if low == "it":
            if not self.speaks(mention):
                return self.thing
            own = self._own_body(mention, sentence)
            spoke = self.speaker if own is None else own
            return spoke if spoke is not None else self.thing
        if low == "they":
            return self._they(mention, sentence)
        return None

    def _own_body(self, mention: Mention, sentence: list[Mention]) -> int | None:
        """'X issued a statement in which it said': the body that is the sentence's subject."""
        at = mention.first - 1
        if at < 1 or self.text.lows[at] not in ("which", "what"):
            return None
        before = [m for m in sentence if m.last <= mention.first and m.entity >= 0 and not m.quoted]
        subjects = [m for m in before if self.is_subject(m) and self._is_thing(m)]
        return subjects[0].entity if subjects else None

    def _they(self, mention: Mention, sentence: list[Mention]) -> int | None:
        before = [
            m for m in sentence if m.last <= mention.first and m.plural and m.kind != "pronoun"
        ]
        subjects = [m for m in before if not m.quoted and self._acts(m)]
        if subjects and not (self.group_spoke and self._trails(mention)):
            return subjects[0].entity
        return self.group

    def _he_or_she(self, mention: Mention, sentence: list[Mention], gender: str) -> int | None:
        before = [
            m
            for m in sentence
            if m.last <= mention.first
            and not m.quoted
            and m.kind != "pronoun"
            and self._fits(m.entity, gender)
        ]
        subjects = self._subjects(before)
        if subjects and self.focus in self.spoke and self._trails(mention):
            return self.focus if self._fits(self.focus, gender) else subjects[0].entity
        if subjects:
            return subjects[0].entity
        self._note_lone(mention, sentence)
        if self._fits(self.focus, gender):
            return self.focus
        if before:
            return before[-1].entity
        for count, index in enumerate(reversed(self.recent)):
            if count > _MAX_RECENT:
                break
            if self._fits(index, gender):
                return index
        return None

    def _note_lone(self, pronoun: Mention, sentence: list[Mention]) -> None:
        """'Roe said he …', twice and more: a lone name that nothing introduces is a person's."""
        first = sentence[0]
        if first.kind != "name" or first.last > pronoun.first or not self.speaks(first):
            return
        entity = self.entities[first.entity]
        if entity.kind == "name" and len(entity.name.split()) == 1:
            self.lone[first.entity] = self.lone.get(first.entity, 0) + 1
            if self.lone[first.entity] >= _TWICE:
                entity.kind = "person"

    def _fits(self, index: int | None, gender: str) -> bool:
        if index is None:
            return False
        entity = self.entities[index]
        if entity.kind == "name" and not self._is_human(index, entity):
            return False
        if entity.name.lower() in PRONOUNS or entity.plural:
            return False
        return entity.kind in ("person", "unnamed", "name") and entity.gender in (None, gender)

    def _is_human(self, index: int, entity: Entity) -> bool:
        """A name that no title marks as a person's: it begins with a given name, or it spoke."""
        if len(entity.words) < 2:
            return False
        if entity.role is not None:
            return True
        return index in self.spoke or entity.name.split()[0] in self.lexicon.given_names

    # --- what a sentence does to the focus --------------------------------------------------------
    def _subjects(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions that may be subjects: 'with A and B' makes neither of them one."""
        subjects: list[Mention] = []
        governed = -1  # token behind the last mention that is no subject
        lows, listed = self.text.lows, False
        for mention in mentions:
            joined = lows[mention.first - 1] in _JOINING and governed == mention.first - 1
            within = lows[max(mention.first - 2, 0) : max(mention.first, mention.name_first)]
            listed = listed or not _LISTING.isdisjoint(within)
            loose = not joined and not listed
            if self.is_subject(mention) and (loose or self.speaks(mention)):
                subjects.append(mention)
            else:
                governed = mention.last
        return subjects

    def is_subject(self, mention: Mention) -> bool:
        """Whether the phrase may be a subject: no preposition before it, no possession behind."""
        if mention.first == 0:
            return True
        at = mention.first - 1
        at -= at > 0 and self.text.lows[at] == "former"
        before = self.text.lows[at]
        if before in _BEFORE_OBJECTS or self._is_gerund(at):
            return False  # "These include N", "Without naming the mayor, he said"
        titled = mention.name_first > mention.first
        words = self.text.lows[mention.first : mention.name_first] if titled else []
        if not _BEFORE_OBJECTS.isdisjoint(words):
            return False  # "these include former president N", read as one phrase
        after = self.text.lows[mention.last] if mention.last < len(self.text.lows) else "."
        return before not in _PREPOSITIONS and after != "'s"

    def _is_gerund(self, at: int) -> bool:
        """'without naming', 'and visiting': whose object follows."""
        gerund = self.text.words[at].endswith("ing") and self.text.words[at].islower()
        return gerund and self.text.lows[at - 1] in _BEFORE_GERUNDS

    def speaks(self, mention: Mention) -> bool:
        """Whether a cue stands right behind the mention, or right before it ('said X')."""
        lows, cues = self.text.lows, self.lexicon.cues
        tail = self._behind(mention)
        if tail == mention.tail and lows[tail : tail + 1] == [","]:
            tail = self._behind_apposition(tail)
        found = cues.longest(lows, tail) if tail < len(lows) else None
        if found and (found[1].forms & _FINITE or mention.plural or tail > mention.tail):
            return True
        before = mention.first - 1
        if before > 0 and lows[before - 1 : before + 1] == ["according", "to"]:
            return True
        return before >= 0 and lows[before] in _INVERTIBLE

    def _trails(self, mention: Mention) -> bool:
        """'…, he said.': an attribution at the end of its sentence, behind what was said."""
        lows, at = self.text.lows, mention.first
        if at < 1 or lows[at - 1] != "," or not self.speaks(mention):
            return False
        tail = self._behind(mention)
        rest = lows[tail + 1 : tail + 4]  # ", he told reporters."
        return ("." in rest or not rest) and "that" not in rest

    def _behind(self, mention: Mention) -> int:
        """The token behind a mention and the adverbs and auxiliaries that follow it."""
        lows, tail = self.text.lows, mention.tail
        while tail < len(lows) and (lows[tail] in _AUXILIARIES or lows[tail].endswith("ly")):
            tail += 1
        if tail + 1 < len(lows) and lows[tail] == "on" and lows[tail + 1].endswith("day"):
            tail += 2  # "X on Monday said"
        return tail

    def _behind_apposition(self, comma: int) -> int:
        """'X, the counsel in the case, said': the token behind the second comma, or the first."""
        lows = self.text.lows
        if lows[comma + 1 : comma + 2] not in (["the"], ["a"], ["an"], ["who"], ["his"], ["her"]):
            return comma
        for k in range(comma + 1, min(comma + _MAX_APPOSITION, len(lows) - 1)):
            if lows[k] == ",":
                return k + 1
            if lows[k] in (".", ";", ":"):
                break
        return comma

    def _acts(self, mention: Mention) -> bool:
        """Whether a plural phrase is a subject that does something."""
        if self.speaks(mention):
            return True
        head = self.text.lows[mention.last - 1]
        if not self.is_subject(mention) or head in _THINGS or mention.determiner in ("our", "my"):
            return False
        tail = self._behind(mention)
        low = self.text.lows[tail] if tail < len(self.text.lows) else "."
        return tail > mention.tail or low.endswith("ed") or low in ("met", "held", "agree")

    def move(self, mentions: list[Mention]) -> None:
        """Move the focus on over the mentions of one sentence."""
        outside = [m for m in mentions if not m.quoted and m.entity >= 0]
        if not outside:
            return
        speaking = [m for m in outside if self.speaks(m)]
        subjects = self._subjects(outside)
        self.spoke.update(m.entity for m in speaking if self._is_person(m))
        self.focus = _first(self._is_person, speaking, subjects, self.focus)
        self.speaker = _first(self._is_thing, speaking, [], self.speaker)
        self.thing = _first(self._is_thing, speaking, subjects, self.thing)
        self.private = _first(self._is_private, speaking, subjects, self.private)
        self.last_speaker = _first(_is_named, speaking, [], self.last_speaker)
        acting = [m for m in subjects if _is_group(m) and self._acts(m)]
        if acting or any(_is_group(m) for m in speaking):
            self.group_spoke = any(_is_group(m) for m in speaking)
        self.group = _first(_is_group, speaking, acting, self.group)

    def _is_person(self, mention: Mention) -> bool:
        kind = self.entities[mention.entity].kind in ("person", "unnamed", "name")
        return kind and (mention.name or "").lower() not in _NOT_PERSONS

    def _is_private(self, mention: Mention) -> bool:
        entity = self.entities[mention.entity]
        state = _STATE.intersection(entity.name.lower().split())
        return self._is_thing(mention) and entity.kind != "country" and not state

    def _is_thing(self, mention: Mention) -> bool:
        entity = self.entities[mention.entity]
        if mention.kind == "document":
            return self.speaks(mention) and self.is_subject(mention)
        kind = entity.kind in ("organization", "country", "name")
        return kind and mention.kind != "pronoun" and len(entity.words) < 2


def _is_named(mention: Mention) -> bool:
    return mention.kind not in ("pronoun", "place")


def _is_group(mention: Mention) -> bool:
    return mention.plural and mention.kind not in ("pronoun", "person")


def _first(
    fits: Callable[[Mention], bool],
    speaking: list[Mention],
    others: list[Mention],
    otherwise: int | None,
) -> int | None:
    """The first that fits of those who speak, else of the others, else what was before."""
    for mentions in (speaking, others):
        for mention in mentions:
            if fits(mention):
                return mention.entity
    return otherwise
