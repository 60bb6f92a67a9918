"""Cues in a sentence: which words attribute, read as a verb group ("has also stressed").

Cue verbs of the lexicon, support verbs with the noun they carry ("voiced concern over"), cue nouns
that stand alone ("his warning that"), and "according to".
"""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import Cue, CueNoun
from .mentions import DETERMINERS, Mention
from .scene import (
    AUXILIARIES,
    BE,
    CLITICS,
    CONJUNCTIONS,
    GERUND_PREPOSITIONS,
    NEGATIONS,
    PREPOSITIONS,
    STOP,
    Scene,
    is_adverb,
    is_verb,
    prepositional,
)
from .text import Sentence

_NOUN_LEFT = DETERMINERS | PREPOSITIONS - {"by", "after", "before", "in", "of"} | {"'s", "own"}

_DAY_WORDS = frozenset("on late early last this night morning evening".split())
_SAID_BY_PLURALS = frozenset("say warn argue insist show suggest".split())  # "Israeli figures say"
_NEVER_NOUNS = frozenset(
    "says tells argues insists adds explains writes warns asks suggests denies describes admits "
    "announces asserts confirms contends declares emphasizes emphasises maintains".split()
)
# What is written and says something: "the resolution condemns", "the treaty states that".
TEXTS = frozenset(
    "document resolution constitution treaty agreement protocol charter convention law bill "
    "report study survey ruling verdict judgment indictment complaint lawsuit petition memorandum "
    "draft text paper manifesto email article editorial decree communication".split()
)
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_MODALS = frozenset("should could might may must can shall".split())
_RATINGS = frozenset({"value", "assess", "rate", "evaluate"})
_HIGHLY = frozenset("highly positively greatly deeply duly".split())
_MAKES = frozenset("make makes making more better well".split())
_LEADS_ON = frozenset({"go on", "continue"})
_SOURCES = (["according", "to"], ["in", "the", "words", "of"])
_PRONOUNS = frozenset({"both", "all", "each", "that", "another", "one"})


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
    patient: tuple[int, int] | None = None  # the passive's subject: "X was praised by Y"
    modal: str = ""  # "should", "could": what might be said
    shared: bool = False  # its subject is that of an earlier verb
    resume: int = 0  # where the content begins, if not right behind the cue

    @property
    def boundary(self) -> int:
        """First token of the attribution when the subject stands before the verb."""
        if self.subject is not None and self.subject.first < self.group and self.shape == "verb":
            return min(self.start, self.subject.first) if self.start >= 0 else self.subject.first
        return self.group


# --- finding the cue ------------------------------------------------------------------------------
def hit_at(scene: Scene, sentence: Sentence, number: int, i: int) -> CueHit | None:
    """The cue that starts at token i of a sentence, with no subject yet (but a noun's)."""
    lows = scene.text.lows
    for words in _SOURCES:
        if lows[i] == words[0] and lows[i : min(i + len(words), sentence.last)] == words:
            cue = Cue(" ".join(words), frozenset(), frozenset(), "say", "any", False)
            return CueHit(cue, i, i + len(words), i, number, "base", "source")
    supported = _support_hit(scene, sentence, number, i)
    if supported:
        return supported
    found = scene.lexicon.cues.longest(lows, i)
    form = _form(scene, sentence, i, found[1]) if found else None
    if found is None or form is None or i + found[0] > sentence.last:
        return _noun_hit(scene, sentence, number, i)
    length, cue = found
    if cue.lemma in _RATINGS and (i == sentence.first or lows[i - 1] not in _HIGHLY):
        return None  # "highly valued N" praises, "valued at N" does not
    end = i + length
    if length > 1 and lows[end - 1] == "on" and end < len(lows) and is_date(lows[end]):
        length, cue = scene.lexicon.cues.longest(lows[i : i + 1], 0) or found
    if cue.lemma in _LEADS_ON and lows[i + length : i + length + 1] == ["to"]:
        return None  # "went on to say": the verb behind it is the cue
    hit = CueHit(cue, i, i + length, i, number, form)
    _read_group(scene, sentence, hit)
    return hit


def is_date(low: str) -> bool:
    """'on Sunday', 'on March 5': a date, not what was spoken on."""
    return low.endswith("day") or low[:3] in _MONTHS


def _support_hit(scene: Scene, sentence: Sentence, number: int, i: int) -> CueHit | None:
    """'expressed his deep concern over': support verb, up to four words, a cue noun it carries."""
    lows, lexicon = scene.text.lows, scene.lexicon
    carried = lexicon.support.get(lows[i])
    start = i + 1
    if i + 1 < sentence.last:
        longer = lexicon.support.get(f"{lows[i]} {lows[i + 1]}")
        if longer:
            carried, start = longer, i + 2
    if carried is None or (i > sentence.first and lows[i - 1] in DETERMINERS - _PRONOUNS - {"who"}):
        return None  # "their shared concerns"
    for j in range(start, min(start + 5, sentence.last)):
        found = lexicon.cue_nouns.longest(lows, j)
        if found and found[1].noun.lower() in carried:
            return _build_support(scene, sentence, number, i, j + found[0], found[1])
        if lows[j] in PREPOSITIONS or lows[j] in STOP or lows[j] in (",", "that", "and"):
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
    elif end + 1 < sentence.last and lows[end] == "to" and "to" in noun.complements:
        named = lows[end + 1] in DETERMINERS or end + 1 in scene.begins
        preposition, end = ("to", end + 1) if named else ("", end)
        frames = {"np"} if named else {"to", "np"}
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
        end = _over_day(scene, sentence, subject.last) if subject else end
        end = _over_invited(scene, sentence, end)
    if end >= sentence.last or lows[end] not in noun.complements & {"that", "to"}:
        return None
    frames = frozenset({lows[end]})
    cue = Cue(noun.noun, frozenset({"base"}), frames, noun.speech_act, "any", False)
    hit = CueHit(cue, i, i + found[0], i, number, "base", "noun", subject)
    hit.resume = end
    hit.subject = subject or _possessor(scene, sentence, i)
    return hit if hit.subject is not None else None


def _over_invited(scene: Scene, sentence: Sentence, j: int) -> int:
    """'an invitation by X | to Y to come': the second 'to', where somebody stands between."""
    lows = scene.text.lows
    told = scene.begins.get(j + 1) if j < sentence.last and lows[j] == "to" else None
    whom = told is not None and told.last < sentence.last and lows[told.last] == "to"
    return told.last if whom and told is not None else j


def _over_day(scene: Scene, sentence: Sentence, j: int) -> int:
    """The token behind 'on Monday night', where a source is followed by it."""
    lows, k = scene.text.lows, j
    while k < sentence.last and k - j < 4 and (lows[k] in _DAY_WORDS or lows[k].endswith("day")):
        k += 1
    return k


def _possessor(scene: Scene, sentence: Sentence, i: int) -> Mention | None:
    """The owner of the noun at i: 'X's', or 'his' for the sentence's subject."""
    lows, j = scene.text.lows, i - 1
    while j >= sentence.first and i - j <= 4:
        if lows[j] == "'s":
            return scene.ends.get(j)
        if lows[j] in ("his", "her", "their", "its"):
            subjects = [
                m for m in scene.cast.by_sentence[scene.numbers[sentence.first]] if m.last <= j
            ]
            subjects = [m for m in subjects if not prepositional(scene, sentence, m)]
            return subjects[0] if subjects else None
        if lows[j] in STOP or lows[j] in PREPOSITIONS or lows[j] in (",", "the", "a"):
            return None
        j -= 1
    return None


def _form(scene: Scene, sentence: Sentence, i: int, cue: Cue) -> str | None:
    """The verb form at token i in its context, or None where the word is a noun or adjective."""
    lows = scene.text.lows
    before = lows[i - 1] if i > sentence.first else ""
    if "ing" in cue.forms:
        noun = before in _NOUN_LEFT and before not in GERUND_PREPOSITIONS
        return None if noun or before == "of" else "ing"
    if cue.forms & {"past", "participle"}:
        alone = i in scene.ends and before not in ("the", "a", "an", "'s")  # "the two said"
        if before in _NOUN_LEFT - _PRONOUNS and not alone:
            return None
        if before in _MAKES:
            return None  # "make informed decisions"
        if before.replace(",", "").isdigit():
            return None  # "758 pledged delegates"
        if scene.text.words[i][0].isupper() and i > sentence.first:
            return None
        if "base" in cue.forms and not _verbal_left(scene, sentence, i):
            return None
        return "past"
    follows = lows[i + 1] if i + 1 < sentence.last else ""
    if not _verbal_left(scene, sentence, i) or ("s" in cue.forms and follows in _SAID_BY_PLURALS):
        return None  # "estimates say": the noun that says
    return "s" if "s" in cue.forms else "base"


def _verbal_left(scene: Scene, sentence: Sentence, i: int) -> bool:
    """Whether what stands before a base or -s form lets it be a verb."""
    if i == sentence.first:
        return False
    lows = scene.text.lows
    j = i - 1
    while j > sentence.first and is_adverb(scene, j):
        j -= 1
    if lows[j] in AUXILIARIES - BE or lows[j] in CLITICS or lows[j] in ("who", "which"):
        return True
    if scene.quoted(j) or lows[j] in ('"', "”", ",") or lows[j] in CONJUNCTIONS:
        return (
            lows[i].endswith("s")
            and lows[j] != "and"
            or (lows[j] == "and" and _verb_before(scene, sentence, j))
        )
    mention = scene.ends.get(j + 1)
    if mention is None and lows[i] in _SAID_BY_PLURALS:
        plural = len(lows[j]) > 3 and lows[j].endswith("s") and lows[j].isalpha()
        return plural or lows[j] == "percent" or lows[j].isdigit()
    if mention is None and lows[j] in TEXTS and lows[i].endswith("s"):
        return True
    if mention is None and lows[i] in _NEVER_NOUNS:
        return lows[j].isalpha() and lows[j] not in _NOUN_LEFT
    return mention is not None and mention.kind != "place" and lows[j] not in _NOUN_LEFT


def _verb_before(scene: Scene, sentence: Sentence, j: int) -> bool:
    return any(is_verb(scene, k) for k in range(sentence.first, j))


def _read_group(scene: Scene, sentence: Sentence, hit: CueHit) -> None:
    """Extend the verb group left over adverbs and auxiliaries; note passive and negation."""
    lows, j = scene.text.lows, hit.first - 1
    while j >= sentence.first and not scene.quoted(j):
        low = lows[j]
        if low in NEGATIONS:
            hit.negated = True
        elif low in BE and hit.form == "past":
            hit.passive = True
        elif low == "to":
            hit.shape = "infinitive"
        elif low in _MODALS or (low == "would" and lows[j + 1] == "have"):
            hit.modal = low
        elif not (low in AUXILIARIES or low in CLITICS or is_adverb(scene, j)):
            break
        j -= 1
    hit.group = j + 1
    if hit.form == "ing" and not (hit.group < hit.first and lows[hit.first - 1] in BE):
        hit.shape = "participle"
    if lows[hit.group] == "having" and hit.group < hit.first:
        hit.shape = "participle"
