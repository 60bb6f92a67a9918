"""Meetings: who met whom, where, when, about what; one row for each real meeting of an article.

Sentence by sentence: triggers (meeting_triggers), their status (meeting_status), their parties
(meeting_parties). Two parties or more make a meeting, unless the article has told of it before:
then the sentence adds what it knows. "The meeting", "they" and "the two leaders" point back to the
latest one. What fired and yielded nothing is kept as a miss.

Known limits: triggers inside quotation marks are not read; a visit with no named host is a miss.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .dates import ResolvedDate
from .found import FoundMiss
from .lexicon import Lexicon
from .meeting_details import DetailReader, Details, Trip
from .meeting_parties import Parties, Party, PartyFinder
from .meeting_speakers import Speakers
from .meeting_status import REASONS, settle_status
from .meeting_triggers import Trigger, compile_triggers, find_triggers
from .mentions import Mention
from .people import Cast, Entity
from .records import MISS_REASONS, ROLE_CODES, Article
from .scene import Scene, build_scene
from .text import Text
from .topics import MOST, Range, compile_topics, find_topics

_PHONE = frozenset({"phone_call"})
_MULTILATERAL_SIDES = 3
_MEMORY = 6  # sentences after which a sentence without a meeting word tells of none
_SHARED_CALLS = frozenset({"trilateral", "joint", "three-way", "conference", "together"})
_ANOTHER = frozenset("another recent second third separate further earlier previous new".split())
_MANY = frozenset("organisations organizations ministers leaders heads chiefs premiers".split())
_OFFICIAL = frozenset(ROLE_CODES) - frozenset(
    {"expert", "other", "spokesperson", "executive", "judge", "adviser"}
)


@dataclass(slots=True)
class FoundParticipant:
    """A party: its entity's number in the cast, its clearest mention, its side."""

    entity: int
    mention: Mention
    side: str | None = None
    is_delegation_head: bool = False


@dataclass(slots=True)
class FoundMeeting:
    """One meeting; sentences by number, everything else as token ranges."""

    kind: str
    status: str
    evidence: list[int]
    participants: list[FoundParticipant]
    rule: str
    trigger: Range
    date: ResolvedDate | None = None
    date_span: Range | None = None
    place: Range | None = None
    place_country: str | None = None
    venue: Range | None = None
    format: Range | None = None
    negotiation: bool = False
    mediated: bool = False
    reported_by: Range | None = None
    topics: list[Range] = field(default_factory=list)
    outcomes: list[Range] = field(default_factory=list)
    latest: int = 0  # the last sentence that tells of it


def find_meetings(
    text: Text, cast: Cast, article: Article, lexicon: Lexicon, first: int = 0
) -> tuple[list[FoundMeeting], list[FoundMiss]]:
    """All meetings of an article in reading order, and misses.

    `first` is the token at which the body begins, behind the dateline.
    """
    reader = _Reader(text, cast, article, lexicon, first)
    for number, sentence in enumerate(text.sentences):
        if sentence.last > first:
            reader.read(number)
    reader.finish()
    return reader.meetings, reader.misses


class _Reader:
    def __init__(
        self, text: Text, cast: Cast, article: Article, lexicon: Lexicon, first: int
    ) -> None:
        self.text, self.cast, self.article, self.lexicon = text, cast, article, lexicon
        self.table = compile_triggers(lexicon)
        self.topics = compile_topics(lexicon)
        self.scene: Scene = build_scene(text, cast, lexicon)
        self.quoted = frozenset(t for q in text.quotations for t in range(q.first, q.last))
        self.details = DetailReader(text, article, lexicon, self.scene, first)
        self.speakers = Speakers(text, cast, article.title)
        self.meetings: list[FoundMeeting] = []
        self.misses: list[FoundMiss] = []
        self.sport = len(self.table.sport.intersection(text.lows)) > 2

    # --- one sentence -----------------------------------------------------------------------------
    def read(self, number: int) -> None:
        """Read the triggers of one sentence, then its topics."""
        sentence = self.text.sentences[number]
        triggers = find_triggers(self.scene, sentence, number, self.table)
        told: list[FoundMeeting] = []
        self.speakers.turn_to(number)
        finder = PartyFinder(self.scene, number, self.table, self.speakers.author)
        self.details.open(number, [t.first for t in triggers], finder)
        for trigger in triggers:
            settle_status(self.text, sentence, trigger, self.table)
            told += self._read_trigger(trigger, finder)
        self._add_topics(number, told)
        if self.meetings and not told:
            self._add_listed(number)

    def _read_trigger(self, trigger: Trigger, finder: PartyFinder) -> list[FoundMeeting]:
        parties = finder.parties(trigger)
        if parties.other_sense or self._is_no_meeting(trigger, parties):
            return self._miss(trigger, "not_a_meeting")
        if _needs_object(trigger) and not parties.right:
            return []  # "welcomed the decision": a cue or another verb, not a meeting's
        members = self._members(trigger, parties)
        details = self.details.of(trigger)
        for host in parties.venue_of:
            entity = self._entity(host)
            if entity.kind == "country" and details.place_country is None:
                details.place_country = entity.country
        if trigger.status in MISS_REASONS or trigger.status in REASONS:
            strong = len(members) > 1 or trigger.shape == "verb"
            return self._miss(trigger, trigger.status) if strong else []
        one_sided = trigger.shape == "verb" and not parties.left and bool(parties.right)
        if trigger.entry.kind == "talk" and not self._is_official_talk(members, details):
            return []
        if len(members) < 2 or one_sided:
            if self._is_collective(trigger, members, details):
                return [self._settle(trigger, members, details)]
            return self._read_short(trigger, parties, members, details)
        told = []
        for group in self._split(trigger, parties, members):
            told.append(self._settle(trigger, group, details))
        for occasion in self.details.further_occasions(trigger):
            told.append(self._settle(trigger, _copy(members), occasion))
        return told

    def _is_official_talk(self, members: list[FoundParticipant], details: Details) -> bool:
        """'X spoke with Y' tells of a call only between officials; others give interviews."""
        if details.by_phone or details.by_video:
            return True
        entities = [self.cast.entities[m.entity] for m in members]
        return all(
            e.kind == "person" and (e.role_code in _OFFICIAL or (e.country and not e.role_code))
            for e in entities
        )

    def _is_no_meeting(self, trigger: Trigger, parties: Parties) -> bool:
        """A body with itself, a press conference, sport."""
        if trigger.shape == "noun":
            own = set(self.text.lows[trigger.group : trigger.first]) & self.table.own_body
            if own and not (parties.right and parties.left):
                return True
        persons = [p for p in parties.everybody() if self._entity(p).kind == "person"]
        sentence = self.text.sentences[trigger.sentence]
        words = self.text.lows[sentence.first : sentence.last]
        return not persons and (self.sport or bool(self.table.sport.intersection(words)))

    def _read_short(
        self,
        trigger: Trigger,
        parties: Parties,
        members: list[FoundParticipant],
        details: Details,
    ) -> list[FoundMeeting]:
        """Fewer than two parties: "they met again", "during the meeting", or a miss."""
        back = None if self._is_next(trigger) else self._pointed_at(trigger, members, details)
        if back is not None and (parties.anaphoric or trigger.definite or members):
            same = _agree(back, trigger, details, self._kind(trigger, back.participants, details))
            if same:
                self._enrich(back, trigger, details, [])
                return [back]
            if parties.anaphoric:
                copies = [FoundParticipant(p.entity, p.mention) for p in back.participants]
                return [self._new(trigger, copies, details)]
        if self._is_next(trigger) and not members and self.meetings:
            copies = _copy(self.meetings[-1].participants)
            return [self._new(trigger, copies, details)]
        pair = self._recent_pair(trigger) if parties.anaphoric and not members else []
        if len(pair) == 2:
            return [self._settle(trigger, pair, details)]
        weak = "noun" not in trigger.entry.frames or trigger.definite
        weak = weak or self.text.lows[trigger.last - 1] in ("meetings", "visits")
        return (
            []
            if trigger.shape == "noun" and weak and not members
            else self._miss(trigger, "one_party")
        )

    def _pointed_at(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting | None:
        """The latest meeting that a phrase with too few parties may speak of."""
        phone = trigger.entry.kind in _PHONE
        for meeting in reversed(self.meetings):
            entities = {p.entity for p in meeting.participants}
            if members and not all(m.entity in entities for m in members):
                continue
            if phone and meeting.kind not in ("phone_call", "video_call"):
                continue
            if members and not trigger.definite and trigger.status != meeting.status:
                continue
            return meeting
        return None

    def _is_next(self, trigger: Trigger) -> bool:
        """'the next round of talks': the same parties, another time."""
        words = self.text.lows[trigger.group : trigger.first]
        return trigger.status == "planned" and "next" in words

    def _recent_pair(self, trigger: Trigger) -> list[FoundParticipant]:
        """The two officials of two countries named last, for "the two leaders" with no meeting."""
        pair: list[FoundParticipant] = []
        countries: set[str] = set()
        for mention in reversed(self.cast.mentions):
            if mention.first >= trigger.group or mention.kind != "person":
                continue
            if trigger.sentence - mention.sentence > 2 or len(pair) == 2:
                break
            entity = self.cast.of(mention)
            country = entity.country or entity.name
            if entity.role and country not in countries:
                countries.add(country)
                pair.insert(0, FoundParticipant(mention.entity, mention))
        return pair

    # --- parties ----------------------------------------------------------------------------------
    def _entity(self, party: Party) -> Entity:
        return self.cast.of(party.mention)

    def _members(self, trigger: Trigger, parties: Parties) -> list[FoundParticipant]:
        """Participants of both sides, each entity once, sides where the trigger gives them."""
        left, right = _SIDES[trigger.entry.host]
        if trigger.entry.host == "subject" and trigger.shape == "noun":
            left = right = None
        members: list[FoundParticipant] = []
        for side, group in ((left, parties.left), (right, parties.right)):
            for party in group:
                entity = self._entity(party)
                known = [m for m in members if m.entity == party.mention.entity]
                if known or not self._identified(party, entity):
                    continue
                members.append(
                    FoundParticipant(party.mention.entity, party.mention, side, party.head)
                )
        return self._without_countries(members)

    def _identified(self, party: Party, entity: Entity) -> bool:
        if entity.kind == "unnamed":
            return bool(entity.country or entity.organization) and party.mention.kind != "pronoun"
        if party.mention.kind == "pronoun":
            return entity.kind in ("person", "organization", "country")
        return True

    def _without_countries(self, members: list[FoundParticipant]) -> list[FoundParticipant]:
        """Members without a country that one of its own people represents."""
        entities = self.cast.entities
        people = {
            entities[m.entity].country for m in members if entities[m.entity].kind != "country"
        }
        return [
            m
            for m in members
            if entities[m.entity].kind != "country" or entities[m.entity].country not in people
        ]

    def _split(
        self, trigger: Trigger, parties: Parties, members: list[FoundParticipant]
    ) -> list[list[FoundParticipant]]:
        """One group of members for each meeting: separate calls, "separately", plural nouns."""
        right = {p.mention.entity for p in parties.right}
        others = [m for m in members if m.entity in right]
        mine = [m for m in members if m.entity not in right]
        if len(mine) != 1 or len(others) < 2:
            return [members]
        lows = self.text.lows[trigger.group : others[-1].mention.last]
        if _SHARED_CALLS.intersection(lows):
            return [members]
        countries = {self.cast.entities[m.entity].country for m in others}
        calls = trigger.entry.kind in ("phone_call", "talk") and len(countries) == len(others)
        plural = trigger.shape == "noun" and self.text.lows[trigger.last - 1] in (
            "meetings", "sessions", "calls", "conversations",
        )  # fmt: skip
        if calls or plural or "separately" in lows:
            return [[*_copy(mine), other] for other in others]
        return [members]

    # --- meetings ---------------------------------------------------------------------------------
    def _settle(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting:
        """Join the members to the meeting that was told before, or open a new one."""
        for meeting in reversed(self.meetings):
            if self._is_another(trigger):
                break
            if self._same(meeting, trigger, members, details):
                self._enrich(meeting, trigger, details, members)
                return meeting
        return self._new(trigger, members, details)

    def _is_another(self, trigger: Trigger) -> bool:
        """'a more recent call', 'another meeting': one that was not told of before."""
        words = self.text.lows[trigger.group : trigger.first]
        return words[:1] in (["a"], ["an"], ["another"]) and bool(_ANOTHER.intersection(words))

    def _same(
        self,
        meeting: FoundMeeting,
        trigger: Trigger,
        members: list[FoundParticipant],
        details: Details,
    ) -> bool:
        known = [p.entity for p in meeting.participants]
        fresh = [m.entity for m in members]
        kind = self._kind(trigger, members, details)
        if not (self._covers(known, fresh) or self._covers(fresh, known)):
            return False
        fewer = len(fresh) < len(known) and not trigger.definite and trigger.shape == "noun"
        if fewer and meeting.kind == "multilateral":
            return False  # "a dialogue with" one of the three is another meeting
        return _agree(meeting, trigger, details, kind)

    def _covers(self, larger: list[int], smaller: list[int]) -> bool:
        """Whether every party of the smaller list is in the larger one, or its state or body is."""
        return all(any(self._stands_for(a, b) for a in larger) for b in smaller)

    def _stands_for(self, a: int, b: int) -> bool:
        if a == b:
            return True
        one, other = self.cast.entities[a], self.cast.entities[b]
        state = one.kind == "country" or other.kind == "country"
        return state and one.country is not None and one.country == other.country

    def _countries(self, entities: Iterable[int]) -> set[str | None]:
        return {self.cast.entities[e].country for e in entities}

    def _is_collective(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> bool:
        """One party that is many: 'euro zone finance ministers will meet', 'NATO summit'."""
        if len(members) != 1 or trigger.entry.kind not in ("meeting", "multilateral"):
            return False
        mention, entity = members[0].mention, self.cast.entities[members[0].entity]
        words = set(self.text.lows[mention.first : mention.last])
        summit = trigger.shape == "noun" and self.text.lows[trigger.last - 1] == "summit"
        many = mention.plural and (mention.role_code or words & _MANY)
        abroad = entity.country in (None, "INT")
        if mention.kind == "organization":
            return summit and entity.country == "INT" and details.place is not None
        return bool(many and abroad and mention.kind == "group")

    def _new(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting:
        meeting = FoundMeeting(
            kind=self._kind(trigger, members, details),
            status=trigger.status,
            evidence=[trigger.sentence],
            participants=members,
            rule=_rule(trigger),
            trigger=(trigger.first, trigger.last),
            latest=trigger.sentence,
        )
        self.meetings.append(meeting)
        self._enrich(meeting, trigger, details, [])
        return meeting

    def _enrich(
        self,
        meeting: FoundMeeting,
        trigger: Trigger,
        details: Details,
        members: list[FoundParticipant],
    ) -> None:
        """Add what one more sentence knows; what is known stays."""
        known = {p.entity for p in meeting.participants}
        added = [m for m in members if m.entity not in known]
        meeting.participants = self._without_countries(meeting.participants + added)
        if (added or len(meeting.evidence) < 1) and trigger.sentence not in meeting.evidence:
            meeting.evidence.append(trigger.sentence)
        meeting.latest = max(meeting.latest, trigger.sentence)
        if trigger.status == "cancelled":
            meeting.status = "cancelled"
        finer = members or trigger.sentence in meeting.evidence
        vague = meeting.date is not None and meeting.date.precision != "day" and finer
        pointing = not members and trigger.sentence not in meeting.evidence
        sure = details.date is not None and (details.date.precision == "day" or not pointing)
        if details.date and sure and (meeting.date is None or vague):
            meeting.date, meeting.date_span = details.date, details.date_span
        if meeting.place is None and details.place:
            meeting.place = details.place
            meeting.place_country = details.place_country or meeting.place_country
        meeting.place_country = meeting.place_country or details.place_country
        meeting.venue = meeting.venue or details.venue
        meeting.format = meeting.format or details.format
        meeting.reported_by = meeting.reported_by or details.reported_by
        word = self.text.lows[trigger.last - 1]
        meeting.negotiation = meeting.negotiation or word.startswith("negotiat")
        meeting.mediated = meeting.mediated or word.startswith("mediat")
        if trigger.entry.kind == "meeting" and meeting.kind == "visit":
            meeting.kind = "meeting"
        if trigger.entry.kind in ("phone_call", "video_call"):
            meeting.kind = trigger.entry.kind
        _extend(meeting.topics, details.topics)

    def _kind(self, trigger: Trigger, members: list[FoundParticipant], details: Details) -> str:
        kind = trigger.entry.kind
        if details.by_phone:
            return "phone_call"
        if details.by_video:
            return "video_call"
        if kind == "talk":
            verb = trigger.shape == "verb"
            return "phone_call" if verb and not details.place else "meeting"
        if kind in ("phone_call", "video_call", "visit"):
            return kind
        entities = [self.cast.entities[m.entity] for m in members]
        sides = {e.country for e in entities if e.country}
        if len(members) == 1:
            return "multilateral"
        if len(sides) >= _MULTILATERAL_SIDES or kind == "multilateral":
            return "multilateral"
        summit = trigger.shape == "noun" and self.text.lows[trigger.last - 1] == "summit"
        body = any(e.kind == "organization" and e.country == "INT" for e in entities)
        person = any(e.kind == "person" for e in entities)
        return "multilateral" if summit and body and person else "meeting"

    def _add_listed(self, number: int) -> None:
        """Names of a list of participants under its heading join the latest meeting."""
        listed = self.speakers.listed(number)
        if not listed:
            return
        meeting = self.meetings[-1]
        entities = self.cast.entities
        named = [FoundParticipant(m.entity, m) for m in listed]
        kept = [
            p
            for p in meeting.participants
            if entities[p.entity].kind != "group" or entities[p.entity].country
        ]
        known = {p.entity for p in kept}
        meeting.participants = kept + [p for p in named if p.entity not in known]
        if len(meeting.evidence) < 2:
            meeting.evidence.append(number)

    # --- topics, misses, the end ------------------------------------------------------------------
    def _add_topics(self, number: int, told: list[FoundMeeting]) -> None:
        """Topics and outcomes go to the meeting the sentence tells of, else to the latest one."""
        sentence = self.text.sentences[number]
        topics, outcomes = find_topics(self.text, sentence, self.topics, self.quoted)
        if not (topics or outcomes) or not self.meetings:
            return
        meeting = told[-1] if told else self.meetings[-1]
        if not told and number - meeting.latest > _MEMORY:
            return
        if not told:
            meeting.latest = number
        _extend(meeting.topics, topics)
        _extend(meeting.outcomes, outcomes)

    def _miss(self, trigger: Trigger, reason: str) -> list[FoundMeeting]:
        start, end = self.text.span(trigger.first, trigger.last)
        self.misses.append(FoundMiss(start, end, REASONS.get(reason, reason)))
        return []

    def finish(self) -> None:
        """Fill from the article what no single sentence says: trips, the dateline's place."""
        for meeting in self.meetings:
            if meeting.kind in ("phone_call", "video_call"):
                meeting.place = meeting.venue = meeting.place_country = None
            self._add_trip(meeting)
            if meeting.place is None and meeting.kind not in ("phone_call", "video_call"):
                self._add_home(meeting)
            self._add_sides(meeting)

    def _add_trip(self, meeting: FoundMeeting) -> None:
        if meeting.kind in ("phone_call", "video_call"):
            return
        entities = {p.entity for p in meeting.participants}
        trips = [t for t in self.details.trips if t.traveller in entities]
        trips = [t for t in trips if t.sentence <= meeting.evidence[0] and _trip_fits(t, meeting)]
        if not trips:
            return
        trip = trips[-1]
        if trip.place and meeting.place is None and meeting.place_country in (None, trip.code):
            meeting.place, meeting.place_country = trip.place, trip.code
        if meeting.date is None and trip.date is not None:
            meeting.date, meeting.date_span = trip.date, trip.date_span

    def _add_home(self, meeting: FoundMeeting) -> None:
        """The dateline's city, where the text implies it: a guest received at home, "here"."""
        home = self.article.dateline_country
        countries = self._countries(p.entity for p in meeting.participants)
        here = any(self.details.says_here(n) for n in meeting.evidence)
        visit = any(self.details.says_visit(n) for n in meeting.evidence)
        received = self.details.has_guests or visit
        guests = home in countries and len(countries - {None}) > 1 and received
        if meeting.place_country not in (None, home):
            return
        if here or guests:
            meeting.place = self.details.dateline_span()
            meeting.place_country = home

    def _add_sides(self, meeting: FoundMeeting) -> None:
        """Host and guest by the place's country, where a guest is spoken of."""
        if any(p.side for p in meeting.participants) or not self.details.has_guests:
            return
        host = meeting.place_country
        countries = [self.cast.entities[p.entity].country for p in meeting.participants]
        if meeting.kind == "multilateral" or host not in countries or None in countries:
            return
        for participant, country in zip(meeting.participants, countries, strict=True):
            participant.side = "host" if country == host else "guest"


_SIDES: dict[str, tuple[str | None, str | None]] = {
    "subject": ("host", "guest"),
    "object": ("guest", "host"),
    "none": (None, None),
}


def _needs_object(trigger: Trigger) -> bool:
    frames = trigger.entry.frames
    return trigger.shape == "verb" and "plural" not in frames and not trigger.passive


def _copy(members: list[FoundParticipant]) -> list[FoundParticipant]:
    return [FoundParticipant(m.entity, m.mention, m.side, m.is_delegation_head) for m in members]


def _rule(trigger: Trigger) -> str:
    return f"{trigger.shape} {'+'.join(sorted(trigger.entry.frames))}"


def _extend(known: list[Range], added: list[Range]) -> None:
    known += [span for span in added if span not in known][: max(0, MOST - len(known))]


def _agree(meeting: FoundMeeting, trigger: Trigger, details: Details, kind: str) -> bool:
    """Whether status, kind, date and place of a new report leave it the same meeting."""
    calls = ("phone_call", "video_call")
    loose = trigger.entry.kind == "talk" or "topic" in trigger.entry.frames
    if (meeting.kind in calls) != (kind in calls) and not loose:
        return False
    settled = {"held", "ongoing"}
    if {meeting.status, trigger.status} == {"cancelled", "planned"} and details.date is None:
        return True
    if meeting.status != trigger.status and not (
        meeting.status in settled and trigger.status in settled
    ):
        pointing = trigger.definite and trigger.shape == "noun" and details.date is None
        if not pointing:
            return False
    if meeting.date and details.date and not _overlap(meeting.date, details.date):
        return False
    codes = meeting.place_country and details.place_country
    return not (codes and meeting.place_country != details.place_country)


def _overlap(a: ResolvedDate, b: ResolvedDate) -> bool:
    """Whether two dates may be one: equal as far as the coarser one goes, or ranges that meet."""
    width = {"day": 10, "month": 7, "year": 4}
    coarse = min(width[a.precision], width[b.precision])
    if a.start.isoformat()[:coarse] == b.start.isoformat()[:coarse]:
        return True
    return coarse == 10 and a.start <= (b.end or b.start) and b.start <= (a.end or a.start)


def _trip_fits(trip: Trip, meeting: FoundMeeting) -> bool:
    return trip.status == meeting.status
