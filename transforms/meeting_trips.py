"""Journeys: who goes where and when, as the sentences around a meeting tell.

"X will travel to Rome on Monday", "arrived in Oslo", "who is on a visit to Norway", "during his
visit to Bonn". The meetings of a journey often stand in sentences that name neither town nor day.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .dates import Anchor, DateMention, ResolvedDate, resolve_date
from .lexicon import Lexicon
from .mentions import Mention
from .people import Cast
from .places import PlaceMention
from .text import Text
from .topics import Range

TRAVEL = frozenset(
    "travel travels traveled travelled traveling travelling fly flies flew arrive arrives arrived "
    "arriving land landed go goes went head heads headed depart departs visiting visit visits "
    "visited".split()
)
_VISITS = frozenset("visit trip tour stay stopover".split())
_BEING = frozenset({"is", "was", "are", "were"})
_VISIT_VERBS = frozenset({"visit", "visits", "visited", "visiting"})
_AHEAD = frozenset("will to planned upcoming scheduled plans plan".split())
_PERSONS = frozenset({"person", "office", "pronoun"})
_REACH = 6  # tokens from the verb to the town


@dataclass(slots=True)
class Trip:
    """A journey: who, where to, when; `status` held or planned."""

    traveller: int
    sentence: int
    status: str
    place: Range | None
    code: str | None
    date: ResolvedDate | None
    date_span: Range | None


class TripReader:
    """Collects the journeys of one article, sentence by sentence."""

    def __init__(self, text: Text, cast: Cast, anchor: Anchor, lexicon: Lexicon) -> None:
        self.text, self.cast, self.anchor, self.lexicon = text, cast, anchor, lexicon
        self.found: list[Trip] = []
        self.author: int | None = None

    def tells_of_one(self, number: int) -> bool:
        """Whether a sentence has a word for a journey."""
        sentence = self.text.sentences[number]
        words = self.text.lows[sentence.first : sentence.last]
        stays = any(one in _BEING and two == "in" for one, two in pairwise(words))
        return stays or not TRAVEL.isdisjoint(words) or not _VISITS.isdisjoint(words)

    def read(
        self,
        number: int,
        places: list[PlaceMention],
        dates: list[DateMention],
        author: int | None,
    ) -> None:
        """Keep the journeys that a sentence tells of; `author` is whom "I" means."""
        self.author = author
        sentence = self.text.sentences[number]
        for j in range(sentence.first, sentence.last):
            low = self.text.lows[j]
            visited = self._visited_at(j + 1) if low in _VISIT_VERBS else []
            if visited:
                self._keep(number, j, visited, dates)
            elif low in TRAVEL and low not in _VISIT_VERBS:
                near = [p for p in places if j < p.first <= j + _REACH]
                towns = [p for p in near if p.kind == "city"]
                self._keep(number, j, (towns or near or self._arrived_at(j, places))[:1], dates)
            elif low in _VISITS:
                self._keep(number, j, self._visited(j, places), dates)
            elif low in _BEING:
                self._keep(number, j, self._stays(j, places), dates)

    def _visited_at(self, j: int) -> list[PlaceMention]:
        """The town or country that is the object of "visit"."""
        j += j < len(self.text.lows) and self.text.lows[j] == "the"
        found = self.lexicon.names.longest(self.text.words, j)
        if found is None or found[1].kind not in ("place", "country"):
            return []
        kind = "country" if found[1].kind == "country" else "city"
        return [PlaceMention(j, j + found[0], kind, found[1].code, "")]

    def _arrived_at(self, j: int, places: list[PlaceMention]) -> list[PlaceMention]:
        """The place in 'in Rome, where he arrived'."""
        for k in range(j - 1, max(0, j - _REACH), -1):
            if self.text.lows[k] == "where":
                end = k - (self.text.lows[k - 1] == ",")
                return [p for p in places if p.last == end]
        return []

    def add_programme(
        self, traveller: int, number: int, place: PlaceMention, day: tuple[ResolvedDate, Range]
    ) -> None:
        """'X held several meetings in Rome on Friday': those told behind it are of that day."""
        town = (place.first, place.last) if place.kind != "country" else None
        self.found.append(Trip(traveller, number, "held", town, place.code, *day))

    def _stays(self, j: int, places: list[PlaceMention]) -> list[PlaceMention]:
        """The place in 'who is in Rome for a conference'."""
        if self.text.lows[j + 1 : j + 2] != ["in"]:
            return []
        near = [p for p in places if p.first == j + 2]
        return [p for p in near if self.text.lows[p.last : p.last + 1] in (["for"], ["to"], ["on"])]

    def _visited(self, j: int, places: list[PlaceMention]) -> list[PlaceMention]:
        """The place in 'visit to Rome' or, before the noun, 'is in Rome for a visit'."""
        behind = [p for p in places if j < p.first <= j + 3 and p.preposition == "to"]
        before = [p for p in places if p.preposition == "in" and 0 < j - p.last <= 5]
        return behind[:1] or before[-1:]

    def _keep(
        self, number: int, j: int, places: list[PlaceMention], dates: list[DateMention]
    ) -> None:
        traveller = self._traveller(number, j)
        if traveller is None or (not places and self.text.lows[j] in _VISITS | _BEING):
            return
        speaks = self.text.lows[traveller.first] == "i" and self.author is not None
        first = self.text.sentences[number].first
        planned = bool(_AHEAD & set(self.text.lows[max(first, j - 3) : j]))
        planned = planned or "will" in self.text.lows[max(first, j - _REACH) : j]
        place = places[0] if places else None
        resolved, span = self._date(j, dates) if planned else (None, None)
        town = place is not None and place.kind != "country"
        self.found.append(
            Trip(
                self.author if speaks and self.author is not None else traveller.entity,
                number,
                "planned" if planned else "held",
                (place.first, place.last) if place and town else None,
                place.code if place else None,
                resolved,
                span,
            )
        )

    def _traveller(self, number: int, j: int) -> Mention | None:
        """The nearest person before the word that may be one, else the first behind it."""
        persons = [m for m in self.cast.by_sentence[number] if m.kind in _PERSONS]
        before = [m for m in persons if m.last <= j]
        if not before:
            return next((m for m in persons if m.first > j), None)
        if self.text.lows[j] in TRAVEL:
            return before[0] if "," not in self.text.lows[before[-1].last : j] else before[-1]
        named = [m for m in before if m.kind != "pronoun"]
        return (named or before)[-1]

    def _date(self, j: int, dates: list[DateMention]) -> tuple[ResolvedDate | None, Range | None]:
        for mention in dates:
            if mention.first > j:
                resolved = resolve_date(mention, self.anchor, "future")
                if resolved:
                    return resolved, (mention.first, mention.last)
        return None, None
