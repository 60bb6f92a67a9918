"""Words that may report a meeting, read with their grammar: verbs, nouns and what speaks against.

Strategy: every verb of the seeds (meet, receive, phone …) and every meeting noun (talks, summit,
call …) outside quotation marks is a trigger. Its status comes from the words that govern it: the
verb group's auxiliaries, the word before an infinitive, the noun's modifiers and the verb that
carries the noun ("postponed a visit"). Who took part is the business of meeting_parties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .inflection import inflect
from .lexicon import Lexicon
from .phrases import Phrases, words_of
from .scene import Scene
from .text import Sentence, Text

BE = frozenset("is are was were be been being 's 're".split())
AUXILIARIES = BE | frozenset("has have had having do does did will would shall 've".split())
ADVERBS = frozenset(
    "also again once first last later earlier then just only already still ever both all together "
    "twice today yesterday tomorrow tonight separately jointly face-to-face now even not never n't "
    "each".split()
)
NOUN_LEFT = frozenset(
    "the a an this that these those his her its their our my of in for at with by 's several "
    "another other no any some first second third next last new two three".split()
)
CLAUSE_ENDS = frozenset('. ; : ! ? ( ) " “ ” — – --'.split())
SUBORDINATORS = frozenset("that while when where which who if because although as after".split())
_SPACE_MODIFIERS = 8  # how many words may stand between a support verb and its noun
_FLAGS = ("cancelled", "hypothetical", "practice", "negated", "planned", "comment")


@dataclass(frozen=True, slots=True)
class Entry:
    """A trigger's seed row: kind, how its parties are attached, which side hosts."""

    kind: str
    frames: frozenset[str]
    host: str
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Triggers:
    """The seed table compiled: verbs in all their forms, nouns, support verbs, word lists."""

    verbs: Phrases[Entry]
    nouns: Phrases[Entry]
    supports: Phrases[Entry]
    flags: Phrases[str]
    not_met: frozenset[str]
    own_body: frozenset[str]
    unidentified: frozenset[str]
    sport: frozenset[str]
    asking: Phrases[Entry]
    heads: frozenset[str]  # first words of verbs and nouns, so that most tokens cost one look


@dataclass(slots=True)
class Trigger:
    """One trigger in the text: tokens [first, last) of the word, its group or phrase from `group`.

    `shape`: verb or noun. `support` is the verb that carries a noun, with its own group start.
    `status` is a meeting status or a miss reason; `tense` past or future, for dates.
    """

    shape: str
    entry: Entry
    first: int
    last: int
    sentence: int
    group: int
    form: str = ""
    support: tuple[int, int] | None = None
    passive: bool = False
    status: str = "held"
    definite: bool = False

    @property
    def tense(self) -> str:
        """The direction in which the meeting's date lies."""
        return "future" if self.status in ("planned", "cancelled") else "past"


@lru_cache(maxsize=4)
def compile_triggers(lexicon: Lexicon) -> Triggers:
    """Compile seeds/meeting_phrases.csv; cached by lexicon."""
    rows = lexicon.tables["meeting_phrases"]
    verbs: Phrases[Entry] = Phrases()
    nouns: Phrases[Entry] = Phrases()
    supports: Phrases[Entry] = Phrases()
    asking: Phrases[Entry] = Phrases()
    flags: Phrases[str] = Phrases()
    lists: dict[str, set[str]] = {
        "object_of_meet": set(),
        "own_body": set(),
        "unidentified": set(),
        "sport": set(),
    }
    for row in rows:
        frame, phrase = row["frame"], row["phrase"]
        if frame in lists:
            lists[frame].add(phrase)
        elif frame in _FLAGS:
            flags.add(words_of(phrase), frame)
        elif frame.endswith("noun"):
            nouns.add(words_of(phrase), Entry(row["kind"], frozenset({frame}), row["host"]))
        elif frame == "support":
            _add_verb(supports, row)
        elif frame == "asking":
            _add_verb(asking, row)
        elif frame != "none":
            _add_verb(verbs, row)
    return Triggers(
        verbs,
        nouns,
        supports,
        flags,
        frozenset(lists["object_of_meet"]),
        frozenset(lists["own_body"]),
        frozenset(lists["unidentified"]),
        frozenset(lists["sport"]),
        asking,
        verbs.heads() | nouns.heads(),
    )


def _add_verb(table: Phrases[Entry], row: Mapping[str, str]) -> None:
    words = words_of(row["phrase"])
    spellings: dict[str, set[str]] = {}
    for form, spelling in inflect(words[0], row["past"]).items():
        spellings.setdefault(spelling, set()).add(form)
    for spelling, forms in spellings.items():
        entry = Entry(row["kind"], frozenset(row["frame"].split()), row["host"], frozenset(forms))
        table.add([spelling, *words[1:]], entry)


def find_triggers(scene: Scene, sentence: Sentence, number: int, table: Triggers) -> list[Trigger]:
    """All triggers of a sentence, in order, outside quotation marks."""
    found: list[Trigger] = []
    text, lows = scene.text, scene.text.lows
    i = sentence.first
    while i < sentence.last:
        if lows[i] not in table.heads:
            i += 1
            continue
        noun = table.nouns.longest(lows, i)
        verb = table.verbs.longest(lows, i)
        trigger = None
        off = table.flags.longest(lows, i) if verb else None
        if off is not None and off[0] > 1:
            verb = None  # "called off" is no call
        if (noun or verb) and (not scene.quoted(i) or _in_fragment(scene, sentence, i)):
            paired = noun is not None and lows[i + noun[0] : i + noun[0] + 1] == ["between"]
            if verb and not paired and (noun is None or verb[0] >= noun[0]):
                trigger = _verb(scene, sentence, number, i, verb)
            if trigger is None and noun and i + noun[0] <= sentence.last:
                trigger = _noun(text, sentence, number, i, noun, table)
        if trigger is not None:
            found.append(trigger)
        i = trigger.last if trigger is not None else i + 1
    return found


def _in_fragment(scene: Scene, sentence: Sentence, i: int) -> bool:
    """Whether the quotation around token i is a part of the writer's own sentence.

    'X said he "had a very good talk" with Y': it goes on from the writer's words, in lower case.
    """
    text = scene.text
    quotation = text.quotations[scene.quote_at[i]]
    first, last = quotation.first, quotation.last
    while first < last and text.lows[first] in _OPENING:
        first += 1
    before = quotation.first - 1
    if before >= sentence.first and text.lows[before] in _OPENING:
        before -= 1
    inside = before >= sentence.first and last <= sentence.last and first < last
    if not inside or last - first > _LONGEST_FRAGMENT:
        return False
    subject = text.lows[before] in _FRAGMENT_SUBJECTS or before + 1 in scene.ends
    return subject and text.words[first][0].islower()


_LONGEST_FRAGMENT = 14  # tokens
_FRAGMENT_SUBJECTS = frozenset("he she they it who had has have a an the his her their".split())


# --- verbs --------------------------------------------------------------------------------------
def _verb(
    scene: Scene, sentence: Sentence, number: int, i: int, found: tuple[int, Entry]
) -> Trigger | None:
    length, entry = found
    text, lows = scene.text, scene.text.lows
    group = group_start(text, sentence, i)
    before = lows[group - 1] if group > sentence.first else ""
    if group == i and not _may_be_verb(scene, sentence, i, before, entry):
        return None
    if group < i and entry.forms == {"s"}:
        return None  # "had calls": behind an auxiliary it is a noun
    trigger = Trigger("verb", entry, i, i + length, number, group)
    trigger.form = _form(lows, group, i, entry)
    auxiliaries = lows[group:i]
    trigger.passive = trigger.form == "participle" and bool(BE.intersection(auxiliaries))
    return trigger


def _may_be_verb(scene: Scene, sentence: Sentence, i: int, before: str, entry: Entry) -> bool:
    if "ing" in entry.forms:
        return before in _BEFORE_GERUND or i == sentence.first
    if "past" in entry.forms or "participle" in entry.forms:
        return before not in NOUN_LEFT - {"first", "last", "this", "that", "two", "three"}
    if i == sentence.first:
        return False
    if before in ("who", "which", "and", "they", "we", "i", "you"):
        return True
    j = i
    while j > sentence.first and _is_adverb(scene.text.lows[j - 1]):
        j -= 1
    subject = scene.ends.get(j)
    if subject is None:
        return False
    # "the Fox host", "Smith talks": a base form needs several subjects, an -s form one.
    joint = subject.first > sentence.first and scene.text.lows[subject.first - 1] == "and"
    return "s" in entry.forms or subject.plural or joint


_BEFORE_GERUND = frozenset(
    "after before while when by of for from since upon without following and , on is are was were "
    "been be avoid avoided avoiding considered denied to besides forward".split()
)


def _form(lows: list[str], group: int, i: int, entry: Entry) -> str:
    """past, participle, base (after to or a modal), s, or ing."""
    auxiliaries = frozenset(lows[group:i])
    if "ing" in entry.forms:
        return "ing"
    if auxiliaries & (BE | {"has", "have", "had", "having", "'ve"}) and "participle" in entry.forms:
        return "participle"
    if "past" in entry.forms:
        return "past"
    return "s" if "s" in entry.forms else "base"


def group_start(text: Text, sentence: Sentence, i: int) -> int:
    """First token of the verb group that ends at token i: auxiliaries, adverbs, negation, 'to'."""
    lows = text.lows
    j = i
    while j > sentence.first:
        low = lows[j - 1]
        if low == "'s" and (j < 2 or lows[j - 2] not in _CLITIC_SUBJECTS):
            break  # "today's meeting", not "he's meeting"
        if low in AUXILIARIES or low in _MODALS or low == "to" or _is_adverb(low):
            j -= 1
        else:
            break
    while j < i and (_is_adverb(lows[j]) and lows[j] not in ("not", "never", "n't")):
        j += 1
    return j


_CLITIC_SUBJECTS = frozenset("he she it that who there what here".split())
_MODALS = frozenset("can could may might should must cannot won't didn't hasn't haven't".split())


def _is_adverb(low: str) -> bool:
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in ("july", "italy"))


# --- nouns --------------------------------------------------------------------------------------
def _noun(
    text: Text,
    sentence: Sentence,
    number: int,
    i: int,
    found: tuple[int, Entry],
    table: Triggers,
) -> Trigger | None:
    length, entry = found
    last = i + length
    if last < sentence.last:
        # "meeting point", "talks process": a compound whose head is another noun
        following = table.nouns.longest(text.lows, last)
        if following:
            return None
    group = _phrase_start(text, sentence, i, table)
    while group - 2 >= sentence.first and _is_series(text.lows, group):
        group = _phrase_start(text, sentence, group - 2, table)
    trigger = Trigger("noun", entry, i, last, number, group)
    trigger.support = _support(text, sentence, group, table)
    before = text.lows[group - 1] if group > sentence.first else ""
    between = last < sentence.last and text.lows[last] == "between"
    paired = any("-" in word and word[0].isupper() for word in text.words[group:i])
    carried = trigger.support or before in _GOVERNORS or between or (paired and before == "to")
    if "supported_noun" in entry.frames and not carried:
        return None
    if _PRESS.intersection(text.lows[group:i]) and "conference" in text.lows[i:last]:
        return None
    if "panel" in text.lows[group:i]:
        return None  # "a panel discussion"
    owned = "'s" in text.lows[group:i]
    trigger.definite = owned or text.lows[group] in _DEFINITE
    return trigger


_PRESS = frozenset({"press", "news", "joint", "media"})  # a joint conference is one for the press
_DEFINITE = frozenset("the this these that their his her our your my".split())
# What may govern a noun that alone is too vague ("dialogue"): "after a dialogue with X".
_GOVERNORS = frozenset({"and", "for", "at", "during", "after", "in", "following"})


def _is_series(lows: list[str], group: int) -> bool:
    """'the latest round of trade talks': the phrase begins with the round."""
    return lows[group - 1] == "of" and lows[group - 2] in _SERIES


_SERIES = frozenset(
    "round rounds series agenda programme set day days number week hours couple".split()
)


def _phrase_start(text: Text, sentence: Sentence, i: int, table: Triggers) -> int:
    """First token of the noun phrase whose head is at i: determiner, adjectives, owners."""
    lows, words = text.lows, text.words
    j = i
    while j > sentence.first and i - j < _SPACE_MODIFIERS + 4:
        low = lows[j - 1]
        if low in _DETERMINERS:
            return j - 1
        if low in _CLOSING:
            opening = _quoted_modifier(text, sentence, j - 1)
            if opening is None:
                break
            j = opening
            continue
        if table.supports.longest(lows, j - 1) and not low.endswith("ing"):
            break
        if low in _PHRASE_BREAKS or not (words[j - 1][0].isalnum() or low in ("'s", "-", "–", "'")):
            break
        j -= 1
    return j


_DETERMINERS = frozenset("the a an this these his her its their our my your".split())
_CLOSING = frozenset({'"', "”", "»", "''"})
_OPENING = frozenset({'"', "“", "«", "``"})
_LONGEST_SCARE_QUOTE = 5  # tokens


def _quoted_modifier(text: Text, sentence: Sentence, closing: int) -> int | None:
    """The opening mark in 'held "frank and open" talks', whose closing mark is at `closing`."""
    for k in range(closing - 1, max(sentence.first, closing - _LONGEST_SCARE_QUOTE) - 1, -1):
        if text.lows[k] in _OPENING:
            return k if k < closing - 1 else None
        if not text.words[k][0].isalnum() and text.lows[k] != ",":
            return None
    return None


_PHRASE_BREAKS = frozenset(
    "of in on at to for from by with about and or but that which who is are was were be been has "
    "have had will would held hold holding holds had conducted began start started begin attended "
    "during after before following ahead until since between than as when while if said says said "
    "postponed cancelled canceled scheduled announced hosted hosting hosts continued resumed "
    "concluded concluding completed completing described noted welcomed proposed offered attending "
    "attend chairing chaired co-chaired paid pay paying having into via over through including "
    "joined".split()
)


def _support(text: Text, sentence: Sentence, group: int, table: Triggers) -> tuple[int, int] | None:
    """(group start, verb token) of the verb that carries the noun phrase starting at `group`."""
    lows = text.lows
    for j in range(group - 1, max(sentence.first - 1, group - 4), -1):
        found = table.supports.longest(lows, j)
        if found and j + found[0] == group:
            if "ing" in found[1].forms and j > sentence.first and lows[j - 1] == "the":
                return None
            return group_start(text, sentence, j), j
    return None
