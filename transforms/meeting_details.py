"""When, where and in what form: what the sentence of a trigger says beside who met whom.

A sentence with two triggers is divided between them; days that belong to "said on Friday" and
places that belong to a topic are left to those. Journeys ("will travel to X on Monday") are kept,
since the meetings of a journey often stand in sentences that name neither town nor day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from .attribution import Scene
from .dates import Anchor, DateMention, ResolvedDate, find_dates, resolve_date
from .lexicon import Lexicon
from .meeting_parties import PartyFinder
from .meeting_triggers import CLAUSE_ENDS, Trigger
from .phrases import Phrases, words_of
from .places import PlaceMention, find_places
from .records import Article
from .text import Text
from .topics import Range, compile_topics, complement_topics

_REPORTING = frozenset(
    "said says told announced reported tweeted wrote added posted released published issued "
    "statement reporters journalists reuters took".split()
)
_TRAVEL = frozenset(
    "travel travels traveled travelled traveling travelling fly flies flew arrive arrives arrived "
    "land landed go goes went head heads headed depart departs".split()
)
_STATIC = frozenset({"in", "at", "near", "outside", "inside"})
_PHONE_WORDS = frozenset({"phone", "telephone", "phoned", "telephoned"})
_VIDEO_WORDS = frozenset({"virtually", "video", "videoconference", "zoom"})
_GUEST_WORDS = frozenset({"guest", "guests", "visiting"})


@dataclass(slots=True)
class Details:
    """What one trigger's part of the sentence says."""

    date: ResolvedDate | None = None
    date_span: Range | None = None
    place: Range | None = None
    place_country: str | None = None
    venue: Range | None = None
    format: Range | None = None
    by_phone: bool = False
    by_video: bool = False
    reported_by: Range | None = None
    topics: list[Range] = field(default_factory=list)


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


class DetailReader:
    """Reads the details of one article's triggers; `open` a sentence before asking for them."""

    def __init__(
        self, text: Text, article: Article, lexicon: Lexicon, scene: Scene, first: int
    ) -> None:
        self.text, self.article, self.lexicon, self.scene = text, article, lexicon, scene
        published = article.published_at.date() if article.published_at else None
        self.anchor = Anchor(article.dateline_date, published)
        self.first = first
        self.topics = compile_topics(lexicon)
        self.formats = _formats(lexicon)
        self.trips: list[Trip] = []
        self.has_guests = bool(_GUEST_WORDS.intersection(text.lows)) or self._visits_home()
        self.number = -1
        self.bounds: list[int] = []
        self.finder: PartyFinder | None = None
        self._dates: list[DateMention] | None = None
        self._places: list[PlaceMention] | None = None

    def _visits_home(self) -> bool:
        """'his visit to X' where X is the dateline's country."""
        lows, words = self.text.lows, self.text.words
        home = self.article.dateline_country
        for i in range(len(lows) - 2):
            if lows[i] == "visit" and lows[i + 1] == "to" and home:
                found = self.lexicon.names.longest(words, i + 2)
                if found and found[1].code == home:
                    return True
        return False

    # --- sentences --------------------------------------------------------------------------------
    def open(self, number: int, triggers: list[int], finder: PartyFinder) -> None:
        """Turn to a sentence whose triggers stand at the given tokens."""
        self.number, self.bounds, self.finder = number, triggers, finder
        self._dates = self._places = None
        sentence = self.text.sentences[number]
        if _TRAVEL.intersection(self.text.lows[sentence.first : sentence.last]):
            self._read_trip()

    @property
    def dates(self) -> list[DateMention]:
        """Dates of the sentence that do not belong to a cue or to the dateline."""
        if self._dates is None:
            sentence = self.text.sentences[self.number]
            found = find_dates(self.text, sentence, self.lexicon)
            self._dates = [d for d in found if d.first >= self.first and not self._of_cue(d)]
        return self._dates

    @property
    def places(self) -> list[PlaceMention]:
        """Places of the sentence."""
        if self._places is None:
            sentence = self.text.sentences[self.number]
            people = frozenset(
                token
                for m in self.scene.cast.by_sentence[self.number]
                if m.kind in ("person", "office")
                for token in range(m.first, m.last)
            )
            self._places = find_places(self.text, sentence, self.lexicon, people)
        return self._places

    def _of_cue(self, mention: DateMention) -> bool:
        """'said on Friday', 'told Reuters late on Friday', 'Wednesday reported'."""
        lows = self.text.lows
        j = mention.first - 1
        sentence = self.text.sentences[self.number]
        while j >= sentence.first and lows[j] in ("on", "late", "early", "in", "a", "evening"):
            j -= 1
        near = lows[max(sentence.first, j - 1) : j + 1]
        return bool(near) and (near[-1] in _REPORTING or near[0] in ("told", "took"))

    # --- one trigger ------------------------------------------------------------------------------
    def of(self, trigger: Trigger) -> Details:
        """The details of one trigger of the open sentence."""
        details = Details()
        low, high = self._domain(trigger)
        self._add_date(trigger, details, low, high)
        self._add_place(trigger, details, low, high)
        words = set(self.text.lows[low:high])
        details.by_phone = bool(words & _PHONE_WORDS)
        details.by_video = bool(words & _VIDEO_WORDS)
        details.format = self._format(trigger, low, high)
        details.reported_by = self._reporter()
        sentence = self.text.sentences[self.number]
        if trigger.shape == "noun":
            details.topics = complement_topics(self.text, sentence, trigger.last, self.topics)
        return details

    def _domain(self, trigger: Trigger) -> Range:
        """Tokens of the sentence that speak of this trigger and of no other."""
        sentence = self.text.sentences[self.number]
        before = [b for b in self.bounds if b < trigger.first]
        after = [b for b in self.bounds if b > trigger.first]
        low = before[-1] + 1 if before else sentence.first
        return low, after[0] if after else sentence.last

    def _add_date(self, trigger: Trigger, details: Details, low: int, high: int) -> None:
        def rank(mention: DateMention) -> tuple[bool, int]:
            inside = trigger.group <= mention.first < trigger.first
            distance = mention.first - trigger.last
            return (not inside, distance if distance >= 0 else -2 * distance)

        if "topic" in trigger.entry.frames:
            high = min(high, trigger.last + 2)  # a day behind it may belong to the topic
        high = self._since(trigger.last, high)
        candidates = [d for d in self.dates if low <= d.first < high]
        if not candidates and self.dates and self.dates[0].first < min(self.bounds):
            candidates = [self.dates[0]]
        for mention in sorted(candidates, key=rank):
            resolved = resolve_date(mention, self.anchor, trigger.tense)
            if resolved is not None:
                details.date, details.date_span = resolved, (mention.first, mention.last)
                return

    def _since(self, i: int, high: int) -> int:
        lows = self.text.lows
        return next((j for j in range(i, high) if lows[j] in ("since", "which")), high)

    def _add_place(self, trigger: Trigger, details: Details, low: int, high: int) -> None:
        stop = self._topic_start(trigger.last, high)
        near = [p for p in self.places if low <= p.first and p.first < stop]
        wanted = [p for p in near if p.preposition in _STATIC or self._moves(p, trigger)]
        wanted.sort(key=lambda p: (p.first < trigger.first, abs(p.first - trigger.first)))
        for place in wanted:
            if place.kind == "venue" and details.venue is None:
                details.venue = (place.first, place.last)
                details.place_country = details.place_country or place.code
            if place.kind == "city" and details.place is None:
                details.place = (place.first, place.last)
                details.place_country = place.code or details.place_country
            details.place_country = details.place_country or place.code
        details.place = details.place or details.venue

    def _moves(self, place: PlaceMention, trigger: Trigger) -> bool:
        if place.preposition not in ("to", "into") or place.first > trigger.first + 12:
            return False
        if trigger.entry.kind == "visit":
            return True
        before = self.text.lows[max(0, place.first - 4) : place.first]
        return bool(_TRAVEL.intersection(before))

    def _topic_start(self, i: int, high: int) -> int:
        """Token at which the sentence turns to what was discussed, or `high`."""
        lows = self.text.lows
        for j in range(i, high):
            if self.topics.openers.longest(lows, j) or lows[j] in ("about", "that", "where"):
                return j
            if lows[j] in CLAUSE_ENDS and lows[j] != "(" and lows[j] != ")":
                return j
        return high

    def _format(self, trigger: Trigger, low: int, high: int) -> Range | None:
        for j in range(low, high):
            found = self.formats.longest(self.text.lows, j)
            if found is None:
                continue
            length, beside = found
            if not beside or trigger.group <= j < trigger.first:
                return j, j + length
        return None

    def _reporter(self) -> Range | None:
        """Who is cited: 'referring to the ministry', 'according to X', a closing 'X said'."""
        lows = self.text.lows
        sentence = self.text.sentences[self.number]
        for j in range(sentence.first, sentence.last - 1):
            k = 0
            if lows[j] in ("referring", "according") and lows[j + 1] == "to":
                k = j + 2
            elif lows[j] in ("citing", "quoting"):
                k = j + 1
            mention = self.scene.begins.get(k) if k else None
            if mention is not None and mention.kind in ("organization", "person", "office"):
                start = mention.first + (lows[mention.first] in ("the", "a", "an"))
                return start, mention.last
        return None

    # --- the article ------------------------------------------------------------------------------
    def _read_trip(self) -> None:
        """Keep 'X will travel to Y on Monday'."""
        lows = self.text.lows
        sentence = self.text.sentences[self.number]
        for j in range(sentence.first, sentence.last):
            if lows[j] not in _TRAVEL or self.finder is None:
                continue
            places = [p for p in self.places if j < p.first <= j + 6 and p.kind == "city"]
            subject = [
                m
                for m in self.scene.cast.by_sentence[self.number]
                if m.last <= j and m.kind in ("person", "office", "pronoun")
            ]
            if not subject:
                continue
            planned = bool({"will", "'ll", "to"} & set(lows[max(sentence.first, j - 3) : j]))
            status = "planned" if planned else "held"
            place = places[0] if places else None
            resolved, span = self._trip_date(j, "future" if planned else "past")
            traveller = subject[0].entity
            self.trips.append(
                Trip(
                    traveller,
                    self.number,
                    status,
                    (place.first, place.last) if place else None,
                    place.code if place else None,
                    resolved if planned else None,
                    span if planned else None,
                )
            )
            return

    def _trip_date(self, j: int, tense: str) -> tuple[ResolvedDate | None, Range | None]:
        for mention in self.dates:
            if mention.first > j:
                resolved = resolve_date(mention, self.anchor, tense)
                if resolved:
                    return resolved, (mention.first, mention.last)
        return None, None

    def says_here(self, number: int) -> bool:
        """Whether a sentence says 'here': the dateline's place."""
        sentence = self.text.sentences[number]
        return "here" in self.text.lows[sentence.first : sentence.last]

    def dateline_span(self) -> Range | None:
        """Tokens of the dateline's place at the top of the text, if it stands there."""
        wanted = words_of(self.article.dateline_place or "")
        words = self.text.words
        for i in range(min(6, len(words))):
            if wanted and words[i : i + len(wanted)] == wanted:
                return i, i + len(wanted)
        return None


@lru_cache(maxsize=4)
def _formats(lexicon: Lexicon) -> Phrases[bool]:
    """Format phrases; the value says whether one counts only beside the meeting word."""
    formats: Phrases[bool] = Phrases()
    for row in lexicon.tables["formats"]:
        formats.add(words_of(row["phrase"]), "only beside" in row["note"])
    return formats
