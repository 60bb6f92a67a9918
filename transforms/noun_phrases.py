"""Noun phrases that name somebody: persons with ranks and offices, bodies, countries, groups.

A hand-written descent over tokens: determiner, countries and other owners, modifiers ("former"),
offices ("minister of defense of X"), ranks, a name, an appositive. Each token is looked at a
bounded number of times, so the work is linear in the text.
"""

from __future__ import annotations

from functools import lru_cache

from .lexicon import Lexicon
from .mentions import DETERMINERS, PRONOUNS, Mention
from .phrase_links import join_appositions, mark_quoted, share_offices
from .phrase_seats import Seats
from .phrase_words import ARTICLES, BREAKERS, OPENERS
from .text import Text

_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})
_AUXILIARIES = frozenset(
    "are were have had will would can could may might should must did do".split()
)
_PLAIN_VERBS = frozenset("met spoke held said agree say meet speak took made".split())
_LEVELS = frozenset("state senate house federal city county local congressional".split())
_PLURALS = frozenset({"people", "clergy", "personnel", "staff", "men", "women"})
_PARTIES = frozenset({"D-", "R-", "I-"})
_MAX_ADJECTIVES = 3


def find_mentions(text: Text, lexicon: Lexicon, first: int = 0) -> list[Mention]:
    """All mentions from token `first` on, in order, none inside another."""
    finder = _Finder(text, lexicon)
    mentions: list[Mention] = []
    heads, words, lows = _heads(lexicon), text.words, text.lows
    for number, sentence in enumerate(text.sentences):
        i = max(sentence.first, first)
        while i < sentence.last:
            word = words[i]
            if not (word[0].isupper() or lows[i] in heads or _is_compound(word)):
                i += 1
                continue
            mention = finder.parse(i, sentence.first, sentence.last, number)
            if mention is None:
                i += 1
                continue
            mentions.append(mention)
            i = max(mention.last, _behind_brackets(text, mention), i + 1)
    for mention in share_offices(text, mentions):
        finder.country_after(mention, text.sentences[mention.sentence].last)
    join_appositions(text, mentions)
    mark_quoted(text, mentions)
    return mentions


@lru_cache(maxsize=4)
def _heads(lexicon: Lexicon) -> frozenset[str]:
    """The words in lower case with which a phrase may start; cached by lexicon."""
    known = lexicon.offices.heads() | lexicon.group_nouns.heads() | lexicon.modifiers.keys()
    return known | DETERMINERS | PRONOUNS.keys()


def _is_compound(word: str) -> bool:
    """'pro-Kremlin', 'ex-President'."""
    return "-" in word and word.split("-", 1)[1][:1].isupper()


def _behind_brackets(text: Text, mention: Mention) -> int:
    """The token behind a short form or party in brackets, which names nobody else."""
    at = mention.last
    short = mention.tail >= at + 3 and text.words[at] == "(" and text.words[at + 1].isupper()
    if mention.tail >= at + 2 and text.words[at + 1][:2] in _PARTIES:
        return mention.tail
    if mention.role and mention.tail > at and text.lows[at] == "of":
        return mention.tail
    if mention.kind == "organization" and mention.tail > at and text.lows[at] == "in":
        return mention.tail
    if short and text.words[at + 2] == ")":
        return at + 2
    return 0


class _Finder(Seats):
    """The descent. State of one phrase lives in the Mention that is being built."""

    def parse(self, i: int, first: int, last: int, sentence: int) -> Mention | None:
        """The mention that starts at token i of the sentence [first, last), or None."""
        low, word = self.lows[i], self.words[i]
        if low in PRONOUNS and (word != "IT"):
            return self._pronoun(i, sentence)
        if not word[0].isalpha() or self.tells_time(i, last) or self.styles_title(i, last):
            return None
        mention = Mention(first=i, last=i, kind="", sentence=sentence)
        city = self._city_in_capitals(i, last) if i == first else 0
        if city:
            return self._dateline(i, city, mention)
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

    def _city_in_capitals(self, i: int, last: int) -> int:
        """End of a city in capitals that opens a text with no mark behind it, else 0.

        'BOSTON Connecticut Governor X was …': some wires lose the dash.
        """
        end = i
        while end < last and end - i < 3 and self.words[end].isupper() and len(self.words[end]) > 2:
            end += 1
        for stop in range(end, i, -1):
            known = self.lexicon.places.get(" ".join(self.lows[i:stop]))
            if known and stop < last and self.words[stop][0].isupper():
                whole = stop == end or self.words[stop].isupper()
                return stop if whole and len(self.words[i]) > 3 else 0
        return 0

    def _dateline(self, i: int, end: int, mention: Mention) -> Mention:
        mention.kind, mention.place = "place", True
        mention.name_first, mention.name_last = i, end
        mention.name = self.text.slice(i, end)
        mention.country = self.lexicon.places.get(" ".join(self.lows[i:end]))
        mention.last = mention.tail = end
        return mention

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
                self._modifier(j, last, mention)
                or self.office(j, last, mention)
                or self.known_name(j, first, last, mention)
                or self._group_noun(j, first, last, mention)
            )
            if step:
                j = step
                if mention.kind:
                    return j
                continue
            if self.is_name_start(j, first):
                j = self.name(j, last, mention)
                if mention.kind:
                    return j
                continue
            if mention.role and self.rank_after_comma(j, last, mention):
                j += 1
                continue
            open_phrase = mention.determiner or mention.owner >= 0 or mention.country is not None
            if mention.role or not open_phrase or adjectives >= _MAX_ADJECTIVES:
                return j
            if not self._is_adjective(j):
                return j
            adjectives += 1
            j += 1
        return j

    def _is_adjective(self, j: int) -> bool:
        word, low = self.words[j], self.lows[j]
        plain = word[0].islower() or word[0].isdigit()
        return plain and low not in BREAKERS and low not in DETERMINERS

    def _modifier(self, j: int, last: int, mention: Mention) -> int:
        effect = self.lexicon.modifiers.get(self.lows[j])
        if effect is None:
            return 0
        if effect == "level" and self.lexicon.offices.longest(self.lows, j):
            return 0  # "federal minister" is an office by itself
        if effect in ("party", "level"):
            if not self.words[j][0].isupper() or not self._office_near(j + 1, last):
                return 0
            mention.modifiers.add(f"party {self.lows[j]}")
            return j + 1
        if self.words[j][0].isupper() and self.lows[j] in OPENERS:
            return 0
        mention.modifiers.add(effect)
        return j + 1

    def _office_near(self, j: int, last: int) -> bool:
        """Whether an office stands at token j or behind a place ('Republican Ohio Senator')."""
        if j >= last:
            return False
        found = self.lexicon.names.longest(self.words, j)
        k = j + found[0] if found and found[1].kind in ("place", "country", "adjective") else j
        while k < last and (self.lows[k] in self.lexicon.modifiers or self.lows[k] in _LEVELS):
            k += 1
        office = self.lexicon.offices.longest(self.lows, k)
        group = self.lexicon.group_nouns.longest(self.lows, k) if k < last else None
        return bool(office or (group and self.words[k][0].islower()))

    def _group_noun(self, j: int, first: int, last: int, mention: Mention) -> int:
        found = self.lexicon.group_nouns.longest(self.lows, j)
        if found is None or mention.role:
            return 0
        if self.words[j][0].isupper() and not mention.country and j != mention.first:
            return 0
        length, kind = found
        pointed = mention.determiner or mention.owner >= 0 or mention.organization
        if kind == "document" and not (pointed or mention.country):
            return 0  # "letter", "release" by themselves are as often verbs or parts of names
        owner = j + length + 1
        if owner < last and self.lows[owner - 1] == "'s" and self.head_follows(owner, last):
            mention.owner = j
            if kind == "organization" and "government" not in self.lows[j:owner]:
                mention.organization = self.text.slice(j, owner - 1)
            return owner
        if self.words[j][0].isupper() and j + length < last and not self.opens_clause(j, first):
            following = self.words[j + length]
            if following[0].isupper() and not self.is_title(j + length):
                return 0  # "Daily Wire": the first word of a name
        end = j + length
        if end < last and self._compound_goes_on(end, last):
            if kind == "organization":
                mention.organization = mention.organization or self.text.slice(j, end)
            return end
        named = self._name_behind(end, last) if kind == "organization" else end
        if named > end and self.words[j][0].islower():
            mention.kind, mention.name_first, mention.name_last = kind, end, named
            mention.name = self.text.slice(end, named)
            known = self.lexicon.names.longest(self.words, end)
            mention.country = mention.country or (known[1].code if known else None)
            return named
        mention.kind = kind
        mention.plural = mention.plural or (
            kind not in ("organization", "document")
            and (self.lows[end - 1].endswith("s") or self.lows[end - 1] in _PLURALS)
        )
        mention.name_first, mention.name_last = j, end
        if kind == "organization" and self.words[j][0].isupper():
            mention.name = self.text.slice(mention.first, end)
        return end

    def _name_behind(self, j: int, last: int) -> int:
        """End of a name right behind a body's noun: "banking group Barwell", "charity Kin-Aid"."""
        if j >= last or not self.words[j][0].isupper() or not self.is_name_start(j, -1):
            return j
        if self.is_title(j) or self.words[j] in self.lexicon.given_names:
            return j
        found = self.lexicon.names.longest(self.words, j)
        if found and found[1].kind != "organization":
            return j
        return self.run_end(j, last)

    def _compound_goes_on(self, j: int, last: int) -> bool:
        """'government official', 'police chief', 'delegation head': the head noun comes later."""
        if self.words[j][0].isupper():
            return False
        return bool(
            self.lexicon.group_nouns.longest(self.lows, j)
            or self.lexicon.offices.longest(self.lows, j)
        )

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
        if mention.kind in ("group", "unnamed"):
            mention.last = self.seat_of_group(mention.last, last, mention)
        mention.tail = self._over_brackets(mention.last, last)
        if mention.kind == "organization":
            mention.tail = max(mention.tail, self.seat_of_body(mention.last, last, mention))
        if mention.kind == "person" and self.words[mention.name_first - 1] == ",":
            closed = mention.tail < last and self.words[mention.tail] == ","
            mention.tail += closed  # "the minister, X, said": the comma behind belongs to the name
        if mention.kind in ("person", "name"):
            self._party_brackets(mention, last)
            self.country_after(mention, last)
            self._appositive(mention, last)
        return mention

    def _party_brackets(self, mention: Mention, last: int) -> None:
        """'(D-NV)', ', R-Fla.,': an American legislator's party and state."""
        k = mention.last + 1
        if k < last and self.words[k - 1] in ("(", ",") and self.words[k][:2] in _PARTIES:
            mention.country = mention.country or "USA"
            mention.role_code = mention.role_code or "legislator"
            if mention.tail <= k:
                closing = ")" if self.words[k - 1] == "(" else ","
                stops = (e + 1 for e in range(k, min(k + 6, last)) if self.words[e] == closing)
                mention.tail = next(stops, k + 1)

    def country_after(self, mention: Mention, last: int) -> None:
        """'President X of Y': the country behind the name of an official."""
        j = mention.tail
        if not mention.role or mention.country or j + 1 >= last or self.lows[j] != "of":
            return
        k = j + 2 if self.lows[j + 1] in ARTICLES and j + 2 < last else j + 1
        found = self.lexicon.names.longest(self.words, k)
        if found and found[1].kind in ("country", "place") and found[1].code:
            mention.country = found[1].code
            mention.tail = k + found[0]

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
        else:
            k = self._over_description(k, last)
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

    def _over_description(self, k: int, last: int) -> int:
        """', operations manager for X,': up to two plain words before an office."""
        for j in range(k, min(k + 3, last)):
            if self.lexicon.offices.longest(self.lows, j):
                return j
            plain = self.words[j].isalpha() and self.words[j].islower()
            if not plain or self.lows[j] in BREAKERS or self.lexicon.cues.longest(self.lows, j):
                return k
        return k

    def _clause_end(self, j: int, last: int) -> int | None:
        """The comma that closes an appositive within twelve tokens; its far side is returned."""
        for k in range(j, min(j + 14, last)):
            if self.words[k] == ",":
                return k + 1
            if k == j and self.lexicon.cues.longest(self.lows, k) and self.lows[k] not in BREAKERS:
                return k  # "X, minister for Y welcomes …": the second comma is left out
            if self.words[k] in (".", ";", ":", '"', "“", "”"):
                return k if k == j or k == last - 1 else None
        return None
