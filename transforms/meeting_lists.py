"""Lists of parties: "Presidents A of X and B of Y", "the delegation headed by C".

A list is read item by item from its first token, or backwards from its last item. An item is a
mention of the cast that could take part in a meeting, with what belongs to it ("of Norway", "led by
D"); the joiners between items are commas, "and", "as well as" and their like.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .meeting_collectives import CollectiveReader
from .meeting_modifiers import ADVERBIALS, JOINERS, ModifierReader
from .meeting_triggers import AUXILIARIES, CLAUSE_ENDS, Triggers
from .mentions import Mention
from .scene import Scene

_LONG_JOINERS = (
    ("as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("and", "also", "with"),
    ("and", "with"),
    ("and", "to"),
)
# Offices that one person holds where nothing else is said: "the Secretary-General".
_FOREMOST = frozenset("head_of_state head_of_government foreign_minister secretary_general".split())
_TITLED = _FOREMOST | frozenset(
    "religious_leader minister deputy_minister defense_minister ambassador envoy "
    "deputy_head_of_state deputy_head_of_government speaker_of_parliament".split()
)
# Groups that are told by whom they lead or speak for: "business leaders".
LEADING = frozenset("leaders representatives executives negotiators".split())
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
HEADING = frozenset({"headed", "led", "chaired"})
_PARTY_KINDS = frozenset({"person", "organization", "country", "group", "office", "name"})


@dataclass(slots=True)
class Party:
    """A mention as a party; `head` where the text says that it heads a delegation."""

    mention: Mention
    head: bool = False


@dataclass(slots=True)
class Parties:
    """The two sides as grammar gives them; `anaphoric` where a phrase points back ("they")."""

    left: list[Party] = field(default_factory=list)
    right: list[Party] = field(default_factory=list)
    anaphoric: bool = False
    other_sense: bool = False
    venue_of: list[Party] = field(default_factory=list)  # who hosted others' talks
    guessed: bool = False  # the left side is only the clause's subject
    owned: bool = False  # "her meeting", whoever she is

    def everybody(self) -> list[Party]:
        """Both sides, left first."""
        return self.left + self.right


class ListReader:
    """Reads the lists of one sentence."""

    def __init__(self, scene: Scene, number: int, table: Triggers) -> None:
        self.scene, self.sentence, self.table = scene, scene.text.sentences[number], table
        self.number = number
        self.text, self.cast, self.lexicon = scene.text, scene.cast, scene.lexicon
        self.lows, self.words = scene.text.lows, scene.text.words
        self.mentions = self.cast.by_sentence[number]
        self.collectives = CollectiveReader(scene, number)
        self.modifiers = ModifierReader(scene, number, table)

    def read(self, i: int, *, subject: bool = False, least: int = 1) -> list[Party]:
        """The parties of a list that starts at token i; a subject's list ends before its verb.

        `least` is how many there must be before a verb behind the next one makes it a new clause.
        """
        found: list[Party] = []
        j, closed, several = i, False, (0, 0)
        while j < self.sentence.last:
            party, end = self._item(j)
            if party is None:
                break
            joined = self.lows[j - 1] not in (",", ";")
            paired = closed and self._goes_on_in_pairs(found, party)
            if closed and not joined and not (paired or self._explains(found[-1], party, j)):
                break  # behind "and C" a comma opens something else
            closed = closed or (bool(found) and joined)
            if len(found) >= least and not subject and self._begins_clause(end):
                break
            named = self._named_members(party.mention, end)
            if named:
                found += named
                break
            if found and self._is_apposition(found[-1], party, j):
                self._appose(found[-1].mention, party.mention)
            elif closed and found and self._is_titled_by(found[-1:], party, j):
                self._appose(party.mention, found[-1].mention)
                found = [p for p in found[:-1] if not self._is_bare_office(p)] + [party]
            elif found and self._is_named_item(found[-1], party, j, end):
                self._appose(party.mention, found[-1].mention)
                found[-1] = party
            elif self._is_titled_by(found, party, j):
                self._appose(party.mention, found[0].mention)
                found = [party]
            elif found and (shared := self._shares_office(found[-1], party.mention, j)):
                found[-1:] = [Party(m) for m in shared]
            elif self._is_half(found, party, j):
                found[-1] = Party(replace(party.mention, first=found[-1].mention.first, name=None))
            else:
                spread = self.collectives.spread(party.mention)
                several = (len(found), len(spread)) if len(spread) > 1 else several
                found += [Party(m, party.head) for m in spread]
            after = self._over_joiner(self._over_relative(end))
            if after is None:
                break
            j = after
        first, count = several
        if count and len(found) == first + 2 * count:  # "the ministers of A and B, X and Y"
            offices = [p.mention for p in found[first : first + count]]
            return found[:first] + self._named(offices, found[first + count :])
        return self._without_count(self._paired(found))

    def _goes_on_in_pairs(self, found: list[Party], party: Party) -> bool:
        """The last name in 'the presidents of A, X; and B, Y'."""
        states = found[-1].mention.kind == "country" and found[0].mention.kind == "group"
        named = party.mention.kind in ("person", "name")
        before = found[-1].mention.first
        return states and named and len(found) > 2 and ";" in self.lows[before - 3 : before]

    def _paired(self, found: list[Party]) -> list[Party]:
        """The names in 'the presidents of A, X; and B, Y': one office, a state before each name."""
        group = found[0].mention if found else None
        several = group is not None and group.kind == "group" and group.plural and group.role_code
        if group is None or not several or len(found) < 4 or len(found) % 2:
            return found
        states = [self.collectives.of_state(group), *(p.mention for p in found[2::2])]
        persons = [p for p in found[1::2] if p.mention.kind in ("person", "name")]
        marked = all(";" in self.lows[one.mention.last : two.mention.first]
                     for one, two in zip(found[1::2], found[2::2], strict=False))  # fmt: skip
        named = all(s is not None and s.kind == "country" for s in states)
        if not named or not marked or len(persons) != len(states):
            return found
        offices = [self.collectives.office_of(group, s) for s in states if s is not None]
        return self._named(offices, [*persons])

    def _without_count(self, found: list[Party]) -> list[Party]:
        """The names alone in 'the two ministers, A and B': as many as the phrase before counts."""
        if len(found) < 3:
            return found
        mention = found[0].mention
        counts = {_COUNTS.get(low, 0) for low in self.lows[mention.first : mention.last]}
        named = all(p.mention.kind in ("person", "name", "country", "organization", "office")
                    for p in found[1:])  # fmt: skip
        if len(found) - 1 not in counts or not named:
            return found
        for party in found[1:]:
            entity = self.cast.of(party.mention)
            if entity.role is None and mention.role_code and party.mention.kind != "country":
                entity.role, entity.role_code = mention.role, mention.role_code
        return found[1:]

    def _is_half(self, found: list[Party], party: Party, j: int) -> bool:
        """'Republican' and 'Democratic leaders' in 'Republican and Democratic leaders'."""
        if not found or self.lows[j - 1] != "and" or party.mention.kind not in ("group", "unnamed"):
            return False
        before = found[-1].mention
        alone = before.last - before.first == 1 and before.last == j - 1
        if not alone or before.kind not in ("name", "organization", "group"):
            return False
        return before.kind == "name" or _is_adjective(self.lows[before.first])

    def _shares_office(self, before: Party, group: Mention, j: int) -> list[Mention]:
        """One office for each state in "Malta and Peru's foreign ministers"; else nothing."""
        state = before.mention
        owned = group.kind == "group" and group.plural and group.role_code and group.country
        if state.kind != "country" or not owned or self.lows[j - 1] != "and":
            return []
        if "'s" not in self.lows[group.first : group.last]:
            return []
        own = replace(state, name=state.name or self.cast.of(state).name)
        other = self.collectives.state_at(group)
        return [self.collectives.office_of(group, s) for s in (own, other)]

    # --- one person in several phrases ------------------------------------------------------------
    def _is_apposition(self, before: Party, party: Party, j: int) -> bool:
        """'X, state councillor and foreign minister of China': offices behind their holder."""
        mention = party.mention
        if mention.kind != "office" or before.mention.kind not in ("person", "name"):
            return False
        comma = "," in self.lows[before.mention.last : j]
        return comma and mention.determiner in ("", "the") and mention.name is None

    def _is_titled_by(self, found: list[Party], party: Party, j: int) -> bool:
        """'state councillor and minister of defence, General X': offices before their holder."""
        mention = party.mention
        offices = bool(found) and all(p.mention.kind == "office" for p in found)
        if not offices or mention.kind != "person":
            return False
        if self.lows[j - 1] in JOINERS:  # "opposition leader and former president X"
            return len(found) == 1 and not found[0].mention.determiner and not mention.determiner
        ranked = mention.role_code in (None, "military_officer", "legislator")
        if len(found) > 1 and ";" in self.lows[found[-2].mention.last : j]:
            return False
        return ranked and self.lows[j - 1] == ","

    def _is_named_item(self, before: Party, party: Party, j: int, end: int) -> bool:
        """'the envoy of A, X; the envoy of B, Y': in a list with semicolons a name ends an item."""
        office, mention = before.mention, party.mention
        semicolon = self.lows[end : end + 1] == [";"]
        named = mention.kind in ("person", "name") and office.kind == "office"
        return semicolon and named and self.lows[j - 1] == "," and office.name is None

    def _explains(self, before: Party, party: Party, j: int) -> bool:
        """Whether an item behind a comma says who the item before it is."""
        titled = before.mention.kind == "office" and party.mention.kind == "person"
        return titled or self._is_apposition(before, party, j)

    def _is_bare_office(self, party: Party) -> bool:
        """'visiting state councillor' of 'state councillor and minister of defence, General X'."""
        mention = party.mention
        return mention.kind == "office" and mention.name is None and mention.determiner == ""

    def _appose(self, holder: Mention, office: Mention) -> None:
        """Give the holder of an office what the office's phrase says."""
        entity = self.cast.of(holder)
        if entity.kind == "name":
            entity.kind = "person"
        holder.kind = "person"
        if entity.role_code in (None, "military_officer") and office.role:
            entity.role, entity.role_code = office.role, office.role_code
        entity.country = entity.country or office.country or self.cast.of(office).country
        entity.organization = entity.organization or office.organization

    def _over_relative(self, end: int) -> int:
        """Token behind ', who is on a visit,' at `end`, where the list goes on there."""
        if end + 1 >= self.sentence.last or self.lows[end] != ",":
            return end
        if self.lows[end + 1] not in ("who", "which", "whose"):
            return end
        for j in range(end + 2, min(end + 18, self.sentence.last - 1)):
            if self.lows[j] in CLAUSE_ENDS:
                return end
            if self.lows[j] == "," and self.lows[j + 1] in JOINERS:
                return j
        return end

    def _named_members(self, mention: Mention, end: int) -> list[Party]:
        """The names in 'several leaders, including A and B'; they stand for the group."""
        if mention.kind not in ("group", "unnamed"):
            return []
        j = end
        while j < min(end + 6, self.sentence.last) and self.lows[j] not in ("including", "such"):
            day = self.lows[j] in (",", "on") or self.lows[j] in ADVERBIALS or j == end
            if self.lows[j] in CLAUSE_ENDS or not (day or self.lows[j] in ("as", "well")):
                return []
            j += 1
        if j + 1 >= self.sentence.last or self.lows[j] not in ("including", "such"):
            return []
        found = self.read(j + 1 + (self.lows[j] == "such"))
        return [p for p in found if p.mention.kind in ("person", "country", "organization")]

    def _item(self, j: int) -> tuple[Party | None, int]:
        if self.lows[j] in ("both", "either") and j + 1 < self.sentence.last:
            j += 1
        mention = self.modifiers.quantified(j) or self.scene.begins.get(j)
        mention = self._owned_by_state(mention) if mention is not None else None
        if mention is None:
            mention = (
                self.modifiers.after_modifiers(j)
                or self.modifiers.apposed(j)
                or self.modifiers.group_after(j)
            )
        elif self.modifiers.is_premodifier(mention) and mention.last in self.scene.begins:
            group = self.scene.begins[mention.last]
            if group.kind in ("group", "unnamed"):  # "Republican" + "lawmakers"
                mention = replace(group, first=mention.first, name=None)
        if mention is not None:
            mention = self.collectives.with_owner(self._name_of_body(mention))
        if mention is None or not self.can_take_part(mention):
            return None, j
        headed = self._head_of(mention)
        if headed is not None:
            head = self.cast.of(headed)
            if self.lows[mention.last] != "to":  # whom a state sends is of that state
                head.country = head.country or mention.country
            return Party(headed, head=True), headed.tail
        if self.modifiers.is_premodifier(mention):
            behind = self.modifiers.group_after(mention.last)
            return (Party(replace(behind, first=j)), behind.tail) if behind else (None, j)
        owned = self.collectives.with_owner(self.modifiers.widened(mention))
        return Party(owned), self._end(owned)

    def _owned_by_state(self, mention: Mention) -> Mention:
        """X in "Norway's X", who is of that state; else the mention itself."""
        j = mention.last
        if mention.kind != "country" or j + 1 >= self.sentence.last or self.lows[j] != "'s":
            return mention
        person = self.scene.begins.get(j + 1)
        if person is None or person.kind not in ("person", "office"):
            return mention
        entity = self.cast.of(person)
        entity.country = entity.country or mention.country
        return person

    def _name_of_body(self, mention: Mention) -> Mention:
        """The name in 'US bank X': what the body is called stands right behind it."""
        named = self.scene.begins.get(mention.last)
        generic = mention.kind == "organization" and mention.name is None
        fits = named is not None and named.kind in ("name", "organization") and named.name
        return named if generic and fits and named is not None else mention

    def _end(self, mention: Mention) -> int:
        """Token behind a party, "of Norway" included; the country is the person's."""
        j = mention.last
        if mention.kind == "group":
            return self.collectives.end(mention)
        if mention.kind != "person" or j + 1 >= self.sentence.last or self.lows[j] != "of":
            return mention.tail
        state = self.scene.begins.get(j + 1)
        if state is None or state.kind != "country":
            return mention.tail
        entity = self.cast.of(mention)
        entity.country = entity.country or state.country
        return state.tail

    def before_of(self, mention: Mention) -> Mention:
        """The person in 'X of Norway' whose last mention is the country."""
        j = mention.first - 1
        if mention.kind != "country" or j < self.sentence.first or self.lows[j] != "of":
            return mention
        person = self.scene.ends.get(j)
        if person is None or person.kind != "person":
            return mention
        self._end(person)
        return person

    def _head_of(self, mention: Mention) -> Mention | None:
        """X in 'the delegation headed by X', 'a delegation under X'."""
        if mention.kind not in ("group", "organization"):
            return None
        j = mention.last
        limit = min(j + 8, self.sentence.last - 2)
        while j < limit and not (self.lows[j] in HEADING and self.lows[j + 1] == "by"):
            sent = self.scene.begins.get(j + 1)
            if self.lows[j] == "to" and sent is not None and sent.kind == "country":
                j = sent.last  # "the delegation to Niger led by X"
                continue
            if self.lows[j] in CLAUSE_ENDS or self.lows[j] in ("and", "in", "on", "at", "to"):
                return None
            j += 1
        if j >= limit:
            return None
        head = self.scene.begins.get(j + 2) or self.modifiers.after_modifiers(j + 2)
        head = self._titled_head(self._owned_by_state(head)) if head else None
        return head if head and head.kind in ("person", "office", "name") else None

    def _titled_head(self, head: Mention) -> Mention:
        """X in 'led by its former president, General X'; else the head itself."""
        named = self.scene.begins.get(head.last + 1)
        comma = self.lows[head.last : head.last + 1] == [","]
        if head.kind != "office" or not comma or named is None or named.kind != "person":
            return head
        self._appose(named, head)
        return named

    def _over_joiner(self, end: int) -> int | None:
        """Token behind ',', 'and', ', and', 'as well as' at `end`, else None."""
        j = end
        if self.lows[j : j + 3] == ["on", "one", "hand"]:
            j += 3
        elif self.lows[j : j + 4] == ["on", "the", "one", "hand"]:
            j += 4
        if j < self.sentence.last and self.lows[j] == "(":
            while j < self.sentence.last and self.lows[j] != ")":
                j += 1
            j += 1
        comma = j - 1 >= 0 and self.lows[j - 1] == "," and j == end
        if j < self.sentence.last and self.lows[j] in (",", ";"):
            j, comma = j + 1, True
        for words in _LONG_JOINERS:
            if tuple(self.lows[j : j + len(words)]) == words:
                return j + len(words)
        if j < self.sentence.last and self.lows[j] in JOINERS:
            return j + 1
        return j if comma and j in self.scene.begins else None

    def _begins_clause(self, end: int) -> bool:
        """Whether a verb stands at `end`, so that the last mention is a new subject."""
        if end >= self.sentence.last:
            return False
        low = self.lows[end]
        if low in AUXILIARIES or low in ("agreed", "said"):
            return True
        if self.lows[end - 1] == ",":
            return False
        if self._is_source(end):
            return True
        found = self.lexicon.cues.longest(self.lows, end)
        return bool(found and found[1].forms & {"past", "s"}) or low in (
            "discussed", "met", "held", "agreed", "signed",
        )  # fmt: skip

    def _is_source(self, end: int) -> bool:
        """', the press service of the ministry informs': 'of …' and then a verb of saying."""
        if self.lows[end] != "of":
            return False
        for k in range(end + 1, min(end + 8, self.sentence.last)):
            if self.lows[k] in CLAUSE_ENDS or self.lows[k] in JOINERS or self.lows[k] == ",":
                return False
            found = self.lexicon.cues.longest(self.lows, k)
            if found and found[1].forms & {"past", "s"} and self.words[k][0].islower():
                return True
        return False

    def read_left(self, mention: Mention) -> list[Party]:
        """The list whose last item is `mention`."""
        current = self.modifiers.widened(mention)
        found = [self._headed(current)]
        for _ in range(12):
            j = current.first
            if j - 1 < self.sentence.first:
                break
            low = self.lows[j - 1]
            if low not in ("and", ",", "&") and self.lows[j - 3 : j] != ["as", "well", "as"]:
                break
            k = j - 1 if low in ("and", ",", "&") else j - 3
            if self.lows[k - 1] == "," and low == "and":
                k -= 1
            before = self.scene.ends.get(k) or self.scene.ends.get(k + 1)
            if before is None or before is current or not self.can_take_part(before):
                break
            before = self.before_of(before)
            if low == "," and len(found) == 1 and before.tail <= k:
                break  # "In Rome, X met": no list without "and"
            found.insert(0, self._headed(before))
            current = before
        spread = self.collectives.spread(found[0].mention)
        return self._named(spread, found[1:]) if len(spread) > 1 else self._without_count(found)

    def _named(self, offices: list[Mention], behind: list[Party]) -> list[Party]:
        """'the premiers of A and B, X and Y': who they are, where as many names follow."""
        persons = [p for p in behind if p.mention.kind in ("person", "name")]
        if len(persons) != len(offices):
            return [Party(m) for m in offices]
        for person, office in zip(persons, offices, strict=True):
            held, holder = self.cast.of(office), self.cast.of(person.mention)
            holder.kind = "person"
            if holder.role is None:
                holder.role, holder.role_code = held.role, held.role_code
            holder.country = held.country or holder.country
        return persons

    def _headed(self, mention: Mention) -> Party:
        """A person before whom 'delegation headed by' stands, marked as its head."""
        j = mention.first
        head = (
            j - 2 >= self.sentence.first
            and self.lows[j - 1] == "by"
            and self.lows[j - 2] in HEADING
        )
        return Party(mention, head)

    def can_take_part(self, mention: Mention) -> bool:
        """Whether a mention can be a party: identified at least by office, body or country."""
        plain = mention.kind != "person" or self.words[mention.last - 1][0].islower()
        if plain and self.lows[mention.last - 1] in self.table.unidentified:
            return False  # "farmers", not "Minister Farmer"
        if mention.kind == "pronoun":
            return (mention.name or "").lower() in ("he", "she", "they", "who", "it", "i", "we")
        if mention.kind == "unnamed":
            leads = mention.plural and self.lows[mention.last - 1] in LEADING
            return bool(mention.country or mention.organization) or leads
        if mention.kind == "office" and not (mention.country or mention.organization):
            entity = self.cast.of(mention)  # "a leader" of nothing that is named
            known = entity.country or entity.organization or " " in entity.name[4:]
            the_one = mention.determiner == "the" and mention.role_code in _FOREMOST
            return bool(known) or the_one or self._is_styled(mention)
        return mention.kind in _PARTY_KINDS or (mention.kind == "place" and mention.place)

    def _is_styled(self, mention: Mention) -> bool:
        """'The Secretary', 'the Ambassador': printed as a title, one known person holds it."""
        titled = self.words[mention.last - 1][0].isupper() and mention.role_code in _TITLED
        return titled and mention.determiner == "the" and not mention.plural


def _is_adjective(low: str) -> bool:
    return low.endswith(("ican", "ian", "ish", "ese", "ic", "ist", "al"))
