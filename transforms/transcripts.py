"""Transcripts and embedded posts: statements whose speaker is printed as a label.

"NAME: words" at the start of paragraphs is a transcript, a turn a statement. "words — NAME
(@handle) date" is a post.
"""

from __future__ import annotations

from bisect import bisect_right

from .content_ends import Range
from .found import Found, FoundStatement
from .mentions import Mention
from .scene import Scene
from .text import Text

_SPEAKERS = frozenset({"person", "name", "office"})
_LABELS = frozenset("question answer q a mr ms mrs dr moderator host reporter secretary".split())
_MAX_LABEL = 16  # tokens of a transcript's speaker label
_FIRST_PERSON = frozenset("i my me our we us i'm i've".split())
_MAX_OPENING = 60  # tokens within which a speech says "I" or "we"
_DASHES = frozenset({"—", "–", "--", "-"})


def add_turns(scene: Scene, found: Found, bounds: list[Range], first: int) -> set[int]:
    """Statements for the turns of a transcript; returns the paragraphs that they cover.

    A single label is a heading or a caption ("Photo: …"), two and more are a transcript; so is one
    with an official's name above a text in the first person. `bounds` are the paragraphs' tokens.
    """
    text = scene.text
    labels = [_label(scene, start, stop) if start >= first else None for start, stop in bounds]
    if sum(label is not None for label in labels) < 2 and not _speech(scene, labels):
        return set()
    covered: set[int] = set()
    open_turn: FoundStatement | None = None
    for number, ((start, stop), label) in enumerate(zip(bounds, labels, strict=True)):
        if label is not None:
            speaker, begin = label
            open_turn = FoundStatement(
                sentence_at(text, start),
                [],
                speaker,
                scene.cast.of(speaker),
                form="direct",
                rule="turn",
            )
            found.statements.append(open_turn)
        elif open_turn is None:
            continue
        elif _is_told(scene, start, stop, open_turn):
            open_turn = None
            continue
        else:
            begin = start
        open_turn.contents.append((begin, _without_stop(text, begin, stop)))
        covered.add(number)
    return covered


def _speech(scene: Scene, labels: list[tuple[Mention, int] | None]) -> bool:
    """Whether the one label names a person who goes on in the first person."""
    for label in labels:
        if label is not None:
            mention, begin = label
            spoken = scene.text.lows[begin : begin + _MAX_OPENING]
            plain = not any(scene.quoted(k) for k in range(begin, begin + len(spoken)))
            official = mention.kind == "person" and mention.role is not None
            return plain and official and not _FIRST_PERSON.isdisjoint(spoken)
    return False


def _is_told(scene: Scene, start: int, stop: int, turn: FoundStatement) -> bool:
    """Whether the reporter speaks of the turn's speaker again: 'X thanked them'."""
    for token in range(start + 1, stop):
        mention = scene.ends.get(token)
        if (
            mention is None
            or scene.cast.of(mention) is not turn.entity
            or mention.kind == "pronoun"
        ):
            continue
        cue = scene.lexicon.cues.longest(scene.text.lows, token)
        if cue is not None and "past" in cue[1].forms:
            return True
    return False


def paragraphs(text: Text) -> list[Range]:
    """Token ranges of the paragraphs, in order."""
    bounds: list[Range] = []
    for sentence in text.sentences:
        if sentence.paragraph < len(bounds):
            bounds[-1] = (bounds[-1][0], sentence.last)
        else:
            bounds.append((sentence.first, sentence.last))
    return bounds


def _label(scene: Scene, start: int, stop: int) -> tuple[Mention, int] | None:
    """The speaker of a paragraph that opens with 'NAME:', and the token behind the colon."""
    words = scene.text.words
    for colon in range(start + 1, min(start + _MAX_LABEL, stop - 1)):
        if words[colon] == ":":
            mention = scene.begins.get(start)
            named = mention is not None and mention.kind in _SPEAKERS and mention.tail == colon
            speaker = mention if named else _shouted(scene, start, colon)
            return (speaker, colon + 1) if speaker is not None else None
    return None


def _shouted(scene: Scene, start: int, colon: int) -> Mention | None:
    """'QUESTION:', 'MR ROE:': a label in capitals that is no mention by itself."""
    words = scene.text.words[start:colon]
    if words[0].rstrip(".").lower() not in _LABELS or not all(w.isupper() for w in words):
        return None
    return scene.name_unknown(start, colon)


def sentence_at(text: Text, token: int) -> int:
    """The number of the sentence that holds a token."""
    return bisect_right(text.sentences, token, key=lambda sentence: sentence.first) - 1


def _without_stop(text: Text, begin: int, stop: int) -> int:
    while stop > begin + 1 and text.words[stop - 1] in ".,":
        stop -= 1
    return stop


def add_posts(scene: Scene, found: Found, first: int) -> None:
    """Statements for embedded posts: a paragraph that ends '— NAME (@handle) date'."""
    text = scene.text
    for start, stop in paragraphs(text):
        at = next((k for k in range(stop - 1, start, -1) if text.words[k] == "@"), None)
        if at is None or start < first or stop - at > 12:
            continue
        mention = next((scene.ends[k] for k in (at - 1, at) if k in scene.ends), None)
        if mention is None or mention.first - 1 <= start:
            continue
        if text.words[mention.first - 1] not in _DASHES:
            continue
        end = _without_stop(text, start, mention.first - 1)
        entity = scene.cast.of(mention)
        sentence = sentence_at(text, start)
        found.statements.append(
            FoundStatement(sentence, [(start, end)], mention, entity, form="direct", rule="post")
        )
