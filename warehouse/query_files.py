"""`readout query --out FILE`: the rows of a query as a file, in place whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from .parquet import ROW_GROUP, parquet_writer
from .query import query_batches, run_query, unique_names

FORMATS: Mapping[str, str] = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".json": "json",
    ".ndjson": "nl",
    ".jsonl": "nl",
    ".txt": "table",
}


def query_to_file(data: Path, sql: str, file: Path) -> int:
    """Run one statement and write its rows to a file, its form by its ending; gives how many.

    The file is replaced in one step. Raises QueryError, KeyError for another ending than those of
    FORMATS, and OSError where the file can't be written.
    """
    format = FORMATS[file.suffix.lower()]
    with replaced(file) as building:
        if format == "parquet":
            return query_batches(data, sql, lambda reader: _write_parquet(building, reader))
        with building.open("w", encoding="utf-8", newline="") as out:
            return run_query(data, sql, format, out)


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """A path beside the file to write to; it takes the file's place if nothing is raised."""
    building = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield building
        building.replace(file)
    finally:
        building.unlink(missing_ok=True)


def _write_parquet(path: Path, reader: pa.RecordBatchReader) -> int:
    """As the tables are written: zstd, page checksums, times in UTC."""
    names = unique_names(reader.schema.names)
    types = [_in_utc(field.type) for field in reader.schema]
    schema = pa.schema(list(zip(names, types, strict=True)))
    rows = 0
    with path.open("wb") as out, parquet_writer(out, schema) as writer:
        for batch in reader:
            table = pa.Table.from_batches([batch]).rename_columns(names).cast(schema)
            writer.write_table(table, row_group_size=ROW_GROUP)
            rows += batch.num_rows
    return rows


def _in_utc(kind: pa.DataType) -> pa.DataType:
    return pa.timestamp("us", tz="UTC") if pa.types.is_timestamp(kind) else kind
