"""The commands that look at the dataset: `readout query`, `readout schema`, `readout tables`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

DONE, FAILED, UNUSABLE = 0, 1, 2
_FORMATS = {
    "table": ("aligned text (the default)", ["--table"]),
    "csv": ("CSV with a header", ["--csv"]),
    "json": ("one array of objects", ["--json"]),
    "nl": ("one object a line", ["--nl", "--ndjson"]),
}


def add_query_commands(commands: Any) -> None:
    """Add the three commands to the parser's."""
    _add_query(commands.add_parser("query", help="SQL on the database, read-only"))
    schema = commands.add_parser("schema", help="columns, types, meaning", allow_abbrev=False)
    schema.add_argument(
        "table", nargs="?", metavar="TABLE", help="a table or view; all if left out"
    )
    schema.add_argument("--json", action="store_true", help="an array of objects")
    schema.set_defaults(command=_schema)
    tables = commands.add_parser(
        "tables", help="tables and views, their rows, what a row is", allow_abbrev=False
    )
    tables.add_argument("--data", type=Path, default=Path("data"), metavar="DIR")
    tables.add_argument("--json", action="store_true", help="an array of objects")
    tables.set_defaults(command=_tables)


def _add_query(parser: argparse.ArgumentParser) -> None:
    parser.description = "Runs one SQL statement of DuckDB's on DATA/readout.duckdb, read-only."
    parser.epilog = "`readout tables` lists the tables and views, `readout schema NAME` columns."
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR")
    parser.add_argument(
        "sql",
        metavar="SQL",
        help='such as "SELECT * FROM meetings_wide LIMIT 5"; - reads it from standard input',
    )
    formats = parser.add_mutually_exclusive_group()
    for name, (meaning, options) in _FORMATS.items():
        formats.add_argument(
            *options, dest="format", action="store_const", const=name, help=meaning
        )
    formats.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="to a file, its form by its ending: .parquet, .csv, .json, .ndjson, .txt",
    )
    parser.set_defaults(command=_query, format="table")


def _say(message: object, status: int) -> int:
    sys.stderr.write(f"readout: {message}\n")
    return status


def _query(options: argparse.Namespace) -> int:
    from warehouse.query import NoDatabaseError, QueryError, run_query

    try:
        sql = sys.stdin.read() if options.sql == "-" else options.sql
    except UnicodeDecodeError:
        return _say("standard input is not UTF-8", UNUSABLE)
    try:
        if options.out:
            return _query_to_file(options.data, sql, options.out)
        run_query(options.data, sql, options.format, sys.stdout)
    except NoDatabaseError as error:
        return _say(error, UNUSABLE)
    except QueryError as error:
        return _say(error, FAILED)
    return DONE


def _query_to_file(data: Path, sql: str, file: Path) -> int:
    from warehouse.query_files import FORMATS, query_to_file

    if file.suffix.lower() not in FORMATS:
        return _say(f"--out {file}: the ending has to be one of {', '.join(FORMATS)}", UNUSABLE)
    if file.is_dir() or not file.parent.is_dir():
        told = "a folder" if file.is_dir() else f"there is no folder {file.parent}"
        return _say(f"--out {file}: {told}", UNUSABLE)
    try:
        rows = query_to_file(data, sql, file)
    except OSError as error:
        return _say(f"--out {file}: {error.strerror or error}", FAILED)
    return _say(f"{rows:,} rows in {file}", DONE)


def _schema(options: argparse.Namespace) -> int:
    from warehouse.schemas import UnknownTableError

    from .display import write_schema

    try:
        write_schema(options.table, options.json, sys.stdout)
    except UnknownTableError as error:
        return _say(error, UNUSABLE)
    return DONE


def _tables(options: argparse.Namespace) -> int:
    from warehouse.query import QueryError

    from .display import write_tables

    try:
        write_tables(options.data, options.json, sys.stdout)
    except QueryError as error:
        return _say(error, FAILED)
    return DONE
