"""Contents that stand before their cue: "A, X said", '"A," X said, "B"', "S, according to X"."""

from __future__ import annotations

from .content_ends import Content, ContentEnds, Range
from .content_turns import CLOSING, FINAL, NOT_CONTENT, OPENING, RELATIVES
from .cue_hits import CueHit
from .scene import FINITE_AUXILIARIES

_DROPPED_TAIL = frozenset(
    "who which whose where as while when after before although though but and with amid".split()
)
_CLAUSES = frozenset({"that", "clause"})
_MAX_TOPIC = 10  # tokens between a cue and the second part of its quotation


class LeftContents(ContentEnds):
    """Finds contents to the left of a cue, and their second parts behind it."""

    def left(self, hit: CueHit, floor: int) -> Content | None:
        """Content before a trailing attribution; `floor` is the first token it may reach."""
        edge = hit.boundary
        before = edge - 1
        if before < self.sentence.first:
            return self._previous_quote(hit)
        if self.words[before] not in FINAL or self.scene.quoted(before):
            return None
        start = max(floor, self.sentence.first)
        stop = self.trim(start, before + 1)
        if stop <= start:
            return None
        start = self._quote_back(start, stop)
        brief = self.words[before] == "," and not self._closing_before(before) and stop - start < 3
        if brief and hit.shape != "source" and self._verb_behind(hit) is None:
            return None
        relative = self.words[before] == "," and self.lows[before - 1] in RELATIVES
        if relative and self.words[before - 2] == "," and not self.scene.quoted(before - 1):
            comma = hit.last + 1  # "the talks, which, she said, showed trust"
            parted = comma < self.sentence.last and self.words[hit.last] == ","
            return self.from_token(comma, hit) if parted else None
        quoted = self._closing_before(before)
        if quoted and self.words[stop] in ("!", "?") and self.scene.quoted(stop):
            stop += 1  # the speaker's own mark
        if not quoted and not self.scene.quoted(start) and not self.has_verb(start, stop):
            tail = self._tail(hit)
            start += self.lows[start] in ("and", "but")
            if tail is None or self.lows[start] in NOT_CONTENT:
                return None
            return Content([(start, stop), tail], None, hit.last, "parted")
        if quoted:
            start = self._behind_colon(start, stop, hit)
        content = Content([(start, stop)], None, hit.last, "left")
        tail = self._tail(hit) if quoted else None
        if tail and (self.scene.quoted(tail[0]) or not self.scene.quoted(start)):
            content.ranges.append(tail)
        return content

    def from_token(self, start: int, hit: CueHit) -> Content | None:
        """Content that begins at a given token ('According to X, S')."""
        quoted = self.quote_start(start)
        start = start if quoted is None else quoted
        stop = self.end(start, hit)
        return Content([(start, stop)], None, hit.last, "opening") if stop > start else None

    def behind_as(self, hit: CueHit) -> Content | None:
        """'As X said in May, S': the clause behind an attribution that opens the sentence."""
        opens = hit.boundary - 1 == self.sentence.first
        if not opens or not hit.cue.frames & _CLAUSES or not self.nothing_follows(hit.last):
            return None
        for k in range(hit.last, min(hit.last + _MAX_TOPIC, self.sentence.last)):
            if self.words[k] == ",":
                return (
                    self.from_token(k + 1, hit)
                    if self.has_verb(k + 1, self.sentence.last)
                    else None
                )
            if self.words[k] in FINAL or k in self.groups:
                return None
        return None

    def before(self, hit: CueHit, floor: int) -> Content | None:
        """Content that ends right before the cue, with no comma between ('S according to X')."""
        start = self._quote_back(max(floor, self.sentence.first), hit.first)
        stop = self.trim(start, hit.first)
        return Content([(start, stop)], None, hit.last, "before") if stop - start > 2 else None

    def _closing_before(self, k: int) -> bool:
        return self.words[k] in CLOSING or (k > 0 and self.words[k - 1] in CLOSING)

    def _quote_back(self, start: int, stop: int) -> int:
        """Skip an opening mark; reach back to the start of a quotation of several sentences."""
        number = self.scene.quote_at[start]
        if number >= 0:
            return self.scene.text.quotations[number].first
        while start < stop and self.words[start] in OPENING:
            start += 1
        return start

    def _behind_colon(self, start: int, stop: int, hit: CueHit) -> int:
        """'She wrote on her page: "A," she said': the quotation alone is what she said.

        But 'X retorted: "A," the official said': X's retort is what the official said.
        """
        told = next((h for h in self.hits if h.subject is not None), hit)
        before = told.first < hit.first and told.shape == "verb"
        if before and told.subject and hit.subject and told.subject.entity != hit.subject.entity:
            return start
        number = self.scene.quote_at[stop - 1]
        if number < 0:
            return start
        first = self.scene.text.quotations[number].first
        return first if first - 2 >= start and self.words[first - 2] == ":" else start

    def _previous_quote(self, hit: CueHit) -> Content | None:
        """'"Is it?" X asked.': the quotation that closes the sentence before, same paragraph."""
        before = self.sentence.first - 1
        if not self.nothing_follows(hit.last) and hit.last < self.sentence.last - 2:
            return None
        if before < 1 or self.words[before] not in CLOSING:
            return None
        number = self.scene.quote_at[before - 1]
        if number < 0:
            return None
        quotation = self.scene.text.quotations[number]
        if quotation.paragraph != self.sentence.paragraph:
            return None
        stop = self.without_stop(quotation.first, quotation.last)
        return Content([(quotation.first, stop)], None, hit.last, "left")

    def _verb_behind(self, hit: CueHit) -> int | None:
        """'This campaign, he says, is different': the verb that the attribution parts off."""
        j = hit.last
        parted = j + 2 < self.sentence.last and self.words[j] == ","
        return j + 1 if parted and self.lows[j + 1] in FINITE_AUXILIARIES else None

    def _tail(self, hit: CueHit) -> Range | None:
        """What goes on behind ', he said,': a second range, unless another clause begins."""
        j = max(hit.last, hit.subject.tail if hit.subject and hit.shape == "inverted" else 0)
        last = self.sentence.last
        j = self._over_topic(j, hit)
        if j + 2 >= last or self.words[j] != ",":
            return None
        low = self.lows[j + 1]
        if low in _DROPPED_TAIL or (j + 1) in self.groups or low.endswith("ing"):
            return None
        quoted = self.quote_start(j + 1)
        start = quoted if quoted is not None else j + 1
        stop = self.end(start, hit)
        return (start, stop) if stop > start else None

    def _over_topic(self, j: int, hit: CueHit) -> int:
        """'he said of the plan, "B"': the comma before a quotation that goes on."""
        for k in range(j, min(j + _MAX_TOPIC, self.sentence.last - 1)):
            told = k > j and "obj" in hit.cue.frames  # "he told me, is"
            if self.words[k] == "," and (told or self.quote_start(k + 1) is not None):
                return k
            if self.words[k] in FINAL or k in self.groups:
                return j
        return j
