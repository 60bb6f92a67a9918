"""When a statement was made, and through whom it came: what stands around an attribution.

`said_on` is a date beside the cue ("said on Thursday", "on Thursday told reporters"), never one
inside the content. `reported_by` is the chain that the sentence names: "Trend, citing the Defense
Ministry", "…, Reuters reported".
"""

from __future__ import annotations

from datetime import date

from .dates import Anchor, DateMention, find_dates, resolve_date
from .found import FoundStatement
from .lexicon import Lexicon
from .people import Cast
from .records import Article
from .text import Text

_NEAR = 8  # tokens between cue and date: "said in an interview with state television on Thursday"
_COMING = frozenset({"will", "shall", "'ll"})
_CITING = frozenset({"citing", "quoting"})
_REFERRING = frozenset({"referring", "reference"})


def find_said_on(
    article: Article, text: Text, lexicon: Lexicon, found: FoundStatement
) -> date | None:
    """The day on which a statement was made, where the words beside its cue give one."""
    if found.cue is None:
        return None
    sentence = text.sentences[found.sentence]
    published = article.published_at.date() if article.published_at else None
    anchor = Anchor(article.dateline_date, published)
    for mention in find_dates(text, sentence, lexicon):
        if _beside(mention, found):
            resolved = resolve_date(mention, anchor, _tense(text, found.cue[0]))
            if resolved is not None and resolved.precision == "day":
                return resolved.start
    return None


def _tense(text: Text, cue: int) -> str:
    """'will call for … on Sunday' is the Sunday to come, 'called for' the one before."""
    before = text.lows[max(cue - 3, 0) : cue]
    return "past" if _COMING.isdisjoint(before) else "future"


def _beside(mention: DateMention, found: FoundStatement) -> bool:
    inside = any(start <= mention.first < stop for start, stop in found.contents)
    if inside or found.cue is None:
        return False
    first, last = found.cue
    return first - _NEAR <= mention.last <= first or last <= mention.first <= last + _NEAR


def find_reported_by(article: Article, text: Text, cast: Cast, found: FoundStatement) -> str | None:
    """The chain of reporters that the statement's sentence names, or None."""
    sentence = text.sentences[found.sentence]
    begins = {mention.first: mention for mention in cast.by_sentence[found.sentence]}
    inside = {token for start, stop in found.contents for token in range(start, stop)}
    for token in range(sentence.first, sentence.last - 1):
        low = text.lows[token]
        if token in inside or low not in _CITING | _REFERRING:
            continue
        source = begins.get(token + 1 if low in _CITING else token + 2)
        if source is not None:
            cited = text.slice(source.first, source.last)
            return f"{article.agency}, citing {cited}" if article.agency else cited
    return None
