"""Where a content ends: at the clause, at the next attribution, or at the sentence.

The rules look at what stands behind a comma, "and", "while" and the like: another cue of the same
source, an attribution of its own, the reporter's own tale.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .content_turns import FINAL, RELATIVES, Turns
from .cue_hits import CueHit
from .scene import is_adverb, is_past, is_verb

Range = tuple[int, int]

_SEPARATORS = frozenset({",", "and", "but", ";", "while", "as"})
_PHRASE_ENDS = frozenset(
    "following during amid without on at in as when after by a one two days weeks hours months "
    "years shortly last this monday tuesday wednesday thursday friday saturday sunday".split()
)
_MAIN_VERBS = frozenset("is are was were has have had will would could may might".split())
_SUBORDINATORS = frozenset("while when after although though before since because".split())
_A = (["a"], ["an"])
_DASHES = frozenset({"-", "–", "—", "--"})
_UNLIKELY = frozenset("to with of from into by".split())
_AFTER_CUE = frozenset(
    "on in at after during as when following while through via over earlier late".split()
)


_MAX_RELATIVE = 20
_MAX_OPENING = 9  # tokens of "at the meeting", which opens what was said
_OPENERS = frozenset("at during in on after following before".split())
# What results are measured by: "reported a profit, beating forecasts".
_MEASURES = frozenset(
    "meeting beating exceeding missing topping surpassing matching outpacing outperforming".split()
)


@dataclass(slots=True)
class Content:
    """Content ranges of one hit, the addressee's range, and where the cue words really end."""

    ranges: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    cue_last: int = 0
    rule: str = ""


class ContentEnds(Turns):
    """Finds where contents of one sentence end; `hits` are its cues, with subjects or without."""

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
            if self.words[k] in _DASHES and k > start and self._adds(k):
                break
            if hit.shape == "noun" and self._main_verb(k, start):
                break
            k = self._over_relative(k, last)
        return self.trim(start, k)

    def _adds(self, k: int) -> bool:
        """'said it was over - a claim that N': a remark behind the last dash of a sentence."""
        if self.lows[k + 1 : k + 2] not in _A or self.words[k - 1] == ",":
            return False
        after = self.words[k + 1 : self.sentence.last]
        return _DASHES.isdisjoint(after) and _DASHES.isdisjoint(self.words[self.sentence.first : k])

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
        return RELATIVES.isdisjoint(self.lows[start:k]) and self.lows[k - 1] != "to"

    def _over_relative(self, k: int, last: int) -> int:
        """The token behind k; behind the second comma of ', which fell in May,'."""
        if self.words[k] != "," or k + 1 >= last or self.lows[k + 1] not in RELATIVES - {"that"}:
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
        if low == "," and self._opens_with_phrase(start, k):
            return False
        if low in ("and", "but") and self._goes_back(start, j, hit):
            return True
        if low in ("and", "but") and self._resumes(start, k, hit):
            return True
        if low == ",":
            if self._turns_away(j) or self._comments(j, hit):
                return True
            if self._tells_on(j, k, start, hit) or self._remarks(j, k, hit):
                return True
            if self.lows[start] == "to" and self.lows[j : j + 1] == ["meaning"]:
                return True
            if self._measures(start, j, hit):
                return True
            if j < self.sentence.last and self.lows[j] in ("and", "but", "while", "as"):
                if self.lows[j] in ("and", "but") and self._resumes(start, j, hit):
                    return True
                j += 1
        if low in (",", "and") and self._narrates(j):
            return True
        if low == "while" and self._cue_behind(j):
            return True
        return self._attributes_anew(j, low, start, hit)

    def _opens_with_phrase(self, start: int, k: int) -> bool:
        """'said that at the meeting | , X stressed N': the comma behind an opening phrase."""
        if self.lows[start] not in _OPENERS or k - start > _MAX_OPENING:
            return False
        first = "," not in self.words[start:k] and not self.has_verb(start + 1, k)
        return first and k + 1 < self.sentence.last and self.begins_clause(k + 1)

    def _goes_back(self, start: int, j: int, hit: CueHit) -> bool:
        """'said that he had asked X for N | but that S': back to the outer clause."""
        if self.lows[j : j + 1] != ["that"] or self.lows[start - 1] == "that":
            return False
        return hit.cue.speech_act == "ask" and any(
            group < hit.group for group in self.groups if group >= self.sentence.first
        )

    def _measures(self, start: int, j: int, hit: CueHit) -> bool:
        """'reported a rise in profit | , beating forecasts': the reporter's measure of it."""
        counted = hit.cue.lemma in ("report", "announce", "post") and self.lows[start - 1] != "that"
        return counted and self.lows[j : j + 1] != [] and self.lows[j] in _MEASURES

    def _cue_behind(self, j: int) -> bool:
        """'while also stressing': a participle that is a cue, behind an adverb or two."""
        while j < self.sentence.last and is_adverb(self.scene, j):
            j += 1
        return j in self.groups or self.cites(j)

    def _remarks(self, j: int, k: int, hit: CueHit) -> bool:
        """'called it "sad," a remark that N': an apposition to the whole of what was said."""
        quoted = k > 0 and self.scene.quoted(k - 1)
        return quoted and hit.cue.speech_act == "describe" and self.lows[j : j + 1] in _A

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
        if other is not None and other.shape == "source":
            return low == "," and not self._parts_clause(other)
        if other is not None and other is not hit and other.shape != "noun":
            return self._parallel(hit, other, low)
        stop = self.stops.get(j) or self._joint_stop(j)
        if stop is None or stop is hit or stop.subject is None:
            return False
        if stop.subject.sentence < 0 and low != ",":
            return False
        if low == "and" and not self.has_verb(start, j - 1):
            return False  # "said he and X never met": one subject of two
        return self._new_attribution(hit, stop, low)

    def _parts_clause(self, source: CueHit) -> bool:
        """'said the plan, according to X, would fail': a verb behind the source's comma."""
        for k in range(source.last, self.sentence.last - 1):
            if self.words[k] == ",":
                return is_verb(self.scene, k + 1)
        return False

    def _joint_stop(self, j: int) -> CueHit | None:
        """The cue of 'X and Y said', where X begins at token j."""
        first = self.scene.begins.get(j)
        joint = first is not None and self.lows[first.last : first.last + 1] == ["and"]
        return self.stops.get(first.last + 1) if joint and first is not None else None

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
