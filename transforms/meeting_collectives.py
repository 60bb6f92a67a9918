"""One phrase for several parties: "the foreign ministers of A and B", "a delegation of the fund".

A plural office of several states is one person of each state: who holds it where the article names
him, else "foreign minister of A". A delegation is named with whose it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from .lexicon import Lexicon
from .mentions import Mention
from .people import Entity
from .scene import Scene

_JOINERS = frozenset({"and", "&"})
_OWNER_KINDS = frozenset({"adjective", "country", "organization"})
_SENT = frozenset({"delegation", "delegations", "team", "mission"})
_OWNED_BY = frozenset({"of", "from"})
_SELECTING = frozenset("key all several other its some most the".split())


class CollectiveReader:
    """Reads the collective phrases of one sentence."""

    def __init__(self, scene: Scene, number: int) -> None:
        self.scene, self.number = scene, number
        self.text, self.cast, self.lexicon = scene.text, scene.cast, scene.lexicon
        self.lows, self.words = scene.text.lows, scene.text.words
        self.last = scene.text.sentences[number].last

    def spread(self, mention: Mention) -> list[Mention]:
        """The parties that a phrase names: itself, or one office holder for each state."""
        if mention.kind not in ("group", "unnamed") or not mention.plural:
            return [mention]
        halves = self._halves(mention)
        if len(halves) > 1:
            return halves
        if mention.kind != "group" or not mention.role_code:
            return [mention]
        states = self._states_of(mention)
        return [self.office_of(mention, s) for s in states] if len(states) > 1 else [mention]

    def _halves(self, mention: Mention) -> list[Mention]:
        """'Russian and Ukrainian negotiators' are Russian ones and Ukrainian ones."""
        owners: list[tuple[int, int, str]] = []
        k = mention.first
        while k < mention.last:
            found = self.lexicon.names.longest(self.words, k)
            if (
                found
                and found[1].code
                and found[1].kind in ("adjective", "country", "organization")
            ):
                owners.append((k, k + found[0], found[1].code))
                k += found[0]
            elif owners and self.lows[k] not in (*_JOINERS, ","):
                break
            else:
                k += 1
        codes = {code for _, _, code in owners}
        if len(owners) < 2 or len(codes) < len(owners) or k >= mention.last:
            return []
        noun, kind = self.text.slice(k, mention.last), "group"
        if self.lows[mention.last - 1] == "counterparts" and len(owners) > 1:
            noun, kind = noun[:-1], "person"  # one of each state
        made = []
        for first, last, code in owners:
            name = f"{self.text.slice(first, last)} {noun}"
            several = kind == "group"
            entity = Entity(name, kind, mention.role, mention.role_code, code, plural=several)
            half = replace(mention, first=first, country=code, entity=self._entity(name, entity))
            made.append(replace(half, last=last) if last < owners[-1][1] else half)
        return made

    def end(self, mention: Mention) -> int:
        """Token behind a phrase with all its states: 'the ministers of A, B and C'."""
        if mention.kind != "group" or not mention.role_code or not mention.plural:
            return mention.tail
        states = self._states_of(mention)
        return max(mention.tail, states[-1].last) if len(states) > 1 else mention.tail

    def with_owner(self, mention: Mention) -> Mention:
        """'a delegation' with 'of the International Monetary Fund' that stands behind it."""
        j = mention.last
        if mention.kind not in ("group", "unnamed") or mention.country or mention.organization:
            return mention
        if j + 1 >= self.last or self.lows[j] not in _OWNED_BY:
            return mention
        owner = self.scene.begins.get(j + 1)
        if self.lows[j + 1] in _SELECTING:
            owner = owner or self.scene.begins.get(j + 2)
        sent = self.lows[mention.last - 1] in _SENT
        told = owner is not None and (owner.country or (owner.organization and mention.role_code))
        bloc = owner is not None and owner.kind == "group" and (told or sent)
        if owner is None or not (bloc or owner.kind in ("organization", "country")):
            return mention
        held = self.cast.of(owner)
        last = self._owned_end(owner)
        full = replace(mention, last=last, tail=max(last, owner.tail), country=held.country)
        name = self.text.slice(mention.first, last)
        full.kind = "group"
        full.entity = self._entity(name, Entity(name, "group", country=held.country, plural=True))
        return full

    def _owned_end(self, owner: Mention) -> int:
        """Token behind an owner, "states" included in 'of the union's 27 states'."""
        if owner.last >= self.last or self.lows[owner.last] != "'s":
            return owner.last
        for k in range(owner.last + 1, min(owner.last + 4, self.last)):
            states = self.scene.begins.get(k)
            if states is not None:
                return states.last if states.kind in ("group", "unnamed") else owner.last
        return owner.last

    def _entity(self, name: str, otherwise: Entity) -> int:
        for index, entity in enumerate(self.cast.entities):
            if entity.name == name:
                return index
        self.cast.entities.append(otherwise)
        return len(self.cast.entities) - 1

    def _states_of(self, mention: Mention) -> list[Mention]:
        """The countries in 'of A, B and C' within or behind a plural office."""
        limit = min(self.last - 1, mention.last + 1)
        for j in range(mention.first, limit):
            if self.lows[j] in _OWNED_BY:
                states = self._states_from(j + 1)
                if states:
                    return states
        return []

    def _states_from(self, k: int) -> list[Mention]:
        """The countries of a list that starts at token k."""
        lows, last = self.lows, self.last
        states: list[Mention] = []
        while k < last:
            k += lows[k] == "the"
            found = self.lexicon.names.longest(self.words, k) if k < last else None
            if found is None or found[1].kind != "country":
                break
            states.append(self._state_at(k, k + found[0], found[1].name, found[1].code))
            k += found[0]
            if k < last and lows[k] == ",":
                k += 1
            if k < last and lows[k] in _JOINERS:
                k += 1
        return states

    def of_state(self, group: Mention) -> Mention | None:
        """The state in "the presidents of Peru", as a mention of it; None where it is not one."""
        states = self._states_of(group)
        return states[0] if len(states) == 1 else None

    def state_at(self, group: Mention) -> Mention:
        """The state in "Peru's foreign ministers", as a mention of it."""
        found = self.lexicon.names.longest(self.words, group.first)
        length, name = (found[0], found[1].name) if found else (1, self.words[group.first])
        return self._state_at(group.first, group.first + length, name, group.country)

    def _state_at(self, first: int, last: int, name: str, code: str | None) -> Mention:
        return Mention(first, last, "country", self.number, tail=last, name=name, country=code)

    def office_of(self, mention: Mention, state: Mention) -> Mention:
        """One of several office holders: the one the article names, else his office and state."""
        office = (mention.role or "").split(" of ")[0]
        single = self._singular(office)
        for index, entity in enumerate(self.cast.entities):
            held = entity.kind == "person" and entity.role_code == mention.role_code
            if held and entity.country == state.country and entity.last_seen >= 0:
                return replace(state, kind="person", entity=index)
        name = f"{single} of {state.name}"
        made = Entity(name, "person", single, mention.role_code, state.country)
        return replace(state, kind="person", entity=self._entity(name, made))

    def _singular(self, office: str) -> str:
        """'foreign minister' of 'foreign ministers', by the office seeds."""
        return _singulars(self.lexicon).get(office.lower(), office.removesuffix("s"))


@lru_cache(maxsize=4)
def _singulars(lexicon: Lexicon) -> dict[str, str]:
    return {row["plural"]: row["pattern"] for row in lexicon.tables["offices"] if row["plural"]}
