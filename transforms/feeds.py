"""RSS and Atom to entries, by feedparser; JSON Feed to entries; lists of addresses to addresses.

feedparser gets bytes in a stream and nothing else (a str it would open as a path or fetch). Its own
dates are not used: it reads times with no zone, and zones that it does not know, as UTC, and makes
30 February the first of March. Dates are read from the entry's words by `normalize_instant`. It
reads 2,500 entries a second, so a feed is cut behind the first MAX_ENTRIES, and says so.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import feedparser  # type: ignore[import-untyped]
import re2  # type: ignore[import-untyped]

from .cleaning import (
    UnusableError,
    normalize_address,
    normalize_instant,
    normalize_line,
    normalize_paragraphs,
    parse_bytes,
)
from .pages import parse_fragment

MAX_BYTES = 20_000_000
MAX_ENTRIES = 5_000
_MAX_OPEN_COMMENTS = 1_000  # feedparser's time grows with the square of unclosed "<!--"
_TEASER = 250  # characters; an entry's shorter text, with a link, announces the page
_MORE = ("...", "…", "[…]", "[...]", "»", "Read more", "Continue reading")
_JSON_FEED = "https://jsonfeed.org/version/"
_BEGINNINGS = re2.compile(rb"(?i)<(?:item|entry)[\s>]")
_ROOT = re2.compile(rb"<([A-Za-z][\w.:-]*)[\s>]")
_ENDINGS = (b"</rss>", b"</feed>", b":rdf>", b"</rdf>", b":feed>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `text` where the feed carries the article itself, `url` where it has a page."""

    text: str | None
    url: str | None
    external_id: str | None
    title: str | None
    authors: str | None
    published_at: datetime | None
    published_precision: str | None
    modified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own name and language, and its entries in order.

    `is_cut` if its end is missing; `is_long` if there are more entries than were read.
    """

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    is_cut: bool
    is_long: bool = False


def parse_feed(
    payload: bytes, media_type: str = "", url: str | None = None, zone: tzinfo | None = None
) -> Feed:
    """Read a feed from its bytes; `url` resolves relative links, `zone` is for times without one.

    Raises UnusableError: too_large over MAX_BYTES, bad_feed for what is neither RSS nor Atom.
    """
    if len(payload) > MAX_BYTES:
        raise UnusableError("too_large", f"{len(payload)} bytes, {MAX_BYTES} are read")
    if payload.count(b"<!--") - payload.count(b"-->") > _MAX_OPEN_COMMENTS:
        raise UnusableError("bad_feed", "comments that do not end")
    kept = _shortened(payload)
    headers = {"content-type": media_type or "application/xml"}
    if url:
        headers["content-location"] = url
    read = feedparser.parse(io.BytesIO(kept), response_headers=headers, sanitize_html=False)
    if not read.get("version") and not read.entries:
        raise UnusableError("bad_feed", "neither RSS nor Atom")
    return Feed(
        title=_line(read.feed.get("title")),
        language=read.feed.get("language"),
        entries=tuple(_entry(entry, zone) for entry in read.entries),
        is_cut=not payload[-400:].lower().rstrip().endswith(_ENDINGS),
        is_long=kept is not payload,
    )


def _shortened(payload: bytes) -> bytes:
    """The feed up to its MAX_ENTRIES-th entry, closed there; the very payload if it has fewer."""
    begins = [match.start() for match in _BEGINNINGS.finditer(payload)]
    if len(begins) <= MAX_ENTRIES:
        return payload
    root = _ROOT.search(payload)
    name = root[1] if root else b"rss"
    channel = b"</channel>" if name.lower() == b"rss" else b""
    return payload[: begins[MAX_ENTRIES]] + channel + b"</" + name + b">"


def is_json_feed(fields: Any) -> bool:
    """Whether a JSON object is a JSON Feed."""
    version = fields.get("version") if isinstance(fields, dict) else None
    return isinstance(version, str) and version.startswith(_JSON_FEED)


def parse_json_feed(payload: bytes, zone: tzinfo | None = None) -> Feed:
    """Read a JSON Feed. Raises UnusableError: bad_feed for what is none, and as `parse_bytes`."""
    try:
        fields = json.loads(parse_bytes(payload))
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnusableError):
            raise
        raise UnusableError("bad_feed", "no JSON") from error
    items = fields.get("items") if is_json_feed(fields) else None
    if not isinstance(items, list):
        raise UnusableError("bad_feed", "no JSON Feed")
    entries = [_json_entry(item, zone) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return Feed(
        title=_line(fields.get("title")),
        language=_line(fields.get("language")),
        entries=tuple(entries),
        is_cut=False,
        is_long=len(items) > MAX_ENTRIES,
    )


def _json_entry(item: dict[str, Any], zone: tzinfo | None) -> Entry:
    url, text = item.get("url"), item.get("content_text")
    published = _instant(item.get("date_published"), zone)
    modified = _instant(item.get("date_modified"), zone)
    html = item.get("content_html")
    body = parse_fragment(html) if isinstance(html, str) else ""
    if not body and isinstance(text, str):
        body = normalize_paragraphs(text)
    has_page = isinstance(url, str) and bool(normalize_address(url))
    authors = item.get("authors") or [item.get("author")]
    names = [_line(each.get("name")) for each in authors if isinstance(each, dict)]
    identifier = item.get("id")
    return Entry(
        text=_article(body, has_page),
        url=normalize_line(str(url)) if has_page else None,
        external_id=_line(str(identifier)) if isinstance(identifier, str | int) else None,
        title=_line(item.get("title")),
        authors="; ".join(dict.fromkeys(filter(None, names))) or None,
        published_at=published[0] if published else None,
        published_precision=published[1] if published else None,
        modified_at=modified[0] if modified and modified[1] == "second" else None,
    )


def parse_addresses(payload: bytes) -> Iterator[tuple[int, str, str | None]]:
    """A list of addresses, one a line, "#" for comments: (line number, line, address or None).

    Raises UnusableError as `parse_bytes` does.
    """
    for number, line in enumerate(parse_bytes(payload).splitlines(), start=1):
        entry = normalize_line(line)
        if entry and not entry.startswith("#"):
            yield number, entry, entry if normalize_address(entry) else None


def _entry(entry: Any, zone: tzinfo | None) -> Entry:
    updated = dict.get(entry, "updated")  # FeedParserDict.get would fall back on `published`
    published = _instant(entry.get("published") or updated, zone)
    modified = _instant(updated, zone)
    link = entry.get("link") or ""
    return Entry(
        text=_text(entry, has_page=bool(normalize_address(link))),
        url=normalize_line(link) if normalize_address(link) else None,
        external_id=_line(entry.get("id")),
        title=_title(entry),
        authors=_authors(entry),
        published_at=published[0] if published else None,
        published_precision=published[1] if published else None,
        modified_at=modified[0] if modified and modified[1] == "second" else None,
    )


def _text(entry: Any, has_page: bool) -> str | None:
    """The entry's text, if it is the article: all there is, or too long to be a teaser."""
    parts = entry.get("content") or ([] if has_page else [entry.get("summary_detail") or {}])
    texts = (_plain(part.get("value") or "", part.get("type") or "") for part in parts)
    return _article(max(texts, key=len, default=""), has_page)


def _article(text: str, has_page: bool) -> str | None:
    announces = has_page and (len(text) < _TEASER or text.endswith(_MORE))
    return None if announces or not text else text


def _plain(value: str, kind: str) -> str:
    return normalize_paragraphs(value) if kind == "text/plain" else parse_fragment(value)


def _title(entry: Any) -> str | None:
    detail = entry.get("title_detail") or {}
    title = str(detail.get("value") or "")
    is_plain = detail.get("type") == "text/plain" or not {"<", "&"} & set(title)
    return _line(title if is_plain else parse_fragment(title))


def _authors(entry: Any) -> str | None:
    named = (_line(author.get("name")) for author in entry.get("authors") or ())
    return "; ".join(dict.fromkeys(filter(None, named))) or None


def _instant(value: Any, zone: tzinfo | None) -> tuple[datetime, str] | None:
    return normalize_instant(value, zone) if isinstance(value, str) else None


def _line(value: Any) -> str | None:
    return normalize_line(value) or None if isinstance(value, str) else None
