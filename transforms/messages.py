"""Messages without quotation marks: what follows a colon, in its paragraph and in the next ones.

"The message said: A. B.", and releases that print "Minister X said:" above paragraphs of hers.
"""

from __future__ import annotations

from .content_ends import Range
from .content_turns import OPENING
from .cue_hits import CueHit
from .found import Found
from .scene import Scene
from .text import Text

_MIN_PARAGRAPH = 4  # tokens; less is a heading
_MAX_PARAGRAPHS = 30  # of one message
_ENDS = frozenset({".", "!", "?", "…", '"', "”", ":", ";"})
_ELSEWHERE = frozenset("meanwhile earlier later separately".split())
_PEOPLE = frozenset({"person", "office", "name", "organization", "pronoun"})


def message_below(scene: Scene, hit: CueHit, bounds: list[Range]) -> list[Range]:
    """Contents of a cue whose paragraph ends in a colon: each paragraph that is still the message.

    `bounds` are the token ranges of the paragraphs. Empty where there is no such message.
    """
    text = scene.text
    sentence = text.sentences[hit.sentence]
    if text.words[sentence.last - 1] != ":" or sentence.paragraph + 1 >= len(bounds):
        return []
    if bounds[sentence.paragraph][1] != sentence.last:
        return []
    quotation = _quoted_paragraph(scene, *bounds[sentence.paragraph + 1])
    if quotation is not None:
        return [quotation]
    parts: list[Range] = []
    for start, stop in bounds[sentence.paragraph + 1 :][:_MAX_PARAGRAPHS]:
        if not _is_message(scene, start, stop, opening=not parts):
            break
        parts.append((start, _without_stop(text, start, stop)))
    return parts


def _quoted_paragraph(scene: Scene, start: int, stop: int) -> Range | None:
    """The quotation that is all of a paragraph: 'X wrote:' stands above it."""
    if stop - start < _MIN_PARAGRAPH or scene.text.words[start] not in OPENING:
        return None
    number = scene.quote_at[start + 1]
    if number < 0 or scene.text.quotations[number].first != start + 1:
        return None
    last = scene.text.quotations[number].last
    return (start + 1, _without_stop(scene.text, start + 1, last)) if last + 1 >= stop else None


def _is_message(scene: Scene, start: int, stop: int, *, opening: bool) -> bool:
    """Whether a paragraph is still the speaker's: no heading, no quotation, no reporter's tale."""
    words = scene.text.words
    if stop - start < _MIN_PARAGRAPH or words[start] in OPENING or words[stop - 1] not in _ENDS:
        return False
    return opening or not any(_narrates(scene, token) for token in range(start, stop))


def _narrates(scene: Scene, token: int) -> bool:
    """Whether 'X said' stands at a token, or a quotation: the reporter speaks again."""
    if scene.quoted(token):
        return True
    mention = scene.ends.get(token)
    if (
        mention is None
        or mention.kind not in _PEOPLE
        or (mention.name or "").lower() in ("i", "we")
    ):
        return False
    cue = scene.lexicon.cues.longest(scene.text.lows, token)
    return cue is not None and "past" in cue[1].forms


def extend_colons(scene: Scene, found: Found) -> None:
    """'The message said: A. B.': what follows a colon without marks runs to the next cue.

    Within the paragraph always; over paragraphs only where the whole rest of the text has no cue.
    """
    text = scene.text
    cued = {s.sentence for s in found.statements} | {
        number
        for number, sentence in enumerate(text.sentences)
        if any(scene.quoted(token) for token in range(sentence.first, sentence.last))
    }
    for statement in found.statements:
        start, stop = statement.contents[-1]
        sentence = text.sentences[statement.sentence]
        opened = statement.cue is not None and text.words[start - 1] == ":"
        below = start >= sentence.last  # all its paragraphs have been read
        if not opened or below or scene.quoted(start) or stop < sentence.last - 1:
            continue
        after = range(statement.sentence + 1, len(text.sentences))
        rest = next((n for n in after if n in cued), len(text.sentences))
        whole = rest == len(text.sentences)
        for number in range(statement.sentence + 1, rest):
            follower = text.sentences[number]
            if text.lows[follower.first] in _ELSEWHERE:
                break
            if follower.paragraph == sentence.paragraph or whole:
                stop = _without_stop(text, follower.first, follower.last)
                statement.contents.append((follower.first, stop))


def _without_stop(text: Text, begin: int, stop: int) -> int:
    while stop > begin + 1 and text.words[stop - 1] in ".,":
        stop -= 1
    return stop
