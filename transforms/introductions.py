"""Officials who are described first and named next: "X's trade negotiator said so. …, Y said."

Wires open with the office ("Georgia's interior minister said on Monday …") and give the name in the
next sentence with no word of who that is. It is the same person if the office is one that a country
has once, the name is new, says something and is introduced in no other way, and nobody else is
described or newly named between the two.
"""

from __future__ import annotations

from .counterparts import names_counterpart
from .entities import Cast, Entity, enrich
from .lexicon import Lexicon
from .mentions import Mention
from .text import Text

# Offices that a country has once at a time, so that the next new name can be their holder's.
_INTRODUCED = frozenset(
    "head_of_state head_of_government foreign_minister defense_minister finance_minister "
    "interior_minister trade_minister energy_minister justice_minister minister envoy ambassador "
    "central_banker speaker_of_parliament".split()
)
_WITHIN = 2  # sentences from the office to the name


def introduce(text: Text, lexicon: Lexicon, cast: Cast) -> None:
    """Unite each official who is only described with the person who is named next."""
    first_of: dict[int, Mention] = {}
    for mention in cast.mentions:
        if mention.entity >= 0:
            first_of.setdefault(mention.entity, mention)
    described: Mention | None = None
    united: dict[int, int] = {}
    for mention in cast.mentions:
        if mention.entity < 0 or mention.quoted:
            continue
        entity = cast.of(mention)
        if names_counterpart(mention) and mention.kind == "office":
            continue
        new = first_of[mention.entity] is mention
        if _is_described(mention, entity):
            rival = described is not None and described.entity != mention.entity
            described = mention if new and not rival else None
        elif new and entity.kind in ("person", "name") and described is not None:
            near = mention.sentence - described.sentence
            if 0 < near <= _WITHIN and _is_bare(text, lexicon, mention, entity):
                united[described.entity] = mention.entity
                enrich(entity, described)
                entity.kind = "person"
            described = None
    for served, superior, name in zip(
        cast.mentions, cast.mentions[1:], cast.mentions[2:], strict=False
    ):
        if first_of.get(name.entity) is name and _serves(text, cast, served, superior, name):
            united[served.entity] = name.entity
            served.country = served.country or cast.of(superior).country
            enrich(cast.of(name), served)
            cast.of(name).kind, cast.of(name).owner = "person", superior.entity
    for mention in cast.mentions if united else ():
        mention.entity = united.get(mention.entity, mention.entity)


def _serves(text: Text, cast: Cast, served: Mention, superior: Mention, name: Mention) -> bool:
    """'The adviser to President X, Y, said': Y is the adviser."""
    if served.entity < 0 or superior.entity < 0 or name.entity < 0 or served.kind != "office":
        return False
    bare = not cast.of(name).role and len(cast.of(name).words) > 1 and not cast.of(served).words
    serves = served.role_code in ("adviser", "spokesperson") and superior.role is not None
    return (
        bare
        and serves
        and text.lows[served.last : superior.first] in (["to"], ["of"])
        and text.lows[superior.last : name.first] == [","]
        and text.lows[name.last : name.last + 1] == [","]
    )


def _is_described(mention: Mention, entity: Entity) -> bool:
    """'Georgia's interior minister': one official, known by his office alone."""
    alone = mention.kind == "office" and not mention.plural and not entity.words
    one = alone and entity.kind == "person" and "former" not in mention.modifiers
    return one and mention.country is not None and mention.role_code in _INTRODUCED


def _is_bare(text: Text, lexicon: Lexicon, mention: Mention, entity: Entity) -> bool:
    """A full name with no word of who that is, beside a verb of speech."""
    if entity.role or entity.country or entity.organization or len(entity.words) < 2:
        return False
    if mention.tail > mention.last or mention.last >= len(text.lows) or mention.first == 0:
        return False
    behind = lexicon.cues.longest(text.lows, mention.last)
    before = lexicon.cues.longest(text.lows, mention.first - 1)
    return behind is not None or (before is not None and text.lows[mention.last] in (".", ","))
