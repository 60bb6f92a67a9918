"""Whose meeting it is: owners and modifiers within the noun phrase of a meeting word.

"the premier's meeting with …", "his visit", "NATO summit", and the two states of a hyphened pair
("EU-Japan summit", "Russian-Turkish talks").
"""

from __future__ import annotations

from .lexicon import Name
from .meeting_lists import ListReader, Parties, Party
from .meeting_modifiers import JOINERS, STOP_RIGHT, SUBJECT_BLOCKERS
from .meeting_triggers import AUXILIARIES, Trigger
from .mentions import Mention
from .people import Entity

_GENDERS = {"his": "m", "her": "f"}
# What may open a sentence before "his meeting with Y, X said".
_FRONTED = frozenset("after following before during at in of since".split())


class OwnerFinder:
    """Finds the owners of one sentence's meeting words."""

    def __init__(
        self, lists: ListReader, author: int | None = None, addressee: int | None = None
    ) -> None:
        self.lists, self.author, self.addressee = lists, author, addressee
        self.scene, self.table, self.number = lists.scene, lists.table, lists.number
        self.cast, self.lexicon = lists.cast, lists.lexicon
        self.lows, self.words, self.mentions = lists.lows, lists.words, lists.mentions

    def find(self, trigger: Trigger, parties: Parties) -> list[Party]:
        """Owners and modifiers within the noun phrase, and the names of a hyphened pair."""
        first = self.lows[trigger.group]
        if first in ("their", "our"):
            parties.anaphoric = True
        if first in ("my", "your"):
            parties.owned = True
            return self._spoken(trigger.group, self.author if first == "my" else self.addressee)
        if first in _GENDERS:
            parties.owned = True
            ahead = self._owner_behind(trigger, parties)
            return ahead or self._owner_before(trigger.group, _GENDERS[first], parties)
        pair = self._hyphened(trigger)
        if pair:
            return pair
        found: list[Party] = []
        for mention in self.mentions:
            if mention.first >= trigger.first or mention.last < trigger.group:
                continue
            if mention.last > trigger.first:
                continue
            glued = all(self._within_phrase(k) for k in range(mention.last, trigger.first))
            if glued and self.lists.can_take_part(mention) and self._is_owner(mention):
                found += [*self._joined(mention), Party(mention)]
        return found

    def _joined(self, mention: Mention) -> list[Party]:
        """A in 'A and B's summit'."""
        j = mention.first
        before = self.scene.ends.get(j - 1) if j and self.lows[j - 1] in JOINERS else None
        persons = before is not None and {before.kind, mention.kind} == {"person"}
        return [Party(before)] if persons and before is not None else []

    def hosts(self, trigger: Trigger) -> list[Party]:
        """Whom 'your visit' was paid to: who speaks, and to whom he speaks for 'my visit'."""
        first = self.lows[trigger.group]
        if first not in ("my", "your") or None in (self.author, self.addressee):
            return []
        return self._spoken(trigger.group, self.addressee if first == "my" else self.author)

    def _spoken(self, i: int, entity: int | None) -> list[Party]:
        """The party that 'my' or 'your' at token i means."""
        if entity is None:
            return []
        return [Party(Mention(i, i + 1, "pronoun", self.number, tail=i + 1, name="he",
                              entity=entity))]  # fmt: skip

    def _owner_behind(self, trigger: Trigger, parties: Parties) -> list[Party]:
        """X in 'Following his talks with Y in Rome, X said': the subject behind the comma."""
        first = self.lists.sentence.first
        if not first < trigger.group <= first + 2 or self.lows[trigger.group - 1] not in _FRONTED:
            return []
        others = {p.mention.entity for p in parties.right}
        for mention in self.mentions:
            comma = mention.first > trigger.last and self.lows[mention.first - 1] == ","
            if not comma or self.scene.quote_at[mention.first] >= 0:
                continue
            entity = self.cast.of(mention)
            gender = _GENDERS[self.lows[trigger.group]]
            fits = entity.kind == "person" and entity.gender in (None, gender)
            if fits and mention.entity not in others and self._acts(mention):
                return [Party(mention)]
        return []

    def _acts(self, mention: Mention) -> bool:
        """Whether a finite verb or a cue stands right behind a mention."""
        j = mention.tail
        if j >= self.lists.sentence.last:
            return False
        low = self.lows[j]
        cue = self.lexicon.cues.longest(self.lows, j)
        return low in AUXILIARIES or low.endswith("ed") or cue is not None

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
        if mention.kind in ("person", "office") or mention.place:
            return False  # "the Geneva talks" were held in Geneva, not by it
        known = self.lexicon.names.longest(self.words, max(mention.name_first, mention.first))
        return known is not None or mention.kind == "group"

    def _hyphened(self, trigger: Trigger) -> list[Party]:
        """The two states of 'EU-Japan summit', 'Russian-Turkish talks'."""
        for k in [*range(trigger.group, trigger.first), *self._body_behind(trigger)]:
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

    def _body_behind(self, trigger: Trigger) -> range:
        """Tokens of the body in 'a meeting of the Chad-Peru Commission'."""
        i = trigger.last
        if self.lows[i : i + 1] != ["of"] or i + 1 >= self.lists.sentence.last:
            return range(0)
        start = i + 1 + (self.lows[i + 1] == "the")
        end = min(start + 2, self.lists.sentence.last)
        return range(start, end) if self.words[start][0].isupper() else range(0)

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
            low[0].isalnum() and low not in SUBJECT_BLOCKERS and low not in JOINERS
            and low not in STOP_RIGHT and self.table.supports.longest(self.lows, k) is None
        )  # fmt: skip
