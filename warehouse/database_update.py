"""A database brought up to the next snapshot by the rows that differ, and no others.

Building it anew takes as long as the archive is big; a run that adds a hundred articles changes a
month or two. What differs is found by comparing the files of the two snapshots that are not the
same; the files of the one before lie in DATA/retired until the next run. Whenever anything is not
as it should be, the answer is to build anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from transforms.records import SNAPSHOT_TABLES, fields_of, key_of

from .manifest import FileEntry
from .parquet import DamagedFileError
from .schemas import identifier, quoted
from .snapshot import Snapshot, retired_snapshot, verify

# Where the files that differ hold a larger share of all rows, building anew is as fast.
_MOST_CHANGED = 0.5
# What is written anew leaves holes, which the next update fills; a file that holds more holes than
# this share is built anew, compact.
_MOST_UNUSED = 0.6


class NotUpdatedError(Exception):
    """The database did not come out as the snapshot has it."""


@dataclass(frozen=True, slots=True)
class Update:
    """From which snapshot to which, and the files in which they differ."""

    old: Snapshot
    new: Snapshot
    gone: tuple[FileEntry, ...]
    come: tuple[FileEntry, ...]

    @property
    def partitions(self) -> set[tuple[str, str]]:
        """Table and partition of all that differs."""
        return {(entry.table, entry.partition) for entry in (*self.gone, *self.come)}


def find_update(data: Path, loaded: str, snapshot: Snapshot) -> Update | None:
    """What brings a database of the snapshot with the id `loaded` to another one.

    None where that isn't known any more, or where building anew is as fast. Raises DamagedFileError
    for a file of the new snapshot that isn't what was published.
    """
    old = retired_snapshot(data, loaded)
    if old is None:
        return None
    before, now = set(old.manifest.files), set(snapshot.manifest.files)
    update = Update(old, snapshot, tuple(sorted(before - now)), tuple(sorted(now - before)))
    rows = sum(entry.rows for entry in update.come)
    if rows > _MOST_CHANGED * sum(entry.rows for entry in now):
        return None
    verify(snapshot, update.come)
    try:
        verify(old, update.gone)
    except DamagedFileError:
        return None
    return update


def apply_update(connection: duckdb.DuckDBPyConnection, update: Update) -> None:
    """Take out the rows that are gone and put in those that have come.

    Raises NotUpdatedError where the tables do not hold as many rows then as the snapshot does, or
    the file is full of holes.
    """
    tables = [table for table in SNAPSHOT_TABLES if table in {t for t, _ in update.partitions}]
    try:
        for table in tables:
            _take_out(connection, table, update)
        for table in tables:
            come = _difference(update.new, update.come, update.old, update.gone, table)
            connection.execute(f"INSERT INTO {identifier(table)} BY NAME {come}")
    except duckdb.ConstraintException as error:
        raise NotUpdatedError(str(error)) from error
    _require_rows(connection, update.new, tables)
    connection.execute("CHECKPOINT")
    _require_compact(connection)


def _require_compact(connection: duckdb.DuckDBPyConnection) -> None:
    sizes = connection.sql("SELECT free_blocks, total_blocks FROM pragma_database_size()")
    ((unused, total),) = sizes.fetchall()
    if unused > _MOST_UNUSED * total:
        raise NotUpdatedError(f"{unused} of {total} blocks are unused")


def _take_out(connection: duckdb.DuckDBPyConnection, table: str, update: Update) -> None:
    gone = _difference(update.old, update.gone, update.new, update.come, table)
    same = " AND ".join(
        f"t.{identifier(name)} = g.{identifier(name)}" for name in key_of(SNAPSHOT_TABLES[table])
    )
    connection.execute(f"DELETE FROM {identifier(table)} AS t USING ({gone}) AS g WHERE {same}")


def _difference(
    one: Snapshot,
    ones: Iterable[FileEntry],
    other: Snapshot,
    others: Iterable[FileEntry],
    table: str,
) -> str:
    """SQL for a table's rows in some files that are not in some others."""
    kept, left = _rows(one, ones, table), _rows(other, others, table)
    return f"{kept} EXCEPT {left}" if left and kept else kept or f"FROM {identifier(table)} LIMIT 0"


def _rows(snapshot: Snapshot, entries: Iterable[FileEntry], table: str) -> str:
    files = [
        quoted(str(snapshot.path(entry.table, entry.partition)))
        for entry in entries
        if entry.table == table
    ]
    if not files:
        return ""
    columns = ", ".join(identifier(column.name) for column in fields_of(SNAPSHOT_TABLES[table]))
    return f"SELECT {columns} FROM read_parquet([{', '.join(files)}], union_by_name = true)"


def _require_rows(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, tables: Sequence[str]
) -> None:
    wanted = snapshot.manifest.rows
    for table in tables:
        (count,) = connection.execute(f"SELECT count(*) FROM {identifier(table)}").fetchall()[0]
        if count != wanted[table]:
            raise NotUpdatedError(f"{table}: {count} rows, not {wanted[table]}")
