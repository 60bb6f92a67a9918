"""Who "I" is, and who stands in a list of participants: what the layout of an article says.

Transcripts mark a turn with a name and a colon; a signed statement has its author in the title
("Statement by …"). Readouts end with "Meeting participants included:" and a list.
"""

from __future__ import annotations

from collections.abc import Sequence

from .found import FoundMeeting
from .mentions import Mention
from .people import Cast
from .text import Text

_HEADINGS = frozenset({"participants", "attendees", "attendance", "participating"})
_BULLETS = frozenset({"-", "–", "—", "•", "*", "·"})
_MAX_HEADING = 12  # tokens


class Speakers:
    """Reads labels and lists; `turn_to` every sentence in order."""

    def __init__(self, text: Text, cast: Cast, title: str | None) -> None:
        self.text, self.cast = text, cast
        self.author = self._of_title(title)
        self._paragraph = -1
        self._listing = False
        self._list_paragraph = -1

    def _of_title(self, title: str | None) -> int | None:
        """The person behind 'by' in the title."""
        _, found, rest = (title or "").partition(" by ")
        if not found:
            return None
        for index, entity in enumerate(self.cast.entities):
            if entity.kind == "person" and " " in entity.name and entity.name in rest:
                return index
        return None

    def turn_to(self, number: int) -> None:
        """Note the label of a new paragraph."""
        sentence = self.text.sentences[number]
        if sentence.paragraph == self._paragraph:
            return
        self._paragraph = sentence.paragraph
        mentions = self.cast.by_sentence[number]
        if mentions and mentions[0].first == sentence.first:
            label = mentions[0]
            named = self.cast.of(label).kind == "person" and label.tail < len(self.text.words)
            if named and self.text.words[label.tail] == ":":
                self.author = label.entity

    def addressee(self, meetings: Sequence[FoundMeeting]) -> int | None:
        """Whom the author of a turn speaks to: the other one of the two who met last."""
        for meeting in reversed(meetings):
            parties = [p.entity for p in meeting.participants]
            if self.author in parties:
                others = [e for e in parties if e != self.author]
                return others[0] if len(others) == 1 else None
        return None

    def listed(self, number: int) -> list[Mention]:
        """The persons of a bulleted sentence under a heading for participants."""
        sentence = self.text.sentences[number]
        lows = self.text.lows[sentence.first : sentence.last]
        if self._listing and sentence.paragraph == self._list_paragraph:
            return self._bulleted(number)  # the list goes on behind "The Rev."
        if lows[0] not in _BULLETS:
            self._listing = len(lows) <= _MAX_HEADING and bool(_HEADINGS.intersection(lows))
            return []
        if self._listing:
            self._list_paragraph = sentence.paragraph
        return self._bulleted(number) if self._listing else []

    def _bulleted(self, number: int) -> list[Mention]:
        sentence = self.text.sentences[number]
        bullets = [
            i for i in range(sentence.first, sentence.last) if self.text.words[i] in _BULLETS
        ]
        found: list[Mention] = []
        for i in bullets:
            near = (m for m in self.cast.by_sentence[number] if i < m.first <= i + 3)
            mention = next(near, None)
            if mention is not None and self.cast.of(mention).kind in ("person", "name"):
                found.append(mention)
        return found
