"""Where: cities, venues and countries that a preposition puts something in.

"in Baku", "at Camp David", "at the Presidential Palace in Tashkent", "in the Kazakh capital". The
span is the shortest that names the place; adjectives ("a Swedish minister") are no places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .lexicon import Lexicon, Name
from .text import Sentence, Text

_PREPOSITIONS = frozenset({"in", "at", "to", "from", "near", "outside", "inside", "into"})
_ARTICLES = frozenset({"the", "his", "her", "their", "its"})
# Last words of a capitalized run that is a building or a site.
_VENUES = frozenset(
    "Palace House Hall Centre Center Hotel Airport Base Residence Office Castle Headquarters Villa "
    "Club Mansion Pavilion Tower Court Fort Embassy Ministry Academy University Square".split()
)
_SEATS = frozenset({"capital", "city", "town", "resort", "village", "port"})
_VENUE_KINDS = frozenset({"venue", "seat", "building", "residence"})
# Capitalized words behind "in" that are no towns.
_NO_TOWNS = frozenset(
    "Parliament Congress Senate Cabinet Government State House Internet English French Russian "
    "Arabic Spanish Chinese German January February March April May June July August September "
    "October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring "
    "Summer Autumn Winter Article Chapter Christmas Ramadan Easter East West North South Earth "
    "God Christ Islam Parliamentary Supreme Mr Mrs Ms Dr".split()
)
_MAX_RUN = 6


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place: tokens [first, last), kind city, venue or country, ISO country or None.

    `preposition` is the word before it, "" where it opens a list's next item.
    """

    first: int
    last: int
    kind: str
    code: str | None
    preposition: str


def find_places(
    text: Text,
    sentence: Sentence,
    lexicon: Lexicon,
    persons: frozenset[int] = frozenset(),
    towns: Mapping[str, str | None] = MappingProxyType({}),
) -> list[PlaceMention]:
    """Places of a sentence in order.

    `persons` are tokens known to be parts of persons' names; `towns` are lower-case names that this
    article itself tells to be towns (its dateline's), with their countries.
    """
    finder = _Finder(text, sentence, lexicon, persons, towns)
    places: list[PlaceMention] = []
    i = sentence.first
    while i < sentence.last:
        found = None
        if text.lows[i] in _PREPOSITIONS:
            found = finder.governed(i)
        elif places and text.lows[i] in (",", "and"):
            found = finder.next_item(i, places[-1])
        if found is None:
            i += 1
            continue
        places.append(found)
        i = found.last
    return places


class _Finder:
    def __init__(
        self,
        text: Text,
        sentence: Sentence,
        lexicon: Lexicon,
        persons: frozenset[int],
        towns: Mapping[str, str | None],
    ) -> None:
        self.towns = towns
        self.text, self.end, self.lexicon, self.persons = text, sentence.last, lexicon, persons
        self.words, self.lows = text.words, text.lows

    def governed(self, i: int) -> PlaceMention | None:
        """The place behind the preposition at token i."""
        j = i + 1
        while j < self.end and self.lows[j] in _ARTICLES:
            j += 1
        if j >= self.end:
            return None
        return self._at(j, self.lows[i], i + 1)

    def next_item(self, i: int, before: PlaceMention) -> PlaceMention | None:
        """A place after 'and' or a comma that goes on with the list before it."""
        j = i + 1
        if before.last > i or j >= self.end:
            return None
        if self.lows[i] == "," and self.lows[j] == "and":
            j += 1
        while j < self.end and self.lows[j] in _ARTICLES:
            j += 1
        known = self._known(j) if j < self.end else None
        if known is None or (known[1].kind == "country" and known[1].code == before.code):
            return None  # "Springwell, Canada" is one place
        return self._at(j, before.preposition, j)

    def _known(self, j: int) -> tuple[int, Name] | None:
        found = self.lexicon.names.longest(self.words, j)
        return found if found and found[1].kind in ("place", "country") else None

    def _at(self, j: int, preposition: str, first: int) -> PlaceMention | None:
        found = self.lexicon.names.longest(self.words, j)
        seat = found and j + found[0] < self.end and self.lows[j + found[0]] in _SEATS
        if found and (found[1].kind == "adjective" or (found[1].kind == "country" and seat)):
            return self._seat(j, found, preposition, first)
        if self.words[j][0].islower():
            return self._described_town(j, preposition)
        if not self.words[j][0].isupper() or j in self.persons:
            return None
        venue = self._venue(j, preposition)
        if venue is not None:
            return venue
        if found and found[1].kind in ("place", "country"):
            return self._known_place(j, found, preposition)
        return self._unknown(j, preposition)

    def _known_place(
        self, j: int, found: tuple[int, Name], preposition: str
    ) -> PlaceMention | None:
        last, name = j + found[0], found[1]
        if last < self.end and (self.lows[last] == "'s" or self._goes_on(last)):
            return self._owned_seat(j, last, name, preposition)
        kind = "country" if name.kind == "country" else "city"
        if name.detail in _VENUE_KINDS:
            kind = "venue"
        code, last = self._country_after(last, name.code)
        end = j + found[0]
        return PlaceMention(j, end, kind, code or name.code, preposition)

    def _goes_on(self, last: int) -> bool:
        """'in Washington State officials': a capitalized word goes on with the name."""
        word = self.words[last]
        return word[0].isupper() and word in _VENUES

    def _owned_seat(self, j: int, last: int, name: Name, preposition: str) -> PlaceMention | None:
        """'in France's capital', 'at Madrid's royal palace'."""
        if self.lows[last] != "'s":
            return None
        k = last + 1
        while k < self.end and k < last + 4:
            if self.lows[k] in _SEATS or self.lows[k].capitalize() in _VENUES:
                kind = "city" if self.lows[k] in _SEATS or name.kind == "place" else "venue"
                return PlaceMention(
                    j,
                    last if kind == "city" and name.kind == "place" else k + 1,
                    kind,
                    name.code,
                    preposition,
                )
            k += 1
        return None

    def _seat(
        self, j: int, found: tuple[int, Name], preposition: str, first: int
    ) -> PlaceMention | None:
        """'in the Kazakh capital (of Astana)'."""
        k = j + found[0]
        if k >= self.end or self.lows[k] not in _SEATS:
            return None
        k += 1
        if k < self.end and self.lows[k] == "of":
            k += 1
        named = self._known(k) if k < self.end else None
        if named and named[1].kind == "place":
            return PlaceMention(k, k + named[0], "city", found[1].code, preposition)
        if self.lows[k - 1] == "of":
            k -= 1
        return PlaceMention(first, k, "city", found[1].code, preposition)

    def _described_town(self, j: int, preposition: str) -> PlaceMention | None:
        """'in the southern city of Basra', 'in the capital, Doha', 'in the capital Doha'."""
        k = j
        while k < min(j + 4, self.end) and self.lows[k] not in _SEATS:
            if not self.words[k][0].islower() or self.lows[k] in _PREPOSITIONS:
                return None
            k += 1
        if k + 1 >= min(j + 5, self.end) or self.lows[k] not in _SEATS:
            return None
        k += 1 + (self.lows[k + 1] in ("of", ","))
        named = self._known(k) if k < self.end else None
        if named and named[1].kind == "place":
            return PlaceMention(k, k + named[0], "city", named[1].code, preposition)
        return self._unknown(k, "in") if k < self.end and self.words[k][0].isupper() else None

    def _venue(self, j: int, preposition: str) -> PlaceMention | None:
        """'the Presidential Palace', 'Camp Example Base': a run that ends in a venue word."""
        k, last_venue = j, 0
        while k < self.end and k - j < _MAX_RUN and self.words[k][0].isupper():
            k += 1
            if self.words[k - 1] in _VENUES:
                last_venue = k
        if not last_venue or last_venue == j + 1:
            return None
        hall = self.words[last_venue - 1] == "House"
        of = last_venue < self.end and self.lows[last_venue] == "of"
        if hall and (of or "-" in self.words[last_venue - 2]):
            return None  # a chamber of parliament
        found = self.lexicon.names.longest(self.words, j)
        if found and j + found[0] >= last_venue and found[1].kind == "organization":
            code = found[1].code
        else:
            code = found[1].code if found else None
        return PlaceMention(j, last_venue, "venue", code, preposition)

    def _unknown(self, j: int, preposition: str) -> PlaceMention | None:
        """A capitalized word that no seed knows, where ', Country' or 'in' says it is a town."""
        if preposition not in ("in", "near", "at", "to"):
            return None
        k = j
        while k < self.end and k - j < 3 and self.words[k][0].isupper() and k not in self.persons:
            k += 1
        code, _ = self._country_after(k, self.towns.get(" ".join(self.lows[j:k])))
        if k == j or (code is None and not self._is_town(j, k, preposition)):
            return None
        return PlaceMention(j, k, "city", code, preposition)

    def _is_town(self, j: int, k: int, preposition: str) -> bool:
        """Whether an unknown capitalized word behind "in" may be a town."""
        if preposition != "in" or k - j > 2 or (k < self.end and self.words[k][0].isupper()):
            return False
        run = self.words[j:k]
        known = any(word in self.lexicon.org_words or word in _NO_TOWNS for word in run)
        titled = any(self.lexicon.offices.longest(self.lows, i) for i in range(j, k))
        return (
            not known and not titled and all(word.isalpha() and not word.isupper() for word in run)
        )

    def _country_after(self, k: int, code: str | None) -> tuple[str | None, int]:
        """The country in 'Springfield, Country' at token k, and the token behind it."""
        if k + 1 < self.end and self.lows[k] == ",":
            found = self._known(k + 1)
            if found and found[1].kind == "country":
                return found[1].code, k + 1 + found[0]
        return code, k
