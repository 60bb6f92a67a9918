"""Statements: cue, source and content put together, sentence by sentence, then quotations by paragraph.

Order of work: every cue of a sentence that has a subject and a content gives a statement; then
quotations that no cue governs join the statement before them (same paragraph) or stand for
themselves under the last speaker (a paragraph of their own).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .attribution import CueHit, Scene, build_scene, find_cue_hits, may_speak
from .contents import Content, ContentFinder, Range
from .lexicon import Lexicon
from .mentions import Mention
from .people import Cast, Entity
from .text import Quotation, Sentence, Text

_MIN_QUOTE = 4  # tokens; shorter quotations with no cue are scare quotes, titles or nicknames


@dataclass(slots=True)
class FoundStatement:
    """One statement as token ranges; `speaker` is the mention, `entity` who it is."""

    sentence: int
    contents: list[Range]
    speaker: Mention | None
    entity: Entity | None
    cue: Range | None = None
    lemma: str | None = None
    speech_act: str | None = None
    addressee: Range | None = None
    form: str = "indirect"
    rule: str = ""


@dataclass(slots=True)
class FoundMiss:
    """A cue that yielded nothing: code points and a reason of records.MISS_REASONS."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Found:
    """Statements in reading order, and misses."""

    statements: list[FoundStatement] = field(default_factory=list)
    misses: list[FoundMiss] = field(default_factory=list)


def find_statements(text: Text, cast: Cast, lexicon: Lexicon, first: int = 0) -> Found:
    """All statements of a text. `first` is the token at which the body begins."""
    scene = build_scene(text, cast, lexicon)
    found = Found()
    for number, sentence in enumerate(text.sentences):
        if sentence.last > first:
            _read_sentence(scene, sentence, number, found)
    _add_loose_quotations(scene, found, first)
    found.statements.sort(key=lambda s: (s.contents[0], s.cue or (0, 0)))
    for statement in found.statements:
        statement.form = _form_of(scene, statement)
    return found


# --- one sentence -----------------------------------------------------------------------------------
def _read_sentence(scene: Scene, sentence: Sentence, number: int, found: Found) -> None:
    hits = find_cue_hits(scene, number)
    if not hits:
        return
    finder = ContentFinder(scene, sentence, hits)
    floor = sentence.first
    for hit in hits:
        statement = _statement_of(scene, finder, hit, floor, found)
        if statement is None:
            continue
        found.statements.append(statement)
        if hit.shape in ("verb", "inverted", "source") and statement.contents[0][0] < hit.first:
            floor = max(floor, hit.last)


def _statement_of(
    scene: Scene, finder: ContentFinder, hit: CueHit, floor: int, found: Found
) -> FoundStatement | None:
    reason = _refusal(scene, hit)
    content = None
    if reason is None:
        content = _content_of(finder, hit, floor)
        reason = None if content else "no_content"
    if content is None or hit.subject is None:
        found.misses.append(
            FoundMiss(*scene.text.span(hit.first, hit.last), reason or "no_speaker")
        )
        return None
    speaker, entity = _joint(scene, hit.subject)
    return FoundStatement(
        sentence=hit.sentence,
        contents=content.ranges,
        speaker=speaker,
        entity=entity,
        cue=(hit.first, max(hit.last, content.cue_last)),
        lemma=hit.cue.lemma,
        speech_act=hit.cue.speech_act,
        addressee=content.addressee,
        rule=f"{hit.shape}-{content.rule}",
    )


def _refusal(scene: Scene, hit: CueHit) -> str | None:
    """Why a cue cannot make a statement, or None."""
    if hit.negated and hit.cue.speech_act != "deny":
        return "negated"
    if hit.subject is None:
        return "no_speaker"
    entity = scene.cast.of(hit.subject)
    if not may_speak(scene, hit.subject):
        return "not_a_speech_act"
    if hit.cue.subject == "source" and entity.kind == "unnamed" and hit.subject.sentence < 0:
        return "not_a_speech_act"
    if (hit.subject.name or "").lower() in ("i", "it", "we") and hit.subject.kind == "pronoun":
        return None if (hit.subject.name or "").lower() == "it" else "no_speaker"
    return None


def _content_of(finder: ContentFinder, hit: CueHit, floor: int) -> Content | None:
    if hit.shape == "source":
        return _source_content(finder, hit, floor)
    if hit.shape == "inverted":
        content = finder.left(hit, floor)
        resumed = finder.right(hit)
        if content and resumed and len(content.ranges) == 1:
            content.ranges += resumed.ranges
        return content or resumed
    trailing = hit.last >= finder.sentence.last - 1 or finder.words[hit.last] in (",", ".")
    if trailing and hit.shape == "verb":
        content = finder.left(hit, floor)
        if content:
            return content
    content = finder.right(hit)
    if content:
        return content
    return finder.left(hit, floor) if hit.shape == "verb" else None


def _source_content(finder: ContentFinder, hit: CueHit, floor: int) -> Content | None:
    """'According to X, S' and 'S, according to X'."""
    subject = hit.subject
    if subject is None:
        return None
    if hit.first - finder.sentence.first <= 1:
        comma = next(
            (
                k
                for k in range(subject.last, min(subject.last + 14, finder.sentence.last))
                if finder.words[k] == ","
            ),
            None,
        )
        if comma is None:
            return None
        return finder.from_token(comma + 1, hit)
    return finder.left(hit, floor) or finder.before(hit, floor)


def _joint(scene: Scene, mention: Mention) -> tuple[Mention, Entity]:
    """'X and Y said': one group of both."""
    entity = scene.cast.of(mention)
    before = mention.first - 1
    if entity.kind not in ("person", "country", "organization") or before < 1:
        return mention, entity
    if scene.text.lows[before] != "and" or mention.sentence < 0:
        return mention, entity
    other = scene.ends.get(before)
    if other is None or other.quoted or scene.cast.of(other).kind != entity.kind:
        return mention, entity
    if other.first > 0 and scene.text.lows[other.first - 1] in (
        "with",
        "between",
        "by",
        "to",
        "of",
    ):
        return mention, entity
    joint = Mention(other.first, mention.last, "group", mention.sentence, tail=mention.tail)
    joint.plural = True
    first = scene.cast.of(other)
    same = first.country if first.country == entity.country else None
    group = Entity(f"{first.name} and {entity.name}", "group", country=same)
    joint.entity = len(scene.cast.entities)
    scene.cast.entities.append(group)
    return joint, group


# --- quotations without a cue -----------------------------------------------------------------------
def _add_loose_quotations(scene: Scene, found: Found, first: int) -> None:
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


def _form_of(scene: Scene, statement: FoundStatement) -> str:
    inside = outside = 0
    for start, stop in statement.contents:
        for token in range(start, stop):
            if scene.quoted(token):
                inside += 1
            elif scene.text.words[token][0].isalnum():
                outside += 1
    if not inside:
        return "indirect"
    return "direct" if outside == 0 else "mixed"
