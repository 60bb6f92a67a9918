"""Cues and their sources: which noun phrase each cue of a sentence attributes to.

A cue is given a subject by looking left over adverbs, auxiliaries, appositives and prepositional
phrases; to the right for inversions ("…," said X); and at the neighbouring cue for coordinations
and participles ("Stressing that A, X emphasized B, adding that C").
"""

from __future__ import annotations

from .content_turns import CLOSING
from .cue_hits import CueHit, hit_at
from .mentions import Mention
from .scene import (
    CONJUNCTIONS,
    GERUND_PREPOSITIONS,
    STOP,
    Scene,
    is_adverb,
    is_reduced,
    is_verb,
    prepositional,
)
from .subject_phrases import (
    apposition_start,
    before_open_aside,
    find_unknown_source,
    find_unknown_subject,
    named_source,
    opens_clause,
    phrase_start,
)
from .text import Sentence

_SPEAKING_KINDS = frozenset(
    {"person", "organization", "country", "group", "unnamed", "office", "name"}
)
_NEED_OBJECT = frozenset("tell inform brief assure notify remind update".split())
_MAX_PHRASE = 12
_MAX_OPENING = 7  # tokens of a subject before ", which"
_MAX_ASIDE = 25
_ASIDES = frozenset("in at on during through via".split())
_SEATS = frozenset("city town capital port village district province region island".split())
_DASHES = frozenset({"—", "–", "--"})


def find_cue_hits(scene: Scene, number: int) -> list[CueHit]:
    """Cues outside quotations in one sentence, with subjects, in order."""
    sentence = scene.text.sentences[number]
    lows, heads = scene.text.lows, scene.lexicon.cue_heads
    hits: list[CueHit] = []
    i = sentence.first
    while i < sentence.last:
        fires = lows[i] in heads and not scene.quoted(i)
        hit = hit_at(scene, sentence, number, i) if fires else None
        if hit is None:
            i += 1
            continue
        hits.append(hit)
        i = hit.last
    for position, hit in enumerate(hits):
        _attach_subject(scene, sentence, hits, position)
        if hit.subject is not None:
            hit.start = phrase_start(scene, sentence, hit.subject.first)
            hit.start = apposition_start(scene, sentence, hit)
            scene.last_subject = hit.subject
    return hits


# --- finding the subject --------------------------------------------------------------------------
def _attach_subject(scene: Scene, sentence: Sentence, hits: list[CueHit], position: int) -> None:
    hit = hits[position]
    if hit.shape == "noun":
        return
    if hit.shape == "source":
        hit.subject = named_source(scene, hit.last) or find_unknown_source(
            scene, sentence, hit.last
        )
        return
    if hit.passive:
        hit.subject = _agent(scene, sentence, hit)
        if hit.subject is not None:
            hit.patient = _patient(scene, sentence, hit)
        return
    if hit.shape == "participle":
        hit.subject = _participle_subject(scene, sentence, hits, position)
        return
    inverted = _inverted_subject(scene, sentence, hit)
    if inverted is not None:
        hit.shape, hit.subject = "inverted", inverted
        return
    hit.subject = _left_subject(scene, sentence, hits, position)


def _agent(scene: Scene, sentence: Sentence, hit: CueHit) -> Mention | None:
    """'was welcomed by X'."""
    lows = scene.text.lows
    for j in range(hit.last, min(hit.last + _MAX_PHRASE, sentence.last)):
        if lows[j] in STOP or lows[j] == "," or is_verb(scene, j):
            return None
        if lows[j] == "by":
            return scene.begins.get(j + 1)
    return None


def _patient(scene: Scene, sentence: Sentence, hit: CueHit) -> tuple[int, int] | None:
    """The noun phrase that is the subject of a passive, up to its verb group."""
    named = scene.ends.get(hit.group)
    if named is not None and not named.quoted:
        return named.first, hit.group
    first = hit.group
    while first > sentence.first and hit.group - first < _MAX_PHRASE:
        before = scene.text.lows[first - 1]
        if before in STOP or before in (",", "that", "while", "as") or is_verb(scene, first - 1):
            break
        first -= 1
    return (first, hit.group) if first < hit.group else None


def _inverted_subject(scene: Scene, sentence: Sentence, hit: CueHit) -> Mention | None:
    """'"…," said X': the subject right behind a cue that follows a comma or closing mark."""
    before = hit.group - 1
    if hit.form not in ("past", "s") or before < 0 or "quote" not in hit.cue.frames:
        return None
    if hit.cue.lemma.split()[0] in _NEED_OBJECT:
        return None
    at_start = before < sentence.first
    if not at_start and scene.text.words[before] not in (
        ",",
        '"',
        "”",
        "’",
        "'",
        "?",
        "!",
        "»",
        "—",
    ):
        return None
    mention = scene.begins.get(hit.last) or _unknown_behind(scene, sentence, hit)
    if mention is None or mention.quoted or (mention.name or "").lower() == "it":
        return None
    if not at_start and not _states(scene, sentence.first, before):
        return None  # "X, the chief of Y, said talks …": what stands before is the subject
    if scene.text.lows[mention.tail : mention.tail + 1] in (["'s"], ["'re"], ["'ve"], ["'ll"]):
        return None  # ", said he's proud"
    quoted = at_start or scene.text.words[before] != "," or scene.quoted(before - 1)
    if not quoted and mention.tail < sentence.last and is_verb(scene, mention.tail):
        return None  # "…, said Russia was …": the mention is the subject of what was said
    return mention


def _unknown_behind(scene: Scene, sentence: Sentence, hit: CueHit) -> Mention | None:
    """'"…," said the 46-year-old.': words the lexicon does not know, behind a quotation."""
    before, j = hit.group - 1, hit.last
    if before <= sentence.first or not scene.quoted(before - 1) or j >= sentence.last:
        return None
    if scene.text.words[before] not in CLOSING or scene.text.lows[j] not in (
        "a",
        "an",
        "the",
        "one",
    ):
        return None
    return find_unknown_source(scene, sentence, j)


def _states(scene: Scene, first: int, last: int) -> bool:
    """Whether something was said in tokens [first, last): a verb, or a quotation."""
    return any(scene.quoted(k) or is_verb(scene, k) for k in range(first, last))


def _left_subject(
    scene: Scene, sentence: Sentence, hits: list[CueHit], position: int
) -> Mention | None:
    hit, lows = hits[position], scene.text.lows
    k = hit.group - 1
    if hit.shape == "infinitive":
        return _governor(scene, sentence, hits, position)
    if k < sentence.first:
        return None
    mention = scene.ends.get(k + 1)
    if mention is not None and not mention.quoted and mention.first >= sentence.first:
        return _whole_subject(scene, sentence, mention)
    if lows[k] in ("who", "which", "that") and k > sentence.first:
        return scene.ends.get(k) or (scene.ends.get(k - 1) if lows[k - 1] == "," else None)
    aside = _before_aside(scene, sentence, k, hits[position - 1].last) if position else None
    if aside is not None:
        return aside
    if lows[k] in CONJUNCTIONS or (lows[k] == "," and position and _follows_cue(hits, position)):
        return _governor(scene, sentence, hits, position)
    if lows[k] == ",":
        return _over_parenthesis(scene, sentence, k)
    if lows[k] in _DASHES:
        return _before_dashes(scene, sentence, k)
    return (
        _over_phrases(scene, sentence, k)
        or before_open_aside(scene, sentence, k, hit.last)
        or find_unknown_subject(scene, sentence, k)
    )


def _before_aside(scene: Scene, sentence: Sentence, comma: int, floor: int) -> Mention | None:
    """'recalled that X, in a letter dated May 2, complained': the X of a reported clause."""
    words, lows = scene.text.words, scene.text.lows
    if words[comma] != ",":
        return None
    for k in range(comma - 2, max(floor, comma - _MAX_PHRASE), -1):
        if words[k] == ",":
            if lows[k + 1] not in _ASIDES:
                return None
            first = floor + 1 if lows[floor] == "that" else floor
            subject = scene.ends.get(k) or find_unknown_subject(scene, sentence, k - 1)
            return subject if subject is not None and subject.first == first else None
    return None


def _follows_cue(hits: list[CueHit], position: int) -> bool:
    return hits[position - 1].subject is not None


def _whole_subject(scene: Scene, sentence: Sentence, mention: Mention) -> Mention:
    """The head of 'the spokesman for the ministry', 'leaders of both countries'."""
    lows = scene.text.lows
    seen = 0
    while mention.first - 1 >= sentence.first and seen < 4:
        before = mention.first - 1
        if lows[before] == "to":  # "a source close to X", "an aide to X"
            close = lows[before - 1] == "close"
            outer = scene.ends.get(before - close)
            if outer is None or outer.kind not in ("office", "unnamed", "group"):
                return mention
        elif lows[before] not in ("of", "for", "from", "at", "in"):
            return mention
        else:
            outer = scene.ends.get(before) or _over_seat(scene, sentence, mention)
        if outer is None or outer.quoted or outer.kind in ("place", "pronoun"):
            return mention
        mention, seen = outer, seen + 1
    return mention


def _over_seat(scene: Scene, sentence: Sentence, mention: Mention) -> Mention | None:
    """'the embassy in the port city of X': what lies in the city that is named last."""
    lows, of = scene.text.lows, mention.first - 1
    if lows[of] != "of" or lows[of - 1] not in _SEATS:
        return None
    for k in range(of - 2, max(sentence.first, of - _MAX_PHRASE), -1):
        if lows[k] in ("in", "at", "near", "from"):
            return scene.ends.get(k)
        if lows[k] in STOP or lows[k] == "," or is_verb(scene, k):
            return None
    return None


def _before_parenthesis(scene: Scene, sentence: Sentence, comma: int) -> Mention | None:
    """'X, speaking in Y, said': the nearest earlier mention followed by a comma."""
    best = None
    for mention in scene.cast.by_sentence[scene.numbers[sentence.first]]:
        if mention.last >= comma or mention.quoted:
            continue
        if scene.text.words[mention.last] == "," and not prepositional(scene, sentence, mention):
            best = mention
    return best


def _over_parenthesis(scene: Scene, sentence: Sentence, comma: int) -> Mention | None:
    """The subject before a phrase between commas, or the name that stands between them."""
    first = sentence.first
    for k in range(first + 1, min(first + _MAX_OPENING, comma)):
        if scene.text.lows[k : k + 2] == [",", "which"]:  # "The letter, which was sent by X, said"
            return scene.ends.get(k) or find_unknown_subject(scene, sentence, k - 1)
    apart = _named_apart(scene, sentence, comma)
    if apart is not None and "," in scene.text.words[apart.first : apart.name_first]:
        return apart
    outer = _before_parenthesis(scene, sentence, comma)
    if apart is not None and (outer is None or outer.name is None):
        return apart
    return outer or _unknown_before(scene, sentence, comma)


def _unknown_before(scene: Scene, sentence: Sentence, comma: int) -> Mention | None:
    """'The report, seen by X, said': a noun phrase of unknown words that opens the sentence."""
    words = scene.text.words
    for k in range(sentence.first + 1, comma):
        if words[k] == ",":
            return find_unknown_subject(scene, sentence, k - 1)
    return None


def _before_dashes(scene: Scene, sentence: Sentence, dash: int) -> Mention | None:
    """'X — a teacher from Y — says': what ends at the first of two dashes."""
    for k in range(dash - 1, max(sentence.first, dash - _MAX_ASIDE), -1):
        if scene.text.lows[k] in _DASHES:
            return scene.ends.get(k) or find_unknown_subject(scene, sentence, k - 1)
    return None


def _named_apart(scene: Scene, sentence: Sentence, comma: int) -> Mention | None:
    """'His counterpart, X, said': the name between commas, where what it names is unknown."""
    mention = scene.ends.get(comma)
    if mention is None or mention.quoted or mention.kind not in ("person", "name"):
        return None
    words = scene.text.words
    if "," in words[mention.first : mention.name_first]:
        return mention  # "The ambassador in Y, X, said": one phrase, read whole
    opened = mention.first > sentence.first and words[mention.first - 1] == ","
    return mention if opened else None


def _over_phrases(scene: Scene, sentence: Sentence, k: int) -> Mention | None:
    """Walk left over prepositional phrases to the mention they hang on."""
    lows, found = scene.text.lows, None
    j = k
    while j >= sentence.first and k - j < 2 * _MAX_PHRASE:
        mention = scene.ends.get(j + 1)
        if mention is not None and mention.first >= sentence.first and not mention.quoted:
            if not prepositional(scene, sentence, mention):
                return mention
            if opens_clause(scene, mention.first - 1):
                return mention  # "left after a man involved in the talks told reporters"
            j = mention.first - 2
            continue
        if lows[j] in STOP or lows[j] in (",", "that", "and"):
            return found
        if is_verb(scene, j) and not is_reduced(scene, j):
            return found
        j -= 1
    return found


def _governor(
    scene: Scene, sentence: Sentence, hits: list[CueHit], position: int
) -> Mention | None:
    """Subject of the verb that this one is coordinated with, or that governs this infinitive."""
    hit = hits[position]
    for earlier in reversed(hits[:position]):
        hit.shared = True
        speaks = earlier.shape != "source" and not earlier.passive
        alike = hit.form == earlier.form or hit.shape == "infinitive"
        if earlier.subject is not None and speaks and alike:
            return earlier.subject
    best = None
    for mention in scene.cast.by_sentence[hit.sentence]:
        if mention.tail > hit.group or mention.quoted:
            break
        if prepositional(scene, sentence, mention) or mention.kind == "place":
            outer = _whole_subject(scene, sentence, mention)
            seated = outer is not mention and not prepositional(scene, sentence, outer)
            if seated and _verb_follows(scene, sentence, mention):
                best = outer  # "the embassy in X has issued an alert, advising them"
            continue
        if _verb_follows(scene, sentence, mention):
            best = _whole_subject(scene, sentence, mention)
    return best or _opening_subject(scene, sentence, hit)


def _opening_subject(scene: Scene, sentence: Sentence, hit: CueHit) -> Mention | None:
    """'He funds a club and has stated': the pronoun or name that opens the sentence."""
    mention = scene.begins.get(sentence.first)
    if mention is None or mention.quoted or mention.tail >= hit.group:
        return None
    named = mention.kind in ("person", "pronoun")
    return mention if named and scene.text.words[mention.last] != "," else None


def _participle_subject(
    scene: Scene, sentence: Sentence, hits: list[CueHit], position: int
) -> Mention | None:
    hit, lows = hits[position], scene.text.lows
    if scene.quoted(sentence.first) and not any(h.subject for h in hits[:position]):
        return scene.last_subject
    if hit.group - sentence.first <= 3:
        return _main_subject(scene, sentence, hit)
    before = hit.group - 1
    if scene.text.words[before] in ('"', "”", "’") and before > sentence.first:
        before -= 1
    if lows[before] == "as" and position and hits[position - 1].passive:
        return scene.ends.get(hits[position - 1].group)  # "X was quoted by Y as saying"
    if lows[before] == "as" and before in scene.ends:
        return scene.ends[before]  # "quoted X as saying"
    if lows[before] in ("and", ",", "but") or lows[before] in GERUND_PREPOSITIONS:
        for earlier in reversed(hits[:position]):
            if earlier.subject is not None:
                hit.shared = True
                return earlier.subject
        return _governor(scene, sentence, hits, position)
    mention = scene.ends.get(hit.group)
    if mention is not None and not mention.quoted:
        return mention
    # "issued a statement saying": the statement's author is the verb's subject
    return _governor(scene, sentence, hits, position)


def _main_subject(scene: Scene, sentence: Sentence, hit: CueHit) -> Mention | None:
    """Subject of the main clause behind an opening participle: after a comma, before a verb."""
    for mention in scene.cast.by_sentence[hit.sentence]:
        if mention.first <= hit.last or mention.quoted:
            continue
        if scene.text.words[mention.first - 1] == "," and _verb_follows(scene, sentence, mention):
            return mention
    return None


def _verb_follows(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    words, behind = scene.text.words, mention.tail
    if behind + 2 < sentence.last and words[behind] == "," and words[behind + 2] == ",":
        behind += 3  # "X, meanwhile, went on"
    for j in (behind, mention.last):
        while j < sentence.last and (is_adverb(scene, j)):
            j += 1
        if j < sentence.last and is_verb(scene, j):
            return True
    return False


def may_speak(scene: Scene, mention: Mention) -> bool:
    """Whether the phrase names somebody or a body that can be the source of words."""
    return scene.cast.of(mention).kind in _SPEAKING_KINDS
