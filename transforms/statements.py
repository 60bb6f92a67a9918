"""Statements: cue, source and content put together by sentence, then quotations by paragraph.

Order of work: every cue of a sentence that has a subject and a content gives a statement; then
quotations that no cue governs join the statement before them (same paragraph) or stand for
themselves under the last speaker (a paragraph of their own).
"""

from __future__ import annotations

from dataclasses import replace

from .attribution import find_cue_hits, may_speak
from .content_ends import Content, Range
from .contents import ContentFinder
from .cue_hits import TEXTS, CueHit
from .found import Found, FoundMiss, FoundStatement
from .lexicon import Lexicon
from .loose import add_loose_quotations, join_open_quotations
from .mentions import Mention
from .messages import extend_colons, message_below
from .people import Cast, Entity, fold
from .records import Article
from .scene import Scene, build_scene
from .text import Sentence, Text
from .transcripts import add_posts, add_turns, paragraphs, sentence_at


def find_statements(
    text: Text, cast: Cast, article: Article, lexicon: Lexicon, first: int = 0
) -> Found:
    """All statements of an article. `first` is the token at which the body begins."""
    scene = build_scene(text, cast, lexicon)
    found = Found(outlets=_outlets(article))
    bounds = paragraphs(text)
    covered = add_turns(scene, found, bounds, first)
    for number, sentence in enumerate(text.sentences):
        if sentence.last <= first or sentence.paragraph in covered:
            continue
        if not _is_credit(text, sentence):
            covered |= _read_sentence(scene, sentence, number, found, bounds)
    join_open_quotations(scene, found)
    extend_colons(scene, found)
    add_posts(scene, found, first)
    add_loose_quotations(scene, found, first)
    found.statements.sort(key=lambda s: (s.contents[0], s.cue or (0, 0)))
    for statement in found.statements:
        statement.form = statement.form or _form_of(scene, statement)
    return found


_SUBJECTS = frozenset("he she they it we i".split())
_TEASERS = frozenset("read watch related see more also".split())
_CREDITS = frozenset("reporting writing editing additional compiled translated written".split())


# --- one sentence ---------------------------------------------------------------------------------
def _outlets(article: Article) -> frozenset[str]:
    """Names of the wire and the outlet, whose 'Trend reports' is no statement."""
    return frozenset(fold(name) for name in (article.agency, article.publisher) if name)


def _is_credit(text: Text, sentence: Sentence) -> bool:
    """'(Reporting by A; editing by B)', 'READ: …': what is no part of the report."""
    if _is_teaser(text, sentence):
        return True
    words = [w for w in text.lows[sentence.first : sentence.first + 4] if w.isalpha()]
    return len(words) > 1 and words[0] in _CREDITS and words[1] in ("by", "reporting")


def _is_teaser(text: Text, sentence: Sentence) -> bool:
    """'READ MORE: …': the headline of another article."""
    for token in range(sentence.first, min(sentence.first + 3, sentence.last)):
        if text.words[token] == ":":
            return token > sentence.first
        if text.lows[token] not in _TEASERS or not text.words[token].isupper():
            return False
    return False


def _read_sentence(
    scene: Scene, sentence: Sentence, number: int, found: Found, bounds: list[Range]
) -> set[int]:
    """Statements of one sentence; returns the paragraphs below it that are its message."""
    hits = find_cue_hits(scene, number)
    if not hits:
        return set()
    finder = ContentFinder(scene, sentence, hits)
    floor = sentence.first
    for hit in hits:
        if (hit.shape == "infinitive" or hit.shared) and _is_within(hit, found, number):
            continue  # said already, as part of what this speaker said
        below = message_below(scene, hit, bounds) if hit is hits[-1] else []
        if below and scene.quoted(below[0][0]) and _content_of(finder, hit, floor):
            below = []  # "tweeted his thanks:" carries a content of its own
        statement = _statement_of(scene, finder, hit, floor, found, below)
        if statement is None:
            continue
        if below:
            return _add_message(scene, found, statement, below)
        found.statements.append(statement)
        if hit.shape in ("verb", "inverted", "source") and statement.contents[0][0] < hit.first:
            inverted = hit.shape == "inverted" and hit.subject is not None
            floor = max(floor, hit.subject.tail if inverted and hit.subject else hit.last)
    return set()


def _add_message(
    scene: Scene, found: Found, statement: FoundStatement, below: list[Range]
) -> set[int]:
    """The first paragraph has the cue; each further one is a statement with none."""
    text = scene.text
    numbers = [sentence_at(text, start) for start, _ in below]
    found.statements.append(statement)
    for number, part in zip(numbers[1:], below[1:], strict=True):
        later = FoundStatement(
            number, [part], None, statement.entity, form="direct", rule="message"
        )
        found.statements.append(later)
    return {text.sentences[number].paragraph for number in numbers}


def _is_within(hit: CueHit, found: Found, number: int) -> bool:
    """Whether a cue stands in the content of an earlier statement of its sentence."""
    here = (s for s in reversed(found.statements) if s.sentence == number)
    return any(start <= hit.first < stop for s in here for start, stop in s.contents)


def _statement_of(
    scene: Scene,
    finder: ContentFinder,
    hit: CueHit,
    floor: int,
    found: Found,
    below: list[Range],
) -> FoundStatement | None:
    reason = _refusal(scene, hit, found.outlets)
    content = None
    if reason is None:
        message = Content(below[:1], None, hit.last, "message") if below else None
        content = message or _content_of(finder, hit, floor)
    elif reason == "unknown_source":
        content = _content_of(finder, hit, floor)
        if content is None or not scene.quoted(content.ranges[0][0]):
            content, reason = None, "not_a_speech_act"
    if reason in (None, "unknown_source"):
        reason = None if content else "no_content"
        if content and _is_empty(scene, hit, content):
            content, reason = None, "not_a_speech_act"
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
        form="direct" if below else "",
        rule=f"{hit.shape}-{content.rule}",
    )


def _refusal(scene: Scene, hit: CueHit, outlets: frozenset[str]) -> str | None:
    """Why a cue cannot make a statement, or None."""
    if hit.modal and hit.cue.lemma != "say":
        return "hypothetical"
    if hit.negated and hit.cue.speech_act != "deny":
        return "negated"
    if hit.subject is None:
        return "no_speaker"
    entity = scene.cast.of(hit.subject)
    whole = scene.text.slice(max(hit.start, 0), hit.subject.last)
    named = {fold(entity.name), fold(whole)}
    if not may_speak(scene, hit.subject) or named & outlets:
        return "not_a_speech_act"
    unknown = entity.kind == "unnamed" and hit.subject.sentence < 0
    if unknown and hit.cue.lemma.startswith("rais"):
        return "not_a_speech_act"  # "the bombings raised questions about"
    if scene.text.lows[hit.group - 1] == "without":
        return "negated"
    if hit.cue.subject == "source" and unknown and not _tells(scene, hit.subject):
        return "unknown_source"  # who may be quoted, but whose "noted" and "showed" mean less
    if (hit.subject.name or "").lower() in ("i", "it", "we") and hit.subject.kind == "pronoun":
        return None if (hit.subject.name or "").lower() == "it" else "no_speaker"
    return None


def _tells(scene: Scene, mention: Mention) -> bool:
    """'The Georgian side noted', 'the treaty states': sources, though no word list knows them."""
    head = scene.text.lows[mention.last - 1]
    return head == "side" or head in TEXTS


_STATES = (["a", "state", "of"], ["the", "state", "of"])  # of emergency: an act, not a word
_BEHIND_THIS = frozenset("at in on during while when after to following as through".split())
_UNNAMED = frozenset("named identified quoted cited".split())


def _is_empty(scene: Scene, hit: CueHit, content: Content) -> bool:
    """'declined to comment', 'requested anonymity', 'wishes he had gone': nothing was said."""
    start, stop = content.ranges[0]
    lows = scene.text.lows
    if lows[start : start + 2] == ["to", "comment"] or lows[start:stop] == ["anonymity"]:
        return True
    if lows[start] == "this" and stop > start + 1 and lows[start + 1] in _BEHIND_THIS:
        return True  # "said this at a briefing": what was said stands elsewhere
    if lows[stop - 2 : stop] == ["this", "way"] or (hit.passive and hit.cue.lemma == "ask"):
        return True
    if lows[start : start + 3] == ["not", "to", "be"] and lows[start + 3] in _UNNAMED:
        return True  # "asked not to be identified"
    if hit.cue.lemma.startswith("comment") and hit.shape == "infinitive":
        return True
    if hit.cue.lemma == "call" and lows[start + 1 : start + 2] == ["to"]:
        return True  # "called her to say"
    if hit.cue.lemma == "declare" and lows[start : start + 3] in _STATES:
        return True
    if hit.cue.lemma in ("question", "cite"):
        told = scene.begins.get(start)
        whom = told is not None and scene.cast.of(told).kind in ("person", "group", "unnamed")
        return whom or (hit.cue.lemma == "cite" and told is not None)
    passive = hit.shared and content.rule == "pp" and hit.cue.speech_act == "inform"
    return passive or (hit.cue.lemma == "wish" and lows[start] in _SUBJECTS)


def _content_of(finder: ContentFinder, hit: CueHit, floor: int) -> Content | None:
    if hit.shape == "participle" and hit.group > 0 and finder.lows[hit.group - 1] == "as":
        return finder.right(hit) or _quoted_as(finder, hit, floor)
    if hit.shape == "source":
        return _source_content(finder, hit, floor)
    if hit.shape == "inverted":
        content = finder.left(hit, floor)
        resumed = finder.right(hit)
        if content and resumed and len(content.ranges) == 1:
            content.ranges += resumed.ranges
        return content or resumed
    if hit.shape == "verb" and finder.lows[hit.boundary - 1] == "as":
        content = finder.behind_as(hit)
        if content:
            return content
    if hit.shape == "verb" and finder.closes_quote(hit.boundary):
        if finder.names_quotation(hit):  # 'On the show "News," X said that'
            content = finder.right(hit)
            if content:
                return content
        content = finder.left(hit, floor)
        if content:
            content.addressee = finder.addressee(hit)
            return content
    behind = finder.behind(hit)
    trailing = behind >= finder.sentence.last - 1 or finder.words[behind] in (",", ".")
    if trailing and not finder.quote_follows(behind + 1) and hit.shape == "verb":
        content = finder.left(hit, floor)
        if content:
            content.addressee = finder.addressee(hit)
            return content
    content = finder.right(hit)
    if content:
        return content
    if hit.shape != "verb" or not finder.nothing_follows(behind):
        return None
    content = finder.left(hit, floor)
    if content:
        content.addressee = finder.addressee(hit)
    return content


def _quoted_as(finder: ContentFinder, hit: CueHit, floor: int) -> Content | None:
    """'"A," Reuters quoted X as saying': the quotation before the outer attribution."""
    outer = next((h for h in reversed(finder.hits) if h.last <= hit.group), None)
    if outer and outer.passive and hit.subject:  # '"A," X was quoted as saying'
        return finder.left(replace(hit, group=hit.subject.first), floor)
    outer = next((h for h in reversed(finder.hits) if h.last <= hit.group and h.subject), None)
    return finder.left(outer, floor) if outer else None


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
        start = subject.last if comma is None else comma + 1
        if comma is None and not finder.begins_clause(start) and not finder.counts(start):
            return None
        return finder.from_token(start, hit)
    if finder.trim(floor, hit.first) <= floor:  # 'A, X said, according to Y': A and X are Y's
        floor = finder.sentence.first
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
