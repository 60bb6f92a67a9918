"""What a raw record can hold: documents, links, rejections; and what all readers of them need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .cleaning import normalize_line
from .raw_record import RawRecord

_LOCAL = "file:"
_COMPRESSED = (".gz", ".zst")
_ENDINGS = (".txt", ".html", ".htm", ".xhtml", ".json", ".xml", ".text", ".md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as its input gave it. Times are UTC; the text is in normal form."""

    text: str
    source_id: str
    raw_ref: str
    external_id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    authors: str | None = None
    section: str | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_basis: str | None = None
    modified_at: datetime | None = None
    fetched_at: datetime | None = None
    is_free: bool | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Input that gave no article: a key of QUARANTINE_REASONS, what exactly, and where from."""

    reason: str
    detail: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A page still to be fetched, and what the feed or list says of it.

    With `is_list` it is another list: a sitemap that an index names.
    """

    url: str
    title: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    external_id: str | None = None
    modified_at: datetime | None = None
    is_list: bool = False


Parsed = Document | Rejection | Link


def zone_of(record: RawRecord) -> tzinfo | None:
    """The timezone of the record's source; None where none is given or known by that name."""
    name = record.hints.timezone if record.hints else None
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def blank(record: RawRecord, text: str) -> Document:
    """A document that knows no more than its record."""
    return Document(
        text=text,
        source_id=record.source_id,
        raw_ref=record.record_id,
        external_id=(record.hints and record.hints.external_id) or _stem(record.uri),
        url=address_of(record),
        publisher=record.publisher,
        publisher_country=record.hints.country if record.hints else None,
        fetched_at=record.fetched_at,
    )


def address_of(record: RawRecord) -> str | None:
    """The web address of a record; None for local input."""
    return None if record.uri.startswith(_LOCAL) else record.uri


def _stem(uri: str) -> str | None:
    """The stem of a local file's name, which serves as its id; None for an address."""
    if not uri.startswith(_LOCAL):
        return None
    name = uri.removeprefix(_LOCAL)
    for endings in (_COMPRESSED, _ENDINGS):
        ending = next((ending for ending in endings if name.lower().endswith(ending)), "")
        name = name[: len(name) - len(ending)]
    return normalize_line(name) or None
