"""Local input: files and folders to raw records, streamed, every failure a record of its own.

Nothing is skipped in silence: a file of an unknown kind, one that is cut or too large gives a
failure record, which becomes a row in quarantine. Only hidden files are passed over.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from transforms.documents import split_jsonl
from transforms.raw_record import FAILURE_TYPE, RawRecord
from transforms.warc import parse_warc

MAX_FILE_BYTES = 64 << 20  # of one page, text or feed, unpacked; lists and archives are streamed
MAX_LINE_BYTES = 16 << 20
_BLOCK = 1 << 17
_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".json": "application/json",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".urls": "text/uri-list",
}
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError)


def list_files(path: Path) -> list[Path]:
    """The files of a path in order: itself, or everything in the folder but hidden files.

    Raises FileNotFoundError where there is nothing of that name.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    if not path.is_dir():
        return [path]
    found = (p for p in path.rglob("*") if p.is_file())
    return sorted(p for p in found if not any(n.startswith(".") for n in p.relative_to(path).parts))


def read_file(path: Path) -> Iterator[RawRecord]:
    """The raw records of one file. Raises OSError where the file cannot be opened or read."""
    suffix, packed = _suffixes(path)
    uri = f"file:{_spelled(path.name)}"
    if suffix == ".warc":
        with path.open("rb") as stream:
            yield from parse_warc(stream, uri)
        return
    with path.open("rb") as stream:
        unpacked = _OPENERS[packed](stream)
        try:
            if suffix == ".jsonl":
                yield from _lines(unpacked, uri)
            else:
                yield _whole(unpacked, uri, suffix)
        except _DAMAGED as error:
            reason = "truncated" if isinstance(error, EOFError) else "bad_archive"
            yield failure(uri, reason, f"{packed[1:]}: {error}")


def failure(uri: str, reason: str, detail: str, source_id: str = "local") -> RawRecord:
    """A record that says why there is none."""
    payload = json.dumps({"detail": detail, "reason": reason}, sort_keys=True).encode()
    return RawRecord(uri, FAILURE_TYPE, payload, source_id)


def _spelled(name: str) -> str:
    """A file name that can be written as UTF-8; the system gives names of any bytes."""
    return name.encode("utf-8", "replace").decode()


def _suffixes(path: Path) -> tuple[str, str]:
    """('.jsonl', '.gz') of 'a.jsonl.gz'."""
    packed = path.suffix.lower()
    if packed in (".gz", ".zst"):
        return Path(path.stem).suffix.lower(), packed
    return packed, ""


class _ZstdReader(io.RawIOBase):
    """Unpacks frame after frame; zstandard's own reader takes a cut file for a whole one."""

    def __init__(self, packed: BinaryIO) -> None:  # noqa: D107
        self._packed = packed
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = b""
        self._begun = False

    def readable(self) -> bool:  # noqa: D102
        return True

    def readinto(self, buffer: Any) -> int:
        """See io.RawIOBase. Raises EOFError where the file ends within a frame."""
        while not self._ready:
            block = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._begun = zstandard.ZstdDecompressor().decompressobj(), False
            block = block or self._packed.read(_BLOCK)
            if not block:
                if self._begun:
                    raise EOFError("the file ends within a frame")
                return 0
            self._begun = True
            self._ready = self._frame.decompress(block)
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count


_OPENERS: dict[str, Callable[[BinaryIO], io.BufferedIOBase]] = {
    "": lambda stream: io.BufferedReader(stream),  # type: ignore[type-var]
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".zst": lambda stream: io.BufferedReader(_ZstdReader(stream)),
}


def _whole(stream: io.BufferedIOBase, uri: str, suffix: str) -> RawRecord:
    media_type = _MEDIA_TYPES.get(suffix)
    if media_type is None:
        return failure(uri, "unsupported", f"file type {suffix or '(none)'}")
    payload = stream.read(MAX_FILE_BYTES + 1)
    if len(payload) > MAX_FILE_BYTES:
        return failure(uri, "too_large", f"over {MAX_FILE_BYTES >> 20} MiB")
    return RawRecord(uri, media_type, payload)


def _lines(stream: io.BufferedIOBase, uri: str) -> Iterator[RawRecord]:
    """One record a line; a line over the limit is read past and told of."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield failure(uri, "too_large", f"line {number} is over {MAX_LINE_BYTES >> 20} MiB")
            continue
        yield from split_jsonl([line], uri)
