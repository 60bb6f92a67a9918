"""Feeds, sitemaps and lists of addresses to the articles and links that they hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .document import Link, Parsed, Rejection, address_of, blank, zone_of
from .feeds import Entry, Feed, parse_addresses, parse_feed, parse_json_feed
from .page_facts import normalize_language
from .raw_record import RawRecord
from .sitemaps import is_sitemap, parse_sitemap, unpacked


def read_feed(record: RawRecord) -> list[Parsed]:
    """Articles and links of RSS, Atom, JSON Feed or a sitemap. Raises UnusableError."""
    payload = unpacked(record.payload)
    if is_sitemap(payload):
        return _read_sitemap(record, payload)
    if payload.lstrip()[:1] == b"{":
        return read_json_feed(record)
    return _from_feed(
        record, parse_feed(payload, record.media_type, address_of(record), zone_of(record))
    )


def read_json_feed(record: RawRecord) -> list[Parsed]:
    """Articles and links of a JSON Feed. Raises UnusableError."""
    return _from_feed(record, parse_json_feed(unpacked(record.payload), zone_of(record)))


def _from_feed(record: RawRecord, feed: Feed) -> list[Parsed]:
    guids = Counter(entry.external_id for entry in feed.entries)
    parsed: list[Parsed] = []
    blanks = 0
    for entry in feed.entries:
        if not (entry.text or entry.url or entry.title or entry.external_id):
            blanks += 1
            continue
        if guids[entry.external_id] > 1:  # a guid of several entries tells none from another
            entry = replace(entry, external_id=None)
        parsed.append(_from_entry(record, feed, entry))
    if blanks:
        parsed.append(Rejection("no_article_text", f"{blanks} entries of nothing", record.uri))
    if feed.is_cut:
        parsed.append(Rejection("truncated", "the feed ends before its end", record.uri))
    if feed.is_long:
        parsed.append(Rejection("too_large", f"{len(feed.entries)} entries are read", record.uri))
    return parsed


def _read_sitemap(record: RawRecord, payload: bytes) -> list[Parsed]:
    entries, is_cut = parse_sitemap(payload, zone_of(record))
    parsed: list[Parsed] = [
        Link(
            entry.url,
            entry.title,
            entry.published_at,
            entry.published_precision,
            modified_at=entry.modified_at,
            is_list=entry.is_list,
        )
        for entry in entries
    ]
    if is_cut:
        parsed.append(Rejection("truncated", "the sitemap ends before its end", record.uri))
    return parsed


def _from_entry(record: RawRecord, feed: Feed, entry: Entry) -> Parsed:
    if entry.text:
        return replace(
            blank(record, entry.text),
            external_id=entry.external_id,
            url=entry.url,
            title=entry.title,
            authors=entry.authors,
            publisher=record.publisher or feed.title,
            language=normalize_language(feed.language) or _hinted_language(record),
            published_at=entry.published_at,
            published_precision=entry.published_precision,
            published_basis="feed" if entry.published_at else None,
            modified_at=entry.modified_at,
        )
    if entry.url:
        return Link(
            entry.url,
            entry.title,
            entry.published_at,
            entry.published_precision,
            entry.external_id,
            entry.modified_at,
        )
    return Rejection("no_article_text", entry.title or entry.external_id, record.uri)


def _hinted_language(record: RawRecord) -> str | None:
    return record.hints.language if record.hints else None


def read_list(record: RawRecord) -> list[Parsed]:
    """Links of a list of addresses, one a line. Raises UnusableError."""
    return [
        Link(address)
        if address
        else Rejection("bad_record", f"line {number} is no address: {line[:200]}", record.uri)
        for number, line, address in parse_addresses(record.payload)
    ]
