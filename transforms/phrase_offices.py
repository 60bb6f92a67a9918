"""Offices in a noun phrase, with what they are offices of: "minister of defense of X"."""

from __future__ import annotations

from functools import lru_cache

from .lexicon import Lexicon, table_of
from .mentions import Mention
from .phrase_names import Names
from .phrase_words import ARTICLES, BREAKERS

_MINISTRIES = frozenset({"of", "for"})
# Offices that are named by what follows: "Minister for the Example Region", "MEC for Health".
_TAKE_PORTFOLIO = frozenset("minister secretary mec commissioner undersecretary director".split())
_GENERIC = frozenset("department ministry agency commission committee council board".split())
_CONNECTORS = frozenset({"and", "&", ",", "of", "the", "for"})
_ADDRESS = frozenset({"royal", "religious_leader", "ambassador", "legislator", "other"})
_MAX_PORTFOLIO = 14
# Heads of state and of companies share their titles; the body named with it tells them apart.
_SHARED = frozenset({"head_of_state", "deputy_head_of_state"})
_DIRECTIONS = frozenset({"West", "East", "North", "South", "Central", "Upper", "Lower"})
_DISTRICTS = frozenset(
    "district province region county city state prefecture governorate oblast canton".split()
)
_STATE_NAMES = frozenset("Republic Federation Kingdom State States Union Emirates".split())


@lru_cache(maxsize=4)
def _portfolio_words(lexicon: Lexicon) -> frozenset[str]:
    """The words of ministers' portfolios, in lower case: all that the offices' seeds print."""
    words: set[str] = set()
    for row in table_of(lexicon, "offices"):
        if "minister" in row["role_code"]:
            words.update(row["pattern"].replace(",", " ").split())
    return frozenset(words - _CONNECTORS - {"minister", "deputy", "first", "vice", "in", "prime"})


class Offices(Names):
    """Reads an office and its complements into the mention that is being built."""

    def office(self, j: int, last: int, mention: Mention) -> int:
        """Read an office with its complements; the token behind them, 0 where there is none."""
        found = self.lexicon.offices.longest(self.lows, j)
        if found is None:
            return 0
        length, office = found
        end = j + length
        if mention.role_code is None or mention.role_code in ("other", "expert", "official"):
            mention.role_code = office.role_code
            mention.country = mention.country or office.country
        address = office.role_code in _ADDRESS and self.lows[j - 1] != "and"
        address |= office.role_code == "military_officer" and self.lows[j - 1] == ","
        if mention.role and address:
            return (
                end  # "Foreign Minister Prince X", "the minister, Ambassador X": a form of address
            )
        start = mention.role_span[0] if mention.role_span else j
        end = self._portfolio(j, end, last)
        mention.role_span = (start, end)
        mention.plural = mention.plural or office.plural
        end = self._complement(end, last, mention)
        if mention.organization:
            self._settle_shared(mention)
        elif mention.role_code in _SHARED and self._is_corporate(end, last):
            mention.role_code = "executive"
        mention.role = self.text.slice(*mention.role_span)
        joint = end + 1 < last and self.lows[end] in ("and", "/") and not mention.plural
        if (
            joint
            and self.lexicon.offices.longest(self.lows, end + 1)
            and (self._named_later(end + 1) or self._complemented(end + 1, last))
        ):
            return end + 1
        return end

    def _is_corporate(self, end: int, last: int) -> bool:
        """'vice president of marketing': what it is an office of is no state."""
        if end + 1 >= last or self.lows[end] != "of":
            return False
        k = end + 2 if self.lows[end + 1] in ARTICLES and end + 2 < last else end + 1
        return self.lexicon.names.longest(self.words, k) is None and self.words[k][0].islower()

    def _portfolio(self, j: int, end: int, last: int) -> int:
        """End of a portfolio that runs on: "Minister of Youth and Sports | Affairs".

        A capitalized run up to its last word that is known from portfolios; a name or the next
        office ends it.
        """
        known = _portfolio_words(self.lexicon)
        k = end
        if k + 1 < last and self.lows[k] in _MINISTRIES and self.lows[end - 1] in _TAKE_PORTFOLIO:
            k += 2 if self.lows[k + 1] == "the" else 1
        elif not _MINISTRIES.intersection(self.lows[j:end]):
            return end
        found, start = end, k
        while k < last and k - start < _MAX_PORTFOLIO:
            word, low = self.words[k], self.lows[k]
            if word[0].isupper() and low not in _CONNECTORS:
                if low in known:
                    found = k + 1
                elif word in self.lexicon.given_names or self.lexicon.names.longest(self.words, k):
                    break
                if self.is_title(k) and low not in known:
                    break
            elif low not in _CONNECTORS or k + 1 >= last or not self._goes_on(k, last):
                break
            k += 1
        return found

    def _goes_on(self, k: int, last: int) -> bool:
        """Whether the portfolio goes on behind the connector at k."""
        if self.lows[k] == "," and not self._is_list(k, last):
            return False
        following = self.words[k + 1]
        return (following[0].isupper() and not self.is_title(k + 1)) or following in ("the", "and")

    def _is_list(self, k: int, last: int) -> bool:
        """Whether the comma at k stands in a list of portfolios, which ends with 'and'."""
        known = _portfolio_words(self.lexicon)
        following = self.lows[k + 1]
        return (following in known or following == "and") and "and" in self.lows[
            k : min(k + 9, last)
        ]

    def _settle_shared(self, mention: Mention) -> None:
        """'president of the Example Bank' leads no state; his role names his body."""
        body = mention.organization or ""
        words = set(body.split())
        if mention.role_code in _SHARED and not words & _STATE_NAMES:
            international = mention.country == "INT"
            mention.role_code = "secretary_general" if international else "executive"

    def _named_later(self, j: int) -> bool:
        """Whether a name follows the office at j ("prime minister and foreign minister X")."""
        found = self.lexicon.offices.longest(self.lows, j)
        end = j + found[0] if found else j
        return end < len(self.words) and self.is_name_start(end, -1)

    def _complemented(self, j: int, last: int) -> bool:
        """Whether a complement follows the office at j ("spokesperson and adviser to the …")."""
        found = self.lexicon.offices.longest(self.lows, j)
        end = j + found[0] if found else last
        shares = found is not None and found[1].role_code in ("adviser", "spokesperson")
        return shares and end < last and self.lows[end] == "to"

    def _complement(self, j: int, last: int, mention: Mention) -> int:
        """'of Georgia', 'for the ministry', 'of the Republic of X' after an office."""
        for _ in range(3):
            if j + 1 >= last or self.lows[j] not in ("of", "for", "to", "at", "with", "in"):
                return j
            preposition, k = self.lows[j], j + 1
            if self.lows[k] in ARTICLES:
                k += 1
            body = mention.organization
            end = self._complement_name(k, last, mention, preposition)
            if not end:
                return j
            if mention.role_span and (mention.organization != body or self.lows[k] in _GENERIC):
                mention.role_span = (mention.role_span[0], end)
            j = self._over_acronym(end, last)
        return j

    def _over_acronym(self, j: int, last: int) -> int:
        """'Head of the Example Agency (EXA) X': the short form belongs to the body."""
        short = j + 2 < last and self.words[j] == "(" and self.words[j + 2] == ")"
        return j + 3 if short and self.words[j + 1].isupper() else j

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
            body = self.body_end(k, last)
            end = max(k + found[0], body)
            if end < last and self.lows[end] == "'s":  # "speaker of Pakistan's National Assembly"
                owned = self.body_end(end + 1, last)
                body, end = max(body, owned), max(end, owned)
            if preposition == "in" and name.kind != "organization" and not foreign:
                return 0
            if not foreign:
                if name.kind == "organization" or body > k + found[0]:
                    mention.organization = mention.organization or self.text.slice(k, end)
                code = name.code or self.country_within(k, end)
                mention.country = mention.country or code
            return self._over_district(end, last) if name.kind == "place" else end
        if found and found[1].kind == "adjective" and preposition != "in":
            mention.country = mention.country or found[1].code
        body = self.body_end(k, last)
        if body and preposition not in ("in", "with"):
            mention.organization = mention.organization or self.text.slice(k, body)
            mention.country = mention.country or self.country_within(k, body)
            return body
        if preposition in ("of", "to"):
            office = self.lexicon.offices.longest(self.lows, k)
            behind = k + office[0] if office else last
            of_a_state = behind < last and self.lows[behind] == "of"
            if office and (self.words[k][0].islower() or of_a_state):
                return k + office[0]  # "representative of the secretary general of X"
        return self._described_body(k, last, mention) if preposition in ("of", "for", "at") else 0

    def _described_body(self, k: int, last: int, mention: Mention) -> int:
        """'for the top court', 'of the police department': a body with no name of its own."""
        for j in range(k, min(k + 3, last)):
            group = self.lexicon.group_nouns.longest(self.lows, j)
            if group and group[1] == "organization":
                end = j + group[0]
                mention.organization = mention.organization or self.text.slice(k, end)
                return end
            if (
                not (self.words[j].isalpha() and self.words[j].islower())
                or self.lows[j] in BREAKERS
            ):
                return 0
        return 0

    def _over_district(self, j: int, last: int) -> int:
        """'of Kowloon | West district', 'of Kent | county': the kind of place behind its name."""
        k = j
        while k < last and self.words[k] in _DIRECTIONS:
            k += 1
        if k < last and self.lows[k] in _DISTRICTS:
            return k + 1
        return j

    def rank_after_comma(self, j: int, last: int, mention: Mention) -> bool:
        """A comma between an office and the rank or, before another comma, the name."""
        if self.words[j] != "," or j + 1 >= last or mention.plural:
            return False
        found = self.lexicon.names.longest(self.words, j + 1)
        if found and found[1].kind == "rank":
            return True
        open_phrase = mention.determiner in ("the", "his", "her", "its", "their")
        ranked = self.lexicon.offices.longest(self.lows, j + 1)
        if ranked and ranked[1].role_code == "military_officer" and mention.organization:
            return self.is_name_start(j + 1 + ranked[0], -1)  # "a Navy spokesman, Commander X"
        printed = mention.role_span is not None and self.words[mention.role_span[0]][0].isupper()
        if not open_phrase and mention.owner < 0 and not printed:
            return False
        address = self.lexicon.offices.longest(self.lows, j + 1)
        if address and address[1].role_code in _ADDRESS:
            after = j + 1 + address[0]
            return after < last and self.is_name_start(after, -1)
        end = self.run_end(j + 1, last)
        given = self.words[j + 1].partition("-")[0]
        named = end - j - 1 >= 2 and given in self.lexicon.given_names
        if end - j - 1 >= 2 and end + 1 < last and self.words[end] == "," and not named:
            named = open_phrase and self.words[end + 1].islower() and self.lows[end + 1] != "and"
        return named and end < last and self.words[end] in (",", ".")
