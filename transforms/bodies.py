"""Bodies, groups and places of an article: each mention of one resolved to its entity.

A short form ("the ministry", "the company") goes to the body told of last that it fits; a place
that speaks stands for its government or body.
"""

from __future__ import annotations

from .discourse import Discourse
from .entities import Entity, enrich, fold
from .lexicon import Lexicon
from .mentions import Mention
from .text import Text

_COMPANIES = frozenset("company firm bank group carrier airline agency charity union".split())
_GENERIC_BODIES = frozenset(
    "ministry government company agency department party group organization organisation embassy "
    "committee commission court bank union council bloc alliance administration parliament firm "
    "carrier airline charity presidency chancellery secretariat".split()
)
_FORCES = frozenset("force forces army navy military police coastguard".split())

_INDEFINITE = frozenset({"a", "an", "another", "one", "some"})
# Plural offices that are sources without a name ("prosecutors"), not parties ("ministers").
_SOURCES = frozenset("judge legislator expert other adviser official spokesperson".split())
_MAX_LOOKED_BACK = 200  # entities looked back over for one mention


class Bodies:
    """The entities found so far, and what the bodies among them are called."""

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.entities: list[Entity] = []
        self.bodies: dict[str, int] = {}
        self.heads: dict[str, dict[int, None]] = {}  # bodies by each word of their name
        self.groups: dict[str, int] = {}  # groups with a country or body, by their last word
        self.discourse = Discourse(text, lexicon, self.entities)

    def add(self, name: str, kind: str, mention: Mention, words: tuple[str, ...] = ()) -> int:
        """File a new entity with what its first mention says; its index."""
        entity = Entity(name, kind, plural=mention.plural, words=words)
        entity.owner = mention.owner_entity
        enrich(entity, mention)
        self.entities.append(entity)
        return len(self.entities) - 1

    def find_body(self, mention: Mention) -> int:
        """The body that a mention names, or points to with a general word."""
        name = mention.name or self.text.slice(mention.first, mention.last)
        head = self.text.lows[mention.last - 1]
        definite = mention.determiner in ("the", "its", "his", "her")
        if definite and head in _GENERIC_BODIES and not self._has_name(mention):
            known = self._latest_body(head, mention.country)
            if known is not None:
                return known
            private = self.discourse.private
            bare = mention.last - mention.first == 2 + (mention.country is not None)
            if private is not None and head in _COMPANIES and bare and self._fits(private, mention):
                enrich(self.entities[private], mention)
                return private
        if definite and head in _FORCES and mention.country is None:
            known = self._latest_force(mention)
            if known is not None:
                return known
        known_name = self._known_body(mention)
        key = fold(known_name or mention.name or name)
        if mention.name is None and mention.organization and mention.determiner not in _INDEFINITE:
            known = self._named_in(mention, mention.organization)
            if known is not None:
                return known
        if key not in self.bodies:
            if mention.name is None and mention.determiner == "the":
                name = self.text.slice(mention.first + 1, mention.last)
            self.bodies[key] = self.add(name, "organization", mention)
        entity = self.entities[self.bodies[key]]
        if known_name is not None and len(name) > len(entity.name):
            entity.name = name
        return self.bodies[key]

    def _has_name(self, mention: Mention) -> bool:
        """'the Reuters news agency': a name of its own before the head."""
        if self._known_body(mention) is not None:
            return True
        inside = self.text.words[mention.first + 1 : mention.last - 1]
        return mention.country is None and any(word[0].isupper() for word in inside)

    def _known_body(self, mention: Mention) -> str | None:
        """The seeds' own name of a body, which its short forms share ("EU")."""
        if mention.name is None or mention.name_first < 0:
            return None
        found = self.lexicon.names.longest(self.text.words, mention.name_first)
        if found is None or found[1].kind != "organization":
            return None
        return found[1].name if mention.name_first + found[0] == mention.name_last else None

    def _fits(self, index: int, mention: Mention) -> bool:
        return mention.country is None or self.entities[index].country in (None, mention.country)

    def _latest_body(self, head: str, country: str | None) -> int | None:
        for count, index in enumerate(reversed(self.heads.get(head, {}))):
            if count > _MAX_LOOKED_BACK:
                break
            if country is None or self.entities[index].country in (None, country):
                return index
        return None

    def _latest_force(self, mention: Mention) -> int | None:
        """'the air force' after "the Georgian air force"; the force must be of the same kind."""
        said = self.text.lows[mention.first + 1 : mention.last]
        known = self._latest_body(said[-1], None) if said else None
        if known is None or self.entities[known].country is None:
            return None
        return known if fold(self.entities[known].name).split()[-len(said) :] == said else None

    def _named_in(self, mention: Mention, name: str) -> int | None:
        """The body that "the X party" names, where X stands alone elsewhere."""
        known = self.bodies.get(fold(name))
        if known is None or self.entities[known].kind not in ("name", "organization"):
            return None
        self.entities[known].kind = "organization"
        self.entities[known].organization = self.text.slice(mention.first, mention.last)
        enrich(self.entities[known], mention)
        return known

    def find_plain(self, mention: Mention) -> int:
        """The country, place or group of a mention; what a place stands for if it speaks."""
        name = self.text.slice(mention.first, mention.last)
        body = self._stood_for(mention)
        if body is not None:
            return body
        kind = "country" if mention.kind == "place" else mention.kind
        if kind == "group" and mention.role_code in _SOURCES:
            kind = "unnamed"
        if kind == "country":
            key = f"country {mention.country} {fold(mention.name or name)}"
            if key not in self.bodies:
                self.bodies[key] = self.add(mention.name or name, kind, mention)
            return self.bodies[key]
        if mention.plural:
            return self._group(mention, name, kind)
        return self.add(name, kind, mention)

    def _stood_for(self, mention: Mention) -> int | None:
        """'Brussels said', 'the Kremlin said': the body that a place stands for when it speaks."""
        if not mention.place or mention.name_first < 0 or not self.discourse.speaks(mention):
            return None
        found = self.lexicon.names.longest(self.text.words, mention.name_first)
        seat = found is not None and found[1].detail == "seat"
        if found is None or not (found[1].stands_for or seat):
            return None
        name = found[1].stands_for or (mention.name or "")
        if fold(name) not in self.bodies:
            self.bodies[fold(name)] = self.add(name, "organization", mention)
            if found[1].stands_for:
                known = self.lexicon.names.longest(name.split(), 0)
                self.entities[-1].country = known[1].code if known else None
        return self.bodies[fold(name)]

    def _group(self, mention: Mention, name: str, kind: str) -> int:
        """'Ministers' after "G20 finance ministers": the group that is told apart, said shorter."""
        head = self.text.lows[mention.last - 1]
        apart = mention.country is not None or mention.organization is not None
        known = self.groups.get(head)
        if not apart and known is not None and mention.determiner in ("", "the"):
            said = self.text.lows[mention.first + bool(mention.determiner) : mention.last]
            if fold(self.entities[known].name).split()[-len(said) :] == said:
                return known
        index = self.add(name, kind, mention)
        entity = self.entities[index]
        if mention.organization and entity.country is None:
            body = self._latest_body(fold(mention.organization).split()[-1], None)
            entity.country = self.entities[body].country if body is not None else None
        if apart:
            self.groups[head] = index
        return index

    def settle_kinds(self) -> None:
        """A lone name that is no given name and that no title or longer name claims is a body's."""
        for index in self.bodies.values():
            entity = self.entities[index]
            if entity.kind == "name" and entity.name.split()[0] not in self.lexicon.given_names:
                entity.kind = "organization"
