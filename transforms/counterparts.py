"""Counterparts: who holds the same office for another country ("his Georgian counterpart X").

The word names no office of its own; it takes the office of the person that it is said of: the
possessor, or else the person who stands before it in the sentence.
"""

from __future__ import annotations

from .entities import COUNTERPARTS, Cast, Entity, head_word
from .mentions import Mention
from .text import Text

_TOWARDS = frozenset("from to with by between and met received telephoned called".split())
_OWNERS = frozenset({"his", "her", "their", "its"})


def names_counterpart(mention: Mention) -> bool:
    """Whether a mention says no more of a person than that he is somebody's counterpart."""
    return head_word(mention.role) in COUNTERPARTS


def match_counterparts(text: Text, cast: Cast) -> None:
    """Give each counterpart whose own office the text never names the office of the other side.

    The printed word stays as `role` where nothing better is known; `role_code` is the other's.
    """
    for mentions in cast.by_sentence:
        for mention in mentions:
            if not names_counterpart(mention) or mention.plural:
                continue
            entity = cast.of(mention)
            if entity.role is not None or entity.kind != "person":
                continue
            other = _other_side(text, cast, mention, mentions)
            entity.role = mention.role
            entity.role_code = other.role_code if other is not None else mention.role_code


def _other_side(text: Text, cast: Cast, mention: Mention, sentence: list[Mention]) -> Entity | None:
    """The officer before the mention; the nearest where another names the owner, else the first."""
    before = [
        cast.of(m)
        for m in sentence
        if m.last <= mention.first and not m.quoted and cast.of(m) is not cast.of(mention)
    ]
    officers = [e for e in before if e.kind == "person" and e.role_code and e.role]
    if not officers:
        return None
    owned = mention.first < len(text.lows) and text.lows[mention.first] in _OWNERS
    return officers[0] if owned else officers[-1]


def colleagues(text: Text, mention: Mention, sentence: list[Mention]) -> set[int]:
    """Persons who act on the holder of an office that a sentence names with its country.

    "X, Minister of Foreign Affairs, received a call from the foreign minister of Iran": two
    persons; "X spoke as the foreign minister of Iran": one.
    """
    lows = text.lows
    behind = mention.first > 0 and lows[mention.first - 1] in _TOWARDS
    if not mention.country or not behind:
        return set()
    return {
        m.entity
        for m in sentence
        if m.last <= mention.first and m.kind == "person" and m.role and m.entity >= 0
    }
