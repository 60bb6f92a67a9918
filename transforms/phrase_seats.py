"""Where a group, a source or a body sits: "prosecutors in Oslo", "the embassy in Baku"."""

from __future__ import annotations

from .mentions import Mention
from .phrase_offices import Offices
from .phrase_words import ARTICLES

# Groups that "in X" tells apart: "prosecutors in Oslo", but not "people in Oslo".
_SEATED = frozenset(
    "officials prosecutors authorities lawmakers police groups organisations organizations "
    "representatives diplomats judges investigators unions churches".split()
)
_SOURCES = frozenset({"source", "sources", "official", "officials"})
_MISSIONS = frozenset({"embassy", "consulate", "mission", "consulate-general"})
_SEATED_BODIES = frozenset({"ministry", "government", "parliament", "police", "authorities"})


class Seats(Offices):
    """Reads the "in X" behind groups and bodies into the mention that is being built."""

    def seat_of_group(self, j: int, last: int, mention: Mention) -> int:
        """'prosecutors in Manhattan', 'groups from Sudan': a group by where it is."""
        if mention.country or j + 1 >= last or self.lows[j] not in ("in", "from", "of"):
            return j
        if self.lows[j - 1] in _SOURCES and self.lows[j] == "in":
            return self._source_in(j, last, mention)
        if mention.organization or self.lows[j - 1] not in _SEATED:
            return j
        k = j + 2 if self.lows[j + 1] in ARTICLES and j + 2 < last else j + 1
        found = self.lexicon.names.longest(self.words, k)
        if not found or found[1].kind not in ("country", "place") or not found[1].code:
            return j
        end = k + found[0]
        if end < last and (self.words[end][0].isupper() or self.lows[end] in ("'s", "and")):
            return j
        mention.country = found[1].code
        return end

    def _source_in(self, j: int, last: int, mention: Mention) -> int:
        """'a source in the Georgian air force': where it sits says whose it is."""
        k = j + 2 if self.lows[j + 1] in ARTICLES and j + 2 < last else j + 1
        found = self.lexicon.names.longest(self.words, k)
        if not found or found[1].kind != "adjective" or not found[1].code:
            return j
        group = self.lexicon.group_nouns.longest(self.lows, k + found[0])
        if group is None or group[1] != "organization":
            return j
        mention.country = found[1].code
        return k + found[0] + group[0]

    def seat_of_body(self, j: int, last: int, mention: Mention) -> int:
        """'the ministry in Moscow' is Russia's; 'the Georgian embassy in Oslo' stays Georgia's."""
        if j + 1 >= last or self.lows[j] != "in":
            return j
        found = self.lexicon.names.longest(self.words, j + 1)
        if not found or found[1].kind != "place" or not found[1].code:
            return j
        if self.lows[j - 1] in _MISSIONS and mention.country:
            end = j + 1 + found[0]
            return j if end < last and self.lows[end] == "'s" else end
        if self.lows[j - 1] in _SEATED_BODIES and mention.country is None:
            mention.country = found[1].code
        return j
