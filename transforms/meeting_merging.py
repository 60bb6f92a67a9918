"""One row for each real meeting: whether a sentence tells of one told before, and what it adds.

The same parties (or some of them) with nothing that contradicts: kind, status, date and country of
the place. What is known stays; a later sentence only adds.
"""

from __future__ import annotations

from .dates import ResolvedDate
from .found import FoundMeeting, FoundParticipant
from .meeting_details import Details
from .meeting_members import MemberReader
from .meeting_triggers import Trigger
from .people import Cast, Entity
from .text import Text
from .topics import MOST, Range

_OWN = frozenset("his her their our my your".split())
_BEFORE = frozenset("previous last earlier".split())
_FOREMOST = frozenset({"head_of_state", "head_of_government"})
_GROUPS = frozenset({"group", "unnamed"})
_ANOTHER = frozenset("another recent second third separate further earlier previous new".split())


class MeetingBook:
    """The meetings of one article as far as it has been read."""

    def __init__(self, text: Text, cast: Cast, members: MemberReader) -> None:
        self.text, self.cast, self.members = text, cast, members
        self.meetings: list[FoundMeeting] = []

    def settle(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting:
        """Join the members to the meeting that was told before, or open a new one."""
        for meeting in reversed(self.meetings):
            if self.is_another(trigger):
                break
            if self._same(meeting, trigger, members, details):
                self.enrich(meeting, trigger, details, members)
                return meeting
        return self.open(trigger, members, details)

    def settle_next(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting:
        """'The next round': the one that is planned already, unless that has another day."""
        for meeting in reversed(self.meetings):
            known = {p.entity for p in meeting.participants}
            if meeting.status != "planned" or known != {m.entity for m in members}:
                continue
            if agree(meeting, trigger, details, meeting.kind):
                self.enrich(meeting, trigger, details, members)
                if details.date and trigger.sentence not in meeting.evidence:
                    meeting.evidence.append(trigger.sentence)
                return meeting
        return self.open(trigger, members, details)

    def is_another(self, trigger: Trigger) -> bool:
        """'a more recent call', 'another meeting': one that was not told of before."""
        words = self.text.lows[trigger.group : trigger.first]
        if words[:1] and words[0] in _OWN and not _BEFORE.isdisjoint(words):
            return True  # "your previous visit", "our last meeting"
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
        kind = self.members.kind_of(trigger, members, details)
        if not (self._covers(known, fresh) or self._covers(fresh, known)):
            return False
        fewer = len(fresh) < len(known) and not trigger.definite and trigger.shape == "noun"
        if fewer and meeting.kind == "multilateral":
            return False  # "a dialogue with" one of the three is another meeting
        return agree(meeting, trigger, details, kind)

    def _covers(self, larger: list[int], smaller: list[int]) -> bool:
        """Whether every party of the smaller list is in the larger one, or its state or body is."""
        left = list(larger)
        for b in smaller:
            match = next((a for a in left if self._stands_for(a, b)), None)
            if match is None:
                return False
            left.remove(match)
        return True

    def _stands_for(self, a: int, b: int) -> bool:
        if a == b:
            return True
        one, other = self.cast.entities[a], self.cast.entities[b]
        if self._is_description(one) != self._is_description(other):
            return self._fits(one, other)
        if one.kind in _GROUPS and other.kind in _GROUPS:
            return self._is_short_for(one, other) or self._is_short_for(other, one)
        state = one.kind == "country" or other.kind == "country"
        return state and one.country is not None and one.country == other.country

    def _is_short_for(self, bare: Entity, full: Entity) -> bool:
        """'The delegation' of 'the Nordic Council delegation': the same noun with nothing else."""
        words = bare.name.lower().removeprefix("the ").split()
        return len(words) == 1 and not bare.country and full.name.lower().split()[-1:] == words

    def _is_description(self, entity: Entity) -> bool:
        """'the king of Spain', 'foreign minister of A': a person without a name."""
        return entity.kind == "person" and not entity.words

    def _fits(self, one: Entity, other: Entity) -> bool:
        """Whether a named person may be whom a description means: office and country agree."""
        persons = one.kind == other.kind == "person"
        same = one.country is not None and one.country == other.country
        codes = {one.role_code, other.role_code} - {None, "official", "other"}
        if "official" in (one.role_code, other.role_code) and not _FOREMOST.isdisjoint(codes):
            return False  # "your Russian counterpart" is no head of state
        return persons and same and len(codes) < 2

    def open(
        self, trigger: Trigger, members: list[FoundParticipant], details: Details
    ) -> FoundMeeting:
        """A new meeting, told of for the first time."""
        meeting = FoundMeeting(
            kind=self.members.kind_of(trigger, members, details),
            status=trigger.status,
            evidence=[trigger.sentence],
            participants=members,
            rule=_rule(trigger),
            trigger=(trigger.first, trigger.last),
            latest=trigger.sentence,
        )
        self.meetings.append(meeting)
        self.enrich(meeting, trigger, details, [])
        return meeting

    def _add_place(self, meeting: FoundMeeting, details: Details) -> None:
        if meeting.place is None and details.place:
            meeting.place = details.place
            meeting.place_country = details.place_country or meeting.place_country
        meeting.place_country = meeting.place_country or details.place_country
        meeting.venue = meeting.venue or details.venue

    def _described(self, member: FoundParticipant, meeting: FoundMeeting) -> bool:
        """Let a name take the place of the description of the same person, and the reverse."""
        for participant in meeting.participants:
            one = self.cast.entities[participant.entity]
            other = self.cast.entities[member.entity]
            if self._is_description(one) == self._is_description(other):
                continue
            if self._fits(one, other):
                if self._is_description(one):
                    participant.entity, participant.mention = member.entity, member.mention
                return True
        return False

    def enrich(
        self,
        meeting: FoundMeeting,
        trigger: Trigger,
        details: Details,
        members: list[FoundParticipant],
    ) -> None:
        """Add what one more sentence knows; what is known stays."""
        known = {p.entity for p in meeting.participants}
        added = [m for m in members if m.entity not in known]
        added = [m for m in added if not self._described(m, meeting)]
        meeting.participants = self.members.without_countries(meeting.participants + added)
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
        if details.is_near or not pointing:
            self._add_place(meeting, details)
        meeting.format = meeting.format or details.format
        meeting.reported_by = meeting.reported_by or details.reported_by
        word = self.text.lows[trigger.last - 1]
        meeting.negotiation = meeting.negotiation or word.startswith("negotiat")
        meeting.mediated = meeting.mediated or word.startswith("mediat")
        if trigger.entry.kind == "meeting" and meeting.kind == "visit":
            meeting.kind = "meeting"
        if trigger.entry.kind in ("phone_call", "video_call"):
            meeting.kind = trigger.entry.kind
        extend(meeting.topics, details.topics)


def _rule(trigger: Trigger) -> str:
    return f"{trigger.shape} {'+'.join(sorted(trigger.entry.frames))}"


def extend(known: list[Range], added: list[Range]) -> None:
    """Add spans that are not known yet, up to the most a meeting may have.

    Of two spans of which one holds the other, the longer one stays.
    """
    for start, end in added:
        if any(a <= start and end <= b for a, b in known):
            continue
        known[:] = [(a, b) for a, b in known if not (start <= a and b <= end)]
        if len(known) < MOST:
            known.append((start, end))


def agree(meeting: FoundMeeting, trigger: Trigger, details: Details, kind: str) -> bool:
    """Whether status, kind, date and place of a new report leave it the same meeting."""
    calls = ("phone_call", "video_call")
    loose = trigger.entry.kind == "talk" or "topic" in trigger.entry.frames
    loose = loose and not (details.by_phone and meeting.status == "held")
    news = meeting.date is None and meeting.status in ("held", "ongoing")
    if details.is_old and news and trigger.sentence > meeting.evidence[0]:
        return False  # "our talks in 2015": what is told as news with no day is none so old
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
