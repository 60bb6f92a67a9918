"""Who is who: every mention of an article resolved to one entity, in reading order.

A short name goes to the one full name that ends (or, for family-first names, begins) with it; an
office to the latest holder whose office and country agree; a pronoun to the discourse subject,
which is who spoke last, else the subject of the last sentence. Where nobody fits, the mention is an
entity of its own under its own words: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .affiliation import fill_countries
from .entities import (
    Cast,
    Entity,
    codes_differ,
    enrich,
    fold,
    gender_of,
    head_word,
    same_person,
)
from .home import Home
from .lexicon import Lexicon
from .mentions import PRONOUNS, Mention, find_mentions
from .text import Text, parse_text

__all__ = ["Cast", "Entity", "find_cast", "fold"]

_PREPOSITIONS = frozenset(
    "of in on at to for from by with about between against under over after before and or via "
    "alongside including like than as".split()
)
_PERSONS = frozenset({"person", "office"})
_COMPANIES = frozenset("company firm bank group carrier airline agency charity union".split())
_GENERIC_BODIES = frozenset(
    "ministry government company agency department party group organization organisation embassy "
    "committee commission court bank union council bloc alliance administration parliament firm "
    "carrier airline charity".split()
)


def find_cast(
    text: Text, lexicon: Lexicon, title: str | None, home: Home | None = None, first: int = 0
) -> Cast:
    """Find and resolve all mentions.

    `title` may hold fuller names than the text; `home` says in whose
    country it was written; `first` is the token at which the body begins.
    """
    mentions = find_mentions(text, lexicon, first)
    resolver = _Resolver(text, lexicon, mentions)
    resolver.learn_names(mentions)
    resolver.learn_title(title)
    by_sentence: list[list[Mention]] = [[] for _ in text.sentences]
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    resolver.resolve(by_sentence)
    cast = Cast(mentions, resolver.entities, by_sentence)
    fill_countries(text, cast, lexicon, home or Home(), title, first)
    return cast


_NEAR = 200  # entities back to which a pronoun with no subject reaches


class _Resolver:
    def __init__(self, text: Text, lexicon: Lexicon, mentions: list[Mention]) -> None:
        self.text, self.lexicon = text, lexicon
        self.entities: list[Entity] = []
        self.by_last: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self.bodies: dict[str, int] = {}
        self.count = 0
        self.focus: int | None = None  # the person who is the discourse subject
        self.thing: int | None = None  # the body or country that is
        self.group: int | None = None

    # --- names ------------------------------------------------------------------------------------
    def learn_names(self, mentions: Iterable[Mention]) -> None:
        """Register every full personal name, so that a short form may stand before it."""
        for mention in mentions:
            if mention.kind in ("person", "name") and mention.name and " " in mention.name:
                self._person(mention, mention.name)

    def learn_title(self, title: str | None) -> None:
        """Names of the title whose surname the text uses alone."""
        if not title:
            return
        heading = parse_text(title, self.lexicon.abbreviations)
        for mention in find_mentions(heading, self.lexicon):
            if mention.kind == "person" and mention.name and " " in mention.name:
                last = fold(mention.name).split()[-1]
                if last not in self.by_last:
                    self._person(mention, mention.name)

    def _person(self, mention: Mention, name: str) -> int:
        words = tuple(fold(name).replace(".", "").split())
        for index in self.by_last.get(words[-1], ()):
            if same_person(self.entities[index].words, words):
                entity = self.entities[index]
                if len(words) > len(entity.words):
                    entity.name, entity.words = name, words
                if mention.kind in _PERSONS:
                    entity.kind = "person"
                enrich(entity, mention)
                return index
        kind = "person" if mention.kind in _PERSONS else mention.kind
        index = self._new(name, kind, mention, words)
        self.by_last.setdefault(words[-1], []).append(index)
        for word in words[:-1]:
            self.by_word.setdefault(word, []).append(index)
        given = name.split()[0]
        entity = self.entities[index]
        if len(words) > 1 and self.lexicon.given_names.get(given) in ("m", "f"):
            entity.gender = entity.gender or self.lexicon.given_names[given]
        return index

    def _new(self, name: str, kind: str, mention: Mention, words: tuple[str, ...] = ()) -> int:
        entity = Entity(name, kind, plural=mention.plural, words=words)
        enrich(entity, mention)
        self.entities.append(entity)
        return len(self.entities) - 1

    # --- in reading order -------------------------------------------------------------------------
    def resolve(self, by_sentence: list[list[Mention]]) -> None:
        """Give each mention its entity and move the discourse subject along."""
        for mentions in by_sentence:
            for mention in mentions:
                self.count += 1
                mention.entity = self._entity_of(mention, mentions)
                self.entities[mention.entity].last_seen = self.count
            self._move_focus(mentions)

    def _entity_of(self, mention: Mention, sentence: list[Mention]) -> int:
        if mention.kind in ("person", "name"):
            return self._named(mention)
        if mention.kind == "office":
            return self._office(mention)
        if mention.kind == "pronoun":
            return self._pronoun(mention, sentence)
        if mention.kind == "organization":
            return self._body(mention)
        return self._plain(mention)

    def _named(self, mention: Mention) -> int:
        name = mention.name or ""
        if " " in name:
            return self._person(mention, name)
        word = fold(name).replace(".", "")
        candidates = self.by_last.get(word) or self.by_word.get(word) or []
        if not candidates:
            if mention.kind == "name" and not mention.role:
                return self._thing_named(mention, name)
            return self._person(mention, name)
        index = self._best(candidates, mention)
        enrich(self.entities[index], mention)
        mention.kind = "person" if self.entities[index].kind == "person" else mention.kind
        return index

    def _thing_named(self, mention: Mention, name: str) -> int:
        known = self.bodies.get(fold(name))
        if known is None:
            known = self.bodies[fold(name)] = self._new(name, "name", mention)
        return known

    def _best(self, candidates: list[int], mention: Mention) -> int:
        """Among bearers of one surname: agreeing gender and office, then the latest."""
        gender = gender_of(mention)

        def rank(index: int) -> tuple[bool, bool, int]:
            entity = self.entities[index]
            return (
                not (gender and entity.gender and gender != entity.gender),
                mention.role_code is None or entity.role_code == mention.role_code,
                entity.last_seen,
            )

        return max(candidates, key=rank)

    def _office(self, mention: Mention) -> int:
        found = None
        if mention.determiner not in ("a", "an", "another", "one", "some") or mention.name:
            found = self._holder(mention)
            if found is None:
                found = self._bridged(mention)
        if found is not None:
            return found
        name = self.text.slice(mention.first, mention.last)
        return self._new(name, "unnamed" if self._is_unnamed(mention) else "person", mention)

    def _is_unnamed(self, mention: Mention) -> bool:
        return mention.determiner in ("a", "an", "one", "another", "some") and (
            mention.country is None or mention.role_code in ("official", "adviser", "diplomat")
        )

    def _bridged(self, mention: Mention) -> int | None:
        """'The President' in a text that names one person and never his office."""
        if mention.determiner != "the" or mention.country or mention.organization:
            return None
        bare = [
            index
            for index, entity in enumerate(self.entities)
            if entity.kind in ("person", "name")
            and len(entity.words) > 1
            and entity.role is None
            and entity.last_seen >= 0
        ]
        return bare[0] if len(bare) == 1 else None

    def _holder(self, mention: Mention) -> int | None:
        """The latest person whose office, country and body do not contradict the mention."""
        head = head_word(mention.role)
        best, best_rank = None, (0, -1)
        for index, entity in enumerate(self.entities):
            if entity.kind != "person" or entity.role is None or entity.last_seen < 0:
                continue
            if mention.country and entity.country and mention.country != entity.country:
                continue
            score = 2 * (entity.role_code == mention.role_code) + (head_word(entity.role) == head)
            if head == "minister" and entity.role_code == "head_of_government":
                score -= entity.role_code != mention.role_code  # "the minister" is not the premier
            if score and (score, entity.last_seen) > best_rank:
                specific = (
                    mention.country or mention.organization or mention.role_code != "minister"
                )
                if score == 1 and specific and codes_differ(entity, mention):
                    continue
                best, best_rank = index, (score, entity.last_seen)
        return best

    def _pronoun(self, mention: Mention, sentence: list[Mention]) -> int:
        low = (mention.name or "").lower()
        if low == "who":
            earlier = [m for m in sentence if m.last <= mention.first and m.entity >= 0]
            if earlier:
                return earlier[-1].entity
        if low in ("he", "she"):
            found = self._he_or_she(mention, sentence, "m" if low == "he" else "f")
            if found is not None:
                return found
        if low == "it" and self.thing is not None:
            return self.thing
        if low == "they" and self.group is not None:
            return self.group
        return self._new(mention.name or "", "unnamed", mention)

    def _he_or_she(self, mention: Mention, sentence: list[Mention], gender: str) -> int | None:
        def fits(index: int | None) -> bool:
            if index is None:
                return False
            entity = self.entities[index]
            if entity.kind == "name" and len(entity.words) < 2:
                return False
            if entity.name.lower() in PRONOUNS or entity.plural:
                return False
            return entity.kind in ("person", "unnamed", "name") and entity.gender in (None, gender)

        before = [
            m
            for m in sentence
            if m.last <= mention.first and not m.quoted and m.kind != "pronoun" and fits(m.entity)
        ]
        subjects = [m for m in before if self._is_subject(m)]
        if subjects:
            return subjects[0].entity
        if fits(self.focus):
            return self.focus
        if before:
            return before[-1].entity
        near = range(max(len(self.entities) - _NEAR, 0), len(self.entities))
        persons = [i for i in near if fits(i) and self.entities[i].last_seen >= 0]
        return max(persons, key=lambda i: self.entities[i].last_seen, default=None)

    def _body(self, mention: Mention) -> int:
        name = mention.name or self.text.slice(mention.first, mention.last)
        head = self.text.lows[mention.last - 1]
        if mention.determiner in ("the", "its", "his", "her") and head in _GENERIC_BODIES:
            known = self._latest_body(head, mention.country)
            if known is not None:
                return known
            if self.thing is not None and head in _COMPANIES and mention.country is None:
                return self.thing
        key = fold(mention.name or name)
        if key not in self.bodies:
            if mention.name is None and mention.determiner == "the":
                name = self.text.slice(mention.first + 1, mention.last)
            self.bodies[key] = self._new(name, "organization", mention)
        return self.bodies[key]

    def _latest_body(self, head: str, country: str | None) -> int | None:
        for index in sorted(
            self.bodies.values(), key=lambda i: self.entities[i].last_seen, reverse=True
        ):
            entity = self.entities[index]
            agrees = country is None or entity.country in (None, country)
            if agrees and entity.last_seen >= 0 and head in fold(entity.name).split():
                return index
        return None

    def _plain(self, mention: Mention) -> int:
        name = self.text.slice(mention.first, mention.last)
        kind = "country" if mention.kind == "place" else mention.kind
        if kind == "country":
            key = f"country {mention.country} {fold(mention.name or name)}"
            if key not in self.bodies:
                self.bodies[key] = self._new(mention.name or name, kind, mention)
            return self.bodies[key]
        return self._new(name, kind, mention)

    # --- discourse --------------------------------------------------------------------------------
    def _is_subject(self, mention: Mention) -> bool:
        if mention.first == 0:
            return True
        before = self.text.lows[mention.first - 1]
        after = self.text.lows[mention.last] if mention.last < len(self.text.lows) else "."
        return before not in _PREPOSITIONS and after != "'s"

    def _speaks(self, mention: Mention) -> bool:
        """Whether a cue stands right behind the mention, or right before it ('said X')."""
        lows, cues = self.text.lows, self.lexicon.cues
        tail = mention.tail
        while tail < len(lows) and (lows[tail] in _AUXILIARIES or lows[tail].endswith("ly")):
            tail += 1
        if tail < len(lows) and cues.longest(lows, tail):
            return True
        before = mention.first - 1
        return before >= 0 and lows[before] in _INVERTIBLE

    def _move_focus(self, mentions: list[Mention]) -> None:
        outside = [m for m in mentions if not m.quoted and m.entity >= 0]
        kinds = ("person", "unnamed", "name")
        persons = [m for m in outside if self.entities[m.entity].kind in kinds]
        persons = [m for m in persons if (m.name or "").lower() not in ("i", "we", "it", "they")]
        self.focus = _first_of(persons, self._speaks, self._is_subject, self.focus)
        bodies = ("organization", "country", "name")
        things = [m for m in outside if self.entities[m.entity].kind in bodies]
        things = [
            m for m in things if m.kind != "pronoun" and len(self.entities[m.entity].words) < 2
        ]
        self.thing = _first_of(things, self._speaks, self._is_subject, self.thing)
        groups = [m for m in outside if m.plural and m.kind != "pronoun"]
        self.group = _first_of(groups, self._speaks, self._is_subject, self.group)


_AUXILIARIES = frozenset("has have had was is were also will would once again".split())
_INVERTIBLE = frozenset("said says added told asked wrote explained noted continued".split())


def _first_of(
    mentions: list[Mention],
    speaks: Callable[[Mention], bool],
    is_subject: Callable[[Mention], bool],
    otherwise: int | None,
) -> int | None:
    for test in (speaks, is_subject):
        for mention in mentions:
            if test(mention):
                return mention.entity
    return otherwise
