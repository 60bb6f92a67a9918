"""Cues and their sources: which words attribute, and which noun phrase they attribute to.

A cue is found by the lexicon, read as a verb group ("has also stressed", "did not say"), and given
a subject by looking left over adverbs, auxiliaries, appositives and prepositional phrases; to the
right for inversions ("…," said X); and at the neighbouring cue for coordinations and participles
("Stressing that A, X emphasized B, adding that C").
"""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import Cue, CueNoun, Lexicon
from .mentions import DETERMINERS, Mention
from .people import Cast, Entity
from .text import Sentence, Text

BE = frozenset("is are was were be been being 's 're".split())
AUXILIARIES = BE | frozenset(
    "has have had having do does did will would can could may might shall should must 'll 'd 've "
    "to not n't".split()
)
_FINITE_AUXILIARIES = AUXILIARIES - {"to", "not", "n't", "be", "been", "being", "having", "'s"}
_ADVERBS = frozenset(
    "also again once too just only even still already ever never later earlier then further "
    "furthermore however therefore thus instead always often twice both all each himself herself "
    "themselves itself yesterday today jointly".split()
)
_NEGATIONS = frozenset("not n't never didn't doesn't don't won't hasn't haven't couldn't".split())
_CLITICS = frozenset("didn't doesn't don't won't hasn't haven't couldn't wouldn't isn't".split())
_PREPOSITIONS = frozenset(
    "of in on at to for from by with about between against under over after before via during "
    "alongside including like than into since upon near outside inside across amid among".split()
)
_CONJUNCTIONS = frozenset("and but or then yet".split())
_NOUN_LEFT = DETERMINERS | _PREPOSITIONS - {"by", "after", "before", "in", "of"} | {"'s", "own"}
_GERUND_PREPOSITIONS = frozenset("by after before while when in without since from for".split())
_IRREGULAR_PAST = frozenset(
    "met held spoke took made went came gave left led began told wrote got saw became sent stood "
    "sat kept brought won paid rose fell ran put set chose flew drove broke felt grew knew lost "
    "said signed arrived".split()
)
_STOP = frozenset('. ; : ! ? ( ) " “ ” « » — -- –'.split())
_SPEAKING_KINDS = frozenset(
    {"person", "organization", "country", "group", "unnamed", "office", "name"}
)
_NEED_OBJECT = frozenset("tell inform brief assure notify remind update".split())
_MAX_PHRASE = 12


@dataclass(slots=True)
class CueHit:
    """A cue in the text: tokens [first, last), its verb group from `group`, its subject.

    `shape` says how it was found: verb, participle, infinitive, inverted, support, noun, source
    (according to). `boundary` is the first token of cue and subject together.
    """

    cue: Cue
    first: int
    last: int
    group: int
    sentence: int
    form: str
    shape: str = "verb"
    subject: Mention | None = None
    passive: bool = False
    negated: bool = False
    preposition: str = ""
    start: int = -1  # first token of the whole noun phrase that is the subject
    resume: int = 0  # where the content begins, if not right behind the cue

    @property
    def boundary(self) -> int:
        """First token of the attribution when the subject stands before the verb."""
        if self.subject is not None and self.subject.first < self.group and self.shape == "verb":
            return min(self.start, self.subject.first) if self.start >= 0 else self.subject.first
        return self.group


@dataclass(slots=True)
class Scene:
    """A text with its cast, and indexes that the rules ask for."""

    text: Text
    cast: Cast
    lexicon: Lexicon
    quote_at: list[int]
    begins: dict[int, Mention]
    ends: dict[int, Mention]
    last_subject: Mention | None = None  # of the last cue, for a sentence that opens in a quotation

    def quoted(self, token: int) -> bool:
        """Whether a token stands inside quotation marks."""
        return self.quote_at[token] >= 0

    def name_unknown(self, first: int, last: int) -> Mention:
        """A mention made where it is needed, of words the lexicon does not know."""
        mention = Mention(first, last, "unnamed", -1, tail=last)
        mention.entity = len(self.cast.entities)
        self.cast.entities.append(Entity(self.text.slice(first, last), "unnamed"))
        return mention


def build_scene(text: Text, cast: Cast, lexicon: Lexicon) -> Scene:
    """Index quotations and mentions by token."""
    quote_at = [-1] * (len(text.words) + 1)
    for number, quotation in enumerate(text.quotations):
        for token in range(quotation.first, quotation.last):
            quote_at[token] = number
    begins = {m.first: m for m in cast.mentions}
    ends = {m.tail: m for m in cast.mentions} | {m.last: m for m in cast.mentions}
    return Scene(text, cast, lexicon, quote_at, begins, ends)


def find_cue_hits(scene: Scene, number: int) -> list[CueHit]:
    """Cues outside quotations in one sentence, with subjects, in order."""
    sentence = scene.text.sentences[number]
    hits: list[CueHit] = []
    i = sentence.first
    while i < sentence.last:
        hit = None if scene.quoted(i) else _hit_at(scene, sentence, number, i)
        if hit is None:
            i += 1
            continue
        hits.append(hit)
        i = hit.last
    for position, hit in enumerate(hits):
        _attach_subject(scene, sentence, hits, position)
        if hit.subject is not None:
            hit.start = _phrase_start(scene, sentence, hit.subject.first)
            scene.last_subject = hit.subject
    return hits


# --- finding the cue ------------------------------------------------------------------------------
def _hit_at(scene: Scene, sentence: Sentence, number: int, i: int) -> CueHit | None:
    lows = scene.text.lows
    if lows[i] == "according" and i + 1 < sentence.last and lows[i + 1] == "to":
        cue = Cue("according to", frozenset(), frozenset(), "say", "any", False)
        return CueHit(cue, i, i + 2, i, number, "base", "source")
    supported = _support_hit(scene, sentence, number, i)
    if supported:
        return supported
    found = scene.lexicon.cues.longest(lows, i)
    form = _form(scene, sentence, i, found[1]) if found else None
    if found is None or form is None or i + found[0] > sentence.last:
        return _noun_hit(scene, sentence, number, i)
    length, cue = found
    hit = CueHit(cue, i, i + length, i, number, form)
    _read_group(scene, sentence, hit)
    return hit


def _support_hit(scene: Scene, sentence: Sentence, number: int, i: int) -> CueHit | None:
    """'expressed his deep concern over': support verb, up to four words, a cue noun it carries."""
    lows, lexicon = scene.text.lows, scene.lexicon
    carried = lexicon.support.get(lows[i])
    start = i + 1
    if i + 1 < sentence.last:
        longer = lexicon.support.get(f"{lows[i]} {lows[i + 1]}")
        if longer:
            carried, start = longer, i + 2
    if carried is None:
        return None
    for j in range(start, min(start + 5, sentence.last)):
        found = lexicon.cue_nouns.longest(lows, j)
        if found and found[1].noun.lower() in carried:
            return _build_support(scene, sentence, number, i, j + found[0], found[1])
        if lows[j] in _PREPOSITIONS or lows[j] in _STOP or lows[j] in (",", "that", "and"):
            return None
    return None


def _build_support(
    scene: Scene, sentence: Sentence, number: int, i: int, end: int, noun: CueNoun
) -> CueHit:
    lows = scene.text.lows
    form = "ing" if lows[i].endswith("ing") else "past"
    frames = {"that"} if "that" in noun.complements else set()
    if "to" in noun.complements:
        frames.add("to")
    preposition = ""
    if end < sentence.last and lows[end] in noun.complements and lows[end] not in ("that", "to"):
        preposition, end = lows[end], end + 1
        frames = {"np"}
    elif end < sentence.last and lows[end] == "to" and "to" in noun.complements:
        frames = {"to", "np"}
    lemma = f"{lows[i]} {noun.noun}"
    cue = Cue(lemma, frozenset({form}), frozenset(frames), noun.speech_act, "any", False)
    hit = CueHit(cue, i, end, i, number, form, preposition=preposition)
    _read_group(scene, sentence, hit)
    return hit


def _noun_hit(scene: Scene, sentence: Sentence, number: int, i: int) -> CueHit | None:
    """'his warning that', 'a proposal by X to': a noun that attributes by itself, its source."""
    lows = scene.text.lows
    found = scene.lexicon.cue_nouns.longest(lows, i)
    if found is None or not found[1].alone:
        return None
    end, noun = i + found[0], found[1]
    subject = None
    if end + 1 < sentence.last and lows[end] in ("by", "from"):
        subject = scene.begins.get(end + 1)
        end = subject.last if subject else end
    if end >= sentence.last or lows[end] not in noun.complements & {"that", "to"}:
        return None
    frames = frozenset({lows[end]})
    cue = Cue(noun.noun, frozenset({"base"}), frames, noun.speech_act, "any", False)
    hit = CueHit(cue, i, i + found[0], i, number, "base", "noun", subject)
    hit.resume = end
    hit.subject = subject or _possessor(scene, sentence, i)
    return hit if hit.subject is not None else None


def _possessor(scene: Scene, sentence: Sentence, i: int) -> Mention | None:
    """The owner of the noun at i: 'X's', or 'his' for the sentence's subject."""
    lows, j = scene.text.lows, i - 1
    while j >= sentence.first and i - j <= 4:
        if lows[j] == "'s":
            return scene.ends.get(j)
        if lows[j] in ("his", "her", "their", "its"):
            subjects = [m for m in scene.cast.by_sentence[_number(scene, sentence)] if m.last <= j]
            subjects = [m for m in subjects if not _prepositional(scene, sentence, m)]
            return subjects[0] if subjects else None
        if lows[j] in _STOP or lows[j] in _PREPOSITIONS or lows[j] in (",", "the", "a"):
            return None
        j -= 1
    return None


def _form(scene: Scene, sentence: Sentence, i: int, cue: Cue) -> str | None:
    """The verb form at token i in its context, or None where the word is a noun or adjective."""
    lows = scene.text.lows
    before = lows[i - 1] if i > sentence.first else ""
    if "ing" in cue.forms:
        noun = before in _NOUN_LEFT and before not in _GERUND_PREPOSITIONS
        return None if noun or before == "of" else "ing"
    if cue.forms & {"past", "participle"}:
        if before in _NOUN_LEFT - {"both", "all", "each", "that", "another", "one"}:
            return None
        if scene.text.words[i][0].isupper() and i > sentence.first:
            return None
        if "base" in cue.forms and not _verbal_left(scene, sentence, i):
            return None
        return "past"
    if not _verbal_left(scene, sentence, i):
        return None
    return "s" if "s" in cue.forms else "base"


def _verbal_left(scene: Scene, sentence: Sentence, i: int) -> bool:
    """Whether what stands before a base or -s form lets it be a verb."""
    if i == sentence.first:
        return False
    lows = scene.text.lows
    j = i - 1
    while j > sentence.first and (lows[j] in _ADVERBS or lows[j].endswith("ly")):
        j -= 1
    if lows[j] in AUXILIARIES - BE or lows[j] in _CLITICS or lows[j] in ("who", "which"):
        return True
    if scene.quoted(j) or lows[j] in ('"', "”", ",") or lows[j] in _CONJUNCTIONS:
        return (
            lows[i].endswith("s")
            and lows[j] != "and"
            or (lows[j] == "and" and _verb_before(scene, sentence, j))
        )
    mention = scene.ends.get(j + 1)
    return mention is not None and mention.kind != "place" and lows[j] not in _NOUN_LEFT


def _verb_before(scene: Scene, sentence: Sentence, j: int) -> bool:
    return any(scene.lexicon.cues.longest(scene.text.lows, k) for k in range(sentence.first, j))


def _read_group(scene: Scene, sentence: Sentence, hit: CueHit) -> None:
    """Extend the verb group left over adverbs and auxiliaries; note passive and negation."""
    lows, j = scene.text.lows, hit.first - 1
    while j >= sentence.first and not scene.quoted(j):
        low = lows[j]
        if low in _NEGATIONS:
            hit.negated = True
        elif low in BE and hit.form == "past":
            hit.passive = True
        elif low == "to":
            hit.shape = "infinitive"
        elif not (low in AUXILIARIES or low in _ADVERBS or low.endswith("ly") or low in _CLITICS):
            break
        j -= 1
    hit.group = j + 1
    if hit.form == "ing" and not (hit.group < hit.first and lows[hit.first - 1] in BE):
        hit.shape = "participle"


# --- finding the subject --------------------------------------------------------------------------
def _attach_subject(scene: Scene, sentence: Sentence, hits: list[CueHit], position: int) -> None:
    hit = hits[position]
    if hit.shape == "noun":
        return
    if hit.shape == "source":
        hit.subject = scene.begins.get(hit.last) or _unknown_source(scene, sentence, hit.last)
        return
    if hit.passive:
        hit.subject = _agent(scene, sentence, hit)
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
    for j in range(hit.last, min(hit.last + 3, sentence.last)):
        if lows[j] == "by":
            return scene.begins.get(j + 1)
    return None


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
    mention = scene.begins.get(hit.last)
    if mention is None or mention.quoted or (mention.name or "").lower() == "it":
        return None
    if mention.tail < sentence.last and is_verb(scene, mention.tail):
        return None  # "…, said Russia was …": the mention is the subject of what was said
    return mention


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
    if lows[k] in _CONJUNCTIONS or (lows[k] == "," and position and _follows_cue(hits, position)):
        return _governor(scene, sentence, hits, position)
    if lows[k] == ",":
        return _before_parenthesis(scene, sentence, k)
    return _over_phrases(scene, sentence, k) or _unknown_subject(scene, sentence, k)


def _follows_cue(hits: list[CueHit], position: int) -> bool:
    return hits[position - 1].subject is not None


def _whole_subject(scene: Scene, sentence: Sentence, mention: Mention) -> Mention:
    """The head of 'the spokesman for the ministry', 'leaders of both countries'."""
    lows = scene.text.lows
    seen = 0
    while mention.first - 1 >= sentence.first and seen < 4:
        before = mention.first - 1
        if lows[before] not in ("of", "for", "from", "at", "in"):
            return mention
        outer = scene.ends.get(before)
        if outer is None or outer.quoted or outer.kind in ("place", "pronoun"):
            return mention
        mention, seen = outer, seen + 1
    return mention


def _before_parenthesis(scene: Scene, sentence: Sentence, comma: int) -> Mention | None:
    """'X, speaking in Y, said': the nearest earlier mention followed by a comma."""
    best = None
    for mention in scene.cast.by_sentence[_number(scene, sentence)]:
        if mention.last >= comma or mention.quoted:
            continue
        if scene.text.words[mention.last] == "," and not _prepositional(scene, sentence, mention):
            best = mention
    return best


def _number(scene: Scene, sentence: Sentence) -> int:
    return scene.text.sentences.index(sentence)


def _prepositional(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    before = mention.first - 1
    return before >= sentence.first and scene.text.lows[before] in _PREPOSITIONS


def _over_phrases(scene: Scene, sentence: Sentence, k: int) -> Mention | None:
    """Walk left over prepositional phrases to the mention they hang on."""
    lows, found = scene.text.lows, None
    j = k
    while j >= sentence.first and k - j < 2 * _MAX_PHRASE:
        mention = scene.ends.get(j + 1)
        if mention is not None and mention.first >= sentence.first and not mention.quoted:
            if not _prepositional(scene, sentence, mention):
                return mention
            j = mention.first - 2
            continue
        if lows[j] in _STOP or lows[j] in (",", "that", "and") or is_verb(scene, j):
            return found
        j -= 1
    return found


def _governor(
    scene: Scene, sentence: Sentence, hits: list[CueHit], position: int
) -> Mention | None:
    """Subject of the verb that this one is coordinated with, or that governs this infinitive."""
    hit = hits[position]
    for earlier in reversed(hits[:position]):
        speaks = earlier.shape != "source" and not earlier.passive
        alike = hit.form == earlier.form or hit.shape == "infinitive"
        if earlier.subject is not None and speaks and alike:
            return earlier.subject
    best = None
    for mention in scene.cast.by_sentence[hit.sentence]:
        if mention.tail > hit.group or mention.quoted:
            break
        if _prepositional(scene, sentence, mention) or mention.kind == "place":
            continue
        if is_verb(scene, mention.tail) or is_verb(scene, mention.last):
            best = _whole_subject(scene, sentence, mention)
    return best


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
    if lows[before] == "as" and before in scene.ends:
        return scene.ends[before]  # "quoted X as saying"
    if lows[before] in ("and", ",", "but") or lows[before] in _GERUND_PREPOSITIONS:
        for earlier in reversed(hits[:position]):
            if earlier.subject is not None:
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
    for j in (mention.tail, mention.last):
        while j < sentence.last and (
            scene.text.lows[j] in _ADVERBS or scene.text.lows[j].endswith("ly")
        ):
            j += 1
        if j < sentence.last and is_verb(scene, j):
            return True
    return False


def is_past(scene: Scene, j: int) -> bool:
    """Whether the token looks like a verb in the past tense."""
    low = scene.text.lows[j]
    regular = len(low) > 4 and low.endswith("ed") and scene.text.words[j][0].islower()
    return regular or low in _IRREGULAR_PAST


def is_verb(scene: Scene, j: int) -> bool:
    """A cheap guess: auxiliaries, cues in finite form, -ed forms and common irregular pasts."""
    lows = scene.text.lows
    if j >= len(lows):
        return False
    low = lows[j]
    if low in _FINITE_AUXILIARIES:
        return True
    if is_past(scene, j):
        return True
    found = scene.lexicon.cues.longest(lows, j)
    return found is not None and bool(found[1].forms & {"past", "s", "base"})


def _phrase_start(scene: Scene, sentence: Sentence, first: int) -> int:
    """First token of the noun phrase around a mention: "the city's police", "EU trade chief X"."""
    lows, words, j = scene.text.lows, scene.text.words, first
    while j - 1 >= sentence.first and first - j < 8 and not scene.quoted(j - 1):
        before = lows[j - 1]
        owner = before == "'s" or words[j - 1][0].isupper() or before in DETERMINERS
        inside = lows[j] == "'s" or (j < first and lows[j] not in DETERMINERS)
        if not owner and not (inside and before.isalpha() and not is_verb(scene, j - 1)):
            break
        if before in _CONJUNCTIONS or before in _PREPOSITIONS or before in ("that", "while", "as"):
            break
        j -= 1
    return j


def _unknown_subject(scene: Scene, sentence: Sentence, k: int) -> Mention | None:
    """A noun phrase of words the lexicon does not know, back to its determiner."""
    lows = scene.text.lows
    j = k
    while j >= sentence.first and k - j < _MAX_PHRASE:
        low = lows[j]
        if low in _STOP or low in (",", "that", "and", "it", "there") or is_verb(scene, j):
            break
        j -= 1
    j += 1
    while j <= k and (lows[j] in _CONJUNCTIONS or lows[j] in _PREPOSITIONS):
        j += 1
    if j > k or k + 1 - j > _MAX_PHRASE:
        return None
    proper = scene.text.words[j][0].isupper() and j > sentence.first
    if lows[j] not in DETERMINERS and not proper and j != sentence.first:
        return None
    return scene.name_unknown(j, k + 1)


def _unknown_source(scene: Scene, sentence: Sentence, j: int) -> Mention | None:
    """The noun phrase after 'according to' that the lexicon does not know."""
    k = j
    while k < sentence.last and k - j < _MAX_PHRASE:
        low = scene.text.lows[k]
        if (
            low in _STOP
            or low in (",", "that", "which", "who")
            or (k > j and low in _PREPOSITIONS - {"of"})
        ):
            break
        k += 1
    return scene.name_unknown(j, k) if k > j else None


def may_speak(scene: Scene, mention: Mention) -> bool:
    """Whether the phrase names somebody or a body that can be the source of words."""
    return scene.cast.of(mention).kind in _SPEAKING_KINDS
