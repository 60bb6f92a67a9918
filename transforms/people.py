"""Who is who: every mention of an article resolved to one entity, in reading order.

A short name goes to the one full name that ends (or, for family-first names, begins) with it; an
office to the latest holder whose office and country agree; a pronoun to the discourse subject,
which is who spoke last, else the subject of the last sentence. Where nobody fits, the mention is an
entity of its own under its own words: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .affiliation import fill_countries
from .bodies import Bodies
from .counterparts import colleagues, match_counterparts
from .entities import (
    Cast,
    Entity,
    enrich,
    fold,
    gender_of,
    head_word,
    name_words,
    same_person,
)
from .home import Home
from .introductions import introduce
from .lexicon import Lexicon
from .mentions import Mention
from .noun_phrases import find_mentions
from .relations import MINISTERS
from .text import Text, parse_text
from .titles import holds_also, title_agreement, titles_agree

__all__ = ["Cast", "Entity", "find_cast", "fold"]

_PREPOSITIONS = frozenset(
    "of in on at to for from by with about between against under over after before and or via "
    "alongside including like than as".split()
)
_INDEFINITE = frozenset({"a", "an", "another", "one", "some"})
_FROM_WITHIN = 6  # tokens between a document and "from X"
_MAX_BEARERS = 50  # persons of one surname compared with a mention
_MAX_LOOKED_BACK = 200  # entities looked back over for one mention
_PERSONS = frozenset({"person", "office"})
# Offices that several persons of one country have at a time.
_SHARED_OFFICES = frozenset(
    "minister deputy_minister official adviser legislator diplomat spokesperson other expert "
    "military_officer envoy ambassador governor judge".split()
)


def find_cast(
    text: Text, lexicon: Lexicon, title: str | None, home: Home | None = None, first: int = 0
) -> Cast:
    """Find and resolve all mentions.

    `title` may hold fuller names than the text; `home` says in whose
    country it was written; `first` is the token at which the body begins.
    """
    mentions = find_mentions(text, lexicon, first)
    resolver = _Resolver(text, lexicon, home.institution if home else None)
    resolver.learn_names(mentions)
    resolver.learn_title(title)
    by_sentence: list[list[Mention]] = [[] for _ in text.sentences]
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    resolver.resolve(by_sentence)
    resolver.settle_kinds()
    cast = Cast(mentions, resolver.entities, by_sentence)
    _name_ahead(cast)
    introduce(text, lexicon, cast)
    match_counterparts(text, cast)
    fill_countries(text, cast, lexicon, home or Home(), title, first)
    return cast


def _name_ahead(cast: Cast) -> None:
    """'The commerce minister of India' above, 'Indian Minister of Commerce X' below: one person.

    Only where exactly one named person of the article has that office for that country, or is its
    only holder and no country is said.
    """
    holders: dict[tuple[str | None, str | None], list[int]] = {}
    for index, entity in enumerate(cast.entities):
        if entity.words and entity.kind == "person" and not entity.former:
            holders.setdefault((entity.country, entity.role_code), []).append(index)
    named = Counter(code for (_, code), found in holders.items() for _ in found)
    for mention in cast.mentions:
        described = cast.of(mention)
        if mention.kind != "office" or mention.plural or described.words or not mention.country:
            continue
        top = mention.role_code == "diplomat" and "top" in mention.modifiers
        code = "foreign_minister" if top else mention.role_code
        found = holders.get((mention.country, code), [])
        if not found and named[code] == 1:
            beside = {m.entity for m in cast.by_sentence[mention.sentence] if m.kind == "person"}
            found = [index for index in holders.get((None, code), []) if index not in beside]
        if len(found) == 1 and "former" not in mention.modifiers:
            _unite(cast, mention, found[0], code)


def _unite(cast: Cast, mention: Mention, index: int, code: str | None) -> None:
    """Take a described office for that of one named person, unless several may hold it."""
    entity = cast.entities[index]
    if code in _SHARED_OFFICES and entity.role != mention.role:
        return
    if not titles_agree(head_word(entity.role), head_word(mention.role)):
        return
    mention.entity = index
    entity.country = entity.country or mention.country


class _Resolver(Bodies):
    def __init__(self, text: Text, lexicon: Lexicon, institution: str | None) -> None:
        super().__init__(text, lexicon)
        self.by_last: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self.count = 0
        self.institution = institution
        self.issuer: int | None = None  # of the last document
        self.titled: set[int] = set()
        self.officials: dict[int, None] = {}  # persons with an office, the latest mention last

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
                index = self._person(mention, mention.name)
                self.titled.add(index)

    def _person(self, mention: Mention, name: str) -> int:
        words = name_words(name)
        for index in self.by_last.get(words[-1], [])[:_MAX_BEARERS]:
            if same_person(self.entities[index].words, words):
                entity = self.entities[index]
                if len(words) > len(entity.words):
                    entity.name, entity.words = name, words
                if mention.kind in _PERSONS:
                    entity.kind = "person"
                enrich(entity, mention)
                return index
        kind = "person" if mention.kind in _PERSONS else mention.kind
        index = self.add(name, kind, mention, words)
        self.by_last.setdefault(words[-1], []).append(index)
        for word in words[:-1]:
            self.by_word.setdefault(word, []).append(index)
        given = name.split()[0]
        entity = self.entities[index]
        if len(words) > 1 and self.lexicon.given_names.get(given) in ("m", "f"):
            entity.gender = entity.gender or self.lexicon.given_names[given]
        return index

    # --- in reading order -------------------------------------------------------------------------
    def resolve(self, by_sentence: list[list[Mention]]) -> None:
        """Give each mention its entity and move the discourse subject along."""
        for mentions in by_sentence:
            for mention in mentions:
                self.count += 1
                mention.entity = self._entity_of(mention, mentions)
                self._note(mention)
            self.discourse.move(mentions)

    def _note(self, mention: Mention) -> None:
        entity = self.entities[mention.entity]
        entity.last_seen = self.count
        if entity.owner < 0 <= mention.owner_entity != mention.entity:
            entity.owner = mention.owner_entity
        if entity.kind in ("person", "unnamed", "name"):
            self.discourse.saw(mention.entity)
        if entity.kind == "person" and entity.role is not None:
            self.officials.pop(mention.entity, None)
            self.officials[mention.entity] = None
        if entity.kind == "organization":
            for word in set(fold(entity.name).split()):
                bearers = self.heads.setdefault(word, {})
                bearers.pop(mention.entity, None)
                bearers[mention.entity] = None

    def _entity_of(self, mention: Mention, sentence: list[Mention]) -> int:
        self._inherit(mention, sentence)
        if mention.kind in ("person", "name"):
            return self._named(mention)
        if mention.kind == "office":
            beside = self._apposed_to(mention, sentence)
            return self._office(mention, sentence) if beside is None else beside
        if mention.kind == "pronoun":
            found = self.discourse.find(mention, sentence)
            if found is not None:
                return found
            return self.add(mention.name or "", "unnamed", mention)
        if mention.kind == "organization":
            return self.find_body(mention)
        if mention.kind == "document":
            return self._author(mention, sentence)
        return self.find_plain(mention)

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
        index = self._best(candidates[-_MAX_BEARERS:], mention)
        enrich(self.entities[index], mention)
        mention.kind = "person" if self.entities[index].kind == "person" else mention.kind
        return index

    def _thing_named(self, mention: Mention, name: str) -> int:
        known = self.bodies.get(fold(name))
        if known is None:
            known = self.bodies[fold(name)] = self.add(name, "name", mention)
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

    def _office(self, mention: Mention, sentence: list[Mention]) -> int:
        found = None
        if mention.determiner not in _INDEFINITE or mention.name:
            found = self._holder(mention, colleagues(self.text, mention, sentence))
            if found is None:
                found = self._bridged(mention)
        if found is not None:
            return found
        name = self.text.slice(mention.first, mention.last)
        kind = "unnamed" if mention.determiner in _INDEFINITE else "person"
        return self.add(name, kind, mention)

    def _inherit(self, mention: Mention, sentence: list[Mention]) -> None:
        """'X's spokesperson Y', "the governor's office": what belongs to X is of X's country.

        "Kent Sheriff's Office spokeswoman Y", "WFP official Y" belong to what stands before them.
        """
        if mention.owner >= 0 and mention.kind in ("organization", "office"):
            self._belongs_to_bearer(mention)
        before = next((m for m in reversed(sentence) if m.last == mention.first), None)
        if before is not None and before.entity >= 0 and mention.kind in ("person", "name"):
            self._belongs(mention, before)
        if mention.first == 0 or self.text.lows[mention.first - 1] != "'s":
            return
        owner = next((m for m in reversed(sentence) if m.last == mention.first - 1), None)
        if owner is None or owner.entity < 0 or mention.kind in ("pronoun", "place", "country"):
            return
        mention.country = mention.country or self.entities[owner.entity].country
        mention.owner_entity = owner.entity
        if mention.kind == "organization" and mention.name is None:
            mention.name = self.text.slice(owner.first, mention.last)

    def _belongs_to_bearer(self, mention: Mention) -> None:
        """ "Lomidze's ministry": the body of the one who bears that name."""
        end = mention.owner + 1
        if self.text.lows[end : end + 1] != ["'s"] or mention.country is not None:
            return
        bearers = self.by_last.get(fold(self.text.words[mention.owner]), [])
        if len(bearers) == 1:
            mention.owner_entity = bearers[0]
            mention.country = self.entities[bearers[0]].country

    def _belongs(self, mention: Mention, before: Mention) -> None:
        if before.kind == "organization" and mention.role and mention.organization is None:
            mention.owner_entity = before.entity
            mention.country = mention.country or self.entities[before.entity].country
        one = before.kind == "unnamed" and not before.plural and before.organization
        if one and not mention.role:
            mention.country = mention.country or before.country
            mention.organization = mention.organization or before.organization

    def _apposed_to(self, mention: Mention, sentence: list[Mention]) -> int | None:
        """The person whose apposition an office is: 'X, an analyst at Y said'."""
        before = next((m for m in reversed(sentence) if m.first < mention.first), None)
        if before is None or before.kind not in ("person", "name") or before.entity < 0:
            return None
        beside = self.text.lows[before.last : mention.first] == [","]
        if mention.first < before.tail or (beside and mention.determiner in ("a", "an")):
            entity = self.entities[before.entity]
            if entity.role_code == "legislator" and mention.role_code in MINISTERS:
                entity.role = None  # "Senator X, the defense minister": the seat is an address
            entity.country = entity.country or mention.country
            if entity.role is None or mention.country == "INT":
                enrich(entity, mention)
            return before.entity
        return None

    def _author(self, mention: Mention, sentence: list[Mention]) -> int:
        """Whose words a document is: 'X's statement', 'a message from X', "the statement said".

        Its owner or the body named with it; who it is by or from; the subject before it in the
        sentence; else who spoke last.
        """
        if mention.organization is not None:
            key = fold(mention.organization)
            if key not in self.bodies:
                self.bodies[key] = self.add(mention.organization, "organization", mention)
            self.issuer = self.bodies[key]
            return self.issuer
        for other in sentence:
            near = mention.last < other.first <= mention.last + _FROM_WITHIN
            source = near and self.text.lows[other.first - 1] in ("by", "from")
            source = source and "," not in self.text.lows[mention.last : other.first]
            if source and other.entity < 0 and other.kind != "document":
                return self._entity_of(other, sentence)
        before = [m for m in sentence if m.last <= mention.first and m.entity >= 0 and not m.quoted]
        subjects = [m for m in before if m.kind != "place" and self.discourse.is_subject(m)]
        behind = self.text.lows[min(mention.last, len(self.text.lows) - 1)]
        if subjects and (behind.endswith("ing") or not self.discourse.speaks(mention)):
            self.issuer = subjects[0].entity
            return self.issuer
        joint = "joint" in self.text.lows[mention.first : mention.last]
        known = self.discourse.group if joint else self.issuer
        known = self.discourse.last_speaker if known is None else known
        if known is not None:
            return known
        return self.add(self.text.slice(mention.first, mention.last), "unnamed", mention)

    def _bridged(self, mention: Mention) -> int | None:
        """'The President' in a text or title that names one person and never his office."""
        if mention.determiner != "the" or mention.organization:
            return None
        if mention.country not in (None, self.institution):
            return None
        for candidates in (list(self.discourse.recent)[-_MAX_LOOKED_BACK:], sorted(self.titled)):
            bare = [index for index in candidates if self._is_bare(self.entities[index])]
            if len(bare) == 1:
                enrich(self.entities[bare[0]], mention)
                return bare[0]
        return None

    def _is_bare(self, entity: Entity) -> bool:
        named = entity.kind in ("person", "name") and len(entity.words) > 1
        return named and entity.role is None and entity.country in (None, self.institution)

    def _holder(self, mention: Mention, others: set[int]) -> int | None:
        """The person whose office, country and body do not contradict the mention.

        Of several, the one whose office agrees best; then, where no country is printed, the
        publisher's own; then the discourse subject; then the latest. None of `others`, who act
        with the office's holder.
        """
        best, best_rank = None, (0, False, False, -1)
        for count, index in enumerate(reversed(self.officials)):
            if count > _MAX_LOOKED_BACK:
                break
            entity = self.entities[index]
            if index in others and entity.country is None:
                continue
            second = holds_also(entity, mention)
            if mention.country not in (None, entity.country) and entity.country and not second:
                continue
            score = 3 if second else title_agreement(entity, mention)
            own = self.institution is not None and mention.country is None
            rank = (
                score,
                own and entity.country in (None, self.institution),
                index == self.discourse.focus,
                entity.last_seen,
            )
            if score and rank > best_rank:
                best, best_rank = index, rank
        return best
