"""CSV and Parquet, one file a table."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]

from ..parquet import ROW_GROUP, parquet_writer
from .source import Dataset

# What a spreadsheet would run, or take off the front of a cell.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_ISO = "%Y-%m-%dT%H:%M:%SZ"
_PIECE = 10_000  # rows turned into Python's values at once


def write_csv_files(dataset: Dataset, folder: Path, *, excel: bool = False) -> None:
    """FOLDER/TABLE.csv for every table: UTF-8, a header, null as nothing, times with Z.

    With `excel`, for spreadsheets: a byte order mark, CRLF, and an apostrophe before text that
    would be run as a formula.
    """
    for table in dataset.tables:
        write_csv(dataset, table, folder / f"{table}.csv", excel=excel)


def write_csv(dataset: Dataset, table: str, path: Path, *, excel: bool = False) -> None:
    """One table as CSV (see write_csv_files)."""
    if excel:
        _write_for_spreadsheets(dataset, table, path)
        return
    options = pyarrow.csv.WriteOptions(include_header=False)
    with path.open("wb") as out:
        out.write(",".join(dataset.schema(table).names).encode() + b"\n")
        for rows in dataset.batches(table):
            columns = [told_times(column, _ISO) for column in rows.columns]
            plain = pa.Table.from_arrays(columns, names=rows.schema.names)
            pyarrow.csv.write_csv(plain, out, options)


def told_times(column: pa.ChunkedArray, format: str) -> pa.ChunkedArray:
    """Instants as text, with parts of a second only where there are any; other columns as is."""
    if not pa.types.is_timestamp(column.type):
        return column
    seconds = column.cast(pa.timestamp("s", tz="UTC"), safe=False)
    has_parts = pc.greater(pc.subsecond(column), 0)
    exact, plain = (pc.strftime(times, format=format) for times in (column, seconds))
    return pc.if_else(has_parts, exact, plain)


def _write_for_spreadsheets(dataset: Dataset, table: str, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(dataset.schema(table).names)
        for rows in dataset.batches(table):
            for start in range(0, len(rows), _PIECE):
                piece = rows.slice(start, _PIECE).columns
                columns = [map(_cell, told_times(column, _ISO).to_pylist()) for column in piece]
                writer.writerows(zip(*columns, strict=True))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_LIVE):
        return "'" + value
    return "" if value is None else str(value)


def write_parquet_files(dataset: Dataset, folder: Path) -> None:
    """FOLDER/TABLE.parquet for every table."""
    for table in dataset.tables:
        write_parquet(dataset, table, folder / f"{table}.parquet")


def write_parquet(dataset: Dataset, table: str, path: Path) -> None:
    """One table as one Parquet file: zstd, page checksums, meanings and release in its metadata."""
    schema = dataset.schema(table)
    with path.open("wb") as out, parquet_writer(out, schema) as writer:
        for rows in dataset.batches(table):
            writer.write_table(rows, row_group_size=ROW_GROUP)
