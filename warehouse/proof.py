"""Proof of a snapshot before it is published: its files go through the checks that have to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from transforms.records import ALL_TABLES, SNAPSHOT_TABLES, code_rows

from .manifest import Snapshot
from .parquet import to_table
from .quality import require
from .schemas import ddl, identifier, quoted

# What DuckDB says where a disk is full or a folder can't be written.
NOT_WRITTEN = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
)


def prove(snapshot: Snapshot, countries: Sequence[Any]) -> None:
    """Run the checks that have to hold on a snapshot's files.

    `countries` are the rows of the code table of that name. Raises ChecksFailedError, and OSError
    where a file can't be read or there is no room for what memory doesn't hold.
    """
    try:
        _prove(snapshot, countries)
    except NOT_WRITTEN as error:
        raise OSError(None, str(error), str(snapshot.folder)) from error


def _prove(snapshot: Snapshot, countries: Sequence[Any]) -> None:
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(snapshot.folder / ".proof"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=config) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for statement in ddl():
            connection.execute(statement)
        insert(connection, all_code_rows(countries))
        for table in SNAPSHOT_TABLES:
            _view(connection, table, snapshot)
        require(connection)


def all_code_rows(countries: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    """The rows of every code table."""
    return {"countries": countries, **code_rows()}


def insert(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Any]]) -> None:
    """Insert records into their tables."""
    for table, records in rows.items():
        connection.register("inserted", to_table(ALL_TABLES[table], records))
        connection.execute(f"INSERT INTO {identifier(table)} BY NAME SELECT * FROM inserted")
        connection.unregister("inserted")


def _view(connection: duckdb.DuckDBPyConnection, table: str, snapshot: Snapshot) -> None:
    """Put a view on a table's files in the place of the empty table."""
    files = [str(snapshot.path(table, partition)) for partition in snapshot.partitions(table)]
    listed = ", ".join(map(quoted, files))
    connection.execute(f"DROP TABLE {identifier(table)}")
    connection.execute(
        f"CREATE VIEW {identifier(table)} AS "
        f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"
    )
