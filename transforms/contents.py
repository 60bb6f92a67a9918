"""Where the content of an attribution begins and ends, as ranges of tokens.

Right of the cue by its frames (that-clause, bare clause, noun phrase, to-clause, gerund, object and
preposition, quotation); left of it where the content comes first ("A, X said"). A content ends at
the clause: at the next coordinated cue, the next participle cue, or a trailing attribution.
"""

from __future__ import annotations

from .content_clauses import ADJUNCT, MAX_ADJUNCT, ClauseContents
from .content_ends import Content, Range
from .content_turns import FINAL, NOT_CONTENT
from .cue_hits import CueHit, is_date
from .mentions import DETERMINERS
from .scene import AUXILIARIES, FINITE_AUXILIARIES, PREPOSITIONS, is_adverb, is_verb

_WH = frozenset("whether if why how what when where which who".split())
_OBJECT_PREPOSITIONS = ("for", "of", "as", "on", "about", "against", "over", "with")
_HEARERS = frozenset("him her them us me you reporters journalists lawmakers parliament".split())
_PRESS = frozenset("reporters journalists newsmen media lawmakers legislators senators".split())
_SKIPPED_ADVERBS = frozenset("again also later earlier however once too yesterday today".split())
_AFTER_HEARER = frozenset("on in at during after by of last this over via through , :".split())
_SUBJECTS = frozenset("he she they it we i".split())
_MAX_ANTECEDENT = 9
_MAX_OBJECT = 9  # tokens between an object's head and its complement


class ContentFinder(ClauseContents):
    """Finds contents in one sentence; `hits` are its cues with subjects."""

    # --- right of the cue -------------------------------------------------------------------------
    def right(self, hit: CueHit) -> Content | None:
        """Content that follows the cue, by the first frame that fits."""
        last = self.sentence.last
        j = hit.resume or hit.last
        if hit.shape == "inverted" and hit.subject is not None:
            j = hit.subject.tail
            return self._resumed(hit, j)
        if hit.passive:
            return self._passive(hit)
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

    def _passive(self, hit: CueHit) -> Content | None:
        """'X was accused by Y of N', 'N was criticised by Y': the content holds the subject."""
        if hit.subject is None or hit.patient is None:
            return None
        after = hit.subject.last
        if hit.last < hit.subject.first - 1:  # "accused of N by Y"
            ranges = [hit.patient, (hit.last, hit.subject.first - 1)]
            return Content(ranges, None, hit.last, "passive")
        rest = self.lows[after] if after < self.sentence.last else "."
        if rest == "to" and "obj_to" in hit.cue.frames:
            return Content([(after, self.end(after, hit))], hit.patient, hit.last, "passive")
        if f"obj_{rest}" in hit.cue.frames:
            ranges = [hit.patient, (after, self.end(after, hit))]
            return Content(ranges, None, hit.last, "passive")
        if not hit.cue.frames & {"np", "np_finite"}:
            return None
        return Content([hit.patient], None, hit.last, "passive")

    def _skip_adverbs(self, j: int) -> int:
        last = self.sentence.last
        while j < last and (self.lows[j] in _SKIPPED_ADVERBS or self._is_manner(j)):
            j += 1
        return self.over_feeling(self.over_time(j))

    def _is_manner(self, j: int) -> bool:
        return self.lows[j].endswith("ly") and is_adverb(self.scene, j)

    def _passed_on(self, hit: CueHit, j: int) -> Content | None:
        """'conveyed to X his greetings': a noun phrase behind the addressee."""
        if "np" not in hit.cue.frames or self.lows[j] != "to" or j + 1 >= self.sentence.last:
            return None
        addressee = self.scene.begins.get(j + 1)
        if addressee is None or addressee.last >= self.sentence.last:
            return None
        start = addressee.last
        if self.lows[start] in NOT_CONTENT:
            return None
        stop = self.end(start, hit)
        return Content([(start, stop)], (addressee.first, start)) if stop > start else None

    def _object(self, hit: CueHit, j: int) -> Content | None:
        """'told X that', 'urged X to', 'thanked X for', 'accused X of'."""
        frames = hit.cue.frames
        if not any(frame.startswith("obj") for frame in frames):
            return None
        if self.lows[j] == "that" and frames & {"that", "clause"}:
            return None  # "warned that the level of the lake …" has no object
        end = self._object_end(hit, j)
        if hit.cue.keeps_object and (behind := self.as_behind(j)) is not None:
            return Content([(j, self.end(behind, hit))])
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
        elif "obj" in frames and self.quote_start(end) is not None:
            return self._from_quote(hit, end, addressee)
        elif "obj" in frames and (self.begins_clause(end) or self.owned_clause(end)):
            start = end
        elif "obj" in frames and low in _AFTER_HEARER or low.endswith("day"):
            return self._after_adjunct(hit, end, addressee)
        if start is None:
            return None
        stop = self.end(start, hit)
        if stop <= start:
            return None
        return Content([(start, stop)], None if start == j else addressee)

    def _object_end(self, hit: CueHit, j: int) -> int | None:
        mention = self.scene.begins.get(j)
        if mention is not None and not mention.quoted:
            end = self._before_reason(mention.last, j, hit)
            if end < self.sentence.last and self.lows[end] == "and":
                follower = self.scene.begins.get(end + 1)
                end = follower.last if follower is not None else end
            return self._longer_object(hit, end) or end
        owns = self.lows[j] == "her" and self.lows[j + 1 : j + 2] not in ([], ["that"], ["to"])
        if self.lows[j] in _HEARERS and not (owns and self.lows[j + 1].isalpha()):
            return j + 1
        for k in range(j, min(j + 9, self.sentence.last)):
            low = self.lows[k]
            if low in ("that", "to", *_OBJECT_PREPOSITIONS) and k > j and low != "of":
                return k
            if low in _WH and k > j and "obj" in hit.cue.frames:
                return k
            if low == "of" and "obj_of" in hit.cue.frames and k > j:
                return k
            if k > j and self.lows[k - 1] in _PRESS and self.begins_clause(k):
                return k  # "told local reporters the bridge was closed"
            if (
                k > j
                and low in _SUBJECTS
                and "clause" in hit.cue.frames
                and is_verb(self.scene, k + 1)
            ):
                return k  # "told a news conference they were"
            if low == "," and k > j and (that := self.that_ahead(k)) is not None:
                return that
            if low in (",", ".", ";", ":") or self.scene.quoted(k) or low in AUXILIARIES:
                return k if low in (",", ":") and k > j else None
        return None

    def _before_reason(self, end: int, j: int, hit: CueHit) -> int:
        """'thanked the minister for Norway | 's help': the 'for' that was read into the phrase."""
        if "obj_for" not in hit.cue.frames or self.lows[end : end + 1] != ["'s"]:
            return end
        return next((k for k in range(j + 1, end) if self.lows[k] == "for"), end)

    def _longer_object(self, hit: CueHit, end: int) -> int | None:
        """'called on Cabinet members of all parties to': the object runs on to its complement."""
        wanted = {frame.removeprefix("obj_") for frame in hit.cue.frames}
        for k in range(end, min(end + _MAX_OBJECT, self.sentence.last)):
            if self.lows[k] in wanted or self.lows[k] == "that":
                named = self.lows[k] == "to" and (k + 1 in self.scene.begins or self._named(k + 1))
                if not named:
                    return k
            if self.words[k] in (",", ":") and self.quote_start(k + 1) is not None:
                return k
            if self.words[k] in FINAL or self.scene.quoted(k) or is_verb(self.scene, k):
                return None
        return None

    def _named(self, j: int) -> bool:
        """Whether a noun phrase begins at j, so that a 'to' before it opens no infinitive."""
        return j < self.sentence.last and self.lows[j] in DETERMINERS

    def _after_adjunct(self, hit: CueHit, j: int, addressee: Range) -> Content | None:
        """'told reporters on Monday that S', 'told X, "…"'."""
        if self.lows[j] in (",", ":"):
            if self.lows[j] == "," and self._at_occasion(addressee) and self.begins_clause(j + 1):
                return Content([(j + 1, self.end(j + 1, hit))], addressee)
            return self._from_quote(hit, j + 1, addressee)
        k = self.skip_adjunct(j)
        if k is None or k >= self.sentence.last:
            return None
        if self.lows[k] == "that":
            k += 1
        stop = self.end(k, hit)
        return Content([(k, stop)], addressee) if stop > k else None

    def _at_occasion(self, addressee: Range) -> bool:
        """'told local reporters at a briefing, S': the hearers and where they heard it."""
        return not {"at", "in", "during", "on"}.isdisjoint(self.lows[addressee[0] : addressee[1]])

    def _that(self, hit: CueHit, j: int) -> Content | None:
        if not hit.cue.frames & {"that", "clause"}:
            return None
        k = self._find_that(j, hit.cue.frames)
        if k is None:
            return None
        start = k + 1
        if start < self.sentence.last and self.lows[start] == ",":
            start += 1
        if start < self.sentence.last and self.lows[start] in FINITE_AUXILIARIES:
            start = k  # "said that was wrong": a pronoun
        stop = self.end(start, hit)
        return Content([(start, stop)]) if stop > start else None

    def _when(self, j: int) -> bool:
        """Whether a day or a month stands at j: 'agreed on Monday that', 'agreed in May that'."""
        return j < self.sentence.last and is_date(self.lows[j])

    def _find_that(self, j: int, frames: frozenset[str]) -> int | None:
        """'that' at j, or behind an adjunct that starts at j ('said on Monday that')."""
        if self.lows[j] == "that":
            return j
        if self.lows[j] not in ADJUNCT and self.lows[j] not in ("to", "of", "about", ","):
            return self._weekday_that(j)
        if f"pp_{self.lows[j]}" in frames and not self._when(j + 1):
            return None  # "agreed on a plan that covers trade"
        for k in range(j, min(j + MAX_ADJUNCT, self.sentence.last)):
            low = self.lows[k]
            if low in (".", ";", ":") or self.scene.quoted(k) or (k > j and k in self.groups):
                return None
            if low == "that":
                return k
        return None

    def _weekday_that(self, j: int) -> int | None:
        day = self.lows[j].endswith("day")
        return j + 1 if day and j + 1 < self.sentence.last and self.lows[j + 1] == "that" else None

    def _quote(self, hit: CueHit, j: int) -> Content | None:
        if "quote" not in hit.cue.frames:
            return None
        k = j
        if self.words[k] in (",", ":") and k + 1 < self.sentence.last:
            k += 1
        if self.quote_start(k) is not None:
            return self._from_quote(hit, k, None)
        if self.words[j] == ":" and j + 1 < self.sentence.last:
            return Content([(j + 1, self.end(j + 1, hit))])
        if self.lows[j] in ADJUNCT or self.lows[j] in ("about", "of", "to"):
            for k in range(j, min(j + MAX_ADJUNCT + 6, self.sentence.last)):
                if self.words[k] in (",", ":") and self.quote_start(k + 1) is not None:
                    return self._from_quote(hit, k + 1, None)
                if k in self.groups and k > j:
                    return None
        return None

    def _from_quote(self, hit: CueHit, j: int, addressee: Range | None) -> Content | None:
        start = self.quote_start(j)
        if start is None:
            return None
        quotation = self.scene.text.quotations[self.scene.quote_at[start]]
        close = self.without_stop(start, quotation.last)
        finished = self.words[quotation.last - 1] in (",", ".") and quotation.last - start > 1
        if finished or quotation.last + 1 >= self.sentence.last:
            return Content([(start, close)], addressee)
        stop = max(self.end(start, hit), close)
        return Content([(start, stop)], addressee)

    def _to(self, hit: CueHit, j: int) -> Content | None:
        if "to" not in hit.cue.frames:
            return None
        j = self._over_time(j)
        if j >= self.sentence.last or self.lows[j] != "to":
            return None
        stop = self.end(j, hit)
        return Content([(j, stop)]) if stop > j + 1 else None

    def _over_time(self, j: int) -> int:
        """'agreed on Monday to', 'vowed in a speech to': the 'to' behind a phrase, or j."""
        if self.lows[j] not in ADJUNCT and not self.lows[j].endswith("day"):
            return j
        for k in range(j + 1, min(j + _MAX_OBJECT, self.sentence.last - 1)):
            if self.words[k] in FINAL or self.lows[k] == "that" or is_verb(self.scene, k):
                return j
            if self.lows[k] == "to":
                named = self.lows[k + 1] in DETERMINERS or k + 1 in self.scene.begins
                return j if named else k
        return j

    def _wh(self, hit: CueHit, j: int) -> Content | None:
        if "wh" not in hit.cue.frames or self.lows[j] not in _WH:
            return None
        stop = self.end(j, hit)
        return Content([(j, stop)]) if stop > j + 1 else None

    def _gerund(self, hit: CueHit, j: int) -> Content | None:
        if "gerund" not in hit.cue.frames or not self.lows[j].endswith("ing"):
            return None
        stop = self.end(j, hit)
        return Content([(j, stop)]) if stop > j else None

    def _bare(self, hit: CueHit, j: int) -> Content | None:
        """A clause without 'that', or a noun phrase; behind an adjunct only a clause."""
        frames = hit.cue.frames
        finite = hit.shape == "verb" or self.by_document(hit)  # "a statement welcoming"
        if "np_finite" in frames and finite:
            frames |= {"np"}
        preposition = self.lows[j]
        if f"pp_{preposition}" in frames and j + 1 < self.sentence.last:
            if self.lows[j + 1].endswith("day"):
                return None
            stop = self.end(j + 1, hit)
            return Content([(j + 1, stop)], None, j + 1, "pp") if stop > j + 1 else None
        if self._only_hearer(hit, j):
            return None
        if not frames & {"clause", "np"}:
            if "quote" not in frames or not self.begins_clause(j):
                return None
            stop = self.end(j, hit)
            return Content([(j, stop)], None, hit.last, "clause") if stop > j else None
        start: int | None = j
        if "clause" in frames and self.lows[j : j + 2] in (["at", "least"], ["at", "most"]):
            return Content([(j, self.end(j, hit))], None, hit.last, "clause")
        if "clause" in frames and self.opened(j):
            return Content([(j, self.end(j, hit))], None, hit.last, "opened")
        if preposition in ADJUNCT or preposition == ",":
            if "clause" not in frames:
                return None
            start = self.skip_adjunct(j)
        elif preposition in NOT_CONTENT or (self.lows[j].endswith("day") and not self.owns(j)):
            start = j + 1 if self.lows[j].endswith("day") and "clause" in frames else None
        if start is None or start >= self.sentence.last:
            return None
        stop = self.end(start, hit)
        if self.lows[start] in FINITE_AUXILIARIES or self._parted_from_object(hit, start):
            return self._with_antecedent(hit, start, stop)
        if stop <= start or self.lows[start] in NOT_CONTENT - {"to", "if", "in", "on", "at"}:
            return None
        if "np" not in frames and not self.says_something(start, stop, hit):
            return None
        rule = "clause" if "clause" in frames else "np"
        return Content([(start, stop)], None, hit.last, rule)

    def _parted_from_object(self, hit: CueHit, start: int) -> bool:
        """'successes that they highlighted throughout the tour': what was said stands before."""
        before = hit.boundary - 1
        relative = before > self.sentence.first and self.lows[before] in ("that", "which", "whom")
        return relative and self.lows[start] in PREPOSITIONS

    def _with_antecedent(self, hit: CueHit, start: int, stop: int) -> Content | None:
        """'a plan that officials said was ready': the noun before the clause, and the clause."""
        edge = hit.boundary
        if self.lows[edge - 1] == "what" and stop > start + 1:
            return Content([(start + 1, stop)], None, hit.last, "relative")
        if edge - 1 > self.sentence.first and self.lows[edge - 1] in ("that", "which", "whom"):
            edge -= 1
        marked = edge < hit.boundary
        edge -= self.words[edge - 1] == ","
        first = edge
        while first > self.sentence.first and edge - first < _MAX_ANTECEDENT:
            if not self.is_word(first - 1) and self.lows[first - 1] != "of":
                break
            first -= 1
        if first == edge or self.scene.quoted(first):
            return None
        if self.lows[start] in FINITE_AUXILIARIES and "clause" in hit.cue.frames:
            return Content([(first, edge), (start, stop)], None, hit.last, "relative")
        if marked and "np" in hit.cue.frames:
            return Content([(first, edge)], None, hit.last, "relative")
        return None

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
        if self.quote_start(j + 1) is not None:
            content = self._from_quote(hit, j + 1, None)
            if content:
                content.cue_last, content.rule = hit.last, "resumed"
            return content
        return None
