"""Who else was there: sentences that add parties to the meeting that was told just before.

"X and Y attended the meeting", "the meeting was also attended by X", "present at the talks were X
and Y", "X was also present", "in the presence of X". They tell of no meeting of their own.
"""

from __future__ import annotations

from .meeting_lists import Party
from .meeting_parties import PartyFinder
from .meeting_triggers import AUXILIARIES, CLAUSE_ENDS, Trigger
from .scene import Scene

_ATTENDING = frozenset(
    "attend attends attended attending join joined joining participated participating took part "
    "taking".split()
)
_POINTING = frozenset("the this that same said also".split())
_ADDED = frozenset({"with", "between", "of", "on", "at"})
_WERE = frozenset({"were", "was", "are", "is"})
_REACH = 6  # tokens between "present" and its verb
_PARTIES = frozenset({"person", "office", "group"})


class AttendanceReader:
    """Reads the attendance of one article's sentences."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.text = scene, scene.text

    def tells_of_any(self, number: int) -> bool:
        """Whether a sentence has a word for who was present."""
        sentence = self.text.sentences[number]
        words = self.text.lows[sentence.first : sentence.last]
        return "present" in words or "presence" in words

    def is_attended(self, trigger: Trigger) -> bool:
        """Whether a trigger is only 'the meeting' that somebody attended."""
        lows = self.text.lows
        if trigger.shape != "noun" or not trigger.definite or trigger.status == "planned":
            return False
        if not _POINTING.issuperset(lows[trigger.group : trigger.first]):
            return False
        if lows[trigger.last : trigger.last + 1] and lows[trigger.last] in _ADDED:
            return False
        first = self.text.sentences[trigger.sentence].first
        if lows[first : first + 2] in (["taking", "part"], ["also", "taking"]):
            return lows[trigger.last : trigger.last + 1] in (["were"], ["was"])
        if trigger.support and lows[trigger.support[1]] in _ATTENDING:
            return True
        return self._behind_attended(trigger) > 0

    def _behind_attended(self, trigger: Trigger) -> int:
        """Token behind 'the meeting was also attended by', else 0."""
        lows, j = self.text.lows, trigger.last
        if lows[j : j + 1] and lows[j] in _WERE:
            j += 1 + (lows[j + 1 : j + 2] == ["also"])
            if lows[j : j + 2] == ["attended", "by"]:
                return j + 2
        return 0

    def of_trigger(self, trigger: Trigger, finder: PartyFinder) -> list[Party]:
        """Who attended the meeting that a trigger points to."""
        behind = self._behind_attended(trigger)
        if self.text.lows[trigger.last : trigger.last + 1] in (["were"], ["was"]):
            behind = behind or trigger.last + 1
        if behind:
            found = finder.lists.read(behind)
        else:
            group = trigger.support[0] if trigger.support else trigger.group
            found = finder.subjects.of_group(group, finder.nobody())
        return [p for p in found if p.mention.kind in _PARTIES]

    def present(self, number: int, finder: PartyFinder, *, tells: bool) -> list[Party]:
        """Who was present, by the words of a sentence; `tells` whether it tells of the meeting."""
        sentence, lows = self.text.sentences[number], self.text.lows
        found: list[Party] = []
        if not self.tells_of_any(number):
            return []
        for j in range(sentence.first, sentence.last - 1):
            if self.scene.quoted(j):
                continue
            if tells and lows[j - 1 : j + 2] == ["the", "presence", "of"]:
                found += [p for p in finder.lists.read(j + 2) if p.mention.kind == "person"]
            elif lows[j] == "present":
                found += self._present_at(j, sentence.first, sentence.last, finder)
        return [p for p in found if p.mention.kind in _PARTIES]

    def _present_at(self, j: int, first: int, last: int, finder: PartyFinder) -> list[Party]:
        lows = self.text.lows
        if j <= first + 1:  # "Also present at the talks were X and Y"
            for k in range(j + 1, min(j + _REACH, last - 1)):
                if lows[k] in CLAUSE_ENDS or lows[k] == ",":
                    return []
                if lows[k] in _WERE:
                    return finder.lists.read(k + 1)
            return []
        group = j
        while group > first and (lows[group - 1] in AUXILIARIES or lows[group - 1] == "also"):
            group -= 1
        being = _WERE.intersection(lows[group:j])
        return finder.subjects.of_group(group, finder.nobody()) if being else []
