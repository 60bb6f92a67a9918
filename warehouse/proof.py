"""Proof of a snapshot before it is published: its files go through the checks that have to hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import duckdb

from transforms.records import ALL_TABLES, SNAPSHOT_TABLES, code_rows

from .manifest import Snapshot
from .parquet import to_table
from .quality import require
from .schemas import identifier, quoted

# What DuckDB says where a disk is full or a folder can't be written.
NOT_WRITTEN = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
)


# Their rows lie in the month of their article, together with all that they are checked against.
_BY_ARTICLE = frozenset(SNAPSHOT_TABLES) - {"events", "inputs", "quarantine"}
# What a change in some months can break in the others: an article may stand in two of them, and a
# meeting may have lost its event. Only these keys are read.
_OVER_MONTHS = {
    "articles": ("article_id",),
    "events": ("event_id",),
    "meetings": ("meeting_id", "article_id", "event_id"),
}
_CHECKS_OVER_MONTHS = ("fail_duplicate_keys", "fail_orphan_meetings")


def prove(
    snapshot: Snapshot,
    countries: Sequence[Any],
    changed: Iterable[tuple[str, str]] | None = None,
) -> None:
    """Run the checks that have to hold on a snapshot's files.

    `countries` are the rows of the code table of that name. `changed` are the partitions (table,
    month) in which the snapshot differs from a proved one, all by default: what hangs on articles
    is proved for their months alone, the other tables and what reaches over months for all. Raises
    ChecksFailedError, and OSError where a file can't be read or there is no room for what memory
    doesn't hold.
    """
    months = None if changed is None else {m for table, m in changed if table in _BY_ARTICLE}
    try:
        with duckdb.connect(config=_config(snapshot)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            for table, rows in {"sources": (), **all_code_rows(countries)}.items():
                connection.register(table, to_table(ALL_TABLES[table], rows))
            for table in SNAPSHOT_TABLES:
                _view(connection, table, snapshot, months if table in _BY_ARTICLE else None)
            require(connection)
            if months is not None:
                for table, columns in _OVER_MONTHS.items():
                    connection.execute(f"DROP VIEW {identifier(table)}")
                    connection.register(table, snapshot.read(table, columns))
                require(connection, _CHECKS_OVER_MONTHS)
    except NOT_WRITTEN as error:
        raise OSError(None, str(error), str(snapshot.folder)) from error


def _config(snapshot: Snapshot) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "temp_directory": str(snapshot.folder / ".proof"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def all_code_rows(countries: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    """The rows of every code table."""
    return {"countries": countries, **code_rows()}


def insert(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Any]]) -> None:
    """Insert records into their tables."""
    for table, records in rows.items():
        connection.register("inserted", to_table(ALL_TABLES[table], records))
        connection.execute(f"INSERT INTO {identifier(table)} BY NAME SELECT * FROM inserted")
        connection.unregister("inserted")


def _view(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    snapshot: Snapshot,
    only: Collection[str] | None,
) -> None:
    """Show a table's files, or those of some partitions, under its name."""
    files = [
        str(snapshot.path(table, partition))
        for partition in snapshot.partitions(table)
        if only is None or partition in only
    ]
    if not files:
        connection.register(table, to_table(SNAPSHOT_TABLES[table], ()))
        return
    listed = ", ".join(map(quoted, files))
    connection.execute(
        f"CREATE TEMP VIEW {identifier(table)} AS "
        f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"
    )
