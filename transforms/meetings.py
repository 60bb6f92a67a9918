"""Meetings: who met whom, where, when, about what; one row for each real meeting of an article.

Sentence by sentence: triggers (meeting_triggers), their status (meeting_status), their parties
(meeting_parties). Two parties or more make a meeting, unless the article has told of it before:
then the sentence adds what it knows. "The meeting", "they" and "the two leaders" point back to the
latest one. What fired and yielded nothing is kept as a miss.

Known limits: triggers inside quotation marks are not read; a visit with no named host is a miss.
"""

from __future__ import annotations

from dataclasses import replace

from .found import FoundMeeting, FoundMiss, FoundParticipant
from .lexicon import Lexicon
from .meeting_attendance import AttendanceReader
from .meeting_cancelling import CalledOffReader
from .meeting_details import DetailReader, Details
from .meeting_lists import Parties, Party
from .meeting_members import MemberReader, copy_members
from .meeting_merging import MeetingBook, agree, extend
from .meeting_modifiers import ADVERBIALS
from .meeting_parties import PartyFinder
from .meeting_settings import SettingReader
from .meeting_speakers import Speakers
from .meeting_status import REASONS, settle_status
from .meeting_triggers import Trigger, compile_triggers, find_triggers
from .mentions import Mention
from .people import Cast, Entity
from .records import MISS_REASONS, ROLE_CODES, Article
from .scene import Scene, build_scene
from .text import Text
from .topics import compile_topics, complement_topics, find_topics

_AFTER_BARE = frozenset("in at on for to from with around outside under inside and but".split())
_MEDIA = frozenset("television tv radio news newspaper magazine channel podcast".split())
_PHONE = frozenset({"phone_call"})
_ENOUGH_WORDS = 120  # a text of that many words in English is known to be
_MEMORY = 6  # sentences after which a sentence without a meeting word tells of none
_OFFICIAL = frozenset(ROLE_CODES) - frozenset(
    {"expert", "other", "spokesperson", "executive", "judge", "adviser"}
)


def find_meetings(
    text: Text, cast: Cast, article: Article, lexicon: Lexicon, first: int = 0
) -> tuple[list[FoundMeeting], list[FoundMiss]]:
    """All meetings of an article in reading order, and misses.

    `first` is the token at which the body begins, behind the dateline.
    """
    if _is_foreign(article, text):
        return [], []
    reader = _Reader(text, cast, article, lexicon, first)
    for number, sentence in enumerate(text.sentences):
        if sentence.last > first:
            reader.read(number)
    reader.finish()
    return reader.book.meetings, reader.misses


def _is_foreign(article: Article, text: Text) -> bool:
    """Whether the text is not English: its language says so, or is unknown in a text that long."""
    if article.language is not None:
        return not article.language.startswith("en")
    return len(text.words) > _ENOUGH_WORDS


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
        self.members = MemberReader(text, cast)
        self.attendance = AttendanceReader(self.scene)
        self.book = MeetingBook(text, cast, self.members)
        self.misses: list[FoundMiss] = []
        self.called_off = CalledOffReader(self.scene, self.table)
        self.sport = len(self.table.sport.intersection(text.lows)) > 2

    def read(self, number: int) -> None:
        """Read the triggers of one sentence, then its topics."""
        sentence = self.text.sentences[number]
        self.speakers.turn_to(number)
        listed = self.speakers.listed(number)
        if listed and self.book.meetings:
            self._add_listed(number, listed)
            return
        triggers = find_triggers(self.scene, sentence, number, self.table)
        cancelled = travelling = False
        for trigger in triggers:
            settle_status(self.text, sentence, trigger, self.table)
            if travelling and trigger.status == "hypothetical":
                trigger.status = "planned"  # "plans to visit Rome and hopes to meet the pope"
            visit = trigger.entry.kind == "visit" and trigger.status == "planned"
            travelling = travelling or visit
            cancelled = cancelled or trigger.status == "cancelled"
            if cancelled and trigger.status == "planned" and self._was_to_be(trigger):
                trigger.status = "cancelled"
        told: list[FoundMeeting] = []
        self.details.open(number, triggers, self.speakers.author)
        if not triggers and not self.attendance.tells_of_any(number):
            self._add_topics(number, told)
            return
        author, addressee = self.speakers.author, self.speakers.addressee(self.book.meetings)
        finder = PartyFinder(self.scene, number, self.table, author, addressee)
        for trigger in triggers:
            if self.attendance.is_attended(trigger) and self._latest(number) is not None:
                self._add_attendance(number, self.attendance.of_trigger(trigger, finder))
                continue
            meetings = self._read_trigger(trigger, finder)
            if trigger.status == "planned" and self._was_to_be(trigger):
                self.called_off.note(meetings, number)
            if told and not meetings and trigger.shape == "noun":  # "met for talks on water"
                behind = complement_topics(self.text, sentence, trigger.last, self.topics)
                extend(told[-1].topics, behind)
            told += meetings
        self._add_attendance(number, self.attendance.present(number, finder, tells=bool(told)))
        self._add_topics(number, told)

    def _latest(self, number: int) -> FoundMeeting | None:
        """The meeting told last, as far as a sentence may still speak of it."""
        meeting = self.book.meetings[-1] if self.book.meetings else None
        settled = meeting is not None and meeting.status in ("held", "ongoing")
        near = meeting is not None and number - meeting.latest <= _MEMORY
        return meeting if settled and near else None

    def _add_attendance(self, number: int, attending: list[Party]) -> None:
        """Who else was there joins the meeting told last."""
        meeting = self._latest(number)
        if meeting is None or meeting.kind in _PHONE:
            return
        for party in attending:
            entity = self._entity(party)
            known = {p.entity for p in meeting.participants}
            named = entity.kind in ("person", "name") and party.mention.kind != "pronoun"
            if named and party.mention.entity not in known:
                member = FoundParticipant(party.mention.entity, party.mention)
                meeting.participants = self.members.without_countries(
                    [*meeting.participants, member]
                )

    def _was_to_be(self, trigger: Trigger) -> bool:
        """'postponed a visit on which he was to meet Y': what was planned for it is off too."""
        verb = trigger.support or (trigger.group, trigger.first)
        first = self.text.sentences[trigger.sentence].first
        words = set(self.text.lows[max(first, verb[0] - 3) : verb[1]])
        return bool(words & {"was", "were", "had"})

    def _read_trigger(self, trigger: Trigger, finder: PartyFinder) -> list[FoundMeeting]:
        parties = finder.parties(trigger)
        if "bare" in trigger.entry.frames and self._has_object(trigger):
            return []  # "to gather information"
        if parties.other_sense or self._is_no_meeting(trigger, parties):
            return self._miss(trigger, "not_a_meeting")
        joint = "joint" in trigger.entry.frames and self._are_two_states(trigger, parties.left)
        if _needs_object(trigger) and not parties.right and not joint:
            return []  # "welcomed the decision": a cue or another verb, not a meeting's
        details = self.details.of(trigger)
        if trigger.status == "hypothetical" and self._is_occasion(trigger):
            trigger.status = "planned"
            details = self.details.of(trigger)
        if parties.guessed and trigger.definite and self._is_told(trigger, parties, details):
            parties.left = []
        members = self.members.of(trigger, parties)
        for host in parties.venue_of:
            entity = self._entity(host)
            if entity.kind == "country" and details.place_country is None:
                details.place_country = entity.country
        if trigger.status in MISS_REASONS or trigger.status in REASONS:
            strong = len(members) > 1 or trigger.shape == "verb"
            return self._miss(trigger, trigger.status) if strong else []
        if trigger.shape == "verb" and self.members.are_private(members):
            return self._miss(trigger, "not_a_meeting")
        one_sided = trigger.shape == "verb" and not parties.left and bool(parties.right)
        if trigger.entry.kind == "talk" and not self._is_talk(trigger, parties, members, details):
            return []
        if len(members) < 2 or one_sided or self.members.are_vague(members):
            collective = self.members.is_collective(trigger, parties, members, details)
            if collective and not self._is_after_one(trigger, details):
                return [self.book.settle(trigger, members, details)]
            return self._read_short(trigger, parties, members, details)
        told = []
        for group in self.members.split(trigger, parties, members):
            told.append(self.book.settle(trigger, group, details))
        for occasion in self.details.further_occasions(trigger):
            told.append(self.book.settle(trigger, copy_members(members), occasion))
        return told

    def _has_object(self, trigger: Trigger) -> bool:
        """Whether a noun, and no place, day or purpose, stands right behind a verb."""
        i = trigger.last
        if i >= self.text.sentences[trigger.sentence].last:
            return False
        low = self.text.lows[i]
        closed = low in ADVERBIALS or low in _AFTER_BARE or low.endswith("ly")
        return not closed and low[0].isalpha()

    def _are_two_states(self, trigger: Trigger, parties: list[Party]) -> bool:
        """'The premier of A and the king of B discussed trade': officials of two states or more.

        Of a meeting told just before, such a sentence only gives the topic.
        """
        own = {p.mention.entity for p in parties}
        for meeting in self.book.meetings:
            known = {p.entity for p in meeting.participants}
            if own & known and trigger.sentence - meeting.latest <= _MEMORY:
                return False
        entities = [self._entity(p) for p in parties]
        officials = all(e.kind == "person" and e.role_code in _OFFICIAL for e in entities)
        states = {e.country for e in entities if e.country}
        return officials and len(states) > 1

    def _is_occasion(self, trigger: Trigger) -> bool:
        """'should report at a summit on 24 September': the occasion itself is no wish."""
        before = self.text.lows[trigger.group - 1] if trigger.group else ""
        today = self.details.anchor.day
        if trigger.shape != "noun" or before not in ("at", "during") or today is None:
            return False
        date = self.details.of(replace(trigger, status="planned")).date
        return date is not None and date.precision == "day" and date.start >= today

    def _is_after_one(self, trigger: Trigger, details: Details) -> bool:
        """'Following the call, EU leaders reiterated …': that call is the one told of already."""
        back = self._latest(trigger.sentence)
        noun = trigger.shape == "noun" and self.text.lows[trigger.group] in ("the", "this", "that")
        short = trigger.last - trigger.group == 2
        return noun and short and back is not None and agree(back, trigger, details, back.kind)

    def _is_told(self, trigger: Trigger, parties: Parties, details: Details) -> bool:
        """Whether 'the call with Y' is a call with Y that was told of before."""
        counterparts = self.members.of(trigger, replace(parties, left=[]))
        back = self._pointed_at(trigger, counterparts, details) if counterparts else None
        return back is not None and agree(back, trigger, details, back.kind)

    def _is_talk(
        self,
        trigger: Trigger,
        parties: Parties,
        members: list[FoundParticipant],
        details: Details,
    ) -> bool:
        """'X spoke with Y' tells of a call only between officials; others give interviews.

        'X and Y spoke' may be two speeches: it needs a phone or a day right behind the verb.
        """
        if details.by_phone or details.by_video:
            return True
        if "remote" in trigger.entry.frames or any(p.head for p in parties.everybody()):
            return False
        if trigger.shape == "verb" and parties.right:
            between = self.text.lows[trigger.last : parties.right[0].mention.first]
            if {"at", "about", "before", "after"}.intersection(between):
                return False  # "spoke at a rally with X"
        if trigger.shape == "verb" and not parties.right:
            first = details.date_span[0] if details.date_span else -1
            if not trigger.last <= first <= trigger.last + 2:
                return False
        entities = [self.cast.entities[m.entity] for m in members]
        return all(
            e.kind == "person" and (e.role_code in _OFFICIAL or (e.country and not e.role_code))
            for e in entities
        )

    def _is_no_meeting(self, trigger: Trigger, parties: Parties) -> bool:
        """A body with itself, a press conference, sport."""
        if trigger.shape == "noun":
            own = set(self.text.lows[trigger.group : trigger.first]) & self.table.own_body
            if own and not (parties.right and parties.left) and len(parties.left) < 2:
                return True
            if len(parties.left) < 2 and self._sits_with_itself(trigger, parties):
                return True
        if self._is_interview(trigger, parties):
            return True
        persons = [p for p in parties.everybody() if self._entity(p).kind == "person"]
        sentence = self.text.sentences[trigger.sentence]
        words = self.text.lows[sentence.first : sentence.last]
        fixture = trigger.shape == "verb" or self.text.lows[trigger.last - 1].startswith("meeting")
        sport = self.sport or bool(self.table.sport.intersection(words))
        return fixture and not persons and sport

    def _is_interview(self, trigger: Trigger, parties: Parties) -> bool:
        """'a chat with Kanal Television', 'spoke with Radio Nord': the other side is a medium."""
        words = [p.mention for p in parties.right]
        return bool(words) and all(
            m.kind in ("name", "organization")
            and not _MEDIA.isdisjoint(self.text.lows[m.first : m.last])
            for m in words
        )

    def _sits_with_itself(self, trigger: Trigger, parties: Parties) -> bool:
        """'chaired a meeting of the cabinet': one body of one state, whoever is in the chair."""
        lows = self.text.lows
        if trigger.last >= len(lows) or lows[trigger.last] != "of" or len(parties.right) > 1:
            return False
        body = parties.right or parties.left
        mention = body[0].mention if len(body) == 1 else None
        if mention is None or mention.first > trigger.last + 3 or mention.first < trigger.last:
            return False
        words = set(lows[mention.first : mention.last])
        summit = lows[trigger.last - 1] in ("summit", "summits")
        return not summit and (mention.kind == "organization" or bool(words & self.table.own_body))

    def _read_short(
        self,
        trigger: Trigger,
        parties: Parties,
        members: list[FoundParticipant],
        details: Details,
    ) -> list[FoundMeeting]:
        """Fewer than two parties: "they met again", "during the meeting", or a miss."""
        if self._note_programme(trigger, parties, details):
            return self._miss(trigger, "one_party")
        back = None if self._is_next(trigger) else self._pointed_at(trigger, members, details)
        if back is not None and (parties.anaphoric or trigger.definite or members):
            same = agree(
                back, trigger, details, self.members.kind_of(trigger, back.participants, details)
            )
            same = same or self._continues(back, trigger, details)
            same = same and not self._is_since(back, trigger)
            same = same and not (self.book.is_another(trigger) and (details.date or details.place))
            if same:
                self.book.enrich(back, trigger, details, [])
                return [back]
            if parties.anaphoric:
                copies = [FoundParticipant(p.entity, p.mention) for p in back.participants]
                return [self.book.open(trigger, copies, details)]
        if self._is_next(trigger) and not members and self.book.meetings:
            copies = copy_members(self.book.meetings[-1].participants)
            return [self.book.settle_next(trigger, copies, details)]
        pair = self._recent_pair(trigger) if parties.anaphoric and not members else []
        if len(pair) == 2:
            return [self.book.settle(trigger, pair, details)]
        weak = "noun" not in trigger.entry.frames or trigger.definite
        weak = weak or self.text.lows[trigger.last - 1] in ("meetings", "visits")
        return (
            []
            if trigger.shape == "noun" and weak and not members
            else self._miss(trigger, "one_party")
        )

    def _note_programme(self, trigger: Trigger, parties: Parties, details: Details) -> bool:
        """'held an agenda of meetings on Friday in Rome': place and day of what is told behind."""
        several = trigger.shape == "noun" and self.text.lows[trigger.last - 1] == "meetings"
        place = next((p for p in self.details.places if details.place == (p.first, p.last)), None)
        persons = [p for p in parties.left if self._entity(p).kind == "person"]
        dated = details.date is not None
        told = several and trigger.status == "held" and len(persons) == 1 and dated
        if not told or place is None or details.date is None or details.date_span is None:
            return False
        day = (details.date, details.date_span)
        traveller = persons[0].mention.entity
        self.details.trips.add_programme(traveller, trigger.sentence, place, day)
        return True

    def _is_since(self, back: FoundMeeting, trigger: Trigger) -> bool:
        """'since their summit in July', 'they met again': another one of the same two."""
        lows = self.text.lows
        before = lows[trigger.group - 1] if trigger.group else ""
        again = "again" in lows[trigger.group : trigger.last + 2] and trigger.shape == "verb"
        return before == "since" and back.latest == trigger.sentence or again

    def _continues(self, back: FoundMeeting, trigger: Trigger, details: Details) -> bool:
        """'The leaders continued their exchange of views': it goes on, in the call as well."""
        settled = ("held", "ongoing")
        same = back.status == trigger.status or {back.status, trigger.status} <= set(settled)
        other = details.date or details.place or trigger.entry.kind in ("visit", "multilateral")
        near = trigger.sentence - back.latest <= _MEMORY
        return trigger.shape == "noun" and near and same and not other and trigger.definite

    def _pointed_at(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting | None:
        """The meeting that a phrase with too few parties may speak of: the latest that agrees."""
        phone = trigger.entry.kind in _PHONE
        fitting: list[FoundMeeting] = []
        for meeting in reversed(self.book.meetings):
            entities = {p.entity for p in meeting.participants}
            if members and not all(m.entity in entities for m in members):
                continue
            if phone and meeting.kind not in ("phone_call", "video_call"):
                continue
            if members and not trigger.definite and trigger.status != meeting.status:
                continue
            fitting.append(meeting)
        agreeing = (m for m in fitting if agree(m, trigger, details, m.kind))
        return next(agreeing, fitting[0] if fitting else None)

    def _is_next(self, trigger: Trigger) -> bool:
        """'the next round of talks': the same parties, another time."""
        words = self.text.lows[trigger.group : trigger.first]
        if trigger.status != "planned" or "next" not in words:
            return False
        after = words[words.index("next") + 1 :]
        return after[:1] not in (["year"], ["month"], ["week"], ["weekend"])

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

    def _entity(self, party: Party) -> Entity:
        return self.cast.of(party.mention)

    def _add_listed(self, number: int, listed: list[Mention]) -> None:
        """Names of a list of participants under its heading join the latest meeting."""
        meeting = self.book.meetings[-1]
        named = [FoundParticipant(m.entity, m) for m in listed]
        groups = ("group", "unnamed")
        kept = [p for p in meeting.participants if self.cast.entities[p.entity].kind not in groups]
        known = {p.entity for p in kept}
        meeting.participants = kept + [p for p in named if p.entity not in known]
        if len(meeting.evidence) < 2:
            meeting.evidence.append(number)

    def _add_topics(self, number: int, told: list[FoundMeeting]) -> None:
        """Topics and outcomes go to the meeting the sentence tells of, else to the latest one."""
        sentence = self.text.sentences[number]
        topics, outcomes = find_topics(self.text, sentence, self.topics, self.quoted)
        if not (topics or outcomes) or not self.book.meetings:
            return
        meeting = told[-1] if told else self.book.meetings[-1]
        if not told and number - meeting.latest > _MEMORY:
            return
        if not told:
            meeting.latest = number
        extend(meeting.topics, topics)
        extend(meeting.outcomes, outcomes)

    def _miss(self, trigger: Trigger, reason: str) -> list[FoundMeeting]:
        start, end = self.text.span(trigger.first, trigger.last)
        self.misses.append(FoundMiss(start, end, REASONS.get(reason, reason)))
        return []

    def finish(self) -> None:
        """Fill from the article what no single sentence says: trips, the dateline's place."""
        settings = SettingReader(self.cast, self.article, self.details)
        self.called_off.settle()
        for meeting in self.book.meetings:
            settings.complete(meeting)


def _needs_object(trigger: Trigger) -> bool:
    frames = trigger.entry.frames
    return trigger.shape == "verb" and "plural" not in frames and not trigger.passive
