"""Quotations that no cue announces, and quotations that run over paragraphs.

A quotation that is a sentence of its own joins the statement before it in its paragraph, or stands
for itself under the last speaker. One that is left open at the end of its paragraph belongs to the
cue behind its last paragraph.
"""

from __future__ import annotations

from .content_ends import Range
from .found import Found, FoundStatement
from .scene import Scene
from .text import Quotation, Text, opens_paragraph

_ENDS = frozenset({".", "!", "?", "…"})
_MIN_QUOTE = 4  # tokens; shorter quotations with no cue are scare quotes, titles or nicknames


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
        if number in taken or quotation.first < first:
            continue
        at = sentence_of[quotation.first]
        if not _is_utterance(scene.text, quotation) and not _goes_on(
            scene, by_sentence, at, number
        ):
            continue
        before = _last_before(scene.text, by_sentence, at)
        if before is None:
            continue
        _attach(scene, found, by_sentence, quotation, at, before)


def join_open_quotations(scene: Scene, found: Found) -> None:
    """'"A. / "B," X said': paragraphs left open before a quotation belong to the cue behind it."""
    quotations = scene.text.quotations
    cued = {scene.text.sentences[s.sentence].paragraph for s in found.statements}
    for statement in found.statements:
        number = scene.quote_at[statement.contents[0][0]]
        if number < 0 or statement.cue is None or statement.cue[0] < statement.contents[0][0]:
            continue
        if not opens_paragraph(scene.text, quotations[number]):
            continue
        before: list[Range] = []
        for earlier in range(number - 1, -1, -1):
            quotation, later = quotations[earlier], quotations[earlier + 1]
            adjoins = quotation.paragraph + 1 == later.paragraph and not quotation.closed
            if not adjoins or quotation.paragraph in cued:
                break
            if not opens_paragraph(scene.text, quotation):
                break
            before.insert(0, (quotation.first, _trimmed(scene.text, quotation)))
        if _led(scene, quotations[number - len(before) - 1 : number - len(before)], before, cued):
            continue
        statement.contents[:0] = [part for part in before if part[1] > part[0]]


def _led(scene: Scene, ahead: list[Quotation], chain: list[Range], cued: set[int]) -> bool:
    """Whether a quotation left open in a paragraph with a cue runs into the chain."""
    if not ahead or not chain or ahead[0].closed or ahead[0].paragraph not in cued:
        return False
    return ahead[0].paragraph + 1 == scene.text.quotations[scene.quote_at[chain[0][0]]].paragraph


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


def _goes_on(
    scene: Scene, by_sentence: dict[int, list[FoundStatement]], at: int, number: int
) -> bool:
    """'"A," X said. "It must."': a short sentence right behind the attribution of a quotation."""
    text, quotation = scene.text, scene.text.quotations[number]
    opens = text.sentences[at].first == quotation.first - 1
    ends = quotation.closed and text.words[quotation.last - 1] in _ENDS
    if not opens or not ends or text.sentences[at - 1].paragraph != quotation.paragraph:
        return False
    before = by_sentence.get(at - 1, [])
    return any(s.cue and scene.quoted(s.contents[0][0]) for s in before[-1:])


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
