"""`readout query`: one read-only statement on the database, its rows written to a text stream."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .database import database_path
from .query_errors import explain

TABLE_ROWS = 1_000  # a table for the eye ends here, and says so
_COLUMN_WIDTH = 16  # a column is as wide as this at least, or as its longest cell
_GAP = 3
_BATCH = 4_096
_ARROW_BATCH = 61_440
# The SQL may come from anywhere: no file but the database, no network, no extension, no way back.
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}
Rows = Iterator[tuple[Any, ...]]


class QueryError(Exception):
    """The query can't be answered; the message says why, and what to do about it."""


class NoDatabaseError(QueryError):
    """There is no database yet."""


def run_query(data: Path, sql: str, format: str, out: TextIO) -> int:
    """Run one statement on DATA/readout.duckdb and write its rows; gives how many were written.

    Formats: table (aligned text as wide as the terminal, its first 1,000 rows), csv, json (one
    array of objects), nl (one object a line). Times are UTC: as "2020-03-05 10:00:00" in table and
    csv, as "2020-03-05T10:00:00Z" in JSON. Raises QueryError for wrong SQL and for no database.
    """
    write = WRITERS[format]
    with _asked(data, sql) as connection:
        result = connection.execute(sql)
        names = unique_names([column[0] for column in result.description or ()])
        return write(names, _fetch(result), out)


def query_batches(data: Path, sql: str, write: Callable[[pa.RecordBatchReader], int]) -> int:
    """Run one statement as run_query does; `write` takes its rows as Arrow batches."""
    with _asked(data, sql) as connection:
        return write(connection.sql(sql).to_arrow_reader(_ARROW_BATCH))


@contextmanager
def _asked(data: Path, sql: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for one statement; what DuckDB says against it is a QueryError."""
    path = database_path(data)
    with connect(path) as connection:
        try:
            statements = len(connection.extract_statements(sql))
            if statements != 1:
                raise QueryError(
                    f"one statement at a time, please; here are {statements or 'none'}"
                )
            yield connection
        except (duckdb.Error, pa.ArrowException) as error:
            raise QueryError(explain(error, path)) from error


def fetch_rows(data: Path, sql: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All rows of one query of Readout's own as column -> value. Raises QueryError."""
    path = database_path(data)
    with connect(path) as connection:
        try:
            result = connection.execute(sql, dict(parameters))
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in _fetch(result)]
        except duckdb.Error as error:
            raise QueryError(explain(error, path)) from error


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A database opened for reading alone, and shut off from all else. Raises QueryError."""
    if not path.is_file():
        raise NoDatabaseError(f"no database at {path} yet; `readout run` makes it")
    try:
        return duckdb.connect(path, read_only=True, config=_LOCKED)
    except duckdb.Error as error:
        raise QueryError(explain(error, path)) from error


def _fetch(result: duckdb.DuckDBPyConnection) -> Rows:
    while rows := result.fetchmany(_BATCH):
        yield from rows


def unique_names(names: list[str]) -> list[str]:
    """Names with "_2" and so on at repeated ones: a JSON object holds each name once."""
    seen: set[str] = set()
    unique = []
    for name in names:
        number, candidate = 1, name
        while candidate in seen:
            number += 1
            candidate = f"{name}_{number}"
        seen.add(candidate)
        unique.append(candidate)
    return unique


# --- formats ------------------------------------------------------------------------------------


def write_table(names: list[str], rows: Rows, out: TextIO) -> int:
    """Aligned text, long cells wrapped, null as nothing; a block a row where columns don't fit."""
    shown = [[_plain(value) for value in row] for row in islice(rows, TABLE_ROWS)]
    console = Console(file=out, highlight=False, emoji=False, markup=False)
    for table in _tables(names, shown, console.width):
        console.print(table)
    if next(rows, None) is not None:
        console.print(f"The first {TABLE_ROWS:,} rows; --csv, --json and --nl give all.")
    return len(shown)


def _tables(names: list[str], rows: list[list[str]], width: int) -> Iterator[Table]:
    needed = [_needed(column) for column in zip(names, *rows, strict=True)]
    if not names:
        return
    if sum(needed) + _GAP * len(needed) <= width:
        yield _table(names, rows)
    else:
        yield from (_block(names, row) for row in rows)


def _needed(column: Iterable[str]) -> int:
    """Width that a column can't do without: longer cells are wrapped."""
    return min(_COLUMN_WIDTH, max(cell_len(cell) for cell in column))


def _table(names: list[str], rows: list[list[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, needed in zip(names, map(_needed, zip(names, *rows, strict=True)), strict=True):
        table.add_column(Text(name), overflow="fold", min_width=needed)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _block(names: list[str], row: list[str]) -> Table:
    """One row, a line a value; what is null is left out."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=False)
    table.add_column(min_width=max(map(cell_len, names)))
    table.add_column(overflow="fold")
    for name, value in zip(names, row, strict=True):
        if value:
            table.add_row(Text(name), Text(value))
    table.add_row("", "")
    return table


def write_csv(names: list[str], rows: Rows, out: TextIO) -> int:
    """CSV with a header line, quoted where it has to be, null as nothing."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the count outlives the loop
        writer.writerow([_plain(value) for value in row])
    return count


def write_lines(names: list[str], rows: Rows, out: TextIO) -> int:
    """One JSON object a line."""
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the count outlives the loop
        out.write(_json(names, row) + "\n")
    return count


def write_json(names: list[str], rows: Rows, out: TextIO) -> int:
    """One JSON array of objects, an object a line."""
    out.write("[")
    count = 0
    for count, row in enumerate(rows, start=1):
        out.write((",\n" if count > 1 else "\n") + _json(names, row))
    out.write("\n]\n")
    return count


WRITERS: Mapping[str, Callable[[list[str], Rows, TextIO], int]] = {
    "table": write_table,
    "csv": write_csv,
    "json": write_json,
    "nl": write_lines,
}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ")
    if isinstance(value, list | dict):
        return json.dumps(_jsonable(value), ensure_ascii=False)
    return str(value)


def _json(names: list[str], row: tuple[Any, ...]) -> str:
    return json.dumps(dict(zip(names, map(_jsonable, row), strict=True)), ensure_ascii=False)


def _jsonable(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    return _text(value)


def _text(value: date | time | timedelta | bytes | object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
