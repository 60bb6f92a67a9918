"""DATA/raw: everything that was read, as it was read, in WARC 1.1 files that only grow in number.

Each record is a `resource` in a gzip member of its own. Standard headers serve other tools; the
header Readout-Record holds what makes a RawRecord as JSON, exactly (WARC-Target-URI has to be
percent-encoded, and warcio alters spaces in it). WARC-Record-ID is made from address and bytes, so
reading proves a record against its own name.

A run writes to a `.part` file, renamed when it is full or done. After a kill, `salvage` keeps the
whole records of what was left and drops the cut one. Beside each file lies an index (`.idx`: record
id, offset, length), rebuilt whenever it is missing or not of that file.

One writer at a time: the run lock's holder. Readers see finished files only.
"""

from __future__ import annotations

import io
import json
import re
import threading
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self
from urllib.parse import quote

from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from transforms.raw_record import RawRecord

from .files import data_folder_errors, replace_bytes, sync

MAX_FILE_BYTES = 512 << 20
_SUFFIX = ".warc.gz"
_FACTS = "Readout-Record"
# Local input has no time of its own, and raw/ must not depend on the clock.
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_MEMBER = bytes.fromhex("1f8b0800000000000203")  # as zlib opens each member: no name, no time
_SAFE_IN_URI = ";/?:@&=+$,-_.!~*'()#[]%"
_SCAN_BLOCK = 16 << 10  # a page or two: most records are smaller
_NUMBER = re.compile(r"readout-(\d{6})\.warc\.gz(\.part)?")


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that can't be given back: `file` is None where no file holds it."""

    record_id: str
    file: str | None
    reason: str


class DamagedRecordError(Exception):
    """A raw record is damaged or missing; `damage` says which and why."""

    def __init__(self, damage: Damage) -> None:  # noqa: D107
        super().__init__(f"raw record {damage.record_id}: {damage.reason} ({damage.file})")
        self.damage = damage


class _Entry(NamedTuple):
    record_id: str
    offset: int
    length: int


class RawStore:
    """The records in a folder (DATA/raw); made at the first append if it isn't there.

    `append` finishes its file before it returns. Inside `with store:` all appends share a file (up
    to `max_bytes` of it), finished at the end of the block.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_FILE_BYTES) -> None:  # noqa: D107
        self.folder = folder
        self._max_bytes = max_bytes
        self._known: set[str] | None = None
        self._out: IO[bytes] | None = None
        self._entries: list[_Entry] = []
        self._held = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:  # noqa: D105
        self._held = True
        return self

    def __exit__(  # noqa: D105
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held = False
        with self._lock:
            self._finish_file()

    def ids(self) -> set[str]:
        """Record ids of all finished files."""
        with data_folder_errors(self.folder):
            return {entry.record_id for file in self._files() for entry in _read_index(file)}

    def append(self, records: Iterable[RawRecord]) -> tuple[int, int]:
        """Write the records that are not there yet; how many were new, how many unchanged.

        Raises DataFolderError where raw/ can't be written. Whatever stops it, the records written
        before stay, once `salvage` has run (as it does at the next first append).
        """
        new = unchanged = 0
        with self._lock, self._abandoned_on_error():
            known = self._open_store()
            for record in records:
                record_id = record.record_id
                if record_id in known:
                    unchanged += 1
                    continue
                self._write(record, record_id)
                known.add(record_id)
                new += 1
            if not self._held:
                self._finish_file()
        return new, unchanged

    def read(
        self, ids: Collection[str], on_damage: Callable[[Damage], None] | None = None
    ) -> Iterator[RawRecord]:
        """The records with these ids, in the order in which they were written.

        Each is proved against its id. A damaged or missing one raises DamagedRecordError, or is
        passed over and given to `on_damage` where that is set.
        """
        tell = on_damage or _raise_damage
        wanted = set(ids)
        for file in self._files():
            entries = [e for e in _read_index(file) if e.record_id in wanted]
            wanted.difference_update(e.record_id for e in entries)
            for entry, found in _read_entries(file, entries):
                if isinstance(found, RawRecord):
                    yield found
                else:
                    tell(Damage(entry.record_id, file.name, found))
        for record_id in sorted(wanted):
            tell(Damage(record_id, None, "in no file of raw/"))

    def salvage(self) -> int:
        """Finish what a killed run left: whole records are kept; gives how many bytes were cut.

        Only for the holder of the run lock: it would take a live run's file away.
        """
        with data_folder_errors(self.folder):
            return sum(
                _salvage(part) for part in sorted(self.folder.glob(f"readout-*{_SUFFIX}.part"))
            )

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"readout-*{_SUFFIX}"))

    @contextmanager
    def _abandoned_on_error(self) -> Iterator[None]:
        """Leave the `.part` to `salvage` if anything fails: its last record may be half written."""
        try:
            yield
        except BaseException:
            if self._out is not None:
                with suppress(OSError):
                    self._out.close()
            self._out, self._entries, self._known = None, [], None
            raise

    def _open_store(self) -> set[str]:
        if self._known is None:
            with data_folder_errors(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
            self.salvage()
            self._known = self.ids()
        return self._known

    def _write(self, record: RawRecord, record_id: str) -> None:
        member = _member(record, record_id)
        with data_folder_errors(self.folder):
            if self._out is None:
                self._out = self._next_file().open("xb")
            self._entries.append(_Entry(record_id, self._out.tell(), len(member)))
            self._out.write(member)
            self._out.flush()
            if self._out.tell() >= self._max_bytes:
                self._finish_file()

    def _next_file(self) -> Path:
        taken = [int(m[1]) for p in self.folder.iterdir() if (m := _NUMBER.fullmatch(p.name))]
        return self.folder / f"readout-{max(taken, default=0) + 1:06}{_SUFFIX}.part"

    def _finish_file(self) -> None:
        if self._out is None:
            return
        part = Path(self._out.name)
        with data_folder_errors(self.folder):
            self._out.close()
            _finish(part, self._entries)
        self._out, self._entries = None, []


def _raise_damage(damage: Damage) -> None:
    raise DamagedRecordError(damage)


# --- one record ---------------------------------------------------------------------------------


def _member(record: RawRecord, record_id: str) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    warc_record = writer.create_warc_record(
        quote(record.uri, safe=_SAFE_IN_URI),
        "resource",
        payload=io.BytesIO(record.payload),
        length=len(record.payload),
        warc_content_type=_one_line(record.media_type),
        warc_headers_dict={
            "WARC-Record-ID": f"<{record_id}>",
            "WARC-Date": f"{record.fetched_at or _NO_DATE:%Y-%m-%dT%H:%M:%SZ}",
            _FACTS: _facts(record),
        },
    )
    writer.write_record(warc_record)
    return out.getvalue()


def _one_line(text: str) -> str:
    """As a header may hold it: the exact text stands in Readout-Record."""
    return "".join(c for c in text if " " <= c <= "~") or "application/octet-stream"


def _facts(record: RawRecord) -> str:
    facts = {
        "uri": record.uri,
        "media_type": record.media_type,
        "source_id": record.source_id,
        "publisher": record.publisher,
        "fetched_at": record.fetched_at.isoformat() if record.fetched_at else None,
    }
    return json.dumps(facts)  # ASCII, and no line breaks


def _parse_member(member: bytes) -> tuple[str, RawRecord]:
    """Record id and record; raises ValueError for bytes that are no record of ours."""
    head, parted, rest = member.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:])
    if not parted or not lines[0].startswith("WARC/") or _FACTS not in fields:
        raise ValueError("not a record of Readout's")
    length = int(fields["Content-Length"])
    facts = json.loads(fields[_FACTS])
    if facts["fetched_at"]:
        facts["fetched_at"] = datetime.fromisoformat(facts["fetched_at"])
    if len(rest) != length + len(b"\r\n\r\n"):
        raise ValueError("length is not Content-Length")
    return fields["WARC-Record-ID"].strip("<>"), RawRecord(payload=rest[:length], **facts)


def _decompress(member: bytes) -> bytes:
    """One gzip member, whole; raises zlib.error or ValueError."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    plain = inflate.decompress(member)
    if not inflate.eof or inflate.unused_data:
        raise ValueError("the record is cut")
    return plain


def _read_entries(
    file: Path, entries: Iterable[_Entry]
) -> Iterator[tuple[_Entry, RawRecord | str]]:
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


def _finish(part: Path, entries: Iterable[_Entry]) -> None:
    """Sync and name a complete file, then write its index."""
    sync(part)
    file = part.with_suffix("")
    part.rename(file)
    sync(file.parent)
    _write_index(file, entries)


def _salvage(part: Path) -> int:
    entries = list(_scan(part))
    end = max((e.offset + e.length for e in entries), default=0)
    cut = part.stat().st_size - end
    if not entries:
        part.unlink()
        return cut
    with part.open("r+b") as out:
        out.truncate(end)
    _finish(part, entries)
    return cut


def _index_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.idx")


def _write_index(file: Path, entries: Iterable[_Entry]) -> None:
    lines = [f"{e.record_id}\t{e.offset}\t{e.length}\n" for e in entries]
    head = f"{file.stat().st_size}\t{len(lines)}\n"
    replace_bytes(_index_of(file), (head + "".join(lines)).encode())


def _read_index(file: Path) -> list[_Entry]:
    entries = _parse_index(file)
    if entries is None:
        entries = list(_scan(file))
        _write_index(file, entries)
    return entries


def _parse_index(file: Path) -> list[_Entry] | None:
    """None for an index that is missing, cut, or of another file."""
    try:
        head, *lines = _index_of(file).read_text().splitlines()
        size, count = head.split("\t")
        if int(size) != file.stat().st_size or int(count) != len(lines):
            return None
        return [_Entry(i, int(o), int(n)) for i, o, n in (line.split("\t") for line in lines)]
    except (FileNotFoundError, ValueError):
        return None


def _scan(file: Path) -> Iterator[_Entry]:
    """Entries of all whole records in a file; what is damaged is stepped over."""
    size = file.stat().st_size
    with file.open("rb") as source:
        offset = 0
        while offset < size:
            length, plain = _scan_member(source, offset)
            try:
                record_id, _ = _parse_member(plain)
                yield _Entry(record_id, offset, length)
                offset += length
            except (ValueError, KeyError, TypeError):
                offset = _next_member(source, offset + 1)


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
