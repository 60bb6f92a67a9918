"""Found statements to rows of the contract: ids, names, contents as printed, spans."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from .circumstances import find_reported_by, find_said_on
from .confidence import estimate_confidence
from .content_ends import Range
from .found import FoundMiss, FoundStatement
from .lexicon import Lexicon
from .people import Cast, Entity
from .records import Article, Miss, Span, Statement
from .text import Text


def statement_rows(
    article: Article,
    text: Text,
    cast: Cast,
    lexicon: Lexicon,
    found: Iterable[FoundStatement],
) -> tuple[list[Statement], list[Span]]:
    """Rows for all statements of one article, and the spans of their values."""
    statements: list[Statement] = []
    spans: list[Span] = []
    for statement in found:
        row = _row(article, text, cast, lexicon, statement)
        statements.append(row)
        spans += _spans(row, text, statement)
    return statements, spans


def miss_rows(article: Article, kind: str, misses: Iterable[FoundMiss]) -> list[Miss]:
    """Rows for phrases that fired and yielded nothing, one a stretch of text."""
    unique = {(miss.start, miss.end): miss for miss in misses}
    return [
        Miss(
            article_id=article.article_id,
            kind=kind,
            start=miss.start,
            end=miss.end,
            reason=miss.reason,
            coder_version=article.coder_version,
        )
        for _, miss in sorted(unique.items())
    ]


def _row(
    article: Article, text: Text, cast: Cast, lexicon: Lexicon, found: FoundStatement
) -> Statement:
    sentence = text.sentences[found.sentence]
    entity = found.entity or Entity("", "unnamed")
    mention = found.speaker
    kind = "person" if entity.kind == "name" else entity.kind
    return Statement(
        statement_id=_statement_id(article, found, text),
        article_id=article.article_id,
        speaker_name=entity.name or None,
        speaker_mention=text.slice(mention.first, mention.last) if mention else None,
        speaker_kind=kind if entity.name else None,
        speaker_role=entity.role,
        speaker_role_code=entity.role_code,
        speaker_organization=entity.organization,
        speaker_country=entity.country,
        cue=_printed(text, found.cue),
        cue_lemma=found.lemma,
        speech_act=found.speech_act,
        form=found.form,
        content=" ".join(text.slice(*part) for part in found.contents),
        addressee=_printed(text, found.addressee),
        countries_mentioned=_countries(text, lexicon, found.contents),
        said_on=find_said_on(article, text, lexicon, found),
        reported_by=find_reported_by(article, text, cast, found),
        sentence_text=text.raw[sentence.start : sentence.end],
        confidence=estimate_confidence(found, lexicon),
        coder_version=article.coder_version,
    )


def _printed(text: Text, tokens: Range | None) -> str | None:
    return text.slice(*tokens) if tokens else None


def _countries(text: Text, lexicon: Lexicon, contents: list[Range]) -> str | None:
    codes = set()
    for start, stop in contents:
        token = start
        while token < stop:
            found = (
                lexicon.names.longest(text.words, token) if text.words[token][0].isupper() else None
            )
            if found and found[1].kind in ("country", "adjective", "people") and found[1].code:
                codes.add(found[1].code)
            token += found[0] if found else 1
    return "; ".join(sorted(codes)) or None


def _statement_id(article: Article, found: FoundStatement, text: Text) -> str:
    start = text.starts[found.contents[0][0]]
    cue = text.starts[found.cue[0]] if found.cue else -1
    key = f"{article.article_id}\n{start}\n{text.ends[found.contents[-1][1] - 1]}\n{cue}"
    return "s" + hashlib.sha256(key.encode()).hexdigest()[:20]


def _spans(row: Statement, text: Text, found: FoundStatement) -> list[Span]:
    sentence = text.sentences[found.sentence]
    parts = [("content", text.span(*part)) for part in found.contents]
    if found.cue:
        parts.append(("cue", text.span(*found.cue)))
    if found.speaker:
        parts.append(("speaker", text.span(found.speaker.first, found.speaker.last)))
    if found.addressee:
        parts.append(("addressee", text.span(*found.addressee)))
    parts.append(("sentence", (sentence.start, sentence.end)))
    seen: dict[str, int] = {}
    spans = []
    for field, (start, end) in parts:
        seen[field] = seen.get(field, 0) + 1
        spans.append(
            Span(
                owner_id=row.statement_id,
                field=field,
                ordinal=seen[field],
                start=start,
                end=end,
                text=text.raw[start:end],
                coder_version=row.coder_version,
            )
        )
    return spans
