"""DATA/raw: everything that was read, as it was read, in WARC 1.1 files that only grow in number.

A run writes to a `.part` file, renamed when it is full or done. After a kill, `salvage` keeps the
whole records of what was left and drops the cut one. How a file is made up is told in warc_file.py.

One writer at a time: the run lock's holder. Readers see finished files only.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.raw_record import RawRecord

from .files import data_folder_errors
from .raw_index import Entry, Index
from .warc_file import (
    find_damage,
    finish,
    member,
    read_entries,
    read_index,
    request_member,
    salvage,
)

MAX_FILE_BYTES = 512 << 20
_SUFFIX = ".warc.gz"
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


class RawStore:
    """The records in a folder (DATA/raw); made at the first append if it isn't there.

    `append` finishes its file before it returns. Inside `with store:` all appends share a file (up
    to `max_bytes` of it), finished at the end of the block.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_FILE_BYTES) -> None:  # noqa: D107
        self.folder = folder
        self._max_bytes = max_bytes
        self._known: set[str] | None = None
        self._index = Index()
        self._out: IO[bytes] | None = None
        self._entries: list[Entry] = []
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
        return self._indexed().ids()

    def missing_in(self, known: pa.ChunkedArray) -> list[str]:
        """Record ids of all finished files, in order, that are not among the known ones."""
        return self._indexed().missing_in(known)

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
        for file, entries in self._indexed().find(wanted):
            wanted.difference_update(e.record_id for e in entries)
            for entry, found in read_entries(file, entries):
                if isinstance(found, RawRecord):
                    yield found
                else:
                    tell(Damage(entry.record_id, file.name, found))
        for record_id in sorted(wanted):
            tell(Damage(record_id, None, "in no file of raw/"))

    def find_damage(self) -> Iterator[tuple[Path, str]]:
        """Every damaged file and index, with the reason; mends nothing."""
        for file in self.files():
            yield from find_damage(file)

    def salvage(self) -> int:
        """Finish what a killed run left: whole records are kept; gives how many bytes were cut.

        Only for the holder of the run lock: it would take a live run's file away.
        """
        with data_folder_errors(self.folder):
            return sum(
                salvage(part) for part in sorted(self.folder.glob(f"readout-*{_SUFFIX}.part"))
            )

    def files(self) -> list[Path]:
        """The finished files, in the order in which they were written."""
        return sorted(self.folder.glob(f"readout-*{_SUFFIX}"))

    def _indexed(self) -> Index:
        """The index of all finished files; of those that have come since, if no other has gone."""
        with data_folder_errors(self.folder):
            files = tuple(self.files())
            known = self._index.files
            if files[: len(known)] != known:
                self._index, known = Index(), ()
            if fresh := files[len(known) :]:
                lines = [read_index(file) for file in fresh]
                self._index = self._index.followed_by(Index(fresh, lines))
        return self._index

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
        packed = member(record, record_id)
        with data_folder_errors(self.folder):
            if self._out is None:
                self._out = self._next_file().open("xb")
            self._entries.append(Entry(record_id, self._out.tell(), len(packed)))
            self._out.write(packed + request_member(record, record_id))
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
            finish(part, self._entries)
        self._out, self._entries = None, []


def _raise_damage(damage: Damage) -> None:
    raise DamagedRecordError(damage)
