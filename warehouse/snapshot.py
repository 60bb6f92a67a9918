"""DATA/tables: one published snapshot, swapped in whole by one pointer.

    tables/snapshots/ID/manifest.json, tables/snapshots/ID/TABLE/PARTITION.parquet
    tables/current -> snapshots/ID                      the pointer
    tables/TABLE -> current/TABLE, tables/manifest.json -> current/manifest.json

A new snapshot is written in DATA/.staging, synced, moved into tables/snapshots, and then the
pointer is replaced: a kill at any moment leaves the old snapshot or the new one. Unchanged files
are hard-linked. ID is the beginning of the manifest's SHA-256, and the manifest names every file's
SHA-256, so the same rows always make the same snapshot, whatever way they came.

The snapshot before is moved to DATA/retired and replaced by a link in one step (or its files are,
each in one): a reader that has resolved tables/current goes on reading there until the next run
cleans up, while `find tables -type f` lists the current snapshot alone.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.records import SNAPSHOT_TABLES

from .files import data_folder_errors, exchange, replace_bytes, sha256, sync, write_bytes
from .manifest import (
    NO_MONTH,
    FileEntry,
    Manifest,
    SchemaError,
    Snapshot,
    current_folder,
    open_snapshot,
    partition_of,
    read_manifest,
    read_snapshot,
    verify,
)
from .parquet import ContractError, DamagedFileError, to_table, write_table
from .schemas import arrow_schema, contract_version

__all__ = [
    "Busy",
    "FileEntry",
    "Manifest",
    "Partition",
    "SchemaError",
    "Snapshot",
    "clean",
    "holder_of",
    "partition_of",
    "publish",
    "read_manifest",
    "read_snapshot",
    "retired_snapshot",
    "run_lock",
    "verify",
]

Partition = tuple[str, str]  # table and partition
_GLANCE_SECONDS = 0.05
_PARTITION = re.compile(r"\d{4}-\d{2}|undated|local")


class Busy(Exception):  # noqa: N818 - reads as what it says: raise Busy(pid)
    """Another run holds the data folder; `pid` is its process, None if it can't be told."""

    def __init__(self, pid: int | None) -> None:  # noqa: D107
        super().__init__(f"another run is under way (process {pid or 'unknown'})")
        self.pid = pid


# --- the lock -----------------------------------------------------------------------------------


@contextmanager
def run_lock(data: Path) -> Iterator[None]:
    """Hold the data folder (made if need be) for one run.

    The lock is the kernel's, so it goes with the process however that ends. Raises Busy at once
    where another run holds it, DataFolderError where the folder can't be made or written.
    """
    with data_folder_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def holder_of(data: Path) -> int | None:
    """The process that holds the data folder for a run just now; None where none does."""
    try:
        handle = os.open(data / ".lock", os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(handle)
    finally:
        os.close(handle)
    return None


def _holder(handle: int) -> int | None:
    written = os.pread(handle, 20, 0).decode(errors="replace").strip()
    return int(written) if written.isdecimal() else None


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(_GLANCE_SECONDS)  # it may only be holder_of that looked
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(_holder(handle)) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)


# --- publishing ---------------------------------------------------------------------------------


def publish(
    data: Path,
    changes: Mapping[Partition, pa.Table | None],
    coder_version: str,
    *,
    keep: bool = True,
    prove: Callable[[Snapshot], None] | None = None,
) -> Snapshot:
    """Publish the current snapshot with some partitions replaced, added or (None) removed.

    With `keep` false nothing of the current snapshot is kept, and it may even be damaged: this is
    how all is extracted anew. A partition of no rows is left out, but a table of no rows keeps one
    empty file. Where nothing differs, no file is touched and the current snapshot is returned.
    `prove` is given the whole new snapshot before it takes the old one's place; if it raises, the
    old one stays. Only for the run lock's holder. Raises ContractError for rows that break the
    contract, and for partitions kept from a snapshot of other columns; DataFolderError where
    nothing can be written.
    """
    old = read_snapshot(data) if keep else None
    kept = _kept_files(old, changes) if old else {}
    with data_folder_errors(data):
        staging = _empty_folder(data / ".staging")
        written = [_stage(staging, place, table) for place, table in _filled(changes, kept)]
        files = tuple(sorted([*written, *kept.values()]))
        manifest = Manifest(coder_version, contract_version(), files)
        snapshot = Snapshot(data / "tables" / "snapshots" / manifest.snapshot_id, manifest)
        if current_folder(data) == snapshot.folder:
            _repair(snapshot, staging, written)
        else:
            if old:
                for place in kept:
                    _link_or_copy(old.path(*place), _staged_path(staging, place))
            if prove:
                _prove(prove, Snapshot(staging, manifest))
            _swap_in(data, staging, snapshot)
        _remove(staging)
    return snapshot


def _prove(prove: Callable[[Snapshot], None], staged: Snapshot) -> None:
    try:
        prove(staged)
    except BaseException:
        _remove(staged.folder)
        raise


def _kept_files(
    old: Snapshot, changes: Mapping[Partition, pa.Table | None]
) -> dict[Partition, FileEntry]:
    """Files of the old snapshot that stay; empty ones are made anew where they are needed."""
    files = {(f.table, f.partition): f for f in old.manifest.files if f.rows}
    kept = {place: file for place, file in files.items() if place not in changes}
    if kept and old.manifest.contract_version != contract_version():
        raise ContractError(
            f"the columns have changed since the published snapshot: {len(kept)} of its files "
            "can't be kept; everything has to be extracted again"
        )
    return kept


def _filled(
    changes: Mapping[Partition, pa.Table | None], kept: Mapping[Partition, FileEntry]
) -> Iterator[tuple[Partition, pa.Table]]:
    """Partitions to write: those with rows, and an empty one for each table that has none."""
    seen = {table for table, _ in kept}
    for place, table in changes.items():
        if place[0] not in SNAPSHOT_TABLES or not _PARTITION.fullmatch(place[1]):
            raise ContractError(f"no such partition: {'/'.join(place)}")
        if table is not None and table.num_rows:
            seen.add(place[0])
            yield place, table
    for name, record in SNAPSHOT_TABLES.items():
        if name not in seen:
            yield (name, NO_MONTH[name]), to_table(record, ())


def _stage(staging: Path, place: Partition, table: pa.Table) -> FileEntry:
    path = _staged_path(staging, place)
    if table.schema.metadata != arrow_schema(SNAPSHOT_TABLES[place[0]]).metadata:
        raise ContractError(f"{place[0]}: rows of another table")
    write_table(path, table)
    return FileEntry(*place, table.num_rows, path.stat().st_size, sha256(path))


def _link_or_copy(source: Path, path: Path) -> None:
    """Hard-link a file, or copy it where the file system has no such links."""
    try:
        path.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, path)
        sync(path)


def _repair(snapshot: Snapshot, staging: Path, written: Sequence[FileEntry]) -> None:
    """Put newly written files in the place of damaged ones of the same snapshot."""
    for entry in written:
        path = snapshot.path(entry.table, entry.partition)
        if not path.is_file() or sha256(path) != entry.sha256:
            path.parent.mkdir(exist_ok=True)
            _staged_path(staging, (entry.table, entry.partition)).replace(path)
            sync(path.parent)
    manifest = snapshot.folder / "manifest.json"
    if not manifest.is_file() or manifest.read_bytes() != snapshot.manifest.to_json():
        replace_bytes(manifest, snapshot.manifest.to_json())


def _staged_path(staging: Path, place: Partition) -> Path:
    folder = staging / place[0]
    folder.mkdir(exist_ok=True)
    return folder / f"{place[1]}.parquet"


def _swap_in(data: Path, staging: Path, snapshot: Snapshot) -> None:
    """Make the staged folder the current snapshot, then retire the one before."""
    tables = data / "tables"
    before = current_folder(data)
    _settle(staging, snapshot)
    _make_fixed_links(tables)
    _link(tables / "current", f"snapshots/{snapshot.folder.name}", data / ".pointer")
    sync(tables)
    sync(data)
    if before and before.is_dir():
        _retire(before, data / "retired" / before.name)


def _settle(staging: Path, snapshot: Snapshot) -> None:
    """Complete the staged folder, bring it to the disk and to its place."""
    write_bytes(staging / "manifest.json", snapshot.manifest.to_json())
    for folder in (*(path for path in staging.iterdir() if path.is_dir()), staging):
        sync(folder)
    snapshot.folder.parent.mkdir(parents=True, exist_ok=True)
    _remove(snapshot.folder)
    staging.rename(snapshot.folder)
    sync(snapshot.folder.parent)


def _make_fixed_links(tables: Path) -> None:
    for name in (*SNAPSHOT_TABLES, "manifest.json"):
        if not (tables / name).is_symlink():
            (tables / name).symlink_to(f"current/{name}")


def _link(path: Path, target: str | Path, building: Path) -> None:
    """Make or replace a symbolic link in one step."""
    building.unlink(missing_ok=True)
    building.symlink_to(target)
    building.replace(path)


def retired_snapshot(data: Path, snapshot_id: str) -> Snapshot | None:
    """A snapshot that was published before the current one; None once it has been cleaned away.

    It stays until the next run cleans up.
    """
    try:
        return open_snapshot(data / "retired" / snapshot_id, data)
    except (DamagedFileError, SchemaError):
        return None


def _retire(folder: Path, retired: Path) -> None:
    """Move a snapshot's files out of tables so that its readers find them at every moment.

    The folder changes places with a link to where it is then; where the system can't do that, each
    file is given a link in its place.
    """
    _remove(retired)
    retired.parent.mkdir(exist_ok=True)
    retired.symlink_to(os.path.relpath(retired, folder.parent))
    if exchange(folder, retired):
        return
    _remove(retired)
    building = retired.parent / ".link"
    for file in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        kept = retired / file.relative_to(folder)
        kept.parent.mkdir(parents=True, exist_ok=True)
        _link_or_copy(file, kept)
        _link(file, os.path.relpath(kept, file.parent), building)


# --- cleaning -----------------------------------------------------------------------------------


def clean(data: Path) -> None:
    """Remove what earlier runs left: staging, retired snapshots, half-built files.

    Only for the run lock's holder, at the start of a run. Raises DataFolderError.
    """
    with data_folder_errors(data):
        current = current_folder(data)
        for stale in (data / ".staging", data / ".pointer", data / "retired"):
            _remove(stale)
        for folder in _entries(data / "tables" / "snapshots"):
            if current is None or folder.name != current.name:
                _remove(folder)
        for pattern in (".readout.duckdb*", "runs/.*.part", "raw/.*.part"):
            for path in data.glob(pattern):
                _remove(path)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return
    with suppress(FileNotFoundError):
        path.unlink()


def _empty_folder(path: Path) -> Path:
    _remove(path)
    path.mkdir(parents=True)
    return path
