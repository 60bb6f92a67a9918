"""The index of one raw WARC file: where each record lies, in `.idx` beside it.

A line with the file's size, number of records and SHA-256 and the index's own SHA-256, then a line
a record with id, offset and length, parted by tabs. An index is believed only if its own digest
and the file's size agree, so its lines need no further proof.

What is known of many files is read as one Arrow table: an archive of a year has some thousand
files and a million records, and a run that adds a hundred looks through all of their ids.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import csv

from .files import replace_bytes, sha256

_TYPES = {"record_id": pa.string(), "offset": pa.int64(), "length": pa.int64()}


class Entry(NamedTuple):
    """Where a record lies in its file."""

    record_id: str
    offset: int
    length: int


def index_path(file: Path) -> Path:
    """Where the index of a file lies."""
    return file.with_name(f"{file.name}.idx")


def write_index(file: Path, entries: Iterable[Entry]) -> bytes:
    """Write the index of a finished file; gives its lines."""
    lines = "".join(f"{e.record_id}\t{e.offset}\t{e.length}\n" for e in entries).encode()
    head = b"%d\t%d\t%s" % (file.stat().st_size, lines.count(b"\n"), sha256(file).encode())
    replace_bytes(index_path(file), head + b"\t%s\n" % _digest(head, lines) + lines)
    return lines


def _digest(head: bytes, lines: bytes) -> bytes:
    """The index's SHA-256 over itself: a flipped digit would else send readers astray."""
    return hashlib.sha256(head + b"\n" + lines).hexdigest().encode()


def trusted_lines(file: Path) -> bytes | None:
    """The lines of a file's index; None for one that is missing, cut, damaged, or of another."""
    try:
        first, _, lines = index_path(file).read_bytes().partition(b"\n")
        head, _, own = first.rpartition(b"\t")
        if int(head.split(b"\t")[0]) == file.stat().st_size and own == _digest(head, lines):
            return lines
    except (FileNotFoundError, ValueError):
        pass
    return None


def indexed_sha256(file: Path) -> str:
    """The SHA-256 of a file that its index gives; only for an index that is trusted."""
    with index_path(file).open("rb") as index:
        return index.readline().split(b"\t")[2].decode()


def parse_lines(lines: bytes) -> pa.Table:
    """Lines of indexes as a table of record_id, offset and length (bytes), in their order."""
    if not lines:
        return pa.table({name: pa.array([], kind) for name, kind in _TYPES.items()})
    return csv.read_csv(
        io.BytesIO(lines),
        csv.ReadOptions(column_names=list(_TYPES)),
        csv.ParseOptions(delimiter="\t", quote_char=False),
        csv.ConvertOptions(column_types=_TYPES, strings_can_be_null=False),
    )


def entries_of(table: pa.Table) -> list[Entry]:
    """The rows of a table that `parse_lines` gave."""
    columns = [table[name].to_pylist() for name in _TYPES]
    return [Entry(*values) for values in zip(*columns, strict=True)]


class Index:
    """What lies where in some files; `lines` are the indexes' lines, file by file."""

    def __init__(self, files: Sequence[Path] = (), lines: Sequence[bytes] = ()) -> None:  # noqa: D107
        self.files = tuple(files)
        self._table = parse_lines(b"".join(lines))
        self._counts = [part.count(b"\n") for part in lines]

    def followed_by(self, other: Index) -> Index:
        """The files of this index and, behind them, those of another."""
        both = Index()
        both.files = self.files + other.files
        both._table = pa.concat_tables([self._table, other._table])
        both._counts = self._counts + other._counts
        return both

    def ids(self) -> set[str]:
        """All record ids."""
        return set(self._table["record_id"].to_pylist())

    def missing_in(self, known: pa.ChunkedArray) -> list[str]:
        """The record ids, in order, that are not among the known ones."""
        ids = self._table["record_id"]
        unknown = pc.invert(pc.is_in(ids, value_set=known))
        return sorted(ids.filter(unknown).to_pylist())

    def find(self, wanted: Iterable[str]) -> list[tuple[Path, list[Entry]]]:
        """The entries of the wanted ids, by file, in the order in which they were written."""
        values = pa.array(sorted(wanted), pa.string())
        places = pc.indices_nonzero(pc.is_in(self._table["record_id"], value_set=values))
        entries = entries_of(self._table.take(places))
        return list(self._by_file(places.to_pylist(), entries))

    def _by_file(
        self, places: list[int], entries: list[Entry]
    ) -> Iterator[tuple[Path, list[Entry]]]:
        at = end = 0
        for file, count in zip(self.files, self._counts, strict=True):
            start, end = at, end + count
            while at < len(places) and places[at] < end:
                at += 1
            if at > start:
                yield file, entries[start:at]
