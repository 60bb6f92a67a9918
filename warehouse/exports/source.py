"""What an export is made from: the tables of one published snapshot and the code tables.

The text of articles is left out unless it is asked for: whether it may be handed on depends on each
publisher. Everything that was read from it stays, with offsets, hashes and evidence sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.records import ALL_TABLES, CODE_TABLES, SNAPSHOT_TABLES, Field, fields_of, key_of

from ..evolution import require_readable
from ..manifest import Snapshot, read_snapshot, verify
from ..parquet import to_table
from ..proof import all_code_rows
from ..schemas import arrow_schema, grain

TEXT = ("articles", "text")


class NothingToExportError(Exception):
    """Nothing is published yet; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """What tells one export from another: its version, and who hands it on under which terms."""

    version: str  # CalVer: 2026.11.25
    date: str  # ISO 8601
    author: str
    license: str | None = None  # SPDX; null where nothing is said
    with_text: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """A snapshot as a release shows it: `tables` by name, each with its fields and rows."""

    snapshot: Snapshot
    countries: Sequence[Any]
    release: Release

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables: those of the snapshot, then the code tables."""
        return (*SNAPSHOT_TABLES, *CODE_TABLES)

    @property
    def coder_version(self) -> str:
        """Version of the rules and seeds that coded the rows."""
        return self.snapshot.manifest.coder_version

    @property
    def label(self) -> str:
        """One line that stands inside every file that has room for it."""
        return f"Readout {self.release.version}, coder {self.coder_version}"

    def fields(self, table: str) -> tuple[Field, ...]:
        """The columns of a table that are handed on, in order."""
        fields = fields_of(ALL_TABLES[table])
        if self.release.with_text:
            return fields
        return tuple(field for field in fields if (table, field.name) != TEXT)

    def schema(self, table: str) -> pa.Schema:
        """The Arrow schema of a table, with the release in its metadata."""
        whole = arrow_schema(ALL_TABLES[table])
        told = {
            "readout_release": self.release.version,
            "readout_coder_version": self.coder_version,
            "readout_snapshot": self.snapshot.manifest.snapshot_id,
        }
        fields = [whole.field(field.name) for field in self.fields(table)]
        return pa.schema(fields, metadata={**whole.metadata, **told})

    def key(self, table: str) -> tuple[str, ...]:
        """Names of the key columns."""
        return key_of(ALL_TABLES[table])

    def grain(self, table: str) -> str:
        """What one row is, in a sentence."""
        return grain(table)

    def batches(self, table: str) -> Iterator[pa.Table]:
        """The rows of a table in order, a month or so at a time. Raises DamagedFileError."""
        schema = self.schema(table)
        if table in CODE_TABLES:
            rows = to_table(ALL_TABLES[table], all_code_rows(self.countries)[table])
            yield _fitted(rows, schema)
            return
        for partition in self.snapshot.partitions(table):
            yield _fitted(self.snapshot.read(table, partitions=[partition]), schema)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        if table in CODE_TABLES:
            return len(all_code_rows(self.countries)[table])
        return self.snapshot.manifest.rows[table]


def _fitted(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows under a schema: columns left out that it has not, null where a file has none."""
    columns = [
        rows[field.name] if field.name in rows.schema.names else pa.nulls(len(rows), field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def open_dataset(data: Path, countries: Sequence[Any], release: Release) -> Dataset:
    """The published snapshot of a data folder, every file of it proved.

    Raises NothingToExportError, SchemaError, and DamagedFileError.
    """
    snapshot = read_snapshot(data)
    if snapshot is None:
        raise NothingToExportError(f"nothing is published yet in {data}; `readout run` does it")
    require_readable(data, snapshot)
    verify(snapshot)
    return Dataset(snapshot, countries, release)
