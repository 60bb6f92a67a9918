"""The unit of raw/: some bytes as they were read, and where they came from."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime

FAILURE_TYPE = "application/x-readout-failure+json"


@dataclass(frozen=True, slots=True)
class Hints:
    """What was said of a record before it was opened: by the feed or list that links to it, and,
    for language, timezone (IANA) and country (ISO 3166-1 alpha-3), by the sources file. Times are
    UTC."""

    external_id: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    language: str | None = None
    timezone: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """The heads of an HTTP request and its response, as sent, lines parted by CR LF."""

    request: str
    response: str


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One page, text file, JSONL line, feed or WARC record, untouched.

    `uri` is the address, or `file:NAME` for local input (no path: nothing published may depend on
    the machine). `media_type` is the Content-Type as given. A record of FAILURE_TYPE stands for
    input that could not be split into records; its payload is JSON with `reason` and `detail`.
    """

    uri: str
    media_type: str
    payload: bytes
    source_id: str = "local"
    publisher: str | None = None
    fetched_at: datetime | None = None
    hints: Hints | None = None
    exchange: Exchange | None = field(default=None, compare=False)

    @property
    def record_id(self) -> str:
        """WARC-Record-ID made from address and bytes: the same input is always the same record."""
        digest = hashlib.sha256(self.payload).hexdigest()
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, self.uri + chr(10) + digest)}"
