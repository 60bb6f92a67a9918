"""Raw records to documents: what each kind of input says, under the names that articles have.

`parse_record` asks the record's media type which reader it is for; a reader raises `UnusableError`
where no article can be made, and that becomes a `Rejection`, so that nothing is lost without a
reason. Readers see bytes and give values; which of them make up an article's identity is decided in
articles.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from .cleaning import (
    UnusableError,
    normalize_address,
    normalize_instant,
    normalize_line,
    normalize_plain,
    parse_bytes,
)
from .document import Document, Link, Parsed, Rejection, address_of, blank, zone_of
from .feeds import is_json_feed
from .listings import read_feed, read_json_feed, read_list
from .page_facts import nearest, normalize_language
from .page_rules import NO_RULES, PageRules
from .pages import Page, parse_fragment, parse_page, parse_page_text
from .raw_record import FAILURE_TYPE, Hints, RawRecord
from .wires import parse_date_mark

__all__ = [
    "Document",
    "Link",
    "Parsed",
    "Rejection",
    "parse_media_type",
    "parse_record",
    "split_jsonl",
]

JSONL_TYPE = "application/x-ndjson"
_MILLISECONDS = 100_000_000_000  # a number over this (the year 5138 in seconds) counts them


def parse_record(record: RawRecord, rules: PageRules = NO_RULES) -> list[Parsed]:
    """Read a raw record: its articles, links and rejections in the order they stand in it.

    `rules` is what the seeds know of pages.
    """
    kind, _ = parse_media_type(record.media_type)
    try:
        if kind in _PAGE_READERS:
            return _PAGE_READERS[kind](record, rules)
        if kind in _READERS:
            return _READERS[kind](record)
    except UnusableError as error:
        return [Rejection(error.reason, error.detail, record.uri)]
    return [Rejection("unsupported", record.media_type or "no media type", record.uri)]


def parse_media_type(value: str) -> tuple[str, str | None]:
    """A Content-Type as (type in lower case, charset or None)."""
    kind, *parameters = value.split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    charsets = (
        text.strip(" \t\"'") for name, _, text in pairs if name.strip().lower() == "charset"
    )
    return kind.strip().lower(), next(filter(None, charsets), None)


def split_jsonl(lines: Iterable[bytes], uri: str, source_id: str = "local") -> Iterator[RawRecord]:
    """The lines of a JSONL file as raw records, one for each line that is not blank."""
    for line in lines:
        payload = line.strip().removeprefix(b"\xef\xbb\xbf")
        if payload:
            yield RawRecord(uri, JSONL_TYPE, payload, source_id)


# --- pages and text -----------------------------------------------------------------------------


def _read_page(record: RawRecord, rules: PageRules) -> list[Parsed]:
    _, charset = parse_media_type(record.media_type)
    page = parse_page(record.payload, charset, address_of(record), zone_of(record), rules)
    return [_from_page(record, page)]


def _from_page(record: RawRecord, page: Page) -> Document:
    hints = record.hints or Hints()
    published = _published(page, hints)
    return replace(
        blank(record, page.text),
        canonical_url=page.canonical_url,
        title=page.title or hints.title,
        authors=page.authors,
        section=page.section,
        publisher=record.publisher or page.publisher,
        language=page.language or hints.language,
        published_at=published[0],
        published_precision=published[1],
        published_basis=published[2],
        modified_at=page.modified_at,
        is_free=page.is_free,
    )


def _published(page: Page, hints: Hints) -> tuple[datetime | None, str | None, str | None]:
    """The feed's date before the page's own; the page's instant, where the feed has but its day."""
    own = (page.published_at, page.published_precision, page.published_basis)
    if hints.published_at is None or hints.published_precision is None:
        return own
    found = [(hints.published_at, hints.published_precision, "feed")]
    if own[0] is not None and own[1] is not None and own[2] is not None:
        found.append((own[0], own[1], own[2]))
    return nearest(found)


def _read_text(record: RawRecord, rules: PageRules) -> list[Parsed]:
    _, charset = parse_media_type(record.media_type)
    source = parse_bytes(record.payload, charset)
    if source[:2_000].lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype html", "<html")):
        page = parse_page_text(source, address_of(record), zone_of(record), rules)
        return [_from_page(record, page)]
    day, rest = parse_date_mark(source)
    text = normalize_plain(rest)
    if not text:
        raise UnusableError("empty")
    document = blank(record, text)
    if day is not None:
        document = replace(
            document, published_at=day, published_precision="day", published_basis="input"
        )
    return [document]


# --- JSON ---------------------------------------------------------------------------------------


def _read_json(record: RawRecord, rules: PageRules) -> list[Parsed]:
    source = parse_bytes(record.payload)
    try:
        fields = json.loads(source)
    except RecursionError as error:
        raise UnusableError("bad_json", "nested too deep") from error
    except ValueError as error:
        raise UnusableError("bad_json", normalize_line(str(error))[:200]) from error
    if not isinstance(fields, dict):
        raise UnusableError("bad_json", "no JSON object")
    if is_json_feed(fields):
        return read_json_feed(record)
    return [_from_fields(record, fields, rules)]


def _from_fields(record: RawRecord, fields: Mapping[str, Any], rules: PageRules) -> Document:
    body, html = _string(fields, "text"), _string(fields, "html")
    if body is None and html is None:
        raise UnusableError("bad_record", "neither text nor html")
    url = _string(fields, "url")
    document = replace(blank(record, ""), url=url or address_of(record))
    if body is not None and body.strip():
        document = replace(document, text=normalize_plain(body))
    elif html is not None:
        page = _json_page(html, url, zone_of(record), rules)
        document = replace(_from_page(record, page), url=document.url)
    if not document.text:
        raise UnusableError("empty")
    return _with_fields(document, fields, record)


def _json_page(html: str, url: str | None, zone: tzinfo | None, rules: PageRules) -> Page:
    """A page, or a piece of one: short articles are kept, since the line says that it is one."""
    try:
        return parse_page_text(html, url, zone, rules)
    except UnusableError as error:
        text = parse_fragment(html) if error.reason == "no_article_text" else ""
        if not text:
            raise
        return Page(text=text)


def _with_fields(document: Document, fields: Mapping[str, Any], record: RawRecord) -> Document:
    """The document with what the line says of it; the line is believed before the page."""
    published = _moment(fields.get("published"))
    modified = _moment(fields.get("modified"))
    canonical = normalize_address(_string(fields, "canonical_url") or "")
    if published is not None:
        document = replace(
            document,
            published_at=published[0],
            published_precision=published[1],
            published_basis="input",
        )
    return replace(
        document,
        external_id=_identifier(fields.get("id")),
        canonical_url=canonical or document.canonical_url,
        title=_line(fields, "title") or document.title,
        authors=_authors(fields) or document.authors,
        section=_line(fields, "section") or document.section,
        publisher=_line(fields, "publisher") or record.publisher or document.publisher,
        language=normalize_language(_string(fields, "language")) or document.language,
        modified_at=modified[0] if modified else document.modified_at,
    )


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value
    raise UnusableError("bad_record", f"{name} is no string but {type(value).__name__}")


def _line(fields: Mapping[str, Any], name: str) -> str | None:
    return normalize_line(_string(fields, name) or "") or None


def _identifier(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnusableError("bad_record", f"id is no string but {type(value).__name__}")
    return normalize_line(str(value)) or None


def _authors(fields: Mapping[str, Any]) -> str | None:
    value = fields.get("authors", fields.get("author"))
    names = value if isinstance(value, list) else [value]
    lines = (normalize_line(name) for name in names if isinstance(name, str))
    return "; ".join(filter(None, lines)) or None


def _moment(value: Any) -> tuple[datetime, str] | None:
    """A date in words or a count of seconds or milliseconds since 1970; None if unreadable."""
    if isinstance(value, str):
        return normalize_instant(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = value / 1000 if abs(value) > _MILLISECONDS else value
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return (moment, "second") if 1970 < moment.year <= 2100 else None


# --- failures, and who reads what ---------------------------------------------------------------


def _read_failure(record: RawRecord) -> list[Parsed]:
    failure = json.loads(record.payload)
    return [Rejection(failure["reason"], failure.get("detail"), record.uri)]


_PAGE_READERS: dict[str, Callable[[RawRecord, PageRules], list[Parsed]]] = {
    "text/html": _read_page,
    "application/xhtml+xml": _read_page,
    "text/plain": _read_text,
    "text/markdown": _read_text,
    "application/json": _read_json,
    "application/ld+json": _read_json,
    JSONL_TYPE: _read_json,
}
_READERS: dict[str, Callable[[RawRecord], list[Parsed]]] = {
    "application/feed+json": read_json_feed,
    "application/rss+xml": read_feed,
    "application/atom+xml": read_feed,
    "application/rdf+xml": read_feed,
    "application/xml": read_feed,
    "text/xml": read_feed,
    "text/uri-list": read_list,
    FAILURE_TYPE: _read_failure,
}
