"""Whose country an official's is by the phrase that he stands in: his colleague's, his superior's.

"Georgian Foreign Minister A and Defense Minister B", "the Georgian counterpart A, Trade Minister B
and Transport Minister C", "the Georgian minister appointed by President-elect D".
"""

from __future__ import annotations

from .entities import COUNTERPARTS, Cast, Entity, head_word
from .mentions import Mention
from .text import Text

MINISTERS = frozenset(
    "foreign_minister defense_minister finance_minister interior_minister trade_minister "
    "energy_minister justice_minister minister deputy_minister".split()
)
_HEADS = frozenset({"head_of_state", "head_of_government"})
_PUT_INTO_OFFICE = frozenset(
    "appointed named nominated chosen picked designated sent dismissed sacked".split()
)
_OF_A_SUPERIOR = frozenset({"to", "of", "for"})
_PHRASE = 8  # tokens at most from an official to the superior that his phrase names
_STAFF = MINISTERS | frozenset({"security_official", "adviser", "chief_of_staff", "executive"})
_MET = frozenset({"with", "met", "meets", "meeting", "by", "received", "called", "hosted"})
_LISTING = frozenset({",", ";", "and", "as", "well", "&"})


class Relations:
    """The mentions of an article, each beside the one before it."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.text, self.cast = text, cast
        pairs = list(zip(cast.mentions, cast.mentions[1:], strict=False))
        self.previous = {m.first: b for b, m in pairs}
        self.following = {b.first: m for b, m in pairs}
        self.beside = {m.first: b for b, m in pairs if b.last <= m.first <= b.tail + 1}
        self.lists: dict[int, str] = {}  # the country of the list that a mention stands in

    def colleague(self, entity: Entity, mention: Mention) -> str | None:
        """The country of the official just before: "Georgian Foreign Minister A and Minister B"."""
        before = self.beside.get(mention.first)
        if entity.role_code in _HEADS or mention.determiner:
            return None
        if before is None:
            return self._listed(entity, mention)
        other = self.cast.of(before)
        printed = before.country is not None and other.kind == "person" and before.role is not None
        between = self.text.lows[before.tail : mention.first]
        if printed and between == ["and"] and entity.role_code != other.role_code:
            return before.country
        return self._listed(entity, mention)

    def _listed(self, entity: Entity, mention: Mention) -> str | None:
        """The country of a list of ministers: "his Georgian counterpart A, Trade Minister B and …".

        Only its first member's is printed; the list is of one country if no office comes twice.
        """
        before = self.previous.get(mention.first)
        if before is None or before.role is None or entity.role_code not in _STAFF:
            return None
        between = self.text.lows[before.last : mention.first]
        if mention.country or not between or not _LISTING.issuperset(between):
            return None
        if between == [","] and not self._goes_on(mention):
            return None  # "he met Georgian Minister A, Minister B said"
        if before.role_code not in _STAFF and head_word(before.role) not in COUNTERPARTS:
            return None
        if head_word(before.role) not in COUNTERPARTS and before.role == mention.role:
            return None
        if before.country is not None and self.cast.of(before).words:
            self.lists[mention.first] = before.country
        elif before.first in self.lists:
            self.lists[mention.first] = self.lists[before.first]
        return self.lists.get(mention.first)

    def _goes_on(self, mention: Mention) -> bool:
        """Whether another official stands behind the mention in the same list."""
        after = self.following.get(mention.first)
        if after is None or after.role is None or after.sentence != mention.sentence:
            return False
        between = self.text.lows[mention.last : after.first]
        return bool(between) and _LISTING.issuperset(between)

    def side(self, mention: Mention) -> str | None:
        """The country of the group beside which one is met: "with President X and French aides"."""
        after = self.following.get(mention.first)
        if after is None or after.country is None or mention.country or mention.role is None:
            return None
        met = mention.first > 0 and self.text.lows[mention.first - 1] in _MET
        group = after.plural and after.kind in ("group", "unnamed")
        joined = self.text.lows[mention.last : after.first] == ["and"]
        return after.country if met and group and joined else None

    def superior(self, mention: Mention) -> str | None:
        """The country of whose phrase goes on: "the Georgian minister appointed by President X"."""
        before = self.previous.get(mention.first)
        if before is None or before.sentence != mention.sentence or before.entity < 0:
            return None
        between = self.text.lows[before.last : mention.first]
        if not between or len(between) > _PHRASE or mention.country or mention.determiner:
            return None
        country = before.country or self.cast.of(before).country
        if between[-1] == "by" and between[-2:-1] and between[-2] in _PUT_INTO_OFFICE:
            return country if between[0] in (",", between[-2]) else None
        serves = before.role_code in ("adviser", "spokesperson", "official")
        return country if serves and len(between) == 1 and between[0] in _OF_A_SUPERIOR else None
