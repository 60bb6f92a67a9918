"""What was discussed and what came of it, in the text's own words.

A topic phrase ("exchanged views on", "the talks focused on") opens an object; the object ends with
its clause and is cut at ", and", "as well as" and list commas into short spans. An outcome is a
signed, adopted or agreed document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .inflection import inflect
from .lexicon import Lexicon
from .phrases import Phrases, words_of
from .text import Sentence, Text

Range = tuple[int, int]
MOST = 3  # spans a meeting may have in each field
_MAX_ITEM = 26  # tokens
_ENDS = frozenset('. ; ! ? " “ ” — – -- ( ) :'.split())
_CLAUSE = frozenset(
    "while who which where when said says told added according during after before noting "
    "stressing "
    "reports reported saying whether".split()
)
_SPEECH = frozenset("said says added reported reports told noted announced".split())
_LEADING = frozenset("in on the a an of about to also both and for with regarding".split())
_LONGEST_TITLE = 4  # tokens
_TITLES = frozenset(
    "premier chancellor king queen secretary ambassador envoy emir sultan prince governor".split()
)
_REMOTE = frozenset({"phone", "telephone", "video", "videoconference"})
_NOUNS_WITH_ON = frozenset({"on", "about", "over", "regarding", "concerning"})
_VERB_AFTER_AND = frozenset(
    "agreed stressed noted expressed signed reaffirmed underlined discussed urged reiterated "
    "called "
    "congratulate congratulated thanked underscored emphasized emphasised".split()
)


@dataclass(frozen=True, slots=True)
class TopicTable:
    """seeds/topic_phrases.csv compiled: what opens a topic or outcome, what is none."""

    openers: Phrases[tuple[str, str]]
    heads: frozenset[str]  # their first words
    objects: frozenset[str]
    empty: Phrases[bool]
    inner: Phrases[bool]


@lru_cache(maxsize=4)
def compile_topics(lexicon: Lexicon) -> TopicTable:
    """Compile the seed; cached by lexicon."""
    openers: Phrases[tuple[str, str]] = Phrases()
    empty: Phrases[bool] = Phrases()
    inner: Phrases[bool] = Phrases()
    rows = lexicon.tables["topic_phrases"]
    for row in rows:
        words = words_of(row["phrase"])
        if row["kind"] in ("topic", "outcome"):
            for spelling in set(inflect(words[0], row["past"]).values()):
                openers.add([spelling, *words[1:]], (row["kind"], row["phrase"]))
        elif row["kind"] == "empty":
            empty.add(words, True)
        elif row["kind"] == "opener":
            inner.add(words, True)
    objects = frozenset(row["phrase"] for row in rows if row["kind"] == "outcome_object")
    return TopicTable(openers, openers.heads(), objects, empty, inner)


def find_topics(
    text: Text, sentence: Sentence, table: TopicTable, quoted: frozenset[int]
) -> tuple[list[Range], list[Range]]:
    """(topics, outcomes) of a sentence as token ranges, in order."""
    topics: list[Range] = []
    outcomes: list[Range] = []
    i = sentence.first
    while i < sentence.last:
        if text.lows[i] not in table.heads:
            i += 1
            continue
        found = None if i in quoted else table.openers.longest(text.lows, i)
        if not found or _is_noun(text, sentence, i):
            i += 1
            continue
        start, (kind, _) = i + found[0], found[1]
        end = _object_end(text, sentence, start)
        if kind == "topic":
            topics += _items(text, start, end, table)
        elif _is_outcome(text, start, end, found[1][1], table) and not _is_denied(text, i):
            outcomes.append((start, end))
        i = max(end, i + 1)
    return topics, outcomes


def complement_topics(text: Text, sentence: Sentence, i: int, table: TopicTable) -> list[Range]:
    """Topics behind a meeting noun: 'talks on trade', 'negotiations over the border'."""
    if i < sentence.last and text.lows[i] in _NOUNS_WITH_ON:
        day = i + 1 < sentence.last and (text.words[i + 1][0].isdigit() or _is_day(text, i + 1))
        if not day:
            return _items(text, i + 1, _object_end(text, sentence, i + 1), table)
    return []


def _is_day(text: Text, i: int) -> bool:
    word = text.words[i]
    return word.endswith("day") or word in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "the",
    )  # fmt: skip


def _is_noun(text: Text, sentence: Sentence, i: int) -> bool:
    """'the review of', 'her focus on': an opener in the shape of a noun."""
    before = text.lows[i - 1] if i > sentence.first else ""
    return before in ("the", "a", "an", "his", "her", "its", "their", "of", "this", "no", "for")


def _is_outcome(text: Text, start: int, end: int, phrase: str, table: TopicTable) -> bool:
    if phrase in ("sign", "adopt", "initial"):
        return bool(table.objects.intersection(text.lows[start:end]))
    return end > start


def _is_denied(text: Text, i: int) -> bool:
    """'failed to agree on', 'did not sign'."""
    before = text.lows[max(0, i - 3) : i]
    return bool({"failed", "not", "never", "refused", "without", "unable"}.intersection(before))


def _object_end(text: Text, sentence: Sentence, start: int) -> int:
    lows = text.lows
    end = start
    while end < sentence.last:
        low = lows[end]
        if low in _ENDS and not (low == "-" and end > start):
            break
        if low in _CLAUSE and end > start:
            break
        following = lows[end + 1] if end + 1 < sentence.last else ""
        if low in (",", "and") and following in _VERB_AFTER_AND:
            break
        if low == "," and (following in _CLAUSE or _attributes(text, end + 1, sentence)):
            break
        if low == "with" and end + 1 < sentence.last and _names_person(text, end + 1):
            break
        if low in ("by", "over", "via") and following in _REMOTE and end > start:
            break
        if (
            low in ("in", "at")
            and following in ("a", "the")
            and _names_meeting(text, end, sentence)
        ):
            break
        end += 1
    while end > start and lows[end - 1] in (",", "and", "also"):
        end -= 1
    return end


def _attributes(text: Text, i: int, sentence: Sentence) -> bool:
    """', the ministry added.': a short subject and a verb of speech that end the sentence."""
    for k in range(i + 1, min(i + 6, sentence.last)):
        if text.lows[k] in _SPEECH:
            return k + 1 >= sentence.last or text.words[k + 1] in (".", ",")
        if text.words[k] == ",":
            return False
    return False


def _names_person(text: Text, i: int) -> bool:
    if text.lows[i] in ("his", "her", "president", "minister"):
        return True
    for k in range(i, min(i + _LONGEST_TITLE, len(text.words))):
        if not text.words[k][0].isupper():
            return k == i and text.lows[k] == "the" and _names_person(text, k + 1)
        if text.lows[k].endswith(("minister", "president")) or text.lows[k] in _TITLES:
            return True
    return False


def _names_meeting(text: Text, i: int, sentence: Sentence) -> bool:
    near = text.lows[i : min(i + 5, sentence.last)]
    return bool({"call", "meeting", "talks", "conversation", "phone", "telephone"} & set(near))


def _items(text: Text, start: int, end: int, table: TopicTable) -> list[Range]:
    """The object cut into short spans; items that name nothing are left out."""
    pieces = []
    for first, last in _pieces(text, start, end):
        piece = _trimmed(text, first, last, table)
        if piece is not None:
            pieces.append(piece)
    return pieces


def _pieces(text: Text, start: int, end: int) -> list[Range]:
    lows = text.lows
    pieces: list[Range] = []
    first = i = start
    while i < end:
        step = _cut(lows, first, i, end)
        if step and i > first:
            pieces.append((first, i))
            first = i = i + step
            continue
        i += 1
    pieces.append((first, end))
    return pieces


def _cut(lows: list[str], first: int, i: int, end: int) -> int:
    """How many tokens part two items at token i, 0 if none."""
    rest = lows[i : min(i + 5, end)]
    for words in ([",", "as", "well", "as"], ["as", "well", "as"], ["and", "in"]):
        if rest[: len(words)] == words:
            return len(words)
    if rest[:2] == [",", "and"] and i - first > 2 and "," not in lows[first:i]:
        return 2
    if rest[:1] == [";"]:
        return 1
    # A comma parts items where an article or preposition opens the next one.
    if rest[:1] == [","] and len(rest) > 1 and rest[1] in ("the", "including", "in", "and", "a"):
        return 1
    return 0


def _trimmed(text: Text, first: int, last: int, table: TopicTable) -> Range | None:
    lows = text.lows
    for i in range(first, last):
        found = table.inner.longest(lows, i)
        if found and i + found[0] < last and (i <= first + 1 or lows[i] in ("including", "such")):
            first = i + found[0]
            break
    while first < last and lows[first] in (
        "in",
        "also",
        "and",
        ",",
        "of",
        "on",
        "about",
        "to",
        "as",
    ):
        first += 1
    while last > first and lows[last - 1] in (",", "and", "also"):
        last -= 1
    if last <= first or last - first > _MAX_ITEM:
        return None
    at = first + 1 if lows[first] in ("the", "a", "an") and first + 1 < last else first
    if table.empty.longest(lows, first) or table.empty.longest(lows, at):
        return None
    alone = last - first == 1 and (lows[first] in _LEADING or lows[first] in ("it", "this", "them"))
    return None if alone else (first, last)
