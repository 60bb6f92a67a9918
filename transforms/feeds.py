"""RSS and Atom to entries, by feedparser; lists of addresses to addresses.

feedparser gets bytes in a stream and nothing else (a str it would open as a path or fetch). Its own
dates are not used: it reads times with no zone, and zones that it does not know, as UTC, and makes
30 February the first of March. Dates are read from the entry's words by `normalize_instant`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]

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
_MAX_OPEN_COMMENTS = 1_000  # feedparser's time grows with the square of unclosed "<!--"
_TEASER = 250  # characters; an entry's shorter text, with a link, announces the page
_MORE = ("...", "…", "[…]", "[...]", "»", "Read more", "Continue reading")
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
    """A feed's own name and language, and its entries in order; `is_cut` if its end is missing."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    is_cut: bool


def parse_feed(payload: bytes, media_type: str = "", url: str | None = None) -> Feed:
    """Read a feed from its bytes; `url` resolves relative links.

    Raises UnusableError: too_large over MAX_BYTES, bad_feed for what is neither RSS nor Atom.
    """
    if len(payload) > MAX_BYTES:
        raise UnusableError("too_large", f"{len(payload)} bytes, {MAX_BYTES} are read")
    if payload.count(b"<!--") - payload.count(b"-->") > _MAX_OPEN_COMMENTS:
        raise UnusableError("bad_feed", "comments that do not end")
    headers = {"content-type": media_type or "application/xml"}
    if url:
        headers["content-location"] = url
    read = feedparser.parse(io.BytesIO(payload), response_headers=headers, sanitize_html=False)
    if not read.get("version") and not read.entries:
        raise UnusableError("bad_feed", "neither RSS nor Atom")
    return Feed(
        title=_line(read.feed.get("title")),
        language=read.feed.get("language"),
        entries=tuple(map(_entry, read.entries)),
        is_cut=not payload[-400:].lower().rstrip().endswith(_ENDINGS),
    )


def parse_addresses(payload: bytes) -> Iterator[tuple[int, str, str | None]]:
    """A list of addresses, one a line, "#" for comments: (line number, line, address or None).

    Raises UnusableError as `parse_bytes` does.
    """
    for number, line in enumerate(parse_bytes(payload).splitlines(), start=1):
        entry = normalize_line(line)
        if entry and not entry.startswith("#"):
            yield number, entry, entry if normalize_address(entry) else None


def _entry(entry: Any) -> Entry:
    updated = dict.get(entry, "updated")  # FeedParserDict.get would fall back on `published`
    published, modified = _instant(entry.get("published") or updated), _instant(updated)
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
    text = max(texts, key=len, default="")
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


def _instant(value: Any) -> tuple[datetime, str] | None:
    return normalize_instant(value) if isinstance(value, str) else None


def _line(value: Any) -> str | None:
    return normalize_line(value) or None if isinstance(value, str) else None
