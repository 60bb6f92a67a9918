"""Statements that no cue announces: quotations left over, transcripts, embedded posts.

A quotation that is a sentence of its own joins the statement before it in its paragraph, or stands
for itself under the last speaker. "NAME: words" at the start of paragraphs is a transcript, a turn
a statement. "words — NAME (@handle) date" is a post.
"""

from __future__ import annotations

from .content_ends import Range
from .found import Found, FoundStatement
from .mentions import Mention
from .scene import Scene
from .text import Quotation, Text

_MIN_QUOTE = 4  # tokens; shorter quotations with no cue are scare quotes, titles or nicknames
_SPEAKERS = frozenset({"person", "name", "office"})
_LABELS = frozenset("question answer q a mr ms mrs dr moderator host reporter secretary".split())
_MAX_LABEL = 9  # tokens of a transcript's speaker label
_DASHES = frozenset({"—", "–", "--", "-"})


def add_loose_quotations(scene: Scene, found: Found, first: int) -> None:
    """Give every uttered quotation from token `first` on that no statement holds a statement."""
    taken = {
        scene.quote_at[token]
        for statement in found.statements
        for start, stop in statement.contents
        for token in range(start, stop)
    }
    by_sentence: dict[int, list[FoundStatement]] = {}
    for statement in found.statements:
        by_sentence.setdefault(statement.sentence, []).append(statement)
    sentence_of = _sentence_numbers(scene.text)
    for number, quotation in enumerate(scene.text.quotations):
        if number in taken or quotation.first < first or not _is_utterance(scene.text, quotation):
            continue
        at = sentence_of[quotation.first]
        before = _last_before(scene.text, by_sentence, at)
        if before is None:
            continue
        _attach(scene, found, by_sentence, quotation, at, before)


def _attach(
    scene: Scene,
    found: Found,
    by_sentence: dict[int, list[FoundStatement]],
    quotation: Quotation,
    at: int,
    before: FoundStatement,
) -> None:
    paragraph = scene.text.sentences[before.sentence].paragraph
    content = (quotation.first, _trimmed(scene.text, quotation))
    if content[1] <= content[0]:
        return
    if paragraph == quotation.paragraph:
        before.contents.append(content)
        return
    opens = scene.text.sentences[at].first >= quotation.first - 1
    if quotation.paragraph - paragraph > 2 or not opens:
        return
    statement = FoundStatement(at, [content], None, before.entity, rule="loose")
    found.statements.append(statement)
    by_sentence.setdefault(at, []).append(statement)


def _trimmed(text: Text, quotation: Quotation) -> int:
    last = quotation.last
    while last > quotation.first and text.words[last - 1] in ",.":
        last -= 1
    return last


def _is_utterance(text: Text, quotation: Quotation) -> bool:
    """A quotation that is a sentence of its own, not scare quotes, a title or a nickname."""
    before = quotation.first - 2
    fresh = before < 0 or text.words[before] in '.?!:”"' or text.starts[quotation.first - 1] == 0
    fresh = fresh or text.raw[text.starts[quotation.first - 1] - 1] == "\n"
    return fresh and quotation.last - quotation.first >= _MIN_QUOTE


def _sentence_numbers(text: Text) -> list[int]:
    numbers = [0] * (len(text.words) + 1)
    for number, sentence in enumerate(text.sentences):
        for token in range(sentence.first, sentence.last):
            numbers[token] = number
    return numbers


def _last_before(
    text: Text, by_sentence: dict[int, list[FoundStatement]], at: int
) -> FoundStatement | None:
    """The last statement of an earlier or the same sentence, at most two paragraphs back."""
    paragraph = text.sentences[at].paragraph
    for number in range(at, -1, -1):
        if paragraph - text.sentences[number].paragraph > 2:
            return None
        if number in by_sentence:
            return by_sentence[number][-1]
    return None


# --- messages -------------------------------------------------------------------------------------
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
        if not opened or scene.quoted(start) or stop < sentence.last - 1:
            continue
        after = range(statement.sentence + 1, len(text.sentences))
        rest = next((n for n in after if n in cued), len(text.sentences))
        whole = rest == len(text.sentences)
        for number in range(statement.sentence + 1, rest):
            follower = text.sentences[number]
            if follower.paragraph == sentence.paragraph or whole:
                stop = _without_stop(text, follower.first, follower.last)
                statement.contents.append((follower.first, stop))


# --- transcripts and posts ------------------------------------------------------------------------
def add_turns(scene: Scene, found: Found, first: int) -> set[int]:
    """Statements for the turns of a transcript; returns the paragraphs that they cover.

    A single label is a heading or a caption ("Photo: …"), two and more are a transcript.
    """
    text = scene.text
    bounds = _paragraphs(text)
    labels = [_label(scene, start, stop) if start >= first else None for start, stop in bounds]
    if sum(label is not None for label in labels) < 2:
        return set()
    covered: set[int] = set()
    open_turn: FoundStatement | None = None
    for number, ((start, stop), label) in enumerate(zip(bounds, labels, strict=True)):
        if label is not None:
            speaker, begin = label
            open_turn = FoundStatement(
                _sentence_at(text, start),
                [],
                speaker,
                scene.cast.of(speaker),
                form="direct",
                rule="turn",
            )
            found.statements.append(open_turn)
        elif open_turn is None:
            continue
        else:
            begin = start
        open_turn.contents.append((begin, _without_stop(text, begin, stop)))
        covered.add(number)
    return covered


def _paragraphs(text: Text) -> list[Range]:
    """Token ranges of paragraphs."""
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


def _sentence_at(text: Text, token: int) -> int:
    return next(n for n, sentence in enumerate(text.sentences) if sentence.last > token)


def _without_stop(text: Text, begin: int, stop: int) -> int:
    while stop > begin + 1 and text.words[stop - 1] in ".,":
        stop -= 1
    return stop


def add_posts(scene: Scene, found: Found, first: int) -> None:
    """Statements for embedded posts: a paragraph that ends '— NAME (@handle) date'."""
    text = scene.text
    for start, stop in _paragraphs(text):
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
        sentence = _sentence_at(text, start)
        found.statements.append(
            FoundStatement(sentence, [(start, end)], mention, entity, form="direct", rule="post")
        )
