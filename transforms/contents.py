"""Where the content of an attribution begins and ends, as ranges of tokens.

Right of the cue by its frames (that-clause, bare clause, noun phrase, to-clause, gerund, object and
preposition, quotation); left of it where the content comes first ("A, X said"). A content ends at
the clause: at the next coordinated cue, the next participle cue, or a trailing attribution.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .cue_hits import CueHit
from .scene import AUXILIARIES, Scene, is_past, is_verb
from .text import Sentence

Range = tuple[int, int]

_CLOSING = frozenset({'"', "”", "’", "'", "»"})
_OPENING = frozenset({'"', "“", "‘", "'", "«", "„"})
_FINAL = frozenset({".", "!", "?", ",", ";", ":", "—", "--", "-", "–"}) | _CLOSING | {"“"}
_WH = frozenset("whether if why how what when where which who".split())
_ADJUNCT = frozenset("on in at during after before following by via through from with".split())
_OBJECT_PREPOSITIONS = ("for", "of", "as", "on", "about", "against", "over", "with")
_DROPPED_TAIL = frozenset(
    "who which whose where as while when after before although though but and with amid".split()
)
_NOT_CONTENT = frozenset(
    "over amid between under against into about upon near around within despite via through".split()
) | frozenset(
    "of and or but , . ; : ? ! ) who which in on at by after before during when while as than to "
    "from if because".split()
)
_NP_ENDS = frozenset("following during amid".split())
_NARRATIVE = frozenset("discussed exchanged met visited toured attended spoke talked".split())
_HEARERS = frozenset("him her them us me you reporters journalists lawmakers parliament".split())
_SKIPPED_ADVERBS = frozenset("again also later earlier however once too yesterday today".split())
_MAX_ADJUNCT = 14


@dataclass(slots=True)
class Content:
    """Content ranges of one hit, the addressee's range, and where the cue words really end."""

    ranges: list[Range] = field(default_factory=list)
    addressee: Range | None = None
    cue_last: int = 0
    rule: str = ""


class ContentFinder:
    """Finds contents in one sentence; `hits` are its cues with subjects."""

    def __init__(self, scene: Scene, sentence: Sentence, hits: list[CueHit]) -> None:
        self.scene, self.sentence, self.hits = scene, sentence, hits
        self.lows, self.words = scene.text.lows, scene.text.words
        self.stops = {hit.boundary: hit for hit in hits if hit.subject is not None}
        self.groups = {hit.group: hit for hit in hits}

    # --- right of the cue -------------------------------------------------------------------------
    def right(self, hit: CueHit) -> Content | None:
        """Content that follows the cue, by the first frame that fits."""
        last = self.sentence.last
        j = hit.resume or hit.last
        if hit.shape == "inverted" and hit.subject is not None:
            j = hit.subject.tail
            return self._resumed(hit, j)
        j = self._skip_adverbs(j)
        if j >= last:
            return None
        for rule in (
            self._passed_on,
            self._object,
            self._that,
            self._quote,
            self._to,
            self._wh,
            self._gerund,
        ):
            content = rule(hit, j)
            if content is not None:
                content.rule = rule.__name__.strip("_")
                content.cue_last = content.cue_last or hit.last
                return content
        return self._bare(hit, j)

    def _skip_adverbs(self, j: int) -> int:
        last = self.sentence.last
        while j < last and (self.lows[j] in _SKIPPED_ADVERBS or self.lows[j].endswith("ly")):
            j += 1
        return j

    def _passed_on(self, hit: CueHit, j: int) -> Content | None:
        """'conveyed to X his greetings': a noun phrase behind the addressee."""
        if "np" not in hit.cue.frames or self.lows[j] != "to" or j + 1 >= self.sentence.last:
            return None
        addressee = self.scene.begins.get(j + 1)
        if addressee is None or addressee.last >= self.sentence.last:
            return None
        start = addressee.last
        if self.lows[start] in _NOT_CONTENT:
            return None
        stop = self._end(start, hit)
        return Content([(start, stop)], (addressee.first, start)) if stop > start else None

    def _object(self, hit: CueHit, j: int) -> Content | None:
        """'told X that', 'urged X to', 'thanked X for', 'accused X of'."""
        frames = hit.cue.frames
        if not any(frame.startswith("obj") for frame in frames):
            return None
        end = self._object_end(hit, j)
        if end is None or end >= self.sentence.last:
            return None
        low, addressee = self.lows[end], (j, end)
        start = None
        if low == "that" and "obj" in frames:
            start = end + 1
        elif (
            low == "to"
            and "obj_to" in frames
            and not hit.cue.keeps_object
            or low in _WH
            and "obj" in frames
        ):
            start = end
        elif low in _OBJECT_PREPOSITIONS and f"obj_{low}" in frames:
            start = j if hit.cue.keeps_object else end
        elif "obj" in frames and self._quote_start(end) is not None:
            return self._from_quote(hit, end, addressee)
        elif "obj" in frames and low not in _NOT_CONTENT and self.scene.begins.get(end):
            start = end
        elif "obj" in frames and low in ("on", "in", "at", "during", "after", "by", ","):
            return self._after_adjunct(hit, end, addressee)
        if start is None:
            return None
        stop = self._end(start, hit)
        if stop <= start:
            return None
        return Content([(start, stop)], None if start == j else addressee)

    def _object_end(self, hit: CueHit, j: int) -> int | None:
        mention = self.scene.begins.get(j)
        if mention is not None and not mention.quoted:
            end = mention.last
            if end < self.sentence.last and self.lows[end] in ("and", ","):
                follower = self.scene.begins.get(end + 1)
                if follower is not None and self.lows[end] == "and":
                    end = follower.last
            return end
        if self.lows[j] in _HEARERS:
            return j + 1
        for k in range(j, min(j + 9, self.sentence.last)):
            low = self.lows[k]
            if low in ("that", "to", *_OBJECT_PREPOSITIONS) and k > j and low != "of":
                return k
            if low == "of" and "obj_of" in hit.cue.frames and k > j:
                return k
            if low in (",", ".", ";", ":") or self.scene.quoted(k) or low in AUXILIARIES:
                return k if low in (",", ":") and k > j else None
        return None

    def _after_adjunct(self, hit: CueHit, j: int, addressee: Range) -> Content | None:
        """'told reporters on Monday that S', 'told X, "…"'."""
        if self.lows[j] == ",":
            return self._from_quote(hit, j + 1, addressee)
        k = self._skip_adjunct(j)
        if k is None or k >= self.sentence.last:
            return None
        if self.lows[k] == "that":
            k += 1
        stop = self._end(k, hit)
        return Content([(k, stop)], addressee) if stop > k else None

    def _skip_adjunct(self, j: int) -> int | None:
        """First token behind 'on Monday', 'in a statement', 'at a briefing in Baku', or None."""
        last = self.sentence.last
        for k in range(j, min(j + _MAX_ADJUNCT, last)):
            low = self.lows[k]
            if low == "that" or self._quote_start(k) is not None:
                return k
            if low in (".", ";", ":") or k in self.groups:
                return None
            if k > j + 1 and low not in _ADJUNCT and self._clause_begins(k):
                return k
        return None

    def _clause_begins(self, k: int) -> bool:
        """A mention with a verb behind it, not governed by a preposition."""
        mention = self.scene.begins.get(k)
        if (
            mention is None
            or self.lows[k - 1] in _ADJUNCT
            or self.lows[k - 1] in ("of", "and", "to")
        ):
            return False
        end = mention.last
        return end < self.sentence.last and (
            self.lows[end] in AUXILIARIES or self.lows[end].endswith(("ed", "s"))
        )

    def _that(self, hit: CueHit, j: int) -> Content | None:
        if not hit.cue.frames & {"that", "clause"}:
            return None
        k = self._find_that(j)
        if k is None:
            return None
        start = k + 1
        if start < self.sentence.last and self.lows[start] == ",":
            start += 1
        stop = self._end(start, hit)
        return Content([(start, stop)]) if stop > start else None

    def _find_that(self, j: int) -> int | None:
        """'that' at j, or behind an adjunct that starts at j ('said on Monday that')."""
        if self.lows[j] == "that":
            return j
        if self.lows[j] not in _ADJUNCT and self.lows[j] not in ("to", "monday", "tuesday", ","):
            return self._weekday_that(j)
        for k in range(j, min(j + _MAX_ADJUNCT, self.sentence.last)):
            low = self.lows[k]
            if low == "that":
                return k
            if low in (".", ";", ":") or self.scene.quoted(k) or (k > j and k in self.groups):
                return None
        return None

    def _weekday_that(self, j: int) -> int | None:
        day = self.lows[j].endswith("day")
        return j + 1 if day and j + 1 < self.sentence.last and self.lows[j + 1] == "that" else None

    def _quote_start(self, j: int) -> int | None:
        """The first token inside a quotation that opens at j, else None."""
        text = self.scene.text
        if j + 1 < len(text.words) and self.words[j] in _OPENING and self.scene.quoted(j + 1):
            number = self.scene.quote_at[j + 1]
            return j + 1 if text.quotations[number].first == j + 1 else None
        return None

    def closes_quote(self, j: int) -> bool:
        """Whether a quotation ends right before token j."""
        k = j - 1
        if k >= self.sentence.first and self.words[k] == ",":
            k -= 1
        return k > 0 and self.words[k] in _CLOSING and self.scene.quoted(k - 1)

    def addressee(self, hit: CueHit) -> Range | None:
        """The person object of a cue whose content stands before it ('…, he told reporters')."""
        if "obj" not in hit.cue.frames or hit.last >= self.sentence.last:
            return None
        mention = self.scene.begins.get(hit.last)
        if mention is not None:
            return mention.first, mention.last
        return (hit.last, hit.last + 1) if self.lows[hit.last] in _HEARERS else None

    def quote_follows(self, j: int) -> bool:
        """Whether a quotation opens at token j."""
        return j < self.sentence.last and self._quote_start(j) is not None

    def _quote(self, hit: CueHit, j: int) -> Content | None:
        if "quote" not in hit.cue.frames:
            return None
        k = j
        if self.words[k] in (",", ":") and k + 1 < self.sentence.last:
            k += 1
        if self._quote_start(k) is not None:
            return self._from_quote(hit, k, None)
        if self.words[j] == ":" and j + 1 < self.sentence.last:
            return Content([(j + 1, self._end(j + 1, hit))])
        if self.lows[j] in _ADJUNCT:
            for k in range(j, min(j + _MAX_ADJUNCT + 6, self.sentence.last)):
                if self.words[k] in (",", ":") and self._quote_start(k + 1) is not None:
                    return self._from_quote(hit, k + 1, None)
                if k in self.groups and k > j:
                    return None
        return None

    def _from_quote(self, hit: CueHit, j: int, addressee: Range | None) -> Content | None:
        start = self._quote_start(j)
        if start is None:
            return None
        quotation = self.scene.text.quotations[self.scene.quote_at[start]]
        close = self._without_stop(start, quotation.last)
        if quotation.last + 1 >= self.sentence.last or quotation.last > self.sentence.last:
            return Content([(start, close)], addressee)
        stop = max(self._end(start, hit), close)
        return Content([(start, stop)], addressee)

    def _to(self, hit: CueHit, j: int) -> Content | None:
        if "to" not in hit.cue.frames or self.lows[j] != "to":
            return None
        stop = self._end(j, hit)
        return Content([(j, stop)]) if stop > j + 1 else None

    def _wh(self, hit: CueHit, j: int) -> Content | None:
        if "wh" not in hit.cue.frames or self.lows[j] not in _WH:
            return None
        stop = self._end(j, hit)
        return Content([(j, stop)]) if stop > j + 1 else None

    def _gerund(self, hit: CueHit, j: int) -> Content | None:
        if "gerund" not in hit.cue.frames or not self.lows[j].endswith("ing"):
            return None
        stop = self._end(j, hit)
        return Content([(j, stop)]) if stop > j else None

    def _bare(self, hit: CueHit, j: int) -> Content | None:
        """A clause without 'that', or a noun phrase; behind an adjunct only a clause."""
        frames = hit.cue.frames
        preposition = self.lows[j]
        if f"pp_{preposition}" in frames and j + 1 < self.sentence.last:
            stop = self._end(j + 1, hit)
            return Content([(j + 1, stop)], None, j + 1, "pp") if stop > j + 1 else None
        if not frames & {"clause", "np"} or self._only_hearer(hit, j):
            return None
        start: int | None = j
        if preposition in _ADJUNCT or preposition == ",":
            if "clause" not in frames:
                return None
            start = self._skip_adjunct(j)
        elif preposition in _NOT_CONTENT or self.lows[j].endswith("day"):
            start = j + 1 if self.lows[j].endswith("day") and "clause" in frames else None
        if start is None or start >= self.sentence.last:
            return None
        stop = self._end(start, hit)
        if stop <= start or self.lows[start] in _NOT_CONTENT - {"to", "if", "in", "on", "at"}:
            return None
        rule = "clause" if "clause" in frames else "np"
        return Content([(start, stop)], None, hit.last, rule)

    def _only_hearer(self, hit: CueHit, j: int) -> bool:
        """'told Reuters on Friday': an object that is told, with no content behind it."""
        if "obj" not in hit.cue.frames or "np" in hit.cue.frames:
            return False
        mention = self.scene.begins.get(j)
        end = mention.last if mention else j + 1
        hearer = mention is not None or self.lows[j] in _HEARERS
        return hearer and not (end < self.sentence.last and is_verb(self.scene, end))

    def _resumed(self, hit: CueHit, j: int) -> Content | None:
        """Behind 'said X': ', adding …' is another cue; ': S' or ', "B"' goes on."""
        last = self.sentence.last
        if j + 1 >= last or self.words[j] not in (",", ":", "."):
            return None
        if self._quote_start(j + 1) is not None:
            content = self._from_quote(hit, j + 1, None)
            if content:
                content.cue_last, content.rule = hit.last, "resumed"
            return content
        return None

    # --- left of the cue --------------------------------------------------------------------------
    def left(self, hit: CueHit, floor: int) -> Content | None:
        """Content before a trailing attribution; `floor` is the first token it may reach."""
        edge = hit.boundary
        before = edge - 1
        if before < self.sentence.first:
            return self._previous_quote(hit)
        if self.words[before] not in _FINAL or self.scene.quoted(before):
            return None
        start = max(floor, self.sentence.first)
        stop = self._trim(start, before + 1)
        if stop <= start:
            return None
        start = self._quote_back(start, stop)
        if self.words[before] == "," and not self._closing_before(before) and stop - start < 3:
            return None
        quoted = self._closing_before(before)
        if not quoted and not self._has_verb(start, stop):
            tail = self._tail(hit)
            if tail is None or self.lows[start] in _NOT_CONTENT:
                return None
            return Content([(start, stop), tail], None, hit.last, "parted")
        content = Content([(start, stop)], None, hit.last, "left")
        tail = self._tail(hit) if quoted else None
        if tail and self.scene.quoted(tail[0]):
            content.ranges.append(tail)
        return content

    def from_token(self, start: int, hit: CueHit) -> Content | None:
        """Content that begins at a given token ('According to X, S')."""
        quoted = self._quote_start(start)
        start = start if quoted is None else quoted
        stop = self._end(start, hit)
        return Content([(start, stop)], None, hit.last, "opening") if stop > start else None

    def before(self, hit: CueHit, floor: int) -> Content | None:
        """Content that ends right before the cue, with no comma between ('S according to X')."""
        start = self._quote_back(max(floor, self.sentence.first), hit.first)
        stop = self._trim(start, hit.first)
        return Content([(start, stop)], None, hit.last, "before") if stop - start > 2 else None

    def _has_verb(self, start: int, stop: int) -> bool:
        return any(is_verb(self.scene, k) for k in range(start, stop))

    def _closing_before(self, k: int) -> bool:
        return self.words[k] in _CLOSING or (k > 0 and self.words[k - 1] in _CLOSING)

    def _quote_back(self, start: int, stop: int) -> int:
        """Skip an opening mark; reach back to the start of a quotation of several sentences."""
        number = self.scene.quote_at[start]
        if number >= 0:
            return self.scene.text.quotations[number].first
        while start < stop and self.words[start] in _OPENING:
            start += 1
        return start

    def _previous_quote(self, hit: CueHit) -> Content | None:
        """'"Is it?" X asked.': the quotation that closes the sentence before, same paragraph."""
        before = self.sentence.first - 1
        if before < 1 or self.words[before] not in _CLOSING:
            return None
        number = self.scene.quote_at[before - 1]
        if number < 0:
            return None
        quotation = self.scene.text.quotations[number]
        if quotation.paragraph != self.sentence.paragraph:
            return None
        stop = self._without_stop(quotation.first, quotation.last)
        return Content([(quotation.first, stop)], None, hit.last, "left")

    def _tail(self, hit: CueHit) -> Range | None:
        """What goes on behind ', he said,': a second range, unless another clause begins."""
        j = max(hit.last, hit.subject.tail if hit.subject and hit.shape == "inverted" else 0)
        last = self.sentence.last
        if j + 2 >= last or self.words[j] != ",":
            return None
        low = self.lows[j + 1]
        if low in _DROPPED_TAIL or (j + 1) in self.groups or low.endswith("ing"):
            return None
        quoted = self._quote_start(j + 1)
        start = quoted if quoted is not None else j + 1
        stop = self._end(start, hit)
        return (start, stop) if stop > start else None

    # --- ends -------------------------------------------------------------------------------------
    def _end(self, start: int, hit: CueHit) -> int:
        """Where a content that starts at `start` ends: at the clause, or at the sentence."""
        last, k = self._limit(hit), start
        quotations = self.scene.text.quotations
        while k < last:
            number = self.scene.quote_at[k]
            if number >= 0:
                k = max(k + 1, min(quotations[number].last, last))
                continue
            if k > start and self._stops_at(k, start, hit):
                break
            k += 1
        return self._trim(start, k)

    def _limit(self, hit: CueHit) -> int:
        """An opening participle's content ends before the main clause's subject."""
        subject = hit.subject
        if hit.shape == "participle" and subject is not None and subject.first > hit.last:
            return max(hit.start - 1, hit.last)
        return self.sentence.last

    def _resumes(self, start: int, j: int, hit: CueHit) -> bool:
        """'agreed to pay and left': a past verb behind 'and' goes on with the main clause."""
        to_clause = self.lows[start] == "to"
        past = j + 1 < self.sentence.last and is_past(self.scene, j) and self.lows[j + 1] != "by"
        return to_clause and past and hit.form == "past"

    def _ends_phrase(self, k: int, low: str) -> bool:
        """'following N', 'on Monday', 'as he arrived' behind a noun phrase: when it was said."""
        if k + 1 >= self.sentence.last:
            return False
        after = self.lows[k + 1]
        if low == "on":
            return after.endswith("day") and after != "day"
        return low in _NP_ENDS or (
            low in ("as", "when", "after") and after in ("he", "she", "they")
        )

    def _is_phrase(self, start: int, k: int) -> bool:
        """Whether tokens [start, k) are a noun phrase: no verb in them."""
        return not self._has_verb(start, k)

    def _narrates(self, j: int) -> bool:
        """', and they discussed N': the reporter goes on about the meeting."""
        if self.lows[j] == "and":
            j += 1
        mention = self.scene.begins.get(j)
        return (
            mention is not None
            and mention.last < self.sentence.last
            and self.lows[mention.last] in _NARRATIVE
        )

    def _turns_away(self, j: int) -> bool:
        """', as fighting went on': a clause of the reporter's behind the content."""
        if j + 2 >= self.sentence.last or self.lows[j] not in ("as", "while"):
            return False
        if self.lows[j + 1] in ("well", "a", "an", "part", "such", "if", "long", "soon"):
            return False
        return any(is_verb(self.scene, k) for k in range(j + 2, min(j + 9, self.sentence.last)))

    def _stops_at(self, k: int, start: int, hit: CueHit) -> bool:
        low = self.lows[k]
        if self._ends_phrase(k, low) and k - start > 2 and self.lows[start] not in ("that", "to"):
            return self._is_phrase(start, k)
        if low not in (",", "and", "but", ";", "while", "as"):
            return False
        j = k + 1
        if (
            low in ("and", "but")
            and self.lows[start] not in ("that",)
            and self._resumes(start, j, hit)
        ):
            return True
        if low == "," and self._turns_away(j):
            return True
        if low in (",", "and") and self._narrates(j):
            return True
        if low == "," and j < self.sentence.last and self.lows[j] in ("and", "but", "while", "as"):
            j += 1
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
        return self._new_attribution(hit, stop, low)

    def _parallel(self, hit: CueHit, other: CueHit, low: str) -> bool:
        """Whether a cue behind a comma or 'and' goes with this hit, and not with its content."""
        if other.shape == "participle":
            return low in (",", "and") and (low == "," or hit.shape == "participle")
        if other.subject is None or hit.subject is None:
            return False
        same = other.subject.entity == hit.subject.entity
        return same and (other.form == hit.form or hit.shape == "participle")

    def _new_attribution(self, hit: CueHit, other: CueHit, low: str) -> bool:
        """', X said' at the end, or ', while X said': an attribution of its own."""
        if other.subject is None or other.shape in ("infinitive", "participle"):
            return False
        trailing = other.last >= self.sentence.last - 2
        same_tense = other.form == hit.form or {other.form, hit.form} <= {"s", "base"}
        return trailing or low in (";", "while") or (other.form != "ing" and same_tense)

    def _without_stop(self, start: int, stop: int) -> int:
        """A quotation's end without its full stop or comma; '?' and '!' are the speaker's."""
        while stop > start + 1 and self.words[stop - 1] in (".", ","):
            stop -= 1
        return stop

    def _trim(self, start: int, stop: int) -> int:
        while stop > start and self.words[stop - 1] in _FINAL:
            stop -= 1
        return stop
