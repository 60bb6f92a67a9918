"""Records to Parquet and back.

A file's bytes depend on its rows alone: rows are sorted by the table's key, columns and settings
are fixed, and the order in which rows came leaves no trace. Page checksums are written, and proved
when a file is read: without them a flipped bit gives silently different data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from transforms.records import TABLES, Field, fields_of, key_of

from .files import sync
from .order import Places, sorted_places
from .schemas import arrow_schema, table_name

ROW_GROUP = 122_880  # rows; DuckDB's own unit of work
_PIECE = ROW_GROUP // 12  # rows taken at once where texts are long
_NARROW = 1 << 30  # bytes: below it, 32-bit offsets do for all texts of a table together
_LONG = 64  # bytes of a text, on the average
COMPRESSION = "zstd"
COMPRESSION_LEVEL = 3
# What readers ask for first comes first; all other tables are sorted by key alone.
_SORTED_BEFORE_KEY: Mapping[str, tuple[str, ...]] = {"articles": ("published_at",)}


class ContractError(ValueError):
    """Rows break the contract: a null or a type that a column may not hold, or a key twice."""


class DamagedFileError(Exception):
    """A published file is missing, or its bytes are not those that were written."""


def to_table(record: type, rows: Iterable[Any]) -> pa.Table:
    """Rows (instances of the record class) as an Arrow table with the contract's schema.

    Raises ContractError, naming table and column, for a value that the column may not hold.
    """
    kept = rows if isinstance(rows, Sequence) else list(rows)
    schema = arrow_schema(record)
    arrays = [_array(record, f, schema.field(f.name).type, kept) for f in fields_of(record)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(record: type, field: Field, arrow_type: pa.DataType, rows: Sequence[Any]) -> pa.Array:
    values = [getattr(row, field.name) for row in rows]
    place = f"{table_name(record)}.{field.name}"
    if field.type is datetime and any(v is not None and v.tzinfo is None for v in values):
        raise ContractError(f"{place}: a time without a zone")
    try:
        array = pa.array(values, type=arrow_type)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise ContractError(f"{place}: {error}") from error
    if array.null_count and not field.nullable:
        raise ContractError(f"{place}: null, but the contract demands a value")
    return array


def from_table(record: type, table: pa.Table) -> list[Any]:
    """Rows of an Arrow table as instances of the record class, times in UTC."""
    names = [f.name for f in fields_of(record)]
    columns = [_values(table.column(name)) for name in names]
    return [
        record(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)
    ]


def _values(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_timestamp(column.type):
        return [None if value is None else value.astimezone(UTC) for value in values]
    return values


def write_table(path: Path, table: pa.Table) -> None:
    """Write one table's rows as one Parquet file, sorted, and sync it.

    The table's name is read from its schema (`to_table` and `read_table` put it there). Raises
    ContractError for another schema than the contract's, a null where none may be, or a key twice.
    """
    name = (table.schema.metadata or {}).get(b"table", b"").decode()
    if name not in TABLES or not table.schema.equals(arrow_schema(TABLES[name])):
        raise ContractError(f"{name or 'a table with no name'}: not the contract's columns")
    _check_nulls(name, table)
    order = _sorted_places(name, table)
    with path.open("wb") as out:
        _write_rows(out, table, order)
    sync(path)


def _check_nulls(name: str, table: pa.Table) -> None:
    for field in table.schema:
        if not field.nullable and table.column(field.name).null_count:
            raise ContractError(f"{name}.{field.name}: null, but the contract demands a value")


def _sorted_places(name: str, table: pa.Table) -> Places:
    key = key_of(TABLES[name])
    order, alike = sorted_places(table, (*_SORTED_BEFORE_KEY.get(name, ()), *key))
    _check_keys(name, table.select(list(key)).take(order[alike]))
    return order


def _check_keys(name: str, keys: pa.Table) -> None:
    """Rows of one key lie side by side, since what is sorted before the key follows from it."""
    if keys.num_rows < 2:
        return
    same = pa.array([True] * (keys.num_rows - 1))
    for column in keys.columns:
        same = pc.and_(same, pc.equal(column.slice(1), column.slice(0, keys.num_rows - 1)))
    first = pc.index(same, True).as_py()
    if first >= 0:
        twice = ", ".join(str(value) for value in keys.slice(first, 1).to_pylist()[0].values())
        raise ContractError(f"{name}: the key ({twice}) is there twice")


def parquet_writer(out: Any, schema: pa.Schema, **settings: Any) -> pq.ParquetWriter:
    """A writer of Parquet as Readout writes it: zstd, page checksums; `settings` are pyarrow's."""
    return pq.ParquetWriter(
        out,
        schema,
        compression=COMPRESSION,
        compression_level=COMPRESSION_LEVEL,
        write_page_checksum=True,
        **settings,
    )


def _write_rows(out: Any, table: pa.Table, order: Places) -> None:
    short = [name for name in table.column_names if not _holds_long_texts(table.column(name))]
    key = key_of(TABLES[table.schema.metadata[b"table"].decode()])
    repeated = [name for name in short if (name,) != tuple(key)]  # a key is there once
    with parquet_writer(
        out, table.schema, use_dictionary=repeated, write_statistics=short
    ) as writer:
        for rows in _ahead(_row_groups(table, order)):
            writer.write_table(rows, row_group_size=ROW_GROUP)


def _holds_long_texts(column: pa.ChunkedArray) -> bool:
    """Whether a dictionary would only cost time; nobody looks for the bounds of such texts."""
    if not pa.types.is_string(column.type):
        return False
    total = pc.sum(pc.cast(pc.binary_length(column), pa.int64())).as_py() or 0
    return bool(total > _LONG * len(column))


def _row_groups(table: pa.Table, order: Places) -> Iterator[pa.Table]:
    """The rows in order, a row group at a time."""
    starts = range(0, len(order), ROW_GROUP)
    if bool(np.all(order[1:] > order[:-1])):
        yield from (table.slice(start, ROW_GROUP) for start in starts)
        return
    source = table if table.nbytes < _NARROW else table.cast(_large(table.schema))
    columns = [_whole(column) for column in source.columns]
    for start in starts:
        yield _taken(columns, order[start : start + ROW_GROUP], table.schema)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _ahead(groups: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same, each made while the one before is being compressed."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, groups, None)
        while (rows := coming.result()) is not None:
            coming = pool.submit(next, groups, None)
            yield rows


def _large(schema: pa.Schema) -> pa.Schema:
    """With 64-bit offsets: `take` overflows on more than 2 GB of text."""
    large = pa.large_string()
    types = [large if pa.types.is_string(f.type) else f.type for f in schema]
    return pa.schema([f.with_type(t) for f, t in zip(schema, types, strict=True)])


def _taken(columns: Sequence[pa.Array], order: Places, schema: pa.Schema) -> pa.Table:
    """The rows at these places; columns of long texts a piece at a time, for the same reason."""
    pieces = [order]
    if any(pa.types.is_large_string(column.type) for column in columns):
        pieces = [order[start : start + _PIECE] for start in range(0, len(order), _PIECE)]
    taken = [
        pa.chunked_array([column.take(pa.array(piece)).cast(field.type) for piece in pieces])
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(taken, schema=schema)


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Rows of one Parquet file, or some of their columns, page checksums proved.

    Raises DamagedFileError for a file that is missing, cut or changed.
    """
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read(columns=None if columns is None else list(columns))
    except (OSError, pa.ArrowException) as error:
        raise DamagedFileError(f"{path}: {error}") from error
