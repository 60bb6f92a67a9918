"""One SQLite file: every table with keys, references and indexes, and the codebook as a table.

Days are ISO text, instants "2020-03-05 10:00:00" in UTC, as SQLite's own date functions read them;
booleans are 0 and 1.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.records import Field

from ..schemas import identifier
from .codebook import CODEBOOK_COLUMNS, codebook_rows
from .plain import told_times
from .source import Dataset

_TYPES = {"str": "TEXT", "int": "INTEGER", "float": "REAL", "bool": "INTEGER"}
_PIECE = 10_000


def write_sqlite(dataset: Dataset, path: Path) -> None:
    """The whole dataset as one SQLite database."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file has another name until it's done
        for table in dataset.tables:
            connection.execute(_ddl(dataset, table))
            places = ", ".join("?" * len(dataset.fields(table)))
            sql = f"INSERT INTO {identifier(table)} VALUES ({places})"
            connection.executemany(sql, _rows(dataset, table))
        _write_codebook(dataset, connection)
        for table in dataset.tables:
            for field in dataset.fields(table):
                if field.column.references:
                    name = identifier(f"{table}_{field.name}")
                    place = f"{identifier(table)} ({identifier(field.name)})"
                    connection.execute(f"CREATE INDEX {name} ON {place}")
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()


def _ddl(dataset: Dataset, table: str) -> str:
    lines = [_column(field) for field in dataset.fields(table)]
    lines.append(f"PRIMARY KEY ({', '.join(map(identifier, dataset.key(table)))})")
    for field in dataset.fields(table):
        if field.column.references:
            target = identifier(field.column.references)
            key = identifier(dataset.key(field.column.references)[0])
            lines.append(f"FOREIGN KEY ({identifier(field.name)}) REFERENCES {target} ({key})")
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {identifier(table)} (\n    {body}\n)"


def _column(field: Field) -> str:
    required = "" if field.nullable else " NOT NULL"
    return f"{identifier(field.name)} {_TYPES.get(field.type.__name__, 'TEXT')}{required}"


def _rows(dataset: Dataset, table: str) -> Iterator[tuple[Any, ...]]:
    for rows in dataset.batches(table):
        for start in range(0, len(rows), _PIECE):
            columns = [_plain(column) for column in rows.slice(start, _PIECE).columns]
            yield from zip(*(column.to_pylist() for column in columns), strict=True)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_date(column.type):
        return column.cast(pa.string())
    return told_times(column, "%Y-%m-%d %H:%M:%S")


def _write_codebook(dataset: Dataset, connection: sqlite3.Connection) -> None:
    names = ", ".join(f"{identifier(name)} TEXT" for name in CODEBOOK_COLUMNS)
    connection.execute(f"CREATE TABLE codebook ({names})")
    places = ", ".join("?" * len(CODEBOOK_COLUMNS))
    rows = codebook_rows(dataset)
    connection.executemany(f"INSERT INTO codebook VALUES ({places})", rows)
    connection.execute("CREATE TABLE release (version TEXT, coder_version TEXT, snapshot_id TEXT)")
    manifest = dataset.snapshot.manifest
    told = (dataset.release.version, manifest.coder_version, manifest.snapshot_id)
    connection.execute("INSERT INTO release VALUES (?, ?, ?)", told)
