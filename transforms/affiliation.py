"""Which country an official or a body of state acts for where the text does not say it beside him.

Candidates are tried in this order, each only if that country has such an office ("King Felipe" is
of no republic) and the text names no other holder of it ("President X", beside the president of Y,
is not of Y):

1. the state body that published the article;
2. the paper's or agency's country and the dateline's: the one of them that the text speaks of near
   the official; where they differ and neither or both stand near, the dateline for ministers and
   bodies, nothing for heads of state and government, of whom papers at home say no country;
   where the text opens with one other country and never speaks of the paper's, that country;
3. the one country that the official's paragraph names up to there, then the one that the first
   sentence (else the title) names, then, for offices that several may hold, the only one of the
   text; a country that is printed with another official ("German Chancellor X") is his;
4. the country of an outlet that writes of everywhere, if the text speaks of it or of no country.

Where two remain, nothing is filled. Private persons and companies are never filled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache

from .entities import Cast, Entity, fold, head_word
from .home import Home, countries_of
from .lexicon import Lexicon, table_of
from .mentions import Mention
from .relations import MINISTERS, Relations
from .text import Text, parse_text

_HEADS = frozenset({"head_of_state", "head_of_government"})
# Offices of state: their holder, named without a country, is the home country's.
_STATE_ROLES = frozenset(
    "head_of_state head_of_government deputy_head_of_state deputy_head_of_government "
    "foreign_minister defense_minister finance_minister interior_minister trade_minister "
    "energy_minister justice_minister minister deputy_minister speaker_of_parliament legislator "
    "governor mayor chief_of_staff security_official central_banker party_leader judge royal "
    "military_officer".split()
)
# Offices that companies and bodies of all kinds have too: the publisher's own, if it is a state.
_OWN_ROLES = frozenset("spokesperson adviser official ambassador envoy diplomat consul".split())
# First words of such offices where a state has them: "presidential press secretary".
_STATE_OFFICES = frozenset(
    "presidential government foreign police military army defense defence "
    "navy ministry cabinet".split()
)
_AMERICAN_PARTIES = frozenset({"republicans", "democrats", "republican", "democratic"})
_UNIQUE = frozenset(
    "head_of_state head_of_government foreign_minister defense_minister finance_minister "
    "interior_minister justice_minister".split()
)
# Offices that no body between states has: in a text of the UN they are some state's.
_NATIONAL = MINISTERS | frozenset(
    "head_of_government deputy_head_of_government governor mayor central_banker royal".split()
)
_STATE_TITLES = frozenset({"commissioner", "ombudsman", "prosecutor", "sheriff", "magistrate"})
_UNION = frozenset(
    {"EU", "EC", "European", "Brussels"}
)  # beside these, "the Commission" is Europe's
_SEVERAL_SIDES = frozenset({"two", "both", "three", "other", "foreign"})
_NEUTRAL = frozenset("state leader ruler chief head sovereign elect designate".split())
# Last words of bodies that every state has one of.
_STATE_HEADS = frozenset(
    "government ministry department parliament police army navy military cabinet administration "
    "presidency court senate assembly congress authorities authority prosecutors prosecution "
    "commission council agency coastguard treasury legislature judiciary opposition coalition "
    "service forces guard directorate bureau inspectorate embassy customs regulator "
    "office party lawmakers senators troops".split()
)
_PRIVATE_BEFORE = frozenset("company family human legal private press human-rights club".split())
# Groups and unnamed sources that speak for a state.
_STATE_GROUPS = frozenset(
    "officials authorities lawmakers prosecutors police ministers senators legislators "
    "congressmen mps official prosecutor lawmaker minister senator republicans democrats "
    "parliamentarians".split()
)


@lru_cache(maxsize=4)
def _governments(lexicon: Lexicon) -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in table_of(lexicon, "governments")}


def has_office(lexicon: Lexicon, country: str, role_code: str | None, role: str | None) -> bool:
    """Whether a country has such an office, by its head word; True where that is not known."""
    row = _governments(lexicon).get(country)
    head = head_word(role)
    if row is None or head in _NEUTRAL:
        return True
    if role_code == "head_of_state":
        return head in row["head_of_state"].split()
    if role_code == "head_of_government":
        word = "prime-minister" if head == "minister" else head
        titles = row["head_of_government"].split()
        return word in titles or (word in ("premier", "pm") and "prime-minister" in titles)
    if "secretary of state for" in (role or "").lower():
        return country != "USA"
    if role_code in MINISTERS and head in ("minister", "secretary"):
        return head in row["ministers"].split() or "parliamentary" in (role or "").lower()
    return True


def fill_countries(
    text: Text, cast: Cast, lexicon: Lexicon, home: Home, title: str | None, first: int
) -> None:
    """Give each official and body of state in the cast its country where one candidate is left."""
    _Filler(text, cast, lexicon, home, title, first).fill()


class _Filler:
    def __init__(
        self,
        text: Text,
        cast: Cast,
        lexicon: Lexicon,
        home: Home,
        title: str | None,
        first: int,
    ) -> None:
        self.text, self.cast, self.lexicon, self.home = text, cast, lexicon, home
        names: set[int] = set()
        officials: set[int] = set()  # a country printed with one official is no other's
        for m in cast.mentions:
            if m.kind in ("person", "name") and m.name_first >= 0:
                names.update(range(m.name_first, m.name_last))
            if m.role is not None:
                officials.update(range(m.first, m.tail))
        printed = self._printed_dateline()
        self.dateline = home.dateline or printed
        begin = first + 1 if printed else first
        named = [at for at in countries_of(text, lexicon, frozenset(names)) if at[0] >= begin]
        self.spoken = {code for _, code in named}
        self.named = [at for at in named if at[0] not in officials]
        self.tokens = [token for token, _ in self.named]
        self.opening = self._opening(title)
        self.union = bool(_UNION.intersection(text.words))
        self.paragraphs: dict[int, int] = {}
        for sentence in text.sentences:
            self.paragraphs.setdefault(sentence.paragraph, sentence.first)
        self.relations = Relations(text, cast)
        self.holders: dict[tuple[str, str], set[int]] = {}
        for index, entity in enumerate(cast.entities):
            self._file(index, entity)

    def _file(self, index: int, entity: Entity) -> None:
        """Note who holds an office that a country has once."""
        seen = entity.last_seen >= 0 and not entity.former
        if entity.words and entity.kind == "person" and entity.country and seen:
            key = (entity.role_code or "", entity.country)
            self.holders.setdefault(key, set()).add(index)

    def _opening(self, title: str | None) -> set[str]:
        """Countries that the first sentence names, the title where it names none."""
        first = self.cast.mentions[0].sentence if self.cast.mentions else 0
        end = self.text.sentences[first].last if self.text.sentences else 0
        codes = {code for token, code in self.named if token < end}
        if title and not codes:
            heading = parse_text(title, self.lexicon.abbreviations)
            codes = {code for _, code in countries_of(heading, self.lexicon, frozenset())}
        return codes

    def _printed_dateline(self) -> str | None:
        """A city in capitals that opens the body: 'BOSTON Governor X was …', 'SINGAPORE: …'."""
        first = self.cast.mentions[0] if self.cast.mentions else None
        if first is not None and self.text.lows[first.last : first.last + 1] == [":"]:
            word = self.text.words[first.first]
            found = self.lexicon.names.longest([word.capitalize()], 0) if word.isupper() else None
            if found is not None and found[1].kind == "country":
                return found[1].code
        if (
            first is None
            or first.kind not in ("place", "country")
            or not self.text.words[first.first].isupper()
        ):
            return None
        return first.country if len(self.text.words[first.first]) > 3 else None

    def fill(self) -> None:
        """In reading order, so that a holder found first rules his office out for the next."""
        seen: set[int] = set()
        self._fill_author()
        for mention in self.cast.mentions:
            if mention.entity < 0 or mention.entity in seen:
                continue
            entity = self.cast.of(mention)
            self._prefer_party_at_home(entity)
            if entity.country is not None or not self._concerns(entity, mention):
                continue
            seen.add(mention.entity)
            entity.country = next(self._candidates(entity, mention), None)
            self._file(mention.entity, entity)
        self._fill_from_others()

    def _prefer_party_at_home(self, entity: Entity) -> None:
        """A name that a body abroad shares with a party at home ("Congress") is the party's."""
        home = self.home.outlet or self.dateline
        name = entity.organization or (entity.name if entity.kind == "organization" else "")
        if not home or entity.country in (None, home) or len(name.split()) != 1:
            return
        found = self.lexicon.names.longest([name, "Party"], 0)
        if found and found[0] == 2 and found[1].code == home:
            entity.country = home

    def _fill_from_others(self) -> None:
        """What belongs to an official, and who speaks for a body, is of his or its country."""
        entities = self.cast.entities
        bodies = {fold(e.name): e.country for e in entities if e.kind == "organization"}
        for entity in entities:
            if entity.country is not None:
                continue
            speaks_for = entity.kind in ("organization", "group") or entity.role_code in _OWN_ROLES
            if entity.owner >= 0 and speaks_for:
                entity.country = entities[entity.owner].country
            elif entity.organization and entity.kind != "organization":
                entity.country = bodies.get(fold(entity.organization))

    def _fill_author(self) -> None:
        """The person with whom a state's own text opens, and whom it gives no office: its head."""
        for mention in self.cast.mentions:
            entity = self.cast.of(mention)
            if mention.sentence != self.cast.mentions[0].sentence or self.home.institution is None:
                return
            if entity.kind in ("person", "name") and len(entity.words) > 1 and not entity.plural:
                described = self.text.lows[min(mention.last, len(self.text.lows) - 1)] == ","
                if entity.role is None and entity.country is None and not described:
                    entity.country = self.home.institution
                return

    def _concerns(self, entity: Entity, mention: Mention) -> bool:
        if mention.kind in ("pronoun", "place"):
            return False
        if entity.kind in ("group", "unnamed"):
            words = self.text.lows[mention.first : mention.last]
            words = words[:-1] if words[-1] == "here" and len(words) > 1 else words
            if words[-2:] == ["transition", "team"]:
                return True
            if words[-1] in _STATE_GROUPS:
                return self._ministry(words) or not _SEVERAL_SIDES.intersection(words)
            if entity.kind == "group" or entity.role is None:
                return entity.organization is not None and self._usual(entity) is not None
        if entity.kind == "organization":
            return self._is_state_body(entity) or self._usual(entity) is not None
        if head_word(entity.role) in _STATE_TITLES:
            return True
        own = self.home.institution is not None
        if entity.organization and not own and not self._of_state(entity.organization):
            return False
        if entity.role_code in _OWN_ROLES:
            if self.relations.colleague(entity, mention):
                return True
            beside = self._near(mention) - {self.home.institution}
            state = bool(entity.organization) and self._of_state(entity.organization or "")
            state = state or bool(_STATE_OFFICES.intersection(fold(entity.role or "").split()[:2]))
            speaks = entity.role_code in ("spokesperson", "adviser")
            return state or (own and (speaks or not beside))
        if entity.role_code == "secretary_general":
            return entity.organization is None
        return entity.role_code in _STATE_ROLES

    def _ministry(self, words: list[str]) -> bool:
        """'a foreign ministry official': of one ministry, not "foreign officials" of several."""
        at = words.index("foreign") if "foreign" in words else len(words)
        return bool(_STATE_HEADS.intersection(words[at + 1 : at + 2]))

    def _is_state_body(self, entity: Entity) -> bool:
        name = entity.organization or entity.name
        words = fold(name).replace("’s", "").replace("'s", "").split()
        if not words or _PRIVATE_BEFORE.intersection(words):
            return False
        if words[-2:] == ["central", "bank"]:
            return True
        if self.home.institution and _STATE_HEADS.intersection(words):
            return True
        return words[-1] in _STATE_HEADS or words[0] in ("ministry", "department", "office")

    def _of_state(self, organization: str) -> bool:
        words = fold(organization).split()
        return bool(_STATE_HEADS.intersection(words)) or words[0] in ("house", "senate")

    # --- candidates -------------------------------------------------------------------------------
    def _candidates(self, entity: Entity, mention: Mention) -> Iterator[str]:
        """Countries in order; the first is taken."""
        for code in self._in_order(entity, mention):
            if code and self._possible(code, entity):
                yield code

    def _possible(self, code: str, entity: Entity) -> bool:
        if not has_office(self.lexicon, code, entity.role_code, entity.role):
            return False
        if code == "INT" and entity.role_code in _NATIONAL:
            return False
        if entity.role_code not in _UNIQUE or entity.former:
            return True
        holders = self.holders.get((entity.role_code or "", code), set())
        return not any(self.cast.entities[index] is not entity for index in holders)

    def _in_order(self, entity: Entity, mention: Mention) -> Iterator[str | None]:
        home = self.home
        if fold(entity.name) == "commission" and self.union:
            yield "INT"
        if entity.owner >= 0 and entity.kind in ("organization", "group"):
            yield self.cast.entities[entity.owner].country
        yield self.relations.colleague(entity, mention)
        yield self.relations.superior(mention)
        yield self.relations.side(mention)
        if self._is_half(mention):
            yield "KOR"
        if entity.role_code == "secretary_general":
            yield "INT" if self._international() else None
            return
        yield home.institution
        several = entity.kind in ("group", "unnamed")
        party = several and _AMERICAN_PARTIES.intersection(fold(entity.name).split())
        if party and self._american():
            yield "USA"
        if "party republican" in mention.modifiers or "party democratic" in mention.modifiers:
            yield "USA" if self._american() else None
        usual = self._usual(entity)
        if usual is not None:
            yield home.outlet
            yield self.dateline if usual not in self.spoken else None
            yield usual
        near = [code for code in self._near(mention) if self._possible(code, entity)]
        if home.outlet and self.dateline and home.outlet != self.dateline:
            both = [code for code in (home.outlet, self.dateline) if code in near]
            if len(both) == 1:
                yield both[0]
            elif entity.role_code not in _HEADS:
                yield self.dateline
            return
        if home.outlet or self.dateline:
            own = home.outlet or self.dateline
            others = {code for code in self.opening if self._possible(code, entity)}
            abroad = entity.kind == "organization" and own not in self.opening and own not in near
            if home.outlet and self.dateline:
                yield own  # written at home, for those at home
            elif others and (own not in self.spoken or (abroad and len(others) == 1)):
                yield others.pop() if len(others) == 1 else None
            else:
                yield own
        few = entity.kind in ("group", "unnamed")
        at_home = bool(home.outlet or self.dateline)
        if at_home and not home.institution and entity.role_code in _HEADS:
            return  # another holds the office at home; the text does not say where this one does
        surrounded = few or at_home or home.institution not in (None, "INT")
        wider = (self.opening,) if entity.role_code in _UNIQUE else (self.opening, self.spoken)
        for codes in (set(near), *(() if surrounded else wider)):
            possible = [code for code in codes if self._possible(code, entity)]
            if len(possible) == 1:
                yield possible[0]
        if surrounded:
            return
        if home.world and (home.world in self.spoken or not self.spoken):
            yield home.world

    def _is_half(self, mention: Mention) -> bool:
        """'the South's president', in a text that speaks of both Koreas."""
        owner = mention.owner if mention.owner >= 0 else mention.first
        south = self.text.words[owner] == "South" and self.text.lows[owner + 1 : owner + 2] == [
            "'s"
        ]
        return south and {"KOR", "PRK"} <= self.spoken

    def _international(self) -> bool:
        """Whether a secretary-general without a body can be one of a body between states."""
        if self.home.institution is not None:
            return self.home.institution == "INT"
        named = (e for e in self.cast.entities if e.kind == "organization")
        return any(entity.country == "INT" for entity in named)

    def _usual(self, entity: Entity) -> str | None:
        """The country that the seeds give a shared name or office where nothing else does."""
        if entity.kind == "organization" or entity.organization:
            name = entity.name if entity.kind == "organization" else entity.organization or ""
            found = self.lexicon.names.longest(name.split(), 0)
            return found[1].usual if found and found[1].code is None else None
        if entity.role is None:
            return None
        words = entity.role.lower().split()
        office = self.lexicon.offices.longest(words, 0)
        return office[1].usual if office and office[0] == len(words) else None

    def _american(self) -> bool:
        return "USA" in self.spoken or "USA" in (self.home.outlet, self.dateline)

    def _near(self, mention: Mention) -> set[str]:
        """Countries named in the mention's paragraph up to the end of its sentence."""
        sentence = self.text.sentences[mention.sentence]
        low = bisect_left(self.tokens, self.paragraphs[sentence.paragraph])
        high = bisect_left(self.tokens, sentence.last)
        return {code for _, code in self.named[low:high]}
