"""Noun phrases that name somebody: persons with ranks and offices, bodies, countries, groups.

A hand-written descent over tokens: determiner, countries and other owners, modifiers ("former"),
offices ("minister of defense of X"), ranks, a name, an appositive. Each token is looked at a
bounded number of times, so the work is linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .lexicon import Lexicon, Name
from .text import Text

PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "p",
    "i": "i",
    "we": "w",
    "it": "n",
    "who": "r",
}
DETERMINERS = frozenset(
    "the a an this these those his her its their our my both some many several two three four "
    "five six seven eight nine ten all other another one no any each more most few dozens such "
    "various numerous hundreds thousands".split()
)
_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten bin ibn bint al el ul le la bte "
    "y".split()
)
# Words between determiner and head that cannot belong to the same noun phrase.
_BREAKERS = frozenset(
    "of in on at to for from by with about as and or but nor that which who whom whose is are was "
    "were be been being has have had do does did will would can could may might shall should must "
    "not said says say told met when where while if than then there after before since until "
    "during into over under between against through he she it they we i you".split()
)
_AUXILIARIES = frozenset(
    "are were have had will would can could may might should must did do".split()
)
_PLAIN_VERBS = frozenset("met spoke held said agree say meet speak took made".split())
_ARTICLES = frozenset({"the", "a", "an"})
_MONTHS = frozenset(
    "January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. "
    "Nov. Dec.".split()
)
# Capitalized words that open a sentence and are no part of a name.
_OPENERS = frozenset(
    "the a an this that these those he she it they we i you his her its their our my in on at by "
    "for from to with of as and or but nor so yet if when while where after before since until "
    "during although though because however meanwhile moreover furthermore also then there here "
    "now today yesterday tomorrow both all some many most several each every another other such "
    "no not only even just still once again earlier later last next first second third finally "
    "according despite amid among between under over about against what who why how which whose "
    "one two three four five six seven eight nine ten asked speaking addressing following given "
    "instead indeed perhaps thus hence therefore nevertheless nonetheless besides besides unlike "
    "like without within through throughout toward towards upon separately additionally recently "
    "currently previously likewise similarly elsewhere rather whether neither either nothing "
    "something everyone everybody nobody someone anyone much more less few none that's it's let "
    "yes no well oh ok okay please thank thanks dear mr do does did is are was were will would can "
    "could should may might must have has had be been being think see look take make get go come "
    "never always often sometimes soon people".split()
)
_NAME_SUFFIXES = frozenset({"Jr.", "Sr.", "II", "III", "IV", "XIV", "XVI", "Jr", "Sr"})
_OPENING_MARKS = frozenset({'"', "“", "‘", "'", "(", "[", "—", "–", "-", ":", "«", ".", "…"})
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'll", "i'd"})
_MAX_NAME = 7
_MAX_ADJECTIVES = 3


@dataclass(slots=True)
class Mention:
    """One noun phrase: tokens [first, last), head at `head`, name at [name_first, name_last).

    `kind`: person, organization, country, group, unnamed, pronoun, office (a person known by office
    alone) or name (a proper name of unknown kind). `tail` is the end with an appositive. `entity`
    is filled by `people.resolve`.
    """

    first: int
    last: int
    kind: str
    sentence: int
    tail: int = 0
    name_first: int = -1
    name_last: int = -1
    name: str | None = None
    role: str | None = None
    role_code: str | None = None
    role_span: tuple[int, int] | None = None
    country: str | None = None
    organization: str | None = None
    determiner: str = ""
    modifiers: set[str] = field(default_factory=set)
    owner: int = -1  # first token of a possessor ("his", "Putin's")
    plural: bool = False
    quoted: bool = False
    honorific: str = ""
    place: bool = False  # a city or seat, printed where it may stand for its government
    entity: int = -1

    @property
    def head(self) -> int:
        """Token by which the phrase is recognized: its last."""
        return self.last - 1


def find_mentions(text: Text, lexicon: Lexicon, first: int = 0) -> list[Mention]:
    """All mentions from token `first` on, in order, none inside another."""
    finder = _Finder(text, lexicon)
    mentions: list[Mention] = []
    for number, sentence in enumerate(text.sentences):
        i = max(sentence.first, first)
        while i < sentence.last:
            mention = finder.parse(i, sentence.first, sentence.last, number)
            if mention is None:
                i += 1
                continue
            mentions.append(mention)
            i = max(mention.last, i + 1)
    _mark_quoted(text, mentions)
    return mentions


def _mark_quoted(text: Text, mentions: list[Mention]) -> None:
    quotations = iter(text.quotations)
    quotation = next(quotations, None)
    for mention in mentions:
        while quotation and quotation.last <= mention.first:
            quotation = next(quotations, None)
        mention.quoted = quotation is not None and quotation.first <= mention.first


class _Finder:
    """The descent. State of one phrase lives in the Mention that is being built."""

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.words, self.lows = text.words, text.lows
        self.lower_words = {w for w in text.words if w[0].islower()}

    # --- one phrase -----------------------------------------------------------------------------
    def parse(self, i: int, first: int, last: int, sentence: int) -> Mention | None:
        """The mention that starts at token i of the sentence [first, last), or None."""
        low, word = self.lows[i], self.words[i]
        if low in PRONOUNS and (word != "IT"):
            return self._pronoun(i, sentence)
        if not (word[0].isalpha() and self._may_start(i)):
            return None
        mention = Mention(first=i, last=i, kind="", sentence=sentence)
        j = i
        if low in DETERMINERS:
            mention.determiner = low
            mention.owner = i if low in _POSSESSIVES else -1
            j = self._skip_determiners(i + 1, last, mention)
            if mention.plural and self._stands_alone(j, last):
                mention.kind = "group"
                return self._finish(mention, j, last)
        j = self._premodifiers(j, first, last, mention)
        return self._finish(mention, j, last)

    def _stands_alone(self, j: int, last: int) -> bool:
        """'the two discussed', 'both agreed': a number with no noun, right before a verb."""
        if j >= last or not self.words[j][0].islower():
            return False
        low = self.lows[j]
        adverb = low in ("also", "then", "both") or low.endswith("ly")
        return adverb or low.endswith("ed") or low in _PLAIN_VERBS or low in _AUXILIARIES

    def _pronoun(self, i: int, sentence: int) -> Mention | None:
        low = self.lows[i]
        mention = Mention(i, i + 1, "pronoun", sentence, tail=i + 1, name=self.words[i])
        mention.plural = low in ("they", "we")
        return mention

    def _may_start(self, i: int) -> bool:
        word, low = self.words[i], self.lows[i]
        if word[0].isupper() or low in DETERMINERS or low in self.lexicon.modifiers:
            return True
        return (
            self.lexicon.offices.longest(self.lows, i) is not None
            or self.lexicon.group_nouns.longest(self.lows, i) is not None
            or (word[0].islower() and "-" in word and word.split("-", 1)[1][:1].isupper())
        )

    def _skip_determiners(self, j: int, last: int, mention: Mention) -> int:
        while j < last and self.lows[j] in DETERMINERS:
            if self.lows[j] in ("two", "three", "both", "several", "four", "five"):
                mention.plural = True
            j += 1
        return j

    def _premodifiers(self, j: int, first: int, last: int, mention: Mention) -> int:
        """Read owners, modifiers, offices, ranks and the name from token j; return their end."""
        adjectives = 0
        while j < last:
            step = (
                self._modifier(j, mention)
                or self._office(j, last, mention)
                or self._known_name(j, first, last, mention)
                or self._group_noun(j, last, mention)
            )
            if step:
                j = step
                if mention.kind:
                    return j
                continue
            if self._is_name_start(j, first):
                return self._name(j, last, mention)
            if mention.role and self._rank_after_comma(j, last, mention):
                j += 1
                continue
            if mention.role or not mention.determiner or adjectives >= _MAX_ADJECTIVES:
                return j
            if not self._is_adjective(j):
                return j
            adjectives += 1
            j += 1
        return j

    def _is_adjective(self, j: int) -> bool:
        word, low = self.words[j], self.lows[j]
        return (word[0].islower() or word[0].isdigit()) and low not in _BREAKERS

    def _modifier(self, j: int, mention: Mention) -> int:
        effect = self.lexicon.modifiers.get(self.lows[j])
        if effect is None:
            return 0
        if self.words[j][0].isupper() and self.lows[j] in _OPENERS:
            return 0
        mention.modifiers.add(effect)
        return j + 1

    # --- offices --------------------------------------------------------------------------------
    def _office(self, j: int, last: int, mention: Mention) -> int:
        found = self.lexicon.offices.longest(self.lows, j)
        if found is None:
            return 0
        length, office = found
        end = j + length
        if mention.role_code is None or mention.role_code in ("other", "expert", "official"):
            mention.role_code = office.role_code
            mention.country = mention.country or office.country
        start = mention.role_span[0] if mention.role_span else j
        mention.role_span = (start, end)
        mention.role = self.text.slice(start, end)
        mention.plural = mention.plural or office.plural
        end = self._complement(end, last, mention)
        joint = end + 1 < last and self.lows[end] in ("and", "/") and not mention.plural
        if (
            joint
            and self.lexicon.offices.longest(self.lows, end + 1)
            and self._named_later(end + 1)
        ):
            return end + 1
        return end

    def _named_later(self, j: int) -> bool:
        """Whether a name follows the office at j ("prime minister and foreign minister X")."""
        found = self.lexicon.offices.longest(self.lows, j)
        end = j + found[0] if found else j
        return end < len(self.words) and self._is_name_start(end, -1)

    def _complement(self, j: int, last: int, mention: Mention) -> int:
        """'of Georgia', 'for the ministry', 'of the Republic of X' after an office."""
        for _ in range(3):
            if j + 1 >= last or self.lows[j] not in ("of", "for", "to", "at", "with", "in"):
                return j
            preposition, k = self.lows[j], j + 1
            if self.lows[k] in _ARTICLES:
                k += 1
            end = self._complement_name(k, last, mention, preposition)
            if not end:
                return j
            j = end
        return j

    def _complement_name(self, k: int, last: int, mention: Mention, preposition: str) -> int:
        if k >= last:
            return 0
        found = self.lexicon.names.longest(self.words, k)
        foreign = preposition in ("to", "in") and mention.role_code in (
            "ambassador",
            "envoy",
            "consul",
        )
        if found and found[1].kind in ("country", "organization", "place"):
            name = found[1]
            body = self._body_end(k, last)
            end = max(k + found[0], body)
            if preposition == "in" and name.kind != "organization" and not foreign:
                return 0
            if not foreign:
                if name.kind == "organization" or body > k + found[0]:
                    mention.organization = mention.organization or self.text.slice(k, end)
                mention.country = mention.country or name.code
            return end
        if found and found[1].kind == "adjective" and preposition != "in":
            mention.country = mention.country or found[1].code
        body = self._body_end(k, last)
        if body and preposition not in ("in", "with"):
            mention.organization = mention.organization or self.text.slice(k, body)
            return body
        group = self.lexicon.group_nouns.longest(self.lows, k)
        if group and group[1] == "organization" and preposition in ("of", "for", "at"):
            return k + group[0]
        return 0

    def _body_end(self, k: int, last: int) -> int:
        """End of a capitalized run from k that holds an organization word, else 0."""
        j, holds = k, False
        while j < last and j - k < 10:
            word = self.words[j]
            if word[0].isupper():
                if j > k and self.words[j - 1] != "of" and self._is_title(j):
                    break
                holds = holds or word in self.lexicon.org_words
            elif not (word in ("of", "for", "and", "the") and self._body_goes_on(j, last)):
                break
            j += 1
        return j if holds else 0

    def _is_title(self, j: int) -> bool:
        """'President', 'Foreign Minister' inside a capitalized run: the body's name ends before."""
        return self.lexicon.offices.longest(self.lows, j) is not None

    def _body_goes_on(self, j: int, last: int) -> bool:
        k = j + 1
        while k < last and self.words[k] in ("the", "of", "for"):
            k += 1
        if k >= last or not self.words[k][0].isupper() or self.words[k] in _MONTHS:
            return False
        if self.words[j] != "and":
            return True
        # "Ministry of Trade and Industry", but not "the Ministry and President X".
        return (
            k == j + 1
            and self.words[j - 1] not in self.lexicon.org_words
            and not (
                self.lexicon.offices.longest(self.lows, k)
                or self.lexicon.names.longest(self.words, k)
            )
        )

    def _rank_after_comma(self, j: int, last: int, mention: Mention) -> bool:
        """A comma between an office and the rank or, before another comma, the name."""
        if self.words[j] != "," or j + 1 >= last or mention.plural:
            return False
        found = self.lexicon.names.longest(self.words, j + 1)
        if found and found[1].kind == "rank":
            return True
        if mention.determiner not in ("the", "his", "her", "its", "their") and mention.owner < 0:
            return False
        end = self._run_end(j + 1, last)
        named = end - j - 1 >= 2 and self.words[j + 1] in self.lexicon.given_names
        return named and end < last and self.words[end] in (",", ".")

    # --- names ----------------------------------------------------------------------------------
    def _known_name(self, j: int, first: int, last: int, mention: Mention) -> int:
        found = self.lexicon.names.longest(self.words, j)
        if found is None or (self.words[j][0].islower() and found[0] == 1):
            return 0
        length, name = found
        end = j + length
        if name.kind == "rank":
            mention.honorific = name.name if name.detail == "honorific" else mention.honorific
            if name.detail == "rank" and not mention.role:
                mention.role, mention.role_span = self.text.slice(j, end), (j, end)
                mention.role_code = "military_officer"
            return end if end < last and self._is_name_start(end, -1, after_rank=True) else 0
        if self._starts_person(j, end, last):
            return 0
        handler = {
            "adjective": self._adjective,
            "people": self._people,
            "country": self._country,
            "place": self._place,
            "organization": self._organization,
        }[name.kind]
        return handler(j, end, last, mention, name)

    def _starts_person(self, j: int, end: int, last: int) -> bool:
        """'Jordan Spieth', 'Paris Hilton': a given name that is a place too, and a surname."""
        if end - j != 1 or self.words[j] not in self.lexicon.given_names or end >= last:
            return False
        following = self.words[end]
        return (
            following[0].isupper()
            and following not in self.lexicon.org_words
            and self.lexicon.offices.longest(self.lows, end) is None
            and self.lexicon.names.longest(self.words, end) is None
        )

    def _adjective(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        mention.country = mention.country or name.code
        body = self._body_end(j, last)
        if body > end and not self._office_spans(end, body):
            return self._as_body(j, body, last, mention)
        mention.place = False
        return end

    def _office_spans(self, j: int, end: int) -> bool:
        """Whether an office from j reaches past an organization word ('Defense Minister')."""
        found = self.lexicon.offices.longest(self.lows, j)
        return found is not None and j + found[0] >= end - 1

    def _people(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        mention.kind, mention.plural = "group", True
        mention.country = name.code
        return end

    def _country(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        if mention.role or mention.country:
            if mention.role and not mention.country:
                mention.country = name.code
                return end
            return 0
        body = self._body_end(j, last)
        if body > end and not self._office_spans(end, body):
            mention.country = name.code
            return self._as_body(j, body, last, mention)
        return self._owner_or_self(j, end, last, mention, name, "country")

    def _place(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        if mention.role:
            return 0
        body = self._body_end(j, last)
        if body > end and not self._office_spans(end, body):
            return self._as_body(j, body, last, mention)
        return self._owner_or_self(j, end, last, mention, name, "country")

    def _organization(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        if mention.role and not mention.organization and mention.determiner:
            return 0
        body = max(end, self._body_end(j, last))
        if self._office_spans(end, body):
            body = end
        mention.organization = mention.organization or self.text.slice(j, body)
        if name.code and not mention.country:
            mention.country = name.code
        mention.country = name.code or mention.country
        return self._owner_or_self(j, body, last, mention, name, "organization")

    def _owner_or_self(
        self, j: int, end: int, last: int, mention: Mention, name: Name, kind: str
    ) -> int:
        """An owner ("Georgia's", "Georgia president") when a head follows, else the head itself."""
        after = end + 1 if end < last and self.lows[end] == "'s" else end
        if self._head_follows(after, last):
            mention.country = mention.country or name.code
            if after > end:
                mention.owner = j
            return after
        mention.kind, mention.name_first, mention.name_last = kind, j, end
        mention.name = self.text.slice(j, end)
        mention.country = mention.country or name.code
        mention.place = name.kind == "place"
        if mention.place and not name.metonym:
            mention.kind = "place"
        return end

    def _head_follows(self, j: int, last: int) -> bool:
        for k in range(j, min(j + 3, last)):
            low = self.lows[k]
            if self.lexicon.offices.longest(self.lows, k) or self._named_group(k):
                return True
            found = self.lexicon.names.longest(self.words, k)
            if found and found[1].kind in ("rank", "organization") and k == j:
                return True
            if self._body_end(k, last) and k == j:
                return True
            if low not in self.lexicon.modifiers and not (
                self.words[k][0].islower() and low not in _BREAKERS
            ):
                return False
        return False

    def _named_group(self, k: int) -> bool:
        return self.words[k][0].islower() and bool(self.lexicon.group_nouns.longest(self.lows, k))

    def _as_body(self, j: int, end: int, last: int, mention: Mention) -> int:
        """Take tokens [j, end) as an organization, or as owner of the office that follows."""
        mention.organization = self.text.slice(j, end)
        mention.country = mention.country or self._country_within(j, end)
        after = end + 1 if end < last and self.lows[end] == "'s" else end
        if self._head_follows(after, last):
            return after
        mention.kind, mention.name_first, mention.name_last = "organization", j, end
        mention.name = mention.organization
        if end + 1 < last and self.lows[end] == "of":
            k = end + 2 if self.lows[end + 1] in _ARTICLES else end + 1
            found = self.lexicon.names.longest(self.words, k) if k < last else None
            if found and found[1].kind == "country":
                mention.country = mention.country or found[1].code
                end = k + found[0]
        return end

    def _country_within(self, j: int, end: int) -> str | None:
        """The country that a body's own name holds ('Ministry of Defense of Georgia')."""
        for k in range(j, end):
            found = self.lexicon.names.longest(self.words, k)
            if found and found[1].kind in ("country", "adjective"):
                return found[1].code
        return None

    def _group_noun(self, j: int, last: int, mention: Mention) -> int:
        found = self.lexicon.group_nouns.longest(self.lows, j)
        if found is None or mention.role:
            return 0
        if self.words[j][0].isupper() and not mention.country and j != mention.first:
            return 0
        length, kind = found
        end = j + length
        if end < last and self._compound_goes_on(end, last):
            return end
        mention.kind = kind
        mention.plural = mention.plural or (
            kind != "organization" and self.lows[end - 1].endswith("s")
        )
        mention.name_first, mention.name_last = j, end
        if kind == "organization" and self.words[j][0].isupper():
            mention.name = self.text.slice(mention.first, end)
        return end

    def _compound_goes_on(self, j: int, last: int) -> bool:
        """'government official', 'police chief', 'delegation head': the head noun comes later."""
        if self.words[j][0].isupper():
            return False
        return bool(
            self.lexicon.group_nouns.longest(self.lows, j)
            or self.lexicon.offices.longest(self.lows, j)
        )

    def _is_name_start(self, j: int, first: int, *, after_rank: bool = False) -> bool:
        word, low = self.words[j], self.lows[j]
        if word[0].islower():
            prefix, hyphen, rest = word.partition("-")
            return (
                bool(hyphen)
                and prefix in ("al", "el", "as", "ad", "ul", "an")
                and rest[:1].isupper()
            )
        if not word[0].isupper() or word in _MONTHS:
            return False
        if after_rank:
            return True
        if self._opens_clause(j, first) and (
            low in _OPENERS or low in self.lower_words or low.endswith(("ly", "ing"))
        ):
            return word in self.lexicon.given_names and self._run_end(j, len(self.words)) - j >= 2
        return low not in _FIRST_PERSON

    def _opens_clause(self, j: int, first: int) -> bool:
        return j == first or (j > 0 and self.words[j - 1] in _OPENING_MARKS)

    def _run_end(self, j: int, last: int) -> int:
        """End of the run of name-like tokens from j."""
        words, start = self.words, j
        while j < last and j - start < _MAX_NAME:
            word = words[j]
            if word[0].isupper() and word not in _MONTHS:
                if j > start and self._new_phrase(start, j):
                    break
                j += 1
            elif (
                j > start
                and word.lower() in _PARTICLES
                and self._capital_follows(j, last)
                or word[0].islower()
                and "-" in word
                and word.split("-", 1)[1][:1].isupper()
            ):
                j += 1
            else:
                break
        return j

    def _new_phrase(self, start: int, j: int) -> bool:
        """A country in a capitalized run starts something new; behind a given name, a surname."""
        found = self.lexicon.names.longest(self.words, j)
        if found is None or self.words[start] in self.lexicon.given_names:
            return False
        return found[1].kind in ("adjective", "country", "people", "rank")

    def _capital_follows(self, j: int, last: int) -> bool:
        return j + 1 < last and (self.words[j + 1][0].isupper() or self.words[j + 1] in _PARTICLES)

    def _name(self, j: int, last: int, mention: Mention) -> int:
        end = self._run_end(j, last)
        if end == j:
            end = j + 1
        body = self._body_end(j, last)
        titled = bool(mention.role or mention.honorific)
        if body and not titled and self.words[j] not in self.lexicon.given_names:
            mention.kind = "organization"
            return self._as_body(j, body, last, mention)
        if body and not titled and body - j > 3:
            return self._as_body(j, body, last, mention)
        if end < last and self.words[end] in _NAME_SUFFIXES:
            end += 1
        elif end + 1 < last and self.words[end] == "," and self.words[end + 1] in _NAME_SUFFIXES:
            end += 2
        owner = end + 1 if end < last and self.lows[end] == "'s" else 0
        if owner and not titled and self._head_follows(owner, last):
            mention.owner = j
            mention.organization = None
            return self._premodifiers(owner, -1, last, mention)
        mention.name_first, mention.name_last = j, end
        mention.name = self.text.slice(j, end)
        mention.kind = "person" if titled or self._is_person_name(j, end) else "name"
        if self._is_acronym(j, end) and not titled:
            mention.kind = "organization"
            code = self.lexicon.places.get(self.lows[j]) if end - j == 1 else None
            if code and len(self.words[j]) > 3:  # a city in the capitals of a dateline
                mention.kind, mention.country, mention.place = "place", code, True
        return end

    def _is_person_name(self, j: int, end: int) -> bool:
        return end - j >= 2 and self.words[j] in self.lexicon.given_names

    def _is_acronym(self, j: int, end: int) -> bool:
        word = self.words[j]
        return end - j == 1 and len(word) > 1 and word.isupper() and word.isalpha()

    # --- the end of a phrase ----------------------------------------------------------------------
    def _finish(self, mention: Mention, j: int, last: int) -> Mention | None:
        while j > mention.first and self.words[j - 1] == ",":
            j -= 1
        if not mention.kind:
            if mention.role_code is None:
                return None
            mention.kind = "group" if mention.plural else "office"
        if mention.kind in ("group",) and mention.role_code and not mention.name:
            mention.plural = True
        mention.last = max(j, mention.first + 1)
        mention.tail = self._over_brackets(mention.last, last)
        if mention.kind in ("person", "name"):
            self._appositive(mention, last)
        return mention

    def _over_brackets(self, j: int, last: int) -> int:
        """The token behind '(IAEA)' or '(D-Mass.)', if that follows."""
        if j + 2 < last and self.words[j] == "(":
            for k in range(j + 1, min(j + 8, last)):
                if self.words[k] == ")":
                    return k + 1
        return j

    def _appositive(self, mention: Mention, last: int) -> None:
        """', the foreign minister of X,' after a name gives its office; ', 45,' is skipped."""
        j = mention.tail
        if j + 1 >= last or self.words[j] != ",":
            return
        k = j + 1
        if self.words[k].isdigit() and k + 1 < last and self.words[k + 1] == ",":
            mention.tail, j, k = k + 2, k + 1, k + 2
            if k >= last:
                return
        inner = Mention(first=k, last=k, kind="", sentence=mention.sentence)
        if self.lows[k] in DETERMINERS:
            inner.determiner = self.lows[k]
            k = self._skip_determiners(k + 1, last, inner)
        end = self._premodifiers(k, -1, last, inner)
        if inner.role is None or inner.kind in ("person", "name") or inner.plural:
            return
        stop = self._clause_end(end, last)
        if stop is None:
            return
        mention.tail = stop
        if mention.role is None:
            mention.role, mention.role_code = inner.role, inner.role_code
            mention.role_span = inner.role_span
            mention.country = mention.country or inner.country
            mention.organization = mention.organization or inner.organization
            mention.modifiers |= inner.modifiers

    def _clause_end(self, j: int, last: int) -> int | None:
        """The comma that closes an appositive within twelve tokens; its far side is returned."""
        for k in range(j, min(j + 14, last)):
            if self.words[k] == ",":
                return k + 1
            if self.words[k] in (".", ";", ":", '"', "“", "”"):
                return k if k == j else None
        return None
