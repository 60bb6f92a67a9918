"""One article read on the spot, for `readout text`: nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transforms.articles import build_article
from transforms.documents import Document, Rejection, split_jsonl
from transforms.extraction import extract
from transforms.raw_record import RawRecord
from transforms.records import Article

from .local import read_file
from .page_worker import parse_limited
from .settings import coder_version, lexicon

STDIN = "-"


class UnreadableError(Exception):
    """There is no article to be read; the message says why."""


def read_text(name: str, wanted: str | None = None) -> dict[str, Any]:
    """Everything found in the article of a file, or of stdin for "-", as JSON-ready values.

    `wanted` is the article_id or external_id of one article where the file holds several. Raises
    UnreadableError, and OSError for a file that can't be opened.
    """
    records = _stdin() if name == STDIN else read_file(Path(name))
    reasons: list[str] = []
    found: dict[str, Article] = {}
    for article in _articles(records, reasons):
        if wanted is None or wanted in (article.article_id, article.external_id):
            found[article.article_id] = article
    if not found:
        what = "no article" if wanted is None else f"no article {wanted!r}"
        raise UnreadableError(f"{what} in {name}: {'; '.join(reasons[:3]) or 'none there'}")
    if len(found) > 1:
        raise UnreadableError(f"{len(found)} articles in {name}; choose one with --id")
    (article,) = found.values()
    return _as_json(article)


def _stdin() -> Iterator[RawRecord]:
    """Standard input as one record: JSON by its brace, a page by its bracket, text otherwise."""
    payload = sys.stdin.buffer.read()
    head = payload.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if head == b"{":
        yield from split_jsonl(payload.splitlines(keepends=True), "file:stdin")
    else:
        media_type = "text/html" if head == b"<" else "text/plain"
        yield RawRecord("file:stdin", media_type, payload)


def _articles(records: Iterator[RawRecord], reasons: list[str]) -> Iterator[Article]:
    for record in records:
        for item in parse_limited(record):
            read: Article | Rejection | None = None
            if isinstance(item, Document):
                read = build_article(item, lexicon(), coder_version())
            elif isinstance(item, Rejection):
                read = item
            if isinstance(read, Rejection):
                reasons.append(f"{read.reason} ({read.detail})" if read.detail else read.reason)
            elif read is not None:
                yield read


def _as_json(article: Article) -> dict[str, Any]:
    """The article, its meetings with their participants, its statements, each with its spans."""
    found = extract(article, lexicon())
    spans: dict[str, list[dict[str, Any]]] = {}
    for span in found.spans:
        spans.setdefault(span.owner_id, []).append(_without(asdict(span), "owner_id"))
    participants: dict[str, list[dict[str, Any]]] = {}
    for party in found.participants:
        row = _without(asdict(party), "meeting_id")
        participants.setdefault(party.meeting_id, []).append(row)
    meetings = [
        asdict(meeting)
        | {
            "participants": participants.get(meeting.meeting_id, []),
            "spans": spans.get(meeting.meeting_id, []),
        }
        for meeting in found.meetings
    ]
    statements = [
        asdict(statement) | {"spans": spans.get(statement.statement_id, [])}
        for statement in found.statements
    ]
    return {
        "article": asdict(article),
        "meetings": meetings,
        "statements": statements,
        "misses": [asdict(miss) for miss in found.misses],
    }


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
