"""A text with its cast, indexed by token: what the rules of statements and meetings ask for.

Also the cheap guesses about words that need no parse: what may be a verb, what negates.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from .entities import head_word
from .inflection import inflect
from .lexicon import Lexicon
from .mentions import DETERMINERS, Mention
from .people import Cast, Entity
from .text import Quotation, Sentence, Text, opens_paragraph

BE = frozenset("is are was were be been being 's 're".split())
AUXILIARIES = BE | frozenset(
    "has have had having do does did will would can could may might shall should must 'll 'd 've "
    "to not n't".split()
)
FINITE_AUXILIARIES = AUXILIARIES - {"to", "not", "n't", "be", "been", "being", "having", "'s"}
ADVERBS = frozenset(
    "also again once too just only even still already ever never later earlier then further "
    "furthermore however therefore thus instead always often twice both all each himself herself "
    "themselves itself yesterday today jointly".split()
)
NEGATIONS = frozenset("not n't never didn't doesn't don't won't hasn't haven't couldn't".split())
CLITICS = frozenset("didn't doesn't don't won't hasn't haven't couldn't wouldn't isn't".split())
PREPOSITIONS = frozenset(
    "of in on at to for from by with about between against under over after before via during "
    "alongside including like than into since upon near outside inside across amid among".split()
)
CONJUNCTIONS = frozenset("and but or then yet".split())
GERUND_PREPOSITIONS = frozenset("by after before while when in without since from for".split())
_IRREGULAR_PAST = frozenset(
    "met held spoke took made went came gave left led began told wrote got saw became sent stood "
    "sat kept brought won paid rose fell ran put set chose flew drove broke felt grew knew lost "
    "said signed arrived bought built caught cut cost dealt drew drank ate fought found forgot got "
    "heard hid hit hurt laid lent meant quit rode sought sold shook shot shut slept slid spent "
    "spread stole stuck struck swore swept taught tore thought threw understood "
    "withdrew wore".split()
)
# Verbs whose present forms are seldom nouns, so that "ties remain good" is seen to be a clause.
_PLAIN_VERBS = (
    "allow appear ask become begin believe belong bring come contain create depend deserve exist "
    "expect fail feel get give go happen have hear help include involve keep know let lie lose "
    "make mean meet need obtain occur oppose prefer prevent protect provide prove put receive "
    "remain require see seek seem sell send serve stand stay suffer take think threaten try "
    "understand use want win work"
).split()
_PRESENT = frozenset(
    form for verb in _PLAIN_VERBS for key, form in inflect(verb).items() if key in ("base", "s")
)
# Behind these a word is a noun, and behind "to" an infinitive: "the report", "his call".
_BEFORE_NOUNS = DETERMINERS | {"'s", "to", "own", "new"}
_MAX_LOOKED_BACK = 200  # mentions before "the colonel"
_MAX_PHRASE = 14  # tokens of an attribution behind an open quotation
_NO_ADVERBS = frozenset(
    "ally anomaly assembly belly bully family fly reply supply rally tally monopoly homily".split()
)
STOP = frozenset('. ; : ! ? ( ) " “ ” « » — -- –'.split())


@dataclass(slots=True)
class Scene:
    """A text with its cast, and indexes that the rules ask for."""

    text: Text
    cast: Cast
    lexicon: Lexicon
    quote_at: list[int]
    begins: dict[int, Mention]
    ends: dict[int, Mention]
    numbers: dict[int, int]  # first token of a sentence to its number
    last_subject: Mention | None = None  # of the last cue, for a sentence that opens in a quotation

    def quoted(self, token: int) -> bool:
        """Whether a token stands inside quotation marks."""
        return self.quote_at[token] >= 0

    def name_unknown(self, first: int, last: int) -> Mention:
        """A mention made where it is needed, of words the lexicon does not know."""
        mention = Mention(first, last, "unnamed", -1, tail=last)
        ranked = self._of_rank(first, last)
        if ranked is not None:
            mention.entity = ranked
            return mention
        mention.entity = len(self.cast.entities)
        entity = Entity(self.text.slice(first, last), "unnamed", country=self._demonym(first, last))
        self.cast.entities.append(entity)
        return mention

    def _of_rank(self, first: int, last: int) -> int | None:
        """'The colonel', where the last person printed with a rank was one: 'Colonel X'."""
        if last - first != 2 or self.text.lows[first] != "the":
            return None
        at = bisect_left(self.cast.mentions, first, key=lambda mention: mention.first)
        for mention in reversed(self.cast.mentions[max(at - _MAX_LOOKED_BACK, 0) : at]):
            entity = self.cast.of(mention)
            ranked = entity.kind == "person" and entity.role_code == "military_officer"
            if ranked and head_word(entity.role) == self.text.lows[last - 1]:
                return mention.entity
        return None

    def _demonym(self, first: int, last: int) -> str | None:
        """The country of 'one South Korean trader': that of the one adjective in the phrase."""
        found = (self.lexicon.names.longest(self.text.words, i) for i in range(first, last))
        codes = {name[1].code for name in found if name and name[1].kind == "adjective"}
        return codes.pop() if len(codes) == 1 else None


def build_scene(text: Text, cast: Cast, lexicon: Lexicon) -> Scene:
    """Index quotations and mentions by token."""
    ended = _end_open_quotations(text, lexicon)
    for before, after in zip(text.quotations, ended, strict=True):
        if before.last > after.last:
            for mention in cast.mentions:
                mention.quoted &= not after.last <= mention.first < before.last
    text.quotations[:] = ended
    quote_at = [-1] * (len(text.words) + 1)
    for number, quotation in enumerate(text.quotations):
        for token in range(quotation.first, quotation.last):
            quote_at[token] = number
    begins = {m.first: m for m in cast.mentions}
    ends = {m.tail: m for m in cast.mentions} | {m.last: m for m in cast.mentions}
    numbers = {s.first: number for number, s in enumerate(text.sentences)}
    return Scene(text, cast, lexicon, quote_at, begins, ends, numbers)


def _end_open_quotations(text: Text, lexicon: Lexicon) -> list[Quotation]:
    """Quotations; one whose closing mark was forgotten ends before its ', X said.'"""
    opened = {q.paragraph for q in text.quotations if opens_paragraph(text, q)}
    return [
        q if q.closed or q.paragraph + 1 in opened else _before_attribution(text, q, lexicon)
        for q in text.quotations
    ]


def _before_attribution(text: Text, quotation: Quotation, lexicon: Lexicon) -> Quotation:
    """The quotation cut at its last comma, where a cue in the past stands behind that."""
    for comma in range(quotation.last - 1, max(quotation.last - _MAX_PHRASE, quotation.first), -1):
        if text.words[comma] == ",":
            for token in range(comma + 1, quotation.last):
                cue = lexicon.cues.longest(text.lows, token)
                if cue is not None and "past" in cue[1].forms and "quote" in cue[1].frames:
                    return replace(quotation, last=comma)
            return quotation
    return quotation


def is_adverb(scene: Scene, j: int) -> bool:
    """Whether the token may stand inside a verb group: 'also', 'repeatedly'."""
    low = scene.text.lows[j]
    if low in ADVERBS:
        return True
    return low.endswith("ly") and low not in _NO_ADVERBS and scene.text.words[j][0].islower()


def is_past(scene: Scene, j: int) -> bool:
    """Whether the token looks like a verb in the past tense; False behind the last token."""
    if j >= len(scene.text.lows):
        return False
    low = scene.text.lows[j]
    regular = len(low) > 4 and low.endswith("ed") and scene.text.words[j][0].islower()
    return regular or low in _IRREGULAR_PAST


def is_reduced(scene: Scene, j: int) -> bool:
    """Whether a past form belongs to the noun before it: 'the woman involved in the case'."""
    after = scene.text.lows[j + 1] if j + 1 < len(scene.text.lows) else "."
    return is_past(scene, j) and (after in PREPOSITIONS or after in ("last", "this"))


def is_verb(scene: Scene, j: int) -> bool:
    """A cheap guess: auxiliaries, cues in finite form, -ed forms and common irregular pasts."""
    lows = scene.text.lows
    if j >= len(lows):
        return False
    low = lows[j]
    if low in FINITE_AUXILIARIES or low in CLITICS:
        return True
    if is_past(scene, j):
        return True
    nominal = j > 0 and (lows[j - 1] in _BEFORE_NOUNS or lows[j - 1] in PREPOSITIONS)
    if low in _PRESENT:
        return not nominal and (low.endswith("s") or j == 0 or lows[j - 1] not in AUXILIARIES)
    found = scene.lexicon.cues.longest(lows, j)
    if found is None:
        return False
    return "past" in found[1].forms or (not nominal and bool(found[1].forms & {"s", "base"}))


def prepositional(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    """Whether a preposition governs the mention."""
    before = mention.first - 1
    return before >= sentence.first and scene.text.lows[before] in PREPOSITIONS
