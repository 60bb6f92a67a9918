"""A published snapshot as readers see it: its manifest, its files, and whether they are whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.records import SCHEMA_VERSION, SNAPSHOT_TABLES

from .files import sha256
from .parquet import DamagedFileError, read_table
from .schemas import arrow_schema

# The partition of rows with no month; tables of input are parted by the month of fetching.
NO_MONTH: Mapping[str, str] = dict.fromkeys(SNAPSHOT_TABLES, "undated") | {
    "quarantine": "local",
    "inputs": "local",
}
_ID_DIGITS = 16


class SchemaError(Exception):
    """A data folder of another schema; the message says what to do."""


@dataclass(frozen=True, slots=True, order=True)
class FileEntry:
    """One file of a snapshot."""

    table: str
    partition: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds: its files in order, and what made them."""

    coder_version: str
    contract_version: str
    files: tuple[FileEntry, ...]
    schema_version: int = SCHEMA_VERSION

    def to_json(self) -> bytes:
        """The bytes of manifest.json: the same manifest always gives the same."""
        fields = asdict(self)
        if not self.schema_version:  # manifests of before there were schema versions
            del fields["schema_version"]
        return (json.dumps(fields, sort_keys=True, indent=1) + "\n").encode()

    @property
    def snapshot_id(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of manifest.json."""
        return hashlib.sha256(self.to_json()).hexdigest()[:_ID_DIGITS]

    @cached_property
    def partitions(self) -> Mapping[str, tuple[str, ...]]:
        """Names of each table's partitions, in order."""
        found: dict[str, list[str]] = {}
        for file in self.files:
            found.setdefault(file.table, []).append(file.partition)
        return {table: tuple(names) for table, names in found.items()}

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table."""
        counts = dict.fromkeys(SNAPSHOT_TABLES, 0)
        for file in self.files:
            counts[file.table] = counts.get(file.table, 0) + file.rows
        return counts


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published snapshot; `folder` stays readable until the next run cleans up."""

    folder: Path
    manifest: Manifest

    def partitions(self, table: str) -> tuple[str, ...]:
        """Names of a table's partitions, in order."""
        return self.manifest.partitions.get(table, ())

    def path(self, table: str, partition: str) -> Path:
        """The file of one partition."""
        return self.folder / table / f"{partition}.parquet"

    def read(
        self,
        table: str,
        columns: Sequence[str] | None = None,
        partitions: Sequence[str] | None = None,
    ) -> pa.Table:
        """Rows of a table, or of some of its columns and partitions; none for unknown partitions.

        A column that only some of the files have is null in the rows of the others.

        Raises DamagedFileError for a file that is missing, cut or changed.
        """
        wanted = [p for p in self.partitions(table) if partitions is None or p in partitions]
        if wanted:
            return pa.concat_tables(
                (read_table(self.path(table, p), columns) for p in wanted),
                promote_options="default",
            )
        empty = arrow_schema(SNAPSHOT_TABLES[table]).empty_table()
        return empty if columns is None else empty.select(list(columns))


def partition_of(table: str, when: date | None) -> str:
    """The partition of a row by its day or time (UTC): "2020-03", or "undated" ("local" for input).

    Articles and what hangs on them go by publication, events by date_start, quarantine and inputs
    by the time of fetching.
    """
    return f"{when.year:04}-{when.month:02}" if when else NO_MONTH[table]


def read_manifest(data: Path) -> Manifest | None:
    """The current snapshot's manifest, or None where nothing is published yet."""
    snapshot = read_snapshot(data)
    return snapshot.manifest if snapshot else None


def read_snapshot(data: Path) -> Snapshot | None:
    """The current snapshot, pinned; None where nothing is published yet.

    Raises DamagedFileError for a manifest that is missing, unreadable or not the one published,
    SchemaError for one that a newer Readout wrote.
    """
    folder = current_folder(data)
    return None if folder is None else open_snapshot(folder, data)


def open_snapshot(folder: Path, data: Path) -> Snapshot:
    """The snapshot in a folder that bears its id.

    Raises DamagedFileError for a manifest that is missing, unreadable or of another snapshot,
    SchemaError for one that a newer Readout wrote.
    """
    try:
        text = (folder / "manifest.json").read_text()
        fields = json.loads(text)
        version = fields.setdefault("schema_version", 0)
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise SchemaError(
                f"data folder {data} was written by a newer Readout (schema {version}; this one "
                f"knows {SCHEMA_VERSION}): update Readout"
            )
        files = tuple(FileEntry(**entry) for entry in fields.pop("files"))
        manifest = Manifest(files=files, **fields)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedFileError(f"{folder / 'manifest.json'}: {error}") from error
    if manifest.snapshot_id != folder.name:
        raise DamagedFileError(f"{folder / 'manifest.json'}: not the manifest of {folder.name}")
    return Snapshot(folder, manifest)


def current_folder(data: Path) -> Path | None:
    """Where the pointer leads; None where nothing is published yet."""
    pointer = data / "tables" / "current"
    return data / "tables" / pointer.readlink() if pointer.is_symlink() else None


def verify(snapshot: Snapshot, entries: Iterable[FileEntry] | None = None) -> None:
    """Prove every file of a snapshot, or some of them, against its SHA-256 in the manifest.

    Raises DamagedFileError, naming the file, for one that is missing or changed.
    """
    for entry in snapshot.manifest.files if entries is None else entries:
        path = snapshot.path(entry.table, entry.partition)
        try:
            found = sha256(path)
        except OSError as error:
            raise DamagedFileError(f"{path}: {error.strerror}") from error
        if found != entry.sha256:
            raise DamagedFileError(f"{path}: its bytes are not those that were published")
