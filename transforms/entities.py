"""The persons, bodies, countries and groups of one article, and what is known of each."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from .mentions import Mention

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans("ıłøđŁØĐ", "ilodLOD")
_PAST = frozenset({"former", "late", "then"})  # what says that an office is held no more
# No office of its own: see counterparts.py.
COUNTERPARTS = frozenset(
    {"counterpart", "counterparts", "colleague", "colleagues", "peer", "peers"}
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_GENDERS = {"Mr.": "m", "Mr": "m", "Mrs.": "f", "Mrs": "f", "Ms.": "f", "Ms": "f", "Sir": "m"}


@dataclass(slots=True)
class Entity:
    """One person, body, country or group of the article; `name` is its fullest form."""

    name: str
    kind: str
    role: str | None = None
    role_code: str | None = None
    country: str | None = None
    organization: str | None = None
    gender: str | None = None
    former: bool = False
    plural: bool = False
    last_seen: int = -1  # index of its latest mention
    words: tuple[str, ...] = ()
    owner: int = -1  # index of whom it belongs to: "X's office"
    also: set[str] = field(default_factory=set)  # further offices, as `office_key` writes them


@dataclass(slots=True)
class Cast:
    """All mentions in order, their entities, and the mentions of each sentence."""

    mentions: list[Mention]
    entities: list[Entity]
    by_sentence: list[list[Mention]] = field(default_factory=list)

    def of(self, mention: Mention) -> Entity:
        """The entity that a mention was resolved to."""
        return self.entities[mention.entity]


def fold(name: str) -> str:
    """A name without case and accents, for comparison."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def name_words(name: str) -> tuple[str, ...]:
    """The words by which a personal name is compared: folded, without dots and "Jr."."""
    words = fold(name).replace(".", "").replace(",", "").split()
    while len(words) > 2 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


def gender_of(mention: Mention) -> str | None:
    """m or f by the honorific printed before the name, else None."""
    return _GENDERS.get(mention.honorific)


def same_person(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Same surname, and given names that do not differ ("Donald J. Trump", "Donald Trump")."""
    if len(known) == 1 or len(words) == 1:
        return True
    a, b = known[0], words[0]
    if a == b or (a[0] == b[0] and (len(a) == 1 or len(b) == 1)):
        return True
    return len(a) > 4 and len(b) > 4 and a[0] == b[0] and _spelt_alike(a, b)


def _spelt_alike(a: str, b: str) -> bool:
    """One name spelt in two ways ("Aleksandar", "Alexandar"): at most two letters apart."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return max(len(a), len(b)) <= 2 and abs(len(a) - len(b)) <= 1 and start + len(a) > 3


def enrich(entity: Entity, mention: Mention) -> None:
    """Add to an entity what one mention says of it; what is known stays."""
    if mention.plural and mention.name is None:
        entity.country = entity.country or mention.country
        entity.organization = entity.organization or mention.organization
        return
    if entity.role and mention.role and mention.role != entity.role:
        entity.also.add(office_key(mention))
    counterpart = head_word(mention.role) in COUNTERPARTS and entity.kind == "person"
    if (
        mention.role
        and not counterpart
        and (entity.role is None or entity.role_code in (None, "military_officer"))
    ):
        if entity.role is None or mention.role_code != "military_officer":
            entity.role, entity.role_code = mention.role, mention.role_code
        entity.former = bool(_PAST & mention.modifiers)
    entity.country = entity.country or mention.country
    entity.organization = entity.organization or mention.organization
    entity.gender = entity.gender or gender_of(mention)


def head_word(role: str | None) -> str:
    """The word that names the rank: 'minister' of 'Minister of Defense', of 'defense minister'."""
    if not role:
        return ""
    words = role.lower().replace("-", " ").split()
    for stop in ("of", "for", "to"):
        if stop in words[1:]:
            words = words[: words.index(stop)]
    return words[-1]


def office_key(mention: Mention) -> str:
    """An office with its body, folded: "chair of the African Union"; its holder may have others."""
    role = fold(mention.role or "").replace("person", "").replace("woman", "").replace("man", "")
    body = fold(mention.organization or "")
    return role if not body or body in role else f"{role} of {body}"


def codes_differ(entity: Entity, mention: Mention) -> bool:
    """'the finance minister' is not the foreign minister, but 'the minister' may be either."""
    return len((mention.role or "").split()) > 1 and entity.role_code != mention.role_code
