"""The table of contents: one article in, its meetings, statements, spans and misses out.

    text       tokens, sentences, quotations               text.py
    cast       mentions and who they are                   mentions.py, people.py
    meetings   who met whom                                meetings.py
    statements who said what                               statements.py
    rows       records of the contract, with spans         *_rows.py

Pure: the same article and lexicon give the same rows, whatever ran before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .lexicon import Lexicon
from .people import find_cast
from .records import Article, Meeting, Miss, Participant, Span, Statement
from .statement_rows import miss_rows, statement_rows
from .statements import find_statements
from .text import parse_text


@dataclass(slots=True)
class Extraction:
    """All rows that one article gives."""

    meetings: list[Meeting] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)


def extract(article: Article, lexicon: Lexicon) -> Extraction:
    """Read one article. Never raises on text, however odd; every offset points into article.text."""
    text = parse_text(article.text, lexicon.abbreviations)
    cast = find_cast(text, lexicon, article.title, article.dateline_country)
    found = find_statements(text, cast, lexicon)
    extraction = Extraction()
    statements, spans = statement_rows(article, text, cast, lexicon, found.statements)
    extraction.statements += statements
    extraction.spans += spans
    extraction.misses += miss_rows(article, "statement", found.misses)
    return extraction
