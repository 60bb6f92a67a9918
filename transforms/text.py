"""Article text to tokens, sentences and quotations, every one with its code-point offsets.

Own code because of measured need: pysbd and syntok are unmaintained and break at ranks
("Lt. Gen."), and one tokenization has to serve sentences, names and cues. Everything is one pass
over the text; the only pattern used is a token pattern without nested repetition.

A paragraph ends at a line break; a quotation left open runs to the end of its paragraph, as
English typography has it for quotations over several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

# Initialisms with dots, numbers, words with inner hyphens and apostrophes, possessive 's, any mark.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:-\w+)*"
    r"|\d+(?:[.,:]\d+)*(?:-\w+)*\w*"
    r"|['’](?:s|re|ve|ll|m)\b"
    r"|\w+\.(?:com|org|net|gov|edu)\b"
    r"|\w+(?:-\w+|['’](?!(?:s|re|ve|ll|m)\b)\w+|&\w+)*"
    r"|\.\.+|--+|[^\w\s]"
)
_BLANK = re.compile(r"\n+")
_CLOSERS = frozenset("\"”’')]»")
_TERMINATORS = frozenset({".", "!", "?", "…", "..", "..."})
# Words that open a sentence after an abbreviation that may also end one ("in the U.S. The talks").
_OPENERS = frozenset(
    "The A An He She It They We I In On At But And This That These Those There His Her Their Its "
    "Earlier Meanwhile However After Before During While When If As For With Both Speaking Asked "
    "Last".split()
)
_OPENING = {"“": "”", "«": "»", "„": "“", "‘": "’"}
_MARKS = frozenset({*_OPENING, '"', "”", "'"})
_MAX_OPEN = 6  # paragraphs over which a quotation may stay open with no mark
_MAX_CLOSERS = 6  # closing marks in a row; more are no text
_MAX_SENTENCE = 400  # tokens; longer ones are cut, so that no rule meets an endless sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [first, last), code points [start, end), number of its paragraph."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks: tokens [first, last) without the marks.

    `closed` is False where the paragraph ends before the closing mark.
    """

    first: int
    last: int
    paragraph: int
    closed: bool


@dataclass(slots=True)
class Text:
    """A text read once: parallel token lists, sentences and quotations in order."""

    raw: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]
    quotations: list[Quotation]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points of tokens [first, last)."""
        return self.starts[first], self.ends[last - 1]

    def slice(self, first: int, last: int) -> str:
        """The text of tokens [first, last) as printed."""
        return self.raw[self.starts[first] : self.ends[last - 1]] if last > first else ""


def parse_text(raw: str, abbreviations: Collection[str] = ()) -> Text:
    """Tokenize a text and split it into sentences and quotations.

    `abbreviations` are lower-case words with their dot ("lt.") that do not end a sentence.
    """
    text = Text(raw, [], [], [], [], [], [])
    for number, (start, end) in enumerate(_paragraphs(raw)):
        first = len(text.words)
        _add_tokens(text, start, end, abbreviations)
        _add_sentences(text, first, number)
        inside = _closes_earlier(text, first, number)
        text.quotations.extend(_quotations(text.words, text.starts, text.ends, inside, number))
    return text


def begin_at(text: Text, first: int) -> None:
    """Leave what stands before token `first` (dateline, agency line) out of the sentences.

    Tokens keep their numbers; the sentence that holds `first` begins there.
    """
    kept = [sentence for sentence in text.sentences if sentence.last > first]
    if kept and kept[0].first < first:
        kept[0] = replace(kept[0], first=first, start=text.starts[first])
    text.sentences = kept


def _paragraphs(raw: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK.finditer(raw):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(raw):
        yield start, len(raw)


def _add_tokens(text: Text, start: int, end: int, abbreviations: Collection[str]) -> None:
    words, lows, starts, ends = text.words, text.lows, text.starts, text.ends
    for match in _TOKEN.finditer(text.raw, start, end):
        word, (at, after) = match.group(), match.span()
        if word == "." and ends and ends[-1] == at and at > start:
            before = words[-1] + "."
            initial = len(before) == 2 and before[0].isupper()
            if initial or before.lower() in abbreviations:
                words[-1], lows[-1], ends[-1] = before, before.lower(), after
                continue
        words.append(word)
        low = word.lower()
        if word == "&" and len(words) > 1 and (words[-2] == "," or words[-2].islower()):
            low = "and"  # "voiced concern over N, & underscored M"; a name keeps its "&"
        lows.append(low.replace("’", "'") if "’" in low else low)
        starts.append(at)
        ends.append(after)


def _add_sentences(text: Text, first: int, paragraph: int) -> None:
    words, last = text.words, len(text.words)
    begin = first
    for i in range(first, last):
        over_long = i - begin >= _MAX_SENTENCE
        may_end = not words[i][-1].isalnum()
        if i + 1 == last or over_long or (may_end and _ends_sentence(text, i, last)):
            sentence = Sentence(begin, i + 1, text.starts[begin], text.ends[i], paragraph)
            text.sentences.append(sentence)
            begin = i + 1


def _ends_sentence(text: Text, i: int, last: int) -> bool:
    """Whether the sentence ends after token i (closing marks belong to what they close)."""
    words = text.words
    end = i
    furthest = max(i - _MAX_CLOSERS, 0)
    while end > furthest and words[end] in _CLOSERS and text.starts[end] == text.ends[end - 1]:
        end -= 1
    following = words[i + 1]
    glued = text.starts[i + 1] == text.ends[i]
    if words[end] in _TERMINATORS:
        if glued and following in _CLOSERS:
            return False
        return _opens(following, glued) or (glued and _space_lost(words, end, following))
    abbreviation = len(words[end]) > 2 and words[end].endswith(".")
    return abbreviation and following in _OPENERS


def _opens(word: str, glued: bool) -> bool:
    return not word[0].islower() and word[0] not in ",;:" and (not glued or word[0] in "\"“‘«'")


def _space_lost(words: list[str], end: int, following: str) -> bool:
    """'…the weekend.The talks…': a full stop glued to the next sentence."""
    before = words[end - 1] if end else ""
    return len(before) > 2 and before.islower() and following[:2].istitle() and len(following) > 1


def opens_paragraph(text: Text, quotation: Quotation) -> bool:
    """Whether nothing but its mark stands before a quotation in its paragraph."""
    if quotation.first >= len(text.starts):  # a mark at the very end, with nothing behind it
        return False
    start = text.starts[quotation.first]
    if quotation.first == 0 or text.raw[start - 1] == "\n":
        return True
    mark = text.starts[quotation.first - 1]
    return mark == 0 or text.raw[mark - 1] == "\n"


def _closes_earlier(text: Text, first: int, paragraph: int) -> int:
    """Where quotations may begin: behind a mark that closes one left open paragraphs before.

    '"A! / B. / C," she wrote': the paragraphs between become quotations too.
    """
    words, open_quotation = text.words, text.quotations[-1] if text.quotations else None
    if open_quotation is None or open_quotation.closed:
        return first
    if not 0 < paragraph - open_quotation.paragraph <= _MAX_OPEN:
        return first
    mark = next((i for i in range(first, len(words)) if words[i] in _MARKS), None)
    if mark is None or mark == first or words[mark] not in ('"', "”"):
        return first
    glued = text.starts[mark] == text.ends[mark - 1] and not words[mark - 1][-1].isdigit()
    apart = mark + 1 == len(words) or text.starts[mark + 1] > text.ends[mark]
    if not (glued and apart):
        return first
    bounds: dict[int, tuple[int, int]] = {}
    for sentence in reversed(text.sentences):
        if sentence.paragraph <= open_quotation.paragraph:
            break
        if sentence.paragraph < paragraph:
            _, last = bounds.get(sentence.paragraph, (0, sentence.last))
            bounds[sentence.paragraph] = sentence.first, last
    for number, (begin, end) in sorted(bounds.items()):
        text.quotations.append(Quotation(begin, end, number, False))
    text.quotations.append(Quotation(first, mark, paragraph, True))
    return mark + 1


def _quotations(
    words: list[str], starts: list[int], ends: list[int], first: int, paragraph: int
) -> Iterator[Quotation]:
    """Quotations of one paragraph: outermost ones; a single quote inside double ones is content."""
    last = len(words)
    missing: set[str] = set()  # marks that close nothing more in this paragraph
    i = first
    while i < last:
        if words[i] not in _MARKS:
            i += 1
            continue
        closing = _closing_mark(words, starts, ends, i, first)
        if closing is None or closing in missing:
            i += 1
            continue
        end = i + 1
        while end < last and not _closes(words, starts, ends, end, closing):
            end += 1
        closed = end < last
        if closed or closing not in "'’":  # a lone apostrophe is no quotation left open
            yield Quotation(i + 1, end, paragraph, closed)
            i = end + 1
        else:
            missing.add(closing)
            i += 1


def _closing_mark(
    words: list[str], starts: list[int], ends: list[int], i: int, first: int
) -> str | None:
    word = words[i]
    if word in _OPENING:
        return _OPENING[word]
    if word == '"':
        return '"'
    if word == "”" and (i == first or starts[i] > ends[i - 1]):
        return "”"  # some outlets open with the closing mark
    follows_space = i == first or starts[i] > ends[i - 1]
    attached = i + 1 < len(words) and starts[i + 1] == ends[i]
    return "'" if word == "'" and follows_space and attached else None


def _reopens(words: list[str], starts: list[int], ends: list[int], i: int) -> bool:
    """A straight mark between a space and a word opens: a new paragraph's mark, run together."""
    spaced = i > 0 and starts[i] > ends[i - 1]
    return spaced and i + 1 < len(words) and starts[i + 1] == ends[i] and words[i + 1][0].isalnum()


def _closes(words: list[str], starts: list[int], ends: list[int], i: int, closing: str) -> bool:
    if words[i] == "”" and closing == '"':  # a straight mark, then a curly one
        return starts[i] == ends[i - 1]
    if words[i] != closing and not (closing == "”" and words[i] == '"'):
        return False
    if words[i] == '"' and _reopens(words, starts, ends, i):
        return False
    if closing not in "'’":
        return True
    # An apostrophe after a plural ("the sides' talks") closes nothing: a quotation ends with a
    # mark before it, or the word after it begins no new phrase.
    return words[i - 1] in ".,!?…" or (
        i + 1 < len(words) and not words[i + 1][0].isalnum() and not words[i - 1].endswith("s")
    )
