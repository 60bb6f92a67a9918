"""When, where and in what form: what the sentence of a trigger says beside who met whom.

A sentence with two triggers is divided between them; days that belong to "said on Friday" and
places that belong to a topic are left to those. Journeys ("will travel to X on Monday") are kept,
since the meetings of a journey often stand in sentences that name neither town nor day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .dates import Anchor, DateMention, ResolvedDate, find_dates, resolve_date
from .lexicon import Lexicon
from .meeting_triggers import CLAUSE_ENDS, Trigger
from .meeting_trips import TRAVEL, TripReader
from .phrases import Phrases, words_of
from .places import PlaceMention, find_places
from .records import Article
from .scene import Scene
from .text import Text
from .topics import Range, compile_topics, complement_topics

_REPORTING = frozenset(
    "said says told announced reported tweeted wrote added posted released published issued "
    "statement reporters journalists reuters took".split()
)
_STATIC = frozenset({"in", "at", "near", "outside", "inside"})
# A word and what must stand before it; nothing where the word alone is enough.
_BY = frozenset({"by", "via", "over", "on", "the", "through"})
_PHONE_WORDS = {"phone": _BY, "telephone": _BY, "phoned": frozenset[str]()}
_VIDEO_WORDS = {
    "video": frozenset({"by", "via", "through"}),
    "conference": frozenset({"video"}),
    "link": frozenset({"video"}),
    "videoconference": frozenset[str](),
    "virtually": frozenset[str](),
}
_FRAMES = frozenset({"during", "at", "sidelines", "margins"})
_PARTING = frozenset(", ; and but while after before ahead during following with at to".split())
_PAYING = frozenset("pay pays paid paying".split())
_DASHES = frozenset({"–", "—", "--"})
_NEAR = 8  # tokens
_NEAR_DAYS = 10
_RECENT_DAYS = 31
_GUEST_WORDS = frozenset({"guest", "guests", "visiting"})


@dataclass(slots=True)
class Details:
    """What one trigger's part of the sentence says."""

    date: ResolvedDate | None = None
    date_span: Range | None = None
    place: Range | None = None
    place_country: str | None = None
    venue: Range | None = None
    is_near: bool = False  # the place stands right behind the meeting word
    format: Range | None = None
    is_old: bool = False  # the day lies well before the article's
    by_phone: bool = False
    by_video: bool = False
    reported_by: Range | None = None
    topics: list[Range] = field(default_factory=list)


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
        self.trips = TripReader(text, scene.cast, self.anchor, lexicon)
        self.has_guests = bool(_GUEST_WORDS.intersection(text.lows)) or self._visits_home()
        self.number = -1
        self.bounds: list[int] = []
        self.triggers: list[Trigger] = []
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
    def open(self, number: int, triggers: list[Trigger], author: int | None) -> None:
        """Turn to a sentence with its triggers, whose status is settled; `author` is "I"."""
        self.number, self.triggers = number, triggers
        self.bounds = [t.first for t in triggers]
        self._dates = self._places = None
        if self.trips.tells_of_one(number):
            self.trips.read(number, self.places, self.dates, author)

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
            town = (self.article.dateline_place or "").lower()
            towns = {town: self.article.dateline_country} if town else {}
            self._places = find_places(self.text, sentence, self.lexicon, people, towns)
        return self._places

    def _of_cue(self, mention: DateMention) -> bool:
        """'said on Friday', 'told Reuters late on Friday', 'Wednesday reported'."""
        lows = self.text.lows
        if self._opens_trigger(mention.last):
            return False
        j = mention.first - 1
        sentence = self.text.sentences[self.number]
        while j >= sentence.first and lows[j] in ("on", "late", "early", "in", "a", "evening"):
            j -= 1
        near = lows[max(sentence.first, j - 1) : j + 1]
        if near[-1:] == ["place"]:
            return False  # "took place on Monday"
        return bool(near) and (near[-1] in _REPORTING or near[0] in ("told", "took"))

    def _opens_trigger(self, i: int) -> bool:
        """'said last week during a meeting': the day is the meeting's as well."""
        during = i < len(self.text.lows) and self.text.lows[i] in ("during", "in", "at", "after")
        return during and any(i < bound <= i + 5 for bound in self.bounds)

    # --- one trigger ------------------------------------------------------------------------------
    def of(self, trigger: Trigger) -> Details:
        """The details of one trigger of the open sentence."""
        details = Details()
        low, high = self._domain(trigger)
        self._add_date(trigger, details, low, high)
        self._add_place(trigger, details, low, high)
        details.by_phone = self._has(_PHONE_WORDS, low, high)
        details.by_video = self._has(_VIDEO_WORDS, low, high)
        details.format = self._format(trigger, low, high)
        details.reported_by = self._reporter()
        sentence = self.text.sentences[self.number]
        if trigger.shape == "noun" and not self._is_paid_on(trigger):
            details.topics = complement_topics(self.text, sentence, trigger.last, self.topics)
        return details

    def _is_paid_on(self, trigger: Trigger) -> bool:
        """'a call on the minister': behind "on" stands who was called on, no topic."""
        lows, i = self.text.lows, trigger.last
        on = lows[i - 1] == "call" and lows[i : i + 1] == ["on"]
        paid = trigger.support is not None and lows[trigger.support[1]] in _PAYING
        return on and (paid or i + 1 in self.scene.begins)

    def further_occasions(self, trigger: Trigger) -> list[Details]:
        """Second and later items of 'meetings in X in May, Y in June and Z in July'."""
        if trigger.shape != "noun" or not self.text.lows[trigger.last - 1].endswith("s"):
            return []
        dates = [d for d in self.dates if d.first >= trigger.last]
        found = []
        for before, mention in zip(dates, dates[1:], strict=False):
            place = [p for p in self.places if before.last <= p.first and p.last <= mention.first]
            if len(place) != 1 or mention.first - before.last > 6:
                break
            resolved = resolve_date(mention, self.anchor, trigger.tense)
            if resolved is None:
                break
            details = Details(date=resolved, date_span=(mention.first, mention.last))
            details.place_country = place[0].code
            if place[0].kind != "country":
                details.place = (place[0].first, place[0].last)
            found.append(details)
        return found

    def _has(self, table: Mapping[str, frozenset[str]], low: int, high: int) -> bool:
        """Whether a word of the table stands behind one of the words that give it that sense."""
        lows = self.text.lows
        for j in range(low, high):
            before = table.get(lows[j])
            if before is not None and (not before or (j > low and lows[j - 1] in before)):
                return True
        return False

    def _domain(self, trigger: Trigger) -> Range:
        """Tokens of the sentence that speak of this trigger and of no other."""
        sentence = self.text.sentences[self.number]
        before = [b for b in self.bounds if b < trigger.first]
        after = [b for b in self.bounds if b > trigger.first]
        low = self._parting(before[-1], trigger.first) if before else sentence.first
        return low, self._parting(trigger.first, after[0]) if after else sentence.last

    def _parting(self, one: int, other: int) -> int:
        """Where the words between two triggers go over from the first to the second."""
        for j in range(other - 1, one, -1):
            if self.text.lows[j] in _PARTING:
                return j
        return other

    def _add_date(self, trigger: Trigger, details: Details, low: int, high: int) -> None:
        def rank(mention: DateMention) -> tuple[bool, bool, int]:
            inside = trigger.group <= mention.first < trigger.first
            distance = mention.first - trigger.last
            further = self._is_further(trigger, mention)
            return (not inside, further, distance if distance >= 0 else -2 * distance)

        if "topic" in trigger.entry.frames:
            high = min(high, trigger.last + 2)  # a day behind it may belong to the topic
        high = self._since(trigger.last, high)
        dates = [d for d in self.dates if not self._is_aside(d, trigger)]
        own = sorted((d for d in dates if low <= d.first < high), key=rank)
        others = sorted((d for d in dates if not low <= d.first < high), key=rank)
        others = [d for d in others if self._is_shared(d, trigger)]
        for mention in own + others:
            resolved = resolve_date(mention, self.anchor, trigger.tense)
            framed = self._is_framed(trigger)
            if resolved is None:
                continue
            if mention in others and not framed and not self._plausible(resolved, trigger):
                continue
            details.date, details.date_span = resolved, (mention.first, mention.last)
            today = self.anchor.day
            details.is_old = today is not None and (today - resolved.start).days > _RECENT_DAYS
            return

    def _is_further(self, trigger: Trigger, mention: DateMention) -> bool:
        """'met Y and followed up on discussions in March': the month is the second verb's."""
        words, begins = self.text.words, self.scene.begins
        return trigger.shape == "verb" and any(
            words[j] == "and" and words[j + 1][0].islower() and j + 1 not in begins
            for j in range(trigger.last, mention.first)
        )

    def _is_framed(self, trigger: Trigger) -> bool:
        """'on the sidelines of a summit on 4 May', 'for a state visit on 4 May'."""
        following = [b for b in self.bounds if b > trigger.first]
        words = self.text.lows[trigger.last : following[0]] if following else []
        return not _FRAMES.isdisjoint(words) or "for" in words[-6:]

    def _is_aside(self, mention: DateMention, trigger: Trigger) -> bool:
        """A day inside ', who arrived on Monday,' where the trigger stands outside."""
        lows, sentence = self.text.lows, self.text.sentences[self.number]
        for j in range(mention.first - 1, sentence.first, -1):
            if lows[j] == ",":
                return False
            if lows[j] in ("who", "whose") and lows[j - 1] == ",":
                end = next((k for k in range(j, sentence.last) if lows[k] == ","), sentence.last)
                return not j < trigger.first < end
        return False

    def _is_shared(self, mention: DateMention, trigger: Trigger) -> bool:
        """Whether a day in another trigger's words may be this one's too: of the same status."""
        if "topic" in trigger.entry.frames:
            return False
        owner = next((t for t in reversed(self.triggers) if t.first < mention.first), None)
        return owner is None or owner.tense == trigger.tense

    def _plausible(self, resolved: ResolvedDate, trigger: Trigger) -> bool:
        """Whether a day named elsewhere in the sentence lies on the trigger's side of today."""
        today = self.anchor.day
        if today is None or resolved.precision == "year":
            return False
        near = abs((resolved.start - today).days) <= _NEAR_DAYS
        return near and (resolved.start >= today if trigger.tense == "future" else True)

    def _since(self, i: int, high: int) -> int:
        lows = self.text.lows
        return next((j for j in range(i, high) if lows[j] in ("since", "which")), high)

    def _add_place(self, trigger: Trigger, details: Details, low: int, high: int) -> None:
        stop = self._topic_start(trigger.last, high)
        near = [p for p in self.places if low <= p.first and p.first < stop]
        static = _STATIC | {"to"} if trigger.entry.host == "subject" else _STATIC
        wanted = [p for p in near if p.preposition in static or self._moves(p, trigger)]
        where = self._place_of_where(trigger, self.text.sentences[self.number].first)
        wanted = wanted or ([where] if where else []) or self._places_of_frame(trigger, high)
        wanted.sort(key=lambda p: (p.first < trigger.first, abs(p.first - trigger.first)))
        details.is_near = bool(wanted) and 0 <= wanted[0].first - trigger.last <= _NEAR
        for place in wanted:
            if place.kind == "venue" and details.venue is None:
                details.venue = (place.first, place.last)
                details.place_country = details.place_country or place.code
            if place.kind == "city" and details.place is None:
                details.place = (place.first, place.last)
                details.place_country = place.code or details.place_country
            details.place_country = details.place_country or place.code
        details.place = details.place or details.venue
        if trigger.shape == "noun" and details.place is None:
            self._add_place_in_phrase(trigger, details)

    def _places_of_frame(self, trigger: Trigger, high: int) -> list[PlaceMention]:
        """Places behind the next trigger where that is the occasion: "during a summit in X"."""
        lows, sentence = self.text.lows, self.text.sentences[self.number]
        if high >= sentence.last:
            return []
        following = min(b for b in self.bounds if b > trigger.first)
        if not _FRAMES.intersection(lows[trigger.last : following]):
            return []
        journey = any(t.first == following and t.entry.kind == "visit" for t in self.triggers)
        wanted = _STATIC | {"to"} if journey else _STATIC  # "during a visit to Rome"
        return [p for p in self.places if p.first > following and p.preposition in wanted]

    def _place_of_where(self, trigger: Trigger, low: int) -> PlaceMention | None:
        """The town in 'was visiting Rome, where he met the king'."""
        for j in range(trigger.first - 1, low, -1):
            if self.text.lows[j] in CLAUSE_ENDS:
                return None
            if self.text.lows[j] == "where":
                end = j - (self.text.lows[j - 1] == ",")
                return self._place_before(end)
        return None

    def _place_before(self, end: int) -> PlaceMention | None:
        for first in range(max(0, end - 4), end):
            found = self.lexicon.names.longest(self.text.words, first)
            if found and first + found[0] == end and found[1].kind in ("place", "country"):
                kind = "country" if found[1].kind == "country" else "city"
                return PlaceMention(first, end, kind, found[1].code, "in")
        return None

    def _add_place_in_phrase(self, trigger: Trigger, details: Details) -> None:
        """The town in 'the Geneva talks', 'the Woodside Summit'."""
        for j in range(trigger.group, trigger.first):
            found = self.lexicon.names.longest(self.text.words, j)
            if found and found[1].kind == "place" and j + found[0] <= trigger.first:
                details.place = (j, j + found[0])
                details.place_country = found[1].code
                return

    def _moves(self, place: PlaceMention, trigger: Trigger) -> bool:
        if place.preposition not in ("to", "into") or place.first > trigger.first + 12:
            return False
        if trigger.entry.kind == "visit" and place.first >= trigger.last:
            return True
        before = self.text.lows[max(0, place.first - 4) : place.first]
        return bool(TRAVEL.intersection(before))

    def _topic_start(self, i: int, high: int) -> int:
        """Token at which the sentence turns to what was discussed, or `high`."""
        lows = self.text.lows
        aside = _DASHES if sum(low in _DASHES for low in lows[i:high]) > 1 else frozenset[str]()
        for j in range(i, high):
            if self.topics.openers.longest(lows, j) or lows[j] in ("about", "that", "where"):
                return j
            if lows[j] in CLAUSE_ENDS - {"(", ")"} - aside:
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
    def says_here(self, number: int) -> bool:
        """Whether a sentence says 'here': the dateline's place."""
        sentence = self.text.sentences[number]
        return "here" in self.text.lows[sentence.first : sentence.last]

    def says_visit(self, number: int) -> bool:
        """Whether a sentence speaks of a visit."""
        sentence = self.text.sentences[number]
        return "visit" in self.text.lows[sentence.first : sentence.last]

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
