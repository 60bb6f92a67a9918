"""From parties to participants: who counts as a member of the meeting, and what kind it is.

A country is no member beside its own people; one caller and several who are called are several
meetings; one collective ("euro zone finance ministers") is a meeting by itself.
"""

from __future__ import annotations

from itertools import pairwise

from .found import FoundParticipant
from .meeting_details import Details
from .meeting_lists import LEADING, Parties, Party
from .meeting_triggers import Trigger
from .mentions import Mention
from .people import Cast, Entity
from .text import Text

_MULTILATERAL_SIDES = 3
_SHARED_CALLS = frozenset({"trilateral", "joint", "three-way", "conference", "together"})
_MANY = frozenset("organisations organizations ministers leaders heads chiefs premiers".split())
_FRAMES = frozenset("sidelines margins framework part".split())
_APART = frozenset({"including", "separate", "counterparts"})
_DOMESTIC = frozenset("cabinet senior junior government his her their its other some two".split())
_BLOCS = frozenset("euro zone eurozone bloc regional".split())
# "A delegation", "his team": who came along with a person that is named.
_COMPANY = frozenset("delegation entourage team officials ministers aides".split())
_OWN_PEOPLE = frozenset(
    "ministers cabinet aides advisers advisors staff team government generals commanders deputies "
    "officials party".split()
)
_SIDES: dict[str, tuple[str | None, str | None]] = {
    "subject": ("host", "guest"),
    "object": ("guest", "host"),
    "none": (None, None),
}


class MemberReader:
    """Reads the members of one article's meetings."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.text, self.cast = text, cast

    def of(self, trigger: Trigger, parties: Parties) -> list[FoundParticipant]:
        """Participants of both sides, each entity once, sides where the trigger gives them."""
        left, right = _SIDES[trigger.entry.host]
        if trigger.entry.host == "subject" and trigger.shape == "noun":
            left = right = None
        members: list[FoundParticipant] = []
        for side, group in ((left, parties.left), (right, parties.right)):
            for party in group:
                entity = self.cast.of(party.mention)
                known = [m for m in members if m.entity == party.mention.entity]
                if known or not self._identified(party, entity):
                    continue
                members.append(
                    FoundParticipant(party.mention.entity, party.mention, side, party.head)
                )
        return self.without_countries(self._without_companions(members))

    def _without_companions(self, members: list[FoundParticipant]) -> list[FoundParticipant]:
        """Members without 'a delegation' of no country beside the person who brought it."""
        entities = self.cast.entities
        persons = any(entities[m.entity].kind == "person" for m in members)
        return [m for m in members if not (persons and self._is_companion(m, entities[m.entity]))]

    def _is_companion(self, member: FoundParticipant, entity: Entity) -> bool:
        words = self.text.lows[member.mention.first : member.mention.last]
        if entity.kind not in ("group", "unnamed") or entity.organization:
            return False
        before = self.text.lows[max(0, member.mention.first - 1)]
        return bool(_COMPANY.intersection(words)) and before in ("with", "and") and (
            words[0] in ("his", "her", "their", "its", "a") and entity.country is None
        )  # fmt: skip

    def _identified(self, party: Party, entity: Entity) -> bool:
        if self._is_own(party, entity):
            return False
        if entity.kind == "unnamed" and (self._is_leading(party) or self._is_abroad(party)):
            return True
        if entity.kind == "unnamed":
            return bool(entity.country or entity.organization) and party.mention.kind != "pronoun"
        if party.mention.kind == "pronoun":
            return entity.kind in ("person", "organization", "country", "name")
        return True

    def _is_abroad(self, party: Party) -> bool:
        """'three of his European counterparts': his office in other states."""
        words = self.text.lows[party.mention.first : party.mention.last]
        return party.mention.plural and words[-1] == "counterparts"

    def _is_leading(self, party: Party) -> bool:
        """'business leaders', 'civil society representatives': a group by what it leads."""
        mention = party.mention
        words = self.text.lows[mention.first : mention.last]
        plain = mention.determiner == "" and len(words) > 1
        return mention.plural and plain and words[-1] in LEADING

    def _is_own(self, party: Party, entity: Entity) -> bool:
        """'his ministers', 'her team': a leader with his own people is no meeting."""
        mention = party.mention
        if entity.kind not in ("group", "unnamed", "organization") or entity.country:
            return False
        words = self.text.lows[mention.first : mention.last]
        return mention.determiner in ("his", "her", "its") and bool(_OWN_PEOPLE.intersection(words))

    def without_countries(self, members: list[FoundParticipant]) -> list[FoundParticipant]:
        """Members without a country that one of its own people represents."""
        entities = self.cast.entities
        people = {
            entities[m.entity].country for m in members if entities[m.entity].kind != "country"
        }
        kept = [
            m
            for m in members
            if entities[m.entity].kind != "country" or entities[m.entity].country not in people
        ]
        alone = entities[kept[0].entity] if len(kept) == 1 < len(members) else None
        if alone is not None and alone.kind == "person" and kept[0].mention.country is None:
            alone.country = None  # one does not meet one's own state: it was only inferred
            return members
        return kept

    def split(
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
        plural = trigger.shape == "noun" and self.text.lows[trigger.last - 1] in (
            "meetings", "sessions", "calls", "conversations", "receptions", "dinners", "bilaterals",
        )  # fmt: skip
        apart = not _APART.isdisjoint(lows) or any(
            one in ("and", ",", "as") and two in ("to", "with") for one, two in pairwise(lows)
        )  # "spoke to X and to Y"
        calls = trigger.entry.kind in ("phone_call", "talk") and apart
        if calls or plural or "separately" in lows:
            return [[*copy_members(mine), other] for other in others]
        return [members]

    def are_vague(self, members: list[FoundParticipant]) -> bool:
        """'mayors and council members': groups of no state and no body, however many."""
        entities = [self.cast.entities[m.entity] for m in members]
        return all(
            e.kind in ("group", "unnamed") and not (e.country or e.organization) for e in entities
        )

    def are_private(self, members: list[FoundParticipant]) -> bool:
        """Two persons of whom the article tells neither office nor state nor body: no diplomacy."""
        entities = [self.cast.entities[m.entity] for m in members]
        known = any(e.country or e.organization or e.role or e.role_code for e in entities)
        kinds = {e.kind for e in entities}
        return len(members) > 1 and not known and "person" in kinds and kinds <= {"person", "name"}

    def is_collective(
        self,
        trigger: Trigger,
        parties: Parties,
        members: list[FoundParticipant],
        details: Details,
    ) -> bool:
        """One party that is many: 'euro zone finance ministers will meet', 'NATO summit'."""
        if len(members) != 1 or trigger.entry.kind in ("visit", "talk"):
            return False
        mention, entity = members[0].mention, self.cast.entities[members[0].entity]
        words = self.text.lows[mention.first : mention.last]
        abroad = mention.country in (None, "INT")
        before = self.text.lows[max(0, trigger.group - 2) : trigger.group]
        if trigger.shape == "noun" and not _FRAMES.isdisjoint(before[:1]):
            return False  # "met Y on the sidelines of the ASEAN summit": that tells of X and Y
        if mention.kind == "organization":
            summit = trigger.shape == "noun" and self.text.lows[trigger.last - 1] == "summit"
            return summit and entity.country == "INT" and details.place is not None
        many = mention.plural and (mention.role_code or _MANY.intersection(words))
        stated = entity.country == "INT" or self._names_a_bloc(mention)
        meets = trigger.shape == "noun" or bool(parties.left)
        found = bool(many and abroad and stated and meets and mention.kind == "group")
        if found:
            entity.country = mention.country  # not of the country where they meet
        return found

    def _is_paid(self, verb: int) -> bool:
        """'paid a call on the minister'."""
        return self.text.lows[verb] in ("pay", "pays", "paid", "paying")

    def _is_bloc(self, member: FoundParticipant, entity: Entity) -> bool:
        """'EC finance ministers', 'G20 leaders': many states in one phrase."""
        mention = member.mention
        words = self.text.lows[mention.first : mention.last]
        many = mention.plural and _MANY.intersection(words) and self._names_a_bloc(mention)
        return bool(many) and mention.kind == "group" and mention.country in (None, "INT")

    def _names_a_bloc(self, mention: Mention) -> bool:
        """Whether a group is told by a name or number: 'G20 leaders', '27 leaders'."""
        first = mention.first + (mention.first == 0)
        words = self.text.words[first : mention.last]
        named = any(word[0].isupper() or word[0].isdigit() for word in words)
        lows = [word.lower() for word in words]
        ministers = lows[-1:] == ["ministers"] and not _DOMESTIC.intersection(lows)
        portfolio = ministers and len(set(lows) - {"the"}) > 1  # "the farm ministers"
        return named or portfolio or bool(_BLOCS.intersection(words))

    def kind_of(self, trigger: Trigger, members: list[FoundParticipant], details: Details) -> str:
        """The kind of meeting (records.MEETING_KINDS) that a trigger and its members make."""
        kind = trigger.entry.kind
        if details.by_phone:
            return "phone_call"
        if details.by_video:
            return "video_call"
        if kind == "talk":
            verb = trigger.shape == "verb"
            return "phone_call" if verb and not details.place else "meeting"
        if kind == "phone_call" and trigger.support and self._is_paid(trigger.support[1]):
            return "meeting"
        if kind in ("phone_call", "video_call", "visit"):
            return kind
        entities = [self.cast.entities[m.entity] for m in members]
        sides = {e.country for e in entities if e.country}
        if len(members) == 1:
            return "multilateral"
        if len(sides) >= _MULTILATERAL_SIDES or kind == "multilateral":
            return "multilateral"
        bloc = any(self._is_bloc(m, e) for m, e in zip(members, entities, strict=True))
        if trigger.shape == "noun" and bloc:
            return "multilateral"
        summit = trigger.shape == "noun" and self.text.lows[trigger.last - 1] == "summit"
        body = any(e.kind == "organization" and e.country == "INT" for e in entities)
        person = any(e.kind == "person" for e in entities)
        return "multilateral" if summit and body and person else "meeting"


def copy_members(members: list[FoundParticipant]) -> list[FoundParticipant]:
    """The same members for another meeting."""
    return [FoundParticipant(m.entity, m.mention, m.side, m.is_delegation_head) for m in members]
