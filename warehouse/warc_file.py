"""One WARC file of raw/ and its records.

Each record is in a gzip member of its own: a `resource`, or for what came over the network a
`response`, with its `request` in the member behind it. Standard headers serve other tools; the
header Readout-Record holds what makes a RawRecord as JSON, exactly (WARC-Target-URI has to be
percent-encoded, and warcio alters spaces in it). WARC-Record-ID is made from address and bytes, so
reading proves a record against its own name. The body of a response stands with its transfer and
content encoding undone, and the headers that told of these are kept under X-Archive-Orig-.

Beside each file lies its index (raw_index.py), which is made anew whenever it is missing, damaged
or not of that file.
"""

from __future__ import annotations

import io
import json
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from transforms.raw_record import Hints, RawRecord

from .files import sha256, sync
from .raw_index import (
    Entry,
    entries_of,
    index_path,
    indexed_sha256,
    parse_lines,
    trusted_lines,
    write_index,
)

_FACTS = "Readout-Record"
# Local input has no time of its own, and raw/ must not depend on the clock.
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_MEMBER = bytes.fromhex("1f8b0800000000000203")  # as zlib opens each member: no name, no time
_REQUEST = b"\r\nWARC-Type: request\r\n"
_NO_TYPE = "application/octet-stream"
_SAFE_IN_URI = ";/?:@&=+$,-_.!~*'()#[]%"
_ORIGINAL = "X-Archive-Orig-"
_ENCODINGS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_SCAN_BLOCK = 16 << 10  # a page or two: most records are smaller


def member(record: RawRecord, record_id: str) -> bytes:
    """A record as it stands in the file: one gzip member."""
    exchange = record.exchange
    fields = {
        "WARC-Record-ID": f"<{record_id}>",
        "WARC-Date": _date(record),
        _FACTS: _facts(record),
    }
    if exchange is None:
        kind, media_type = "resource", _one_line(record.media_type) or _NO_TYPE
    else:
        kind, media_type = "response", "application/http; msgtype=response"
    return _packed(
        kind,
        record.uri,
        record.payload,
        media_type,
        fields,
        _response_head(exchange.response, len(record.payload)) if exchange else None,
    )


def request_member(record: RawRecord, record_id: str) -> bytes:
    """The request that a record answers, as one gzip member; b"" for local input."""
    if record.exchange is None:
        return b""
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, record_id)}>",
        "WARC-Date": _date(record),
        "WARC-Concurrent-To": f"<{record_id}>",
    }
    first, *lines = record.exchange.request.split("\r\n")
    head = StatusAndHeaders(_one_line(first), _header_pairs(lines), is_http_request=True)
    return _packed("request", record.uri, b"", "application/http; msgtype=request", fields, head)


def _packed(
    kind: str,
    uri: str,
    payload: bytes,
    media_type: str,
    fields: dict[str, str],
    head: StatusAndHeaders | None,
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    warc_record = writer.create_warc_record(
        quote(uri, safe=_SAFE_IN_URI),
        kind,
        payload=io.BytesIO(payload),
        length=len(payload),
        warc_content_type=media_type,
        warc_headers_dict=fields,
        http_headers=head,
    )
    writer.write_record(warc_record)
    return out.getvalue()


def _date(record: RawRecord) -> str:
    return f"{record.fetched_at or _NO_DATE:%Y-%m-%dT%H:%M:%SZ}"


def _response_head(head: str, length: int) -> StatusAndHeaders:
    """The head of a response whose body stands decoded, with the length that it has so."""
    first, *lines = head.split("\r\n")
    protocol, _, status = first.partition(" ")
    pairs = [
        (f"{_ORIGINAL}{name}" if name.lower() in _ENCODINGS else name, value)
        for name, value in _header_pairs(lines)
    ]
    return StatusAndHeaders(
        _one_line(status), [*pairs, ("Content-Length", str(length))], protocol=protocol
    )


def _header_pairs(lines: list[str]) -> list[tuple[str, str]]:
    pairs = (line.partition(":") for line in lines)
    return [(name, _one_line(value.strip())) for name, _, value in pairs if name.strip()]


def _one_line(text: str) -> str:
    """As a header may hold it: the exact text stands in Readout-Record."""
    return "".join(c for c in text if " " <= c <= "~")


def _facts(record: RawRecord) -> str:
    facts: dict[str, Any] = {
        "uri": record.uri,
        "media_type": record.media_type,
        "source_id": record.source_id,
        "publisher": record.publisher,
        "fetched_at": record.fetched_at.isoformat() if record.fetched_at else None,
    }
    if record.hints:
        hints = {name: value for name, value in asdict(record.hints).items() if value is not None}
        if record.hints.published_at:
            hints["published_at"] = record.hints.published_at.isoformat()
        facts["hints"] = hints
    return json.dumps(facts)  # ASCII, and no line breaks


def _parse_facts(text: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(text)
    if facts["fetched_at"]:
        facts["fetched_at"] = datetime.fromisoformat(facts["fetched_at"])
    if hints := facts.pop("hints", None):
        if "published_at" in hints:
            hints["published_at"] = datetime.fromisoformat(hints["published_at"])
        facts["hints"] = Hints(**hints)
    return facts


def _parse_member(member: bytes) -> tuple[str, RawRecord]:
    """Record id and record; raises ValueError for bytes that are no record of ours."""
    head, parted, rest = member.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:])
    if not parted or not lines[0].startswith("WARC/") or _FACTS not in fields:
        raise ValueError("not a record of Readout's")
    length = int(fields["Content-Length"])
    facts = _parse_facts(fields[_FACTS])
    if len(rest) != length + len(b"\r\n\r\n"):
        raise ValueError("length is not Content-Length")
    payload = rest[:length]
    if fields["WARC-Type"] == "response":
        payload = payload.partition(b"\r\n\r\n")[2]
    return fields["WARC-Record-ID"].strip("<>"), RawRecord(payload=payload, **facts)


def _decompress(member: bytes) -> bytes:
    """One gzip member, whole; raises zlib.error or ValueError."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    plain = inflate.decompress(member)
    if not inflate.eof or inflate.unused_data:
        raise ValueError("the record is cut")
    return plain


def read_entries(file: Path, entries: Iterable[Entry]) -> Iterator[tuple[Entry, RawRecord | str]]:
    """Each entry with its record, or with the reason why there is none."""
    with file.open("rb") as source:
        for entry in entries:
            source.seek(entry.offset)
            yield entry, _read_entry(source.read(entry.length), entry.record_id)


def _read_entry(member: bytes, record_id: str) -> RawRecord | str:
    try:
        _, record = _parse_member(_decompress(member))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        return f"damaged: {error}"
    if record.record_id != record_id:
        return "damaged: the bytes are not those of its id"
    return record


# --- files and their indexes --------------------------------------------------------------------


def finish(part: Path, entries: Iterable[Entry]) -> None:
    """Sync and name a complete file, then write its index."""
    sync(part)
    file = part.with_suffix("")
    part.rename(file)
    sync(file.parent)
    write_index(file, entries)


def salvage(part: Path) -> int:
    """Finish a file that was cut off, with its whole records; gives how many bytes were cut."""
    entries = list(_scan(part))
    end = max((e.offset + e.length for e in entries), default=0)
    cut = part.stat().st_size - end
    if not entries:
        part.unlink()
        return cut
    with part.open("r+b") as out:
        out.truncate(end)
    finish(part, entries)
    return cut


def read_index(file: Path) -> bytes:
    """The lines of a finished file's index, made anew if that can't be trusted."""
    lines = trusted_lines(file)
    return write_index(file, _scan(file)) if lines is None else lines


def find_damage(file: Path) -> Iterator[tuple[Path, str]]:
    """The damaged ones of a finished file and its index, each with the reason; mends nothing."""
    lines = trusted_lines(file)
    if lines is None:
        yield index_path(file), "the index is damaged or missing; the next run makes it anew"
        entries = list(_scan(file))
    else:
        if indexed_sha256(file) != sha256(file):
            yield file, "its bytes are not those that were written"
            return
        entries = entries_of(parse_lines(lines))
    bad = [
        entry.record_id for entry, found in read_entries(file, entries) if isinstance(found, str)
    ]
    if bad:
        yield file, f"{len(bad)} damaged record(s), such as {bad[0]}"
    elif sum(entry.length for entry in entries) != file.stat().st_size:
        yield file, "between its records lies what is no record"


def _scan(file: Path) -> Iterator[Entry]:
    """Entries of all whole records in a file; what is damaged is stepped over."""
    size = file.stat().st_size
    with file.open("rb") as source:
        offset = 0
        while offset < size:
            length, plain = _scan_member(source, offset)
            try:
                record_id, _ = _parse_member(plain)
                yield Entry(record_id, offset, length)
                offset += length
            except (ValueError, KeyError, TypeError):
                is_request = _REQUEST in plain.partition(b"\r\n\r\n")[0]
                offset = offset + length if is_request else _next_member(source, offset + 1)


def _scan_member(source: IO[bytes], offset: int) -> tuple[int, bytes]:
    """Compressed length and content of the member at an offset; (0, b"") if it isn't whole."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    plain: list[bytes] = []
    length = 0
    source.seek(offset)
    try:
        while not inflate.eof and (block := source.read(_SCAN_BLOCK)):
            plain.append(inflate.decompress(block))
            length += len(block)
    except zlib.error:
        return 0, b""
    return (length - len(inflate.unused_data), b"".join(plain)) if inflate.eof else (0, b"")


def _next_member(source: IO[bytes], offset: int) -> int:
    """Offset of the next gzip header at or after an offset, or the file's end."""
    kept = b""
    source.seek(offset)
    while block := source.read(_SCAN_BLOCK):
        if (at := (kept + block).find(_MEMBER)) >= 0:
            return offset - len(kept) + at
        offset += len(block)
        kept = (kept + block)[-len(_MEMBER) + 1 :]
    return offset
