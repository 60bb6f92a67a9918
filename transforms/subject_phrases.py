"""How far a subject reaches: to its first word, over an apposition, and where no table knows it.

"the farm trade sources said", "the deputy head of the mission, X, said", "the report said".
"""

from __future__ import annotations

from .cue_hits import CueHit
from .mentions import DETERMINERS, Mention
from .scene import CONJUNCTIONS, PREPOSITIONS, STOP, Scene, is_adverb, is_past, is_reduced, is_verb
from .text import Sentence

_BEFORE_CLAUSES = frozenset("after before since until".split())
_SAYING = frozenset("estimates figures polls reports surveys studies records".split())
_MAX_PHRASE = 12
_MAX_APPOSITION = 16
_MAX_MODIFIERS = 4
_BEFORE_SUBJECT = frozenset({",", "that", "which", "whom", "who", "and", "it", "there"})


def phrase_start(scene: Scene, sentence: Sentence, first: int) -> int:
    """First token of the noun phrase around a mention: "the city's police", "EU trade chief X"."""
    lows, words, j = scene.text.lows, scene.text.words, first
    while j - 1 >= sentence.first and first - j < 8 and not scene.quoted(j - 1):
        before = lows[j - 1]
        owner = before == "'s" or words[j - 1][0].isupper() or before in DETERMINERS
        inside = lows[j] == "'s" or (j < first and lows[j] not in DETERMINERS)
        if not owner and not (inside and before.isalpha() and not is_verb(scene, j - 1)):
            break
        if before in CONJUNCTIONS or before in PREPOSITIONS or before in ("that", "while", "as"):
            break
        j -= 1
    return _over_modifiers(scene, sentence, j)


def _over_modifiers(scene: Scene, sentence: Sentence, j: int) -> int:
    """Back to the comma over plain words: ', farm trade sources said'."""
    lows, words, k = scene.text.lows, scene.text.words, j
    while k - 1 > sentence.first and j - k < _MAX_MODIFIERS:
        low = lows[k - 1]
        if not words[k - 1].isalpha() or low in PREPOSITIONS or low in _BEFORE_SUBJECT:
            break
        if low in DETERMINERS or low in CONJUNCTIONS or is_verb(scene, k - 1):
            break
        k -= 1
    return k if k > sentence.first and words[k - 1] in (",", '"', "”") else j


def apposition_start(scene: Scene, sentence: Sentence, hit: CueHit) -> int:
    """First token of 'the deputy head of the mission, X, said', where X is the subject."""
    words, start = scene.text.words, hit.start
    comma = hit.group - 1
    between = start - 1 > sentence.first and words[start - 1] == "," and words[comma] == ","
    if not between or hit.shape != "verb":
        return start
    for k in range(start - 2, max(sentence.first, start - _MAX_APPOSITION) - 1, -1):
        if scene.quoted(k) or words[k] in STOP or words[k] == ",":
            return k + 1
        if is_verb(scene, k):
            return start
        if k == sentence.first:
            return k
    return start


def find_unknown_subject(scene: Scene, sentence: Sentence, k: int) -> Mention | None:
    """A noun phrase of words the lexicon does not know, back to its determiner."""
    lows = scene.text.lows
    if k > sentence.first and lows[k] in _SAYING and lows[k - 1] == ",":
        return scene.name_unknown(k, k + 1)  # ", estimates say"
    j = k
    while j >= sentence.first and k - j < _MAX_PHRASE:
        low = lows[j]
        verb = is_verb(scene, j) and not is_reduced(scene, j)
        if low in STOP or low in _BEFORE_SUBJECT or verb:
            break
        j -= 1
    j += 1
    while j <= k and (lows[j] in CONJUNCTIONS or lows[j] in PREPOSITIONS):
        j += 1
    if j > k or k + 1 - j > _MAX_PHRASE:
        return None
    proper = scene.text.words[j][0].isupper() and j > sentence.first
    counted = lows[j][0].isdigit()  # "64 percent say"
    if lows[j] not in DETERMINERS and not proper and not counted and j != sentence.first:
        return None
    return scene.name_unknown(j, k + 1)


def named_source(scene: Scene, j: int) -> Mention | None:
    """The mention at j, or the person that it introduces: 'Police Office spokesman X'."""
    named = scene.begins.get(j)
    behind = scene.begins.get(named.last) if named is not None else None
    person = behind is not None and behind.kind == "person" and not is_verb(scene, behind.last)
    return behind if person else named


def find_unknown_source(scene: Scene, sentence: Sentence, j: int) -> Mention | None:
    """The noun phrase after 'according to' that the lexicon does not know."""
    k = j
    while k < sentence.last and k - j < _MAX_PHRASE:
        low = scene.text.lows[k]
        if (
            low in STOP
            or low in (",", "that", "which", "who")
            or (k > j and low in PREPOSITIONS - {"of"})
        ):
            break
        k += 1
    return scene.name_unknown(j, k) if k > j else None


def before_open_aside(scene: Scene, sentence: Sentence, k: int, behind: int) -> Mention | None:
    """'X, asked why there was no talk said, "A"': who opens the sentence, no comma behind."""
    words, opening = scene.text.words, scene.begins.get(sentence.first)
    if not any(scene.quoted(j) for j in range(behind, min(behind + 3, sentence.last))):
        return None
    if opening is None or opening.last + 1 >= k or words[opening.last] != ",":
        return None
    acts = scene.text.lows[opening.last + 1].endswith(("ing", "ed"))
    return opening if acts and "," not in words[opening.last + 1 : k] else None


def opens_clause(scene: Scene, j: int) -> bool:
    """'left after', 'came shortly before': a conjunction behind a verb or its adverb."""
    conjunction = j > 0 and scene.text.lows[j] in _BEFORE_CLAUSES
    return conjunction and (is_past(scene, j - 1) or is_adverb(scene, j - 1))
