"""Where a content ends: at the clause, at the next attribution, or at the sentence.

The rules look at what stands behind a comma, "and", "while" and the like: another cue of the same
source, an attribution of its own, the reporter's own tale.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .cue_hits import CueHit
from .mentions import DETERMINERS
from .scene import FINITE_AUXILIARIES, Scene, is_past, is_verb
from .text import Sentence

Range = tuple[int, int]

CLOSING = frozenset({'"', "”", "’", "'", "»"})
OPENING = frozenset({'"', "“", "‘", "'", "«", "„"})
FINAL = frozenset({".", "!", "?", ",", ";", ":", "—", "--", "-", "–"}) | CLOSING | {"“"}
_SEPARATORS = frozenset({",", "and", "but", ";", "while", "as"})
_PHRASE_ENDS = frozenset(
    "following during amid without on at in as when after by a one two days weeks hours months "
    "shortly".split()
)
_OWN_ARTICLES = frozenset("a an his her their".split())
_OCCASIONS = frozenset(
    "briefing ceremony conference debate event forum gathering hearing interview letter meeting "
    "message post rally session speech statement summit telegram television tweet visit".split()
)
_PAST_AUXILIARIES = frozenset("did didn't was were had has have".split())
_COUNTS = frozenset("a one two days weeks hours months shortly".split())
_UNITS = frozenset("hour day week month year shortly".split())
_MAIN_VERBS = frozenset("is are was were has have had will would could may might".split())
_NARRATIVE = frozenset("discussed exchanged met visited toured attended spoke talked".split())
_TURNS = frozenset("as while although though after".split())
_SUBORDINATORS = frozenset("while when after although though before since because".split())
_UNLIKELY = frozenset("to with of from into by".split())
_TIMES = frozenset("shortly soon hours days weeks months years minutes just immediately".split())
_NO_CLAUSE = frozenset("well a an part such if long soon all".split())
_RELATIVES = frozenset("which whom who that".split())
_AFTER_CUE = frozenset(
    "on in at after during as when following while through via over earlier late".split()
)
_MAX_APPOSITIVE = 9
MAX_SUBJECT = 6  # tokens of a clause's subject behind its first word
_CLAUSE_BREAKS = frozenset("that which who whom to".split())


_MAX_RELATIVE = 20
NOT_CONTENT = frozenset(
    "over amid between under against into about upon near around within despite via through".split()
) | frozenset(
    "of and or but , . ; : ? ! ) who which in on at by after before during when while as than to "
    "from if because".split()
)


@dataclass(slots=True)
class Content:
    """Content ranges of one hit, the addressee's range, and where the cue words really end."""

    ranges: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    cue_last: int = 0
    rule: str = ""


class ContentEnds:
    """Finds where contents of one sentence end; `hits` are its cues, with subjects or without."""

    def __init__(self, scene: Scene, sentence: Sentence, hits: list[CueHit]) -> None:
        self.scene, self.sentence, self.hits = scene, sentence, hits
        self.lows, self.words = scene.text.lows, scene.text.words
        self.stops = {hit.boundary: hit for hit in hits if hit.subject is not None}
        self.groups = {hit.group: hit for hit in hits}

    def quote_start(self, j: int) -> int | None:
        """The first token inside a quotation that opens at j, else None."""
        text = self.scene.text
        if j + 1 < len(text.words) and self.words[j] in OPENING and self.scene.quoted(j + 1):
            number = self.scene.quote_at[j + 1]
            return j + 1 if text.quotations[number].first == j + 1 else None
        return None

    def has_verb(self, start: int, stop: int) -> bool:
        """Whether a token of [start, stop) looks like a verb."""
        return any(is_verb(self.scene, k) for k in range(start, stop))

    def begins_clause(self, j: int) -> bool:
        """Whether a clause with its own subject and finite verb begins at j: 'the plan was …'."""
        last = self.sentence.last
        if j >= last or self.lows[j] in NOT_CONTENT or self.lows[j] == "to":
            return False
        mention = self.scene.begins.get(j)
        if mention is not None and mention.kind == "pronoun" and self.lows[j] != "who":
            return True
        if mention is None and self.lows[j] not in DETERMINERS:
            return False
        start = mention.last if mention is not None else j + 1
        for k in range(start, min(start + MAX_SUBJECT, last)):
            if self.scene.quoted(k):
                return mention is not None  # 'told them X "has …"'
            if self.words[k] in FINAL or self.lows[k] in _CLAUSE_BREAKS:
                return False
            if is_verb(self.scene, k):
                return True
        return False

    def end(self, start: int, hit: CueHit) -> int:
        """Where a content that starts at `start` ends: at the clause, or at the sentence."""
        last, k = self._limit(hit), start
        while k < last:
            number = self.scene.quote_at[k]
            if number >= 0:
                close = self.scene.text.quotations[number].last
                if close > last:  # the quotation goes on in the next sentence
                    return self.without_stop(start, close)
                k = max(k + 1, close)
                inner = self.words[k - 1]
                if inner == "," and k < last and self._stops(",", k, start, hit):
                    break
                continue
            if k > start and self._stops(self.lows[k], k, start, hit):
                break
            if hit.shape == "noun" and self._main_verb(k, start):
                break
            k = self._over_relative(k, last)
        return self.trim(start, k)

    def _aside(self, hit: CueHit) -> int | None:
        """'X, who has admitted fraud, will': the comma that closes the clause of 'who'."""
        who = hit.group - 1
        if who - 1 < self.sentence.first or self.lows[who] != "who" or self.words[who - 1] != ",":
            return None
        for k in range(hit.last + 1, min(hit.last + _MAX_RELATIVE, self.sentence.last - 1)):
            if self.words[k] == "," and not self.scene.quoted(k):
                return k
        return None

    def _opening_clause(self, hit: CueHit) -> int | None:
        """'While X said A, B': the comma at which a clause that opens the sentence ends."""
        first = self.sentence.first
        if _SUBORDINATORS.isdisjoint(self.lows[first : min(first + 3, hit.group)]):
            return None
        if hit.shape != "verb" or "," in self.words[first : hit.group]:
            return None
        for k in range(hit.last + 1, self.sentence.last - 2):
            if self.words[k] == "," and not self.scene.quoted(k) and self.begins_clause(k + 1):
                return k
        return None

    def _main_verb(self, k: int, start: int) -> bool:
        """'a proposal to swap prisoners is': the verb whose subject is the cue noun."""
        if self.lows[start] != "to" or self.lows[k] not in _MAIN_VERBS:
            return False
        return _RELATIVES.isdisjoint(self.lows[start:k]) and self.lows[k - 1] != "to"

    def _over_relative(self, k: int, last: int) -> int:
        """The token behind k; behind the second comma of ', which fell in May,'."""
        if self.words[k] != "," or k + 1 >= last or self.lows[k + 1] not in _RELATIVES - {"that"}:
            return k + 1
        for j in range(k + 2, min(k + _MAX_RELATIVE, last)):
            if self.scene.quoted(j) or self.words[j] in (".", ";", ":"):
                return k + 1
            if self.words[j] == ",":
                return j + 1
        return k + 1

    def without_stop(self, start: int, stop: int) -> int:
        """A quotation's end without its full stop or comma; '?' and '!' are the speaker's."""
        while stop > start + 1 and self.words[stop - 1] in (".", ","):
            stop -= 1
        return stop

    def trim(self, start: int, stop: int) -> int:
        """`stop` without the marks before it."""
        while stop > start and self.words[stop - 1] in FINAL:
            stop -= 1
        return stop

    def _limit(self, hit: CueHit) -> int:
        """An opening participle's content ends before the main clause's subject."""
        aside = self._aside(hit)
        if aside is not None:
            return aside
        opener = self._opening_clause(hit)
        if opener is not None:
            return opener
        subject = hit.subject
        if hit.shape == "participle" and subject is not None and subject.first > hit.last:
            return max(hit.start - 1, hit.last)
        return self.sentence.last

    def _stops(self, low: str, k: int, start: int, hit: CueHit) -> bool:
        """Whether the content ends before token k, which reads `low` (or closes a quotation)."""
        if low not in _SEPARATORS:
            return low in _PHRASE_ENDS and k - start > 1 and self._ends_phrase(k, low, start, hit)
        j = k + 1
        if low in ("and", "but") and self._resumes(start, k, hit):
            return True
        if low == ",":
            if self._turns_away(j) or self._comments(j):
                return True
            if self._tells_on(j, k, start, hit):
                return True
            if j < self.sentence.last and self.lows[j] in ("and", "but", "while", "as"):
                if self.lows[j] in ("and", "but") and self._resumes(start, j, hit):
                    return True
                j += 1
        if low in (",", "and") and self._narrates(j):
            return True
        if low == "while" and j < self.sentence.last and self.lows[j].endswith("ing"):
            return True
        return self._attributes_anew(j, low, start, hit)

    def _tells_on(self, j: int, k: int, start: int, hit: CueHit) -> bool:
        """'declared a new beginning, rebels removed N': a noun phrase, then the main clause."""
        if "clause" in hit.cue.frames or self.lows[start - 1] == "that":
            return False
        told = self.scene.begins.get(j)
        acts = told is not None and is_past(self.scene, told.last)
        return acts and not self.has_verb(start, k)

    def _attributes_anew(self, j: int, low: str, start: int, hit: CueHit) -> bool:
        """Whether another attribution of the same level begins at token j."""
        other = self.groups.get(j)
        if other is not None and other is not hit and other.shape != "noun":
            return self._parallel(hit, other, low)
        if low == "," and j + 1 < self.sentence.last and self.lows[j] == "according":
            return True
        stop = self.stops.get(j)
        if stop is None or stop is hit or stop.subject is None:
            return False
        if stop.subject.sentence < 0 and low != ",":
            return False
        if low == "and" and not self.has_verb(start, j - 1):
            return False  # "said he and X never met": one subject of two
        return self._new_attribution(hit, stop, low)

    def _parallel(self, hit: CueHit, other: CueHit, low: str) -> bool:
        """Whether a cue behind a comma or 'and' goes with this hit, and not with its content."""
        if other.shape == "participle":
            return low in (",", "and") and (low == "," or hit.shape == "participle")
        if other.shape == "inverted":
            return low == ","
        if other.subject is None or hit.subject is None:
            return False
        same = other.subject.entity == hit.subject.entity
        return same and (other.form == hit.form or hit.shape == "participle")

    def _new_attribution(self, hit: CueHit, other: CueHit, low: str) -> bool:
        """', X said' at the end, or ', while X said': an attribution of its own."""
        if other.subject is None or other.shape in ("infinitive", "participle"):
            return False
        if hit.shape == "source" and low == "and":
            return False
        trailing = low == "," and self.nothing_follows(other.last)
        if not trailing and not self._may_govern(other):
            return False
        same_tense = other.form == hit.form or {other.form, hit.form} <= {"s", "base"}
        return trailing or low in (";", "while") or (other.form != "ing" and same_tense)

    def _may_govern(self, other: CueHit) -> bool:
        """Whether a content may follow a cue: 'related to' says nothing."""
        if other.last >= self.sentence.last:
            return False
        low = self.lows[other.last]
        wanted = {low, f"pp_{low}"} & other.cue.frames
        return low not in _UNLIKELY or bool(wanted) or other.preposition != ""

    def nothing_follows(self, j: int) -> bool:
        """Whether what stands at j is no content: the end, a day, 'in a statement'."""
        if j >= self.sentence.last - 2:
            return True
        low = self.lows[j]
        return low in _AFTER_CUE or low.endswith("day") or low in FINAL

    # --- the reporter goes on ---------------------------------------------------------------------
    def _resumes(self, start: int, k: int, hit: CueHit) -> bool:
        """'agreed to pay and left', 'praised X but did not Y': the main clause goes on behind k."""
        j = k + 1
        if j + 1 >= self.sentence.last or self.lows[j + 1] == "by":
            return False
        if self.lows[start] == "to" or hit.shape == "noun":
            return is_past(self.scene, j) and hit.form in ("past", "base")
        resumed = is_past(self.scene, j) or self.lows[j] in FINITE_AUXILIARIES | _PAST_AUXILIARIES
        past = hit.form == "past" and resumed
        return past and not self.has_verb(start, k)

    def _ends_phrase(self, k: int, low: str, start: int, hit: CueHit) -> bool:
        """'following N', 'on Monday', 'at a rally' behind a noun phrase: when it was said."""
        if k + 1 >= self.sentence.last:
            return False
        after = self.lows[k + 1]
        if low in _COUNTS:
            return self._counts_time(k)
        if self.lows[start] in ("that", "to"):
            return False
        if low == "on":
            ends = after.endswith("day") and after != "day"
        elif low in ("at", "in"):
            ends = after in _OWN_ARTICLES and self._names_event(k + 2)
        elif low == "by":
            ends = after.endswith("ing")
        elif low in ("as", "when", "after"):
            ends = after in ("he", "she", "they") or (low != "after" and after.endswith("ing"))
        else:
            ends = True
        if not ends or self.lows[start - 1] == "that" or self.has_verb(start, k):
            return False
        # "said the talks on Monday were good": behind a cue of clauses the verb may still come
        return "clause" not in hit.cue.frames or not self.has_verb(k + 1, self._phrase_stop(k + 1))

    def _phrase_stop(self, k: int) -> int:
        """The next comma, 'as' or 'when' from k on, or the end of the sentence."""
        while k < self.sentence.last and self.lows[k] not in (",", "as", "when", "while"):
            k += 1
        return k

    def _counts_time(self, k: int) -> bool:
        """'a week after', 'days before': when it was said, behind a phrase or a to-clause."""
        j = k + 1 if self.lows[k] in ("a", "one", "two") else k
        units = self.lows[j] in _UNITS or self.lows[j].rstrip("s") in _UNITS
        return units and self.lows[j + 1 : j + 2] in (["after"], ["before"])

    def _names_event(self, j: int) -> bool:
        """A noun of an occasion within four tokens: 'rally', 'emergency summit'."""
        stop = min(j + 4, self.sentence.last)
        return any(self.lows[k] in _OCCASIONS for k in range(j, stop))

    def _narrates(self, j: int) -> bool:
        """', and they discussed N': the reporter goes on about the meeting."""
        if j < self.sentence.last and self.lows[j] == "and":
            j += 1
        mention = self.scene.begins.get(j)
        return (
            mention is not None
            and mention.last < self.sentence.last
            and self.lows[mention.last] in _NARRATIVE
        )

    def _turns_away(self, j: int) -> bool:
        """', as fighting went on', ', shortly after he left': a clause of the reporter's."""
        if j + 2 >= self.sentence.last:
            return False
        low = self.lows[j]
        if low == "even" and self.lows[j + 1] in ("though", "as", "when"):
            return True
        if low in _TIMES and self.lows[j + 1] in ("after", "before"):
            return True
        if low not in _TURNS or self.lows[j + 1] in _NO_CLAUSE:
            return False
        for k in range(j + 2, min(j + 9, self.sentence.last)):
            if self.words[k] == ",":
                return False  # ", as the host country, would": a phrase, not a clause
            if is_verb(self.scene, k):
                return True
        return False

    def _comments(self, j: int) -> bool:
        """', which he said S', ', a plan that X called N': a relative clause that attributes."""
        for k in range(j, min(j + _MAX_APPOSITIVE, self.sentence.last - 1)):
            low = self.lows[k]
            if low in _RELATIVES and (k == j or low in ("that", "which")):
                hit = self.stops.get(k + 1)
                return hit is not None and hit.shape == "verb" and hit.group > k + 1
            if low in (",", ".", ";") or (k > j and is_verb(self.scene, k)):
                return False
        return False
