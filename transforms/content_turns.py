"""Where the reporter goes on: what stands behind a content and belongs to it no more.

A clause of the reporter's own, a time, an occasion, a word on who is cited.
"""

from __future__ import annotations

from .cue_hits import CueHit
from .mentions import DETERMINERS
from .scene import FINITE_AUXILIARIES, PREPOSITIONS, Scene, is_past, is_verb
from .text import Sentence

CLOSING = frozenset({'"', "”", "’", "'", "»"})
OPENING = frozenset({'"', "“", "‘", "'", "«", "„"})
FINAL = frozenset({".", "!", "?", ",", ";", ":", "—", "--", "-", "–"}) | CLOSING | {"“"}
_OWN_ARTICLES = frozenset("a an his her their".split())
_OCCASIONS = frozenset(
    "appearance audience breakfast briefing call ceremony conference conversation debate dinner "
    "encounter event exchange forum gathering hearing interview letter lunch luncheon meeting "
    "message post rally reception session sidelines speech statement summit talks telegram "
    "television tour tweet trip visit".split()
)
_PAST_AUXILIARIES = frozenset("did didn't was were had has have".split())
_COUNTS = frozenset("a one two days weeks hours months years shortly".split())
_UNITS = frozenset("hour day week month year night shortly".split())
_NARRATIVE = frozenset("discussed exchanged met visited toured attended spoke talked".split())
_TURNS = frozenset("as while although though after".split())
_UNSAID = frozenset(
    "saying elaborating giving naming specifying providing mentioning offering citing "
    "identifying going disclosing stating explaining clarifying commenting revealing".split()
)
_OF_THE_PAST = frozenset("deny criticize praise confirm thank congratulate accuse".split())
_TIMES = frozenset("shortly soon hours days weeks months years minutes just immediately".split())
_NO_CLAUSE = frozenset("well a an part such if long soon all".split())
_ADJECTIVES = frozenset(
    "sustained continued shared increased enhanced renewed expanded improved united coordinated "
    "heightened proposed detailed strengthened deepened reduced needed related joined limited "
    "required concerted balanced accelerated armed united allied mixed".split()
)
RELATIVES = frozenset("which whom who that".split())
_MAX_APPOSITIVE = 9
MAX_SUBJECT = 6  # tokens of a clause's subject behind its first word
_CLAUSE_BREAKS = frozenset("that which who whom to".split())
NOT_CONTENT = frozenset(
    "over amid between under against into about upon near around within despite via through".split()
) | frozenset(
    "of and or but , . ; : ? ! ) who which in on at by after before during when while as than to "
    "from if because".split()
)


class Turns:
    """Reads one sentence; `hits` are its cues, with subjects or without."""

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

    # --- the reporter goes on ---------------------------------------------------------------------
    def _resumes(self, start: int, k: int, hit: CueHit) -> bool:
        """'agreed to pay and left', 'praised X but did not Y': the main clause goes on behind k."""
        j = k + 1
        if j + 1 >= self.sentence.last or self.lows[j + 1] == "by":
            return False
        if self.lows[start] == "to" or hit.shape == "noun":
            return is_past(self.scene, j) and hit.form in ("past", "base")
        if self.lows[j] in _ADJECTIVES and self.lows[j + 1] not in DETERMINERS | {"to", "that"}:
            return False  # "reiterated condolences and sustained support"
        resumed = is_past(self.scene, j) or self.lows[j] in FINITE_AUXILIARIES | _PAST_AUXILIARIES
        past = hit.form == "past" and resumed
        return past and not self.has_verb(start, k)

    def _ends_phrase(self, k: int, low: str, start: int, hit: CueHit) -> bool:
        """'following N', 'on Monday', 'at a rally' behind a noun phrase: when it was said."""
        if k + 1 >= self.sentence.last:
            return False
        after = self.lows[k + 1]
        if low.endswith("day"):  # "rejected the plan Saturday"
            placed = self.lows[k - 1] in PREPOSITIONS | DETERMINERS | {"last", "next", "and"}
            ends = k + 1 >= self.sentence.last - 1 or after in FINAL
            return ends and not placed and not self.has_verb(start, k) and self.lows[start] != "to"
        if after == "ago" and low in _COUNTS:  # "proposed talks years ago"
            return not self.has_verb(start, k)
        if low == "this":  # "rejected the plan this week", but "called for talks this week"
            ends = after in _UNITS and hit.form == "past" and hit.cue.speech_act in _OF_THE_PAST
            return ends and not self.has_verb(start, k) and not self._owned(k + 2)
        if low == "last":  # "rejected the plan last week", "offered to go last week"
            bare = self.lows[start] == "to" or not self.has_verb(start, k)
            return after in _UNITS and bare and not self._owned(k + 2)
        if low in _COUNTS:
            bare = self.lows[start] == "to" or not self.has_verb(start, k)
            return bare and self._counts_time(k)
        if self.lows[start] in ("that", "to"):
            return False
        if low == "on":
            aside = self.lows[k + 1 : k + 3] in (["the", "sidelines"], ["the", "margins"])
            ends = aside or (after.endswith("day") and after != "day")
        elif low in ("at", "in"):
            ends = after in _OWN_ARTICLES and self._names_event(k + 2)
        elif low == "by":
            ends = after.endswith("ing")
        elif low == "during":  # "thanked X for help during the floods": no occasion of speech
            ends = self._names_event(k + 1) or self._names_campaign(k, hit)
        elif low == "after" and k + 1 in self.groups and self.lows[start] != "that":
            return hit.form == "past"
        elif low in ("as", "when", "after"):
            ends = after in ("he", "she", "they") or (low != "after" and after.endswith("ing"))
        else:
            ends = True
        if not ends or self.lows[start - 1] == "that" or self.has_verb(start + 1, k):
            return False  # but "rejected offers of talks" begins with no verb
        # "said the talks on Monday were good": behind a cue of clauses the verb may still come
        return "clause" not in hit.cue.frames or not self.has_verb(k + 1, self._phrase_stop(k + 1))

    def _owned(self, j: int) -> bool:
        """'last week | 's talks', 'last week would': the time is no adverb."""
        ends = j >= self.sentence.last
        return not ends and (self.lows[j] == "'s" or is_verb(self.scene, j))

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

    def _names_campaign(self, k: int, hit: CueHit) -> bool:
        """'called for cuts during her campaign', but 'thanked them for help during it'."""
        campaign = "campaign" in self.lows[k + 1 : min(k + 4, self.sentence.last)]
        return campaign and hit.cue.speech_act in ("demand", "promise", "propose", "agree")

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
        if self.cites(j):
            return True
        if j + 2 >= self.sentence.last:
            return False
        low = self.lows[j]
        if low == "amid" or (low == "without" and self.lows[j + 1] in _UNSAID):
            return True
        if (
            low == "but"
            and self.lows[j + 1] == "it"
            and self.lows[j + 2] in ("remains", "remained")
        ):
            return True
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

    def _comments(self, j: int, told: CueHit) -> bool:
        """', which he said S', ', a plan that X called N': a relative clause that attributes."""
        for k in range(j, min(j + _MAX_APPOSITIVE, self.sentence.last - 1)):
            low = self.lows[k]
            if low in RELATIVES and (k == j or low in ("that", "which")):
                hit = self.stops.get(k + 1)
                if hit is None or hit.subject is None or told.subject is None:
                    return False
                nested = told.shape == "source" and hit.subject.entity != told.subject.entity
                return hit.shape == "verb" and hit.group > k + 1 and not nested
            if low in (",", ".", ";") or (k > j and is_verb(self.scene, k)):
                return False
        return False

    def cites(self, j: int) -> bool:
        """'citing N', 'quoting N': who is behind it, and no part of what was said."""
        return j < self.sentence.last and self.lows[j] in ("citing", "quoting")
