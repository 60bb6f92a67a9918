"""What was to be and was called off: the two halves stand in different sentences.

"X was to meet Y on Thursday. The talks were postponed." Only a meeting that "was" planned, and only
where the sentence that calls talks off is near and names nobody else as their party.
"""

from __future__ import annotations

from .found import FoundMeeting
from .meeting_status import flags_in
from .meeting_triggers import Triggers
from .scene import Scene

_NEAR = 2  # sentences before or behind
_REACH = 8  # tokens from "put off" to whom the talks were to be with
_NOUNS = frozenset(
    "talks meeting meetings summit visit encounter negotiations consultations".split()
)


class CalledOffReader:
    """Notes an article's past plans and settles which of them came to nothing."""

    def __init__(self, scene: Scene, table: Triggers) -> None:
        self.scene, self.text, self.table = scene, scene.text, table
        self.plans: list[tuple[FoundMeeting, int]] = []

    def note(self, meetings: list[FoundMeeting], number: int) -> None:
        """Keep what sentence `number` says "was to" take place."""
        self.plans += [(meeting, number) for meeting in meetings if meeting.status == "planned"]

    def settle(self) -> None:
        """Set the status of the plans that a sentence near by calls off."""
        for meeting, number in self.plans:
            last = min(number + _NEAR + 1, len(self.text.sentences))
            around = (n for n in range(max(0, number - _NEAR), last) if n != number)
            if meeting.status == "planned" and any(self._calls_off(n, meeting) for n in around):
                meeting.status = "cancelled"

    def _calls_off(self, number: int, meeting: FoundMeeting) -> bool:
        sentence = self.text.sentences[number]
        lows = self.text.lows[sentence.first : sentence.last]
        flags = flags_in(self.text, sentence.first, sentence.last, self.table)
        if "cancelled" not in flags or "not" in lows or _NOUNS.isdisjoint(lows):
            return False
        nouns = [i for i in range(sentence.first, sentence.last) if self.text.lows[i] in _NOUNS]
        near = any(
            "cancelled"
            in flags_in(
                self.text,
                max(sentence.first, i - _REACH),
                min(sentence.last, i + _REACH),
                self.table,
            )
            for i in nouns
        )
        return near and not self._is_of_others(number, nouns, meeting)

    def _is_of_others(self, number: int, nouns: list[int], meeting: FoundMeeting) -> bool:
        """Whether the talks have a party behind "with" that is none of the meeting's."""
        cast = self.scene.cast
        entities = {p.entity for p in meeting.participants}
        countries = {cast.entities[e].country for e in entities} - {None}
        for mention in cast.by_sentence[number]:
            behind = any(0 < mention.first - i <= _REACH for i in nouns)
            with_ = self.text.lows[mention.first - 1] in ("with", "between") if behind else False
            if with_ and mention.entity not in entities:
                country = cast.of(mention).country or mention.country
                person = mention.kind in ("person", "name")
                if person or (country not in countries and len(countries) > 1):
                    return True
        return False
