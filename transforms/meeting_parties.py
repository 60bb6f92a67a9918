"""Who took part: the noun phrases that a trigger's grammar makes parties to the meeting.

A verb takes its subject and its object; a noun takes what "between", "with", "of" or "by" adds, its
owner ("the premier's meeting with …", "EU-Japan summit"), and the subject of the verb that carries
it ("held talks"). Lists are read as lists, "the delegation headed by X" as X. Parties are mentions
of the cast; whether they are enough is decided in meetings.
"""

from __future__ import annotations

from .meeting_complements import ComplementReader
from .meeting_lists import ListReader, Parties, Party
from .meeting_owners import OwnerFinder
from .meeting_subjects import SubjectFinder
from .meeting_triggers import AUXILIARIES, CLAUSE_ENDS, Trigger, Triggers
from .mentions import Mention
from .scene import Scene

_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)
_VISITED = frozenset({"person", "office"})  # bodies and towns that are visited are no hosts
_DELEGATIONS = frozenset(
    "delegation delegations mission leaders ministers officials envoys envoy diplomats ambassadors "
    "representatives counterparts".split()
)
# A body's house is visited, not the body: to lay flowers, to sign a book.
_SEATS = frozenset("embassy headquarters museum university school hospital parliament".split())
_PARTIES = frozenset(
    {"reception", "receptions", "banquet"}
)  # meetings only of those who give and get them
_MEALS = frozenset(
    "reception receptions dinner dinners lunch lunches luncheon breakfast banquet talks".split()
)
# What may follow the object of a verb that has other senses: "called X on Monday", not "called X a
# liar"; "called on X at the ministry", not "called on X to resign".
_AFTER_CALLED = frozenset(
    "here on at in today yesterday earlier this last late early . and after during , for (".split()
)


class PartyFinder:
    """Reads the parties of one sentence's triggers."""

    def __init__(
        self,
        scene: Scene,
        number: int,
        table: Triggers,
        author: int | None = None,
        addressee: int | None = None,
    ) -> None:
        """`author` and `addressee`: the entities that "I" and "you" mean here, where known."""
        self.scene, self.sentence, self.table = scene, scene.text.sentences[number], table
        self.cast, self.lows = scene.cast, scene.text.lows
        self.mentions = self.cast.by_sentence[number]
        self.lists = ListReader(scene, number, table)
        self.owners = OwnerFinder(self.lists, author, addressee)
        self.subjects = SubjectFinder(self.lists, author, addressee)
        self.complements = ComplementReader(self.lists)

    def nobody(self) -> Parties:
        """Parties to note in what a phrase points back to, for readers of other phrases."""
        return Parties()

    def parties(self, trigger: Trigger) -> Parties:
        """Left and right parties of a trigger."""
        found = self._of_verb(trigger) if trigger.shape == "verb" else self._of_noun(trigger)
        found.left = self.subjects.resolved(found.left, found)
        found.right = self.subjects.resolved(found.right, found)
        return found

    # --- verbs ------------------------------------------------------------------------------------
    def _of_verb(self, trigger: Trigger) -> Parties:
        parties = Parties()
        frames = trigger.entry.frames
        if "object" in frames and self._in_other_sense(trigger):
            parties.other_sense = True
            return parties
        if trigger.passive:
            if self._is_of_thing(trigger):
                parties.other_sense = True
                return parties
            parties.right = self.subjects.of_group(trigger.group, parties)
            parties.left = self.complements.behind(trigger.last, ("by",))
            if not parties.left and "with" in frames:
                parties.left = self.complements.behind(trigger.last, ("with",))
            return parties
        if "object" in frames:
            parties.right = self._object(trigger)
        prepositions = tuple(p for p in ("with", "to", "between") if p in frames)
        if not parties.right and prepositions:
            parties.right = self.complements.behind(trigger.last, prepositions)
        if "topic" in frames and not parties.right:
            parties.right = self.complements.topic_party(trigger.last)
        parties.left = self.subjects.of_group(trigger.group, parties)
        return parties

    def _is_of_thing(self, trigger: Trigger) -> bool:
        """'the letter, which was received by X': "which" stands for nobody who is known."""
        j = trigger.group - 1
        if j <= self.sentence.first or self.lows[j] != "which":
            return False
        mention = self.scene.ends.get(j - (self.lows[j - 1] == ","))
        return mention is None or mention.kind == "document"

    def _object(self, trigger: Trigger) -> list[Party]:
        found = self.complements.object_at(trigger.last)
        if trigger.entry.kind == "visit":
            found = [p for p in found if self._is_visited(p.mention)]
            found = found or self._inviting(trigger.last)
        if "guarded" in trigger.entry.frames:
            found = [p for p in found if p.mention.kind in _VISITED]
            found = found if found and self._is_guarded(found[-1].mention) else []
        if trigger.entry.host == "subject":
            found = [p for p in found if self._is_guest(p.mention)]
        return found

    def _is_visited(self, mention: Mention) -> bool:
        """A person; 'visit Charlotte' is a town's name that a person shares."""
        if mention.kind not in _VISITED or mention.place:
            return False
        alone = mention.last - mention.first == 1
        found = self.scene.lexicon.names.longest(self.scene.text.words, mention.first)
        return not (alone and found is not None and found[1].kind in ("place", "country"))

    def _is_guarded(self, mention: Mention) -> bool:
        """Whether what follows an object leaves it one: a day, a place, the sentence's end."""
        j = max(mention.tail, mention.last)
        if self.lows[j - 1] == ",":
            return True
        return j >= self.sentence.last or self.lows[j] in _AFTER_CALLED

    def _is_guest(self, mention: Mention) -> bool:
        """Whom one receives: a person or a delegation, no people, no body, no news."""
        if mention.kind in _VISITED or (mention.kind == "name" and mention.role_code):
            return True
        words = set(self.lows[mention.first : mention.last])
        if "among" in words:
            return False  # "hosted the debate among candidates"
        return mention.kind == "group" and bool(mention.role_code or words & _DELEGATIONS)

    def _in_other_sense(self, trigger: Trigger) -> bool:
        """'met the deadline', 'met with criticism': the next noun is no party."""
        for j in range(trigger.last, min(trigger.last + 6, self.sentence.last)):
            low = self.lows[j]
            mention = self.scene.begins.get(j)
            if mention and mention.kind in ("person", "office"):
                return self._owns_other(mention)
            if low in self.table.not_met:
                return self.table.nouns.longest(self.lows, j + 1) is None  # "a welcome dinner"
            if low in CLAUSE_ENDS or low == "," or (low in AUXILIARIES and low != "have"):
                return False
        return False

    def _owns_other(self, mention: Mention) -> bool:
        """'met the minister's deadline'."""
        j = mention.last
        return j + 1 < self.sentence.last and self.lows[j] == "'s" and bool(
            self.table.not_met.intersection(self.lows[j + 1 : min(j + 4, self.sentence.last)])
        )  # fmt: skip

    # --- nouns ------------------------------------------------------------------------------------
    def _of_noun(self, trigger: Trigger) -> Parties:
        parties = Parties()
        weak = "noun" not in trigger.entry.frames
        parties.right = self.complements.behind(trigger.last, ("between", "among"))
        between = bool(parties.right)
        if not between:
            parties.right = self._counterparts(trigger)
        if not parties.right:
            parties.right = self.complements.of_predicate(trigger.last)
            parties.right = parties.right or self.complements.holders(trigger.last)
            between = len(parties.right) > 1
        vague = "supported_noun" in trigger.entry.frames
        owners = [] if between or vague else self.owners.find(trigger, parties)
        bodies = all(p.mention.kind == "organization" for p in owners)
        if trigger.entry.kind == "visit" and parties.owned and not parties.right:
            parties.right = self.owners.hosts(trigger)
        if owners and (len(owners) > 1 or not (bodies and trigger.support)):
            parties.left = owners
        elif parties.owned:
            pass  # "her meeting with X" of somebody who is not known
        elif trigger.support:
            self._add_carrier(trigger, parties, owners, between)
        elif not between and parties.right:
            by = self.complements.members(trigger.last) or self._visitor(trigger)
            parties.left = by or self.subjects.of_clause(trigger.group, parties)
            parties.guessed = not by
        elif not between and not weak:
            parties.left = self.complements.members(trigger.last) or self._visitor(trigger)
        if not parties.left and not parties.right:
            parties.left, parties.right = self._had(trigger)
        if not parties.left and not parties.right and self._opens_sentence(trigger):
            parties.left = self._first_two(trigger.last)
        if not parties.left and not parties.right and self._follows_clause(trigger):
            parties.left = self.subjects.addressed(trigger.group)
            parties.left = parties.left or self.subjects.joint(trigger.group, parties)
        return parties

    def _had(self, trigger: Trigger) -> tuple[list[Party], list[Party]]:
        """Both sides in 'a meeting he had with Y', 'the talks that X held with Y'."""
        i = trigger.last + (self.lows[trigger.last : trigger.last + 1] in (["that"], ["which"]))
        mention = self.scene.begins.get(i)
        if mention is None or self.lows[mention.tail : mention.tail + 1] not in (["had"], ["held"]):
            return [], []
        right = self.complements.behind(mention.tail + 1, ("with",))
        return ([Party(mention)], right) if right else ([], [])

    def _counterparts(self, trigger: Trigger) -> list[Party]:
        """Who stands behind a noun's own preposition.

        "A visit to the king", "a courtesy call on the minister", "received a call from the
        premier", "hosted a dinner for the delegation", "a visit at the invitation of the king".
        """
        i, noun = trigger.last, self.lows[trigger.last - 1]
        found = self.complements.behind(i, ("with",))
        if not found and trigger.entry.kind == "visit":
            found = self._visited(i) or self._inviting(i)
        if not found and noun in ("call", "visit") and trigger.support:
            found = [p for p in self.complements.behind(i, ("on",)) if p.mention.kind in _VISITED]
        if not found and trigger.entry.kind == "phone_call":
            found = self.complements.behind(i, ("from", "to"))
        if noun in _PARTIES and not self._is_host(trigger):
            return []
        if not found and noun in _MEALS and self._is_host(trigger):
            found = [p for p in self.complements.behind(i, ("for",)) if self._is_guest(p.mention)]
            found = found or self.complements.honoured(i)
        return found

    def _is_host(self, trigger: Trigger) -> bool:
        return trigger.support is not None and self._is_host_verb(trigger.support[1])

    def _add_carrier(
        self, trigger: Trigger, parties: Parties, owners: list[Party], between: bool
    ) -> None:
        """The subject of the verb that carries the noun: 'X held talks with Y'."""
        group, verb = trigger.support or (trigger.group, trigger.group)
        found = self.subjects.of_group(group, parties)
        parties.left = [p for p in found if not self._inside(p, parties.right)]
        parties.right += owners
        if not parties.right:
            parties.right = self.complements.members(trigger.last)
        if between and self._is_host_verb(verb):
            parties.venue_of, parties.left = parties.left, []

    def _follows_clause(self, trigger: Trigger) -> bool:
        """'A and B said after talks': the noun closes a clause whose subject are the parties."""
        before = self.lows[trigger.group - 1] if trigger.group > self.sentence.first else ""
        return before in (
            "after",
            "following",
            "during",
            "at",
            "in",
            "by",
        ) and not self.table.own_body & set(self.lows[trigger.group : trigger.first])

    def _is_host_verb(self, verb: int) -> bool:
        found = self.table.supports.longest(self.lows, verb)
        return found is not None and found[1].host == "subject"

    def _opens_sentence(self, trigger: Trigger) -> bool:
        """'In a phone call, A told B …': the clause behind the noun names the parties."""
        near = trigger.group - self.sentence.first <= 2
        before = self.lows[trigger.group - 1] if trigger.group > self.sentence.first else ""
        return near and before in ("in", "during", "at") and not trigger.definite

    def _first_two(self, i: int) -> list[Party]:
        """The subject of the clause from token i on and the person behind its verb."""
        found = [
            m
            for m in self.mentions
            if m.first >= i and m.kind in ("person", "office") and self.scene.quote_at[m.first] < 0
        ]
        near = [m for m in found[:2] if m.first - found[0].last <= 3]
        return [Party(m) for m in near if self.subjects.is_like(m)] if len(near) == 2 else []

    def _visited(self, i: int) -> list[Party]:
        i += self.lows[i : i + 1] == ["on"] and i + 1 < self.sentence.last
        i += i < self.sentence.last and self.lows[i] in _DAYS
        if i < self.sentence.last and self.lows[i] == "to":
            mention = self.scene.begins.get(i + 1)
            if mention and mention.kind in ("person", "office", "organization"):
                seat = self.lows[mention.last - 1] in _SEATS
                return [] if seat else self.lists.read(i + 1)
        return []

    def _inviting(self, i: int) -> list[Party]:
        """The host in 'a visit to Rome at the invitation of X'."""
        for j in range(i, min(i + 12, self.sentence.last - 3)):
            if self.lows[j] in CLAUSE_ENDS:
                return []
            if self.lows[j : j + 2] == ["invitation", "of"]:
                return [p for p in self.lists.read(j + 2) if p.mention.kind in _VISITED]
        return []

    def _visitor(self, trigger: Trigger) -> list[Party]:
        """'a visit (paid) by X'."""
        visit = trigger.entry.kind == "visit"
        return self.complements.behind(trigger.last, ("by",)) if visit else []

    def _inside(self, party: Party, others: list[Party]) -> bool:
        return any(party.mention is other.mention for other in others)
