"""WARC archives, as others write them, to raw records.

warcio finds the records; what it lets pass is looked after here, since articles would be missed
without a word: a file cut in mid-record (its gzip stream ends before its end, or a record has fewer
bytes than its Content-Length says), digests that do not match, contents in an encoding that cannot
be undone, and contents that grow without end. Each gives a failure record with a reason from
QUARANTINE_REASONS. Requests, redirects, images and the like are no articles and are passed over.

The stream is decompressed here, over all its gzip members, so that archives in one single member
can be read too. WARC-Date is not kept: the same page in two archives is the same record, whichever
is read first.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

from warcio.archiveiterator import WARCIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.statusandheaders import (  # type: ignore[import-untyped]
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from .cleaning import UnusableError
from .raw_record import FAILURE_TYPE, RawRecord

MAX_BYTES = 20_000_000  # of one record, compressed or not
_CHUNK = 65_536
_GZIP = b"\x1f\x8b"
_CUT = "the archive ends before its end"
_RECORD_TYPES = ("response", "resource", "conversion")
_ADDRESSES = ("http://", "https://", "file:")
_MEDIA_TYPES = ("text/html", "text/plain", "text/markdown", "text/xml", "application/xhtml+xml")
_MEDIA_ENDINGS = ("/json", "+json", "/xml", "rss+xml", "atom+xml", "rdf+xml")
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_RAW_DEFLATE = -15
_HTTP = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"])


class Readable(Protocol):
    """A binary stream: an open file, or io.BytesIO."""

    def read(self, size: int = -1, /) -> bytes: ...  # noqa: D102


def parse_warc(
    stream: Readable, uri: str, source_id: str = "local", publisher: str | None = None
) -> Iterator[RawRecord]:
    """Read an archive, gzipped or not: its pages, texts, feeds and JSON, and its failures.

    `uri` names the archive ("file:NAME.warc.gz") in failures that belong to no record. Records are
    those with an HTTP status of 200, or stored as resource or conversion; their media type is the
    one that the server gave, their payload has transfer and content encoding undone. Never raises
    on bad bytes.
    """
    source = _Members(stream)
    number, record, told = 0, None, False
    try:
        for record in WARCIterator(io.BufferedReader(source, _CHUNK), no_record_parse=True):
            number, told = number + 1, False
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            try:
                found = _read_record(record, address)
            except UnusableError as error:
                told = error.reason == "truncated"
                yield _failure(address or uri, error, source_id, publisher)
                continue
            if found is not None:
                yield RawRecord(*found, source_id, publisher)
    except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
        source.failure = source.failure or f"no WARC record: {str(error)[:200]}"
    is_short = getattr(getattr(record, "raw_stream", None), "limit", 0) > 0
    failure = source.failure or (is_short and _CUT) or (number == 0 and "no record")
    if failure and not (told and failure == _CUT):
        reason = "truncated" if failure == _CUT else "bad_archive"
        cut = UnusableError(reason, f"{failure}, after record {number}")
        yield _failure(uri, cut, source_id, publisher)


def _failure(uri: str, error: UnusableError, source_id: str, publisher: str | None) -> RawRecord:
    payload = json.dumps({"detail": error.detail, "reason": error.reason}).encode()
    return RawRecord(uri, FAILURE_TYPE, payload, source_id, publisher)


class _Members(io.RawIOBase):
    """A stream with its gzip members, if any, undone; `failure` says why it ended too early."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._waiting = stream.read(_CHUNK)
        self._is_gzip = self._waiting.startswith(_GZIP)
        self._member = zlib.decompressobj(_WINDOW_BITS["gzip"])
        self._has_begun = False
        self.failure: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._inflated(len(view)) if self._is_gzip else self._plain(len(view))
        view[: len(data)] = data
        return len(data)

    def _plain(self, size: int) -> bytes:
        waiting = self._waiting or self._stream.read(size)
        self._waiting = waiting[size:]
        return waiting[:size]

    def _inflated(self, size: int) -> bytes:
        data = b""
        while not data:
            compressed = self._waiting or self._stream.read(_CHUNK)
            if not compressed.strip(b"\0") and not self._has_begun:  # the end, or padding after it
                return b""
            if not compressed:
                self.failure = _CUT
                return b""
            try:
                data = self._member.decompress(compressed, size)
            except zlib.error as error:
                self.failure = f"damaged gzip: {error}"
                self._stream, self._waiting, self._has_begun = io.BytesIO(), b"", False
                return b""
            self._has_begun = not self._member.eof
            self._waiting = self._member.unused_data or self._member.unconsumed_tail
            if self._member.eof:
                self._member = zlib.decompressobj(_WINDOW_BITS["gzip"])
        return data


# --- one record ---------------------------------------------------------------------------------


def _read_record(record: Any, address: str) -> tuple[str, str, bytes] | None:
    """(uri, media type, payload) of a record that may hold articles, None for any other."""
    headers = record.rec_headers
    length = _length(headers.get_header("Content-Length"))
    if record.rec_type not in _RECORD_TYPES or not address.startswith(_ADDRESSES):
        return None
    content_type = headers.get_header("Content-Type") or ""
    is_http = content_type.replace(" ", "").lower().startswith("application/http")
    if not is_http and not _is_read(content_type):
        return None
    if headers.get_header("WARC-Segment-Number"):
        raise UnusableError("unsupported", "a record in segments")
    block = _read_block(record, length)
    _check_digest(headers.get_header("WARC-Block-Digest"), block)
    name = address if not address.startswith("file:") else "file:" + address.rsplit("/", 1)[-1]
    if not is_http:
        return name, content_type, block
    return _read_response(name, block, headers)


def _length(value: str | None) -> int:
    if value is None:
        raise UnusableError("truncated", "a record header without Content-Length")
    if not value.strip().isdecimal():
        raise UnusableError("bad_archive", f"Content-Length: {value[:100]}")
    return int(value)


def _read_block(record: Any, length: int) -> bytes:
    if length > MAX_BYTES:
        raise UnusableError("too_large", f"{length} bytes, {MAX_BYTES} are read")
    block: bytes = record.raw_stream.read(length)
    if len(block) < length:
        raise UnusableError("truncated", f"{len(block)} of {length} bytes")
    return block


def _read_response(
    name: str, block: bytes, warc_headers: StatusAndHeaders
) -> tuple[str, str, bytes] | None:
    stream = io.BytesIO(block)
    try:
        headers = _HTTP.parse(stream)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise UnusableError("bad_archive", "no HTTP response in the record") from error
    content_type = headers.get_header("Content-Type") or ""
    body = stream.read()
    kind = content_type or ("text/html" if body.lstrip()[:1] == b"<" else "text/plain")
    if headers.get_statuscode() != "200" or not _is_read(kind):
        return None
    encodings = [name for name in _tokens(headers, "Content-Encoding") if name != "identity"]
    is_chunked = "chunked" in _tokens(headers, "Transfer-Encoding")
    if not encodings and not is_chunked:  # what the digest of an encoded body is of, nobody agrees
        _check_digest(warc_headers.get_header("WARC-Payload-Digest"), body)
    if is_chunked:
        body = ChunkedDataReader(io.BytesIO(body)).read(MAX_BYTES + 1)
    for encoding in reversed(encodings):
        body = _decompressed(body, encoding)
    return name, kind, body


def _is_read(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in _MEDIA_TYPES or kind.endswith(_MEDIA_ENDINGS)


def _tokens(headers: StatusAndHeaders, name: str) -> list[str]:
    value = headers.get_header(name) or ""
    return [token.strip().lower() for token in value.split(",") if token.strip()]


def _decompressed(body: bytes, encoding: str) -> bytes:
    """The body with one content encoding undone; crawlers that had done so leave the header in."""
    bits = _WINDOW_BITS.get(encoding)
    if bits is None:
        raise UnusableError("unsupported", f"Content-Encoding: {encoding}")
    if bits == _WINDOW_BITS["gzip"] and not body.startswith(_GZIP):
        return body
    for window in (bits, _RAW_DEFLATE):
        decompressor = zlib.decompressobj(window)
        try:
            data = decompressor.decompress(body, MAX_BYTES + 1)
        except zlib.error:
            continue
        if len(data) > MAX_BYTES:
            raise UnusableError("too_large", f"over {MAX_BYTES} bytes when decompressed")
        if not decompressor.eof:
            raise UnusableError("truncated", f"the {encoding} body ends before its end")
        return data
    if encoding == "deflate":
        return body
    raise UnusableError("bad_archive", f"the {encoding} body is damaged")


def _check_digest(header: str | None, data: bytes) -> None:
    """Raise UnusableError where a digest ("sha1:" and base 32, or hexadecimal) does not match."""
    algorithm, _, value = (header or "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if not value or algorithm not in ("md5", "sha1", "sha256", "sha512"):
        return
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    forms = (base64.b32encode(digest).decode(), base64.b64encode(digest).decode(), digest.hex())
    spelt = value.strip().rstrip("=")
    if spelt.lower() not in {form.rstrip("=").lower() for form in forms}:
        raise UnusableError("bad_archive", f"the {algorithm} digest does not match")
